/* SPDX-License-Identifier: ISC */
#include "train/recipe.h"

#include <stdint.h>
#include <string.h>

#include "base/conf.h"
#include "base/conf_value.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "model/label.h"
#include "model/model.h"
#include "model/safetensors.h"
#include "rnn/trace.h"

enum kind {
	SIZE,
	REAL,
	NEW_SIZE,		/* the same, but written unless it is 0, as */
	NEW_REAL,		/* runs of older versions have none */
	BOOL,
	CHOICE,			/* one of names: a size_t, its number */
	POOLING,
	WORD,			/* a word or a path */
	LABELS,
};

static const char *const embedding_names[] = {"frozen", "tuned",
    MODEL_STREAM, NULL};

#define AT(field) offsetof(struct recipe, field)

/* The keys, in the order in which they are written. */
static const struct key {
	const char *name;
	enum kind kind;
	size_t at;		/* in struct recipe */
	double min, max;	/* SIZE, REAL */
	const char *const *names;	/* CHOICE */
} keys[] = {
	{"cell", CHOICE, AT(cell), 0, 0, cell_names},
	{"hidden", SIZE, AT(hidden), 1, 4096, NULL},
	{"layers", SIZE, AT(layers), 1, MODEL_LAYERS, NULL},
	{"bidirectional", BOOL, AT(bidirectional), 0, 0, NULL},
	{"pooling", POOLING, AT(pooling), 0, 0, NULL},
	{"labels", LABELS, AT(label), 0, 0, NULL},
	{"model", WORD, AT(model), 0, 0, NULL},
	{"lowercase", BOOL, AT(lowercase), 0, 0, NULL},
	{"unknown", WORD, AT(unknown), 0, 0, NULL},
	{"vocabulary", WORD, AT(vocabulary), 0, 0, NULL},
	{"train_words", BOOL, AT(train_words), 0, 0, NULL},
	{"min_count", SIZE, AT(min_count), 1, 1e9, NULL},
	{"limit", SIZE, AT(limit), 0, 1e9, NULL},
	{"vectors", WORD, AT(vectors), 0, 0, NULL},
	{"embedding_from", WORD, AT(embedding_from), 0, 0, NULL},
	{"dimension", SIZE, AT(dimension), 1, DIMENSION_MAX, NULL},
	{"range", REAL, AT(range), 0, 10, NULL},
	{"embedding", CHOICE, AT(embedding), 0, 0, embedding_names},
	{"learning_rate", REAL, AT(learning_rate), 0, 10, NULL},
	{"weight_decay", REAL, AT(weight_decay), 0, 10, NULL},
	{"clip", REAL, AT(clip), 0, 1e9, NULL},
	{"word_dropout", NEW_REAL, AT(word_dropout), 0, 0.95, NULL},
	{"word_blank", NEW_REAL, AT(word_blank), 0, 0.95, NULL},
	{"embedding_dropout", REAL, AT(embedding_dropout), 0, 0.95, NULL},
	{"layer_dropout", REAL, AT(layer_dropout), 0, 0.95, NULL},
	{"readout_dropout", REAL, AT(readout_dropout), 0, 0.95, NULL},
	{"penalty", NEW_REAL, AT(penalty), 0, 1e9, NULL},
	{"penalty_words", WORD, AT(penalty_words), 0, 0, NULL},
	{"batch", SIZE, AT(batch), 1, 65536, NULL},
	{"bucket", SIZE, AT(bucket), 1, 1000000, NULL},
	{"epochs", SIZE, AT(epochs), 1, 100000, NULL},
	{"average", NEW_SIZE, AT(average), 0, 100000, NULL},
	{"patience", SIZE, AT(patience), 0, 100000, NULL},
	{"seed", SIZE, AT(seed), 0, 9e15, NULL},
	{"embedding_numbers", CHOICE, AT(embedding_numbers), 0, 0,
	    number_names},
	{"numbers", CHOICE, AT(numbers), 0, 0, number_names},
	{"state", BOOL, AT(state), 0, 0, NULL},
};

