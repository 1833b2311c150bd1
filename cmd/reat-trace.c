/* SPDX-License-Identifier: ISC */
/* reat-trace: run a recurrent network over tok blocks and print its trace, from
 * which every method of reat-score computes its scores. */
#include <stddef.h>
#include <unistd.h>

#include "base/err.h"
#include "base/option.h"
#include "base/output.h"
#include "explain/apply.h"
#include "explain/trace_write.h"
#include "explain/unknown.h"
#include "rnn/forward.h"
#include "stream/block.h"
#include "stream/filter.h"
#include "stream/trace_keys.h"

struct tracing {
	struct rnn *rnn;
	struct unknown unknown;
	bool decimals, gates;
};

static bool
read_block(void *self, struct block *b)
{
	const struct tracing *t = self;

	trace_strip(b);
	return apply_read(rnn_model(t->rnn), b);
}

static void
run_batch(void *self, struct block **b, size_t n)
{
	struct tracing *t = self;
	struct trace *trace = apply_model(t->rnn, b, n,
	    t->gates ? RNN_GATES : RNN_TRACE);

	for (size_t i = 0; i < n; i++) {
		trace[i].unknown = apply_unknown(rnn_model(t->rnn), b[i]);
		b[i]->data = &trace[i];
	}
	unknown_count(&t->unknown, rnn_model(t->rnn), b, n);
}

static bool
write_block(void *self, struct block *b, struct output *o)
{
	struct tracing *t = self;
	const struct trace *trace = b->data;

	if (!apply_check(b, trace))
		return false;
	trace_write(b, trace, t->decimals, t->gates, o);
	return true;
}

int
main(int argc, char *argv[])
{
	struct options o = {"b:dgm:q", "run a recurrent network and print its "
	    "trace", "[file ...]", .reads = "tok", .writes = "trace",
	    .meanings = (const struct option_meaning[]){
	    {'g', "print every gate and state"}, {'q', "quiet: no notes"},
	    {0}}};
	struct tracing tracing = {0};
	struct filter filter = {.read = read_block, .work = run_batch,
	    .write = write_block, .self = &tracing};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	const char *name = "sst2-gru";
	bool quiet = false;
	int c, status;

	while ((c = option_next(&o, argc, argv)) != -1)
		switch (c) {
		case 'b':
			filter.batch = (size_t)option_number('b', 1, 65536);
			break;
		case 'd':
			tracing.decimals = true;
			break;
		case 'g':
			tracing.gates = true;
			break;
		case 'm':
			name = optarg;
			break;
		case 'q':
			quiet = true;
			break;
		}
	tracing.rnn = apply_open(name, &status);
	if (tracing.rnn == NULL)
		return status;
	filter.keep_going = o.keep_going;
	tracing.unknown = unknown_start(quiet);
	status = filter_run(&filter, argv + optind, &out);
	unknown_note(&tracing.unknown, rnn_model(tracing.rnn));
	apply_close(tracing.rnn);
	return output_done(&out, status);
}
