/* SPDX-License-Identifier: ISC */
/*
 * pooling: how the states of the words become the features of the text.
 *
 * Pooling has one part or several.  Each part reads the states h [T][F] of the
 * top layer, F = directions H, and gives F features; several parts are put one
 * behind the other, as torch.cat does:
 *
 *     last       h of the last word that each direction reads: the word T in
 *                direction 0, the word 1 in direction 1
 *     end        h of the word T in both directions: output[:, -1]
 *     mean       the mean over the words
 *     max        the maximum over the words, unit by unit
 *     attention  a weighted mean, with the weights of attention.h
 *     mean+max   2 F features: the F means, then the F maxima
 *
 * With one direction end is the same as last.
 */
#ifndef MODEL_POOLING_H
#define MODEL_POOLING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct conf;
struct output;

enum pooling_kind {
	POOLING_LAST,
	POOLING_END,
	POOLING_MEAN,
	POOLING_MAX,
	POOLING_ATTENTION,
	POOLING_GIVEN,		/* by M in the trace; it has no name */
};

enum { POOLING_PARTS = 5 };	/* most parts: each kind at most once */

struct pooling {
	size_t n;
	enum pooling_kind part[POOLING_PARTS];
};

/* The pooling of one part. */
struct pooling pooling_of(enum pooling_kind);

/* Read "mean+max".  Returns false if a name is not known or comes twice. */
bool pooling_parse(struct text, struct pooling *);

/* What pooling_parse reads, for messages: "last, end, mean, ...". */
extern const char pooling_expected[];

/* Read the value of the key pooling, with a message if it is wrong. */
bool pooling_read(const struct conf *map, struct pooling *);

bool pooling_equal(const struct pooling *, const struct pooling *);

/* Write "mean+max". */
void pooling_write(struct output *, const struct pooling *);

/* "mean+max", in the arena. */
const char *pooling_name(struct arena *, const struct pooling *);

/* True if one of the parts is of this kind. */
bool pooling_has(const struct pooling *, enum pooling_kind);

/* True if this kind is the only part. */
bool pooling_is(const struct pooling *, enum pooling_kind);

#endif
