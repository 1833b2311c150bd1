/* SPDX-License-Identifier: ISC */
/*
 * The loop, and three copies of the weights:
 *
 *     for each epoch e
 *         order, masks = random numbers of (seed, e)
 *         for each batch
 *             gradients, clip, Adam         m          as trained, F32
 *             progress; stop?               |
 *         add to the mean                   mean       of epochs, if wanted
 *         round m, or the mean              candidate  as the files have them;
 *                                           |  m itself if that is as trained
 *         accuracy on dev                   |  if better than the best so far
 *         evaluated                         best       what is written
 *
 * evaluated writes the folder: best, and the state of the run (checkpoint.h),
 * which is m, Adam's moments and the counters.  The rounded weights are never
 * trained further, so F16 files do not change the course of a run.
 *
 * Two runs give the same bytes because
 *   - an epoch's random numbers depend on the seed and the epoch's number
 *     alone: each epoch has two streams of its own, one for the order of the
 *     texts, one for dropout (of words, then of numbers, batch after batch),
 *     and no state of them outlives the epoch;
 *   - products and sums have one order on every machine (product.h, packed.h),
 *     and for any number of threads (crew.h);
 *   - the state is kept in whole: floats as their bits, and the number of
 *     texts that were right rather than the accuracy.
 * So epoch e + 1 after a checkpoint of epoch e is what it would have been.
 *
 * Signals.  A handler only sets a flag, and stop returns it after each batch.
 * A stopped run leaves the middle of its epoch unused: on disk is the folder of
 * the last whole epoch, and a continued run computes this epoch once more.
 * Within the first epoch nothing is on disk, so the weights are written as they
 * are, with the state before the first step (stop_first).
 */
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
#include "train/clip.h"
#include "train/corpus.h"
#include "train/evaluate.h"
#include "train/learner.h"
#include "train/penalty.h"
#include "train/recipe.h"

/* Streams of random numbers: two for each epoch, after those of start.c. */
enum { STREAM_ORDER = 16, STREAM_DROPOUT = 17, STREAMS = 2 };

struct trainer {
	struct model *m;
	const struct recipe *recipe;
	const struct model_files *files;
	const struct corpus *train, *dev;
	const struct penalty *penalty;	/* or NULL */
	const struct train_hooks *hooks;
	struct crew *crew;

	struct arena *arena, *scratch;
	struct learner *learner;
	struct learner_grad *grad;
	struct parameter part[PARAMETERS_MOST];	/* of grad */
	struct adam adam[PARAMETERS_MOST];	/* in the same order */
	struct adam embedding;
	size_t parts;
	size_t fixed;		/* parameters that are not trained: 1 if m has
				 * an embedding that is frozen */

	struct batches batches;
	struct rnn_text *text;	/* [batch] */
	size_t *gold;		/* [batch] */

	struct model mean;	/* of the weights after epochs, unless the
				 * recipe's average is 0 */
	struct model candidate;	/* the weights, rounded */
	bool same;		/* it has the arrays of m */
	struct model best;	/* the best candidate; first, the start of m */
	struct evaluation *evaluation;	/* of candidate */
	struct train_now now;
	struct checkpoint state;
};

/* A copy of m with parameters of its own, which are zero. */
static struct model
twin(struct arena *arena, const struct model *m)
{
	struct model t = *m;

	parameters_allocate(arena, &t, m->embedding_data != NULL);
	return t;
}

/*
 * List what a checkpoint holds: all that training changes, and all that the
 * model's files round.  The moments of a frozen embedding are NULL.
 */
static void
list_state(struct trainer *t)
{
	struct parameter own[PARAMETERS_MOST];
	struct checkpoint *c = &t->state;
	size_t n = parameters_of(t->arena, t->m, own);
	size_t first = t->m->embedding_data != NULL;
	bool tuned = t->recipe->embedding == EMBEDDING_TUNED;

	if (tuned || (first == 1 && t->files->embedding != NUMBER_F32))
		checkpoint_add(t->arena, c, &own[0], t->embedding.m,
		    t->embedding.v);
	for (size_t k = first; k < n; k++)
		checkpoint_add(t->arena, c, &own[k], t->adam[k - first].m,
		    t->adam[k - first].v);
	if (t->recipe->average == 0)
		return;
	n = parameters_of(t->arena, &t->mean, own);
	for (size_t k = t->fixed; k < n; k++) {
		own[k].name = mem_printf(t->arena, "mean.%s", own[k].name);
		checkpoint_add(t->arena, c, &own[k], NULL, NULL);
	}
}

/* Of the texts, the vectors that their words bring, and the words that are
 * penalised. */
