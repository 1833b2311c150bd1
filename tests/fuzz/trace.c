/* SPDX-License-Identifier: ISC */
/* Fuzz a trace block: read it, and compute its scores if it is good. */
#include <math.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "explain/reat.h"
#include "explain/trace_read.h"
#include "fuzz.h"
#include "model/pooling.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/level.h"
#include "stream/trace_keys.h"

static void
score(const struct trace *t, struct arena *arena)
{
	double *S = MEM_NEW(arena, t->T * t->rows, double);
	double *logit = MEM_NEW(arena, t->rows, double);
	double *size = MEM_NEW(arena, t->rows, double);
	struct span *word = MEM_NEW(arena, t->T, struct span);

	for (size_t i = 0; i < t->T; i++)
		word[i] = (struct span){i, i, TEXT("_")};
	for (const struct reat_method *m = reat_methods; m->is.name != NULL;
	    m++)
		if (!m->last_only || pooling_is(&t->pooling, POOLING_LAST))
			reat_score(m, t, arena, 0, word, t->T, S);
	reat_logit(t, arena, logit, size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena *arena;
	static struct trace_reader *reader;
	struct text t = {(const char *)data, n};
	struct level *levels;
	struct trace trace;
	struct block b;
	size_t offset;

	if (arena == NULL) {
		arena = mem_arena();
		reader = trace_reader_new();
	}
	mem_reset(arena);
	t = text_copy(arena, t);
	if (!utf8_valid(t, &offset) ||
	    !conllu_parse(arena, t, (struct place){"fuzz", 1}, &b))
		return 0;
	level_read(&b, &(struct level_choice){.n = 0}, &levels, &offset);
	if (!trace_read(reader, &b, &trace))
		return 0;
	fuzz_holds(trace.T == b.T && trace.C >= 2);
	for (size_t d = 0; d < trace.directions; d++)
		for (size_t i = 0; i < trace.T * trace.H; i++)
			fuzz_holds(isfinite(trace.direction[d].S[i]) &&
			    isfinite(trace.direction[d].A[i]));
	for (size_t i = 0; i < trace.rows; i++)
		fuzz_holds(isfinite(trace.logit[i]) && isfinite(trace.bias[i]));
	score(&trace, arena);
	trace_strip(&b);
	return 0;
}
