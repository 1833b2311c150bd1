/* SPDX-License-Identifier: ISC */
#include "train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "adam.h"
#include "corpus.h"
#include "err.h"
#include "mem.h"
#include "model.h"
#include "model_write.h"
#include "parameters.h"
#include "random.h"
#include "recipe.h"
#include "rnn.h"
#include "rnn_grad.h"

/* Streams of random numbers: two an epoch, behind those of model_init.c. */
enum { STREAM_ORDER = 16, STREAM_DROPOUT = 17, STREAMS = 2 };

enum { JUDGE_BATCH = 64 };

struct trainer {
	struct model *m;
	const struct recipe *recipe;
	const struct model_files *files;
	const struct corpus *train, *dev;
	const struct train_hooks *hooks;

	struct arena *arena, *scratch;
	struct rnn_learner *learner;
	struct rnn_grad *grad;
	struct parameter part[PARAMETERS_MOST];	/* of grad */
	struct adam adam[PARAMETERS_MOST];	/* in the same order */
	struct adam embedding;
	size_t parts, steps;

	uint32_t *order;	/* [texts] */
	struct rnn_text *text;	/* [batch] */
	size_t *gold;		/* [batch] */

	/* the weights as they will be written, and the best of them */
	struct model candidate, best;
	struct rnn *judge;
	struct train_now now;
};

/* m with parameters of its own. */
static struct model
twin(struct arena *arena, const struct model *m)
{
	struct model t = *m;

	parameters_allocate(arena, &t, m->embedding_data != NULL);
	return t;
}

static void
prepare(struct trainer *t)
{
	struct parameter own[PARAMETERS_MOST];
	size_t first = t->m->embedding_data != NULL;

	t->arena = mem_arena();
	t->scratch = mem_arena();
	t->learner = rnn_learner_new(t->m);
	t->grad = rnn_grad_new(t->arena, t->m);
	t->parts = parameters_of_grad(t->arena, t->m, t->grad, t->part);
	parameters_of(t->arena, t->m, own);
	for (size_t k = 0; k < t->parts; k++)
		t->adam[k] = adam_new(t->arena, own[first + k].x,
		    own[first + k].n);
	if (t->recipe->embedding == EMBEDDING_TUNED)
		t->embedding = adam_new(t->arena, own[0].x, own[0].n);
	t->order = MEM_NEW(t->arena, t->train->n, uint32_t);
	t->text = MEM_NEW(t->arena, t->recipe->batch, struct rnn_text);
	t->gold = MEM_NEW(t->arena, t->recipe->batch, size_t);
	t->candidate = twin(t->arena, t->m);
	t->best = twin(t->arena, t->m);
	t->judge = rnn_new(&t->candidate);
	t->now = (struct train_now){.best = -1.0, .model = &t->best,
	    .epochs = t->recipe->epochs, .batches = (t->train->n +
	    t->recipe->batch - 1) / t->recipe->batch};
}

static void
finish(struct trainer *t)
{
	rnn_learner_free(t->learner);
	rnn_free(t->judge);
	mem_free(t->scratch);
	mem_free(t->arena);
}

/* Scale the gradients so that their norm is at most the recipe's. */
static void
clip(struct trainer *t, float *embedding)
{
	size_t D = t->m->D, words = embedding != NULL ? t->grad->words : 0;
	double sum = 0.0, norm;
	float scale;

	for (size_t k = 0; k < t->parts; k++)
		for (size_t i = 0; i < t->part[k].n; i++)
			sum += (double)t->part[k].x[i] *
			    (double)t->part[k].x[i];
	for (size_t u = 0; u < words; u++)
		for (size_t i = 0; i < D && t->grad->id[u] >= 0; i++)
			sum += (double)embedding[u * D + i] *
			    (double)embedding[u * D + i];
	norm = sqrt(sum);
	if (!(norm > t->recipe->clip))
		return;
	scale = (float)(t->recipe->clip / norm);
	for (size_t k = 0; k < t->parts; k++)
		for (size_t i = 0; i < t->part[k].n; i++)
			t->part[k].x[i] *= scale;
	for (size_t i = 0; i < words * D; i++)
		embedding[i] *= scale;
}

