/* SPDX-License-Identifier: ISC */
#include "explain/logits.h"

#include <math.h>

#include "base/err.h"
#include "base/input.h"
#include "base/mem.h"
#include "explain/apply.h"

enum { LIMIT = 16 << 20 };	/* bytes of the file */

static const double most = 1e-4;

/* Run one text; returns its logits [rows], or NULL with a message. */
static const float *
run_text(struct rnn *r, struct arena *arena, struct text words,
    struct place at)
{
	const struct model *m = rnn_model(r);
	int32_t *id = MEM_NEW(arena, words.n + 1, int32_t);
	struct rnn_text text = {0, id};
	struct trace trace;

	while (words.s != NULL) {
		struct text word = text_cut(&words, ' ');

		if (word.n > 0)
			id[text.T++] = apply_word(m, arena, word);
	}
	rnn_forward(r, arena, 1, &text, RNN_LOGITS, &trace);
	if (trace.fault == TRACE_GOOD)
		return trace.logit;
	bad(at, "word %zu: the network's numbers are not finite",
	    trace.fault_word + 1);
	return NULL;
}

/* The columns of a line: the words, and a number for each row. */
static bool
read_line(struct text line, struct place at, size_t rows, struct text *words,
    double given[])
{
	bool good;

	*words = text_cut(&line, '\t');
	good = line.s != NULL;
	for (size_t i = 0; i < rows && good; i++) {
		struct text field = text_cut(&line, '\t');

		good = text_to_double(field, &given[i]) &&
		    (line.s == NULL) == (i + 1 == rows);
	}
	return good || bad(at, "expected a text and %zu logits, with tabs "
	    "between", rows);
}

/* One line; *largest is the largest difference so far. */
static bool
compare_line(struct rnn *r, struct arena *arena, struct text line,
    struct place at, double *largest)
{
	size_t rows = rnn_model(r)->rows;
	double *given = MEM_NEW(arena, rows, double);
	const float *logit;
	struct text words;

	if (!read_line(line, at, rows, &words, given) ||
	    (logit = run_text(r, arena, words, at)) == NULL)
		return false;
	for (size_t i = 0; i < rows; i++) {
		double difference = fabs(given[i] - (double)logit[i]);

		if (!(difference <= most))
			return bad(at, "logit %zu is %.6g, this network gives "
			    "%.6g; the usual causes: pooling (output[:, -1] "
			    "of two directions), the reset gate before the "
			    "product, lower case, unknown words, a layer "
			    "between, an activation or epsilon", i + 1,
			    given[i], (double)logit[i]);
		*largest = difference > *largest ? difference : *largest;
	}
	return true;
}

int
logits_compare(struct rnn *r, const char *path)
{
	struct arena *arena = mem_arena(), *scratch = mem_arena();
	struct place at = {path, 0};
	struct text rest;
	double largest = 0;
	bool good;
	int status;

	if (rnn_model(r)->stream)
		die("%s: texts have no vectors of words, which model %.*s "
		    "needs: compare with reat-predict -g", path,
		    TEXT_ARGS(rnn_model(r)->name));
	good = input_whole(arena, path, LIMIT, &rest, &status);
	while (good && rest.s != NULL && rest.n > 0) {
		at.line++;
		good = compare_line(r, scratch, text_cut(&rest, '\n'), at,
		    &largest);
		mem_reset(scratch);
	}
	if (good && at.line == 0)
		good = bad(at, "no text, expected some with their logits");
	if (good)
		note("%s: the logits of %zu text%s differ by at most %.2g",
		    path, at.line, text_plural(at.line), largest);
	mem_free(scratch);
	mem_free(arena);
	return good ? STATUS_OK : status == STATUS_OK ? STATUS_DATA : status;
}
