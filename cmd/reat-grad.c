/* SPDX-License-Identifier: ISC */
/* reat-grad: score words by a pass back: gradients with respect to embeddings,
 * or what changes if words are not there. */
#include <math.h>
#include <stddef.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "explain/apply.h"
#include "explain/explainer.h"
#include "explain/explanation.h"
#include "explain/gradient.h"
#include "explain/join.h"
#include "explain/nodes.h"
#include "explain/presence_scores.h"
#include "explain/target.h"
#include "model/model.h"
#include "rnn/forward.h"
#include "rnn/presence.h"
#include "rnn/trace.h"
#include "rnn/variants.h"
#include "stream/block.h"
#include "stream/filter.h"

struct differentiating;
struct explained;

/* Score n blocks; false ends the run. */
typedef bool score_blocks(struct differentiating *, struct block **,
    const struct rnn_text *, size_t n, struct explained *);

struct method {
	struct option_name is;
	score_blocks *score;
	bool norm;			/* grad, ignorm */
	struct presence_method presence;	/* of leave_out */
};

struct differentiating {
	struct explainer x;
	const struct method *method;
	bool keep_going;
	size_t nodes;			/* of the first attempt */
	double tolerance;		/* -e; negative without it */
	double weight;			/* -w; negative without it */
	struct gradient *gradient;	/* one of these two, for the method */
	struct rnn_presence *presence;
	struct nodes_texts all;		/* counted without -e */
};

/* A block and its scores. */
struct explained {
	struct explanation e;
	struct rnn_text text;
	double *word;			/* [T][targets] */
	double *norm;			/* the same, of ignorm; or NULL */
	double *zero;			/* [targets] F(0), of ig and ignorm */
	struct nodes *ig;		/* [targets] */
};

/*
 * Set zero of every target to its value for a text of the same length whose
 * embeddings are all zero.  All these texts are prefixes of the longest one, so
 * variants_run computes them together.
 */
static void
run_baselines(struct differentiating *s, struct arena *arena,
    struct explained *x, size_t n)
{
	const struct model *m = rnn_model(s->x.rnn);
	struct rnn_text *blank = MEM_NEW(arena, n, struct rnn_text);
	float *logit = MEM_NEW(arena, n * m->rows, float);
	float *probability = MEM_NEW(arena, n * m->C, float);
	size_t longest = 0;
	int32_t *id;

	for (size_t i = 0; i < n; i++)
		longest = x[i].text.T > longest ? x[i].text.T : longest;
	id = MEM_NEW(arena, longest, int32_t);
	for (size_t t = 0; t < longest; t++)
		id[t] = -1;
	for (size_t i = 0; i < n; i++)
		blank[i] = (struct rnn_text){x[i].text.T, id};
	source_run(s->x.source, n, blank, logit, probability);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < x[i].e.targets; k++)
			x[i].zero[k] = explain_value(&x[i].e, k,
			    logit + i * m->rows, probability + i * m->C);
}

/*
 * The error of completeness of target k (nodes.h), by the scores of ig; NaN if
 * one of them is not finite, which explain_write refuses.  Below *rounding,
 * more nodes may not help: the logits are floats.
 */
static double
missed(const struct explained *x, size_t k, double *rounding)
{
	double logit = x->e.logit[k], zero = x->zero[k];
	double sum = zero - logit, size = 0;

	for (size_t t = 0; t < x->text.T; t++) {
		sum += x->word[t * x->e.targets + k];
		size += fabs(x->word[t * x->e.targets + k]);
	}
	/* some units in the last place of two floats */
	*rounding = fmax(1e-6, 8 * 6e-8 * (fabs(logit) + fabs(zero)) / size);
	if (!isfinite(sum))
		return NAN;
	return size > 0 ? fabs(sum) / size : sum != 0 ? HUGE_VAL : 0;
}

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
		x[i].zero = MEM_NEW(b[i]->arena, e->targets, double);
		x[i].ig = MEM_NEW(b[i]->arena, e->targets, struct nodes);
		for (size_t k = 0; k < e->targets; k++)
			e->bias[k] = 0;
	}
	return true;
}

/* The task of target k of a block. */
static struct gradient_task
make_task(const struct differentiating *s, const struct explained *x, size_t k)
{
	return (struct gradient_task){.text = x->text,
	    .target = explain_target(&x->e, k),
	    .nodes = x->ig[k].n, .denser = s->tolerance >= 0,
	    .S = x->word + k,
	    .norm = s->method->norm ? x->norm + k : NULL,
	    .stride = x->e.targets};
}

