/* SPDX-License-Identifier: ISC */
/*
 * chunker: find chunks in a block by rules, and write them as layers.
 *
 * On each level of a rules file (chunk_rules.h) the leftmost match becomes a
 * chunk, and of several that begin there the one of the first rule; then the
 * next one after it, and so on.  Chunks of a level do not overlap and are not
 * empty.  If the file names a layer in `within` and a block has it, no chunk
 * crosses the edge of one of its spans.
 *
 * If a rule has the pattern `holds`, a chunk of the rule without a match of it
 * joins the chunk right before; if there is none, the chunk right after.  A
 * chunk without such neighbours stays.  The result has the tag of its chunk
 * that lacks nothing, or of its first one.
 */
#ifndef ANNOTATE_CHUNKER_H
#define ANNOTATE_CHUNKER_H

#include <stdbool.h>

#include "base/text.h"

struct block;
struct chunker;

/*
 * Read a rules file.  Returns NULL with a message if it cannot be read (*status
 * is STATUS_SYSTEM) or is wrong (STATUS_DATA).
 */
struct chunker *chunker_open(const char *path, int *status);
void chunker_close(struct chunker *);

/*
 * Choose the levels to write, comma-joined, in this order; without a call it is
 * all.  Exits with 2 if there is no such level, or a name occurs twice.
 */
void chunker_choose(struct chunker *, struct text names);

/* True if a pattern depends on tags: a block without tags is then an error. */
bool chunker_needs_tags(const struct chunker *);

/*
 * Remove the layers of all levels of the rules file, and write the chosen ones.
 * Returns false with a message if the layer `within` is malformed or a match
 * takes too many steps.
 */
bool chunker_run(struct chunker *, struct block *);

#endif
