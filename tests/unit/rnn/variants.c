/* SPDX-License-Identifier: ISC */
/* variants: logits and probabilities are those of rnn_forward. */
#include "rnn/variants.h"

#include "check.h"
#include "explain/omit.h"
#include "math/random.h"
#include "plain.h"
#include "stream/block.h"
#include "stream/layer.h"

enum { TEXTS = 1100, LONGEST = 12, WORDS = 6 };	/* more than a slice */

static struct arena *arena;
static struct random rng;

static void
randomise(struct model *m)
{
	struct parameter part[PARAMETERS_MOST];
	size_t parts = parameters_of(arena, m, part);

	for (size_t k = 0; k < parts; k++)
		for (size_t i = 0; i < part[k].n; i++)
			part[k].x[i] = (float)(0.7 * random_normal(&rng));
}

/* The whole text, it without some words, it with some blanked, or another. */
static struct rnn_text
variant(const struct rnn_text *whole, size_t i)
{
	struct span span;
	int32_t *id;
	size_t T = random_below(&rng, LONGEST + 1);

	span.first = random_below(&rng, (uint32_t)whole->T);
	span.last = span.first + random_below(&rng,
	    (uint32_t)(whole->T - span.first));
	switch (i % 4) {
	case 0:
		return *whole;
	case 1:
		return edit_omit(arena, whole, &span);
	case 2:
		return edit_blank(arena, whole, &span);
	}
	id = MEM_NEW(arena, T, int32_t);
	for (size_t t = 0; t < T; t++)
		id[t] = (int32_t)random_below(&rng, WORDS + 1) - 1;
	return (struct rnn_text){T, id};
}

static void
check_model(struct model shape)
{
	struct model *m = plain_model(arena, shape);
	struct rnn_text *text = MEM_NEW(arena, TEXTS, struct rnn_text);
	struct trace *trace = MEM_NEW(arena, TEXTS, struct trace);
	float *logit = MEM_NEW(arena, TEXTS * m->rows, float);
	float *probability = MEM_NEW(arena, TEXTS * m->C, float);
	double tolerance = pooling_has(&m->pooling, POOLING_MEAN) ? 1e-6 : 0;
	double worst = 0;
	int32_t id[LONGEST];
	struct rnn_text whole = {LONGEST, id};
	struct variants *v;
	struct rnn *r;

	randomise(m);
	r = rnn_new(m);
	v = variants_new(r);
	for (size_t t = 0; t < LONGEST; t++)
		id[t] = (int32_t)random_below(&rng, WORDS);
	for (size_t i = 0; i < TEXTS; i++)
		text[i] = variant(&whole, i);
	rnn_forward(r, arena, TEXTS, text, RNN_LOGITS, trace);
	/* twice: the first run must leave nothing behind */
	variants_run(v, TEXTS / 3, text, logit, probability);
	variants_run(v, TEXTS, text, logit, probability);
	for (size_t i = 0; i < TEXTS; i++) {
		for (size_t k = 0; k < m->rows; k++)
			worst = fmax(worst, fabs((double)logit[i * m->rows + k]
			    - (double)trace[i].logit[k]));
		for (size_t c = 0; c < m->C; c++)
			worst = fmax(worst, fabs((double)probability[i * m->C +
			    c] - (double)trace[i].probability[c]));
	}
	CHECK(worst <= tolerance, "%s: off by %.1e", plain_name(arena, m),
	    worst);
	variants_run(v, 0, NULL, NULL, NULL);
	variants_free(v);
	rnn_free(r);
}

int
main(void)
{
	rng = random_seeded(6, 0);
	for (size_t k = 0; k < 12 * PLAIN_POOLINGS; k++) {
		arena = mem_arena();
		check_model((struct model){
		    .cell = (enum cell)(k % CELLS),
		    .directions = 1 + k / 2 % 2, .layers = 1 + k / 4 % 3,
		    .pooling = plain_pooling[k / 12], .V = WORDS, .D = 3,
		    .H = 5, .rows = k % 5 == 0 ? 1 : 3});
		mem_free(arena);
	}
	return check_done();
}
