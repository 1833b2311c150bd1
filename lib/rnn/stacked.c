/* SPDX-License-Identifier: ISC */
/*
 * The secant of a module between the values x0 and x, in place of its
 * derivative: the matrix M with y - y0 = M (x - x0).  Back, dx = M^T dy.
 *
 *     linear      y = W x + b           M = W
 *     batch norm  y = g (x - mean) / sqrt(variance + epsilon) + b
 *                                       M is its factor: it is linear, too
 *     activation  y = f(x)              M = (f(x) - f(x0)) / (x - x0)
 *
 * (the rule Rescale of DeepLIFT, Shrikumar et al. 2017).  A layer norm of n
 * numbers divides by its own deviation; with c = x - mean(x), v = mean(c^2)
 * and s = sqrt(v + epsilon)
 *
 *     c / s - c0 / s0 = (c - c0) / s + c0 (1 / s - 1 / s0)
 *     1 / s - 1 / s0  = -(v - v0) / (s s0 (s + s0))
 *     v - v0          = (c + c0) . (c - c0) / n
 *
 * so with u = g dy
 *
 *     d = u / s - (u . c0) (c + c0) / (n s s0 (s + s0)),  dx = d - mean(d)
 *
 * At x = x0 this is the derivative.  At c0 = 0, as after zero features, the
 * deviation of x is held, which is what others do (Ali et al. 2022).  To split
 * the difference evenly instead would multiply by 1 / s0, about 300.
 *
 * Easy to get wrong: near x = x0 the quotient of an activation cancels, and the
 * derivative half way is exact enough; but not for relu, whose quotient never
 * cancels, and whose derivative jumps.
 */
#include "rnn/stacked.h"

#include <math.h>

#include "base/mem.h"
#include "math/lanes.h"

#define NEAR 1e-5

/* ---- activations ---- */

static double
sigmoid(double x)
{
	return 1 / (1 + exp(-x));
}

static double
relu(double x)
{
	return x > 0 ? x : 0;
}

static double
relu_slope(double x)
{
	return x > 0;
}

static double
tanh_slope(double x)
{
	double y = tanh(x);

	return 1 - y * y;
}

/* Phi: the distribution function of the normal distribution. */
static double
phi(double x)
{
	return 0.5 * erfc(-x * 0.70710678118654752440);
}

static double
gelu(double x)
{
	return x * phi(x);
}

static double
gelu_slope(double x)
{
	return phi(x) + x * exp(-x * x / 2) * 0.39894228040143267794;
}

static double
sigmoid_slope(double x)
{
	return sigmoid(x) * sigmoid(-x);
}

static double
silu(double x)
{
	return x * sigmoid(x);
}

static double
silu_slope(double x)
{
	return sigmoid(x) * (1 + x * sigmoid(-x));
}

static double
elu(double x)
{
	return x > 0 ? x : expm1(x);
}

static double
elu_slope(double x)
{
	return x > 0 ? 1 : exp(x);
}

static double
leaky(double x)
{
	return x > 0 ? x : 0.01 * x;
}

static double
leaky_slope(double x)
{
	return x > 0 ? 1 : 0.01;
}

static const struct activation {
	double (*f)(double), (*slope)(double);
	bool straight;		/* made of straight lines */
} activations[STACK_ACTIVATIONS] = {
	[STACK_RELU] = {relu, relu_slope, true},
	[STACK_TANH] = {tanh, tanh_slope, false},
	[STACK_GELU] = {gelu, gelu_slope, false},
	[STACK_SIGMOID] = {sigmoid, sigmoid_slope, false},
	[STACK_SILU] = {silu, silu_slope, false},
	[STACK_ELU] = {elu, elu_slope, false},
	[STACK_LEAKY] = {leaky, leaky_slope, true},
};

static double
secant(const struct activation *a, double x0, double x)
{
	double apart = fabs(x - x0);

	/* of two infinities, too: then the text has no result */
	if (!(apart > (a->straight ? 0 : NEAR)))
		return a->slope(x0 + (x - x0) / 2);
	return (a->f(x) - a->f(x0)) / (x - x0);
}

/* ---- norms ---- */

