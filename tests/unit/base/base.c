/* SPDX-License-Identifier: ISC */
/* mem, text, dict, tsv and the messages of err. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/text.h"
#include "base/tsv.h"
#include "check.h"

static struct arena *arena;

/* Run f in a child.  Returns what it wrote to standard error. */
static const char *
child(void (*f)(void), int *status)
{
	static char err[4096];
	int fd[2];
	pid_t pid;
	size_t n = 0;
	ssize_t k;

	fflush(stdout);
	if (pipe(fd) != 0 || (pid = fork()) < 0)
		exit(2);
	if (pid == 0) {
		dup2(fd[1], STDERR_FILENO);
		close(fd[0]);
		f();
		_exit(99);
	}
	close(fd[1]);
	while ((k = read(fd[0], err + n, sizeof err - 1 - n)) > 0)
		n += (size_t)k;
	err[n] = '\0';
	close(fd[0]);
	waitpid(pid, status, 0);
	*status = WIFEXITED(*status) ? WEXITSTATUS(*status) : -1;
	return err;
}

static bool
all_zero(const char *p, size_t n)
{
	while (n > 0 && *p == 0)
		p++, n--;
	return n == 0;
}

static void
too_many(void)
{
	volatile size_t many = SIZE_MAX / 2;	/* a constant gets a warning */

	mem_alloc(arena, many, 4);
}

static void
test_mem(void)
{
	size_t wrong = 0, cap = 0, status;
	int *grown = NULL, code;
	char *p;

	for (int round = 0; round < 5; round++) {
		for (size_t i = 0; i < 2000; i++) {
			size_t n = (i * 37) % 5000;

			p = mem_alloc(arena, n, 1);
			wrong += ((uintptr_t)p & 15) != 0 || !all_zero(p, n);
			memset(p, 0xaa, n);
			p = mem_vector(arena, n, 4);
			wrong += ((uintptr_t)p & 63) != 0 ||
			    !all_zero(p, 4 * n);
			memset(p, 0xaa, 4 * n);
			p = mem_copy(arena, "0123456789", i % 11);
			wrong += strlen(p) != i % 11;
		}
		p = mem_alloc(arena, 3 << 20, 1);
		wrong += !all_zero(p, 3 << 20);
		memset(p, 0xaa, 3 << 20);
		mem_reset(arena);
	}
	CHECK(wrong == 0, "memory is zeroed and aligned, again after a reset");
	CHECK(strcmp(mem_printf(arena, "%s-%0500d", "a", 7) + 495, "0000007")
	    == 0, "mem_printf");
	CHECK(mem_copy(arena, NULL, 0)[0] == '\0', "a copy of nothing");
	for (size_t i = 0; i < 1000; i++) {
		grown = mem_grow(grown, &cap, i + 1, sizeof *grown);
		grown[i] = (int)i;
	}
	status = cap;
	CHECK(grown[999] == 999 && grown[0] == 0 && status >= 1000 &&
	    status < 4000, "mem_grow");
	free(grown);
	CHECK(strstr(child(too_many, &code), "out of memory") != NULL &&
	    code == 2, "a product that overflows is fatal");
}

static void
test_list(void)
{
	static const char *const names[] = {"a", "b", "c", NULL};
	struct text many[22];

	for (size_t i = 0; i < 22; i++)
		many[i] = TEXT("x");
	CHECK(strcmp(text_names(arena, names, ", "), "a, b, c") == 0 &&
	    strcmp(text_names(arena, names, " or "), "a, b or c") == 0 &&
	    strcmp(text_names(arena, names + 1, " or "), "b or c") == 0 &&
	    strcmp(text_names(arena, names + 2, " or "), "c") == 0 &&
	    strcmp(text_names(arena, names + 3, " or "), "") == 0, "list");
	CHECK(strcmp(text_list(arena, many, 20, " or ") + 51, "x, x or x") ==
	    0 && strcmp(text_list(arena, many, 21, " or ") + 54,
	    "x, x, ...") == 0, "a long list");
}

