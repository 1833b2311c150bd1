/* SPDX-License-Identifier: ISC */
#include "model/projection.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/model.h"
#include "model/number.h"

static const char middle[] = ".weight_hr_l";

/* The projections of a layer: of one direction, or of both. */
struct projected {
	const char *rnn;	/* what stands before .weight_hr_l0 */
	size_t layer, n, P, H;
	const double *V[2];	/* [P][H] */
};

static struct tensor *
find(const struct model *m, const char *name)
{
	return tensor_find(m->tensor, m->tensors, text_of(name));
}

/* RNN.PART_lN or RNN.PART_lN_reverse */
static const char *
name_of(const struct model *m, const char *rnn, const char *part, size_t layer,
    size_t direction)
{
	return mem_printf(m->arena, "%s.%s_l%zu%s", rnn, part, layer,
	    direction == 1 ? "_reverse" : "");
}

static bool
is_numbers(const struct tensor *t, size_t rows, size_t cols)
{
	return t->type != NUMBER_OTHER && t->dims == 2 && t->count > 0 &&
	    (rows == 0 || t->shape[0] == rows) &&
	    (cols == 0 || t->shape[1] == cols);
}

/* The product of t and a projection is not too large. */
static bool
check_size(const struct tensor *t, size_t rows, size_t cols)
{
	return cols <= PROJECTION_MOST / rows || bad((struct place){t->file,
	    0}, "tensor \"%.*s\": its projection makes a matrix "
	    "[%zu][%zu], the limit is %d numbers", TEXT_ARGS(t->name), rows,
	    cols, PROJECTION_MOST);
}

/* What direction d reads of W [rows][n P], times V, to its part of [rows]
 * [n H]. */
static void
multiply(const struct projected *p, size_t rows, const double *W, size_t d,
    double *to)
{
	size_t P = p->P, H = p->H;

	for (size_t i = 0; i < rows; i++) {
		const double *w = W + (i * p->n + d) * P;
		double *sum = to + (i * p->n + d) * H;

		memset(sum, 0, H * sizeof *sum);
		for (size_t k = 0; k < P; k++)
			for (size_t j = 0; j < H; j++)
				sum[j] += w[k] * p->V[d][k * H + j];
	}
}

/* Replace the tensor [rows][n P] by its product [rows][n H] with V of p. */
static bool
fold(struct model *m, const struct projected *p, const char *name)
{
	struct tensor *t = find(m, name);
	size_t rows = 4 * p->H, from = p->n * p->P, to = p->n * p->H;
	double *x, *W;

	if (t == NULL)
		return true;
	if (!is_numbers(t, rows, from))
		return bad((struct place){t->file, 0}, "tensor \"%.*s\" is %s, "
		    "expected [%zu][%zu]: it reads the projection "
		    "weight_hr_l%zu", TEXT_ARGS(t->name), tensor_shape(m->arena,
		    t->dims, t->shape), rows, from, p->layer);
	if (!check_size(t, rows, to))
		return false;
	W = tensor_doubles(m->arena, t);
	x = MEM_VECTOR(m->arena, rows * to, double);
	for (size_t d = 0; d < p->n; d++)
		multiply(p, rows, W, d, x);
	tensor_hold(m->arena, t, rows, to, x);
	return true;
}

/* Append RNN.projection.weight, which reads and gives a block for each
 * direction and each part of the pooling. */
static bool
append(struct model *m, const struct projected *p, const struct tensor *like)
{
	size_t blocks = p->n * m->pooling.n, P = p->P, H = p->H;
	struct tensor *all;
	double *x;

	if (blocks == 0)
		return true;	/* the pooling could not be read */
	if (!check_size(like, blocks * P, blocks * H))
		return false;
	x = MEM_VECTOR(m->arena, blocks * P * blocks * H, double);
	all = MEM_NEW(m->arena, m->tensors + 1, struct tensor);
	for (size_t b = 0; b < blocks; b++)
		for (size_t k = 0; k < P; k++)
			memcpy(x + ((b * P + k) * blocks + b) * H,
			    p->V[b % p->n] + k * H, H * sizeof *x);
	memcpy(all, m->tensor, m->tensors * sizeof *all);
	all[m->tensors] = *like;
	all[m->tensors].name = text_of(mem_printf(m->arena,
	    "%s.projection.weight", p->rnn));
	all[m->tensors].used = false;
	tensor_hold(m->arena, &all[m->tensors], blocks * P, blocks * H, x);
	m->tensor = all;
	m->tensors++;
	return true;
}

