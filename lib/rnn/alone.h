/* SPDX-License-Identifier: ISC */
/*
 * alone: what a step keeps when a word is the only one.
 *
 * F_t(0), the step of word t from the state zero, is the reference of half
 * (presence.h).  In the first layer it depends on the word alone, so it is
 * computed once for a word and kept (memo.h).  In a layer above, the reference
 * also has input zero, and one step serves all words.
 */
#ifndef RNN_ALONE_H
#define RNN_ALONE_H

#include <stddef.h>
#include <stdint.h>

struct alone;
struct inputs;
struct model;

/* inputs has products without biases.  Both must outlive it. */
struct alone *alone_new(const struct model *, const struct inputs *);
void alone_free(struct alone *);

/*
 * Set gate[i], for n words, to what the step of word id[i] keeps, [K][H]
 * (cell.h); it stays until the next call.  In the first layer the words are of
 * the last inputs_fill; above, id is not read.
 */
void alone_gates(struct alone *, size_t layer, size_t d, size_t n,
    const int32_t id[], const float *gate[]);

#endif
