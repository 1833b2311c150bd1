/* SPDX-License-Identifier: ISC */
/*
 * quadrature: Gauss-Legendre nodes on 0..1.
 *
 * n nodes integrate polynomials of degree 2 n - 1 exactly.
 */
#ifndef MATH_QUADRATURE_H
#define MATH_QUADRATURE_H

#include <stddef.h>

/* node[n] in ascending order and weight[n], which add up to 1. */
void quadrature_nodes(size_t n, double *node, double *weight);

/*
 * The same integral with nodes that are denser around 0.1, where recurrent
 * classifiers change most on the way from zero embeddings: Gauss-Legendre's of
 * u where q = a + b sinh u, for a function that is analytic but for poles near
 * a + i b and a - i b (Johnston and Elliott 2005).  The weights add up to 1 as
 * nearly as the rule is exact.
 */
void quadrature_denser(size_t n, double *node, double *weight);

#endif
