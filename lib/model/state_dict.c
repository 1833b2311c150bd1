/* SPDX-License-Identifier: ISC */
/*
 * A state_dict names each tensor by the modules of a Python class in which it
 * lies, with dots between, and PyTorch's own name of the parameter:
 *
 *     net.emb.weight          [V][D]                 embedding: net.emb.weight
 *     net.gru.weight_ih_l0    [G H][D]               rnn: net.gru
 *     net.gru.weight_hh_l0    [G H][H]               ..._l1: the layer above
 *     net.gru.bias_ih_l0      [G H]                  ..._reverse: the second
 *     net.gru.bias_hh_l0      [G H]                  direction
 *     net.head.weight         [rows][directions H]   output: net.head
 *     net.head.bias           [rows]
 *
 * The author chose the names of modules, so only the ends of names and the
 * shapes can be relied on.  In this order, and each time without the tensors
 * that already have a place:
 *
 *     rnn        the tensor *.weight_hh_l0.  Its columns are H, its rows G H,
 *                and G tells the cell (cells[]); weight_ih_l0 has D columns;
 *                names are counted for layers and directions
 *     embedding  the matrix [V][D], with V the words of the vocabulary
 *     output     the matrix *.weight with directions H columns
 *
 * Two that fit are an error, never a choice: the message says which setting
 * decides.  A tensor left over is one too: attention or a second linear layer
 * would make this another network.
 *
 * Easy to get wrong: pooling, labels and lower case leave no trace in tensors
 * (guess.c), and neither does the place where the head reads the reverse
 * direction.
 */
#include "model/state_dict.h"

#include <string.h>

#include "base/mem.h"
#include "model/model.h"

const char *const state_dict_names[] = {"embedding", "rnn", "output", NULL};

static bool
ends_with(struct text a, const char *end)
{
	size_t n = strlen(end);

	return a.n >= n && memcmp(a.s + a.n - n, end, n) == 0;
}

/* The tensor of this name, which then has a place; or NULL. */
static const struct tensor *
take(const struct model *m, const char *name)
{
	for (size_t i = 0; i < m->tensors; i++) {
		struct tensor *t = &m->tensor[i];

		if (text_is(t->name, name)) {
			t->used = true;
			return t;
		}
	}
	return NULL;
}

/*
 * Find the name of a part: the one given, or that of the only tensor whose name
 * ends so and that is [rows][cols] (0: any).  what describes it in messages.
 */
static bool
choose(struct state_dict *s, const struct model *m, enum state_dict_part part,
    const char *end, size_t rows, size_t cols, const char *what)
{
	struct text given = s->given[part];
	const struct tensor *fits = NULL;

	for (size_t i = 0; i < m->tensors; i++) {
		const struct tensor *t = &m->tensor[i];
		struct text name = t->name;

		if (t->used || !ends_with(name, end))
			continue;
		name.n -= strlen(end);
		if (given.s != NULL ? !text_equal(name, given) :
		    t->dims != 2 || (rows > 0 && t->shape[0] != rows) ||
		    (cols > 0 && t->shape[1] != cols))
			continue;
		if (fits != NULL)
			return text_equal(fits->name, t->name) ?
			    tensor_twice(fits, t) : bad(s->at, "tensors "
			    "\"%.*s\" and \"%.*s\" can both be %s: give "
			    "%s=NAME%s%s",
			    TEXT_ARGS(fits->name), TEXT_ARGS(t->name), what,
			    state_dict_names[part], end[0] != '\0' ?
			    " without " : "", end);
		fits = t;
	}
	if (fits == NULL)
		return bad(s->at, "no tensor \"%s%s\", expected %s",
		    given.s == NULL ? "*" : given.s, end, what);
	if (fits->type == NUMBER_OTHER || fits->dims != 2 || fits->count == 0)
		return tensor_no_matrix(m->arena, fits);
	s->name[part] = mem_copy(m->arena, fits->name.s,
	    fits->name.n - strlen(end));
	return true;
}

/* ---- the RNN ---- */

/* "a GRU or an LSTM"; with H, "450 rows for a GRU or 600 rows for an LSTM". */
static const char *
cell_nouns(struct arena *arena, size_t H)
{
	struct text noun[CELLS];

	for (size_t i = 0; i < CELLS; i++)
		noun[i] = text_of(H == 0 ? cells[i].noun : mem_printf(arena,
		    "%zu rows for %s", cells[i].G * H, cells[i].noun));
	return text_list(arena, noun, CELLS, " or ");
}

