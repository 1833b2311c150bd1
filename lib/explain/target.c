/* SPDX-License-Identifier: ISC */
#include "explain/target.h"

#include "base/err.h"
#include "base/mem.h"
#include "rnn/trace.h"
#include "stream/block.h"

/* The class with this label, or C. */
static size_t
find_class(const struct text *label, size_t C, struct text name)
{
	size_t c = 0;

	while (c < C && !text_equal(label[c], name))
		c++;
	return c;
}

static struct target
class_target(const struct trace *tr, size_t c)
{
	struct target g = {.class = tr->label[c], .parts = 1, .A = c, .B = c,
	    .probability = tr->probability[c]};
	float sign;

	g.part[0].row = trace_row(tr, c, &sign);
	g.part[0].coefficient = (double)sign;
	return g;
}

/* A less B, named "A:B"; of a sigmoid head both have the same row. */
static struct target
contrast(const struct trace *tr, struct text name, size_t A, size_t B)
{
	struct target g = class_target(tr, A), less = class_target(tr, B);

	if (less.part[0].row == g.part[0].row) {
		g.part[0].coefficient -= less.part[0].coefficient;
	} else {
		g.part[1] = less.part[0];
		g.part[1].coefficient = -g.part[1].coefficient;
		g.parts = 2;
	}
	g.class = name;
	g.B = B;
	g.probability = (float)target_probability(&g, tr->probability);
	return g;
}

/* "A:B" at whichever colon gives two labels: labels may hold colons. */
static bool
find_pair(const struct text *label, size_t C, struct text which, size_t *A,
    size_t *B)
{
	for (size_t i = 0; i < which.n; i++) {
		if (which.s[i] != ':')
			continue;
		*A = find_class(label, C, (struct text){which.s, i});
		*B = find_class(label, C, (struct text){which.s + i + 1,
		    which.n - i - 1});
		if (*A < C && *B < C && *A != *B)
			return true;
	}
	return false;
}

bool
target_find(const struct block *b, const struct trace *tr, const char *which,
    struct target **targets, size_t *n)
{
	struct text label = text_of(which);
	size_t c, A, B;

	*n = 1;
	*targets = MEM_NEW(b->arena, tr->C, struct target);
	if (text_is(label, "all")) {
		for (*n = 0; *n < tr->C; ++*n)
			(*targets)[*n] = class_target(tr, *n);
		return true;
	}
	if (text_is(label, "predicted"))
		label = tr->label[tr->predicted];
	else if (text_is(label, "gold"))
		label = b->label;
	if (label.s == NULL)
		return bad(b->at, "no # label, expected one for -c gold");
	c = find_class(tr->label, tr->C, label);
	if (c < tr->C)
		(*targets)[0] = class_target(tr, c);
	else if (find_pair(tr->label, tr->C, label, &A, &B))
		(*targets)[0] = contrast(tr, label, A, B);
	else
		return bad(b->at, "the model has no class \"%.*s\", expected "
		    "%s", TEXT_ARGS(label),
		    text_list(b->arena, tr->label, tr->C, " or "));
	return true;
}

void
target_check(struct arena *arena, struct text model, const struct text *label,
    size_t C, const char *which)
{
	static const char *const words[] = {"predicted", "gold", "all"};
	struct text name = text_of(which);
	size_t A, B;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_is(name, words[i]))
			return;
	if (find_class(label, C, name) == C &&
	    !find_pair(label, C, name, &A, &B))
		die("option -c: model %.*s has no class \"%.*s\", expected %s, "
		    "A:B of two of them, predicted, gold or all",
		    TEXT_ARGS(model), TEXT_ARGS(name),
		    text_list(arena, label, C, ", "));
}

double
target_sum(const struct target *g, const double *value)
{
	double sum = 0;

	for (size_t i = 0; i < g->parts; i++)
		sum += g->part[i].coefficient * value[g->part[i].row];
	return sum;
}

double
target_logit(const struct target *g, const float *logit)
{
	double sum = 0;

	for (size_t i = 0; i < g->parts; i++)
		sum += g->part[i].coefficient * (double)logit[g->part[i].row];
	return sum;
}

double
target_probability(const struct target *g, const float *probability)
{
	double p = (double)probability[g->A], q = (double)probability[g->B];

	if (g->A == g->B)
		return p;
	return p + q > 0 ? p / (p + q) : 0.5;
}
