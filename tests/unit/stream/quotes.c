/* SPDX-License-Identifier: ISC */
/* quotes: what is typed for a double quote; any other list is ignored. */
#include "stream/quotes.h"

#include <stdio.h>

#include "base/mem.h"
#include "check.h"
#include "stream/block.h"

static struct arena *arena;

/* The quotes of a block with this text, and forms with ranges. */
static struct text
written(const char *text, const char *const words[], size_t T)
{
	const char *raw = mem_printf(arena, "# sent_id = 1\n# text = %s\n",
	    text);
	struct block b;

	for (size_t t = 0; t < T; t++)
		raw = mem_printf(arena, "%s%zu\t%s\n", raw, t + 1, words[t]);
	CHECK(conllu_parse(arena, text_of(raw), (struct place){"test", 1},
	    &b), "the block of %s", text);
	return quotes_write(&b);
}

#define WORD(form, range) form "\t_\t_\t_\t_\t_\t_\t_\tTokenRange=" range

/* The list read, each id and quote followed by a blank. */
static const char *
list(const char *value)
{
	size_t n;
	struct quote *q = quotes_read(arena, text_of(value), &n);
	const char *made = "";

	for (size_t i = 0; i < n; i++)
		made = mem_printf(arena, "%s%zu%.*s ", made, q[i].id,
		    TEXT_ARGS(q[i].typed));
	return made;
}

int
main(void)
{
	static const char *const curly[] = {WORD("``", "0:1"),
	    WORD("a", "1:2"), WORD("''", "2:3"), WORD("``", "4:6"),
	    WORD("``", "7:8")};
	static const char *const wrong[] = {WORD("``", "0:9"),
	    WORD("``", "2:1"), WORD("``", "x"), WORD("``", "2:3"),
	    WORD("``", "0:1"), WORD("``", "99:100")};
	struct quote *q;
	size_t n;

	arena = mem_arena();
	CHECK(text_is(written("\xe2\x80\x9c" "a\xe2\x80\x9d `` \"", curly, 5),
	    "1\xe2\x80\x9c,3\xe2\x80\x9d,4``"), "curly and doubled quotes");
	CHECK(written("\"a\" \"\" \"", curly, 1).s == NULL, "straight ones");
	CHECK(text_is(written("\xc2\xab|\xc2\xbb", wrong, 6), "4\xc2\xbb"),
	    "wrong offsets are ignored");
	CHECK(written("1|,", wrong, 6).s == NULL, "and signs of the list");
	CHECK(text_is(text_of(list("7\xc2\xbb,3\xc2\xab")),
	    "3\xc2\xab 7\xc2\xbb "), "a list is sorted");
	CHECK(text_is(text_of(list("")), "") &&
	    text_is(text_of(list("x,3,,4=,99999999999999999999y,5z")), "5z "),
	    "what has no id or no quote is left out");
	q = quotes_read(arena, TEXT("3a,7b"), &n);
	CHECK(text_is(quotes_find(q, n, 7), "b") &&
	    text_is(quotes_find(q, n, 4), "\"") &&
	    text_is(quotes_find(q, 0, 7), "\""), "a word has its quote, or \"");
	mem_free(arena);
	return check_done();
}
