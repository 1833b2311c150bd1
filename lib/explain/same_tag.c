/* SPDX-License-Identifier: ISC */
#include "explain/same_tag.h"

#include <stdlib.h>

#include "annotate/tag_model.h"
#include "annotate/tagger.h"
#include "base/mem.h"
#include "base/share.h"
#include "stream/block.h"

enum {
	LEFT = 4,	/* words before it; and no more than two after it, the
			 * tagger looks no further */
	RIGHT = 2,
	WHOLE = 10,	/* a text with at most 10 words is tagged from its
			 * beginning */
};

struct same_tag {
	struct arena *arena, *scratch;
	struct tag_model model;
	struct tagger *tagger;	/* NULL: not read */
};

/* UPOS that are one; all others are themselves. */
static const struct {
	const char *upos, *coarse;
} same[] = {
	{"PROPN", "NOUN"},
	{"VERB", "NOUN"},	/* a noun may become a verb */
	{"AUX", "NOUN"},
	{"SCONJ", "ADP"},
	{"SYM", "PUNCT"},
	{"INTJ", "X"},
};

static struct text
coarse(struct text upos)
{
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		if (text_is(upos, same[i].upos))
			return text_of(same[i].coarse);
	return upos;
}

struct same_tag *
same_tag_new(void)
{
	struct same_tag *s = mem_calloc(1, sizeof *s);

	s->arena = mem_arena();
	s->scratch = mem_arena();
	return s;
}

void
same_tag_free(struct same_tag *s)
{
	if (s->tagger != NULL)
		tagger_free(s->tagger);
	mem_free(s->arena);
	mem_free(s->scratch);
	free(s);
}

static struct tagger *
tagger_of(struct same_tag *s)
{
	int status;

	if (s->tagger != NULL)
		return s->tagger;
	if (!tag_model_read(s->arena, share_find(s->arena, SHARE_MODEL,
	    "tagger"), &s->model, &status))
		exit(status);
	s->tagger = tagger_new(&s->model);
	return s->tagger;
}

/* Words first to end - 1 as a block, with form in the place of word t. */
static struct block
window(struct arena *arena, const struct block *b, size_t first, size_t end,
    size_t t, struct text form)
{
	size_t T = end - first;
	struct block w = {.arena = arena, .at = b->at, .lines = T, .T = T,
	    .sent_id = b->sent_id};

	w.line = MEM_NEW(arena, T, struct conllu_line);
	w.word = MEM_NEW(arena, T, size_t);
	for (size_t i = 0; i < T; i++) {
		struct text *column = MEM_NEW(arena, CONLLU_COLUMNS,
		    struct text);

		for (size_t k = 0; k < CONLLU_COLUMNS; k++)
			column[k] = TEXT("_");
		column[CONLLU_FORM] = first + i == t ? form :
		    conllu_word(b, first + i)[CONLLU_FORM];
		w.line[i].column = column;
		w.word[i] = i;
	}
	return w;
}

bool
same_tag_keeps(struct same_tag *s, const struct block *b, size_t t,
    struct text form)
{
	struct text upos = conllu_word(b, t)[CONLLU_UPOS];
	size_t first = t > LEFT && b->T > WHOLE ? t - LEFT : 0;
	size_t end = b->T - t > RIGHT ? t + RIGHT + 1 : b->T;
	struct block w;

	if (text_is(upos, "_"))
		return true;
	mem_reset(s->scratch);
	w = window(s->scratch, b, first, end, t, form);
	return tagger_tag(tagger_of(s), &w) &&
	    text_equal(coarse(conllu_word(&w, t - first)[CONLLU_UPOS]),
	    coarse(upos));
}
