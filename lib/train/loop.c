/* SPDX-License-Identifier: ISC */
#include "train/loop.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "math/random.h"
#include "model/model.h"
#include "model/parameters.h"
#include "model/write.h"
#include "rnn/forward.h"
#include "train/adam.h"
#include "train/batches.h"
#include "train/checkpoint.h"
#include "train/corpus.h"
#include "train/learner.h"
#include "train/recipe.h"

/* Streams of random numbers: two an epoch, behind those of start.c. */
enum { STREAM_ORDER = 16, STREAM_DROPOUT = 17, STREAMS = 2 };

enum { JUDGE_BATCH = 64 };

struct trainer {
	struct model *m;
	const struct recipe *recipe;
	const struct model_files *files;
	const struct corpus *train, *dev;
	const struct train_hooks *hooks;

	struct arena *arena, *scratch;
	struct learner *learner;
	struct learner_grad *grad;
	struct parameter part[PARAMETERS_MOST];	/* of grad */
	struct adam adam[PARAMETERS_MOST];	/* in the same order */
	struct adam embedding;
	size_t parts;

	struct batches batches;
	struct rnn_text *text;	/* [batch] */
	size_t *gold;		/* [batch] */

	/* the weights as they will be written, and the best of them */
	struct model candidate, best;
	struct rnn *judge;
	struct train_now now;
	struct checkpoint state;
};

/* m with parameters of its own. */
static struct model
twin(struct arena *arena, const struct model *m)
{
	struct model t = *m;

	parameters_allocate(arena, &t, m->embedding_data != NULL);
	return t;
}

/* The moments of a part. */
static void
list_moments(struct trainer *t, const struct parameter *of,
    const struct adam *adam)
{
	struct checkpoint *c = &t->state;

	for (int k = 0; k < 2; k++) {
		struct parameter *p = &c->part[c->parts++];

		*p = *of;
		p->name = mem_printf(t->arena, "%s%s", k == 0 ?
		    CHECKPOINT_MEANS : CHECKPOINT_SQUARES, of->name);
		p->x = k == 0 ? adam->m : adam->v;
	}
}

/* What a checkpoint holds: all that training changes or the files round. */
static void
list_state(struct trainer *t)
{
	struct parameter own[PARAMETERS_MOST];
	struct checkpoint *c = &t->state;
	size_t n = parameters_of(t->arena, t->m, own);
	size_t first = t->m->embedding_data != NULL;
	bool tuned = t->recipe->embedding == EMBEDDING_TUNED;

	if (first == 1 && (tuned || t->files->embedding != NUMBER_F32))
		c->part[c->parts++] = own[0];
	if (tuned)
		list_moments(t, &own[0], &t->embedding);
	for (size_t k = first; k < n; k++) {
		c->part[c->parts++] = own[k];
		list_moments(t, &own[k], &t->adam[k - first]);
	}
}

static void
prepare(struct trainer *t)
{
	struct parameter own[PARAMETERS_MOST];
	size_t first = t->m->embedding_data != NULL;

	t->arena = mem_arena();
	t->scratch = mem_arena();
	t->learner = learner_new(t->m);
	t->grad = learner_grad_new(t->arena, t->m);
	t->parts = learner_grad_parts(t->arena, t->m, t->grad, t->part);
	parameters_of(t->arena, t->m, own);
	for (size_t k = 0; k < t->parts; k++)
		t->adam[k] = adam_new(t->arena, own[first + k].x,
		    own[first + k].n);
	if (t->recipe->embedding == EMBEDDING_TUNED)
		t->embedding = adam_new(t->arena, own[0].x, own[0].n);
	t->batches = batches_new(t->arena, t->train->n, t->recipe->batch);
	t->text = MEM_NEW(t->arena, t->recipe->batch, struct rnn_text);
	t->gold = MEM_NEW(t->arena, t->recipe->batch, size_t);
	t->candidate = twin(t->arena, t->m);
	t->best = twin(t->arena, t->m);
	t->judge = rnn_new(&t->candidate);
	t->now = (struct train_now){.best = -1.0, .epochs = t->recipe->epochs,
	    .batches = t->batches.n};
	t->state.texts = corpus_hash(t->dev, corpus_hash(t->train, 0));
	list_state(t);
}

