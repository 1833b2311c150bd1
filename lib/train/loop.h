/* SPDX-License-Identifier: ISC */
/*
 * loop: the training loop.
 *
 * An epoch takes the training texts in a new random order (batches.h), batch
 * after batch: gradients (learner.h), clipping by their norm, a step of Adam
 * (adam.h).  Then the weights, rounded to the number types in which they will
 * be written, are judged by their accuracy on the dev texts, with the forward
 * pass that the other filters use: reat-predict sees just that accuracy.  The
 * best are kept; of equals the first.
 *
 * Every random number of an epoch follows from the seed and the epoch's
 * number alone.  So a run that goes on from its checkpoint (checkpoint.h) does
 * what it would have done.
 */
#ifndef TRAIN_LOOP_H
#define TRAIN_LOOP_H

#include <stdbool.h>
#include <stddef.h>

struct checkpoint;
struct corpus;
struct model;
struct model_files;
struct recipe;

/* Where training stands. */
struct train_now {
	size_t epoch, epochs;	/* from 1 */
	size_t batch, batches;	/* in this epoch; from 1 */
	size_t tokens;		/* trained on since the start of this run */
	double loss;		/* mean of this epoch's batches so far */
	double accuracy;	/* on dev, after an epoch */
	bool improved;		/* it is the best so far */
	double best;		/* accuracy, or -1 */
	size_t best_epoch;
};

struct train_hooks {
	void *self;

	/* after each batch */
	void (*progress)(void *self, const struct train_now *);

	/*
	 * After each epoch: the best model so far, and what it takes to go on.
	 */
	void (*judged)(void *self, const struct train_now *,
	    const struct model *best, const struct checkpoint *);

	/* asked after each batch: true ends the run, with the best so far */
	bool (*stop)(void *self);
};

/*
 * Train m, whose weights change.  With a checkpoint's path, the run that wrote
 * it goes on: m is then the best model that it found, and judged is called
 * first with what there is, as epoch 0.  False with a message if the loss or a
 * weight is not finite or the checkpoint can't be used.  If the run is stopped
 * before its first epoch ended, judged is called with the weights there are
 * then, not judged, and the state before the first step, as epoch 0.
 */
bool train(struct model *m, const struct recipe *, const struct model_files *,
    const struct corpus *train, const struct corpus *dev,
    const char *checkpoint, const struct train_hooks *, int *status);

#endif
