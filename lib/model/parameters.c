/* SPDX-License-Identifier: ISC */
#include "model/parameters.h"

#include <string.h>

#include "base/mem.h"

static void
add(struct parameter part[], size_t *n, const char *name, float *x, size_t rows,
    size_t cols)
{
	part[(*n)++] = (struct parameter){name, x, rows * (cols > 0 ? cols : 1),
	    cols > 0 ? 2 : 1, {rows, cols}};
}

/* The tensors of modules, by the names that model_write gives. */
static void
add_stack(struct arena *arena, const char *key, struct stack s,
    struct parameter part[], size_t *n)
{
	stack_rename(arena, key, &s);
	for (size_t i = 0; i < s.n; i++) {
		const struct stack_module *a = &s.module[i];
		bool linear = a->kind == STACK_LINEAR;
		const struct {
			const char *end;
			float *x;
			size_t rows, cols;
		} own[] = {
			{"weight", a->weight, linear ? a->out : a->in,
			    linear ? a->in : 0},
			{"bias", a->bias, a->out, 0},
			{"running_mean", a->mean, a->in, 0},
			{"running_var", a->variance, a->in, 0},
		};

		for (size_t k = 0; k < sizeof own / sizeof *own; k++)
			if (own[k].x != NULL)
				add(part, n, mem_printf(arena, "%.*s.%s",
				    TEXT_ARGS(a->name), own[k].end), own[k].x,
				    own[k].rows, own[k].cols);
	}
}

size_t
parameters_of(struct arena *arena, const struct model *m,
    struct parameter part[])
{
	size_t n = 0, GH = m->G * m->H;
	const struct cell_kind *cell = &cells[m->cell];

	if (m->embedding_data != NULL)
		add(part, &n, "embedding.weight", m->embedding_data, m->V,
		    m->D);
	for (size_t l = 0; l < m->layers; l++)
		for (size_t d = 0; d < m->directions; d++) {
			const struct rnn_weights *w = &m->layer[l][d];
			const char *end = mem_printf(arena, "_l%zu%s", l,
			    d == 1 ? "_reverse" : "");

			add(part, &n, mem_printf(arena, "rnn.weight_ih%s",
			    end), w->weight_ih, GH, w->in);
			if (!cell->linear)
				add(part, &n, mem_printf(arena,
				    "rnn.weight_hh%s", end), w->weight_hh, GH,
				    m->H);
			add(part, &n, mem_printf(arena, "rnn.bias_ih%s", end),
			    w->bias_ih, GH, 0);
			if (!cell->linear)
				add(part, &n, mem_printf(arena,
				    "rnn.bias_hh%s", end), w->bias_hh, GH, 0);
			if (cell->own != NULL)
				add(part, &n, mem_printf(arena, "rnn.%s%s",
				    cell->own, end), w->bias_hh +
				    cell->inner * m->H, GH - cell->inner *
				    m->H, 0);
		}
	add_stack(arena, "attention", m->attention.stack, part, &n);
	add_stack(arena, "head", m->stack, part, &n);
	add(part, &n, "output.weight", m->weight, m->rows, model_columns(m));
	add(part, &n, "output.bias", m->bias, m->rows, 0);
	return n;
}

void
parameters_allocate(struct arena *arena, struct model *m, bool embedding)
{
	size_t GH = m->G * m->H, F = m->directions * m->H;

	for (size_t l = 0; l < m->layers; l++)
		for (size_t d = 0; d < m->directions; d++) {
			size_t in = l == 0 ? m->D : F;

			m->layer[l][d] = (struct rnn_weights){
				.in = in,
				.weight_ih = MEM_VECTOR(arena, GH * in, float),
				.weight_hh = cells[m->cell].linear ? NULL :
				    MEM_VECTOR(arena, GH * m->H, float),
				.bias_ih = MEM_VECTOR(arena, GH, float),
				.bias_hh = MEM_VECTOR(arena, GH, float),
			};
		}
	m->weight = MEM_VECTOR(arena, m->rows * model_features(m), float);
	m->bias = MEM_VECTOR(arena, m->rows, float);
	m->embedding_data = embedding ?
	    MEM_VECTOR(arena, m->V * m->D, float) : NULL;
}

void
parameters_copy(struct model *to, const struct model *from)
{
	struct parameter a[PARAMETERS_MOST], b[PARAMETERS_MOST];
	struct arena *arena = mem_arena();
	size_t n = parameters_of(arena, to, a);

	parameters_of(arena, from, b);
	for (size_t k = 0; k < n; k++)
		memcpy(a[k].x, b[k].x, a[k].n * sizeof *a[k].x);
	mem_free(arena);
}

const char *
parameters_round(struct arena *arena, struct model *m,
    enum number_type embedding, enum number_type rest)
{
	struct parameter part[PARAMETERS_MOST];
	size_t n = parameters_of(arena, m, part);

	for (size_t k = 0; k < n; k++) {
		enum number_type type = part[k].x == m->embedding_data ?
		    embedding : rest;

		if (!number_round(type, part[k].n, part[k].x))
			return part[k].name;
	}
	return NULL;
}
