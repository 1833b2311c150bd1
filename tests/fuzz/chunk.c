/* SPDX-License-Identifier: ISC */
/* Fuzz chunk rules, and match them with a block. */
#include "annotate/chunker.h"
#include "base/mem.h"
#include "fuzz.h"
#include "stream/block.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
#define BUT(id, tag) id "\tbut\t_\t_\t" tag "\t_\t_\t_\t_\t_\n"
	static const char words[] = "# sent_id = 1\n" BUT("1", "DT")
	    BUT("2", "JJ") BUT("3", "NN") BUT("4", "MD") BUT("5", "VB")
	    BUT("6", "IN") BUT("7", "NN") BUT("8", "CC") BUT("9", ".")
	    BUT("10", "PRP");
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
	fuzz_holds(conllu_parse(arena, text_of(words), (struct place){"", 0},
	    &b));
	chunker_run(c, &b);
	chunker_close(c);
	return 0;
}
