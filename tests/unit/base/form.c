/* SPDX-License-Identifier: ISC */
/* form and child: forms from outside, and programs within limits. */
#include "base/form.h"

#include <stdio.h>
#include <string.h>

#include "base/child.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "check.h"
#include "math/random.h"

static struct arena *arena;

/* True if the form is read, and its fields a and b have these values. */
static bool
reads(const char *form, const char *a, const char *b)
{
	struct form_field f[2] = {{.name = "a"}, {.name = "b"}};

	return form_read(arena, text_of(form), f, 2) == NULL &&
	    text_equal(f[0].value, text_of(a)) &&
	    (f[0].value.s == NULL) == (a == NULL) &&
	    text_equal(f[1].value, text_of(b)) &&
	    (f[1].value.s == NULL) == (b == NULL);
}

static bool
refuses(const char *form, const char *fault)
{
	struct form_field f[2] = {{.name = "a"}, {.name = "b"}};
	const char *got = form_read(arena, text_of(form), f, 2);

	return got != NULL && strstr(got, fault) != NULL;
}

static void
test_form(void)
{
	CHECK(reads("", NULL, NULL), "an empty form");
	CHECK(reads("a=it%27s+g%c3%B6od&b=%26%3d%25%2B", "it's g\xc3\xb6od",
	    "&=%+"), "escapes of both cases");
	CHECK(reads("b=x", NULL, "x"), "a field that is not there");
	CHECK(reads("a&b=", "", ""), "empty values");
	CHECK(reads("%61=1&b=a=b", "1", "a=b"), "an escape in a name");
	CHECK(reads("a=1&", "1", NULL), "a & at the end");
	CHECK(reads("a=%24%28touch%20x%29;`x`|'\"", "$(touch x);`x`|'\"", NULL),
	    "what a shell would read stays text");
	CHECK(refuses("a=%", "hexadecimal"), "an escape cut at the end");
	CHECK(refuses("a=%4", "hexadecimal"), "half an escape");
	CHECK(refuses("a=%4&b=1", "hexadecimal"), "half an escape, then &");
	CHECK(refuses("a=%g1", "hexadecimal"), "no hexadecimal digit");
	CHECK(refuses("a=%u0041", "hexadecimal"), "an escape of scripts");
	CHECK(refuses("a=%+1", "hexadecimal"), "a sign in an escape");
	CHECK(refuses("%=1", "hexadecimal"), "a bad name");
	CHECK(refuses("c=1", "unknown field"), "another field");
	CHECK(refuses("a=1&&b=2", "unknown field"), "an empty field");
	CHECK(refuses("=1", "unknown field"), "no name");
	CHECK(refuses("a=1&a=1", "twice"), "a field twice");
	CHECK(refuses("a=&a=", "twice"), "an empty field twice");
	CHECK(refuses("a=%00", "UTF-8"), "NUL");
	CHECK(refuses("a=%c3", "UTF-8"), "half a character");
	CHECK(refuses("a=%ed%a0%80", "UTF-8"), "a surrogate");
	CHECK(refuses("a=\xff", "UTF-8"), "a raw byte");
}

/* Whatever the bytes are, a value that is read is valid. */
static void
test_bytes(void)
{
	static const char set[] = "ab%=&+0cC3f";
	struct random r = random_seeded(1, 1);
	bool good = true;

	for (int round = 0; round < 20000; round++) {
		char form[24];
		size_t n = random_below(&r, sizeof form), offset;
		struct form_field f[2] = {{.name = "a"}, {.name = "b"}};

		for (size_t i = 0; i < n; i++)
			form[i] = random_below(&r, 16) == 0 ?
			    (char)random_below(&r, 256) :
			    set[random_below(&r, sizeof set - 1)];
		if (form_read(arena, (struct text){form, n}, f, 2) == NULL)
			for (int k = 0; k < 2; k++)
				good = good && (f[k].value.s == NULL ||
				    (utf8_valid(f[k].value, &offset) &&
				    f[k].value.n <= n));
		mem_reset(arena);
	}
	CHECK(good, "20,000 random forms");
}

static struct child
shell(const char *script, struct text input, size_t limit, int seconds)
{
	char *argv[] = {"/bin/sh", "-c", mem_printf(arena, "%s", script),
	    NULL};
	struct child c;

	child_run(arena, argv, input, limit, seconds, &c);
	return c;
}

static void
test_child(void)
{
	size_t size = 1 << 20;
	char *big = mem_alloc(arena, size, 1);
	char *none[] = {"/no/such/program", NULL};
	struct child c = shell("cat; echo no >&2; exit 3", TEXT("yes"), 100,
	    10);

	CHECK(text_is(c.out, "yes") && text_is(c.err, "no\n") &&
	    c.status == 3 && !c.late && !c.large, "both outputs, the status");
	memset(big, 'x', size);
	c = shell("cat", (struct text){big, size}, 2 * size, 30);
	CHECK(c.out.n == size && c.status == 0, "more than a pipe holds");
	c = shell("exit 0", (struct text){big, size}, 100, 30);
	CHECK(c.status == 0 && !c.late, "input that is not read");
	c = shell("sleep 30 | sleep 30", TEXT(""), 100, 1);
	CHECK(c.late && c.status == 128 + 9, "too late, with a pipeline");
	c = shell("sleep 30 & echo x", TEXT(""), 100, 1);
	CHECK(c.late && text_is(c.out, "x\n"), "what it left running");
	c = shell("yes", TEXT(""), 1000, 30);
	CHECK(c.large && !c.late, "too much output");
	c = shell("yes >&2", TEXT(""), 1000, 30);
	CHECK(c.large && !c.late, "too much on standard error");
	child_run(arena, none, TEXT(""), 100, 10, &c);
	CHECK(c.status == 127, "no such program");
}

int
main(void)
{
	arena = mem_arena();
	test_form();
	test_bytes();
	test_child();
	mem_free(arena);
	return check_done();
}
