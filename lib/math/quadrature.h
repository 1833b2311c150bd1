/* SPDX-License-Identifier: ISC */
/*
 * quadrature: Gauss-Legendre nodes on 0..1.
 *
 * n nodes integrate polynomials of degree 2 n - 1 exactly.
 */
#ifndef MATH_QUADRATURE_H
#define MATH_QUADRATURE_H

#include <stddef.h>

/* Set node[n], ascending, and weight[n]; the weights add up to 1. */
void quadrature_nodes(size_t n, double *node, double *weight);

/*
 * Set nodes for the same integral that are denser around 0.1: on the way from
 * zero embeddings, recurrent classifiers change most there.  They are
 * Gauss-Legendre nodes in u, where q = a + b sinh u with a = 0.1 and b = 0.2:
 * the substitution for a function that is analytic except for poles near
 * a + i b and a - i b (Johnston and Elliott 2005).  The weights add up to 1
 * only as exactly as the rule integrates b cosh u.
 */
void quadrature_denser(size_t n, double *node, double *weight);

#endif
