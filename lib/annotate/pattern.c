/* SPDX-License-Identifier: ISC */
#include "annotate/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
	MATCH_LIMIT = 1000000,
	HEAP_LIMIT_KIB = 64 << 10,
	STACK_LIMIT = 64 << 20,		/* bytes of address space for the JIT */
};

struct pattern {
	pcre2_code *code;
	pcre2_match_data *match;
	pcre2_match_context *context;
	uint32_t groups;
	uint32_t options;	/* for each match */
};

/* Compile; NULL, with the reason and its byte, if the pattern is wrong. */
static pcre2_code *
compile(struct text source, unsigned flags, char why[PATTERN_WHY],
    size_t *offset)
{
	uint32_t options = PCRE2_NEVER_BACKSLASH_C;
	pcre2_code *code;
	int error;

	if (flags & PATTERN_UTF)
		options |= PCRE2_UTF | PCRE2_UCP;
	if (flags & PATTERN_BYTES)
		options |= PCRE2_NEVER_UTF | PCRE2_DOTALL;
	code = pcre2_compile((PCRE2_SPTR)source.s, source.n, options, &error,
	    offset, NULL);
	if (code == NULL && error == PCRE2_ERROR_HEAP_FAILED)
		die("out of memory (for a pattern)");
	if (code == NULL)
		pcre2_get_error_message(error, (PCRE2_UCHAR *)why,
		    PATTERN_WHY);
	return code;
}

bool
pattern_check(struct text source, unsigned flags, char why[PATTERN_WHY],
    size_t *offset)
{
	pcre2_code *code = compile(source, flags, why, offset);

	pcre2_code_free(code);
	return code != NULL;
}

/*
 * The JIT's own stack of 32 KiB is too small for some thousand repetitions of a
 * group, as in a long line.  One larger stack is shared by all patterns.
 */
static pcre2_jit_stack *
jit_stack(void)
{
	static pcre2_jit_stack *stack;

	if (stack == NULL)
		stack = pcre2_jit_stack_create(32 << 10, STACK_LIMIT, NULL);
	return stack;
}

struct pattern *
pattern_compile(struct text source, unsigned flags, struct place at)
{
	struct pattern *p = mem_calloc(1, sizeof *p);
	char why[PATTERN_WHY];
	size_t offset;

	p->code = compile(source, flags, why, &offset);
	if (p->code == NULL) {
		bad(at, "pattern \"%.*s\": %s at byte %zu",
		    TEXT_ARGS(source), why, offset);
		free(p);
		return NULL;
	}
	/* without a JIT the interpreter runs the pattern, more slowly */
	pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);
	p->match = pcre2_match_data_create_from_pattern(p->code, NULL);
	p->context = pcre2_match_context_create(NULL);
	if (p->match == NULL || p->context == NULL)
		die("out of memory");
	pcre2_set_match_limit(p->context, MATCH_LIMIT);
	pcre2_set_heap_limit(p->context, HEAP_LIMIT_KIB);
	pcre2_jit_stack_assign(p->context, NULL, jit_stack());
	pcre2_pattern_info(p->code, PCRE2_INFO_CAPTURECOUNT, &p->groups);
	if (flags & PATTERN_UTF)
		p->options |= PCRE2_NO_UTF_CHECK;
	if (flags & PATTERN_NOT_EMPTY)
		p->options |= PCRE2_NOTEMPTY;
	return p;
}

void
pattern_free(struct pattern *p)
{
	if (p == NULL)
		return;
	pcre2_match_context_free(p->context);
	pcre2_match_data_free(p->match);
	pcre2_code_free(p->code);
	free(p);
}

size_t
pattern_groups(const struct pattern *p)
{
	return p->groups;
}

/* The result for a negative code of PCRE2. */
static enum pattern_result
result_of(int code)
{
	switch (code) {
	case PCRE2_ERROR_NOMATCH:
		return PATTERN_NONE;
	case PCRE2_ERROR_MATCHLIMIT:
	case PCRE2_ERROR_DEPTHLIMIT:
	case PCRE2_ERROR_HEAPLIMIT:
	case PCRE2_ERROR_JIT_STACKLIMIT:
		return PATTERN_LIMIT;
	case PCRE2_ERROR_NOMEMORY:
		die("out of memory (for a pattern)");
	}
	die("PCRE2 failed with code %d", code);
}

enum pattern_result
pattern_match(struct pattern *p, struct text subject, size_t start,
    const size_t **group, const char **mark)
{
	int n = pcre2_match(p->code, (PCRE2_SPTR)subject.s, subject.n, start,
	    p->options, p->match, p->context);

	if (n < 0)
		return result_of(n);
	if (group != NULL)
		*group = pcre2_get_ovector_pointer(p->match);
	if (mark != NULL)
		*mark = (const char *)pcre2_get_mark(p->match);
	return PATTERN_MATCH;
}
