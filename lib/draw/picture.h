/* SPDX-License-Identifier: ISC */
/*
 * picture: the score rows of one document, class, model and method, and what
 * is drawn of them, whatever the format.
 *
 * Rows are added as they come; picture_finish sorts them into levels and
 * checks that no two spans of a level overlap.  The picture's arena owns all
 * of it, and picture_clear makes it empty again.
 */
#ifndef DRAW_PICTURE_H
#define DRAW_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"
#include "stream/score.h"

struct arena;

enum {
	PICTURE_LIMIT = 64 << 20,	/* bytes of rows */
	PICTURE_LEVELS = 64,
};

enum picture_sum {
	PICTURE_TEXT,		/* the sum of the words */
	PICTURE_BIAS,
	PICTURE_LOGIT,
	PICTURE_SUMS,
};

/* Their names in column level: text, bias, logit. */
extern const char *const picture_sums[PICTURE_SUMS];

struct picture_row {
	struct score_row score;
	struct text line;	/* as it came */
	struct place at;
};

struct picture_level {
	struct text name;
	struct picture_row **span;	/* [n], in the order of the text */
	size_t n;
};

struct picture {
	struct arena *arena;
	struct picture_row *row;	/* [n], as they came */
	size_t n, cap, bytes;

	/* what picture_finish makes */
	struct picture_level *level;	/* [levels], in the order to draw */
	size_t levels;
	const struct picture_row *sum[PICTURE_SUMS];	/* or NULL */
	double rest;		/* logit - text - bias, 0 if as good as none */
	double largest;		/* |score| of the levels, 0 if none */
	double full;		/* the score of full colour */
};

/* Which levels, in which order: NULL, all, in the order of the stream. */
struct picture_choice {
	struct text *level;	/* [n] */
	size_t n;
	double full;		/* -x; 0: the largest |score| */
};

void picture_init(struct picture *);
void picture_clear(struct picture *);
void picture_free(struct picture *);

/*
 * Add the row that score_parse made of line; both are copied.  False with a
 * message if there is too much, a span's level has no word ids or a sum's has,
 * or prob is not that of the rows before.
 */
bool picture_add(struct picture *, const struct score_row *,
    struct text line, struct place at);

/* Which sum the row is, or PICTURE_SUMS if it is a span. */
enum picture_sum picture_sum(const struct score_row *);

/* A number that stands below the finished picture, and its name. */
struct picture_total {
	const char *name;
	double value;
};

enum { PICTURE_TOTALS = PICTURE_SUMS + 1 };

/* The sums that there are, then "rest" if there is one; returns how many. */
size_t picture_totals(const struct picture *,
    struct picture_total to[PICTURE_TOTALS]);

/* True if the finished picture has this level; if it shows this row. */
bool picture_has(const struct picture *, struct text level);
bool picture_shows(const struct picture *, const struct score_row *);

/*
 * False with a message if spans of a level overlap, a sum comes twice or the
 * logit does not come: the stream was cut.
 */
bool picture_finish(struct picture *, const struct picture_choice *);

#endif
