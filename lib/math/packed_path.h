/* SPDX-License-Identifier: ISC */
/*
 * packed_path: the product of packed.h, cut into tiles; a kind of tile a path.
 *
 * Panel p of the packed matrix holds columns 16 p to 16 p + 15 of W^T, [k][16],
 * with zeros behind the last column.  A tile is a few rows of A times one to
 * three panels: its sums stay in registers while k runs, and the panels, 16 k
 * floats each, in the first cache while the rows pass.
 *
 *              panel 0   panel 1                 One file a path (packed_v3.c,
 *             +--------+--------+                ...) exports a row.  The
 *      A      | k x 16 | k x 16 |                Makefile compiles each for the
 *    +---+    +--------+--------+                instructions of its path.
 *    | k |    | tile C |
 *    +---+    +--------+
 */
#ifndef MATH_PACKED_PATH_H
#define MATH_PACKED_PATH_H

#include <stddef.h>

#include "math/cpu.h"
#include "math/hint.h"
#include "math/packed.h"

/* What a tile multiplies: rows of A and C, k deep, up to n columns. */
struct packed_tile {
	size_t k, n;		/* columns from C's on */
	const float *A;		/* [rows][k] */
	const float *panel;	/* [panels][k][16] */
	float *C;		/* [rows][stride] */
	size_t stride;
};

struct packed_path {
	size_t rows, wide;	/* the most of a tile: rows, panels */

	/*
	 * C = A times the panels, for fewer rows or panels too; n cuts the last
	 * panel.  Each sum is one chain of fused multiply-adds over k.
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
