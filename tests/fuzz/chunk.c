/* SPDX-License-Identifier: ISC */
/* Chunk rules, and the chunks that they find in a block. */
#include "chunker.h"
#include "conllu.h"
#include "fuzz.h"
#include "mem.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const tags[] = {"DT", "JJ", "NN", "MD", "VB", "IN",
	    "NN", "CC", ".", "PRP"};
	static struct arena *arena;
	struct chunker *c;
	struct block b;
	int status;

	if (arena == NULL)
		arena = mem_arena();
	mem_reset(arena);
	c = chunker_open(fuzz_file(data, n), &status);
	if (c == NULL)
		return 0;
	conllu_init(arena, &b);
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		conllu_add_word(&b, TEXT("but"));
		conllu_word(&b, i)[CONLLU_XPOS] = text_of(tags[i]);
	}
	chunker_run(c, &b);
	chunker_close(c);
	return 0;
}
