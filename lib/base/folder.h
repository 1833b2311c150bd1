/* SPDX-License-Identifier: ISC */
/*
 * folder: write a folder that appears whole or not at all.
 *
 * The files are written into PATH.reat-part.  folder_end replaces PATH by
 * rename(2):
 *
 *     PATH -> PATH.reat-old, PATH.reat-part -> PATH
 *
 * so PATH has all old files or all new ones.  Then the files of PATH.reat-old
 * are removed; those that the new folder lacks (a README) are moved into it.
 * The new files are on the disk (fsync(2)) before the renames, and these before
 * the removal: where fsync does what it says, a loss of power leaves no more
 * than a kill does.
 *
 * One process at a time writes a folder: the others exit at once, because it
 * holds a lock on the file PATH.reat-lock until it ends.
 *
 * All failures exit with 2.  If the process exits between folder_begin and the
 * end of folder_end, for whatever reason, PATH is put back if it was moved, and
 * PATH.reat-part and PATH.reat-old are removed.  Only a run that is killed may
 * leave them and PATH.reat-lock; the next run uses or removes them.
 */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include <stdbool.h>

struct arena;

/*
 * Take the lock, and put back a folder that a killed run had moved to
 * PATH.reat-old.  Then exit with 2 if path exists and is not a folder that
 * contains a file named mark: only such a folder may be replaced.  A process
 * writes one folder.
 */
void folder_check(struct arena *, const char *path, const char *mark);

/* The same for a folder that must not exist yet. */
void folder_check_new(struct arena *, const char *path);

/*
 * Create the empty folder to write into.  Returns its path, in the arena, which
 * must live until folder_end.
 */
const char *folder_begin(struct arena *, const char *path);

/*
 * Give the new folder a file of the old one, as a hard link: for a file whose
 * bytes would be the same.  Returns false if it is not as the last folder_end
 * of this process left it, or if it cannot be linked; then it is to be written.
 * A file that is kept must not be written again.
 */
bool folder_keep(const char *name);

/*
 * Put the complete folder in the place of its path.  If obsolete is not NULL, a
 * file of that name is not moved from the old folder into the new one.
 */
void folder_end(const char *obsolete);

/* Give the lock back: for a process that does not end by exit(3). */
void folder_unlock(void);

#endif
