/* SPDX-License-Identifier: ISC */
#include "stream/comment.h"

#include <string.h>

#include "base/mem.h"
#include "stream/block.h"

/* The index of the first comment with this key, or b->lines. */
static size_t
find_comment(const struct block *b, const char *key, struct text *value)
{
	struct text k;
	size_t i = 0;

	for (; i < b->lines && b->line[i].column == NULL; i++)
		if (conllu_comment_parts(b->line[i].raw, &k, value) &&
		    text_is(k, key))
			return i;
	return b->lines;
}

struct text
conllu_comment(const struct block *b, const char *key)
{
	struct text value;

	if (find_comment(b, key, &value) == b->lines)
		return (struct text){NULL, 0};
	return value;
}

struct place
conllu_comment_place(const struct block *b, const char *key)
{
	struct place at = b->at;
	struct text value;
	size_t i = find_comment(b, key, &value);

	if (i < b->lines && b->line[i].number > 0)
		at.line = b->line[i].number;
	return at;
}

size_t
conllu_comment_count(const struct block *b, const char *key)
{
	struct text k, value;
	size_t n = 0;

	for (size_t i = 0; i < b->lines && b->line[i].column == NULL; i++)
		n += conllu_comment_parts(b->line[i].raw, &k, &value) &&
		    text_is(k, key);
	return n;
}

/* The number of comment lines. */
static size_t
comment_count(const struct block *b)
{
	size_t i = 0;

	while (i < b->lines && b->line[i].column == NULL)
		i++;
	return i;
}

void
conllu_add_comment(struct block *b, const char *key, struct text value)
{
	size_t at = comment_count(b), size = strlen(key) + value.n + 5, k;
	char *raw = mem_alloc(b->arena, size + 1, 1);

	k = strlen(key);
	memcpy(raw, "# ", 2);
	memcpy(raw + 2, key, k);
	memcpy(raw + 2 + k, " = ", 3);
	if (value.n > 0)
		memcpy(raw + 5 + k, value.s, value.n);
	conllu_insert_line(b, at)->raw = (struct text){raw, size};
	for (size_t t = 0; t < b->T; t++)
		b->word[t]++;
}

void
conllu_set_comment(struct block *b, const char *key, struct text value)
{
	struct text old, *raw;
	size_t i = find_comment(b, key, &old), n;
	char *made;

	if (i == b->lines || text_equal(old, value))
		return;
	raw = &b->line[i].raw;
	n = (size_t)(old.s - raw->s);	/* the bytes before the value */
	while (value.n == 0 && raw->s[n - 1] != '=')
		n--;
	made = mem_alloc(b->arena, n + value.n + 2, 1);
	memcpy(made, raw->s, n);
	if (value.n > 0 && made[n - 1] == '=')
		made[n++] = ' ';
	if (value.n > 0)
		memcpy(made + n, value.s, value.n);
	*raw = (struct text){made, n + value.n};
}

void
conllu_drop_comments(struct block *b, const char *prefix)
{
	size_t kept = 0, n = comment_count(b), dropped;
	struct text key, value;

	for (size_t i = 0; i < n; i++)
		if (!conllu_comment_parts(b->line[i].raw, &key, &value) ||
		    !text_starts(key, prefix))
			b->line[kept++] = b->line[i];
	dropped = n - kept;
	if (dropped == 0)
		return;
	memmove(b->line + kept, b->line + n,
	    (b->lines - n) * sizeof *b->line);
	b->lines -= dropped;
	for (size_t t = 0; t < b->T; t++)
		b->word[t] -= dropped;
}
