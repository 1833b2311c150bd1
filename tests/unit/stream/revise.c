/* SPDX-License-Identifier: ISC */
/* revise: removed and replaced words, ids, ranges, layers and offsets. */
#include "stream/revise.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "check.h"
#include "math/random.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/misc.h"

static struct arena *arena;

#define W(id, form, misc) id "\t" form "\t_\t_\t_\t_\t_\t_\t_\t" misc "\n"

/*
 * pattern has a letter for each word: k keeps it, - removes it, r replaces it
 * by "new".  True if the block becomes what is expected.
 */
static bool
becomes(const char *block, const char *pattern, const char *expected)
{
	struct block b, other, copy;
	struct output o = output_to(-1, NULL), again = output_to(-1, NULL);
	const struct revise_source *source;
	size_t T = strlen(pattern);
	bool keep[16], opposite[16], same;
	struct text form[16];

	if (!conllu_parse(arena, text_of(block), (struct place){"x", 1}, &b) ||
	    b.T != T)
		return false;
	for (size_t t = 0; t < T; t++) {
		keep[t] = pattern[t] != '-';
		opposite[t] = !keep[t];
		form[t] = pattern[t] == 'r' ? TEXT("new") :
		    (struct text){NULL, 0};
	}
	/* a copy, after another copy of the same text was revised */
	source = revise_read(&b);
	conllu_copy(arena, &b, &other);
	revise_copy(source, &other, opposite, NULL);
	conllu_copy(arena, &b, &copy);
	revise_copy(source, &copy, keep, form);
	conllu_write(&copy, &again);
	revise(&b, keep, form);
	conllu_write(&b, &o);
	output_char(&o, '\0');
	same = strcmp(o.buf, expected) == 0;
	if (!same)
		printf("# got:\n%s# expected:\n%s", o.buf, expected);
	if (again.n != o.n - 1 || memcmp(again.buf, o.buf, again.n) != 0) {
		printf("# the copy:\n%.*s", (int)again.n, again.buf);
		same = false;
	}
	output_done(&again, 0);
	output_done(&o, 0);
	return same;
}

#define HEAD "# sent_id = x\n# label = l\n"

static const char plain[] = HEAD
    "# text = It's \"f\xc3\xbcn\", no.\n"
    W("1", "It", "TokenRange=0:2") W("2", "'s", "TokenRange=2:4")
    W("3", "``", "TokenRange=5:6") W("4", "f\xc3\xbcn", "TokenRange=6:9")
    W("5", "''", "TokenRange=9:10") W("6", ",", "TokenRange=10:11")
    W("7", "no", "TokenRange=12:14") W("8", ".", "TokenRange=14:15");

static void
test_text(void)
{
	CHECK(becomes(plain, "kkk-kkkk", HEAD "# text = It's \"\", no.\n"
	    W("1", "It", "TokenRange=0:2") W("2", "'s", "TokenRange=2:4")
	    W("3", "``", "TokenRange=5:6") W("4", "''", "TokenRange=6:7")
	    W("5", ",", "TokenRange=7:8") W("6", "no", "TokenRange=9:11")
	    W("7", ".", "TokenRange=11:12") "\n"), "a word is removed");
	CHECK(becomes(plain, "---kk---", HEAD "# text = f\xc3\xbcn\"\n"
	    W("1", "f\xc3\xbcn", "TokenRange=0:3")
	    W("2", "''", "TokenRange=3:4") "\n"), "both ends are removed");
	CHECK(becomes(plain, "k-----k-", HEAD "# text = It no\n"
	    W("1", "It", "TokenRange=0:2")
	    W("2", "no", "TokenRange=3:5") "\n"), "one blank is left");
	CHECK(becomes(plain, "--------", HEAD "# text =\n\n"), "no word left");
	CHECK(becomes(plain, "---r--k-", HEAD "# text = new no\n"
	    W("1", "new", "TokenRange=0:3")
	    W("2", "no", "TokenRange=4:6") "\n"), "a new word");
	CHECK(becomes(HEAD "# text = a b\n" W("1", "a", "TokenRange=0:1|x=1")
	    W("2", "b", "TokenRange=2:9"), "rk", HEAD "# text = new b\n"
	    W("1", "new", "x=1") W("2", "b", "_") "\n"), "a false range");
	CHECK(becomes(HEAD W("1", "a", "TokenRange=0:1") W("2", "b", "_"),
	    "-k", HEAD W("1", "b", "_") "\n"), "no text");
	CHECK(becomes("# text =\n" HEAD W("1", "a", "_") W("2", "b",
	    "SpaceAfter=No") W("3", ".", "_"), "-kk", "# text = b.\n" HEAD
	    W("1", "b", "SpaceAfter=No") W("2", ".", "_") "\n"),
	    "forms, and SpaceAfter");
	CHECK(becomes("# text = a, b\n" HEAD W("1", "a", "SpaceAfter=No")
	    W("2", ",", "_") W("3", "b", "_"), "k-k", "# text = a b\n" HEAD
	    W("1", "a", "_") W("2", "b", "_") "\n"),
	    "the blank after a word that is removed");
}

