/* SPDX-License-Identifier: ISC */
/*
 * block, comment, misc: a block is written as it was read, except what was
 * changed.
 */
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/misc.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "check.h"
#include "math/random.h"

static struct arena *arena;
static struct output out = {.fd = -1};
static const struct place here = {"file", 10};

/* What is between FORM and MISC in the lines below. */
#define C "\t_\t_\t_\t_\t_\t_\t_\t"
#define W(id, form, misc) id "\t" form C misc "\n"

static bool
parse(const char *s, struct block *b)
{
	return conllu_parse(arena, text_of(s), here, b);
}

static const char *
written(const struct block *b)
{
	out.n = 0;
	conllu_write(b, &out);
	output_char(&out, '\0');
	return out.buf;
}

static bool
is_written(const struct block *b, const char *expected)
{
	bool same = strcmp(written(b), expected) == 0;

	if (!same)
		printf("# got:\n# %s\n", out.buf);
	return same;
}

static const char sample[] =
    "# newdoc\n"
    "# sent_id = a b\n"
    "#label=  two words \n"
    "# text = x = y\n"
    "#\n"
    "# a # b\tc\n"
    W("1-2", "don't", "R=1")
    W("1", "do", "_")
    W("2", "n't", "k=v|Bare|phrase=B-NP|e=")
    W("2.1", "empty", "_")
    W("3", "\xe6\x97\xa5", "phrase=I-NP|x=a=b");

static struct text
misc(const struct block *b, size_t t, const char *key)
{
	return conllu_misc_value(conllu_word(b, t)[CONLLU_MISC], key);
}

static void
test_parse(void)
{
	static const char *const keys[] = {"phrase", "e", "ph", NULL};
	static const char *const notes[] = {"sent_id", "text", "newdoc",
	    NULL};
	struct text value[3];
	struct block b;
	char whole[1000];

	CHECK(parse(sample, &b), "the sample");
	snprintf(whole, sizeof whole, "%s\n", sample);
	CHECK(is_written(&b, whole), "written as it was");
	CHECK(b.T == 3 && b.lines == 6, "3 words, 5 lines and the comments");
	CHECK(text_is(b.sent_id, "a b") && text_is(b.label, "two words"),
	    "sent_id and label");
	CHECK(text_is(conllu_word(&b, 0)[CONLLU_FORM], "do") &&
	    text_is(conllu_word(&b, 2)[CONLLU_ID], "3"), "words");
	CHECK(conllu_place(&b, 0).line == 17 && conllu_place(&b, 2).line == 20,
	    "the words' lines");
	CHECK(text_is(conllu_comment(&b, "text"), "x = y") &&
	    conllu_comment_place(&b, "text").line == 13, "a comment");
	CHECK(conllu_comment(&b, "newdoc").s == NULL &&
	    conllu_comment(&b, "none").s == NULL &&
	    conllu_comment_place(&b, "none").line == 10, "no comment");
	CHECK(text_is(misc(&b, 1, "k"), "v") &&
	    text_is(misc(&b, 2, "x"), "a=b"), "MISC");
	CHECK(misc(&b, 1, "e").s != NULL &&
	    misc(&b, 1, "e").n == 0, "MISC, an empty value");
	CHECK(misc(&b, 1, "Bare").s == NULL &&
	    misc(&b, 0, "_").s == NULL &&
	    misc(&b, 1, "ph").s == NULL, "MISC, no value");
	CHECK(conllu_misc_values(&b, 1, keys, value) &&
	    text_is(value[0], "B-NP") && text_is(value[1], "") &&
	    value[2].s == NULL, "three keys of MISC at once");
	CHECK(conllu_comment_values(&b, notes, value) &&
	    text_is(value[0], "a b") && text_is(value[1], "x = y") &&
	    value[2].s == NULL, "three comments at once");
	CHECK(parse("# sent_id = x\n", &b) && b.T == 0 &&
	    is_written(&b, "# sent_id = x\n\n"), "no words");
	CHECK(parse("# sent_id = x\n" W("1", "a", "_") "2\tb" C "_", &b) &&
	    b.T == 2 && is_written(&b, "# sent_id = x\n" W("1", "a", "_")
	    W("2", "b", "_") "\n"), "no last newline");
}

