/* SPDX-License-Identifier: ISC */
/*
 * page_index: the texts of a page, in some order, and a table of them.
 *
 * A page is written in the order of the input, and its table at the end: then
 * 64 KiB of rows are in memory and the others in a temporary file (in $TMPDIR,
 * else /tmp; it has no name).  Or it is sorted: then all texts wait in
 * temporary files until the end, in memory 48 bytes for each, and the table
 * comes first.
 */
#ifndef DRAW_PAGE_INDEX_H
#define DRAW_PAGE_INDEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/option.h"
#include "base/text.h"
#include "stream/remark.h"

struct arena;
struct output;

/* What the index knows of a text. */
struct page_text {
	size_t n;		/* from 1: the anchor is "t1" */
	struct text doc, words;
	struct text class;	/* the predicted one, or the most probable */
	float prob;		/* of class */
	struct text label;	/* without s: none */
	float label_p;		/* of the label; negative: not known */
	enum remark_outcome outcome;
};

/* An order of the texts of a page. */
struct page_order {
	struct option_name is;
	bool labels;		/* it needs labels */
	double (*key)(const struct page_text *);	/* ascending */
};

extern const struct page_order page_orders[];

/* The rules of the table, for the head of a page. */
extern const char page_index_css[];

struct page_index;

/* order NULL: that of the input, without waiting. */
struct page_index *page_index_open(struct arena *, const struct page_order *);

/* Add a text.  In a sorted page, article is all that is written of it. */
void page_index_add(struct page_index *, const struct page_text *,
    struct arena *, const struct output *article);

/*
 * Write the table, if there are two texts or more, then the texts of a sorted
 * page, and free the index.
 */
void page_index_close(struct page_index *, struct output *);

#endif
