/* SPDX-License-Identifier: ISC */
/*
 * learner: gradients equal finite differences of the plain network; gradients,
 * with and without a penalty, and 50 steps of Adam equal PyTorch's
 * (tests/golden/train), for every kind of model.
 */
#include "train/learner.h"

#include "check.h"
#include "math/random.h"
#include "plain.h"
#include "train/adam.h"
#include "train/penalty.h"

static struct arena *arena;

/* Set to [V][D], the gradient of the embedding, from the rows of a batch. */
static void
spread(const struct model *m, const struct learner_grad *g, float *to)
{
	memset(to, 0, m->V * m->D * sizeof *to);
	for (size_t u = 0; u < g->words; u++)
		if (g->id[u] >= 0)
			memcpy(to + (size_t)g->id[u] * m->D,
			    g->embedding + u * m->D, m->D * sizeof *to);
}

/* List the parts of m and of g; grad[0] is the embedding's, to be filled. */
static size_t
parts_of(const struct model *m, const struct learner_grad *g,
    struct parameter part[], struct parameter grad[])
{
	grad[0] = (struct parameter){.n = m->V * m->D,
	    .x = MEM_VECTOR(arena, m->V * m->D, float)};
	learner_grad_parts(arena, m, g, grad + 1);
	return parameters_of(arena, m, part);
}

static double
gradients(struct learner *r, const struct plain_texts *a, size_t first,
    size_t n, bool tuned, struct learner_grad *g)
{
	return learner_gradients(r, n, a->text + first, a->gold + first,
	    &(struct learner_dropout){0}, tuned, g);
}

/* ---- finite differences ---- */

static double
plain_loss(const struct model *m, const struct plain_texts *a)
{
	double sum = 0.0;

	for (size_t i = 0; i < a->n; i++) {
		double z[PLAIN_LONGEST];

		plain_logits(m, &a->text[i], 1.0, z);
		sum -= log(plain_probability(m, z, a->gold[i]));
	}
	return sum / (double)a->n;
}

static double
slope(const struct model *m, const struct plain_texts *a, const float *at)
{
	const double step = 1e-5;
	double up, down;

	plain_moved.at = at;
	plain_moved.by = step;
	up = plain_loss(m, a);
	plain_moved.by = -step;
	down = plain_loss(m, a);
	plain_moved.at = NULL;
	return (up - down) / (2.0 * step);
}

/* The last step of direction 1 is its first with pooling end: its recurrent
 * weights in the top layer do nothing. */
static bool
is_unread(const struct model *m, const char *name)
{
	return pooling_is(&m->pooling, POOLING_END) &&
	    strcmp(name, m->layers == 1 ? "rnn.weight_hh_l0_reverse" :
	    "rnn.weight_hh_l1_reverse") == 0;
}

static void
check_differences(struct model shape)
{
	struct random random = random_seeded(11, shape.cell + 2 *
	    shape.directions + 6 * shape.layers);
	struct model *m = plain_model(arena, shape);
	struct learner *learner = learner_new(m, NULL, NULL);
	struct learner_grad *g = learner_grad_new(arena, m);
	struct plain_texts a = {.n = 6};
	struct parameter part[PARAMETERS_MOST], grad[PARAMETERS_MOST];
	size_t parts = parts_of(m, g, part, grad);
	const char *which = plain_name(arena, m);
	double loss;

	plain_randomise(arena, m, &random);
	for (size_t i = 0; i < a.n; i++) {
		/* one text is empty, and some words have no row */
		a.text[i] = (struct rnn_text){i * 5 % 8, a.id[i]};
		a.gold[i] = random_below(&random, (uint32_t)m->C);
		for (size_t t = 0; t < a.text[i].T; t++)
			a.id[i][t] = (int32_t)random_below(&random, 8) - 1;
	}
	loss = gradients(learner, &a, 0, a.n, true, g);
	CHECK(fabs(loss - plain_loss(m, &a)) < 1e-6, "%s: the loss", which);
	spread(m, g, grad[0].x);
	for (size_t k = 0; k < parts; k++) {
		double worst = 0.0, largest = 0.0;

		for (size_t i = 0; i < part[k].n; i++) {
			double v = (double)grad[k].x[i];

			worst = fmax(worst, fabs(slope(m, &a, &part[k].x[i]) -
			    v));
			largest = fmax(largest, fabs(v));
		}
		CHECK(worst < 1e-6 && (largest > 1e-4 || is_unread(m,
		    part[k].name)), "%s: %s is off by %.1e (largest %.2g)",
		    which, part[k].name, worst, largest);
	}
	learner_free(learner);
}

