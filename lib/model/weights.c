/* SPDX-License-Identifier: ISC */
#include "model/weights.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/conf.h"
#include "base/conf_value.h"
#include "base/err.h"
#include "base/mem.h"
#include "model/model.h"
#include "model/projection.h"
#include "model/read_tensor.h"
#include "model/reading.h"
#include "model/stack_read.h"
#include "model/weight_norm.h"

enum { FILES_LIMIT = 64 };

static bool
read_files(struct model_reading *r)
{
	const struct conf *c = conf_get(r->yaml, "weights");
	struct model *m = r->m;

	if (c == NULL || c->kind != CONF_LIST || c->n == 0 ||
	    c->n > FILES_LIMIT) {
		r->weights_unread = true;
		return reading_check(r, bad(c == NULL ? r->yaml->at : c->at,
		    "weights: expected a list of 1 to %d safetensors files",
		    FILES_LIMIT));
	}
	for (size_t i = 0; i < c->n; i++) {
		const struct conf *one = c->child[i];
		int status = STATUS_DATA;
		bool good = one->kind != CONF_SCALAR ?
		    bad(one->at, "weights: expected the name of a file") :
		    safetensors_read(m->arena, reading_path(m, one->scalar),
		    &m->tensor, &m->tensors, &status);

		r->weights_unread |= !good;
		if (!reading_check_file(r, good, status))
			return false;
	}
	return reading_check(r, weight_norm_fold(m->arena, &m->tensor,
	    &m->tensors) && projection_fold(m));
}

/* The name of a tensor of a part: its prefix in model.yaml, and the suffix. */
static const char *
tensor_name(const struct model_reading *r, const char *part, const char *suffix)
{
	const struct conf *c = conf_get(conf_get(r->yaml, "tensors"), part);
	const char *prefix = c != NULL && c->kind == CONF_SCALAR ?
	    c->scalar.s : strcmp(part, "embedding") == 0 ?
	    "embedding.weight" : part;

	return mem_printf(r->m->arena, "%s%s", prefix, suffix);
}

/* bias_hh of a linear cell: zeros, and its own parameter. */
static bool
read_own(struct model_reading *r, const char *end, struct rnn_weights *w)
{
	const struct cell_kind *cell = &cells[r->m->cell];
	size_t H = r->m->H, rows = (cell->G - cell->inner) * H;
	const char *name;
	float *own;

	w->bias_hh = MEM_VECTOR(r->m->arena, cell->G * H, float);
	if (cell->own == NULL)
		return true;
	name = tensor_name(r, "rnn", mem_printf(r->m->arena, ".%s%s",
	    cell->own, end));
	if (find_tensor(r->m, name) == NULL)
		return tensor_missing(r, name);
	if (!read_vector(r, name, rows, 0, &own))
		return false;
	if (own != NULL)
		memcpy(w->bias_hh + cell->inner * H, own, rows * sizeof *own);
	return true;
}

/*
 * A state has numbers from -1 to 1, so a product with it is at most the sum of
 * a row's sizes.  If single precision does not hold that sum, an infinite gate
 * could look like one that is only saturated.  Cells whose states have no limit
 * find such a product themselves (cell.h).
 */
static bool
check_sums(struct model_reading *r, const char *name, size_t rows, size_t cols,
    const float *x)
{
	const struct tensor *t = find_tensor(r->m, name);
	bool bounded = cells[r->m->cell].high <= 1;

	for (size_t i = 0; bounded && t != NULL && x != NULL && i < rows; i++) {
		double sum = 0;

		for (size_t k = 0; k < cols; k++)
			sum += fabs((double)x[i * cols + k]);
		if (sum > (double)FLT_MAX)
			return reading_check(r, bad((struct place){t->file, 0},
			    "tensor \"%s\": the sizes of row %zu add up to "
			    "%.3g, more than single precision holds", name, i,
			    sum));
	}
	return true;
}

/* How the names of a layer's tensors end.  PyTorch's cells (GRUCell) have one
 * layer, and no end. */
