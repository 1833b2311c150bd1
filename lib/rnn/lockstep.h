/* SPDX-License-Identifier: ISC */
/*
 * lockstep: the texts of a batch side by side, longest first.
 *
 * At each step every text that has not ended reads a word, so the recurrent
 * product of a step is one matrix product.  The active texts are the first in
 * order; from step to step they can only become fewer.
 */
#ifndef RNN_LOCKSTEP_H
#define RNN_LOCKSTEP_H

#include <stddef.h>
#include <stdint.h>

struct arena;

struct rnn_text {
	size_t T;
	const int32_t *id;	/* [T] apply_words; T == 0 is allowed */
};

struct lockstep {
	size_t n, longest, words;	/* words of all texts */
	const struct rnn_text *text;
	size_t *order;		/* [n] order[i] is the i-th longest text */
	size_t *offset;		/* [n] of a text's words among all */
	int32_t *id;		/* [words] of all texts, one after the other */
};

/* Memory is the arena's; text must outlive it. */
struct lockstep lockstep_of(struct arena *, size_t n,
    const struct rnn_text text[]);

/*
 * Set only the order [n]: longest first, texts of equal length in their given
 * order.  at [longest + 2] is scratch (a counting sort).
 */
void lockstep_sort(size_t n, const struct rnn_text text[], size_t longest,
    size_t *order, size_t *at);

/* Returns the number of texts active at a step; before: at an earlier step. */
size_t lockstep_active(const struct lockstep *, size_t step, size_t before);

/*
 * Returns the word, counted through all texts, that text k reads at a step:
 * from its beginning in direction 0, from its end in direction 1.
 */
static inline size_t
lockstep_word(const struct lockstep *s, size_t d, size_t k, size_t step)
{
	return s->offset[k] + (d == 0 ? step : s->text[k].T - 1 - step);
}

#endif
