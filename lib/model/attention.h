/* SPDX-License-Identifier: ISC */
/*
 * attention: how much each word weighs in pooling attention.
 *
 *     f = sum over t of alpha_t h_t,    alpha = softmax over t of score(h_t)
 *
 * The score of a word is one number, what a list of modules makes of its states
 * h_t [F], or the product with a query:
 *
 *     attention: [attn.0, tanh, attn.2]    v . tanh(W h + b): additive
 *     attention: [attn]                    q . h with a learnt query q
 *     attention: dot                       h_t . h_last, the last states of the
 *                                          two directions (pooling last)
 *     attention: scaled-dot                the same / sqrt(F)
 *
 * The modules are those of a head (stack.h).
 */
#ifndef MODEL_ATTENTION_H
#define MODEL_ATTENTION_H

#include "model/stack.h"

enum attention_kind {
	ATTENTION_DOT,
	ATTENTION_SCALED_DOT,
	ATTENTION_MODULES,
};

struct attention {
	enum attention_kind kind;
	struct stack stack;	/* ATTENTION_MODULES: from [F] to [1] */
};

/* "dot", "scaled-dot", NULL: the kinds before ATTENTION_MODULES. */
extern const char *const attention_names[];

/* Set the kind, and the names of the modules, from n > 0 names.  Returns false
 * if stack_name does. */
bool attention_name(struct attention *, const struct text name[], size_t n);

/* Write the key attention of model.yaml. */
void attention_write(struct output *, const struct attention *);

#endif
