/* SPDX-License-Identifier: ISC */
#include "model.h"

#include <math.h>
#include <string.h>

#include "conf.h"
#include "conllu.h"
#include "dict.h"
#include "err.h"
#include "input.h"
#include "mem.h"
#include "share.h"
#include "utf8.h"

enum {
	VOCABULARY_LIMIT = 256 << 20,	/* bytes of vocab.txt */
	CLASSES_LIMIT = 4096,
	FILES_LIMIT = 64,
};

static const char *const known_keys[] = {"reat", "cell", "layers",
    "bidirectional", "pooling", "labels", "lowercase", "unknown",
    "vocabulary", "weights", "tensors", NULL};

/* What is needed while reading and not afterwards. */
struct reading {
	struct model *m;
	const struct conf *yaml;
	struct tensor *tensor;
	size_t tensors;
	int *status;
};

/* A path in model.yaml is relative to the folder. */
static const char *
inside(const struct model *m, struct text name)
{
	if (name.n > 0 && name.s[0] == '/')
		return name.s;
	return mem_printf(m->arena, "%s/%s", m->path, name.s);
}

/* The value of key as a number in names[], or fallback if there is no key. */
static bool
read_choice(const struct conf *map, const char *key, const char *const names[],
    int fallback, int *choice)
{
	struct text value;
	const struct conf *c = conf_get(map, key);

	*choice = fallback;
	if (c == NULL && fallback >= 0)
		return true;
	if (!conf_text(map, key, &value))
		return false;
	for (*choice = 0; names[*choice] != NULL; ++*choice)
		if (text_is(value, names[*choice]))
			return true;
	return bad(c->at, "%s: \"%.*s\", expected %s, %s%s%s", key,
	    TEXT_ARGS(value), names[0], names[1], names[2] ? " or " : "",
	    names[2] ? names[2] : "");
}

static bool
read_labels(struct model *m, const struct conf *yaml)
{
	const struct conf *c = conf_get(yaml, "labels");

	if (c == NULL || c->kind != CONF_LIST || c->n < 2 ||
	    c->n > CLASSES_LIMIT)
		return bad(c == NULL ? yaml->at : c->at,
		    "labels: expected a list of at least two");
	m->C = c->n;
	m->label = MEM_NEW(m->arena, m->C, struct text);
	for (size_t i = 0; i < m->C; i++) {
		const struct conf *one = c->child[i];

		if (one->kind != CONF_SCALAR || one->scalar.n == 0 ||
		    strpbrk(one->scalar.s, "|\t\n") != NULL)
			return bad(one->at, "a label that is empty or holds "
			    "a |, a tab or a newline");
		m->label[i] = one->scalar;
		for (size_t k = 0; k < i; k++)
			if (text_equal(m->label[k], m->label[i]))
				return bad(one->at, "label \"%.*s\" twice",
				    TEXT_ARGS(one->scalar));
	}
	return true;
}

static bool
read_settings(struct model *m, const struct conf *yaml)
{
	size_t version, layers = 1;
	bool both = false;
	int cell, pooling;

	if (yaml->kind != CONF_MAP)
		return bad(yaml->at, "expected a map: reat: 1, cell: ...");
	if (!conf_known(yaml, known_keys) ||
	    !conf_size(yaml, "reat", 1, 1, &version) ||
	    !read_choice(yaml, "cell", cell_names, -1, &cell) ||
	    !read_choice(yaml, "pooling", pooling_names, POOLING_LAST,
	    &pooling) ||
	    (conf_get(yaml, "layers") != NULL &&
	    !conf_size(yaml, "layers", 1, MODEL_LAYERS, &layers)) ||
	    (conf_get(yaml, "bidirectional") != NULL &&
	    !conf_bool(yaml, "bidirectional", &both)) ||
	    (conf_get(yaml, "lowercase") != NULL &&
	    !conf_bool(yaml, "lowercase", &m->lowercase)) ||
	    !read_labels(m, yaml))
		return false;
	m->cell = (enum cell)cell;
	m->pooling = (enum pooling)pooling;
	m->layers = layers;
	m->directions = both ? 2 : 1;
	m->G = m->cell == CELL_GRU ? 3 : 4;
	return true;
}

