/* SPDX-License-Identifier: ISC */
/* reat-model: lists models, looks into them, checks and writes them. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/text.h"
#include "explain/apply.h"
#include "explain/logits.h"
#include "model/catalogue.h"
#include "model/change.h"
#include "model/check.h"
#include "model/guess.h"
#include "model/list.h"
#include "model/model.h"
#include "model/open.h"
#include "model/parameters.h"
#include "model/write.h"
#include "train/run_folder.h"

struct job {
	struct options options;
	const char *path;		/* -o */
	const char *type;		/* -t */
	const char *logits;		/* -g */
	uint64_t seed;			/* -s */
	bool seeded;			/* it was given */
	char *const *operand;		/* after the action, ended by NULL */
	size_t operands;
	struct output out;
};

/* Run one for each operand; under -k also for those after a bad one. */
static int
each(struct job *job, int (*one)(struct job *, const char *name))
{
	int status = STATUS_OK;

	for (size_t i = 0; i < job->operands; i++) {
		int got = one(job, job->operand[i]);

		status = status_worse(status, got);
		if (got != STATUS_OK && !job->options.keep_going)
			break;
	}
	return status;
}

static int
inspect_one(struct job *job, const char *name)
{
	int status;
	struct model *m = model_open(name, &status);

	if (m == NULL)
		return status;
	model_list(m, &job->out);
	model_close(m);
	return STATUS_OK;
}

static int
inspect(struct job *job)
{
	return each(job, inspect_one);
}

/* Compare the logits of the model, or take status if there is none. */
static int
compare(struct job *job, struct model *m, int status)
{
	struct rnn *r;

	if (m == NULL)
		return status;
	r = rnn_new(m);
	status = logits_compare(r, job->logits);
	apply_close(r);
	return status;
}

static int
check_one(struct job *job, const char *name)
{
	int status = model_check(name);
	struct model *m;

	if (status != STATUS_OK || job->logits == NULL)
		return status;
	m = model_open(name, &status);
	return compare(job, m, status);
}

static int
check(struct job *job)
{
	return each(job, check_one);
}

