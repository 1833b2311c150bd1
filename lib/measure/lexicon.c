/* SPDX-License-Identifier: ISC */
#include "measure/lexicon.h"

#include "base/dict.h"
#include "base/err.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/utf8.h"

struct dict *
lexicon_read(const char *path, int *status)
{
	struct arena *arena = mem_arena();
	struct dict *words = dict_new();
	struct text rest;
	bool good = input_whole(arena, path, INPUT_LIMIT, &rest, status);

	while (good && rest.s != NULL) {
		struct text word = text_trim(text_cut(&rest, '\n'));

		if (word.n > 0 && word.s[0] != ';' && word.s[0] != '#')
			dict_add(words, utf8_lower(arena, word));
	}
	if (good && dict_size(words) == 0) {
		good = bad((struct place){path, 0}, "no words; a lexicon has "
		    "one word a line");
		*status = STATUS_DATA;
	}
	mem_free(arena);
	if (good)
		return words;
	dict_free(words);
	return NULL;
}

bool
lexicon_has(const struct dict *words, struct text word)
{
	struct arena *arena = mem_arena();
	int32_t i = dict_find(words, utf8_lower(arena, word));

	mem_free(arena);
	return i != DICT_NONE;
}
