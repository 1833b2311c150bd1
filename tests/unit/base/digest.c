/* SPDX-License-Identifier: ISC */
/* digest: the values that xxhsum -H64 prints, in pieces of any size. */
#include "base/digest.h"

#include <string.h>

#include "check.h"

static const struct { const char *text; uint64_t value; } cases[] = {
	{"", 0xef46db3751d8e999}, {"a", 0xd24ec4f1a98c6e5b},
	{"abc", 0x44bc2cf5ad770999}, {"xxhash", 0x32dd38952c4bc720},
	{"Nobody inspects the spammish repetition", 0xfbcea83c8a378bf1},
};

static uint64_t
value_of(const void *p, size_t n)
{
	struct digest d;

	digest_begin(&d);
	digest_add(&d, p, n);
	return digest_value(&d);
}

int
main(void)
{
	static unsigned char many[1000];
	struct digest d;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		digest_begin(&d);
		digest_add(&d, cases[i].text, strlen(cases[i].text));
		CHECK(digest_value(&d) == cases[i].value, "\"%s\"",
		    cases[i].text);
	}
	/* the bytes i * i mod 256; the value is that of PyPI's xxhash 4.1.0 */
	for (size_t i = 0; i < sizeof many; i++)
		many[i] = (unsigned char)(i * i);
	for (size_t k = 1; k < sizeof many; k += k / 3 + 1) {
		digest_begin(&d);
		for (size_t i = 0; i < sizeof many; i += k)
			digest_add(&d, many + i, sizeof many - i < k ?
			    sizeof many - i : k);
		CHECK(digest_value(&d) == 0xd76b02b6e24e57a5, "%zu at a time",
		    k);
	}
	/* two texts are not one, and floats have one order of bytes */
	digest_begin(&d);
	digest_text(&d, TEXT("ab"));
	digest_text(&d, (struct text){NULL, 0});
	digest_floats(&d, (const float[]){1, -2.5f}, 2);
	CHECK(digest_value(&d) == value_of("ab\0\0\0\0\200\077\0\0\040\300",
	    12), "texts end, floats are little-endian");
	return check_done();
}
