/* SPDX-License-Identifier: ISC */
/*
 * offsets: the keys of MISC that say where a line is in # text.
 *
 *     TokenRange=7:12            reat-tokenize, UDPipe
 *     start_char=7|end_char=12   Stanza
 *
 * Offsets are in code points; end is the one after the last.  The memory is the
 * caller's arena.
 */
#ifndef STREAM_OFFSETS_H
#define STREAM_OFFSETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;

/* True if misc has one of the keys. */
bool offsets_given(struct text misc);

/* Returns false if misc has no offsets, or not two numbers in order. */
bool offsets_read(struct text misc, size_t *first, size_t *end);

/* Returns misc with these offsets in every form that it has.  It adds none. */
struct text offsets_change(struct arena *, struct text misc, size_t first,
    size_t end);

/* Returns misc without offsets. */
struct text offsets_remove(struct arena *, struct text misc);

/* Returns misc with the keys of offsets that like has, and 0 as values. */
struct text offsets_add(struct arena *, struct text misc, struct text like);

#endif
