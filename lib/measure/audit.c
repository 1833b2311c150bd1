/* SPDX-License-Identifier: ISC */
#include "measure/audit.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/dict.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "stream/score_doc.h"
#include "train/corpus.h"

/* A word of a group: its scores so far. */
struct entry {
	size_t group;
	struct text word;
	size_t texts, n, last;	/* last: the number of its last document */
	double mean, squares;	/* of differences from the mean (Welford) */
	size_t above, below;	/* scores above and below 0 */
};

struct audit {
	const struct auditing *a;
	struct arena *arena, *scratch;

	/* training texts: the counts of word w are those from first[w] on */
	size_t *first;		/* [words + 1] */
	struct audit_count *count;
	size_t *total;		/* [labels] texts */

	/* scores */
	struct dict *group_keys, *entry_keys;
	struct audit_group *group;
	struct entry *entry;
	size_t group_cap, entry_cap, docs;
	struct output key;	/* scratch */
	bool has_class;
};

/* ---- training texts ---- */

/* A training text of class `class` has word `word`. */
struct pair {
	int32_t word;
	uint32_t class;
};

static int
by_word(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->word != y->word)
		return x->word < y->word ? -1 : 1;
	return (x->class > y->class) - (x->class < y->class);
}

/* Returns the pairs, one for each text and distinct word, sorted. */
static struct pair *
list_pairs(struct audit *audit, size_t *n)
{
	const struct corpus *c = audit->a->train;
	size_t words = dict_size(audit->a->words);
	/* the last text with the word, from 1 */
	size_t *seen = MEM_NEW(audit->scratch, words, size_t);
	struct pair *pair = MEM_NEW(audit->scratch, c->tokens, struct pair);

	*n = 0;
	for (size_t i = 0; i < c->n; i++)
		for (size_t t = 0; t < c->text[i].T; t++) {
			int32_t word = c->text[i].id[t];

			if (seen[word] == i + 1)
				continue;
			seen[word] = i + 1;
			pair[(*n)++] = (struct pair){word,
			    (uint32_t)c->gold[i]};
		}
	qsort(pair, *n, sizeof *pair, by_word);
	return pair;
}

static void
count_texts(struct audit *audit)
{
	const struct corpus *c = audit->a->train;
	size_t words = dict_size(audit->a->words), n, counts = 0, k = 0;
	struct pair *pair = list_pairs(audit, &n);

	audit->total = MEM_NEW(audit->arena, dict_size(audit->a->labels),
	    size_t);
	for (size_t i = 0; i < c->n; i++)
		audit->total[c->gold[i]]++;
	audit->first = MEM_NEW(audit->arena, words + 1, size_t);
	audit->count = MEM_NEW(audit->arena, n, struct audit_count);
	for (size_t w = 0; w < words; w++) {
		audit->first[w] = counts;
		for (; k < n && pair[k].word == (int32_t)w; k++) {
			if (counts == audit->first[w] || audit->count[counts -
			    1].class != pair[k].class)
				audit->count[counts++].class = pair[k].class;
			audit->count[counts - 1].texts++;
		}
	}
	audit->first[words] = counts;
	mem_reset(audit->scratch);
}

struct audit *
audit_new(const struct auditing *a)
{
	struct audit *audit = mem_calloc(1, sizeof *audit);

	audit->a = a;
	audit->arena = mem_arena();
	audit->scratch = mem_arena();
	audit->group_keys = dict_new();
	audit->entry_keys = dict_new();
	audit->key = output_to(-1, NULL);
	count_texts(audit);
	return audit;
}

void
audit_free(struct audit *audit)
{
	dict_free(audit->group_keys);
	dict_free(audit->entry_keys);
	output_done(&audit->key, 0);
	free(audit->group);
	free(audit->entry);
	mem_free(audit->scratch);
	mem_free(audit->arena);
	free(audit);
}

/* ---- scores ---- */

/* The group of a row, and its key in audit->key. */
static size_t
group_of(struct audit *audit, const struct score_row *r)
{
	struct output *key = &audit->key;
	size_t known = dict_size(audit->group_keys), group;

	key->n = 0;
	output_text(key, r->class);
	output_char(key, '\t');
	output_text(key, r->model);
	output_char(key, '\t');
	output_text(key, r->method);
	group = (size_t)dict_add(audit->group_keys,
	    (struct text){key->buf, key->n});
	if (group < known)
		return group;
	audit->group = mem_grow(audit->group, &audit->group_cap, group + 1,
	    sizeof *audit->group);
	audit->group[group] = (struct audit_group){
	    text_copy(audit->arena, r->class),
	    text_copy(audit->arena, r->model),
	    text_copy(audit->arena, r->method)};
	return group;
}

