/* SPDX-License-Identifier: ISC */
#include "measure/predictions.h"

#include <stdlib.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "stream/lines.h"

enum { FIXED = 3, CLASSES_MAX = 4096 };

static const char *const fixed[FIXED] = {"doc", "label", "predicted"};

struct predictions {
	const char *path;
	struct dict *docs, *classes, *labels;
	size_t columns;			/* of a line */
	size_t C;			/* classes; 0: no header yet */
	int32_t *predicted;		/* [docs] DICT_NONE: its row is bad */
	int32_t *label;			/* [docs] in labels */
	size_t *line;			/* [docs] */
	double *p;			/* [docs][numbers] probabilities, then
					 * logits */
	size_t numbers;			/* C, or 2 C with logits */
	size_t predicted_cap, p_cap, label_cap, line_cap;
	struct text header;		/* skipped where it occurs again */
	struct arena *arena;
};

static bool
read_header(struct predictions *t, const struct record *r)
{
	struct text rest = r->text;
	size_t C = 0, logits = 0;

	t->header = text_copy(t->arena, r->text);
	for (t->columns = 0; rest.s != NULL; t->columns++) {
		struct text name = text_cut(&rest, '\t');

		if (t->columns < FIXED ? !text_is(name, fixed[t->columns]) :
		    name.n == 0)
			return bad(r->at, "column %zu is \"%.*s\", expected "
			    "the header of reat-predict: doc, label, "
			    "predicted and the classes", t->columns + 1,
			    TEXT_ARGS(name));
		if (t->columns < FIXED)
			continue;
		if (text_starts(name, "logit:")) {
			logits++;
			continue;
		}
		if ((size_t)dict_add(t->classes, name) != C)
			return bad(r->at, "class %.*s occurs twice",
			    TEXT_ARGS(name));
		if (C == CLASSES_MAX)
			return bad(r->at, "too many classes, the limit is %d",
			    CLASSES_MAX);
		C++;
	}
	if (logits > 0 && logits != C)
		return bad(r->at, "%zu logits of %zu classes", logits, C);
	t->C = C;
	t->numbers = C + logits;
	return C > 0 || bad(r->at, "the header has no class");
}

/* Read the columns of document i; the table has room for it. */
static bool
read_numbers(struct predictions *t, const struct record *r, size_t i)
{
	struct text rest = r->text;
	int32_t predicted = DICT_NONE;
	size_t k = 0;

	for (; rest.s != NULL; k++) {
		struct text f = text_cut(&rest, '\t');
		double *p = k < FIXED || k >= FIXED + t->numbers ? NULL :
		    &t->p[i * t->numbers + (k - FIXED)];

		if (k == 1)
			t->label[i] = dict_add(t->labels, f);
		if (k == 2 && (predicted = dict_find(t->classes, f)) ==
		    DICT_NONE)
			return bad(r->at, "predicted \"%.*s\", expected one of "
			    "the classes", TEXT_ARGS(f));
		if (p != NULL && !text_to_double(f, p))
			return bad(r->at, "\"%.*s\", expected a number",
			    TEXT_ARGS(f));
		if (p != NULL && k < FIXED + t->C && (*p < 0 || *p > 1))
			return bad(r->at, "\"%.*s\", expected a probability, "
			    "0 to 1", TEXT_ARGS(f));
	}
	t->predicted[i] = predicted;
	return k == t->columns || bad(r->at, "%zu columns, expected %zu", k,
	    t->columns);
}

