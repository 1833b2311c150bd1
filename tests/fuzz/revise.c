/* SPDX-License-Identifier: ISC */
/* Fuzz a block whose words are removed and replaced: the result is a block. */
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/revise.h"

static struct arena *arena;
static struct output out = {.fd = -1};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct text t = {(const char *)data, n}, *form, *layer;
	struct block b;
	size_t offset, T = 0, layers;
	bool *keep;

	if (arena == NULL)
		arena = mem_arena();
	mem_reset(arena);
	t = text_copy(arena, t);
	if (!utf8_valid(t, &offset) || (n > 0 && t.s[0] == '\n') ||
	    !conllu_parse(arena, t, (struct place){"fuzz", 1}, &b))
		return 0;
	keep = MEM_NEW(arena, b.T, bool);
	form = MEM_NEW(arena, b.T, struct text);
	/* the bytes of the input choose the words */
	for (size_t i = 0; i < b.T; i++) {
		keep[i] = data[(7 * i) % n] % 3 > 0;
		T += keep[i];
		if (data[(11 * i) % n] % 5 == 0)
			form[i] = TEXT("\xc3\xa9");
	}
	revise(&b, keep, form);
	fuzz_holds(b.T == T);
	out.n = 0;
	conllu_write(&b, &out);
	fuzz_holds(conllu_parse(arena, text_copy(arena,
	    (struct text){out.buf, out.n - 1}), (struct place){"again", 1},
	    &b) && b.T == T);
	layers = conllu_layers(&b, &layer);
	for (size_t i = 0; i < layers; i++) {
		struct span *span = MEM_NEW(arena, T + 1, struct span);
		size_t spans;

		conllu_spans(&b, text_copy(arena, layer[i]).s, span, &spans);
	}
	return 0;
}
