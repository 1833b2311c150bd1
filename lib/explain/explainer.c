/* SPDX-License-Identifier: ISC */
#include "explain/explainer.h"

#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "explain/apply.h"
#include "explain/target.h"
#include "model/model.h"
#include "rnn/forward.h"
#include "rnn/variants.h"
#include "stream/filter.h"
#include "stream/level.h"
#include "stream/score.h"

const struct explainer explainer_defaults = {.model = "sst2-gru",
    .choice = {.class = "predicted"}};

void
explainer_option(struct explainer *x, int letter)
{
	switch (letter) {
	case 'b': x->batch = (size_t)option_number('b', 1, 65536); break;
	case 'c': x->choice.class = optarg; break;
	case 'H': x->headless = true; break;
	case 'l':
		if (x->arena == NULL)
			x->arena = mem_arena();
		x->choice.level = level_list(x->arena, optarg,
		    &x->choice.levels);
		break;
	case 'm': x->model = optarg; break;
	case 'q': x->quiet = true; break;
	case 'y': x->choice.probability = true; break;
	}
}

/* Open the model and see that it has the class. */
static bool
open_model(struct explainer *x, int *status)
{
	const struct model *m;

	x->rnn = apply_open(x->model, status);
	if (x->rnn == NULL)
		return false;
	m = rnn_model(x->rnn);
	target_check(m->arena, m->name, m->label, m->C,
	    x->choice.class);
	x->variants = variants_new(x->rnn);
	return true;
}

int
explainer_run(struct explainer *x, const struct options *o, struct filter *f,
    char *const operands[], struct output *out)
{
	int status;

	if (x->model != NULL && !open_model(x, &status))
		return status;
	if (x->begin != NULL)
		x->begin(f->self);
	if (!x->headless)
		score_write_header(out);
	f->batch = x->batch;
	f->keep_going = o->keep_going;
	x->progress = progress_start(x->quiet, true);
	status = filter_run(f, operands, out);
	err_wipe();
	if (x->end != NULL)
		x->end(f->self);
	if (x->model != NULL) {
		variants_free(x->variants);
		apply_close(x->rnn);
	}
	if (x->arena != NULL)
		mem_free(x->arena);
	return status;
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
