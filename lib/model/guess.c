/* SPDX-License-Identifier: ISC */
/*
 * Where each line of model.yaml comes from:
 *
 *     cell, layers, bidirectional     the tensors (state_dict.c)
 *     tensors                         the tensors
 *     vocabulary, weights             the files of the folder
 *     labels, pooling, lowercase,     given as KEY=VALUE, or guessed: then the
 *     unknown                         first line of the output lists them
 *
 * What tensors do not contain is guessed like this: labels are class0, class1,
 * ...; pooling is last; unknown is the first of unknown_words that is in the
 * vocabulary; lowercase is true unless a word has a capital letter.  Words such
 * as <UNK> and [SEP] stand for no text, so their capitals do not count.
 */
#include "model/guess.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf_value.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "model/label.h"
#include "model/model.h"
#include "model/projection.h"
#include "model/reading.h"
#include "model/state_dict.h"
#include "model/vocabulary.h"
#include "model/weight_norm.h"
#include "model/write.h"

/* The keys; those of the parts are in the order of enum state_dict_part. */
enum setting {
	VOCABULARY, LABELS, POOLING, LOWERCASE, UNKNOWN, CELL, ATTENTION, HEAD,
	EPSILON, MULTILABEL, IGNORE, PARTS,
	SETTINGS = PARTS + STATE_DICT_PARTS,
};

static const char *const truths[] = {"false", "true", NULL};
static const struct {
	const char *name;
	const char *const *values;	/* or NULL: any */
} settings[SETTINGS] = {
	{"vocabulary", NULL}, {"labels", NULL}, {"pooling", NULL},
	{"lowercase", truths}, {"unknown", NULL}, {"cell", cell_names},
	{"attention", NULL}, {"head", NULL}, {"epsilon", NULL},
	{"multilabel", truths}, {"ignore", NULL}, {"embedding", NULL},
	{"rnn", NULL}, {"output", NULL},
};

static const char *const unknown_words[] = {"<unk>", "<UNK>", "[UNK]",
    "<unknown>", "<oov>", "<OOV>", "UNK", "unk", NULL};

struct guess {
	struct model *m;
	struct arena *arena;
	struct place at;		/* the folder */
	struct model_reading reading;
	struct state_dict parts;
	struct text given[SETTINGS];	/* s is NULL if not given */
	struct text *file;		/* [files], sorted */
	size_t files;
};

/* ---- KEY=VALUE ---- */

static void
check_value(struct arena *arena, const char *const values[], struct text value,
    const char *given)
{
	if (values != NULL && values[text_find(value, values)] == NULL)
		die("\"%s\": expected %s", given, text_names(arena, values,
		    " or "));
}

static void
check_labels(struct text labels, const char *given)
{
	struct place at = {given, 0};
	struct dict *seen = dict_new();

	while (labels.s != NULL)
		if (!label_add(seen, text_cut(&labels, ','), at))
			exit(STATUS_SYSTEM);
	dict_free(seen);
}

/* The names in "A,B,C"; none in NULL. */
static struct text *
list_of(struct arena *arena, struct text rest, size_t *n)
{
	struct text *name = MEM_NEW(arena, rest.n + 1, struct text);

	for (*n = 0; rest.s != NULL; )
		name[(*n)++] = text_cut(&rest, ',');
	return name;
}

/* The modules of attention and head. */
static void
read_stacks(struct guess *g)
{
	struct text epsilon = g->given[EPSILON];
	struct text attention = g->given[ATTENTION], head = g->given[HEAD];
	struct model *m = g->m;
	struct text *name;
	size_t n;

	m->epsilon = STACK_EPSILON;
	if (pooling_has(&m->pooling, POOLING_ATTENTION) != (attention.n > 0))
		die("pooling=attention and attention=NAMES: each needs the "
		    "other");
	name = list_of(g->arena, attention, &n);
	if (n > 0 && !attention_name(&m->attention, name, n))
		die("\"attention=%.*s\": expected dot, scaled-dot or at most "
		    "%d of %s, with commas between them", TEXT_ARGS(attention),
		    STACK_MOST, stack_expected);
	name = list_of(g->arena, head, &n);
	if (!stack_name(&m->stack, name, n))
		die("\"head=%.*s\": expected at most %d of %s, with commas "
		    "between them", TEXT_ARGS(head), STACK_MOST,
		    stack_expected);
	if (epsilon.s != NULL && (!text_to_double(epsilon, &m->epsilon) ||
	    m->epsilon < 0 || m->epsilon > 1))
		die("\"epsilon=%.*s\": expected a number from 0 to 1",
		    TEXT_ARGS(epsilon));
}

