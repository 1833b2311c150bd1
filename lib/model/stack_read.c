/* SPDX-License-Identifier: ISC */
#include "model/stack_read.h"

#include "base/conf.h"
#include "base/conf_value.h"
#include "base/mem.h"
#include "model/model.h"
#include "model/read_tensor.h"

/* Read a list of names, or one name; *n is 0 if the key is not there. */
static bool
read_names(struct model_reading *r, const char *key,
    struct text name[STACK_MOST], size_t *n)
{
	const struct conf *c = conf_get(r->yaml, key);
	bool good = c == NULL || c->kind == CONF_SCALAR ||
	    (c->kind == CONF_LIST && c->n <= STACK_MOST);

	*n = 0;
	if (c != NULL && c->kind == CONF_SCALAR)
		name[(*n)++] = c->scalar;
	for (size_t i = 0; good && c != NULL && i < c->n; i++) {
		good = c->child[i]->kind == CONF_SCALAR;
		name[(*n)++] = c->child[i]->scalar;
	}
	return good;
}

static bool
read_head(struct model_reading *r)
{
	struct text name[STACK_MOST];
	size_t n;

	return (read_names(r, "head", name, &n) &&
	    stack_name(&r->m->stack, name, n)) || reading_check(r,
	    bad(conf_get(r->yaml, "head")->at, "head: expected a list of at "
	    "most %d of %s", STACK_MOST, stack_expected));
}

static bool
read_attention(struct model_reading *r)
{
	struct model *m = r->m;
	const struct conf *c = conf_get(r->yaml, "attention");
	bool wanted = pooling_has(&m->pooling, POOLING_ATTENTION);
	struct text name[STACK_MOST];
	size_t n;

	if (wanted && c == NULL)
		return reading_check(r, bad(r->yaml->at, "pooling attention "
		    "needs the key attention: how words are weighed"));
	if (!wanted && c != NULL)
		return reading_check(r, bad(c->at, "attention: pooling is %s, "
		    "expected attention in it", pooling_name(m->arena,
		    &m->pooling)));
	return !wanted || (read_names(r, "attention", name, &n) && n > 0 &&
	    attention_name(&m->attention, name, n)) || reading_check(r,
	    bad(c->at, "attention: expected dot, scaled-dot or a list of at "
	    "most %d of %s", STACK_MOST, stack_expected));
}

bool
stack_settings(struct model_reading *r)
{
	struct model *m = r->m;

	m->epsilon = STACK_EPSILON;
	if (!read_head(r) || !read_attention(r))
		return false;
	return conf_get(r->yaml, "epsilon") == NULL ||
	    reading_check(r, conf_real(r->yaml, "epsilon", 0, 1,
	    &m->epsilon));
}

/* ---- tensors ---- */

/* The name of a tensor of a module. */
static const char *
tensor_of(struct arena *arena, const struct stack_module *a, const char *end)
{
	return mem_printf(arena, "%.*s%s", TEXT_ARGS(a->name), end);
}

/* The tensor that shows what a module is; all of them are used then. */
static const struct tensor *
find_tensors(struct model *m, struct stack_module *a)
{
	static const char *const others[] = {".bias", ".running_var",
	    ".num_batches_tracked"};
	const struct tensor *t = find_tensor(m, tensor_of(m->arena, a,
	    ".weight"));
	const struct tensor *mean = find_tensor(m, tensor_of(m->arena, a,
	    ".running_mean"));

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		find_tensor(m, tensor_of(m->arena, a, others[i]));
	a->kind = mean != NULL ? STACK_BATCH_NORM : t != NULL && t->dims == 1 ?
	    STACK_LAYER_NORM : STACK_LINEAR;
	a->parameter = t == NULL && mean == NULL;
	return mean != NULL ? mean : t != NULL ? t : find_tensor(m,
	    tensor_of(m->arena, a, ""));
}

/* Find what a module with tensors is, which reads in numbers. */
static bool
find_module(struct model *m, struct stack_module *a, size_t in,
    struct place at)
{
	const struct tensor *t = find_tensors(m, a);
	bool fits;

