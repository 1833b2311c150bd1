/* SPDX-License-Identifier: ISC */
/* reat-score: what each word, phrase and clause adds to the score of a
 * class. */
#include <math.h>
#include <stddef.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "explain/explainer.h"
#include "explain/explanation.h"
#include "explain/reat.h"
#include "explain/trace_read.h"
#include "rnn/forward.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/level.h"

struct scoring {
	struct explainer x;
	const struct reat_method *method;
	size_t nodes;			/* 0: the method's default */
	struct trace_reader *reader;	/* without -m */
};

/* How much a sum may be off, as a part of the sizes of its terms. */
static const double tolerance = 1e-4;

static bool
check_row(const struct block *b, const struct trace *tr, size_t row,
    const char *what, double sum, double size)
{
	double z = (double)tr->logit[row];

	return fabs(sum - z) <= tolerance * fmax(size, 1) || bad(b->at,
	    "the trace's %s add up to %.9g, but its logit of %.*s is %.9g",
	    what, sum, TEXT_ARGS(tr->label[tr->rows == 1 ? 1 : row]), z);
}

/* Words and bias of an additive method must add up to the trace's logits. */
static bool
check_sum(const struct block *b, const struct trace *tr, const double *S)
{
	for (size_t row = 0; row < tr->rows; row++) {
		double sum = (double)tr->bias[row], size = fabs(sum);

		for (size_t t = 0; t < tr->T; t++) {
			sum += S[t * tr->rows + row];
			size += fabs(S[t * tr->rows + row]);
		}
		if (!check_row(b, tr, row, "words and bias", sum, size))
			return false;
	}
	return true;
}

/* So must the states that the head reads, whatever the method. */
static bool
check_logit(const struct block *b, const struct trace *tr)
{
	double *sum = MEM_NEW(b->arena, tr->rows, double);
	double *size = MEM_NEW(b->arena, tr->rows, double);

	reat_logit(tr, b->arena, sum, size);
	for (size_t row = 0; row < tr->rows; row++)
		if (!check_row(b, tr, row, "states and bias", sum[row],
		    size[row]))
			return false;
	return true;
}

/* The scores of n spans for each row of the output layer, [n][rows]. */
static double *
score_spans(const struct scoring *s, const struct block *b,
    const struct trace *tr, const struct span *span, size_t n)
{
	double *S = MEM_VECTOR(b->arena, n * tr->rows, double);

	reat_score(s->method, tr, b->arena, s->nodes, span, n, S);
	return S;
}

static bool
score(void *self, struct explanation *e)
{
	const struct scoring *s = self;
	const struct block *b = e->block;
	const struct trace *tr = e->trace;
	struct span *word = MEM_NEW(b->arena, tr->T, struct span);
	double *S, *of_word = MEM_NEW(b->arena, tr->T * e->targets, double);

	if (s->method->last_only && !pooling_is(&tr->pooling, POOLING_LAST))
		return bad(b->at, "method %s needs pooling last, and this "
		    "trace has %s", s->method->is.name,
		    pooling_is(&tr->pooling, POOLING_GIVEN) ?
		    "its own readout (M)" : mem_printf(b->arena, "pooling %s",
		    pooling_name(b->arena, &tr->pooling)));
	for (size_t t = 0; t < tr->T; t++)
		word[t] = (struct span){t, t, TEXT("_")};
	S = score_spans(s, b, tr, word, tr->T);
	explain_targets(e, tr->T, S, of_word);
	if (s->method->additive) {
		explain_sums(e, of_word);
		/* shapley with fewer nodes than its degree need not add up */
		return (s->nodes > 0 && 2 * s->nodes < tr->T) ||
		    check_sum(b, tr, S);
	}
	explain_text(e, of_word);
	for (size_t i = 0; i < e->levels; i++)
		explain_targets(e, e->level[i].n, score_spans(s, b, tr,
		    e->level[i].span, e->level[i].n), e->span[i]);
	return true;
}

static bool
read_trace(void *self, struct block *b, struct trace *tr)
{
	struct scoring *s = self;

	return trace_read(s->reader, b, tr) && check_logit(b, tr);
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:b:c:Hl:m:n:q", "score words, phrases and "
	    "clauses by additive decomposition", "[file ...]",
	    .reads = "trace", .writes = "score",
	    .meanings = (const struct option_meaning[]){
	    {'a', "method: reat (the default) or another that \"list\" lists"},
	    {'l', EXPLAINER_LEVELS},
	    {'m', "read tok and run this model, instead of a trace"},
	    {'n', "nodes of shapley"}, {'q', "quiet: no notes"}, {0}},
	    .names = (const struct option_meaning[]){
	    {'n', "nodes"}, {0}}};
	struct scoring s = {.x = explainer_defaults, .method = reat_methods};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	int status;

	s.x.model = NULL;
	s.x.want = RNN_TRACE;
	s.x.read = read_trace;
	s.x.score = score;
	s.x.self = &s;
	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			s.method = option_row(&o, c, reat_methods,
			    sizeof *reat_methods);
			break;
		case 'n':
			s.nodes = (size_t)option_number(c, 1, 4096);
			break;
		default: explainer_option(&s.x, c);
		}
	if (s.nodes > 0 && !s.method->takes_nodes)
		option_usage(&o, "option -n: method %s takes no nodes",
		    s.method->is.name);
	s.x.method = s.method->is.name;
	s.x.deletes = s.method->deletes;
	if (s.x.model == NULL) {
		s.x.batch = 1;		/* a trace's head lives for one block */
		s.reader = trace_reader_new();
	}
	status = explainer_run(&s.x, &o, argv + optind, &out);
	if (s.reader != NULL)
		trace_reader_free(s.reader);
	return output_done(&out, status);
}
