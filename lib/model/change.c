/* SPDX-License-Identifier: ISC */
/*
 * The changes of a model.
 *
 *     draw     Adebayo et al. 2018: the parts get the numbers with which
 *              training begins (initial.h).  Norms get weight 1, bias 0, mean
 *              0 and variance 1.  The embedding gets uniform numbers with the
 *              mean square of its own, so that vectors keep their size.
 *     shift    Kindermans et al. 2017: with a random vector m,
 *                  x' = x + m,   b_ih' = b_ih - W_ih m
 *              in the first layer, so W_ih x' + b_ih' = W_ih x + b_ih: nothing
 *              but the input changes.
 *     noise    Yeh et al. 2019: x' = x + u, each number of u uniform in -RADIUS
 *              to RADIUS
 *
 * A word without a row of the embedding is the zero vector, which cannot be
 * shifted.
 */
#include "model/change.h"

#include <math.h>

#include "base/mem.h"
#include "math/random.h"
#include "model/initial.h"
#include "model/model.h"

/* The streams of random numbers; layer l has STREAM_LAYER + l. */
enum {
	STREAM_OUTPUT = 41,
	STREAM_HEAD,
	STREAM_ATTENTION,
	STREAM_EMBEDDING,
	STREAM_SHIFT,
	STREAM_NOISE,
	STREAM_LAYER,
};

/* ---- draw ---- */

static void
fill(float *x, size_t n, float value)
{
	for (size_t i = 0; x != NULL && i < n; i++)
		x[i] = value;
}

static void
draw_linear(struct random *r, size_t in, size_t out, float *weight,
    float *bias)
{
	double range = 1 / sqrt((double)in);

	initial_uniform(r, range, weight, out * in);
	if (bias != NULL)
		initial_uniform(r, range, bias, out);
}

static void
draw_stack(uint64_t seed, uint64_t stream, struct stack *s)
{
	struct random r = random_seeded(seed, stream);

	for (size_t i = 0; i < s->n; i++) {
		struct stack_module *a = &s->module[i];

		if (a->kind == STACK_LINEAR)
			draw_linear(&r, a->in, a->out, a->weight, a->bias);
		if (a->kind <= STACK_LINEAR)
			continue;
		fill(a->weight, a->in, 1);
		fill(a->bias, a->in, 0);
		fill(a->mean, a->in, 0);
		fill(a->variance, a->in, 1);
	}
}

static bool
draw_output(struct model *m, uint64_t seed)
{
	struct random r = random_seeded(seed, STREAM_OUTPUT);

	draw_linear(&r, model_columns(m), m->rows, m->weight, m->bias);
	return true;
}

static bool
draw_head(struct model *m, uint64_t seed)
{
	draw_stack(seed, STREAM_HEAD, &m->stack);
	return m->stack.n > 0;
}

static bool
draw_attention(struct model *m, uint64_t seed)
{
	draw_stack(seed, STREAM_ATTENTION, &m->attention.stack);
	return m->attention.stack.n > 0;
}

static void
draw_layer(struct model *m, size_t l, uint64_t seed)
{
	struct random r = random_seeded(seed, STREAM_LAYER + l);
	double range = 1 / sqrt((double)m->H);
	size_t GH = m->G * m->H;

	for (size_t d = 0; d < m->directions; d++) {
		struct rnn_weights *w = &m->layer[l][d];

		initial_uniform(&r, range, w->weight_ih, GH * w->in);
		if (w->weight_hh != NULL)
			initial_uniform(&r, range, w->weight_hh, GH * m->H);
		initial_uniform(&r, range, w->bias_ih, GH);
		if (!cells[m->cell].linear)
			initial_uniform(&r, range, w->bias_hh, GH);
	}
	if (cells[m->cell].own != NULL)
		initial_decay(&r, m, l);
}

static bool
draw_rnn(struct model *m, uint64_t seed)
{
	for (size_t l = 0; l < m->layers; l++)
		draw_layer(m, l, seed);
	return true;
}

static bool
draw_embedding(struct model *m, uint64_t seed)
{
	struct random r = random_seeded(seed, STREAM_EMBEDDING);
	size_t n = m->V * m->D;
	double square = 0;

	if (m->stream)
		return false;
	for (size_t i = 0; i < n; i++)
		square += (double)m->embedding_data[i] *
		    (double)m->embedding_data[i];
	initial_uniform(&r, sqrt(3 * square / (double)n), m->embedding_data, n);
	return true;
}

