/* SPDX-License-Identifier: ISC */
/* reat-erase: texts without the spans that score highest, or only these. */
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/filter.h"
#include "stream/layer.h"
#include "stream/level.h"
#include "stream/revise.h"
#include "stream/score_find.h"
#include "stream/top.h"

struct erasing {
	struct top top;
	bool invert;
	struct score_finder *scores;
};

static bool
erase(void *self, struct block *b)
{
	struct erasing *e = self;
	struct score_doc d;
	struct span *span;
	size_t n;
	bool *keep = MEM_NEW(b->arena, b->T, bool);

	if (!score_find(e->scores, b->sent_id, conllu_comment_place(b,
	    "sent_id"), &d) || !top_spans(&e->top, &d, b, &span, &n))
		return false;
	for (size_t t = 0; t < b->T; t++)
		keep[t] = !e->invert;
	for (size_t i = 0; i < n; i++)
		for (size_t t = span[i].first; t <= span[i].last; t++)
			keep[t] = e->invert;
	revise(b, keep, NULL);
	return true;
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:c:l:n:uv", "remove the highest-scoring spans "
	    "from texts", "scores [file ...]",
	    .reads = "tok", .writes = "tok",
	    .meanings = (const struct option_meaning[]){
	    {'a', "the method whose scores are used, if there are several"},
	    {'c', "predicted (the default) or the name of a class"},
	    {'k', "keep going after a bad text"},
	    {'l', "the level of the spans; the default is word"},
	    {'n', "number of spans, or N% of them, rounded up; default 1"},
	    {'v', "keep only these spans"}, {0}},
	    .arguments = (const struct option_meaning[]){{'l', "LEVEL"},
	    {0}}};
	struct erasing e = {.top = {.class = "predicted", .level = "word",
	    .n = 1}};
	struct filter filter = {.read = erase, .self = &e};
	struct output out = output_to(STDOUT_FILENO, "stdout");

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			e.top.method = optarg;
			break;
		case 'c':
			e.top.class = optarg;
			break;
		case 'l':
			e.top.level = level_one(&o, optarg);
			break;
		case 'n':
			if (!top_amount(&e.top, optarg))
				option_usage(&o, "option -n: \"%s\", expected "
				    "a number or a percentage (12.5%%)",
				    optarg);
			break;
		case 'u':
			e.top.unchunked = true;
			break;
		case 'v':
			e.invert = true;
			break;
		}
	score_find_operands(&o, argv + optind);
	filter.keep_going = o.keep_going;
	return output_done(&out, score_find_run(&e.scores, &filter,
	    argv + optind, &out));
}
