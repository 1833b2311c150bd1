/* SPDX-License-Identifier: ISC */
/*
 * hidden: code points that a reader does not see, or that change a terminal.
 *
 * A text of the input can contain characters that move the cursor, set colours,
 * reverse the order of a line or have no glyph at all.  Messages, pictures and
 * tables write them in a form that is seen.
 */
#ifndef BASE_HIDDEN_H
#define BASE_HIDDEN_H

#include <stdbool.h>
#include <stdint.h>

/*
 * True for what no terminal may get: C0 controls, DEL, C1 controls, controls of
 * direction (UAX 9), separators of lines and paragraphs.
 */
bool hidden_control(uint32_t c);

/*
 * True for characters without a glyph: Unicode's Default_Ignorable_Code_Point.
 * Some are controls of direction; most have no effect, and joiners and
 * variation selectors change the glyphs beside them.
 */
bool hidden_ignorable(uint32_t c);

/* True for joiners and variation selectors: Indic texts and emoji need them. */
bool hidden_joins(uint32_t c);

#endif
