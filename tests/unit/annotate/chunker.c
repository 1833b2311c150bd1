/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "annotate/chunker.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "check.h"
#include "stream/block.h"
#include "stream/layer.h"

static struct arena *arena;

/* Write the rules to a file and read it; NULL if they are wrong. */
static struct chunker *
rules(const char *text, int *status)
{
	char path[] = "/tmp/reat-chunker-XXXXXX";
	int fd = mkstemp(path);
	struct output o = output_to(fd, path);
	struct chunker *c;

	output_string(&o, text);
	output_done(&o, 0);
	*status = -1;
	c = chunker_open(path, status);
	unlink(path);
	return c;
}

/* Rules of one level x with one rule, whose tag is A. */
static struct chunker *
rule(const char *pattern, int *status)
{
	return rules(mem_printf(arena, "tags: {NN: N, '.': PUN}\nlevels:\n"
	    "  x:\n    - tag: A\n      pattern: '%s'\n", pattern), status);
}

/* A block of words form/UPOS/XPOS, which blanks separate. */
static struct block *
block(const char *words)
{
	struct block *b = MEM_NEW(arena, 1, struct block);
	struct output o = output_to(-1, "block");
	struct text rest = text_of(words);
	char *raw;

	output_string(&o, "# sent_id = 1\n");
	for (size_t t = 1; rest.n > 0; t++) {
		struct text word = text_cut(&rest, ' ');
		struct text form = text_cut(&word, '/');
		struct text upos = text_cut(&word, '/');

		output_printf(&o, "%zu\t", t);
		output_text(&o, form);
		output_printf(&o, "\t_\t%.*s\t%.*s\t_\t_\t_\t_\t_\n",
		    TEXT_ARGS(upos), TEXT_ARGS(word));
	}
	raw = mem_alloc(arena, o.n, 1);
	memcpy(raw, o.buf, o.n);
	if (!conllu_parse(arena, (struct text){raw, o.n},
	    (struct place){"block", 1}, b))
		exit(1);
	output_done(&o, 0);
	return b;
}

/* The chunks of level x as "0-1 3-3", or "limit". */
static const char *
spans(struct chunker *c, struct block *b)
{
	struct span *s = MEM_NEW(arena, b->T, struct span);
	const char *list = "";
	size_t n;

	if (!chunker_run(c, b))
		return "limit";
	if (!conllu_spans(b, "x", s, &n))
		return "no layer";
	for (size_t i = 0; i < n; i++)
		if (!text_is(s[i].tag, "_"))
			list = mem_printf(arena, "%s%s%zu-%zu", list,
			    list[0] != '\0' ? " " : "", s[i].first, s[i].last);
	return list;
}

static const struct {
	const char *pattern, *expected;
} cases[] = {
	/* 0 The/DET/DT 1 old/ADJ/JJ 2 Dog/NOUN/NN 3 ||PUNCT/. 4 but/CCONJ/CC
	 * 5 N/X/FW 6 dog/NOUN/NN 7 >\/X/: */
	{"<N>", "2-2 6-6"},
	{"<NOUN>", "2-2 6-6"},
	{"<NN>", "2-2 6-6"},
	{"<N|NOUN|NN>", "2-2 6-6"},
	{"<coarse:N>", "2-2 6-6"},
	{"<upos:N>", ""},
	{"<xpos:NN|DT>", "0-0 2-2 6-6"},
	{"<form:dog>", "6-6"},
	{"<lower:dog>", "2-2 6-6"},
	{"<lower:dog|but>+", "2-2 4-4 6-6"},
	{"<!NOUN>+", "0-1 3-5 7-7"},
	{"<!NOUN|JJ>+", "0-0 3-5 7-7"},
	{"<!form:dog>+", "0-5 7-7"},
	{"< NOUN | ADJ > +", "1-2 6-6"},
	{"<form:\\|>", "3-3"},
	{"<form:\\>\\\\>", "7-7"},
	{"<xpos::>", "7-7"},
	{"<:>", "7-7"},
	{"<\\:>", "7-7"},
	{"<\\!>", ""},
	{"<PUN>", "3-3"},
	{".", "0-0 1-1 2-2 3-3 4-4 5-5 6-6 7-7"},
	{".*", "0-7"},
	{"<N>*", "2-2 6-6"},		/* empty matches do not count */
	{"<N>*|<JJ>", "1-1 2-2 6-6"},	/* and do not hide others */
	{"^.", "0-0"},
	{".$", "7-7"},
	{"<N>$", ""},
	{".{3}", "0-2 3-5"},
	{".{ 3 , 4 }", "0-3 4-7"},
	{".{3,}", "0-7"},
	{".{2,3}?", "0-1 2-3 4-5 6-7"},
	{".*+<X>", ""},
	{"<ADJ>(?=<N>)", "1-1"},
	{"<!ADJ>(?!<N>)", "0-0 2-2 3-3 4-4 6-6 7-7"},
	{"(?<=<ADJ>)<N>", "2-2"},
	{"(?<!<ADJ>)<N>", "6-6"},
	{"(?:<DT>|<JJ>)+(<NN>)", "0-2"},
	{"<absent>?<JJ>", "1-1"},
	{"<N>(?<=<lower:dog>)(?<!<form:Dog>)", "6-6"},
};

