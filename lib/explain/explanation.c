/* SPDX-License-Identifier: ISC */
#include "explain/explanation.h"

#include <float.h>
#include <math.h>

#include "base/err.h"
#include "base/mem.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/level.h"
#include "stream/quotes.h"
#include "stream/remark.h"
#include "stream/score.h"

/* With -j: false with a message if the last level has too many spans. */
static bool
check_join(const struct explanation *e)
{
	const struct join_kind *kind = e->join;
	const struct level *level = &e->level[e->levels - 1];

	return kind == NULL || kind->most == 0 || level->n <= kind->most ||
	    bad(e->block->at, "level %.*s has %zu spans, the limit of -j %s "
	    "is %zu", TEXT_ARGS(level->name), level->n, kind->is.name,
	    kind->most);
}

bool
explain_open(const struct block *b, const struct trace *tr,
    const struct explain_choice *choice, struct explanation *e)
{
	*e = (struct explanation){.block = b, .trace = tr,
	    .join = choice->join, .unknown = tr->unknown,
	    .probability = choice->probability};
	if (!level_read(b, &choice->level, &e->level, &e->levels) ||
	    !check_join(e) ||
	    !target_find(b, tr, &choice->class, &e->target, &e->targets))
		return false;
	if (e->join != NULL) {
		e->joined = MEM_NEW(b->arena, e->targets, struct level);
		e->joined_score = MEM_NEW(b->arena, e->targets, double *);
	}
	e->span = MEM_NEW(b->arena, e->levels, double *);
	for (size_t i = 0; i < e->levels; i++)
		e->span[i] = MEM_NEW(b->arena, e->level[i].n * e->targets,
		    double);
	e->text = MEM_NEW(b->arena, e->targets, double);
	e->bias = MEM_NEW(b->arena, e->targets, double);
	e->logit = MEM_NEW(b->arena, e->targets, double);
	for (size_t k = 0; k < e->targets; k++) {
		e->bias[k] = target_logit(&e->target[k], tr->bias);
		e->logit[k] = explain_value(e, k, tr->logit, tr->probability);
	}
	return true;
}

double
explain_value(const struct explanation *e, size_t k, const float *logit,
    const float *probability)
{
	const struct target *g = &e->target[k];

	return e->probability ? target_probability(g, logit, probability) :
	    target_logit(g, logit);
}

struct rnn_target
explain_target(const struct explanation *e, size_t k)
{
	const struct target *g = &e->target[k];
	double *row = NULL;

	if (!e->probability) {
		row = MEM_NEW(e->block->arena, e->trace->rows, double);
		for (size_t i = 0; i < g->parts; i++)
			row[g->part[i].row] = g->part[i].coefficient;
	}
	return (struct rnn_target){row, g->A, g->A != g->B, g->B};
}

void
explain_targets(const struct explanation *e, size_t n, const double *S,
    double *to)
{
	size_t rows = e->trace->rows;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < e->targets; k++)
			*to++ = target_sum(&e->target[k], S + i * rows);
}

/* The sum of words first to last for target k. */
static double
sum_words(const struct explanation *e, const double *word, size_t first,
    size_t last, size_t k)
{
	double sum = 0;

	for (size_t t = first; t <= last; t++)
		sum += word[t * e->targets + k];
	return sum;
}

struct rnn_span *
explain_spans(const struct explanation *e, struct arena *arena, size_t *n)
{
	struct rnn_span *span, *to;

	*n = 0;
	for (size_t i = 0; i < e->levels; i++)
		*n += e->level[i].n;
	span = to = MEM_NEW(arena, *n, struct rnn_span);
	for (size_t i = 0; i < e->levels; i++)
		for (size_t j = 0; j < e->level[i].n; j++)
			*to++ = (struct rnn_span){e->level[i].span[j].first,
			    e->level[i].span[j].last};
	return span;
}

void
explain_take_spans(struct explanation *e, size_t k, const double *S)
{
	for (size_t i = 0; i < e->levels; i++)
		for (size_t j = 0; j < e->level[i].n; j++)
			e->span[i][j * e->targets + k] = *S++;
	e->text[k] = e->logit[k] - e->bias[k];
	if (e->note == NULL)
		e->note = MEM_NEW(e->block->arena, e->targets, const char *);
	e->note[k] = SCORE_NOT_A_SUM;
}

void
explain_text(struct explanation *e, const double *word)
{
	for (size_t k = 0; k < e->targets && e->trace->T > 0; k++)
		e->text[k] = sum_words(e, word, 0, e->trace->T - 1, k);
}

void
explain_sums(struct explanation *e, const double *word)
{
	explain_text(e, word);
	for (size_t i = 0; i < e->levels; i++)
		for (size_t j = 0; j < e->level[i].n; j++) {
			const struct span *span = &e->level[i].span[j];

			for (size_t k = 0; k < e->targets; k++)
				e->span[i][j * e->targets + k] = sum_words(e,
				    word, span->first, span->last, k);
		}
}

struct join *
explain_join(const struct explanation *e, size_t k, enum join_phi what)
{
	size_t last = e->levels - 1;

	return join_new(e->block->arena, e->join, what, e->level[last].n,
	    e->level[last].span, e->span[last] + k, e->targets);
}

