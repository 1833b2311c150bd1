/* SPDX-License-Identifier: ISC */
/*
 * head: pooling, and from the features to the classes.
 *
 * F = directions H, and P = model_features features, F for each part of the
 * pooling.  Sums are in double, one text after the other.
 */
#ifndef RNN_HEAD_H
#define RNN_HEAD_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct model;
struct stacked;
struct trace;

/*
 * The logits [rows] of features that are zero, as those of a text without
 * words: the bias of the output layer, or what the modules before it make of
 * zero.
 */
const float *head_bias(const struct model *, struct arena *);

/*
 * Fill the trace of a text of T words with the model's sizes, labels and output
 * layer, with this bias for it, and make room for logit and probability; the
 * rest is NULL.
 */
void head_trace(const struct model *, const float *bias, struct arena *,
    size_t T, struct trace *trace);

/*
 * Set feature [P] from h [T][F], rows in text order in both directions; T == 0
 * leaves it.  With POOLING_MAX also fill the trace's argmax, the first word if
 * several have the maximum; with POOLING_ATTENTION its M, unless that is NULL.
 */
void head_pool(const struct model *, size_t T, const float *h,
    struct trace *trace, float *feature);

/*
 * Room for the values of the modules between features and output layer
 * (stacked.h), which head_classify needs; NULL if the model has none.
 */
struct stacked *head_values(const struct model *, struct arena *);

/* Set logit = W x + bias, x the features [P] or what the modules give from
 * them; and from it probability and predicted. */
void head_classify(const struct model *, const struct stacked *values,
    const float *feature, struct trace *trace);

/*
 * Set the trace's weight [rows][P] to the secant of a head with modules between
 * the features zero and these: logit = weight feature + bias, as in a head
 * without them.  Does nothing for such a head.
 */
void head_linearise(const struct model *, struct arena *,
    const float *feature, struct trace *trace);

/*
 * Set df [P], the gradient at these features, from dz [rows], that of the
 * logits; by the same secant if it is asked for.
 */
void head_back(const struct model *, struct arena *, const float *feature,
    bool secant, const double *dz, float *df);

#endif
