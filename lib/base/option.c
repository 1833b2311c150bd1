/* SPDX-License-Identifier: ISC */
#include "base/option.h"

#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mark.h"
#include "base/mem.h"
#include "base/pack.h"
#include "base/text.h"

static const struct letter {
	char letter;
	const char *name;	/* the long option */
	const char *argument;	/* NULL: takes none */
	const char *meaning;
} letters[] = {
	{'A', "all-levels", NULL, "also levels that repeat another"},
	{'a', "method", "NAME", "method or measure; \"list\" lists them"},
	{'B', "trees", "FILE", "bracketed trees, one a document"},
	{'b', "batch", "N", "documents a batch"},
	{'C', "color", "WHEN", "colour: auto, always or never"},
	{'c', "class", "CLASS", "predicted, gold, all, a label, or A:B"},
	{'D', "delimiter", "CHAR", "CSV whose columns this character "
	    "separates; or tab"},
	{'d', "decimal", NULL, "print vectors as decimals"},
	{'E', "epsilon", "EPS", "LRP: no sum is nearer to zero than this"},
	{'e', "tolerance", "TOL", "completeness error to reach"},
	{'F', "fold", "PART", "part of a split by text: train, dev, test, or "
	    "K/N"},
	{'f', "columns", "COLS", "what the columns are, comma-joined"},
	{'G', "vectors", "FILE", "word vectors (GloVe, word2vec), whose "
	    "nearest words are synonyms"},
	{'g', "gates", NULL, "print every gate and state"},
	{'H', "no-header", NULL, "no header line"},
	{'h', "help", NULL, "print this help"},
	{'I', "ids", "IDS", "ids, comma-joined, or a file with a / in its "
	    "name"},
	{'i', "innermost", NULL, "of nested phrases the innermost"},
	{'j', "join", "HOW", "joined spans, too: tree, adjacent or pairs"},
	{'K', "variants", "N", "random variants of each text"},
	{'k', "keep-going", NULL, "keep going after a bad block"},
	{'L', "length", "RANGE", "words of a text: 5-20, 5-, -20 or 7"},
	{'l', "levels", "LEVELS", "levels, comma-joined; the default is all "
	    "that there are"},
	{'M', "max", "MAX", "the score of full colour"},
	{'m', "model", "MODEL", "model: a name (sst2-gru) or a folder "
	    "with a /"},
	{'N', "numbers", "WHEN", "numbers beside colours: auto, always or "
	    "never"},
	{'n', "number", "N", "how many"},
	{'o', "output", "PATH", "write the product here"},
	{'P', "types", "TYPES", "types of phrases, comma-joined"},
	{'p', "print", NULL, "print the pipeline instead of running it"},
	{'q', "quiet", NULL, "quiet: no progress, no notes"},
	{'R', "square-root", NULL, "the axis has square roots: room for small "
	    "values"},
	{'r', "rules", "FILE", "rules: a name, or a path"},
	{'S', "sort", "ORDER", "order of the texts of a page (-t html)"},
	{'s', "seed", "SEED", "seed of the random numbers"},
	{'T', "tree", NULL, "draw a tree of the spans (html, latex, svg)"},
	{'t', "format", "FORMAT", "format: ansi (the default) or another that "
	    "\"list\" lists"},
	{'u', "unchunked", NULL, "words outside chunks count as spans too"},
	{'U', "uncut", NULL, "input and output have marks of their ends"},
	{'V', "version", NULL, "print the version"},
	{'v', "invert", NULL, "invert the choice"},
	{'W', "wait", "SECONDS", "how long the command may be silent (60)"},
	{'w', "width", "COLS", "width in columns"},
	{'X', "tok-command", "COMMAND", "the same, but it reads tok blocks"},
	{'x', "command", "COMMAND", "ask this command, which reads texts and "
	    "writes a table of probabilities"},
	{'y', "probability", NULL, "the target is the probability instead "
	    "of the logit"},
	{'Z', "compress", "PROGRAM", "compress the output: gzip, xz or zstd"},
	{'z', "token-rules", "FILES", "rules of tokens: names, or paths with "
	    "a /, comma-joined"},
};

enum { N_LETTERS = sizeof letters / sizeof *letters };

/* True if the filter writes a stream, which can be compressed. */
static bool
streams(const struct options *o)
{
	return o->writes != NULL && strcmp(o->writes, "model") != 0 &&
	    strcmp(o->reads, "none") != 0;
}

/* True if this is what it reads or writes. */
static bool
among(const char *stream, const char *const names[])
{
	while (*names != NULL && strcmp(stream, *names) != 0)
		names++;
	return *names != NULL;
}

/* True if the filter takes marks: reat-mark itself does not. */
static bool
marks(const struct options *o)
{
	return streams(o) && strcmp(o->writes, "streams") != 0;
}

