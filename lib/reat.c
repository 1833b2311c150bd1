/* SPDX-License-Identifier: ISC */
/*
 * The recurrence and its readout, for every cell (DESIGN.md 1; eq 10, 14 and
 * 20 of the paper):
 *
 *     s_t = a_t s_{t-1} + e_t,  s_0 = 0     what word t wrote is
 *                                           e_t = s_t - a_t s_{t-1}
 *     R_t = M_t o_t                         how the head reads step t
 *     G_t = R_t + a_{t+1} G_{t+1}           how much of e_t survives to be read
 *     S(t) = W (e_t G_t)
 *
 * The sum telescopes: sum_t e_t G_t = sum_t R_t s_t, the head's features, for
 * any a.  That tests the arithmetic and proves nothing about the merit.
 *
 * Easy to get wrong: for an LSTM the paper's eq 20 divides by the output gate.
 * With s = tanh c and the gate in the readout nothing is divided.
 */
#include "reat.h"

#include <stdbool.h>
#include <string.h>

#include "mem.h"
#include "text.h"
#include "trace.h"

/* The readout weight M of word t, unit j. */
static double
readout(const struct trace *tr, const struct direction *dir, size_t t,
    size_t last, size_t j)
{
	switch (tr->pooling) {
	case POOLING_LAST:
		return t == last;
	case POOLING_MEAN:
		return 1.0 / (double)tr->T;
	case POOLING_MAX:
		return dir->argmax[j] == t;
	case POOLING_GIVEN:
		return (double)dir->M[t * tr->H + j];
	}
	return 0;
}

/*
 * One direction, backwards in its own reading order: at step k, t is the
 * word, before the one read before it, after the one read after it.
 */
static void
sweep(const struct trace *tr, size_t d, double *G, double *eG, double *S)
{
	const struct direction *dir = &tr->direction[d];
	size_t T = tr->T, H = tr->H, F = tr->directions * H;
	size_t last = d == 0 ? T - 1 : 0;

	memset(G, 0, H * sizeof *G);
	for (size_t k = T; k-- > 0; ) {
		size_t t = d == 0 ? k : T - 1 - k;
		size_t after = d == 0 ? t + 1 : t - 1;
		size_t before = d == 0 ? t - 1 : t + 1;
		const float *s = dir->S + t * H, *a = dir->A + t * H;
		const float *o = dir->O == NULL ? NULL : dir->O + t * H;
		const float *s_before = k > 0 ? dir->S + before * H : NULL;
		const float *a_after = k + 1 < T ? dir->A + after * H : NULL;

		for (size_t j = 0; j < H; j++) {
			double R = readout(tr, dir, t, last, j);
			double e = (double)s[j];

			if (o != NULL)
				R *= (double)o[j];
			if (a_after != NULL)
				R += (double)a_after[j] * G[j];
			if (s_before != NULL)
				e -= (double)a[j] * (double)s_before[j];
			G[j] = R;
			eG[j] = e * R;
		}
		for (size_t row = 0; row < tr->rows; row++) {
			const float *W = tr->weight + row * F + d * H;
			double sum = 0;

			for (size_t j = 0; j < H; j++)
				sum += (double)W[j] * eG[j];
			S[t * tr->rows + row] += sum;
		}
	}
}

static void
reat_words(const struct trace *tr, struct arena *arena, double *S)
{
	double *G = MEM_VECTOR(arena, tr->H, double);
	double *eG = MEM_VECTOR(arena, tr->H, double);

	for (size_t d = 0; tr->T > 0 && d < tr->directions; d++)
		sweep(tr, d, G, eG, S);
}

const struct reat_method reat_methods[] = {
	{"reat", "what the span wrote, carried to the end (eq 14)", reat_words},
	{NULL, NULL, NULL},
};

const struct reat_method *
reat_method(const char *name)
{
	const struct reat_method *m = reat_methods;

	while (m->name != NULL && !text_is(text_of(name), m->name))
		m++;
	return m->name == NULL ? NULL : m;
}
