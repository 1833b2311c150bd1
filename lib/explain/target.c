/* SPDX-License-Identifier: ISC */
#include "explain/target.h"

#include <math.h>

#include "base/err.h"
#include "base/mem.h"
#include "rnn/trace.h"
#include "stream/block.h"

static struct target
class_target(const struct trace *tr, size_t c)
{
	struct target g = {.class = tr->label[c], .parts = 1, .A = c, .B = c,
	    .probability = tr->probability[c]};
	float sign;

	g.part[0].row = trace_row(tr, c, &sign);
	g.part[0].coefficient = (double)sign;
	if (tr->odds) {
		g.part[1] = (struct target_part){tr->C + c, -1};
		g.parts = 2;
	}
	return g;
}

/* A minus B.  In a sigmoid head both classes have the same row. */
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
	g.probability = (float)target_probability(&g, tr->logit,
	    tr->probability);
	return g;
}

static bool
find_pair(const struct text *label, size_t C, struct text which, size_t *A,
    size_t *B)
{
	for (size_t i = 0; i < which.n; i++) {
		if (which.s[i] != ':')
			continue;
		*A = text_index(label, C, (struct text){which.s, i});
		*B = text_index(label, C, (struct text){which.s + i + 1,
		    which.n - i - 1});
		if (*A < C && *B < C && *A != *B)
			return true;
	}
	return false;
}

/* A label, or "A:B".  Labels may contain colons, so each colon is tried. */
static bool
find_named(const struct text *label, size_t C, struct text name, size_t *A,
    size_t *B)
{
	*A = *B = text_index(label, C, name);
	return *A < C || find_pair(label, C, name, A, B);
}

struct target_choice
target_choose(const char *option)
{
	static const char *const words[] = {
	    [TARGET_PREDICTED] = "predicted", [TARGET_GOLD] = "gold",
	    [TARGET_ALL] = "all", [TARGET_NAMED] = NULL};
	struct text name = text_of(option);

	return (struct target_choice){.name = name,
	    .kind = (enum target_kind)text_find(name, words)};
}

void
target_resolve(struct target_choice *choice, struct arena *arena,
    struct text model, const struct text label[], size_t C)
{
	if (choice->kind != TARGET_NAMED || choice->resolved)
		return;
	choice->resolved = true;
	if (!find_named(label, C, choice->name, &choice->A, &choice->B))
		die("option -c: model %.*s has no class \"%.*s\", expected %s, "
		    "A:B of two of them, predicted, gold or all",
		    TEXT_ARGS(model), TEXT_ARGS(choice->name),
		    text_list(arena, label, C, ", "));
}

static bool
no_class(const struct block *b, const struct trace *tr, struct text name)
{
	return bad(b->at, "the model has no class \"%.*s\", expected %s",
	    TEXT_ARGS(name), text_list(b->arena, tr->label, tr->C, " or "));
}

/* Replace A and B, the predicted class, for gold and for a named class. */
static bool
find_one(const struct block *b, const struct trace *tr,
    const struct target_choice *choice, size_t *A, size_t *B)
{
	switch (choice->kind) {
	case TARGET_GOLD:
		if (b->label.s == NULL)
			return bad(b->at, "no # label: option -c gold needs "
			    "one in each block");
		*A = *B = text_index(tr->label, tr->C, b->label);
		return *A < tr->C || no_class(b, tr, b->label);
	case TARGET_NAMED:
		*A = choice->A;
		*B = choice->B;
		return choice->resolved || find_named(tr->label, tr->C,
		    choice->name, A, B) || no_class(b, tr, choice->name);
	default:
		return true;
	}
}

bool
target_find(const struct block *b, const struct trace *tr,
    const struct target_choice *choice, struct target **targets, size_t *n)
{
	size_t A = tr->predicted, B = tr->predicted;

	*n = choice->kind == TARGET_ALL ? tr->C : 1;
	*targets = MEM_NEW(b->arena, *n, struct target);
	if (choice->kind == TARGET_ALL) {
		for (size_t c = 0; c < tr->C; c++)
			(*targets)[c] = class_target(tr, c);
		return true;
	}
	if (!find_one(b, tr, choice, &A, &B))
		return false;
	(*targets)[0] = A == B ? class_target(tr, A) :
	    contrast(tr, choice->name, A, B);
	return true;
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
target_probability(const struct target *g, const float *logit,
    const float *probability)
{
	/* a sigmoid head has one row, and no other class than A and B */
	if (g->A == g->B || g->parts == 1)
		return (double)probability[g->A];
	return 1 / (1 + exp(-target_logit(g, logit)));
}