static const char *const wrong[] = {
	"", " ", "<A", "A", "<A>)|(?:<B>", "(<A>", "(*ACCEPT)", "(?#x)<A>",
	"(?P<n><A>)", "(?>.)", "(?1)", "(?i)<A>", "\\1", "<A>\\b", "[<A>]",
	"*", "<A>**", "<A>+*", "<A>{2}{2}", "(+<A>)", "|*<A>", "^*", "<A>{2",
	"<A>{x}", "<A>{}", "<A>{,2}", "<A>{3,2}", "<A>{65536}", "{2}", "5",
	"<A>,<B>", "( ?<A>)", "(?<=<A>*)<B>", "<>", "<!>", "<A|>", "<|A>",
	"<what:A>", "<form:>", "<lower:But>", "<A\\q>", "<A\\>", "<A<B>>",
	"(((<A>{1,500}){500}){500}){500}",
};

static void
check_patterns(void)
{
	const char *words = "The/DET/DT old/ADJ/JJ Dog/NOUN/NN |/PUNCT/. "
	    "but/CCONJ/CC N/X/FW dog/NOUN/NN >\\/X/:";
	int status;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct chunker *c = rule(cases[i].pattern, &status);
		const char *got = c == NULL ? "no rules" :
		    spans(c, block(words));

		CHECK(strcmp(got, cases[i].expected) == 0,
		    "%s chunks \"%s\": \"%s\"", cases[i].pattern,
		    cases[i].expected, got);
		if (c != NULL)
			chunker_close(c);
	}
	err_mute(true);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK(rule(wrong[i], &status) == NULL && status == 1,
		    "\"%s\" is refused", wrong[i]);
	err_mute(false);
}

/* 1000 atoms, 143 bytes a token: each tag is found at its own word. */
static void
check_many_atoms(void)
{
	enum { N = 1000 };
	struct output o = output_to(-1, "rules"), w = output_to(-1, "words");
	struct span s[N];
	struct chunker *c;
	struct block *b;
	size_t n = 0, good = 0;
	int status;

	output_string(&o, "levels:\n  x:\n");
	for (int i = 0; i < N; i++) {
		output_printf(&o, "  - {tag: T%d, pattern: <w%d>}\n", i, i);
		output_printf(&w, "%s%d/w%d/_", i > 0 ? " " : "", i,
		    (i * 7) % N);
	}
	output_char(&o, '\0');
	output_char(&w, '\0');
	c = rules(o.buf, &status);
	b = block(w.buf);
	CHECK(c != NULL && chunker_run(c, b) && conllu_spans(b, "x", s, &n) &&
	    n == N, "%d atoms chunk %zu words", N, n);
	for (size_t i = 0; i < n; i++)
		good += s[i].first == i && s[i].last == i &&
		    text_is(s[i].tag, mem_printf(arena, "T%zu", i * 7 % N));
	CHECK(good == N, "%zu of them with the right tag", good);
	if (c != NULL)
		chunker_close(c);
	free(o.buf);
	free(w.buf);
}

