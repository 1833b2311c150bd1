/* SPDX-License-Identifier: ISC */
#include "train/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "base/crew.h"
#include "base/mem.h"
#include "rnn/forward.h"
#include "rnn/trace.h"
#include "train/corpus.h"

enum { BATCH = 64 };

/* What a thread has. */
struct judge {
	struct rnn *rnn;
	struct arena *arena;	/* of a batch */
	size_t right;
};

struct evaluation {
	struct crew *crew;
	struct judge *judge;	/* [crew_size] */
	const struct corpus *texts;	/* of this call */
};

struct evaluation *
evaluation_new(struct model *m, struct crew *crew)
{
	struct evaluation *e = mem_calloc(1, sizeof *e);

	e->crew = crew;
	e->judge = mem_calloc(crew_size(crew), sizeof *e->judge);
	for (size_t i = 0; i < crew_size(crew); i++)
		e->judge[i] = (struct judge){rnn_new(m), mem_arena(), 0};
	return e;
}

void
evaluation_free(struct evaluation *e)
{
	for (size_t i = 0; i < crew_size(e->crew); i++) {
		rnn_free(e->judge[i].rnn);
		mem_free(e->judge[i].arena);
	}
	free(e->judge);
	free(e);
}

static void
judge_some(void *self, size_t part, size_t parts)
{
	const struct evaluation *e = self;
	const struct corpus *c = e->texts;
	struct judge *j = &e->judge[part];

	rnn_forget(j->rnn);
	j->right = 0;
	for (size_t i = part * BATCH; i < c->n; i += parts * BATCH) {
		struct trace trace[BATCH];
		size_t n = c->n - i < BATCH ? c->n - i : BATCH;

		memset(trace, 0, sizeof trace);
		rnn_forward(j->rnn, j->arena, n, c->text + i, RNN_LOGITS,
		    trace);
		for (size_t k = 0; k < n; k++)
			j->right += trace[k].predicted == c->gold[i + k];
		mem_reset(j->arena);
	}
}

size_t
evaluation_right(struct evaluation *e, const struct corpus *texts)
{
	size_t right = 0;

	e->texts = texts;
	crew_do(e->crew, judge_some, e);
	for (size_t i = 0; i < crew_size(e->crew); i++)
		right += e->judge[i].right;
	return right;
}
