/* SPDX-License-Identifier: ISC */
#include "train/checkpoint.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/safetensors.h"

static const char recipe_key[] = "recipe";

/* PyTorch's names of Adam's moments; the second are never negative. */
static const char means[] = "exp_avg.", squares[] = "exp_avg_sq.";

enum { NUMBERS = 6, PIECES = 3, PIECE_BITS = 22 };

static void
list_numbers(struct checkpoint *c, uint64_t *list[NUMBERS])
{
	uint64_t *all[NUMBERS] = {&c->epoch, &c->steps, &c->best_epoch,
	    &c->right, &c->waited, &c->texts};

	for (int i = 0; i < NUMBERS; i++)
		list[i] = all[i];
}

void
checkpoint_add(struct arena *arena, struct checkpoint *c,
    const struct parameter *p, float *m, float *v)
{
	c->part[c->parts++] = *p;
	for (int k = 0; k < 2 && m != NULL; k++) {
		struct parameter *moment = &c->part[c->parts++];

		*moment = *p;
		moment->name = mem_printf(arena, "%s%s", k == 0 ? means :
		    squares, p->name);
		moment->x = k == 0 ? m : v;
	}
}

void
checkpoint_write(const struct checkpoint *c, const char *path)
{
	struct checkpoint copy = *c;
	struct tensor_out out[4 * PARAMETERS_MOST + 1];
	float piece[NUMBERS * PIECES];
	uint64_t *number[NUMBERS];

	list_numbers(&copy, number);
	for (size_t i = 0; i < NUMBERS * PIECES; i++)
		piece[i] = (float)(*number[i / PIECES] >> (i % PIECES *
		    PIECE_BITS) & ((1u << PIECE_BITS) - 1));
	out[0] = (struct tensor_out){"training", NUMBER_F32, 2,
	    {NUMBERS, PIECES}, piece};
	for (size_t k = 0; k < c->parts; k++)
		out[k + 1] = (struct tensor_out){c->part[k].name, NUMBER_F32,
		    c->part[k].dims, {c->part[k].shape[0],
		    c->part[k].shape[1]}, c->part[k].x};
	safetensors_write(path, out, c->parts + 1,
	    &(struct note_out){recipe_key, c->recipe});
}

/* Find the tensor of a part and read its numbers into part->x. */
static bool
take(const struct tensor *tensor, size_t tensors, const struct parameter *part,
    const char *path)
{
	const struct tensor *t = tensor;
	struct place at = {path, 0};
	bool square = strncmp(part->name, squares, sizeof squares - 1) == 0;

	while (t < tensor + tensors && !text_is(t->name, part->name))
		t++;
	if (t == tensor + tensors)
		return bad(at, "no tensor \"%s\": not a checkpoint of this "
		    "model", part->name);
	if (t->type != NUMBER_F32 || t->dims != part->dims ||
	    t->shape[0] != part->shape[0] || (t->dims == 2 &&
	    t->shape[1] != part->shape[1]))
		return bad(at, "tensor \"%s\" is not F32, or has another "
		    "shape than the model's", part->name);
	tensor_floats(t, 0, part->n, part->x);
	for (size_t i = 0; i < part->n; i++)
		if (!isfinite(part->x[i]))
			return bad(at, "tensor \"%s\": number %zu is not "
			    "finite", part->name, i + 1);
		else if (square && part->x[i] < 0.0f)
			return bad(at, "tensor \"%s\": number %zu is "
			    "negative", part->name, i + 1);
	return true;
}

bool
checkpoint_read(struct arena *arena, const char *path, struct checkpoint *c,
    int *status)
{
	struct tensor *tensor = NULL;
	size_t tensors = 0;
	float piece[NUMBERS * PIECES];
	struct parameter training = {"training", piece, NUMBERS * PIECES, 2,
	    {NUMBERS, PIECES}};
	uint64_t *number[NUMBERS];

	if (!safetensors_read(arena, path, &tensor, &tensors, status) ||
	    !safetensors_note(arena, path, recipe_key, &c->recipe, status))
		return false;
	*status = STATUS_DATA;
	if (c->recipe.s == NULL)
		return bad((struct place){path, 0}, "no recipe in its "
		    "__metadata__: not a checkpoint");
	if (!take(tensor, tensors, &training, path))
		return false;
	list_numbers(c, number);
	for (size_t i = 0; i < NUMBERS * PIECES; i++) {
		if (!(piece[i] >= 0.0f && piece[i] < (1 << PIECE_BITS)) ||
		    piece[i] != floorf(piece[i]))
			return bad((struct place){path, 0}, "tensor "
			    "\"training\": %g, expected a whole number of %d "
			    "bits", (double)piece[i], PIECE_BITS);
		*number[i / PIECES] = i % PIECES == 0 ? (uint64_t)piece[i] :
		    *number[i / PIECES] | (uint64_t)piece[i] << (i % PIECES *
		    PIECE_BITS);
	}
	for (size_t k = 0; k < c->parts; k++)
		if (!take(tensor, tensors, &c->part[k], path))
			return false;
	*status = STATUS_OK;
	return true;
}
