/* SPDX-License-Identifier: ISC */
/*
 * source: what gives the probabilities of texts and of their variants.
 *
 *     model    a network that runs here (apply.h, variants.h)
 *     command  a program beside this one (coprocess.h): it reads texts, and
 *              answers each with a row of probabilities (probabilities.h)
 *     print    nobody: the texts are printed, and each answer is that all
 *              classes have the same probability
 *     read     a file of the rows of all texts that "print" printed
 *
 * The last two are one command in two runs: what lies between them can run
 * anywhere.
 *
 * A variant is a struct rnn_text.  Its ids are rows of the model's embedding
 * or, for all others, places of words in the block.  The text is made again
 * from these words.
 *
 * These give no logits.  Their trace has, in the place of logits, two rows a
 * class: ln p and ln (1 - p), whose difference is the log-odds (trace.h).
 *
 * If the command fails, or answers with anything else than the rows that are
 * due, a message is printed and the process exits: with 1 if what it wrote is
 * wrong, with 2 if it ends or is silent.  After that nobody knows which row
 * would belong to which text.
 */
#ifndef EXPLAIN_SOURCE_H
#define EXPLAIN_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "explain/source_choice.h"
#include "rnn/forward.h"

struct arena;
struct block;
struct output;
struct source;

/*
 * Open the model, or the file of rows, or note the command, which starts with
 * the first text.  Before a command is waited for, out is flushed; "print"
 * writes to it.  Returns NULL and sets *status if a model cannot be opened.
 */
struct source *source_open(const struct source_choice *, struct output *out,
    int *status);

/*
 * The same for a search that replaces words: also NULL, after a message, for a
 * model that takes the vectors of words from the texts, because a replacement
 * has none.
 */
struct source *source_open_replacing(const struct source_choice *,
    struct output *out, int *status);

/*
 * Close the model; or end the command, and wait for it; or check that all rows
 * of the file were read.  Returns status, or if that is STATUS_OK and this
 * fails, after a message, another one.
 */
int source_close(struct source *, int status);

/* The model, or NULL. */
struct rnn *source_rnn(const struct source *);

/* Run n whole texts.  Returns their traces [n], in the first block's arena. */
struct trace *source_texts(struct source *, struct block **block, size_t n,
    enum rnn_want);

/* The words of a block, from which variants are made; in its arena. */
struct rnn_text source_words(struct source *, const struct block *);

/*
 * The id of a word that is not in that block, to replace one of it in a variant
 * without removed words.  The form must remain; the arena is for its lower
 * case.
 */
int32_t source_word(struct source *, struct arena *, struct text form);

/* The same to replace word t, also in a variant with removed words. */
int32_t source_word_at(struct source *, struct arena *, struct text form,
    size_t t);

/*
 * Run n variants of the block whose source_words were asked last; sets logit
 * [n][rows] and probability [n][C].
 */
void source_run(struct source *, size_t n, const struct rnn_text text[],
    float *logit, float *probability);

/*
 * Variants of that block of T words, numbered 0 to n - 1, in groups of about
 * SOURCE_WORDS words: many beginnings are shared, and the memory is small.
 * make returns variant i; its memory comes from the arena, which is reset for
 * each group.  take receives the results of a group, variants first to first +
 * some - 1: logit [some][rows] and probability [some][C].
 */
enum { SOURCE_WORDS = 1 << 17 };

struct source_user {
	struct rnn_text (*make)(void *self, struct arena *, size_t i);
	void (*take)(void *self, size_t first, size_t some, const float *logit,
	    const float *probability);
	void *self;
};

void source_each(struct source *, size_t T, size_t n,
    const struct source_user *);

#endif
