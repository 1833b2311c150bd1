/* SPDX-License-Identifier: ISC */
/* layer: BIO tags to spans and back, names, sentences. */
#include "stream/layer.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "check.h"
#include "stream/block.h"

static struct arena *arena;
static struct output out = {.fd = -1};

#define ID "# sent_id = x\n"
/* What is between FORM and MISC in the lines below. */
#define C "\t_\t_\t_\t_\t_\t_\t_\t"
#define W(id, form, misc) id "\t" form C misc "\n"

static bool
parse(const char *s, struct block *b)
{
	return conllu_parse(arena, text_of(s), (struct place){"file", 10}, b);
}

/* A block of three words with these values of MISC. */
static bool
parse_misc(const char *const misc[3], struct block *b)
{
	return parse(mem_printf(arena, ID "1\ta" C "%s\n2\tb" C "%s\n3\tc" C
	    "%s\n", misc[0], misc[1], misc[2]), b);
}

static bool
is_written(const struct block *b, const char *expected)
{
	out.n = 0;
	conllu_write(b, &out);
	output_char(&out, '\0');
	return strcmp(out.buf, expected) == 0;
}

static void
test_spans(void)
{
	static const struct {
		const char *misc[3], *spans;
	} table[] = {
		{{"_", "_", "_"}, "1-1_ 2-2_ 3-3_ "},
		{{"p=O", "p=O", "p=O"}, "1-1_ 2-2_ 3-3_ "},
		{{"p=B-A", "p=I-A", "p=I-A"}, "1-3A "},
		{{"p=B-A", "p=B-A", "p=I-A"}, "1-1A 2-3A "},
		{{"p=B-A", "p=O", "p=B-B.c:d-e_"}, "1-1A 2-2_ 3-3B.c:d-e_ "},
		{{"p=B-A", "_", "p=B-A"}, "1-1A 2-2_ 3-3A "},
		{{"x=1|p=B-A", "p=I-A|y=2", "q=B-Z"}, "1-2A 3-3_ "},
		{{"p=I-A", "_", "_"}, NULL},
		{{"p=B-A", "p=I-B", "_"}, NULL},
		{{"p=B-A", "p=O", "p=I-A"}, NULL},
		{{"p=B-A", "_", "p=I-A"}, NULL},
		{{"p=B-", "_", "_"}, NULL},
		{{"p=B", "_", "_"}, NULL},
		{{"p=", "_", "_"}, NULL},
		{{"p=b-A", "_", "_"}, NULL},
		{{"p=E-A", "_", "_"}, NULL},
		{{"p=B-A B", "_", "_"}, NULL},
	};
	struct block b;
	struct span s[3];
	size_t n;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *const *m = table[i].misc;
		char got[100] = "";
		bool good;

		good = parse_misc(m, &b) && conllu_spans(&b, "p", s, &n);
		for (size_t k = 0; good && k < n; k++)
			snprintf(got + strlen(got), sizeof got - strlen(got),
			    "%zu-%zu%.*s ", s[k].first + 1, s[k].last + 1,
			    TEXT_ARGS(s[k].tag));
		CHECK(good ? table[i].spans != NULL &&
		    strcmp(got, table[i].spans) == 0 : table[i].spans == NULL,
		    "%s, %s, %s", m[0], m[1], m[2]);
	}
}

static void
test_names(void)
{
	struct block b;
	struct text *names;
	size_t n;

	parse(ID W("1", "a", "b=B-X|A=B-X|c=O|b=B-X") W("2", "a",
	    "d_1=I-Y|c=B-Z|e=x|f|_g=O") W("3", "a", "h=B-|i=Q"), &b);
	n = conllu_layers(&b, &names);
	CHECK(n == 4 && text_is(names[0], "b") && text_is(names[1], "c") &&
	    text_is(names[2], "d_1") && text_is(names[3], "h"),
	    "the names of layers, good or broken");
	CHECK(conllu_is_layer_name(TEXT("a_9")) &&
	    !conllu_is_layer_name(TEXT("")) && !conllu_is_layer_name(TEXT("9"))
	    && !conllu_is_layer_name(TEXT("aB")) && !conllu_is_tag(TEXT("")) &&
	    conllu_is_tag(TEXT("A.b:C-d_1")) && !conllu_is_tag(TEXT("a|b")),
	    "names and tags");
}

static void
test_set(void)
{
	struct block b;
	struct span s[3];
	size_t n;

	parse(ID W("1", "a", "p=B-X|q=1") W("2", "a", "_") W("3", "a", "p=O"),
	    &b);
	s[0] = (struct span){1, 2, TEXT("NP")};
	conllu_set_layer(&b, "p", s, 1);
	CHECK(is_written(&b, ID W("1", "a", "q=1|p=O") W("2", "a", "p=B-NP")
	    W("3", "a", "p=I-NP") "\n"), "a layer set");
	CHECK(conllu_spans(&b, "p", s, &n) && n == 2 && s[1].first == 1 &&
	    s[1].last == 2 && text_is(s[1].tag, "NP"), "and read again");
	conllu_set_layer(&b, "p", s, 0);
	CHECK(is_written(&b, ID W("1", "a", "q=1|p=O") W("2", "a", "p=O")
	    W("3", "a", "p=O") "\n"), "a layer without a chunk");
}

