/* SPDX-License-Identifier: ISC */
#include "explain/samples.h"

#include <math.h>

#include "base/mem.h"
#include "explain/background.h"
#include "explain/omit.h"
#include "explain/source.h"
#include "math/random.h"
#include "model/model.h"
#include "stream/block.h"

/* The largest number of the words' vectors minus the smallest. */
static double
range(const struct model *m, struct arena *arena, const struct rnn_text *text)
{
	float *x = MEM_NEW(arena, m->D, float);
	double low = HUGE_VAL, high = -HUGE_VAL;

	for (size_t t = 0; t < text->T; t++) {
		model_embed(m, text->id[t], x);
		for (size_t j = 0; j < m->D; j++) {
			low = fmin(low, (double)x[j]);
			high = fmax(high, (double)x[j]);
		}
	}
	return text->T > 0 ? high - low : 0;
}

/* Set the bias to the mean score of the background's texts; text k begins
 * n / texts paths, or one more. */
static void
set_bias(struct source *source, struct explanation *e, size_t T, size_t n,
    const struct gradient_samples *to)
{
	const struct model *m = rnn_model(source_rnn(source));
	struct arena *arena = e->block->arena;
	struct rnn_text *text = MEM_NEW(arena, to->texts, struct rnn_text);
	float *logit = MEM_NEW(arena, to->texts * m->rows, float);
	float *probability = MEM_NEW(arena, to->texts * m->C, float);

	for (size_t i = 0; i < to->texts; i++)
		text[i] = (struct rnn_text){T, to->from[i]};
	source_run(source, to->texts, text, logit, probability);
	for (size_t k = 0; k < e->targets; k++) {
		double sum = 0;

		for (size_t i = 0; i < to->texts; i++)
			sum += (double)(n / to->texts + (i < n % to->texts)) *
			    explain_value(e, k, logit + i * m->rows,
			    probability + i * m->C);
		e->bias[k] = sum / (double)n;
	}
}

static struct gradient_samples
draw(const struct sampling *s, struct source *source, struct explained *x)
{
	const struct model *m = rnn_model(source_rnn(source));
	struct arena *arena = x->e.block->arena;
	struct gradient_samples to = {.random = random_seeded(s->seed,
	    edit_stream(x->e.block))};

	if (s->background == NULL) {
		to.seed = s->seed;
		to.deviation = s->noise * range(m, arena, &x->text);
		return to;
	}
	to.from = background_draw(s->background, arena, &to.random, x->text.T,
	    s->n, &to.texts);
	set_bias(source, &x->e, x->text.T, s->n, &to);
	return to;
}

void
samples_run(const struct sampling *s, struct gradient *gradient,
    struct source *source, struct arena *arena, size_t n, struct explained x[])
{
	struct gradient_samples *samples = MEM_NEW(arena, n,
	    struct gradient_samples);
	struct gradient_task *task;
	size_t tasks = 0;

	for (size_t i = 0; i < n; i++)
		tasks += x[i].e.targets;
	task = MEM_NEW(arena, tasks, struct gradient_task);
	tasks = 0;
	for (size_t i = 0; i < n; i++) {
		if (x[i].e.targets > 0)
			samples[i] = draw(s, source, &x[i]);
		for (size_t k = 0; k < x[i].e.targets; k++) {
			task[tasks] = explained_task(&x[i], k);
			task[tasks].samples = &samples[i];
			task[tasks++].nodes = s->n;
		}
	}
	gradient_integrate(gradient, tasks, task);
	for (size_t i = 0; i < n; i++)
		explain_sums(&x[i].e, x[i].norm != NULL ? x[i].norm :
		    x[i].word);
}
