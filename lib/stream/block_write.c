/* SPDX-License-Identifier: ISC */
/* Whole blocks of block.h: written, copied. */
#include "stream/block.h"

#include <string.h>

#include "base/mem.h"
#include "base/output.h"

void
conllu_copy(struct arena *arena, const struct block *from, struct block *to)
{
	*to = *from;
	to->arena = arena;
	to->line_cap = from->lines + 1;
	to->word_cap = from->T;
	to->line = MEM_NEW(arena, to->line_cap, struct conllu_line);
	to->word = MEM_NEW(arena, to->word_cap, size_t);
	for (size_t i = 0; i < from->lines; i++) {
		to->line[i] = from->line[i];
		if (from->line[i].column == NULL)
			continue;
		to->line[i].column = MEM_NEW(arena, CONLLU_COLUMNS,
		    struct text);
		memcpy(to->line[i].column, from->line[i].column,
		    CONLLU_COLUMNS * sizeof(struct text));
	}
	if (from->T > 0)
		memcpy(to->word, from->word, from->T * sizeof *to->word);
}

void
conllu_write_line(const struct conllu_line *line, struct output *o)
{
	if (line->column == NULL) {
		output_text(o, line->raw);
		return;
	}
	for (int k = 0; k < CONLLU_COLUMNS; k++) {
		if (k > 0)
			output_char(o, '\t');
		output_text(o, line->column[k]);
	}
}

void
conllu_write(const struct block *b, struct output *o)
{
	for (size_t i = 0; i < b->lines; i++) {
		conllu_write_line(&b->line[i], o);
		output_char(o, '\n');
	}
	output_char(o, '\n');
}
