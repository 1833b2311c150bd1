/* SPDX-License-Identifier: ISC */
/*
 * layer: phrases, clauses and other spans of a block, as BIO tags in MISC.
 *
 *     1  a       phrase=B-NP       a chunk NP of two words
 *     2  film    phrase=I-NP
 *     3  of      phrase=O          outside any chunk
 *     4  charm   phrase=B-NP       the next chunk
 *
 * A layer's name is a MISC key, [a-z][a-z0-9_]*.  Its values are O, B-TAG or
 * I-TAG, where TAG is [A-Za-z0-9_.:-]+; a word without the key counts as O.
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
	struct text tag;	/* "_" for a word outside any chunk */
};

enum { CONLLU_LAYERS = 64 };

/*
 * The names of the block's layers, in the order in which they first occur;
 * returns how many.  A key is a layer if one of its values is O or begins with
 * B- or I-, even if that value is malformed.  Of more than CONLLU_LAYERS layers
 * only CONLLU_LAYERS + 1 are returned: the caller reports them as too many.
 */
size_t conllu_layers(const struct block *, struct text **names);

/*
 * The spans of one layer, in order, each word in exactly one: a chunk becomes a
 * span with its tag, and every other word becomes a span with tag "_".  spans
 * has room for T.  A layer that does not occur gives T spans of one word.
 *
 * Returns false with a message if a value is malformed, or if I-TAG does not
 * follow B-TAG or I-TAG of the same tag.
 */
bool conllu_spans(const struct block *, const char *layer, struct span *spans,
    size_t *n);

/*
 * Replace the layer by chunks with these spans, which are in order and do not
 * overlap; all other words get O.
 */
void conllu_set_layer(struct block *, const char *layer,
    const struct span *spans, size_t n);

/*
 * The same for numbered layers: remove PREFIX1, PREFIX2, ..., however many
 * there are, and write n of them.  Layer k + 1 has the spans spans[from[k]]
 * to spans[from[k + 1] - 1].
 */
void conllu_set_numbered_layers(struct block *, const char *prefix,
    const struct span *spans, const size_t *from, size_t n);

/*
 * Before words are removed, make I- into B- where a chunk loses its first
 * words: at the first word of the chunk that is kept.  keep [T] is false for a
 * word that is removed; NULL keeps all.
 */
void conllu_begin_chunks(struct block *, const char *layer, const bool *keep);

/*
 * The sentences of a block: the chunks of its layer "sentence" and the words
 * between them, or the whole block if it has no such layer.  Sentence i has the
 * words (*first)[i] to (*first)[i + 1] - 1; (*first)[*n] is T.  The memory is
 * the block's arena.  Returns false with a message if the layer is malformed.
 */
bool conllu_sentences(const struct block *, size_t **first, size_t *n);

/* True if the text is a valid name of a layer, or a valid tag of a chunk. */
bool conllu_is_layer_name(struct text);
bool conllu_is_tag(struct text);

#endif
