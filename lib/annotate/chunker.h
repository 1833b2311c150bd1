/* SPDX-License-Identifier: ISC */
/*
 * chunker: the chunks that rules find in a block.
 *
 * On each level of a rules file (chunk_rules.h) the leftmost match wins, then
 * the first rule listed; matches do not overlap, and an empty one is none.  No
 * chunk crosses a span of the layer that the file names in `within`, where a
 * block has that layer.
 */
#ifndef ANNOTATE_CHUNKER_H
#define ANNOTATE_CHUNKER_H

#include <stdbool.h>

#include "base/text.h"

struct block;
struct chunker;

/*
 * Read a rules file.  NULL with a message if it can't be read (*status is
 * STATUS_SYSTEM) or is wrong (STATUS_DATA).
 */
struct chunker *chunker_open(const char *path, int *status);
void chunker_close(struct chunker *);

/*
 * Write only these levels, comma-joined, in this order.  A name that is not
 * there, or twice, is fatal: it comes from the command line.
 */
void chunker_choose(struct chunker *, struct text names);

/* True if some pattern asks for tags, so a block without any is a mistake. */
bool chunker_needs_tags(const struct chunker *);

/*
 * Drop the layers that the rules file defines and write the chosen ones.
 * False, with a message, if the layer `within` is wrong or a level takes too
 * many steps.
 */
bool chunker_run(struct chunker *, struct block *);

#endif
