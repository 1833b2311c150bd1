/* SPDX-License-Identifier: ISC */
/* noise: its mean, its covariance W W^T, and what it depends on. */
#include "rnn/noise.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "check.h"
#include "math/random.h"
#include "plain.h"

static struct arena *arena;

enum { DRAWN = 40000 };

/* Set the noise p [G H] of word t of the sample with this key. */
static void
draw(const struct model *m, struct noise *noise, uint64_t key, double deviation,
    size_t d, size_t t, float *p)
{
	struct noise_sample s = {noise, {key, ~key}, deviation};

	memset(p, 0, m->G * m->H * sizeof *p);
	noise_add(&s, d, t, p);
}

/* The mean of p_i p_j over many samples of two words, less what it should be in
 * parts of the deviations. */
static double
covariance(const struct model *m, struct noise *noise, size_t d, size_t i,
    size_t j, bool same)
{
	size_t GH = m->G * m->H;
	const float *W = m->layer[0][d].weight_ih;
	float *a = MEM_VECTOR(arena, GH, float);
	float *b = MEM_VECTOR(arena, GH, float);
	double sum = 0, is = 0, ii = 0, jj = 0;

	for (uint64_t k = 0; k < DRAWN; k++) {
		if (k % NOISE_POOL == 0)
			noise_pool(noise, 3, k / NOISE_POOL);
		draw(m, noise, k * 0x9e3779b97f4a7c15u, 0.5, d, 0, a);
		draw(m, noise, k * 0x9e3779b97f4a7c15u, 0.5, d, same ? 0 : 1,
		    b);
		sum += (double)a[i] * (double)b[j] / DRAWN;
	}
	for (size_t c = 0; c < m->D; c++) {
		double x = (double)W[i * m->D + c], y = (double)W[j * m->D + c];

		is += x * y / 4;
		ii += x * x / 4;
		jj += y * y / 4;
	}
	return (sum - (same ? is : 0)) / sqrt(ii * jj);
}

static void
test_noise(void)
{
	struct random random = random_seeded(4, 0);
	struct model *m = plain_model(arena, (struct model){.V = 7, .D = 3,
	    .H = 5, .cell = CELL_LSTM, .directions = 2, .layers = 1, .rows = 3,
	    .pooling = plain_pooling[0]});
	struct noise *noise;
	size_t d = m->directions - 1, GH = m->G * m->H;
	float *a = MEM_VECTOR(arena, GH, float);
	float *b = MEM_VECTOR(arena, GH, float);
	bool opposite = true;

	plain_randomise(arena, m, &random);
	noise = noise_new(m);
	for (size_t i = 0; i < GH; i += 3)
		CHECK(fabs(covariance(m, noise, d, i, i, true)) < 0.05 &&
		    fabs(covariance(m, noise, d, i, 0, true)) < 0.05 &&
		    fabs(covariance(m, noise, d, i, i, false)) < 0.05,
		    "row %zu has the covariance of W W^T, words have none", i);
	noise_pool(noise, 1, 0);
	CHECK(noise_is(noise, 1, 0) && !noise_is(noise, 1, 1) &&
	    !noise_is(noise, 2, 0), "the pool of a seed and a number");
	draw(m, noise, 7, 0.5, d, 2, a);
	draw(m, noise, 7, -0.5, d, 2, b);
	for (size_t i = 0; i < GH; i++)
		opposite = opposite && a[i] == -b[i];
	CHECK(opposite, "the opposite noise");
	noise_pool(noise, 2, 0);
	draw(m, noise, 7, 0.5, d, 2, b);
	CHECK(memcmp(a, b, GH * sizeof *a) != 0, "another seed, other noise");
	noise_pool(noise, 1, 0);
	draw(m, noise, 7, 0.5, d, 2, b);
	CHECK(memcmp(a, b, GH * sizeof *a) == 0,
	    "the same seed, the same noise");
	noise_free(noise);
}

int
main(void)
{
	arena = mem_arena();
	test_noise();
	mem_free(arena);
	return check_done();
}
