/* SPDX-License-Identifier: ISC */
/*
 * label: what the name of a class may be.
 *
 * Labels are printed in comments, in columns between tabs, and in lists between
 * "|" (reat.labels).  So a label is not empty, does not begin or end with a
 * blank, and contains no "|" and no control character.  The labels of a model
 * are all different.
 */
#ifndef MODEL_LABEL_H
#define MODEL_LABEL_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"

struct dict;

enum { LABELS_MAX = 4096 };	/* of a model */

/* Returns false with a message at this place if it is no label. */
bool label_check(struct text label, struct place at);

/*
 * Check a label of a list and add it to those seen before.  Returns false with
 * a message if it is no label or was seen.
 */
bool label_add(struct dict *seen, struct text label, struct place at);

#endif
