/* SPDX-License-Identifier: ISC */
#include "annotate/rewrite.h"

#include <stdlib.h>
#include <string.h>

#include "annotate/pattern.h"
#include "base/mem.h"
#include "base/utf8.h"

size_t
rewrite_step(struct text a, size_t i)
{
	do
		i++;
	while (i < a.n && ((unsigned char)a.s[i] & 0xc0) == 0x80);
	return i;
}

bool
rewrite_trim(struct text a, size_t *from, size_t *to)
{
	size_t k;

	while (*from < *to &&
	    (k = utf8_blank((struct text){a.s + *from, a.n - *from})) > 0)
		*from += k;
	while (*from < *to) {
		k = *to - 1;
		while (((unsigned char)a.s[k] & 0xc0) == 0x80)
			k--;
		if (utf8_blank((struct text){a.s + k, a.n - k}) == 0)
			return true;
		*to = k;
	}
	return false;
}

/* Read "$1" or "${1}" at the start of a.  Returns its length, or 0. */
static size_t
read_group(struct text a, size_t *group)
{
	bool brace = a.n > 1 && a.s[1] == '{';
	size_t from = 1 + (size_t)brace, i = from;

	for (*group = 0; i < a.n && i < from + 2 && a.s[i] >= '0' &&
	    a.s[i] <= '9'; i++)
		*group = 10 * *group + (size_t)(a.s[i] - '0');
	if (i == from || (brace && (i == a.n || a.s[i] != '}')))
		return 0;
	return i + brace;
}

/* Add the literal [*from, to) as a part, unless it is empty. */
static void
end_literal(struct rewrite_rule *r, const char *literal, size_t *from,
    size_t to)
{
	struct text a = {literal + *from, to - *from};
	size_t i = 0, j = a.n;

	*from = to;
	if (a.n > 0)
		r->part[r->parts++] = (struct rewrite_part){.literal = a,
		    .solid = rewrite_trim(a, &i, &j)};
}

/* Cut a replacement into literals and groups. */
static bool
read_parts(struct arena *arena, struct text put, struct rewrite_rule *r)
{
	char *literal = mem_alloc(arena, put.n + 1, 1);
	size_t from = 0, to = 0, group, k;

	if (utf8_has_control(put) || (put.n > 0 && memchr(put.s, '\t', put.n)))
		return bad(r->at, "put: a control character, which no token "
		    "can contain");
	r->part = MEM_NEW(arena, put.n + 2, struct rewrite_part);
	for (size_t i = 0; i < put.n; i += k) {
		struct text rest = {put.s + i, put.n - i};

		k = put.s[i] == '$' ? 2 : 1;
		if (k == 1 || (rest.n > 1 && rest.s[1] == '$')) {
			literal[to++] = put.s[i];
			continue;
		}
		k = read_group(rest, &group);
		if (k == 0 || group > pattern_groups(r->find))
			return bad(r->at, "put: \"%.*s\", expected the number "
			    "of a group, at most %zu here, after each $; $$ "
			    "is a dollar", TEXT_ARGS(put),
			    pattern_groups(r->find));
		end_literal(r, literal, &from, to);
		r->part[r->parts++].group = group;
	}
	end_literal(r, literal, &from, to);
	return true;
}

bool
rewrite_compile(struct arena *arena, struct text find, struct text put,
    struct place at, struct rewrite_rule *r)
{
	*r = (struct rewrite_rule){.at = at};
	r->find = pattern_compile(find, PATTERN_UTF, at);
	return r->find != NULL && read_parts(arena, put, r);
}

static void
reserve(struct rewrite_buffer *b, size_t n)
{
	b->s = mem_grow(b->s, &b->cap, n, 1);
	b->source = mem_grow(b->source, &b->source_cap, n,
	    sizeof *b->source);
}

void
rewrite_free(struct rewrite_buffer *b)
{
	free(b->s);
	free(b->source);
}

void
rewrite_start(struct rewrite_buffer *b, struct text source)
{
	b->n = source.n;
	reserve(b, b->n);
	if (b->n > 0)
		memcpy(b->s, source.s, b->n);
	for (size_t k = 0; k < b->n; k++)
		b->source[k] = (struct rewrite_source){(uint32_t)k,
		    (uint32_t)k + 1};
}

