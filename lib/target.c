/* SPDX-License-Identifier: ISC */
#include "target.h"

#include "conllu.h"
#include "mem.h"
#include "trace.h"

/* The class with this label, or C. */
static size_t
find_class(const struct trace *tr, struct text label)
{
	size_t c = 0;

	while (c < tr->C && !text_equal(tr->label[c], label))
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

/* "negative, positive", for messages */
static const char *
class_list(const struct block *b, const struct trace *tr)
{
	const char *list = "";

	for (size_t c = 0; c < tr->C && c < 20; c++)
		list = mem_printf(b->arena, "%s%s%.*s", list,
		    c == 0 ? "" : ", ", TEXT_ARGS(tr->label[c]));
	return list;
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
find_contrast(const struct trace *tr, struct text which, struct target *g)
{
	for (size_t i = 0; i < which.n; i++) {
		size_t A, B;

		if (which.s[i] != ':')
			continue;
		A = find_class(tr, (struct text){which.s, i});
		B = find_class(tr, (struct text){which.s + i + 1,
		    which.n - i - 1});
		if (A < tr->C && B < tr->C && A != B) {
			*g = contrast(tr, which, A, B);
			return true;
		}
	}
	return false;
}

bool
target_find(const struct block *b, const struct trace *tr, const char *which,
    struct target **targets, size_t *n)
{
	struct text label = text_of(which);
	size_t c;

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
	c = find_class(tr, label);
	if (c < tr->C) {
		(*targets)[0] = class_target(tr, c);
		return true;
	}
	return find_contrast(tr, label, &(*targets)[0]) ||
	    bad(b->at, "the model has no class \"%.*s\", expected %s",
	    TEXT_ARGS(label), class_list(b, tr));
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
