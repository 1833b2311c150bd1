/* SPDX-License-Identifier: ISC */
#include "explain/trace_read.h"

#include <math.h>
#include <stdlib.h>

#include "base/conf_value.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "math/lanes.h"
#include "model/label.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/misc.h"
#include "stream/trace_keys.h"
#include "stream/vector.h"

/* The output layer of the last block, and the bytes that encode it. */
struct trace_reader {
	struct arena *arena;
	struct text labels, weight, bias;
	struct text *label;
	size_t C;
	float *W, *b;
	size_t n_weight, n_bias;
};

struct trace_reader *
trace_reader_new(void)
{
	struct trace_reader *r = mem_calloc(1, sizeof *r);

	r->arena = mem_arena();
	return r;
}

void
trace_reader_free(struct trace_reader *r)
{
	mem_free(r->arena);
	free(r);
}

static bool
read_labels(struct trace_reader *r, const struct block *b)
{
	struct place at = conllu_comment_place(b, "reat.labels");
	struct dict *seen = dict_new();
	struct text rest = r->labels;
	bool good = true;

	for (size_t i = 0; i < r->labels.n; i++)
		r->C += r->labels.s[i] == '|';
	r->C++;
	r->label = MEM_NEW(r->arena, r->C, struct text);
	for (size_t c = 0; c < r->C && good; c++) {
		r->label[c] = text_cut(&rest, '|');
		good = label_add(seen, r->label[c], at);
	}
	dict_free(seen);
	if (good && r->C < 2)
		return bad(at, "reat.labels: one label, expected at least "
		    "two");
	return good;
}

/* The comments of a trace. */
enum {
	MODEL, CELL, POOLING, MULTILABEL, LABELS, WEIGHT, BIAS, LOGIT, ARGMAX,
	COMMENTS = ARGMAX + 2
};

static const char *const comment_keys[COMMENTS + 1] = {
	[MODEL] = "reat.model", [CELL] = "reat.cell",
	[POOLING] = "reat.pooling", [MULTILABEL] = "reat.multilabel",
	[LABELS] = "reat.labels", [WEIGHT] = "reat.weight",
	[BIAS] = "reat.bias", [LOGIT] = "reat.logit",
	[ARGMAX] = "reat.argmax", "reat.argmax_r",
};

/* The rows of a direction in MISC; and all keys there: those of both
 * directions, then the mark of an unknown word. */
enum { STATE, CARRY, OUTPUT_GATE, READOUT, ROWS, UNKNOWN = 2 * ROWS, KEYS };

/* A block, and the pieces that its trace is made of. */
struct parts {
	const struct block *b;
	struct text comment[COMMENTS];
	const char *key[KEYS + 1];	/* the last is NULL */
	struct text (*row)[KEYS];	/* [T] */
};

/* Labels, weight and bias: decoded only if their bytes have changed. */
static bool
read_head(struct trace_reader *r, const struct parts *p)
{
	const struct block *b = p->b;
	struct text labels = p->comment[LABELS];
	struct text weight = p->comment[WEIGHT], bias = p->comment[BIAS];

	if (labels.s == NULL)
		return bad(b->at, "no trace in this block (# reat.labels is "
		    "missing): run reat-trace first, or give option -m");
	if (weight.s == NULL || bias.s == NULL)
		return bad(b->at, "# reat.%s is missing from this trace",
		    weight.s == NULL ? "weight" : "bias");
	if (text_equal(weight, r->weight) && text_equal(bias, r->bias) &&
	    text_equal(labels, r->labels) && r->C > 0)
		return true;
	mem_reset(r->arena);
	r->C = 0;
	r->labels = text_copy(r->arena, labels);
	r->weight = text_copy(r->arena, weight);
	r->bias = text_copy(r->arena, bias);
	r->n_weight = vector_length(weight);
	r->n_bias = vector_length(bias);
	r->W = MEM_VECTOR(r->arena, r->n_weight, float);
	r->b = MEM_VECTOR(r->arena, r->n_bias, float);
	if (vector_read(weight, conllu_comment_place(b, "reat.weight"),
	    "reat.weight", r->n_weight, r->W) &&
	    vector_read(bias, conllu_comment_place(b, "reat.bias"),
	    "reat.bias", r->n_bias, r->b) && read_labels(r, b))
		return true;
	r->C = 0;
	return false;
}