/* SpaceAfter is that of the new text. */
static void
test_spaces(void)
{
	const char *block = HEAD "# text = Good in town, why?\n"
	    W("1", "Good", "_") W("2", "in", "_")
	    W("3", "town", "SpaceAfter=No") W("4", ",", "_")
	    W("5", "why", "K=v|SpaceAfter=No") W("6", "?", "_");

	CHECK(becomes(block, "kkk-k-", HEAD "# text = Good in town why\n"
	    W("1", "Good", "_") W("2", "in", "_") W("3", "town", "_")
	    W("4", "why", "K=v") "\n"), "a blank follows now");
	CHECK(becomes(block, "--kk--", HEAD "# text = town,\n"
	    W("1", "town", "SpaceAfter=No") W("2", ",", "_") "\n"),
	    "a blank follows still");
	CHECK(becomes(block, "----k-", HEAD "# text = why\n"
	    W("1", "why", "K=v") "\n"), "a blank follows the text");
	CHECK(becomes(HEAD "# text = a-c.\n"
	    W("1", "a", "SpaceAfter=No|TokenRange=0:1")
	    W("2", "-", "SpaceAfter=No|TokenRange=1:2")
	    W("3", "c", "SpaceAfter=No|TokenRange=2:3")
	    W("4", ".", "SpaceAfter=No|TokenRange=3:4"), "k-k-",
	    HEAD "# text = ac\n"
	    W("1", "a", "SpaceAfter=No|TokenRange=0:1")
	    W("2", "c", "SpaceAfter=No|TokenRange=1:2") "\n"),
	    "no blank follows, also not the text");
	CHECK(becomes(HEAD "# text = can't, no\n"
	    W("1-2", "can't", "SpaceAfter=No") W("1", "ca", "_")
	    W("2", "n't", "_") W("3", ",", "_") W("4", "no", "_"), "rkkk",
	    HEAD "# text = new n't, no\n" W("1", "new", "_")
	    W("2", "n't", "SpaceAfter=No") W("3", ",", "_")
	    W("4", "no", "_") "\n"), "a removed range has no blank after it");
	CHECK(becomes(HEAD "# text = can't!, no\n"
	    W("1-2", "can't", "SpaceAfter=No") W("1", "ca", "_")
	    W("2", "n't", "_") W("3", "!", "SpaceAfter=No") W("4", ",", "_")
	    W("5", "no", "_"), "kk--k",
	    HEAD "# text = can't no\n" W("1-2", "can't", "_")
	    W("1", "ca", "_") W("2", "n't", "_") W("3", "no", "_") "\n"),
	    "a range that is kept has it for its words");
	CHECK(becomes(HEAD W("1", "a", "SpaceAfter=No") W("2", ",", "_")
	    W("3", "b", "_"), "k-k", HEAD W("1", "a", "_") W("2", "b", "_")
	    "\n"), "no text");
	CHECK(becomes(plain, "k-kkkkkk", HEAD "# text = It \"f\xc3\xbcn\", no."
	    "\n" W("1", "It", "TokenRange=0:2")
	    W("2", "``", "TokenRange=3:4") W("3", "f\xc3\xbcn",
	    "TokenRange=4:7") W("4", "''", "TokenRange=7:8") W("5", ",",
	    "TokenRange=8:9") W("6", "no", "TokenRange=10:12")
	    W("7", ".", "TokenRange=12:13") "\n"),
	    "a block without SpaceAfter gets none");
}

