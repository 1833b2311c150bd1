/* SPDX-License-Identifier: ISC */
/*
 * text: slices, bytes that someone else owns.
 *
 * A slice with s == NULL is "there is none"; one with n == 0 is empty.
 * Slices are not NUL-terminated; print them with "%.*s", TEXT_ARGS(t).
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct text {
	const char *s;
	size_t n;
};

#define TEXT(literal) ((struct text){(literal), sizeof(literal) - 1})
#define TEXT_ARGS(t) ((t).n > 200 ? 200 : (int)(t).n), (t).s

struct text text_of(const char *string);	/* NULL gives none */
bool text_equal(struct text, struct text);
bool text_is(struct text, const char *string);
bool text_starts(struct text, const char *prefix);

/* A copy in the arena, with a NUL behind it. */
struct text text_copy(struct arena *, struct text);

/*
 * Cut *rest at the first separator: returns what came before it and leaves
 * what follows in *rest, or none in *rest when there was no separator.
 * while (rest.s != NULL) { field = text_cut(&rest, '\t'); ... }
 */
struct text text_cut(struct text *rest, char separator);

/* Without the blanks and tabs at both ends. */
struct text text_trim(struct text);

/*
 * The whole slice as a number.  False, and *value untouched, for anything
 * else: blanks, a sign where none belongs, a number that does not fit, NaN
 * and infinity.
 */
bool text_to_size(struct text, size_t *value);		/* digits only */
bool text_to_double(struct text, double *value);

/*
 * Compare as a dictionary does by bytes: negative, zero or positive.
 */
int text_compare(struct text, struct text);

/* The number of the name that is equal, or else of the NULL that ends them. */
size_t text_find(struct text, const char *const name[]);

/*
 * The names as a list for a message, in the arena: "a, b, c", or "a, b or c" if
 * last is " or ".  After 20 names it ends in "...".
 */
const char *text_list(struct arena *, const struct text name[], size_t n,
    const char *last);

/* The same for strings with NULL at their end. */
const char *text_names(struct arena *, const char *const name[],
    const char *last);

/*
 * FNV-1a (Fowler, Noll and Vo), a hash that is the same on every machine: a
 * step for each byte or other number, from TEXT_HASH on.
 */
#define TEXT_HASH 0xcbf29ce484222325u

static inline uint64_t
text_hash_step(uint64_t hash, uint64_t number)
{
	return (hash ^ number) * 0x100000001b3u;
}

uint64_t text_hash(struct text);

/* Continue a hash with the bytes of one more text. */
uint64_t text_hash_on(uint64_t hash, struct text);

#endif