static const char *
layer_end(const struct model_reading *r, size_t layer, size_t direction)
{
	const struct model *m = r->m;
	const char *end = mem_printf(m->arena, "_l%zu%s", layer,
	    direction == 1 ? "_reverse" : "");
	const struct tensor *cell = tensor_find(m->tensor, m->tensors,
	    text_of(tensor_name(r, "rnn", ".weight_hh")));

	return layer + direction == 0 && cell != NULL && tensor_find(m->tensor,
	    m->tensors, text_of(tensor_name(r, "rnn", ".weight_hh_l0"))) ==
	    NULL ? "" : end;
}

static bool
read_layer(struct model_reading *r, size_t layer, size_t direction)
{
	struct model *m = r->m;
	struct rnn_weights *w = &m->layer[layer][direction];
	const char *end = layer_end(r, layer, direction);
	const char *part[4] = {".weight_ih", ".weight_hh", ".bias_ih",
	    ".bias_hh"};
	size_t rows = m->G * m->H;

	for (int i = 0; i < 4; i++)
		part[i] = tensor_name(r, "rnn", mem_printf(m->arena, "%s%s",
		    part[i], end));
	w->in = layer == 0 ? m->D : m->directions * m->H;
	if (cells[m->cell].linear)
		/* read_shapes has reported a missing weight_ih_l0 */
		return ((m->H == 0 && layer + direction == 0) ||
		    read_matrix(r, part[0], rows, w->in, &w->weight_ih)) &&
		    read_vector(r, part[2], rows, 0, &w->bias_ih) &&
		    read_own(r, end, w);
	return read_matrix(r, part[0], rows, w->in, &w->weight_ih) &&
	    /* read_shapes has reported a missing weight_hh_l0 */
	    ((m->H == 0 && layer + direction == 0) ||
	    read_matrix(r, part[1], rows, m->H, &w->weight_hh)) &&
	    read_vector(r, part[2], rows, 0, &w->bias_ih) &&
	    read_vector(r, part[3], rows, 0, &w->bias_hh) &&
	    check_sums(r, part[1], rows, m->H, w->weight_hh) &&
	    (layer == 0 || check_sums(r, part[0], rows, w->in, w->weight_ih));
}

/* Find a matrix whose shape gives a size; *t is NULL if it is not good. */
static bool
read_shape(struct model_reading *r, const char *name, const struct tensor **t)
{
	*t = find_tensor(r->m, name);
	if (*t == NULL)
		return tensor_missing(r, name);
	if ((*t)->type != NUMBER_OTHER && (*t)->dims == 2 && (*t)->count > 0)
		return true;
	tensor_no_matrix(r->m->arena, *t);
	*t = NULL;
	return reading_check(r, false);
}

/* D, H and the rows of the output layer are those of the tensors' shapes. */
static bool
read_shapes(struct model_reading *r)
{
	struct model *m = r->m;
	bool linear = cells[m->cell].linear;
	const char *end = layer_end(r, 0, 0);
	const char *names[3] = {m->stream ? tensor_name(r, "rnn",
	    mem_printf(m->arena, ".weight_ih%s", end)) :
	    tensor_name(r, "embedding", ""), tensor_name(r, "rnn",
	    mem_printf(m->arena, "%s%s", linear ? ".weight_ih" :
	    ".weight_hh", end)),
	    tensor_name(r, "output", ".weight")};
	const struct tensor *t[3];

	for (int i = 0; i < 3; i++)
		if (!read_shape(r, names[i], &t[i]))
			return false;
	m->embedding = m->stream ? NULL : t[0];
	m->D = t[0] == NULL ? 0 : t[0]->shape[1];
	m->H = t[1] == NULL ? 0 : linear ? t[1]->shape[0] / m->G :
	    t[1]->shape[1];
	if (linear && t[1] != NULL && t[1]->shape[0] % m->G != 0 &&
	    !reading_check(r, bad((struct place){t[1]->file, 0}, "tensor "
	    "\"%s\" has %zu rows, expected a multiple of %zu for %s",
	    names[1], t[1]->shape[0], m->G, cells[m->cell].noun)))
		return false;
	m->rows = t[2] == NULL ? 0 : t[2]->shape[0];
	if (m->D > 0 && m->V > 0 && t[0]->shape[0] < m->V &&
	    !reading_check(r, bad((struct place){t[0]->file, 0}, "tensor "
	    "\"%s\" has %zu rows, expected %zu or more: one for each word of "
	    "the vocabulary", names[0], t[0]->shape[0], m->V)))
		return false;
	return m->rows == 0 || m->C == 0 || m->rows == m->C ||
	    (m->rows == 1 && m->C == 2 && !m->multilabel) ||
	    reading_check(r, bad((struct place){t[2]->file, 0}, "tensor \"%s\" "
	    "has %zu rows, expected %zu: one for each label", names[2],
	    m->rows, m->C));
}

