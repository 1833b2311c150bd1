/* SPDX-License-Identifier: ISC */
/* Fuzz a safetensors file: all tensors read lie inside it. */
#include "base/mem.h"
#include "fuzz.h"
#include "model/safetensors.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena *arena;
	struct tensor *tensor = NULL;
	struct text note;
	float v[16];
	size_t tensors = 0;
	const char *path = fuzz_file(data, n);
	int status;

	if (arena == NULL)
		arena = mem_arena();
	mem_reset(arena);
	if (!safetensors_read(arena, path, &tensor, &tensors,
	    &status))
		return 0;
	safetensors_note(arena, path, "recipe", &note, &status);
	for (size_t i = 0; i < tensors; i++)
		for (size_t k = 0; tensor[i].type != NUMBER_OTHER &&
		    k < tensor[i].count; k += 16)
			tensor_floats(&tensor[i], k, tensor[i].count - k < 16 ?
			    tensor[i].count - k : 16, v);
	return 0;
}
