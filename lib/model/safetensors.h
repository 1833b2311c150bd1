/* SPDX-License-Identifier: ISC */
/*
 * safetensors: checked tensor files.
 *
 * The format: 8 bytes n (little-endian), n bytes of JSON, the data.  All that
 * the header says is checked against the file before it is believed: n <= 1
 * MiB and within the file, depth <= 3, digits-only integers, shape times size
 * equal to the offset span, spans inside the file that do not overlap and reach
 * its end.
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
	size_t dims, shape[TENSOR_DIMS];
	size_t count;			/* the product of shape */
	size_t bytes;			/* that it takes in the file */
	const unsigned char *data;	/* in the mapped file; unaligned */
	bool used;			/* by a model; false when read */
};

/*
 * Map the file at path and append its tensors to *tensor, [*n].  The mapping
 * lives to the end of the process.  False with a message, *status as in
 * input_whole.
 */
bool safetensors_read(struct arena *, const char *path,
    struct tensor **tensor, size_t *n, int *status);

/*
 * The string under key in the file's __metadata__, in the arena; none if there
 * is no such.  False as above.
 */
bool safetensors_note(struct arena *, const char *path, const char *key,
    struct text *value, int *status);

/* Elements first..first+n-1 as floats. */
void tensor_floats(const struct tensor *, size_t first, size_t n, float *to);

/* One tensor to be written; F32 data, converted to type. */
struct tensor_out {
	const char *name;
	enum number_type type;
	size_t dims, shape[TENSOR_DIMS];
	const float *data;
};

/* A string for __metadata__. */
struct note_out {
	const char *key;
	struct text value;
};

/*
 * Write a file, with a note unless it is NULL; exits with 2 if that fails.  The
 * bytes depend on nothing but the arguments.
 */
void safetensors_write(const char *path, const struct tensor_out *, size_t n,
    const struct note_out *);

#endif
