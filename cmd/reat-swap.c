/* SPDX-License-Identifier: ISC */
/* reat-swap: variants of texts, with one word replaced in each. */
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "math/random.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/filter.h"
#include "stream/layer.h"
#include "stream/revise.h"
#include "stream/score_find.h"
#include "stream/synonyms.h"
#include "stream/top.h"

/* -a: if -n allows only some words, the first in which order. */
static const struct order {
	struct option_name is;
	bool scores;
} orders[] = {
	{{"any", "words chosen at random (the default)"}, false},
	{{"score", "words with the highest scores; the first operand has them"},
	    true},
	{{NULL, NULL}, false},
};

struct swapping {
	const struct order *order;
	struct top top;
	size_t most;			/* words to replace in a text */
	uint64_t seed;
	struct synonyms *synonyms;
	struct score_finder *scores;
	struct arena *arena;		/* for one variant */
};

/* The words of a block that are replaced; block->data. */
struct chosen {
	size_t *word, n;		/* [n], from 0 */
};

static bool
has_synonym(const struct swapping *s, const struct block *b, size_t t)
{
	const struct text *column = conllu_word(b, t);

	return synonyms_next(s->synonyms, column[CONLLU_FORM],
	    column[CONLLU_XPOS], NULL) != NULL;
}

/* Keep s->most words, chosen at random, in text order. */
static void
thin(const struct swapping *s, const struct block *b, struct chosen *c)
{
	/* the sent_id is in the seed: the order of the texts does not count */
	struct random r = random_seeded(s->seed, text_hash(b->sent_id) >> 1);
	size_t n = 0;

	/* selection sampling: probability = words needed / words left */
	for (size_t i = 0; i < c->n && n < s->most; i++)
		if (random_below(&r, (uint32_t)(c->n - i)) < s->most - n)
			c->word[n++] = c->word[i];
	c->n = n;
}

static bool
choose(void *self, struct block *b)
{
	const struct swapping *s = self;
	struct chosen *c = MEM_NEW(b->arena, 1, struct chosen);
	struct score_doc d;
	struct span *span = NULL;
	size_t n = b->T;

	b->data = c;
	c->word = MEM_NEW(b->arena, b->T, size_t);
	if (conllu_comment(b, "reat.source").s != NULL)
		return true;
	if (s->order->scores && (!score_find(s->scores, b->sent_id,
	    conllu_comment_place(b, "sent_id"), &d) ||
	    !top_spans(&s->top, &d, b, &span, &n)))
		return false;
	for (size_t i = 0; i < n; i++) {
		size_t t = span != NULL ? span[i].first : i;

		if (has_synonym(s, b, t))
			c->word[c->n++] = t;
	}
	if (s->order->scores && c->n > s->most)
		c->n = s->most;
	else if (c->n > s->most)
		thin(s, b, c);
	return true;
}

static void
write_variant(struct swapping *s, const struct block *b, size_t t,
    const struct synonym *y, size_t number, struct output *o)
{
	struct block v;
	struct output made = output_to(-1, NULL);
	struct text old = conllu_word(b, t)[CONLLU_FORM], *form;

	mem_reset(s->arena);
	conllu_copy(s->arena, b, &v);
	form = MEM_NEW(s->arena, v.T, struct text);
	form[t] = synonyms_case(s->arena, old, y->to);
	revise(&v, NULL, form);
	output_text(&made, b->sent_id);
	output_printf(&made, "~%zu", number);
	conllu_set_comment(&v, "sent_id", (struct text){made.buf, made.n});
	conllu_add_comment(&v, "reat.source", b->sent_id);
	made.n = 0;
	output_printf(&made, "%zu ", t + 1);
	output_text(&made, old);
	output_char(&made, '=');
	output_text(&made, form[t]);
	conllu_add_comment(&v, "reat.swap", (struct text){made.buf, made.n});
	output_done(&made, 0);
	conllu_write(&v, o);
}

