/* SPDX-License-Identifier: ISC */
#include "train/corpus.h"

#include <string.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "model/label.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/filter.h"
#include "stream/label_counts.h"
#include "stream/vector.h"
#include "train/recipe.h"

struct reading {
	struct arena *arena;
	struct corpus *corpus;
	struct dict *words, *labels;
	struct corpus_rows *rows;
	const char *locked;
	bool lowercase;
};

static bool
read_label(const struct reading *r, const struct block *b, size_t *gold)
{
	struct place at = conllu_comment_place(b, "label");
	int32_t number;

	if (b->label.s == NULL)
		return bad(b->at, "no label, expected # label = NAME");
	number = dict_find(r->labels, b->label);
	if (number == DICT_NONE && r->locked != NULL)
		return bad(at, "label \"%.*s\" is not one of %s",
		    TEXT_ARGS(b->label), r->locked);
	if (number == DICT_NONE) {
		if (!label_check(b->label, at))
			return false;
		if (dict_size(r->labels) == LABELS_MAX)
			return bad(at, "too many labels, the limit is %d",
			    LABELS_MAX);
		number = dict_add(r->labels, b->label);
	}
	label_counts_add(r->corpus->counts, b->label, at);
	*gold = (size_t)number;
	return true;
}

/* Add the vectors of a block's words to the rows. */
static bool
take_rows(const struct reading *r, const struct block *b, int32_t *id)
{
	struct corpus_rows *rows = r->rows;
	const float **row = vector_words(r->arena, b, &rows->D, "the recipe "
	    "or the model has embedding: stream");

	if (row == NULL)
		return false;
	if (rows->D > DIMENSION_MAX)
		return bad(b->at, VECTOR_KEY " has %zu numbers, the limit is "
		    "%d", rows->D, DIMENSION_MAX);
	if (rows->n + b->T > INT32_MAX)
		return bad(b->at, "more than %d words", INT32_MAX);
	rows->row = mem_grow(rows->row, &rows->cap, rows->n + b->T,
	    sizeof *rows->row);
	for (size_t t = 0; t < b->T; t++) {
		id[t] = (int32_t)rows->n;
		rows->row[rows->n++] = row[t];
	}
	return true;
}

static bool
take(void *self, struct block *b)
{
	struct reading *r = self;
	struct corpus *c = r->corpus;
	size_t gold = 0;
	int32_t *id;

	if (!read_label(r, b, &gold))
		return false;
	id = MEM_NEW(r->arena, b->T, int32_t);
	if (r->rows != NULL && !take_rows(r, b, id))
		return false;
	for (size_t t = 0; r->rows == NULL && t < b->T; t++) {
		struct text form = conllu_word(b, t)[CONLLU_FORM];

		id[t] = dict_add(r->words, r->lowercase ?
		    utf8_lower(b->arena, form) : form);
	}
	c->text = mem_grow(c->text, &c->cap, c->n + 1, sizeof *c->text);
	c->gold = mem_grow(c->gold, &c->gold_cap, c->n + 1, sizeof *c->gold);
	c->text[c->n] = (struct rnn_text){b->T, id};
	c->gold[c->n++] = gold;
	c->tokens += b->T;
	return true;
}

/* The filter's write: there is nothing to print. */
static bool
print_nothing(void *self, struct block *b, struct output *o)
{
	(void)self;
	(void)b;
	(void)o;
	return true;
}

int
corpus_read(struct arena *arena, const char *path, bool lowercase,
    bool keep_going, struct dict *words, struct corpus_rows *rows,
    struct dict *labels, const char *locked, struct corpus *c)
{
	struct reading r = {arena, c, words, labels, rows, locked, lowercase};
	struct filter f = {.keep_going = keep_going, .read = take,
	    .write = print_nothing, .self = &r};
	struct output nothing = output_to(-1, "");
	char *operands[] = {mem_copy(arena, path, strlen(path)), NULL};
	int status;

	*c = (struct corpus){.path = operands[0], .counts =
	    label_counts_new()};
	status = filter_run(&f, operands, &nothing);
	if (status == STATUS_OK && c->n == 0) {
		bad((struct place){operands[0], 0}, "no texts, expected "
		    "tok blocks with labels");
		status = STATUS_DATA;
	}
	return status;
}

void
corpus_map_words(struct corpus *c, const int32_t *row)
{
	for (size_t i = 0; i < c->n; i++) {
		/* corpus_read allocated it */
		int32_t *id = (int32_t *)c->text[i].id;

		for (size_t t = 0; t < c->text[i].T; t++)
			id[t] = row[id[t]];
	}
}

void
corpus_map_labels(struct corpus *c, const size_t *class)
{
	for (size_t i = 0; i < c->n; i++)
		c->gold[i] = class[c->gold[i]];
}

void
corpus_describe(const struct corpus *c, const char *set,
    const struct text label[], size_t labels, int32_t unknown,
    struct output *o)
{
	struct arena *arena = mem_arena();
	size_t *of = MEM_NEW(arena, labels, size_t), longest = 0, none = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct rnn_text *text = &c->text[i];

		of[c->gold[i]]++;
		longest = text->T > longest ? text->T : longest;
		for (size_t t = 0; t < text->T; t++)
			none += text->id[t] == unknown;
	}
	output_printf(o, "%s\ttexts\t%zu\n%s\twords\t%zu\n%s\tlongest\t%zu\n"
	    "%s\tunknown\t%zu\n%s\tunknown_share\t%.6f\n", set, c->n, set,
	    c->tokens, set, longest, set, none, set, c->tokens == 0 ? 0.0 :
	    (double)none / (double)c->tokens);
	for (size_t k = 0; k < labels; k++) {
		output_printf(o, "%s\tlabel:", set);
		tsv_write(o, label[k]);
		output_printf(o, "\t%zu\n", of[k]);
	}
	mem_free(arena);
}

uint64_t
corpus_hash(const struct corpus *c, uint64_t hash)
{
	hash = text_hash_step(hash ^ TEXT_HASH, c->n);
	for (size_t i = 0; i < c->n; i++) {
		hash = text_hash_step(hash, c->gold[i]);
		hash = text_hash_step(hash, c->text[i].T);
		for (size_t t = 0; t < c->text[i].T; t++)
			hash = text_hash_step(hash,
			    (uint64_t)(c->text[i].id[t] + 1));
	}
	return hash;
}
