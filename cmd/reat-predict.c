/* SPDX-License-Identifier: ISC */
/* reat-predict: classify tok blocks: one TSV row a document. */
#include <stddef.h>
#include <unistd.h>

#include "base/err.h"
#include "base/option.h"
#include "base/output.h"
#include "base/tsv.h"
#include "explain/apply.h"
#include "explain/unknown.h"
#include "model/model.h"
#include "rnn/forward.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/filter.h"

struct predicting {
	struct rnn *rnn;
	struct unknown unknown;
	bool logits;
};

static bool
read_block(void *self, struct block *b)
{
	const struct predicting *p = self;

	return apply_read(rnn_model(p->rnn), b);
}

static void
run_batch(void *self, struct block **b, size_t n)
{
	struct predicting *p = self;
	struct trace *trace = apply_model(p->rnn, b, n, RNN_LOGITS);

	for (size_t i = 0; i < n; i++)
		b[i]->data = &trace[i];
	unknown_count(&p->unknown, rnn_model(p->rnn), b, n);
}

static void
write_header(const struct model *m, bool logits, struct output *o)
{
	output_string(o, "doc\tlabel\tpredicted");
	for (size_t c = 0; c < m->C; c++) {
		output_char(o, '\t');
		tsv_write(o, m->label[c]);
	}
	for (size_t c = 0; logits && c < m->C; c++) {
		output_string(o, "\tlogit:");
		tsv_write(o, m->label[c]);
	}
	output_char(o, '\n');
}

static bool
write_block(void *self, struct block *b, struct output *o)
{
	const struct predicting *p = self;
	const struct trace *t = b->data;

	if (!apply_check(b, t))
		return false;
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

int
main(int argc, char *argv[])
{
	struct options o = {"b:gHm:q", "classify texts with a recurrent "
	    "network", "[file ...]", .reads = "tok", .writes = "TSV",
	    .meanings = (const struct option_meaning[]){
	    {'g', "print the logits too"}, {'q', "quiet: no notes"}, {0}},
	    .names = (const struct option_meaning[]){
	    {'g', "logits"}, {0}}};
	struct predicting predicting = {0};
	struct filter filter = {.read = read_block, .work = run_batch,
	    .write = write_block, .self = &predicting};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	const char *name = "sst2-gru";
	bool header = true;
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
			header = false;
			break;
		case 'm':
			name = optarg;
			break;
		case 'q':
			quiet = true;
			break;
		}
	predicting.rnn = apply_open(name, &status);
	if (predicting.rnn == NULL)
		return status;
	filter.keep_going = o.keep_going;
	predicting.unknown = unknown_start(quiet);
	if (header)
		write_header(rnn_model(predicting.rnn), predicting.logits,
		    &out);
	status = filter_run(&filter, argv + optind, &out);
	unknown_note(&predicting.unknown, rnn_model(predicting.rnn));
	apply_close(predicting.rnn);
	return output_done(&out, status);
}
