/* SPDX-License-Identifier: ISC */
/* pattern: matches, and patterns that would never end. */
#include "pattern.h"

#include <string.h>
#include <time.h>

#include "check.h"
#include "mem.h"

static struct arena *arena;
static const struct place at = {"rules", 3};

static struct pattern *made[100];
static size_t n_made;

/* Freed at the end of main. */
static struct pattern *
compile(const char *s, unsigned flags)
{
	struct pattern *p = pattern_compile(text_of(s), flags, at);

	if (p != NULL && n_made < sizeof made / sizeof *made)
		made[n_made++] = p;
	return p;
}

static double
since(clock_t start)
{
	return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void
test_match(void)
{
	struct pattern *p = compile("(a+)(x)?(b)(*MARK:m)", PATTERN_UTF);
	const size_t *g;
	const char *mark = NULL;

	CHECK(p != NULL && pattern_groups(p) == 3, "groups");
	CHECK(pattern_match(p, TEXT("caab"), 0, &g, &mark) == PATTERN_MATCH &&
	    g[0] == 1 && g[1] == 4 && g[2] == 1 && g[3] == 3 &&
	    g[4] == (size_t)-1 && g[6] == 3 && strcmp(mark, "m") == 0,
	    "a match, its groups and its mark");
	CHECK(pattern_match(p, TEXT("caab"), 2, &g, NULL) == PATTERN_MATCH &&
	    g[0] == 2, "from an offset");
	CHECK(pattern_match(p, TEXT("caab"), 4, NULL, NULL) == PATTERN_NONE &&
	    pattern_match(p, TEXT(""), 0, NULL, NULL) == PATTERN_NONE &&
	    pattern_match(p, (struct text){NULL, 0}, 0, NULL, NULL) ==
	    PATTERN_NONE, "no match");
	p = compile("\\p{Lu}.", PATTERN_UTF);
	CHECK(pattern_match(p, TEXT("a\xc3\x89\xe6\x97\xa5"), 0, &g, NULL) ==
	    PATTERN_MATCH && g[0] == 1 && g[1] == 6, "code points");
	p = compile("\xc3\xa9", PATTERN_UTF | PATTERN_CASELESS);
	CHECK(pattern_match(p, TEXT("\xc3\x89"), 0, &g, NULL) ==
	    PATTERN_MATCH, "case folds beyond ASCII");
	p = compile("[\x81\xff].", PATTERN_BYTES);
	CHECK(p != NULL && pattern_match(p, TEXT("a\xff\n"), 0, &g, NULL) ==
	    PATTERN_MATCH && g[0] == 1 && g[1] == 3, "bytes, and . any");
}

static void
test_refused(void)
{
	static const char *const table[] = {"(", ")", "[", "a{2,1}", "*",
		"(?<n", "\\", "\\C", "(?=a\\K)", "(?R", "\\p{Xx}"};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		CHECK(compile(table[i], PATTERN_UTF) == NULL, "%s is refused",
		    table[i]);
	CHECK(compile("(*UTF)a", PATTERN_BYTES) == NULL, "UTF in bytes");
}

static void
test_limits(void)
{
	static const char *const endless[] = {"(a+)+$", "(a|aa)+$", "(a*)*b",
		"(?:a?){30}a{30}b", "((a?b?)*)*c", "(?:(?:a|b)*)*z"};
	static char many[2 << 20], thirty[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaX";
	clock_t start = clock();
	const size_t *g;
	struct pattern *p;

	memset(many, 'a', sizeof many);
	for (size_t i = 0; i < sizeof endless / sizeof *endless; i++) {
		enum pattern_result got;

		p = compile(endless[i], PATTERN_UTF);
		got = pattern_match(p, TEXT(thirty), 0, &g, NULL);
		CHECK(got == PATTERN_LIMIT || got == PATTERN_NONE, "%s ends",
		    endless[i]);
	}
	CHECK(since(start) < 2, "all of them in %.3f s", since(start));
	p = compile("(a+)+$", PATTERN_UTF);
	CHECK(pattern_match(p, TEXT(thirty), 0, &g, NULL) == PATTERN_LIMIT,
	    "the limit is told of");
	p = compile("(?R)?a|b(?R)", PATTERN_UTF);
	CHECK(p == NULL || pattern_match(p, (struct text){many, 100000}, 0, &g,
	    NULL) != PATTERN_NONE, "recursion ends");
	/* long subjects are no reason to fail */
	start = clock();
	p = compile("(?:a|b)*", PATTERN_UTF);
	CHECK(pattern_match(p, (struct text){many, 100000}, 0, &g, NULL) ==
	    PATTERN_MATCH && g[1] == 100000, "a group 100,000 times");
	p = compile("(?:[ab]|cd)+?$", PATTERN_BYTES);
	CHECK(pattern_match(p, (struct text){many, 100000}, 0, &g, NULL) ==
	    PATTERN_MATCH && g[1] == 100000, "and lazily");
	p = compile("a+$", PATTERN_BYTES);
	CHECK(pattern_match(p, (struct text){many, sizeof many}, 0, &g, NULL)
	    == PATTERN_MATCH && g[1] == sizeof many, "2 MiB");
	CHECK(since(start) < 2, "in %.3f s", since(start));
}

static void
test_replace(void)
{
	static const struct { const char *p, *with, *from, *to; } table[] = {
		{"b", "x", "abcb", "axcx"},
		{"(a)(b)?", "<$1${2:+yes:no}>", "aba", "<ayes><ano>"},
		{"(\\w+)", "\\U$1", "ab cd", "AB CD"},
		{"", "-", "ab", "-a-b-"},
		{"x*", "-", "axb", "-a--b-"},
		{"\xc3\xa9", "e", "\xc3\xa9t\xc3\xa9", "ete"},
		{"\\s+", "", " a b ", "ab"},
		{"^", "a long beginning, longer than twice the subject and 64: "
		    "0123456789012345678901234567890123456789 ", "x",
		    "a long beginning, longer than twice the subject and 64: "
		    "0123456789012345678901234567890123456789 x"},
	};
	struct text r, subject = TEXT("abc");

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct pattern *p = compile(table[i].p, PATTERN_UTF);

		CHECK(pattern_replace(p, arena, text_of(table[i].from),
		    text_of(table[i].with), &r) == PATTERN_MATCH &&
		    text_is(r, table[i].to), "replace %s", table[i].p);
	}
	CHECK(pattern_replace(compile("x", 0), arena, subject, TEXT("y"), &r)
	    == PATTERN_NONE && r.s == subject.s && r.n == 3,
	    "nothing replaced: the subject itself");
	CHECK(pattern_replace(compile("x", 0), arena, TEXT(""), TEXT("y"), &r)
	    == PATTERN_NONE && r.n == 0, "in nothing");
	CHECK(pattern_replace(compile("(a+)+$", 0), arena,
	    TEXT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaX"), TEXT("y"), &r) ==
	    PATTERN_LIMIT, "the limit");
}

int
main(void)
{
	arena = mem_arena();
	err_mute(true);
	test_match();
	test_refused();
	test_limits();
	test_replace();
	while (n_made > 0)
		pattern_free(made[--n_made]);
	mem_free(arena);
	return check_done();
}
