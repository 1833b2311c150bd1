/* SPDX-License-Identifier: ISC */
/* folder: which files of an old folder a new one keeps. */
#include "base/folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "check.h"

static struct arena *arena;
static const char *path;	/* of the folder */

static void
put(const char *folder, const char *name, const char *text)
{
	int fd = open(mem_printf(arena, "%s/%s", folder, name), O_WRONLY |
	    O_CREAT | O_TRUNC, 0666);

	if (fd < 0 || write(fd, text, strlen(text)) < 0 || close(fd) != 0)
		exit(2);
}

static bool
has(const char *name, const char *text)
{
	char got[64] = "";
	int fd = open(mem_printf(arena, "%s/%s", path, name), O_RDONLY);
	bool good = fd >= 0 && read(fd, got, sizeof got - 1) >= 0;

	close(fd);
	return good && strcmp(got, text) == 0;
}

static ino_t
number_of(const char *name)
{
	struct stat st = {0};

	stat(mem_printf(arena, "%s/%s", path, name), &st);
	return st.st_ino;
}

int
main(void)
{
	char base[] = "/tmp/reat-folder.XXXXXX";
	const char *part;
	ino_t same;

	arena = mem_arena();
	if (mkdtemp(base) == NULL)
		return 2;
	path = mem_printf(arena, "%s/model", base);
	folder_check(arena, path, "mark");
	part = folder_begin(arena, path);
	CHECK(!folder_keep("same"), "nothing is kept of no folder");
	put(part, "mark", "");
	put(part, "same", "as it was");
	put(part, "edited", "ours");
	put(part, "gone", "ours");
	folder_end(NULL);
	same = number_of("same");

	put(path, "edited", "theirs");
	put(path, "new", "theirs");
	unlink(mem_printf(arena, "%s/gone", path));
	if (symlink("same", mem_printf(arena, "%s/gone", path)) != 0)
		return 2;
	part = folder_begin(arena, path);
	CHECK(folder_keep("same"), "a file that is as it was is kept");
	CHECK(!folder_keep("edited"), "one that was changed is not");
	CHECK(!folder_keep("new"), "nor one of somebody else");
	CHECK(!folder_keep("gone"), "nor a link in the place of one");
	CHECK(!folder_keep("none"), "nor one that there never was");
	put(part, "mark", "");
	put(part, "edited", "ours");
	folder_end("gone");
	CHECK(number_of("same") == same && has("same", "as it was"),
	    "what is kept is the same file");
	CHECK(has("edited", "ours"), "what is written replaces a change");
	CHECK(has("new", "theirs"), "what is not written stays");
	CHECK(access(mem_printf(arena, "%s.reat-old", path), F_OK) != 0,
	    "the old folder is gone");

	folder_begin(arena, path);
	CHECK(folder_keep("same"), "and it is kept once more");
	folder_end(NULL);
	for (size_t i = 0; i < 5; i++)
		unlink(mem_printf(arena, "%s/%s", path, (const char *const[]){
		    "mark", "same", "edited", "new", "gone"}[i]));
	rmdir(path);
	rename(path, base);
	folder_unlock();
	rmdir(base);
	mem_free(arena);
	return check_done();
}
