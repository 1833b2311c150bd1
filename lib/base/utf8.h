/* SPDX-License-Identifier: ISC */
/*
 * utf8: check and decode UTF-8; letter case, direction of a code point.
 *
 * Offsets in the streams count code points; offsets in messages count bytes.
 * The tables are those of utf8proc, which only utf8.c uses.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/*
 * True if a is UTF-8 without NUL: no overlong form, no surrogate, nothing
 * above U+10FFFF.  Otherwise *offset is that of the first wrong byte.
 */
bool utf8_valid(struct text a, size_t *offset);

/*
 * Decode the first code point of a, which is valid UTF-8 and not empty.
 * Returns its length in bytes.
 */
size_t utf8_decode(struct text a, uint32_t *code);

/* Write c as 1 to 4 bytes.  Returns how many. */
size_t utf8_encode(uint32_t c, char to[4]);

/*
 * The length in bytes of the blank at the start of a, a space of any script, or
 * 0.  a is valid UTF-8 and not empty.
 */
size_t utf8_blank(struct text a);

/* The number of code points in a. */
size_t utf8_count(struct text a);

/*
 * The simple lower-case mapping of Unicode, in the arena; a itself if it is
 * ASCII without capital letters.
 */
struct text utf8_lower(struct arena *, struct text a);

/* a with the simple upper-case mapping of its first n code points. */
struct text utf8_upper(struct arena *, struct text a, size_t n);

/*
 * The length in bytes of the first grapheme cluster of a (UAX 29), which a
 * reader sees as one character.  a is not empty.
 */
size_t utf8_cluster(struct text a);

/*
 * The writing direction of a strong character (UAX 9): 1 to the right, -1 to
 * the left; 0 for all other characters.
 */
int utf8_direction(uint32_t c);

/* True if a contains a control character other than tab: C0, DEL or C1. */
bool utf8_has_control(struct text a);

#endif
