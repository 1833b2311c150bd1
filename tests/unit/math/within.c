/* SPDX-License-Identifier: ISC */
/* within: one number that is out of the range, at each place. */
#include <math.h>

#include "check.h"
#include "math/lanes.h"

enum { MOST = 70 };

int
main(void)
{
	static const struct { float v; bool good; } table[] = {
		{-1, true}, {1, true}, {0, true}, {-0.0f, true},
		{1.0000001f, false}, {-1.0000001f, false}, {INFINITY, false},
		{-INFINITY, false}, {NAN, false},
	};
	float v[MOST] = {0};
	size_t wrong = 0;

	for (size_t k = 0; k < sizeof table / sizeof *table; k++)
		for (size_t n = 0; n < MOST; n++)
			for (size_t i = 0; i <= n; i++) {
				v[i] = table[k].v;
				wrong += lanes_within(n, v, -1, 1) !=
				    (table[k].good || i == n);
				v[i] = 0;
			}
	CHECK(wrong == 0, "%zu places of a number", wrong);
	return check_done();
}
