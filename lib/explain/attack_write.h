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

/* What was attacked, and what came. */
struct attack_done {
	const struct block *b;
	const struct trace *trace;
	const char *method;
	uint64_t run;		/* a number made of the settings */
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

/* The run as it is written: 16 hexadecimal digits. */
enum { ATTACK_RUN = 16 };
void attack_run_name(uint64_t run, char to[ATTACK_RUN + 1]);

#endif
