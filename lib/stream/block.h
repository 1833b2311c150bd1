/* SPDX-License-Identifier: ISC */
/*
 * block: one document of a tok stream, CoNLL-U.
 *
 * A block is a document: comments, then a line of 10 columns for each word.  A
 * filter parses the block, changes its own columns and comments, and writes the
 * block; all other bytes are written as they were read.  Multiword ranges (3-4)
 * and empty nodes (5.1) are lines of a block, but not words.
 *
 * The memory of a block is the arena into which it was parsed.  comment.h reads
 * and changes the comments, misc.h the column MISC, layer.h the phrases and
 * clauses in MISC.
 */
#ifndef STREAM_BLOCK_H
#define STREAM_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/*
 * A line.  In comments column is NULL, and raw is one comment or several, with
 * newlines between them: all comments that were read are one struct at first,
 * so that many short ones need little memory.
 */
struct conllu_line {
	struct text raw;	/* as it was read */
	struct text *column;	/* [CONLLU_COLUMNS] */
	size_t number;		/* of the first in its file; 0: new */
};

struct block {
	struct arena *arena;
	struct place at;	/* of the first line */
	struct conllu_line *line;	/* [lines] */
	size_t lines, line_cap;
	size_t *word;		/* [T] the words' indices in line[] */
	size_t T, word_cap;	/* T words; 0 is an empty document */
	struct text sent_id;	/* not empty */
	struct text label;	/* the gold class; without s if there is none */
	const float **vector;	/* [T] of words that bring theirs, or NULL */
	size_t row;		/* of the first of these in a model */
	const int32_t *id;	/* [T] the words in the model that has run, or
				 * NULL */
	bool bad;		/* a message was printed; it is dropped */
	void *data;		/* of the filter */
};

/*
 * Parse raw, the lines of one block.  raw must outlive the block, which keeps
 * slices of it.  Returns false with a message for: a line without 10 columns,
 * an empty column, ids that are not 1, 2, 3, ..., a range past the last word,
 * ranges that overlap, no sent_id or two, a tab in sent_id or label, a control
 * character, a comment after a word.
 */
bool conllu_parse(struct arena *, struct text raw, struct place at,
    struct block *b);

/* The same for a sentence of another program, which needs no sent_id. */
bool conllu_parse_sentence(struct arena *, struct text raw, struct place at,
    struct block *b);

/* The comments of a block that was just parsed, with newlines between them. */
struct text conllu_comments(const struct block *);

void conllu_write(const struct block *, struct output *);

/* Copy a block, in order to change the copy.  Both share their strings. */
void conllu_copy(struct arena *, const struct block *from, struct block *to);

/* Write a line without its last newline. */
void conllu_write_line(const struct conllu_line *, struct output *);

/* The columns [CONLLU_COLUMNS] of word t (from 0), to read and to change. */
struct text *conllu_word(const struct block *, size_t t);

/* The place of word t, for messages. */
struct place conllu_place(const struct block *, size_t t);

/*
 * Insert a line before line i; all its fields are zero.  The caller corrects
 * word[] for the words after it.
 */
struct conllu_line *conllu_insert_line(struct block *, size_t i);

/*
 * Split a comment at its "=" and trim both sides.  Returns false if it has no
 * "=".
 */
bool conllu_comment_parts(struct text raw, struct text *key,
    struct text *value);

#endif
