/* SPDX-License-Identifier: ISC */
/*
 * spans: the spans that a user has chosen: of all documents, or in a file.
 *
 *     doc  first  last  tag
 *     a    3      7     NP      words 3 to 7 of document a
 *     a    5      9             they may overlap; the tag may be missing
 *     b    1      1     _       no tag
 *
 * A file is TSV, and its lines may have any order.  The header line and empty
 * lines are skipped.  All files are in memory, about 50 bytes a line.
 */
#ifndef STREAM_SPANS_H
#define STREAM_SPANS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct block;
struct span;
struct spans;

struct spans *spans_new(void);
void spans_free(struct spans *);

/*
 * Add words first to last, both from 1, of each document.  Returns false if
 * this span is there already.
 */
bool spans_add(struct spans *, size_t first, size_t last);

/* Add a file, which spans_open reads.  The path is copied. */
void spans_add_file(struct spans *, struct text path);

/*
 * Read the files.  Returns the status; it is STATUS_SYSTEM after a message if a
 * file cannot be read, STATUS_DATA if a line is malformed.
 */
int spans_open(struct spans *);

/*
 * The spans of a block, *span [*n] in its arena: by their first words, then by
 * their last.  A block without words has no spans of all documents.  Returns
 * false with a message if a span is not within the block or occurs twice.
 */
bool spans_of(struct spans *, const struct block *, struct span **span,
    size_t *n);

/*
 * Returns false with a message if the files have documents for which spans_of
 * was never called.  dropped: some blocks were bad.
 */
bool spans_all_used(const struct spans *, bool dropped);

#endif
