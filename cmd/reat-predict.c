/* SPDX-License-Identifier: ISC */
/* reat-predict: classify tok blocks: one TSV row a document. */
#include <stddef.h>
#include <unistd.h>

#include "base/err.h"
#include "base/option.h"
#include "base/output.h"
#include "base/tsv.h"
#include "explain/apply.h"
#include "explain/source.h"
#include "explain/unknown.h"
#include "model/model.h"
#include "rnn/forward.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/filter.h"

struct predicting {
	struct source *source;
	struct unknown unknown;
	bool logits;
	bool header;		/* it is still to be written */
};

static bool
read_block(void *self, struct block *b)
{
	const struct predicting *p = self;

	struct rnn *rnn = source_rnn(p->source);

	return rnn == NULL || apply_read(rnn_model(rnn), b);
}

static void
run_batch(void *self, struct block **b, size_t n)
{
	struct predicting *p = self;
	struct trace *trace = source_texts(p->source, b, n, RNN_LOGITS);

	for (size_t i = 0; i < n; i++)
		b[i]->data = &trace[i];
	if (source_rnn(p->source) != NULL)
		unknown_count(&p->unknown, rnn_model(source_rnn(p->source)),
		    b, n);
}

static void
write_header(struct predicting *p, const struct text label[], size_t C,
    struct output *o)
{
	if (!p->header)
		return;
	p->header = false;
	output_string(o, "doc\tlabel\tpredicted");
	for (size_t c = 0; c < C; c++) {
		output_char(o, '\t');
		tsv_write(o, label[c]);
	}
	for (size_t c = 0; p->logits && c < C; c++) {
		output_string(o, "\tlogit:");
		tsv_write(o, label[c]);
	}
	output_char(o, '\n');
}

static bool
write_block(void *self, struct block *b, struct output *o)
{
	struct predicting *p = self;
	const struct trace *t = b->data;

	if (!apply_check(b, t))
		return false;
	write_header(p, t->label, t->C, o);
	tsv_write(o, b->sent_id);
	output_char(o, '\t');
	tsv_write(o, b->label.s == NULL ? TEXT("_") : b->label);
	output_char(o, '\t');
	tsv_write(o, t->label[t->predicted]);
	for (size_t c = 0; c < t->C; c++) {
		output_char(o, '\t');
		output_float(o, t->probability[c]);
	}
	for (size_t c = 0; p->logits && c < t->C; c++) {
		float sign;
		size_t row = trace_row(t, c, &sign);

		output_char(o, '\t');
		output_float(o, sign * t->logit[row] + 0.0f);	/* no -0 */
	}
	output_char(o, '\n');
	return true;
}

/* Run the model, whose header does not need a text, or the command. */
static int
run(struct predicting *p, const struct options *o, struct filter *filter,
    char *const operands[], struct output *out)
{
	struct rnn *rnn = source_rnn(p->source);
	const struct model *m = rnn == NULL ? NULL : rnn_model(rnn);
	int status;

	filter->keep_going = o->keep_going;
	if (m != NULL)
		write_header(p, m->label, m->C, out);
	status = filter_run(filter, operands, out);
	if (m != NULL)
		unknown_note(&p->unknown, m);
	return status;
}

int
main(int argc, char *argv[])
{
	struct options o = {"b:gHm:qW:X:x:", "classify texts", "[file ...]",
	    .reads = "tok", .writes = "TSV",
	    .meanings = (const struct option_meaning[]){
	    {'g', "print the logits too"}, {'q', "quiet: no notes"},
	    {0}},
	    .names = (const struct option_meaning[]){
	    {'g', "logits"}, {0}}};
	struct source_choice source = {.what = "sst2-gru"};
	struct predicting predicting = {.header = true};
	struct filter filter = {.read = read_block, .work = run_batch,
	    .write = write_block, .self = &predicting};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	bool quiet = false;
	int c, status;

	while ((c = option_next(&o, argc, argv)) != -1)
		switch (c) {
		case 'b':
			filter.batch = (size_t)option_number('b', 1, 65536);
			break;
		case 'g':
			predicting.logits = true;
			break;
		case 'H':
			predicting.header = false;
			break;
		case 'm':
			source.what = optarg;
			break;
		case 'q':
			quiet = true;
			break;
		default:
			source_option(&source, c);
		}
	if (predicting.logits && source.kind != SOURCE_MODEL)
		option_usage(&o, "option -g: a command has no logits");
	predicting.source = source_open(&source, &out, &status);
	if (predicting.source == NULL)
		return status;
	predicting.unknown = unknown_start(quiet);
	status = run(&predicting, &o, &filter, argv + optind, &out);
	status = source_close(predicting.source, status);
	return output_done(&out, status);
}
