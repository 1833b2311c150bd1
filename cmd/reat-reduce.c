/* SPDX-License-Identifier: ISC */
/* reat-reduce: few words of a text that keep its prediction, or carry it. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/progress.h"
#include "base/tsv.h"
#include "explain/anchor.h"
#include "explain/apply.h"
#include "explain/omit.h"
#include "explain/reduce.h"
#include "explain/source.h"
#include "explain/unknown.h"
#include "math/random.h"
#include "model/model.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/filter.h"
#include "stream/revise.h"
#include "stream/vector.h"

enum { VARIANTS = 10000, VARIANTS_MAX = 10000000, BEAM_MAX = 100 };

struct reducing;

struct method {
	struct option_name is;
	struct reduced (*exact)(const struct reduce *, bool keeps);	/* or a
				 * beam: anchor_find or reduce_beam */
	bool keeps;		/* the words alone have the prediction; if not,
				 * the text without them has another */
	bool anchor;
	size_t beam;		/* its default */
};

/* -t: what is written. */
struct format {
	struct option_name is;
	const char *header;
	bool (*write)(const struct reducing *, struct block *,
	    const struct anchor *, struct output *);
};

struct reducing {
	struct source *source;
	const struct method *method;
	const struct format *format;
	size_t variants, beam;		/* -n; beam 0: the method's */
	uint64_t seed;
	double tolerance;
	struct unknown unknown;
	struct progress progress;
	size_t texts, runs;		/* done so far */
};

/* ---- the methods ---- */

static size_t
beam_of(const struct reducing *r)
{
	return r->beam > 0 ? r->beam : r->method->beam;
}

static struct anchor
search(const struct reducing *r, const struct block *b, const struct reduce *x)
{
	const struct method *m = r->method;

	if (m->anchor)
		return anchor_find(x, (struct anchor_search){
		    .unk = source_word(r->source, b->arena, TEXT("UNK")),
		    .tolerance = r->tolerance, .beam = beam_of(r),
		    .random = random_seeded(r->seed, edit_stream(b))});
	return (struct anchor){.rule = m->exact == NULL ?
	    reduce_beam(x, beam_of(r)) : m->exact(x, m->keeps)};
}

/* The first is the default.  The last has no name. */
static const struct method methods[] = {
	{{"reduction", "input reduction: remove words while the prediction "
	    "stays (the default)"}, NULL, true, false, 5},
	{{"anchor", "the fewest words that hold the prediction, whatever the "
	    "others are"}, NULL, true, true, 4},
	{{"sufficient", "the fewest words with the prediction of the text"},
	    reduce_sets, true, false, 0},
	{{"sufficient-span", "the shortest span with it"}, reduce_spans, true,
	    false, 0},
	{{"flip", "the fewest words without which the prediction changes"},
	    reduce_sets, false, false, 0},
	{{"flip-span", "the shortest span without which it changes"},
	    reduce_spans, false, false, 0},
	{{NULL, NULL}, NULL, false, false, 0},
};

/* ---- what is written ---- */

/* Write a class and its probability, or "_" twice. */
static void
write_class(const struct trace *t, bool known, size_t c, float probability,
    struct output *o)
{
	output_char(o, '\t');
	tsv_write(o, known ? t->label[c] : TEXT("_"));
	output_char(o, '\t');
	if (known)
		output_float(o, probability);
	else
		output_char(o, '_');
}

/* Write the ids of the words or, with blanks between, their forms. */
static void
write_words(const struct block *b, const struct reduced *r, bool forms,
    struct output *o)
{
	bool any = false;

	output_char(o, '\t');
	for (size_t t = 0; r->found && t < b->T; t++) {
		if (!r->in[t])
			continue;
		if (any)
			output_char(o, forms ? ' ' : ',');
		any = true;
		if (forms)
			tsv_write(o, conllu_word(b, t)[CONLLU_FORM]);
		else
			output_size(o, t + 1);
	}
	if (!any)
		output_char(o, '_');
}

static bool
write_row(const struct reducing *r, struct block *b, const struct anchor *a,
    struct output *o)
{
	const struct trace *t = b->data;
	const struct reduced *rule = &a->rule;
	bool anchor = r->method->anchor && rule->found;

	tsv_write(o, b->sent_id);
	write_class(t, true, t->predicted, t->probability[t->predicted], o);
	output_char(o, '\t');
	tsv_write(o, t->model);
	output_char(o, '\t');
	output_string(o, r->method->is.name);
	write_words(b, rule, false, o);
	output_printf(o, rule->found ? "\t%zu" : "\t_", rule->n);
	write_class(t, rule->found && !r->method->anchor,
	    rule->after.predicted, rule->after.probability, o);
	for (int i = 0; i < 2; i++) {
		output_char(o, '\t');
		if (anchor)
			output_float(o, (float)(i == 0 ? a->precision :
			    a->coverage));
		else
			output_char(o, '_');
	}
	output_printf(o, "\t%zu\t%d", rule->variants, rule->complete);
	write_words(b, rule, true, o);
	output_char(o, '\n');
	return true;
}

/* Write the text with these words alone or, if they carry the prediction,
 * without them. */
static bool
write_tok(const struct reducing *r, struct block *b, const struct anchor *a,
    struct output *o)
{
	bool *keep;

	if (!a->rule.found)
		return true;
	keep = MEM_NEW(b->arena, b->T, bool);
	for (size_t t = 0; t < b->T; t++)
		keep[t] = a->rule.in[t] == r->method->keeps;
	revise(b, keep, NULL);
	conllu_write(b, o);
	return true;
}

