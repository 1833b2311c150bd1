/* SPDX-License-Identifier: ISC */
/*
 * kernel: the CPU time of the kernels alone, without reading or writing
 * (clock.h).
 *
 *     kernel forward MODEL BATCH   rnn_forward, logits alone: us a token
 *     kernel METHOD MODEL          reat_score over traces: us a token
 *     kernel product MODEL BATCH   the recurrent product: GFLOP/s
 *     kernel peak                  a large square product: GFLOP/s
 *
 * Texts are random: they have TOKENS words, and word v has a probability near
 * 1 / v.  Every word occurs once before the clock starts.  MODEL is a folder.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "clock.h"
#include "explain/reat.h"
#include "math/packed.h"
#include "math/random.h"
#include "model/open.h"
#include "rnn/forward.h"

enum { TOKENS = 20, TEXTS = 480, PEAK = 960 };

/* What is timed, and what it needs. */
struct work {
	void (*once)(void *);
	struct rnn *rnn;
	const struct reat_method *method;
	struct arena *arena;		/* reset each time */
	struct arena *kept;		/* of the texts and their traces */
	struct rnn_text text[TEXTS];
	struct trace trace[TEXTS];
	size_t texts, batch;		/* texts is a multiple of batch */
	size_t m, n, k;			/* of a product */
	float *A, *B, *C;
};

static void
forward(void *self)
{
	struct work *w = self;

	for (size_t i = 0; i < w->texts; i += w->batch) {
		rnn_forward(w->rnn, w->arena, w->batch, w->text + i,
		    RNN_LOGITS, w->trace + i);
		mem_reset(w->arena);
	}
}

static void
score(void *self)
{
	struct work *w = self;

	for (size_t i = 0; i < TEXTS; i++) {
		double *S = MEM_VECTOR(w->arena, TOKENS * w->trace[i].rows,
		    double);

		reat_score(w->method, &w->trace[i], w->arena, 0, NULL, TOKENS,
		    S);
		mem_reset(w->arena);
	}
}

static void
product(void *self)
{
	struct work *w = self;

	packed_product(w->m, w->n, w->k, w->A, w->B, w->C);
}

/* Random texts of the model's words. */
static void
make_texts(struct work *w, const char *model)
{
	struct random random = random_seeded(1, 1);
	struct model *m;
	int status;

	m = model_open(model, &status);
	if (m == NULL)
		exit(status);
	w->rnn = rnn_new(m);
	for (size_t i = 0; i < TEXTS; i++) {
		int32_t *id = MEM_NEW(w->kept, TOKENS, int32_t);

		for (size_t t = 0; t < TOKENS; t++)
			id[t] = (int32_t)pow((double)m->V,
			    (double)random_unit(&random)) - 1;
		w->text[i] = (struct rnn_text){TOKENS, id};
	}
}

static float *
matrix(struct work *w, size_t rows, size_t cols)
{
	float *v = MEM_VECTOR(w->arena, rows * cols, float);

	for (size_t i = 0; i < rows * cols; i++)
		v[i] = (float)(i % 7) - 3;
	return v;
}

static void
make_product(struct work *w, size_t m, size_t n, size_t k)
{
	w->m = m;
	w->n = n;
	w->k = k;
	w->A = matrix(w, m, k);
	w->B = matrix(w, 1, packed_size(n, k));
	w->C = matrix(w, m, n);
}

/* The texts to run, in whole batches; fewer of a slow model. */
static void
set_batch(struct work *w, const char *arg)
{
	char *end;
	unsigned long batch = strtoul(arg, &end, 10);
	size_t most = rnn_model(w->rnn)->H > 512 ? TEXTS / 4 : TEXTS;

	if (end == arg || *end != '\0' || batch < 1 || batch > TEXTS)
		die("batch %s, expected 1 to %d", arg, TEXTS);
	w->batch = batch;
	w->texts = batch > most ? batch : most / batch * batch;
}

static double
gflops(const struct work *w, double seconds)
{
	return 2e-9 * (double)w->m * (double)w->n * (double)w->k / seconds;
}

int
main(int argc, char *argv[])
{
	static struct work w;
	const char *what = argc > 1 ? argv[1] : "";
	const struct model *m;

	w.arena = mem_arena();
	w.kept = mem_arena();
	w.method = reat_method(what);
	if (argc > 2) {
		make_texts(&w, argv[2]);
		set_batch(&w, argc > 3 ? argv[3] : "24");
	}
	m = argc > 2 ? rnn_model(w.rnn) : NULL;
	if (strcmp(what, "peak") == 0) {
		make_product(&w, PEAK, PEAK, PEAK);
		w.once = product;
		printf("%.1f\n", gflops(&w, clock_time(w.once, &w)));
	} else if (m != NULL && strcmp(what, "product") == 0) {
		make_product(&w, w.batch, m->G * m->H, m->H);
		w.once = product;
		printf("%.1f\n", gflops(&w, clock_time(w.once, &w)));
	} else if (m != NULL && strcmp(what, "forward") == 0) {
		w.once = forward;
		printf("%.4f\n", 1e6 * clock_time(w.once, &w) /
		    (double)(w.texts * TOKENS));
	} else if (m != NULL && w.method != NULL) {
		rnn_forward(w.rnn, w.kept, TEXTS, w.text, RNN_TRACE,
		    w.trace);
		w.once = score;
		printf("%.4f\n", 1e6 * clock_time(w.once, &w) /
		    (TEXTS * TOKENS));
	} else {
		die("usage: kernel forward|product|METHOD MODEL [BATCH], "
		    "kernel peak");
	}
	return 0;
}
