/* SPDX-License-Identifier: ISC */
/* reat-train: trains a text classifier on labelled tok streams. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "corpus.h"
#include "dict.h"
#include "err.h"
#include "folder.h"
#include "mem.h"
#include "model.h"
#include "model_write.h"
#include "model_init.h"
#include "option.h"
#include "output.h"
#include "recipe.h"
#include "share.h"
#include "train.h"

static struct options options = {
	.letters = "b:m:n:o:qr:s:", .purpose = "trains a text classifier",
	.operands = "train.tok dev.tok", .reads = "corpus", .writes = "model",
	.meanings = (const struct option_meaning[]){
	    {'b', "texts a step"}, {'m', "start from this model's weights"},
	    {'n', "epochs"}, {'o', "the model's folder"},
	    {'r', "recipe: a name, or a path with a /"}, {0}},
};

/* One run; all that lives to its end. */
struct job {
	struct arena *arena;	/* lives to the end */
	const char *folder;	/* the product */
	struct recipe recipe;
	struct model_files files;
	struct corpus texts[2];	/* train, dev */
	struct model_init model_init;
	struct model *model;
	struct output log;	/* log.tsv, in memory */
	bool quiet, terminal;
	double begun, shown;	/* seconds */
	size_t best_epoch;
	double best;
};

static volatile sig_atomic_t caught;

static void
catch(int signal_number)
{
	caught = signal_number;
}

static void
set_handler(int signal_number, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	sigemptyset(&action.sa_mask);
	sigaction(signal_number, &action, NULL);
}

