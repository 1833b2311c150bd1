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

/* The same, run with these features [P]; NULL features are zero, as those of a
 * text without words.  NULL if the model has no modules. */
struct stacked *head_run(const struct model *, struct arena *,
    const float *feature);

/* The logits [rows] of zero features, from head_run: without modules the bias
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
 * the features zero, from head_run, and those of the text, with the values
 * that head_classify has left: logit = weight feature + bias, as in a head
 * without modules.  Does nothing for such a head.
 */
void head_linearise(const struct model *, struct arena *,
    const struct stacked *zero, const struct stacked *values,
    struct trace *trace);

/*
 * Set df [P], the gradient at these features, from dz [rows], that of the
 * logits; with zero, from head_run, by the secant between those features and
 * these.
 */
void head_back(const struct model *, struct arena *, const float *feature,
    const struct stacked *zero, const double *dz, float *df);

/*
 * The same for relevance (lanes.h): df is the multiplier of the features, if
 * the sum of dz_k times logit k has all of itself.  zero [P] are the features
 * with which the text's are compared; NULL: those of LRP, where all is zero.
 */
void head_lrp(const struct model *, struct arena *, double epsilon,
    const float *feature, const float *zero, const double *dz, float *df);

#endif
