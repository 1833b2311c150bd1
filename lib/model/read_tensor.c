/* SPDX-License-Identifier: ISC */
#include "model/read_tensor.h"

#include <math.h>

#include "base/conf.h"
#include "base/err.h"
#include "base/mem.h"

const struct tensor *
find_tensor(const struct model *m, const char *name)
{
	struct tensor *t = tensor_find(m->tensor, m->tensors, text_of(name));

	if (t != NULL)
		t->used = true;
	return t;
}

/* "[450][100]", or "[450]" with dims 1; 0 is "[any]". */
static const char *
expected_shape(struct arena *arena, size_t dims, size_t rows, size_t cols)
{
	const char *first = rows == 0 ? "[any]" : mem_printf(arena, "[%zu]",
	    rows);

	return dims == 1 ? first : cols == 0 ?
	    mem_printf(arena, "%s[any]", first) :
	    mem_printf(arena, "%s[%zu]", first, cols);
}

static bool
check_finite(struct arena *arena, const struct tensor *t, const float *x)
{
	size_t n = 0, first = 0;

	for (size_t i = t->count; i-- > 0; )
		if (!isfinite(x[i])) {
			first = i;
			n++;
		}
	return n == 0 || bad((struct place){t->file, 0}, "tensor \"%.*s\": "
	    "number %zu is not finite%s%s", TEXT_ARGS(t->name), first,
	    t->type == NUMBER_F64 ? " in single precision" : "", n == 1 ?
	    "" : mem_printf(arena, ", the first of %zu", n));
}

/*
 * Read the numbers of a tensor, which must be finite.  It must have the shape
 * [rows][cols] or, with dims 1, [rows]; rows 0 and cols 0 stand for any size.
 */
static bool
read_numbers(struct arena *arena, const struct tensor *t, size_t rows,
    size_t dims, size_t cols, float **to)
{
	struct place at = {t->file, 0};

	if (t->type == NUMBER_OTHER)
		return bad(at, "tensor \"%.*s\" is of %.*s, expected F32, "
		    "F16, BF16 or F64", TEXT_ARGS(t->name),
		    TEXT_ARGS(t->dtype));
	if (t->dims != dims || (rows > 0 && t->shape[0] != rows) ||
	    (dims == 2 && cols > 0 && t->shape[1] != cols))
		return bad(at, "tensor \"%.*s\" is %s, expected %s",
		    TEXT_ARGS(t->name),
		    tensor_shape(arena, t->dims, t->shape),
		    expected_shape(arena, dims, rows, cols));
	*to = MEM_VECTOR(arena, t->count, float);
	tensor_floats(t, 0, t->count, *to);
	return check_finite(arena, t, *to);
}

bool
tensor_missing(struct model_reading *r, const char *name)
{
	return r->weights_unread || reading_check(r, bad(r->yaml->at,
	    "no tensor \"%s\" in the weights", name));
}

bool
read_matrix(struct model_reading *r, const char *name, size_t rows, size_t cols,
    float **to)
{
	const struct tensor *t = find_tensor(r->m, name);

	return t == NULL ? tensor_missing(r, name) :
	    reading_check(r, read_numbers(r->m->arena, t, rows, 2, cols, to));
}

bool
read_vector(struct model_reading *r, const char *name, size_t rows, float value,
    float **to)
{
	const struct tensor *t = find_tensor(r->m, name);

	if (t != NULL)
		return reading_check(r, read_numbers(r->m->arena, t, rows, 1, 0,
		    to));
	*to = MEM_VECTOR(r->m->arena, rows, float);
	for (size_t i = 0; i < rows; i++)
		(*to)[i] = value;
	return true;
}

bool
check_numbers(struct model_reading *r, const struct tensor *t)
{
	float *x;

	return reading_check(r, read_numbers(r->m->arena, t, 0, 2, 0, &x));
}