static void
test_text(void)
{
	static const struct { const char *s; size_t v; } sizes[] = {
		{"0", 0}, {"7", 7}, {"007", 7},
		{"18446744073709551615", SIZE_MAX},
	};
	static const size_t numbers[] = {0, 9, 10, 99, 100, 1234567, SIZE_MAX};
	static const char *const no_sizes[] = {"", " 1", "1 ", "-1", "+1",
		"1.0", "0x1", "1e3", "18446744073709551616",
		"99999999999999999999999"};
	static const char *const no_reals[] = {"", " 1", "1 ", "nan", "inf",
		"0x1p3", "1e999", "-1e999", ".", "-", "e5", "1e", "1e+", "--1",
		"1.2.3", "1,5", "infinity", "1f", "NaN", "1_0"};
	static const struct { const char *s; double v; } reals[] = {
		{"0", 0}, {"-0.5", -0.5}, {"+2", 2}, {".5", 0.5}, {"5.", 5},
		{"1e3", 1000}, {"1E-3", 0.001}, {"1e-400", 0},
	};
	char digits[TEXT_DIGITS];
	struct text rest = TEXT("a\t\tb"), f, t;
	size_t v = 42;
	double d = 42;
	bool good = true;

	f = text_cut(&rest, '\t');
	CHECK(text_is(f, "a") && text_is(text_cut(&rest, '\t'), "") &&
	    rest.s != NULL && text_is(text_cut(&rest, '\t'), "b") &&
	    rest.s == NULL, "cut");
	rest = TEXT("");
	f = text_cut(&rest, ',');
	CHECK(f.s != NULL && f.n == 0 && rest.s == NULL, "cut nothing: once");
	rest = TEXT("a,");
	text_cut(&rest, ',');
	CHECK(rest.s != NULL && rest.n == 0, "cut the end: an empty rest");
	CHECK(text_is(text_trim(TEXT(" \ta b\t ")), "a b") &&
	    text_trim(TEXT(" \t ")).n == 0, "trim");
	CHECK(text_of(NULL).s == NULL && !text_is(text_of(NULL), "") &&
	    text_is(TEXT(""), ""), "none is not empty");
	CHECK(text_starts(TEXT("abc"), "ab") && text_starts(TEXT("a"), "") &&
	    !text_starts(TEXT("a"), "ab") && !text_starts(TEXT("abc"), "b") &&
	    text_starts(TEXT("ab"), "ab"), "starts");
	CHECK(text_ends(TEXT("abc"), "bc") && text_ends(TEXT("a"), "") &&
	    !text_ends(TEXT("b"), "ab") && !text_ends(TEXT("abc"), "b") &&
	    text_ends(TEXT("ab"), "ab"), "ends");
	CHECK(text_compare(TEXT("a"), TEXT("b")) < 0 &&
	    text_compare(TEXT("b"), TEXT("ab")) > 0 &&
	    text_compare(TEXT("a"), TEXT("ab")) < 0 &&
	    text_compare(TEXT("\xff"), TEXT("a")) > 0 &&
	    text_compare(TEXT("a"), TEXT("a")) == 0, "compare");
	t = text_copy(arena, (struct text){"abcdef", 3});
	CHECK(text_is(t, "abc") && t.s[3] == '\0', "copy");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		good = good && text_to_size(text_of(sizes[i].s), &v) &&
		    v == sizes[i].v;
	v = 42;
	for (size_t i = 0; i < sizeof no_sizes / sizeof *no_sizes; i++)
		good = good && !text_to_size(text_of(no_sizes[i]), &v);
	CHECK(good && v == 42, "whole numbers");
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		good = good && text_is((struct text){digits, text_digits(digits,
		    numbers[i])}, mem_printf(arena, "%zu", numbers[i]));
	CHECK(good, "digits");
	CHECK(strlen(mem_printf(arena, "%300d|", 7)) == 301 &&
	    strlen(mem_printf(arena, "%255d", 7)) == 255 &&
	    strlen(mem_printf(arena, "%256d", 7)) == 256, "long texts");
	for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
		good = good && text_to_double(text_of(reals[i].s), &d) &&
		    d == reals[i].v;
	d = 42;
	for (size_t i = 0; i < sizeof no_reals / sizeof *no_reals; i++)
		if (text_to_double(text_of(no_reals[i]), &d)) {
			printf("# %s is taken\n", no_reals[i]);
			good = false;
		}
	CHECK(good && d == 42, "real numbers");
	CHECK(text_to_double((struct text){"12x", 2}, &d) && d == 12 &&
	    !text_to_double((struct text){"1\0", 2}, &d), "slices");
}