static void
check_all_differences(void)
{
	struct model s = {.V = 7, .D = 3, .H = 5};

	for (s.cell = CELL_GRU; s.cell < CELL_FOREIGN; s.cell++)
		for (s.directions = 1; s.directions <= 2; s.directions++)
			for (s.layers = 1; s.layers <= 2; s.layers++)
				for (s.rows = 1; s.rows <= 3; s.rows++)
					for (size_t p = 0; p <
					    (s.rows == 3 ? PLAIN_POOLINGS : 1);
					    p++) {
						s.pooling = plain_pooling[p];
						check_differences(s);
					}
	s = (struct model){.V = 7, .D = 3, .H = 5, .directions = 2,
	    .layers = 4, .rows = 2, .pooling = pooling_of(POOLING_LAST)};
	check_differences(s);
}

/* ---- PyTorch ---- */

/* Train as generate.py did.  Returns the largest difference of a loss. */
static double
follow(struct model *m, const struct plain_texts *a, bool tuned,
    const double *sizes, const double *rates, const double *losses)
{
	struct learner *learner = learner_new(m, NULL, NULL);
	struct learner_grad *g = learner_grad_new(arena, m);
	struct parameter part[PARAMETERS_MOST], grad[PARAMETERS_MOST];
	size_t parts = parts_of(m, g, part, grad), batch = (size_t)sizes[5];
	struct adam adam[PARAMETERS_MOST];
	double worst = 0.0;

	for (size_t k = 0; k < parts; k++)
		adam[k] = adam_new(arena, part[k].x, part[k].n);
	for (size_t step = 0; step < (size_t)sizes[4]; step++) {
		struct adam_step s = {rates[0], rates[1], step + 1};

		worst = fmax(worst, fabs(losses[step] - gradients(learner, a,
		    step * batch % a->n, batch, tuned, g)));
		adam_update(NULL, parts - 1, adam + 1, grad + 1, s);
		if (tuned)
			adam_update_rows(NULL, &adam[0], m->D, g->id, g->words,
			    g->embedding, s);
	}
	learner_free(learner);
	return worst;
}

/* Compare the loss and the gradients of all texts with those of the file. */
static void
check_gradients(FILE *f, struct learner *learner, const struct model *m,
    const struct plain_texts *a, const char *which)
{
	double number[2 * PARAMETERS_MOST], loss;
	struct learner_grad *g = learner_grad_new(arena, m);
	struct parameter part[PARAMETERS_MOST], grad[PARAMETERS_MOST];
	size_t parts = parts_of(m, g, part, grad);

	plain_read(f, "loss", &loss, 1);
	CHECK(fabs(gradients(learner, a, 0, a->n, true, g) - loss) < 1e-6,
	    "PyTorch's %s: the loss", which);
	spread(m, g, grad[0].x);
	plain_read(f, "grad", number, 2 * parts);
	for (size_t k = 0; k < parts; k++) {
		double off = plain_off(grad[k].x, grad[k].n, number + 2 * k);

		CHECK(off < 1e-6, "PyTorch's %s: %s is off by %.1e", which,
		    part[k].name, off);
	}
}

static void
check_model(FILE *f, struct model *m, const struct plain_texts *golden,
    const double *sizes, const double *rates)
{
	double losses[64];
	struct plain_texts a = *golden;
	struct learner *learner = learner_new(m, NULL, NULL);
	const char *which = plain_name(arena, m);
	struct model start = *m;

	for (size_t i = 0; i < a.n; i++)
		a.gold[i] %= m->C;
	check_gradients(f, learner, m, &a, which);
	parameters_allocate(arena, &start, true);
	parameters_copy(&start, m);
	for (int tuned = 0; tuned < 2; tuned++) {
		double off;

		parameters_copy(m, &start);
		plain_read(f, tuned ? "tuned" : "frozen", losses, 64);
		off = follow(m, &a, tuned, sizes, rates, losses);
		CHECK(off < 1e-4, "PyTorch's %s: 50 steps of Adam, %s, losses "
		    "are off by %.1e", which, tuned ? "tuned" : "frozen", off);
	}
	learner_free(learner);
}

