/* SPDX-License-Identifier: ISC */
/*
 * text: slices of bytes; numbers in them, lists of names, hashes.
 *
 * A slice does not own its bytes.  s == NULL means that there is no text,
 * n == 0 an empty text.  A slice is not NUL-terminated: print it with "%.*s",
 * TEXT_ARGS(t), which cuts it at 200 bytes, between two code points.
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
#define TEXT_ARGS(t) text_shown(t), (t).s

/* The bytes of a text that a message shows. */
static inline int
text_shown(struct text t)
{
	int n = 200;

	if (t.n <= 200)
		return (int)t.n;
	while (n > 197 && (t.s[n] & 0xc0) == 0x80)
		n--;
	return n;
}

struct text text_of(const char *string);	/* string may be NULL */
bool text_equal(struct text, struct text);
bool text_is(struct text, const char *string);
bool text_starts(struct text, const char *prefix);
bool text_ends(struct text, const char *end);

/* A copy in the arena, with a NUL after it. */
struct text text_copy(struct arena *, struct text);

/*
 * Cut *rest at the first separator.  Returns the text before it; *rest is then
 * the text after it, with s == NULL if there was no separator.
 *
 *     while (rest.s != NULL) { field = text_cut(&rest, '\t'); ... }
 */
struct text text_cut(struct text *rest, char separator);

/* The text without the blanks and tabs at both ends. */
struct text text_trim(struct text);

/*
 * Read the whole slice as a number.  Returns false and leaves *value as it is
 * if it is anything else: with blanks, too large, NaN or infinity.
 */
bool text_to_size(struct text, size_t *value);		/* digits only */
bool text_to_double(struct text, double *value);

/* Write a number as digits, at most TEXT_DIGITS of them.  Returns how many. */
enum { TEXT_DIGITS = 20 };

size_t text_digits(char to[], size_t value);

/* Compare byte by byte, a prefix first: negative, zero or positive. */
int text_compare(struct text, struct text);

/* The number of the equal name, or of the NULL that ends the names. */
size_t text_find(struct text, const char *const name[]);

/* The same for n names; n if none is equal. */
size_t text_index(const struct text name[], size_t n, struct text);

/*
 * Returns the names as a list for a message, in the arena: "a, b or c" if last
 * is " or ", "a, b, c" if it is ", ".  A list of more than 20 names is cut and
 * ends with "...".
 */
const char *text_list(struct arena *, const struct text name[], size_t n,
    const char *last);

/* The same for strings, which NULL ends. */
const char *text_names(struct arena *, const char *const name[],
    const char *last);

/* The end of a noun after this number: "s", or nothing after 1. */
const char *text_plural(size_t n);

/*
 * Returns the name that is nearest to a misspelt word, for a message, or NULL
 * if no name is near.  Near is one edit, or one edit for each three bytes of
 * the word: a byte more, less or replaced, or two neighbours swapped.  NULL
 * ends the names.
 */
const char *text_nearest(struct text word, const char *const name[]);

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
