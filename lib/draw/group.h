/* SPDX-License-Identifier: ISC */
/*
 * group: score rows gathered into pictures.
 *
 * The rows of one document, class, model and method are a group, and make one
 * picture.  It is drawn as soon as its last row, logit, has come; if another
 * group, a header line or the end comes before, it is bad.  For class
 * "predicted", the likeliest one of a document, model and method, it is drawn
 * when the probabilities that came leave less for any other class, else at the
 * document's end.
 *
 * A bad row drops its group, and for "predicted" its document, of which the
 * likeliest class is then unknown.  Messages come from here, the status is the
 * caller's.
 */
#ifndef DRAW_GROUP_H
#define DRAW_GROUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/input.h"
#include "draw/picture.h"
#include "stream/score.h"

struct group {
	/* the caller's */
	const char *class;	/* all, predicted, or a label */
	bool keep_going;	/* else the first that is bad is the last */
	struct picture_choice choice;
	void (*draw)(void *self, const struct picture *);
	void *self;

	/* what came: for notes on names that never did */
	bool any, class_found;
	bool level_found[PICTURE_LEVELS];	/* [choice.n] */

	/* The group being read.  Of its key, model and method are none, which
	 * stands for any, if a bad line did not tell them. */
	enum { GROUP_NONE, GROUP_OPEN, GROUP_CLOSED, GROUP_DROPPED } state;
	struct score_row key;	/* its strings lie in names */
	struct arena *names;
	struct picture page[2], *open;
	bool drop_next;		/* a bad line between groups: drop the next */

	struct picture *best;	/* the likeliest class so far; empty: none */
	double most, seen;	/* its probability, the sum of all */
	bool drawn;		/* best has been */
	bool spoiled;		/* a class of this document was dropped */
};

void group_init(struct group *);
void group_free(struct group *);

/* Take a line.  False with a message if it, or its group, is bad. */
bool group_line(struct group *, const struct record *);

/* Input reported a line that is none. */
void group_bad(struct group *);

/* The end of a stream.  False with a message if the last group is bad. */
bool group_end(struct group *);

#endif
