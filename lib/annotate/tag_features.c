/* SPDX-License-Identifier: ISC */
#include "annotate/tag_features.h"

#include "base/mem.h"
#include "base/utf8.h"

/* The template of a feature, mixed into its key. */
enum template {
	EXACT = 1, LOWER, SHAPE, DIGITS, PREFIX, SUFFIX = PREFIX + 8,
	SUFFIX_CASE = SUFFIX + 8, SUFFIX_SHAPE = SUFFIX_CASE + 8,
	PLACE, BIAS = PLACE + 8 * TAG_PLACES,
	MIXED, JOINED = MIXED + TAG_TAGS + TAG_MIXED,
};

enum { LONGEST_PREFIX = 4, LONGEST_SUFFIX = 6, LONGEST_SHAPE = 16 };

static uint64_t
mix(uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ (b * 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu;

	h ^= h >> 32;
	h *= 0xc4ceb9fe1a85ec53u;
	return h ^ h >> 29;
}

static uint64_t
hash_of(struct text a)
{
	uint64_t h = a.n;
	size_t i = 0;

	while (i < a.n) {
		uint64_t v = 0;

		for (int k = 0; k < 8 && i < a.n; k++, i++)
			v |= (uint64_t)(unsigned char)a.s[i] << 8 * k;
		h = mix(h, v);
	}
	return h;
}

/* Remove the first code point of a.  Returns it. */
static uint32_t
next_code(struct text *a)
{
	uint32_t c = (unsigned char)a->s[0];
	size_t n = c < 0x80 ? 1 : utf8_decode(*a, &c);

	a->s += n;
	a->n -= n;
	return c;
}

bool
tag_cased(const struct text *form, size_t n)
{
	bool upper = false, lower = false;

	for (size_t t = 0; t < n && !(upper && lower); t++)
		for (size_t i = 0; i < form[t].n; i++) {
			upper |= form[t].s[i] >= 'A' && form[t].s[i] <= 'Z';
			lower |= form[t].s[i] >= 'a' && form[t].s[i] <= 'z';
		}
	return upper && lower;
}

/* X for an upper-case letter, x for another, 0 for a digit, ~ or the byte. */
static char
shape_of(uint32_t c, struct arena *arena, struct text bytes)
{
	if (c >= 'A' && c <= 'Z')
		return 'X';
	if (c >= 'a' && c <= 'z')
		return 'x';
	if (c >= '0' && c <= '9')
		return '0';
	if (c < 0x80)
		return (char)c;
	if (c >= 0x2000 && c < 0x2c00)
		return '~';
	return text_equal(utf8_lower(arena, bytes), bytes) ? 'x' : 'X';
}

/* The shape of a form: the kinds of its characters, at most two in a row. */
static struct text
shape(struct arena *arena, struct text form, char to[LONGEST_SHAPE])
{
	size_t n = 0;

	while (form.n > 0 && n < LONGEST_SHAPE) {
		struct text rest = form;
		uint32_t c = next_code(&rest);
		char kind = shape_of(c, arena,
		    (struct text){form.s, form.n - rest.n});

		if (n < 2 || to[n - 1] != kind || to[n - 2] != kind)
			to[n++] = kind;
		form = rest;
	}
	return (struct text){to, n};
}

/* The case of a form by its shape: 0 aa, 1 Aa, 2 AA, 3 aA, 4 no letter. */
static uint64_t
case_of(struct text shape)
{
	size_t upper = 0, lower = 0;

	for (size_t i = 0; i < shape.n; i++) {
		upper += shape.s[i] == 'X';
		lower += shape.s[i] == 'x';
	}
	if (upper == 0)
		return lower > 0 ? 0 : 4;
	if (lower == 0)
		return 2;
	return shape.s[0] == 'X' ? 1 : 3;
}

/* The form with 0 for every digit; *any is true if there is one. */
static struct text
digits(struct arena *arena, struct text form, bool *any)
{
	char *to = mem_copy(arena, form.s, form.n);

	*any = false;
	for (size_t i = 0; i < form.n; i++)
		if (to[i] >= '0' && to[i] <= '9') {
			to[i] = '0';
			*any = true;
		}
	return (struct text){to, form.n};
}

/* The first n code points; NULL if a has fewer. */
static struct text
prefix(struct text a, size_t n)
{
	struct text rest = a;

	while (n > 0 && rest.n > 0) {
		next_code(&rest);
		n--;
	}
	return n > 0 ? (struct text){NULL, 0} :
	    (struct text){a.s, a.n - rest.n};
}

static struct text
suffix(struct text a, size_t n)
{
	size_t i = a.n;

	for (; n > 0 && i > 0; n--)
		do
			i--;
		while (i > 0 && ((unsigned char)a.s[i] & 0xc0) == 0x80);
	return n > 0 ? (struct text){NULL, 0} :
	    (struct text){a.s + i, a.n - i};
}

struct word {
	struct text form, lower, shape;
	uint64_t mode;		/* case_of(), or 5 in a caseless sentence */
	struct tag_word hash;
};

static size_t
self_keys(struct arena *arena, const struct word *w, uint64_t *key)
{
	size_t n = 0;
	bool any;
	struct text plain = digits(arena, w->lower, &any);

	key[n++] = mix(BIAS, w->mode);
	key[n++] = mix(LOWER, w->hash.lower);
	key[n++] = mix(SHAPE, w->hash.shape);
	if (w->mode != 5)
		key[n++] = mix(EXACT, hash_of(w->form));
	if (any)
		key[n++] = mix(DIGITS, hash_of(plain));
	for (size_t k = 1; k <= LONGEST_PREFIX; k++) {
		struct text part = prefix(plain, k);

		if (part.s != NULL)
			key[n++] = mix(PREFIX + k, hash_of(part));
	}
	for (size_t k = 1; k <= LONGEST_SUFFIX; k++) {
		struct text part = suffix(plain, k);
		uint64_t h;

		if (part.s == NULL)
			break;
		h = hash_of(part);
		key[n++] = mix(SUFFIX + k, h);
		if (k <= 4)
			key[n++] = mix(SUFFIX_CASE + k, mix(h, w->mode));
		if (k == 3)
			key[n++] = mix(SUFFIX_SHAPE, mix(h, w->hash.shape));
	}
	return n;
}

/* The keys of a word at another place than TAG_SELF. */
static size_t
near_keys(const struct word *w, enum tag_place place, uint64_t *key)
{
	uint64_t base = PLACE + 8 * (uint64_t)place;
	bool far = place == TAG_LEFT2 || place == TAG_RIGHT2;
	size_t n = 0;

	key[n++] = mix(base, w->hash.lower);
	key[n++] = mix(base + 1, w->mode);
	key[n++] = mix(base + 2, w->hash.suffix);
	if (far)
		return n;
	key[n++] = mix(base + 3, w->hash.shape);
	key[n++] = mix(base + 4, hash_of(suffix(w->lower, 2)));
	key[n++] = mix(base + 5, hash_of(suffix(w->lower, 1)));
	key[n++] = mix(base + 6, hash_of(suffix(w->lower, 4)));
	return n;
}

struct tag_word
tag_word(struct arena *arena, struct text form, bool cased,
    uint64_t key[TAG_PLACES][TAG_STATIC], size_t n[TAG_PLACES])
{
	char buf[LONGEST_SHAPE];
	struct word w = {.form = form};
	struct text end;

	w.lower = utf8_lower(arena, form);
	w.shape = shape(arena, cased ? form : w.lower, buf);
	w.mode = cased ? case_of(w.shape) : 5;
	end = suffix(w.lower, 3);
	w.hash.lower = hash_of(w.lower);
	w.hash.suffix = hash_of(end.s != NULL ? end : w.lower);
	w.hash.shape = mix(hash_of(w.shape), cased);
	for (int place = 0; place < TAG_PLACES; place++)
		n[place] = place == TAG_SELF ?
		    self_keys(arena, &w, key[place]) :
		    near_keys(&w, (enum tag_place)place, key[place]);
	return w.hash;
}

void
tag_joined(const struct tag_word *const w[TAG_PLACES],
    uint64_t key[TAG_JOINED])
{
	const struct tag_word *self = w[TAG_SELF];
	uint64_t left = w[TAG_LEFT]->lower, right = w[TAG_RIGHT]->lower;

	key[0] = mix(JOINED, mix(left, self->lower));
	key[1] = mix(JOINED + 1, mix(self->lower, right));
	key[2] = mix(JOINED + 2, mix(left, right));
	key[3] = mix(JOINED + 3, mix(self->suffix, w[TAG_RIGHT]->suffix));
}

void
tag_mixed(const struct tag_word *const w[TAG_PLACES], uint32_t left,
    uint32_t left2, uint64_t key[TAG_TAGS + TAG_MIXED])
{
	const struct tag_word *self = w[TAG_SELF], *right = w[TAG_RIGHT];
	uint64_t both = mix(left, left2);

	key[0] = mix(MIXED, left);
	key[1] = mix(MIXED + 1, left2);
	key[2] = mix(MIXED + 2, both);
	key[3] = mix(MIXED + 3, mix(left, self->lower));
	key[4] = mix(MIXED + 4, mix(left, self->suffix));
	key[5] = mix(MIXED + 5, mix(left, right->lower));
	key[6] = mix(MIXED + 6, mix(left, right->suffix));
	key[7] = mix(MIXED + 7, mix(left, self->shape));
	key[8] = mix(MIXED + 8, mix(both, self->lower));
	key[9] = mix(MIXED + 9, mix(left2, self->lower));
}
