/* SPDX-License-Identifier: ISC */
/*
 * Fuzz sentences: those that can be joined are a document, and come back with
 * the same bytes; a document can be split or is bad.
 */
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/sentence_join.h"
#include "stream/sentence_notes.h"
#include "stream/sentence_split.h"

static struct arena *arena;
static struct sentence_join *join;
static struct output given = {.fd = -1}, joined = {.fd = -1},
    split = {.fd = -1};

/* The next block of *rest, with the newline of its last line. */
static struct text
cut_block(struct text *rest)
{
	struct text t = {rest->s, 0};

	while (rest->s != NULL && rest->n > 0 && rest->s[0] != '\n')
		text_cut(rest, '\n');
	if (rest->s == NULL || rest->n == 0)
		*rest = (struct text){NULL, 0};
	t.n = rest->s == NULL ? strlen(t.s) : (size_t)(rest->s - t.s);
	while (rest->s != NULL && rest->n > 0 && rest->s[0] == '\n')
		text_cut(rest, '\n');
	if (rest->s != NULL && rest->n == 0)
		*rest = (struct text){NULL, 0};
	return t;
}

/* Join all blocks; false if one is bad. */
static bool
join_all(struct text rest)
{
	struct block b;
	size_t n = 0;

	sentence_join_begin(join, TEXT("id"));
	given.n = joined.n = split.n = 0;
	for (; rest.s != NULL; n++) {
		struct text t = cut_block(&rest);

		if (t.n == 0 || !conllu_parse_sentence(arena, t,
		    (struct place){"fuzz", 1}, &b) ||
		    conllu_comment(&b, SENTENCES_KEY).s != NULL)
			return false;
		output_text(&given, t);
		output_string(&given, t.s[t.n - 1] == '\n' ? "\n" : "\n\n");
		if (!sentence_join_add(join, &b))
			return false;
	}
	return n > 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct text t = {(const char *)data, n};
	bool changed = false;
	struct block b;
	size_t offset;

	if (arena == NULL) {
		arena = mem_arena();
		join = sentence_join_new();
	}
	mem_reset(arena);
	t = text_copy(arena, t);
	if (!utf8_valid(t, &offset) || n == 0 || t.s[0] == '\n')
		return 0;
	if (conllu_parse(arena, t, (struct place){"fuzz", 1}, &b))
		sentence_split(&b, &split, &changed);
	if (!join_all(t))
		return 0;
	sentence_join_write(join, &joined);
	fuzz_holds(conllu_parse(arena, text_copy(arena,
	    (struct text){joined.buf, joined.n - 1}),
	    (struct place){"joined", 1}, &b));
	changed = false;
	fuzz_holds(sentence_split(&b, &split, &changed) && !changed);
	fuzz_holds(split.n == given.n &&
	    memcmp(split.buf, given.buf, given.n) == 0);
	return 0;
}