static struct entry *
entry_of(struct audit *audit, const struct score_row *r)
{
	struct output *key = &audit->key;
	size_t group = group_of(audit, r), known = dict_size(audit->entry_keys);
	size_t i;
	struct text word = utf8_lower(audit->scratch, r->text);

	output_char(key, '\t');
	output_text(key, word);
	i = (size_t)dict_add(audit->entry_keys,
	    (struct text){key->buf, key->n});
	if (i == known) {
		audit->entry = mem_grow(audit->entry, &audit->entry_cap, i + 1,
		    sizeof *audit->entry);
		audit->entry[i] = (struct entry){.group = group,
		    .word = text_copy(audit->arena, word)};
	}
	return &audit->entry[i];
}

static bool
has_tag(const struct auditing *a, struct text tag)
{
	for (size_t i = 0; i < a->tags; i++)
		if (text_equal(tag, a->tag[i]))
			return true;
	return a->tags == 0;
}

void
audit_add(struct audit *audit, const struct score_doc *d)
{
	const struct auditing *a = audit->a;

	audit->docs++;
	for (size_t i = 0; i < d->n; i++) {
		const struct score_row *r = &d->row[i];
		double score = (double)r->score, off;
		struct entry *e;

		if (a->class != NULL && !text_is(r->class, a->class))
			continue;
		audit->has_class = true;
		if (r->kind != SCORE_WORD || !has_tag(a, r->tag))
			continue;
		e = entry_of(audit, r);
		e->texts += e->last != audit->docs;
		e->last = audit->docs;
		off = score - e->mean;
		e->mean += off / (double)++e->n;
		e->squares += off * (score - e->mean);
		e->above += score > 0;
		e->below += score < 0;
	}
	mem_reset(audit->scratch);
}

bool
audit_has_class(const struct audit *audit)
{
	return audit->has_class;
}

/* ---- rows ---- */

static double
surprise(const struct audit *audit, const struct audit_row *r)
{
	double sum = 0, all = (double)audit->a->train->n;

	for (size_t i = 0; i < r->counts; i++) {
		double texts = (double)r->count[i].texts;

		sum += texts * log2(texts / (double)r->train * all /
		    (double)audit->total[r->count[i].class]);
	}
	return sum > 0 ? sum : 0;
}

static struct audit_row
row_of(const struct audit *audit, const struct entry *e)
{
	int32_t w = dict_find(audit->a->words, e->word);
	struct audit_row r = {
		.group = e->group, .word = e->word, .texts = e->texts,
		.n = e->n, .mean = e->mean,
		.sd = e->n > 1 ? sqrt(e->squares / (double)(e->n - 1)) : 0,
		.same = e->mean > 0 ? e->above : e->mean < 0 ? e->below :
		    e->n - e->above - e->below,
	};

	if (w == DICT_NONE)
		return r;
	r.count = audit->count + audit->first[w];
	r.counts = audit->first[w + 1] - audit->first[w];
	for (size_t i = 0; i < r.counts; i++)
		r.train += r.count[i].texts;
	r.surprise = surprise(audit, &r);
	r.weight = r.surprise * fabs(r.mean) * (double)r.texts;
	return r;
}

static int
by_weight(const void *a, const void *b)
{
	const struct audit_row *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->weight > y->weight || x->weight < y->weight)
		return x->weight > y->weight ? -1 : 1;
	if (x->train != y->train)
		return x->train > y->train ? -1 : 1;
	return text_compare(x->word, y->word);
}

const struct audit_row *
audit_rows(struct audit *audit, size_t *n)
{
	size_t entries = dict_size(audit->entry_keys);
	struct audit_row *row = MEM_NEW(audit->arena, entries,
	    struct audit_row);

	*n = 0;
	for (size_t i = 0; i < entries; i++) {
		row[*n] = row_of(audit, &audit->entry[i]);
		*n += row[*n].train <= audit->a->most;
	}
	qsort(row, *n, sizeof *row, by_weight);
	return row;
}

const struct audit_group *
audit_groups(const struct audit *audit, size_t *n)
{
	*n = dict_size(audit->group_keys);
	return audit->group;
}
