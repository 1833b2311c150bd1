/* SPDX-License-Identifier: ISC */
#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/mem.h"

static void
move(const char *from, const char *to)
{
	if (rename(from, to) != 0)
		die("%s: cannot rename to %s: %s", from, to, strerror(errno));
}

/* path without the slashes at its end, then suffix. */
static const char *
beside(struct arena *arena, const char *path, const char *suffix)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		n--;
	return mem_printf(arena, "%.*s%s", (int)n, path, suffix);
}

static bool
is_there(const char *path)
{
	struct stat st;

	if (lstat(path, &st) == 0)
		return true;
	if (errno != ENOENT && errno != ENOTDIR)
		die("%s: cannot look it up: %s", path, strerror(errno));
	return false;
}

/* Put a folder back that a run, killed between two renames, had moved away. */
static void
recover(struct arena *arena, const char *path)
{
	const char *old = beside(arena, path, ".reat-old");

	if (!is_there(beside(arena, path, "")) && is_there(old))
		move(old, beside(arena, path, ""));
}

/* ---- one process at a time ---- */

static char *lock_path;		/* of the lock that this process holds */

void
folder_unlock(void)
{
	if (lock_path != NULL)
		unlink(lock_path);
	free(lock_path);
	lock_path = NULL;
}

static void
die_locked(int fd, const char *path)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	if (fcntl(fd, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK)
		lock.l_pid = 0;
	die("%s: another process (%ld) writes this folder; wait for it, or "
	    "give another path", path, (long)lock.l_pid);
}

/*
 * Lock the open file; exit with 2 if another process holds the lock, also half
 * a second later: a process that was killed may need some time to end.
 */
static void
lock_file(int fd, const char *path)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	for (int tries = 10; fcntl(fd, F_SETLK, &lock) != 0; tries--) {
		if (errno != EACCES && errno != EAGAIN)
			die("%s: cannot lock: %s", path, strerror(errno));
		if (tries == 0)
			die_locked(fd, path);
		nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
	}
}

/*
 * The lock is on the file, not on its name.  Its holder removes the name before
 * it ends, so a file that was opened before may have lost its name, and another
 * process may lock a new file: then try again.
 */
static void
take_lock(struct arena *arena, const char *path)
{
	const char *name = beside(arena, path, ".reat-lock");
	char *copy = strdup(name);
	struct stat opened, named;
	int fd;

	if (copy == NULL || atexit(folder_unlock) != 0)
		die("out of memory");
	for (int tries = 0;; tries++) {
		fd = fd_above_std(open(name, O_RDWR | O_CREAT | O_NOFOLLOW |
		    O_CLOEXEC, 0666));
		if (fd < 0)
			die("%s: cannot create: %s", name, strerror(errno));
		lock_file(fd, path);
		if (fstat(fd, &opened) == 0 && lstat(name, &named) == 0 &&
		    opened.st_dev == named.st_dev &&
		    opened.st_ino == named.st_ino)
			break;
		if (tries == 1000)
			die("%s: cannot lock: %s", name, strerror(errno));
		close(fd);
	}
	lock_path = copy;
}

/* ---- a folder ---- */

/*
 * The folder that is being written.  Both folders stay open, whatever their
 * names are, and tidy, which may run because there is no memory, needs none.
 */
static struct {
	const char *path, *part_path, *old_path;
	DIR *part, *old;	/* NULL: not open */
	bool moved;		/* path is at old_path */
	bool placed;		/* part is at path */
	const char *obsolete;	/* a name that is not kept, or NULL */
} work;

void
folder_check(struct arena *arena, const char *path, const char *mark)
{
	struct stat st;

	take_lock(arena, path);
	recover(arena, path);
	if (!is_there(beside(arena, path, "")) ||
	    lstat(beside(arena, path, ""), &st) != 0)
		return;
	if (S_ISLNK(st.st_mode))
		die("%s: a symbolic link, expected a folder or nothing", path);
	if (!S_ISDIR(st.st_mode))
		die("%s: a file, expected a folder or nothing", path);
	if (stat(mem_printf(arena, "%s/%s", path, mark), &st) != 0)
		die("%s: this folder has no %s and is not replaced; give "
		    "another path", path, mark);
}

void
folder_check_new(struct arena *arena, const char *path)
{
	take_lock(arena, path);
	recover(arena, path);
	if (is_there(beside(arena, path, "")))
		die("%s: exists already; give a new folder", path);
}

/* The files that the last folder_end left. */
static struct left {
	char *name;
	struct stat st;
} *left;
static size_t lefts, left_cap;

