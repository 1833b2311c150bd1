/* SPDX-License-Identifier: ISC */
/*
 * live_page: a page of pictures with a form for the next text before them.
 */
#ifndef DRAW_LIVE_PAGE_H
#define DRAW_LIVE_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct output;

enum { LIVE_LONGEST = 2000 };	/* code points of a text */

/* A choice of one value. */
struct live_choice {
	const char *name;	/* of the form's field: "model" */
	const char *label;
	struct text *value;	/* [n] */
	size_t n;
	struct text chosen;
};

struct live_form {
	const char *action;	/* where the form is sent */
	struct text text;
	const struct live_choice *choice;	/* [choices] */
	size_t choices;
	struct text message;	/* what was wrong; empty: nothing */
};

/*
 * Write page, which the view html made, with the form in it.  Everything else
 * of it is written as it is.  Returns false if it is no such page.
 */
bool live_page_write(struct output *, struct arena *, struct text page,
    const struct live_form *);

#endif
