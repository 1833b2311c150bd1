/* SPDX-License-Identifier: ISC */
/*
 * utf8: validate, count, fold, measure.
 *
 * Offsets in the streams count code points; offsets in messages count bytes.
 * The tables are utf8proc's; this is its one user.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/*
 * True if a is UTF-8 without NUL: no overlong form, no surrogate, nothing
 * above U+10FFFF.  Otherwise *offset is the first wrong byte's.
 */
bool utf8_valid(struct text a, size_t *offset);

/*
 * The code point at the start of a, which is valid UTF-8 and not empty, and
 * its length in bytes.
 */
size_t utf8_decode(struct text a, uint32_t *code);

/* c as 1 to 4 bytes in to; returns how many. */
size_t utf8_encode(uint32_t c, char to[4]);

/* How many code points a holds. */
size_t utf8_count(struct text a);

/*
 * Unicode simple lower-case mapping, in the arena; a itself if all of it is
 * lower-case ASCII.
 */
struct text utf8_lower(struct arena *, struct text a);

/* Unicode simple upper-case mapping of the first n code points of a. */
struct text utf8_upper(struct arena *, struct text a, size_t n);

/*
 * How many bytes the grapheme cluster at the start of a takes (UAX 29): what a
 * reader sees as one character.  a is not empty.
 */
size_t utf8_cluster(struct text a);

/* Terminal columns of a code point: 0 combining, 1, or 2 (East Asian wide). */
int utf8_width(uint32_t c);

/*
 * The direction that a letter says its text is written in (UAX 9, strong
 * characters): 1 to the right, -1 to the left, 0 if it says nothing.
 */
int utf8_direction(uint32_t c);

/* True if a holds a control character other than tab: C0, DEL or C1. */
bool utf8_has_control(struct text a);

/* True for what must not reach a terminal: C0, DEL, C1, bidi controls. */
bool utf8_control(uint32_t c);

#endif
