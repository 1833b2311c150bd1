/* SPDX-License-Identifier: ISC */
/* reat-swap: variants of texts with words replaced, and attacks with them. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/tsv.h"
#include "explain/apply.h"
#include "explain/attack.h"
#include "explain/attack_write.h"
#include "explain/attacker.h"
#include "explain/flip.h"
#include "explain/neighbours.h"
#include "explain/source.h"
#include "explain/swaps.h"
#include "math/random.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/filter.h"
#include "stream/layer.h"
#include "stream/score_find.h"
#include "stream/synonyms.h"
#include "stream/top.h"

/* -a: if -n allows only some words, the first in which order; or an attack. */
static const struct order {
	struct option_name is;
	bool scores;
	const struct attack_method *attack;
} orders[] = {
	{{"any", "words chosen at random (the default)"}, false, NULL},
	{{"score", "words with the highest scores; the first operand has them"},
	    true, NULL},
	{{"pwws", "attack: words by saliency and drop (Ren et al. 2019)"},
	    false, &attack_pwws},
	{{"pwws-textattack", "attack: the same as TextAttack does it"}, false,
	    &attack_pwws_textattack},
	{{"textfooler", "attack: words by importance, the nearest that flips "
	    "(Jin et al. 2020)"}, false, &attack_textfooler},
	{{"beam", "attack: beam search, words replaced or erased"}, false,
	    &attack_beam},
	{{"beam-swap", "attack: beam search, words replaced"}, false,
	    &attack_beam_swap},
	{{NULL, NULL}, false, NULL},
};

struct swapping;
struct chosen;

/* -t: what is written. */
struct format {
	struct option_name is;
	const char *header;	/* NULL if there is none */
	void (*write)(struct swapping *, const struct block *,
	    const struct chosen *, struct output *);
	const struct attack_format *attack;	/* the same of an attack; NULL:
						 * it has none */
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

		if (swaps_next(s->synonyms, b, t, NULL) != NULL)
			c->word[c->n++] = t;
	}
	if (s->order->scores && c->n > s->most)
		c->n = s->most;
	else if (c->n > s->most)
		thin(s, b, c);
	return true;
}

static bool
prepare(void *self, struct block *b)
{
	const struct swapping *s = self;
	struct chosen *c;

	if (!choose(s, b))
		return false;
	c = b->data;
	c->variant = swaps_list(s->synonyms, b, c->n, c->word, &c->variants);
	return true;
}