static const struct {
	const char *name, *bytes;
} bad_blocks[] = {
#define ID "# sent_id = x\n"
	{"no sent_id", W("1", "a", "_")},
	{"nothing", ""},
	{"an empty sent_id", "# sent_id = \n"},
	{"a tab in sent_id", "# sent_id = a\tb\n"},
	{"two of them", ID ID},
	{"an empty label", ID "# label =\n"},
	{"two labels", ID "# label = a\n# label = b\n"},
	{"3 columns", ID "1\ta\t_\n"},
	{"9 columns", ID "1\ta\t_\t_\t_\t_\t_\t_\t_\n"},
	{"11 columns", ID "1\ta\t_\t_\t_\t_\t_\t_\t_\t_\t_\n"},
	{"an empty column", ID "1\ta\t\t_\t_\t_\t_\t_\t_\t_\n"},
	{"an empty last column", ID "1\ta\t_\t_\t_\t_\t_\t_\t_\t\n"},
	{"an empty form", ID "1\t\t_\t_\t_\t_\t_\t_\t_\t_\n"},
	{"an empty ID", ID "\ta\t_\t_\t_\t_\t_\t_\t_\t_\n"},
	{"an empty line inside", ID "\n" W("1", "a", "_")},
	{"ID 0", ID W("0", "a", "_")},
	{"ID 2 first", ID W("2", "a", "_")},
	{"ID 1 twice", ID W("1", "a", "_") W("1", "a", "_")},
	{"ID 3 second", ID W("1", "a", "_") W("3", "a", "_")},
	{"ID x", ID W("x", "a", "_")},
	{"ID -1", ID W("-1", "a", "_")},
	{"ID 1-", ID W("1-", "a", "_")},
	{"ID 1.", ID W("1.", "a", "_")},
	{"ID 1 and a blank", ID W("1 ", "a", "_")},
	{"ID 99999999999999999999", ID W("99999999999999999999", "a", "_")},
	{"range 2-3 at 1", ID W("2-3", "a", "_")},
	{"range 1-0", ID W("1-0", "a", "_") W("1", "a", "_")},
	{"ranges 1-3 and 2-3", ID W("1-3", "a", "_") W("1", "a", "_")
	    W("2-3", "b", "_") W("2", "b", "_") W("3", "c", "_")},
	{"ranges 1-2 and 1-2", ID W("1-2", "a", "_") W("1-2", "a", "_")
	    W("1", "a", "_") W("2", "b", "_")},
	{"range 1-2-3", ID W("1-2-3", "a", "_") W("1", "a", "_")},
	{"a comment after a word", ID W("1", "a", "_") "# c\n"},
	{"a comment after a range", ID W("1-2", "a", "_") "# c\n"
	    W("1", "a", "_") W("2", "a", "_")},
	{"a comment after an empty node", ID W("0.1", "a", "_") "# c\n"},
};

static void
test_edit(void)
{
	struct block b;

	parse(sample, &b);
	conllu_add_comment(&b, "reat.x", TEXT("1"));
	conllu_add_comment(&b, "reat.y", TEXT(""));
	conllu_add_misc(&b, 0, "S", TEXT("x00"));
	conllu_add_misc(&b, 2, "S", TEXT("x01"));
	CHECK(is_written(&b, "# newdoc\n# sent_id = a b\n"
	    "#label=  two words \n# text = x = y\n#\n# a # b\tc\n"
	    "# reat.x = 1\n# reat.y = \n"
	    W("1-2", "don't", "R=1") W("1", "do", "S=x00")
	    W("2", "n't", "k=v|Bare|phrase=B-NP|e=") W("2.1", "empty", "_")
	    W("3", "\xe6\x97\xa5", "phrase=I-NP|x=a=b|S=x01") "\n"),
	    "comments and MISC added");
	CHECK(conllu_comment_place(&b, "reat.x").line == 10,
	    "a comment without a line");
	conllu_drop_comments(&b, "reat.");
	conllu_drop_misc(&b, "S");
	conllu_drop_misc(&b, "Bare");
	CHECK(strncmp(written(&b), sample, sizeof sample - 1) == 0 &&
	    out.n == sizeof sample + 1, "and dropped again");
	conllu_drop_misc(&b, "k");
	conllu_drop_misc(&b, "e");
	conllu_drop_misc(&b, "phrase");
	conllu_drop_misc(&b, "x");
	conllu_drop_comments(&b, "");
	CHECK(is_written(&b, "# newdoc\n#\n# a # b\tc\n"
	    W("1-2", "don't", "R=1") W("1", "do", "_") W("2", "n't", "Bare")
	    W("2.1", "empty", "_") W("3", "\xe6\x97\xa5", "_") "\n"),
	    "everything with a key dropped");
	conllu_add_comment(&b, "late", TEXT("x"));
	CHECK(is_written(&b, "# newdoc\n#\n# a # b\tc\n# late = x\n"
	    W("1-2", "don't", "R=1") W("1", "do", "_") W("2", "n't", "Bare")
	    W("2.1", "empty", "_") W("3", "\xe6\x97\xa5", "_") "\n") &&
	    text_is(conllu_word(&b, 2)[CONLLU_FORM], "\xe6\x97\xa5"),
	    "a comment added before the words");
}

