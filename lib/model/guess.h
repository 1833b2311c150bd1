/* SPDX-License-Identifier: ISC */
/*
 * guess: tensors and a vocabulary -> the model.yaml that they need.
 *
 * The folder has safetensors files, as PyTorch's state_dict gives them, and a
 * vocabulary, but no model.yaml.  The tensors' names and shapes give the
 * network (state_dict.h).  The rest is guessed unless it is given, and a
 * comment lists what was guessed.
 */
#ifndef MODEL_GUESS_H
#define MODEL_GUESS_H

struct output;

/*
 * Write the model.yaml for this folder.  given are settings "KEY=VALUE", ended
 * by NULL; a key or value that is not known exits with 2.  Returns the status;
 * if it is not STATUS_OK, a message was printed and nothing is written.
 */
int model_guess(const char *folder, char *const given[], struct output *);

#endif
