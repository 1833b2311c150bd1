/* SPDX-License-Identifier: ISC */
/*
 * option: one table of option letters and long options for all filters.
 *
 * A letter has the same meaning in every filter that takes it; the table in
 * option.c explains all letters and has a long option for each: -m NAME is
 * --model NAME, --model=NAME or --mod NAME.  A filter lists the letters that it
 * takes; -h, -V and -k are added to each, and -U and -Z to each that writes a
 * stream.
 * The usage line and the text of -h are made from the table, and a test
 * compares the man pages with it.
 *
 *     struct options o = {"c:l:", "score spans", "[file ...]",
 *         .reads = "trace", .writes = "score"};
 *
 *     for (int c; (c = option_next(&o, argc, argv)) != -1; )
 *             switch (c) { case 'c': class = optarg; ... }
 *     operands = argv + optind;
 */
#ifndef BASE_OPTION_H
#define BASE_OPTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compress.h"

/*
 * What a letter is in one filter, if the table is too general: its meaning, the
 * name of its argument, or the long option.
 */
struct option_meaning {
	char letter;		/* 0 ends the list */
	const char *meaning;
};

struct options {
	const char *letters;	/* in the form of getopt: "c:d" */
	const char *purpose;	/* for -h: "score spans" */
	const char *operands;	/* for the usage line: "[file ...]" */
	/* text, tok, trace, score or another word.  -h prints "reads tok,
	 * writes trace", and tests/contract.bats feeds the filter with it. */
	const char *reads, *writes;
	const struct option_meaning *meanings;	/* or NULL */
	const struct option_meaning *arguments;	/* names of arguments; NULL:
						 * the letter takes none */
	const struct option_meaning *names;	/* long options, without -- */
	bool keep_going;	/* -k was given */
	bool marks;		/* -U was given, or is in the environment */
	const struct compress_format *compress;	/* of -Z, or NULL */
};

/*
 * Returns the letter of the next option, also for a long one, or -1 after the
 * last; argv[optind] is then the first operand, -Z has begun to compress
 * standard output (pack.h), and marks are chosen (mark.h).  Options can follow
 * operands, which are moved to the end of argv; "--" ends the options.  With
 * POSIXLY_CORRECT set, the first operand ends them.  -h and -V print and exit
 * with 0; an unknown option or a missing argument prints the usage and exits
 * with 2.
 */
int option_next(struct options *, int argc, char *argv[]);

/* Print a message and the usage on standard error, and exit with 2. */
_Noreturn void option_usage(const struct options *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * what has the value found, which is none of the names: print this, the names,
 * the nearest of them and the usage, and exit with 2.  NULL ends the names.
 *
 *     option -t: "htm", expected ansi, html or svg; the nearest is html
 */
_Noreturn void option_unknown(const struct options *, const char *what,
    const char *found, const char *const names[]);

/* A value of an option and what it is for, as "-a list" prints them. */
struct option_name {
	const char *name, *purpose;
};

/*
 * Returns the row whose name is optarg.  The rows of the table have size bytes
 * and begin with a struct option_name; the name of the last is NULL.  If optarg
 * is "list", all names are printed and the process exits with 0.  Another word
 * is wrong usage, and the message has the names.
 */
const void *option_row(const struct options *, int letter, const void *table,
    size_t size);

/* The same for a table of pointers to such rows, which NULL ends. */
const void *option_pick(const struct options *, int letter,
    const void *const table[]);

/*
 * Returns optarg as a number from min to max, or exits with 2 and a message.  A
 * whole number is digits, with or without a sign: not 1e3, not 1.0.
 */
long option_number(int letter, long min, long max);
double option_real(int letter, double min, double max);

#endif
