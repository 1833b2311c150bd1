/* SPDX-License-Identifier: ISC */
/*
 * lanes: the loops over hidden units: steps of cells, Adam, sums of scores.
 *
 * They are written once (lanes.inc), in the few operations listed at the end of
 * lanes_path.h, and compiled for each path of cpu.h.  Every operation is IEEE
 * arithmetic on its own element, and the compiler fuses no multiplication and
 * addition that is not written as FMA, so all paths give the same bits.
 *
 * The largest error over all finite floats, in units of the last place, as
 * measured by tests/bench/lanes.c: exp 1.02, tanh 2.50, sigmoid 2.49 (below
 * -87.3, where the exact value is subnormal or nearly so, sigmoid stays at
 * 6.1e-39).
 */
#ifndef MATH_LANES_H
#define MATH_LANES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Steps of cells forwards and backwards, and back by multipliers and relevance;
 * what the arguments are stands at each.
 */
typedef void lanes_step(size_t H, const float *p, const float *q,
    const float *bias_hh, float *h, float *c, float *gate);
typedef void lanes_back(size_t H, const float *gate, const float *before,
    float *dh, float *dc, float *dq, float *dp);
typedef void lanes_reset(size_t H, const float *p, const float *q,
    const float *h, float *x);
typedef void lanes_reset_back(size_t H, const float *gate, const float *before,
    const float *dx, float *dh, float *dq, float *dp);

/*
 * A step that was run, for what compares two runs of a step: p and q as it read
 * them, the state before (QRNN, LSTM: c), and the gate that it stored.
 */
struct lanes_ran {
	const float *p, *q, *gate, *before;
};

typedef void lanes_secant(size_t H, const struct lanes_ran *now,
    const struct lanes_ran *zero, float *dh, float *dc, float *dq, float *dp);
typedef void lanes_reset_secant(size_t H, const struct lanes_ran *now,
    const struct lanes_ran *zero, const float *dx, float *dh, float *dq,
    float *dp);

struct lanes_rule;
typedef void lanes_lrp(size_t H, const struct lanes_rule *,
    const struct lanes_ran *now, const struct lanes_ran *zero, float *dh,
    float *dc, float *dq, float *dp);
typedef void lanes_reset_lrp(size_t H, const struct lanes_rule *,
    const struct lanes_ran *now, const struct lanes_ran *zero,
    const float *dx, float *dh, float *dq, float *dp);

/* A part of what a step reads, and of the state, which is replaced. */
struct lanes_third {
	const float *p, *q;	/* [H] row LANES_DIVIDED of p and q */
	float *h, *c;		/* [H] */
};

enum { LANES_DIVIDED = 2 };	/* n of a GRU, g of an LSTM */

typedef void lanes_thirds(size_t H, const struct lanes_ran *now,
    const float *bias_hh, const struct lanes_third *beta,
    const struct lanes_third *bias);
typedef void lanes_parts(size_t H, const struct lanes_ran *now,
    const struct lanes_ran *none, const float *p, const float *q, bool inside,
    float *h, float *c);

/*
 * One GRU step of one text (PyTorch's):
 *     r = sigmoid(p_r + q_r)    z = sigmoid(p_z + q_z)
 *     n = tanh(p_n + r (q_n + bias_n))
 *     h = (1 - z) n + z h
 * p is W_ih x + b_ih with b_hr and b_hz added in, [3][H] in the order r z n;
 * q is W_hh h, [3][H]; bias_n is the last row of bias_hh [3][H].  h [H] is
 * replaced; gate receives r, z, n and q_n + bias_n: [4][H].  c is not used; all
 * cells have one signature (cell.h).
 */
lanes_step lanes_gru;

/*
 * One step of a GRU whose reset gate is applied before the product (Keras's
 * reset_after=False, ONNX's linear_before_reset=0):
 *     r, z = sigmoid(p + q)     n = tanh(p_n + q_n)     h = (1 - z) n + z h
 * All biases are in p.  q_n is W_hn (r h), which the caller computes from
 * lanes_gru_reset: x = r h, [H].  gate receives r, z, n: [3][H].  Neither
 * bias_hh nor c is used.
 */
lanes_step lanes_gru_before;
lanes_reset lanes_gru_reset;