/* Offsets of a sentence within a longer text, and those of Stanza. */
static void
test_bases(void)
{
	const char *udpipe = HEAD "# text = A good film.\n"
	    W("1", "A", "TokenRange=10:11") W("2", "good", "TokenRange=12:16")
	    W("3", "film", "SpaceAfter=No|TokenRange=17:21")
	    W("4", ".", "SpaceAfter=No|TokenRange=21:22");
	const char *stanza = HEAD "# text = It is good\n"
	    W("1", "It", "start_char=0|end_char=2")
	    W("2", "is", "start_char=3|end_char=5")
	    W("3", "good", "start_char=6|end_char=10");
	const char *range = HEAD "# text = isn't it\n"
	    W("1-2", "isn't", "start_char=70|end_char=75") W("1", "is", "_")
	    W("2", "n't", "K=v") W("3", "it", "start_char=76|end_char=78");

	CHECK(becomes(udpipe, "krkk", HEAD "# text = A new film.\n"
	    W("1", "A", "TokenRange=10:11") W("2", "new", "TokenRange=12:15")
	    W("3", "film", "SpaceAfter=No|TokenRange=16:20")
	    W("4", ".", "SpaceAfter=No|TokenRange=20:21") "\n"),
	    "offsets in a file");
	CHECK(becomes(udpipe, "-kk-", HEAD "# text = good film\n"
	    W("1", "good", "TokenRange=10:14")
	    W("2", "film", "SpaceAfter=No|TokenRange=15:19") "\n"),
	    "the new text has the place of the old one");
	CHECK(becomes(stanza, "rkr", HEAD "# text = new is new\n"
	    W("1", "new", "start_char=0|end_char=3")
	    W("2", "is", "start_char=4|end_char=6")
	    W("3", "new", "start_char=7|end_char=10") "\n"), "Stanza");
	CHECK(becomes(range, "rkk", HEAD "# text = new n't it\n"
	    W("1", "new", "start_char=70|end_char=73")
	    W("2", "n't", "K=v|start_char=74|end_char=77")
	    W("3", "it", "start_char=78|end_char=80") "\n"),
	    "the words of a range get its keys");
	CHECK(becomes(HEAD "# text = a b\n" W("1", "a", "start_char=5")
	    W("2", "b", "start_char=7|end_char=8"), "rk",
	    HEAD "# text = new b\n" W("1", "new", "_") W("2", "b", "_")
	    "\n"), "half of the keys are none");
}

static void
test_layers(void)
{
	const char *block = HEAD
	    W("1", "a", "p=B-X|q=O") W("2", "b", "p=I-X|q=B-Y")
	    W("3", "c", "p=I-X|q=I-Y") W("4", "d", "p=B-X|q=I-Y")
	    W("5", "e", "p=I-X|q=O");

	CHECK(becomes(block, "-kkkk", HEAD
	    W("1", "b", "p=B-X|q=B-Y") W("2", "c", "p=I-X|q=I-Y")
	    W("3", "d", "p=B-X|q=I-Y") W("4", "e", "p=I-X|q=O") "\n"),
	    "a chunk's second word begins it");
	CHECK(becomes(block, "--k-k", HEAD
	    W("1", "c", "p=B-X|q=B-Y") W("2", "e", "p=B-X|q=O") "\n"),
	    "two chunks of one tag stay two");
	CHECK(becomes(block, "k-kkk", HEAD
	    W("1", "a", "p=B-X|q=O") W("2", "c", "p=I-X|q=B-Y")
	    W("3", "d", "p=B-X|q=I-Y") W("4", "e", "p=I-X|q=O") "\n"),
	    "the middle of a chunk is removed");
}

