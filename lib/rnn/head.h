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
struct stacked;
struct trace;

/*
 * Room for the values of the modules between features and output layer
 * (stacked.h), which head_classify needs; NULL if the model has none.
 */
struct stacked *head_values(const struct model *, struct arena *);

/* The same, run with features that are zero, as those of a text without words;
 * NULL if the model has no modules. */
struct stacked *head_zero(const struct model *, struct arena *);

/* The logits [rows] of those features, from head_zero: without modules the bias
 * of the output layer. */
const float *head_bias(const struct model *, struct arena *,
    const struct stacked *zero);

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

/* Set logit = W x + bias, x the features [P] or what the modules give from
 * them; and from it probability and predicted. */
void head_classify(const struct model *, const struct stacked *values,
    const float *feature, struct trace *trace);

/*
 * Set the trace's weight [rows][P] to the secant of a head with modules between
 * the features zero, from head_zero, and those of the text, with the values
 * that head_classify has left: logit = weight feature + bias, as in a head
 * without modules.  Does nothing for such a head.
 */
void head_linearise(const struct model *, struct arena *,
    const struct stacked *zero, const struct stacked *values,
    struct trace *trace);

/*
 * Set df [P], the gradient at these features, from dz [rows], that of the
 * logits; with zero, from head_zero, by the same secant.
 */
void head_back(const struct model *, struct arena *, const float *feature,
    const struct stacked *zero, const double *dz, float *df);

#endif
