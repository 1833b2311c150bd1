/* SPDX-License-Identifier: ISC */
/*
 * loop: the training loop.
 *
 * An epoch takes the training texts in a new random order (batches.h), batch
 * after batch: gradients (learner.h), clipping by their norm, a step of Adam
 * (adam.h).  Then the weights are rounded to the number types of the model's
 * files and evaluated: their accuracy on the dev texts is exactly what
 * reat-predict will find.  The best weights are kept, of equals the first.
 *
 * Equal texts, recipe and starting weights give equal bytes.  A run that is
 * continued from its checkpoint gives the bytes of a run without a break.
 */
#ifndef TRAIN_LOOP_H
#define TRAIN_LOOP_H

#include <stdbool.h>
#include <stddef.h>

struct checkpoint;
struct corpus;
struct crew;
struct model;
struct model_files;
struct penalty;
struct recipe;

/* Progress of a run. */
struct train_now {
	size_t epoch, epochs;	/* from 1 */
	size_t batch, batches;	/* of this epoch; from 1 */
	size_t tokens;		/* trained on since this process began */
	double loss;		/* mean of this epoch's batches so far */
	double accuracy;	/* on dev, after an epoch */
	bool improved;		/* it is the best so far */
	double best;		/* the best accuracy, or -1 */
	size_t best_epoch;
};

struct train_hooks {
	void *self;

	/* called after each batch */
	void (*progress)(void *self, const struct train_now *);

	/* called after each epoch, with the best model so far and the state
	 * of the run */
	void (*evaluated)(void *self, const struct train_now *,
	    const struct model *best, const struct checkpoint *);

	/* called after each batch: true ends the run */
	bool (*stop)(void *self);
};

/*
 * Train m, whose weights change.  Returns false with a message if the loss or a
 * weight is not finite, or the checkpoint cannot be used; *status is then
 * STATUS_DATA, or that of reading the checkpoint.  penalty may have weight 0.
 * The bytes are the same for any number of threads in the crew.
 *
 * checkpoint is NULL, or the path of the checkpoint of the run to continue; m
 * is then the best model of that run.  evaluated is called first, as epoch 0,
 * with that model and the state read.
 *
 * If stop ends the run within an epoch, the batches of this epoch have no
 * effect.  But within the first epoch there is no model yet: evaluated is then
 * called as epoch 0, with the weights of this moment (their accuracy is not
 * known) and the state before the first step.
 */
bool train(struct model *m, const struct recipe *, const struct model_files *,
    const struct corpus *train, const struct corpus *dev,
    const struct penalty *penalty, const char *checkpoint,
    const struct train_hooks *, struct crew *, int *status);

#endif
