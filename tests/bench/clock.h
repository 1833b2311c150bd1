/* SPDX-License-Identifier: ISC */
/*
 * clock: the CPU time of a function, for the benches in C.
 */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <stdlib.h>
#include <time.h>

enum { CLOCK_RUNS = 5 };

static const double clock_least = 0.03;		/* seconds of one run */

static inline double
clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline int
clock_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Seconds that once(self) takes, the median of CLOCK_RUNS runs. */
static inline double
clock_time(void (*once)(void *), void *self)
{
	double took[CLOCK_RUNS];

	once(self);
	for (int i = 0; i < CLOCK_RUNS; i++) {
		double start = clock_now();
		int times = 0;

		do {
			once(self);
			times++;
		} while (clock_now() - start < clock_least);
		took[i] = (clock_now() - start) / times;
	}
	qsort(took, CLOCK_RUNS, sizeof *took, clock_compare);
	return took[CLOCK_RUNS / 2];
}

#endif
