/* SPDX-License-Identifier: ISC */
/*
 * attack_search: the state of an attack, and its variants.
 *
 * A variant is a state with one word changed more.  A state has, for each word,
 * what stands in its place: KEPT, ERASED, UNKNOWN or the number of a candidate.
 *
 * Let p be the probability of the class of the text, or with a target 1 - p
 * that of the target.  The value of a variant is -p, or with a target 1 - p:
 * the higher, the better.
 */
#ifndef EXPLAIN_ATTACK_SEARCH_H
#define EXPLAIN_ATTACK_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "explain/verdict.h"
#include "rnn/forward.h"

struct arena;
struct source;
struct trace;

/*
 * A search ends before it needs more.  The time for a variant grows with its
 * words, so there is a limit for long texts, too: that of some minutes.
 */
enum {
	ATTACK_QUERIES = 2000000,	/* variants of a text */
	ATTACK_WORDS = 200000000,	/* words of all of them */
};

/* What ended a search. */
enum attack_limit {
	ATTACK_BY_NONE,
	ATTACK_BY_QUERIES,
	ATTACK_BY_WORDS,
	ATTACK_LIMITS,
};

/* What can stand in the place of a word. */
struct candidate {
	struct text form;
	int32_t id;		/* source_word_at */
	float near;		/* the cosine with the word; 1 if it was
				 * listed */
};

struct candidates {
	struct candidate *of;	/* [n] */
	size_t n;
	bool fixed;		/* the word stays: n is 0, and it is not asked
				 * for its saliency */
};

/* A text to attack. */
struct attack {
	struct arena *arena;
	struct source *source;
	const struct trace *trace;	/* of the text */
	struct rnn_text text;		/* source_words */
	const struct candidates *word;	/* [T] */
	const int32_t *unk;		/* [T] UNK in each place */
	size_t target;		/* the class to reach; C: any other than that
				 * of the text */
	size_t most;		/* words to change, at most */
	size_t beam;		/* texts of each number of changes */
	void (*did)(void *self, size_t variants);	/* were run */
	void *self;
};

enum { ATTACK_KEPT = -1, ATTACK_ERASED = -2, ATTACK_UNKNOWN = -3 };

struct attacked {
	bool success;
	enum attack_limit limit;
	bool finite;		/* all logits were */
	int32_t *change;	/* [T] ATTACK_KEPT, ATTACK_ERASED, or the number
				 * of the candidate */
	size_t n;		/* how many words are changed */
	struct verdict after;	/* of the changed text */
	float wanted;		/* what it has of the target, if there is one */
	size_t queries;		/* texts that were run; the text itself is
				 * one */
};

struct attack_variant {
	const int32_t *from;	/* [T] a state */
	size_t t;		/* its word t has this in its place */
	int32_t now;
	struct verdict after;
	float value;		/* the higher, the better */
};

struct attack_search {
	const struct attack *x;
	size_t T;
	struct arena *arena;
	struct attack_variant *v;	/* [n] to run */
	size_t n;
	const size_t *order;	/* if not NULL: variant i has the words up to
				 * order[base + i] changed */
	const int32_t *swap;	/* [T] to this */
	size_t base;
	struct attacked to;
	float value;		/* of to */
};

/* A search whose result so far is the text itself. */
struct attack_search attack_begin(const struct attack *);

/* Free what it has; returns the result. */
struct attacked attack_end(struct attack_search *);

/* True if a class was given. */
bool attack_has_target(const struct attack_search *);

/* True if such a text is what is searched for. */
bool attack_succeeds(const struct attack_search *, const struct verdict *);

/* How many candidates the words have. */
size_t attack_candidates(const struct attack_search *);

/* Begin a list of at most n variants; false if a limit does not allow them. */
bool attack_list(struct attack_search *, size_t n);
void attack_add(struct attack_search *, const int32_t *from, size_t t,
    int32_t now);

/*
 * Run the variants of the list.  Returns false if a limit does not allow them,
 * or one has a logit that is not finite.
 */
bool attack_try(struct attack_search *);

/* Make a variant's verdict that of the result; the caller sets change and n. */
void attack_accept(struct attack_search *, const struct attack_variant *);

#endif
