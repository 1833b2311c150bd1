/* SPDX-License-Identifier: ISC */
/*
 * cell: each row of cells[] is consistent, and its keys are in trace_keys.c;
 * its step has the form that the scores need, its step back is the derivative
 * of its step, the multipliers account for the whole difference of two steps,
 * and relevance is kept.
 */
#include "model/cell.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "check.h"
#include "math/lanes.h"
#include "math/random.h"
#include "stream/block.h"
#include "stream/trace_keys.h"

enum { H = 5, ROWS = 8 };	/* ROWS: the most G or K of these tests */

static struct arena *arena;

/* ---- the row ---- */

/* True if trace_strip removes this key from MISC. */
static bool
is_stripped(const char *key)
{
	const char *form = "# sent_id = x\n1\ta\t_\t_\t_\t_\t_\t_\t_\t%s\n";
	struct output got = output_to(-1, NULL);
	struct text text = text_of(mem_printf(arena, form,
	    mem_printf(arena, "%s=1", key)));
	struct block b;
	const char *want = mem_printf(arena, form, "_");
	bool same;

	if (!conllu_parse(arena, text, (struct place){"x", 1}, &b))
		return false;
	trace_strip(&b);
	conllu_write(&b, &got);
	same = got.n > strlen(want) - 1 &&
	    memcmp(got.buf, want, strlen(want)) == 0;
	output_done(&got, 0);
	return same;
}

static bool
is_free(const char *key, size_t d)
{
	const struct trace_keys *k = &trace_keys[d];
	const char *const taken[] = {k->state, k->carry, k->output, k->readout,
	    k->hidden};

	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (strcmp(taken[i], key) == 0)
			return false;
	return true;
}

static void
check_row(const struct cell_kind *c, const char *name)
{
	int K = (int)c->K;

	CHECK(c->noun != NULL && c->step != NULL && c->back != NULL &&
	    c->G > 0 && c->G <= ROWS && c->K > 0 && c->K <= ROWS &&
	    c->inner <= c->G && c->second <= c->G &&
	    (c->reset != NULL) == (c->second < c->G),
	    "%s: sizes and functions", name);
	CHECK(c->A >= 0 && c->A < K && c->S >= CELL_NO_ROW && c->S < K &&
	    c->O >= CELL_NO_ROW && c->O < K, "%s: rows of gate[]", name);
	for (size_t i = 0; i < CELL_GATES_MOST && c->gates[i].key[0] != NULL;
	    i++) {
		CHECK(c->gates[i].row < c->K, "%s: row of %s", name,
		    c->gates[i].key[0]);
		for (size_t d = 0; d < 2; d++)
			CHECK(is_free(c->gates[i].key[d], d) &&
			    is_stripped(c->gates[i].key[d]), "%s: key %s is in "
			    "trace_keys.c, and has no other meaning", name,
			    c->gates[i].key[d]);
	}
}

/* ---- the step ---- */

static double
dot(const float *a, const float *b, size_t n)
{
	double sum = 0.0;

	for (size_t i = 0; i < n; i++)
		sum += (double)a[i] * (double)b[i];
	return sum;
}

struct state {
	float p[ROWS * H], q[ROWS * H], bias[ROWS * H], h[H], c[H];
};

/* Returns the state after a step from s; sets gate [K][H]. */
static struct state
stepped(const struct cell_kind *c, const struct state *s, float *gate)
{
	struct state to = *s;

	c->step(H, s->p, s->q, s->bias, to.h, c->has_c ? to.c : NULL, gate);
	return to;
}

static void
draw(struct random *random, float *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		x[i] = (float)(0.7 * random_normal(random));
}

/* dh . h + dc . c after the step, in double precision. */
static double
result(const struct cell_kind *c, const struct state *s, const float *dh,
    const float *dc)
{
	float gate[ROWS * H];
	struct state to = stepped(c, s, gate);
	double sum = 0.0;

	for (size_t i = 0; i < H; i++)
		sum += (double)dh[i] * (double)to.h[i] + (c->has_c ?
		    (double)dc[i] * (double)to.c[i] : 0.0);
	return sum;
}

/* The largest difference between g [n] and the slopes of result at x [n]. */
static double
worst(const struct cell_kind *c, struct state *s, float *x, size_t n,
    const float *dh, const float *dc, const float *g)
{
	const float by = 0x1p-7f;
	double largest = 0.0;

	for (size_t i = 0; i < n; i++) {
		float x0 = x[i];
		double up, down;

		x[i] = x0 + by;
		up = result(c, s, dh, dc);
		x[i] = x0 - by;
		down = result(c, s, dh, dc);
		x[i] = x0;
		largest = fmax(largest, fabs((up - down) / (2.0 * (double)by) -
		    (double)g[i]));
	}
	return largest;
}

