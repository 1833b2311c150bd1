/* SPDX-License-Identifier: ISC */
/*
 * source_choice: the options that choose a source (source.h).
 */
#ifndef EXPLAIN_SOURCE_CHOICE_H
#define EXPLAIN_SOURCE_CHOICE_H

enum source_kind {
	SOURCE_MODEL,
	SOURCE_LINES,		/* a command that reads texts, one a line */
	SOURCE_TOK,		/* a command that reads tok blocks */
	SOURCE_PRINT,
	SOURCE_READ,
};

/* What to ask. */
struct source_choice {
	enum source_kind kind;
	const char *what;	/* the model, command (for sh -c), or file */
	int seconds;		/* most silence; 0: SOURCE_SECONDS */
	const char *name;	/* in the rows, if it is no model; or NULL */
	int letter;		/* the option that chose it, or 0 */
};

enum { SOURCE_SECONDS = 60 };

/* What -h prints of these options. */
#define SOURCE_NAME "model: a name or a folder with a /; else the name in " \
	"the rows"
#define SOURCE_PRINTS "print the texts and variants (tok) instead of asking"
#define SOURCE_READS "the probabilities of what -p prints"

/*
 * Take an option: -x, -X, -p, -r or -W, its argument in optarg, or -m, which
 * with the others is a name.  Exits with 2 if one of the first four was taken
 * before.
 */
void source_option(struct source_choice *, int letter);

#endif
