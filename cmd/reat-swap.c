/* SPDX-License-Identifier: ISC */
/* reat-swap: variants of texts, with one word replaced in each. */
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/tsv.h"
#include "explain/apply.h"
#include "explain/flip.h"
#include "explain/source.h"
#include "math/random.h"
#include "rnn/trace.h"
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

struct swapping;
struct chosen;

/* -t: what is written. */
struct format {
	struct option_name is;
	const char *header;	/* NULL if there is none */
	void (*write)(struct swapping *, const struct block *,
	    const struct chosen *, struct output *);
};

struct swapping {
	const struct order *order;
	struct top top;
	size_t most;			/* words to replace in a text */
	uint64_t seed;
	struct synonyms *synonyms;
	struct score_finder *scores;
	struct arena *arena;		/* for one variant */
	struct flipper *flipper;	/* of -m, or NULL */
	const struct format *format;
	bool headless;			/* -H */
	struct flip_pairs *pairs;
};

/* The words of a block that are replaced, and its variants; block->data. */
struct chosen {
	size_t *word, n;		/* [n], from 0 */
	struct flip *variant;		/* [variants] */
	size_t variants;
	const struct trace *trace;	/* of the text, with -m */
};

static const struct synonym *
next_synonym(const struct swapping *s, const struct block *b, size_t t,
    const struct synonym *last)
{
	const struct text *column = conllu_word(b, t);

	return synonyms_next(s->synonyms, column[CONLLU_FORM],
	    column[CONLLU_XPOS], last);
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
choose(const struct swapping *s, struct block *b)
{
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

		if (next_synonym(s, b, t, NULL) != NULL)
			c->word[c->n++] = t;
	}
	if (s->order->scores && c->n > s->most)
		c->n = s->most;
	else if (c->n > s->most)
		thin(s, b, c);
	return true;
}

/* True if the new form is neither the old one nor that of another variant of
 * this word; its variants begin at `from`. */
static bool
is_new(const struct chosen *c, size_t from, struct text old, struct text form)
{
	bool new = !text_equal(form, old);

	for (size_t i = from; new && i < c->variants; i++)
		new = !text_equal(form, c->variant[i].form);
	return new;
}

/* List the variants of the chosen words. */
static void
list_variants(const struct swapping *s, const struct block *b,
    struct chosen *c)
{
	const struct synonym *y = NULL;
	size_t most = 0;

	for (size_t i = 0; i < c->n; i++)
		while ((y = next_synonym(s, b, c->word[i], y)) != NULL)
			most++;
	c->variant = MEM_NEW(b->arena, most, struct flip);
	for (size_t i = 0; i < c->n; i++) {
		size_t t = c->word[i], from = c->variants;
		struct text old = conllu_word(b, t)[CONLLU_FORM];

		while ((y = next_synonym(s, b, t, y)) != NULL) {
			struct text form = synonyms_case(b->arena, old, y->to);

			if (is_new(c, from, old, form))
				c->variant[c->variants++] = (struct flip){
				    .word = t, .form = form};
		}
	}
}

static bool
prepare(void *self, struct block *b)
{
	const struct swapping *s = self;

	if (!choose(s, b))
		return false;
	list_variants(s, b, b->data);
	return true;
}

/* The swap of a variant: terribly=extremely. */
static void
write_swap(const struct block *b, const struct flip *f, struct output *o)
{
	output_text(o, conllu_word(b, f->word)[CONLLU_FORM]);
	output_char(o, '=');
	output_text(o, f->form);
}

/* Make the k-th variant, from 0, in the arena for one variant. */
static struct block
make_variant(struct swapping *s, const struct block *b,
    const struct chosen *c, size_t k)
{
	const struct flip *f = &c->variant[k];
	struct block v;
	struct output made = output_to(-1, NULL);
	struct text *form;

	mem_reset(s->arena);
	conllu_copy(s->arena, b, &v);
	form = MEM_NEW(s->arena, v.T, struct text);
	form[f->word] = f->form;
	revise(&v, NULL, form);
	output_text(&made, b->sent_id);
	output_printf(&made, "~%zu", k + 1);
	conllu_set_comment(&v, "sent_id", (struct text){made.buf, made.n});
	conllu_add_comment(&v, "reat.source", b->sent_id);
	made.n = 0;
	output_printf(&made, "%zu ", f->word + 1);
	write_swap(b, f, &made);
	conllu_add_comment(&v, "reat.swap", (struct text){made.buf, made.n});
	output_done(&made, 0);
	return v;
}

/* ---- -m ---- */

static void
run_batch(void *self, struct block **b, size_t n)
{
	struct swapping *s = self;
	struct trace *trace = flip_texts(s->flipper, b, n);

	for (size_t i = 0; i < n; i++) {
		struct chosen *c = b[i]->data;

		c->trace = &trace[i];
		if (trace[i].fault == TRACE_GOOD)
			flip_run(s->flipper, b[i], &trace[i], c->variants,
			    c->variant);
	}
}

static bool
check(const struct block *b, const struct chosen *c)
{
	if (!apply_check(b, c->trace))
		return false;
	for (size_t k = 0; k < c->variants; k++)
		if (!c->variant[k].finite)
			return bad(b->at, "the model gives a logit that is not "
			    "finite if \"%.*s\" replaces word %zu",
			    TEXT_ARGS(c->variant[k].form),
			    c->variant[k].word + 1);
	return true;
}

static void
write_flips(struct swapping *s, const struct block *b,
    const struct chosen *c, struct output *o)
{
	for (size_t k = 0; k < c->variants; k++)
		if (flip_is(&c->variant[k], c->trace)) {
			struct block v = make_variant(s, b, c, k);

			conllu_write(&v, o);
		}
}

