/* SPDX-License-Identifier: ISC */
/*
 * attend: the weights of words in attention (model/attention.h), and back.
 *
 * h [T][F] are the states of the top layer in text order.  A text of T > 0
 * words; all numbers are in double.
 */
#ifndef RNN_ATTEND_H
#define RNN_ATTEND_H

#include <stddef.h>

struct arena;
struct model;

/* Set alpha [T], which add up to 1.  Scratch comes from the arena. */
void attend(const struct model *, struct arena *, size_t T, const float *h,
    double *alpha);

/*
 * The gradient through the weights, without that of the states that they
 * weigh: from df [F], the gradient of f = sum of alpha_t h_t, add to dh [T][F]
 * what flows through the scores, and to dlast [F] what flows to the query of
 * dot and scaled-dot.
 *
 *     dalpha_t = df . h_t      dscore_t = alpha_t (dalpha_t - df . f)
 *     dh_t    += dscore_t  d score / d h_t
 */
void attend_back(const struct model *, struct arena *, size_t T,
    const float *h, const double *alpha, const float *df, float *dh,
    float *dlast);

/*
 * The multipliers between two texts of T words, with the states h and h0: sets
 * dh and adds to dlast what
 *
 *     f - f0 = sum of (alpha_t + alpha0_t) / 2 (h_t - h0_t) +
 *              (alpha_t - alpha0_t) (h_t + h0_t) / 2
 *
 * hands to the states, with the secants of the weights and of their scores.  At
 * h0 = h this is the gradient, with the states that are weighed.
 */
void attend_secant(const struct model *, struct arena *, size_t T,
    const float *h, const float *h0, const float *df, float *dh, float *dlast);

#endif
