/* SPDX-License-Identifier: ISC */
/*
 * folder: a folder that appears whole or not at all.
 *
 * Its files are written into PATH.reat-part, which then takes the place of PATH
 * by rename(2), the old folder being PATH.reat-old meanwhile: whoever looks at
 * PATH sees the old files or the new ones.  Files of the old folder that the
 * new one lacks (a README) move over.  All failures exit with 2.
 */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

struct arena;

/*
 * Exit with 2 if there is something at path, be it a link, that is not a folder
 * with a file named mark in it: it is not ours to replace.  A folder that a
 * killed run had moved aside is put back.
 */
void folder_check(struct arena *, const char *path, const char *mark);

/* Make the folder to write into; returns its path, in the arena. */
const char *folder_begin(struct arena *, const char *path);

/* It is complete: put it in the place of path. */
void folder_end(struct arena *, const char *path);

#endif
