/* SPDX-License-Identifier: ISC */
/* reat-erase: texts without the spans that score highest, or only these; or
 * without random words. */
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "explain/omit.h"
#include "math/random.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/filter.h"
#include "stream/layer.h"
#include "stream/level.h"
#include "stream/revise.h"
#include "stream/score_find.h"
#include "stream/top.h"

enum { MOST_VARIANTS = 1000000 };

struct erasing {
	struct top top;
	bool invert;
	struct score_finder *scores;
	size_t variants;	/* -K */
	uint64_t seed;
	bool amount;		/* -n was given */
	struct arena *arena;	/* of one variant */
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

/* ---- -K ---- */

/* How many of T words a variant loses. */
static size_t
draw_amount(const struct erasing *e, struct random *r, size_t T)
{
	if (!e->amount)
		return 1 + random_below(r, (uint32_t)T);
	if (e->top.percent)
		return top_share(&e->top, T);
	return e->top.n < (double)T ? (size_t)e->top.n : T;
}

/* Write the ids of the words that are not kept: 2,4-6. */
static void
write_ids(const bool *keep, size_t T, struct output *o)
{
	const char *comma = "";

	for (size_t t = 0, end; t < T; t = end) {
		for (end = t; end < T && keep[end] == keep[t]; end++)
			;
		if (keep[t])
			continue;
		output_printf(o, "%s%zu", comma, t + 1);
		if (end > t + 1)
			output_printf(o, "-%zu", end);
		comma = ",";
	}
}

/* Write variant k, which has the words of keep. */
static void
write_variant(struct erasing *e, const struct block *b, size_t k,
    const bool *keep, struct output *o)
{
	struct output name = output_to(-1, NULL);
	struct block v;

	output_text(&name, b->sent_id);
	output_printf(&name, "~%zu~", k);
	write_ids(keep, b->T, &name);
	conllu_copy(e->arena, b, &v);
	conllu_set_comment(&v, "sent_id", text_copy(e->arena,
	    (struct text){name.buf, name.n}));
	output_done(&name, STATUS_OK);
	revise(&v, keep, NULL);
	conllu_write(&v, o);
	mem_reset(e->arena);
}

/* Write the text, then its variants. */
static bool
write_variants(void *self, struct block *b, struct output *o)
{
	struct erasing *e = self;
	struct random r = random_seeded(e->seed, edit_stream(b));
	uint32_t *word = MEM_NEW(b->arena, b->T, uint32_t);
	bool *keep = MEM_NEW(b->arena, b->T, bool);

	conllu_write(b, o);
	for (size_t t = 0; t < b->T; t++)
		word[t] = (uint32_t)t;
	for (size_t k = 1; k <= e->variants && b->T > 0; k++) {
		size_t lost = draw_amount(e, &r, b->T);

		random_shuffle(&r, word, (uint32_t)b->T);
		for (size_t i = 0; i < b->T; i++)
			keep[word[i]] = (i < lost) == e->invert;
		write_variant(e, b, k, keep, o);
	}
	return true;
}

/* ---- the run ---- */

static int
run(struct erasing *e, struct filter *filter, char *operands[],
    struct output *out)
{
	int status;

	if (e->variants == 0) {
		filter->read = erase;
		return score_find_run(&e->scores, filter, operands, out);
	}
	filter->write = write_variants;
	e->arena = mem_arena();
	status = filter_run(filter, operands, out);
	mem_free(e->arena);
	return status;
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:c:K:l:n:s:uv", "remove the highest-scoring "
	    "spans from texts, or random words", "[scores] [file ...]",
	    .reads = "tok", .writes = "tok",
	    .meanings = (const struct option_meaning[]){
	    {'a', "the method whose scores are used, if there are several"},
	    {'c', "predicted (the default) or the name of a class"},
	    {'K', "write each text, and N variants without random words"},
	    {'k', "keep going after a bad text"},
	    {'l', "the level of the spans; the default is word"},
	    {'n', "number of spans, or N% of them, rounded up; default 1"},
	    {'v', "keep only these spans"}, {0}},
	    .arguments = (const struct option_meaning[]){{'l', "LEVEL"},
	    {0}}};
	struct erasing e = {.top = {.class = "predicted", .level = "word",
	    .n = 1}, .seed = 1};
	struct filter filter = {.self = &e};
	int of_scores = 0;		/* an option that needs scores */
	bool of_random = false;		/* -s was given */
	struct output out = output_to(STDOUT_FILENO, "stdout");

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			e.top.method = optarg;
			of_scores = c;
			break;
		case 'c':
			e.top.class = optarg;
			of_scores = c;
			break;
		case 'K':
			e.variants = (size_t)option_number(c, 1,
			    MOST_VARIANTS);
			break;
		case 'l':
			e.top.level = level_one(&o, optarg);
			of_scores = c;
			break;
		case 'n':
			e.amount = true;
			if (!top_amount(&e.top, optarg))
				option_usage(&o, "option -n: \"%s\", expected "
				    "a number or a percentage (12.5%%)",
				    optarg);
			break;
		case 's':
			e.seed = (uint64_t)option_number(c, 0, 1000000000);
			of_random = true;
			break;
		case 'u':
			e.top.unchunked = true;
			of_scores = c;
			break;
		case 'v':
			e.invert = true;
			break;
		}
	if (e.variants > 0 && of_scores != 0)
		option_usage(&o, "option -%c: with -K there are no scores",
		    of_scores);
	if (e.variants == 0 && of_random)
		option_usage(&o, "option -s works only with -K");
	if (e.variants == 0)
		score_find_operands(&o, argv + optind);
	filter.keep_going = o.keep_going;
	return output_done(&out, run(&e, &filter, argv + optind, &out));
}
