/* SPDX-License-Identifier: ISC */
/*
 * layer: phrases, clauses and other spans of a block, as BIO tags in MISC.
 */
#ifndef STREAM_LAYER_H
#define STREAM_LAYER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct block;

/* Words first..last, both counted from 0: last is inside. */
struct span {
	size_t first, last;
	struct text tag;	/* "_" for a token outside any chunk */
};

/*
 * A layer is a MISC key of the form [a-z][a-z0-9_]* with a value
 * that is O or begins with B- or I-; all its values should be O, B-TAG or
 * I-TAG, TAG in [A-Za-z0-9_.:-]+.
 *
 * conllu_layers: the names of the block's layers, in the order of their first
 * appearance; returns how many.  Of more than CONLLU_LAYERS, the first ones
 * and one more, by which they are known to be too many.
 *
 * conllu_spans: the spans of one layer, in order, every word in exactly one:
 * a word without the key, or O, is a span of its own with tag "_".  False
 * with a message if a value is not of that form, or I- follows no chunk of its
 * tag.  spans has room for T.  A layer that no word has gives T spans of "_".
 *
 * conllu_set_layer: replace the layer by these spans, which are in order and
 * do not overlap; other words get O.
 */
enum { CONLLU_LAYERS = 64 };

size_t conllu_layers(const struct block *, struct text **names);
bool conllu_spans(const struct block *, const char *layer, struct span *spans,
    size_t *n);
void conllu_set_layer(struct block *, const char *layer,
    const struct span *spans, size_t n);

/* True if the text may stand as a layer's name, or as a chunk's tag. */
bool conllu_is_layer_name(struct text);
bool conllu_is_tag(struct text);

#endif