/* The factor of unit j of a batch norm. */
static double
factor(const struct stack_module *a, double epsilon, size_t j)
{
	return (double)a->weight[j] / sqrt((double)a->variance[j] +
	    epsilon);
}

/* Set c [n] to x less its mean; returns the deviation s. */
static double
centre(size_t n, const double *x, double epsilon, double *c)
{
	double mean = 0, v = 0;

	for (size_t j = 0; j < n; j++)
		mean += x[j];
	mean /= (double)n;
	for (size_t j = 0; j < n; j++) {
		c[j] = x[j] - mean;
		v += c[j] * c[j];
	}
	return sqrt(v / (double)n + epsilon);
}

/* ---- modules ---- */

/* A module's values y [out] from x [in]. */
typedef void run_module(const struct stack_module *, double epsilon,
    const double *x, double *y);

/* dx [in] from dy [out]; x0 and x [in] are two values that the module reads. */
typedef void back_module(const struct stack_module *, double epsilon,
    struct arena *, const double *x0, const double *x, const double *dy,
    double *dx);

static void
run_activation(const struct stack_module *a, double epsilon,
    const double *x, double *y)
{
	(void)epsilon;
	for (size_t j = 0; j < a->in; j++)
		y[j] = activations[a->kind].f(x[j]);
}

static void
back_activation(const struct stack_module *a, double epsilon,
    struct arena *arena, const double *x0, const double *x, const double *dy,
    double *dx)
{
	(void)epsilon, (void)arena;
	for (size_t j = 0; j < a->in; j++)
		dx[j] = dy[j] * secant(&activations[a->kind], x0[j], x[j]);
}

static void
run_linear(const struct stack_module *a, double epsilon,
    const double *x, double *y)
{
	(void)epsilon;
	lanes_dots(a->out, a->in, a->weight, x, y);
	for (size_t k = 0; k < a->out; k++)
		y[k] += (double)a->bias[k];
}

static void
back_linear(const struct stack_module *a, double epsilon,
    struct arena *arena, const double *x0, const double *x, const double *dy,
    double *dx)
{
	(void)epsilon, (void)arena, (void)x0, (void)x;
	lanes_dots(a->in, a->out, a->back, dy, dx);
}

static void
run_batch_norm(const struct stack_module *a, double epsilon,
    const double *x, double *y)
{
	for (size_t j = 0; j < a->in; j++)
		y[j] = factor(a, epsilon, j) * (x[j] - (double)a->mean[j]) +
		    (double)a->bias[j];
}

static void
back_batch_norm(const struct stack_module *a, double epsilon,
    struct arena *arena, const double *x0, const double *x, const double *dy,
    double *dx)
{
	(void)arena, (void)x0, (void)x;
	for (size_t j = 0; j < a->in; j++)
		dx[j] = factor(a, epsilon, j) * dy[j];
}

static void
run_layer_norm(const struct stack_module *a, double epsilon,
    const double *x, double *y)
{
	double deviation = centre(a->in, x, epsilon, y);

	for (size_t j = 0; j < a->in; j++)
		y[j] = (double)a->weight[j] * y[j] / deviation +
		    (double)a->bias[j];
}

static void
back_layer_norm(const struct stack_module *a, double epsilon,
    struct arena *arena, const double *x0, const double *x, const double *dy,
    double *dx)
{
	size_t n = a->in;
	double *c0 = MEM_VECTOR(arena, n, double);
	double *c = MEM_VECTOR(arena, n, double);
	double s0 = centre(n, x0, epsilon, c0);
	double s = centre(n, x, epsilon, c), along = 0, mean = 0;

	for (size_t j = 0; j < n; j++)
		along += (double)a->weight[j] * dy[j] * c0[j];
	along /= (double)n * s * s0 * (s + s0);
	for (size_t j = 0; j < n; j++) {
		dx[j] = (double)a->weight[j] * dy[j] / s - along *
		    (c[j] + c0[j]);
		mean += dx[j] / (double)n;
	}
	for (size_t j = 0; j < n; j++)
		dx[j] -= mean;
}

