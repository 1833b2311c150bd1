/* SPDX-License-Identifier: ISC */
#include "measure/outcomes.h"

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "measure/measure.h"
#include "measure/predictions.h"
#include "measure/tally.h"

size_t
outcome_bin(double p)
{
	size_t b = 0;

	while (b + 1 < OUTCOME_BINS && p > (double)(b + 1) / OUTCOME_BINS)
		b++;
	return b;
}

const char *
outcome_bin_name(struct arena *arena, size_t bin)
{
	return mem_printf(arena, "%.3f-%.3f", (double)bin / OUTCOME_BINS,
	    (double)(bin + 1) / OUTCOME_BINS);
}

/* Add the classes of a table to the dictionary. */
static void
add_classes(struct dict *names, const struct predictions *t)
{
	for (size_t c = 0; c < predictions_classes(t); c++)
		dict_add(names, predictions_name(t, c));
}

const struct text *
outcomes_classes(struct arena *arena, const struct outcome_table *table,
    size_t n, size_t *C)
{
	struct dict *names = dict_new();
	struct text *class;

	for (size_t k = 0; k < n; k++)
		add_classes(names, table[k].table);
	*C = dict_size(names);
	class = MEM_NEW(arena, *C, struct text);
	for (size_t c = 0; c < *C; c++)
		class[c] = text_copy(arena, dict_text(names, (int32_t)c));
	dict_free(names);
	return class;
}

bool
outcomes_add(struct measuring *m, const struct outcome *x, struct text at,
    const double *sum)
{
	return tally_add(m->tally, TEXT("_"), x->model, at, x->doc, sum) !=
	    TALLY_FULL || bad((struct place){0}, "too many models and classes, "
	    "the limit is %d rows", TALLY_SERIES);
}

/* A walk over the texts of all tables. */
struct walk {
	const struct outcome_table *first, *table;	/* table: this one */
	struct dict *names;	/* of all classes */
	struct outcome x;
};

/* The class of text i of this table by its number among all, and in p its
 * probability. */
static size_t
find(const struct walk *w, size_t i, size_t own, double *p)
{
	const struct predictions *t = w->table->table;

	*p = predictions_probability(t, i, own);
	return (size_t)dict_find(w->names, predictions_name(t, own));
}

/* Returns false with a message if the label of text i is not as it must be. */
static bool
check_label(const struct walk *w, size_t i, struct text label)
{
	const struct predictions *t = w->table->table, *first = w->first->table;
	struct text doc = predictions_doc(t, i), other;
	size_t j, class;

	if (text_is(label, "_"))
		return bad(predictions_place(t, i), "%.*s has no label, "
		    "expected one of the classes", TEXT_ARGS(doc));
	if (!predictions_have(t, label))
		return bad(predictions_place(t, i), "label \"%.*s\", expected "
		    "one of the classes", TEXT_ARGS(label));
	if (t == first || !predictions_find(first, doc, &j) ||
	    !predictions_class(first, j, &class))
		return true;
	other = predictions_label(first, j);
	return text_equal(label, other) || bad(predictions_place(t, i),
	    "label \"%.*s\" of %.*s, but \"%.*s\" in %s", TEXT_ARGS(label),
	    TEXT_ARGS(doc), TEXT_ARGS(other), w->first->path);
}

/* Set the outcome of text i.  Returns false if its row is bad. */
static bool
set(struct walk *w, size_t i)
{
	const struct predictions *t = w->table->table;
	size_t own, c = 0;
	struct text label;

	if (!predictions_class(t, i, &own))
		return false;	/* a message was printed */
	label = predictions_label(t, i);
	if (!check_label(w, i, label))
		return false;
	w->x.doc = predictions_doc(t, i);
	w->x.predicted = find(w, i, own, &w->x.p_predicted);
	while (!text_equal(predictions_name(t, c), label))
		c++;
	w->x.gold = find(w, i, c, &w->x.p_gold);
	return true;
}

/* Measure the texts of one table. */
static bool
measure_table(struct walk *w, struct measuring *m, const struct measure *how)
{
	size_t texts = predictions_size(w->table->table);
	bool good = true;

	w->x.model = w->table->model;
	w->x.first = true;
	for (size_t i = 0; i < texts && (good || m->keep_going); i++) {
		if (!set(w, i)) {
			good = false;
			continue;
		}
		if (!how->outcome(m, &w->x))
			return false;
		w->x.first = false;
		mem_reset(w->x.arena);
	}
	return good;
}

bool
outcomes_measure(struct measuring *m, const struct measure *how,
    const struct outcome_table *table, size_t n, const struct text *class,
    size_t C)
{
	struct walk w = {.first = table, .names = dict_new(),
	    .x = {.class = class, .C = C, .arena = mem_arena()}};
	bool good = true;

	for (size_t k = 0; k < n; k++)
		add_classes(w.names, table[k].table);
	for (size_t k = 0; k < n && (good || m->keep_going); k++) {
		w.table = &table[k];
		good = measure_table(&w, m, how) && good;
	}
	dict_free(w.names);
	mem_free(w.x.arena);
	return good;
}
