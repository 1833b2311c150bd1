/* SPDX-License-Identifier: ISC */
#include "explain/neighbours.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/dict.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "math/packed.h"
#include "train/word_vectors.h"

enum {
	CHUNK = 4096,		/* words of a packed matrix */
	TOGETHER = 256,		/* words of a product */
};

/* What was found for a word of the file. */
struct found {
	bool searched;
	struct neighbour *of;	/* [n] */
	size_t n;
};

struct neighbours {
	const char *path;
	struct arena *arena, *lower;
	struct dict *words;
	size_t D, most;
	double cosine;
	float **chunk;		/* [words / CHUNK] packed */
	size_t chunks, chunk_cap;
	float *raw;		/* [CHUNK][D] of the last chunk, not packed */
	size_t rows;		/* in raw */
	struct found *found;	/* [words] */
	struct digest digest;
};

/* ---- reading ---- */

/* Scale each row of raw to the length 1; one of zeros stays. */
static void
scale(struct neighbours *x)
{
	for (size_t i = 0; i < x->rows; i++) {
		float *v = x->raw + i * x->D;
		double sum = 0;

		for (size_t k = 0; k < x->D; k++)
			sum += (double)v[k] * (double)v[k];
		sum = sum > 0 ? sqrt(sum) : 1;
		for (size_t k = 0; k < x->D; k++)
			v[k] = (float)((double)v[k] / sum);
	}
}

/* Pack what raw has. */
static void
end_chunk(struct neighbours *x)
{
	float *packed = MEM_VECTOR(x->arena, packed_size(x->rows, x->D),
	    float);

	scale(x);
	digest_floats(&x->digest, x->raw, x->rows * x->D);
	packed_make(x->rows, x->D, x->raw, packed);
	x->chunk = mem_grow(x->chunk, &x->chunk_cap, x->chunks + 1,
	    sizeof *x->chunk);
	x->chunk[x->chunks++] = packed;
	x->rows = 0;
}

static void
begin(void *self, size_t D)
{
	struct neighbours *x = self;

	x->D = D;
	x->raw = mem_calloc(CHUNK * D, sizeof *x->raw);
}

static float *
place(void *self, struct text word)
{
	struct neighbours *x = self;
	size_t n = dict_size(x->words), offset;

	if (word.n == 0 || memchr(word.s, ' ', word.n) != NULL ||
	    memchr(word.s, '\t', word.n) != NULL ||
	    !utf8_valid(word, &offset) || utf8_has_control(word) ||
	    (size_t)dict_add(x->words, word) < n)
		return NULL;
	if (n + 1 > NEIGHBOURS_NUMBERS / x->D)
		die("%s: more than %d numbers; cut off rare words", x->path,
		    NEIGHBOURS_NUMBERS);
	if (x->rows == CHUNK)
		end_chunk(x);
	digest_text(&x->digest, word);
	return x->raw + x->rows++ * x->D;
}

struct neighbours *
neighbours_read(const char *path, size_t most, double cosine, int *status)
{
	struct neighbours *x = mem_calloc(1, sizeof *x);

	*x = (struct neighbours){.path = path, .arena = mem_arena(),
	    .lower = mem_arena(), .words = dict_new(), .most = most,
	    .cosine = cosine};
	digest_begin(&x->digest);
	if (!word_vectors_each(path, &(struct word_vectors_user){begin, place,
	    x}, status)) {
		neighbours_free(x);
		return NULL;
	}
	if (x->rows > 0)
		end_chunk(x);
	free(x->raw);
	x->raw = NULL;
	x->found = mem_calloc(dict_size(x->words) + 1, sizeof *x->found);
	return x;
}

uint64_t
neighbours_digest(const struct neighbours *x)
{
	return digest_value(&x->digest);
}

void
neighbours_free(struct neighbours *x)
{
	mem_free(x->arena);
	mem_free(x->lower);
	dict_free(x->words);
	free(x->chunk);
	free(x->raw);
	free(x->found);
	free(x);
}

/* ---- searching ---- */