enum { KEYS = sizeof keys / sizeof *keys };

struct recipe
recipe_default(void)
{
	return (struct recipe){
		.cell = CELL_GRU,
		.hidden = 150,
		.layers = 1,
		.pooling = pooling_of(POOLING_LAST),
		.train_words = true,
		.min_count = 1,
		.dimension = 100,
		.range = 0.25,
		.embedding = EMBEDDING_TUNED,
		.learning_rate = 1e-3,
		.batch = 50,
		.bucket = 1,
		.epochs = 20,
		.seed = 1,
		.embedding_numbers = NUMBER_F32,
		.numbers = NUMBER_F32,
		.state = true,
	};
}

static bool
read_labels(struct arena *arena, const struct conf *c, struct recipe *r)
{
	struct dict *seen;
	bool good = true;

	if (c->kind != CONF_LIST || c->n < 2 || c->n > LABELS_MAX)
		return bad(c->at, "labels: expected a list of 2 to %d",
		    LABELS_MAX);
	r->labels = c->n;
	r->label = MEM_NEW(arena, c->n, struct text);
	seen = dict_new();
	for (size_t i = 0; i < c->n && good; i++) {
		r->label[i] = c->child[i]->scalar;
		good = label_add(seen, r->label[i], c->child[i]->at);
	}
	dict_free(seen);
	return good;
}

static bool
read_key(struct arena *arena, const struct conf *map, const struct key *k,
    struct recipe *r)
{
	void *to = (char *)r + k->at;

	switch (k->kind) {
	case SIZE:
	case NEW_SIZE:
		return conf_size(map, k->name, (size_t)k->min, (size_t)k->max,
		    to);
	case REAL:
	case NEW_REAL:
		return conf_real(map, k->name, k->min, k->max, to);
	case BOOL:
		return conf_bool(map, k->name, to);
	case CHOICE:
		return conf_choice(map, k->name, k->names, to);
	case POOLING:
		return pooling_read(map, to) &&
		    (!pooling_has(to, POOLING_ATTENTION) ||
		    bad(conf_get(map, k->name)->at, "pooling: attention is "
		    "run, but not trained: expected last, end, mean or max"));
	case WORD:
		return conf_text(map, k->name, to);
	case LABELS:
		return read_labels(arena, conf_get(map, k->name), r);
	}
	return false;
}

/* penalty and penalty_words need each other. */
static bool
check_penalty(const struct conf *map, const struct recipe *r)
{
	if ((r->penalty > 0.0) == (r->penalty_words.s != NULL))
		return true;
	if (r->penalty > 0.0)
		return bad(conf_get(map, "penalty")->at, "penalty needs "
		    "penalty_words, a file of the words whose scores are "
		    "penalised");
	return bad(conf_get(map, "penalty_words")->at, "penalty_words needs "
	    "penalty, a number above 0");
}

/* Words that bring their vectors are not looked up anywhere. */
static bool
check_stream(const struct conf *map, const struct recipe *r)
{
	static const char *const others[] = {"unknown", "vocabulary",
	    "vectors", "embedding_from", "penalty_words"};
	const struct conf *c = r->lowercase ? conf_get(map, "lowercase") :
	    NULL;

	for (size_t i = 0; c == NULL && i < sizeof others / sizeof *others;
	    i++)
		c = conf_get(map, others[i]);
	return r->embedding != EMBEDDING_STREAM || c == NULL || bad(c->at,
	    "this key does not go with embedding: " MODEL_STREAM ", where "
	    "words bring their vectors");
}