/* The largest difference of row k of gate, if it is not zero, from the gate
 * of p + q. */
static double
gate_off(const struct cell_kind *c, const struct state *s, const float *gate,
    int k)
{
	double off = 0.0;

	for (size_t i = 0; i < H && k != CELL_NO_ROW &&
	    dot(gate + (size_t)k * H, gate + (size_t)k * H, H) > 0; i++) {
		size_t at = (size_t)k * H + i;
		double x = (double)s->p[at] + (double)s->q[at];
		double want = c->hard ? fmin(1.0, fmax(0.0, x / 6.0 + 0.5)) :
		    1.0 / (1.0 + exp(-x));

		off = fmax(off, fabs((double)gate[at] - want));
	}
	return off;
}

static void
check_step(const struct cell_kind *c, const char *name)
{
	struct random random = random_seeded(11, 0);
	float gate[ROWS * H], dq[ROWS * H], dp[ROWS * H] = {0};
	float dh[H], dc[H], gh[H], gc[H];
	double off = 0.0;
	bool in_range = true;
	struct state s = {.h = {0}}, to;

	draw(&random, s.p, ROWS * H);
	draw(&random, s.q, ROWS * H);
	draw(&random, s.bias, ROWS * H);
	draw(&random, s.h, H);
	for (size_t i = 0; i < H; i++)
		s.h[i] = tanhf(s.h[i]);
	draw(&random, s.c, H);
	draw(&random, dh, H);
	draw(&random, dc, H);
	for (size_t i = 0; i < H && !c->tanh; i++)
		s.c[i] = tanhf(s.c[i]);
	if (c->linear)
		memset(s.q, 0, sizeof s.q);
	to = stepped(c, &s, gate);
	for (size_t i = 0; i < H; i++) {
		double S = c->S == CELL_NO_ROW ? (double)to.h[i] :
		    (double)gate[(size_t)c->S * H + i];
		double O = c->O == CELL_NO_ROW ? 1.0 :
		    (double)gate[(size_t)c->O * H + i];

		double A = (double)gate[(size_t)c->A * H + i];

		off = fmax(off, fabs(O * S - (double)to.h[i]));
		in_range = in_range && S >= (double)c->low &&
		    S <= (double)c->high && A >= 0.0 &&
		    A <= 1.0 && O >= 0.0 && O <= 1.0;
	}
	CHECK(off < 1e-6, "%s: h = O S", name);
	CHECK((c->carry_back != NULL || gate_off(c, &s, gate, c->A) < 1e-6) &&
	    gate_off(c, &s, gate, c->O) < 1e-6,
	    "%s: A and O are the gates of p + q", name);
	for (size_t i = 0; i < H && c->S != CELL_NO_ROW; i++)
		CHECK(fabs((c->tanh ? tanh((double)to.c[i]) : (double)to.c[i])
		    - (double)gate[(size_t)c->S * H + i]) < 1e-6,
		    "%s: S = c or tanh c", name);
	CHECK(in_range, "%s: S in its range, A and O in 0 to 1", name);
	memcpy(gh, dh, sizeof gh);
	memcpy(gc, dc, sizeof gc);
	c->back(H, gate, c->has_c ? s.c : s.h, gh, gc, dq, dp);
	CHECK(worst(c, &s, s.p, c->G * H, dh, dc, dp) < 1e-4,
	    "%s: the gradient of p", name);
	CHECK(c->linear || worst(c, &s, s.q, c->G * H, dh, dc, dq) < 1e-4,
	    "%s: the gradient of q", name);
	CHECK(worst(c, &s, s.bias + c->inner * H, (c->G - c->inner) * H, dh,
	    dc, dq + c->inner * H) < 1e-4, "%s: the gradient of b_hh", name);
	CHECK(worst(c, &s, s.h, H, dh, dc, gh) < 1e-4,
	    "%s: the gradient of h", name);
	CHECK(!c->has_c || worst(c, &s, s.c, H, dh, dc, gc) < 1e-4,
	    "%s: the gradient of c", name);
}

/* dA . a, of which the slopes at x [n] are compared with g. */
static double
carry_off(const struct cell_kind *c, struct state *s, const float *dA, float *x,
    size_t n, const float *g)
{
	const float by = 0x1p-7f;
	float gate[ROWS * H], *a = gate + (size_t)c->A * H;
	double largest = 0.0;

	for (size_t i = 0; i < n; i++) {
		float x0 = x[i];
		double up, down;

		x[i] = x0 + by;
		stepped(c, s, gate);
		up = dot(dA, a, H);
		x[i] = x0 - by;
		stepped(c, s, gate);
		down = dot(dA, a, H);
		x[i] = x0;
		largest = fmax(largest, fabs((up - down) / (2.0 * (double)by) -
		    (double)g[i]));
	}
	return largest;
}

