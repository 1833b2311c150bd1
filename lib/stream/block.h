/* SPDX-License-Identifier: ISC */
/*
 * block: one document of a tok stream, CoNLL-U.
 *
 * A block is one document: comments, then words, one a line, 10 columns.  A
 * filter parses it, changes the columns and comments that are its own, and
 * writes it; everything else, known or not, comes out as it came in.
 * Multiword ranges (3-4) and empty nodes (5.1) are kept and are no words.
 *
 * All of a block lies in the arena it was parsed into.  Its comments are read
 * and changed by comment.h, the MISC column by misc.h, the phrases and clauses
 * in it by layer.h.
 */
#ifndef STREAM_BLOCK_H
#define STREAM_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct output;

enum conllu_column {
	CONLLU_ID,
	CONLLU_FORM,
	CONLLU_LEMMA,
	CONLLU_UPOS,
	CONLLU_XPOS,
	CONLLU_FEATS,
	CONLLU_HEAD,
	CONLLU_DEPREL,
	CONLLU_DEPS,
	CONLLU_MISC,
	CONLLU_COLUMNS,
};

/* One line.  column is NULL in a comment, which is its raw text. */
struct conllu_line {
	struct text raw;
	struct text *column;	/* [CONLLU_COLUMNS] */
	size_t number;		/* in its file; 0 if a filter made it */
};

struct block {
	struct arena *arena;
	struct place at;	/* of the first line */
	struct conllu_line *line;	/* [lines] */
	size_t lines, line_cap;
	size_t *word;		/* [T] the words' indices in line[] */
	size_t T, word_cap;	/* T words; 0 is an empty document */
	struct text sent_id;	/* there, and not empty */
	struct text label;	/* the gold class, or none */
	bool bad;		/* reported: this block is to be dropped */
	void *data;		/* the filter's own */
};

/*
 * Parse raw, the lines of one block, which the block keeps slices of.  False
 * with a message for: a line without 10 columns, an empty column, ids that
 * are not 1, 2, 3, ..., a range past the last word, no sent_id or two, a tab
 * in sent_id or label, a control character.
 */
bool conllu_parse(struct arena *, struct text raw, struct place at,
    struct block *b);

void conllu_write(const struct block *, struct output *);

/* A block to change without changing this one, whose strings it shares. */
void conllu_copy(struct arena *, const struct block *from, struct block *to);

/* One line without its newline. */
void conllu_write_line(const struct conllu_line *, struct output *);

/* The columns of word t (from 0), [CONLLU_COLUMNS], to read and to change. */
struct text *conllu_word(const struct block *, size_t t);

/* Where word t stands, for messages. */
struct place conllu_place(const struct block *, size_t t);

/*
 * What the modules beside this one are made of: a new line, all zero, before
 * line i (words behind it are not renumbered); and a comment split at its "=",
 * both sides trimmed: false if it has none.
 */
struct conllu_line *conllu_insert_line(struct block *, size_t i);
bool conllu_comment_parts(struct text raw, struct text *key,
    struct text *value);

#endif
