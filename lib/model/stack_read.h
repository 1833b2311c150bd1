/* SPDX-License-Identifier: ISC */
/*
 * stack_read: the modules of head and attention, from model.yaml and tensors.
 */
#ifndef MODEL_STACK_READ_H
#define MODEL_STACK_READ_H

#include "base/err.h"
#include "model/reading.h"

/* Read the keys head, attention and epsilon of model.yaml. */
bool stack_settings(struct model_reading *);

/*
 * Find what each module of the model's head and attention is among its tensors,
 * which are used then; set its kind, in and out.  Returns false with a message,
 * whose place is at if no file has the fault.
 */
bool stack_find(struct model *, struct place at);

/* Read the numbers, after stack_find. */
bool stack_numbers(struct model_reading *);

#endif
