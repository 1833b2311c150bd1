/* SPDX-License-Identifier: ISC */
#include "measure/summary.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "measure/outcomes.h"
#include "measure/strangers.h"
#include "measure/worst.h"
#include "stream/remark.h"
#include "stream/score_doc.h"
#include "train/corpus.h"

/* The first word counts of the parts; the last has no end. */
static const uint32_t lengths[] = {0, 5, 10, 15, 20, 30, 50, 100};
static const uint32_t rares[] = {0, 1, 2, 3, 5};

#define PARTS(from) (sizeof (from) / sizeof *(from))

/* A labelled text. */
struct judged {
	uint32_t gold, predicted;	/* in classes */
	uint32_t words, unknown;
	double p;
};

struct summing {
	struct arena *arena, *scratch;
	size_t most;
	struct summary s;
	struct judged *text;	/* [s.labelled] */
	size_t cap;
	struct dict *classes;

	/* words: audited beside no training texts */
	struct corpus none;
	struct dict *nothing;
	struct auditing auditing;
	struct audit *audit;

	struct strangers *strangers;
	struct worst *worst;
};

struct summing *
summary_new(size_t most)
{
	struct summing *s = mem_calloc(1, sizeof *s);

	s->arena = mem_arena();
	s->scratch = mem_arena();
	s->most = most;
	s->classes = dict_new();
	s->nothing = dict_new();
	s->strangers = strangers_new();
	s->auditing = (struct auditing){.train = &s->none, .words = s->nothing,
	    .labels = s->nothing, .most = SIZE_MAX};
	s->audit = audit_new(&s->auditing);
	s->worst = worst_new(most);
	return s;
}

void
summary_free(struct summing *s)
{
	worst_free(s->worst);
	audit_free(s->audit);
	dict_free(s->classes);
	dict_free(s->nothing);
	strangers_free(s->strangers);
	free(s->text);
	mem_free(s->scratch);
	mem_free(s->arena);
	free(s);
}

/* ---- a document ---- */

/* The run of the document from which its remark is taken. */
struct view {
	const struct score_row *row;	/* [n] */
	size_t n;
	struct remark remark;
	double p;			/* of the predicted class, or -1 */
};

/* A probability as it is printed, which reat-eval reads. */
static double
printed(float p)
{
	struct output o = output_to(-1, NULL);
	double v;

	output_float(&o, p);
	text_to_double((struct text){o.buf, o.n}, &v);
	output_done(&o, 0);
	return v;
}

/* The run of the predicted class, or else the first one. */
static struct view
choose_run(const struct score_doc *d)
{
	struct view best = {.n = 0};

	for (size_t i = 0, end; i < d->n; i = end) {
		const struct score_row *row = &d->row[i];
		struct view v = {.row = row, .remark = remark_none};

		end = score_run(d, i);
		v.n = end - i;
		if (score_is_logit(&row[v.n - 1]))
			v.remark = remark_read(row[v.n - 1].text);
		if (v.remark.predicted.s != NULL &&
		    text_equal(v.remark.predicted, row->class)) {
			v.p = printed(row->prob);
			return v;
		}
		v.p = printed(v.remark.predicted_p);
		if (best.n == 0)
			best = v;
	}
	return best;
}

/* Returns false with a message if a row is of another model or method. */
static bool
check_method(struct summing *s, const struct score_doc *d)
{
	struct summary *sum = &s->s;

	if (sum->model.s == NULL) {
		sum->model = text_copy(s->arena, d->row[0].model);
		sum->method = text_copy(s->arena, d->row[0].method);
	}
	for (size_t i = 0; i < d->n; i++) {
		const struct score_row *r = &d->row[i];

		if (!text_equal(r->model, sum->model) ||
		    !text_equal(r->method, sum->method))
			return bad(r->at, "model %.*s, method %.*s; a summary "
			    "has one of each, and the first rows are of %.*s, "
			    "%.*s", TEXT_ARGS(r->model), TEXT_ARGS(r->method),
			    TEXT_ARGS(sum->model), TEXT_ARGS(sum->method));
	}
	return true;
}

/* Count the words of the run, and those that the model does not know. */
static void
count_words(struct summing *s, const struct view *v, struct judged *text)
{
	size_t n, k = 0, *id = remark_words(s->scratch, &v->remark, &n);

	/* the rows of a whole document are in order (score_order) */
	for (size_t i = 0; i < v->n; i++) {
		const struct score_row *r = &v->row[i];

		if (r->kind != SCORE_WORD)
			continue;
		text->words++;
		while (k < n && id[k] < r->first)
			k++;
		if (k == n || id[k] != r->first)
			continue;
		text->unknown++;
		strangers_add(s->strangers, r->text, s->s.texts,
		    (double)r->score);
	}
}

