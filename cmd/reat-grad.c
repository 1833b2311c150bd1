/* SPDX-License-Identifier: ISC */
/* reat-grad: score words by a pass back: gradients with respect to embeddings,
 * or what changes if words are not there. */
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/text.h"
#include "explain/apply.h"
#include "explain/background.h"
#include "explain/contextual_scores.h"
#include "explain/explainer.h"
#include "explain/explanation.h"
#include "explain/gradient.h"
#include "explain/integrals.h"
#include "explain/join.h"
#include "explain/nodes.h"
#include "explain/presence_scores.h"
#include "explain/relevance.h"
#include "explain/samples.h"
#include "model/model.h"
#include "rnn/forward.h"
#include "rnn/presence.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/filter.h"

#define EPSILON 0.001		/* that of Arras et al. */

struct differentiating;

/* Score n blocks; false ends the run. */
typedef bool score_blocks(struct differentiating *, struct block **,
    const struct rnn_text *, size_t n, struct explained *);

struct method {
	struct option_name is;
	score_blocks *score;
	bool norm;			/* grad, ignorm, smoothnorm */
	bool together;			/* it groups the texts by itself */
	struct presence_method presence;	/* of leave_out */
	struct relevance_method relevance;	/* of relate */
	bool generalised;			/* of divide */

	const char *letters;		/* options that only it and others take,
					 * or NULL */
	size_t n, most;			/* -n: default, limit */
	double weight;			/* -w: default */
};

struct differentiating {
	struct explainer x;
	const struct method *method;
	bool keep_going;
	struct integrals integrals;	/* -n, -e */
	struct sampling sampling;	/* -n, -s, -w */
	double weight;			/* -w; negative without it */
	const char *texts;		/* -r, or NULL */
	struct background *background;	/* its texts */
	double epsilon;			/* -E */
	struct gradient *gradient;	/* one of these, for the method */
	struct rnn_presence *presence;
	struct relevance *relevance;
	struct contextual *contextual;
	struct nodes_texts all;		/* counted without -e */
};

/*
 * Open the explanations of n blocks.  A bad block gets no targets.  Returns
 * false if it ends the run.
 */
static bool
open_blocks(const struct differentiating *s, struct block **b,
    const struct rnn_text *text, const struct trace *trace, size_t n,
    struct explained *x)
{
	for (size_t i = 0; i < n; i++) {
		struct explanation *e = &x[i].e;

		b[i]->bad = !explainer_open(&s->x, b[i], &trace[i], e);
		b[i]->data = &x[i];
		if (b[i]->bad)
			e->targets = 0;
		if (b[i]->bad && !s->keep_going)
			return false;
		x[i].text = text[i];
		x[i].word = MEM_NEW(b[i]->arena, b[i]->T * e->targets, double);
		if (s->method->norm)
			x[i].norm = MEM_NEW(b[i]->arena, b[i]->T * e->targets,
			    double);
		x[i].ig = MEM_NEW(b[i]->arena, e->targets, struct nodes);
		for (size_t k = 0; k < e->targets; k++)
			e->bias[k] = 0;
	}
	return true;
}

/* Run n blocks forward and open them: for methods that run them again. */
static bool
classify(const struct differentiating *s, struct block **b,
    const struct rnn_text *text, size_t n, struct explained *x)
{
	struct arena *arena = b[0]->arena;
	struct trace *trace = MEM_NEW(arena, n, struct trace);

	rnn_forward(s->x.rnn, arena, n, text, RNN_LOGITS, trace);
	return open_blocks(s, b, text, trace, n, x);
}

/* Integrate the gradients of n blocks; under -e, until they are complete. */
static bool
integrate(struct differentiating *s, struct block **b,
    const struct rnn_text *text, size_t n, struct explained *x)
{
	bool goes_on = classify(s, b, text, n, x);

	integrals_run(&s->integrals, s->gradient, s->x.source, b[0]->arena,
	    n, x);
	return goes_on;
}

/* Score n blocks by the means over random points. */
static bool
sample(struct differentiating *s, struct block **b,
    const struct rnn_text *text, size_t n, struct explained *x)
{
	bool goes_on = classify(s, b, text, n, x);

	samples_run(&s->sampling, s->gradient, s->x.source, b[0]->arena,
	    n, x);
	return goes_on;
}

