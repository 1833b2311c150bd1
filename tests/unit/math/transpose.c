/* SPDX-License-Identifier: ISC */
/* transpose: each element is in its place, and no other is written. */
#include "math/transpose.h"

#include "base/mem.h"
#include "check.h"

/* Transpose a part of a matrix into a part of another. */
static bool
good(size_t rows, size_t columns, size_t wide, size_t tall)
{
	struct arena *arena = mem_arena();
	float *A = MEM_VECTOR(arena, rows * wide + 1, float);
	float *to = MEM_VECTOR(arena, columns * tall + 1, float);
	bool same = true;

	for (size_t i = 0; i < rows * wide; i++)
		A[i] = (float)(i + 1);
	transpose(rows, columns, A, wide, to, tall);
	for (size_t c = 0; c < columns; c++)
		for (size_t r = 0; r < tall; r++)
			same = same && to[c * tall + r] == (r < rows ?
			    A[r * wide + c] : 0.0f);
	mem_free(arena);
	return same;
}

int
main(void)
{
	for (size_t rows = 0; rows < 36; rows += rows < 6 ? 1 : 5)
		for (size_t columns = 0; columns < 12; columns++)
			CHECK(good(rows, columns, columns + rows % 3, rows +
			    columns % 4), "%zu rows, %zu columns", rows,
			    columns);
	return check_done();
}
