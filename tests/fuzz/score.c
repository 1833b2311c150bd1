/* SPDX-License-Identifier: ISC */
/* Fuzz a row of scores: parsed, written and parsed again, it is the same. */
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "stream/score.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct output first = {.fd = -1}, second = {.fd = -1};
	struct arena *arena = mem_arena();
	struct text rest = {(const char *)data, n};
	struct place at = {"fuzz", 1};
	struct score_shared shared;
	struct score_row r;
	size_t offset;

	/* base/input gives only valid UTF-8 */
	if (!utf8_valid(rest, &offset))
		rest.s = NULL;
	for (; rest.s != NULL; at.line++) {
		struct text line = text_cut(&rest, '\n');

		if (score_is_header(line) || !score_parse(line, at, &r))
			continue;
		first.n = second.n = 0;
		shared = score_shared(arena, &r);
		score_write(&first, &shared, &r);
		fuzz_holds(score_parse((struct text){first.buf, first.n - 1},
		    at, &r));
		shared = score_shared(arena, &r);
		score_write(&second, &shared, &r);
		fuzz_holds(first.n == second.n &&
		    memcmp(first.buf, second.buf, first.n) == 0);
	}
	mem_free(arena);
	return 0;
}