/* Score n blocks by one forward pass, and a pass back for each target. */
static bool
differentiate(struct differentiating *s, struct block **b,
    const struct rnn_text *text, size_t n, struct explained *x)
{
	struct arena *arena = b[0]->arena;
	struct trace *trace = MEM_NEW(arena, n, struct trace);
	struct gradient_task *task = MEM_NEW(arena, n,
	    struct gradient_task);
	size_t targets = 0;
	bool goes_on;

	gradient_forward(s->gradient, arena, n, text, trace);
	goes_on = open_blocks(s, b, text, trace, n, x);
	for (size_t i = 0; i < n; i++)
		if (x[i].e.targets > targets)
			targets = x[i].e.targets;
	for (size_t k = 0; k < targets; k++) {
		for (size_t i = 0; i < n; i++)
			task[i] = k < x[i].e.targets ?
			    explained_task(&x[i], k) :
			    (struct gradient_task){.S = NULL};
		gradient_back(s->gradient, s->method->norm, task);
	}
	for (size_t i = 0; i < n; i++)
		explain_sums(&x[i].e, x[i].word);
	return goes_on;
}

/* Score n blocks by leaving words out, with one forward pass. */
static bool
leave_out(struct differentiating *s, struct block **b,
    const struct rnn_text *text, size_t n, struct explained *x)
{
	struct arena *arena = b[0]->arena;
	struct trace *trace = MEM_NEW(arena, n, struct trace);
	struct rnn_run *run = MEM_NEW(arena, n, struct rnn_run);
	struct explanation **e = MEM_NEW(arena, n, struct explanation *);
	struct presence_method method = s->method->presence;
	bool goes_on;

	if (s->weight >= 0)
		method.weight = s->weight;
	for (size_t i = 0; i < n; i++) {
		run[i] = (struct rnn_run){.text = text[i], .scale = 1};
		e[i] = &x[i].e;
	}
	rnn_presence_forward(s->presence, arena, n, run, trace);
	goes_on = open_blocks(s, b, text, trace, n, x);
	presence_explain(s->presence, arena, &method, n, e, run, trace);
	return goes_on;
}

/* Score n blocks by relevance: one forward pass, a pass back a target. */
static bool
relate(struct differentiating *s, struct block **b,
    const struct rnn_text *text, size_t n, struct explained *x)
{
	struct arena *arena = b[0]->arena;
	struct trace *trace = MEM_NEW(arena, n, struct trace);
	struct explanation **e = MEM_NEW(arena, n, struct explanation *);
	bool goes_on;

	for (size_t i = 0; i < n; i++)
		e[i] = &x[i].e;
	relevance_forward(s->relevance, arena, n, text, trace);
	goes_on = open_blocks(s, b, text, trace, n, x);
	relevance_explain(s->relevance, arena, n, e);
	return goes_on;
}

/* Score n blocks by the parts of their spans, one text after the other. */
static bool
divide(struct differentiating *s, struct block **b,
    const struct rnn_text *text, size_t n, struct explained *x)
{
	bool goes_on = classify(s, b, text, n, x);

	for (size_t i = 0; i < n; i++)
		if (x[i].e.targets > 0)
			contextual_explain(s->contextual, &x[i].e, &text[i]);
	return goes_on;
}

/* The first is the default.  The last has no name. */
static const struct method methods[] = {
	{{"ig", "integrated gradients from zero embeddings (the default)"},
	    .score = integrate, .together = true,
	    .letters = "en", .n = NODES_DEFAULT, .most = NODES_MAX},
	{{"gradxinput", "gradient times input"}, .score = differentiate},
	{{"grad", "the gradient's length: never negative"},
	    .score = differentiate, .norm = true},
	{{"ignorm", "the length of the vector that ig adds up: never negative"},
	    .score = integrate, .norm = true, .together = true,
	    .letters = "en", .n = NODES_DEFAULT, .most = NODES_MAX},
	{{"smoothgrad", "gradxinput, with the mean gradient of noisy vectors"},
	    .score = sample, .together = true, .letters = "nsw",
	    .n = 50, .most = SAMPLES_MOST, .weight = .15},
	{{"smoothnorm", "that mean gradient's length: never negative"},
	    .score = sample, .norm = true, .together = true, .letters = "nsw",
	    .n = 50, .most = SAMPLES_MOST, .weight = .15},
	{{"expected", "ig from texts of a background (-r), and their mean"},
	    .score = sample, .together = true, .letters = "nrs",
	    .n = 200, .most = SAMPLES_MOST},
	{{"half", "what a word changes and what it would write alone, halved"},
	    .score = leave_out, .presence = {.half = true}},
	{{"skip", "the effect of leaving out a word or any span"},
	    .score = leave_out, .presence = {.skip = true}, .letters = "j"},
	{{"mix", "half, and a part of skip"},
	    .score = leave_out, .presence = {true, true, 1.0 / 3},
	    .letters = "w", .weight = 1.0 / 3},
	{{"lrp", "relevance propagation: a gate takes none"},
	    .score = relate, .relevance = {.lrp = true}, .letters = "E"},
	{{"lrp-half", "relevance propagation: a gate takes half"},
	    .score = relate, .relevance = {.lrp = true, .gate = 0.5},
	    .letters = "E"},
	{{"deeplift", "DeepLIFT (rescale) from zero embeddings"},
	    .score = relate, .relevance = {.reference = true}},
	{{"deeplift-held", "the same, but gates are held, by the rules of lrp"},
	    .score = relate, .relevance = {.lrp = true, .reference = true},
	    .letters = "E"},
	{{"cd", "contextual decomposition: the part of a word or any span"},
	    .score = divide, .letters = "j"},
	{{"gcd", "generalised cd: gates as a whole, biases a third part"},
	    .score = divide, .generalised = true, .letters = "j"},
	{.score = NULL},
};

