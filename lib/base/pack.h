/* SPDX-License-Identifier: ISC */
/*
 * pack: compress all that this process writes to standard output.
 *
 * Standard output becomes a pipe to the program of the format, which writes to
 * what was standard output.  When the process exits, it waits for the program;
 * if that failed, the message has its first line and the status is 2.  If the
 * reader of the program's output has closed it, both end without a message.
 */
#ifndef BASE_PACK_H
#define BASE_PACK_H

#include "base/compress.h"

/* Exits with 2 if the program cannot be started.  Call it once. */
void pack_stdout(const struct compress_format *);

#endif
