/* SPDX-License-Identifier: ISC */
/*
 * crew: threads that do the parts of one piece of work.
 *
 *     crew_do(c, work, self)        work(self, 0, 3)    in the caller's thread
 *                                   work(self, 1, 3)    in two others
 *                                   work(self, 2, 3)
 *
 * It returns when all parts are done.  What the parts compute must not depend
 * on how many there are: a part takes rows or columns of its own, and no sum
 * goes over parts.  Then any number of threads gives the same bytes.
 *
 * Signals come to the caller's thread alone.
 */
#ifndef BASE_CREW_H
#define BASE_CREW_H

#include <stddef.h>

enum { CREW_MOST = 256 };

struct crew;

/*
 * A crew of n threads with the caller's, 1 <= n <= CREW_MOST.  If the system
 * has no more threads: a message, and exit 2.  NULL is the crew of the caller
 * alone, which is what n = 1 returns.
 */
struct crew *crew_new(size_t n);
void crew_free(struct crew *);

/* How many parts crew_do makes. */
size_t crew_size(const struct crew *);

void crew_do(struct crew *, void (*work)(void *self, size_t part,
    size_t parts), void *self);

/*
 * Where a part begins if n elements are shared out in multiples of grain; it
 * ends where the next part begins, the last one at n.
 */
static inline size_t
crew_begin(size_t n, size_t grain, size_t part, size_t parts)
{
	size_t grains = (n + grain - 1) / grain;
	size_t at = grains * part / parts * grain;

	return at < n ? at : n;
}

#endif
