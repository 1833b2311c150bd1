/* SPDX-License-Identifier: ISC */
/* pattern: matches, and patterns that would never end. */
#include "annotate/pattern.h"

#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "check.h"

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
	/* a long subject is not an error */
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

int
main(void)
{
	arena = mem_arena();
	err_mute(true);
	test_match();
	test_refused();
	test_limits();
	while (n_made > 0)
		pattern_free(made[--n_made]);
	mem_free(arena);
	return check_done();
}
