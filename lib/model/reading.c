/* SPDX-License-Identifier: ISC */
#include "model/reading.h"

#include "base/err.h"
#include "base/mem.h"
#include "model/model.h"

bool
model_step(struct model_reading *r, bool good)
{
	r->faults += !good;
	if (!good && r->status == STATUS_OK)
		r->status = STATUS_DATA;
	return good || r->all;
}

bool
model_step_file(struct model_reading *r, bool good, int status)
{
	if (!good && status > r->status)
		r->status = status;
	return model_step(r, good);
}

const char *
model_inside(const struct model *m, struct text name)
{
	if (name.n > 0 && name.s[0] == '/')
		return name.s;
	return mem_printf(m->arena, "%s/%s", m->path, name.s);
}
