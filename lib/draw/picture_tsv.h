/* SPDX-License-Identifier: ISC */
/*
 * picture_tsv: the rows that a picture shows, as lines of a score stream.
 */
#ifndef DRAW_PICTURE_TSV_H
#define DRAW_PICTURE_TSV_H

#include "draw/view.h"

/* Of the style only no_header counts. */
extern const struct view view_tsv;

#endif