/* One word a line; the line's number, from 0, is the row. */
static bool
read_vocabulary(struct reading *r)
{
	struct model *m = r->m;
	struct text name, rest, unknown;
	struct place at = {NULL, 1};

	if (!conf_text(r->yaml, "vocabulary", &name))
		return false;
	at.file = inside(m, name);
	if (!input_whole(m->arena, at.file, VOCABULARY_LIMIT, &rest,
	    r->status))
		return false;
	*r->status = STATUS_DATA;
	for (; rest.s != NULL && rest.n > 0; at.line++) {
		struct text word = text_cut(&rest, '\n');

		if (dict_add(m->vocabulary, word) != (int32_t)at.line - 1)
			return bad(at, "\"%.*s\" again, expected each word "
			    "once", TEXT_ARGS(word));
	}
	m->V = dict_size(m->vocabulary);
	if (m->V == 0)
		return bad(at, "no words, expected one a line");
	m->unknown = -1;
	if (conf_get(r->yaml, "unknown") == NULL)
		return true;
	if (!conf_text(r->yaml, "unknown", &unknown))
		return false;
	m->unknown = dict_find(m->vocabulary, unknown);
	if (m->unknown < 0)
		return bad(conf_get(r->yaml, "unknown")->at, "unknown: "
		    "\"%.*s\" is not in %s", TEXT_ARGS(unknown), at.file);
	return true;
}

static bool
read_files(struct reading *r)
{
	const struct conf *c = conf_get(r->yaml, "weights");

	if (c == NULL || c->kind != CONF_LIST || c->n == 0 ||
	    c->n > FILES_LIMIT)
		return bad(c == NULL ? r->yaml->at : c->at,
		    "weights: expected a list of safetensors files");
	for (size_t i = 0; i < c->n; i++) {
		if (c->child[i]->kind != CONF_SCALAR)
			return bad(c->child[i]->at, "weights: expected a file");
		if (!safetensors_read(r->m->arena, inside(r->m,
		    c->child[i]->scalar), &r->tensor, &r->tensors, r->status))
			return false;
	}
	return true;
}

static const struct tensor *
find_tensor(const struct reading *r, const char *name)
{
	for (size_t i = 0; i < r->tensors; i++)
		if (text_is(r->tensor[i].name, name))
			return &r->tensor[i];
	return NULL;
}

/* The name of a tensor of one of the three parts, by its prefix. */
static const char *
tensor_name(const struct reading *r, const char *part, const char *suffix)
{
	const struct conf *c = conf_get(conf_get(r->yaml, "tensors"), part);
	const char *prefix = c != NULL && c->kind == CONF_SCALAR ?
	    c->scalar.s : strcmp(part, "embedding") == 0 ?
	    "embedding.weight" : part;

	return mem_printf(r->m->arena, "%s%s", prefix, suffix);
}

/* "[450][100]" */
static const char *
shape_text(struct arena *arena, size_t dims, const size_t *shape)
{
	const char *text = dims == 0 ? "a single number" : "";

	for (size_t i = 0; i < dims; i++)
		text = mem_printf(arena, "%s[%zu]", text, shape[i]);
	return text;
}

/*
 * The numbers of a tensor of this shape (cols 0: a vector), all finite.  A
 * missing one is zeros if it may be missing.
 */
static bool
read_tensor(const struct reading *r, const char *name, size_t rows,
    size_t cols, bool optional, float **to)
{
	const struct tensor *t = find_tensor(r, name);
	struct place at = {r->yaml->at.file, 0};
	size_t dims = cols == 0 ? 1 : 2, n = cols == 0 ? rows : rows * cols;

	*to = MEM_VECTOR(r->m->arena, n, float);
	if (t == NULL)
		return optional || bad(at, "no tensor \"%s\" in the weights",
		    name);
	at.file = t->file;
	if (t->type == NUMBER_OTHER)
		return bad(at, "tensor \"%s\": expected F32, F16 or BF16",
		    name);
	if (t->dims != dims || t->shape[0] != rows ||
	    (dims == 2 && t->shape[1] != cols))
		return bad(at, "tensor \"%s\" is %s, expected %s", name,
		    shape_text(r->m->arena, t->dims, t->shape),
		    shape_text(r->m->arena, dims, (size_t[]){rows, cols}));
	tensor_floats(t, 0, n, *to);
	for (size_t i = 0; i < n; i++)
		if (!isfinite((*to)[i]))
			return bad(at, "tensor \"%s\": number %zu is not "
			    "finite", name, i);
	return true;
}

static bool
read_layer(struct reading *r, size_t layer, size_t direction)
{
	struct model *m = r->m;
	struct rnn_weights *w = &m->layer[layer][direction];
	const char *end = mem_printf(m->arena, "_l%zu%s", layer,
	    direction == 1 ? "_reverse" : "");
	const char *part[4] = {".weight_ih", ".weight_hh", ".bias_ih",
	    ".bias_hh"};
	size_t rows = m->G * m->H;

	for (int i = 0; i < 4; i++)
		part[i] = tensor_name(r, "rnn", mem_printf(m->arena, "%s%s",
		    part[i], end));
	w->in = layer == 0 ? m->D : m->directions * m->H;
	return read_tensor(r, part[0], rows, w->in, false, &w->weight_ih) &&
	    read_tensor(r, part[1], rows, m->H, false, &w->weight_hh) &&
	    read_tensor(r, part[2], rows, 0, true, &w->bias_ih) &&
	    read_tensor(r, part[3], rows, 0, true, &w->bias_hh);
}

