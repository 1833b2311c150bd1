/* SPDX-License-Identifier: ISC */
/*
 * continued: a file of records that one run begins and another continues.
 *
 * A run that is killed leaves the records that it has written and perhaps a
 * part of the next.  The next run reads what is there, cuts that part off, and
 * appends.
 *
 *     struct output o = continued_open(path);
 *     size_t n = continued_whole(&o, "\n");
 *
 *     read n bytes of the file at path, and check them: it may be another file
 *     continued_cut(&o, n);
 *     write records, each followed by output_flush(&o)
 */
#ifndef BASE_CONTINUED_H
#define BASE_CONTINUED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/output.h"

/*
 * Open or create the file at path, which must outlive it, and lock it.  Exits
 * with 2 if it cannot, if it is no regular file, or if another run has locked
 * it.
 */
struct output continued_open(const char *path);

/* The bytes up to the last `end`, which is in it; 0 if there is none. */
size_t continued_whole(const struct output *, const char *end);

/* True if the file begins with `start`, or is a part of its beginning. */
bool continued_starts(const struct output *, const char *start);

/*
 * Cut off what is after n bytes.  Locks it again, because the lock ends when
 * another descriptor of the file is closed.
 */
void continued_cut(const struct output *, size_t n);

#endif
