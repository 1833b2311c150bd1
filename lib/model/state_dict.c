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
 *     net.head.weight         [rows][features]       output: net.head
 *     net.head.bias           [rows]
 *
 * The author chose the names of modules, so only the ends of names and the
 * shapes can be relied on.  In this order, and each time without the tensors
 * that already have a place:
 *
 *     rnn        the tensor *.weight_hh_l0, or *.weight_hh, as GRUCell and
 *                LSTMCell name it: one layer in one direction.  Its columns
 *                are H, its rows G H, and G tells the cell (cells[]);
 *                weight_ih_l0 has D columns; names are counted for layers and
 *                directions
 *     embedding  the matrix [V][D], with V the words of the vocabulary
 *     head       the modules whose names are given (stack.h)
 *     output     the matrix *.weight with a column for each number that it
 *                reads: the features of the pooling, which is given too
 *                (pooling.h), or what the last module of the head gives
 *
 * Two that fit are an error, never a choice: the message says which setting
 * decides.  A tensor left over is one too: attention or a second linear layer
 * make this another network, whose logits would differ.  So the message names
 * the module that the tensor looks like, if its name or shape shows it.  It
 * offers head if a head can have such a module, and ignore if the tensor looks
 * like none.
 *
 * Easy to get wrong: pooling, activations, labels and lower case leave no trace
 * in tensors (guess.c), and neither does the place where the head reads the
 * reverse direction.
 */
#include "model/state_dict.h"

#include <string.h>

#include "base/mem.h"
#include "model/model.h"
#include "model/projection.h"
#include "model/read_tensor.h"
#include "model/stack_read.h"

const char *const state_dict_names[] = {"embedding", "rnn", "output", NULL};

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

		if (t->used || !text_ends(name, end))
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
			    "%s=NAME%s%s%s",
			    TEXT_ARGS(fits->name), TEXT_ARGS(t->name), what,
			    state_dict_names[part], end[0] != '\0' ?
			    " without " : "", end, part == STATE_DICT_RNN ?
			    "; if one reads the other, this network cannot be "
			    "imported" : "");
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

static bool
is_linear_cell(const struct state_dict *s)
{
	return s->cell != CELL_FOREIGN && cells[s->cell].linear;
}

/* "a GRU or an LSTM"; with H, "450 rows for a GRU or 600 rows for an LSTM".
 * Only PyTorch's own cells: another one must be given. */
static const char *
cell_nouns(struct arena *arena, size_t H)
{
	struct text noun[CELLS];
	size_t n = 0;

	for (size_t i = 0; i < CELLS; i++)
		if (cells[i].guessed)
			noun[n++] = text_of(H == 0 ? cells[i].noun :
			    mem_printf(arena, "%zu rows for %s",
			    cells[i].G * H, cells[i].noun));
	return text_list(arena, noun, n, " or ");
}

/*
 * The cell given, or PyTorch's with so many rows: cell, G and H of m.  t is
 * W_hh, or W_ih of a linear cell, which must be given.
 */
static bool
find_cell(const struct state_dict *s, const struct tensor *t, struct model *m)
{
	struct place at = {t->file, 0};
	bool linear = is_linear_cell(s);
	struct text name[CELLS];
	size_t fit = 0;

	for (int i = 0; i < CELLS; i++) {
		size_t G = cells[i].G, H = linear ? t->shape[0] / G :
		    t->shape[1];

		if (G * H == t->shape[0] && (s->cell == CELL_FOREIGN ?
		    cells[i].guessed : s->cell == (enum cell)i)) {
			m->cell = (enum cell)i;
			m->H = H;
			name[fit++] = text_of(mem_printf(m->arena, "cell=%s",
			    cell_names[i]));
		}
	}
	if (fit == 0 && linear)
		return bad(at, "tensor \"%.*s\" has %zu rows, expected a "
		    "multiple of %zu for %s", TEXT_ARGS(t->name), t->shape[0],
		    cells[s->cell].G, cells[s->cell].noun);
	if (fit == 0)
		return bad(at, "tensor \"%.*s\" is [%zu][%zu], expected %s",
		    TEXT_ARGS(t->name), t->shape[0], t->shape[1],
		    cell_nouns(m->arena, t->shape[1]));
	m->G = cells[m->cell].G;
	return fit == 1 || bad(at, "tensor \"%.*s\" fits more than one kind of "
	    "cell: give %s", TEXT_ARGS(t->name), text_list(m->arena, name, fit,
	    " or "));
}

