/* SPDX-License-Identifier: ISC */
/*
 * outside: ask whoever is no model of ours for probabilities (source.h).
 */
#ifndef EXPLAIN_OUTSIDE_H
#define EXPLAIN_OUTSIDE_H

#include <stddef.h>
#include <stdint.h>

#include "explain/probabilities.h"
#include "rnn/forward.h"

struct block;
struct outside;
struct output;
struct source_choice;

/* A source of any kind but a model.  A command starts with the first text. */
struct outside *outside_open(const struct source_choice *, struct output *out);

/* What column model has. */
struct text outside_name(const struct outside *);

/*
 * Begin with a text: its variants are numbered from 1, and the ids of new words
 * begin again.
 */
void outside_begin(struct outside *, const struct block *);

/* The id of a new word (source_word). */
int32_t outside_word(struct outside *, struct text form);

/* The same, to replace word t (source_word_at). */
int32_t outside_word_at(struct outside *, struct text form, size_t t);

/* Ask for a whole text, and for a variant of the one that was begun. */
void outside_ask(struct outside *, const struct block *);
void outside_ask_variant(struct outside *, const struct rnn_text *);

/*
 * The table's header.  Waits for it if there is none yet; something must have
 * been asked.
 */
const struct probabilities *outside_header(struct outside *);

/*
 * Wait for the answers to all that was asked, n rows.  Sets logit [n][2 C] to
 * ln p and ln (1 - p) of each class, and probability [n][C].
 */
void outside_answers(struct outside *, float *logit, float *probability);

/* End it.  Returns status, or another if that is STATUS_OK. */
int outside_close(struct outside *, int status);

#endif
