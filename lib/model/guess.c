/* SPDX-License-Identifier: ISC */
#include "model/guess.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "model/model.h"
#include "model/reading.h"
#include "model/settings.h"
#include "model/write.h"

enum setting {
	VOCABULARY, LABELS, POOLING, LOWERCASE, UNKNOWN, EMBEDDING, RNN,
	OUTPUT, SETTINGS,
};

static const char *const truths[] = {"false", "true", NULL};
static const struct {
	const char *name;
	const char *const *values;	/* or NULL: any */
} settings[SETTINGS] = {
	{"vocabulary", NULL}, {"labels", NULL}, {"pooling", pooling_names},
	{"lowercase", truths}, {"unknown", NULL}, {"embedding", NULL},
	{"rnn", NULL}, {"output", NULL},
};

static const char *const unknown_words[] = {"<unk>", "<UNK>", "[UNK]",
    "<unknown>", "<oov>", "<OOV>", "UNK", "unk", NULL};

struct guess {
	struct model *m;
	struct arena *arena;
	struct place at;		/* the folder */
	struct model_reading reading;
	struct text given[SETTINGS];	/* or none */
	struct text *file;		/* [files], sorted */
	size_t files;
	const char *name[SETTINGS];	/* EMBEDDING; RNN, OUTPUT: prefixes */
};

/* The number of a name in a list, or of the NULL at its end. */
static size_t
find_name(const char *const names[], struct text name)
{
	size_t i = 0;

	while (names[i] != NULL && !text_is(name, names[i]))
		i++;
	return i;
}

static void
read_given(struct guess *g, char *const given[])
{
	for (; *given != NULL; given++) {
		struct text rest = text_of(*given);
		struct text key = text_cut(&rest, '=');
		size_t i = 0;

		while (i < SETTINGS && !text_is(key, settings[i].name))
			i++;
		if (i == SETTINGS || rest.s == NULL)
			die("\"%s\": expected KEY=VALUE with one of the keys "
			    "vocabulary, labels, pooling, lowercase, unknown, "
			    "embedding, rnn, output", *given);
		if (settings[i].values != NULL && settings[i].values[
		    find_name(settings[i].values, rest)] == NULL)
			die("\"%s\": expected a value of model.yaml's",
			    *given);
		g->given[i] = rest;
	}
}

/* ---- files ---- */

static bool
ends_with(struct text a, const char *end)
{
	size_t n = strlen(end);

	return a.n >= n && memcmp(a.s + a.n - n, end, n) == 0;
}

/* The names in the folder that end so, sorted. */
static size_t
list_files(const struct guess *g, const char *end, struct text **names)
{
	struct dirent **entry;
	int all = scandir(g->m->path, &entry, NULL, alphasort);
	size_t n = 0;

	if (all < 0)
		die("%s: cannot read: %s", g->m->path, strerror(errno));
	*names = MEM_NEW(g->arena, (size_t)all + 1, struct text);
	for (int i = 0; i < all; i++) {
		if (ends_with(text_of(entry[i]->d_name), end))
			(*names)[n++] = text_copy(g->arena,
			    text_of(entry[i]->d_name));
		free(entry[i]);
	}
	free(entry);
	return n;
}

static bool
read_words(struct guess *g)
{
	struct text *given = &g->given[VOCABULARY], *name;
	size_t n = list_files(g, ".txt", &name);

	for (size_t i = 0; given->s == NULL && i < n; i++)
		if (n == 1 || text_is(name[i], "vocab.txt"))
			*given = name[i];
	if (given->s == NULL)
		return bad(g->at, "%zu files *.txt, expected vocab.txt with a "
		    "word a line, or vocabulary=FILE", n);
	g->m->vocabulary_file = model_inside(g->m, *given);
	return model_read_words(&g->reading);
}

static bool
read_tensors(struct guess *g)
{
	struct model *m = g->m;
	int status;

	g->files = list_files(g, ".safetensors", &g->file);
	if (g->files == 0)
		return bad(g->at, "no file *.safetensors");
	for (size_t i = 0; i < g->files; i++)
		if (!safetensors_read(m->arena, model_inside(m, g->file[i]),
		    &m->tensor, &m->tensors, &status))
			return model_step_file(&g->reading, false, status);
	return true;
}

/* ---- tensors ---- */

/* The tensor with this name, which then has a place; or NULL. */
static const struct tensor *
take(const struct guess *g, const char *name)
{
	for (size_t i = 0; i < g->m->tensors; i++) {
		struct tensor *t = &g->m->tensor[i];

		if (text_is(t->name, name)) {
			t->used = true;
			return t;
		}
	}
	return NULL;
}

