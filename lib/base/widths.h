/* SPDX-License-Identifier: ISC */
/*
 * widths: the terminal columns of a code point, from the newest Unicode.
 *
 * The tables are written by a script, because utf8proc's can be years older: a
 * new emoji would have the wrong width.
 */
#ifndef BASE_WIDTHS_H
#define BASE_WIDTHS_H

#include <stdint.h>

/*
 * Returns 0 for a combining mark, a format character that is not seen, and a
 * vowel or final consonant of Hangul, which is drawn into the syllable before
 * it; 2 for East Asian wide characters and emoji; otherwise 1.  c is no control
 * character.
 */
int width_of(uint32_t c);

#endif
