/* SPDX-License-Identifier: ISC */
/*
 * mem: arenas, memory that is freed all at once.
 *
 * A function that returns memory takes the arena it comes from, and nobody
 * frees: a filter resets one arena at each batch, and what must live to the
 * end of the process (a model, rules) lies in another.  Memory is zeroed and
 * aligned to 64 bytes where it holds numbers, to 16 otherwise.  Running out
 * of memory is fatal: exit 2.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

struct arena;

struct arena *mem_arena(void);

/* Forget all that was allocated, and keep at most 16 MiB for the next round. */
void mem_reset(struct arena *);
void mem_free(struct arena *);

/* count objects of size bytes, all zero; if count * size overflows, fatal */
void *mem_alloc(struct arena *, size_t count, size_t size);

/* The same, aligned to 64 bytes: matrices and vectors. */
void *mem_vector(struct arena *, size_t count, size_t size);

/* The n bytes at p and a NUL behind them. */
char *mem_copy(struct arena *, const char *p, size_t n);
char *mem_printf(struct arena *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* n objects of type, zeroed. */
#define MEM_NEW(arena, n, type) \
	((type *)mem_alloc((arena), (n), sizeof(type)))
#define MEM_VECTOR(arena, n, type) \
	((type *)mem_vector((arena), (n), sizeof(type)))

/*
 * n zeroed objects of a size outside any arena, for free() to free.  Exits
 * with a message if there is no memory.
 */
void *mem_calloc(size_t n, size_t size);

/*
 * For arrays that grow and are freed by their owner: p, which holds *cap
 * objects, is grown so that it holds at least need.
 */
void *mem_grow(void *p, size_t *cap, size_t need, size_t size);

#endif