/* Set choice to the index of a comment's value in names[], if it is there. */
static bool
read_name(const struct parts *p, int which, const char *const names[],
    size_t *choice)
{
	const char *key = comment_keys[which];

	return p->comment[which].s == NULL || conf_choose(
	    conllu_comment_place(p->b, key), key, p->comment[which], names,
	    choice);
}

/* The comment; but a readout of the words replaces it, unless it is that of
 * attention. */
static bool
read_pooling(const struct parts *p, struct trace *t)
{
	const struct block *b = p->b;
	struct text value = p->comment[POOLING];

	t->pooling = pooling_of(POOLING_LAST);
	if (value.s != NULL && !pooling_parse(value, &t->pooling))
		return bad(conllu_comment_place(b, comment_keys[POOLING]),
		    "reat.pooling: \"%.*s\", expected %s", TEXT_ARGS(value),
		    pooling_expected);
	for (size_t d = 0; b->T > 0 && d < 2; d++)
		if (p->row[0][d * ROWS + READOUT].s != NULL &&
		    !pooling_has(&t->pooling, POOLING_ATTENTION))
			t->pooling = pooling_of(POOLING_GIVEN);
	return true;
}

static bool
read_multilabel(const struct parts *p, struct trace *t)
{
	static const char *const truths[] = {"false", "true", NULL};
	size_t truth = 0;

	if (!read_name(p, MULTILABEL, truths, &truth))
		return false;
	t->multilabel = truth == 1;
	return true;
}

/*
 * Read row k of every word into a matrix, *to [T][H]; NULL if no word has it.
 * A single readout stands for H equal ones.
 */
static bool
read_rows(const struct parts *p, size_t k, size_t H, float **to)
{
	const struct block *b = p->b;
	const char *key = p->key[k];
	bool there = b->T > 0 && p->row[0][k].s != NULL;

	*to = there ? MEM_VECTOR(b->arena, b->T * H, float) : NULL;
	for (size_t t = 0; t < b->T; t++) {
		struct text value = p->row[t][k];
		float *row = there ? *to + t * H : NULL;

		if ((value.s != NULL) != there)
			return bad(conllu_place(b, t), "%s is %s this word, "
			    "but %s the first word", key,
			    there ? "missing from" : "in",
			    there ? "in" : "missing from");
		if (!there)
			continue;
		if (k % ROWS == READOUT && vector_length(value) == 1) {
			if (!vector_read(value, conllu_place(b, t), key, 1,
			    row))
				return false;
			for (size_t j = 1; j < H; j++)
				row[j] = row[0];
		} else if (!vector_read(value, conllu_place(b, t), key, H,
		    row)) {
			return false;
		}
	}
	return true;
}

static bool
read_argmax(const struct parts *p, size_t d, size_t H, uint32_t **to)
{
	const struct block *b = p->b;
	struct text rest = p->comment[ARGMAX + d];
	struct place at = conllu_comment_place(b, trace_keys[d].argmax);
	size_t word, n = 0;

	*to = MEM_NEW(b->arena, H, uint32_t);
	for (; rest.s != NULL; n++) {
		if (!text_to_size(text_cut(&rest, ','), &word) || word < 1 ||
		    word > b->T)
			return bad(at, "%s: expected word numbers from 1 to "
			    "%zu", trace_keys[d].argmax, b->T);
		if (n < H)
			(*to)[n] = (uint32_t)word - 1;
	}
	return n == H || bad(at, "%s has %zu numbers, expected %zu",
	    trace_keys[d].argmax, n, H);
}

