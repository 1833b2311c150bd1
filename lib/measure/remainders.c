/* SPDX-License-Identifier: ISC */
#include "measure/remainders.h"

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "measure/measure.h"
#include "measure/predictions.h"
#include "measure/tally.h"
#include "measure/variants_table.h"

/* True if the row of table v is a remainder of the kind that is measured. */
static bool
counts(const struct remainders *r, const struct variants_table *v, size_t row)
{
	return text_starts(variants_mark(v, row), r->alone ? "+" : "-");
}

static const char *
kind(const struct remainders *r)
{
	return r->alone ? "of top words alone" : "without top words";
}

/* The amounts in the mark of a remainder: without its sign. */
static struct text
amounts_of(const struct variants_table *v, size_t row)
{
	struct text mark = variants_mark(v, row);

	return (struct text){mark.s + 1, mark.n - 1};
}

/* Cut an amount off the amounts.  Returns it without %. */
static struct text
cut_amount(struct text *amounts, bool *percent)
{
	struct text a = text_cut(amounts, ',');

	*percent = text_ends(a, "%");
	a.n -= *percent;
	return a;
}

/* Add the points of a remainder, whose names are in the dict. */
static bool
add_points(struct remainders *r, struct text amounts, struct dict *names,
    struct place at)
{
	while (amounts.s != NULL) {
		struct remainder_point p = {.at = 0};
		bool percent;

		/* with one more for their mean */
		if ((r->points + 2) * r->n > TALLY_SERIES)
			return bad(at, "too many methods and amounts, the "
			    "limit is %d", TALLY_SERIES);
		p.name = cut_amount(&amounts, &percent);
		text_to_double(p.name, &p.at);
		if (r->points == 0)
			r->percent = percent;
		if (percent != r->percent)
			return bad(at, "both numbers and percentages of words");
		if ((size_t)dict_add(names, p.name) != r->points)
			return bad(at, "a second remainder at %.*s",
			    TEXT_ARGS(p.name));
		r->point = mem_grow(r->point, &r->cap, r->points + 1,
		    sizeof *r->point);
		r->point[r->points++] = p;
	}
	return true;
}

/* Set the points to those of the first text. */
static bool
find_points(struct remainders *r)
{
	const struct variants_table *v = r->of[0].table;
	const struct predictions *t = variants_predictions(v);
	size_t row = variants_text(v, 0), n;
	const size_t *variant = variants_of(v, row, &n);
	struct dict *names = dict_new();
	bool good = true;

	for (size_t i = 0; i < n && good; i++)
		good = !counts(r, v, variant[i]) || add_points(r,
		    amounts_of(v, variant[i]), names,
		    predictions_place(t, variant[i]));
	dict_free(names);
	return good && (r->points > 0 || bad(predictions_place(t, row),
	    "%.*s has no remainder %s, expected those of reat-erase -K top",
	    TEXT_ARGS(predictions_doc(t, row)), kind(r)));
}

/*
 * Set *points of loss [points], from *points on, to the loss of a remainder.
 * Returns false if its amounts are not the points there.
 */
static bool
add_loss(const struct remainders *r, struct text amounts, struct loss one,
    struct loss *loss, size_t *points)
{
	while (amounts.s != NULL) {
		bool percent;

		if (*points == r->points || !text_equal(cut_amount(&amounts,
		    &percent), r->point[*points].name) ||
		    percent != r->percent)
			return false;
		loss[(*points)++] = one;
	}
	return true;
}

/*
 * The losses of the text in a row of a method's table, loss [points].  The
 * remainders must be at the points, in their order.
 */
static bool
losses_of(const struct remainders *r, const struct remainder *of, size_t row,
    struct loss *loss)
{
	const struct variants_table *v = of->table;
	const struct predictions *t = variants_predictions(v);
	size_t n, class = 0, predicted, points = 0;
	const size_t *variant = variants_of(v, row, &n);
	bool good = predictions_class(t, row, &class), same = true;

	for (size_t i = 0; i < n && same; i++) {
		struct loss one = {0};

		if (!counts(r, v, variant[i]))
			continue;
		if (!predictions_class(t, variant[i], &predicted))
			good = false;
		else if (good)
			one = (struct loss){
			    predictions_probability(t, row, class),
			    predictions_probability(t, variant[i], class),
			    predicted != class};
		same = add_loss(r, amounts_of(v, variant[i]), one, loss,
		    &points);
	}
	if (same && points == r->points)
		return good;
	return bad(predictions_place(t, row), "%.*s has not the remainders %s "
	    "that the first text has; all texts and methods need the same "
	    "amounts", TEXT_ARGS(predictions_doc(t, row)), kind(r));
}

bool
remainders_losses(const struct remainders *r, size_t i, struct loss *loss)
{
	struct text doc = remainders_doc(r, i);
	bool good = true;
	size_t row;

	for (size_t k = 0; k < r->n; k++)
		if (!predictions_find(variants_predictions(r->of[k].table),
		    doc, &row))
			good = bad((struct place){r->of[k].path, 0}, "%.*s is "
			    "missing; the first table has it",
			    TEXT_ARGS(doc));
		else
			good = losses_of(r, &r->of[k], row, loss + k *
			    r->points) && good;
	return good;
}

double
remainders_lost(const struct loss *loss)
{
	return loss->p - loss->left;
}

size_t
remainders_texts(const struct remainders *r)
{
	return variants_texts(r->of[0].table);
}

struct text
remainders_doc(const struct remainders *r, size_t i)
{
	return predictions_doc(variants_predictions(r->of[0].table),
	    variants_text(r->of[0].table, i));
}

/* Returns false if a table has other classes: it is of another model. */
static bool
check_classes(const struct remainders *r)
{
	bool good = true;

	for (size_t k = 1; k < r->n; k++)
		if (!predictions_alike(variants_predictions(r->of[0].table),
		    variants_predictions(r->of[k].table)))
			good = bad((struct place){r->of[k].path, 0}, "its "
			    "classes are not those of the first table");
	return good;
}

/* Returns false if a table has a text that the first table lacks. */
static bool
check_texts(const struct measuring *m, const struct remainders *r)
{
	const struct predictions *first =
	    variants_predictions(r->of[0].table);
	bool good = true;
	size_t row;

	for (size_t k = 1; k < r->n; k++) {
		const struct variants_table *v = r->of[k].table;

		for (size_t i = 0; i < variants_texts(v) &&
		    (good || m->keep_going); i++) {
			struct text doc = predictions_doc(
			    variants_predictions(v), variants_text(v, i));

			if (!predictions_find(first, doc, &row))
				good = bad((struct place){r->of[k].path, 0},
				    "%.*s is not in the first table",
				    TEXT_ARGS(doc));
		}
	}
	return good;
}

bool
remainders_check(const struct measuring *m, struct remainders *r, bool *able)
{
	*able = check_classes(r) && (remainders_texts(r) == 0 ||
	    find_points(r));
	return *able && check_texts(m, r);
}

void
remainders_add(struct measuring *m, struct text method, struct text at,
    struct text doc, double value)
{
	tally_add(m->tally, TEXT("_"), method, at, doc,
	    (const double[]){1, value});
}
