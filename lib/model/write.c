/* SPDX-License-Identifier: ISC */
#define _XOPEN_SOURCE 700	/* realpath */
#include "model/write.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/conf_value.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "model/model.h"
#include "model/parameters.h"

const char model_embedding_file[] = "embedding.safetensors";
const char model_rnn_file[] = "rnn.safetensors";

/* The path without links and dots, in the arena. */
static const char *
resolved(struct arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	const char *copy;

	if (real == NULL)
		die("%s: %s", path, strerror(errno));
	copy = mem_copy(arena, real, strlen(real));
	free(real);
	return copy;
}

/* The folder in which path is. */
static const char *
parent(struct arena *arena, const char *path)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		n--;
	while (n > 0 && path[n - 1] != '/')
		n--;
	return n == 0 ? "." : mem_copy(arena, path, n);
}

/* The name of file for model.yaml of a folder "here/NAME". */
static const char *
as_seen_from(struct arena *arena, const char *here, const char *file)
{
	const char *real = resolved(arena, file);
	size_t n = strlen(here);

	if (strncmp(real, here, n) == 0 && real[n] == '/')
		return mem_printf(arena, "..%s", real + n);
	return real;
}

void
model_share(struct arena *arena, const struct model *from, const char *path,
    struct model_files *files)
{
	const char *here = resolved(arena, parent(arena, path));
	const char *yaml = mem_printf(arena, "%s/model.yaml", from->path);
	const struct conf *map;
	struct text name;
	int status;

	map = conf_read(arena, yaml, &status);
	if (map == NULL || !conf_text(map, "vocabulary", &name))
		exit(STATUS_SYSTEM);
	files->shared_vocabulary = as_seen_from(arena, here, name.s[0] == '/' ?
	    name.s : mem_printf(arena, "%s/%s", from->path, name.s));
	files->shared_embedding = as_seen_from(arena, here,
	    from->embedding->file);
	files->shared_tensor = from->embedding->name;
}

static struct output
create(struct arena *arena, const char *folder, const char *name)
{
	return output_create(mem_printf(arena, "%s/%s", folder, name));
}

void
model_write_settings(struct output *o, const struct model *m)
{
	output_printf(o, "reat: 1\ncell: %s\nlayers: %zu\n"
	    "bidirectional: %s\npooling: ", cell_names[m->cell],
	    m->layers, m->directions == 2 ? "true" : "false");
	pooling_write(o, &m->pooling);
	output_string(o, "\nlabels: ");
	conf_write_words(o, m->label, m->C);
	if (m->stream) {
		output_string(o, "\nembedding: " MODEL_STREAM "\n");
		return;
	}
	output_printf(o, "\nlowercase: %s\n", m->lowercase ? "true" : "false");
	if (m->unknown >= 0) {
		output_string(o, "unknown: ");
		conf_write_word(o, dict_text(m->vocabulary, m->unknown));
		output_char(o, '\n');
	}
}

void
model_write_head(struct output *o, const struct model *m)
{
	if (pooling_has(&m->pooling, POOLING_ATTENTION))
		attention_write(o, &m->attention);
	stack_write(o, "head", &m->stack);
	if (m->multilabel)
		output_string(o, "multilabel: true\n");
	if (m->stack.n + m->attention.stack.n == 0)
		return;
	if (m->epsilon < STACK_EPSILON || m->epsilon > STACK_EPSILON) {
		output_string(o, "epsilon: ");
		output_double(o, m->epsilon);
		output_char(o, '\n');
	}
}

static void
write_yaml(const struct model *m, const struct model_files *files,
    struct output *o)
{
	bool shared = files->shared_embedding != NULL;
	struct model named = *m;	/* its modules as they are written */