static void
read_given(struct guess *g, char *const given[])
{
	struct text name[SETTINGS];

	for (size_t i = 0; i < SETTINGS; i++)
		name[i] = text_of(settings[i].name);
	for (; *given != NULL; given++) {
		struct text rest = text_of(*given);
		struct text key = text_cut(&rest, '=');
		size_t i = 0;

		while (i < SETTINGS && !text_equal(key, name[i]))
			i++;
		if (i == SETTINGS || rest.s == NULL)
			die("\"%s\": expected KEY=VALUE, with the key %s",
			    *given, text_list(g->arena, name, SETTINGS,
			    " or "));
		check_value(g->arena, settings[i].values, rest, *given);
		if (i == LABELS)
			check_labels(rest, *given);
		g->given[i] = rest;
	}
	g->m->pooling = pooling_of(POOLING_LAST);
	if (g->given[POOLING].s != NULL &&
	    !pooling_parse(g->given[POOLING], &g->m->pooling))
		die("\"pooling=%.*s\": expected %s",
		    TEXT_ARGS(g->given[POOLING]), pooling_expected);
	g->parts.cell = g->given[CELL].s == NULL ? CELL_FOREIGN :
	    (enum cell)text_find(g->given[CELL], cell_names);
	read_stacks(g);
	g->m->multilabel = text_is(g->given[MULTILABEL], "true");
	memcpy(g->parts.given, g->given + PARTS, sizeof g->parts.given);
	g->m->stream = text_is(g->given[PARTS + STATE_DICT_EMBEDDING],
	    MODEL_STREAM);
	for (int i = 0; g->m->stream && i <= UNKNOWN; i++)
		if (g->given[i].s != NULL && i != LABELS && i != POOLING)
			die("%s=%.*s: not with embedding=" MODEL_STREAM ", as "
			    "words bring their vectors", settings[i].name,
			    TEXT_ARGS(g->given[i]));
	g->parts.ignore = list_of(g->arena, g->given[IGNORE],
	    &g->parts.ignored);
}

/* ---- files ---- */

/* model.yaml contains the name, and must be read again. */
static bool
check_name(const struct guess *g, const char *what, struct text name)
{
	size_t offset;

	return (utf8_valid(name, &offset) && !utf8_has_control(name) &&
	    memchr(name.s, '\t', name.n) == NULL) || bad(g->at,
	    "%s \"%.*s\" contains a control character or is not UTF-8",
	    what, TEXT_ARGS(name));
}

/* List the files of the folder whose names end so; returns how many. */
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
		if (text_ends(text_of(entry[i]->d_name), end))
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

	if (g->m->stream)
		return true;
	for (size_t i = 0; given->s == NULL && i < n; i++)
		if (n == 1 || text_is(name[i], "vocab.txt"))
			*given = name[i];
	if (given->s == NULL)
		return n == 0 ? bad(g->at, "no vocab.txt, expected a file "
		    "with a word a line") : bad(g->at, "no vocab.txt, and %zu "
		    "files *.txt: give vocabulary=FILE", n);
	if (!check_name(g, "file", *given))
		return false;
	g->m->vocabulary_file = reading_path(g->m, *given);
	return vocabulary_read(&g->reading);
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
		if (!check_name(g, "file", g->file[i]))
			return false;
	for (size_t i = 0; i < g->files; i++)
		if (!safetensors_read(m->arena, reading_path(m, g->file[i]),
		    &m->tensor, &m->tensors, &status))
			return reading_check_file(&g->reading, false, status);
	return weight_norm_fold(m->arena, &m->tensor, &m->tensors) &&
	    projection_fold(m);
}

