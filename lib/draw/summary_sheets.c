/* SPDX-License-Identifier: ISC */
#include "draw/summary_sheets.h"

#include <math.h>

#include "base/mem.h"

enum { MATRIX = 12 };	/* classes of a confusion matrix; of more, a list */

static double
share(size_t part, size_t n)
{
	return n == 0 ? 0 : (double)part / (double)n;
}

struct text
summary_line(const struct summary *s, struct arena *arena)
{
	if (s->texts == 0)
		return TEXT("no texts");
	return text_of(mem_printf(arena, "%.*s, %.*s: %zu text%s, %zu with a "
	    "label; %zu word%s, %zu (%.1f %%) unknown to the model, in %zu "
	    "text%s", TEXT_ARGS(s->model), TEXT_ARGS(s->method), s->texts,
	    text_plural(s->texts), s->labelled, s->words,
	    text_plural(s->words), s->unknown,
	    100 * share(s->unknown, s->words), s->unknown_texts,
	    text_plural(s->unknown_texts)));
}

static struct sheet
overall(const struct summary *s, struct arena *arena)
{
	struct sheet t = sheet_begin(arena, "All texts", 4);

	sheet_head(&t, "measure");
	sheet_head(&t, "value");
	sheet_head(&t, "low");
	sheet_head(&t, "high");
	sheet_head(&t, "accuracy");
	sheet_put(&t, "%.4f", s->accuracy.value);
	sheet_put(&t, "%.4f", s->accuracy.low);
	sheet_put(&t, "%.4f", s->accuracy.high);
	sheet_head(&t, "macro f1");
	sheet_put(&t, "%.4f", s->macro_f1);
	sheet_name(&t, TEXT(""));
	sheet_name(&t, TEXT(""));
	sheet_head(&t, "calibration error");
	sheet_put(&t, "%.4f", s->calibration);
	sheet_name(&t, TEXT(""));
	sheet_name(&t, TEXT(""));
	t.note = "Low and high: 95 % of the resamples of these texts.";
	return t;
}

static size_t
find_cell(const struct summary *s, size_t gold, size_t predicted)
{
	for (size_t i = 0; i < s->cells; i++)
		if (s->cell[i].gold == gold &&
		    s->cell[i].predicted == predicted)
			return s->cell[i].n;
	return 0;
}

static struct sheet
matrix(const struct summary *s, struct arena *arena)
{
	struct sheet t = sheet_begin(arena, "Confusion", s->C + 1);

	sheet_head(&t, "label");
	for (size_t c = 0; c < s->C; c++)
		sheet_name(&t, s->class[c].name);
	for (size_t g = 0; g < s->C; g++) {
		sheet_name(&t, s->class[g].name);
		for (size_t k = 0; k < s->C; k++) {
			size_t n = find_cell(s, g, k);
			double part = share(n, s->class[g].gold);

			sheet_shade(&t, g == k ? part : -part, "%zu", n);
		}
	}
	t.note = "A row for each label, a column for each prediction.";
	return t;
}

static struct sheet
confusions(const struct summary *s, struct arena *arena)
{
	struct sheet t = sheet_begin(arena, "Confusion", 3);

	sheet_head(&t, "label");
	sheet_head(&t, "predicted");
	sheet_head(&t, "texts");
	for (size_t i = 0, n = 0; i < s->cells && n < MATRIX; i++) {
		const struct summary_cell *c = &s->cell[i];

		if (c->gold == c->predicted)
			continue;
		sheet_name(&t, s->class[c->gold].name);
		sheet_name(&t, s->class[c->predicted].name);
		sheet_put(&t, "%zu", c->n);
		n++;
	}
	t.note = "The most frequent confusions.";
	return t;
}

static struct sheet
classes(const struct summary *s, struct arena *arena)
{
	struct sheet t = sheet_begin(arena, "Classes", 6);

	sheet_head(&t, "class");
	sheet_head(&t, "texts");
	sheet_head(&t, "predicted");
	sheet_head(&t, "precision");
	sheet_head(&t, "recall");
	sheet_head(&t, "f1");
	for (size_t c = 0; c < s->C; c++) {
		const struct summary_class *k = &s->class[c];
		double f1 = 2 * (double)k->both / (double)(k->gold +
		    k->predicted);

		sheet_name(&t, k->name);
		sheet_put(&t, "%zu", k->gold);
		sheet_put(&t, "%zu", k->predicted);
		sheet_share(&t, share(k->both, k->predicted), "%.3f",
		    share(k->both, k->predicted));
		sheet_share(&t, share(k->both, k->gold), "%.3f",
		    share(k->both, k->gold));
		sheet_share(&t, f1, "%.3f", f1);
	}
	return t;
}