static bool
stop(void *self)
{
	(void)self;
	return caught != 0;
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* A file of the folder, with the bytes gathered in text. */
static void
write_file(struct arena *arena, const char *folder, const char *name,
    const struct output *text)
{
	const char *path = mem_printf(arena, "%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	struct output o = output_to(fd, path);

	if (fd < 0)
		die("%s: cannot create: %s", path, strerror(errno));
	output_bytes(&o, text->buf, text->n);
	output_done(&o, STATUS_OK);
}

static void
save(struct job *job, const struct model *best)
{
	struct arena *arena = mem_arena();
	struct output recipe = output_to(-1, "recipe.yaml");
	const char *folder = folder_begin(arena, job->folder);

	recipe_write(&job->recipe, &recipe);
	model_write(best, &job->files, folder);
	write_file(arena, folder, "recipe.yaml", &recipe);
	write_file(arena, folder, "log.tsv", &job->log);
	folder_end(arena, job->folder);
	output_done(&recipe, STATUS_OK);
	mem_free(arena);
}

/* The line of a terminal: at most ten times a second. */
static void
show(struct job *job, const struct train_now *now)
{
	double at = seconds(), spent = at - job->begun;
	double done = (double)((now->epoch - 1) * now->batches + now->batch);
	double all = (double)(now->epochs * now->batches);
	size_t left = (size_t)(spent * (all - done) / done + 0.5);

	if (at - job->shown < 0.1)
		return;
	job->shown = at;
	fprintf(stderr, "\repoch %zu of %zu, %.0f %%: loss %.4f, ", now->epoch,
	    now->epochs, 100.0 * (double)now->batch / (double)now->batches,
	    now->loss);
	if (now->best >= 0.0)
		fprintf(stderr, "best dev %.2f %%, ", 100.0 * now->best);
	fprintf(stderr, "%.0f tokens/s, %zu:%02zu left\033[K",
	    (double)now->tokens / spent, left / 60, left % 60);
}

static void
progress(void *self, const struct train_now *now)
{
	struct job *job = self;

	if (!now->judged) {
		if (job->terminal)
			show(job, now);
		return;
	}
	if (now->improved) {
		job->best_epoch = now->epoch;
		job->best = now->best;
	}
	output_printf(&job->log, "%zu\t%.6f\t%.6f\n", now->epoch, now->loss,
	    now->accuracy);
	save(job, now->model);
	if (job->quiet)
		return;
	if (job->terminal)
		fputs("\r\033[K", stderr);
	note("epoch %zu of %zu: loss %.4f, dev %.2f %%%s, %.0f tokens/s",
	    now->epoch, now->epochs, now->loss, 100.0 * now->accuracy,
	    now->improved ? " (best)" : "",
	    (double)now->tokens / (seconds() - job->begun));
}

/* Read the texts.  Returns the status; job->texts[1].n is 0 if it won't do. */
static int
read_texts(struct job *job, char *const path[2])
{
	struct recipe *r = &job->recipe;
	int status = STATUS_OK;

	for (size_t i = 0; i < r->labels; i++)
		dict_add(job->model_init.labels, r->label[i]);
	for (int i = 0; i < 2; i++) {
		int got = corpus_read(job->arena, path[i], r->lowercase,
		    options.keep_going, job->model_init.words,
		    job->model_init.labels,
		    r->labels > 0 ? "the labels of recipe or model" : i == 1 ?
		    "the training texts' labels" : NULL, &job->texts[i]);

		status = got > status ? got : status;
		if (got != STATUS_OK && !options.keep_going)
			job->texts[i].n = 0;
		if (job->texts[i].n == 0)
			break;
	}
	return status;
}

/* The model before its first step, or NULL. */
static struct model *
prepare(struct job *job, char *const path[2], int *status)
{
	int made;

	job->files.embedding = (enum number_type)job->recipe.embedding_numbers;
	job->files.rnn = (enum number_type)job->recipe.numbers;
	job->model_init = (struct model_init){
		.arena = job->arena, .recipe = &job->recipe,
		.path = job->folder, .words = dict_new(), .labels = dict_new(),
		.train = &job->texts[0], .dev = &job->texts[1],
		.files = &job->files,
	};
	if (!model_init_parent(&job->model_init, status))
		return NULL;
	*status = read_texts(job, path);
	if (job->texts[1].n == 0)
		return NULL;
	job->model = model_init(&job->model_init, &made);
	*status = made > *status ? made : *status;
	if (job->model != NULL && job->recipe.vectors.s != NULL && !job->quiet)
		note("%zu of %zu words have a vector", job->model_init.found,
		    dict_size(job->model->vocabulary));
	return job->model;
}

static int
run(struct job *job, char *const path[2])
{
	struct train_hooks hooks = {job, progress, stop};
	int status = STATUS_OK;

	folder_check(job->arena, job->folder, "model.yaml");
	if (prepare(job, path, &status) == NULL)
		return status;
	job->log = output_to(-1, "log.tsv");
	output_string(&job->log, "epoch\tloss\taccuracy\n");
	set_handler(SIGINT, catch);
	set_handler(SIGTERM, catch);
	job->begun = seconds();
	if (!train(job->model, &job->recipe, &job->files, &job->texts[0],
	    &job->texts[1], &hooks))
		status = STATUS_DATA;
	else if (!job->quiet)
		note("%s: dev accuracy %.2f %%, of epoch %zu", job->folder,
		    100.0 * job->best, job->best_epoch);
	if (caught != 0) {
		/* die of it, so that a shell's loop ends too */
		set_handler(caught, SIG_DFL);
		raise(caught);
	}
	return status;
}

int
main(int argc, char *argv[])
{
	static struct job job;
	const char *recipe = NULL, *start = NULL;
	long epochs = 0, batch = 0, seed = -1;
	int status;

	job.arena = mem_arena();
	job.recipe = recipe_default();
	for (int c; (c = option_next(&options, argc, argv)) != -1; )
		switch (c) {
		case 'b': batch = option_number(c, 1, 65536); break;
		case 'm': start = optarg; break;
		case 'n': epochs = option_number(c, 1, 100000); break;
		case 'o': job.folder = optarg; break;
		case 'q': job.quiet = true; break;
		case 'r': recipe = optarg; break;
		case 's': seed = option_number(c, 0, 1L << 52); break;
		}
	if (job.folder == NULL || job.folder[0] == '\0')
		option_usage(&options, "no -o, expected a folder to write");
	if (argc - optind != 2)
		option_usage(&options, "%d operands, expected the training "
		    "and the dev texts", argc - optind);
	if (strcmp(argv[optind], "-") == 0 &&
	    strcmp(argv[optind + 1], "-") == 0)
		option_usage(&options, "standard input can't be both");
	if (recipe != NULL && !recipe_read(job.arena, share_find(job.arena,
	    SHARE_RULES, recipe), &job.recipe, &status))
		return status;
	if (batch > 0)
		job.recipe.batch = (size_t)batch;
	if (epochs > 0)
		job.recipe.epochs = (size_t)epochs;
	if (seed >= 0)
		job.recipe.seed = (size_t)seed;
	if (start != NULL)
		job.recipe.model = text_of(start);
	job.terminal = !job.quiet && isatty(STDERR_FILENO);
	return run(&job, argv + optind);
}