/*
 * Make the tasks of n blocks, and return how many: one for every target, with
 * the first number of nodes; or, again, those that need more nodes.
 */
static size_t
make_tasks(const struct differentiating *s, const struct explained *x, size_t n,
    bool again, struct gradient_task *task)
{
	size_t tasks = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < x[i].e.targets; k++) {
			struct nodes *ig = &x[i].ig[k];
			double error, rounding;

			error = again ? missed(&x[i], k, &rounding) : 0;
			if (!again)
				*ig = (struct nodes){s->nodes,
				    nodes_most(x[i].text.T), HUGE_VAL, 0};
			else if (!nodes_more(ig, error, s->tolerance, rounding))
				continue;
			task[tasks++] = make_task(s, &x[i], k);
		}
	return tasks;
}

/*
 * Take the scores of a block from its integrals: those of ig and the bias F(0)
 * add up to the logit, those of ignorm do not.
 */
static void
take_integrals(const struct differentiating *s, struct explained *x)
{
	for (size_t k = 0; k < x->e.targets; k++) {
		double rounding;

		x->ig[k].error = missed(x, k, &rounding);
		if (!s->method->norm)
			x->e.bias[k] = x->zero[k];
	}
	explain_sums(&x->e, s->method->norm ? x->norm : x->word);
}

/* Integrate the gradients of n blocks; under -e, until they are complete. */
static bool
integrate(struct differentiating *s, struct block **b,
    const struct rnn_text *text, size_t n, struct explained *x)
{
	struct arena *arena = b[0]->arena;
	struct trace *trace = MEM_NEW(arena, n, struct trace);
	struct gradient_task *task;
	size_t all = 0, left;
	bool goes_on;

	rnn_forward(s->x.rnn, arena, n, text, RNN_LOGITS, trace);
	goes_on = open_blocks(s, b, text, trace, n, x);
	for (size_t i = 0; i < n; i++)
		all += x[i].e.targets;
	task = MEM_NEW(arena, all, struct gradient_task);
	run_baselines(s, arena, x, n);
	left = make_tasks(s, x, n, false, task);
	while (left > 0) {
		gradient_integrate(s->gradient, left, task);
		left = s->tolerance < 0 ? 0 :
		    make_tasks(s, x, n, true, task);
	}
	for (size_t i = 0; i < n; i++)
		take_integrals(s, &x[i]);
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
			task[i] = k < x[i].e.targets ? make_task(s, &x[i], k) :
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

/* The first is the default.  The last has no name. */
static const struct method methods[] = {
	{{"ig", "integrated gradients from zero embeddings (the default)"},
	    .score = integrate},
	{{"gradxinput", "gradient times input"}, .score = differentiate},
	{{"grad", "the gradient's length: never negative"},
	    .score = differentiate, .norm = true},
	{{"ignorm", "the length of the vector that ig adds up: never negative"},
	    .score = integrate, .norm = true},
	{{"half", "what a word changes and what it would write alone, halved"},
	    .score = leave_out, .presence = {.half = true}},
	{{"skip", "the effect of leaving out a word or any span"},
	    .score = leave_out, .presence = {.skip = true}},
	{{"mix", "half, and a part of skip"},
	    .score = leave_out, .presence = {true, true, 1.0 / 3}},
	{.score = NULL},
};

static bool
is_path(const struct method *method)
{
	return method->score == integrate;
}

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
	/* integrate makes groups of its own */
	for (size_t i = 0, some; goes_on && i < n; i += some) {
		size_t words = b[i]->T;

		for (some = 1; i + some < n && (is_path(s->method) ||
		    words + b[i + some]->T <= GRADIENT_WORDS); some++)
			words += b[i + some]->T;
		goes_on = s->method->score(s, b + i, text + i, some, x + i);
	}
	for (size_t i = 0; i < n; i++)
		explainer_did(&s->x, 1, is_path(s->method) ? 0 : b[i]->T,
		    "steps");
}

static void
did(void *self, size_t steps)
{
	struct differentiating *s = self;

	explainer_did(&s->x, 0, steps, "steps");
}

/* Count a text, for the note about incomplete texts at the end. */
static void
count(struct differentiating *s, const struct explained *x)
{
	double error = 0;

	for (size_t k = 0; k < x->e.targets; k++)
		error = fmax(error, x->ig[k].error);
	nodes_count(&s->all, x->e.block->sent_id, error);
}

