/* SPDX-License-Identifier: ISC */
#include "model/open.h"

#include <string.h>

#include "base/conf.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/share.h"
#include "base/utf8.h"
#include "model/model.h"
#include "model/reading.h"
#include "model/settings.h"
#include "model/weights.h"

static bool
read_model(struct model_reading *r)
{
	struct model *m = r->m;
	int status;

	r->yaml = conf_read(m->arena, mem_printf(m->arena, "%s/model.yaml",
	    m->path), &status);
	if (r->yaml == NULL)
		return model_step_file(r, false, status) && false;
	return model_read_settings(r) && r->yaml->kind == CONF_MAP &&
	    model_read_vocabulary(r) && model_read_weights(r);
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

/* Where it is and what it is called, which stands in a column of streams. */
static bool
find_folder(struct model *m, const char *name)
{
	m->path = share_look(m->arena, SHARE_MODEL, name);
	if (m->path == NULL)
		return false;
	m->name = text_copy(m->arena, last_component(m->path));
	return (memchr(m->name.s, '\t', m->name.n) == NULL &&
	    !utf8_has_control(m->name)) || bad((struct place){m->path, 0},
	    "a control character in the folder's name");
}

static struct model_reading
read_folder(const char *name, bool all)
{
	struct arena *arena = mem_arena();
	struct model *m = MEM_NEW(arena, 1, struct model);
	struct model_reading r = {.m = m, .all = all};

	m->arena = arena;
	m->unknown = -1;
	m->vocabulary = dict_new();
	if (find_folder(m, name))
		read_model(&r);
	else
		model_step_file(&r, false, STATUS_SYSTEM);
	return r;
}

struct model *
model_open(const char *name, int *status)
{
	struct model_reading r = read_folder(name, false);

	*status = r.status;
	if (r.faults == 0)
		return r.m;
	model_close(r.m);
	return NULL;
}

struct model *
model_open_all(const char *name, size_t *faults, int *status)
{
	struct model_reading r = read_folder(name, true);

	*faults = r.faults;
	*status = r.status;
	return r.m;
}