/* Refuse a word whose h is not the maximum, beyond any program's rounding. */
static bool
check_argmax(const struct block *b, const struct trace *t, size_t d)
{
	const struct direction *dir = &t->direction[d];
	const float slack = 1e-3f;

	for (size_t i = 0; i < t->T; i++)
		for (size_t j = 0; j < t->H; j++) {
			size_t at = dir->argmax[j] * t->H + j;
			float top = dir->S[at] * (dir->O ? dir->O[at] : 1);
			float h = dir->S[i * t->H + j] *
			    (dir->O ? dir->O[i * t->H + j] : 1);

			if (h > top + slack * fmaxf(1, fabsf(top)))
				return bad(conllu_comment_place(b,
				    trace_keys[d].argmax), "%s: unit %zu is "
				    "largest at word %zu (%g), not at word %zu "
				    "(%g)", trace_keys[d].argmax, j + 1, i + 1,
				    (double)h, (size_t)dir->argmax[j] + 1,
				    (double)top);
		}
	return true;
}

/* Refuse numbers that the cell cannot give, beyond any program's rounding. */
static bool
check_range(const struct block *b, const struct trace *t, const char *key,
    const float *rows, float low, float high)
{
	const float slack = 1e-3f, least = low - slack, most = high + slack;

	for (size_t i = 0; i < t->T; i++) {
		const float *v = rows + i * t->H;

		if (lanes_within(t->H, v, least, most))
			continue;
		for (size_t j = 0; j < t->H; j++)
			if (v[j] < least || v[j] > most)
				return bad(conllu_place(b, i), "%s holds %g, "
				    "expected numbers from %g to %g in a %s",
				    key, (double)v[j], (double)low,
				    (double)high, cell_names[t->cell]);
	}
	return true;
}

static bool
read_direction(const struct parts *p, struct trace *t, size_t d)
{
	const struct block *b = p->b;
	const struct trace_keys *key = &trace_keys[d];
	struct direction *dir = &t->direction[d];
	float **rows[ROWS] = {&dir->S, &dir->A, &dir->O, &dir->M};

	for (size_t k = 0; k < ROWS; k++)
		if (!read_rows(p, d * ROWS + k, t->H, rows[k]))
			return false;
	if (dir->S == NULL || dir->A == NULL)
		return bad(conllu_place(b, 0), "%s is missing from this trace",
		    dir->S == NULL ? key->state : key->carry);
	if (t->cell != CELL_FOREIGN && cells[t->cell].O != CELL_NO_ROW &&
	    dir->O == NULL)
		return bad(conllu_place(b, 0), "%s is missing from this "
		    "trace: the output gates of %s", key->output,
		    cells[t->cell].noun);
	if (t->cell != CELL_FOREIGN &&
	    (!check_range(b, t, key->state, dir->S, cells[t->cell].low,
	    cells[t->cell].high) ||
	    !check_range(b, t, key->carry, dir->A, 0, 1) ||
	    (dir->O != NULL &&
	    !check_range(b, t, key->output, dir->O, 0, 1))))
		return false;
	return !pooling_has(&t->pooling, POOLING_MAX) ||
	    (read_argmax(p, d, t->H, &dir->argmax) && check_argmax(b, t, d));
}

/* Find the words that are marked as unknown to the model. */
static bool
read_unknown(const struct parts *p, struct trace *tr)
{
	bool *unknown = NULL;

	for (size_t t = 0; t < p->b->T; t++) {
		struct text value = p->row[t][UNKNOWN];

		if (value.s == NULL)
			continue;
		if (!text_is(value, "1"))
			return bad(conllu_place(p->b, t), TRACE_UNKNOWN " is "
			    "\"%.*s\", expected 1", TEXT_ARGS(value));
		if (unknown == NULL)
			unknown = MEM_NEW(p->b->arena, p->b->T, bool);
		unknown[t] = true;
	}
	tr->unknown = unknown;
	return true;
}

/* Get directions, H and rows from the lengths of the vectors. */
static bool
read_sizes(const struct trace_reader *r, const struct parts *p,
    struct trace *t)
{
	const struct block *b = p->b;
	struct place at = conllu_comment_place(b, "reat.weight");
	size_t rows;

