/* SPDX-License-Identifier: ISC */
#include "model/settings.h"

#include "base/conf.h"
#include "base/conf_value.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "model/label.h"
#include "model/model.h"
#include "model/reading.h"
#include "model/stack_read.h"
#include "model/vocabulary.h"

static const char *const known_keys[] = {"reat", "cell", "layers",
    "bidirectional", "pooling", "labels", "embedding", "lowercase",
    "unknown", "vocabulary", "weights", "tensors", "ignore", "attention",
    "head", "epsilon", "multilabel", NULL};
static const char *const embedding_names[] = {"vocabulary",
    MODEL_STREAM, NULL};
static const char *const known_parts[] = {"embedding", "rnn", "output", NULL};

/* Check that each key of the map is known. */
static bool
read_keys(struct model_reading *r, const struct conf *map,
    const char *const names[])
{
	struct conf one = *map;

	for (one.n = 1; one.key < map->key + map->n; one.key++, one.child++)
		if (!reading_check(r, conf_known(&one, names)))
			return false;
	return true;
}

static bool
read_labels(struct model_reading *r)
{
	struct model *m = r->m;
	const struct conf *c = conf_get(r->yaml, "labels");
	struct dict *seen;
	bool good = true;

	if (c == NULL || c->kind != CONF_LIST || c->n < 2 ||
	    c->n > LABELS_MAX)
		return reading_check(r, bad(c == NULL ? r->yaml->at : c->at,
		    "labels: expected a list of 2 to %d", LABELS_MAX));
	m->label = MEM_NEW(m->arena, c->n, struct text);
	m->C = c->n;
	seen = dict_new();
	for (size_t i = 0; i < c->n && good; i++) {
		m->label[i] = c->child[i]->scalar;
		good = reading_check(r, label_add(seen, m->label[i],
		    c->child[i]->at));
	}
	dict_free(seen);
	return good;
}

/* Check the list of tensors that are left out; weights.c reads it. */
static bool
read_ignore(struct model_reading *r)
{
	const struct conf *c = conf_get(r->yaml, "ignore");
	bool good = c == NULL || c->kind == CONF_LIST;

	for (size_t i = 0; good && c != NULL && i < c->n; i++)
		good = c->child[i]->kind == CONF_SCALAR;
	return good || reading_check(r, bad(c->at, "ignore: expected a list of "
	    "names of tensors"));
}

/* Check the map of the tensors' names; weights.c reads it. */
static bool
read_prefixes(struct model_reading *r)
{
	const struct conf *c = conf_get(r->yaml, "tensors");
	struct text prefix;

	if (c == NULL)
		return true;
	if (r->m->stream && conf_get(c, "embedding") != NULL)
		return reading_check(r, bad(conf_get(c, "embedding")->at,
		    "tensors: embedding: not with embedding: " MODEL_STREAM));
	if (c->kind != CONF_MAP)
		return reading_check(r, bad(c->at, "tensors: expected a "
		    "map of embedding, rnn and output"));
	for (int i = 0; known_parts[i] != NULL; i++)
		if (conf_get(c, known_parts[i]) != NULL &&
		    !reading_check(r, conf_text(c, known_parts[i], &prefix)))
			return false;
	return read_keys(r, c, known_parts);
}

static bool
read_cell(struct model_reading *r)
{
	struct model *m = r->m;
	size_t cell;
	bool good = conf_choice(r->yaml, "cell", cell_names, &cell);

	m->cell = good ? (enum cell)cell : CELL_GRU;
	m->G = good ? cells[m->cell].G : 0;
	return reading_check(r, good);
}

static bool
read_pooling(struct model_reading *r)
{
	r->m->pooling = pooling_of(POOLING_LAST);
	return conf_get(r->yaml, "pooling") == NULL ||
	    reading_check(r, pooling_read(r->yaml, &r->m->pooling));
}

static bool
read_layers(struct model_reading *r)
{
	struct model *m = r->m;
	bool good;

	m->layers = 1;
	if (conf_get(r->yaml, "layers") == NULL)
		return true;
	good = conf_size(r->yaml, "layers", 1, MODEL_LAYERS, &m->layers);
	if (!good)
		m->layers = 0;
	return reading_check(r, good);
}

static bool
read_directions(struct model_reading *r)
{
	struct model *m = r->m;
	bool both = false, good;

	m->directions = 1;
	if (conf_get(r->yaml, "bidirectional") == NULL)
		return true;
	good = conf_bool(r->yaml, "bidirectional", &both);
	m->directions = !good ? 0 : both ? 2 : 1;
	return reading_check(r, good);
}

/* Read true or false; without the key it is false. */
static bool
read_truth(struct model_reading *r, const char *key, bool *value)
{
	return conf_get(r->yaml, key) == NULL || reading_check(r,
	    conf_bool(r->yaml, key, value));
}

/* A stream model has none of the keys that tell how words are looked up. */
static bool
read_embedding(struct model_reading *r)
{
	static const char *const others[] = {"lowercase", "unknown",
	    "vocabulary"};
	size_t choice = 0;
	bool good = conf_get(r->yaml, "embedding") == NULL ||
	    conf_choice(r->yaml, "embedding", embedding_names, &choice);
	const struct conf *c;

	r->m->stream = choice == 1;
	for (size_t i = 0; good && r->m->stream && i < sizeof others /
	    sizeof *others; i++)
		good = (c = conf_get(r->yaml, others[i])) == NULL ||
		    bad(c->at, "%s: not with embedding: " MODEL_STREAM ", as "
		    "words bring their vectors", others[i]);
	return reading_check(r, good);
}

bool
settings_read(struct model_reading *r)
{
	size_t version;

	if (r->yaml->kind != CONF_MAP)
		return reading_check(r, bad(r->yaml->at, "expected a map: "
		    "reat: 1, cell: ..."));
	return read_keys(r, r->yaml, known_keys) &&
	    reading_check(r, conf_size(r->yaml, "reat", 1, 1, &version)) &&
	    read_cell(r) && read_pooling(r) && stack_settings(r) &&
	    read_layers(r) && read_directions(r) && read_embedding(r) &&
	    read_truth(r, "lowercase", &r->m->lowercase) &&
	    read_truth(r, "multilabel", &r->m->multilabel) &&
	    read_labels(r) && read_prefixes(r) && read_ignore(r);
}

static bool
read_unknown(struct model_reading *r)
{
	struct model *m = r->m;
	struct text word;

	m->unknown = -1;
	if (conf_get(r->yaml, "unknown") == NULL)
		return true;
	if (!conf_text(r->yaml, "unknown", &word))
		return reading_check(r, false);
	m->unknown = dict_find(m->vocabulary, word);
	return m->unknown >= 0 || m->V == 0 ||
	    reading_check(r, bad(conf_get(r->yaml, "unknown")->at, "unknown: "
	    "\"%.*s\" is not in %s", TEXT_ARGS(word), m->vocabulary_file));
}

bool
settings_read_vocabulary(struct model_reading *r)
{
	struct text name;

	if (r->m->stream)
		return true;
	if (!conf_text(r->yaml, "vocabulary", &name))
		return reading_check(r, false);
	r->m->vocabulary_file = reading_path(r->m, name);
	return vocabulary_read(r) && read_unknown(r);
}
