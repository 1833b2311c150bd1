/* SPDX-License-Identifier: ISC */
/* reat-chunk: find phrases and clauses by rules. */
#include <unistd.h>

#include "annotate/chunker.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/share.h"
#include "stream/block.h"
#include "stream/filter.h"

struct chunking {
	struct chunker *rules;
	bool check_tags;	/* patterns use tags, and no note was printed */
};

/* An untagged text looks like a text without chunks: print a note, once. */
static void
check_tags(struct chunking *c, const struct block *b)
{
	for (size_t t = 0; t < b->T; t++) {
		const struct text *column = conllu_word(b, t);

		if (!text_is(column[CONLLU_UPOS], "_") ||
		    !text_is(column[CONLLU_XPOS], "_"))
			return;
	}
	if (b->T == 0)
		return;
	note("%s:%zu: no word has a tag; use reat-tag before reat-chunk",
	    b->at.file, b->at.line);
	c->check_tags = false;
}

static bool
write_chunks(void *self, struct block *b, struct output *o)
{
	struct chunking *c = self;

	if (c->check_tags)
		check_tags(c, b);
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
	struct arena *arena;
	struct chunking chunking;
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
	arena = mem_arena();
	chunking.rules = chunker_open(share_find(arena, SHARE_RULES, rules),
	    &status);
	mem_free(arena);
	if (chunking.rules == NULL)
		return status;
	if (levels != NULL)
		chunker_choose(chunking.rules, text_of(levels));
	chunking.check_tags = chunker_needs_tags(chunking.rules);
	filter.keep_going = o.keep_going;
	filter.self = &chunking;
	status = filter_run(&filter, argv + optind, &out);
	chunker_close(chunking.rules);
	return output_done(&out, status);
}
