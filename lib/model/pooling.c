/* SPDX-License-Identifier: ISC */
#include "model/pooling.h"

#include "base/conf.h"
#include "base/conf_value.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"

static const char *const names[] = {
	[POOLING_LAST] = "last", [POOLING_END] = "end",
	[POOLING_MEAN] = "mean", [POOLING_MAX] = "max",
	[POOLING_ATTENTION] = "attention", [POOLING_GIVEN] = NULL,
};

const char pooling_expected[] = "last, end, mean, max or attention, or "
    "several with + between them";

struct pooling
pooling_of(enum pooling_kind kind)
{
	return (struct pooling){1, {kind}};
}

bool
pooling_parse(struct text t, struct pooling *p)
{
	*p = (struct pooling){0};
	while (t.s != NULL) {
		struct text one = text_cut(&t, '+');
		enum pooling_kind kind =
		    (enum pooling_kind)text_find(one, names);

		if (kind == POOLING_GIVEN || pooling_has(p, kind))
			return false;
		p->part[p->n++] = kind;
	}
	return p->n > 0;
}

bool
pooling_read(const struct conf *map, struct pooling *p)
{
	const struct conf *c = conf_get(map, "pooling");
	struct text value;

	return conf_text(map, "pooling", &value) && (pooling_parse(value, p) ||
	    bad(c->at, "pooling: \"%.*s\", expected %s", TEXT_ARGS(value),
	    pooling_expected));
}

void
pooling_write(struct output *o, const struct pooling *p)
{
	for (size_t i = 0; i < p->n; i++) {
		if (i > 0)
			output_char(o, '+');
		output_string(o, names[p->part[i]]);
	}
}

const char *
pooling_name(struct arena *arena, const struct pooling *p)
{
	struct output o = output_to(-1, NULL);
	const char *name;

	pooling_write(&o, p);
	name = mem_copy(arena, o.buf, o.n);
	output_done(&o, STATUS_OK);
	return name;
}

bool
pooling_equal(const struct pooling *a, const struct pooling *b)
{
	size_t i = 0;

	while (i < a->n && i < b->n && a->part[i] == b->part[i])
		i++;
	return i == a->n && i == b->n;
}

bool
pooling_has(const struct pooling *p, enum pooling_kind kind)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->part[i] == kind)
			return true;
	return false;
}

bool
pooling_is(const struct pooling *p, enum pooling_kind kind)
{
	return p->n == 1 && p->part[0] == kind;
}