static void
check_carry(const struct cell_kind *c, const char *name)
{
	struct random random = random_seeded(9, 0);
	float gate[ROWS * H], dA[H], dq[ROWS * H] = {0}, dp[ROWS * H] = {0};
	struct state s = {.h = {0}};

	draw(&random, s.p, ROWS * H);
	draw(&random, s.q, ROWS * H);
	draw(&random, s.bias, ROWS * H);
	draw(&random, dA, H);
	stepped(c, &s, gate);
	cell_add_carry(c, H, gate, dA, dq, dp);
	CHECK(carry_off(c, &s, dA, s.p, c->G * H, dp) < 1e-4 &&
	    (c->linear ? carry_off(c, &s, dA, s.bias + c->inner * H,
	    (c->G - c->inner) * H, dq + c->inner * H) :
	    carry_off(c, &s, dA, s.q, c->G * H, dq)) < 1e-4,
	    "%s: the gradient of the carry", name);
}

/* A cell without limit: what is not finite stays so in all later states. */
static void
check_overflow(const struct cell_kind *c, const char *name)
{
	static const float bad[] = {HUGE_VALF, -HUGE_VALF, NAN};
	float gate[ROWS * H];
	bool kept = true;

	for (size_t i = 0; i < 3 * c->G; i++) {
		struct state s = {.h = {0}};

		s.p[i / 3 * H + 1] = bad[i % 3];
		s = stepped(c, &s, gate);
		kept = kept && s.h[1] >= HUGE_VALF;
		/* W_hh h is infinite or NaN, if there is such a product */
		for (size_t k = 0; k < ROWS * H; k++) {
			s.p[k] = 0;
			s.q[k] = -HUGE_VALF;
		}
		s = stepped(c, &s, gate);
		kept = kept && s.h[1] >= HUGE_VALF;
	}
	CHECK(kept, "%s: an overflow is infinite to the end", name);
}

/* ---- the second product ---- */

/* dx . x, of which the slopes at v [n] are compared with g. */
static double
reset_off(const struct cell_kind *c, struct state *s, const float *dx, float *v,
    size_t n, const float *g)
{
	const float by = 0x1p-7f;
	double largest = 0.0;

	for (size_t i = 0; i < n; i++) {
		float v0 = v[i], x[H];
		double up, down;

		v[i] = v0 + by;
		c->reset(H, s->p, s->q, s->h, x);
		up = dot(dx, x, H);
		v[i] = v0 - by;
		c->reset(H, s->p, s->q, s->h, x);
		down = dot(dx, x, H);
		v[i] = v0;
		largest = fmax(largest, fabs((up - down) / (2.0 * (double)by) -
		    (double)g[i]));
	}
	return largest;
}

/* What a step has read and kept, to compare it with another. */
static struct lanes_ran
ran(const struct cell_kind *c, const struct state *s, const float *gate)
{
	return (struct lanes_ran){s->p, s->q, gate, c->has_c ? s->c : s->h};
}

/* reset_back is the derivative of reset; reset_secant accounts for the whole
 * difference of two x, and reset_lrp for what x is. */
