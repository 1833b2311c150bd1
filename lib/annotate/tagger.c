/* SPDX-License-Identifier: ISC */
/*
 * Greedy tagging with remembered sums.
 *
 * The class of word t in a sentence w_1 .. w_T is
 *
 *     y_t = argmax_c  sum_{p=-2..2} A_p(w_{t+p}, c)     features of one word
 *                   + B(y_{t-1}, y_{t-2}, c)            of the previous tags
 *                   + D(c)                              of several words, and
 *                                                       of tags with words
 *
 * and each term is a sum of weights over features, about 54 in all.  A has 40
 * of them, but depends only on a word and its place, and B only on two tags.
 * So they are remembered, as rows of a number for each class:
 *
 *     A    [5][width] for each of 8192 words; when they are that many, all are
 *          forgotten
 *     B    [width] for each of 1024 places; the key of a pair of tags gives its
 *          place, and a pair replaces another one that is there
 *
 * and only the 11 features of D are looked up in the model for each word.  The
 * model does not fit into the near caches, so its parts are prefetched:
 *
 *     window   w_{t-2}  w_{t-1}  w_t  w_{t+1}  w_{t+2} | w_{t+3}  w_{t+4}
 *     place    LEFT2    LEFT     SELF RIGHT    RIGHT2  | AHEAD: rows prefetched
 *
 * Easy to get wrong: a row has 16 bits a number, and sum_row saturates; tags
 * are the same with any contents of the tables only because every sum of A and
 * B is made by sum_row.  When all words are forgotten, the pointers of the
 * window are invalid: slide looks all of them up again.  Before the first word
 * the previous tag is `classes`, a number that no class has.
 */
#include "annotate/tagger.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/tag_features.h"
#include "annotate/tag_model.h"
#include "base/hash.h"
#include "base/mem.h"
#include "stream/block.h"
#include "stream/layer.h"

enum {
	LANES = 16,			/* a row's width is a multiple */
	SLOTS = 4 * TAGGER_WORDS,	/* of the hash table */
	FORM_BYTES = 1 << 20,		/* of all forms that are remembered */
	PAIRS = 1024,			/* of tags that are remembered */
	AHEAD = 2,			/* words after the place RIGHT2 */
};

/* A word seen before. */
struct known {
	struct text form;
	uint32_t hash;
	bool cased;
	struct tag_word word;
	int16_t *row;		/* [TAG_PLACES][width] sums of weights */
};

struct tagger {
	const struct tag_model *model;
	size_t width;		/* classes, rounded up to LANES */
	struct known *known;	/* [TAGGER_WORDS] */
	size_t n, form_bytes;
	int16_t *rows;		/* [TAGGER_WORDS][TAG_PLACES][width] */
	uint16_t *slot;		/* [SLOTS] known + 1, or 0: free */
	struct arena *forms, *scratch;
	uint64_t *pair;		/* [PAIRS] the third key of a row of tags */
	int16_t *pair_rows;	/* [PAIRS][width] */
	int32_t *score;		/* [TAG_SCORES] */
};

struct tagger *
tagger_new(const struct tag_model *model)
{
	struct tagger *g = mem_calloc(1, sizeof *g);

	g->model = model;
	g->width = (model->classes + LANES - 1) / LANES * LANES;
	g->known = mem_calloc(TAGGER_WORDS, sizeof *g->known);
	g->rows = mem_calloc(TAGGER_WORDS * TAG_PLACES * g->width,
	    sizeof *g->rows);
	g->slot = mem_calloc(SLOTS, sizeof *g->slot);
	g->score = mem_calloc(TAG_SCORES, sizeof *g->score);
	g->pair = mem_calloc(PAIRS, sizeof *g->pair);
	g->pair_rows = mem_calloc(PAIRS * g->width, sizeof *g->pair_rows);
	g->forms = mem_arena();
	g->scratch = mem_arena();
	return g;
}

