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
 * Returns what the step keeps, gate [K][H] (cell.h), until the next call.  In
 * the first layer id is a word of the last inputs_fill; above, it is not read.
 */
const float *alone_gate(struct alone *, size_t layer, size_t d, int32_t id);

#endif
