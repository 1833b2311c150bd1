/* SPDX-License-Identifier: ISC */
/*
 * parameters: the parameters of a model as a list.
 *
 * What is done to every parameter alike (start, copy, round, update, write)
 * is a loop over this list.
 */
#ifndef MODEL_PARAMETERS_H
#define MODEL_PARAMETERS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/model.h"

struct arena;

enum { PARAMETERS_MOST = 8 * MODEL_LAYERS + 3 };

struct parameter {
	const char *name;	/* PyTorch's: rnn.weight_ih_l0 */
	float *x;		/* [shape[0]][shape[1]] */
	size_t n, dims, shape[2];
};

/*
 * The parts of m, output.weight and output.bias last and
 * embedding.weight first, if m has its numbers (embedding_data).  Returns how
 * many; names lie in the arena.
 */
size_t parameters_of(struct arena *, const struct model *,
    struct parameter part[]);

/*
 * Give m, whose cell, sizes and directions are set, parameters of its own, all
 * zero; embedding_data if it is asked for.
 */
void parameters_allocate(struct arena *, struct model *m, bool embedding);

/* The numbers of from into to, which has the same parts. */
void parameters_copy(struct model *to, const struct model *from);

/*
 * Round the parts of m to the types in which they will be written.  Returns the
 * name of the first part with a number that is not finite then, or NULL.
 */
const char *parameters_round(struct arena *, struct model *m,
    enum number_type embedding, enum number_type rest);

#endif
