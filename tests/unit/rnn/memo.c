/* SPDX-License-Identifier: ISC */
/* memo: rows are right even if there are more words than fit. */
#include "rnn/memo.h"

#include <string.h>

#include "check.h"
#include "math/random.h"

/* Rows of 4 MiB: 17 of them are kept. */
enum { WORDS = 100, WIDTH = 1 << 20, KEPT = MEMO_BYTES / 4 / WIDTH + 1 };

struct counted {
	size_t computed;
	size_t times[WORDS + 1];	/* in this batch; last, id -1 */
	float version;
};

static size_t
place(int32_t id)
{
	return id < 0 ? WORDS : (size_t)id;
}

static void
compute(void *self, size_t n, const int32_t id[], float *const row[])
{
	struct counted *c = self;

	for (size_t i = 0; i < n; i++) {
		row[i][0] = (float)id[i] + c->version;
		row[i][WIDTH - 1] = (float)id[i] - c->version;
		c->computed++;
		c->times[place(id[i])]++;
	}
}

/* Run a batch; true if every row is right and was computed at most once. */
static bool
batch(struct memo *m, struct counted *c, size_t n, const int32_t id[])
{
	bool good = true;

	memset(c->times, 0, sizeof c->times);
	memo_fill(m, n, id, compute, c);
	for (size_t i = 0; i < n; i++) {
		const float *row = memo_row(m, id[i]);

		good = good && row[0] == (float)id[i] + c->version &&
		    row[WIDTH - 1] == (float)id[i] - c->version &&
		    c->times[place(id[i])] <= 1;
	}
	return good;
}

int
main(void)
{
	struct memo *m = memo_new(WORDS, WIDTH);
	struct counted c = {.version = 0};
	struct random random = random_seeded(1, 1);
	int32_t id[2 * KEPT], often[] = {7, -1};
	bool good = true;
	size_t before;

	for (int k = 0; k < 300; k++) {
		size_t n = random_below(&random, KEPT) + 1;

		for (size_t i = 0; i < n; i++)
			id[i] = (int32_t)random_below(&random, WORDS + 1) - 1;
		good = good && batch(m, &c, n, id);
	}
	CHECK(good && c.computed > 300, "rows are replaced and computed again: "
	    "%zu times", c.computed);

	for (int32_t i = 0; i < 2 * KEPT; i++)
		id[i] = i;
	good = batch(m, &c, 2 * KEPT, id);
	before = c.computed;
	CHECK(good && batch(m, &c, 2 * KEPT, id) && c.computed == before,
	    "a batch of more words than are kept has all its rows");

	batch(m, &c, 2, often);
	before = c.computed;
	for (int32_t k = 0; k < 200; k++) {
		int32_t other = 8 + k % 90;

		good = good && batch(m, &c, 1, &other) &&
		    batch(m, &c, 2, often) && c.times[7] == 0 &&
		    c.times[WORDS] == 0;
	}
	CHECK(good && c.computed > before, "a word used again and again stays");

	c.version = 1000;
	memo_clear(m, WORDS);
	CHECK(batch(m, &c, 2 * KEPT, id), "cleared: all rows are new");
	c.version = 2000;
	memo_clear(m, 2);
	CHECK(batch(m, &c, 2, (int32_t[]){1, -1}), "cleared for fewer words");
	memo_clear(m, WORDS);
	CHECK(batch(m, &c, 2 * KEPT, id), "and for more again");
	memo_free(m);
	return check_done();
}
