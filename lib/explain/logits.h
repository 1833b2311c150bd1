/* SPDX-License-Identifier: ISC */
/*
 * logits: compare a model's logits with those of the program that trained it.
 *
 * Tensors do not say how a program uses them: where its head reads, what lies
 * between two layers.  So the logits of some texts, as that program prints
 * them, are compared with those that the model gives here.
 *
 * The file has a line a text, with tabs between: the text, its words separated
 * by blanks, and the logit of each row of the output layer.
 *
 *     the film is very good .	0.2333792	0.1256913	-0.2236407
 */
#ifndef EXPLAIN_LOGITS_H
#define EXPLAIN_LOGITS_H

struct rnn;

/*
 * Returns STATUS_OK with a note of the largest difference.  If a logit differs
 * by more than 1e-4, or the file is not as above: STATUS_DATA with a message;
 * if it cannot be read: STATUS_SYSTEM.
 */
int logits_compare(struct rnn *, const char *path);

#endif