static void
test_dict(void)
{
	struct dict *d = dict_new();
	size_t wrong = 0;
	char s[40];

	CHECK(dict_find(d, TEXT("a")) == DICT_NONE && dict_size(d) == 0,
	    "an empty dictionary");
	CHECK(dict_add(d, TEXT("")) == 0 && dict_find(d, TEXT("")) == 0,
	    "the empty string");
	for (int round = 0; round < 2; round++)
		for (int i = 1; i < 200000; i++) {
			int n = snprintf(s, sizeof s, "%s%d",
			    i % 2 ? "" : "a longer string ", i);

			wrong += dict_add(d, (struct text){s, (size_t)n}) != i;
		}
	CHECK(wrong == 0 && dict_size(d) == 200000, "200,000 strings, twice");
	for (int i = 1; i < 200000; i++) {
		struct text t = dict_text(d, i);

		wrong += dict_find(d, t) != i || t.s[t.n] != '\0';
	}
	CHECK(wrong == 0 && dict_find(d, TEXT("x")) == DICT_NONE, "found");
	CHECK(dict_find(d, (struct text){"\0", 1}) == DICT_NONE &&
	    dict_add(d, (struct text){"1\0", 2}) == 200000 &&
	    dict_find(d, TEXT("1")) == 1, "NUL is a byte as others");
	dict_free(d);
}

static const char *const columns[] = {"text", "label", "id", NULL};

static void
test_tsv(void)
{
	struct place at = {"f", 1};
	struct text f[3];
	struct output o = {.fd = -1};

	CHECK(tsv_fields(TEXT("a\t\tb"), at, 3, columns, NULL, f) &&
	    text_is(f[0], "a") && text_is(f[1], "") && text_is(f[2], "b"),
	    "fields");
	err_mute(true);
	CHECK(!tsv_fields(TEXT("a\tb"), at, 3, columns, NULL, f) &&
	    !tsv_fields(TEXT(""), at, 3, columns, NULL, f) &&
	    !tsv_fields(TEXT("a\tb\tc\t"), at, 3, columns, NULL, f),
	    "too few, too many");
	err_mute(false);
	tsv_write(&o, TEXT("a\tb\nc\r\n"));
	tsv_write(&o, TEXT(""));
	CHECK(text_is((struct text){o.buf, o.n}, "a b c  "), "a value");
	o.n = 0;
	tsv_write_line(&o, TEXT("a\x1b[1m\tb\xc2\x9b\t\x7f"));
	tsv_write_line(&o, TEXT("\xe2\x80\x8f\t"));
	CHECK(text_is((struct text){o.buf, o.n}, "a\xe2\x90\x9b[1m\tb\\u{9b}\t"
	    "\xe2\x90\xa1\xe2\x80\x8f\t"), "controls are shown");
	free(o.buf);
}

static void
fatal(void)
{
	err_name("/a/b/prog");
	err_mute(false);
	die("%s %d", "x\x1b[31m\x7f\xc2\x9bz\nq", 7);
}

static void
sly(void)
{
	char cut[204] = "";
	struct text t = {cut, 202};

	memset(cut, 'a', 199);
	memcpy(cut + 199, "\xe2\x82\xac", 3);
	err_name("prog");
	err_mute(false);
	note("\xe2\x80\xaeon\xe2\x81\xa9 \xe2\x80\x8b \xf3\xa0\x81\xa1 "
	    "\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80 \x9b \xc3( \xc0\x80 "
	    "\xed\xa0\x80 \xf4\x90\x80\x80");
	die("%.*s|", TEXT_ARGS(t));
}

static void
faulty(void)
{
	char many[3000];

	memset(many, 'y', sizeof many);
	many[sizeof many - 1] = '\0';
	err_mute(false);
	_exit(bad((struct place){"a\nb", 3}, "why") ||
	    bad((struct place){"c", 0}, "%s", many));
}

static void
test_err(void)
{
	int status;
	const char *s = child(fatal, &status);

	CHECK(strcmp(s, "prog: x\\x1b[31m\\x7f\\u{9b}z\\x0aq 7\n") == 0 &&
	    status == 2, "die: one line, no control characters, exit 2");
	s = child(sly, &status);
	CHECK(text_starts(text_of(s), "prog: \\u{202e}on\\u{2069} \\u{200b} "
	    "\\u{e0061} \xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80 \\x9b \\xc3( "
	    "\\xc0\\x80 \\xed\\xa0\\x80 \\xf4\\x90\\x80\\x80\nprog: aaa"),
	    "what has no glyph and what is not UTF-8 is shown");
	CHECK(strcmp(s + strlen(s) - 3, "a|\n") == 0,
	    "a text is cut between two code points");
	s = child(faulty, &status);
	CHECK(strncmp(s, "reat: a\\x0ab:3: why\nreat: c: yyyy", 33) == 0 &&
	    status == 0, "bad: file and line, and false");
	CHECK(strlen(s) < 1200 && s[strlen(s) - 1] == '\n',
	    "a message is cut, and still a line");
}

int
main(void)
{
	arena = mem_arena();
	test_mem();
	test_dict();
	test_err();
	test_tsv();
	test_list();
	test_text();
	mem_free(arena);
	return check_done();
}
