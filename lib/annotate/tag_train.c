/* SPDX-License-Identifier: ISC */
#include "annotate/tag_train.h"

#include <stdlib.h>
#include <string.h>

#include "annotate/perceptron.h"
#include "annotate/tag_features.h"
#include "annotate/tag_model.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "math/random.h"
#include "stream/block.h"
#include "stream/layer.h"

/*
 * A word is learned if the score of gold is ahead by less than this.  Learning
 * it once moves gold ahead by 2 for each of its features, about 54.
 */
enum { MARGIN = 30 };

/* The features of several words and tags. */
enum { DYNAMIC = TAG_JOINED + TAG_TAGS + TAG_MIXED };

/* A form, in a cased or in a caseless sentence. */
struct type {
	struct tag_word word;
	uint32_t *feature[TAG_PLACES];
	size_t n[TAG_PLACES];
};

struct sentence {
	size_t first, T;	/* words first .. first + T */
	bool cased;
};

struct tag_train {
	struct dict *tags;	/* "UPOS XPOS" */
	struct dict *forms;
	int32_t *form, *gold;	/* [words] numbers in forms and tags */
	size_t words, form_cap, gold_cap;
	struct sentence *sentence;	/* [sentences] */
	size_t sentences, sentence_cap;
	struct type *type[2];	/* [cased][forms + 1]; the last is "" */
	struct arena *arena;	/* of types */
};

struct tag_train *
tag_train_new(void)
{
	struct tag_train *s = mem_calloc(1, sizeof *s);

	s->tags = dict_new();
	s->forms = dict_new();
	s->arena = mem_arena();
	return s;
}

void
tag_train_free(struct tag_train *s)
{
	dict_free(s->tags);
	dict_free(s->forms);
	mem_free(s->arena);
	free(s->form);
	free(s->gold);
	free(s->sentence);
	free(s);
}

size_t
tag_train_words(const struct tag_train *s)
{
	return s->words;
}

const struct dict *
tag_train_tags(const struct tag_train *s)
{
	return s->tags;
}

/* True if a model can contain the tag: no blank, no control character. */
static bool
is_tag(struct text a)
{
	for (size_t i = 0; i < a.n; i++)
		if ((unsigned char)a.s[i] <= ' ' || a.s[i] == 0x7f)
			return false;
	return !text_is(a, "_");
}

/* Set the pairs of tags of a block; checked before any of them is added. */
static bool
read_pairs(const struct tag_train *s, const struct block *b, struct text *pair)
{
	struct dict *fresh = dict_new();
	bool good = true;

	for (size_t t = 0; t < b->T && good; t++) {
		const struct text *column = conllu_word(b, t);
		struct text upos = column[CONLLU_UPOS];
		struct text xpos = column[CONLLU_XPOS];

		if (!is_tag(upos) || !is_tag(xpos)) {
			good = bad(conllu_place(b, t), "UPOS \"%.*s\" and "
			    "XPOS \"%.*s\", expected two tags to learn",
			    TEXT_ARGS(upos), TEXT_ARGS(xpos));
			break;
		}
		pair[t] = text_of(mem_printf(b->arena, "%.*s %.*s",
		    (int)upos.n, upos.s, (int)xpos.n, xpos.s));
		if (dict_find(s->tags, pair[t]) == DICT_NONE)
			dict_add(fresh, pair[t]);
		good = dict_size(s->tags) + dict_size(fresh) <= TAG_CLASSES ||
		    bad(conllu_place(b, t), "too many pairs of UPOS and XPOS, "
		    "the limit is %d", TAG_CLASSES);
	}
	dict_free(fresh);
	return good;
}

static void
add_word(struct tag_train *s, struct text form, struct text pair)
{
	s->form = mem_grow(s->form, &s->form_cap, s->words + 1,
	    sizeof *s->form);
	s->gold = mem_grow(s->gold, &s->gold_cap, s->words + 1,
	    sizeof *s->gold);
	s->form[s->words] = dict_add(s->forms, form);
	s->gold[s->words++] = dict_add(s->tags, pair);
}

bool
tag_train_add(struct tag_train *s, const struct block *b)
{
	struct text *form = MEM_NEW(b->arena, b->T, struct text);
	struct text *pair = MEM_NEW(b->arena, b->T, struct text);
	size_t *first, n, words = s->words;

	if (!conllu_sentences(b, &first, &n) || !read_pairs(s, b, pair))
		return false;
	for (size_t t = 0; t < b->T; t++) {
		form[t] = conllu_word(b, t)[CONLLU_FORM];
		add_word(s, form[t], pair[t]);
	}
	for (size_t i = 0; i < n; i++) {
		size_t T = first[i + 1] - first[i];

		s->sentence = mem_grow(s->sentence, &s->sentence_cap,
		    s->sentences + 1, sizeof *s->sentence);
		s->sentence[s->sentences++] = (struct sentence){
		    words + first[i], T, tag_cased(form + first[i], T)};
	}
	return true;
}

