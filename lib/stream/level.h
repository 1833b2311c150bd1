/* SPDX-License-Identifier: ISC */
/*
 * level: the spans of a block that are scored.
 *
 * The level "word" has a span for each word, with its XPOS as the tag.  Any
 * other level is a layer (layer.h).  The sums of a score stream (score.h) are
 * not levels of a block.
 */
#ifndef STREAM_LEVEL_H
#define STREAM_LEVEL_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/block.h"

struct options;

struct level {
	struct text name;
	struct span *span;	/* [n], each word in exactly one */
	size_t n;
};

/*
 * Split a comma-joined list of levels, as -l gives it.  Returns the names [*n],
 * *n > 0, in the arena; they are slices of list.  Exits with 2 if a name is
 * neither "word" nor a layer's name, or occurs twice.
 */
struct text *level_list(struct arena *, const char *list, size_t *n);

/* The same for a filter with one level.  Returns name. */
const char *level_one(const struct options *, const char *name);

/*
 * Find the levels of a block: the named ones in this order, or "word" and all
 * its layers if n_names is 0.  *levels [*n] is in the block's arena.  Returns
 * false with a message if the block has no layer of a name, a layer is
 * malformed or has a reserved name, or there are more than CONLLU_LAYERS
 * layers.  A block without words has all named levels, and they are empty.
 */
bool level_read(const struct block *, const struct text *names, size_t n_names,
    struct level **levels, size_t *n);

/* The words of a span with blanks between them, in the block's arena. */
struct text level_text(const struct block *, const struct span *);

#endif
