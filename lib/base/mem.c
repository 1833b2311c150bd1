/* SPDX-License-Identifier: ISC */
#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/*
 * For ASan a chunk is one block of malloc.  So that it sees what goes past an
 * object, or uses one after a reset, all of a chunk is poisoned but its
 * objects, and there is a gap between them.
 */
#if defined __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1	/* as gcc says it */
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
enum { GAP = 16 };	/* and the alignment of objects, at least */
#define HIDE(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define SHOW(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
enum { GAP = 0 };
#define HIDE(p, n) ((void)0)
#define SHOW(p, n) ((void)0)
#endif

enum {
	CHUNK_SIZE = 1 << 16,	/* the first chunk of an arena */
	GROW_SIZE = 1 << 20,	/* chunks double up to this size */
	KEEP_SIZE = 16 << 20,	/* the largest chunk that a reset keeps */
};

struct chunk {
	struct chunk *next;
	size_t used, size;	/* of data */
	char *data;
};

struct arena {
	struct chunk *first;	/* the chunk in use, then the full ones */
	size_t next_size;	/* of the first chunk after a reset */
};

static struct chunk *
chunk_new(size_t size, struct chunk *next)
{
	struct chunk *c = malloc(sizeof *c);

	if (c == NULL || (c->data = malloc(size)) == NULL)
		die("out of memory (%zu bytes wanted)", size);
	HIDE(c->data, size);
	c->next = next;
	c->used = 0;
	c->size = size;
	return c;
}

static void
chunk_free(struct chunk *c)
{
	free(c->data);
	free(c);
}

struct arena *
mem_arena(void)
{
	struct arena *a = mem_calloc(1, sizeof *a);

	a->next_size = CHUNK_SIZE;
	return a;
}

/*
 * A single chunk is kept.  Several are freed, and the next chunk will be as
 * large as all of them: the next batch, if it is like this one, then fits into
 * one chunk, which is kept at each reset, so no new pages are faulted in.
 */
void
mem_reset(struct arena *a)
{
	size_t total = 0;

	if (a->first != NULL && a->first->next == NULL &&
	    a->first->size <= KEEP_SIZE) {
		HIDE(a->first->data, a->first->used);
		a->first->used = 0;
		return;
	}
	for (struct chunk *c = a->first, *next; c != NULL; c = next) {
		next = c->next;
		total += c->size;
		chunk_free(c);
	}
	a->first = NULL;
	a->next_size = total < KEEP_SIZE ? total : KEEP_SIZE;
}

void
mem_free(struct arena *a)
{
	for (struct chunk *c = a->first, *next; c != NULL; c = next) {
		next = c->next;
		chunk_free(c);
	}
	free(a);
}

static void *
take(struct arena *a, size_t count, size_t size, size_t align)
{
	struct chunk *c = a->first;
	size_t bytes, pad = 0;
	char *p;

	if (size != 0 && count > (SIZE_MAX / 4) / size)
		die("out of memory (%zu objects of %zu bytes wanted)",
		    count, size);
	bytes = count * size + GAP;
	align = align > GAP ? align : GAP;
	if (c != NULL)
		pad = (align - ((uintptr_t)(c->data + c->used) & (align - 1)))
		    & (align - 1);
	if (c == NULL || bytes + pad > c->size - c->used) {
		size_t want = c == NULL ? a->next_size : 2 * c->size;

		if (c != NULL && want > GROW_SIZE)
			want = GROW_SIZE;
		if (want < bytes + align)
			want = bytes + align;
		c = a->first = chunk_new(want, a->first);
		pad = (align - ((uintptr_t)c->data & (align - 1))) &
		    (align - 1);
	}
	p = c->data + c->used + pad;
	c->used += pad + bytes;
	SHOW(p, bytes - GAP);
	return p;
}

void *
mem_alloc(struct arena *a, size_t count, size_t size)
{
	return memset(take(a, count, size, 16), 0, count * size);
}

void *
mem_vector(struct arena *a, size_t count, size_t size)
{
	return memset(take(a, count, size, 64), 0, count * size);
}

char *
mem_copy(struct arena *a, const char *p, size_t n)
{
	char *q = take(a, n + 1, 1, 1);

	if (n > 0)
		memcpy(q, p, n);
	q[n] = '\0';
	return q;
}

char *
mem_printf(struct arena *a, const char *fmt, ...)
{
	char small[256], *p;
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(small, sizeof small, fmt, ap);
	va_end(ap);
	if (n < 0)
		die("vsnprintf failed on \"%s\"", fmt);
	p = take(a, (size_t)n + 1, 1, 1);
	if (n < (int)sizeof small)
		memcpy(p, small, (size_t)n + 1);
	else
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p;
}

void *
mem_calloc(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL)
		die("out of memory");
	return p;
}

void *
mem_grow(void *p, size_t *cap, size_t need, size_t size)
{
	size_t n = *cap > 0 ? *cap : 16;

	if (need <= *cap)
		return p;
	while (n < need)
		n = n > SIZE_MAX / 2 ? need : 2 * n;
	if (n > (SIZE_MAX / 4) / size || (p = realloc(p, n * size)) == NULL)
		die("out of memory (%zu objects of %zu bytes wanted)",
		    need, size);
	*cap = n;
	return p;
}

void *
mem_widen(struct arena *a, void *array, size_t n, size_t *cap, size_t size)
{
	void *wider;

	if (n < *cap)
		return array;
	*cap = *cap == 0 ? 8 : 2 * *cap;
	wider = mem_alloc(a, *cap, size);
	if (n > 0)
		memcpy(wider, array, n * size);
	return wider;
}