/*
 * One LSTM step:
 *     i, f, o = sigmoid(p + q)  g = tanh(p_g + q_g)
 *     c = f c + i g    h = o tanh(c)
 * p is W_ih x + b_ih + b_hh, [4][H] in the order i f g o; q is W_hh h; h and c
 * [H] are replaced.  gate receives i, f, g, o, tanh(c) and c: [6][H].  bias_hh
 * is not used.
 */
lanes_step lanes_lstm;

/*
 * One step of a plain RNN:
 *     h = tanh(p + q)    or    h = max(p + q, 0)
 * All biases are in p.  gate receives zeros, the carry (cell.h), and h: [2][H].
 * Neither bias_hh nor c is used.  ReLU has no limit: if p + q is not finite, h
 * is infinite, and so is every later state.
 */
lanes_step lanes_rnn_tanh, lanes_rnn_relu;

/*
 * Steps that are linear in the state: a and the rest depend on p alone, and q
 * is not read.
 *
 *     minGRU    z = sigmoid(p_z)    a = 1 - z    h = a h + z p_n
 *     minLSTM   f, i = sigmoid(p)   a = f / (f + i)
 *               h = a h + (1 - a) p_n
 *     QRNN      z = tanh(p_z)       f, o = sigmoid(p)
 *               c = f c + (1 - f) z    h = o c
 *     RG-LRU    r, i = sigmoid(p)   v = exp(decay) r    a = exp(-v)
 *               h = a h + sqrt(1 - a^2) i p_x
 *
 * Rows of p: z n; f i n; z f o; r i x.  decay is the last row of bias_hh
 * [3][H]; the others do not read bias_hh.  gate receives a n z; f i n a;
 * z f o c; r i x a sqrt(1 - a^2) v.  All but the QRNN's states have no limit:
 * as in ReLU, what is not finite is infinite in all later states.
 */
lanes_step lanes_mingru, lanes_minlstm, lanes_qrnn, lanes_rglru;

/*
 * The same steps backwards.  gate is what the forward step stored; before is
 * the h (LSTM: c) with which it began.  dh [H] holds the gradient of the new h
 * and receives that of the old h, without the part that passes through q; dc
 * [H] likewise for c, if there is one.  dq [G][H] is set to the gradient of q;
 * that of p is added to dp [G][H].
 */
lanes_back lanes_gru_back, lanes_lstm_back;
lanes_back lanes_rnn_tanh_back, lanes_rnn_relu_back;

/* dq is not set; lanes_rglru_back sets it to zero, and its last row to the
 * gradient of decay. */
lanes_back lanes_mingru_back, lanes_minlstm_back, lanes_qrnn_back,
    lanes_rglru_back;

/*
 * lanes_gru_before_back leaves out what flows through x: it sets dq_r to zero.
 * The caller makes dx = W_hn^T dq_n, and lanes_gru_reset_back adds what it
 * gives to dh, dq and dp.
 */
lanes_back lanes_gru_before_back;
lanes_reset_back lanes_gru_reset_back;

/*
 * The same steps back by multipliers: between the step now and the same step
 * zero, whose p, q and state before may all be others.  dh and dc hold the
 * multiplier lambda of the new state and receive M^T lambda, M the multipliers
 * of the old state, without what flows through q; dq is set and dp added to as
 * above.  What they give accounts for lambda times the whole difference of the
 * two new states.
 *
 * A product AB has the multipliers (B + B0) / 2 and (A + A0) / 2.  With k the
 * secant of a nonlinearity, ^ the mean of the two values, y = dh and w = dc:
 *
 *     GRU   a_n = y (1 - z^) k_n           dh = y z^
 *           a_z = y (h^ - n^) k_z          dq = a_r, a_z, a_n r^
 *           a_r = a_n m^ k_r               dp += a_r, a_z, a_n
 *
 *     GRU   the same with dq = 0, a_z, a_n, and then, from dx:
 *     reset before  a_r = dx h^ k_r        dh += dx r^
 *                                          dq, dp += a_r, 0, 0
 *
 *     LSTM  w' = w + y o^ k_tanh           dh = 0
 *           a_i = w' g^ k_i                dc = w' f^
 *           a_f = w' c^ k_f                dq = a_i, a_f, a_g, a_o
 *           a_g = w' i^ k_g                dp += a_i, a_f, a_g, a_o
 *           a_o = y s^ k_o
 *
 *     RNN   a = y k                        dh = 0
 *                                          dq = a    dp += a
 *
 * Steps that are linear in the state have dh = y a^ (QRNN: of c), and leave dq;
 * lanes.inc has their secants.
 *
 * h^ and c^ are those of before; m is q_n + bias_n, s is tanh(c).  Where the
 * two arguments of a nonlinearity differ by less than LANES_NEAR, k is instead
 * its derivative at the mean of its two values: the quotient would have lost
 * its digits.  ReLU does not need this.
 */