static void
check_reset(const struct cell_kind *c, const char *name)
{
	const struct lanes_rule rule = {1e-9f, 0.5f};
	struct random random = random_seeded(8, 0);
	float gate[ROWS * H], gate0[ROWS * H], dx[H], x[H], x0[H];
	float dq[ROWS * H] = {0}, dp[ROWS * H] = {0}, dh[H] = {0};
	float zeros[ROWS * H] = {0}, by_p[ROWS * H], by_q[ROWS * H], by_h[H];
	struct state s = {.h = {0}}, none;
	struct lanes_ran now, zero;

	draw(&random, s.p, ROWS * H);
	draw(&random, s.q, ROWS * H);
	draw(&random, s.h, H);
	draw(&random, dx, H);
	stepped(c, &s, gate);
	c->reset_back(H, gate, s.h, dx, dh, dq, dp);
	CHECK(reset_off(c, &s, dx, s.p, c->second * H, dp) < 1e-4 &&
	    reset_off(c, &s, dx, s.q, c->second * H, dq) < 1e-4 &&
	    reset_off(c, &s, dx, s.h, H, dh) < 1e-4,
	    "%s: the gradients of the second product", name);

	none = s;
	memset(none.h, 0, sizeof none.h);
	c->reset(H, none.p, none.q, none.h, x);
	CHECK(dot(x, x, H) <= 0, "%s: x is zero if h is", name);
	draw(&random, none.p, ROWS * H);
	draw(&random, none.q, ROWS * H);
	draw(&random, none.h, H);
	stepped(c, &none, gate0);
	c->reset(H, s.p, s.q, s.h, x);
	c->reset(H, none.p, none.q, none.h, x0);
	for (size_t i = 0; i < ROWS * H; i++) {
		by_p[i] = s.p[i] - none.p[i];
		by_q[i] = s.q[i] - none.q[i];
	}
	for (size_t i = 0; i < H; i++)
		by_h[i] = s.h[i] - none.h[i];
	memset(dh, 0, sizeof dh);
	memset(dq, 0, sizeof dq);
	memset(dp, 0, sizeof dp);
	now = ran(c, &s, gate);
	zero = ran(c, &none, gate0);
	c->reset_secant(H, &now, &zero, dx, dh, dq, dp);
	CHECK(fabs(dot(dx, x, H) - dot(dx, x0, H) - dot(dh, by_h, H) -
	    dot(dq, by_q, c->G * H) - dot(dp, by_p, c->G * H)) < 1e-5,
	    "%s: secant accounts for the second product", name);
	memset(dh, 0, sizeof dh);
	memset(dq, 0, sizeof dq);
	memset(dp, 0, sizeof dp);
	zero = (struct lanes_ran){zeros, zeros, zeros, zeros};
	c->reset_lrp(H, &rule, &now, &zero, dx, dh, dq, dp);
	CHECK(fabs(dot(dx, x, H) - dot(dh, s.h, H) - dot(dq, s.q, c->G * H) -
	    dot(dp, s.p, c->G * H)) < 1e-5,
	    "%s: relevance of the second product", name);
}

/* ---- multipliers ---- */

struct pair {
	struct state s, none;		/* two steps, and what they differ by */
	struct state by;
	float gate[ROWS * H], gate0[ROWS * H], dh[H], dc[H];
	double want;			/* lambda times the difference */
};

/* Two steps that differ by size. */
static void
draw_pair(const struct cell_kind *c, double size, struct pair *a)
{
	struct random random = random_seeded(6, 0);

	*a = (struct pair){.want = 0};
	draw(&random, a->none.p, ROWS * H);
	draw(&random, a->none.q, ROWS * H);
	draw(&random, a->none.bias, ROWS * H);
	draw(&random, a->none.h, H);
	draw(&random, a->none.c, H);
	draw(&random, a->by.p, ROWS * H);
	draw(&random, a->by.q, ROWS * H);
	draw(&random, a->by.h, H);
	draw(&random, a->by.c, H);
	draw(&random, a->dh, H);
	draw(&random, a->dc, H);
	a->s = a->none;
	for (size_t i = 0; i < ROWS * H; i++) {
		a->by.p[i] *= (float)size;
		a->by.q[i] *= (float)size;
		a->s.p[i] += a->by.p[i];
		a->s.q[i] += a->by.q[i];
	}
	for (size_t i = 0; i < H; i++) {
		a->by.h[i] *= (float)size;
		a->by.c[i] *= (float)size;
		a->s.h[i] += a->by.h[i];
		a->s.c[i] += a->by.c[i];
		a->dc[i] = c->has_c ? a->dc[i] : 0;
	}
}

/* What the multipliers dh, dc, dq and dp of the old state and of q and p give
 * for the differences by. */
static double
given(const struct cell_kind *c, const struct state *by, const float *dh,
    const float *dc, const float *dq, const float *dp)
{
	return dot(dh, by->h, H) + (c->has_c ? dot(dc, by->c, H) : 0) +
	    (c->linear ? 0 : dot(dq, by->q, c->G * H)) +
	    dot(dp, by->p, c->G * H);
}

/* The multipliers account for lambda (F(p, s) - F(p0, s0)), whatever the two
 * steps are; q stands for W_hh h, which they leave to the caller.  With size
 * 1e-3 all secants are derivatives. */
