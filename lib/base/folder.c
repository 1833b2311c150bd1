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
#include "base/input.h"
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

	return lstat(path, &st) == 0;
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
	struct stat opened, named;
	int fd;

	for (;;) {
		fd = input_above_std(open(name, O_RDWR | O_CREAT | O_NOFOLLOW |
		    O_CLOEXEC, 0666));
		if (fd < 0)
			die("%s: cannot create: %s", name, strerror(errno));
		lock_file(fd, path);
		if (fstat(fd, &opened) == 0 && lstat(name, &named) == 0 &&
		    opened.st_dev == named.st_dev &&
		    opened.st_ino == named.st_ino)
			break;
		close(fd);
	}
	lock_path = strdup(name);
	if (lock_path == NULL || atexit(folder_unlock) != 0)
		die("out of memory");
}

/* ---- a folder ---- */

void
folder_check(struct arena *arena, const char *path, const char *mark)
{
	struct stat st;

	take_lock(arena, path);
	recover(arena, path);
	if (lstat(beside(arena, path, ""), &st) != 0)
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

/* Move the files of a folder to another; those that it has too are removed, or
 * all if to is NULL. */
static void
empty(struct arena *arena, const char *folder, const char *to)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;

	if (dir == NULL)
		die("%s: cannot read: %s", folder, strerror(errno));
	while ((entry = readdir(dir)) != NULL) {
		const char *name = entry->d_name;
		const char *from = mem_printf(arena, "%s/%s", folder, name);
		const char *there = to == NULL ? NULL :
		    mem_printf(arena, "%s/%s", to, name);

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		if (there != NULL && !is_there(there))
			move(from, there);
		else if (unlink(from) != 0)
			die("%s: cannot remove: %s", from, strerror(errno));
	}
	closedir(dir);
	if (rmdir(folder) != 0)
		die("%s: cannot remove: %s", folder, strerror(errno));
}

const char *
folder_begin(struct arena *arena, const char *path)
{
	const char *part = beside(arena, path, ".reat-part");
	struct stat st;

	recover(arena, path);
	/* a killed run left it; a link could lead anywhere */
	if (lstat(part, &st) == 0) {
		if (!S_ISDIR(st.st_mode))
			die("%s: exists and is not a folder; remove it", part);
		empty(arena, part, NULL);
	}
	if (mkdir(part, 0777) != 0)
		die("%s: cannot create: %s", part, strerror(errno));
	return part;
}

void
folder_end(struct arena *arena, const char *path)
{
	const char *part = beside(arena, path, ".reat-part");
	const char *old = beside(arena, path, ".reat-old");
	bool replaced = is_there(path);

	if (replaced) {
		/* an earlier run was killed before its call of empty */
		if (is_there(old))
			empty(arena, old, path);
		move(beside(arena, path, ""), old);
	}
	move(part, beside(arena, path, ""));
	if (replaced)
		empty(arena, old, path);
}
