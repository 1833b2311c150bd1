/* SPDX-License-Identifier: ISC */
/* Fuzz a text by the shipped rules of the tokenizer, and rules by a text. */
#include "annotate/tokenizer.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "fuzz.h"

static struct arena *arena;

/* The tokens have forms and ranges, which ascend and are in the text. */
static void
check(const struct token *token, size_t n, struct text text)
{
	size_t points = utf8_count(text), before = 0, offset;

	for (size_t i = 0; i < n; i++) {
		const struct token *t = &token[i];

		fuzz_holds(t->form.n > 0 && utf8_valid(t->form, &offset));
		fuzz_holds(!utf8_has_control(t->form));
		fuzz_holds(before <= t->first && t->first < t->end &&
		    t->end <= points);
		fuzz_holds(i > 0 || t->opens);
		before = t->first;
	}
}

static void
run(struct tokenizer *tk, struct text text)
{
	const struct token *token;
	size_t n;

	text = tokenizer_clean(arena, text);
	if (tokenizer_run(tk, arena, text, (struct place){"fuzz", 1}, &token,
	    &n))
		check(token, n, text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct tokenizer *shipped;
	struct text text = {(const char *)data, n};
	struct tokenizer *tk;
	size_t offset;
	int status;

	if (shipped == NULL) {
		arena = mem_arena();
		shipped = tokenizer_open("./share/rules/entities.yaml,"
		    "./share/rules/quotes.yaml,./share/rules/characters.yaml,"
		    "./share/rules/tokenize.yaml", &status);
		fuzz_holds(shipped != NULL);
	}
	mem_reset(arena);
	if (n > 0 && utf8_valid(text, &offset))
		run(shipped, text);
	tk = tokenizer_open(fuzz_file(data, n), &status);
	if (tk != NULL) {
		run(tk, TEXT("“It isn’t,” said Mr. O&#39;Neill. "
		    "中文。"));
		tokenizer_close(tk);
	}
	return 0;
}