struct rnn_span *
explain_round(const struct join *j, struct arena *arena, size_t *n)
{
	const struct join_set *set;
	struct rnn_span *to;

	*n = join_sets(j, &set);
	to = MEM_NEW(arena, *n, struct rnn_span);
	for (size_t i = 0; i < *n; i++)
		to[i] = (struct rnn_span){set[i].span[0].first,
		    set[i].span[0].last};
	return to;
}

void
explain_joined(struct explanation *e, size_t k, struct join *j)
{
	e->joined[k] = join_level(j, &e->joined_score[k]);
}

/* True if each number fits into a float: scores are printed as floats. */
static bool
fit(const struct explanation *e, const double *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isfinite(v[i]) && e->trace->odds)
			return bad(e->block->at, "a probability of 0 or 1 of "
			    "this text or a variant has no log-odds; explain "
			    "the probability instead (option -y)");
		else if (!isfinite(v[i]))
			return bad(e->block->at, "a score is %s: %s",
			    isnan(v[i]) ? "not a number" : "infinite",
			    e->grows != NULL ? e->grows :
			    "numbers of the model are too large");
		else if (fabs(v[i]) > (double)FLT_MAX)
			return bad(e->block->at, "score %g does not fit into "
			    "a float%s%s", v[i], e->grows != NULL ? ": " : "",
			    e->grows != NULL ? e->grows : "");
	return true;
}

static bool
all_fit(const struct explanation *e)
{
	for (size_t i = 0; i < e->levels; i++)
		if (!fit(e, e->span[i], e->level[i].n * e->targets))
			return false;
	for (size_t k = 0; e->joined != NULL && k < e->targets; k++)
		if (!fit(e, e->joined_score[k], e->joined[k].n))
			return false;
	return fit(e, e->text, e->targets) && fit(e, e->bias, e->targets) &&
	    fit(e, e->logit, e->targets);
}

/* Write the spans of a level; S[j stride] is the score of span j. */
static void
write_spans(const struct explanation *e, const struct level *level,
    const double *S, size_t stride, const struct score_shared *shared,
    struct score_row *row, struct output *o)
{
	row->level = level->name;
	for (size_t j = 0; j < level->n; j++) {
		const struct span *span = &level->span[j];

		row->first = span->first + 1;
		row->last = span->last + 1;
		row->tag = span->tag;
		row->text = level_text(e->block, span);
		row->score = (float)S[j * stride];
		score_write(o, shared, row);
	}
}

static void
write_totals(const struct explanation *e, size_t k,
    const struct remark *remark, const struct score_shared *shared,
    struct score_row *row, struct output *o)
{
	const double sum[SCORE_SUMS] = {
		[SCORE_TEXT] = e->text[k],
		[SCORE_BIAS] = e->bias[k],
		[SCORE_LOGIT] = e->logit[k],
	};

	row->first = row->last = 0;
	row->tag = TEXT("_");
	for (int i = 0; i < SCORE_SUMS; i++) {
		row->text = TEXT("_");
		if (i == SCORE_TEXT && e->note != NULL)
			row->text = text_of(e->note[k]);
		if (i == SCORE_LOGIT)
			row->text = remark_write(e->block->arena, remark);
		row->level = text_of(i == SCORE_LOGIT && e->probability ?
		    SCORE_PROBABILITY : score_levels[i]);
		row->score = (float)sum[i];
		score_write(o, shared, row);
	}
}

/* The class of the block's label; C if there is none. */
static size_t
label_class(const struct explanation *e)
{
	const struct trace *tr = e->trace;

	return text_index(tr->label, tr->C, e->block->label);
}

/* The probability of class c, or -1 if there is none or target k is c. */
static float
other_probability(const struct explanation *e, size_t k, size_t c)
{
	const struct target *g = &e->target[k];

	return c == e->trace->C || (g->A == c && g->B == c) ? -1 :
	    e->trace->probability[c];
}

bool
explain_write(const struct explanation *e, const char *method,
    struct output *o)
{
	const struct trace *tr = e->trace;
	struct remark remark = {.predicted = tr->label[tr->predicted],
	    .label = e->block->label, .quotes = quotes_write(e->block)};
	size_t label = label_class(e);

	if (!all_fit(e))
		return false;
	if (e->unknown != NULL)
		remark.unknown = remark_ids(e->block->arena, e->unknown,
		    e->block->T);
	for (size_t k = 0; k < e->targets; k++) {
		struct score_row row = {.doc = e->block->sent_id,
		    .class = e->target[k].class, .model = tr->model,
		    .method = text_of(method),
		    .prob = e->target[k].probability};
		struct score_shared shared = score_shared(e->block->arena,
		    &row);

		remark.predicted_p = other_probability(e, k, tr->predicted);
		remark.label_p = other_probability(e, k, label);
		for (size_t i = 0; i < e->levels; i++)
			write_spans(e, &e->level[i], e->span[i] + k,
			    e->targets, &shared, &row, o);
		if (e->joined != NULL)
			write_spans(e, &e->joined[k], e->joined_score[k], 1,
			    &shared, &row, o);
		write_totals(e, k, &remark, &shared, &row, o);
	}
	return true;
}
