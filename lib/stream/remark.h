/* SPDX-License-Identifier: ISC */
/*
 * remark: what the logit row of a run says about its document.
 *
 * It is in column text of that row, key=value pairs separated by "|":
 *
 *     unknown=3,7
 *
 * A pair is left out if there is nothing to say; a row without pairs has "_".
 */
#ifndef STREAM_REMARK_H
#define STREAM_REMARK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;

struct remark {
	struct text unknown;	/* words the model does not know, as ids from
				 * 1, joined by commas; without s: none */
};

/* The ids of the words that are set in marks [T]; without s if none is. */
struct text remark_ids(struct arena *, const bool *marks, size_t T);

/* Returns the column, in the arena. */
struct text remark_write(struct arena *, const struct remark *);

#endif
