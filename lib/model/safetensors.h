/* SPDX-License-Identifier: ISC */
/*
 * safetensors: read and write files of tensors (arrays of numbers with names).
 *
 * A file may come from anywhere: no number of its header is used before it has
 * been checked.  safetensors.c describes the format and the checks.
 */
#ifndef MODEL_SAFETENSORS_H
#define MODEL_SAFETENSORS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "model/number.h"

struct arena;

enum { TENSOR_DIMS = 4 };

struct tensor {
	struct text name;
	const char *file;
	enum number_type type;
	struct text dtype;		/* its name in the file; F32 if held */
	size_t dims, shape[TENSOR_DIMS];
	size_t count;			/* the product of shape */
	size_t bytes;			/* its length in the file */
	const unsigned char *data;	/* in the mapped file; unaligned */
	bool used;			/* by a model; false when read */
};

/*
 * Map the file at path and append its tensors to *tensor, [*n], which is moved
 * to the arena.  The mapping stays until the process ends.  Returns false with
 * a message, and *status as in input_whole; *tensor and *n are then unchanged.
 */
bool safetensors_read(struct arena *, const char *path,
    struct tensor **tensor, size_t *n, int *status);

/*
 * Read the string under key in the file's __metadata__ into the arena; value->s
 * is NULL if there is no such key.  Returns false as above.
 */
bool safetensors_note(struct arena *, const char *path, const char *key,
    struct text *value, int *status);

/* The first of n tensors that has this name, or NULL. */
struct tensor *tensor_find(struct tensor *, size_t n, struct text name);

/* "[450][100]", or "a single number". */
const char *tensor_shape(struct arena *, size_t dims, const size_t *shape);

/* Say that it is no matrix of numbers that are read; or that the second has the
 * name of the first.  Both return false. */
bool tensor_no_matrix(struct arena *, const struct tensor *);
bool tensor_twice(const struct tensor *, const struct tensor *);

/* The n numbers from first on, as floats; the type is not NUMBER_OTHER. */
void tensor_floats(const struct tensor *, size_t first, size_t n, float *to);

/* All numbers, as doubles, in the arena; the type is not NUMBER_OTHER. */
double *tensor_doubles(struct arena *, const struct tensor *);

/* Make t a matrix of these numbers, in the arena and not in the file.  They
 * stay doubles: tensor_floats rounds them. */
void tensor_hold(struct arena *, struct tensor *t, size_t rows, size_t cols,
    const double *x);

/* A tensor to write: floats, which are converted to type. */
struct tensor_out {
	const char *name;
	enum number_type type;
	size_t dims, shape[TENSOR_DIMS];
	const float *data;
};

/* A key and a string to write into __metadata__. */
struct note_out {
	const char *key;
	struct text value;
};

/*
 * Write a file of n tensors, with the note unless it is NULL.  The bytes depend
 * only on the arguments.  Exits with 2 if the file cannot be written.
 */
void safetensors_write(const char *path, const struct tensor_out *, size_t n,
    const struct note_out *);

#endif
