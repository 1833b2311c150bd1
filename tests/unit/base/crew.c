/* SPDX-License-Identifier: ISC */
/* crew: every part is done once in each round, by any number of threads. */
#include "base/crew.h"

#include <stdlib.h>

#include "check.h"

enum { ELEMENTS = 1000 };

struct counts {
	size_t n, grain;
	int *count;		/* [n] */
};

static void
count(void *self, size_t part, size_t parts)
{
	const struct counts *c = self;
	size_t end = crew_begin(c->n, c->grain, part + 1, parts);

	for (size_t i = crew_begin(c->n, c->grain, part, parts); i < end; i++)
		c->count[i]++;
}

int
main(void)
{
	static const size_t sizes[] = {1, 2, 3, 16};
	static const size_t elements[] = {0, 1, 2, 17, ELEMENTS};

	for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
		struct crew *crew = crew_new(sizes[k]);
		int counted[ELEMENTS] = {0}, rounds = 0;
		bool right = true;

		for (; rounds < 2000; rounds++) {
			struct counts c = {elements[rounds % 5],
			    rounds % 3 == 0 ? 16 : 1, counted};

			crew_do(crew, count, &c);
		}
		for (size_t i = 0; i < ELEMENTS; i++) {
			int want = 0;

			for (size_t e = 0; e < 5; e++)
				want += i < elements[e] ? rounds / 5 : 0;
			right = right && counted[i] == want;
		}
		CHECK(right && crew_size(crew) == sizes[k],
		    "%zu threads: each element once a round", sizes[k]);
		crew_free(crew);
	}
	return check_done();
}
