/* SPDX-License-Identifier: ISC */
/*
 * head: pooling, and from the features to the classes.
 *
 * F = directions H, and P = model_features features, F for each part of the
 * pooling.  Sums are in double, one text after the other.
 */
#ifndef RNN_HEAD_H
#define RNN_HEAD_H

#include <stddef.h>

struct arena;
struct model;
struct trace;

/*
 * Fill the trace of a text of T words with the model's sizes, labels and output
 * layer, and make room for logit and probability; the rest is NULL.
 */
void head_trace(const struct model *, struct arena *, size_t T,
    struct trace *trace);

/*
 * Set feature [P] from h [T][F], rows in text order in both directions; T == 0
 * leaves it.  With POOLING_MAX also fill the trace's argmax, the first word if
 * several have the maximum.
 */
void head_pool(const struct model *, size_t T, const float *h,
    struct trace *trace, float *feature);

/* Set logit = W feature + bias, and from it probability and predicted. */
void head_classify(const struct model *, const float *feature,
    struct trace *trace);

#endif