bool
summary_add(struct summing *s, const struct score_doc *d)
{
	struct summary *sum = &s->s;
	struct judged text = {0};
	struct view v;

	if (d->n == 0)
		return true;
	if (!check_method(s, d))
		return false;
	sum->texts++;
	v = choose_run(d);
	count_words(s, &v, &text);
	sum->words += text.words;
	sum->unknown += text.unknown;
	sum->unknown_texts += text.unknown > 0;
	audit_add(s->audit, d);
	mem_reset(s->scratch);
	if (v.remark.label.s == NULL || v.remark.predicted.s == NULL ||
	    v.p < 0)
		return true;
	text.gold = (uint32_t)dict_add(s->classes, v.remark.label);
	text.predicted = (uint32_t)dict_add(s->classes, v.remark.predicted);
	text.p = v.p;
	s->text = mem_grow(s->text, &s->cap, sum->labelled + 1,
	    sizeof *s->text);
	s->text[sum->labelled++] = text;
	if (text.gold != text.predicted) {
		sum->wrong++;
		worst_add(s->worst, v.row, v.n, v.p);
	}
	return true;
}

/* ---- what it adds up to ---- */

/* The share of right texts among those of which in is the part. */
static struct estimate
share(const struct summing *s, const uint32_t *in, uint32_t part,
    size_t rounds)
{
	struct arena *arena = mem_arena();
	double *x = MEM_VECTOR(arena, 2 * s->s.labelled, double);
	struct estimate e = {0};
	size_t n = 0;

	for (size_t i = 0; i < s->s.labelled; i++) {
		if (in != NULL && in[i] != part)
			continue;
		x[2 * n] = 1;
		x[2 * n++ + 1] = s->text[i].gold == s->text[i].predicted;
	}
	if (n > 0)
		e = resample_value(&statistic_mean, x, n, rounds, 1);
	mem_free(arena);
	return e;
}

/* The names of parts of whole numbers, part k from from[k] on. */
static const char **
name_ranges(struct summing *s, const uint32_t *from, size_t parts)
{
	const char **name = MEM_NEW(s->arena, parts, const char *);

	for (size_t k = 0; k + 1 < parts; k++)
		name[k] = from[k + 1] == from[k] + 1 ?
		    mem_printf(s->arena, "%u", from[k]) :
		    mem_printf(s->arena, "%u-%u", from[k], from[k + 1] - 1);
	name[parts - 1] = mem_printf(s->arena, "%u-", from[parts - 1]);
	return name;
}

/*
 * Divide the labelled texts into parts by value [labelled], which part k has
 * from from[k] on, and leave out parts without texts.
 */
static struct summary_part *
divide(struct summing *s, const uint32_t *value, const uint32_t *from,
    const char *const *name, size_t parts, size_t rounds, size_t *n)
{
	struct summary_part *part = MEM_NEW(s->arena, parts,
	    struct summary_part);
	uint32_t *in = MEM_NEW(s->arena, s->s.labelled, uint32_t);

	for (size_t i = 0; i < s->s.labelled; i++) {
		const struct judged *t = &s->text[i];
		size_t k = parts - 1;

		while (k > 0 && value[i] < from[k])
			k--;
		in[i] = (uint32_t)k;
		part[k].n++;
		part[k].right += t->gold == t->predicted;
		part[k].p += t->p;
	}
	*n = 0;
	for (size_t k = 0; k < parts; k++) {
		struct estimate e;

		if (part[k].n == 0)
			continue;
		e = share(s, in, (uint32_t)k, rounds);
		part[k].low = e.low;
		part[k].high = e.high;
		part[k].name = text_of(name[k]);
		part[(*n)++] = part[k];
	}
	return part;
}

static void
divide_all(struct summing *s, size_t rounds)
{
	struct summary *sum = &s->s;
	uint32_t *value = MEM_NEW(s->arena, sum->labelled, uint32_t);
	uint32_t from[OUTCOME_BINS];
	const char *name[OUTCOME_BINS];

	for (size_t i = 0; i < sum->labelled; i++)
		value[i] = s->text[i].words;
	sum->length = divide(s, value, lengths, name_ranges(s, lengths,
	    PARTS(lengths)), PARTS(lengths), rounds, &sum->lengths);
	for (size_t i = 0; i < sum->labelled; i++)
		value[i] = s->text[i].unknown;
	sum->rare = divide(s, value, rares, name_ranges(s, rares,
	    PARTS(rares)), PARTS(rares), rounds, &sum->rares);
	for (uint32_t b = 0; b < OUTCOME_BINS; b++) {
		from[b] = b;
		name[b] = outcome_bin_name(s->arena, b);
	}
	for (size_t i = 0; i < sum->labelled; i++)
		value[i] = (uint32_t)outcome_bin(s->text[i].p);
	sum->bin = divide(s, value, from, name, OUTCOME_BINS, rounds,
	    &sum->bins);
	for (size_t b = 0; b < sum->bins; b++)
		sum->calibration += fabs((double)sum->bin[b].right -
		    sum->bin[b].p) / (double)sum->labelled;
}