	model_write_settings(o, m);
	stack_rename(m->arena, "attention", &named.attention.stack);
	stack_rename(m->arena, "head", &named.stack);
	model_write_head(o, &named);
	if (m->stream) {
		output_printf(o, "weights: [%s]\n", model_rnn_file);
		return;
	}
	output_string(o, "vocabulary: ");
	conf_write_word(o, text_of(shared ? files->shared_vocabulary :
	    "vocab.txt"));
	output_string(o, "\nweights: ");
	conf_write_words(o, (struct text[]){
		text_of(shared ? files->shared_embedding :
		    model_embedding_file), text_of(model_rnn_file)}, 2);
	if (shared && !text_is(files->shared_tensor, "embedding.weight")) {
		output_string(o, "\ntensors: {embedding: ");
		conf_write_word(o, files->shared_tensor);
		output_char(o, '}');
	}
	output_char(o, '\n');
}

/* True if the child under key is this word, or the list of these words. */
static bool
reads_back(const struct conf *yaml, const char *key, const struct text *word,
    size_t n)
{
	const struct conf *c = conf_get(yaml, key);

	if (c == NULL || c->kind == CONF_MAP)
		return false;
	if (c->kind == CONF_SCALAR)
		return n == 1 && text_equal(c->scalar, word[0]);
	for (size_t i = 0; i < c->n && i < n; i++)
		if (c->child[i]->kind != CONF_SCALAR ||
		    !text_equal(c->child[i]->scalar, word[i]))
			return false;
	return c->n == n;
}

bool
model_check_written(const struct model *m, const struct model_files *files,
    const char *path)
{
	struct arena *arena = mem_arena();
	const char *file = mem_printf(arena, "%s/model.yaml", path);
	struct output o = output_to(-1, file);
	struct text unknown, shared[] = {
	    text_of(files->shared_embedding != NULL ?
	    files->shared_vocabulary : "vocab.txt"),
	    text_of(files->shared_embedding != NULL ?
	    files->shared_embedding : model_embedding_file),
	    text_of(model_rnn_file)};
	const struct conf *yaml;
	bool same;

	write_yaml(m, files, &o);
	yaml = conf_yaml(arena, (struct text){o.buf, o.n}, file);
	if (m->unknown >= 0)
		unknown = dict_text(m->vocabulary, m->unknown);
	same = yaml != NULL && ((reads_back(yaml, "labels", m->label, m->C) &&
	    (m->unknown < 0 || reads_back(yaml, "unknown", &unknown, 1)) &&
	    (m->stream || (reads_back(yaml, "vocabulary", shared, 1) &&
	    reads_back(yaml, "weights", shared + 1, 2)))) ||
	    bad((struct place){file, 0}, "a label, the unknown word or a path "
	    "would change when written and read back"));
	output_done(&o, STATUS_OK);
	mem_free(arena);
	return same;
}

static void
write_weights(struct arena *arena, const struct model *m,
    const struct model_files *files, const char *folder,
    struct model_kept kept)
{
	struct parameter part[PARAMETERS_MOST];
	struct tensor_out out[PARAMETERS_MOST];
	size_t n = parameters_of(arena, m, part), first = 0;

	for (size_t k = 0; k < n; k++)
		out[k] = (struct tensor_out){part[k].name,
		    part[k].x == m->embedding_data ? files->embedding :
		    files->rnn, part[k].dims,
		    {part[k].shape[0], part[k].shape[1]}, part[k].x};
	if (m->embedding_data != NULL) {
		first = 1;
		if (files->shared_embedding == NULL && !kept.embedding)
			safetensors_write(mem_printf(arena, "%s/%s", folder,
			    model_embedding_file), out, 1, NULL);
	}
	if (!kept.rnn)
		safetensors_write(mem_printf(arena, "%s/%s", folder,
		    model_rnn_file), out + first, n - first, NULL);
}

void
model_write(const struct model *m, const struct model_files *files,
    const char *folder, struct model_kept kept)
{
	struct arena *arena = mem_arena();
	struct output o = create(arena, folder, "model.yaml");

	write_yaml(m, files, &o);
	output_done(&o, STATUS_OK);
	if (files->shared_embedding == NULL && !m->stream) {
		o = create(arena, folder, "vocab.txt");
		for (size_t i = 0; i < m->V; i++) {
			output_text(&o, dict_text(m->vocabulary, (int32_t)i));
			output_char(&o, '\n');
		}
		output_done(&o, STATUS_OK);
	}
	write_weights(arena, m, files, folder, kept);
	mem_free(arena);
}
