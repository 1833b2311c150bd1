/* SPDX-License-Identifier: ISC */
/*
 * head: from the states of the top layer to the classes.
 *
 * F = directions H features; sums are in double, each text's for itself.
 */
#ifndef RNN_HEAD_H
#define RNN_HEAD_H

#include <stddef.h>

struct arena;
struct model;
struct trace;

/* The trace of a text of T words: what the model says, and room for outputs. */
void head_trace(const struct model *, struct arena *, size_t T,
    struct trace *trace);

/*
 * Mean or max pooling: feature [F] from h [T][F], both directions in text
 * order.  For max, the trace's argmax is filled: the first word on ties.
 */
void head_pool(const struct model *, size_t T, const float *h,
    struct trace *trace, float *feature);

/* logit = W feature + bias, and from it probability and predicted. */
void head_classify(const struct model *, const float *feature,
    struct trace *trace);

#endif
