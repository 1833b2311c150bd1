/* SPDX-License-Identifier: ISC */
/*
 * tag_write: write a trained perceptron as a tagger's folder (tag_model.h).
 */
#ifndef ANNOTATE_TAG_WRITE_H
#define ANNOTATE_TAG_WRITE_H

#include <stddef.h>

struct dict;
struct perceptron;

/* The settings of the training, for tagger.yaml. */
struct tag_origin {
	long epochs, seed;
	size_t words;
};

/*
 * Write the mean weights of p as a folder (folder.h), which does not exist yet.
 * tags numbers the classes, as "UPOS XPOS".  The smallest weights are left out
 * until the file has at most TAG_MODEL_BYTES.  If writing fails, it exits
 * with 2.
 */
void tag_write(const char *folder, const struct dict *tags,
    const struct perceptron *p, const struct tag_origin *);

#endif