static void
test_comments(void)
{
	static const char many[] = "# a = 1\n# sent_id = x\n# b=2\n# c = 3\n"
	    "# b = 4\n#\n# a.b = 5\n" W("1", "w", "_") W("2", "v", "_");
	struct block b;

	parse(many, &b);
	conllu_set_comment(&b, "b", TEXT("22"));
	conllu_set_comment(&b, "b", TEXT("23"));
	conllu_set_comment(&b, "a", TEXT("11"));
	conllu_set_comment(&b, "a.b", TEXT(""));
	CHECK(is_written(&b, "# a = 11\n# sent_id = x\n# b=23\n# c = 3\n"
	    "# b = 4\n#\n# a.b =\n" W("1", "w", "_") W("2", "v", "_") "\n"),
	    "values changed");
	CHECK(conllu_comment_count(&b, "b") == 2 &&
	    conllu_comment_place(&b, "a").line == 10 &&
	    conllu_comment_place(&b, "sent_id").line == 11 &&
	    conllu_comment_place(&b, "b").line == 12 &&
	    conllu_comment_place(&b, "c").line == 13 &&
	    conllu_comment_place(&b, "a.b").line == 16 &&
	    conllu_place(&b, 1).line == 18, "comments keep their lines");
	parse(many, &b);
	conllu_drop_comments(&b, "b");
	CHECK(is_written(&b, "# a = 1\n# sent_id = x\n# c = 3\n#\n"
	    "# a.b = 5\n" W("1", "w", "_") W("2", "v", "_") "\n") &&
	    conllu_comment_place(&b, "c").line == 13 &&
	    conllu_comment_place(&b, "a.b").line == 16, "some dropped");
	conllu_drop_comments(&b, "a");
	CHECK(is_written(&b, "# sent_id = x\n# c = 3\n#\n"
	    W("1", "w", "_") W("2", "v", "_") "\n") &&
	    conllu_comment_place(&b, "c").line == 13, "the first and the last");
	parse("#a=\n#b=\n#a=\n#\n#a=\n# sent_id = x\n#a=", &b);
	conllu_drop_comments(&b, "a");
	CHECK(is_written(&b, "#b=\n#\n# sent_id = x\n\n"),
	    "more pieces than lines");
}

/* Bytes are changed at random: what can be parsed is written as it was read. */
static void
test_mutants(void)
{
	struct random r = random_seeded(3, 3);
	char s[sizeof sample], back[sizeof sample + 2];
	size_t parsed = 0, wrong = 0;

	for (int i = 0; i < 20000; i++) {
		struct block b;
		size_t n = sizeof sample - 1;

		memcpy(s, sample, n);
		for (uint32_t k = random_below(&r, 4); k < 4; k++)
			s[random_below(&r, (uint32_t)n)] =
			    "\t\n#=|-.12_ a"[random_below(&r, 12)];
		if (!conllu_parse(arena, (struct text){s, n}, here, &b))
			continue;
		parsed++;
		memcpy(back, s, n);
		if (s[n - 1] != '\n')
			back[n++] = '\n';
		back[n++] = '\n';
		written(&b);
		wrong += out.n != n + 1 || memcmp(out.buf, back, n) != 0;
		if (i % 100 == 0)
			mem_reset(arena);
	}
	CHECK(parsed > 1000 && wrong == 0, "of 20,000 mutants %zu parse, and "
	    "are written as they were", parsed);
}

int
main(void)
{
	struct block b;

	arena = mem_arena();
	err_mute(true);
	test_parse();
	for (size_t i = 0; i < sizeof bad_blocks / sizeof *bad_blocks; i++)
		CHECK(!parse(bad_blocks[i].bytes, &b), "bad: %s",
		    bad_blocks[i].name);
	test_edit();
	test_comments();
	test_mutants();
	mem_free(arena);
	free(out.buf);
	return check_done();
}
