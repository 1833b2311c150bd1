/* SPDX-License-Identifier: ISC */
/*
 * check: TAP for the unit tests.
 *
 *     CHECK(sum == 3, "three words add up");  ...  return check_done();
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>
#include <stdio.h>

static int check_count, check_failures;

#define CHECK(condition, ...) do {					\
	bool good_ = (condition);					\
	printf("%sok %d - ", good_ ? "" : "not ", ++check_count);	\
	printf(__VA_ARGS__);						\
	putchar('\n');							\
	if (!good_) {							\
		check_failures++;					\
		printf("# %s:%d: %s\n", __FILE__, __LINE__, #condition); \
	}								\
} while (0)

static inline int
check_done(void)
{
	printf("1..%d\n", check_count);
	return check_failures > 0;
}

#endif
