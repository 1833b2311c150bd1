/* SPDX-License-Identifier: ISC */
/*
 * memo: the product of embedding and input weights, kept per word.
 *
 * A language has few frequent words, so W_ih x + b of the first layer is
 * computed once a word and then looked up.  The memo holds MEMO_BYTES of rows,
 * or the words of one batch if those are more: it never computes a row twice
 * in a batch.  When it is full, the clock's hand passes over the rows and gives
 * away the first that was not used since it last came by.
 */
#ifndef RNN_MEMO_H
#define RNN_MEMO_H

#include <stddef.h>
#include <stdint.h>

enum { MEMO_BYTES = 64 << 20 };

struct memo;

/* For words -1 (unknown) to words - 1; a row is width floats. */
struct memo *memo_new(size_t words, size_t width);
void memo_free(struct memo *);

/* Forget all rows: the weights have changed. */
void memo_clear(struct memo *);

/*
 * A new batch with these words.  compute is called for those without a row, at
 * most MEMO_AT_ONCE at a time: it fills row[i] [width] for id[i].
 */
enum { MEMO_AT_ONCE = 240 };

typedef void memo_compute(void *self, size_t n, const int32_t id[],
    float *const row[]);

void memo_fill(struct memo *, size_t n, const int32_t id[],
    memo_compute *compute, void *self);

/* The row [width] of a word of the last batch. */
const float *memo_row(const struct memo *, int32_t id);

#endif
