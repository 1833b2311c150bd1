/* SPDX-License-Identifier: ISC */
/* reat-erase: texts without the spans that score highest, or only these, or
 * both of several amounts; or without random words. */
#include <string.h>
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

enum { MOST_VARIANTS = 1000000, MOST_AMOUNTS = 1000 };

/* An amount of -n, and how it is written. */
struct amount {
	struct text name;
	struct top_amount top;
};

struct erasing {
	struct top top;
	bool invert;
	struct score_finder *scores;
	bool both;		/* -K top */
	size_t variants;	/* -K N */
	uint64_t seed;
	struct amount *amount;	/* -n, or 1 */
	size_t amounts;
	bool given;		/* -n was given */
	struct arena *arena;	/* of one variant */
};

/* The spans of a text, the highest score first. */
struct ranked {
	struct span *span;
	size_t n;
};

static bool
rank(struct erasing *e, struct block *b, struct ranked *r)
{
	struct score_doc d;

	return score_find(e->scores, b->sent_id, conllu_comment_place(b,
	    "sent_id"), &d) && top_spans(&e->top, &d, b, &r->span, &r->n);
}

/* Sets keep [T] for a text without its top n spans; inverted, for these. */
static void
choose(const struct ranked *r, size_t n, bool invert, bool *keep, size_t T)
{
	for (size_t t = 0; t < T; t++)
		keep[t] = !invert;
	for (size_t i = 0; i < n; i++)
		for (size_t t = r->span[i].first; t <= r->span[i].last; t++)
			keep[t] = invert;
}

static bool
erase(void *self, struct block *b)
{
	struct erasing *e = self;
	struct ranked r;
	bool *keep = MEM_NEW(b->arena, b->T, bool);

	if (!rank(e, b, &r))
		return false;
	choose(&r, top_number(&e->amount->top, r.n), e->invert, keep, b->T);
	revise(b, keep, NULL);
	return true;
}

/* ---- -K ---- */

/* How many of T words a variant loses. */
static size_t
draw_amount(const struct erasing *e, struct random *r, size_t T)
{
	if (!e->given)
		return 1 + random_below(r, (uint32_t)T);
	return top_number(&e->amount->top, T);
}

/* Write the ids of the words that are not kept: 2,4-6. */
static void
write_ids(const bool *keep, size_t T, struct output *o)
{
	bool any = false;

	for (size_t t = 0, end; t < T; t = end) {
		for (end = t; end < T && keep[end] == keep[t]; end++)
			;
		if (keep[t])
			continue;
		if (any)
			output_char(o, ',');
		output_size(o, t + 1);
		if (end > t + 1) {
			output_char(o, '-');
			output_size(o, end);
		}
		any = true;
	}
}

/* Write the text, and read it for its variants. */
static const struct revise_source *
write_text(struct block *b, struct output *o)
{
	conllu_write(b, o);
	return revise_read(b);
}

/* Write the variant with this mark, which has the words of keep. */
static void
write_variant(struct erasing *e, const struct block *b,
    const struct revise_source *source, const char *mark, const bool *keep,
    struct output *o)
{
	struct output name = output_to(-1, NULL);
	struct block v;

	output_text(&name, b->sent_id);
	output_printf(&name, "~%s~", mark);
	write_ids(keep, b->T, &name);
	conllu_copy(e->arena, b, &v);
	conllu_set_comment(&v, "sent_id", text_copy(e->arena,
	    (struct text){name.buf, name.n}));
	output_done(&name, STATUS_OK);
	revise_copy(source, &v, keep, NULL);
	conllu_write(&v, o);
	mem_reset(e->arena);
}

/* The mark of a variant that n amounts share: -1%,5% */
static const char *
mark_of(struct arena *arena, char sign, const struct amount *a, size_t n)
{
	size_t most = 2;
	char *mark, *to;

	for (size_t i = 0; i < n; i++)
		most += a[i].name.n + 1;
	mark = to = mem_alloc(arena, most, 1);
	for (size_t i = 0; i < n; i++) {
		*to++ = i == 0 ? sign : ',';
		memcpy(to, a[i].name.s, a[i].name.n);
		to += a[i].name.n;
	}
	*to = '\0';
	return mark;
}

/* Write the text, then for each amount the text without its top spans, and
 * these alone.  Amounts that are the same number of spans share them. */
static bool
write_top(void *self, struct block *b, struct output *o)
{
	struct erasing *e = self;
	const struct ranked *r = b->data;
	bool *keep = MEM_NEW(b->arena, b->T, bool);
	const struct revise_source *source = write_text(b, o);

	for (size_t i = 0, end; i < e->amounts; i = end) {
		size_t n = top_number(&e->amount[i].top, r->n);

		for (end = i + 1; end < e->amounts &&
		    top_number(&e->amount[end].top, r->n) == n; end++)
			;
		for (int invert = 0; invert < 2; invert++) {
			choose(r, n, invert, keep, b->T);
			write_variant(e, b, source, mark_of(b->arena, invert ?
			    '+' : '-', e->amount + i, end - i), keep, o);
		}
	}
	return true;
}