/* True if the new word is neither the old one nor that of an earlier y. */
static bool
is_new(const struct swapping *s, const struct text *column,
    const struct synonym *y)
{
	struct text old = column[CONLLU_FORM], form;
	const struct synonym *before = NULL;
	bool new;

	mem_reset(s->arena);
	form = synonyms_case(s->arena, old, y->to);
	new = !text_equal(form, old);
	while (new && (before = synonyms_next(s->synonyms, old,
	    column[CONLLU_XPOS], before)) != y)
		new = !text_equal(form, synonyms_case(s->arena, old,
		    before->to));
	return new;
}

static bool
write_variants(void *self, struct block *b, struct output *o)
{
	struct swapping *s = self;
	const struct chosen *c = b->data;
	size_t number = 0;

	if (conllu_comment(b, "reat.source").s != NULL)
		conllu_write(b, o);	/* a variant of an earlier run */
	for (size_t i = 0; i < c->n; i++) {
		const struct text *column = conllu_word(b, c->word[i]);
		const struct synonym *y = NULL;

		while ((y = synonyms_next(s->synonyms, column[CONLLU_FORM],
		    column[CONLLU_XPOS], y)) != NULL)
			if (is_new(s, column, y))
				write_variant(s, b, c->word[i], y, ++number,
				    o);
	}
	return true;
}

static int
run(struct swapping *s, const struct filter *f, char *operands[],
    struct output *o)
{
	int status;

	s->arena = mem_arena();
	status = s->order->scores ? score_find_run(&s->scores, f, operands,
	    o) : filter_run(f, operands, o);
	mem_free(s->arena);
	return status;
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:c:n:r:s:w:", "write variants of texts, each "
	    "with one word replaced", "[scores] [file ...]",
	    .reads = "tok", .writes = "variants",
	    .meanings = (const struct option_meaning[]){
	    {'a', "which words: any (the default) or score"},
	    {'c', "with -a score: predicted (the default) or a class name"},
	    {'k', "keep going after a bad text"},
	    {'n', "at most N words of each text; the default is all"},
	    {'r', "a file of words and synonyms (TSV)"},
	    {'s', "with -a any: seed of the random choice"},
	    {'w', "words and their replacements: a=b,c=d"}, {0}},
	    .arguments = (const struct option_meaning[]){{'w', "PAIRS"},
	    {0}}};
	struct swapping s = {.order = orders, .most = SIZE_MAX, .seed = 1,
	    .top = {.class = "predicted", .level = "word", .n = 100,
	    .percent = true}};
	struct filter filter = {.read = choose, .write = write_variants,
	    .self = &s};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	bool any = false;
	bool of_any = false, of_score = false;	/* -s, -c were given */
	int status;

	err_name(argv[0]);	/* before there may be no memory */
	s.synonyms = synonyms_new();
	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			s.order = option_row(&o, c, orders, sizeof *orders);
			break;
		case 'c':
			s.top.class = optarg;
			of_score = true;
			break;
		case 'n':
			s.most = (size_t)option_number('n', 0, 1000000000);
			break;
		case 'r':
			if (!synonyms_read(s.synonyms, optarg, &status))
				exit(status);
			any = true;
			break;
		case 's':
			s.seed = (uint64_t)option_number('s', 0, 1000000000);
			of_any = true;
			break;
		case 'w':
			if (!synonyms_pairs(s.synonyms, optarg))
				option_usage(&o, "option -w: \"%s\", expected "
				    "pairs a=b, separated by commas", optarg);
			any = true;
			break;
		}
	if (!any)
		option_usage(&o, "no synonyms; option -w or -r is needed");
	if (of_score && !s.order->scores)
		option_usage(&o, "option -c works only with -a score");
	if (of_any && s.order->scores)
		option_usage(&o, "option -s works only with -a any");
	if (s.order->scores)
		score_find_operands(&o, argv + optind);
	filter.keep_going = o.keep_going;
	status = run(&s, &filter, argv + optind, &out);
	synonyms_free(s.synonyms);
	return output_done(&out, status);
}
