/* SPDX-License-Identifier: ISC */
/* Fuzz a block: parse it, write it unchanged, edit it, read its layers. */
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/layer.h"
#include "stream/misc.h"

static struct arena *arena;
static struct output out = {.fd = -1};

/* Check that the written block, without its last blank line, is the input. */
static void
check_written(const struct block *b, struct text t)
{
	out.n = 0;
	conllu_write(b, &out);
	if (t.n > 0 && t.s[t.n - 1] == '\n')
		t.n--;
	fuzz_holds(out.n == t.n + 2 && memcmp(out.buf, t.s, t.n) == 0);
}

static void
check_layers(struct block *b)
{
	struct text *names;
	size_t n = conllu_layers(b, &names), spans, word;
	struct span *span = MEM_NEW(b->arena, b->T + 1, struct span);

	for (size_t i = 0; i < n; i++) {
		const char *name = text_copy(b->arena, names[i]).s;

		fuzz_holds(conllu_is_layer_name(names[i]));
		if (!conllu_spans(b, name, span, &spans))
			continue;
		word = 0;
		for (size_t k = 0; k < spans; k++) {
			fuzz_holds(span[k].first == word &&
			    span[k].last >= word && conllu_is_tag(span[k].tag));
			word = span[k].last + 1;
		}
		fuzz_holds(word == b->T);
		conllu_set_layer(b, name, span, spans);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct text t = {(const char *)data, n};
	struct block b;
	size_t offset;

	if (arena == NULL)
		arena = mem_arena();
	mem_reset(arena);
	/* base/input gives only valid UTF-8, and no blank lines inside */
	t = text_copy(arena, t);
	if (!utf8_valid(t, &offset) || (n > 0 && t.s[0] == '\n') ||
	    !conllu_parse(arena, t, (struct place){"fuzz", 1}, &b))
		return 0;
	check_written(&b, t);
	conllu_add_comment(&b, "reat.x", TEXT("y"));
	for (size_t i = 0; i < b.T; i++)
		conllu_add_misc(&b, i, "S_", TEXT("v"));
	check_layers(&b);
	conllu_drop_comments(&b, "reat.");
	conllu_drop_misc(&b, "S_");
	out.n = 0;
	conllu_write(&b, &out);
	fuzz_holds(conllu_comment(&b, "reat.x").s == NULL);
	fuzz_holds(conllu_parse(arena, text_copy(arena,
	    (struct text){out.buf, out.n - 1}), (struct place){"again", 1},
	    &b));
	return 0;
}
