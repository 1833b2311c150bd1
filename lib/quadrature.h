/* SPDX-License-Identifier: ISC */
/*
 * quadrature: Gauss-Legendre nodes on 0..1.
 *
 * n nodes integrate polynomials of degree 2 n - 1 exactly.
 */
#ifndef QUADRATURE_H
#define QUADRATURE_H

#include <stddef.h>

/* node[n] in ascending order and weight[n], which add up to 1. */
void quadrature_nodes(size_t n, double *node, double *weight);

#endif
