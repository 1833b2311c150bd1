/* SPDX-License-Identifier: ISC */
/*
 * atoms: conditions on a token, <NOUN> or <lower:but>, encoded as bits.
 *
 *     <NOUN>         the set's column has NOUN
 *     <NOUN|ADJ>     it has NOUN or ADJ;  <!NOUN|ADJ>  it has neither
 *     <lower:but>    a column by name: tag (the coarse tag, UPOS or XPOS),
 *                    coarse, upos, xpos, form, lower (the form in lower case),
 *                    lemma, deprel
 *
 * The coarse tag of a word is what `tags` has for its XPOS; if that is _, what
 * it has for its UPOS.
 *
 * \ escapes | > < : ! and \.  Blanks at the ends of a value are ignored.
 *
 * Each distinct atom of a set is one bit, a flag.  A token is encoded as
 * `width` bytes of 7 flags; bit 7 is set in the first byte alone, so that a
 * match can begin only at a token.  In a regular expression an atom is the
 * class of bytes that have its flag: no tag and no form is ever part of one.
 *
 * The flags of a token depend only on the columns that the atoms name.  They
 * are remembered by these columns, in bounded memory.
 */
#ifndef ANNOTATE_ATOMS_H
#define ANNOTATE_ATOMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct conf;
struct output;
struct atoms;

enum { ATOMS_ANY = -1, ATOMS_BAD = -2 };

/* Return the number of a column for atoms_new, or -1 for an unknown name. */
int atoms_column(struct text name);

/*
 * tags: a map from XPOS or UPOS to coarse tags, or NULL; it must outlive the
 * set.  column: that of atoms without a name; 0 is tag.
 */
struct atoms *atoms_new(const struct conf *tags, int column);
void atoms_free(struct atoms *);	/* or NULL */

/*
 * Add the atom at source[*i], which is '<', and move *i after its '>'.  Returns
 * the number of the atom, or ATOMS_BAD with a message.
 */
int32_t atoms_add(struct atoms *, struct text source, size_t *i,
    struct place at);

/*
 * Write the regular expression (for PATTERN_BYTES) of a token for which atom
 * `number` is true, or of any token: ATOMS_ANY.  It depends on the number of
 * atoms, so all of them must have been added.
 */
void atoms_class(const struct atoms *, int32_t number, struct output *to);

/* The bytes of a token, at least 1. */
size_t atoms_width(const struct atoms *);

/* True if an atom depends on a tag. */
bool atoms_need_tags(const struct atoms *);

/* Encode the token with these columns ([CONLLU_COLUMNS]) as width bytes. */
void atoms_encode(struct atoms *, struct arena *scratch,
    const struct text *column, char *to);

#endif
