/* SPDX-License-Identifier: ISC */
/*
 * read_tensor: the tensors of a model by name, with their faults.
 *
 * Each function returns false if reading must stop (reading.h).  What could not
 * be read is NULL.
 */
#ifndef MODEL_READ_TENSOR_H
#define MODEL_READ_TENSOR_H

#include <stdbool.h>
#include <stddef.h>

#include "model/model.h"
#include "model/reading.h"

/* The tensor of this name, which is then used; or NULL. */
const struct tensor *find_tensor(const struct model *, const char *name);

/* A tensor is missing; no fault if a file that was not read may have it. */
bool tensor_missing(struct model_reading *, const char *name);

/* Check that the numbers of a tensor [any][any] can be read. */
bool check_numbers(struct model_reading *, const struct tensor *);

/* Read [rows][cols]; 0 stands for any size. */
bool read_matrix(struct model_reading *, const char *name, size_t rows,
    size_t cols, float **to);

/* Read [rows]; all are value if there is no such tensor. */
bool read_vector(struct model_reading *, const char *name, size_t rows,
    float value, float **to);

#endif