static void
finish(struct trainer *t)
{
	learner_free(t->learner);
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

/* The loss of these n texts, and a step. */
static double
take_batch(struct trainer *t, const uint32_t *number, size_t n,
    struct random *random)
{
	const struct recipe *r = t->recipe;
	struct learner_dropout drops = {r->embedding_dropout, r->layer_dropout,
	    r->readout_dropout, random};
	struct adam_step step = {r->learning_rate, r->weight_decay,
	    ++t->state.steps};
	bool tuned = r->embedding == EMBEDDING_TUNED;
	double loss;

	for (size_t i = 0; i < n; i++) {
		t->text[i] = t->train->text[number[i]];
		t->gold[i] = t->train->gold[number[i]];
		t->now.tokens += t->text[i].T;
	}
	loss = learner_gradients(t->learner, n, t->text, t->gold, &drops,
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

/* How many of the dev texts the candidate gets right. */
static size_t
count_right(struct trainer *t)
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
	return right;
}

static double
share_of_dev(const struct trainer *t, uint64_t right)
{
	return (double)right / (double)t->dev->n;
}

/* The candidate: the weights as they will be written. */
static bool
round_weights(struct trainer *t)
{
	const char *name;

	parameters_copy(&t->candidate, t->m);
	name = parameters_round(t->scratch, &t->candidate, t->files->embedding,
	    t->files->rnn);
	return name == NULL || bad((struct place){t->train->path, 0}, "%s is "
	    "not finite after epoch %zu: lower learning_rate, or write F32",
	    name, t->now.epoch);
}

/* Judge the weights after an epoch, and keep them if they are the best. */
static bool
judge(struct trainer *t)
{
	struct train_now *now = &t->now;
	struct checkpoint *c = &t->state;
	size_t right;

	if (!round_weights(t))
		return false;
	right = count_right(t);
	now->accuracy = share_of_dev(t, right);
	now->improved = now->accuracy > now->best;
	c->epoch = now->epoch;
	c->waited = now->improved ? 0 : c->waited + 1;
	if (now->improved) {
		now->best = now->accuracy;
		now->best_epoch = now->epoch;
		c->right = right;
		c->best_epoch = now->epoch;
		parameters_copy(&t->best, &t->candidate);
	}
	t->hooks->judged(t->hooks->self, now, &t->best, c);
	return true;
}

/*
 * Stopped within the first epoch: hand out the weights as they are, and the
 * state before the first step, for which best still has the weights.
 */
static bool
give_up(struct trainer *t)
{
	struct checkpoint *c = &t->state;

	if (!round_weights(t))
		return false;
	for (size_t k = 0; k < c->parts; k++)
		memset(c->part[k].x, 0, c->part[k].n * sizeof *c->part[k].x);
	parameters_copy(t->m, &t->best);
	c->steps = 0;
	t->now.epoch = 0;
	t->hooks->judged(t->hooks->self, &t->now, &t->candidate, c);
	return true;
}

/* An epoch's batches.  False with a message, or without one if stopped. */
static bool
epoch(struct trainer *t, bool *stopped)
{
	struct train_now *now = &t->now;
	size_t streams = STREAMS * now->epoch;
	struct random order = random_seeded(t->recipe->seed,
	    STREAM_ORDER + streams);
	struct random dropout = random_seeded(t->recipe->seed,
	    STREAM_DROPOUT + streams);
	double sum = 0.0;

	batches_shuffle(&t->batches, &order, t->recipe->bucket,
	    t->train->text);
	for (now->batch = 1; now->batch <= now->batches; now->batch++) {
		size_t n;
		const uint32_t *number = batches_get(&t->batches,
		    now->batch - 1, &n);
		double loss = take_batch(t, number, n, &dropout);

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

/* The state of an earlier run of the same texts becomes ours. */
static bool
go_on(struct trainer *t, const char *path, int *status)
{
	uint64_t texts = t->state.texts;

	if (!checkpoint_read(t->scratch, path, &t->state, status))
		return false;
	*status = STATUS_DATA;
	if (t->state.right > t->dev->n || t->state.texts != texts)
		return bad((struct place){path, 0}, "the state of a run on "
		    "other texts, expected the same training and dev texts: "
		    "to start anew from a model's weights, name it in a "
		    "recipe (model: PATH)");
	if (t->state.epoch > 0)
		t->now.best = share_of_dev(t, t->state.right);
	t->now.best_epoch = (size_t)t->state.best_epoch;
	t->hooks->judged(t->hooks->self, &t->now, &t->best, &t->state);
	if (t->state.epoch == 0)
		parameters_copy(&t->best, t->m);
	return true;
}

static bool
is_done(const struct trainer *t)
{
	const struct recipe *r = t->recipe;

	return t->state.epoch >= r->epochs ||
	    (r->patience > 0 && t->state.waited >= r->patience);
}

bool
train(struct model *m, const struct recipe *recipe,
    const struct model_files *files, const struct corpus *texts,
    const struct corpus *dev, const char *checkpoint,
    const struct train_hooks *hooks, int *status)
{
	struct trainer t = {.m = m, .recipe = recipe, .files = files,
	    .train = texts, .dev = dev, .hooks = hooks};
	bool good, stopped = false;

	prepare(&t);
	parameters_copy(&t.best, m);
	good = checkpoint == NULL || go_on(&t, checkpoint, status);
	if (good)
		*status = STATUS_DATA;
	while (good && !stopped && !is_done(&t)) {
		t.now.epoch = (size_t)t.state.epoch + 1;
		good = epoch(&t, &stopped);
		if (good && !stopped)
			good = judge(&t);
		else if (good && t.now.best < 0.0)
			good = give_up(&t);
	}
	finish(&t);
	if (good)
		*status = STATUS_OK;
	return good;
}
