/* SPDX-License-Identifier: ISC */
/*
 * Fuzz a file of spans: those of a block are within it, in order, and each
 * occurs once.
 */
#include "base/mem.h"
#include "fuzz.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/spans.h"

static const char words[] = "# sent_id = a\n"
    "1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n2\ty\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "3\tz\t_\t_\t_\t_\t_\t_\t_\t_\n";

static void
check(const struct span *span, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		fuzz_holds(span[i].first <= span[i].last && span[i].last < 3 &&
		    span[i].tag.n > 0);
		fuzz_holds(i == 0 || span[i - 1].first < span[i].first ||
		    (span[i - 1].first == span[i].first &&
		    span[i - 1].last < span[i].last));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = mem_arena();
	struct spans *s = spans_new();
	struct span *span;
	struct block b;

	fuzz_holds(spans_add(s, 1, 2) && !spans_add(s, 1, 2));
	spans_add_file(s, text_of(fuzz_file(data, n)));
	fuzz_holds(conllu_parse(arena, text_of(words), (struct place){"", 0},
	    &b));
	if (spans_open(s) == 0) {
		if (spans_of(s, &b, &span, &n))
			check(span, n);
		spans_all_used(s, false);
	}
	spans_free(s);
	mem_free(arena);
	return 0;
}
