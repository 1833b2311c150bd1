/* SPDX-License-Identifier: ISC */
/*
 * guess: tensors -> the model.yaml that they need.
 *
 * A folder with safetensors files, as PyTorch's state_dict gives them, and a
 * vocabulary, but no model.yaml.  The network follows from the tensors' names
 * and shapes: the part before .weight_hh_l0 is the RNN's prefix, its rows by
 * its columns are the cell's gates, the embedding is [V][D], the output layer
 * [C][directions H].  The rest is guessed, and said to be.  What fits twice,
 * or not at all, is an error that says which setting decides.
 */
#ifndef MODEL_GUESS_H
#define MODEL_GUESS_H

struct output;

/*
 * Write the model.yaml for this folder.  given are settings "key=value", to
 * NULL; a key that there isn't exits with 2.  Returns the status; if it is
 * not STATUS_OK, there was a message and nothing is written.
 */
int model_guess(const char *folder, char *const given[], struct output *);

#endif