static bool
read_row(struct predictions *t, const struct record *r)
{
	struct text rest = r->text, doc = text_cut(&rest, '\t');
	size_t n = dict_size(t->docs), i = (size_t)dict_add(t->docs, doc);

	if (i < n)
		return bad(r->at, "document %.*s occurs twice", TEXT_ARGS(doc));
	t->predicted = mem_grow(t->predicted, &t->predicted_cap, i + 1,
	    sizeof *t->predicted);
	t->p = mem_grow(t->p, &t->p_cap, (i + 1) * t->numbers, sizeof *t->p);
	t->label = mem_grow(t->label, &t->label_cap, i + 1, sizeof *t->label);
	t->line = mem_grow(t->line, &t->line_cap, i + 1, sizeof *t->line);
	t->predicted[i] = t->label[i] = DICT_NONE;
	t->line[i] = r->at.line;
	if (read_numbers(t, r, i))
		return true;
	t->predicted[i] = DICT_NONE;
	return false;
}

/* Take a line that is not empty: the header or a row. */
static bool
take(struct predictions *t, const struct record *r)
{
	if (t->C == 0)
		return read_header(t, r);
	return text_equal(r->text, t->header) || read_row(t, r);
}

struct predictions *
predictions_read(const char *path, bool keep_going, int *status)
{
	char *operands[] = {(char *)path, NULL};
	struct lines *in = lines_open(operands, keep_going, NULL);
	struct predictions *t = mem_calloc(1, sizeof *t);
	struct record r;

	t->arena = mem_arena();
	t->path = path;
	t->docs = dict_new();
	t->labels = dict_new();
	t->classes = dict_new();
	while (lines_next(in, &r)) {
		if (r.text.n > 0 && !take(t, &r))
			lines_bad(in);
		if (t->C == 0 && lines_status(in) != STATUS_OK)
			break;
	}
	if (t->C == 0 && lines_status(in) == STATUS_OK &&
	    !bad((struct place){path, 0}, "no header, expected a table of "
	    "reat-predict"))
		lines_bad(in);
	*status = lines_close(in);
	if (*status == STATUS_OK ||
	    (*status == STATUS_DATA && keep_going && t->C > 0))
		return t;
	predictions_free(t);
	return NULL;
}

void
predictions_free(struct predictions *t)
{
	dict_free(t->docs);
	dict_free(t->classes);
	dict_free(t->labels);
	free(t->label);
	free(t->line);
	free(t->predicted);
	free(t->p);
	mem_free(t->arena);
	free(t);
}

size_t
predictions_size(const struct predictions *t)
{
	return dict_size(t->docs);
}

struct text
predictions_doc(const struct predictions *t, size_t i)
{
	return dict_text(t->docs, (int32_t)i);
}

bool
predictions_alike(const struct predictions *a, const struct predictions *b)
{
	if (a->C != b->C)
		return false;
	for (size_t c = 0; c < a->C; c++)
		if (!text_equal(dict_text(a->classes, (int32_t)c),
		    dict_text(b->classes, (int32_t)c)))
			return false;
	return true;
}

bool
predictions_find(const struct predictions *t, struct text doc, size_t *i)
{
	int32_t found = dict_find(t->docs, doc);

	*i = (size_t)found;
	return found != DICT_NONE;
}

bool
predictions_class(const struct predictions *t, size_t i, size_t *class)
{
	*class = (size_t)t->predicted[i];
	return t->predicted[i] != DICT_NONE;
}

struct place
predictions_place(const struct predictions *t, size_t i)
{
	return (struct place){t->path, t->line[i]};
}

struct text
predictions_label(const struct predictions *t, size_t i)
{
	return dict_text(t->labels, t->label[i]);
}

size_t
predictions_classes(const struct predictions *t)
{
	return t->C;
}

bool
predictions_have(const struct predictions *t, struct text class)
{
	return dict_find(t->classes, class) != DICT_NONE;
}

struct text
predictions_name(const struct predictions *t, size_t class)
{
	return dict_text(t->classes, (int32_t)class);
}

double
predictions_probability(const struct predictions *t, size_t i, size_t class)
{
	return t->p[i * t->numbers + class];
}

bool
predictions_have_logits(const struct predictions *t)
{
	return t->numbers > t->C;
}

double
predictions_logit(const struct predictions *t, size_t i, size_t class)
{
	return t->p[i * t->numbers + t->C + class];
}