/* True if the filter takes this letter. */
static bool
takes(const struct options *o, char letter)
{
	return strchr("hVk", letter) != NULL ||
	    strchr(o->letters, letter) != NULL ||
	    (letter == 'Z' && streams(o)) || (letter == 'U' && marks(o));
}

/* What the filter has in its list for a letter, or else common. */
static const char *
own(const struct option_meaning *m, char letter, const char *common)
{
	while (m != NULL && m->letter != 0 && m->letter != letter)
		m++;
	return m == NULL || m->letter == 0 ? common : m->meaning;
}

static const char *
name_of(const struct options *o, const struct letter *l)
{
	return own(o->names, l->letter, l->name);
}

/* The name of the argument, or NULL. */
static const char *
argument_of(const struct options *o, const struct letter *l)
{
	return own(o->arguments, l->letter, l->argument);
}

/*
 * What messages, -h and lists of names are made of.  Who writes them does not
 * return and cannot free it: it lives as long as the process.
 */
static struct arena *
words(void)
{
	static struct arena *arena;

	if (arena == NULL)
		arena = mem_arena();
	return arena;
}

static void
print_usage(const struct options *o, FILE *to)
{
	fprintf(to, "usage: %s [-", err_prog());
	for (int i = 0; i < N_LETTERS; i++)
		if (takes(o, letters[i].letter) &&
		    argument_of(o, &letters[i]) == NULL)
			fputc(letters[i].letter, to);
	fputc(']', to);
	for (int i = 0; i < N_LETTERS; i++)
		if (takes(o, letters[i].letter) &&
		    argument_of(o, &letters[i]) != NULL)
			fprintf(to, " [-%c %s]", letters[i].letter,
			    argument_of(o, &letters[i]));
	fprintf(to, " %s\n", o->operands);
}

static _Noreturn void
finish(void)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		die("stdout: cannot write");
	exit(STATUS_OK);
}

/* The columns of the longest "NAME ARGUMENT". */
static int
widest(const struct options *o)
{
	size_t most = 0;

	for (int i = 0; i < N_LETTERS; i++) {
		const struct letter *l = &letters[i];
		const char *argument = argument_of(o, l);
		size_t n = strlen(name_of(o, l));

		if (argument != NULL)
			n += 1 + strlen(argument);
		if (takes(o, l->letter) && n > most)
			most = n;
	}
	return (int)most;
}

static _Noreturn void
print_help(const struct options *o)
{
	int wide = widest(o);

	printf("%s: %s\n", err_prog(), o->purpose);
	if (o->reads != NULL && o->writes != NULL)
		printf("reads %s, writes %s\n", o->reads, o->writes);
	print_usage(o, stdout);
	for (int i = 0; i < N_LETTERS; i++) {
		const struct letter *l = &letters[i];
		const char *argument = argument_of(o, l);

		if (takes(o, l->letter))
			printf("  -%c, --%-*s  %s\n", l->letter, wide,
			    argument == NULL ? name_of(o, l) :
			    mem_printf(words(), "%s %s", name_of(o, l),
			    argument),
			    own(o->meanings, l->letter, l->meaning));
	}
	printf("The manual: man %s, man 7 reat\n", err_prog());
	finish();
}

/* The table for getopt_long: a row for each letter of the filter. */
static void
list_longs(const struct options *o, struct option longs[N_LETTERS + 1])
{
	size_t n = 0;

	for (int i = 0; i < N_LETTERS; i++) {
		const struct letter *l = &letters[i];

		if (takes(o, l->letter))
			longs[n++] = (struct option){name_of(o, l),
			    argument_of(o, l) != NULL ? required_argument :
			    no_argument, NULL, l->letter};
	}
	longs[n] = (struct option){0};
}

/* word, "--NAME" or "--NAME=VALUE", is not the name of one option. */
static _Noreturn void
bad_long(const struct options *o, const struct option longs[], const char *word)
{
	const char *names[N_LETTERS + 1], *like[N_LETTERS + 1], *near;
	struct text rest = text_of(word), name = text_cut(&rest, '=');
	size_t n = 0, alike = 0;

	for (; longs[n].name != NULL; n++) {
		names[n] = mem_printf(words(), "--%s", longs[n].name);
		if (strncmp(names[n], name.s, name.n) == 0)
			like[alike++] = names[n];
	}
	names[n] = like[alike] = NULL;
	if (alike > 1)
		option_usage(o, "option %.*s is ambiguous: %s",
		    TEXT_ARGS(name), text_names(words(), like, " or "));
	near = text_nearest(name, names);
	option_usage(o, "unknown option %.*s%s%s", TEXT_ARGS(name),
	    near == NULL ? "" : "; the nearest is ", near == NULL ? "" : near);
}

