/* SPDX-License-Identifier: ISC */
/*
 * memo: a cache of the products of the input weights with the words' vectors.
 *
 * A language has few frequent words, so W_ih x + b of the first layer is
 * computed once for a word and then looked up.  The memo holds MEMO_BYTES of
 * rows, or those of one batch if they are more: a row is never computed twice
 * in a batch.  When it is full, rows are replaced by the clock algorithm: a
 * hand moves over the rows, and the first row that was not used since the
 * hand's last visit is given to the new word.
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

/* Forget all rows: the weights or the words have changed. */
void memo_clear(struct memo *, size_t words);

/*
 * Begin a new batch with these words.  compute is called for words that have no
 * row, at most MEMO_AT_ONCE at a time, and fills row[i] [width] for id[i].
 */
enum { MEMO_AT_ONCE = 240 };

typedef void memo_compute(void *self, size_t n, const int32_t id[],
    float *const row[]);

void memo_fill(struct memo *, size_t n, const int32_t id[],
    memo_compute *compute, void *self);

/* Returns the row [width] of a word of the last batch. */
const float *memo_row(const struct memo *, int32_t id);

#endif
