/* SPDX-License-Identifier: ISC */
/* rewrite, entities and tokenizer, without a process. */
#include <stdlib.h>
#include <string.h>

#include "annotate/entities.h"
#include "annotate/pattern.h"
#include "annotate/rewrite.h"
#include "annotate/tokenizer.h"
#include "base/conf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "check.h"

static struct arena *arena;
static const struct place here = {"unit", 1};

/* The bytes of the source in the range of byte k. */
static struct text
stands_for(const char *source, const struct rewrite_buffer *b, size_t k)
{
	return (struct text){source + b->source[k].first,
	    b->source[k].end - b->source[k].first};
}

/* Set b to bytes [i, j) of the source. */
static void
slice(struct rewrite_buffer *b, const char *source, size_t i, size_t j)
{
	struct rewrite_buffer whole = {0};

	rewrite_start(&whole, text_of(source));
	b->n = 0;
	rewrite_copy(b, &whole, i, j);
	rewrite_free(&whole);
}

static bool
substitute(struct rewrite_buffer *b, const char *find, const char *put)
{
	struct rewrite_buffer spare = {0};
	struct rewrite_rule r;
	bool good = rewrite_compile(arena, text_of(find), text_of(put), here,
	    &r) && rewrite_apply(&r, b, &spare, here);

	pattern_free(r.find);
	rewrite_free(&spare);
	return good;
}

static void
test_sources(void)
{
	struct rewrite_buffer b = {0};
	const char *source = "x \"ab\" y";

	slice(&b, source, 2, 6);
	CHECK(b.n == 4 && memcmp(b.s, "\"ab\"", 4) == 0, "a slice is taken");
	CHECK(substitute(&b, "\"", " '' "), "quotes are replaced");
	CHECK(b.n == 10 && memcmp(b.s, " '' ab '' ", 10) == 0,
	    "by two apostrophes");
	CHECK(b.source[1].first == 2 && b.source[2].end == 3 &&
	    b.source[8].first == 5 && b.source[8].end == 6,
	    "which stand for the quotes");
	CHECK(substitute(&b, "(a)(b)", "$2") == false, "a loss is refused");

	slice(&b, source, 2, 6);
	CHECK(substitute(&b, "a(b)", "$$$1") && b.n == 4 &&
	    memcmp(b.s, "\"$b\"", 4) == 0, "$$ is a dollar");
	CHECK(b.source[1].first == 3 && b.source[1].end == 4,
	    "which stands for the a");
	rewrite_free(&b);
}

static void
test_parts(void)
{
	struct rewrite_buffer b = {0};
	const char *source = "don't";

	rewrite_start(&b, text_of(source));
	CHECK(substitute(&b, "n't", " $0"), "a clitic is cut off");
	CHECK(b.n == 6 && memcmp(b.s, "do n't", 6) == 0, "with a blank");
	CHECK(text_is(stands_for(source, &b, 3), "n") &&
	    text_is(stands_for(source, &b, 5), "t"), "and keeps its source");
	CHECK(!substitute(&b, "o", "$1"), "a group that is not there");
	CHECK(!substitute(&b, "o", "$"), "a $ alone");
	CHECK(!substitute(&b, "o", "${0"), "an open brace");
	CHECK(!substitute(&b, "(", ""), "a bad pattern");
	CHECK(!substitute(&b, "^", "x"), "characters from nothing");
	CHECK(substitute(&b, "^|$", "  "), "blanks from nothing");
	CHECK(b.n == 10 && memcmp(b.s, "  do n't  ", 10) == 0, "at both ends");
	CHECK(substitute(&b, " ", ""), "blanks may go");
	CHECK(b.n == 5 && memcmp(b.s, "don't", 5) == 0, "all of them");
	CHECK(substitute(&b, "(x)?(o)", "$1$2"), "an unset group is empty");
	CHECK(b.n == 5, "and nothing is added");
	rewrite_free(&b);
}

static void
test_blanks(void)
{
	struct text a = TEXT("\xc2\xa0 \xe3\x80\x80x\xc3\xa9 \xe2\x80\x83");
	size_t i = 0, j = a.n;

	CHECK(rewrite_trim(a, &i, &j), "not all blank");
	CHECK(j - i == 3 && memcmp(a.s + i, "x\xc3\xa9", 3) == 0,
	    "wide blanks are trimmed");
	i = 0;
	j = 6;
	CHECK(!rewrite_trim(a, &i, &j), "blanks alone");
	CHECK(utf8_blank(TEXT("\xe2\x80\x8b")) == 0,
	    "a zero width space is no blank");
	CHECK(rewrite_step(TEXT("\xe2\x80\x8bx"), 0) == 3, "a step is a point");
}

static void
test_clean(void)
{
	CHECK(text_is(tokenizer_clean(arena, TEXT(" a\tb\x01 ")), "a b"),
	    "controls are spaces, ends are trimmed");
	CHECK(text_is(tokenizer_clean(arena,
	    TEXT("a\xc2\x85" "b\xe2\x80\xa8" "c\xe2\x80\xa9" "d\x7f" "e")),
	    "a b c d e"), "wide ones are one space each");
	CHECK(text_is(tokenizer_clean(arena, TEXT("x\xe2\x80\xa9")), "x"),
	    "a wide one at the end is trimmed");
	CHECK(text_is(tokenizer_clean(arena, TEXT("\xc2\xa0x\xe2\x80\xa7")),
	    "\xc2\xa0x\xe2\x80\xa7"), "others stay");
	CHECK(tokenizer_clean(arena, TEXT("")).n == 0, "nothing");
	CHECK(tokenizer_clean(arena, TEXT("\x01")).n == 0, "blanks alone");
}