static uint64_t
fingerprint(const struct trainer *t)
{
	uint64_t hash = corpus_hash(t->dev, corpus_hash(t->train, 0));

	for (size_t i = 0; t->m->stream && i < t->m->V; i++)
		for (size_t k = 0; k < t->m->D; k++) {
			uint32_t bits;

			memcpy(&bits, t->m->row[i] + k, sizeof bits);
			hash = text_hash_step(hash, bits);
		}
	for (size_t i = 0; t->penalty != NULL && i < t->m->V; i++)
		if (t->penalty->marked[i])
			hash = text_hash_step(hash, i);
	return hash;
}

static void
prepare(struct trainer *t)
{
	struct parameter own[PARAMETERS_MOST];
	size_t first = t->m->embedding_data != NULL;

	t->arena = mem_arena();
	t->scratch = mem_arena();
	t->learner = learner_new(t->m, t->penalty, t->crew);
	t->grad = learner_grad_new(t->arena, t->m);
	t->parts = learner_grad_parts(t->arena, t->m, t->grad, t->part);
	parameters_of(t->arena, t->m, own);
	t->fixed = first == 1 && t->recipe->embedding == EMBEDDING_FROZEN;
	for (size_t k = 0; k < t->parts; k++)
		t->adam[k] = adam_new(t->arena, own[first + k].x,
		    own[first + k].n);
	if (t->recipe->embedding == EMBEDDING_TUNED)
		t->embedding = adam_new(t->arena, own[0].x, own[0].n);
	t->batches = batches_new(t->arena, t->train->n, t->recipe->batch);
	t->text = MEM_NEW(t->arena, t->recipe->batch, struct rnn_text);
	t->gold = MEM_NEW(t->arena, t->recipe->batch, size_t);
	if (t->recipe->average > 0)
		t->mean = twin(t->arena, t->m);
	t->same = t->recipe->average == 0 &&
	    t->files->embedding == NUMBER_F32 && t->files->rnn == NUMBER_F32;
	t->candidate = t->same ? *t->m : twin(t->arena, t->m);
	t->best = twin(t->arena, t->m);
	t->evaluation = evaluation_new(&t->candidate, t->crew);
	t->now = (struct train_now){.best = -1.0, .epochs = t->recipe->epochs,
	    .batches = t->batches.n};
	t->state.texts = fingerprint(t);
	list_state(t);
}

static void
finish(struct trainer *t)
{
	learner_free(t->learner);
	evaluation_free(t->evaluation);
	mem_free(t->scratch);
	mem_free(t->arena);
}

/* ---- a batch ---- */

/*
 * The text with each word, by these chances, as the unknown word or blank,
 * which is the zero vector.  The copy is t->scratch's.
 */
static struct rnn_text
drop_words(struct trainer *t, struct rnn_text text, struct random *random)
{
	double unknown = t->recipe->word_dropout;
	double either = unknown + t->recipe->word_blank;
	int32_t *id;

	if (!(either > 0.0))
		return text;
	id = MEM_NEW(t->scratch, text.T, int32_t);
	for (size_t i = 0; i < text.T; i++) {
		double u = (double)random_unit(random);

		id[i] = u < unknown ? t->m->unknown : u < either ? -1 :
		    text.id[i];
	}
	return (struct rnn_text){text.T, id};
}

/* Returns the mean loss of these n texts; makes a step if it is finite. */
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
		t->text[i] = drop_words(t, t->train->text[number[i]], random);
		t->gold[i] = t->train->gold[number[i]];
		t->now.tokens += t->text[i].T;
	}
	loss = learner_gradients(t->learner, n, t->text, t->gold, &drops,
	    tuned, t->grad);
	mem_reset(t->scratch);
	if (!isfinite(loss))
		return loss;
	if (r->clip > 0.0)
		clip_gradients(r->clip, t->parts, t->part, t->grad, t->m->D);
	adam_update(t->crew, t->parts, t->adam, t->part, step);
	if (tuned)
		adam_update_rows(t->crew, &t->embedding, t->m->D, t->grad->id,
		    t->grad->words, t->grad->embedding, step);
	return loss;
}

/* ---- after an epoch ---- */

static double
accuracy_of(const struct trainer *t, uint64_t right)
{
	return (double)right / (double)t->dev->n;
}

/*
 * Take the weights after an epoch into the mean, if it has begun:
 *
 *     mean = mean + (m - mean) / k,  k = 1 in the epoch with which it begins
 *
 * Returns what is to be evaluated: the mean, or else m.
 */
