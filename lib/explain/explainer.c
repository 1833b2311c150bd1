/* SPDX-License-Identifier: ISC */
#include "explain/explainer.h"

#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "explain/apply.h"
#include "explain/join.h"
#include "model/model.h"
#include "stream/block.h"
#include "stream/filter.h"
#include "stream/level.h"
#include "stream/score.h"
#include "stream/spans.h"

const struct explainer explainer_defaults = {.model = "sst2-gru",
    .choice = {.class = {.kind = TARGET_PREDICTED}}};

static void
free_spans(struct explainer *x)
{
	if (x->choice.level.spans != NULL)
		spans_free(x->choice.level.spans);
	x->choice.level.spans = NULL;
}

void
explainer_option(struct explainer *x, int letter)
{
	switch (letter) {
	case 'b': x->batch = (size_t)option_number('b', 1, 65536); break;
	case 'c': x->choice.class = target_choose(optarg); break;
	case 'H': x->headless = true; break;
	case 'l':
		if (x->arena == NULL)
			x->arena = mem_arena();
		free_spans(x);
		x->choice.level = level_choose(x->arena, optarg);
		break;
	case 'm':
		x->model = optarg;
		source_option(&x->from, letter);
		break;
	case 'q': x->quiet = true; break;
	case 'p':
	case 'r':
	case 'W':
	case 'X':
	case 'x': source_option(&x->from, letter); break;
	case 'y': x->choice.probability = true; break;
	default: die("option -%c is not read: an error in this program",
	    letter);
	}
}

/* Free what the options and the run made; returns status. */
static int
close_all(struct explainer *x, int status)
{
	if (x->source != NULL)
		status = source_close(x->source, status);
	free_spans(x);
	if (x->arena != NULL)
		mem_free(x->arena);
	return status;
}

/* Open the model or the command; false if that fails. */
static bool
open_source(struct explainer *x, struct output *out, int *status)
{
	const struct model *m;

	if (x->from.kind == SOURCE_MODEL)
		x->from.what = x->model;
	/* variants are of any class, and in the order of the texts */
	if (x->from.kind == SOURCE_PRINT)
		x->choice.class.kind = TARGET_PREDICTED;
	if (x->from.kind == SOURCE_PRINT || x->from.kind == SOURCE_READ)
		x->batch = 1;
	x->source = source_open(&x->from, out, status);
	if (x->source == NULL)
		return false;
	x->rnn = source_rnn(x->source);
	if (x->rnn == NULL)
		return true;
	m = rnn_model(x->rnn);
	target_resolve(&x->choice.class, m->arena, m->name, m->label, m->C);
	return true;
}

/* With -j: the levels, word by default; exits with 2 if -j cannot work. */
static void
prepare_join(struct explainer *x, const struct options *o)
{
	const struct join_kind *kind = x->choice.join;
	bool fixed = x->from.kind == SOURCE_PRINT ||
	    x->from.kind == SOURCE_READ;

	if (kind == NULL)
		return;
	if (kind->rounds && fixed)
		option_usage(o, "option -j %s does not work with -%c: which "
		    "texts come next depends on the answers", kind->is.name,
		    x->from.letter);
	if (x->arena == NULL) {
		x->arena = mem_arena();
		x->choice.level = level_choose(x->arena, "word");
	}
	if (x->choice.level.spans != NULL)
		option_usage(o, "option -j makes the level span itself: -l "
		    "takes only levels, such as -l word,phrase");
	x->method = mem_printf(x->arena, "%s-%s", x->method, kind->is.name);
}

/* The upper of two layers reads states that a deletion changes: say so. */
static void
note_layers(const struct explainer *x)
{
	const struct model *m = x->rnn == NULL ? NULL : rnn_model(x->rnn);

	if (m != NULL && x->deletes && !x->quiet && m->layers > 1 &&
	    cells[m->cell].linear)
		note("%.*s: %s of %zu layers: %s is not exact for deletion, as "
		    "it is with one layer", TEXT_ARGS(m->name),
		    cells[m->cell].noun, m->layers, x->method);
}

