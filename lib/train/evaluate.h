/* SPDX-License-Identifier: ISC */
/*
 * evaluate: how many texts a model classifies correctly, while it is trained.
 */
#ifndef TRAIN_EVALUATE_H
#define TRAIN_EVALUATE_H

#include <stddef.h>

struct corpus;
struct crew;
struct evaluation;
struct model;

/* Both stay the caller's; the weights may change between two calls. */
struct evaluation *evaluation_new(struct model *, struct crew *);
void evaluation_free(struct evaluation *);

/* Returns how many texts are predicted as their gold class.  Each thread takes
 * texts of its own. */
size_t evaluation_right(struct evaluation *, const struct corpus *);

#endif
