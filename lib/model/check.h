/* SPDX-License-Identifier: ISC */
/*
 * check: report all that is wrong with a model's folder.
 *
 * That is every fault that model_open_all finds, and tensors that are not part
 * of the model.  Words of the vocabulary that no text can match are not faults,
 * but there is a note about them.
 */
#ifndef MODEL_CHECK_H
#define MODEL_CHECK_H

/*
 * Check the model with this name or path, and print a message for each fault.
 * Returns the status, STATUS_OK if there is none.
 */
int model_check(const char *name);

#endif