/* Read V of a direction; false with a message if it is no projection. */
static bool
read_direction(struct model *m, struct projected *p, size_t d,
    struct tensor *t)
{
	struct place at = {t->file, 0};

	if (!is_numbers(t, d == 0 ? 0 : p->P, d == 0 ? 0 : p->H))
		return bad(at, "tensor \"%.*s\" is %s, expected a projection "
		    "of the state, [proj_size][units]%s", TEXT_ARGS(t->name),
		    tensor_shape(m->arena, t->dims, t->shape), d == 0 ? "" :
		    " as in the other direction");
	p->P = t->shape[0];
	p->H = t->shape[1];
	t->used = true;
	p->V[d] = tensor_doubles(m->arena, t);
	p->n = d + 1;
	return true;
}

/* Fold the projection of a layer, whose forward tensor is t. */
static bool
fold_layer(struct model *m, const char *rnn, size_t layer, struct tensor *t)
{
	struct projected p = {.rnn = rnn, .layer = layer}, one;
	struct tensor *back = find(m, name_of(m, rnn, "weight_hr", layer, 1));

	if (!read_direction(m, &p, 0, t) ||
	    (back != NULL && !read_direction(m, &p, 1, back)))
		return false;
	for (size_t d = 0; d < p.n; d++) {
		one = p;
		one.n = 1;
		one.V[0] = p.V[d];
		if (!fold(m, &one, name_of(m, rnn, "weight_hh", layer, d)))
			return false;
	}
	if (find(m, name_of(m, rnn, "weight_hr", layer + 1, 0)) == NULL)
		return append(m, &p, t);
	for (size_t d = 0; d < p.n; d++)
		if (!fold(m, &p, name_of(m, rnn, "weight_ih", layer + 1, d)))
			return false;
	return true;
}

static bool
check_pooling(const struct model *m, const struct tensor *t)
{
	static const enum pooling_kind not[] = {POOLING_MAX,
	    POOLING_ATTENTION};

	for (size_t i = 0; i < sizeof not / sizeof *not; i++)
		if (pooling_has(&m->pooling, not[i]))
			return bad((struct place){t->file, 0}, "tensor "
			    "\"%.*s\" projects the state (proj_size), which "
			    "goes with pooling last, end and mean, but not "
			    "with %s: it is not linear in the state",
			    TEXT_ARGS(t->name), pooling_name(m->arena,
			    &m->pooling));
	return true;
}

bool
projection_fold(struct model *m)
{
	size_t n = m->tensors;

	for (size_t i = 0; i < n; i++) {
		struct text name = m->tensor[i].name;
		size_t at = name.n, layer;
		const char *rnn;

		/* RNN.weight_hr_lN: back over the digits */
		while (at > 0 && name.s[at - 1] >= '0' && name.s[at - 1] <= '9')
			at--;
		if (at == name.n || name.n - at > 2 || at < strlen(middle) ||
		    memcmp(name.s + at - strlen(middle), middle,
		    strlen(middle)) != 0 || find(m, mem_copy(m->arena, name.s,
		    name.n)) != &m->tensor[i])
			continue;
		layer = (size_t)strtoul(mem_copy(m->arena, name.s + at,
		    name.n - at), NULL, 10);
		rnn = mem_copy(m->arena, name.s, at - strlen(middle));
		if (!check_pooling(m, &m->tensor[i]) ||
		    !fold_layer(m, rnn, layer, &m->tensor[i]))
			return false;
	}
	return true;
}

bool
projection_add(struct model *m, const char *rnn, struct place at)
{
	const char *name = mem_printf(m->arena, "%s.projection", rnn);
	struct text list[STACK_MOST + 1] = {text_of(name)};

	if (find(m, mem_printf(m->arena, "%s.weight", name)) == NULL)
		return true;
	for (size_t i = 0; i < m->stack.n; i++) {
		list[i + 1] = m->stack.module[i].name;
		if (text_is(list[i + 1], name))
			return true;
	}
	return stack_name(&m->stack, list, m->stack.n + 1) || bad(at,
	    "head: %zu modules, and the projection of the state is one more; "
	    "the limit is %d", m->stack.n, STACK_MOST);
}