/* The loss of n texts from order[first], and a step. */
static double
take_batch(struct trainer *t, size_t first, size_t n, struct random *random)
{
	const struct recipe *r = t->recipe;
	struct rnn_dropout drops = {r->embedding_dropout, r->layer_dropout,
	    r->readout_dropout, random};
	struct adam_step step = {r->learning_rate, r->weight_decay,
	    ++t->steps};
	bool tuned = r->embedding == EMBEDDING_TUNED;
	double loss;

	for (size_t i = 0; i < n; i++) {
		t->text[i] = t->train->text[t->order[first + i]];
		t->gold[i] = t->train->gold[t->order[first + i]];
		t->now.tokens += t->text[i].T;
	}
	loss = rnn_learner_gradients(t->learner, n, t->text, t->gold, &drops,
	    tuned, t->grad);
	if (!isfinite(loss))
		return loss;
	if (r->clip > 0.0)
		clip(t, t->grad->embedding);
	for (size_t k = 0; k < t->parts; k++)
		adam_update(&t->adam[k], t->part[k].x, step);
	if (tuned)
		adam_update_rows(&t->embedding, t->m->D, t->grad->id,
		    t->grad->words, t->grad->embedding, step);
	return loss;
}

static double
accuracy(struct trainer *t)
{
	const struct corpus *dev = t->dev;
	size_t right = 0;

	rnn_forget(t->judge);
	for (size_t i = 0; i < dev->n; i += JUDGE_BATCH) {
		struct trace trace[JUDGE_BATCH];
		size_t n = dev->n - i < JUDGE_BATCH ? dev->n - i : JUDGE_BATCH;

		memset(trace, 0, sizeof trace);
		rnn_forward(t->judge, t->scratch, n, dev->text + i,
		    RNN_LOGITS, trace);
		for (size_t k = 0; k < n; k++)
			right += trace[k].predicted == dev->gold[i + k];
		mem_reset(t->scratch);
	}
	return (double)right / (double)dev->n;
}

/* Judge the weights, and keep them if they are the best. */
static bool
judge(struct trainer *t)
{
	struct train_now *now = &t->now;
	const char *name;

	parameters_copy(&t->candidate, t->m);
	name = parameters_round(t->scratch, &t->candidate, t->files->embedding,
	    t->files->rnn);
	if (name != NULL)
		return bad((struct place){t->train->path, 0}, "%s is not "
		    "finite after epoch %zu: lower learning_rate, or write "
		    "F32", name, now->epoch);
	now->accuracy = accuracy(t);
	now->judged = true;
	now->improved = now->accuracy > now->best;
	if (now->improved) {
		now->best = now->accuracy;
		parameters_copy(&t->best, &t->candidate);
	}
	t->hooks->progress(t->hooks->self, now);
	now->judged = now->improved = false;
	return true;
}

/* An epoch's batches.  False with a message, or without one if stopped. */
static bool
epoch(struct trainer *t, bool *stopped)
{
	struct train_now *now = &t->now;
	size_t number = STREAMS * now->epoch;
	struct random order = random_seeded(t->recipe->seed,
	    STREAM_ORDER + number);
	struct random dropout = random_seeded(t->recipe->seed,
	    STREAM_DROPOUT + number);
	double sum = 0.0;

	for (size_t i = 0; i < t->train->n; i++)
		t->order[i] = (uint32_t)i;
	random_shuffle(&order, t->order, (uint32_t)t->train->n);
	for (now->batch = 1; now->batch <= now->batches; now->batch++) {
		size_t first = (now->batch - 1) * t->recipe->batch;
		size_t n = t->train->n - first;
		double loss;

		n = n < t->recipe->batch ? n : t->recipe->batch;
		loss = take_batch(t, first, n, &dropout);
		if (!isfinite(loss))
			return bad((struct place){t->train->path, 0}, "the "
			    "loss is not finite at batch %zu of epoch %zu: "
			    "lower learning_rate", now->batch, now->epoch);
		sum += loss;
		now->loss = sum / (double)now->batch;
		t->hooks->progress(t->hooks->self, now);
		*stopped = t->hooks->stop(t->hooks->self);
		if (*stopped)
			return true;
	}
	return true;
}

bool
train(struct model *m, const struct recipe *recipe,
    const struct model_files *files, const struct corpus *texts,
    const struct corpus *dev, const struct train_hooks *hooks)
{
	struct trainer t = {.m = m, .recipe = recipe, .files = files,
	    .train = texts, .dev = dev, .hooks = hooks};
	size_t waited = 0;
	bool good = true, stopped = false;

	prepare(&t);
	for (t.now.epoch = 1; good && !stopped &&
	    t.now.epoch <= recipe->epochs; t.now.epoch++) {
		double before = t.now.best;

		good = epoch(&t, &stopped);
		if (good && (!stopped || t.now.best < 0.0))
			good = judge(&t);
		waited = t.now.best > before ? 0 : waited + 1;
		if (recipe->patience > 0 && waited >= recipe->patience)
			break;
	}
	finish(&t);
	return good;
}
