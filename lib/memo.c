/* SPDX-License-Identifier: ISC */
#include "memo.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"

/* A row; rows lie one by one in chunks, so that they stay where they are. */
struct slot {
	int32_t id;
	bool recent;		/* used since the hand came by */
	unsigned long batch;	/* that used it last */
};

struct memo {
	size_t words, width;
	size_t limit;		/* rows, unless a batch needs more */
	size_t rows, cap, hand;
	unsigned long batch;
	struct slot *slot;	/* [cap] */
	float **row;		/* [cap][width] */
	size_t *of_word;	/* [words + 1] slot + 1, or 0; id -1 is last */
};

struct memo *
memo_new(size_t words, size_t width)
{
	struct memo *m = calloc(1, sizeof *m);

	if (m == NULL ||
	    (m->of_word = calloc(words + 1, sizeof *m->of_word)) == NULL)
		die("out of memory");
	m->words = words;
	m->width = width;
	m->limit = MEMO_BYTES / (width * sizeof(float)) + 1;
	return m;
}

void
memo_free(struct memo *m)
{
	for (size_t i = 0; i < m->rows; i++)
		free(m->row[i]);
	free(m->row);
	free(m->slot);
	free(m->of_word);
	free(m);
}

/* Where the word's slot number is kept. */
static size_t *
of_word(const struct memo *m, int32_t id)
{
	return &m->of_word[id < 0 ? m->words : (size_t)id];
}

void
memo_clear(struct memo *m)
{
	for (size_t i = 0; i < m->rows; i++)
		free(m->row[i]);
	memset(m->of_word, 0, (m->words + 1) * sizeof *m->of_word);
	m->rows = m->hand = 0;
}

/* A new slot at the end. */
static size_t
append(struct memo *m)
{
	float *row = NULL;

	if (m->rows == m->cap) {
		m->cap = m->cap == 0 ? 256 : 2 * m->cap;
		m->slot = realloc(m->slot, m->cap * sizeof *m->slot);
		m->row = realloc(m->row, m->cap * sizeof *m->row);
	}
	if (m->slot == NULL || m->row == NULL ||
	    posix_memalign((void **)&row, 64, m->width * sizeof *row) != 0)
		die("out of memory");
	m->row[m->rows] = row;
	return m->rows++;
}

/* A slot to fill: a new one, or that of a word not used for long. */
static size_t
take(struct memo *m)
{
	if (m->rows < m->limit)
		return append(m);
	/* in two rounds the first clears recent; none is free only if the
	 * batch holds them all */
	for (size_t i = 0; i < 2 * m->rows; i++) {
		size_t k = m->hand;

		m->hand = (k + 1) % m->rows;
		if (m->slot[k].batch == m->batch)
			continue;
		if (!m->slot[k].recent) {
			*of_word(m, m->slot[k].id) = 0;
			return k;
		}
		m->slot[k].recent = false;
	}
	return append(m);
}

void
memo_fill(struct memo *m, size_t n, const int32_t id[], memo_compute *compute,
    void *self)
{
	int32_t missing[MEMO_AT_ONCE];
	float *row[MEMO_AT_ONCE];
	size_t k = 0;

	m->batch++;
	/* first claim what is there, so that nothing in use is given away */
	for (size_t i = 0; i < n; i++) {
		size_t slot = *of_word(m, id[i]);

		if (slot > 0) {
			m->slot[slot - 1].recent = true;
			m->slot[slot - 1].batch = m->batch;
		}
	}
	for (size_t i = 0; i < n; i++) {
		size_t slot;

		if (*of_word(m, id[i]) > 0)
			continue;
		slot = take(m);
		m->slot[slot] = (struct slot){id[i] < 0 ? -1 : id[i], true,
		    m->batch};
		*of_word(m, id[i]) = slot + 1;
		missing[k] = id[i];
		row[k++] = m->row[slot];
		if (k == MEMO_AT_ONCE) {
			compute(self, k, missing, row);
			k = 0;
		}
	}
	if (k > 0)
		compute(self, k, missing, row);
}

const float *
memo_row(const struct memo *m, int32_t id)
{
	return m->row[*of_word(m, id) - 1];
}
