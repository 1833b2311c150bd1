/* SPDX-License-Identifier: ISC */
#include "explain/background.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "explain/apply.h"
#include "math/random.h"
#include "model/model.h"
#include "stream/block.h"
#include "stream/filter.h"

struct background {
	struct arena *arena;	/* of the words */
	struct rnn *rnn;
	struct rnn_text *text;	/* [n] */
	uint32_t *order;	/* [n] scratch of background_draw */
	size_t n, cap;
};

static void
check(void *self, struct block **b, size_t n)
{
	struct background *bg = self;
	struct trace *trace = apply_model(bg->rnn, b, n, RNN_LOGITS);

	for (size_t i = 0; i < n; i++)
		b[i]->bad = !apply_check(b[i], &trace[i]);
}

static bool
keep(void *self, struct block *b, struct output *o)
{
	struct background *bg = self;
	const int32_t *id = apply_words(rnn_model(bg->rnn), b);
	int32_t *to = MEM_NEW(bg->arena, b->T, int32_t);

	(void)o;
	if (b->T > 0)
		memcpy(to, id, b->T * sizeof *to);
	bg->text = mem_grow(bg->text, &bg->cap, bg->n + 1, sizeof *bg->text);
	bg->text[bg->n++] = (struct rnn_text){b->T, to};
	return true;
}

struct background *
background_read(struct rnn *rnn, const char *path, int *status)
{
	const struct model *m = rnn_model(rnn);
	struct background *bg;
	struct filter f = {.work = check, .write = keep};
	struct output nothing = output_to(-1, "");
	char *operands[] = {NULL, NULL};

	if (m->stream) {
		note("option -r: model %.*s has no vocabulary: the vectors of "
		    "the background's words would be lost",
		    TEXT_ARGS(m->name));
		*status = STATUS_SYSTEM;
		return NULL;
	}
	f.self = bg = mem_calloc(1, sizeof *bg);
	bg->arena = mem_arena();
	bg->rnn = rnn;
	operands[0] = mem_copy(bg->arena, path, strlen(path));
	*status = filter_run(&f, operands, &nothing);
	if (*status == STATUS_OK && bg->n == 0) {
		bad((struct place){path, 0}, "no texts, expected tok blocks");
		*status = STATUS_DATA;
	}
	if (*status != STATUS_OK) {
		background_free(bg);
		return NULL;
	}
	bg->order = MEM_NEW(bg->arena, bg->n, uint32_t);
	for (size_t i = 0; i < bg->n; i++)
		bg->order[i] = (uint32_t)i;
	return bg;
}

void
background_free(struct background *bg)
{
	if (bg == NULL)
		return;
	mem_free(bg->arena);
	free(bg->text);
	free(bg);
}

/* The words of a text, cut to T or followed by -1. */
static const int32_t *
fit(struct arena *arena, const struct rnn_text *text, size_t T)
{
	int32_t *id = MEM_NEW(arena, T, int32_t);

	for (size_t t = 0; t < T; t++)
		id[t] = t < text->T ? text->id[t] : -1;
	return id;
}

/*
 * The first steps of a Fisher-Yates shuffle, which are taken back afterwards:
 * a draw depends on the random numbers alone.
 */
const int32_t **
background_draw(const struct background *bg, struct arena *arena,
    struct random *random, size_t T, size_t n, size_t *drawn)
{
	size_t some = *drawn = n < bg->n ? n : bg->n;
	const int32_t **from = MEM_NEW(arena, some, const int32_t *);
	uint32_t *with = MEM_NEW(arena, some, uint32_t), swap;

	for (size_t i = 0; i < some; i++) {
		with[i] = (uint32_t)i + random_below(random,
		    (uint32_t)(bg->n - i));
		swap = bg->order[with[i]];
		bg->order[with[i]] = bg->order[i];
		bg->order[i] = swap;
		from[i] = fit(arena, &bg->text[swap], T);
	}
	for (size_t i = some; i-- > 0; ) {
		swap = bg->order[with[i]];
		bg->order[with[i]] = bg->order[i];
		bg->order[i] = swap;
	}
	return from;
}
