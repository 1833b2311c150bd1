/* SPDX-License-Identifier: ISC */
/* reat-train: trains a text classifier on labelled tok streams. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/crew.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/progress.h"
#include "base/share.h"
#include "model/model.h"
#include "model/write.h"
#include "stream/label_counts.h"
#include "train/checkpoint.h"
#include "train/corpus.h"
#include "train/loop.h"
#include "train/recipe.h"
#include "train/run_folder.h"
#include "train/start.h"

/* A run.  It lives until the process ends. */
struct job {
	struct options options;
	const char *from;	/* -m */
	const char *recipe_name;	/* -r */
	long batch, epochs, seed;	/* -b, -n, -s; -1 if not given */
	size_t threads;		/* -j */
	bool quiet;

	struct arena *arena;
	struct recipe recipe;
	const char *run;	/* the folder of the run to continue, or NULL */
	struct model_files files;
	struct corpus texts[2];	/* train, dev */
	struct start start;
	struct model *model;
	struct train_folder folder;	/* what it writes */
	struct progress progress;
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
tokens_a_second(const struct job *job, const struct train_now *now)
{
	return (double)now->tokens / progress_spent(&job->progress);
}

/* The bar on a terminal; epochs of a continued run do not count as time. */
static void
progress(void *self, const struct train_now *now)
{
	struct job *job = self;
	double batches = (double)now->batches;
	double first = (double)job->folder.epochs * batches;
	double done = (double)((now->epoch - 1) * now->batches + now->batch);
	char best[32] = "";

	if (now->best >= 0.0)
		snprintf(best, sizeof best, "dev %.1f %%, ", 100.0 * now->best);
	progress_bar(&job->progress, (done - first) /
	    ((double)now->epochs * batches - first),
	    "epoch %zu/%zu, loss %.4f, %s%.0fk tok/s", now->epoch,
	    now->epochs, now->loss, best, tokens_a_second(job, now) / 1e3);
}

static void
evaluated(void *self, const struct train_now *now, const struct model *best,
    const struct checkpoint *state)
{
	struct job *job = self;

	if (now->epoch > 0)
		train_folder_log(&job->folder, now);
	train_folder_write(&job->folder, best, now->improved ||
	    now->epoch == 0, state);
	job->best_epoch = now->best_epoch;
	job->best = now->best;
	if (now->epoch == 0 || job->quiet)
		return;
	note("epoch %zu of %zu: loss %.4f, dev %.2f %%%s, %.0f tokens/s",
	    now->epoch, now->epochs, now->loss, 100.0 * now->accuracy,
	    now->improved ? " (best)" : "", tokens_a_second(job, now));
}

/* Read the texts.  Returns the status; the run ends if job->texts[1].n is 0. */
static int
read_texts(struct job *job, char *const path[2])
{
	struct recipe *r = &job->recipe;
	int status = STATUS_OK;

	for (size_t i = 0; i < r->labels; i++)
		dict_add(job->start.labels, r->label[i]);
	for (int i = 0; i < 2; i++) {
		int got = corpus_read(job->arena, path[i], r->lowercase,
		    job->options.keep_going, job->start.words,
		    r->embedding == EMBEDDING_STREAM ? &job->start.rows : NULL,
		    job->start.labels,
		    r->labels > 0 ? "the labels of recipe or model" : i == 1 ?
		    "the training texts' labels" : NULL, &job->texts[i]);

		status = status_worse(status, got);
		if (got != STATUS_OK && !job->options.keep_going)
			job->texts[i].n = 0;
		if (job->texts[i].n == 0)
			break;
	}
	return status;
}

/* Make the model as it is before the first step, or NULL with a message. */
static struct model *
prepare(struct job *job, char *const path[2], int *status)
{
	int made;

	job->files.embedding = (enum number_type)job->recipe.embedding_numbers;
	job->files.rnn = (enum number_type)job->recipe.numbers;
	job->start = (struct start){
		.arena = job->arena, .recipe = &job->recipe, .run = job->run,
		.path = job->folder.path, .words = dict_new(),
		.labels = dict_new(), .train = &job->texts[0],
		.dev = &job->texts[1], .files = &job->files,
	};
	if (!start_parent(&job->start, status))
		return NULL;
	*status = read_texts(job, path);
	if (job->texts[1].n == 0)
		return NULL;
	job->model = start_model(&job->start, &made);
	*status = status_worse(*status, made);
	if (job->model != NULL && job->recipe.vectors.s != NULL &&
	    job->run == NULL && !job->quiet)
		note("%zu of %zu words have a vector", job->start.found,
		    dict_size(job->model->vocabulary));
	if (job->model != NULL && job->start.penalised > 0 && !job->quiet)
		note("%zu word%s of the vocabulary %s penalised",
		    job->start.penalised, text_plural(job->start.penalised),
		    job->start.penalised == 1 ? "is" : "are");
	return job->model;
}

/* Make texts.tsv, and print how many texts there are. */
static void
describe(struct job *job)
{
	static const char *const set[] = {"train", "dev"};
	const struct model *m = job->model;
	struct output *o = &job->folder.texts;

	*o = output_to(-1, "texts.tsv");
	output_string(o, "set\tkey\tvalue\n");
	for (int i = 0; i < 2; i++)
		corpus_describe(&job->texts[i], set[i], m->label, m->C,
		    m->unknown, o);
	if (job->quiet)
		return;
	label_counts_notes(job->texts[0].counts);
	for (int i = 0; i < 2; i++) {
		struct output labels = output_to(-1, "labels");

		label_counts_write(job->texts[i].counts, &labels);
		note("%s: %zu text%s, %zu word%s, labels: %.*s",
		    job->texts[i].path, job->texts[i].n,
		    text_plural(job->texts[i].n), job->texts[i].tokens,
		    text_plural(job->texts[i].tokens), (int)labels.n,
		    labels.buf);
		output_done(&labels, STATUS_OK);
	}
}

static int
run(struct job *job, char *const path[2])
{
	struct train_hooks hooks = {job, progress, evaluated, stop};
	const char *state = job->run == NULL ? NULL :
	    train_folder_state(job->arena, job->run);
	int status = STATUS_OK, trained;
	struct crew *crew;

	if (prepare(job, path, &status) == NULL)
		return status;
	if (!model_check_written(job->model, &job->files, job->folder.path))
		return STATUS_DATA;
	describe(job);
	set_handler(SIGINT, catch);
	set_handler(SIGTERM, catch);
	crew = crew_new(job->threads);
	job->progress = progress_start(job->quiet, false);
	if (!train(job->model, &job->recipe, &job->files, &job->texts[0],
	    &job->texts[1], &job->start.penalty, state, &hooks, crew,
	    &trained))
		status = trained;
	else if (!job->quiet && job->best_epoch == 0)
		note("%s: stopped in epoch 1; the model was not evaluated",
		    job->folder.path);
	else if (!job->quiet)
		note("%s: dev accuracy %.2f %%, of epoch %zu",
		    job->folder.path, 100.0 * job->best, job->best_epoch);
	crew_free(crew);
	if (caught != 0) {
		/* die by the signal, so that a shell's loop ends too */
		folder_unlock();
		set_handler((int)caught, SIG_DFL);
		raise((int)caught);
	}
	return status;
}

/* An option that changes the recipe and was given; 0 if there is none. */
static int
recipe_option(const struct job *job)
{
	return job->recipe_name != NULL ? 'r' : job->batch >= 0 ? 'b' :
	    job->seed >= 0 ? 's' : 0;
}

/*
 * -m: continue the run in this folder if it has a checkpoint, with its own
 * recipe, which no option may change.  Without a checkpoint, start from the
 * model's weights.
 */
static bool
start_from(struct job *job, int *status)
{
	const char *folder = share_find(job->arena, SHARE_MODEL, job->from);

	if (train_folder_state(job->arena, folder) == NULL) {
		job->recipe.model = text_of(job->from);
		return true;
	}
	if (recipe_option(job) != 0)
		option_usage(&job->options, "option -%c cannot change a run "
		    "that is continued (-m %s); its recipe is %s",
		    recipe_option(job), job->from,
		    train_folder_recipe(job->arena, folder));
	job->run = folder;
	return recipe_read(job->arena, train_folder_recipe(job->arena, folder),
	    &job->recipe, status);
}

/* Read the recipe and the run to continue, and apply the options. */
static bool
settle_recipe(struct job *job, int *status)
{
	struct recipe *r = &job->recipe;

	if (job->recipe_name != NULL && !recipe_read(job->arena,
	    share_find(job->arena, SHARE_RULES, job->recipe_name), r, status))
		return false;
	if ((job->from != NULL && !start_from(job, status)) ||
	    !train_folder_begin(&job->folder, job->run, status))
		return false;
	if (job->batch >= 0)
		r->batch = (size_t)job->batch;
	if (job->epochs >= 0)
		r->epochs = (size_t)job->epochs;
	if (job->seed >= 0)
		r->seed = (size_t)job->seed;
	if (r->epochs < job->folder.epochs)
		option_usage(&job->options, "option -n: %zu epochs in all, but "
		    "the run -m %s has %zu already", r->epochs, job->from,
		    job->folder.epochs);
	return true;
}

/* Read the options and check the operands, which are then argv[optind...]. */
static void
read_options(struct job *job, int argc, char *argv[])
{
	struct options *o = &job->options;

	for (int c; (c = option_next(o, argc, argv)) != -1; )
		switch (c) {
		case 'b': job->batch = option_number(c, 1, 65536); break;
		case 'j':
			job->threads = (size_t)option_number(c, 1, CREW_MOST);
			break;
		case 'm': job->from = optarg; break;
		case 'n': job->epochs = option_number(c, 1, 100000); break;
		case 'o': job->folder.path = optarg; break;
		case 'q': job->quiet = true; break;
		case 'r': job->recipe_name = optarg; break;
		case 's': job->seed = option_number(c, 0, 1L << 52); break;
		}
	if (job->folder.path == NULL || job->folder.path[0] == '\0')
		option_usage(o, "option -o is missing: the folder to write");
	if (argc - optind != 2)
		option_usage(o, "%d operand%s, expected the training and the "
		    "dev texts", argc - optind,
		    text_plural((size_t)(argc - optind)));
	if (strcmp(argv[optind], "-") == 0 &&
	    strcmp(argv[optind + 1], "-") == 0)
		option_usage(o, "standard input cannot be both the training "
		    "and the dev texts");
}

int
main(int argc, char *argv[])
{
	/* static: what it holds lives until the process ends */
	static struct job job;
	int status;

	job = (struct job){
		.options = {"b:j:m:n:o:qr:s:", "train a recurrent text "
		    "classifier", "train.tok dev.tok", .reads = "corpus",
		    .writes = "model",
		    .meanings = (const struct option_meaning[]){
		    {'b', "texts a step"},
		    {'j', "threads; the model's bytes do not depend on them"},
		    {'m', "continue the run of this model, or start from it"},
		    {'n', "epochs"}, {'o', "the model's folder"},
		    {'r', "recipe: a name, or a path with a /"}, {0}},
		    .names = (const struct option_meaning[]){
		    {'j', "threads"}, {'n', "epochs"}, {'r', "recipe"},
		    {0}}},
		.threads = 1, .batch = -1, .epochs = -1, .seed = -1,
		.recipe = recipe_default(),
	};
	job.folder.recipe = &job.recipe;
	job.folder.files = &job.files;
	read_options(&job, argc, argv);
	job.arena = mem_arena();
	folder_check(job.arena, job.folder.path, "model.yaml");
	return settle_recipe(&job, &status) ? run(&job, argv + optind) :
	    status;
}