#define U(id, form, head, role, deps) id "\t" form "\t" form \
    "\t_\tT\tF=1\t" head "\t" role "\t" deps "\tK=" id "\n"

static void
test_ids(void)
{
	const char *block = HEAD
	    U("1", "a", "2", "x", "2:x|4:y") U("2", "b", "0", "root", "0:root")
	    U("3-4", "don't", "_", "_", "_")
	    U("3", "do", "2", "y", "2.1:z") U("4", "n't", "3", "z", "_")
	    U("4.1", "e", "_", "_", "4:e") U("5", "c", "3", "w", "4.1:q");

	CHECK(becomes(block, "k-kkk", HEAD
	    "1\ta\ta\t_\tT\tF=1\t0\troot\t0:root|3:y\tK=1\n"
	    "2-3\tdon't\tdon't\t_\tT\tF=1\t_\t_\t_\tK=3-4\n"
	    "2\tdo\tdo\t_\tT\tF=1\t1\tdep\t1:dep\tK=3\n"
	    "3\tn't\tn't\t_\tT\tF=1\t2\tz\t_\tK=4\n"
	    "3.1\te\te\t_\tT\tF=1\t_\t_\t3:e\tK=4.1\n"
	    "4\tc\tc\t_\tT\tF=1\t2\tw\t3.1:q\tK=5\n\n"),
	    "heads and ranges are renumbered");
	CHECK(becomes(block, "kkk-k", HEAD
	    U("1", "a", "2", "x", "2:x|3:dep")
	    U("2", "b", "0", "root", "0:root")
	    "3\tdo\tdo\t_\tT\tF=1\t2\ty\t2.1:z\tK=3\n"
	    "4\tc\tc\t_\tT\tF=1\t3\tw\t3:dep\tK=5\n\n"),
	    "a changed range and an empty node are removed");
	CHECK(becomes(HEAD "# reat.model = m\n# reat.source = s\n"
	    U("1", "a", "0", "x", "_") W("2", "b", "S=x3f800000"), "rk",
	    HEAD "# reat.source = s\n"
	    "1\tnew\t_\t_\tT\tF=1\t0\tx\t_\tK=1\n" W("2", "b", "_") "\n"),
	    "a trace and a lemma are removed");
}

#define H(id, form, head, role, deps) id "\t" form "\t_\t_\t_\t_\t" head \
    "\t" role "\t" deps "\t_\n"

/* Words whose head is removed hang on the next one above. */
static void
test_heads(void)
{
	const char *tree = HEAD H("1", "The", "3", "det", "3:det")
	    H("2", "old", "3", "amod", "3:amod|4:x")
	    H("3", "film", "5", "nsubj", "5:nsubj")
	    H("4", "is", "5", "cop", "5:cop")
	    H("5", "bad", "0", "root", "0:root")
	    H("5.1", "so", "_", "_", "3:e|5:f");
	const char *circle = HEAD H("1", "a", "2", "x", "2:x")
	    H("2", "b", "3", "x", "_") H("3", "c", "2", "x", "_")
	    H("4", "d", "_", "_", "_") H("5", "e", "4", "x", "4:x|9:y");

	CHECK(becomes(tree, "kk-kk", HEAD H("1", "The", "4", "dep", "4:dep")
	    H("2", "old", "4", "dep", "3:x|4:dep")
	    H("3", "is", "4", "cop", "4:cop")
	    H("4", "bad", "0", "root", "0:root")
	    H("4.1", "so", "_", "_", "4:f") "\n"), "the next one above");
	CHECK(becomes(tree, "kkkk-", HEAD H("1", "The", "3", "det", "3:det")
	    H("2", "old", "3", "amod", "3:amod|4:x")
	    H("3", "film", "0", "root", "0:root")
	    H("4", "is", "3", "dep", "3:dep") "\n"), "another root");
	CHECK(becomes(tree, "kk---", HEAD H("1", "The", "0", "root", "0:root")
	    H("2", "old", "1", "dep", "1:dep") "\n"), "two words above");
	CHECK(becomes(circle, "k--k-", HEAD H("1", "a", "_", "_", "_")
	    H("2", "d", "_", "_", "_") "\n"), "a circle has no way up");
	CHECK(becomes(circle, "kkk-k", HEAD H("1", "a", "2", "x", "2:x")
	    H("2", "b", "3", "x", "_") H("3", "c", "2", "x", "_")
	    H("4", "e", "_", "_", "9:y") "\n"), "a head without a head");
	CHECK(becomes(HEAD H("1", "a", "2", "x", "2:x|")
	    H("2", "b", "_", "_", "_"), "k-", HEAD
	    H("1", "a", "_", "_", "_") "\n"), "a head of no bytes");
}

