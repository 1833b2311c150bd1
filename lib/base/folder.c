/* SPDX-License-Identifier: ISC */
#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
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

void
folder_check(struct arena *arena, const char *path, const char *mark)
{
	struct stat st;

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
	recover(arena, path);
	if (is_there(beside(arena, path, "")))
		die("%s: exists already; give a new folder", path);
}

const char *
folder_begin(struct arena *arena, const char *path)
{
	const char *part = beside(arena, path, ".reat-part");

	recover(arena, path);
	if (mkdir(part, 0777) != 0 && errno != EEXIST)
		die("%s: cannot create: %s", part, strerror(errno));
	return part;
}

/* Move the files of a folder to another; those that it has too are removed. */
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
		const char *there = mem_printf(arena, "%s/%s", to, name);

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		if (!is_there(there))
			move(from, there);
		else if (unlink(from) != 0)
			die("%s: cannot remove: %s", from, strerror(errno));
	}
	closedir(dir);
	if (rmdir(folder) != 0)
		die("%s: cannot remove: %s", folder, strerror(errno));
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
