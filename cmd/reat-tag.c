/* SPDX-License-Identifier: ISC */
/*
 * reat-tag: tok to tok with UPOS and XPOS of each word; with -o, tagged tok to
 * a tagger.
 */
#include <unistd.h>

#include "annotate/perceptron.h"
#include "annotate/tag_model.h"
#include "annotate/tag_train.h"
#include "annotate/tag_write.h"
#include "annotate/tagger.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/progress.h"
#include "base/share.h"
#include "stream/block.h"
#include "stream/filter.h"

enum { EPOCHS = 8, SEED = 1 };

struct tagging {
	const char *model;	/* -m, or NULL */
	const char *product;	/* -o, or NULL */
	long epochs, seed;
	bool training;		/* -n or -s was given */
	bool quiet, keep_going;
	struct progress progress;
};

static void
tag_blocks(void *tagger, struct block **b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		b[i]->bad = !tagger_tag(tagger, b[i]);
}

/* Tag the blocks of all operands; returns the status. */
static int
tag(const struct tagging *t, char *const operands[], struct output *out)
{
	struct arena *arena = mem_arena();
	struct filter f = {.keep_going = t->keep_going, .work = tag_blocks};
	struct tag_model m;
	int status;

	if (!tag_model_read(arena, share_find(arena, SHARE_MODEL,
	    t->model != NULL ? t->model : "tagger"), &m, &status)) {
		mem_free(arena);
		return status;
	}
	f.self = tagger_new(&m);
	status = filter_run(&f, operands, out);
	tagger_free(f.self);
	mem_free(arena);
	return status;
}

static bool
learn_block(void *trainer, struct block *b)
{
	return tag_train_add(trainer, b);
}

static bool
write_nothing(void *trainer, struct block *b, struct output *o)
{
	(void)trainer;
	(void)b;
	(void)o;
	return true;
}

static void
show_progress(void *self, long epoch, double right)
{
	struct tagging *t = self;

	progress_bar(&t->progress, (double)epoch / (double)t->epochs,
	    "epoch %ld/%ld, %.2f %%", epoch, t->epochs, 100 * right);
}

/* Train a tagger on the blocks of all operands; returns the status. */
static int
train(struct tagging *t, char *const operands[], struct output *out)
{
	struct arena *arena = mem_arena();
	struct tag_train *s = tag_train_new();
	struct filter f = {.keep_going = t->keep_going, .read = learn_block,
	    .write = write_nothing, .self = s};
	struct tag_origin origin = {t->epochs, t->seed, 0};
	struct perceptron *p;
	int status;

	folder_check_new(arena, t->product);
	status = filter_run(&f, operands, out);
	origin.words = tag_train_words(s);
	if (status == STATUS_OK && origin.words == 0) {
		note("no words to learn from; -o needs tagged texts");
		status = STATUS_DATA;
	} else if (status == STATUS_OK ||
	    (t->keep_going && origin.words > 0)) {
		t->progress = progress_start(t->quiet, false);
		p = tag_train_run(s, t->epochs, (uint64_t)t->seed,
		    show_progress, t);
		err_wipe();
		tag_write(t->product, tag_train_tags(s), p, &origin);
		perceptron_free(p);
	}
	tag_train_free(s);
	mem_free(arena);
	return status;
}

int
main(int argc, char *argv[])
{
	struct options o = {"m:n:o:qs:", "tag words with parts of speech",
	    "[file ...]", .reads = "tok", .writes = "tok",
	    .meanings = (const struct option_meaning[]){
	    {'m', "tagger: a name (tagger) or a folder with a /"},
	    {'n', "with -o: epochs"},
	    {'o', "train a tagger on tagged texts and write it here"},
	    {'s', "with -o: seed of the random numbers"}, {0}},
	    .names = (const struct option_meaning[]){
	    {'n', "epochs"}, {0}}};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	struct tagging t = {.epochs = EPOCHS, .seed = SEED};
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'm':
			t.model = optarg;
			break;
		case 'n':
			t.epochs = option_number(c, 1, 1000);
			t.training = true;
			break;
		case 'o':
			t.product = optarg;
			break;
		case 'q':
			t.quiet = true;
			break;
		case 's':
			t.seed = option_number(c, 0, 1000000000);
			t.training = true;
			break;
		}
	if (t.product != NULL && t.product[0] == '\0')
		option_usage(&o, "option -o: an empty path");
	if (t.product != NULL && t.model != NULL)
		option_usage(&o, "options -m and -o exclude each other: -o "
		    "trains a new tagger");
	if (t.product == NULL && t.training)
		option_usage(&o, "options -n and -s work only with -o");
	t.keep_going = o.keep_going;
	status = t.product != NULL ? train(&t, argv + optind, &out) :
	    tag(&t, argv + optind, &out);
	return output_done(&out, status);
}
