/* SPDX-License-Identifier: ISC */
/*
 * sheet: a table of words and numbers, on a page or on a terminal.
 *
 *     struct sheet t = sheet_begin(arena, "words", 3);
 *
 *     sheet_head(&t, "word");  sheet_head(&t, "texts");
 *     sheet_head(&t, "mean");
 *     sheet_name(&t, word);    sheet_put(&t, "%zu", n);
 *     sheet_shade(&t, mean / largest, "%+.2f", mean);    ...
 *
 * The first column has names, the others have numbers.
 */
#ifndef DRAW_SHEET_H
#define DRAW_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct output;

enum sheet_kind {
	SHEET_PLAIN,
	SHEET_SHARE,		/* a page has a bar of this share, 0 to 1 */
	SHEET_SHADE,		/* a page has the palette's colour, -1 to 1 */
};

struct sheet_cell {
	struct text text;
	enum sheet_kind kind;
	double share;
};

struct sheet {
	struct arena *arena;
	const char *title;
	struct text about;	/* of what, after the title; may be empty */
	const char *note;	/* a sentence below the title, or NULL */
	size_t columns, n, cap;
	struct sheet_cell *cell;	/* [n] the first row is the head */
};

/* An empty sheet; its cells and its strings lie in the arena. */
struct sheet sheet_begin(struct arena *, const char *title, size_t columns);

/* Append a cell; after the last column a row ends. */
void sheet_head(struct sheet *, const char *);
void sheet_name(struct sheet *, struct text);
void sheet_put(struct sheet *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void sheet_share(struct sheet *, double share, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void sheet_shade(struct sheet *, double share, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Write it as an element of a page, whose style has SHEET_RULES. */
void sheet_html(const struct sheet *, struct output *);

#define SHEET_RULES \
    ".share { display: inline-block; width: 8em; height: .7em;" \
    " margin-inline-end: .5em; background: var(--line) }\n" \
    ".share i { display: block; height: 100%; background: var(--faint) }\n" \
    ".share, .share i { -webkit-print-color-adjust: exact;" \
    " print-color-adjust: exact; forced-color-adjust: none }\n"

/* Write it as lines of text.  Names wider than most columns are cut. */
void sheet_text(const struct sheet *, size_t most, struct output *);

#endif