/* More kinds of tokens than are remembered, twice, and very long tokens. */
static void
check_memory(void)
{
	enum { N = 40000, LONG = 70000 };
	struct output w = output_to(-1, "words");
	int status;
	struct chunker *c = rule("<form:w7|w39999|w17000> (?=<lower:x>)",
	    &status);
	const char *got;

	for (int i = 0; i < 2 * N; i++)
		output_printf(&w, "w%d/_/_ x/_/_ ", i % N);
	for (int i = 0; i < LONG; i++)
		output_char(&w, 'y');
	output_string(&w, "/_/_ w7/_/_ x/_/_");
	output_char(&w, '\0');
	got = spans(c, block(w.buf));
	CHECK(strcmp(got, "14-14 34000-34000 79998-79998 80014-80014 "
	    "114000-114000 159998-159998 160001-160001") == 0,
	    "40,000 kinds of words: %s", got);
	chunker_close(c);
	free(w.buf);
}

/* A group that repeats through a long text needs more than JIT's own stack. */
static void
check_long(void)
{
	enum { N = 200000 };
	struct output w = output_to(-1, "words");
	int status;
	struct chunker *c = rule("(<A><B>|<B><A>)*", &status);
	const char *got;

	for (int i = 0; i < N; i++)
		output_printf(&w, "w/%c/_%s", i % 2 ? 'B' : 'A',
		    i + 1 < N ? " " : "");
	output_char(&w, '\0');
	got = spans(c, block(w.buf));
	CHECK(strcmp(got, "0-199999") == 0, "one chunk of %d words: %s", N,
	    got);
	chunker_close(c);
	free(w.buf);
}

static void
check_catastrophe(void)
{
	static const char *const endless[] = {
		"(<A>+)+<B>", "(<A>|<A>)*<B>", "(<A>*)*<B>",
		"(?=(<A>+)+<B>)<A>", "<A>*<A>*<A>*<A>*<A>*<A>*<B>",
	};
	struct output w = output_to(-1, "words");
	const char *words;

	for (int i = 0; i < 300; i++)
		output_string(&w, "a/A/_ ");
	output_string(&w, "a/A/_");
	output_char(&w, '\0');
	words = w.buf;
	err_mute(true);
	for (size_t i = 0; i < sizeof endless / sizeof *endless; i++) {
		int status;
		struct chunker *c = rule(endless[i], &status);
		clock_t start = clock();
		const char *got = spans(c, block(words));
		double ms = 1e3 * (double)(clock() - start) / CLOCKS_PER_SEC;

		CHECK(strcmp(got, "limit") == 0 && ms < 2000,
		    "%s stops: %s in %.0f ms", endless[i], got, ms);
		chunker_close(c);
	}
	err_mute(false);
	free(w.buf);
}

/* Chunks stay in spans of `within`; adjacent words outside are one part. */
static void
check_within(void)
{
	int status;
	struct chunker *c = rules("within: s\nlevels:\n  x:\n"
	    "    - {tag: A, pattern: '^.'}\n    - {tag: B, pattern: .+}\n",
	    &status);
	struct block *b = block("a/_/_ b/_/_ c/_/_ d/_/_ e/_/_ f/_/_");
	const struct span s[] = {{0, 1, TEXT("S")}, {4, 4, TEXT("S")}};

	CHECK(strcmp(spans(c, b), "0-0 1-5") == 0, "without the layer");
	conllu_set_layer(b, "s", s, 2);
	CHECK(strcmp(spans(c, b), "0-0 1-1 2-2 3-3 4-4 5-5") == 0,
	    "inside its spans: %s", spans(c, b));
	chunker_close(c);
}

int
main(void)
{
	arena = mem_arena();
	check_patterns();
	check_many_atoms();
	check_memory();
	check_long();
	check_catastrophe();
	check_within();
	mem_free(arena);
	return check_done();
}
