/* SPDX-License-Identifier: ISC */
#include "stream/trace_keys.h"

#include <stdbool.h>

#include "stream/block.h"
#include "stream/comment.h"
#include "stream/misc.h"

const struct trace_keys trace_keys[2] = {
	{"S", "A", "O", "M", "H", "reat.argmax"},
	{"Sr", "Ar", "Or", "Mr", "Hr", "reat.argmax_r"},
};

/* Every MISC key of a trace, of any cell: one or two letters. */
static const char *const all_keys[] = {
	TRACE_UNKNOWN,
	"S", "A", "O", "M", "R", "Z", "N", "H", "I", "F", "G", "C",
	"Sr", "Ar", "Or", "Mr", "Rr", "Zr", "Nr", "Hr", "Ir", "Fr", "Gr", "Cr",
};

/* Prefixes of a trace's comments; reat.source, for example, is none of them. */
static const char *const all_comments[] = {
	"reat.model", "reat.cell", "reat.pooling", "reat.labels", "reat.weight",
	"reat.bias", "reat.logit", "reat.predicted", "reat.argmax",
	"reat.multilabel",
};

/* True if a word has one of all_keys: one pass suffices for most blocks. */
static bool
has_keys(const struct block *b)
{
	for (size_t t = 0; t < b->T; t++) {
		struct text rest = conllu_word(b, t)[CONLLU_MISC];

		while (rest.s != NULL) {
			struct text piece = text_cut(&rest, '|');
			struct text key = text_cut(&piece, '=');

			for (size_t i = 0; key.n <= 2 && i < sizeof all_keys /
			    sizeof *all_keys; i++)
				if (text_is(key, all_keys[i]))
					return true;
		}
	}
	return false;
}

void
trace_strip(struct block *b)
{
	for (size_t i = 0; i < sizeof all_comments / sizeof *all_comments; i++)
		conllu_drop_comments(b, all_comments[i]);
	if (!has_keys(b))
		return;
	for (size_t i = 0; i < sizeof all_keys / sizeof *all_keys; i++)
		conllu_drop_misc(b, all_keys[i]);
}
