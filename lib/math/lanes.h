/* SPDX-License-Identifier: ISC */
/*
 * lanes: the arithmetic of a step, all hidden units at once.
 *
 * Written once, in the few operations of lanes.c's table, and compiled for each
 * path of cpu.h.  Every operation is IEEE arithmetic on its own element and
 * nothing is contracted but what is written as a fused multiply-add, so all
 * paths give the same bits.
 *
 * Largest error over all finite floats, in units of the last place, measured
 * by tests/bench/lanes.c: exp 1.02, tanh 2.50, sigmoid 2.49 (below -87.3,
 * where the exact value is subnormal or nearly so, it stays at 6.1e-39).
 */
#ifndef MATH_LANES_H
#define MATH_LANES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * One GRU step of one text (PyTorch's):
 *     r = sigmoid(p_r + q_r)    z = sigmoid(p_z + q_z)
 *     n = tanh(p_n + r (q_n + bias_n))
 *     h = (1 - z) n + z h
 * p is W_ih x + b_ih with b_hr and b_hz added in, [3][H] in the order r z n;
 * q is W_hh h, [3][H]; bias_n is the last row of bias_hh [3][H].  h [H] is
 * replaced; gate receives r, z, n and q_n + bias_n: [4][H].  c is not used: all
 * cells have one signature (cell.h).
 */
void lanes_gru(size_t H, const float *p, const float *q, const float *bias_hh,
    float *h, float *c, float *gate);

/*
 * One LSTM step:
 *     i, f, o = sigmoid(p + q)  g = tanh(p_g + q_g)
 *     c = f c + i g    h = o tanh(c)
 * p is W_ih x + b_ih + b_hh, [4][H] in the order i f g o; q is W_hh h; h and c
 * [H] are replaced.  gate receives i, f, g, o, tanh(c) and c: [6][H].  bias_hh
 * is not used.
 */
void lanes_lstm(size_t H, const float *p, const float *q, const float *bias_hh,
    float *h, float *c, float *gate);

/*
 * The same steps backwards.  gate is what the forward step stored, before the
 * h (LSTM: c) that it started from.  dh [H] comes in as the gradient of h and
 * goes out as the part of the gradient of the h before that does not pass
 * through q; dc [H] likewise for c, if there is one.  dq [G][H] is set to the
 * gradient of q, and that of p is added to dp [G][H].
 */
void lanes_gru_back(size_t H, const float *gate, const float *before,
    float *dh, float *dc, float *dq, float *dp);
void lanes_lstm_back(size_t H, const float *gate, const float *before,
    float *dh, float *dc, float *dq, float *dp);

/*
 * A step of Adam (adam.h), n numbers; g is the gradient:
 *     g = g + decay x    m = b1 m + (1 - b1) g    v = b2 v + (1 - b2) g^2
 *     x = x - rate m / (sqrt(v) root + eps)
 */
struct lanes_adam {
	float b1, b2, rate, root, eps, decay;
};

void lanes_adam(size_t n, const struct lanes_adam *, const float *g, float *x,
    float *m, float *v);

/*
 * What the scores in reat.c are made of, in double precision:
 *
 *     dot           sum of W x, in an order of its own that no path changes
 *     written       e = s - a before
 *     carry         G = R + after G
 */
double lanes_dot(size_t H, const float *W, const double *x);
void lanes_written(size_t H, const float *s, const float *a,
    const float *before, double *e);
void lanes_carry(size_t H, const double *R, const float *after, double *G);

/*
 * The quadrature of shapley (reat.c) for LANES_UNITS hidden units of one text.
 * Rows of LANES_UNITS, of steps in reading order: s [T + 1], of which the first
 * is the zeros before the text; a [T + 1], the last zeros; R [T].  For each
 * node q with its weight, whose number is a multiple of LANES_NODES,
 *
 *     l_k = (s_k - a_k s_{k-1}) - (1 - a_k) v_{k-1}     v_k = v_{k-1} + q l_k
 *     G_k = R_k + (1 - q (1 - a_{k+1})) G_{k+1}
 *
 * and x [T] += weight l G.  l is scratch, [T][LANES_NODES][LANES_UNITS].
 * Aligned to 64 bytes.
 */
enum { LANES_UNITS = 16, LANES_NODES = 4 };

void lanes_shapley(size_t T, size_t nodes, const double *q,
    const double *weight, const float *s, const float *a, const double *R,
    double *l, double *x);

/*
 * What delta.c does with every word at every scale:
 *
 *     line     p = q P + b
 *     along    sum of P d, in double precision and in dot's order
 */
void lanes_line(size_t n, float q, const float *P, const float *b, float *p);
double lanes_along(size_t n, const float *P, const float *d);

/*
 * Floats as 8 hexadecimal digits each, the most significant first, and back,
 * from capitals too.  from is false if one is no digit or a float not finite.
 */
void lanes_to_hex(size_t n, const float *v, char *to);
bool lanes_from_hex(size_t n, const char *from, float *v);

/* y = f(x), elementwise; x may be y. */
void lanes_exp(size_t n, const float *x, float *y);
void lanes_tanh(size_t n, const float *x, float *y);
void lanes_sigmoid(size_t n, const float *x, float *y);

#endif
