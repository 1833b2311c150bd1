/* SPDX-License-Identifier: ISC */
/* reat-score: what each word, phrase and clause added to the score of a
 * class. */
#include <float.h>
#include <math.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "apply.h"
#include "conllu.h"
#include "err.h"
#include "filter.h"
#include "level.h"
#include "mem.h"
#include "option.h"
#include "output.h"
#include "reat.h"
#include "rnn.h"
#include "score.h"
#include "target.h"
#include "trace.h"
#include "trace_read.h"

struct scoring {
	const struct reat_method *method;
	size_t nodes;			/* 0: the method's default */
	const char *class, *levels;
	struct rnn *rnn;		/* -m: tok is read and run here ... */
	struct trace_reader *reader;	/* ... else traces are read */
};

/* What a block's rows are made of. */
struct explained {
	struct trace *trace;
	struct level *level;		/* [levels] */
	size_t levels;
	struct target *target;		/* [targets] */
	size_t targets;
	double *S;			/* [T][rows] of the words */
	double **span;			/* [levels][n][rows], or NULL: sums */
};

/* Words and bias of an additive method must give the trace's own logits. */
static bool
check_sum(const struct block *b, const struct explained *e)
{
	const struct trace *tr = e->trace;

	for (size_t row = 0; row < tr->rows; row++) {
		double sum = (double)tr->bias[row], size = 1;

		for (size_t t = 0; t < tr->T; t++) {
			sum += e->S[t * tr->rows + row];
			size += fabs(e->S[t * tr->rows + row]);
		}
		if (!(fabs(sum - (double)tr->logit[row]) <= 1e-4 * size))
			return bad(b->at, "the trace's words and bias add up "
			    "to %g, expected its logit, %g", sum,
			    (double)tr->logit[row]);
	}
	return true;
}

/*
 * Rows hold floats.  No sum over spans is larger than the sum of all sizes, so
 * if that fits, each does.
 */
static bool
check_size(const struct block *b, const struct trace *tr, const double *S,
    size_t n)
{
	double size = 0;

	for (size_t i = 0; i < n * tr->rows; i++)
		size += fabs(S[i]);
	for (size_t row = 0; row < tr->rows; row++)
		size += fabs((double)tr->bias[row]) +
		    fabs((double)tr->logit[row]);
	return size < (double)FLT_MAX / 2 ||
	    bad(b->at, "scores of %g, expected what fits a float", size);
}

static double *
score_spans(const struct scoring *s, const struct block *b,
    const struct trace *tr, const struct span *span, size_t n)
{
	double *S = MEM_VECTOR(b->arena, n * tr->rows, double);

	reat_score(s->method, tr, b->arena, s->nodes, span, n, S);
	return S;
}

static bool
score_block(const struct scoring *s, const struct block *b,
    struct explained *e)
{
	const struct trace *tr = e->trace;
	struct span *word = MEM_NEW(b->arena, tr->T, struct span);

	if (s->method->last_only && tr->pooling != POOLING_LAST)
		return bad(b->at, "%s is for pooling last, and this model "
		    "has another", s->method->name);
	for (size_t t = 0; t < tr->T; t++)
		word[t] = (struct span){t, t, TEXT("_")};
	e->S = score_spans(s, b, tr, word, tr->T);
	if (!check_size(b, tr, e->S, tr->T))
		return false;
	/* shapley with fewer nodes than its degree asks for need not add up */
	if (s->method->additive)
		return (s->nodes > 0 && 2 * s->nodes < tr->T) ||
		    check_sum(b, e);
	e->span = MEM_NEW(b->arena, e->levels, double *);
	for (size_t i = 0; i < e->levels; i++) {
		e->span[i] = score_spans(s, b, tr, e->level[i].span,
		    e->level[i].n);
		if (!check_size(b, tr, e->span[i], e->level[i].n))
			return false;
	}
	return true;
}

/* Everything that the rows of a block are made of. */
static bool
explain(const struct scoring *s, const struct block *b, struct explained *e)
{
	e->trace = b->data;
	return level_read(b, s->levels, &e->level, &e->levels) &&
	    target_find(b, e->trace, s->class, &e->target, &e->targets) &&
	    score_block(s, b, e);
}

static bool
read_trace(void *self, struct block *b)
{
	struct scoring *s = self;

	b->data = MEM_NEW(b->arena, 1, struct trace);
	return trace_read(s->reader, b, b->data);
}

static void
run_batch(void *self, struct block **b, size_t n)
{
	struct scoring *s = self;

	apply_model(s->rnn, b, n, RNN_TRACE);
}

/* The sum of words first..last for a target. */
static float
sum_score(const struct explained *e, const struct target *g, size_t first,
    size_t last)
{
	size_t rows = e->trace->rows;
	double sum = 0;

	for (size_t t = first; t <= last; t++)
		sum += target_sum(g, rows, e->S + t * rows);
	return (float)sum;
}

