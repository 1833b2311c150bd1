/* SPDX-License-Identifier: ISC */
#include "rnn/memo.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

/*
 * Rows are allocated one by one, so that they stay where they are.  memo_clear
 * keeps them: slots behind the last in use have a row to use again.
 */
struct slot {
	float *row;		/* [width] */
	unsigned long batch;	/* the last one that used it */
	int32_t id;
	bool recent;		/* used since the hand's last visit */
};

struct memo {
	size_t words_cap, width;
	size_t limit;		/* slots, unless a batch needs more */
	size_t slots, made, cap, hand;	/* made: that have a row */
	unsigned long batch;
	struct slot *slot;	/* [made] */
	uint32_t *of_word;	/* [words + 1] slot + 1, or 0; first, id -1 */
};

struct memo *
memo_new(size_t words, size_t width)
{
	struct memo *m = mem_calloc(1, sizeof *m);

	m->width = width;
	m->limit = MEMO_BYTES / (width * sizeof(float)) + 1;
	memo_clear(m, words);
	return m;
}

void
memo_free(struct memo *m)
{
	for (size_t i = 0; i < m->made; i++)
		free(m->slot[i].row);
	free(m->slot);
	free(m->of_word);
	free(m);
}

/* Where the word's slot number is kept. */
static uint32_t *
of_word(const struct memo *m, int32_t id)
{
	return &m->of_word[id < 0 ? 0 : (size_t)id + 1];
}

void
memo_clear(struct memo *m, size_t words)
{
	m->of_word = mem_grow(m->of_word, &m->words_cap, words + 1,
	    sizeof *m->of_word);
	memset(m->of_word, 0, (words + 1) * sizeof *m->of_word);
	m->slots = m->hand = 0;
}

/* A new slot at the end. */
static struct slot *
append(struct memo *m)
{
	float *row = NULL;

	if (m->slots < m->made)
		return &m->slot[m->slots++];
	m->slot = mem_grow(m->slot, &m->cap, m->slots + 1, sizeof *m->slot);
	if (posix_memalign((void **)&row, 64, m->width * sizeof *row) != 0)
		die("out of memory");
	m->slot[m->slots].row = row;
	m->made++;
	return &m->slot[m->slots++];
}

/* Returns a slot to fill: a new one, or that of a word not used recently. */
static struct slot *
take(struct memo *m)
{
	if (m->slots < m->limit)
		return append(m);
	/* two rounds: the first may only clear recent; if the second finds no
	 * slot, this batch uses them all */
	for (size_t i = 0; i < 2 * m->slots; i++) {
		struct slot *s = &m->slot[m->hand];

		m->hand = (m->hand + 1) % m->slots;
		if (s->batch == m->batch)
			continue;
		if (!s->recent) {
			*of_word(m, s->id) = 0;
			return s;
		}
		s->recent = false;
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
	/* mark the rows that are there first, so that they are not replaced */
	for (size_t i = 0; i < n; i++) {
		uint32_t number = *of_word(m, id[i]);

		if (number > 0) {
			m->slot[number - 1].recent = true;
			m->slot[number - 1].batch = m->batch;
		}
	}
	for (size_t i = 0; i < n; i++) {
		struct slot *s;

		if (*of_word(m, id[i]) > 0)
			continue;
		s = take(m);
		s->id = id[i] < 0 ? -1 : id[i];
		s->recent = true;
		s->batch = m->batch;
		*of_word(m, id[i]) = (uint32_t)(s - m->slot) + 1;
		missing[k] = id[i];
		row[k++] = s->row;
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
	return m->slot[*of_word(m, id) - 1].row;
}