/* Accuracy by part; p: with the mean probability of the predicted class. */
static struct sheet
parts(struct arena *arena, const char *title, const char *of,
    const struct summary_part *part, size_t n, bool p)
{
	struct sheet t = sheet_begin(arena, title, p ? 6 : 5);

	sheet_head(&t, of);
	sheet_head(&t, "texts");
	if (p)
		sheet_head(&t, "mean");
	sheet_head(&t, "accuracy");
	sheet_head(&t, "low");
	sheet_head(&t, "high");
	for (size_t i = 0; i < n; i++) {
		const struct summary_part *q = &part[i];
		double right = share(q->right, q->n);

		sheet_name(&t, q->name);
		sheet_put(&t, "%zu", q->n);
		if (p)
			sheet_share(&t, q->p / (double)q->n, "%.3f",
			    q->p / (double)q->n);
		sheet_share(&t, right, "%.3f", right);
		sheet_put(&t, "%.3f", q->low);
		sheet_put(&t, "%.3f", q->high);
	}
	return t;
}

static struct sheet
words(struct arena *arena, const char *title, const struct summary_words *g,
    const struct summary_word *word, size_t n)
{
	struct sheet t = sheet_begin(arena, title, 5);
	double largest = 0;

	t.about = g->group.class;
	t.note = "By mean score times n / (n + 5).";
	sheet_head(&t, "word");
	sheet_head(&t, "texts");
	sheet_head(&t, "n");
	sheet_head(&t, "mean");
	sheet_head(&t, "st. dev.");
	for (size_t i = 0; i < n; i++)
		largest = fmax(largest, fabs(word[i].mean));
	for (size_t i = 0; i < n; i++) {
		sheet_name(&t, word[i].word);
		sheet_put(&t, "%zu", word[i].texts);
		sheet_put(&t, "%zu", word[i].n);
		sheet_shade(&t, word[i].mean / largest, "%+.3f", word[i].mean);
		sheet_put(&t, "%.3f", word[i].sd);
	}
	return t;
}

static struct sheet
strangers(const struct summary *s, struct arena *arena)
{
	struct sheet t = sheet_begin(arena, "Words that the model does not "
	    "know", 5);

	t.note = mem_printf(arena, "The most frequent of %zu; the mean is of "
	    "the scores without their signs.", s->different_strangers);
	sheet_head(&t, "word");
	sheet_head(&t, "texts");
	sheet_head(&t, "n");
	sheet_head(&t, "mean size");
	sheet_head(&t, "st. dev.");
	for (size_t i = 0; i < s->strangers; i++) {
		const struct summary_word *w = &s->stranger[i];

		sheet_name(&t, w->word);
		sheet_put(&t, "%zu", w->texts);
		sheet_put(&t, "%zu", w->n);
		sheet_put(&t, "%.3f", w->mean);
		sheet_put(&t, "%.3f", w->sd);
	}
	return t;
}

struct sheet *
summary_sheets(const struct summary *s, struct arena *arena, size_t *n)
{
	struct sheet *t = MEM_NEW(arena, 7 + 2 * s->groups, struct sheet);

	*n = 0;
	if (s->labelled > 0) {
		t[(*n)++] = overall(s, arena);
		t[(*n)++] = s->C <= MATRIX ? matrix(s, arena) :
		    confusions(s, arena);
		t[(*n)++] = classes(s, arena);
		t[(*n)++] = parts(arena, "Accuracy by length", "words",
		    s->length, s->lengths, false);
		t[(*n)++] = parts(arena, "Accuracy by unknown words",
		    "unknown", s->rare, s->rares, false);
		t[(*n)++] = parts(arena, "Calibration", "probability",
		    s->bin, s->bins, true);
	}
	for (size_t g = 0; g < s->groups; g++) {
		const struct summary_words *w = &s->group[g];

		if (w->fors > 0)
			t[(*n)++] = words(arena, "Words for", w, w->for_it,
			    w->fors);
		if (w->againsts > 0)
			t[(*n)++] = words(arena, "Words against", w,
			    w->against, w->againsts);
	}
	if (s->strangers > 0)
		t[(*n)++] = strangers(s, arena);
	return t;
}