static const struct model *
add_to_mean(struct trainer *t)
{
	struct parameter mean[PARAMETERS_MOST], now[PARAMETERS_MOST];
	size_t from = t->recipe->average, n;
	float k = (float)(t->now.epoch - from + 1);

	if (from == 0 || t->now.epoch < from)
		return t->m;
	if (k < 2.0f) {
		parameters_copy(&t->mean, t->m);
		return &t->mean;
	}
	n = parameters_of(t->scratch, t->m, now);
	parameters_of(t->scratch, &t->mean, mean);
	for (size_t p = t->fixed; p < n; p++)
		for (size_t i = 0; i < now[p].n; i++)
			mean[p].x[i] += (now[p].x[i] - mean[p].x[i]) / k;
	return &t->mean;
}

/* Make the candidate from the weights of m or the mean. */
static bool
round_weights(struct trainer *t, const struct model *from)
{
	const char *name;

	if (!t->same)
		parameters_copy(&t->candidate, from);
	name = parameters_round(t->scratch, &t->candidate, t->files->embedding,
	    t->files->rnn);
	return name == NULL || bad((struct place){t->train->path, 0}, "%s is "
	    "not finite after epoch %zu: lower learning_rate, or write F32",
	    name, t->now.epoch);
}

/* Evaluate the weights after an epoch, and keep them if they are the best. */
static bool
evaluate(struct trainer *t)
{
	struct train_now *now = &t->now;
	struct checkpoint *c = &t->state;
	size_t right;

	if (!round_weights(t, add_to_mean(t)))
		return false;
	right = evaluation_right(t->evaluation, t->dev);
	now->accuracy = accuracy_of(t, right);
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
	t->hooks->evaluated(t->hooks->self, now, &t->best, c);
	return true;
}

/*
 * The run is stopped within its first epoch: hand out the weights as they are,
 * and the state before the first step.  best still has the weights of the
 * start.
 */
static bool
stop_first(struct trainer *t)
{
	struct checkpoint *c = &t->state;

	if (t->same) {
		t->candidate = twin(t->arena, t->m);
		t->same = false;
	}
	if (!round_weights(t, t->m))
		return false;
	for (size_t k = 0; k < c->parts; k++)
		memset(c->part[k].x, 0, c->part[k].n * sizeof *c->part[k].x);
	parameters_copy(t->m, &t->best);
	c->steps = 0;
	t->now.epoch = 0;
	t->hooks->evaluated(t->hooks->self, &t->now, &t->candidate, c);
	return true;
}

/* ---- the run ---- */

/* The batches of an epoch.  False with a message; *stopped: stop ended it. */
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

/* Take over the state of an earlier run on the same texts. */
static bool
read_state(struct trainer *t, const char *path, int *status)
{
	uint64_t texts = t->state.texts;

	if (!checkpoint_read(t->scratch, path, &t->state, status))
		return false;
	*status = STATUS_DATA;
	if (t->state.right > t->dev->n || t->state.texts != texts)
		return bad((struct place){path, 0}, "the run was trained "
		    "on other texts, and continues only with the same "
		    "training and dev texts, and the same words in "
		    "penalty_words; to start a new run from a "
		    "model's weights, name it in a recipe (model: PATH)");
	if (t->state.epoch > 0)
		t->now.best = accuracy_of(t, t->state.right);
	t->now.best_epoch = (size_t)t->state.best_epoch;
	t->hooks->evaluated(t->hooks->self, &t->now, &t->best, &t->state);
	if (t->state.epoch == 0)
		parameters_copy(&t->best, t->m);
	else if (t->fixed > 0 && t->recipe->average > 0)
		memcpy(t->mean.embedding_data, t->m->embedding_data,
		    t->m->V * t->m->D * sizeof(float));
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
    const struct corpus *dev, const struct penalty *penalty,
    const char *checkpoint, const struct train_hooks *hooks,
    struct crew *crew, int *status)
{
	struct trainer t = {.m = m, .recipe = recipe, .files = files,
	    .train = texts, .dev = dev, .hooks = hooks, .crew = crew,
	    .penalty = penalty->weight > 0.0 ? penalty : NULL};
	bool good, stopped = false;

	prepare(&t);
	parameters_copy(&t.best, m);
	good = checkpoint == NULL || read_state(&t, checkpoint, status);
	if (good)
		*status = STATUS_DATA;
	while (good && !stopped && !is_done(&t)) {
		t.now.epoch = (size_t)t.state.epoch + 1;
		good = epoch(&t, &stopped);
		if (good && !stopped)
			good = evaluate(&t);
		else if (good && t.now.best < 0.0)
			good = stop_first(&t);
	}
	finish(&t);
	if (good)
		*status = STATUS_OK;
	return good;
}
