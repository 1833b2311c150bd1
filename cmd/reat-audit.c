/* SPDX-License-Identifier: ISC */
/* reat-audit: the scores of words beside their training texts, by class. */
#include <string.h>
#include <unistd.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/tsv.h"
#include "draw/audit_page.h"
#include "draw/style.h"
#include "measure/audit.h"
#include "stream/score_read.h"
#include "train/corpus.h"

/* What is printed. */
struct product {
	const struct style *style;
	const struct auditing *a;
	const struct audit_group *group;
	const struct audit_row *row;
	size_t n;
};

static void
write_table(const struct product *p, struct output *o)
{
	const struct dict *labels = p->a->labels;

	if (!p->style->no_header) {
		output_string(o, "word\tclass\tmodel\tmethod\ttexts\tscores\t"
		    "mean\tsd\tsame\ttrain\tsurprise\tweight");
		for (size_t c = 0; c < dict_size(labels); c++) {
			output_char(o, '\t');
			tsv_write(o, dict_text(labels, (int32_t)c));
		}
		output_char(o, '\n');
	}
	for (size_t i = 0; i < p->n; i++) {
		const struct audit_row *r = &p->row[i];
		const struct audit_group *g = &p->group[r->group];
		const struct text name[] = {r->word, g->class, g->model,
		    g->method};

		for (size_t k = 0; k < sizeof name / sizeof *name; k++) {
			tsv_write(o, name[k]);
			output_char(o, '\t');
		}
		output_printf(o, "%zu\t%zu\t%.6g\t%.6g\t%.6g\t%zu\t%.6g\t%.6g",
		    r->texts, r->n, r->mean, r->sd, (double)r->same /
		    (double)r->n, r->train, r->surprise, r->weight);
		for (size_t c = 0, k = 0; c < dict_size(labels); c++) {
			bool has = k < r->counts && r->count[k].class == c;

			output_printf(o, "\t%zu", has ? r->count[k].texts : 0);
			k += has;
		}
		output_char(o, '\n');
	}
}

static void
write_page(const struct product *p, struct output *o)
{
	audit_page(p->style, p->a, p->group, p->row, p->n, o);
}

static const struct format {
	struct option_name is;
	enum style_palettes palettes;
	void (*write)(const struct product *, struct output *);
} formats[] = {
	{{"tsv", "a row for each word (the default)"}, STYLE_NONE,
	    write_table},
	{{"html", "a page for a browser"}, STYLE_BOTH, write_page},
	{{NULL, NULL}, STYLE_NONE, NULL},
};

struct job {
	struct options options;
	struct arena *arena;
	struct auditing a;
	struct corpus train;
	struct dict *words, *labels;
	struct style style;
	const struct format *format;
	const char *palette;	/* -r */
};

/* -P: the tags, separated by commas. */
static void
list_tags(struct job *job, const char *list)
{
	struct text rest = text_of(list), *tag = MEM_NEW(job->arena,
	    strlen(list) + 1, struct text);

	job->a.tags = 0;
	while (rest.s != NULL) {
		struct text t = text_cut(&rest, ',');

		if (t.n == 0)
			option_usage(&job->options, "option -P: an empty tag");
		tag[job->a.tags++] = t;
	}
	job->a.tag = tag;
}

static int
read_scores(struct job *job, struct audit *audit, char *const operands[])
{
	struct score_reader *r = score_reader_open(operands,
	    (struct score_reading){.whole = true,
	    .keep_going = job->options.keep_going});
	struct score_doc d;
	size_t docs = 0;
	int status;

	while (score_next(r, &d)) {
		docs += !d.bad;
		audit_add(audit, &d);
	}
	status = score_reader_status(r);
	score_reader_close(r);
	if (status == STATUS_OK && docs > 0 && job->a.class != NULL &&
	    !audit_has_class(audit)) {
		bad((struct place){operands[0] != NULL ? operands[0] : "-", 0},
		    "no scores for class %s", job->a.class);
		status = STATUS_DATA;
	}
	return status;
}

/* Read the training texts and the scores, and print what they are together. */
static int
run(struct job *job, char *operands[])
{
	struct output out = output_to(STDOUT_FILENO, "stdout");
	struct product p = {.style = &job->style, .a = &job->a};
	struct audit *audit;
	size_t groups;
	int status = corpus_read(job->arena, operands[0], true,
	    job->options.keep_going, job->words, NULL, job->labels, NULL,
	    &job->train);

	if (job->train.n == 0 || (status != STATUS_OK &&
	    !job->options.keep_going))
		return status;
	audit = audit_new(&job->a);
	status = status_worse(status, read_scores(job, audit, operands + 1));
	p.row = audit_rows(audit, &p.n);
	p.group = audit_groups(audit, &groups);
	job->format->write(&p, &out);
	audit_free(audit);
	return output_done(&out, status);
}

static void
read_options(struct job *job, int argc, char *argv[])
{
	struct options *o = &job->options;

	for (int c; (c = option_next(o, argc, argv)) != -1; )
		switch (c) {
		case 'c': job->a.class = optarg; break;
		case 'H': job->style.no_header = true; break;
		case 'n':
			job->a.most = (size_t)option_number('n', 0,
			    1000000000);
			break;
		case 'P': list_tags(job, optarg); break;
		case 'r': job->palette = optarg; break;
		case 't':
			job->format = option_row(o, c, formats,
			    sizeof *formats);
			break;
		}
	if (argv[optind] == NULL)
		option_usage(o, "the training texts are missing: the first "
		    "operand");
	if (strcmp(argv[optind], "-") == 0 && (argv[optind + 1] == NULL ||
	    strcmp(argv[optind + 1], "-") == 0))
		option_usage(o, "standard input cannot be both the training "
		    "texts and the scores");
}

int
main(int argc, char *argv[])
{
	/* static: what it holds lives until the process ends */
	static struct job job;
	int status;

	job = (struct job){.options = {"c:Hn:P:r:t:", "the scores of words "
	    "beside their training texts", "train.tok [scores ...]",
	    .reads = "score", .writes = "audit",
	    .meanings = (const struct option_meaning[]){
	    {'c', "a class of the scores; the default is each"},
	    {'k', "keep going after a bad text or document"},
	    {'n', "words of at most N training texts; the default is all"},
	    {'P', "words with these tags, comma-joined (RB,RBR)"},
	    {'r', "palette: a name (paper) or a path with a /"},
	    {'t', "format: tsv (the default) or html"}, {0}},
	    .arguments = (const struct option_meaning[]){{'P', "TAGS"}, {0}},
	    .names = (const struct option_meaning[]){
	    {'n', "texts"}, {'P', "tags"}, {'r', "palette"}, {0}}},
	    .format = formats, .a = {.most = SIZE_MAX}};

	err_name(argv[0]);	/* before there may be no memory */
	job.arena = mem_arena();
	job.words = dict_new();
	job.labels = dict_new();
	job.a.train = &job.train;
	job.a.words = job.words;
	job.a.labels = job.labels;
	read_options(&job, argc, argv);
	style_set(&job.style, &job.options, job.arena, "never", job.palette,
	    job.format->palettes);
	status = run(&job, argv + optind);
	dict_free(job.words);
	dict_free(job.labels);
	mem_free(job.arena);
	return status;
}
