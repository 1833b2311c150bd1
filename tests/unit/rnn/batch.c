/* SPDX-License-Identifier: ISC */
/* batch: how the texts are shared out to threads. */
#include "rnn/batch.h"

#include "base/mem.h"
#include "check.h"
#include "math/random.h"

enum { MOST = 200 };

/* Texts of random lengths, longest first; most of them empty if short. */
static void
fill(struct rnn_back *b, struct rnn_text *text, size_t *order, size_t n,
    size_t longest)
{
	struct random random = random_seeded(1, n + longest);
	size_t T = longest;

	*b = (struct rnn_back){.n = n, .steps = n > 0 ? longest : 0,
	    .text = text, .order = order};
	for (size_t i = 0; i < n; i++) {
		order[i] = n - 1 - i;
		text[order[i]] = (struct rnn_text){.T = T};
		b->N += T;
		if (T > 0 && random_below(&random, 3) == 0)
			T--;
	}
}

/* True if each text is in one share, in order, and no share has much more than
 * its part of the rows. */
static bool
good(const struct rnn_back *b, size_t parts)
{
	size_t at = 0;
	bool is = true;

	for (size_t k = 0; k < parts; k++) {
		struct rnn_share s = rnn_share_of(b, k, parts);
		size_t rows = 0;

		is = is && s.from == at && s.to >= s.from;
		at = s.to;
		for (size_t i = s.from; i < s.to; i++)
			rows += b->text[b->order[i]].T;
		is = is && rows <= b->N / parts + 4 * b->steps;
	}
	return is && at == b->n;
}

int
main(void)
{
	static const struct {
		size_t n, longest;
	} batch[] = {{1, 9}, {2, 1}, {50, 40}, {200, 20}, {7, 0}, {30, 5}};
	struct rnn_text text[MOST];
	size_t order[MOST];
	struct rnn_back b;

	for (size_t i = 0; i < sizeof batch / sizeof *batch; i++)
		for (size_t parts = 1; parts < 9; parts++) {
			fill(&b, text, order, batch[i].n, batch[i].longest);
			CHECK(good(&b, parts), "%zu texts in %zu shares",
			    batch[i].n, parts);
		}
	/* one long text and many short ones: the steps of the long one count */
	fill(&b, text, order, 41, 1);
	b.steps = 20;
	b.N += 20 - text[order[0]].T;
	text[order[0]].T = 20;
	CHECK(rnn_share_of(&b, 0, 2).to == 1, "a long text is alone");
	return check_done();
}