static bool
read_block(void *self, struct block *b)
{
	const struct differentiating *s = self;

	return explainer_read(&s->x, b);
}

static void
run_batch(void *self, struct block **b, size_t n)
{
	struct differentiating *s = self;
	struct explained *x = MEM_NEW(b[0]->arena, n, struct explained);
	struct rnn_text *text = apply_texts(rnn_model(s->x.rnn), b, n);
	bool goes_on = true;

	explainer_count(&s->x, b, n);
	for (size_t i = 0, some; goes_on && i < n; i += some) {
		size_t words = b[i]->T;

		for (some = 1; i + some < n && (s->method->together ||
		    words + b[i + some]->T <= GRADIENT_WORDS); some++)
			words += b[i + some]->T;
		goes_on = s->method->score(s, b + i, text + i, some, x + i);
	}
	for (size_t i = 0; i < n; i++)
		explainer_did(&s->x, 1, s->method->together ? 0 : b[i]->T,
		    "steps");
}

static void
did(void *self, size_t steps)
{
	struct differentiating *s = self;

	explainer_did(&s->x, 0, steps, "steps");
}

static bool
write_rows(void *self, struct block *b, struct output *o)
{
	struct differentiating *s = self;
	struct explained *x = b->data;

	if (!integrals_check(&s->integrals, b, x) ||
	    !explain_write(&x->e, s->x.method, o))
		return false;
	if (s->method->score == integrate && s->integrals.tolerance < 0)
		nodes_count(&s->all, b->sent_id, integrals_error(x));
	return true;
}

static int
begin(void *self)
{
	struct differentiating *s = self;
	struct model *m = rnn_model(s->x.rnn);
	int status = STATUS_OK;

	if (s->method->score == divide && contextual_lacks(m))
		die("%.*s is %s%s; -a %s has rules for a GRU and an LSTM "
		    "without modules in the head", TEXT_ARGS(m->name),
		    cells[m->cell].noun, m->stack.n == 0 ? "" :
		    " with modules in its head", s->method->is.name);
	else if (s->method->score == divide)
		s->contextual = contextual_new(m,
		    s->method->generalised);
	else if (s->method->score == leave_out)
		s->presence = rnn_presence_new(m);
	else if (s->method->score != relate)
		s->gradient = gradient_new(m, did, s);
	else
		s->relevance = relevance_new(m, &s->method->relevance,
		    s->epsilon);
	if (s->texts != NULL)
		s->sampling.background = s->background =
		    background_read(s->x.rnn, s->texts, &status);
	return status;
}

static void
end(void *self)
{
	struct differentiating *s = self;

	if (s->presence != NULL)
		rnn_presence_free(s->presence);
	else if (s->relevance != NULL)
		relevance_free(s->relevance);
	else if (s->contextual != NULL)
		contextual_free(s->contextual);
	else
		gradient_free(s->gradient);
	background_free(s->background);
	nodes_note(&s->all, s->x.quiet);
}

/* -j */
static const struct join_kind *
read_join(const struct options *o)
{
	if (strcmp(optarg, join_pairs.is.name) == 0)
		option_usage(o, "option -j %s works only with reat-occlude: no "
		    "method here has a score for two spans apart", optarg);
	return option_pick(o, 'j', join_touching);
}