/* What getopt_long does not know: optopt is its letter, or 0. */
static _Noreturn void
bad_option(const struct options *o, const struct option longs[],
    const char *word)
{
	if (optopt == 0)
		bad_long(o, longs, word);
	for (; longs->name != NULL; longs++)
		if (longs->val == optopt)
			option_usage(o, "option --%s takes no "
			    "argument", longs->name);
	option_usage(o, "unknown option -%c", optopt);
}

/* The format whose name is optarg. */
static const struct compress_format *
find_format(const struct options *o)
{
	const char *name[8];
	size_t n = 0;

	for (const struct compress_format *f = compress_formats;
	    f->name != NULL; f++) {
		if (strcmp(optarg, f->name) == 0)
			return f;
		name[n++] = f->name;
	}
	name[n] = NULL;
	option_unknown(o, "option -Z:", optarg, name);
}

/* Take the options that all filters have; true if it was one of them. */
static bool
take_common(struct options *o, int c)
{
	if (c == 'k')
		o->keep_going = true;
	else if (c == 'U')
		o->marks = true;
	else if (c == 'Z')
		o->compress = find_format(o);
	else
		return false;
	return true;
}

/* The options are read: do what those say that all filters have. */
static void
obey_common(struct options *o)
{
	static const char *const text[] = {"text", "none", NULL},
	    *const kept[] = {"tok", "trace", "score", "TSV", "variants", NULL};
	const char *all = getenv("REAT_MARKS");
	bool ignore = o->reads == NULL || among(o->reads, text);

	if (all != NULL && all[0] != '\0' && marks(o))
		o->marks = true;
	mark_choose((struct mark_choice){.ignore = ignore,
	    .demand = o->marks && !ignore,
	    .write = o->marks && among(o->writes, kept),
	    .keep_going = o->keep_going});
	if (o->compress != NULL)
		pack_stdout(o->compress);
}

int
option_next(struct options *o, int argc, char *argv[])
{
	struct option longs[N_LETTERS + 1];
	char spec[80];
	int c;

	if (optind == 1)
		err_name(argv[0]);
	/* musl and macOS do not look at POSIXLY_CORRECT */
	snprintf(spec, sizeof spec, "%s:hVk%s%s%s",
	    getenv("POSIXLY_CORRECT") != NULL ? "+" : "",
	    streams(o) ? "Z:" : "", marks(o) ? "U" : "", o->letters);
	list_longs(o, longs);
	do
		c = getopt_long(argc, argv, spec, longs, NULL);
	while (take_common(o, c));
	switch (c) {
	case -1:
		obey_common(o);
		break;
	case 'h':
		print_help(o);
	case 'V':
		printf("%s (REAT) %s\n", err_prog(), REAT_VERSION);
		finish();
	case ':':
		option_usage(o, "option -%c needs an argument", optopt);
	case '?':
		bad_option(o, longs, argv[optind - 1]);
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

void
option_unknown(const struct options *o, const char *what, const char *found,
    const char *const names[])
{
	const char *near = text_nearest(text_of(found), names);

	option_usage(o, "%s \"%s\", expected %s%s%s", what, found,
	    text_names(words(), names, " or "), near == NULL ? "" :
	    "; the nearest is ", near == NULL ? "" : near);
}

/* optarg is "list", and all rows are printed, or it is no row's name. */
static _Noreturn void
no_row(const struct options *o, int letter,
    const struct option_name *const row[], size_t n)
{
	const char **name = MEM_NEW(words(), n + 1, const char *);

	for (size_t i = 0; i < n; i++)
		name[i] = row[i]->name;
	name[n] = NULL;
	if (strcmp(optarg, "list") != 0)
		option_unknown(o, mem_printf(words(), "option -%c:", letter),
		    optarg, name);
	for (size_t i = 0; i < n; i++)
		printf("%-12s %s\n", row[i]->name, row[i]->purpose);
	finish();
}

/* Returns the row whose name is optarg. */
static const struct option_name *
find_row(const struct options *o, int letter,
    const struct option_name *const row[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(optarg, row[i]->name) == 0)
			return row[i];
	no_row(o, letter, row, n);
}

const void *
option_row(const struct options *o, int letter, const void *table, size_t size)
{
	const struct option_name **row;
	const char *at = table;
	size_t n = 0;

	while (((const struct option_name *)(const void *)(at +
	    n * size))->name != NULL)
		n++;
	row = MEM_NEW(words(), n, const struct option_name *);
	for (size_t i = 0; i < n; i++)
		row[i] = (const void *)(at + i * size);
	return find_row(o, letter, row, n);
}

const void *
option_pick(const struct options *o, int letter, const void *const table[])
{
	const struct option_name **row;
	size_t n = 0;

	while (table[n] != NULL)
		n++;
	row = MEM_NEW(words(), n, const struct option_name *);
	for (size_t i = 0; i < n; i++)
		row[i] = table[i];
	return find_row(o, letter, row, n);
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