void
tagger_free(struct tagger *g)
{
	mem_free(g->forms);
	mem_free(g->scratch);
	free(g->known);
	free(g->rows);
	free(g->slot);
	free(g->score);
	free(g->pair);
	free(g->pair_rows);
	free(g);
}

/* The sums of the weights of these features, saturated to 16 bits. */
static void
sum_row(const struct tagger *g, const uint64_t *key, size_t keys,
    int16_t *row)
{
	int32_t sum[TAG_SCORES] = {0};

	tag_model_add(g->model, key, keys, sum);
	for (size_t c = 0; c < g->width; c++) {
		int32_t v = sum[c] < INT16_MIN ? INT16_MIN : sum[c];

		row[c] = (int16_t)(v > INT16_MAX ? INT16_MAX : v);
	}
}

/* Remember a new word, and the sums of its features at each place. */
static struct known *
learn(struct tagger *g, struct text form, bool cased, uint32_t hash)
{
	uint64_t key[TAG_PLACES][TAG_STATIC];
	size_t n[TAG_PLACES];
	struct known *k = &g->known[g->n];

	*k = (struct known){text_copy(g->forms, form), hash, cased, {0},
	    g->rows + g->n * TAG_PLACES * g->width};
	g->n++;
	g->form_bytes += form.n;
	k->word = tag_word(g->scratch, form, cased, key, n);
	mem_reset(g->scratch);
	for (size_t place = 0; place < TAG_PLACES; place++)
		sum_row(g, key[place], n[place], k->row + place * g->width);
	return k;
}

/* Prefetch the rows of a word. */
static void
expect_rows(const struct tagger *g, const int16_t *row)
{
	enum { LINE = 64 / sizeof *row };

	for (size_t i = 0; i < TAG_PLACES * g->width; i += LINE)
		__builtin_prefetch(row + i);
}

static const struct known *
lookup(struct tagger *g, struct text form, bool cased)
{
	uint32_t hash = 2 * (uint32_t)hash_text(form) + cased;
	size_t i = hash % SLOTS;

	for (; g->slot[i] != 0; i = (i + 1) % SLOTS) {
		const struct known *k = &g->known[g->slot[i] - 1];

		if (k->hash == hash && k->cased == cased &&
		    text_equal(k->form, form)) {
			expect_rows(g, k->row);
			return k;
		}
	}
	learn(g, form, cased, hash);
	g->slot[i] = (uint16_t)g->n;
	return &g->known[g->n - 1];
}

static void
forget(struct tagger *g)
{
	memset(g->slot, 0, SLOTS * sizeof *g->slot);
	mem_reset(g->forms);
	g->n = g->form_bytes = 0;
}

/* The sum of weights over the features of the two previous tags. */
static const int16_t *
pair_row(struct tagger *g, const uint64_t key[TAG_TAGS])
{
	uint64_t both = key[TAG_TAGS - 1];
	size_t i = (size_t)(both % PAIRS);
	int16_t *row = g->pair_rows + i * g->width;

	if (g->pair[i] != both) {
		g->pair[i] = both;
		sum_row(g, key, TAG_TAGS, row);
	}
	return row;
}

static void
add_row(int32_t *restrict score, const int16_t *restrict row, size_t width)
{
	for (size_t i = 0; i < width; i += LANES)
		for (size_t k = 0; k < LANES; k++)
			score[i + k] += row[i + k];
}

/* The first of the classes with the highest score. */
static size_t
argmax(int32_t *score, size_t classes, size_t width)
{
	int32_t most[LANES], best;
	size_t c = 0;

	for (size_t pad = classes; pad < width; pad++)
		score[pad] = INT32_MIN;
	memcpy(most, score, sizeof most);
	for (size_t i = LANES; i < width; i += LANES)
		for (size_t k = 0; k < LANES; k++)
			most[k] = score[i + k] > most[k] ? score[i + k] :
			    most[k];
	best = most[0];
	for (size_t k = 1; k < LANES; k++)
		best = most[k] > best ? most[k] : best;
	while (score[c] != best)
		c++;
	return c;
}

