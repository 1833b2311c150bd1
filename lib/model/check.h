/* SPDX-License-Identifier: ISC */
/*
 * check: all that is wrong with a model's folder.
 *
 * The faults that model_open stops at, all of them, and tensors that no part
 * of the model reads.  Things that are probably not meant but harm nobody are
 * notes.  Each is a message on standard error.
 */
#ifndef MODEL_CHECK_H
#define MODEL_CHECK_H

#include <stddef.h>

/*
 * The status of the model with this name or path: STATUS_OK if it has no
 * faults.
 */
int model_check(const char *name);

#endif
