/* SPDX-License-Identifier: ISC */
/* remark: what is written of the unknown words. */
#include "stream/remark.h"

#include "base/mem.h"
#include "check.h"

int
main(void)
{
	const bool known[] = {false, true, false, true};
	struct arena *arena = mem_arena();
	struct remark r = {.unknown = {NULL, 0}};

	CHECK(text_is(remark_write(arena, &r), "_"), "nothing is _");
	CHECK(remark_ids(arena, known, 1).s == NULL, "no ids");
	r.unknown = remark_ids(arena, known, 4);
	CHECK(text_is(remark_write(arena, &r), "unknown=2,4"), "the ids");
	mem_free(arena);
	return check_done();
}
