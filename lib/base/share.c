/* SPDX-License-Identifier: ISC */
#include "base/share.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"

static const struct kind {
	const char *noun;
	const char *below[3];	/* prefixes in a share folder; NULL ends */
	const char *suffix;
	bool folder;		/* it is a folder, not a file */
} kinds[] = {
	[SHARE_MODEL] = {"model", {"", "models/"}, "", true},
	[SHARE_RULES] = {"rules file", {"rules/"}, ".yaml", false},
	[SHARE_PALETTE] = {"palette", {"palettes/"}, ".yaml", false},
};

/* The folders of share.h, with colons between them. */
static const char *
search_path(struct arena *arena)
{
	const char *env = getenv("REAT_PATH"), *path = REAT_SHAREDIR;
	char exe[4096], *slash;
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);

	exe[n > 0 ? n : 0] = '\0';
	slash = strrchr(exe, '/');
	if (slash != NULL) {
		*slash = '\0';
		path = mem_printf(arena, "%s/../share:%s/../share/reat:%s",
		    exe, exe, path);
	}
	if (env != NULL && env[0] != '\0')
		path = mem_printf(arena, "%s:%s", env, path);
	return path;
}

static bool
is_there(const char *path, bool folder)
{
	struct stat st;

	return stat(path, &st) == 0 && (S_ISDIR(st.st_mode) != 0) == folder;
}

/* KIND/NAME in this folder, or NULL. */
static const char *
find_in(struct arena *arena, const struct kind *k, struct text folder,
    const char *name)
{
	for (int i = 0; k->below[i] != NULL; i++) {
		const char *path = mem_printf(arena, "%.*s/%s%s%s",
		    (int)folder.n, folder.s, k->below[i], name, k->suffix);

		if (is_there(path, k->folder))
			return path;
	}
	return NULL;
}

const char *
share_look(struct arena *arena, enum share_kind kind, const char *name)
{
	const struct kind *k = &kinds[kind];
	struct place at = {name, 0};
	struct text rest;

	if (name[0] == '\0') {
		bad((struct place){0}, "an empty name, expected a %s", k->noun);
		return NULL;
	}
	if (strchr(name, '/') != NULL) {
		if (is_there(name, k->folder))
			return name;
		bad(at, "no such %s, expected a %s", k->noun,
		    k->folder ? "folder" : "file");
		return NULL;
	}
	rest = text_of(search_path(arena));
	while (rest.s != NULL) {
		struct text folder = text_cut(&rest, ':');
		const char *path = folder.n == 0 ? NULL :
		    find_in(arena, k, folder, name);

		if (path != NULL)
			return path;
	}
	bad(at, "no such %s, looked in %s", k->noun, search_path(arena));
	return NULL;
}

const char *
share_find(struct arena *arena, enum share_kind kind, const char *name)
{
	const char *path = share_look(arena, kind, name);

	if (path == NULL)
		exit(STATUS_SYSTEM);
	return path;
}
