/* SPDX-License-Identifier: ISC */
/* Fuzz a file of word vectors, text or binary: all numbers read are finite. */
#include <math.h>

#include "base/dict.h"
#include "base/mem.h"
#include "fuzz.h"
#include "train/word_vectors.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena *arena;
	static struct dict *words;
	struct word_vectors v;
	int status;

	if (arena == NULL) {
		arena = mem_arena();
		words = dict_new();
		dict_add(words, TEXT("good"));
		dict_add(words, TEXT("bad"));
		dict_add(words, TEXT("the film"));
	}
	mem_reset(arena);
	if (!word_vectors_read(arena, fuzz_file(data, n), words, &v, &status))
		return 0;
	fuzz_holds(v.D > 0 && v.found <= dict_size(words));
	for (size_t i = 0; i < dict_size(words) * v.D; i++)
		fuzz_holds(isfinite(v.row[i]));
	return 0;
}