static const struct format formats[] = {
	{{"tsv", "a row for each text (the default)"}, "doc\tclass\tprob\t"
	    "model\tmethod\twords\tn\tafter\tp_after\tprecision\tcoverage\t"
	    "variants\tcomplete\ttext\n", write_row},
	{{"tok", "each text with these words alone, or for flip without them"},
	    NULL, write_tok},
	{{NULL, NULL}, NULL, NULL},
};

/* ---- the run ---- */

static bool
read_block(void *self, struct block *b)
{
	const struct reducing *r = self;
	struct rnn *rnn = source_rnn(r->source);

	return rnn == NULL || apply_read(rnn_model(rnn), b);
}

static void
run_batch(void *self, struct block **b, size_t n)
{
	struct reducing *r = self;
	struct trace *trace = source_texts(r->source, b, n, RNN_LOGITS);

	for (size_t i = 0; i < n; i++)
		b[i]->data = &trace[i];
	if (source_rnn(r->source) != NULL)
		unknown_count(&r->unknown, rnn_model(source_rnn(r->source)), b,
		    n);
}

/* So many variants were run. */
static void
did(void *self, size_t variants)
{
	struct reducing *r = self;

	r->runs += variants;
	progress_show(&r->progress, "%zu texts, %zu runs, %.0f runs/s",
	    r->texts, r->runs, (double)r->runs / progress_spent(&r->progress));
}

static bool
write_block(void *self, struct block *b, struct output *o)
{
	struct reducing *r = self;
	const struct trace *t = b->data;
	struct anchor a = {.rule = {.complete = true, .finite = true}};

	if (!apply_check(b, t))
		return false;
	if (b->T > 0)
		a = search(r, b, &(struct reduce){b->arena, r->source, t,
		    source_words(r->source, b), r->variants, did, r});
	if (!a.rule.finite)
		return bad(b->at, "model %.*s gives a logit that is not finite "
		    "for a variant of this text", TEXT_ARGS(t->model));
	r->texts++;
	return r->format->write(r, b, &a, o);
}

/* -n VARIANTS[,BEAM] */
static void
read_numbers(struct reducing *r)
{
	char *comma = strchr(optarg, ',');

	if (comma != NULL)
		*comma = '\0';
	r->variants = (size_t)option_number('n', 1, VARIANTS_MAX);
	if (comma == NULL)
		return;
	optarg = comma + 1;
	r->beam = (size_t)option_number('n', 1, BEAM_MAX);
}

/* Exits with 2 if the method cannot have these options or this model. */
static void
check(const struct reducing *r, const struct options *o, int only)
{
	struct rnn *rnn = source_rnn(r->source);

	if (only != 0 && !r->method->anchor)
		option_usage(o, "option -%c works only with -a anchor", only);
	if (r->beam > 0 && r->method->beam == 0)
		option_usage(o, "option -n: -a %s is exact and has no beam",
		    r->method->is.name);
	if (r->method->anchor && rnn != NULL && rnn_model(rnn)->stream)
		option_usage(o, "option -a anchor does not work with a model "
		    "that takes the vectors of words from the texts "
		    "(" VECTOR_KEY "): the word UNK has none");
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:b:e:Hm:n:qs:t:W:X:x:", "find few words that "
	    "keep or carry the prediction", "[file ...]",
	    .reads = "tok", .writes = "TSV",
	    .meanings = (const struct option_meaning[]){
	    {'a', "method: reduction (the default) or another that \"list\" "
		"lists"},
	    {'e', "of anchor: the share of samples that may have another "
		"prediction (0.05)"},
	    {'H', "no header line (-t tsv)"},
	    {'m', SOURCE_NAME},
	    {'n', "most variants of a text (10000), and texts of the beam"},
	    {'s', "of anchor: the seed of the random numbers"},
	    {'t', "format: tsv (the default) or tok"}, {0}},
	    .arguments = (const struct option_meaning[]){{'n', "N[,BEAM]"},
	    {0}},
	    .names = (const struct option_meaning[]){
	    {'n', "most"}, {0}}};
	struct source_choice source = {.what = "sst2-gru"};
	struct reducing r = {.method = methods, .format = formats,
	    .variants = VARIANTS, .seed = 1, .tolerance = .05};
	struct filter filter = {.read = read_block, .work = run_batch,
	    .write = write_block, .self = &r};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	bool headless = false, quiet = false;
	int only = 0;			/* an option of anchor only */
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			r.method = option_row(&o, c, methods, sizeof *methods);
			break;
		case 'b':
			filter.batch = (size_t)option_number('b', 1, 65536);
			break;
		case 'e': r.tolerance = option_real(only = c, 0, .5); break;
		case 'H': headless = true; break;
		case 'm':
			source.what = source.kind == SOURCE_MODEL ? optarg :
			    source.what;
			source_option(&source, c);
			break;
		case 'n': read_numbers(&r); break;
		case 'q': quiet = true; break;
		case 's':
			r.seed = (uint64_t)option_number(only = c, 0, 1L << 52);
			break;
		case 't':
			r.format = option_row(&o, c, formats, sizeof *formats);
			break;
		default: source_option(&source, c);
		}
	r.source = source_open(&source, &out, &status);
	if (r.source == NULL)
		return status;
	check(&r, &o, only);
	r.unknown = unknown_start(quiet);
	r.progress = progress_start(quiet, true);
	if (r.format->header != NULL && !headless)
		output_string(&out, r.format->header);
	filter.keep_going = o.keep_going;
	status = filter_run(&filter, argv + optind, &out);
	err_wipe();
	if (source_rnn(r.source) != NULL)
		unknown_note(&r.unknown, rnn_model(source_rnn(r.source)));
	status = source_close(r.source, status);
	return output_done(&out, status);
}
