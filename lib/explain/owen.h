/* SPDX-License-Identifier: ISC */
/*
 * owen: Owen values, the Shapley values of a text whose words come in groups.
 *
 * The groups are a tree: the text, its clauses, their phrases, their words.  A
 * word joins others only together with whole groups, as spoken text has them.
 * The words of a group add up to the Shapley value of the group, so all levels
 * add up.  Without groups the values are Shapley's.  The equations are in
 * owen.c.
 *
 *     o = owen_new(arena, T, levels, ends, runs, random);
 *     for each set i < owen_sets(o):  f[i] = the model of owen_set(o, i)
 *     owen_values(o, targets, f, S);
 *     owen_free(o);
 */
#ifndef EXPLAIN_OWEN_H
#define EXPLAIN_OWEN_H

#include <stdbool.h>
#include <stddef.h>

#include "math/random.h"

struct arena;
struct owen;

/*
 * The sets of words that a text of T > 0 words needs.  ends[k][t] is true if a
 * group of level k ends with word t; a group of a level is cut where one of a
 * level before it ends.  If all sets are at most runs, the values are exact;
 * else orders are drawn, at least two, of T sets each.  The memory is the
 * arena's but for the table of sets.
 */
struct owen *owen_new(struct arena *, size_t T, size_t levels,
    bool *const *ends, size_t runs, struct random);
void owen_free(struct owen *);

/* The orders that were drawn; 0: the values are exact. */
size_t owen_orders(const struct owen *);

/* The number of sets; set keep [T] to set i.  Set 0 is empty, set 1 whole. */
size_t owen_sets(const struct owen *);
void owen_set(const struct owen *, size_t i, bool *keep);

/* Add the values to S [T][targets]; f [sets][targets]. */
void owen_values(struct owen *, size_t targets, const double *f, double *S);

#endif
