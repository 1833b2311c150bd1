/* SPDX-License-Identifier: ISC */
/* level: the levels of a block, named ones or all. */
#include "stream/level.h"

#include "base/err.h"
#include "base/mem.h"
#include "check.h"
#include "stream/layer.h"
#include "stream/spans.h"

static struct arena *arena;
static struct level *level;
static size_t n;
static struct spans *spans;	/* of level */

static const char two_words[] = "# sent_id = a\n"
    "1\tgood\t_\t_\tJJ\t_\t_\t_\t_\tphrase=B-NP|clause=O\n"
    "2\tfilm\t_\t_\tNN\t_\t_\t_\t_\tphrase=I-NP|clause=B-S\n";
static const char broken[] = "# sent_id = a\n"
    "1\tgood\t_\t_\tJJ\t_\t_\t_\t_\tphrase=I-NP\n";
static const char reserved[] = "# sent_id = a\n"
    "1\tgood\t_\t_\tJJ\t_\t_\t_\t_\tlogit=B-NP\n";

/* Read the levels of a list, or all if it is NULL. */
static bool
reads(const char *text, const char *list)
{
	struct block b;
	struct level_choice c = {.n = 0};
	bool good;

	if (list != NULL)
		c = level_choose(arena, list);
	good = conllu_parse(arena, text_of(text), (struct place){"test", 1},
	    &b) && level_read(&b, &c, &level, &n);
	if (spans != NULL)
		spans_free(spans);
	spans = c.spans;
	return good;
}

int
main(void)
{
	err_mute(true);
	arena = mem_arena();
	CHECK(reads(two_words, NULL) && n == 3 &&
	    text_is(level[0].name, "word") &&
	    text_is(level[1].name, "phrase") &&
	    text_is(level[2].name, "clause"), "word and all layers");
	CHECK(level[0].n == 2 && text_is(level[0].span[1].tag, "NN"),
	    "a word's tag is its XPOS");
	CHECK(level[1].n == 1 && level[1].span[0].last == 1 &&
	    text_is(level[1].span[0].tag, "NP"), "a phrase of two words");
	CHECK(reads(two_words, "clause,word") && n == 2 &&
	    text_is(level[0].name, "clause") && level[0].n == 2 &&
	    text_is(level[0].span[0].tag, "_"), "named levels in their order");
	CHECK(!reads(two_words, "tree"), "no such layer");
	CHECK(!reads(broken, NULL) && !reads(broken, "phrase") &&
	    reads(broken, "word"), "a broken layer");
	CHECK(!reads(reserved, NULL), "a reserved name");
	CHECK(reads("# sent_id = a\n", "tree") && n == 1 && level[0].n == 0 &&
	    text_is(level[0].name, "tree"), "no words: named levels are empty");
	CHECK(reads(two_words, "1-2,word,2-2") && n == 2 &&
	    text_is(level[0].name, "span") && level[0].n == 2 &&
	    level[0].span[0].last == 1 && level[0].span[1].first == 1 &&
	    text_is(level[0].span[1].tag, "_") &&
	    text_is(level[1].name, "word"), "spans, at the place of the first");
	CHECK(!reads(two_words, "2-3"), "a span that is not in the block");
	CHECK(reads("# sent_id = a\n", "2-3") && n == 1 && level[0].n == 0,
	    "no words: no spans");
	CHECK(level_one(NULL, "word") != NULL, "one level");
	if (spans != NULL)
		spans_free(spans);
	mem_free(arena);
	return check_done();
}
