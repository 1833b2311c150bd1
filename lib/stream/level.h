/* SPDX-License-Identifier: ISC */
/*
 * level: the spans of a block that are scored.
 *
 * The level "word" has a span for each word, with its XPOS as the tag.  The
 * level "span" has the spans that the user has chosen (spans.h), which may
 * overlap.  Any other level is a layer (layer.h).  The sums of a score stream
 * (score.h) are not levels of a block.
 */
#ifndef STREAM_LEVEL_H
#define STREAM_LEVEL_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/block.h"

struct options;
struct spans;

struct level {
	struct text name;
	struct span *span;	/* [n], each word in exactly one, but see
				 * "span" */
	size_t n;
};

/*
 * Split a comma-joined list of levels of a score stream, as -l gives it.
 * Returns the names [*n], *n > 0, in the arena; they are slices of list.  Exits
 * with 2 if a name is neither "word", "span" nor a layer's name, or occurs
 * twice.
 */
struct text *level_list(struct arena *, const char *list, size_t *n);

/* The levels of a block that are to be scored. */
struct level_choice {
	struct text *name;	/* [n] */
	size_t n;		/* 0: word and all layers */
	struct spans *spans;	/* of the level "span"; NULL without it */
};

/*
 * Split a comma-joined list of "word", names of layers, spans such as 3-7, and
 * paths of files of spans, which contain a "/".  All spans are the level
 * "span", at the place of the first.  The names are in the arena or slices of
 * list; the caller frees the spans.  Exits with 2 if an item is none of these
 * or occurs twice.
 */
struct level_choice level_choose(struct arena *, const char *list);

/* The same for a filter with one level.  Returns name. */
const char *level_one(const struct options *, const char *name);

/*
 * Find the chosen levels of a block, in the order of the choice.  *levels [*n]
 * is in the block's arena.  Returns false with a message if the block has no
 * layer of a name, a layer is malformed or has a reserved name, there are more
 * than CONLLU_LAYERS layers, or as spans_of.  A block without words has all
 * named levels, and they are empty.
 */
bool level_read(const struct block *, const struct level_choice *,
    struct level **levels, size_t *n);

/* The words of a span with blanks between them, in the block's arena. */
struct text level_text(const struct block *, const struct span *);

#endif
