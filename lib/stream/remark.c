/* SPDX-License-Identifier: ISC */
#include "stream/remark.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/output.h"

const struct remark remark_none = {.predicted_p = -1, .label_p = -1};

struct text
remark_ids(struct arena *arena, const bool *marks, size_t T)
{
	struct output ids = output_to(-1, NULL);
	struct text made = {NULL, 0};

	for (size_t t = 0; t < T; t++) {
		if (!marks[t])
			continue;
		if (ids.n > 0)
			output_char(&ids, ',');
		output_size(&ids, t + 1);
	}
	if (ids.n > 0)
		made = text_copy(arena, (struct text){ids.buf, ids.n});
	output_done(&ids, 0);
	return made;
}

static void
begin(struct output *o, const char *key)
{
	if (o->n > 0)
		output_char(o, '|');
	output_string(o, key);
	output_char(o, '=');
}

static void
put_text(struct output *o, const char *key, struct text value)
{
	if (value.s == NULL)
		return;
	begin(o, key);
	output_text(o, value);
}

static void
put_share(struct output *o, const char *key, float value)
{
	if (value < 0)
		return;
	begin(o, key);
	output_float(o, value);
}

struct text
remark_write(struct arena *arena, const struct remark *r)
{
	struct output o = output_to(-1, NULL);
	struct text made = TEXT("_");

	put_text(&o, "predicted", r->predicted);
	put_share(&o, "predicted_p", r->predicted_p);
	put_share(&o, "label_p", r->label_p);
	put_text(&o, "unknown", r->unknown);
	put_text(&o, "quotes", r->quotes);
	put_text(&o, "label", r->label);
	if (o.n > 0)
		made = text_copy(arena, (struct text){o.buf, o.n});
	output_done(&o, 0);
	return made;
}

/* A probability, or -1 if it is none. */
static float
read_share(struct text value)
{
	double v;

	return text_to_double(value, &v) && v >= 0 && v <= 1 ? (float)v : -1;
}

struct remark
remark_read(struct text column)
{
	struct remark r = remark_none;
	struct text rest = column;

	while (rest.s != NULL) {
		struct text all = rest;
		struct text value = text_cut(&rest, '|');
		struct text key = text_cut(&value, '=');

		if (value.s == NULL || value.n == 0)
			continue;
		if (text_is(key, "label")) {
			r.label = value;
			r.label.n = (size_t)(all.s + all.n - value.s);
			break;
		}
		if (text_is(key, "predicted"))
			r.predicted = value;
		else if (text_is(key, "predicted_p"))
			r.predicted_p = read_share(value);
		else if (text_is(key, "label_p"))
			r.label_p = read_share(value);
		else if (text_is(key, "unknown"))
			r.unknown = value;
		else if (text_is(key, "quotes"))
			r.quotes = value;
	}
	return r;
}

enum remark_outcome
remark_outcome(const struct remark *r, struct text class)
{
	if (r->predicted.s == NULL || r->label.s == NULL)
		return REMARK_OPEN;
	if (text_equal(r->predicted, r->label))
		return REMARK_RIGHT;
	return r->label_p < 0 && !text_equal(r->label, class) ?
	    REMARK_FOREIGN : REMARK_WRONG;
}

struct text
remark_verdict(struct arena *arena, const struct remark *r, struct text class)
{
	static const char *const before_label[] = {
		[REMARK_OPEN] = "label ",
		[REMARK_RIGHT] = "",
		[REMARK_WRONG] = ", wrong: label ",
		[REMARK_FOREIGN] = ", label ",
	};
	enum remark_outcome outcome = remark_outcome(r, class);
	struct output o = output_to(-1, NULL);
	struct text made = TEXT("");

	if (r->predicted.s != NULL)
		output_string(&o, "predicted");
	if (r->predicted.s != NULL && !text_equal(r->predicted, class)) {
		output_char(&o, ' ');
		output_text(&o, r->predicted);
		if (r->predicted_p >= 0)
			output_printf(&o, " %.4f", (double)r->predicted_p);
	}
	if (outcome == REMARK_RIGHT)
		output_string(&o, ", right");
	else if (r->label.s != NULL) {
		output_string(&o, before_label[outcome]);
		output_text(&o, r->label);
	}
	if (outcome == REMARK_FOREIGN)
		output_string(&o, " (not a class of the model)");
	if (o.n > 0)
		made = text_copy(arena, (struct text){o.buf, o.n});
	output_done(&o, 0);
	return made;
}

static int
by_id(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

size_t *
remark_words(struct arena *arena, const struct remark *r, size_t *n)
{
	struct text rest = r->unknown;
	size_t *ids = MEM_NEW(arena, rest.n / 2 + 1, size_t), k = 0;

	while (rest.s != NULL)
		if (text_to_size(text_cut(&rest, ','), &ids[k]) && ids[k] > 0)
			k++;
	qsort(ids, k, sizeof *ids, by_id);
	*n = k;
	return ids;
}
