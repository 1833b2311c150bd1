/* SPDX-License-Identifier: ISC */
/*
 * packed_path: the product of packed.h, cut into the tiles of each CPU path.
 *
 * Panel p of the packed matrix holds columns 16 p to 16 p + 15 of W^T, [k][16],
 * and zeros after the last column.  A tile is a few rows of A times one to
 * three panels.  Its sums stay in registers while the loop runs over k; the
 * panels, 16 k floats each, stay in the first cache from tile to tile.
 *
 *              panel 0   panel 1                 Each path's file (packed_v3.c,
 *             +--------+--------+                ...) exports a struct
 *      A      | k x 16 | k x 16 |                packed_path; the Makefile sets
 *    +---+    +--------+--------+                its instructions.
 *    | k |    | tile C |
 *    +---+    +--------+
 */
#ifndef MATH_PACKED_PATH_H
#define MATH_PACKED_PATH_H

#include <stddef.h>

#include "math/cpu.h"
#include "math/hint.h"
#include "math/packed.h"

/* A tile: rows of A and of C, k terms, up to n columns. */
struct packed_tile {
	size_t k, n;		/* n: columns of the matrix from C on */
	const float *A;		/* [rows][k] */
	const float *panel;	/* [panels][k][16] */
	float *C;		/* [rows][stride] */
	size_t stride;
};

enum { PACKED_LOW = 3 };

struct packed_path {
	size_t rows, wide;	/* of the largest tile: rows, panels */
	size_t low[PACKED_LOW];	/* panels of tiles of 1, 2 and 3 rows, which
				 * need more to keep the processor busy, or 0:
				 * wide */

	/*
	 * Set C = A times the panels, for a tile of rows and wide, at most
	 * those above; n cuts the last panel.  Each sum is one chain of fused
	 * multiply-adds over k.
	 */
	void (*multiply)(const struct packed_tile *, size_t rows, size_t wide);
};

extern const struct packed_path packed_baseline;
#ifdef CPU_X86
extern const struct packed_path packed_v3, packed_v4;
#endif
#ifdef CPU_ARM
extern const struct packed_path packed_neon;
#endif

#endif
