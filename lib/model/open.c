/* SPDX-License-Identifier: ISC */
#include "model/open.h"

#include <string.h>

#include "base/conf.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/share.h"
#include "base/utf8.h"
#include "model/model.h"
#include "model/reading.h"
#include "model/settings.h"
#include "model/weights.h"

/* Read the folder; model.yaml is this text, or a file if it is NULL. */
static void
read_model(struct model_reading *r, struct text yaml)
{
	struct model *m = r->m;
	const char *path = mem_printf(m->arena, "%s/model.yaml", m->path);
	int status;

	status = STATUS_DATA;
	r->yaml = yaml.s != NULL ? conf_yaml(m->arena, yaml, path) :
	    !input_regular(path, &status) ? NULL :
	    conf_read(m->arena, path, &status);
	m->yaml = r->yaml;
	if (r->yaml == NULL) {
		reading_check_file(r, false, status);
		return;
	}
	if (settings_read(r) && r->yaml->kind == CONF_MAP &&
	    settings_read_vocabulary(r))
		weights_read(r);
}

/* The last component of the path, without slashes at its end. */
static struct text
last_component(const char *path)
{
	struct text rest = text_of(path), name = {NULL, 0};

	while (rest.n > 1 && rest.s[rest.n - 1] == '/')
		rest.n--;
	while (rest.s != NULL)
		name = text_cut(&rest, '/');
	return name;
}

/*
 * Set the path and the name of the folder: name is its path, or looked for.
 * The name is printed in a column of streams, so it must not contain a control
 * character.
 */
static bool
find_folder(struct model *m, const char *name, bool path)
{
	m->path = path ? mem_copy(m->arena, name, strlen(name)) :
	    share_look(m->arena, SHARE_MODEL, name);
	if (m->path == NULL)
		return false;
	m->name = text_copy(m->arena, last_component(m->path));
	return (memchr(m->name.s, '\t', m->name.n) == NULL &&
	    !utf8_has_control(m->name)) || bad((struct place){m->path, 0},
	    "the folder's name contains a control character");
}

static struct model_reading
read_folder(const char *name, struct text yaml, bool all_faults)
{
	struct arena *arena = mem_arena();
	struct model *m = MEM_NEW(arena, 1, struct model);
	struct model_reading r = {.m = m, .all_faults = all_faults};

	m->arena = arena;
	m->unknown = -1;
	m->vocabulary = dict_new();
	if (find_folder(m, name, yaml.s != NULL))
		read_model(&r, yaml);
	else
		reading_check_file(&r, false, STATUS_SYSTEM);
	return r;
}

/* The model if it has no fault. */
static struct model *
without_fault(const struct model_reading *r, int *status)
{
	*status = r->status;
	if (r->faults == 0)
		return r->m;
	model_close(r->m);
	return NULL;
}

struct model *
model_open(const char *name, int *status)
{
	struct model_reading r = read_folder(name, (struct text){NULL, 0},
	    false);

	return without_fault(&r, status);
}

struct model *
model_open_described(const char *folder, struct text yaml, int *status)
{
	struct model_reading r = read_folder(folder, yaml, false);

	return without_fault(&r, status);
}

struct model *
model_open_all(const char *name, size_t *faults, int *status)
{
	struct model_reading r = read_folder(name, (struct text){NULL, 0},
	    true);

	*faults = r.faults;
	*status = r.status;
	return r.m;
}
