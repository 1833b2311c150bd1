/* SPDX-License-Identifier: ISC */
/*
 * background: the texts of a tok file, from which paths of gradients begin.
 *
 * A path leads from each word of one text to a word of another, so both must
 * have the same number of words.  A text of the background is cut, or is
 * followed by zero vectors, the embedding of no word.
 */
#ifndef EXPLAIN_BACKGROUND_H
#define EXPLAIN_BACKGROUND_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct background;
struct random;
struct rnn;

/*
 * Read the file.  A text that the model cannot run (apply_check) is bad.
 * Returns NULL after a message, and sets *status, if the file cannot be read,
 * is bad or has no text, or if the model has no vocabulary.
 */
struct background *background_read(struct rnn *, const char *path,
    int *status);
void background_free(struct background *);

/*
 * Draw at most n different texts, at random.  Returns them, each as T rows of
 * the embedding or -1, in the arena; *drawn is their number, n or all.
 */
const int32_t **background_draw(const struct background *, struct arena *,
    struct random *, size_t T, size_t n, size_t *drawn);

#endif
