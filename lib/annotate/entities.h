/* SPDX-License-Identifier: ISC */
/*
 * entities: the characters for character references of HTML.
 *
 *     &eacute;            a name, from the map "entities" of a rules file
 *     &#233;  &#xe9;      the number of a code point, decimal or hexadecimal
 *
 * As in HTML, 128 to 159 are characters of Windows-1252 (&#146; is U+2019).  A
 * control character becomes a blank.  All other text is kept, for instance an
 * unknown name, a reference without its semicolon, and a number that is no
 * character: 0, a surrogate, more than 10FFFF hexadecimal.  A text is read
 * once: &amp;lt; becomes &lt;.
 */
#ifndef ANNOTATE_ENTITIES_H
#define ANNOTATE_ENTITIES_H

struct arena;
struct conf;
struct entities;
struct rewrite_buffer;

/*
 * Read a map from names to characters; the texts are in the arena.  Returns
 * NULL with a message if it is wrong.
 */
struct entities *entities_read(struct arena *, const struct conf *);
void entities_free(struct entities *);	/* or NULL */

/*
 * Replace all references in text; each character has the range of its
 * reference.  spare is a second buffer to work with.
 */
void entities_apply(const struct entities *, struct rewrite_buffer *text,
    struct rewrite_buffer *spare);

#endif
