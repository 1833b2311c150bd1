/* SPDX-License-Identifier: ISC */
#include "explain/trace_write.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "stream/vector.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/trace_keys.h"

static void
add_comment(struct block *b, const char *key, const struct output *value)
{
	conllu_add_comment(b, key, (struct text){
	    mem_copy(b->arena, value->buf, value->n), value->n});
}

static void
add_vector(struct block *b, const char *key, const float *v, size_t n,
    bool decimals)
{
	struct output o = output_to(-1, NULL);

	vector_write(&o, v, n, decimals);
	add_comment(b, key, &o);
	output_done(&o, STATUS_OK);
}

static void
add_labels(struct block *b, const struct trace *t)
{
	struct output o = output_to(-1, NULL);

	for (size_t c = 0; c < t->C; c++) {
		if (c > 0)
			output_char(&o, '|');
		output_text(&o, t->label[c]);
	}
	add_comment(b, "reat.labels", &o);
	output_done(&o, STATUS_OK);
}

static void
add_argmax(struct block *b, const char *key, const uint32_t *argmax, size_t H)
{
	struct output o = output_to(-1, NULL);

	for (size_t j = 0; j < H; j++) {
		if (j > 0)
			output_char(&o, ',');
		output_size(&o, argmax[j] + 1u);
	}
	add_comment(b, key, &o);
	output_done(&o, STATUS_OK);
}

static void
add_comments(struct block *b, const struct trace *t, bool decimals)
{
	size_t P = t->pooling.n * t->directions * t->H;

	conllu_add_comment(b, "reat.model", t->model);
	conllu_add_comment(b, "reat.cell", text_of(cell_names[t->cell]));
	conllu_add_comment(b, "reat.pooling",
	    text_of(pooling_name(b->arena, &t->pooling)));
	if (t->multilabel)
		conllu_add_comment(b, "reat.multilabel", TEXT("true"));
	add_labels(b, t);
	add_vector(b, "reat.weight", t->weight, t->rows * P, decimals);
	add_vector(b, "reat.bias", t->bias, t->rows, decimals);
	add_vector(b, "reat.logit", t->logit, t->rows, decimals);
	conllu_add_comment(b, "reat.predicted", text_of(mem_printf(b->arena,
	    "%.4f %.*s", (double)t->probability[t->predicted],
	    (int)t->label[t->predicted].n, t->label[t->predicted].s)));
	for (size_t d = 0; d < t->directions; d++)
		if (pooling_has(&t->pooling, POOLING_MAX) &&
		    t->T > 0)
			add_argmax(b, trace_keys[d].argmax,
			    t->direction[d].argmax, t->H);
}

/* Where and how the vectors of a word are written. */
struct writing {
	struct output *o;
	const struct trace *t;
	bool decimals, gates;
	bool begun;		/* MISC is not empty: the next key needs a | */
	float *scratch;		/* [H] */
};

static void
begin_key(struct writing *w, const char *key)
{
	if (w->begun)
		output_char(w->o, '|');
	w->begun = true;
	output_string(w->o, key);
	output_char(w->o, '=');
}

static void
write_key(struct writing *w, const char *key, const float *v)
{
	begin_key(w, key);
	vector_write(w->o, v, w->t->H, w->decimals);
}

/* Write what -g adds for word k: the gates and H. */
static void
write_gates(struct writing *w, size_t d, size_t k)
{
	const struct cell_kind *cell = &cells[w->t->cell];
	const struct direction *dir = &w->t->direction[d];
	size_t H = w->t->H;
	const float *s = dir->S + k * H, *gate = dir->gate + k * cell->K * H;

	for (size_t i = 0; i < CELL_GATES_MOST && cell->gates[i].key[0] != NULL;
	    i++)
		write_key(w, cell->gates[i].key[d],
		    gate + cell->gates[i].row * H);
	for (size_t j = 0; j < H; j++)
		w->scratch[j] = cell->O == CELL_NO_ROW ? s[j] :
		    gate[(size_t)cell->O * H + j] * s[j];
	write_key(w, trace_keys[d].hidden, w->scratch);
}

static void
write_word(struct writing *w, size_t k)
{
	size_t at = k * w->t->H;

	if (w->t->unknown != NULL && w->t->unknown[k]) {
		begin_key(w, TRACE_UNKNOWN);
		output_char(w->o, '1');
	}
	for (size_t d = 0; d < w->t->directions; d++) {
		const struct direction *dir = &w->t->direction[d];

		write_key(w, trace_keys[d].state, dir->S + at);
		write_key(w, trace_keys[d].carry, dir->A + at);
		if (dir->O != NULL)
			write_key(w, trace_keys[d].output, dir->O + at);
		if (dir->M != NULL) {
			/* one number: the weight of attention */
			begin_key(w, trace_keys[d].readout);
			vector_write(w->o, dir->M + at, 1, w->decimals);
		}
		if (w->gates)
			write_gates(w, d, k);
	}
}

void
trace_write(struct block *b, const struct trace *t, bool decimals, bool gates,
    struct output *o)
{
	struct writing w = {.o = o, .t = t, .decimals = decimals,
	    .gates = gates, .scratch = MEM_VECTOR(b->arena, t->H, float)};
	size_t k = 0;

	add_comments(b, t, decimals);
	for (size_t i = 0; i < b->lines; i++) {
		struct text *misc;

		if (k < b->T && i == b->word[k]) {
			/* written from the trace: MISC would be a copy */
			misc = &b->line[i].column[CONLLU_MISC];
			w.begun = !text_is(*misc, "_");
			if (!w.begun)
				*misc = TEXT("");
			conllu_write_line(&b->line[i], o);
			write_word(&w, k++);
		} else {
			conllu_write_line(&b->line[i], o);
		}
		output_char(o, '\n');
	}
	output_char(o, '\n');
}