/* Find the features of every form, in cased or caseless sentences. */
static struct type *
make_types(struct tag_train *s, struct perceptron *p, bool cased)
{
	size_t forms = dict_size(s->forms);
	struct type *types = MEM_NEW(s->arena, forms + 1, struct type);
	struct arena *scratch = mem_arena();

	for (size_t i = 0; i <= forms; i++) {
		uint64_t key[TAG_PLACES][TAG_STATIC];
		struct type *type = &types[i];

		type->word = tag_word(scratch, i < forms ?
		    dict_text(s->forms, (int32_t)i) : (struct text){"", 0},
		    cased, key, type->n);
		mem_reset(scratch);
		for (size_t place = 0; place < TAG_PLACES; place++) {
			type->feature[place] = MEM_NEW(s->arena,
			    type->n[place], uint32_t);
			for (size_t k = 0; k < type->n[place]; k++)
				type->feature[place][k] = perceptron_feature(
				    p, key[place][k]);
		}
	}
	mem_free(scratch);
	return types;
}

/* Find the features of word t of a sentence.  Returns how many. */
static size_t
features_of(const struct tag_train *s, const struct sentence *q, size_t t,
    bool cased, const size_t left[2], struct perceptron *p, uint32_t *feature)
{
	const struct tag_word *word[TAG_PLACES];
	uint64_t key[DYNAMIC];
	size_t n = 0;

	for (size_t place = 0; place < TAG_PLACES; place++) {
		size_t at = t + place - TAG_SELF;
		const struct type *type = &s->type[cased][at < q->T ?
		    (size_t)s->form[q->first + at] : dict_size(s->forms)];

		word[place] = &type->word;
		memcpy(feature + n, type->feature[place],
		    type->n[place] * sizeof *feature);
		n += type->n[place];
	}
	tag_joined(word, key);
	tag_mixed(word, (uint32_t)left[0], (uint32_t)left[1],
	    key + TAG_JOINED);
	for (size_t k = 0; k < DYNAMIC; k++)
		feature[n++] = perceptron_feature(p, key[k]);
	return n;
}

/* The best class other than one. */
static size_t
best_other(size_t one, const int32_t *score, size_t classes)
{
	size_t best = one == 0 && classes > 1 ? 1 : 0;

	for (size_t c = best + 1; c < classes; c++)
		if (c != one && score[c] > score[best])
			best = c;
	return best;
}

/* Learn from one sentence.  Returns how many words were right before that. */
static size_t
learn_sentence(const struct tag_train *s, const struct sentence *q, bool cased,
    struct perceptron *p)
{
	size_t classes = dict_size(s->tags), left[2] = {classes, classes};
	size_t right = 0;

	for (size_t t = 0; t < q->T; t++) {
		uint32_t feature[TAG_PLACES * TAG_STATIC + DYNAMIC];
		int32_t score[TAG_CLASSES] = {0};
		size_t n = features_of(s, q, t, cased, left, p, feature);
		size_t gold = (size_t)s->gold[q->first + t], rival;
		bool good;

		perceptron_score(p, feature, n, score);
		rival = best_other(gold, score, classes);
		good = score[gold] > score[rival];
		perceptron_learn(p, feature, n, gold,
		    score[gold] - score[rival] < MARGIN ? rival : gold);
		right += good;
		left[1] = left[0];
		left[0] = good ? gold : rival;
	}
	return right;
}

struct perceptron *
tag_train_run(struct tag_train *s, long epochs, uint64_t seed,
    void (*progress)(void *self, long epoch, double right), void *self)
{
	struct perceptron *p = perceptron_new(dict_size(s->tags));
	struct random random = random_seeded(seed, 0);
	uint32_t items = (uint32_t)(2 * s->sentences);
	uint32_t *order = MEM_NEW(s->arena, items, uint32_t);

	s->type[0] = make_types(s, p, false);
	s->type[1] = make_types(s, p, true);
	for (uint32_t i = 0; i < items; i++)
		order[i] = i;
	for (long epoch = 1; epoch <= epochs; epoch++) {
		size_t right = 0, seen = 0;

		random_shuffle(&random, order, items);
		for (uint32_t i = 0; i < items; i++) {
			const struct sentence *q = &s->sentence[order[i] / 2];
			bool cased = order[i] % 2 == 1;

			if (cased && !q->cased)
				continue;
			right += learn_sentence(s, q, cased, p);
			seen += q->T;
		}
		progress(self, epoch, seen == 0 ? 1 : (double)right /
		    (double)seen);
	}
	return p;
}
