/* SPDX-License-Identifier: ISC */
/*
 * projection: LSTMs whose state is projected (proj_size), as others.
 *
 * PyTorch's nn.LSTM with proj_size P < H has
 *
 *     h_t = V s_t,    s_t = o_t tanh(c_t),    V [P][H] = weight_hr_l0
 *
 * and W_hh [4H][P].  Everything that reads h is linear in it, so s is the state
 * of an ordinary LSTM of H units:
 *
 *     the layer itself     W_hh h = (W_hh V) s
 *     the layer above      W_ih h = (W_ih V) s, V of both directions
 *     pooling              the last, the end and the mean of h are V times
 *                          those of s: V is the first module of the head,
 *                          RNN.projection, a block for each direction and each
 *                          part of the pooling
 *
 * Products are computed from doubles and stay doubles, which a reader rounds
 * once (tensor_hold); those of weight_norm too.  The maximum of
 * V s is not V times the maximum of s, and attention reads h: these poolings
 * are refused.
 */
#ifndef MODEL_PROJECTION_H
#define MODEL_PROJECTION_H

#include <stdbool.h>

#include "base/err.h"

struct model;

/* The most numbers of a product, 4 H H of W_hh V and the blocks of the head. */
enum { PROJECTION_MOST = 1 << 27 };

/*
 * Replace W_hh and the W_ih above by their products with each weight_hr among
 * the tensors of m, and append RNN.projection.weight.  The pooling has been
 * read.  Returns false with a message if shapes or pooling do not fit.
 */
bool projection_fold(struct model *m);

/*
 * Put RNN.projection before the other modules of the head, if there is such a
 * tensor and the head does not have it.  Returns false with a message at this
 * place if there is no room.
 */
bool projection_add(struct model *, const char *rnn, struct place);

#endif
