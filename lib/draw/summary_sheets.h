/* SPDX-License-Identifier: ISC */
/*
 * summary_sheets: the tables of a summary, for a page and for a terminal.
 */
#ifndef DRAW_SUMMARY_SHEETS_H
#define DRAW_SUMMARY_SHEETS_H

#include <stddef.h>

#include "draw/sheet.h"
#include "measure/summary.h"

struct arena;

/* Returns the sheets, [*n], in the arena. */
struct sheet *summary_sheets(const struct summary *, struct arena *,
    size_t *n);

/* The first sentence: the model, the method, texts and words. */
struct text summary_line(const struct summary *, struct arena *);

#endif
