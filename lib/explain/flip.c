/* SPDX-License-Identifier: ISC */
#include "explain/flip.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/dict.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "explain/source.h"
#include "explain/verdict.h"
#include "rnn/trace.h"
#include "stream/block.h"

struct flipper {
	struct source *source;
};

struct flipper *
flip_open(const struct source_choice *choice, struct output *out,
    int *status)
{
	struct source *source = source_open_replacing(choice, out, status);
	struct flipper *f;

	if (source == NULL)
		return NULL;
	f = mem_calloc(1, sizeof *f);
	f->source = source;
	return f;
}

int
flip_close(struct flipper *f, int status)
{
	status = source_close(f->source, status);
	free(f);
	return status;
}

struct trace *
flip_texts(struct flipper *f, struct block **block, size_t n)
{
	return source_texts(f->source, block, n, RNN_LOGITS);
}

/* The variants of a block. */
struct replacing {
	struct source *source;
	const struct trace *trace;
	struct rnn_text text;
	struct flip *flip;	/* [n] */
};

/* The text of the block with one word replaced. */
static struct rnn_text
replaced(void *self, struct arena *arena, size_t i)
{
	const struct replacing *r = self;
	int32_t *id = MEM_NEW(arena, r->text.T, int32_t);

	memcpy(id, r->text.id, r->text.T * sizeof *id);
	id[r->flip[i].word] = source_word(r->source, arena, r->flip[i].form);
	return (struct rnn_text){r->text.T, id};
}

/* Set what the model predicts. */
static void
predict(void *self, size_t first, size_t some, const float *logit,
    const float *probability)
{
	const struct replacing *r = self;
	const struct trace *t = r->trace;

	for (size_t i = 0; i < some; i++) {
		struct flip *flip = &r->flip[first + i];
		struct verdict v = verdict_of(t, logit + i * t->rows,
		    probability + i * t->C);

		flip->finite = v.finite;
		flip->predicted = v.predicted;
		flip->probability = v.probability;
	}
}

void
flip_run(struct flipper *f, const struct block *b, const struct trace *t,
    size_t n, struct flip flip[])
{
	struct replacing r = {f->source, t, source_words(f->source, b), flip};

	source_each(f->source, b->T, n,
	    &(struct source_user){replaced, predict, &r});
}

bool
flip_is(const struct flip *flip, const struct trace *t)
{
	return flip->predicted != t->predicted;
}

void
flip_write(const struct block *b, size_t word, struct text form,
    struct output *o)
{
	output_text(o, conllu_word(b, word)[CONLLU_FORM]);
	output_char(o, '=');
	output_text(o, form);
}

/* ---- counts ---- */

struct pair {
	struct text name;
	size_t variants, flips, texts, fallen;
	size_t last, last_fall;	/* the last text counted in texts, fallen */
};

struct flip_pairs {
	struct dict *names;
	struct pair *pair, all;
	size_t cap, texts;	/* texts: added so far */
	struct arena *arena;	/* of a text */
	struct output key;	/* scratch */
};

struct flip_pairs *
flip_pairs_new(void)
{
	struct flip_pairs *p = mem_calloc(1, sizeof *p);

	p->names = dict_new();
	p->arena = mem_arena();
	p->key = output_to(-1, NULL);
	return p;
}

void
flip_pairs_free(struct flip_pairs *p)
{
	dict_free(p->names);
	mem_free(p->arena);
	output_done(&p->key, 0);
	free(p->pair);
	free(p);
}

static struct pair *
pair_of(struct flip_pairs *p, const struct block *b, const struct flip *flip)
{
	struct text old = conllu_word(b, flip->word)[CONLLU_FORM];
	size_t known = dict_size(p->names), i;

	p->key.n = 0;
	output_text(&p->key, utf8_lower(p->arena, old));
	output_char(&p->key, '=');
	output_text(&p->key, utf8_lower(p->arena, flip->form));
	i = (size_t)dict_add(p->names, (struct text){p->key.buf, p->key.n});
	if (i == known) {
		p->pair = mem_grow(p->pair, &p->cap, i + 1, sizeof *p->pair);
		p->pair[i] = (struct pair){.variants = 0};
	}
	return &p->pair[i];
}

static void
count(struct pair *pair, size_t text, bool flips)
{
	pair->variants++;
	pair->flips += flips;
	pair->texts += pair->last != text;
	pair->last = text;
	if (!flips)
		return;
	pair->fallen += pair->last_fall != text;
	pair->last_fall = text;
}

void
flip_pairs_add(struct flip_pairs *p, const struct block *b,
    const struct trace *t, size_t n, const struct flip flip[])
{
	p->texts++;
	for (size_t i = 0; i < n; i++) {
		bool flips = flip_is(&flip[i], t);

		count(pair_of(p, b, &flip[i]), p->texts, flips);
		count(&p->all, p->texts, flips);
	}
	mem_reset(p->arena);
}

static int
by_flips(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->flips != y->flips)
		return x->flips > y->flips ? -1 : 1;
	if (x->variants != y->variants)
		return x->variants > y->variants ? -1 : 1;
	return text_compare(x->name, y->name);
}

static void
write_pair(const struct pair *pair, struct output *o)
{
	tsv_write(o, pair->name);
	output_printf(o, "\t%zu\t%zu\t%zu\t%zu\n", pair->variants, pair->flips,
	    pair->texts, pair->fallen);
}

void
flip_pairs_write(const struct flip_pairs *p, bool header, struct output *o)
{
	size_t n = dict_size(p->names);
	struct pair *sorted = mem_calloc(n + 1, sizeof *sorted), all = p->all;

	for (size_t i = 0; i < n; i++) {
		sorted[i] = p->pair[i];
		sorted[i].name = dict_text(p->names, (int32_t)i);
	}
	qsort(sorted, n, sizeof *sorted, by_flips);
	if (header)
		output_string(o, "swap\tvariants\tflips\ttexts\t"
		    "texts_with_flip\n");
	all.name = TEXT("_");
	write_pair(&all, o);
	for (size_t i = 0; i < n; i++)
		write_pair(&sorted[i], o);
	free(sorted);
}
