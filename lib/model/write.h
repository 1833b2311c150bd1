/* SPDX-License-Identifier: ISC */
/*
 * write: a struct -> a model's folder (reat-model(5)).
 *
 * model.yaml, vocab.txt, embedding.safetensors, rnn.safetensors; vocabulary
 * and embedding may be another model's files, to which model.yaml then
 * points.  The bytes depend on nothing but the arguments.  Failures exit
 * with 2.
 */
#ifndef MODEL_WRITE_H
#define MODEL_WRITE_H

#include <stddef.h>

#include "base/text.h"
#include "model/safetensors.h"

struct arena;
struct model;
struct output;

struct model_files {
	enum number_type embedding, rnn;

	/* another model's, as model.yaml is to name them, or NULL */
	const char *shared_vocabulary, *shared_embedding;
	struct text shared_tensor;	/* its embedding's name there */
};

/*
 * Share vocabulary and embedding of this model with one that will be written
 * to path: beside it, "../NAME/file"; elsewhere, the whole path.
 */
void model_share(struct arena *, const struct model *from, const char *path,
    struct model_files *);

/*
 * Write the files into the folder, which exists.  The embedding is
 * m->embedding_data.
 */
void model_write(const struct model *m, const struct model_files *,
    const char *folder);

/* The lines of model.yaml that name no files. */
void model_write_settings(struct output *, const struct model *);

/* A word, or a list of them, as YAML. */
void model_write_word(struct output *, struct text word);
void model_write_words(struct output *, const struct text *word, size_t n);

#endif
