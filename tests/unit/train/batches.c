/* SPDX-License-Identifier: ISC */
/* batches: each text occurs once; buckets have texts of similar length. */
#include "train/batches.h"

#include "base/mem.h"
#include "check.h"
#include "math/random.h"

enum { TEXTS = 103, SIZE = 10 };

static struct rnn_text text[TEXTS];

/* The mean, over batches, of the longest text minus the shortest. */
static double
spread(const struct batches *b)
{
	double sum = 0.0;

	for (size_t k = 0; k < b->n; k++) {
		size_t n, least = SIZE_MAX, most = 0;
		const uint32_t *number = batches_get(b, k, &n);

		for (size_t i = 0; i < n; i++) {
			size_t T = text[number[i]].T;

			least = T < least ? T : least;
			most = T > most ? T : most;
		}
		sum += (double)(most - least);
	}
	return sum / (double)b->n;
}

static void
check_bucket(struct arena *arena, size_t bucket, double most)
{
	struct batches b = batches_new(arena, TEXTS, SIZE);
	struct random random = random_seeded(1, bucket);
	int seen[TEXTS] = {0};
	size_t all = 0, small = 0, once = 0;

	batches_shuffle(&b, &random, bucket, text);
	for (size_t k = 0; k < b.n; k++) {
		size_t n;
		const uint32_t *number = batches_get(&b, k, &n);

		small += n < SIZE;
		all += n;
		for (size_t i = 0; i < n; i++)
			seen[number[i]]++;
	}
	for (size_t i = 0; i < TEXTS; i++)
		once += seen[i] == 1;
	CHECK(b.n == 11 && all == TEXTS && once == TEXTS && small == 1,
	    "bucket %zu: every text once", bucket);
	CHECK(spread(&b) <= most, "bucket %zu: lengths spread by %.1f",
	    bucket, spread(&b));
}

int
main(void)
{
	struct arena *arena = mem_arena();

	for (size_t i = 0; i < TEXTS; i++)
		text[i].T = i * 7 % 50;
	check_bucket(arena, 1, 50);
	check_bucket(arena, 4, 15);
	check_bucket(arena, 11, 6);
	check_bucket(arena, 1000, 6);
	mem_free(arena);
	return check_done();
}
