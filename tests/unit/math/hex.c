/* SPDX-License-Identifier: ISC */
/* hex: floats to digits and back, of any number, and each wrong byte. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "math/lanes.h"
#include "math/random.h"

enum { MOST = 70 };

/* A float of any finite bits. */
static float
any(struct random *random)
{
	uint32_t bits = random_bits(random);
	float v;

	if ((bits & 0x7f800000u) == 0x7f800000u)
		bits ^= 0x00800000u;
	memcpy(&v, &bits, 4);
	return v;
}

static size_t
write_and_read(size_t n)
{
	struct random random = random_seeded(1, n);
	char digits[8 * MOST + 1], expected[8 * MOST + 1] = "";
	char upper[8 * MOST + 1];
	float v[MOST], back[MOST];
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t bits;

		v[i] = any(&random);
		memcpy(&bits, &v[i], 4);
		snprintf(expected + 8 * i, 9, "%08x", bits);
		snprintf(upper + 8 * i, 9, "%08X", bits);
	}
	lanes_to_hex(n, v, digits);
	wrong += memcmp(digits, expected, 8 * n) != 0;
	wrong += !lanes_from_hex(n, digits, back) ||
	    memcmp(v, back, n * sizeof *v) != 0;
	wrong += !lanes_from_hex(n, upper, back) ||
	    memcmp(v, back, n * sizeof *v) != 0;
	return wrong;
}

/* One digit is replaced by each byte, or one float by one that is not finite,
 * at each place of n floats. */
static size_t
refused(size_t n)
{
	static const char good[] = "0123456789abcdefABCDEF";
	static const char *const infinite[] = {"7f800000", "ff800000",
	    "7fc00000", "ffffffff", "7f800001"};
	char digits[8 * MOST];
	float back[MOST];
	size_t wrong = 0;

	memset(digits, '0', sizeof digits);
	for (size_t i = 0; i < 8 * n; i++) {
		for (int c = 1; c < 256; c++) {
			digits[i] = (char)c;
			wrong += lanes_from_hex(n, digits, back) !=
			    (strchr(good, c) != NULL);
		}
		digits[i] = '0';
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < sizeof infinite / sizeof *infinite;
		    k++) {
			memcpy(digits + 8 * i, infinite[k], 8);
			wrong += lanes_from_hex(n, digits, back);
		}
		memset(digits + 8 * i, '0', 8);
	}
	return wrong;
}

int
main(void)
{
	size_t wrong = 0, taken = 0;

	for (size_t n = 0; n <= MOST; n++)
		wrong += write_and_read(n);
	for (size_t n = 1; n <= 19; n += 6)
		taken += refused(n);
	CHECK(wrong == 0, "%zu numbers of floats come back wrong", wrong);
	CHECK(taken == 0, "%zu digits are not what they seem", taken);
	return check_done();
}
