/* SPDX-License-Identifier: ISC */
/*
 * bytes: from bytes of a file to text: no CRLF, only valid UTF-8.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

/* Remove the CR of each CRLF from the n bytes at p.  Returns the new length. */
size_t bytes_drop_cr(char *p, size_t n);

/*
 * Check that a text, which begins at this place, is UTF-8 without NUL.  Returns
 * false with a message if it is not.
 */
bool bytes_checked(struct text, struct place at);

#endif
