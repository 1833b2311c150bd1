/* SPDX-License-Identifier: ISC */
/*
 * The integral of f(q), q in 0..1, along the path (gradient.c) is computed with
 * n Gauss-Legendre nodes.  The completeness of the scores shows its error:
 *
 *     error(n) = |sum_t S(t) - (F(x) - F(0))| / sum_t |S(t)|
 *
 * f is analytic around the path, so the error falls geometrically:
 *
 *     error(n) ~ rho^(-2 n),  rho > 1
 *
 * rho depends on the pole of f nearest to the path: it is the sum of the
 * semiaxes of the largest ellipse that holds no pole, with its foci at the ends
 * of the path, which is scaled to -1..1.  Each text and target has another rho,
 * but one attempt measures it, and the next n follows:
 *
 *     error(n) = c^n,  n' = n log(tolerance) / log(error(n))
 *
 *     log error  0 |\
 *                  |  \
 *                  |    * the attempt: (n, error)
 *                  |      \
 *     tolerance    | - - - - * the line from (0, 0) through it gives n'
 *     rounding     |___________________ no attempt comes below this
 *                  +------------------- nodes
 *
 * n' gets a tenth more, and is at least 1.25 n + 1, so that few attempts are
 * needed, and at most 4 n, because an error near 1 shows no slope yet.
 *
 * Easy to get wrong: the error is that of the sum, not of each word.  With very
 * few nodes the words' errors can cancel, and a wrong integral looks complete;
 * therefore NODES_FEWEST.  And F(x) and F(0) are floats: a small difference of
 * large logits has a rounding error that no number of nodes removes.
 *
 * Source: L. N. Trefethen, Is Gauss quadrature better than Clenshaw-Curtis?,
 * SIAM Review 50 (2008), theorem 4.5.
 */
#include "explain/nodes.h"

#include <math.h>

#include "base/err.h"
#include "base/mem.h"

enum { NODES_FEWEST = 8, STALLS_MAX = 3 };

size_t
nodes_first(double tolerance)
{
	return (size_t)fmin(fmax(-2 * log10(tolerance), NODES_FEWEST),
	    NODES_DEFAULT);
}

size_t
nodes_most(size_t T)
{
	size_t n = NODES_STEPS / (T > 0 ? T : 1);

	return n > NODES_MAX ? NODES_MAX : n > NODES_DEFAULT ? n :
	    NODES_DEFAULT;
}

bool
nodes_rounding(const struct nodes *p)
{
	return p->stalls >= STALLS_MAX;
}

bool
nodes_more(struct nodes *p, double error, double tolerance, double rounding)
{
	double n = (double)p->n, most = (double)p->most;
	double next = error < 1 ? 1.1 * n * log(tolerance) / log(error) :
	    most;

	if (error < rounding && error > p->error / 2)
		p->stalls++;
	p->error = error;
	if (!(error > tolerance) || p->n >= p->most || nodes_rounding(p))
		return false;
	p->n = (size_t)fmin(fmax(next, 1.25 * n + 1), fmin(4 * n, most));
	return true;
}

/* ---- a note about many texts ---- */

void
nodes_count(struct nodes_texts *c, struct text sent_id, double error)
{
	c->texts++;
	if (!(error > NODES_INCOMPLETE))
		return;
	c->incomplete++;
	if (error <= c->worst)
		return;
	if (c->arena == NULL)
		c->arena = mem_arena();
	mem_reset(c->arena);
	c->worst = error;
	c->worst_id = text_copy(c->arena, sent_id);
}

void
nodes_note(struct nodes_texts *c, bool quiet)
{
	if (c->incomplete == 0)
		return;
	if (!quiet)
		note("%zu of %zu text%s %s not complete to %g: the "
		    "integrated gradients of %.*s miss its score by %s; -e %g "
		    "adds nodes",
		    c->incomplete, c->texts, text_plural(c->texts),
		    c->incomplete == 1 ? "is" : "are", NODES_INCOMPLETE,
		    TEXT_ARGS(c->worst_id), nodes_error(c->arena, c->worst),
		    NODES_INCOMPLETE);
	mem_free(c->arena);
}

const char *
nodes_error(struct arena *arena, double error)
{
	return isinf(error) ? "all of it" : mem_printf(arena,
	    "%.2g of their size", error);
}
