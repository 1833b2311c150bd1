/* SPDX-License-Identifier: ISC */
/*
 * reat-tag: tok -> tok, with UPOS and XPOS of every word; or, with -o, tagged
 * tok -> a tagger.
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

static const char *model, *product;
static long epochs = EPOCHS, seed = SEED;
static bool training, quiet;
static struct progress progress;

static void
tag_blocks(void *tagger, struct block **b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		b[i]->bad = !tagger_tag(tagger, b[i]);
}

static int
tag(char *const operands[], const struct options *o, struct output *out)
{
	struct arena *arena = mem_arena();
	struct filter f = {.keep_going = o->keep_going, .work = tag_blocks};
	struct tag_model m;
	int status;

	if (!tag_model_read(arena, share_find(arena, SHARE_MODEL,
	    model != NULL ? model : "tagger"), &m, &status)) {
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
learn_block(void *train, struct block *b)
{
	return tag_train_add(train, b);
}

static bool
write_nothing(void *train, struct block *b, struct output *o)
{
	(void)train;
	(void)b;
	(void)o;
	return true;
}

static void
show_progress(long epoch, double right)
{
	progress_bar(&progress, (double)epoch / (double)epochs,
	    "epoch %ld/%ld, %.2f %%", epoch, epochs, 100 * right);
}

static int
train(char *const operands[], const struct options *o, struct output *out)
{
	struct arena *arena = mem_arena();
	struct tag_train *s = tag_train_new();
	struct filter f = {.keep_going = o->keep_going, .read = learn_block,
	    .write = write_nothing, .self = s};
	struct tag_origin origin = {epochs, seed, 0};
	struct perceptron *p;
	int status;

	folder_check_new(arena, product);
	status = filter_run(&f, operands, out);
	origin.words = tag_train_words(s);
	if (status == STATUS_OK && origin.words == 0) {
		note("no words to learn from, expected tagged ones");
		status = STATUS_DATA;
	} else if (status == STATUS_OK ||
	    (o->keep_going && origin.words > 0)) {
		progress = progress_start(quiet, false);
		p = tag_train_run(s, epochs, (uint64_t)seed, show_progress);
		err_wipe();
		tag_write(product, tag_train_tags(s), p, &origin);
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
	    {'o', "train a tagger from tagged texts and write it here"},
	    {'s', "with -o: seed of the random numbers"}, {0}}};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'm':
			model = optarg;
			break;
		case 'n':
			epochs = option_number(c, 1, 1000);
			training = true;
			break;
		case 'o':
			product = optarg;
			break;
		case 'q':
			quiet = true;
			break;
		case 's':
			seed = option_number(c, 0, 1000000000);
			training = true;
			break;
		}
	if (product != NULL && product[0] == '\0')
		option_usage(&o, "option -o: an empty path");
	if (product != NULL && model != NULL)
		option_usage(&o, "option -m: a model to tag with, not "
		    "expected where -o trains one");
	if (product == NULL && training)
		option_usage(&o, "options -n and -s train, expected -o too");
	status = product != NULL ? train(argv + optind, &o, &out) :
	    tag(argv + optind, &o, &out);
	return output_done(&out, status);
}
