/* SPDX-License-Identifier: ISC */
/*
 * self: where the executable of this process is.
 *
 * The one module that asks the operating system by its own ways.
 */
#ifndef BASE_SELF_H
#define BASE_SELF_H

struct arena;

/*
 * Returns the absolute path of the executable's folder, without links, in the
 * arena; NULL if the system does not tell it.
 */
const char *self_folder(struct arena *);

#endif
