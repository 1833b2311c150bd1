/* SPDX-License-Identifier: ISC */
/* remark: what is written is read, and any other text is ignored. */
#include "stream/remark.h"

#include <string.h>

#include "base/mem.h"
#include "check.h"

static struct arena *arena;

/* The ids read, each followed by a blank. */
static const char *
words(const char *ids)
{
	static char got[100];
	struct remark r = remark_none;
	size_t n, *id, k = 0;

	r.unknown = text_of(ids);
	id = remark_words(arena, &r, &n);
	*got = '\0';
	for (size_t i = 0; i < n; i++)
		k += (size_t)snprintf(got + k, sizeof got - k, "%zu ", id[i]);
	return got;
}

/* Nothing is read from this column but perhaps the label. */
static bool
says_nothing(const char *column)
{
	struct remark r = remark_read(text_of(column));

	return r.predicted.s == NULL && r.unknown.s == NULL &&
	    r.predicted_p < 0 && r.label_p < 0;
}

/* The remark in this column, of a run of class pos, says this and nothing
 * else. */
static bool
says(const char *column, const char *verdict)
{
	struct remark r = remark_read(text_of(column));

	return text_is(remark_verdict(arena, &r, TEXT("pos")), verdict);
}

int
main(void)
{
	const bool known[] = {false, true, false, true};
	struct remark r = remark_none;
	struct text column;

	arena = mem_arena();
	CHECK(text_is(remark_write(arena, &r), "_"), "nothing is _");
	CHECK(remark_ids(arena, known, 1).s == NULL, "no ids");
	r.unknown = remark_ids(arena, known, 4);
	CHECK(text_is(remark_write(arena, &r), "unknown=2,4"), "the ids");
	r.predicted = TEXT("yes=no");
	r.predicted_p = 0.75f;
	r.label_p = 0;
	r.label = TEXT("a|unknown=1|b");
	column = remark_write(arena, &r);
	CHECK(text_is(column, "predicted=yes=no|predicted_p=0.75|label_p=0|"
	    "unknown=2,4|label=a|unknown=1|b"), "every pair");
	r = remark_read(column);
	CHECK(text_is(r.predicted, "yes=no") && r.predicted_p > 0.7f &&
	    r.predicted_p < 0.8f && r.label_p >= 0 && r.label_p < 0.1f &&
	    text_is(r.unknown, "2,4") && text_is(r.label, "a|unknown=1|b"),
	    "every pair is read, and the label up to the end");
	CHECK(says_nothing("_") && says_nothing("") &&
	    says_nothing("|=||=x|") &&
	    says_nothing("the whole text, not a sum") &&
	    says_nothing("predicted=|unknown=|predicted_p=2|label_p=x") &&
	    says_nothing("label=predicted=x|unknown=1"), "other text");
	CHECK(strcmp(words("1,3"), "1 3 ") == 0, "ids");
	CHECK(strcmp(words("9,0,x,,-1,4,99999999999999999999999,2,"), "2 4 9 ")
	    == 0, "what is no id is left out, the others are in order");
	CHECK(strcmp(words(""), "") == 0 && strcmp(words(",,,"), "") == 0 &&
	    strcmp(words("1"), "1 ") == 0, "none, one");
	CHECK(says("_", "") && says("label=pos", "label pos") &&
	    says("predicted=pos", "predicted") &&
	    says("predicted=pos|label=pos", "predicted, right"), "right");
	CHECK(says("predicted=neg|predicted_p=0.75|label=neg",
	    "predicted neg 0.7500, right") &&
	    says("predicted=neg|label=pos",
	    "predicted neg, wrong: label pos") &&
	    says("predicted=pos|label_p=0|label=neg",
	    "predicted, wrong: label neg"), "wrong");
	CHECK(says("predicted=pos|label=spam",
	    "predicted, label spam (not a class of the model)"), "no class");
	mem_free(arena);
	return check_done();
}