/*
 * The name of the only tensor that fits a part, without its end: the given
 * one, or the one that is [rows][cols] (0: any).
 */
static bool
choose(struct guess *g, enum setting key, const char *end, size_t rows,
    size_t cols, const char *shape)
{
	const struct model *m = g->m;
	struct text given = g->given[key];
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
			return bad(g->at, "tensors \"%.*s\" and \"%.*s\" are "
			    "both %s, expected one: give %s=NAME%s%s",
			    TEXT_ARGS(fits->name), TEXT_ARGS(t->name), shape,
			    settings[key].name, end[0] != '\0' ?
			    " without " : "", end);
		fits = t;
	}
	if (fits == NULL)
		return bad(g->at, "no tensor \"%s%s\", expected %s",
		    given.s == NULL ? "*" : given.s, end, shape);
	if (fits->type == NUMBER_OTHER || fits->dims != 2 || fits->count == 0)
		return bad((struct place){fits->file, 0}, "tensor \"%.*s\": "
		    "expected a matrix of F32, F16 or BF16",
		    TEXT_ARGS(fits->name));
	g->name[key] = mem_copy(g->arena, fits->name.s,
	    fits->name.n - strlen(end));
	return true;
}

/* How many tensors prefix.weight_hh_l0, _l1, ... end so; all have a place. */
static size_t
count_layers(const struct guess *g, const char *end)
{
	static const char *const parts[] = {"weight_hh", "weight_ih",
	    "bias_ih", "bias_hh"};
	size_t l = 0;

	for (bool found = true; found; l += found) {
		found = false;
		for (size_t i = 0; i < 4; i++)
			found |= take(g, mem_printf(g->arena, "%s.%s_l%zu%s",
			    g->name[RNN], parts[i], l, end)) != NULL && i == 0;
	}
	return l;
}

static bool
guess_rnn(struct guess *g)
{
	struct model *m = g->m;
	const struct tensor *hh, *ih;
	size_t back;

	if (take(g, "weight_hh_l0") != NULL)
		return bad(g->at, "tensor \"weight_hh_l0\" without a prefix, "
		    "expected the state_dict of the whole network");
	if (!choose(g, RNN, ".weight_hh_l0", 0, 0,
	    "the recurrent weights of a GRU or an LSTM"))
		return false;
	hh = take(g, mem_printf(g->arena, "%s.weight_hh_l0", g->name[RNN]));
	ih = take(g, mem_printf(g->arena, "%s.weight_ih_l0", g->name[RNN]));
	if (ih == NULL || ih->dims != 2)
		return bad(g->at, "no matrix \"%s.weight_ih_l0\"",
		    g->name[RNN]);
	m->H = hh->shape[1];
	m->D = ih->shape[1];
	m->G = hh->shape[0] / m->H;
	m->cell = cell_with_rows(m->G);
	if (hh->shape[0] != m->G * m->H || m->cell == CELL_FOREIGN)
		return bad((struct place){hh->file, 0}, "tensor \"%.*s\" is "
		    "[%zu][%zu], expected 3 rows a column for a GRU or 4 for "
		    "an LSTM", TEXT_ARGS(hh->name), hh->shape[0],
		    hh->shape[1]);
	m->layers = count_layers(g, "");
	back = count_layers(g, "_reverse");
	m->directions = back > 0 ? 2 : 1;
	if (m->layers > MODEL_LAYERS || (back > 0 && back != m->layers))
		return bad(g->at, "%zu layers forwards and %zu backwards, "
		    "expected as many, at most %d", m->layers, back,
		    MODEL_LAYERS);
	return true;
}

static bool
guess_rest(struct guess *g)
{
	struct model *m = g->m;
	const struct tensor *t;

	if (!choose(g, EMBEDDING, "", m->V, m->D, mem_printf(g->arena,
	    "[%zu][%zu], a row for each word of %s", m->V, m->D,
	    m->vocabulary_file)))
		return false;
	take(g, g->name[EMBEDDING]);
	if (!choose(g, OUTPUT, ".weight", 0, m->directions * m->H,
	    mem_printf(g->arena, "[classes][%zu], the output layer",
	    m->directions * m->H)))
		return false;
	t = take(g, mem_printf(g->arena, "%s.weight", g->name[OUTPUT]));
	take(g, mem_printf(g->arena, "%s.bias", g->name[OUTPUT]));
	m->rows = t->shape[0];
	return true;
}

