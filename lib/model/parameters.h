/* SPDX-License-Identifier: ISC */
/*
 * parameters: the parameters of a model as a list.
 *
 * What is done with every parameter in the same way (start, copy, round,
 * update, write) is a loop over this list.
 */
#ifndef MODEL_PARAMETERS_H
#define MODEL_PARAMETERS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/model.h"

struct arena;

enum { PARAMETERS_MOST = 8 * MODEL_LAYERS + 8 * STACK_MOST + 3 };

struct parameter {
	const char *name;	/* PyTorch's: rnn.weight_ih_l0 */
	float *x;		/* [shape[0]][shape[1]] */
	size_t n, dims, shape[2];
};

/*
 * List the parameters of m: embedding.weight first if m has embedding_data,
 * output.weight and output.bias last, before them those of the modules of
 * attention and head: attention.0.weight, head.0.weight, ....  Returns how
 * many; the numbers are those of m, names lie in the arena.
 */
size_t parameters_of(struct arena *, const struct model *,
    struct parameter part[]);

/*
 * Allocate the parameters of m, all zero; embedding_data only if wanted.  The
 * caller has set G, the sizes, layers and directions of m.
 */
void parameters_allocate(struct arena *, struct model *m, bool embedding);

/* Copy the numbers of from to the same parameters of to. */
void parameters_copy(struct model *to, const struct model *from);

/*
 * Round the parameters of m to the number types of its files.  Returns the name
 * of the first parameter with a number that is then not finite, or NULL.
 */
const char *parameters_round(struct arena *, struct model *m,
    enum number_type embedding, enum number_type rest);

#endif