	if (t == NULL)
		return bad(at, "no tensor \"%.*s.weight\", and \"%.*s\" is no "
		    "activation: expected %s", TEXT_ARGS(a->name),
		    TEXT_ARGS(a->name), stack_expected);
	a->in = a->out = in;
	if (a->parameter) {
		fits = (t->dims == 1 || t->dims == 2) && t->shape[0] == in;
		a->out = t->dims == 2 ? t->shape[1] : 1;
	} else if (a->kind == STACK_LINEAR) {
		fits = t->dims == 2 && t->shape[1] == in;
		a->out = t->dims > 0 ? t->shape[0] : 0;
	} else {
		fits = t->dims == 1 && t->shape[0] == in;
	}
	return (fits && a->out > 0) || bad((struct place){t->file, 0},
	    "tensor \"%.*s\" is %s, expected one that reads the %zu numbers "
	    "before it", TEXT_ARGS(t->name), tensor_shape(m->arena, t->dims,
	    t->shape), in);
}

/* The modules of a stack that reads width numbers. */
static bool
find_stack(struct model *m, struct stack *s, size_t width, struct place at)
{
	for (size_t i = 0; i < s->n; i++) {
		struct stack_module *a = &s->module[i];

		a->in = a->out = width;
		if (a->kind >= STACK_ACTIVATIONS &&
		    !find_module(m, a, width, at))
			return false;
		width = a->out;
	}
	return true;
}

bool
stack_find(struct model *m, struct place at)
{
	const struct stack *s = &m->attention.stack;

	if (!find_stack(m, &m->attention.stack, m->directions * m->H, at))
		return false;
	if (s->n > 0 && s->module[s->n - 1].out != 1)
		return bad(at, "attention: \"%.*s\" gives %zu numbers, "
		    "expected one: the score of a word",
		    TEXT_ARGS(s->module[s->n - 1].name),
		    s->module[s->n - 1].out);
	return find_stack(m, &m->stack, model_features(m), at);
}

/* Returns the transpose of x [rows][cols], or NULL if x is NULL. */
static float *
transpose(struct arena *arena, const float *x, size_t rows, size_t cols)
{
	float *y = x == NULL ? NULL : MEM_VECTOR(arena, rows * cols, float);

	for (size_t i = 0; x != NULL && i < rows; i++)
		for (size_t k = 0; k < cols; k++)
			y[k * rows + i] = x[i * cols + k];
	return y;
}

/* The weights of a linear module; those of a parameter are NAME [in][out], or
 * [in]. */
static bool
read_linear(struct model_reading *r, struct stack_module *a)
{
	struct arena *arena = r->m->arena;
	const char *name = tensor_of(arena, a, a->parameter ? "" : ".weight");
	bool good;

	if (!a->parameter) {
		good = read_matrix(r, name, a->out, a->in, &a->weight);
		a->back = transpose(arena, a->weight, a->out, a->in);
		return good;
	}
	good = find_tensor(r->m, name)->dims == 1 ?
	    read_vector(r, name, a->in, 0, &a->back) :
	    read_matrix(r, name, a->in, a->out, &a->back);
	a->weight = transpose(arena, a->back, a->in, a->out);
	return good;
}

static bool
read_module(struct model_reading *r, struct stack_module *a)
{
	struct arena *arena = r->m->arena;

	if (!(a->kind == STACK_LINEAR ? read_linear(r, a) : read_vector(r,
	    tensor_of(arena, a, ".weight"), a->in, 1, &a->weight)) ||
	    !read_vector(r, tensor_of(arena, a, ".bias"), a->out, 0,
	    &a->bias))
		return false;
	return a->kind != STACK_BATCH_NORM || (read_vector(r,
	    tensor_of(arena, a, ".running_mean"), a->in, 0, &a->mean) &&
	    read_vector(r, tensor_of(arena, a, ".running_var"), a->in, 1,
	    &a->variance));
}

bool
stack_numbers(struct model_reading *r)
{
	struct stack *both[] = {&r->m->attention.stack, &r->m->stack};

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < both[k]->n; i++) {
			struct stack_module *a = &both[k]->module[i];

			if (a->kind >= STACK_ACTIVATIONS && !read_module(r, a))
				return false;
		}
	return true;
}