static const struct part {
	const char *name;
	bool (*draw)(struct model *, uint64_t seed);	/* false: m has none */
} parts[] = {
	{"output", draw_output}, {"head", draw_head},
	{"attention", draw_attention}, {"rnn", draw_rnn},
	{"embedding", draw_embedding},
};

enum { PARTS = sizeof parts / sizeof *parts };

/* Draw a part by its name; *has is false if m has none.  Returns false if there
 * is no such name. */
static bool
draw_part(struct model *m, struct text name, uint64_t seed, bool *has)
{
	struct text number = name;
	size_t l, k = 0;

	while (k < PARTS && !text_is(name, parts[k].name))
		k++;
	if (k < PARTS) {
		*has = parts[k].draw(m, seed);
		return true;
	}
	if (!text_starts(name, "layer"))
		return false;
	number.s += 5;
	number.n -= 5;
	if (!text_to_size(number, &l) || l == 0)
		return false;
	*has = l <= m->layers;
	if (*has)
		draw_layer(m, l - 1, seed);
	return true;
}

static const char *
draw(struct arena *arena, struct model *m, struct text value, uint64_t seed)
{
	bool has;

	if (value.s == NULL)
		return "draw: no parts, expected draw=output or others";
	while (value.s != NULL) {
		struct text name = text_cut(&value, ',');

		if (!draw_part(m, name, seed, &has))
			return mem_printf(arena, "draw: \"%.*s\", expected "
			    "output, head, attention, rnn, layer1, layer2, "
			    "... or embedding", TEXT_ARGS(name));
		if (!has)
			return mem_printf(arena, "draw: %s has no %.*s",
			    m->path, TEXT_ARGS(name));
	}
	return NULL;
}

/* ---- shift and noise ---- */

/* Set *size.  Returns NULL, or a message. */
static const char *
read_size(struct arena *arena, const struct model *m, const char *key,
    struct text value, double *size)
{
	if (!text_to_double(value, size) || *size < 0 || *size > 1e6)
		return mem_printf(arena, "%s: \"%.*s\", expected a number "
		    "from 0 to 1e6", key, TEXT_ARGS(value));
	if (m->stream)
		return mem_printf(arena, "%s: the words of %s bring their "
		    "vectors, so it has none to change", key, m->path);
	return NULL;
}

static const char *
shift(struct arena *arena, struct model *m, struct text value, uint64_t seed)
{
	struct random r = random_seeded(seed, STREAM_SHIFT);
	float *by = MEM_VECTOR(arena, m->D, float);
	double size;
	const char *wrong = read_size(arena, m, "shift", value, &size);

	if (wrong != NULL)
		return wrong;
	if (m->unknown < 0)
		return mem_printf(arena, "shift: an unknown word is the zero "
		    "vector in %s, which cannot be shifted; the model needs a "
		    "row for unknown words", m->path);
	initial_uniform(&r, size, by, m->D);
	for (size_t i = 0; i < m->V * m->D; i++)
		m->embedding_data[i] += by[i % m->D];
	for (size_t d = 0; d < m->directions; d++) {
		struct rnn_weights *w = &m->layer[0][d];

		for (size_t g = 0; g < m->G * m->H; g++) {
			double effect = 0;

			for (size_t k = 0; k < m->D; k++)
				effect += (double)w->weight_ih[g * m->D + k] *
				    (double)by[k];
			w->bias_ih[g] = (float)((double)w->bias_ih[g] -
			    effect);
		}
	}
	return NULL;
}

static const char *
noise(struct arena *arena, struct model *m, struct text value, uint64_t seed)
{
	struct random r = random_seeded(seed, STREAM_NOISE);
	float *by = MEM_VECTOR(arena, m->D, float);
	double size;
	const char *wrong = read_size(arena, m, "noise", value, &size);

	for (size_t i = 0; wrong == NULL && i < m->V; i++) {
		initial_uniform(&r, size, by, m->D);
		for (size_t k = 0; k < m->D; k++)
			m->embedding_data[i * m->D + k] += by[k];
	}
	return wrong;
}

static const struct change {
	const char *key;
	const char *(*make)(struct arena *, struct model *, struct text value,
	    uint64_t seed);
} changes[] = {{"draw", draw}, {"shift", shift}, {"noise", noise}};

const char *
model_change(struct arena *arena, struct model *m, struct text key,
    struct text value, uint64_t seed)
{
	for (size_t k = 0; k < sizeof changes / sizeof *changes; k++)
		if (text_is(key, changes[k].key))
			return changes[k].make(arena, m, value, seed);
	return mem_printf(arena, "\"%.*s\", expected draw=PARTS, shift=SIZE "
	    "or noise=RADIUS", TEXT_ARGS(key));
}