/* ---- what tensors do not contain ---- */

static bool
guess_labels(struct guess *g)
{
	struct model *m = g->m;
	struct text rest = g->given[LABELS];
	size_t need = m->rows == 1 && !m->multilabel ? 2 : m->rows;

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
	    "\"%s.weight\" has %zu rows", m->C, need,
	    g->parts.name[STATE_DICT_OUTPUT], m->rows);
}

static bool
guess_words(struct guess *g)
{
	struct model *m = g->m;
	struct text word = g->given[UNKNOWN];
	bool given = g->given[LOWERCASE].s != NULL;

	if (m->stream)
		return true;
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
	return m->unknown < 0 || check_name(g, "word",
	    dict_text(m->vocabulary, m->unknown));
}

/* Numbers of double precision lose digits: say so. */
static void
note_rounded(const struct guess *g)
{
	const struct tensor *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < g->m->tensors; i++) {
		const struct tensor *t = &g->m->tensor[i];

		if (!t->used || !text_is(t->dtype, "F64"))
			continue;
		first = n++ == 0 ? t : first;
	}
	if (n > 0)
		note("%s: note: tensor \"%.*s\" has F64, and its numbers are "
		    "rounded to F32%s", first->file, TEXT_ARGS(first->name),
		    n == 1 ? "" : mem_printf(g->arena, "; it is the first of "
		    "%zu", n));
}

/* Products are no numbers of the file: say so. */
static void
note_projected(const struct guess *g)
{
	struct text name = g->m->stack.module[0].name;

	if (g->m->stack.n > 0 && text_ends(name, ".projection"))
		note("%s: note: the projection of the state (proj_size) is "
		    "multiplied into the weights that read it, rounded once, "
		    "and is \"%.*s\" of head", g->at.file, TEXT_ARGS(name));
}

static void
write_guess(const struct guess *g, struct output *o)
{
	const char *before = "# Guessed, not known: ";

	for (int i = LABELS; i <= (g->m->stream ? POOLING : UNKNOWN); i++)
		if (g->given[i].s == NULL) {
			output_printf(o, "%s%s", before, settings[i].name);
			before = ", ";
		}
	output_string(o, before[0] == ',' ? "\n" : "");
	model_write_settings(o, g->m);
	model_write_head(o, g->m);
	if (!g->m->stream) {
		output_string(o, "vocabulary: ");
		conf_write_word(o, g->given[VOCABULARY]);
		output_char(o, '\n');
	}
	output_string(o, "weights: ");
	conf_write_words(o, g->file, g->files);
	before = "\ntensors: {";
	for (int i = 0; i < STATE_DICT_PARTS; i++) {
		if (g->parts.name[i] == NULL)
			continue;	/* a stream model's embedding */
		output_printf(o, "%s%s: ", before, state_dict_names[i]);
		before = ", ";
		conf_write_word(o, text_of(g->parts.name[i]));
	}
	output_string(o, "}\n");
	if (g->parts.ignored > 0) {
		output_string(o, "ignore: ");
		conf_write_words(o, g->parts.ignore, g->parts.ignored);
		output_char(o, '\n');
	}
}

int
model_guess(const char *folder, char *const given[], struct output *o)
{
	struct arena *arena = mem_arena();
	struct model *m = MEM_NEW(arena, 1, struct model);
	struct guess g = {.m = m, .arena = arena, .at = {folder, 0},
	    .parts.at = {folder, 0}, .reading = {.m = m}};
	bool good;

	m->arena = arena;
	m->path = folder;
	m->vocabulary = dict_new();
	read_given(&g, given);
	good = read_words(&g) && read_tensors(&g) &&
	    state_dict_find(&g.parts, m) && guess_labels(&g) &&
	    guess_words(&g);
	if (good) {
		note_rounded(&g);
		note_projected(&g);
		write_guess(&g, o);
	}
	model_close(m);
	return good ? STATUS_OK : g.reading.status != STATUS_OK ?
	    g.reading.status : STATUS_DATA;
}
