/* SPDX-License-Identifier: ISC */
#include "train/run_folder.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/folder.h"
#include "base/input.h"
#include "base/mem.h"
#include "model/write.h"
#include "train/checkpoint.h"
#include "train/loop.h"
#include "train/recipe.h"

const char train_state_name[] = "state.safetensors";
static const char head[] = "epoch\tloss\taccuracy\n";	/* of log.tsv */

enum { LOG_LIMIT = 64 << 20 };

static const char *
in_folder(struct arena *arena, const char *folder, const char *name)
{
	return mem_printf(arena, "%s/%s", folder, name);
}

const char *
train_folder_state(struct arena *arena, const char *path)
{
	const char *state = in_folder(arena, path, train_state_name);

	if (access(state, F_OK) == 0)
		return state;
	if (errno != ENOENT && errno != ENOTDIR)
		die("%s: cannot open: %s", state, strerror(errno));
	return NULL;
}

const char *
train_folder_recipe(struct arena *arena, const char *path)
{
	return in_folder(arena, path, "recipe.yaml");
}

/* The log has its heading, and a line for each epoch of the checkpoint. */
static bool
check_log(struct text log, const char *path, uint64_t epochs)
{
	struct text rest = log;
	struct place at = {path, 1};

	if (!text_starts(log, head))
		return bad(at, "expected the heading of a log: epoch, "
		    "loss, accuracy");
	text_cut(&rest, '\n');
	while (rest.n > 0) {
		struct text line = text_cut(&rest, '\n');
		size_t epoch;

		at.line++;
		if (!text_to_size(text_cut(&line, '\t'), &epoch) ||
		    epoch != at.line - 1 || rest.s == NULL)
			return bad(at, "expected the line of epoch %zu",
			    at.line - 1);
	}
	return at.line - 1 == epochs || bad((struct place){path, 0}, "%zu "
	    "epochs, expected %" PRIu64 " as in %s", at.line - 1, epochs,
	    train_state_name);
}

/* Read the log of a run; log and recipe agree with its checkpoint. */
static bool
read_log(struct arena *arena, const char *from, const struct recipe *recipe,
    struct text *log, size_t *epochs, int *status)
{
	const char *path = in_folder(arena, from, "log.tsv");
	struct checkpoint state = {.parts = 0};

	if (!checkpoint_read(arena, in_folder(arena, from, train_state_name),
	    &state, status) || !input_regular(path, status) ||
	    !input_whole(arena, path, LOG_LIMIT, log, status))
		return false;
	*status = STATUS_DATA;
	if (!recipe_continues(recipe, state.recipe, (struct place){
	    train_folder_recipe(arena, from), 0}) ||
	    !check_log(*log, path, state.epoch))
		return false;
	*epochs = (size_t)state.epoch;
	*status = STATUS_OK;
	return true;
}

bool
train_folder_begin(struct train_folder *f, const char *from, int *status)
{
	struct arena *arena = mem_arena();
	struct text log = text_of(head);
	bool good;

	*status = STATUS_OK;
	good = from == NULL || read_log(arena, from, f->recipe, &log,
	    &f->epochs, status);
	f->log = output_to(-1, "log.tsv");
	if (good)
		output_text(&f->log, log);
	mem_free(arena);
	return good;
}

void
train_folder_log(struct train_folder *f, const struct train_now *now)
{
	output_printf(&f->log, "%zu\t%.6f\t%.6f\n", now->epoch, now->loss,
	    now->accuracy);
}

/* Write a file with the bytes of text. */
static void
write_file(const char *path, const struct output *text)
{
	struct output o = output_create(path);

	output_bytes(&o, text->buf, text->n);
	output_done(&o, STATUS_OK);
}

void
train_folder_write(const struct train_folder *f, const struct model *best,
    bool changed, const struct checkpoint *state)
{
	struct arena *arena = mem_arena();
	struct output recipe = output_to(-1, "recipe.yaml");
	const char *part = folder_begin(arena, f->path);
	bool frozen = f->recipe->embedding == EMBEDDING_FROZEN;
	struct model_kept kept = {
		.embedding = (frozen || !changed) &&
		    folder_keep(model_embedding_file),
		.rnn = !changed && folder_keep(model_rnn_file),
	};

	recipe_write(f->recipe, &recipe);
	model_write(best, f->files, part, kept);
	write_file(train_folder_recipe(arena, part), &recipe);
	write_file(in_folder(arena, part, "texts.tsv"), &f->texts);
	write_file(in_folder(arena, part, "log.tsv"), &f->log);
	if (f->recipe->state) {
		struct checkpoint with = *state;

		with.recipe = (struct text){recipe.buf, recipe.n};
		checkpoint_write(&with, in_folder(arena, part,
		    train_state_name));
	}
	/* an old checkpoint belongs to another model */
	folder_end(train_state_name);
	output_done(&recipe, STATUS_OK);
	mem_free(arena);
}