static int
by_classes(const void *a, const void *b)
{
	const struct summary_cell *x = a, *y = b;

	if (x->gold != y->gold)
		return x->gold < y->gold ? -1 : 1;
	return x->predicted < y->predicted ? -1 : x->predicted > y->predicted;
}

static int
by_number(const void *a, const void *b)
{
	const struct summary_cell *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return by_classes(a, b);
}

/* Count the texts of each class and of each pair of classes. */
static void
count_classes(struct summing *s)
{
	struct summary *sum = &s->s;
	double f1 = 0;

	sum->C = dict_size(s->classes);
	sum->class = MEM_NEW(s->arena, sum->C, struct summary_class);
	sum->cell = MEM_NEW(s->arena, sum->labelled, struct summary_cell);
	for (size_t c = 0; c < sum->C; c++)
		sum->class[c].name = dict_text(s->classes, (int32_t)c);
	for (size_t i = 0; i < sum->labelled; i++) {
		const struct judged *t = &s->text[i];

		sum->class[t->gold].gold++;
		sum->class[t->predicted].predicted++;
		sum->class[t->gold].both += t->gold == t->predicted;
		sum->cell[i] = (struct summary_cell){t->gold, t->predicted, 1};
	}
	qsort(sum->cell, sum->labelled, sizeof *sum->cell, by_classes);
	for (size_t i = 0; i < sum->labelled; i++)
		if (sum->cells > 0 && by_classes(&sum->cell[sum->cells - 1],
		    &sum->cell[i]) == 0)
			sum->cell[sum->cells - 1].n++;
		else
			sum->cell[sum->cells++] = sum->cell[i];
	qsort(sum->cell, sum->cells, sizeof *sum->cell, by_number);
	for (size_t c = 0; c < sum->C; c++)
		f1 += 2 * (double)sum->class[c].both /
		    (double)(sum->class[c].gold + sum->class[c].predicted);
	sum->macro_f1 = sum->C > 0 ? f1 / (double)sum->C : 0;
}

/* The mean if there were five more scores, all 0. */
static double
shrunk(double mean, size_t n)
{
	return mean * (double)n / (double)(n + 5);
}

static int
by_strength(const void *a, const void *b)
{
	const struct audit_row *x = *(const struct audit_row *const *)a;
	const struct audit_row *y = *(const struct audit_row *const *)b;
	double u = shrunk(x->mean, x->n), v = shrunk(y->mean, y->n);

	if (u > v || u < v)
		return u > v ? -1 : 1;
	return text_compare(x->word, y->word);
}

static struct summary_word
word_of(const struct audit_row *r)
{
	return (struct summary_word){r->word, r->texts, r->n, r->mean, r->sd};
}

/* Set the strongest of the n words of a group. */
static void
find_strongest(struct summing *s, const struct audit_row *row, size_t n,
    struct summary_words *to)
{
	const struct audit_row **order = MEM_NEW(s->arena, n,
	    const struct audit_row *);
	size_t most = n < s->most ? n : s->most;

	for (size_t i = 0; i < n; i++)
		order[i] = &row[i];
	qsort(order, n, sizeof *order, by_strength);
	to->different = n;
	to->for_it = MEM_NEW(s->arena, most, struct summary_word);
	to->against = MEM_NEW(s->arena, most, struct summary_word);
	while (to->fors < most && order[to->fors]->mean > 0) {
		to->for_it[to->fors] = word_of(order[to->fors]);
		to->fors++;
	}
	while (to->againsts < most && order[n - 1 - to->againsts]->mean < 0) {
		to->against[to->againsts] =
		    word_of(order[n - 1 - to->againsts]);
		to->againsts++;
	}
}

static void
find_words(struct summing *s)
{
	struct summary *sum = &s->s;
	size_t n;
	const struct audit_row *row = audit_rows(s->audit, &n);
	const struct audit_group *group = audit_groups(s->audit,
	    &sum->groups);

	sum->group = MEM_NEW(s->arena, sum->groups, struct summary_words);
	for (size_t g = 0; g < sum->groups; g++)
		sum->group[g].group = group[g];
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i; end < n && row[end].group == row[i].group; )
			end++;
		find_strongest(s, row + i, end - i,
		    &sum->group[row[i].group]);
	}
}

const struct summary *
summary_of(struct summing *s, size_t rounds)
{
	struct summary *sum = &s->s;

	if (sum->labelled > 0) {
		sum->accuracy = share(s, NULL, 0, rounds);
		count_classes(s);
		divide_all(s, rounds);
	}
	find_words(s);
	sum->stranger = strangers_list(s->strangers,
	    &sum->different_strangers);
	sum->strangers = sum->different_strangers < s->most ?
	    sum->different_strangers : s->most;
	sum->error = worst_list(s->worst, &sum->errors);
	return sum;
}
