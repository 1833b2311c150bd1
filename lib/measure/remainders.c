/* SPDX-License-Identifier: ISC */
#include "measure/remainders.h"

#include "base/err.h"
#include "base/mem.h"
#include "measure/measure.h"
#include "measure/predictions.h"
#include "measure/tally.h"

bool
remainders_losses(const struct predictions *whole, size_t i,
    const struct remainder *left, size_t n, struct loss *loss)
{
	struct text doc = predictions_doc(whole, i);
	size_t class, j, predicted;
	bool good = predictions_class(whole, i, &class);

	for (size_t k = 0; k < n; k++) {
		const struct predictions *t = left[k].table;

		if (!predictions_find(t, doc, &j))
			good = bad((struct place){left[k].path, 0}, "%.*s is "
			    "missing; the first table has it",
			    TEXT_ARGS(doc));
		else if (!predictions_class(t, j, &predicted))
			good = false;
		else if (good)
			loss[k] = (struct loss){
			    predictions_probability(whole, i, class),
			    predictions_probability(t, j, class),
			    predicted != class};
	}
	return good;
}

double
remainders_lost(const struct loss *loss)
{
	return loss->p - loss->left;
}

bool
remainders_is_first(const struct remainder *left, size_t k)
{
	for (size_t i = 0; i < k; i++)
		if (text_equal(left[i].method, left[k].method))
			return false;
	return true;
}

double
remainders_mean(const struct remainder *left, size_t n, struct text method,
    const double *value, size_t *points)
{
	double sum = 0;

	*points = 0;
	for (size_t k = 0; k < n; k++)
		if (text_equal(left[k].method, method)) {
			sum += value[k];
			++*points;
		}
	return *points > 0 ? sum / (double)*points : 0;
}

/* Returns false if a table has other classes: it is of another model. */
static bool
check_classes(const struct predictions *whole, const struct remainder *left,
    size_t n)
{
	bool good = true;

	for (size_t k = 0; k < n; k++)
		if (!predictions_alike(whole, left[k].table))
			good = bad((struct place){left[k].path, 0}, "its "
			    "classes are not those of the first table");
	return good;
}

/* Returns false if a table has a text that the first table lacks. */
static bool
check_texts(const struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	bool good = true;
	size_t j;

	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < predictions_size(left[k].table) &&
		    (good || m->keep_going); i++) {
			struct text doc = predictions_doc(left[k].table, i);

			if (!predictions_find(whole, doc, &j))
				good = bad((struct place){left[k].path, 0},
				    "%.*s is not in the first table",
				    TEXT_ARGS(doc));
		}
	return good;
}

bool
remainders_check(const struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n, bool *able)
{
	*able = check_classes(whole, left, n);
	return *able && check_texts(m, whole, left, n);
}

const struct remainder *
remainders_find(const struct remainder *left, size_t tables, struct text method,
    struct text at, size_t *n)
{
	const struct remainder *found = NULL;

	*n = 0;
	for (size_t k = 0; k < tables; k++) {
		if (!text_equal(left[k].method, method))
			continue;
		++*n;
		if (found == NULL && text_equal(left[k].at, at))
			found = &left[k];
	}
	return found;
}

const char *
remainders_operands(struct arena *arena, const struct remainder *left,
    size_t n)
{
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < n; i++) {
			struct text method = left[k].method, at = left[k].at;
			struct text others = left[i].method;
			size_t own, other;

			if (remainders_find(left, n, method, at, &own) !=
			    &left[k])
				return mem_printf(arena, "%.*s%s%.*s occurs "
				    "twice", TEXT_ARGS(method),
				    text_is(at, "_") ? "" : "@",
				    text_is(at, "_") ? 0 : (int)at.n, at.s);
			if (remainders_find(left, n, others, at, &other) ==
			    NULL && own > 1 && other > 1)
				return mem_printf(arena, "%.*s has a table at "
				    "%.*s and %.*s has none; all need the same "
				    "shares", TEXT_ARGS(method), TEXT_ARGS(at),
				    TEXT_ARGS(others));
		}
	return NULL;
}

void
remainders_add(struct measuring *m, struct text method, struct text at,
    struct text doc, double value)
{
	tally_add(m->tally, TEXT("_"), method, at, doc,
	    (const double[]){1, value});
}
