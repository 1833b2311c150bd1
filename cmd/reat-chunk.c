/* SPDX-License-Identifier: ISC */
/*
 * reat-chunk: find the phrases and clauses of tagged texts by rules.
 */
#include <unistd.h>

#include "annotate/chunker.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/share.h"
#include "stream/block.h"
#include "stream/filter.h"

struct chunk {
	struct chunker *rules;
	bool tags;		/* patterns ask for tags, and none was missed */
};

/* Chunks of an untagged text look like a text without chunks: say so, once. */
static void
miss_tags(struct chunk *c, const struct block *b)
{
	for (size_t t = 0; t < b->T; t++) {
		const struct text *column = conllu_word(b, t);

		if (!text_is(column[CONLLU_UPOS], "_") ||
		    !text_is(column[CONLLU_XPOS], "_"))
			return;
	}
	if (b->T == 0)
		return;
	note("%s:%zu: no word has a tag, expected reat-tag before reat-chunk",
	    b->at.file, b->at.line);
	c->tags = false;
}

static bool
write_chunks(void *self, struct block *b, struct output *o)
{
	struct chunk *c = self;

	if (c->tags)
		miss_tags(c, b);
	if (!chunker_run(c->rules, b))
		return false;
	conllu_write(b, o);
	return true;
}

int
main(int argc, char *argv[])
{
	struct options o = {"l:r:", "find phrases and clauses by rules",
	    "[file ...]", .reads = "tok", .writes = "tok",
	    .meanings = (const struct option_meaning[]){
	    {'l', "levels of the rules to write, in this order"},
	    {'r', "rules: a name (chunk) or a path with a /"}, {0}}};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	struct filter filter = {.write = write_chunks};
	const char *levels = NULL, *rules = "chunk";
	struct arena *arena = mem_arena();
	struct chunk chunk;
	int status = STATUS_OK;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'l':
			levels = optarg;
			break;
		case 'r':
			rules = optarg;
			break;
		}
	chunk.rules = chunker_open(share_find(arena, SHARE_RULES, rules),
	    &status);
	mem_free(arena);
	if (chunk.rules == NULL)
		return status;
	if (levels != NULL)
		chunker_choose(chunk.rules, text_of(levels));
	chunk.tags = chunker_needs_tags(chunk.rules);
	filter.keep_going = o.keep_going;
	filter.self = &chunk;
	status = filter_run(&filter, argv + optind, &out);
	chunker_close(chunk.rules);
	return output_done(&out, status);
}
