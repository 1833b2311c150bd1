/* SPDX-License-Identifier: ISC */
/*
 * stack: modules one behind the other, of a head or of attention.
 *
 *     head: [fc1, relu, norm]        in model.yaml
 *
 *     features [P] -> fc1 -> relu -> norm -> output layer -> logits [rows]
 *
 * A module is an activation, by its name, or has tensors, by their prefix; what
 * it is shows in them:
 *
 *     linear      NAME.weight [out][in], NAME.bias [out]
 *     batch norm  NAME.running_mean and running_var [in], and weight and bias
 *     layer norm  NAME.weight [in], NAME.bias [in]
 *     parameter   NAME itself [in] or [in][out]: x W, a linear module
 *
 * A bias that is missing is 0, and so are the weights of a batch norm 1.
 * Dropout is no module: it does nothing when a network is used.  rnn/stacked.h
 * runs a stack.
 */
#ifndef MODEL_STACK_H
#define MODEL_STACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct output;

enum { STACK_MOST = 16 };	/* most modules */

enum stack_kind {
	STACK_RELU,
	STACK_TANH,
	STACK_GELU,		/* x Phi(x), without approximation */
	STACK_SIGMOID,
	STACK_SILU,
	STACK_ELU,		/* alpha 1 */
	STACK_LEAKY,		/* slope 0.01 */
	STACK_ACTIVATIONS,
	STACK_LINEAR = STACK_ACTIVATIONS,
	STACK_BATCH_NORM,
	STACK_LAYER_NORM,
};

struct stack_module {
	enum stack_kind kind;
	struct text name;
	bool parameter;		/* its tensor is NAME [in][out] */
	size_t in, out;
	float *weight;		/* [out][in], or [in] of a norm; NULL: none */
	float *back;		/* [in][out] its transpose, if it is linear */
	float *bias;		/* [out] */
	float *mean, *variance;	/* [in] of a batch norm */
};

struct stack {
	size_t n;
	struct stack_module module[STACK_MOST];
};

/* What a list may contain, for messages: "relu, tanh, ... or a prefix". */
extern const char stack_expected[];

/* Set the names of n modules.  Returns false if there are too many or one is
 * empty. */
bool stack_name(struct stack *, const struct text name[], size_t n);

/* PyTorch's epsilon of a norm. */
#define STACK_EPSILON 1e-5

/* Name the modules that have tensors KEY.0, KEY.1, ..., as model_write does. */
void stack_rename(struct arena *, const char *key, struct stack *);

/* Write the names under this key of model.yaml; nothing for an empty stack. */
void stack_write(struct output *, const char *key, const struct stack *);

#endif