/* V, D, H and the rows of the output layer come from the tensors' shapes. */
static bool
read_shapes(struct reading *r)
{
	struct model *m = r->m;
	const char *names[3] = {tensor_name(r, "embedding", ""),
	    tensor_name(r, "rnn", ".weight_hh_l0"),
	    tensor_name(r, "output", ".weight")};
	const struct tensor *t[3];

	for (int i = 0; i < 3; i++) {
		t[i] = find_tensor(r, names[i]);
		if (t[i] == NULL)
			return bad(r->yaml->at, "no tensor \"%s\" in the "
			    "weights", names[i]);
		if (t[i]->type == NUMBER_OTHER || t[i]->dims != 2 ||
		    t[i]->count == 0)
			return bad((struct place){t[i]->file, 0},
			    "tensor \"%s\": expected a matrix of F32, F16 or "
			    "BF16", names[i]);
	}
	m->embedding = t[0];
	m->D = t[0]->shape[1];
	m->H = t[1]->shape[1];
	m->rows = t[2]->shape[0];
	if (t[0]->shape[0] != m->V)
		return bad((struct place){t[0]->file, 0}, "tensor \"%s\" has "
		    "%zu rows, expected %zu: one a word of the vocabulary",
		    names[0], t[0]->shape[0], m->V);
	if (m->rows != m->C && !(m->rows == 1 && m->C == 2))
		return bad((struct place){t[2]->file, 0}, "tensor \"%s\" has "
		    "%zu rows, expected %zu: one a label", names[2], m->rows,
		    m->C);
	return true;
}

static bool
read_model(struct reading *r)
{
	struct model *m = r->m;
	const char *yaml = mem_printf(m->arena, "%s/model.yaml", m->path);

	r->yaml = conf_read(m->arena, yaml, r->status);
	if (r->yaml == NULL)
		return false;
	*r->status = STATUS_DATA;
	if (!read_settings(m, r->yaml) || !read_vocabulary(r) ||
	    !read_files(r) || !read_shapes(r))
		return false;
	for (size_t l = 0; l < m->layers; l++)
		for (size_t d = 0; d < m->directions; d++)
			if (!read_layer(r, l, d))
				return false;
	return read_tensor(r, tensor_name(r, "output", ".weight"), m->rows,
	    m->directions * m->H, false, &m->weight) &&
	    read_tensor(r, tensor_name(r, "output", ".bias"), m->rows, 0,
	    true, &m->bias);
}

/* The last component of the path, without slashes at its end. */
static struct text
last_component(const char *path)
{
	struct text rest = text_of(path), name = {NULL, 0};

	while (rest.n > 1 && rest.s[rest.n - 1] == '/')
		rest.n--;
	while (rest.s != NULL)
		name = text_cut(&rest, '/');
	return name;
}

struct model *
model_open(const char *name, int *status)
{
	struct arena *arena = mem_arena();
	struct model *m = MEM_NEW(arena, 1, struct model);
	struct reading r = {.m = m, .status = status};

	m->arena = arena;
	m->path = share_find(arena, SHARE_MODEL, name);
	m->name = text_copy(arena, last_component(m->path));
	m->vocabulary = dict_new();
	if (read_model(&r))
		return m;
	model_close(m);
	return NULL;
}

void
model_close(struct model *m)
{
	dict_free(m->vocabulary);
	mem_free(m->arena);
}

int32_t
model_word(const struct model *m, struct arena *arena, struct text form)
{
	int32_t row = dict_find(m->vocabulary, m->lowercase ?
	    utf8_lower(arena, form) : form);

	return row == DICT_NONE ? m->unknown : row;
}

int32_t *
model_words(const struct model *m, const struct block *b)
{
	int32_t *id = MEM_NEW(b->arena, b->T, int32_t);

	for (size_t t = 0; t < b->T; t++)
		id[t] = model_word(m, b->arena,
		    conllu_word(b, t)[CONLLU_FORM]);
	return id;
}

void
model_embed(const struct model *m, int32_t id, float *to)
{
	if (id < 0)
		memset(to, 0, m->D * sizeof *to);
	else if (m->embedding_data != NULL)
		memcpy(to, m->embedding_data + (size_t)id * m->D,
		    m->D * sizeof *to);
	else
		tensor_floats(m->embedding, (size_t)id * m->D, m->D, to);
}

int32_t
model_class(const struct model *m, struct text label)
{
	for (size_t c = 0; c < m->C; c++)
		if (text_equal(m->label[c], label))
			return (int32_t)c;
	return -1;
}