/* Make the k-th variant, from 0, in the arena for one variant. */
static struct block
make_variant(struct swapping *s, const struct block *b,
    const struct chosen *c, size_t k)
{
	mem_reset(s->arena);
	return swaps_make(s->arena, b, &c->variant[k], k + 1);
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

		flip_write(b, f->word, f->form, &swap);
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
	{{"tok", "the variants that flip (the default); of an attack the "
	    "changed texts"}, NULL, write_flips, &attack_tok},
	{{"tsv", "a row for each variant; of an attack for each text"},
	    "doc\tword\tswap\tbefore\tp_before\tafter\tp_after\tflipped\t"
	    "text\n", write_rows, &attack_tsv},
	{{"pairs", "a row for each pair of words: how many flip"}, NULL,
	    count_pairs, NULL},
	{{NULL, NULL}, NULL, NULL, NULL},
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

/* -G: read at the end, when -K and -e are known. */
struct nearest {
	const char *path;
	size_t most;
	double cosine;
};

static int
run_attack(struct attacking *a, const struct nearest *near, char *operands[],
    struct output *o)
{
	int status = STATUS_OK;

	if (near->path != NULL)
		a->neighbours = neighbours_read(near->path, near->most,
		    near->cosine, &status);
	if (status == STATUS_OK)
		status = attacker_run(a, operands, o);
	if (a->neighbours != NULL)
		neighbours_free(a->neighbours);
	return status;
}

/* -n WORDS[,BEAM] */
static void
read_numbers(size_t *most, size_t *beam)
{
	char *comma = strchr(optarg, ',');

	if (comma != NULL)
		*comma = '\0';
	*most = (size_t)option_number('n', 0, 1000000000);
	if (comma == NULL)
		return;
	optarg = comma + 1;
	*beam = (size_t)option_number('n', 1, ATTACK_BEAM_MOST);
}

/* The last letter that was given of those that need something, or 0. */
struct given {
	int any, score, model, attack;
	bool synonyms, beam, neighbour;
};

/* Exits with the usage if options do not fit together. */
static void
check_options(const struct options *o, const struct swapping *s,
    const struct source_choice *source, const struct given *g,
    const struct nearest *near)
{
	const struct attack_method *attack = s->order->attack;

	if (!g->synonyms && near->path == NULL &&
	    (attack == NULL || !attack->erases))
		option_usage(o, "no synonyms; option -w%s or -r is needed",
		    attack != NULL ? ", -G" : "");
	if (g->score != 0 && !s->order->scores && attack == NULL)
		option_usage(o, "option -c works only with -a score or an "
		    "attack");
	if (g->any != 0 && (s->order->scores || attack != NULL))
		option_usage(o, "option -s works only with -a any");
	if (g->model != 0 && source->what == NULL)
		option_usage(o, "option -%c works only with -m, -x or "
		    "-X", g->model);
	if (g->attack != 0 && attack == NULL)
		option_usage(o, "option -%c works only with an attack (-a "
		    "pwws, textfooler, beam)", g->attack);
	if (g->beam && (attack == NULL || !attack->beam))
		option_usage(o, "option -n: only -a beam and beam-swap have a "
		    "beam");
	if (g->neighbour && near->path == NULL)
		option_usage(o, "options -K and -e work only with -G");
	if (attack != NULL && source->what == NULL)
		option_usage(o, "option -a %s needs a classifier: -m, -x or "
		    "-X", s->order->is.name);
	if (attack != NULL && s->format->attack == NULL)
		option_usage(o, "option -t %s does not work with an attack",
		    s->format->is.name);
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:c:e:G:HK:m:n:o:qr:s:t:W:w:X:x:", "write "
	    "variants of texts with words replaced, or attack a classifier "
	    "with them", "[scores] [file ...]",
	    .reads = "tok", .writes = "variants",
	    .meanings = (const struct option_meaning[]){
	    {'a', "which words: any (the default), score or an attack; "
		"\"list\" lists them"},
	    {'c', "with -a score: predicted (the default) or a class name; "
		"with an attack: the class to reach"},
	    {'e', "with -G: the least cosine (0.5)"},
	    {'H', "no header line (-t tsv, pairs)"},
	    {'K', "with -G: at most N neighbours of a word (50)"},
	    {'k', "keep going after a bad text"},
	    {'m', "only variants for which this model predicts another class"},
	    {'n', "at most N words of each text; the default is all; texts of "
		"the beam (8)"},
	    {'o', "with an attack: write to this file, or continue it"},
	    {'r', "a file of words and synonyms (TSV)"},
	    {'s', "with -a any: seed of the random choice"},
	    {'t', "with -m: tok (the default), tsv or pairs"},
	    {'w', "words and their replacements: a=b,c=d"},
	    {'x', "as -m, with this command, which reads texts and writes a "
	    "table of probabilities"}, {0}},
	    .arguments = (const struct option_meaning[]){{'e', "COSINE"},
	    {'n', "N[,BEAM]"}, {'w', "PAIRS"}, {0}},
	    .names = (const struct option_meaning[]){
	    {'a', "which"}, {'e', "cosine"}, {'K', "candidates"},
	    {'r', "synonyms"}, {'w', "pairs"}, {0}}};
	struct source_choice source = {0};
	struct swapping s = {.order = orders, .format = formats,
	    .most = SIZE_MAX, .seed = 1, .top = {.class = "predicted",
	    .level = "word"}};
	struct attacking attacking = {.beam = 8, .options = TEXT_HASH};
	struct nearest near = {NULL, 50, .5};
	struct filter filter = {.read = prepare, .write = write_variants,
	    .self = &s};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	struct given g = {0};
	int status;

	err_name(argv[0]);	/* before there may be no memory */
	s.synonyms = synonyms_new();
	for (int c; (c = option_next(&o, argc, argv)) != -1; ) {
		if (strchr("acemnxXK", c) != NULL)
			attacking.options = text_hash_step(text_hash_on(
			    attacking.options, text_of(optarg)), (uint64_t)c);
		switch (c) {
		case 'a':
			s.order = option_row(&o, c, orders, sizeof *orders);
			break;
		case 'c':
			attacking.class = s.top.class = optarg;
			g.score = c;
			break;
		case 'e':
			near.cosine = option_real(c, 0, 1);
			g.neighbour = true;
			break;
		case 'G': near.path = optarg; g.attack = c; break;
		case 'H':
			s.headless = true;
			g.model = c;
			break;
		case 'K':
			near.most = (size_t)option_number(c, 1, 10000);
			g.neighbour = true;
			break;
		case 'm':
			if (source.kind == SOURCE_MODEL)
				source.what = optarg;
			source_option(&source, c);
			break;
		case 'n':
			g.beam = strchr(optarg, ',') != NULL;
			read_numbers(&s.most, &attacking.beam);
			break;
		case 'o': attacking.path = optarg; g.attack = c; break;
		case 'q': attacking.quiet = true; break;
		case 'r':
			if (!synonyms_read(s.synonyms, optarg, &status))
				exit(status);
			g.synonyms = true;
			break;
		case 's':
			s.seed = (uint64_t)option_number('s', 0, 1000000000);
			g.any = c;
			break;
		case 't':
			s.format = option_row(&o, c, formats, sizeof *formats);
			g.model = c;
			break;
		case 'w':
			if (!synonyms_pairs(s.synonyms, optarg))
				option_usage(&o, "option -w: \"%s\", expected "
				    "pairs a=b, separated by commas", optarg);
			g.synonyms = true;
			break;
		default: source_option(&source, c);
		}
	}
	check_options(&o, &s, &source, &g, &near);
	if (s.order->scores)
		score_find_operands(&o, argv + optind);
	filter.keep_going = o.keep_going;
	if (s.order->attack != NULL) {
		attacking.method = s.order->attack;
		attacking.format = s.format->attack;
		attacking.source = source;
		attacking.synonyms = s.synonyms;
		attacking.most = s.most;
		attacking.headless = s.headless;
		attacking.keep_going = o.keep_going;
		status = run_attack(&attacking, &near, argv + optind, &out);
	} else {
		if (source.what != NULL) {
			s.flipper = flip_open(&source, &out, &status);
			if (s.flipper == NULL)
				exit(status);
			filter.work = run_batch;
		}
		status = run(&s, &filter, argv + optind, &out);
		if (s.flipper != NULL)
			status = flip_close(s.flipper, status);
	}
	synonyms_free(s.synonyms);
	return output_done(&out, status);
}