static const struct operation {
	run_module *run;
	back_module *back;
} activation = {run_activation, back_activation}, with_tensors[] = {
	[STACK_LINEAR - STACK_ACTIVATIONS] = {run_linear, back_linear},
	[STACK_BATCH_NORM - STACK_ACTIVATIONS] = {run_batch_norm,
	    back_batch_norm},
	[STACK_LAYER_NORM - STACK_ACTIVATIONS] = {run_layer_norm,
	    back_layer_norm},
};

static const struct operation *
operation(const struct stack_module *a)
{
	return a->kind < STACK_ACTIVATIONS ? &activation :
	    &with_tensors[a->kind - STACK_ACTIVATIONS];
}

/* ---- the whole ---- */

struct stacked
stacked_new(struct arena *arena, const struct stack *s, size_t columns)
{
	struct stacked v = {.x[0] = MEM_VECTOR(arena, columns, double)};

	for (size_t i = 0; i < s->n; i++)
		v.x[i + 1] = MEM_VECTOR(arena, s->module[i].out, double);
	return v;
}

void
stacked_run(const struct stack *s, double epsilon, const struct stacked *v)
{
	for (size_t i = 0; i < s->n; i++)
		operation(&s->module[i])->run(&s->module[i], epsilon, v->x[i],
		    v->x[i + 1]);
}

void
stacked_back(const struct stack *s, double epsilon, struct arena *arena,
    const struct stacked *from, const struct stacked *to, const double *dy,
    double *dx)
{
	for (size_t i = s->n; i-- > 0; ) {
		const struct stack_module *a = &s->module[i];
		double *its = i == 0 ? dx : MEM_VECTOR(arena, a->in, double);

		operation(a)->back(a, epsilon, arena, from->x[i], to->x[i], dy,
		    its);
		dy = its;
	}
}

/* x - x0 [n], or x if x0 is NULL. */
static double
less(const double *x, const double *x0, size_t j)
{
	return x[j] - (x0 == NULL ? 0 : x0[j]);
}

static double
stable(double x, double stabilizer)
{
	return x + (x >= 0 ? stabilizer : -stabilizer);
}

/*
 * R [out] is the relevance of what a module gives; set that of what it reads,
 * and dx [in], its multiplier.  Relevance at zero has none: of the activations
 * only a sigmoid gives it there.
 */
static void
lrp_module(const struct stack_module *a, double epsilon, struct arena *arena,
    double stabilizer, const double *x0, const double *x, const double *y0,
    const double *y, double *R, double *dx)
{
	double *dy = MEM_VECTOR(arena, a->out, double);

	if (a->kind < STACK_ACTIVATIONS) {
		for (size_t j = 0; j < a->in; j++) {
			double d = less(x, x0, j);

			dx[j] = d < 0 || d > 0 ? R[j] / d : 0;
		}
		return;
	}
	for (size_t k = 0; k < a->out; k++)
		dy[k] = R[k] / stable(less(y, y0, k), stabilizer);
	/* the deviation of a layer norm is held: as from zero to x */
	operation(a)->back(a, epsilon, arena, MEM_VECTOR(arena, a->in, double),
	    x, dy, dx);
	for (size_t j = 0; j < a->in; j++)
		R[j] = dx[j] * less(x, x0, j);
}

void
stacked_lrp(const struct stack *s, double epsilon, struct arena *arena,
    double stabilizer, const struct stacked *from, const struct stacked *to,
    const double *dy, double *dx)
{
	size_t widest = 0;
	double *R;

	for (size_t i = 0; i < s->n; i++) {
		widest = s->module[i].in > widest ? s->module[i].in : widest;
		widest = s->module[i].out > widest ? s->module[i].out : widest;
	}
	R = MEM_VECTOR(arena, widest, double);
	for (size_t k = 0; s->n > 0 && k < s->module[s->n - 1].out; k++)
		R[k] = dy[k] * less(to->x[s->n], from == NULL ? NULL :
		    from->x[s->n], k);
	for (size_t i = s->n; i-- > 0; )
		lrp_module(&s->module[i], epsilon, arena, stabilizer,
		    from == NULL ? NULL : from->x[i], to->x[i],
		    from == NULL ? NULL : from->x[i + 1], to->x[i + 1], R,
		    i == 0 ? dx : MEM_VECTOR(arena, s->module[i].in, double));
}
