/* SPDX-License-Identifier: ISC */
/*
 * linear: where the recurrence is linear in the state, frozen gates are no
 * approximation.  For a layer in one or two directions and pooling last:
 *
 *     frozen-omit    equals the difference of logits if the span is deleted
 *                    and the model is run again, for all T (T + 1) / 2 spans
 *     shapley        equals the Shapley value of deletion, from all subsets
 *     skip           equals frozen-omit
 *
 * A QRNN's output gate is that of the last word, so without this word another
 * one's gate reads the state: there only skip is exact.
 */
#include <math.h>

#include "base/mem.h"
#include "check.h"
#include "explain/reat.h"
#include "math/random.h"
#include "plain.h"
#include "rnn/forward.h"
#include "rnn/presence.h"
#include "stream/layer.h"

enum { T = 8, SPANS = T * (T + 1) / 2, ROWS = 3 };

static struct arena *arena;

/* Set z [ROWS] to the logits of the words that are in a subset. */
static void
logits_of(struct rnn *r, const int32_t *id, unsigned subset, double *z)
{
	int32_t kept[T];
	struct rnn_text text = {0, kept};
	struct trace trace;

	for (size_t t = 0; t < T; t++)
		if (subset >> t & 1)
			kept[text.T++] = id[t];
	rnn_forward(r, arena, 1, &text, RNN_LOGITS, &trace);
	for (size_t c = 0; c < ROWS; c++)
		z[c] = (double)trace.logit[c];
}

static unsigned
bits(unsigned subset)
{
	unsigned n = 0;

	for (; subset > 0; subset >>= 1)
		n += subset & 1;
	return n;
}

static double
factorial(unsigned n)
{
	return n < 2 ? 1 : n * factorial(n - 1);
}

/* The largest difference of S [T][ROWS] to Shapley values of all subsets. */
static double
shapley_off(const double (*z)[ROWS], const double *S)
{
	double largest = 0;

	for (unsigned t = 0; t < T; t++)
		for (size_t c = 0; c < ROWS; c++) {
			double sum = 0;

			for (unsigned k = 0; k < 1u << T; k++)
				if (!(k >> t & 1))
					sum += factorial(bits(k)) *
					    factorial(T - 1 - bits(k)) /
					    factorial(T) *
					    (z[k | 1u << t][c] - z[k][c]);
			largest = fmax(largest, fabs(sum - S[t * ROWS + c]));
		}
	return largest;
}

/* The largest difference of S, [ROWS] of each span, to deletion. */
static double
deletion_off(const double (*z)[ROWS], const struct span *span, const double *S)
{
	const unsigned all = (1u << T) - 1;
	double largest = 0;

	for (size_t k = 0; k < SPANS; k++) {
		unsigned gone = ((2u << span[k].last) - 1) &
		    ~((1u << span[k].first) - 1);

		for (size_t c = 0; c < ROWS; c++)
			largest = fmax(largest, fabs(z[all][c] -
			    z[all & ~gone][c] - S[k * ROWS + c]));
	}
	return largest;
}

/* The same of skip, for row 0. */
static double
skip_off(struct model *m, const double (*z)[ROWS], const int32_t *id,
    const struct span *span)
{
	struct rnn_presence *p = rnn_presence_new(m);
	struct rnn_span left[SPANS];
	double one[ROWS] = {1}, S[SPANS], all[SPANS * ROWS];
	struct rnn_run run = {.text = {T, id}, .scale = 1,
	    .target.coefficient = one};
	struct rnn_skip task = {SPANS, left, 0, S};
	struct trace trace;

	for (size_t k = 0; k < SPANS; k++)
		left[k] = (struct rnn_span){span[k].first, span[k].last};
	task.whole = z[(1u << T) - 1][0] - z[0][0];
	rnn_presence_forward(p, arena, 1, &run, &trace);
	rnn_presence_skip(p, arena, &run, &trace, &task);
	rnn_presence_free(p);
	for (size_t k = 0; k < SPANS; k++)
		for (size_t c = 0; c < ROWS; c++) {
			unsigned gone = ((2u << span[k].last) - 1) &
			    ~((1u << span[k].first) - 1);
			unsigned rest = ((1u << T) - 1) & ~gone;

			/* the other rows are not asked for */
			all[k * ROWS + c] = c == 0 ? S[k] :
			    z[(1u << T) - 1][c] - z[rest][c];
		}
	return deletion_off(z, span, all);
}

static void
check(enum cell cell, size_t directions, size_t layers, bool exact)
{
	struct random random = random_seeded(21, cell);
	struct model *m = plain_model(arena, (struct model){.V = 9, .D = 4,
	    .H = 6, .cell = cell, .directions = directions, .layers = layers,
	    .rows = ROWS, .pooling = plain_pooling[0]});
	struct rnn *r;
	double (*z)[ROWS] = mem_calloc(1u << T, sizeof *z);
	double *S = MEM_NEW(arena, SPANS * ROWS, double), off[3];
	struct span span[SPANS];
	struct trace trace;
	int32_t id[T];
	const char *name = plain_name(arena, m);
	size_t n = 0;

	plain_randomise(arena, m, &random);
	for (size_t t = 0; t < T; t++) {
		id[t] = (int32_t)random_below(&random, 9);
		for (size_t last = t; last < T; last++)
			span[n++] = (struct span){.first = t, .last = last};
	}
	r = rnn_new(m);
	for (unsigned k = 0; k < 1u << T; k++)
		logits_of(r, id, k, z[k]);
	rnn_forward(r, arena, 1, &(struct rnn_text){T, id}, RNN_TRACE, &trace);
	reat_score(reat_method("frozen-omit"), &trace, arena, 0, span, SPANS,
	    S);
	off[0] = deletion_off((const double (*)[ROWS])z, span, S);
	memset(S, 0, SPANS * ROWS * sizeof *S);
	reat_score(reat_method("shapley"), &trace, arena, 0, NULL, 0, S);
	off[1] = shapley_off((const double (*)[ROWS])z, S);
	off[2] = skip_off(m, (const double (*)[ROWS])z, id, span);
	for (size_t k = 0; k < 3; k++)
		CHECK((off[k] < 3e-6) == (exact && (k == 2 || cells[cell].O ==
		    CELL_NO_ROW)), "%s: %s differs by %.1e", name,
		    k == 0 ? "frozen-omit" : k == 1 ? "shapley" : "skip",
		    off[k]);
	rnn_free(r);
	free(z);
}

int
main(void)
{
	arena = mem_arena();
	for (enum cell cell = 0; cell < CELL_FOREIGN; cell++)
		for (size_t d = 1; d <= 2; d++) {
			check(cell, d, 1, cells[cell].linear);
			check(cell, d, 2, false);
		}
	mem_free(arena);
	return check_done();
}
