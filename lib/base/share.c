/* SPDX-License-Identifier: ISC */
#include "base/share.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/self.h"
#include "base/text.h"

static const struct kind {
	const char *noun;
	const char *below[3];	/* prefixes in a share folder; NULL ends */
	const char *suffix;
	/* it is a folder with one of these files, not a file; NULL ends */
	const char *mark[3];
} kinds[] = {
	[SHARE_MODEL] = {"model", {"", "models/"}, "",
	    {"model.yaml", "tagger.yaml"}},
	[SHARE_RULES] = {"rules file", {"rules/"}, ".yaml", {NULL}},
	[SHARE_PALETTE] = {"palette", {"palettes/"}, ".yaml", {NULL}},
};

static bool
is_folder(const struct kind *k)
{
	return k->mark[0] != NULL;
}

/* The folders of share.h, with colons between them. */
static const char *
search_path(struct arena *arena)
{
	const char *env = getenv("REAT_PATH"), *path = REAT_SHAREDIR;
	const char *self = self_folder(arena);

	if (self != NULL)
		path = mem_printf(arena, "%s/../share:%s/../share/reat:%s",
		    self, self, path);
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

		if (is_there(path, is_folder(k)))
			return path;
	}
	return NULL;
}

/* ---- all names ---- */

struct list {
	struct arena *arena;
	const struct kind *kind;
	struct share_found *found;
	size_t n, cap;
};

/* True if the folder at path has one of the kind's files. */
static bool
is_marked(struct arena *arena, const struct kind *k, const char *path)
{
	for (int i = 0; k->mark[i] != NULL; i++)
		if (is_there(mem_printf(arena, "%s/%s", path, k->mark[i]),
		    false))
			return true;
	return false;
}

/* Add what the folder "path/" has; one that is not there has nothing. */
static void
add_entries(struct list *l, const char *path)
{
	size_t end = strlen(l->kind->suffix);
	DIR *folder = opendir(path);
	struct dirent *entry;

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		size_t n = strlen(entry->d_name);
		const char *at = mem_printf(l->arena, "%s%s", path,
		    entry->d_name);

		if (entry->d_name[0] == '.' || n <= end ||
		    strcmp(entry->d_name + n - end, l->kind->suffix) != 0 ||
		    (is_folder(l->kind) ? !is_marked(l->arena, l->kind, at) :
		    !is_there(at, false)))
			continue;
		l->found = mem_widen(l->arena, l->found, l->n, &l->cap,
		    sizeof *l->found);
		l->found[l->n] = (struct share_found){mem_copy(l->arena,
		    entry->d_name, n - end), at, l->n};
		l->n++;
	}
	if (folder != NULL)
		closedir(folder);
}

static int
by_name(const void *a, const void *b)
{
	const struct share_found *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order != 0 ? order : x->order < y->order ? -1 : 1;
}

size_t
share_all(struct arena *arena, enum share_kind kind,
    struct share_found **found)
{
	struct list l = {.arena = arena, .kind = &kinds[kind]};
	struct text rest = text_of(search_path(arena));
	size_t n = 0;

	while (rest.s != NULL) {
		struct text folder = text_cut(&rest, ':');

		for (int i = 0; folder.n > 0 && l.kind->below[i] != NULL; i++)
			add_entries(&l, mem_printf(arena, "%.*s/%s",
			    (int)folder.n, folder.s, l.kind->below[i]));
	}
	if (l.n > 0)
		qsort(l.found, l.n, sizeof *l.found, by_name);
	for (size_t i = 0; i < l.n; i++)
		if (n == 0 || strcmp(l.found[n - 1].name,
		    l.found[i].name) != 0)
			l.found[n++] = l.found[i];
	*found = l.found;
	return n;
}

/* Say that there is no such name: what is near it, or which names there are. */
static void
no_such(struct arena *arena, enum share_kind kind, const char *name)
{
	const struct kind *k = &kinds[kind];
	const char *file = mem_printf(arena, "%s%s", name, k->suffix), *near;
	struct place at = {name, 0};
	struct share_found *found;
	size_t n = share_all(arena, kind, &found);
	const char **names = MEM_NEW(arena, n + 1, const char *);

	for (size_t i = 0; i < n; i++)
		names[i] = found[i].name;
	near = text_nearest(text_of(name), names);
	if (is_there(name, is_folder(k)))
		file = name;
	if (is_there(file, is_folder(k)))
		bad(at, "no such %s; for the %s of this name here, write ./%s",
		    k->noun, is_folder(k) ? "folder" : "file", file);
	else if (near != NULL)
		bad(at, "no such %s; the nearest is %s", k->noun, near);
	else
		bad(at, "no such %s, looked in %s%s%s", k->noun,
		    search_path(arena), n > 0 ? ", which has " : "",
		    n > 0 ? text_names(arena, names, " and ") : "");
}

/* ---- one name ---- */

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
		if (is_there(name, is_folder(k)))
			return name;
		bad(at, "no such %s, expected a %s", k->noun,
		    is_folder(k) ? "folder" : "file");
		return NULL;
	}
	/* "." and ".." are in every folder, but are no names. */
	rest = strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ?
	    (struct text){NULL, 0} : text_of(search_path(arena));
	while (rest.s != NULL) {
		struct text folder = text_cut(&rest, ':');
		const char *path = folder.n == 0 ? NULL :
		    find_in(arena, k, folder, name);

		if (path != NULL)
			return path;
	}
	no_such(arena, kind, name);
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
