/* SPDX-License-Identifier: ISC */
/*
 * weight_norm: matrices that a file has as lengths and directions.
 *
 * PyTorch's weight_norm (Salimans and Kingma, 2016) keeps a matrix w [rows]
 * [cols] as its rows' lengths g [rows][1] and a matrix v of their directions:
 *
 *     w_i = g_i v_i / |v_i|
 *
 * The tensors are named NAME_g and NAME_v, or since PyTorch 2.0
 * X.parametrizations.NAME.original0 and .original1 where w was X.NAME.
 */
#ifndef MODEL_WEIGHT_NORM_H
#define MODEL_WEIGHT_NORM_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct tensor;

/*
 * Append w of each such pair to *tensor [*n], which is moved to the arena; the
 * pair is then used.  A pair whose w is there already stays as it is.  Returns
 * false with a message if the shapes of a pair do not fit.
 */
bool weight_norm_fold(struct arena *, struct tensor **tensor, size_t *n);

#endif
