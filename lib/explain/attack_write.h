/* SPDX-License-Identifier: ISC */
/*
 * attack_write: attacked texts as tok blocks or as rows.
 */
#ifndef EXPLAIN_ATTACK_WRITE_H
#define EXPLAIN_ATTACK_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "explain/attack.h"

struct block;
struct output;

/* Numbers made of what decides a result; 0: there is no such file. */
enum attack_part {
	RUN_OPTIONS,
	RUN_SYNONYMS,
	RUN_VECTORS,
	RUN_MODEL,
	RUN_TEXT,
	RUN_PARTS,
};

struct attack_run {
	uint32_t part[RUN_PARTS];
};

/* What was attacked, and what came. */
struct attack_done {
	const struct block *b;
	const struct trace *trace;
	const char *method;
	struct attack_run run;
	const struct candidates *word;	/* [T] */
	bool tried;		/* false: the text is not attacked */
	struct attacked to;
};

struct attack_format {
	const char *end;	/* of a record */
	const char *start;	/* of a file */
	const char *header;	/* or NULL */
	void (*write)(const struct attack_done *, struct output *);
	/*
	 * Find the sent_id of the text and the run of a record that was
	 * written.  Returns false after a message if it is no such record.
	 */
	bool (*read)(struct arena *, struct text record, struct place,
	    struct text *doc, struct text *run);
};

extern const struct attack_format attack_tok, attack_tsv;

/* The columns of a row of attack_tsv, and their names. */
enum attack_row {
	ROW_DOC,
	ROW_LABEL,
	ROW_CLASS,
	ROW_PROB,
	ROW_MODEL,
	ROW_METHOD,
	ROW_RUN,
	ROW_AFTER,
	ROW_P_AFTER,
	ROW_SUCCESS,
	ROW_CHANGED,
	ROW_WORDS,
	ROW_QUERIES,
	ROW_COMPLETE,
	ROW_SWAPS,
	ROW_TEXT,
	ROW_COLUMNS,
};
extern const char *const attack_row_names[ROW_COLUMNS];

/* Say that a file has other things than such records; returns false. */
bool attack_write_other(struct place);

/*
 * Cut the number of the text off a run as it is written.  Returns what of the
 * rest is another one than in own, for a message, or NULL if it is the same.
 */
const char *attack_run_cut(struct text *run, const struct attack_run *own);

/* The same number of a text of a block: of its words, their tags, its label. */
uint32_t attack_text(const struct block *);

#endif