/* How many tensors weight_ih_l0, _l1, ... end so; all have a place then. */
static size_t
count_layers(const struct model *m, const char *rnn, const char *end)
{
	const struct cell_kind *cell = &cells[m->cell];
	const char *parts[] = {"weight_ih", "bias_ih", cell->linear ?
	    cell->own : "weight_hh", cell->linear ? NULL : "bias_hh"};
	size_t l = 0;

	for (bool found = true; found; l += found) {
		found = false;
		for (size_t i = 0; i < 4 && parts[i] != NULL; i++)
			found |= find_tensor(m, mem_printf(m->arena,
			    "%s.%s_l%zu%s", rnn, parts[i], l, end)) != NULL &&
			    i == 0;
	}
	return l;
}

/* How the names of the first layer end: "_l0", or nothing in a cell. */
static const char *
layer_end(const struct model *m, const char *matrix)
{
	const char *first = mem_printf(m->arena, "%s_l0", matrix);
	bool cell = false;

	for (size_t i = 0; i < m->tensors; i++) {
		if (text_ends(m->tensor[i].name, first))
			return "_l0";
		cell |= text_ends(m->tensor[i].name, matrix);
	}
	return cell ? "" : "_l0";
}

static bool
contains(struct text a, const char *part)
{
	size_t n = strlen(part);

	for (size_t i = 0; i + n <= a.n; i++)
		if (memcmp(a.s + i, part, n) == 0)
			return true;
	return false;
}

/*
 * A parameter that another one is computed from.  weight_norm's have been
 * multiplied out; of others the module of the program is needed.
 */
static bool
check_computed(const struct model *m)
{
	for (size_t i = 0; i < m->tensors; i++) {
		const struct tensor *t = &m->tensor[i];

		if (!t->used && contains(t->name, ".parametrizations."))
			return bad((struct place){t->file, 0}, "tensor "
			    "\"%.*s\" is no weight but what one is computed "
			    "from, and not by weight_norm: call "
			    "torch.nn.utils.parametrize."
			    "remove_parametrizations() before it is saved",
			    TEXT_ARGS(t->name));
	}
	return true;
}