/* Why there was no attempt with more nodes, for a message. */
static const char *
why_not_more(struct block *b, const struct nodes *ig)
{
	if (nodes_rounding(ig))
		return ": too small for single precision";
	if (ig->most < NODES_MAX)
		return mem_printf(b->arena, ": more nodes would take too long "
		    "for a text of %zu words", b->T);
	return "";
}

static bool
write_rows(void *self, struct block *b, struct output *o)
{
	struct differentiating *s = self;
	struct explained *x = b->data;

	/* false for NaN, which explain_write refuses */
	for (size_t k = 0; s->tolerance >= 0 && k < x->e.targets; k++)
		if (x->ig[k].error > s->tolerance)
			return bad(b->at, "integrated gradients of class %.*s "
			    "miss the score by %s with %zu nodes, the limit is "
			    "%g%s", TEXT_ARGS(x->e.target[k].class),
			    nodes_error(b->arena, x->ig[k].error),
			    x->ig[k].n, s->tolerance,
			    why_not_more(b, &x->ig[k]));
	if (!explain_write(&x->e, s->x.method, o))
		return false;
	if (is_path(s->method) && s->tolerance < 0)
		count(s, x);
	return true;
}

static void
begin(void *self)
{
	struct differentiating *s = self;

	if (s->method->score == leave_out)
		s->presence = rnn_presence_new(rnn_model(s->x.rnn));
	else
		s->gradient = gradient_new(rnn_model(s->x.rnn), did, s);
}

static void
end(void *self)
{
	struct differentiating *s = self;

	if (s->presence != NULL)
		rnn_presence_free(s->presence);
	else
		gradient_free(s->gradient);
	nodes_note(&s->all, s->x.quiet);
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:b:c:e:Hj:l:m:n:qw:y", "score words by a "
	    "pass back", "[file ...]", .reads = "tok", .writes = "score",
	    .meanings = (const struct option_meaning[]){
	    {'a', "method: ig (the default) or another that \"list\" lists"},
	    {'e', "ig, ignorm: add nodes until words of ig miss the score by "
		"less of their size"},
	    {'l', EXPLAINER_LEVELS},
	    {'n', "nodes of ig and ignorm, 16 by default"},
	    {'w', "the weight of skip in mix, 1/3 by default"}, {0}},
	    .arguments = (const struct option_meaning[]){{'w', "W"}, {0}},
	    .names = (const struct option_meaning[]){
	    {'n', "nodes"}, {'w', "weight"}, {0}}};
	struct differentiating s = {.x = explainer_defaults,
	    .method = methods, .tolerance = -1, .weight = -1};
	struct filter filter = {.read = read_block, .work = run_batch,
	    .write = write_rows, .self = &s};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	int only = 0;			/* an option of ig and ignorm only */

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			s.method = option_row(&o, c, methods,
			    sizeof *methods);
			break;
		case 'e': s.tolerance = option_real(only = c, 0, 1); break;
		case 'j':
			s.x.choice.join = option_row(&o, c, join_kinds,
			    sizeof *join_kinds);
			break;
		case 'n':
			s.nodes = (size_t)option_number(only = c, 1, NODES_MAX);
			break;
		case 'w': s.weight = option_real(c, 0, 1); break;
		default: explainer_option(&s.x, c);
		}
	if (only != 0 && !is_path(s.method))
		option_usage(&o, "option -%c works only with -a ig and "
		    "-a ignorm", only);
	if (s.weight >= 0 && s.method->presence.weight == 0)
		option_usage(&o, "option -w works only with -a mix");
	if (s.x.choice.probability && s.method->presence.half)
		option_usage(&o, "option -y does not work with -a %s: its "
		    "words add up to a logit", s.method->is.name);
	if (s.x.choice.join != NULL && (!s.method->presence.skip ||
	    s.method->presence.half))
		option_usage(&o, "option -j works only with -a skip: spans of "
		    "-a %s are sums of words, which do not interact",
		    s.method->is.name);
	if (s.x.choice.join != NULL && s.x.choice.join->apart)
		option_usage(&o, "option -j %s does not work with -a skip, "
		    "which has no score for two spans apart; reat-occlude "
		    "has", s.x.choice.join->is.name);
	if (s.nodes == 0)
		s.nodes = s.tolerance < 0 ? NODES_DEFAULT :
		    nodes_first(s.tolerance);
	s.keep_going = o.keep_going;
	s.x.method = s.method->is.name;
	s.x.begin = begin;
	s.x.end = end;
	s.x.self = &s;
	return output_done(&out, explainer_run_filter(&s.x, &o, &filter,
	    argv + optind, &out));
}
