/* SPDX-License-Identifier: ISC */
#include "explain/trace_read.h"

#include <math.h>
#include <stdlib.h>

#include "base/conf_value.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "stream/vector.h"
#include "model/label.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/misc.h"
#include "stream/trace_keys.h"

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

/* A comment that occurs twice is refused: either could be meant. */
static bool
check_once(const struct block *b)
{
	static const char *const keys[] = {"reat.model", "reat.cell",
	    "reat.pooling", "reat.multilabel", "reat.labels",
	    "reat.weight", "reat.bias", "reat.logit", "reat.argmax",
	    "reat.argmax_r"};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (conllu_comment_count(b, keys[i]) > 1)
			return bad(conllu_comment_place(b, keys[i]),
			    "%s occurs twice in this block", keys[i]);
	return true;
}

/* Labels, weight and bias: decoded only if their bytes have changed. */
static bool
read_head(struct trace_reader *r, const struct block *b)
{
	struct text labels = conllu_comment(b, "reat.labels");
	struct text weight = conllu_comment(b, "reat.weight");
	struct text bias = conllu_comment(b, "reat.bias");

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
read_name(const struct block *b, const char *key, const char *const names[],
    size_t *choice)
{
	struct text value = conllu_comment(b, key);

	if (value.s == NULL)
		return true;
	return conf_choose(conllu_comment_place(b, key), key, value, names,
	    choice);
}

/* The comment; but a readout of the words replaces it, unless it is that of
 * attention. */
static bool
read_pooling(const struct block *b, struct trace *t)
{
	struct text value = conllu_comment(b, "reat.pooling");

	t->pooling = pooling_of(POOLING_LAST);
	if (value.s != NULL && !pooling_parse(value, &t->pooling))
		return bad(conllu_comment_place(b, "reat.pooling"),
		    "reat.pooling: \"%.*s\", expected %s", TEXT_ARGS(value),
		    pooling_expected);
	for (size_t d = 0; b->T > 0 && d < 2; d++)
		if (conllu_misc(b, 0, trace_keys[d].readout).s != NULL &&
		    !pooling_has(&t->pooling, POOLING_ATTENTION))
			t->pooling = pooling_of(POOLING_GIVEN);
	return true;
}

static bool
read_multilabel(const struct block *b, struct trace *t)
{
	static const char *const truths[] = {"false", "true", NULL};
	size_t truth = 0;

	if (!read_name(b, "reat.multilabel", truths, &truth))
		return false;
	t->multilabel = truth == 1;
	return true;
}

/*
 * Read a key of every word into a matrix, *to [T][H]; NULL if no word has the
 * key.  If one is set, a single number stands for H equal ones.
 */
static bool
read_rows(const struct block *b, const char *key, size_t H, bool one,
    float **to)
{
	bool there = b->T > 0 && conllu_misc(b, 0, key).s != NULL;

	*to = there ? MEM_VECTOR(b->arena, b->T * H, float) : NULL;
	for (size_t t = 0; t < b->T; t++) {
		struct text value = conllu_misc(b, t, key);
		float *row = there ? *to + t * H : NULL;

		if ((value.s != NULL) != there)
			return bad(conllu_place(b, t), "%s is %s this word, "
			    "but %s the first word", key,
			    there ? "missing from" : "in",
			    there ? "in" : "missing from");
		if (!there)
			continue;
		if (!conllu_misc_once(b, t, key, value))
			return false;
		if (one && vector_length(value) == 1) {
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
read_argmax(const struct block *b, size_t d, size_t H, uint32_t **to)
{
	struct text rest = conllu_comment(b, trace_keys[d].argmax);
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
	const float slack = 1e-3f;

	for (size_t i = 0; i < t->T; i++)
		for (size_t j = 0; j < t->H; j++) {
			float v = rows[i * t->H + j];

			if (v < low - slack || v > high + slack)
				return bad(conllu_place(b, i), "%s holds %g, "
				    "expected numbers from %g to %g in a %s",
				    key, (double)v, (double)low, (double)high,
				    cell_names[t->cell]);
		}
	return true;
}

static bool
read_direction(const struct block *b, struct trace *t, size_t d)
{
	struct direction *dir = &t->direction[d];

	if (!read_rows(b, trace_keys[d].state, t->H, false, &dir->S) ||
	    !read_rows(b, trace_keys[d].carry, t->H, false, &dir->A) ||
	    !read_rows(b, trace_keys[d].output, t->H, false, &dir->O) ||
	    !read_rows(b, trace_keys[d].readout, t->H, true, &dir->M))
		return false;
	if (dir->S == NULL || dir->A == NULL)
		return bad(conllu_place(b, 0), "%s is missing from this trace",
		    dir->S == NULL ? trace_keys[d].state : trace_keys[d].carry);
	if (t->cell != CELL_FOREIGN && cells[t->cell].O != CELL_NO_ROW &&
	    dir->O == NULL)
		return bad(conllu_place(b, 0), "%s is missing from this "
		    "trace: the output gates of %s", trace_keys[d].output,
		    cells[t->cell].noun);
	if (t->cell != CELL_FOREIGN &&
	    (!check_range(b, t, trace_keys[d].state, dir->S,
	    cells[t->cell].low, cells[t->cell].high) ||
	    !check_range(b, t, trace_keys[d].carry, dir->A, 0, 1) ||
	    (dir->O != NULL &&
	    !check_range(b, t, trace_keys[d].output, dir->O, 0, 1))))
		return false;
	return !pooling_has(&t->pooling, POOLING_MAX) ||
	    (read_argmax(b, d, t->H, &dir->argmax) && check_argmax(b, t, d));
}

/* Find the words that are marked as unknown to the model. */
static bool
read_unknown(const struct block *b, struct trace *tr)
{
	bool *unknown = NULL;

	for (size_t t = 0; t < b->T; t++) {
		struct text value = conllu_misc(b, t, TRACE_UNKNOWN);

		if (value.s == NULL)
			continue;
		if (!text_is(value, "1"))
			return bad(conllu_place(b, t), TRACE_UNKNOWN " is "
			    "\"%.*s\", expected 1", TEXT_ARGS(value));
		if (!conllu_misc_once(b, t, TRACE_UNKNOWN, value))
			return false;
		if (unknown == NULL)
			unknown = MEM_NEW(b->arena, b->T, bool);
		unknown[t] = true;
	}
	tr->unknown = unknown;
	return true;
}

/* Get directions, H and rows from the lengths of the vectors. */
static bool
read_sizes(const struct trace_reader *r, const struct block *b,
    struct trace *t)
{
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
		t->H = vector_length(conllu_misc(b, 0, "S"));
		if (conllu_misc(b, 0, "Sr").s != NULL)
			t->directions = 2;
		if (t->H == 0)
			return bad(conllu_place(b, 0), "S is missing from "
			    "this trace");
		/* the second S agrees with the weights: the first is bad */
		if (t->T > 1 && r->n_weight == rows * t->directions *
		    vector_length(conllu_misc(b, 1, "S")))
			t->H = vector_length(conllu_misc(b, 1, "S"));
	} else {
		t->H = r->n_weight / rows;
	}
	if (r->n_weight != rows * t->directions * t->H)
		return bad(at, "reat.weight has %zu numbers, expected %zu: "
		    "%zu rows of %zu", r->n_weight, rows * t->directions *
		    t->H, t->rows, t->pooling.n * t->directions * t->H);
	return true;
}

bool
trace_read(struct trace_reader *r, struct block *b, struct trace *t)
{
	struct text logit = conllu_comment(b, "reat.logit");
	size_t cell = CELL_FOREIGN;

	*t = (struct trace){.T = b->T};
	t->model = conllu_comment(b, "reat.model");
	if (t->model.s == NULL || t->model.n == 0)
		t->model = TEXT("_");
	if (!check_once(b) || !read_head(r, b) ||
	    !read_name(b, "reat.cell", cell_names, &cell) ||
	    !read_pooling(b, t) || !read_multilabel(b, t) ||
	    !read_sizes(r, b, t))
		return false;
	t->cell = (enum cell)cell;
	t->label = r->label;
	t->weight = r->W;
	t->bias = r->b;
	t->logit = MEM_NEW(b->arena, t->rows, float);
	t->probability = MEM_NEW(b->arena, t->C, float);
	if (logit.s == NULL)
		return bad(b->at, "# reat.logit is missing from this trace");
	if (!vector_read(logit, conllu_comment_place(b, "reat.logit"),
	    "reat.logit", t->rows, t->logit))
		return false;
	for (size_t d = 0; b->T > 0 && d < t->directions; d++)
		if (!read_direction(b, t, d))
			return false;
	if (!read_unknown(b, t))
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