bool
recipe_read(struct arena *arena, const char *path, struct recipe *r,
    int *status)
{
	const struct conf *map = conf_read(arena, path, status);

	if (map == NULL)
		return false;
	*status = STATUS_DATA;
	if (map->kind != CONF_MAP)
		return bad(map->at, "expected a map: cell: gru, hidden: ...");
	for (size_t i = 0; i < map->n; i++) {
		size_t k = 0;

		while (k < KEYS && !text_is(map->key[i], keys[k].name))
			k++;
		if (k == KEYS)
			return bad(map->child[i]->at, "unknown key \"%.*s\"",
			    TEXT_ARGS(map->key[i]));
		if (!read_key(arena, map, &keys[k], r))
			return false;
	}
	if (!check_penalty(map, r) || !check_stream(map, r))
		return false;
	*status = STATUS_OK;
	return true;
}

static void
write_key(const struct recipe *r, const struct key *k, struct output *o)
{
	const void *at = (const char *)r + k->at;
	const struct text *word = at;

	if ((k->kind == WORD && word->s == NULL) ||
	    (k->kind == NEW_SIZE && *(const size_t *)at == 0) ||
	    (k->kind == NEW_REAL && *(const double *)at <= 0.0) ||
	    (k->kind == LABELS && r->labels == 0))
		return;
	output_printf(o, "%s: ", k->name);
	switch (k->kind) {
	case SIZE:
	case NEW_SIZE:
		output_size(o, *(const size_t *)at);
		break;
	case REAL:
	case NEW_REAL:
		output_double(o, *(const double *)at);
		break;
	case BOOL:
		output_string(o, *(const bool *)at ? "true" : "false");
		break;
	case CHOICE:
		output_string(o, k->names[*(const size_t *)at]);
		break;
	case POOLING:
		pooling_write(o, at);
		break;
	case WORD:
		conf_write_word(o, *word);
		break;
	case LABELS:
		conf_write_words(o, r->label, r->labels);
		break;
	}
	output_char(o, '\n');
}

void
recipe_write(const struct recipe *r, struct output *o)
{
	for (size_t i = 0; i < KEYS; i++)
		write_key(r, &keys[i], o);
}

static bool
is_same(const struct recipe *a, const struct recipe *b, const struct key *k)
{
	const void *x = (const char *)a + k->at, *y = (const char *)b + k->at;

	switch (k->kind) {
	case SIZE:
	case NEW_SIZE:
	case CHOICE:
		return *(const size_t *)x == *(const size_t *)y;
	case REAL:
	case NEW_REAL:
		return *(const double *)x == *(const double *)y;
	case BOOL:
		return *(const bool *)x == *(const bool *)y;
	case POOLING:
		return pooling_equal(x, y);
	case WORD:
		return text_equal(*(const struct text *)x,
		    *(const struct text *)y);
	case LABELS:
		for (size_t i = 0; i < a->labels && i < b->labels; i++)
			if (!text_equal(a->label[i], b->label[i]))
				return false;
		return a->labels == b->labels;
	}
	return false;
}

const char *
recipe_differs(const struct recipe *a, const struct recipe *b)
{
	for (size_t i = 0; i < KEYS; i++)
		if (!is_same(a, b, &keys[i]))
			return keys[i].name;
	return NULL;
}

/* The value of a key in what recipe_write wrote, or unset. */
static struct text
value_of(struct text recipe, const char *key, struct text unset)
{
	while (recipe.s != NULL) {
		struct text value = text_cut(&recipe, '\n');

		if (text_is(text_cut(&value, ':'), key))
			return text_trim(value);
	}
	return unset;
}

bool
recipe_continues(const struct recipe *r, struct text run, struct place at)
{
	struct output o = output_to(-1, "recipe.yaml");
	bool good = true;

	recipe_write(r, &o);
	for (size_t i = 0; i < KEYS && good; i++) {
		const char *key = keys[i].name;
		struct text is = value_of((struct text){o.buf, o.n}, key,
		    TEXT("not set"));
		struct text was = value_of(run, key, TEXT("not set"));

		good = text_equal(is, was) || strcmp(key, "epochs") == 0 ||
		    bad(at, "%s is %.*s, but it was %.*s in the run that is "
		    "continued", key, TEXT_ARGS(is), TEXT_ARGS(was));
	}
	output_done(&o, STATUS_OK);
	return good;
}
