/* SPDX-License-Identifier: ISC */
#include "model/reading.h"

#include "base/err.h"
#include "base/mem.h"
#include "model/model.h"

bool
reading_check(struct model_reading *r, bool good)
{
	r->faults += !good;
	if (!good && r->status == STATUS_OK)
		r->status = STATUS_DATA;
	return good || r->all_faults;
}

bool
reading_check_file(struct model_reading *r, bool good, int status)
{
	if (!good && status > r->status)
		r->status = status;
	return reading_check(r, good);
}

const char *
reading_path(const struct model *m, struct text name)
{
	if (name.n > 0 && name.s[0] == '/')
		return name.s;
	return mem_printf(m->arena, "%s/%s", m->path, name.s);
}
