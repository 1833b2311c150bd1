/* SPDX-License-Identifier: ISC */
/*
 * mem: arenas, memory that is freed all at once.
 *
 * A function that returns memory takes it from the arena that the caller gives,
 * and nobody frees it alone.  A filter resets one arena after each batch; what
 * must live to the end of the process (a model, rules) is in another.  Memory
 * is zeroed and aligned to 16 bytes; mem_vector aligns it to 64.  If there is
 * no memory, the process exits with 2.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

struct arena;

struct arena *mem_arena(void);

/* Forget all that was allocated; at most 16 MiB are kept to be used again. */
void mem_reset(struct arena *);
void mem_free(struct arena *);

/* count objects of size bytes, zeroed.  If count * size overflows: exit 2. */
void *mem_alloc(struct arena *, size_t count, size_t size);

/* The same, aligned to 64 bytes: matrices and vectors. */
void *mem_vector(struct arena *, size_t count, size_t size);

/* A copy of the n bytes at p, with a NUL after it. */
char *mem_copy(struct arena *, const char *p, size_t n);
char *mem_printf(struct arena *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3), nonnull(2)));

/* n objects of type, zeroed. */
#define MEM_NEW(arena, n, type) \
	((type *)mem_alloc((arena), (n), sizeof(type)))
#define MEM_VECTOR(arena, n, type) \
	((type *)mem_vector((arena), (n), sizeof(type)))

/* n objects of size bytes, zeroed, outside any arena: the caller frees them. */
void *mem_calloc(size_t n, size_t size);

/*
 * Grow an array that its owner frees: p has room for *cap objects, and the
 * result for at least need.  New objects are not zeroed.
 */
void *mem_grow(void *p, size_t *cap, size_t need, size_t size);

/*
 * The same for an array in an arena, with room for one more object than n;
 * returns the array or, if it had no room, a larger copy.
 */
void *mem_widen(struct arena *, void *array, size_t n, size_t *cap,
    size_t size);

#endif