/* The only TokenRange of some words is that of their range. */
static void
test_range_lines(void)
{
	const char *block = "# sent_id = x\n"
	    "# text = (va (dunque)) al d\xc3\xac\n"
	    W("1", "va", "TokenRange=1:3") W("2", "(", "TokenRange=4:5")
	    W("3-4", "dunque", "TokenRange=5:11|SpaceAfter=No")
	    W("3", "dun", "_") W("4", "que", "K=v")
	    W("5", ")", "TokenRange=11:12") W("6-7", "al", "TokenRange=14:16")
	    W("6", "a", "_") W("7", "il", "_")
	    W("8", "d\xc3\xac", "TokenRange=17:19");

	CHECK(becomes(block, "-kkkkkkk",
	    "# sent_id = x\n# text = (dunque)) al d\xc3\xac\n"
	    W("1", "(", "TokenRange=0:1|SpaceAfter=No")
	    W("2-3", "dunque", "TokenRange=1:7|SpaceAfter=No")
	    W("2", "dun", "_") W("3", "que", "K=v")
	    W("4", ")", "TokenRange=7:8") W("5-6", "al", "TokenRange=10:12")
	    W("5", "a", "_") W("6", "il", "_")
	    W("7", "d\xc3\xac", "TokenRange=13:15") "\n"),
	    "ranges that are kept have new offsets");
	CHECK(becomes(block, "kkk-kk-k",
	    "# sent_id = x\n# text = (va (dun)) a d\xc3\xac\n"
	    W("1", "va", "TokenRange=1:3")
	    W("2", "(", "TokenRange=4:5|SpaceAfter=No")
	    W("3", "dun", "TokenRange=5:8|SpaceAfter=No")
	    W("4", ")", "TokenRange=8:9")
	    W("5", "a", "TokenRange=11:12")
	    W("6", "d\xc3\xac", "TokenRange=13:15") "\n"),
	    "words of removed ranges get offsets");
	CHECK(becomes(block, "kk--kr--",
	    "# sent_id = x\n# text = (va ()) new\n"
	    W("1", "va", "TokenRange=1:3")
	    W("2", "(", "TokenRange=4:5|SpaceAfter=No")
	    W("3", ")", "TokenRange=5:6")
	    W("4", "new", "TokenRange=8:11") "\n"),
	    "a range is removed, a word replaced");
	CHECK(becomes(block, "---k-rk-",
	    "# sent_id = x\n# text = que) new il\n"
	    W("1", "que", "K=v|TokenRange=0:3")
	    W("2", "new", "TokenRange=5:8")
	    W("3", "il", "TokenRange=9:11") "\n"),
	    "the forms of a removed range are separated");
	CHECK(becomes("# sent_id = x\n# text = al d\n"
	    W("1-2", "al", "TokenRange=0:2") W("1", "a", "TokenRange=0:1")
	    W("2", "il", "_") W("3", "d", "TokenRange=3:4"), "-kk",
	    "# sent_id = x\n# text = il d\n" W("1", "il", "_")
	    W("2", "d", "_") "\n"), "a range and a word of it have one");
}

