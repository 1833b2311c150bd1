/* SPDX-License-Identifier: ISC */
/* Fuzz a settings file: the same bytes as YAML and as JSON. */
#include "base/conf.h"
#include "base/mem.h"
#include "fuzz.h"

static struct arena *arena;

static size_t
walk(const struct conf *c)
{
	size_t n = 1;

	fuzz_holds(c->kind != CONF_SCALAR || c->scalar.s[c->scalar.n] == '\0');
	for (size_t i = 0; i < c->n; i++) {
		n += walk(c->child[i]);
		if (c->kind == CONF_MAP)
			fuzz_holds(c->key[i].s != NULL);
	}
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct conf *c;
	int status = -1;

	if (arena == NULL)
		arena = mem_arena();
	mem_reset(arena);
	c = conf_read(arena, fuzz_file(data, n), &status);
	fuzz_holds(status == (c == NULL ? STATUS_DATA : STATUS_OK));
	if (c != NULL)
		fuzz_holds(walk(c) < 20000);
	c = conf_json(arena, (struct text){(const char *)data, n}, "json");
	if (c != NULL)
		walk(c);
	return 0;
}