#define LANES_NEAR 1e-2f

lanes_secant lanes_gru_secant, lanes_gru_before_secant, lanes_lstm_secant;
lanes_reset_secant lanes_gru_reset_secant;
lanes_secant lanes_rnn_tanh_secant, lanes_rnn_relu_secant;
lanes_secant lanes_mingru_secant, lanes_minlstm_secant, lanes_qrnn_secant,
    lanes_rglru_secant;

/*
 * The same steps back by layer-wise relevance propagation (Bach et al. 2015;
 * Arras et al. 2017).  A number x of the step has the relevance R = lambda
 * (x - x0), lambda its multiplier; x0 is zero in LRP itself, where all of zero
 * is zeros.  A sum x = sum of x_i gives each term its share by the epsilon
 * rule:
 *
 *     R_i = R x_i / (x + epsilon sign(x))        sign(0) = 1
 *
 * Terms that are biases keep theirs, and epsilon takes a part.  A nonlinearity
 * hands its relevance to its argument.  In a product of a gate and a source,
 * the gate takes the part rule->gate of the relevance, and the source the rest:
 *
 *     all    0      the source takes all (Arras et al. 2017)
 *     half   1/2    (Arjona-Medina et al. 2018; Arras et al. 2019)
 *
 *     LSTM       c = f c' + i g, h = o tanh(c)     gates i, f, o
 *     GRU        h = z h' + (1 - z) n              gates z, 1 - z, r
 *     minGRU, minLSTM  h = a h' + (1 - a) n        gates a, 1 - a
 *     QRNN       c = f c' + (1 - f) z, h = o c     gates f, 1 - f, o
 *     RG-LRU     h = a h' + b i x                  gates a, and b i
 *
 * The relevance of h, o times a number, goes to o and to c without epsilon.  A
 * sum that is multiplied by a gate has no epsilon of its own: r (W h + b) in a
 * GRU, and n in a minGRU, minLSTM and RG-LRU, are sums with the weights times
 * the gate.  If gates take a part, a gate of two arguments, as a of a minLSTM,
 * gives each half of it; and so do two gates of one source, as b and i.
 */
struct lanes_rule {
	float epsilon, gate;
};

lanes_lrp lanes_gru_lrp, lanes_gru_before_lrp, lanes_lstm_lrp, lanes_rnn_lrp;
lanes_reset_lrp lanes_gru_reset_lrp;
lanes_lrp lanes_mingru_lrp, lanes_minlstm_lrp, lanes_qrnn_lrp, lanes_rglru_lrp;

/*
 * The same cells with hard gates: each sigmoid is x LANES_HARD + 1 / 2, cut to
 * 0 to 1.  Its slope is zero where it is cut.  Their relevance is the same.
 */
#define LANES_HARD (1.0f / 6)

lanes_step lanes_gru_hard, lanes_gru_before_hard, lanes_lstm_hard;
lanes_back lanes_gru_back_hard, lanes_gru_before_back_hard,
    lanes_lstm_back_hard;
lanes_secant lanes_gru_secant_hard, lanes_gru_before_secant_hard,
    lanes_lstm_secant_hard;
lanes_reset lanes_gru_reset_hard;
lanes_reset_back lanes_gru_reset_back_hard;
lanes_reset_secant lanes_gru_reset_secant_hard;