void
rewrite_copy(struct rewrite_buffer *to, const struct rewrite_buffer *from,
    size_t i, size_t j)
{
	if (i >= j)
		return;
	reserve(to, to->n + (j - i));
	memcpy(to->s + to->n, from->s + i, j - i);
	memcpy(to->source + to->n, from->source + i,
	    (j - i) * sizeof *to->source);
	to->n += j - i;
}

void
rewrite_literal(struct rewrite_buffer *to, struct text literal,
    struct rewrite_source over)
{
	reserve(to, to->n + literal.n);
	memcpy(to->s + to->n, literal.s, literal.n);
	for (size_t k = 0; k < literal.n; k++)
		to->source[to->n++] = over;
}

void
rewrite_swap(struct rewrite_buffer *a, struct rewrite_buffer *b)
{
	struct rewrite_buffer swap = *a;

	*a = *b;
	*b = swap;
}

/* The range in the source of bytes [i, j); false if they are blank. */
static bool
extent(const struct rewrite_buffer *b, size_t i, size_t j,
    struct rewrite_source *over)
{
	if (!rewrite_trim((struct text){b->s, b->n}, &i, &j))
		return false;
	*over = (struct rewrite_source){b->source[i].first,
	    b->source[j - 1].end};
	return true;
}

/* The start of the first group after part i, or the end of the match. */
static size_t
next_group(const struct rewrite_rule *r, size_t i, const size_t *group)
{
	for (; i < r->parts; i++)
		if (r->part[i].literal.s == NULL &&
		    group[2 * r->part[i].group] != (size_t)-1)
			return group[2 * r->part[i].group];
	return group[1];
}

/*
 * Append the replacement of a match.  The bytes of the match before cursor have
 * been copied or replaced; those between two groups are lost unless a literal
 * replaces them.
 */
static bool
put(const struct rewrite_rule *r, const size_t *group, struct place at,
    const struct rewrite_buffer *from, struct rewrite_buffer *to)
{
	size_t cursor = group[0], i, a, b;
	struct rewrite_source over = {0, 0};
	const char *fault = NULL;
	bool replaced = false;

	for (i = 0; i <= r->parts && fault == NULL; i++) {
		const struct rewrite_part *p = &r->part[i];

		if (p->literal.s != NULL) {
			if (p->solid && !extent(from, cursor,
			    next_group(r, i, group), &over))
				fault = "makes characters from nothing; it may "
				    "only replace some";
			rewrite_literal(to, p->literal, over);
			replaced |= p->solid;
			continue;
		}
		a = i < r->parts ? group[2 * p->group] : group[1];
		b = i < r->parts ? group[2 * p->group + 1] : group[1];
		if (a == (size_t)-1)
			continue;
		if (a < cursor || b > group[1])
			fault = "copies characters twice or in another order";
		else if (!replaced && extent(from, cursor, a, &over))
			fault = "loses characters; put a group or text in "
			    "their place";
		rewrite_copy(to, from, a, b);
		cursor = b;
		replaced = false;
	}
	return fault == NULL || bad(at, "the rule at %s:%zu %s", r->at.file,
	    r->at.line, fault);
}

bool
rewrite_limit(struct place at, struct place rule)
{
	return bad(at, "the pattern at %s:%zu takes more than 10^6 steps here; "
	    "it must backtrack less", rule.file, rule.line);
}

bool
rewrite_apply(const struct rewrite_rule *r, struct rewrite_buffer *from,
    struct rewrite_buffer *to, struct place at)
{
	size_t done = 0, start = 0, matches = 0;
	enum pattern_result result = PATTERN_NONE;
	const size_t *group;

	to->n = 0;
	while (start <= from->n && (result = pattern_match(r->find,
	    (struct text){from->s, from->n}, start, &group, NULL)) ==
	    PATTERN_MATCH) {
		size_t end = group[1];

		start = end > group[0] ? end :
		    rewrite_step((struct text){from->s, from->n}, end);
		rewrite_copy(to, from, done, group[0]);
		if (!put(r, group, at, from, to))
			return false;
		done = end;
		matches++;
	}
	if (result == PATTERN_LIMIT)
		return rewrite_limit(at, r->at);
	if (matches == 0)
		return true;
	rewrite_copy(to, from, done, from->n);
	rewrite_swap(from, to);
	return true;
}