static bool
rank_block(void *self, struct block *b)
{
	struct ranked *r = MEM_NEW(b->arena, 1, struct ranked);

	b->data = r;
	return rank(self, b, r);
}

/* Write the text, then its random variants. */
static bool
write_random(void *self, struct block *b, struct output *o)
{
	struct erasing *e = self;
	struct random r = random_seeded(e->seed, edit_stream(b));
	uint32_t *word = MEM_NEW(b->arena, b->T, uint32_t);
	bool *keep = MEM_NEW(b->arena, b->T, bool);
	const struct revise_source *source = write_text(b, o);

	for (size_t t = 0; t < b->T; t++)
		word[t] = (uint32_t)t;
	for (size_t k = 1; k <= e->variants && b->T > 0; k++) {
		size_t lost = draw_amount(e, &r, b->T);

		random_shuffle(&r, word, (uint32_t)b->T);
		for (size_t i = 0; i < b->T; i++)
			keep[word[i]] = (i < lost) == e->invert;
		write_variant(e, b, source, mem_printf(b->arena, "%zu", k),
		    keep, o);
	}
	return true;
}

/* ---- the run ---- */

/* Read -n: amounts, comma-joined. */
static void
read_amounts(const struct options *o, struct erasing *e, struct arena *arena)
{
	struct text rest = text_of(optarg);

	e->given = true;
	e->amount = MEM_NEW(arena, MOST_AMOUNTS, struct amount);
	for (e->amounts = 0; rest.s != NULL; e->amounts++) {
		struct amount *a = &e->amount[e->amounts];

		if (e->amounts == MOST_AMOUNTS)
			option_usage(o, "option -n: more than %d amounts",
			    MOST_AMOUNTS);
		a->name = text_cut(&rest, ',');
		if (!top_amount(&a->top, a->name))
			option_usage(o, "option -n: \"%.*s\", expected a "
			    "number or a percentage (12.5%%)",
			    TEXT_ARGS(a->name));
		if (a->top.percent != e->amount->top.percent)
			option_usage(o, "option -n: \"%s\", expected numbers "
			    "or percentages, not both", optarg);
		for (size_t i = 0; i < e->amounts; i++)
			if (text_equal(e->amount[i].name, a->name))
				option_usage(o, "option -n: %.*s occurs twice",
				    TEXT_ARGS(a->name));
	}
}

/* Exit with the usage if options do not fit.  scores is an option that needs
 * them, or 0; random says whether -s was given. */
static void
check(const struct options *o, const struct erasing *e, int scores,
    bool random)
{
	if (e->variants > 0 && scores != 0)
		option_usage(o, "option -%c: with -K N there are no scores",
		    scores);
	if (e->variants == 0 && random)
		option_usage(o, "option -s works only with -K N");
	if (e->both && e->invert)
		option_usage(o, "option -v: -K top writes both");
	if (!e->both && e->amounts > 1)
		option_usage(o, "option -n: several amounts need -K top");
}

static int
run(struct erasing *e, struct filter *filter, char *operands[],
    struct output *out)
{
	int status;

	e->arena = mem_arena();
	filter->read = e->both ? rank_block : e->variants == 0 ? erase : NULL;
	filter->write = e->both ? write_top : e->variants == 0 ? NULL :
	    write_random;
	if (e->variants > 0)
		status = filter_run(filter, operands, out);
	else
		status = score_find_run(&e->scores, filter, operands, out);
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
	    {'K', "write each text, and N variants without random words; "
	    "top: those without and of the spans of -n"},
	    {'k', "keep going after a bad text"},
	    {'l', "the level of the spans; the default is word"},
	    {'n', "number of spans, or N% of them, rounded up; default 1; "
	    "with -K top several, comma-joined"},
	    {'v', "keep only these spans"}, {0}},
	    .arguments = (const struct option_meaning[]){{'l', "LEVEL"},
	    {0}}};
	struct amount one = {TEXT("1"), {1, false}};
	struct erasing e = {.top = {.class = "predicted", .level = "word"},
	    .amount = &one, .amounts = 1, .seed = 1};
	struct filter filter = {.self = &e};
	struct arena *arena;
	int status, of_scores = 0;	/* an option that needs scores */
	bool of_random = false;		/* -s was given */
	struct output out = output_to(STDOUT_FILENO, "stdout");

	err_name(argv[0]);	/* before there may be no memory */
	arena = mem_arena();
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
			e.both = strcmp(optarg, "top") == 0;
			e.variants = e.both ? 0 : (size_t)option_number(c, 1,
			    MOST_VARIANTS);
			break;
		case 'l':
			e.top.level = level_one(&o, optarg);
			of_scores = c;
			break;
		case 'n':
			read_amounts(&o, &e, arena);
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
	check(&o, &e, of_scores, of_random);
	if (e.variants == 0)
		score_find_operands(&o, argv + optind);
	filter.keep_going = o.keep_going;
	status = run(&e, &filter, argv + optind, &out);
	mem_free(arena);
	return output_done(&out, status);
}