static void
write_rows(struct swapping *s, const struct block *b,
    const struct chosen *c, struct output *o)
{
	const struct text *label = c->trace->label;

	for (size_t k = 0; k < c->variants; k++) {
		const struct flip *f = &c->variant[k];
		struct block v = make_variant(s, b, c, k);
		struct text text = conllu_comment(&v, "text");
		struct output swap = output_to(-1, NULL);

		write_swap(b, f, &swap);
		tsv_write(o, b->sent_id);
		output_printf(o, "\t%zu\t", f->word + 1);
		tsv_write(o, (struct text){swap.buf, swap.n});
		output_char(o, '\t');
		tsv_write(o, label[c->trace->predicted]);
		output_char(o, '\t');
		output_float(o, c->trace->probability[c->trace->predicted]);
		output_char(o, '\t');
		tsv_write(o, label[f->predicted]);
		output_char(o, '\t');
		output_float(o, f->probability);
		output_printf(o, "\t%d\t", flip_is(f, c->trace));
		tsv_write(o, text.s == NULL ? TEXT("_") : text);
		output_char(o, '\n');
		output_done(&swap, 0);
	}
}

static void
count_pairs(struct swapping *s, const struct block *b,
    const struct chosen *c, struct output *o)
{
	(void)o;
	flip_pairs_add(s->pairs, b, c->trace, c->variants, c->variant);
}

static const struct format formats[] = {
	{{"tok", "the variants that flip (the default)"}, NULL, write_flips},
	{{"tsv", "a row for each variant"}, "doc\tword\tswap\tbefore\t"
	    "p_before\tafter\tp_after\tflipped\ttext\n", write_rows},
	{{"pairs", "a row for each pair of words: how many flip"}, NULL,
	    count_pairs},
	{{NULL, NULL}, NULL, NULL},
};

/* ---- the run ---- */

static bool
write_variants(void *self, struct block *b, struct output *o)
{
	struct swapping *s = self;
	const struct chosen *c = b->data;

	if (s->flipper != NULL) {
		if (!check(b, c))
			return false;
		s->format->write(s, b, c, o);
		return true;
	}
	if (conllu_comment(b, "reat.source").s != NULL)
		conllu_write(b, o);	/* a variant of an earlier run */
	for (size_t k = 0; k < c->variants; k++) {
		struct block v = make_variant(s, b, c, k);

		conllu_write(&v, o);
	}
	return true;
}

static int
run(struct swapping *s, const struct filter *f, char *operands[],
    struct output *o)
{
	int status;

	s->arena = mem_arena();
	s->pairs = flip_pairs_new();
	if (s->flipper != NULL && s->format->header != NULL && !s->headless)
		output_string(o, s->format->header);
	status = s->order->scores ? score_find_run(&s->scores, f, operands,
	    o) : filter_run(f, operands, o);
	if (s->flipper != NULL && s->format->write == count_pairs)
		flip_pairs_write(s->pairs, !s->headless, o);
	flip_pairs_free(s->pairs);
	mem_free(s->arena);
	return status;
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:c:Hm:n:r:s:t:W:w:X:x:", "write variants of "
	    "texts, each with one word replaced", "[scores] [file ...]",
	    .reads = "tok", .writes = "variants",
	    .meanings = (const struct option_meaning[]){
	    {'a', "which words: any (the default) or score"},
	    {'c', "with -a score: predicted (the default) or a class name"},
	    {'H', "no header line (-t tsv, pairs)"},
	    {'k', "keep going after a bad text"},
	    {'m', "only variants for which this model predicts another class"},
	    {'n', "at most N words of each text; the default is all"},
	    {'r', "a file of words and synonyms (TSV)"},
	    {'s', "with -a any: seed of the random choice"},
	    {'t', "with -m: tok (the default), tsv or pairs"},
	    {'w', "words and their replacements: a=b,c=d"},
	    {'x', "as -m, with this command, which reads texts and writes a "
	    "table of probabilities"}, {0}},
	    .arguments = (const struct option_meaning[]){{'w', "PAIRS"},
	    {'x', "COMMAND"}, {0}},
	    .names = (const struct option_meaning[]){
	    {'a', "which"}, {'r', "synonyms"}, {'w', "pairs"},
	    {'x', "command"}, {0}}};
	struct source_choice source = {0};
	struct swapping s = {.order = orders, .format = formats,
	    .most = SIZE_MAX, .seed = 1, .top = {.class = "predicted",
	    .level = "word", .n = 100, .percent = true}};
	struct filter filter = {.read = prepare, .write = write_variants,
	    .self = &s};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	bool any = false;
	bool of_any = false, of_score = false;	/* -s, -c were given */
	int of_model = 0;		/* -H or -t, if it was given */
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
		case 'H':
			s.headless = true;
			of_model = c;
			break;
		case 'm': source.what = optarg; break;
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
		case 'W':
		case 'X':
		case 'x': source_option(&source, c); break;
		case 't':
			s.format = option_row(&o, c, formats, sizeof *formats);
			of_model = c;
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
	if (of_model != 0 && source.what == NULL)
		option_usage(&o, "option -%c works only with -m, -x or "
		    "-X", of_model);
	if (s.order->scores)
		score_find_operands(&o, argv + optind);
	if (source.what != NULL) {
		s.flipper = flip_open(&source, &out, &status);
		if (s.flipper == NULL)
			exit(status);
		filter.work = run_batch;
	}
	filter.keep_going = o.keep_going;
	status = run(&s, &filter, argv + optind, &out);
	if (s.flipper != NULL)
		status = flip_close(s.flipper, status);
	synonyms_free(s.synonyms);
	return output_done(&out, status);
}