/* The number of a word, or DICT_NONE. */
static int32_t
look_up(const struct neighbours *x, struct arena *scratch, struct text form)
{
	int32_t i = dict_find(x->words, form);

	return i != DICT_NONE ? i : dict_find(x->words, utf8_lower(scratch,
	    form));
}

/* The best neighbours of a word so far, the nearest first. */
struct best {
	size_t word;
	struct text lower;
	struct {
		size_t word;
		float near;
	} *of;			/* [most + 1] */
	size_t n;
};

/* True if both are one word in different letter case. */
static bool
is_same(struct neighbours *x, const struct best *b, size_t word)
{
	mem_reset(x->lower);
	return text_equal(utf8_lower(x->lower, dict_text(x->words,
	    (int32_t)word)), b->lower);
}

static void
offer(struct neighbours *x, struct best *b, size_t word, float near)
{
	size_t k = b->n;

	if (!((double)near >= x->cosine) || near <= 0 || word == b->word ||
	    (k == x->most && near <= b->of[k - 1].near) ||
	    is_same(x, b, word))
		return;
	for (; k > 0 && near > b->of[k - 1].near; k--)
		b->of[k] = b->of[k - 1];
	b->of[k].word = word;
	b->of[k].near = near;
	b->n += b->n < x->most;
}

/* Search m words, at most TOGETHER. */
static void
search(struct neighbours *x, struct arena *scratch, size_t m,
    const size_t word[])
{
	size_t D = x->D, N = dict_size(x->words);
	float *A = MEM_VECTOR(scratch, m * D, float);
	float *C = MEM_VECTOR(scratch, m * CHUNK, float);
	struct best *best = MEM_NEW(scratch, m, struct best);
	float least = nextafterf((float)x->cosine, 0);

	for (size_t i = 0; i < m; i++) {
		packed_row(D, x->chunk[word[i] / CHUNK], word[i] % CHUNK,
		    A + i * D);
		best[i].word = word[i];
		best[i].lower = utf8_lower(scratch, dict_text(x->words,
		    (int32_t)word[i]));
		best[i].of = mem_alloc(scratch, x->most + 1,
		    sizeof *best[i].of);
	}
	for (size_t c = 0; c < x->chunks; c++) {
		size_t n = N - c * CHUNK < CHUNK ? N - c * CHUNK : CHUNK;

		packed_product(m, n, D, A, x->chunk[c], C);
		for (size_t i = 0; i < m; i++)
			for (size_t j = 0; j < n; j++)
				if (C[i * n + j] >= least)
					offer(x, &best[i], c * CHUNK + j,
					    C[i * n + j]);
	}
	for (size_t i = 0; i < m; i++) {
		struct found *f = &x->found[word[i]];

		f->n = best[i].n;
		f->of = MEM_NEW(x->arena, f->n, struct neighbour);
		for (size_t k = 0; k < f->n; k++)
			f->of[k] = (struct neighbour){dict_text(x->words,
			    (int32_t)best[i].of[k].word), best[i].of[k].near};
	}
}

void
neighbours_search(struct neighbours *x, size_t n, const struct text form[])
{
	struct arena *scratch = mem_arena();
	size_t word[TOGETHER], m = 0;

	for (size_t i = 0; i < n; i++) {
		int32_t w = look_up(x, scratch, form[i]);

		if (w == DICT_NONE || x->found[w].searched)
			continue;
		x->found[w].searched = true;
		word[m++] = (size_t)w;
		if (m < TOGETHER)
			continue;
		search(x, scratch, m, word);
		mem_reset(scratch);
		m = 0;
	}
	if (m > 0)
		search(x, scratch, m, word);
	mem_free(scratch);
}

const struct neighbour *
neighbours_of(struct neighbours *x, struct text form, size_t *n)
{
	struct arena *scratch = mem_arena();
	int32_t w = look_up(x, scratch, form);

	mem_free(scratch);
	*n = 0;
	if (w == DICT_NONE)
		return NULL;
	if (!x->found[w].searched)
		neighbours_search(x, 1, &form);
	*n = x->found[w].n;
	return x->found[w].of;
}