/* The words around word t, from LEFT2 on. */
struct window {
	const struct known *word[TAG_PLACES + AHEAD];
	uint64_t key[TAG_JOINED];	/* of word t */
};

/* The keys that join words, for the word `far` places right of word t. */
static void
join(const struct window *w, size_t far, uint64_t key[TAG_JOINED])
{
	const struct tag_word *word[TAG_PLACES];

	for (size_t place = 0; place < TAG_PLACES; place++)
		word[place] = &w->word[place + far]->word;
	tag_joined(word, key);
}

/* The best class of the word in the middle of the window. */
static size_t
best_class(struct tagger *g, struct window *w, size_t left, size_t left2)
{
	const struct tag_word *word[TAG_PLACES];
	uint64_t key[TAG_TAGS + TAG_MIXED + TAG_JOINED];

	memset(g->score, 0, g->width * sizeof *g->score);
	for (size_t place = 0; place < TAG_PLACES; place++)
		word[place] = &w->word[place]->word;
	tag_mixed(word, (uint32_t)left, (uint32_t)left2, key);
	memcpy(key + TAG_TAGS + TAG_MIXED, w->key, sizeof w->key);
	tag_model_expect(g->model, key + TAG_TAGS, TAG_MIXED);
	join(w, 1, w->key);
	tag_model_expect(g->model, w->key, TAG_JOINED);
	for (size_t place = 0; place < TAG_PLACES; place++)
		add_row(g->score, w->word[place]->row + place * g->width,
		    g->width);
	add_row(g->score, pair_row(g, key), g->width);
	tag_model_add(g->model, key + TAG_TAGS, TAG_MIXED + TAG_JOINED,
	    g->score);
	return argmax(g->score, g->model->classes, g->width);
}

/* Move the window one word to the right, to word t. */
static void
slide(struct tagger *g, struct window *w, const struct text *form, size_t T,
    size_t t, bool cased)
{
	enum { LAST = TAG_PLACES + AHEAD - 1 };
	bool full = g->n + TAG_PLACES + AHEAD > TAGGER_WORDS ||
	    g->form_bytes > FORM_BYTES;

	if (full)
		forget(g);
	memmove(w->word, w->word + 1, LAST * sizeof *w->word);
	for (size_t place = t == 0 || full ? 0 : LAST; place <= LAST; place++) {
		size_t at = t + place - TAG_SELF;

		w->word[place] = lookup(g, at < T ? form[at] :
		    (struct text){"", 0}, cased);
	}
	if (t == 0)
		join(w, 0, w->key);
}

/* One sentence of T words. */
static void
tag_sentence(struct tagger *g, const struct text *form, size_t T,
    size_t *class)
{
	size_t left = g->model->classes, left2 = left;
	bool cased = tag_cased(form, T);
	struct window w = {{NULL}, {0}};

	for (size_t t = 0; t < T; t++) {
		slide(g, &w, form, T, t, cased);
		class[t] = best_class(g, &w, left, left2);
		left2 = left;
		left = class[t];
	}
}

bool
tagger_tag(struct tagger *g, struct block *b)
{
	struct text *form = MEM_NEW(b->arena, b->T, struct text);
	size_t *class = MEM_NEW(b->arena, b->T, size_t), *first, n;

	if (!conllu_sentences(b, &first, &n))
		return false;
	for (size_t t = 0; t < b->T; t++)
		form[t] = conllu_word(b, t)[CONLLU_FORM];
	for (size_t i = 0; i < n; i++)
		tag_sentence(g, form + first[i], first[i + 1] - first[i],
		    class + first[i]);
	for (size_t t = 0; t < b->T; t++) {
		struct text *column = conllu_word(b, t);

		column[CONLLU_UPOS] = g->model->upos[class[t]];
		column[CONLLU_XPOS] = g->model->xpos[class[t]];
	}
	return true;
}
