/* SPDX-License-Identifier: ISC */
/* dots: the bits of each row's dot. */
#include "check.h"
#include "math/lanes.h"
#include "math/random.h"

enum { MOST = 50 };

int
main(void)
{
	static float W[MOST * MOST];
	double x[MOST], y[MOST + 1];
	struct random random = random_seeded(1, 0);
	size_t wrong = 0;

	for (size_t i = 0; i < MOST * MOST; i++)
		W[i] = (float)random_normal(&random);
	for (size_t i = 0; i < MOST; i++)
		x[i] = random_normal(&random);
	for (size_t n = 0; n <= MOST; n++)
		for (size_t rows = 0; rows <= 9; rows++) {
			y[rows] = -7;
			lanes_dots(rows, n, W, x, y);
			for (size_t k = 0; k < rows; k++)
				wrong += y[k] < lanes_dot(n, W + k * n, x) ||
				    y[k] > lanes_dot(n, W + k * n, x);
			wrong += y[rows] > -7 || y[rows] < -7;
		}
	CHECK(wrong == 0, "%zu rows are not their dot", wrong);
	return check_done();
}