static void
check_golden(void)
{
	FILE *f = fopen("tests/golden/train/golden.txt", "r");
	double sizes[7], rates[2], gold[PLAIN_TEXTS];
	struct plain_texts a = {0};
	struct model *m;
	size_t number = 0;

	plain_read_texts(f, sizes, &a);
	plain_read(f, "rates", rates, 2);
	plain_read(f, "gold", gold, PLAIN_TEXTS);
	for (size_t i = 0; i < a.n; i++)
		a.gold[i] = (size_t)gold[i];
	while ((m = plain_read_model(f, arena, sizes, ++number)) != NULL)
		check_model(f, m, &a, sizes, rates);
	CHECK(number == 49, "48 models of PyTorch's");
	fclose(f);
}

static void
check_penalties(void)
{
	FILE *f = fopen("tests/golden/train/penalty.txt", "r");
	double sizes[7], gold[PLAIN_TEXTS], mark[PLAIN_TEXTS];
	struct plain_texts a = {0};
	bool marked[PLAIN_TEXTS] = {false};
	struct penalty penalty = {.marked = marked};
	struct model *m;
	size_t marks, number = 0;

	plain_read_texts(f, sizes, &a);
	plain_read(f, "gold", gold, PLAIN_TEXTS);
	plain_read(f, "penalty", &penalty.weight, 1);
	marks = plain_read(f, "marked", mark, PLAIN_TEXTS);
	for (size_t k = 0; k < marks; k++)
		marked[(size_t)mark[k]] = true;
	while ((m = plain_read_model(f, arena, sizes, ++number)) != NULL) {
		struct learner *learner = learner_new(m, &penalty, NULL);

		for (size_t i = 0; i < a.n; i++)
			a.gold[i] = (size_t)gold[i] % m->C;
		check_gradients(f, learner, m, &a, mem_printf(arena,
		    "penalised %s", plain_name(arena, m)));
		learner_free(learner);
	}
	CHECK(number == 49, "48 models of PyTorch's, with a penalty");
	fclose(f);
}

/* Equal seeds give equal losses, in each place where there is dropout. */
static void
check_dropout(void)
{
	struct model *m = plain_model(arena, (struct model){.V = 7, .D = 3,
	    .H = 5, .directions = 2, .layers = 2, .rows = 2,
	    .pooling = pooling_of(POOLING_LAST)});
	struct learner *learner = learner_new(m, NULL, NULL);
	struct learner_grad *g = learner_grad_new(arena, m);
	struct parameter part[PARAMETERS_MOST];
	struct random random = random_seeded(3, 0);
	int32_t id[3] = {1, 2, 3};
	struct rnn_text text = {3, id};
	size_t gold = 1, parts = parameters_of(arena, m, part);
	double loss[3], none;

	for (size_t k = 0; k < parts; k++)
		for (size_t i = 0; i < part[k].n; i++)
			part[k].x[i] = (float)random_normal(&random);
	none = learner_gradients(learner, 1, &text, &gold,
	    &(struct learner_dropout){0}, true, g);
	for (int where = 0; where < 3; where++) {
		for (int i = 0; i < 3; i++) {
			random = random_seeded(i < 2 ? 5 : 6, 0);
			loss[i] = learner_gradients(learner, 1, &text,
			    &gold, &(struct learner_dropout){
			    where == 0 ? 0.5 : 0.0, where == 1 ? 0.5 : 0.0,
			    where == 2 ? 0.5 : 0.0, &random}, true, g);
		}
		CHECK(loss[0] == loss[1] && loss[0] != none,
		    "dropout %d: one seed, one loss", where);
		CHECK(loss[0] != loss[2],
		    "dropout %d: another seed, another loss", where);
	}
	learner_free(learner);
}

int
main(void)
{
	arena = mem_arena();
	check_all_differences();
	check_golden();
	check_penalties();
	check_dropout();
	mem_free(arena);
	return check_done();
}
