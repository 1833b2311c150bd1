/* SPDX-License-Identifier: ISC */
#include "model/weight_norm.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/safetensors.h"

/* Cut the ending off, if the text has it. */
static bool
cut_end(struct text *t, const char *end)
{
	if (!text_ends(*t, end))
		return false;
	t->n -= strlen(end);
	return true;
}

/* The names of w and g, if name is that of a v. */
static bool
names_of(struct arena *arena, struct text name, const char **w, const char **g)
{
	static const char middle[] = ".parametrizations.";
	struct text base = name;

	if (cut_end(&base, "_v")) {
		*w = mem_copy(arena, base.s, base.n);
		*g = mem_printf(arena, "%s_g", *w);
		return true;
	}
	if (!cut_end(&base, ".original1"))
		return false;
	*g = mem_printf(arena, "%.*s.original0", TEXT_ARGS(base));
	for (size_t i = base.n; i-- > 0; )
		if (base.n - i > strlen(middle) &&
		    memcmp(base.s + i, middle, strlen(middle)) == 0) {
			*w = mem_printf(arena, "%.*s.%.*s", (int)i, base.s,
			    (int)(base.n - i - strlen(middle)),
			    base.s + i + strlen(middle));
			return true;
		}
	return false;
}

static struct tensor
fold(struct arena *arena, const char *name, const struct tensor *g,
    const struct tensor *v)
{
	struct tensor t = *v;
	size_t rows = v->shape[0], cols = v->shape[1];
	double *w = tensor_doubles(arena, v);
	double *length = tensor_doubles(arena, g);

	for (size_t i = 0; i < rows; i++, w += cols) {
		double sum = 0;

		for (size_t k = 0; k < cols; k++)
			sum += w[k] * w[k];
		for (size_t k = 0; k < cols; k++)
			w[k] = length[i] * w[k] / sqrt(sum);
	}
	t.name = text_of(name);
	t.used = false;
	tensor_hold(arena, &t, rows, cols, w - v->count);
	return t;
}

bool
weight_norm_fold(struct arena *arena, struct tensor **tensor, size_t *n)
{
	struct tensor *all = MEM_NEW(arena, 2 * *n, struct tensor);
	size_t k = *n;

	if (*n > 0)
		memcpy(all, *tensor, *n * sizeof *all);
	for (size_t i = 0; i < *n; i++) {
		struct tensor *v = &all[i], *g;
		const char *w, *length;

		if (!names_of(arena, v->name, &w, &length) ||
		    tensor_find(all, *n, text_of(w)) != NULL ||
		    (g = tensor_find(all, *n, text_of(length))) == NULL)
			continue;
		if (v->type == NUMBER_OTHER || g->type == NUMBER_OTHER ||
		    v->dims != 2 || g->dims != 2 ||
		    g->shape[0] != v->shape[0] || g->shape[1] != 1)
			return bad((struct place){v->file, 0}, "tensors "
			    "\"%.*s\" %s and \"%.*s\" %s: expected weight_norm "
			    "of the rows, [rows][cols] and [rows][1]",
			    TEXT_ARGS(v->name), tensor_shape(arena, v->dims,
			    v->shape), TEXT_ARGS(g->name), tensor_shape(arena,
			    g->dims, g->shape));
		v->used = g->used = true;
		all[k++] = fold(arena, w, g, v);
	}
	*tensor = all;
	*n = k;
	return true;
}
