/* SPDX-License-Identifier: ISC */
/*
 * fd: read, write and make descriptors; none looks like a standard stream.
 */
#ifndef BASE_FD_H
#define BASE_FD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * read(2), called again after a signal, and when a descriptor that does not
 * block has bytes (O_NONBLOCK, which another process may have set).
 */
ssize_t fd_read(int fd, void *p, size_t n);

/*
 * Write all n bytes, after signals and when a descriptor that does not block
 * has room again.  Returns false, with errno set, if that fails.
 */
bool fd_write(int fd, const char *p, size_t n);

/*
 * If fd is 0, 1 or 2 (because that standard stream is closed), move it to a
 * higher number, so that the file is not mistaken for a standard stream.
 * Returns fd or the new number.
 */
int fd_above_std(int fd);

/*
 * Make a pipe: end[0] is read, end[1] is written.  Neither is the number of a
 * standard stream, and other programs do not inherit them.  Exits with 2 if
 * there can be none.
 */
void fd_pipe(int end[2]);

/* Add O_NONBLOCK to the descriptor. */
void fd_never_block(int fd);

#endif