static void
test_numbered(void)
{
	static const struct span s[] = {
		{0, 2, {"S", 1}}, {0, 0, {"NP", 2}}, {1, 2, {"VP", 2}},
	};
	static const size_t from[] = {0, 1, 3, 3};
	struct block b;

	parse(ID W("1", "a", "d1=O|q=1|d12=B-X") W("2", "a", "_")
	    W("3", "a", "d=O|Bare|d1x=O"), &b);
	conllu_set_numbered_layers(&b, "d", s, from, 3);
	CHECK(is_written(&b, ID W("1", "a", "q=1|d1=B-S|d2=B-NP|d3=O")
	    W("2", "a", "d1=I-S|d2=B-VP|d3=O")
	    W("3", "a", "d=O|Bare|d1x=O|d1=I-S|d2=I-VP|d3=O") "\n"),
	    "numbered layers set");
	conllu_set_numbered_layers(&b, "d", s, from, 0);
	CHECK(is_written(&b, ID W("1", "a", "q=1") W("2", "a", "_")
	    W("3", "a", "d=O|Bare|d1x=O") "\n"), "and removed");
}

/* The first word that is left of a chunk begins it. */
static void
test_begin(void)
{
	static const struct {
		const char *misc[3], *keep, *begun[3];
	} table[] = {
		{{"p=B-A", "p=I-A", "p=I-A"}, "kkk",
		    {"p=B-A", "p=I-A", "p=I-A"}},
		{{"p=B-A", "x=1|p=I-A", "p=I-A"}, "-kk",
		    {"p=B-A", "x=1|p=B-A", "p=I-A"}},
		{{"p=B-A", "p=I-A", "p=I-A"}, "--k",
		    {"p=B-A", "p=I-A", "p=B-A"}},
		{{"p=B-A", "p=I-A", "p=I-A"}, "k-k",
		    {"p=B-A", "p=I-A", "p=I-A"}},
		{{"p=O", "p=B-A", "p=I-A"}, "k-k",
		    {"p=O", "p=B-A", "p=B-A"}},
		{{"p=B-A", "p=B-A", "p=I-A"}, "k-k",
		    {"p=B-A", "p=B-A", "p=B-A"}},
		{{"_", "p=B-A", "q=I-A"}, "k-k", {"_", "p=B-A", "q=I-A"}},
	};
	struct block b;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		bool keep[3], same = parse_misc(table[i].misc, &b);

		for (size_t t = 0; t < 3; t++)
			keep[t] = table[i].keep[t] == 'k';
		conllu_begin_chunks(&b, "p", keep);
		for (size_t t = 0; t < 3; t++)
			same = same && text_is(conllu_word(&b, t)[CONLLU_MISC],
			    table[i].begun[t]);
		CHECK(same, "%s, %s, %s, kept: %s", table[i].misc[0],
		    table[i].misc[1], table[i].misc[2], table[i].keep);
	}
}

static void
test_sentences(void)
{
	static const struct {
		const char *misc[3];
		size_t n, first[3];
	} table[] = {
		{{"_", "_", "_"}, 1, {0, 3}},
		{{"sentence=B-S", "sentence=I-S", "sentence=B-S"}, 2, {0, 2}},
		{{"sentence=B-S", "_", "_"}, 2, {0, 1}},
		{{"_", "sentence=O", "sentence=B-S"}, 2, {0, 2}},
		{{"sentence=B-S", "sentence=B-S", "sentence=B-S"}, 3,
		    {0, 1, 2}},
	};
	struct block b;
	size_t *first, n;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		bool good = parse_misc(table[i].misc, &b) &&
		    conllu_sentences(&b, &first, &n) && n == table[i].n &&
		    first[n] == 3;

		for (size_t k = 0; good && k < n; k++)
			good = first[k] == table[i].first[k];
		CHECK(good, "sentences of %s, %s, %s", table[i].misc[0],
		    table[i].misc[1], table[i].misc[2]);
	}
	CHECK(parse(ID, &b) && conllu_sentences(&b, &first, &n) && n == 0 &&
	    first[0] == 0, "no sentences without words");
	CHECK(parse_misc((const char *[]){"sentence=B", "_", "_"}, &b) &&
	    !conllu_sentences(&b, &first, &n), "a malformed layer");
}

int
main(void)
{
	arena = mem_arena();
	err_mute(true);
	test_spans();
	test_names();
	test_set();
	test_numbered();
	test_begin();
	test_sentences();
	mem_free(arena);
	free(out.buf);
	return check_done();
}