/* Whether model.yaml lists the tensor as one that the network does not use. */
static bool
is_ignored(const struct model_reading *r, struct text name)
{
	const struct conf *c = conf_get(r->yaml, "ignore");

	for (size_t i = 0; c != NULL && i < c->n; i++)
		if (text_equal(c->child[i]->scalar, name))
			return true;
	return false;
}

/*
 * Each tensor is part of the model, or model.yaml lists it under ignore: else
 * model.yaml has too few layers or a wrong prefix, or this is another network.
 */
static bool
check_unused(struct model_reading *r)
{
	const struct model *m = r->m;
	bool good = true;

	if (m->layers == 0 || m->directions == 0)
		return true;
	for (size_t i = 0; good && i < m->tensors; i++) {
		const struct tensor *t = &m->tensor[i], *first;

		if (t->used || is_ignored(r, t->name))
			continue;
		first = tensor_find(m->tensor, m->tensors, t->name);
		good = reading_check(r, first < t ? tensor_twice(first, t) :
		    bad((struct place){t->file, 0}, "tensor \"%.*s\" is not "
		    "part of the model; if the network does not use it, list "
		    "it in model.yaml under ignore", TEXT_ARGS(t->name)));
	}
	return good;
}

/* ignore is a list of names, each of a tensor that is not used. */
static bool
check_ignore(struct model_reading *r)
{
	const struct conf *c = conf_get(r->yaml, "ignore");

	for (size_t i = 0; c != NULL && i < c->n; i++) {
		struct text name = c->child[i]->scalar;
		const struct tensor *t = tensor_find(r->m->tensor,
		    r->m->tensors, name);

		if (t != NULL && !t->used)
			continue;
		if (!reading_check(r, bad(c->child[i]->at, "ignore: tensor "
		    "\"%.*s\" is %s", TEXT_ARGS(name), t != NULL ? "part of "
		    "the model" : "not in the files of weights")))
			return false;
	}
	return true;
}

bool
weights_read(struct model_reading *r)
{
	struct model *m = r->m;

	if (!read_files(r) || !read_shapes(r))
		return false;
	/* an embedding is large: model_embed reads its numbers when needed */
	if (r->all_faults && m->embedding != NULL)
		check_numbers(r, m->embedding);
	for (size_t l = 0; l < m->layers; l++)
		for (size_t d = 0; d < m->directions; d++)
			if (!read_layer(r, l, d))
				return false;
	if (m->H > 0 && m->directions > 0 && !r->weights_unread) {
		/* what the output layer reads depends on the modules */
		if (!projection_add(m, tensor_name(r, "rnn", ""),
		    r->yaml->at) || !stack_find(m, r->yaml->at))
			return reading_check(r, false);
		if (!stack_numbers(r))
			return false;
	}
	return (m->rows == 0 || read_matrix(r, tensor_name(r, "output",
	    ".weight"), m->rows, model_columns(m), &m->weight)) &&
	    read_vector(r, tensor_name(r, "output", ".bias"), m->rows, 0,
	    &m->bias) && (r->weights_unread ||
	    (check_unused(r) && check_ignore(r)));
}
