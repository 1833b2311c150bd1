/* SPDX-License-Identifier: ISC */
#include "stream/remark.h"

#include "base/mem.h"
#include "base/output.h"

struct text
remark_ids(struct arena *arena, const bool *marks, size_t T)
{
	struct output ids = output_to(-1, NULL);
	struct text made = {NULL, 0};

	for (size_t t = 0; t < T; t++) {
		if (!marks[t])
			continue;
		if (ids.n > 0)
			output_char(&ids, ',');
		output_size(&ids, t + 1);
	}
	if (ids.n > 0)
		made = text_copy(arena, (struct text){ids.buf, ids.n});
	output_done(&ids, 0);
	return made;
}

static void
begin(struct output *o, const char *key)
{
	if (o->n > 0)
		output_char(o, '|');
	output_string(o, key);
	output_char(o, '=');
}

static void
put_text(struct output *o, const char *key, struct text value)
{
	if (value.s == NULL)
		return;
	begin(o, key);
	output_text(o, value);
}

struct text
remark_write(struct arena *arena, const struct remark *r)
{
	struct output o = output_to(-1, NULL);
	struct text made = TEXT("_");

	put_text(&o, "unknown", r->unknown);
	if (o.n > 0)
		made = text_copy(arena, (struct text){o.buf, o.n});
	output_done(&o, 0);
	return made;
}