/* A tensor without a place: this is another network, or a user who knows. */
static bool
check_places(const struct guess *g)
{
	bool known = g->given[EMBEDDING].s != NULL &&
	    g->given[RNN].s != NULL &&
	    g->given[OUTPUT].s != NULL;

	for (size_t i = 0; i < g->m->tensors; i++) {
		const struct tensor *t = &g->m->tensor[i];

		if (!t->used && !known)
			return bad((struct place){t->file, 0}, "tensor "
			    "\"%.*s\" has no place in an embedding, a GRU or "
			    "LSTM and a linear layer; if it has no part in "
			    "the network, give embedding=%s rnn=%s output=%s",
			    TEXT_ARGS(t->name), g->name[EMBEDDING],
			    g->name[RNN], g->name[OUTPUT]);
		if (!t->used)
			note("%s: tensor \"%.*s\" is left out", t->file,
			    TEXT_ARGS(t->name));
	}
	return true;
}

/* ---- what tensors do not tell ---- */

static bool
guess_labels(struct guess *g)
{
	struct model *m = g->m;
	struct text rest = g->given[LABELS];
	size_t need = m->rows == 1 ? 2 : m->rows;

	m->label = MEM_NEW(g->arena, need, struct text);
	for (m->C = 0; rest.s != NULL; m->C++) {
		struct text label = text_cut(&rest, ',');

		if (m->C < need)
			m->label[m->C] = label;
	}
	for (; g->given[LABELS].s == NULL && m->C < need; m->C++)
		m->label[m->C] = text_of(mem_printf(g->arena, "class%zu",
		    m->C));
	return m->C == need || bad(g->at, "%zu labels, expected %zu: "
	    "\"%s.weight\" has %zu rows", m->C, need, g->name[OUTPUT], m->rows);
}

static void
guess_words(struct guess *g)
{
	struct model *m = g->m;
	struct text word = g->given[UNKNOWN];
	bool given = g->given[LOWERCASE].s != NULL;

	m->unknown = -1;
	for (const char *const *w = unknown_words; word.s == NULL &&
	    m->unknown < 0 && *w != NULL; w++)
		m->unknown = dict_find(m->vocabulary, text_of(*w));
	if (word.n > 0 && (m->unknown = dict_find(m->vocabulary, word)) < 0)
		die("unknown=%.*s: no such word in %s", TEXT_ARGS(word),
		    m->vocabulary_file);
	m->lowercase = !given || text_is(g->given[LOWERCASE], "true");
	for (size_t i = 0; !given && m->lowercase && i < m->V; i++) {
		word = dict_text(m->vocabulary, (int32_t)i);
		m->lowercase = word.n == 0 || word.s[0] == '<' ||
		    word.s[0] == '[' || (int32_t)i == m->unknown ||
		    text_equal(word, utf8_lower(g->arena, word));
	}
}

static void
write_guess(const struct guess *g, struct output *o)
{
	const char *before = "# Guessed, not known: ";

	for (int i = LABELS; i <= UNKNOWN; i++)
		if (g->given[i].s == NULL) {
			output_printf(o, "%s%s", before, settings[i].name);
			before = ", ";
		}
	output_string(o, before[0] == ',' ? "\n" : "");
	model_write_settings(o, g->m);
	output_string(o, "vocabulary: ");
	model_write_word(o, g->given[VOCABULARY]);
	output_string(o, "\nweights: ");
	model_write_words(o, g->file, g->files);
	for (int i = EMBEDDING; i <= OUTPUT; i++) {
		output_printf(o, "%s%s: ", i == EMBEDDING ? "\ntensors: {" :
		    ", ", settings[i].name);
		model_write_word(o, text_of(g->name[i]));
	}
	output_string(o, "}\n");
}

int
model_guess(const char *folder, char *const given[], struct output *o)
{
	struct arena *arena = mem_arena();
	struct model *m = MEM_NEW(arena, 1, struct model);
	struct guess g = {.m = m, .arena = arena, .at = {folder, 0},
	    .reading = {.m = m}};
	bool good;

	m->arena = arena;
	m->path = folder;
	m->vocabulary = dict_new();
	read_given(&g, given);
	if (g.given[POOLING].s != NULL)
		m->pooling = (enum pooling)find_name(pooling_names,
		    g.given[POOLING]);
	good = read_words(&g) && read_tensors(&g) && guess_rnn(&g) &&
	    guess_rest(&g) && check_places(&g) && guess_labels(&g);
	if (good) {
		guess_words(&g);
		write_guess(&g, o);
	}
	model_close(m);
	return good ? STATUS_OK : g.reading.status != STATUS_OK ?
	    g.reading.status : STATUS_DATA;
}