static bool
find_rnn(struct state_dict *s, struct model *m)
{
	const struct tensor *hh, *ih;
	const char *matrix = is_linear_cell(s) ? ".weight_ih" : ".weight_hh";
	const char *name, *end = layer_end(m, matrix);
	size_t back;

	if (find_tensor(m, "weight_hh_l0") != NULL)
		return bad(s->at, "tensor \"weight_hh_l0\" has no prefix: "
		    "expected the state_dict of the whole network, not of its "
		    "RNN alone");
	if (!choose(s, m, STATE_DICT_RNN, mem_printf(m->arena, "%s%s", matrix,
	    end), 0, 0, mem_printf(m->arena, "the %s weights of %s",
	    is_linear_cell(s) ? "input" : "recurrent", is_linear_cell(s) ?
	    cells[s->cell].noun : cell_nouns(m->arena, 0))))
		return false;
	name = s->name[STATE_DICT_RNN];
	hh = find_tensor(m, mem_printf(m->arena, "%s%s%s", name, matrix, end));
	ih = find_tensor(m, mem_printf(m->arena, "%s.weight_ih%s", name, end));
	if (ih == NULL || ih->dims != 2)
		return bad(s->at, "no matrix \"%s.weight_ih%s\"", name, end);
	m->D = ih->shape[1];
	if (!find_cell(s, hh, m))
		return false;
	if (end[0] == '\0') {
		find_tensor(m, mem_printf(m->arena, "%s.bias_ih", name));
		find_tensor(m, mem_printf(m->arena, "%s.bias_hh", name));
		m->layers = m->directions = 1;
		return true;
	}
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

/* The only matrix [more than V][D], or NULL. */
static const struct tensor *
find_longer(const struct model *m)
{
	const struct tensor *longer = NULL;

	for (size_t i = 0; i < m->tensors; i++) {
		const struct tensor *t = &m->tensor[i];

		if (t->used || t->dims != 2 || t->shape[0] < m->V ||
		    t->shape[1] != m->D)
			continue;
		if (t->shape[0] == m->V || longer != NULL)
			return NULL;
		longer = t;
	}
	return longer;
}

/*
 * A matrix with more rows than there are words: the words before which rows
 * were put (padding, unknown) may be missing, so that all words would have
 * another's row.
 */
static bool
check_rows(const struct state_dict *s, const struct model *m)
{
	const struct tensor *t = find_longer(m);

	return t == NULL || s->given[STATE_DICT_EMBEDDING].s != NULL ||
	    bad((struct place){t->file, 0}, "tensor \"%.*s\" has %zu rows, and "
	    "%s has %zu words; word i must have row i: add the words that are "
	    "missing, such as <pad>, or give embedding=%.*s if the last %zu "
	    "rows have no word", TEXT_ARGS(t->name), t->shape[0],
	    m->vocabulary_file, m->V, TEXT_ARGS(t->name), t->shape[0] - m->V);
}

static bool
find_embedding(struct state_dict *s, struct model *m)
{
	if (m->stream)
		return true;
	if (!check_rows(s, m))
		return false;
	if (!choose(s, m, STATE_DICT_EMBEDDING, "", m->V, m->D,
	    mem_printf(m->arena, "[%zu][%zu], a row for each word of %s", m->V,
	    m->D, m->vocabulary_file)))
		return false;
	find_tensor(m, s->name[STATE_DICT_EMBEDDING]);
	return true;
}

static bool
find_output(struct state_dict *s, struct model *m)
{
	const char *name;

	if (!choose(s, m, STATE_DICT_OUTPUT, ".weight", 0, model_columns(m),
	    mem_printf(m->arena, "[classes][%zu], the output layer",
	    model_columns(m))))
		return false;
	name = s->name[STATE_DICT_OUTPUT];
	m->rows = find_tensor(m, mem_printf(m->arena, "%s.weight",
	    name))->shape[0];
	find_tensor(m, mem_printf(m->arena, "%s.bias", name));
	return true;
}

/* ---- what is left over ---- */

static bool
is_batch_norm(const struct model *m, const struct tensor *t)
{
	(void)m;
	return text_ends(t->name, "running_mean") ||
	    text_ends(t->name, "running_var") ||
	    text_ends(t->name, "num_batches_tracked");
}

static bool
is_multihead(const struct model *m, const struct tensor *t)
{
	(void)m;
	return text_ends(t->name, "in_proj_weight");
}

static bool
is_attention(const struct model *m, const struct tensor *t)
{
	(void)m;
	return contains(t->name, "attn") || contains(t->name, "attention");
}

/* [layers and directions][1][H] */
static bool
is_first_state(const struct model *m, const struct tensor *t)
{
	return t->dims == 3 && t->shape[0] == m->layers * m->directions &&
	    t->shape[1] == 1 && t->shape[2] == m->H;
}

static bool
is_convolution(const struct model *m, const struct tensor *t)
{
	(void)m;
	return t->dims > 2;
}

static bool
is_recurrent(const struct model *m, const struct tensor *t)
{
	(void)m;
	return contains(t->name, "weight_ih") || contains(t->name, "weight_hh");
}

static bool
is_linear(const struct model *m, const struct tensor *t)
{
	(void)m;
	return t->dims == 2 && text_ends(t->name, ".weight");
}

static bool
is_layer_norm(const struct model *m, const struct tensor *t)
{
	(void)m;
	return t->dims == 1 && text_ends(t->name, ".weight");
}

static const char give_head[] = "head=NAMES, all modules and activations "
    "between pooling and the output layer, such as head=fc1,relu (what stands "
    "before the RNN cannot be imported)";

/* Modules that make another network, the surest sign first. */
static const struct module {
	bool (*is)(const struct model *, const struct tensor *);
	const char *noun;
	bool sure;		/* it is no output layer, either */
	const char *give;	/* what serves it, for advice; or NULL */
} modules[] = {
	{is_batch_norm, "batch normalisation (BatchNorm)", true, give_head},
	{is_multihead, "multi-head attention", true, NULL},
	{is_attention, "attention", true, "pooling=attention and "
	    "attention=NAMES, all modules and activations that give the score "
	    "of a word, such as attention=attn.0,tanh,attn.2"},
	{is_first_state, "a first state that is not zero", true, NULL},
	{is_convolution, "a convolution", true, NULL},
	{is_layer_norm, "layer normalisation (LayerNorm)", true, give_head},
	{is_recurrent, "a second recurrent network", false, NULL},
	{is_linear, "a second linear layer", false, give_head},
};

/* A tensor looks like a module: say so, and what to do. */
static bool
refuse(const struct model *m, const struct tensor *t, const char *noun,
    const char *give)
{
	const char *shape = tensor_shape(m->arena, t->dims, t->shape);
	struct place at = {t->file, 0};

	if (give == NULL)
		return bad(at, "tensor \"%.*s\" %s looks like %s, expected an "
		    "embedding, %s, pooling, and a head of linear layers, "
		    "norms and activations: this network cannot be imported",
		    TEXT_ARGS(t->name), shape, noun, cell_nouns(m->arena, 0));
	return bad(at, "tensor \"%.*s\" %s looks like %s: give %s",
	    TEXT_ARGS(t->name), shape, noun, give);
}

/* A tensor without a place that looks like a module: a message. */
static bool
check_modules(const struct model *m, bool sure)
{
	for (size_t k = 0; k < sizeof modules / sizeof *modules; k++)
		for (size_t i = 0; i < m->tensors; i++) {
			const struct tensor *t = &m->tensor[i];

			if (t->used || (sure && !modules[k].sure) ||
			    !modules[k].is(m, t))
				continue;
			return refuse(m, t, modules[k].noun, modules[k].give);
		}
	return true;
}

/* A tensor that looks like nothing known may be of the training alone. */
static bool
check_left_over(const struct model *m)
{
	const char *list = "";
	const struct tensor *first = NULL;

	if (!check_modules(m, false))
		return false;
	for (size_t i = 0; i < m->tensors; i++) {
		const struct tensor *t = &m->tensor[i];

		if (t->used)
			continue;
		list = mem_printf(m->arena, "%s%s%.*s", list, first == NULL ?
		    "" : ",", TEXT_ARGS(t->name));
		first = first == NULL ? t : first;
	}
	return first == NULL || bad((struct place){first->file, 0}, "tensor "
	    "\"%.*s\" %s has no place in an embedding, %s, and a linear layer; "
	    "if the network's forward does not use it, give ignore=%s",
	    TEXT_ARGS(first->name), tensor_shape(m->arena, first->dims,
	    first->shape), cell_nouns(m->arena, 0), list);
}

/* What the user says is not used has a place. */
static bool
take_ignored(const struct state_dict *s, const struct model *m)
{
	for (size_t i = 0; i < s->ignored; i++)
		if (find_tensor(m, mem_printf(m->arena, "%.*s",
		    TEXT_ARGS(s->ignore[i]))) == NULL)
			return bad(s->at, "ignore=%.*s: no tensor has this "
			    "name", TEXT_ARGS(s->ignore[i]));
	return true;
}

bool
state_dict_find(struct state_dict *s, struct model *m)
{
	return take_ignored(s, m) && check_computed(m) && find_rnn(s, m) &&
	    find_embedding(s, m) && projection_add(m,
	    s->name[STATE_DICT_RNN], s->at) && stack_find(m, s->at) &&
	    check_modules(m, true) &&
	    find_output(s, m) && check_left_over(m);
}