static bool
same_folder(const char *a, const char *b)
{
	struct stat one, other;

	return stat(a, &one) == 0 && stat(b, &other) == 0 &&
	    one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* Read what was written: words must be the same as before; labels were checked
 * before they were written (model_check_written). */
static void
check_written(const struct model *m, const char *folder)
{
	int status;
	struct model *w = model_open(strchr(folder, '/') != NULL ? folder :
	    mem_printf(m->arena, "./%s", folder), &status);
	bool same;

	if (w == NULL && status == STATUS_SYSTEM)
		exit(STATUS_SYSTEM);
	same = w != NULL && w->V == m->V;
	for (size_t i = 0; same && i < m->V; i++)
		same = text_equal(dict_text(m->vocabulary, (int32_t)i),
		    dict_text(w->vocabulary, (int32_t)i));
	if (!same)
		die("%s: a word would change when written and read back",
		    m->path);
	model_close(w);
}

/* Open the model that is copied to job->path, with its embedding as floats.
 * Returns NULL with its status. */
static struct model *
open_original(const struct job *job, int *status)
{
	struct model *m = model_open(job->operand[0], status);

	if (m == NULL)
		return NULL;
	if (same_folder(m->path, job->path))
		die("%s: this is the model itself; give another folder",
		    job->path);
	folder_check(m->arena, job->path, "model.yaml");
	if (!m->stream) {
		m->embedding_data = MEM_VECTOR(m->arena, m->V * m->D, float);
		tensor_floats(m->embedding, 0, m->V * m->D, m->embedding_data);
	}
	return m;
}

/* Write the copy, and close the model. */
static int
write_copy(const struct job *job, struct model *m, enum number_type type)
{
	struct model_files files = {.embedding = type, .rnn = type};
	const char *folder, *part = parameters_round(m->arena, m, type, type);
	bool good = part == NULL || bad((struct place){m->path, 0}, "%s: a "
	    "number is too large for %s, or not finite", part,
	    number_names[type]);

	if (good && model_check_written(m, &files, job->path)) {
		folder = folder_begin(m->arena, job->path);
		model_write(m, &files, folder, (struct model_kept){false});
		check_written(m, folder);
		folder_end(train_state_name);	/* of other weights */
	} else
		good = false;
	model_close(m);
	return good ? STATUS_OK : STATUS_DATA;
}

static int
convert(struct job *job)
{
	enum number_type type = NUMBER_F32;
	struct model *m;
	int status;

	while (type < NUMBERS_WRITTEN &&
	    strcmp(job->type, number_names[type]) != 0)
		type++;
	if (type == NUMBERS_WRITTEN)
		option_unknown(&job->options, "option -t:", job->type,
		    number_names);
	m = open_original(job, &status);
	return m == NULL ? status : write_copy(job, m, type);
}

static int
change(struct job *job)
{
	int status;
	struct model *m = open_original(job, &status);

	for (size_t i = 1; i < job->operands && m != NULL; i++) {
		struct text value = text_of(job->operand[i]);
		struct text key = text_cut(&value, '=');
		const char *wrong = model_change(m->arena, m, key, value,
		    job->seed);

		if (wrong != NULL) {
			bad((struct place){0}, "%s", wrong);
			model_close(m);
			return STATUS_SYSTEM;
		}
	}
	return m == NULL ? status : write_copy(job, m, NUMBER_F32);
}

/* ---- import ---- */

static int
import(struct job *job)
{
	struct output yaml = output_to(-1, "model.yaml"), file;
	int status = model_guess(job->operand[0], job->operand + 1, &yaml);
	struct model *m;

	if (status == STATUS_OK && job->logits != NULL) {
		m = model_open_described(job->operand[0],
		    (struct text){yaml.buf, yaml.n}, &status);
		status = compare(job, m, status);
	} else if (status == STATUS_OK) {
		note("%s: note: tensors do not show what forward does; compare "
		    "by -g LOGITS", job->operand[0]);
	}
	if (status == STATUS_OK && job->path == NULL) {
		output_bytes(&job->out, yaml.buf, yaml.n);
	} else if (status == STATUS_OK) {
		file = output_create(job->path);
		output_bytes(&file, yaml.buf, yaml.n);
		output_done(&file, STATUS_OK);
	}
	return output_done(&yaml, status);
}

/* ---- actions ---- */

static int
list(struct job *job)
{
	return catalogue_write(&job->out);
}

static const struct action {
	const char *name, *operands;
	const char *needs;	/* options that must be given */
	const char *takes;	/* options that may be given */
	size_t least, most;	/* operands */
	int (*run)(struct job *);
} actions[] = {
	{"list", "", "", "", 0, 0, list},
	{"inspect", "MODEL ...", "", "", 1, 4096, inspect},
	{"check", "MODEL ...", "", "g", 1, 4096, check},
	{"convert", "MODEL", "to", "to", 1, 1, convert},
	{"change", "MODEL KEY=VALUE ...", "o", "os", 2, 16, change},
	{"import", "FOLDER [KEY=VALUE ...]", "", "og", 1, 16, import},
};

enum { ACTIONS = sizeof actions / sizeof *actions };

/* The names, and NULL. */
static void
name_actions(const char *names[ACTIONS + 1])
{
	for (size_t i = 0; i < ACTIONS; i++)
		names[i] = actions[i].name;
	names[ACTIONS] = NULL;
}

/* Find the action of this name, and check its options and operands. */
static const struct action *
find_action(const struct job *job, const char *name)
{
	const struct options *o = &job->options;
	const struct action *a = actions;
	const char *names[ACTIONS + 1];

	name_actions(names);
	while (a < actions + ACTIONS && strcmp(a->name, name) != 0)
		a++;
	if (a == actions + ACTIONS)
		option_unknown(o, "action", name, names);
	for (const char *c = "otgs"; *c != '\0'; c++) {
		bool given = *c == 's' ? job->seeded : (*c == 'o' ? job->path :
		    *c == 't' ? job->type : job->logits) != NULL;

		if (!given && strchr(a->needs, *c) != NULL)
			option_usage(o, "%s: option -%c is missing", name, *c);
		if (given && strchr(a->takes, *c) == NULL)
			option_usage(o, "%s: option -%c is not allowed", name,
			    *c);
	}
	if (job->operands < a->least || job->operands > a->most)
		option_usage(o, "%s: %zu operand%s, expected %s", name,
		    job->operands, text_plural(job->operands),
		    a->most == 0 ? "none" : a->operands);
	return a;
}

/* "list|inspect|... [operand ...]", from which completion gets the actions. */
static const char *
actions_usage(struct arena *arena)
{
	const char *usage = " [operand ...]";

	for (size_t i = ACTIONS; i-- > 0; )
		usage = mem_printf(arena, "%s%s%s", actions[i].name,
		    i + 1 < ACTIONS ? "|" : "", usage);
	return usage;
}

static _Noreturn void
no_action(const struct options *o, struct arena *arena)
{
	const char *names[ACTIONS + 1];

	name_actions(names);
	option_usage(o, "no action, expected %s",
	    text_names(arena, names, " or "));
}

static void
read_options(struct job *job, int argc, char *argv[])
{
	for (int c; (c = option_next(&job->options, argc, argv)) != -1; )
		switch (c) {
		case 'g':
			job->logits = optarg;
			break;
		case 'o':
			job->path = optarg;
			if (optarg[0] == '\0')
				option_usage(&job->options, "option -o: an "
				    "empty path");
			break;
		case 's':
			job->seed = (uint64_t)option_number('s', 0, 1000000000);
			job->seeded = true;
			break;
		case 't':
			job->type = optarg;
			break;
		}
}

int
main(int argc, char *argv[])
{
	struct arena *arena;
	struct job job = {
		.options = {"g:o:s:t:", "list, inspect, check, convert, "
		    "change and import models", .reads = "none",
		    .writes = "text",
		    .meanings = (const struct option_meaning[]){
		    {'g', "texts with the logits that the model must give"},
		    {'k', "keep going after a bad model"},
		    {'o', "write the folder, or import's model.yaml, here"},
		    {'s', "seed of the random numbers of change; default 1"},
		    {'t', "type of the numbers: F32, F16 or BF16"}, {0}},
		    .arguments = (const struct option_meaning[]){
		    {'g', "LOGITS"}, {'t', "TYPE"}, {0}},
		    .names = (const struct option_meaning[]){
		    {'g', "logits"}, {'t', "type"}, {0}}},
		.seed = 1,
		.out = output_to(STDOUT_FILENO, "stdout"),
	};
	const char *name;
	int status;

	err_name(argv[0]);	/* no memory for the usage is a message, too */
	arena = mem_arena();
	job.options.operands = actions_usage(arena);
	read_options(&job, argc, argv);
	if (optind >= argc)
		no_action(&job.options, arena);
	name = argv[optind++];
	job.operand = argv + optind;
	job.operands = (size_t)(argc - optind);
	status = output_done(&job.out, find_action(&job, name)->run(&job));
	mem_free(arena);
	return status;
}
