/* SPDX-License-Identifier: ISC */
/*
 * stacked: the modules of a head (model/stack.h), forwards and back.
 *
 * All numbers are in double; a network in single precision has the same to its
 * own rounding.
 */
#ifndef RNN_STACKED_H
#define RNN_STACKED_H

#include <stddef.h>

#include "model/stack.h"

struct arena;

/* The values of one text: x[0] what the first module reads, and x[i + 1] what
 * module i gives. */
struct stacked {
	double *x[STACK_MOST + 1];
};

/* Make room for the values in the arena; columns is the width of x[0]. */
struct stacked stacked_new(struct arena *, const struct stack *,
    size_t columns);

/* Run from x[0], which the caller has set. */
void stacked_run(const struct stack *, double epsilon, const struct stacked *);

/*
 * Set dx, the gradient at x[0], from dy, that at the last value.
 *
 * Between two different values the derivative of each module is replaced by its
 * secant, so that
 *
 *     dx . (to x[0] - from x[0]) = dy . (to x[n] - from x[n])
 *
 * holds exactly.  If both are the same values, dx is the gradient.  Scratch
 * comes from the arena.
 */
void stacked_back(const struct stack *, double epsilon, struct arena *,
    const struct stacked *from, const struct stacked *to, const double *dy,
    double *dx);

/*
 * The same for relevance (lanes.h): dx and dy are its multipliers, the
 * relevance of a value is dx . (to - from), and from may be NULL, for zero.
 * Linear modules and norms follow the epsilon rule, and activations hand on
 * what they have.
 */
void stacked_lrp(const struct stack *, double epsilon, struct arena *,
    double stabilizer, const struct stacked *from, const struct stacked *to,
    const double *dy, double *dx);

#endif