/* Write a rules file and read it. */
static struct tokenizer *
rules(const char *yaml)
{
	char path[] = "/tmp/reat-unit-XXXXXX";
	int fd = mkstemp(path), status;
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
	struct tokenizer *tk;

	if (f == NULL)
		return NULL;
	fputs(yaml, f);
	fclose(f);
	tk = tokenizer_open(path, &status);
	remove(path);
	return tk;
}

static void
test_tokens(void)
{
	struct tokenizer *tk;
	const struct token *t;
	size_t n = 9;

	tk = rules("sentences:\n  break: ['[.] ']\n  join: ['Mr[.] ']\n"
	    "words:\n  - {find: '[.]', put: ' $0 '}\n");
	CHECK(tk != NULL, "rules are read");
	if (tk == NULL)
		return;
	CHECK(tokenizer_run(tk, arena, TEXT("Mr. \xc3\xa9. B"), here, &t, &n) &&
	    n == 5, "five tokens");
	CHECK(t[0].opens && !t[1].opens && !t[2].opens && !t[3].opens &&
	    t[4].opens, "two sentences, for Mr. ends none");
	CHECK(text_is(t[2].form, "\xc3\xa9") && t[2].first == 4 &&
	    t[2].end == 5, "offsets count code points");
	CHECK(t[4].first == 7 && t[4].end == 8, "to the end");
	CHECK(tokenizer_run(tk, arena, TEXT(""), here, &t, &n) && n == 0,
	    "no text, no tokens");
	CHECK(tokenizer_run(tk, arena, TEXT(" \xc2\xa0"), here, &t, &n) &&
	    n == 0, "blanks, no tokens");
	CHECK(tokenizer_run(tk, arena, TEXT(" . . "), here, &t, &n) &&
	    n == 2 && t[1].opens && t[1].first == 3, "stops");
	tokenizer_close(tk);

	tk = rules("entities: {q: '\"'}\ntext:\n  - {find: '[.]', put: '! '}\n"
	    "sentences:\n  break: ['! ']\n"
	    "words:\n  - {find: '!', put: ' $0'}\n");
	CHECK(tk != NULL, "rules of texts are read");
	if (tk == NULL)
		return;
	CHECK(tokenizer_run(tk, arena, TEXT("\xc3\xa9.&q;b.."), here, &t, &n) &&
	    n == 5 && text_is(t[1].form, "!") && t[1].first == 1 &&
	    t[1].end == 2, "what a rule wrote has its range");
	CHECK(n == 5 && text_is(t[2].form, "\"b") && t[2].opens &&
	    t[2].first == 2 && t[2].end == 6,
	    "sentences are those of the result");
	CHECK(n == 5 && t[4].opens && t[4].first == 7 && t[4].end == 8,
	    "the ranges are those of the text");
	tokenizer_close(tk);
}

/* Set b to a text whose entities are decoded. */
static void
decode(const struct entities *e, struct rewrite_buffer *b, struct text text)
{
	struct rewrite_buffer spare = {0};

	rewrite_start(b, text);
	entities_apply(e, b, &spare);
	rewrite_free(&spare);
}

static void
test_entities(void)
{
	struct conf *map = conf_yaml(arena, TEXT("{amp: '&', e: 'xyz'}"),
	    "unit");
	struct entities *e = map == NULL ? NULL : entities_read(arena, map);
	struct rewrite_buffer b = {0};
	const char *source = "a&amp;&#xe9;&e;z";

	CHECK(e != NULL, "a map is read");
	if (e == NULL)
		return;
	decode(e, &b, text_of(source));
	CHECK(b.n == 8 && memcmp(b.s, "a&\xc3\xa9xyzz", 8) == 0,
	    "names and numbers");
	CHECK(text_is(stands_for(source, &b, 0), "a") &&
	    text_is(stands_for(source, &b, 1), "&amp;") &&
	    text_is(stands_for(source, &b, 2), "&#xe9;") &&
	    text_is(stands_for(source, &b, 3), "&#xe9;") &&
	    text_is(stands_for(source, &b, 4), "&e;") &&
	    text_is(stands_for(source, &b, 6), "&e;") &&
	    text_is(stands_for(source, &b, 7), "z"),
	    "each byte stands for its reference");
	decode(e, &b, (struct text){"&amp;", 4});
	CHECK(b.n == 4, "no byte after the end is read");
	decode(e, &b, TEXT("&#38;amp;"));
	CHECK(b.n == 5 && memcmp(b.s, "&amp;", 5) == 0, "once");
	rewrite_free(&b);
	entities_free(e);
	entities_free(NULL);
	CHECK(entities_read(arena, conf_yaml(arena, TEXT("{a: bcde}"),
	    "unit")) == NULL, "no text grows");
}

int
main(void)
{
	err_mute(true);
	arena = mem_arena();
	test_sources();
	test_parts();
	test_blanks();
	test_clean();
	test_tokens();
	test_entities();
	mem_free(arena);
	return check_done();
}