/* The cell given, or the only one with so many rows: cell, G and H of m. */
static bool
find_cell(const struct state_dict *s, const struct tensor *hh, struct model *m)
{
	struct place at = {hh->file, 0};
	int fit = 0;

	m->H = hh->shape[1];
	for (int i = 0; i < CELLS; i++)
		if (cells[i].G * m->H == hh->shape[0] &&
		    (s->cell == CELL_FOREIGN || s->cell == (enum cell)i)) {
			m->cell = (enum cell)i;
			fit++;
		}
	if (fit == 0)
		return bad(at, "tensor \"%.*s\" is [%zu][%zu], expected %s",
		    TEXT_ARGS(hh->name), hh->shape[0], hh->shape[1],
		    cell_nouns(m->arena, m->H));
	m->G = cells[m->cell].G;
	return fit == 1 || bad(at, "tensor \"%.*s\" fits more than one kind of "
	    "cell: give cell=NAME", TEXT_ARGS(hh->name));
}

/* How many tensors weight_hh_l0, _l1, ... end so; all have a place then. */
static size_t
count_layers(const struct model *m, const char *rnn, const char *end)
{
	static const char *const parts[] = {"weight_hh", "weight_ih",
	    "bias_ih", "bias_hh"};
	size_t l = 0;

	for (bool found = true; found; l += found) {
		found = false;
		for (size_t i = 0; i < 4; i++)
			found |= take(m, mem_printf(m->arena, "%s.%s_l%zu%s",
			    rnn, parts[i], l, end)) != NULL && i == 0;
	}
	return l;
}

static bool
find_rnn(struct state_dict *s, struct model *m)
{
	const struct tensor *hh, *ih;
	const char *name;
	size_t back;

	if (take(m, "weight_hh_l0") != NULL)
		return bad(s->at, "tensor \"weight_hh_l0\" has no prefix: "
		    "expected the state_dict of the whole network, not of its "
		    "RNN alone");
	if (!choose(s, m, STATE_DICT_RNN, ".weight_hh_l0", 0, 0,
	    mem_printf(m->arena, "the recurrent weights of %s",
	    cell_nouns(m->arena, 0))))
		return false;
	name = s->name[STATE_DICT_RNN];
	hh = take(m, mem_printf(m->arena, "%s.weight_hh_l0", name));
	ih = take(m, mem_printf(m->arena, "%s.weight_ih_l0", name));
	if (ih == NULL || ih->dims != 2)
		return bad(s->at, "no matrix \"%s.weight_ih_l0\"", name);
	m->D = ih->shape[1];
	if (!find_cell(s, hh, m))
		return false;
	m->layers = count_layers(m, name, "");
	back = count_layers(m, name, "_reverse");
	m->directions = back > 0 ? 2 : 1;
	if (m->layers > MODEL_LAYERS)
		return bad(s->at, "%zu layers, the limit is %d", m->layers,
		    MODEL_LAYERS);
	return back == 0 || back == m->layers || bad(s->at, "%zu layers "
	    "forwards and %zu backwards, expected the same number", m->layers,
	    back);
}

/* ---- the rest ---- */

static bool
find_embedding(struct state_dict *s, struct model *m)
{
	if (!choose(s, m, STATE_DICT_EMBEDDING, "", m->V, m->D,
	    mem_printf(m->arena, "[%zu][%zu], a row for each word of %s", m->V,
	    m->D, m->vocabulary_file)))
		return false;
	take(m, s->name[STATE_DICT_EMBEDDING]);
	return true;
}

static bool
find_output(struct state_dict *s, struct model *m)
{
	const char *name;

	if (!choose(s, m, STATE_DICT_OUTPUT, ".weight", 0, m->directions * m->H,
	    mem_printf(m->arena, "[classes][%zu], the output layer",
	    m->directions * m->H)))
		return false;
	name = s->name[STATE_DICT_OUTPUT];
	m->rows = take(m, mem_printf(m->arena, "%s.weight", name))->shape[0];
	take(m, mem_printf(m->arena, "%s.bias", name));
	return true;
}

/* A tensor left over: another network, or the user gave all names. */
static bool
check_left_over(const struct state_dict *s, const struct model *m)
{
	const char *const *name = s->name;
	bool given = true;

	for (int i = 0; i < STATE_DICT_PARTS; i++)
		given = given && s->given[i].s != NULL;
	for (size_t i = 0; i < m->tensors; i++) {
		const struct tensor *t = &m->tensor[i];

		if (!t->used && !given)
			return bad((struct place){t->file, 0}, "tensor "
			    "\"%.*s\" has no place in an embedding, %s, and a "
			    "linear layer; if the network does not use it, "
			    "give embedding=%s rnn=%s output=%s",
			    TEXT_ARGS(t->name), cell_nouns(m->arena, 0),
			    name[STATE_DICT_EMBEDDING], name[STATE_DICT_RNN],
			    name[STATE_DICT_OUTPUT]);
		if (!t->used)
			note("%s: tensor \"%.*s\" is left out", t->file,
			    TEXT_ARGS(t->name));
	}
	return true;
}

bool
state_dict_find(struct state_dict *s, struct model *m)
{
	return find_rnn(s, m) && find_embedding(s, m) && find_output(s, m) &&
	    check_left_over(s, m);
}
