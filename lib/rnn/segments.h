/* SPDX-License-Identifier: ISC */
/*
 * segments: back.h for one long text, in memory that hardly grows with it.
 *
 * A backward pass needs every gate of the forward pass: 15 H floats a word for
 * a GRU.  Here the forward pass keeps only the state at the beginning of each
 * segment of SEGMENT_WORDS words, and the backward pass runs each segment
 * forward again before it runs it backward.
 *
 *     forward, direction 0     |-->|-->|-->|-->      the states at | are kept
 *     back, direction 0                    --> <--   the last segment first:
 *                                      --> <--       forward once more, then
 *                                  --> <--           back
 *                              --> <--
 *
 * Direction 1 reads the segments in the other order.  A layer's states [T][F]
 * are kept only if a layer above or pooling reads them.  The numbers are those
 * of back.h, to the bit: a step does the same products in both.
 */
#ifndef RNN_SEGMENTS_H
#define RNN_SEGMENTS_H

#include <stddef.h>

#include "rnn/back.h"

/* 15 H floats a word of H = 150 stay in the second cache. */
enum { SEGMENT_WORDS = 64 };

struct segments;

/*
 * The caller's part, for words first to first + n - 1 in direction d of the
 * first layer: inputs sets p [n][G H]; gradient receives dp [n][G H], once for
 * each word, direction 0 of all words before direction 1.  The forward pass
 * needs inputs alone.
 */
struct segments_user {
	void (*inputs)(void *self, size_t d, size_t first, size_t n, float *p);
	void *self;
	const struct rnn_sweep *sweep;	/* rnn_back_run_back; may be NULL */
	void (*gradient)(void *self, size_t d, size_t first, size_t n,
	    const float *dp);		/* may be NULL */
	void *gradient_self;
	/* with a reference (rnn_sweep), which has been run forward: it is run
	 * again beside the text, with its own inputs; or NULL */
	struct segments *reference;
	const struct segments_user *reference_user;
};

/* It runs the network of b, which must outlive it. */
struct segments *segments_new(struct rnn_back *b);
void segments_free(struct segments *);

/*
 * Run the text forward, T > 0, and set b's features f [1][F] and argmax, as
 * rnn_pool does.  The text must outlive the passes back.
 */
void segments_forward(struct segments *, const struct rnn_text *,
    const struct segments_user *);

/* The states y [T][F] of a layer; of the top layer if pooling is not last
 * alone. */
const float *segments_states(const struct segments *, size_t layer);

/* Run back from df [1][F] of b, which the caller has set; may be repeated. */
void segments_back(struct segments *, const struct segments_user *);

#endif
