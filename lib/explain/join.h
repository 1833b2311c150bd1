/* SPDX-License-Identifier: ISC */
/*
 * join: spans that are joined, and what they do together (-j).
 *
 * Let phi(a) be what the target loses without span a.  The interaction of two
 * spans is the second difference of the target f,
 *
 *     I(a, b) = f(x) - f(x \ a) - f(x \ b) + f(x \ a, b)
 *             = phi(a) + phi(b) - phi(a, b)
 *
 * If phi(a) is what the target gains from a alone, as in contextual
 * decomposition, I(a, b) = phi(a, b) - phi(a) - phi(b).
 *
 * It is 0 if both add up, over 0 if they need each other (not, bad), and below
 * 0 if each can replace the other (good, great).
 *
 *     adjacent   I of all neighbours of a level
 *     pairs      I of all pairs of spans of a level
 *     tree       phi of the spans of a hierarchy: the neighbours with the
 *                largest |I| are joined, until one span is left
 *
 *         [The fight scenes are fun but it grows tedious]     8
 *         [The fight scenes] [are fun] [but it grows tedious] 2 5 1 4 6 3 ...
 *
 * A join knows neither model nor method.  It asks for the phi of sets of words,
 * round by round, and whoever can score any span answers:
 *
 *     j = join_new(arena, kind, JOIN_WITHOUT, n, span, phi, stride);
 *     while ((m = join_sets(j, &set)) > 0)
 *             compute phi of set [m]; join_take(j, phi);
 *     level = join_level(j, &score);
 */
#ifndef EXPLAIN_JOIN_H
#define EXPLAIN_JOIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/option.h"
#include "stream/layer.h"
#include "stream/level.h"

struct arena;
struct join;

struct join_kind {
	struct option_name is;
	bool rounds;		/* what is asked depends on the answers */
	bool apart;		/* of any two spans, not only of neighbours */
	size_t most;		/* spans of a level, or 0: any number */
};

extern const struct join_kind join_tree, join_adjacent, join_pairs;

/* For option_pick: all of them, and those that ask for no two spans apart. */
extern const void *const join_kinds[], *const join_touching[];

/* What phi is: the loss without a span, or the gain from it alone. */
enum join_phi {JOIN_WITHOUT, JOIN_ALONE};

/* Words that are scored together: a span, or two that do not touch. */
struct join_set {
	struct span span[2];
	size_t n;
};

/*
 * Join n spans of a level, which follow each other; phi[i stride] is that of
 * span i.  For n spans, adjacent asks for n - 1 sets, pairs for n (n - 1) / 2,
 * and tree for less than 3 n in at most n - 1 rounds.  Memory comes from the
 * arena.
 */
struct join *join_new(struct arena *, const struct join_kind *, enum join_phi,
    size_t n, const struct span *, const double *phi, size_t stride);

/* The sets of the next round, *set [m]; returns m, or 0 after the last. */
size_t join_sets(const struct join *, const struct join_set **set);

/* Take their phi [m]. */
void join_take(struct join *, const double *phi);

/*
 * After the last round: the level "span" and its *score [n], by first and last
 * words.  A span of a tree is the words that were joined, and its tag is the
 * number of the step, from 1.  In adjacent and pairs it is from the first word
 * of a to the last of b, its score is I, and its tag has a and b: "2+3-4".
 */
struct level join_level(struct join *, double **score);

#endif
