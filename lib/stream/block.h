/* SPDX-License-Identifier: ISC */
/*
 * block: blocks, MISC, BIO layers.
 *
 * A block is one document: comments, then words, one a line, 10 columns.  A
 * filter parses it, changes the columns and comments that are its own, and
 * writes it; everything else, known or not, comes out as it came in.
 * Multiword ranges (3-4) and empty nodes (5.1) are kept and are no words.
 *
 * All of a block lies in the arena it was parsed into.
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

/* Words first..last, both counted from 0: last is inside. */
struct span {
	size_t first, last;
	struct text tag;	/* "_" for a token outside any chunk */
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

/* The value of "# key = value", or none.  Comments stand before the words. */
struct text conllu_comment(const struct block *, const char *key);
struct place conllu_comment_place(const struct block *, const char *key);
size_t conllu_comment_count(const struct block *, const char *key);

/* A comment behind the last one; value must hold no newline. */
void conllu_add_comment(struct block *, const char *key, struct text value);

/*
 * Another value in its place in the first comment with this key, if any: behind
 * "=" and a blank, or behind "=" alone if it is empty.
 */
void conllu_set_comment(struct block *, const char *key, struct text value);

/* Remove all comments whose key begins with prefix. */
void conllu_drop_comments(struct block *, const char *prefix);

/* The value of key in MISC of word t, or none. */
struct text conllu_misc(const struct block *, size_t t, const char *key);

/*
 * The same in any MISC column, and that column with another value of key, in
 * its place, or without it if to is none; keys that come again go.
 */
struct text conllu_misc_value(struct text misc, const char *key);
struct text conllu_misc_change(struct arena *, struct text misc,
    const char *key, struct text to);

/* Append key=value to MISC of word t. */
void conllu_add_misc(struct block *, size_t t, const char *key,
    struct text value);

/* Remove key from MISC of every word. */
void conllu_drop_misc(struct block *, const char *key);

/*
 * BIO layers.  A layer is a MISC key of the form [a-z][a-z0-9_]* with a value
 * that is O or begins with B- or I-; all its values should be O, B-TAG or
 * I-TAG, TAG in [A-Za-z0-9_.:-]+.
 *
 * conllu_layers: the names of the block's layers, in the order of their first
 * appearance; returns how many.  Of more than CONLLU_LAYERS, the first ones
 * and one more, by which they are known to be too many.
 *
 * conllu_spans: the spans of one layer, in order, every word in exactly one:
 * a word without the key, or O, is a span of its own with tag "_".  False
 * with a message if a value is not of that form, or I- follows no chunk of its
 * tag.  spans has room for T.  A layer that no word has gives T spans of "_".
 *
 * conllu_set_layer: replace the layer by these spans, which are in order and
 * do not overlap; other words get O.
 */
enum { CONLLU_LAYERS = 64 };

size_t conllu_layers(const struct block *, struct text **names);
bool conllu_spans(const struct block *, const char *layer, struct span *spans,
    size_t *n);
void conllu_set_layer(struct block *, const char *layer,
    const struct span *spans, size_t n);

/* True if the text may stand as a layer's name, or as a chunk's tag. */
bool conllu_is_layer_name(struct text);
bool conllu_is_tag(struct text);

#endif
