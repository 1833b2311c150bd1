/* SPDX-License-Identifier: ISC */
/*
 * unpack: read a compressed file through the system's own program.
 *
 *     file -> zstd -dc -> pipe            a file: the program reads it itself
 *     pipe -> feeder -> zstd -dc -> pipe  what cannot be read again from its
 *                                         start goes through a process
 *
 * The pipe takes the place of the file, and nothing is kept: the memory does
 * not depend on the length of what was compressed.
 */
#ifndef BASE_UNPACK_H
#define BASE_UNPACK_H

#include "base/compress.h"
#include "base/err.h"

struct unpack;

/*
 * Start the program of a format.  *fd is the file, and head the bytes that
 * were read from it.  *fd becomes the end of the pipe.  Standard input remains
 * open, another file is closed.  Returns NULL with a message if the program
 * cannot be started, which is STATUS_SYSTEM; *fd is then still the file.
 */
struct unpack *unpack_start(const struct compress_format *, const char *file,
    int *fd, struct text head);

/*
 * The end of the pipe was read: wait for the program, and free all.  Returns
 * STATUS_OK if the file was whole, or another status with a message; at is the
 * place that was reached.
 */
int unpack_end(struct unpack *, struct place at);

/* The rest is not wanted: end the program, and free all. */
void unpack_stop(struct unpack *);

#endif
