/* SPDX-License-Identifier: ISC */
/*
 * newborn: a model before its first step.
 *
 * The network is the recipe's, or another model's where the recipe names one
 * to start from.  Weights are uniform in -1/sqrt(H)..1/sqrt(H), those of the
 * output layer in -1/sqrt(F)..1/sqrt(F), F its inputs (PyTorch's defaults);
 * words without a vector are uniform in the recipe's range.
 *
 * The vocabulary: the unknown word, the words of the recipe's list in its
 * order, then the training texts' words, most frequent first.
 */
#ifndef NEWBORN_H
#define NEWBORN_H

#include <stdbool.h>

struct arena;
struct corpus;
struct dict;
struct model;
struct model_files;
struct recipe;

/*
 * If the recipe starts from a model, or from a model's embedding, open it and
 * bring the recipe into line with it.  False with a message, *status as in
 * input_whole; *from is NULL if there is none.
 */
bool newborn_parent(struct recipe *, const struct model **from, int *status);

/*
 * Make the model for the texts, whose words and labels are still those of the
 * dictionaries, and turn them into its rows and classes.  path is where it
 * will be written.  NULL with a message; *status as above.
 */
struct model *newborn(struct arena *, struct recipe *,
    const struct model *from, const char *path, struct dict *words,
    struct dict *labels, struct corpus *train, struct corpus *dev,
    struct model_files *files, int *status);

#endif