/* True if the text has the form of the line at its TokenRange, if any. */
static bool
holds(struct text text, const struct text *column)
{
	struct text range = conllu_misc_value(column[CONLLU_MISC],
	    "TokenRange"), head;
	size_t first, end, from = 0, to = 0;
	uint32_t code;

	if (range.s == NULL)
		return true;
	head = text_cut(&range, ':');
	if (!text_to_size(head, &first) || !text_to_size(range, &end))
		return false;
	for (size_t k = 0; k < end; k++) {
		if (k == first)
			from = to;
		if (to == text.n)
			return false;
		to += utf8_decode((struct text){text.s + to, text.n - to},
		    &code);
	}
	return text_equal(column[CONLLU_FORM], (struct text){text.s + from,
	    to - from});
}

/* How many words have a TokenRange, or are in a range that has one. */
static size_t
placed(const struct block *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->lines; i++) {
		const struct text *column = b->line[i].column;

		if (column != NULL && conllu_misc_value(column[CONLLU_MISC],
		    "TokenRange").s != NULL)
			n += memchr(column[CONLLU_ID].s, '-',
			    column[CONLLU_ID].n) != NULL ? 2 : 1;
	}
	return n;
}

/*
 * Whatever is removed, # text has the form of each line at its TokenRange, and
 * no word loses its TokenRange.
 */
static void
test_offsets(void)
{
	struct random r = random_seeded(1, 7);
	bool good = true;

	for (int round = 0; round < 500; round++) {
		struct output o = output_to(-1, NULL);
		struct block b, c;
		size_t T = 1 + random_below(&r, 8), at = 0;
		bool keep[8], pair = false;
		struct text form[8] = {{NULL, 0}}, text;
		struct output words = output_to(-1, NULL);

		output_string(&o, "# sent_id = x\n# text = ");
		for (size_t t = 0; t < T; t++) {
			const char *w = t % 2 ? "\xc3\xa4" "b" : "w";
			size_t gap = t == 0 ? 0 : random_below(&r, 3);
			bool joined = t % 2 && pair;

			if (!joined)
				pair = t % 2 == 0 && t + 1 < T &&
				    random_below(&r, 2) == 0;
			if (!joined) {
				output_printf(&o, "%.*s%s", (int)gap, "  ",
				    pair ? "wh" : w);
				at += gap;
			}
			if (pair && !joined)
				output_printf(&words, "%zu-%zu\twh\t_\t_\t_\t_"
				    "\t_\t_\t_\tTokenRange=%zu:%zu\n", t + 1,
				    t + 2, at, at + 2);
			output_printf(&words, "%zu\t%s\t_\t_\t_\t_\t_\t_\t_\t",
			    t + 1, w);
			if (pair)
				output_string(&words, "_\n");
			else
				output_printf(&words, "TokenRange=%zu:%zu\n",
				    at, at + 1 + t % 2);
			if (!joined)
				at += pair ? 2 : 1 + t % 2;
			keep[t] = random_below(&r, 2) > 0;
			if (random_below(&r, 4) == 0)
				form[t] = TEXT("\xe6\x97\xa5x");
		}
		output_char(&o, '\n');
		output_bytes(&o, words.buf, words.n);
		good = good && conllu_parse(arena, (struct text){o.buf, o.n},
		    (struct place){"x", 1}, &b);
		revise(&b, keep, form);
		words.n = 0;
		conllu_write(&b, &words);
		/* parsed again, without the blank line at the end */
		good = good && conllu_parse(arena, (struct text){words.buf,
		    words.n - 1}, (struct place){"x", 1}, &c);
		text = conllu_comment(&c, "text");
		for (size_t i = 0; good && i < c.lines; i++)
			good = c.line[i].column == NULL ||
			    holds(text, c.line[i].column);
		good = good && placed(&c) == c.T;
		output_done(&words, 0);
		output_done(&o, 0);
		mem_reset(arena);
	}
	CHECK(good, "500 random blocks: the text at TokenRange is the form");
}

int
main(void)
{
	arena = mem_arena();
	test_text();
	test_spaces();
	test_bases();
	test_layers();
	test_ids();
	test_heads();
	test_range_lines();
	test_offsets();
	mem_free(arena);
	return check_done();
}