	t->C = r->C;
	t->rows = r->n_bias;
	if (t->rows != t->C && (t->rows != 1 || t->C != 2 || t->multilabel))
		return bad(conllu_comment_place(b, "reat.bias"), "reat.bias "
		    "has %zu numbers, expected %zu: one for each label",
		    t->rows, t->C);
	t->directions = 1;
	rows = t->rows * t->pooling.n;
	if (b->T > 0) {
		t->H = vector_length(p->row[0][STATE]);
		if (p->row[0][ROWS + STATE].s != NULL)
			t->directions = 2;
		if (t->H == 0)
			return bad(conllu_place(b, 0), "S is missing from "
			    "this trace");
		/* the second S agrees with the weights: the first is bad */
		if (t->T > 1 && r->n_weight == rows * t->directions *
		    vector_length(p->row[1][STATE]))
			t->H = vector_length(p->row[1][STATE]);
	} else {
		t->H = r->n_weight / rows;
	}
	if (r->n_weight != rows * t->directions * t->H)
		return bad(at, "reat.weight has %zu numbers, expected %zu: "
		    "%zu rows of %zu", r->n_weight, rows * t->directions *
		    t->H, t->rows, t->pooling.n * t->directions * t->H);
	return true;
}

/* Find all parts of a trace: its comments, and the rows of its words. */
static bool
find_parts(struct block *b, struct parts *p)
{
	p->b = b;
	if (!conllu_comment_values(b, comment_keys, p->comment))
		return false;
	for (size_t d = 0; d < 2; d++) {
		p->key[d * ROWS + STATE] = trace_keys[d].state;
		p->key[d * ROWS + CARRY] = trace_keys[d].carry;
		p->key[d * ROWS + OUTPUT_GATE] = trace_keys[d].output;
		p->key[d * ROWS + READOUT] = trace_keys[d].readout;
	}
	p->key[UNKNOWN] = TRACE_UNKNOWN;
	p->key[KEYS] = NULL;
	p->row = mem_alloc(b->arena, b->T, sizeof *p->row);
	for (size_t t = 0; t < b->T; t++)
		if (!conllu_misc_values(b, t, p->key, p->row[t]))
			return false;
	return true;
}

bool
trace_read(struct trace_reader *r, struct block *b, struct trace *t)
{
	struct parts p;
	size_t cell = CELL_FOREIGN;

	*t = (struct trace){.T = b->T};
	if (!find_parts(b, &p))
		return false;
	t->model = p.comment[MODEL];
	if (t->model.s == NULL || t->model.n == 0)
		t->model = TEXT("_");
	if (!read_head(r, &p) || !read_name(&p, CELL, cell_names, &cell) ||
	    !read_pooling(&p, t) || !read_multilabel(&p, t) ||
	    !read_sizes(r, &p, t))
		return false;
	t->cell = (enum cell)cell;
	t->label = r->label;
	t->weight = r->W;
	t->bias = r->b;
	t->logit = MEM_NEW(b->arena, t->rows, float);
	t->probability = MEM_NEW(b->arena, t->C, float);
	if (p.comment[LOGIT].s == NULL)
		return bad(b->at, "# reat.logit is missing from this trace");
	if (!vector_read(p.comment[LOGIT], conllu_comment_place(b,
	    comment_keys[LOGIT]), comment_keys[LOGIT], t->rows, t->logit))
		return false;
	for (size_t d = 0; b->T > 0 && d < t->directions; d++)
		if (!read_direction(&p, t, d))
			return false;
	if (!read_unknown(&p, t))
		return false;
	/* both directions have readouts, or neither */
	for (size_t d = 0; (pooling_is(&t->pooling, POOLING_GIVEN) ||
	    pooling_has(&t->pooling, POOLING_ATTENTION)) && b->T > 0 &&
	    d < t->directions; d++)
		if (t->direction[d].M == NULL)
			return bad(conllu_place(b, 0), "%s is missing from "
			    "this trace: %s", trace_keys[d].readout,
			    pooling_is(&t->pooling, POOLING_GIVEN) ?
			    mem_printf(b->arena, "it has %s",
			    trace_keys[1 - d].readout) :
			    "the weight of the word in attention");
	trace_classify(t);
	return true;
}