static void
remember(DIR *folder)
{
	const struct dirent *entry;

	while (lefts > 0)
		free(left[--lefts].name);
	rewinddir(folder);
	while ((entry = readdir(folder)) != NULL) {
		struct left l = {.name = strdup(entry->d_name)};

		left = mem_grow(left, &left_cap, lefts + 1, sizeof *left);
		if (l.name != NULL && fstatat(dirfd(folder), l.name, &l.st,
		    AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(l.st.st_mode))
			left[lefts++] = l;
		else
			free(l.name);
	}
}

static bool
is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
	    a->st_size == b->st_size &&
	    a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	    a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/*
 * Remove the files of a folder.  Those that the folder `to` lacks are moved
 * there, unless to is -1.  Returns the name of a file that cannot be removed,
 * "" if the folder cannot be read, or NULL.
 */
static const char *
empty(DIR *folder, int to)
{
	const struct dirent *entry;
	int from = dirfd(folder);
	struct stat st;

	rewinddir(folder);
	while (errno = 0, (entry = readdir(folder)) != NULL) {
		const char *name = entry->d_name;
		bool kept;

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		kept = to >= 0 && (work.obsolete == NULL ||
		    strcmp(name, work.obsolete) != 0) &&
		    fstatat(to, name, &st, AT_SYMLINK_NOFOLLOW) != 0;
		if (kept && errno != ENOENT)
			return name;
		if ((kept ? renameat(from, name, to, name) :
		    unlinkat(from, name, 0)) != 0)
			return name;
	}
	return errno != 0 ? "" : NULL;
}

/* The same, and remove the empty folder; exits if it cannot. */
static void
discard(DIR *folder, const char *path, int to)
{
	const char *name = empty(folder, to);

	if (name != NULL)
		die("%s%s%s: cannot remove: %s", path, name[0] == '\0' ? "" :
		    "/", name, strerror(errno));
	if (rmdir(path) != 0)
		die("%s: cannot remove: %s", path, strerror(errno));
}

/* Undo what is not finished, or finish it; failures are not reported. */
static void
tidy(void)
{
	if (work.part_path == NULL)
		return;
	if (work.moved && !work.placed)
		rename(work.old_path, work.path);
	if (work.moved && work.placed) {
		empty(work.old, dirfd(work.part));
		rmdir(work.old_path);
	}
	if (!work.placed) {
		if (work.part != NULL)
			empty(work.part, -1);
		rmdir(work.part_path);
	}
}

/* Open a folder, and not what a link points to. */
static DIR *
open_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);

	if (folder == NULL)
		die("%s: cannot open: %s", path, strerror(errno));
	return folder;
}

const char *
folder_begin(struct arena *arena, const char *path)
{
	static bool registered;
	struct stat st;

	recover(arena, path);
	work.path = beside(arena, path, "");
	work.part_path = beside(arena, path, ".reat-part");
	work.old_path = beside(arena, path, ".reat-old");
	if (!registered && atexit(tidy) != 0)
		die("out of memory");
	registered = true;
	/* a killed run left it; a link could lead anywhere */
	if (lstat(work.part_path, &st) == 0 && !S_ISDIR(st.st_mode))
		die("%s: exists and is not a folder; remove it",
		    work.part_path);
	if (mkdir(work.part_path, 0777) != 0 && errno != EEXIST)
		die("%s: cannot create: %s", work.part_path, strerror(errno));
	work.part = open_folder(work.part_path);
	if (empty(work.part, -1) != NULL)
		die("%s: cannot remove its files: %s", work.part_path,
		    strerror(errno));
	return work.part_path;
}

bool
folder_keep(const char *name)
{
	bool kept = false;
	size_t i = 0;
	struct stat st;
	int from;

	while (i < lefts && strcmp(left[i].name, name) != 0)
		i++;
	if (i == lefts)
		return false;
	from = open(work.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
	if (from < 0)
		return false;
	if (fstatat(from, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    is_same(&st, &left[i].st))
		kept = linkat(from, name, dirfd(work.part), name, 0) == 0;
	close(from);
	return kept;
}

/*
 * Wait until an open file or folder is on the disk; it is closed.  Some file
 * systems refuse this for a folder (EINVAL), or a parent may not be read.
 */
static void
sync_and_close(int fd, const char *path, const char *name)
{
	int result = -1;

	while (fd >= 0 && (result = fsync(fd)) != 0 && errno == EINTR)
		;
	if (result != 0 && errno != EINVAL && errno != EACCES)
		die("%s/%s: cannot write it to the disk: %s", path, name,
		    strerror(errno));
	if (fd >= 0)
		close(fd);
}

/* The same for the files of the new folder, and for the folder. */
static void
sync_part(void)
{
	const struct dirent *entry;
	int folder = dirfd(work.part);

	rewinddir(work.part);
	while (errno = 0, (entry = readdir(work.part)) != NULL) {
		const char *name = entry->d_name;

		if (strcmp(name, "..") != 0)
			sync_and_close(openat(folder, name, O_RDONLY |
			    O_NOFOLLOW | O_CLOEXEC), work.part_path, name);
	}
	if (errno != 0)
		die("%s: cannot read: %s", work.part_path, strerror(errno));
}

void
folder_end(const char *obsolete)
{
	bool replaced = is_there(work.path);

	sync_part();
	work.obsolete = obsolete;
	if (replaced) {
		work.old = open_folder(work.path);
		/* an earlier run was killed before its call of discard */
		if (is_there(work.old_path)) {
			DIR *older = open_folder(work.old_path);

			discard(older, work.old_path, dirfd(work.old));
			closedir(older);
		}
		move(work.path, work.old_path);
		work.moved = true;
	}
	move(work.part_path, work.path);
	work.placed = true;
	/* the renames, before the old files are removed */
	sync_and_close(openat(dirfd(work.part), "..", O_RDONLY | O_DIRECTORY |
	    O_CLOEXEC), work.path, "..");
	if (replaced) {
		discard(work.old, work.old_path, dirfd(work.part));
		closedir(work.old);
	}
	remember(work.part);
	closedir(work.part);
	memset(&work, 0, sizeof work);
}