/*
 * The part of a span of words in a step, by contextual decomposition (Murdoch
 * et al. 2018).  Each number of the step is the sum of three parts: beta of the
 * span, gamma of all else, and that of the biases.  now is the step of the
 * text, none one that read nothing, whose p are the biases; p and q are beta's
 * parts of now's.  h and c are replaced: beta's parts of the state.
 *
 * A nonlinearity of z = beta + gamma + b gives f(b) to the bias and
 *
 *     (f(beta + b) - f(b) + f(z) - f(gamma + b)) / 2      to beta
 *
 * A product belongs to beta if its factors are of beta, or of beta and a bias;
 * to gamma, if one factor is; and the product of two biases to beta inside of
 * the span, and to gamma outside.  An LSTM's gate o is not divided.
 *
 *     LSTM  c = f c' + i g, h = o tanh(c)      tanh without a bias
 *     GRU   h = z h' + (1 - z) n               n reads r (W h' + b_hn), whose
 *           product of two biases is a bias of n; 1 - z is -z of beta and
 *           gamma, and 1 - z of the biases
 */
lanes_parts lanes_gru_parts, lanes_lstm_parts;
lanes_parts lanes_gru_parts_hard, lanes_lstm_parts_hard;

/*
 * The same by generalised contextual decomposition (Jumelet et al. 2019, as
 * GCDTensor of their library has it).  The biases are a part that goes through
 * the states, too: beta, gamma and bias are three parts of each number.  A gate
 * multiplies each part of its source as a whole, so of p and q a part has one
 * row, that of the tanh, which is divided by the Shapley values of its three
 * parts.  bias_hh has the b_hn of a GRU.
 */
lanes_thirds lanes_gru_thirds, lanes_lstm_thirds;

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

/* to = to + x, the sums of gradients. */
void lanes_add(size_t n, const float *x, float *to);

/*
 * The loops of the scores in reat.c and of stacked.c, in double precision:
 *
 *     dot           returns the sum of W x: LANES_BLOCK partial sums, which
 *                   are then added in pairs, in the same order on every path
 *     dots          sets y [rows] to the dot of each row of W [rows][H]
 *     carry         sets G = R + after G
 *     reach         the same, and x = (s - a before) G
 */
double lanes_dot(size_t H, const float *W, const double *x);
void lanes_dots(size_t rows, size_t H, const float *W, const double *x,
    double *y);
void lanes_carry(size_t H, const double *R, const float *after, double *G);
void lanes_reach(size_t H, const double *R, const float *after,
    const float *s, const float *a, const float *before, double *G, double *x);

/*
 * The quadrature of shapley (reat.c) for LANES_UNITS hidden units of one text.
 * s, a, R and x have a row of LANES_UNITS for each step in reading order: s has
 * T + 1 rows, and the first is zero (before the text); a has T + 1, and the
 * last is zero; R and x have T.  For each node q and its weight
 *
 *     l_k = (s_k - a_k s_{k-1}) - (1 - a_k) v_{k-1}     v_k = v_{k-1} + q l_k
 *     G_k = R_k + (1 - q (1 - a_{k+1})) G_{k+1}
 *     x_k += weight l_k G_k
 *
 * nodes is a multiple of LANES_NODES.  l is scratch, [T][LANES_NODES]
 * [LANES_UNITS].  Arrays are aligned to 64 bytes.
 */
enum { LANES_UNITS = 16, LANES_NODES = 4 };

void lanes_shapley(size_t T, size_t nodes, const double *q,
    const double *weight, const float *s, const float *a, const double *R,
    double *l, double *x);

/*
 * The loops of delta.c, for every word at every scale:
 *
 *     line     sets p = q P + b
 *     along    returns the sum of P d, in double precision, in the order of dot
 */
void lanes_line(size_t n, float q, const float *P, const float *b, float *p);
double lanes_along(size_t n, const float *P, const float *d);

/*
 * Floats as 8 hexadecimal digits each, the most significant first, and back.
 * from_hex accepts upper case too; it returns false if a character is not a
 * digit or a float is not finite.
 */
void lanes_to_hex(size_t n, const float *v, char *to);
bool lanes_from_hex(size_t n, const char *from, float *v);

/* The same from 4 digits each: IEEE 754 half precision. */
bool lanes_from_half(size_t n, const char *from, float *v);

/* True if all numbers of v are in [least, most]; NaN is in none. */
bool lanes_within(size_t n, const float *v, float least, float most);

/* y = f(x), elementwise; x may be y. */
void lanes_exp(size_t n, const float *x, float *y);
void lanes_tanh(size_t n, const float *x, float *y);
void lanes_sigmoid(size_t n, const float *x, float *y);

#endif
