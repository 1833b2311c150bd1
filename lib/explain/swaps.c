/* SPDX-License-Identifier: ISC */
#include "explain/swaps.h"

#include <stdbool.h>

#include "base/mem.h"
#include "base/output.h"
#include "explain/flip.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/revise.h"
#include "stream/synonyms.h"

const struct synonym *
swaps_next(const struct synonyms *s, const struct block *b, size_t t,
    const struct synonym *last)
{
	const struct text *column = conllu_word(b, t);

	return synonyms_next(s, column[CONLLU_FORM], column[CONLLU_XPOS],
	    last);
}

/* True if the new form is neither the old one nor that of one of n variants. */
static bool
is_new(const struct flip *variant, size_t n, struct text old,
    struct text form)
{
	bool new = !text_equal(form, old);

	for (size_t i = 0; new && i < n; i++)
		new = !text_equal(form, variant[i].form);
	return new;
}

struct flip *
swaps_list(const struct synonyms *s, const struct block *b, size_t n,
    const size_t word[], size_t *variants)
{
	const struct synonym *y = NULL;
	size_t most = 0;
	struct flip *to;

	for (size_t i = 0; i < n; i++)
		while ((y = swaps_next(s, b, word[i], y)) != NULL)
			most++;
	to = MEM_NEW(b->arena, most, struct flip);
	*variants = 0;
	for (size_t i = 0; i < n; i++) {
		size_t t = word[i], from = *variants;
		struct text old = conllu_word(b, t)[CONLLU_FORM];

		while ((y = swaps_next(s, b, t, y)) != NULL) {
			struct text form = synonyms_case(b->arena, old, y->to);

			if (is_new(to + from, *variants - from, old, form))
				to[(*variants)++] = (struct flip){
				    .word = t, .form = form};
		}
	}
	return to;
}

struct block
swaps_make(struct arena *arena, const struct block *b, const struct flip *f,
    size_t k)
{
	struct text *form = MEM_NEW(arena, b->T, struct text);
	struct output made = output_to(-1, NULL);
	struct block v;

	form[f->word] = f->form;
	v = revise_variant(arena, b, k, NULL, form);
	output_printf(&made, "%zu ", f->word + 1);
	flip_write(b, f->word, f->form, &made);
	conllu_add_comment(&v, "reat.swap", (struct text){made.buf, made.n});
	output_done(&made, 0);
	return v;
}