/* Refuse an option that this method does not take. */
static void
check_letters(const struct options *o, const struct method *method,
    const char *given)
{
	const char *with[sizeof methods / sizeof *methods] = {NULL};
	struct arena *arena = mem_arena();
	size_t n = 0;

	for (; *given != 0; given++) {
		if (method->letters != NULL &&
		    strchr(method->letters, *given) != NULL)
			continue;
		for (const struct method *m = methods; m->score != NULL; m++)
			if (m->letters != NULL && strchr(m->letters, *given))
				with[n++] = m->is.name;
		option_usage(o, "option -%c works only with -a %s%s", *given,
		    text_names(arena, with, " or "), *given != 'j' ? "" :
		    ": a span of other methods is the sum of its words, and "
		    "sums have no interactions");
	}
	mem_free(arena);
}

/* Check the options against the method, and set its defaults.  n is that of -n,
 * or 0. */
static void
take_options(struct differentiating *s, const struct options *o, size_t n,
    const char *given)
{
	const struct method *method = s->method;

	check_letters(o, method, given);
	if (n > method->most)
		option_usage(o, "option -n: %zu, expected a whole number from "
		    "1 to %zu with -a %s", n, method->most, method->is.name);
	if (s->x.choice.probability && (method->presence.half ||
	    method->score == relate || method->score == divide))
		option_usage(o, "option -y does not work with -a %s: its "
		    "scores are parts of a logit", method->is.name);
	if (s->texts == NULL && method->letters != NULL &&
	    strchr(method->letters, 'r') != NULL)
		option_usage(o, "-a %s needs -r FILE, a tok stream of texts",
		    method->is.name);
	s->sampling.n = n > 0 ? n : method->n;
	s->integrals.nodes = n > 0 || s->integrals.tolerance < 0 ?
	    s->sampling.n : nodes_first(s->integrals.tolerance);
	if (s->weight < 0)
		s->weight = method->weight;
	s->sampling.noise = s->weight;
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:b:c:E:e:Hj:l:m:n:qr:s:w:y",
	    "score words by a pass back", "[file ...]",
	    .reads = "tok", .writes = "score",
	    .meanings = (const struct option_meaning[]){
	    {'a', "method: ig (the default) or another that \"list\" lists"},
	    {'E', "lrp, lrp-half, deeplift-held: no sum is nearer to zero, "
		"0.001 by default"},
	    {'e', "ig, ignorm: add nodes until words of ig miss the score by "
		"less of their size"},
	    {'j', "skip, cd and gcd: joined spans, too: tree or adjacent"},
	    {'l', EXPLAINER_LEVELS},
	    {'n', "nodes of ig and ignorm (16), samples of smoothgrad and "
		"smoothnorm (50) and of expected (200)"},
	    {'r', "expected: the texts of the background (tok)"},
	    {'w', "the weight of skip in mix (1/3), the noise of smoothgrad "
		"and smoothnorm (.15)"}, {0}},
	    .arguments = (const struct option_meaning[]){{'w', "W"}, {0}},
	    .names = (const struct option_meaning[]){{'n', "nodes"},
	    {'r', "background"}, {'w', "weight"}, {0}}};
	struct differentiating s = {.x = explainer_defaults,
	    .method = methods, .integrals.tolerance = -1, .weight = -1,
	    .sampling.seed = 1, .epsilon = EPSILON};
	struct filter filter = {.read = read_block, .work = run_batch,
	    .write = write_rows, .self = &s};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	char given[sizeof "Eejnrsw"] = "";	/* letters of some methods */
	size_t n = 0;

	for (int c; (c = option_next(&o, argc, argv)) != -1; ) {
		if (strchr("Eejnrsw", c) != NULL && strchr(given, c) == NULL)
			given[strlen(given)] = (char)c;
		switch (c) {
		case 'a':
			s.method = option_row(&o, c, methods,
			    sizeof *methods);
			break;
		case 'E': s.epsilon = option_real(c, 1e-9, 1e9); break;
		case 'e': s.integrals.tolerance = option_real(c, 0, 1); break;
		case 'j': s.x.choice.join = read_join(&o); break;
		case 'n':
			n = (size_t)option_number(c, 1, SAMPLES_MOST);
			break;
		case 'r': s.texts = optarg; break;
		case 's':
			s.sampling.seed = (uint64_t)option_number(c, 0,
			    1L << 52);
			break;
		case 'w': s.weight = option_real(c, 0, 1); break;
		default: explainer_option(&s.x, c);
		}
	}
	take_options(&s, &o, n, given);
	s.keep_going = o.keep_going;
	s.x.method = s.method->is.name;
	s.x.deletes = s.method->presence.skip && !s.method->presence.half;
	s.x.begin = begin;
	s.x.end = end;
	s.x.self = &s;
	return output_done(&out, explainer_run_filter(&s.x, &o, &filter,
	    argv + optind, &out));
}
