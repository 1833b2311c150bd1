/* SPDX-License-Identifier: ISC */
/*
 * option: one table of letters for the whole family.
 *
 * A letter means the same in every filter that has it, so the table in
 * option.c is the only place where letters are explained.  A filter names the
 * letters it takes; -h, -V and -k are added to each.  Usage lines and -h are
 * made from the table, and a test compares the man pages with it.
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

/* What a letter means in one filter, where the family's words are too wide. */
struct option_meaning {
	char letter;		/* 0 ends the list */
	const char *meaning;
};

struct options {
	const char *letters;	/* as getopt has it: "c:d" */
	const char *purpose;	/* half a line for -h */
	const char *operands;	/* for the usage line: "[file ...]" */
	/* text, tok, trace, score, or another word; -h says "reads tok, writes
	 * trace", and tests/contract.bats feeds the filter accordingly */
	const char *reads, *writes;
	const struct option_meaning *meanings;	/* or NULL */
	const struct option_meaning *arguments;	/* other words for them */
	bool keep_going;	/* -k was given */
};

/*
 * The next option's letter, or -1 behind the last; then argv[optind] is the
 * first operand.  -h and -V print and exit with 0; an unknown letter or a
 * missing argument prints the usage and exits with 2.
 */
int option_next(struct options *, int argc, char *argv[]);

/* Print what is wrong and the usage on standard error, and exit with 2. */
_Noreturn void option_usage(const struct options *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * The row that optarg names of a table whose rows, size bytes each, begin with
 * a struct option_name; the last one has no name.  "list" prints them and exits
 * with 0; any other word is wrong usage.
 */
struct option_name {
	const char *name, *purpose;
};

const void *option_row(const struct options *, int letter, const void *table,
    size_t size);

/* The same for a table of pointers to such rows, with NULL at its end. */
const void *option_pick(const struct options *, int letter,
    const void *const table[]);

/*
 * optarg as a number between min and max, or a message and exit 2.  Whole
 * numbers are digits with perhaps a sign before them: no 1e3, no 1.0.
 */
long option_number(int letter, long min, long max);
double option_real(int letter, double min, double max);

#endif
