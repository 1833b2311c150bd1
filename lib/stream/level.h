/* SPDX-License-Identifier: ISC */
/*
 * level: the spans of a block that are to be scored.
 *
 * A level is "word" (every word a span, its tag the XPOS) or a BIO layer.
 * "text", "bias" and "logit" are rows of a score stream and no levels.
 */
#ifndef STREAM_LEVEL_H
#define STREAM_LEVEL_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/block.h"

struct level {
	struct text name;
	struct span *span;	/* [n], every word in exactly one */
	size_t n;
};

/*
 * The names of a comma-joined list as -l gives it: layer names or "word", none
 * twice, [*n] in the arena, slices of list.  Exits with 2 if it is wrong.  NULL
 * is right, and gives NULL.
 */
struct text *level_list(struct arena *, const char *list, size_t *n);

/* The same, for those who keep the list as it is. */
void level_check(const char *list);

/*
 * The block's levels in the order of the list, or "word" and every layer of
 * the block for NULL; [*n], in the block's arena.  False with a message for a
 * listed layer that the block has not, a broken layer, or one with a reserved
 * name, or more than CONLLU_LAYERS layers.  A block without words has all
 * levels that are listed, empty.
 */
bool level_read(const struct block *, const char *list, struct level **levels,
    size_t *n);

/* The words of a span, a blank between, in the block's arena. */
struct text level_text(const struct block *, const struct span *);

#endif
