/* SPDX-License-Identifier: ISC */
/*
 * write: struct model -> a model's folder (reat-model(5)).
 *
 * The files are model.yaml, vocab.txt, embedding.safetensors and
 * rnn.safetensors.  model.yaml may instead name the vocabulary and embedding of
 * another model.  The bytes depend only on the arguments.  If writing fails, it
 * exits with 2.
 */
#ifndef MODEL_WRITE_H
#define MODEL_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "model/safetensors.h"

struct arena;
struct model;
struct output;

/* The files of the numbers, in the model's folder. */
extern const char model_embedding_file[], model_rnn_file[];

struct model_files {
	enum number_type embedding, rnn;

	/* files of another model, as model.yaml names them, or NULL */
	const char *shared_vocabulary, *shared_embedding;
	struct text shared_tensor;	/* the embedding's name in that file */
};

/*
 * Let the model that will be written to path share vocabulary and embedding
 * with this one.  They are named "../NAME/FILE" if both folders are in one
 * folder, else by their whole path.
 */
void model_share(struct arena *, const struct model *from, const char *path,
    struct model_files *);

/*
 * Check that model.yaml, as model_write would write it into the folder at path,
 * reads back the same: labels, unknown word, files.  Returns false with a
 * message, for example for more labels than fit into it, or a folder's name
 * with a control character.
 */
bool model_check_written(const struct model *, const struct model_files *,
    const char *path);

/* The files of the numbers that a folder has already. */
struct model_kept {
	bool embedding, rnn;
};

/*
 * Write the files into the folder, which must exist, but not those that are
 * kept.  The embedding that is written is m->embedding_data.
 */
void model_write(const struct model *m, const struct model_files *,
    const char *folder, struct model_kept);

/* The lines of model.yaml that name no files. */
void model_write_settings(struct output *, const struct model *);

/* Write the keys attention, head, multilabel and epsilon, if m has them. */
void model_write_head(struct output *, const struct model *);

#endif
