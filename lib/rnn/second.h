/* SPDX-License-Identifier: ISC */
/*
 * second: the product of a cell's step that waits for its reset gate.
 *
 * Most cells have one product in a step, q = W_hh h.  If the reset gate is
 * applied before the product, the rows of q from second on (cell.h) are
 * W_hh x, and x needs the other rows of q:
 *
 *     h --W_hh--> q_r q_z --reset--> x = r h --W_hn--> q_n --step--> h
 *
 * The first product computes all rows of q, and the second replaces those from
 * second on.  Each element is a chain of its own (packed.h), so the results do
 * not depend on which texts run together.
 */
#ifndef RNN_SECOND_H
#define RNN_SECOND_H

#include <stddef.h>

struct arena;
struct model;

/* The rows of W_hh from second on, packed. */
struct second {
	const struct model *m;
	float *w, *back;	/* [rows][H], and its transpose */
	size_t rows;		/* of the product, 0 if the cell has none */
};

/* Memory is the arena's. */
void second_new(struct second *, struct arena *, const struct model *);

/* Pack the weights of W_hh [G H][H]. */
void second_pack(struct second *, const float *weight_hh);

/*
 * Set the rows of q [n][G H] from second on.  p[i] [G H] is the input of row i,
 * h [n][H] the state before the step.  x [n][H] is set to what the product
 * reads; y [n][rows] is scratch.
 */
void second_product(const struct second *, size_t n, const float *const p[],
    const float *h, float *x, float *y, float *q);

/*
 * Set dx [n][H] from the gradient dq [n][G H].  y [n][rows] is set to the rows
 * of dq from second on.
 */
void second_back(const struct second *, size_t n, const float *dq, float *y,
    float *dx);

/*
 * Copy W_hh [G H][H] to to, with zeros in the rows from second on: the product
 * back through the first product.
 */
void second_others(const struct second *, const float *weight_hh, float *to);

#endif
