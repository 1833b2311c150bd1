/* SPDX-License-Identifier: ISC */
/*
 * atoms: what a pattern can ask of a token, and the answers as bits.
 *
 *     <NOUN>         its coarse tag, UPOS or XPOS is NOUN
 *     <NOUN|ADJ>     it is one of them;  <!NOUN|ADJ>  it is none of them
 *     <lower:but>    a column: tag (the above), coarse, upos, xpos, form,
 *                    lower (the form in lower case), lemma, deprel
 *
 * \ escapes | > < : ! and \; blanks at the ends of a value mean nothing.
 *
 * Each distinct atom of a set is one bit.  A token becomes `width` bytes of 7
 * flags, the first with bit 7 set, so that a match begins only where a token
 * does; in a regular expression an atom is the class of the bytes that have
 * its flag.  So no tag or form ever enters a regular expression.
 *
 * The flags of a token are remembered by the columns that the atoms ask for,
 * in bounded memory.
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

/* tags: a map from XPOS to coarse tags that outlives the set, or NULL. */
struct atoms *atoms_new(const struct conf *tags);
void atoms_free(struct atoms *);	/* or NULL */

/*
 * Take in the atom at source[*i], which is '<', and set *i behind its '>'.
 * Returns its number, or ATOMS_BAD with a message.
 */
int32_t atoms_add(struct atoms *, struct text source, size_t *i,
    struct place at);

/*
 * The regular expression (for PATTERN_BYTES) of one token that has atom
 * `number`, or of any token: ATOMS_ANY.  Right once all atoms were added.
 */
void atoms_class(const struct atoms *, int32_t number, struct output *to);

/* Bytes a token; at least 1. */
size_t atoms_width(const struct atoms *);

/* True if some atom asks for a tag. */
bool atoms_need_tags(const struct atoms *);

/* The flags of the token with these columns ([CONLLU_COLUMNS]), width bytes. */
void atoms_encode(struct atoms *, struct arena *scratch,
    const struct text *column, char *to);

#endif
