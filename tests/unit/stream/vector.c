/* SPDX-License-Identifier: ISC */
/* vector: hexadecimals and back, and every byte that is no digit. */
#include "stream/vector.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/output.h"
#include "check.h"
#include "math/random.h"
#include "model/number.h"

enum { N = 1000 };

static struct output out = {.fd = -1};

static bool
reads(const char *s, size_t n, float *v)
{
	return vector_read((struct text){s, strlen(s)},
	    (struct place){"test", 1}, "v", n, v);
}

static void
test_round_trip(void)
{
	static float v[N], back[N];
	struct random r = random_seeded(1, 1);
	char expected[9];
	size_t wrong = 0;

	for (size_t i = 0; i < N; ) {
		uint32_t bits = random_bits(&r);

		memcpy(&v[i], &bits, 4);
		i += isfinite(v[i]) ? 1 : 0;
	}
	vector_write(&out, v, N, false);
	output_char(&out, '\0');
	for (size_t i = 0; i < N; i++) {
		uint32_t bits;

		memcpy(&bits, &v[i], 4);
		snprintf(expected, sizeof expected, "%08x", (unsigned)bits);
		wrong += memcmp(out.buf + 1 + 8 * i, expected, 8) != 0;
	}
	CHECK(out.buf[0] == 'x' && wrong == 0, "as printf writes it");
	CHECK(reads(out.buf, N, back) && memcmp(v, back, sizeof v) == 0,
	    "read again");
	for (char *p = out.buf + 1; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	memset(back, 0, sizeof back);
	CHECK(reads(out.buf, N, back) && memcmp(v, back, sizeof v) == 0,
	    "capitals read");
	out.n = 0;
}

/*
 * Every byte at every place: a digit is read, another is refused.  There are
 * more numbers than a register holds, and some left over.
 */
static void
test_bytes(void)
{
	enum { COUNT = 21 };
	char s[1 + 8 * COUNT + 1] = "x";
	size_t wrong = 0;
	float v[COUNT];

	for (int i = 1; i <= 8 * COUNT; i++)
		s[i] = "1234567890abcdef"[i % 16];
	for (int at = 1; at <= 8 * COUNT; at++)
		for (int c = 1; c < 256; c++) {
			char kept = s[at];

			s[at] = (char)c;
			wrong += reads(s, COUNT, v) != (isxdigit(c) != 0 &&
			    strncmp(s + (at - 1) / 8 * 8 + 1, "7f8", 3) != 0);
			s[at] = kept;
		}
	CHECK(wrong == 0, "digits and nothing else");
}

static void
test_finite(void)
{
	float v[2];

	CHECK(reads("x7f7fffffff7fffff", 2, v) && v[1] < -3.4e38f,
	    "the largest numbers");
	CHECK(!reads("x7f80000000000000", 2, v), "infinity");
	CHECK(!reads("x00000000ff800000", 2, v), "minus infinity");
	CHECK(!reads("x7fc0000000000000", 2, v), "NaN");
	CHECK(!reads("xffffffff00000000", 2, v), "all ones");
	CHECK(!reads("x0000000", 1, v) && !reads("x00000000", 2, v) &&
	    !reads("x", 1, v), "other lengths");
	CHECK(reads("x", 0, v), "no numbers");
}

/* Every half, in pairs and alone, beside the numbers of weights. */
static void
test_halves(void)
{
	size_t wrong = 0;

	for (unsigned i = 0; i < 65536; i++) {
		unsigned char bytes[2] = {(unsigned char)i,
		    (unsigned char)(i >> 8)};
		float v[3] = {0}, is;
		char one[8], three[16];

		number_read(NUMBER_F16, bytes, 1, &is);
		snprintf(one, sizeof one, "h%04x", i);
		snprintf(three, sizeof three, "h%04X3c00%04x", i, i);
		wrong += reads(one, 1, v) != isfinite(is) ||
		    (isfinite(is) && memcmp(&is, v, sizeof is) != 0);
		wrong += reads(three, 3, v) != isfinite(is) ||
		    (isfinite(is) && (memcmp(&is, v, sizeof is) != 0 ||
		    v[1] < 1 || v[1] > 1 ||
		    memcmp(&is, v + 2, sizeof is) != 0));
	}
	CHECK(wrong == 0, "as a file of weights has them");
	for (int at = 0; at < 12; at++)
		for (int c = 1; c < 256; c++) {
			char s[] = "h123412341234";
			float v[3];

			s[1 + at] = (char)c;
			wrong += reads(s, 3, v) != (isxdigit(c) != 0);
		}
	CHECK(wrong == 0, "digits and nothing else, in halves");
}

int
main(void)
{
	err_mute(true);
	test_halves();
	test_round_trip();
	test_bytes();
	test_finite();
	output_done(&out, 0);
	return check_done();
}
