/* SPDX-License-Identifier: ISC */
#include "base/option.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/text.h"

static const struct letter {
	char letter;
	const char *argument;	/* NULL: takes none */
	const char *meaning;
} letters[] = {
	{'a', "NAME", "method or measure; \"list\" lists them"},
	{'B', "FILE", "bracketed trees, one a document"},
	{'b', "N", "documents a batch"},
	{'C', "WHEN", "colour: auto, always or never"},
	{'c', "CLASS", "predicted, gold, all, a label, or A:B"},
	{'D', "CHAR", "CSV whose columns this character separates; or tab"},
	{'d', NULL, "print vectors as decimals"},
	{'e', "TOL", "completeness error to reach"},
	{'f', "COLS", "what the columns are, comma-joined"},
	{'g', NULL, "more: every gate, logits"},
	{'H', NULL, "no header line"},
	{'h', NULL, "print this help"},
	{'i', NULL, "of nested phrases the innermost"},
	{'k', NULL, "keep going after a bad block"},
	{'l', "LEVELS", "levels, comma-joined; the default is all that "
	    "there are"},
	{'m', "MODEL", "model: a name (sst2-gru) or a folder with a /"},
	{'n', "N", "how many: spans (or N%), nodes, samples, epochs, rounds"},
	{'o', "PATH", "write the product here"},
	{'P', "TYPES", "types of phrases, comma-joined"},
	{'p', NULL, "print the pipeline instead of running it"},
	{'q', NULL, "quiet: no progress, no notes"},
	{'R', NULL, "the axis has square roots: room for small values"},
	{'r', "FILE", "rules, lexicons, recipe or palette: a name, or a path"},
	{'S', NULL, "a tree for each sentence"},
	{'s', "SEED", "seed of the random numbers"},
	{'T', NULL, "draw a tree of the spans (html, latex, svg)"},
	{'t', "FORMAT", "format: ansi (the default) or another that \"list\" "
	    "lists"},
	{'u', NULL, "words outside chunks count as spans too"},
	{'V', NULL, "print the version"},
	{'v', NULL, "invert the choice"},
	{'w', "COLS", "width in columns"},
	{'x', "MAX", "the score of full colour"},
	{'y', NULL, "the target is the probability instead of the logit"},
};

enum { N_LETTERS = sizeof letters / sizeof *letters };

/* True if the filter takes this letter. */
static bool
takes(const struct options *o, char letter)
{
	return strchr("hVk", letter) != NULL ||
	    strchr(o->letters, letter) != NULL;
}

/* What the filter has in its list for a letter, or else common. */
static const char *
own(const struct option_meaning *m, char letter, const char *common)
{
	while (m != NULL && m->letter != 0 && m->letter != letter)
		m++;
	return m == NULL || m->letter == 0 ? common : m->meaning;
}

static void
print_usage(const struct options *o, FILE *to)
{
	fprintf(to, "usage: %s [-", err_prog());
	for (int i = 0; i < N_LETTERS; i++)
		if (takes(o, letters[i].letter) && letters[i].argument == NULL)
			fputc(letters[i].letter, to);
	fputc(']', to);
	for (int i = 0; i < N_LETTERS; i++)
		if (takes(o, letters[i].letter) && letters[i].argument != NULL)
			fprintf(to, " [-%c %s]", letters[i].letter,
			    own(o->arguments, letters[i].letter,
			    letters[i].argument));
	fprintf(to, " %s\n", o->operands);
}

static _Noreturn void
finish(void)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		die("stdout: cannot write");
	exit(STATUS_OK);
}

static _Noreturn void
print_help(const struct options *o)
{
	printf("%s: %s\n", err_prog(), o->purpose);
	if (o->reads != NULL && o->writes != NULL)
		printf("reads %s, writes %s\n", o->reads, o->writes);
	print_usage(o, stdout);
	for (int i = 0; i < N_LETTERS; i++) {
		const struct letter *l = &letters[i];

		if (takes(o, l->letter))
			printf("  -%c %-7s %s\n", l->letter, l->argument ?
			    own(o->arguments, l->letter, l->argument) : "",
			    own(o->meanings, l->letter, l->meaning));
	}
	printf("The manual: man %s, man 7 reat\n", err_prog());
	finish();
}

int
option_next(struct options *o, int argc, char *argv[])
{
	char spec[80];
	int c;

	if (optind == 1)
		err_name(argv[0]);
	snprintf(spec, sizeof spec, ":hVk%s", o->letters);
	while ((c = getopt(argc, argv, spec)) == 'k')
		o->keep_going = true;
	switch (c) {
	case 'h':
		print_help(o);
	case 'V':
		printf("%s (REAT) %s\n", err_prog(), REAT_VERSION);
		finish();
	case ':':
		option_usage(o, "option -%c needs an argument", optopt);
	case '?':
		option_usage(o, "unknown option -%c", optopt);
	}
	return c;
}

void
option_usage(const struct options *o, const char *fmt, ...)
{
	char message[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof message, fmt, ap);
	va_end(ap);
	note("%s", message);
	print_usage(o, stderr);
	exit(STATUS_SYSTEM);
}

/* True if optarg names the row; "list" prints the row. */
static bool
is_row(const struct option_name *row)
{
	if (strcmp(optarg, "list") == 0)
		printf("%-12s %s\n", row->name, row->purpose);
	return strcmp(optarg, row->name) == 0;
}

/* optarg is "list", and all rows are printed, or it is no row's name. */
static _Noreturn void
no_row(const struct options *o, int letter)
{
	if (strcmp(optarg, "list") == 0)
		finish();
	option_usage(o, "option -%c: \"%s\", expected one of those that "
	    "-%c list lists", letter, optarg, letter);
}

const void *
option_row(const struct options *o, int letter, const void *table, size_t size)
{
	const struct option_name *row;

	for (const char *at = table; (row = (const void *)at)->name != NULL;
	    at += size)
		if (is_row(row))
			return row;
	no_row(o, letter);
}

const void *
option_pick(const struct options *o, int letter, const void *const table[])
{
	for (; *table != NULL; table++)
		if (is_row(*table))
			return *table;
	no_row(o, letter);
}

long
option_number(int letter, long min, long max)
{
	bool minus = optarg[0] == '-';
	size_t v;

	if (text_to_size(text_of(optarg + (minus || optarg[0] == '+')), &v) &&
	    v <= LONG_MAX) {
		long n = minus ? -(long)v : (long)v;

		if (n >= min && n <= max)
			return n;
	}
	die("option -%c: \"%s\", expected a whole number from %ld to %ld",
	    letter, optarg, min, max);
}

double
option_real(int letter, double min, double max)
{
	double v;

	if (!text_to_double(text_of(optarg), &v) || v < min || v > max)
		die("option -%c: \"%s\", expected a number from %g to %g",
		    letter, optarg, min, max);
	return v;
}
