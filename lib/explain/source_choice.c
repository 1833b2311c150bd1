/* SPDX-License-Identifier: ISC */
#include "explain/source_choice.h"

#include <stddef.h>
#include <unistd.h>

#include "base/err.h"
#include "base/option.h"

void
source_option(struct source_choice *c, int letter)
{
	static const struct {
		int letter;
		enum source_kind kind;
	} kinds[] = {{'x', SOURCE_LINES}, {'X', SOURCE_TOK},
	    {'p', SOURCE_PRINT}, {'r', SOURCE_READ}};

	if (letter == 'W')
		c->seconds = (int)option_number('W', 1, 86400);
	if (letter == 'm')
		c->name = optarg;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (kinds[i].letter != letter)
			continue;
		if (c->letter != 0)
			die("option -%c: a second source after option -%c, "
			    "expected one", letter, c->letter);
		c->letter = letter;
		c->kind = kinds[i].kind;
		c->what = letter == 'p' ? "_" : optarg;
	}
}
