/* SPDX-License-Identifier: ISC */
/*
 * label_counts: how many texts have each label, and labels that seem wrong.
 *
 * A label seems wrong if it differs from another only in letter case, or if
 * only one text has it and the others have at least LABEL_COUNTS_MANY on
 * average: a header that was read as a text, or a slip.
 */
#ifndef STREAM_LABEL_COUNTS_H
#define STREAM_LABEL_COUNTS_H

#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

enum {
	LABEL_COUNTS_MOST = 1024,	/* more labels are not classes */
	LABEL_COUNTS_MANY = 10,
};

struct label_counts;
struct output;

struct label_counts *label_counts_new(void);
void label_counts_free(struct label_counts *);

/* Count a text with this label, which was read at this place. */
void label_counts_add(struct label_counts *, struct text label, struct place);

/* The number of texts with this label. */
size_t label_counts_of(const struct label_counts *, struct text label);

/*
 * Print notes about labels that seem wrong, at most four.  Nothing is known of
 * more than LABEL_COUNTS_MOST labels, and nothing is printed.
 */
void label_counts_notes(const struct label_counts *);

/* Write "pos 12, neg 9" in byte order, cut after 20 labels; nothing if there
 * are no labels. */
void label_counts_write(const struct label_counts *, struct output *);

#endif