static void
check_secant(const struct cell_kind *c, const char *name, double size)
{
	struct pair a;
	struct state to, to0;
	struct lanes_ran now, zero;
	float dq[ROWS * H] = {0}, dp[ROWS * H] = {0}, mh[H], mc[H];
	double want, got;

	draw_pair(c, size, &a);
	to = stepped(c, &a.s, a.gate);
	to0 = stepped(c, &a.none, a.gate0);
	now = ran(c, &a.s, a.gate);
	zero = ran(c, &a.none, a.gate0);
	memcpy(mh, a.dh, sizeof mh);
	memcpy(mc, a.dc, sizeof mc);
	c->secant(H, &now, &zero, mh, mc, dq, dp);
	want = dot(a.dh, to.h, H) - dot(a.dh, to0.h, H) +
	    (c->has_c ? dot(a.dc, to.c, H) - dot(a.dc, to0.c, H) : 0);
	got = given(c, &a.by, mh, mc, dq, dp);
	CHECK(fabs(want - got) < 2e-6 && fabs(want) > 1e-5,
	    "%s: secant of size %g accounts for %g of %g", name, size, got,
	    want);
}

/*
 * Relevance is kept: with an epsilon of nearly nothing, what the multipliers
 * give is lambda . s, the biases included, whatever part the gates take.
 */
static void
check_lrp(const struct cell_kind *c, const char *name, float part)
{
	const struct lanes_rule rule = {1e-9f, part};
	float zeros[ROWS * H] = {0}, dq[ROWS * H] = {0}, dp[ROWS * H] = {0};
	struct pair a;
	struct state to;
	struct lanes_ran now, zero = {zeros, zeros, zeros, zeros};
	float mh[H], mc[H];
	double want, got;

	draw_pair(c, 1, &a);
	/* b_hn of a GRU is a term of its own */
	memset(a.s.bias, 0, sizeof a.s.bias);
	to = stepped(c, &a.s, a.gate);
	now = ran(c, &a.s, a.gate);
	memcpy(mh, a.dh, sizeof mh);
	memcpy(mc, a.dc, sizeof mc);
	c->lrp(H, &rule, &now, &zero, mh, mc, dq, dp);
	want = dot(a.dh, to.h, H) + (c->has_c ? dot(a.dc, to.c, H) : 0);
	got = given(c, &a.s, mh, mc, dq, dp);
	CHECK(fabs(want - got) < 1e-5 && fabs(want) > 1e-5,
	    "%s: relevance of %g, %g for gates, is %g", name, want,
	    (double)part, got);
}

/* ---- parts ---- */

/* The part of all words is the whole state, and that of none, zero. */
static void
check_parts(const struct cell_kind *c, const char *name)
{
	float zeros[ROWS * H] = {0}, gate[ROWS * H], gate0[ROWS * H];
	float h[H], c_part[H], off = 0, least = 0;
	struct pair a;
	struct state none = {.h = {0}}, to;
	struct lanes_ran now, nothing;

	draw_pair(c, 1, &a);
	memcpy(none.bias, a.s.bias, sizeof none.bias);
	memcpy(none.p, a.none.p, sizeof none.p);
	to = stepped(c, &a.s, gate);
	stepped(c, &none, gate0);
	now = ran(c, &a.s, gate);
	nothing = ran(c, &none, gate0);
	memcpy(h, a.s.h, sizeof h);
	memcpy(c_part, a.s.c, sizeof c_part);
	c->parts(H, &now, &nothing, a.by.p, a.s.q, true, h, c_part);
	for (size_t i = 0; i < H; i++) {
		off = fmaxf(off, fabsf(h[i] - to.h[i]));
		off = fmaxf(off, c->has_c ? fabsf(c_part[i] - to.c[i]) : 0);
		h[i] = c_part[i] = 0;
	}
	c->parts(H, &now, &nothing, zeros, zeros, false, h, c_part);
	for (size_t i = 0; i < H; i++)
		least = fmaxf(least, fabsf(h[i]) + fabsf(c_part[i]));
	CHECK(off < 1e-6f && least <= 0,
	    "%s: all words are off by %g, none by %g", name, (double)off,
	    (double)least);
}

int
main(void)
{
	arena = mem_arena();
	for (size_t i = 0; i < CELLS; i++) {
		check_row(&cells[i], cell_names[i]);
		check_step(&cells[i], cell_names[i]);
		check_carry(&cells[i], cell_names[i]);
		if (cells[i].high > 1)
			check_overflow(&cells[i], cell_names[i]);
		check_secant(&cells[i], cell_names[i], 1);
		check_secant(&cells[i], cell_names[i], 1e-3);
		check_lrp(&cells[i], cell_names[i], 0);
		check_lrp(&cells[i], cell_names[i], 0.5f);
		if (cells[i].parts != NULL)
			check_parts(&cells[i], cell_names[i]);
		if (cells[i].second < cells[i].G)
			check_reset(&cells[i], cell_names[i]);
	}
	mem_free(arena);
	return check_done();
}