int
explainer_run_filter(struct explainer *x, const struct options *o,
    struct filter *f, char *const operands[], struct output *out)
{
	struct spans *spans = x->choice.level.spans;
	int status = spans != NULL ? spans_open(spans) : STATUS_OK;

	prepare_join(x, o);
	if (status != STATUS_OK)
		return close_all(x, status);
	if (x->model != NULL && !open_source(x, out, &status))
		return close_all(x, status);
	note_layers(x);
	if (x->begin != NULL)
		status = x->begin(x->self);
	if (status != STATUS_OK) {
		if (x->end != NULL)
			x->end(x->self);
		return close_all(x, status);
	}
	if (!x->headless && x->from.kind != SOURCE_PRINT)
		score_write_header(out);
	f->batch = x->batch;
	f->keep_going = o->keep_going;
	x->progress = progress_start(x->quiet, true);
	x->unknown = unknown_start(x->quiet);
	status = filter_run(f, operands, out);
	err_wipe();
	if (x->rnn != NULL)
		unknown_note(&x->unknown, rnn_model(x->rnn));
	if (spans != NULL && (status == STATUS_OK || f->keep_going) &&
	    !spans_all_used(spans, status != STATUS_OK))
		status = status_worse(status, STATUS_DATA);
	if (x->end != NULL)
		x->end(x->self);
	return close_all(x, status);
}

static bool
read_trace(void *self, struct block *b)
{
	const struct explainer *x = self;
	struct trace *trace = MEM_NEW(b->arena, 1, struct trace);

	b->data = trace;
	return x->read(x->self, b, trace);
}

bool
explainer_read(const struct explainer *x, struct block *b)
{
	return x->rnn == NULL || apply_read(rnn_model(x->rnn), b);
}

static bool
read_words(void *self, struct block *b)
{
	return explainer_read(self, b);
}

static void
run_model(void *self, struct block **b, size_t n)
{
	struct explainer *x = self;
	struct trace *trace = source_texts(x->source, b, n, x->want);

	target_resolve(&x->choice.class, b[0]->arena, trace->model,
	    trace->label, trace->C);
	for (size_t i = 0; i < n; i++)
		b[i]->data = &trace[i];
	explainer_count(x, b, n);
}

static bool
write_rows(void *self, struct block *b, struct output *o)
{
	const struct explainer *x = self;
	struct explanation e;

	return explainer_open(x, b, b->data, &e) && x->score(x->self, &e) &&
	    (x->from.kind == SOURCE_PRINT ||
	    explain_write(&e, x->method, o));
}

int
explainer_run(struct explainer *x, const struct options *o,
    char *const operands[], struct output *out)
{
	struct filter f = {.write = write_rows, .self = x};

	f.read = x->model == NULL ? read_trace : read_words;
	if (x->model != NULL)
		f.work = run_model;
	return explainer_run_filter(x, o, &f, operands, out);
}

bool
explainer_open(const struct explainer *x, const struct block *b,
    const struct trace *trace, struct explanation *e)
{
	if (!apply_check(b, trace) || !explain_open(b, trace, &x->choice, e))
		return false;
	if (x->rnn != NULL)
		e->unknown = apply_unknown(rnn_model(x->rnn), b);
	return true;
}

void
explainer_count(struct explainer *x, struct block *const *block, size_t n)
{
	if (x->rnn != NULL)
		unknown_count(&x->unknown, rnn_model(x->rnn), block, n);
}

void
explainer_did(struct explainer *x, size_t texts, size_t runs, const char *what)
{
	x->texts += texts;
	x->runs += runs;
	progress_show(&x->progress, "%zu texts, %zu %s, %.0f %s/s", x->texts,
	    x->runs, what, (double)x->runs / progress_spent(&x->progress),
	    what);
}
