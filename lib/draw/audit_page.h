/* SPDX-License-Identifier: ISC */
/*
 * audit_page: an audit as a page of HTML.
 *
 *     word      score against and for              classes of training texts
 *     terribly      |--#####-|          -0.23 +- 0.20   #####.  5 0  5.3 bits
 *
 * A table for each group.  A bar is the mean, the line on it the mean plus and
 * minus the standard deviation.  Like html.h's page it loads nothing, has no
 * script, and is light or dark as the reader's system is set.
 */
#ifndef DRAW_AUDIT_PAGE_H
#define DRAW_AUDIT_PAGE_H

#include <stddef.h>

#include "measure/audit.h"

struct output;
struct style;

/* Rows of a group that are shown; a line counts those that are not. */
enum { AUDIT_PAGE_MOST = 500 };

/* Rows are those of audit_rows, n; style has both palettes. */
void audit_page(const struct style *, const struct auditing *,
    const struct audit_group *, const struct audit_row *, size_t n,
    struct output *);

#endif