/* Span j of level i for a target. */
static float
span_score(const struct explained *e, const struct target *g, size_t i,
    size_t j)
{
	const struct span *span = &e->level[i].span[j];
	size_t rows = e->trace->rows;

	if (e->span == NULL)
		return sum_score(e, g, span->first, span->last);
	return (float)target_sum(g, rows, e->span[i] + j * rows);
}

/* The same for a vector of the output layer: its bias, its logits. */
static float
layer_score(const struct explained *e, const struct target *g, const float *v)
{
	double sum = 0;

	for (size_t row = 0; row < e->trace->rows; row++)
		sum += g->row[row] * (double)v[row];
	return (float)sum;
}

static void
write_totals(const struct explained *e, const struct target *g,
    struct score_row *row, struct output *o)
{
	const struct trace *tr = e->trace;
	const struct {
		struct text level;
		float score;
	} totals[] = {
		{TEXT("text"), tr->T == 0 ? 0 : sum_score(e, g, 0, tr->T - 1)},
		{TEXT("bias"), layer_score(e, g, tr->bias)},
		{TEXT("logit"), layer_score(e, g, tr->logit)},
	};

	row->first = row->last = 0;
	row->tag = row->text = TEXT("_");
	for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
		row->level = totals[i].level;
		row->score = totals[i].score;
		score_write(o, row);
	}
}

static bool
write_rows(void *self, struct block *b, struct output *o)
{
	const struct scoring *s = self;
	struct explained *e = MEM_NEW(b->arena, 1, struct explained);

	if (!apply_check(b) || !explain(s, b, e))
		return false;
	for (size_t k = 0; k < e->targets; k++) {
		const struct target *g = &e->target[k];
		struct score_row row = {.doc = b->sent_id,
		    .class = g->class, .model = e->trace->model,
		    .method = text_of(s->method->name),
		    .prob = g->probability};

		for (size_t i = 0; i < e->levels; i++)
			for (size_t j = 0; j < e->level[i].n; j++) {
				struct span *span = &e->level[i].span[j];

				row.level = e->level[i].name;
				row.first = span->first + 1;
				row.last = span->last + 1;
				row.tag = span->tag;
				row.text = level_text(b, span);
				row.score = span_score(e, g, i, j);
				score_write(o, &row);
			}
		write_totals(e, g, &row, o);
	}
	return true;
}

static int
list_methods(struct output *o)
{
	for (const struct reat_method *m = reat_methods; m->name != NULL; m++)
		output_printf(o, "%-12s %s\n", m->name, m->help);
	return output_done(o, STATUS_OK);
}

/* Run with the model, or on traces if there is none. */
static int
run(struct scoring *s, const char *name, struct filter *filter,
    char *const operands[], struct output *o)
{
	int status;

	if (name == NULL) {
		s->reader = trace_reader_new();
		filter->read = read_trace;
		filter->batch = 1;	/* a trace's head lives for one block */
		status = filter_run(filter, operands, o);
		trace_reader_free(s->reader);
		return status;
	}
	s->rnn = apply_open(name, &status);
	if (s->rnn == NULL)
		return status;
	filter->work = run_batch;
	status = filter_run(filter, operands, o);
	apply_close(s->rnn);
	return status;
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:b:c:Hl:m:n:", "score words, phrases and clauses",
	    "[file ...]", .reads = "trace", .writes = "score",
	    .meanings = (const struct option_meaning[]){
	    {'a', "method: reat (the default) or another that \"list\" lists"},
	    {'l', "levels, comma-joined; the default is all that there are"},
	    {'m', "read tok and run this model, instead of a trace"},
	    {'n', "nodes of shapley"}, {0}}};
	struct scoring scoring = {.method = reat_methods, .class = "predicted"};
	struct filter filter = {.write = write_rows, .self = &scoring};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	const char *name = NULL;
	bool header = true;
	int c;

	while ((c = option_next(&o, argc, argv)) != -1)
		switch (c) {
		case 'a':
			if (strcmp(optarg, "list") == 0)
				return list_methods(&out);
			scoring.method = reat_method(optarg);
			if (scoring.method == NULL)
				option_usage(&o, "option -a: no method "
				    "\"%s\"; -a list lists them", optarg);
			break;
		case 'b':
			filter.batch = (size_t)option_number('b', 1, 65536);
			break;
		case 'c':
			scoring.class = optarg;
			break;
		case 'H':
			header = false;
			break;
		case 'l':
			scoring.levels = optarg;
			level_check(optarg);
			break;
		case 'm':
			name = optarg;
			break;
		case 'n':
			scoring.nodes = (size_t)option_number('n', 1, 4096);
			break;
		}
	if (scoring.nodes > 0 && !scoring.method->takes_nodes)
		option_usage(&o, "option -n: method %s takes no nodes",
		    scoring.method->name);
	filter.keep_going = o.keep_going;
	if (header)
		score_write_header(&out);
	return output_done(&out, run(&scoring, name, &filter, argv + optind,
	    &out));
}
