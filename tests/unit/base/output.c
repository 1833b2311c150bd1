/* SPDX-License-Identifier: ISC */
/* output: shortest decimals compared with a search; checked writing. */
#include "base/output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "check.h"
#include "math/random.h"

static struct output out = {.fd = -1};

static const char *
bytes_of(void)
{
	output_char(&out, '\0');
	out.n = 0;
	return out.buf;
}

static const char *
decimal(float v)
{
	static char to[24];

	output_format_float(to, v);
	return to;
}

/* The number of significant digits. */
static int
digits_in(const char *s)
{
	int n = 0, zeros = 0;

	for (; *s != '\0' && *s != 'e'; s++) {
		if (*s < '0' || *s > '9' || (*s == '0' && n == 0))
			continue;
		zeros = *s == '0' ? zeros + 1 : 0;
		n++;
	}
	return n - zeros;
}

/* The fewest digits that strtof reads back as v. */
static int
fewest(float v)
{
	char s[32];

	for (int n = 1; n <= 9; n++) {
		snprintf(s, sizeof s, "%.*g", n, (double)v);
		if (strtof(s, NULL) == v)
			return digits_in(s);
	}
	return 10;
}

static bool
good_float(float v)
{
	const char *s = decimal(v);
	float back = strtof(s, NULL);
	bool whole = fabsf(v) < 1e9f && fabsf(v) >= 16777216.0f;

	/* from 2^24 on all digits of a whole number are written */
	return memcmp(&back, &v, sizeof v) == 0 && strlen(s) <= 16 &&
	    (whole ? digits_in(s) <= 9 : digits_in(s) <= fewest(v));
}

static void
test_floats(size_t count)
{
	static const struct { float v; const char *s; } table[] = {
		{0.0f, "0"}, {-0.0f, "-0"}, {1.0f, "1"}, {-1.0f, "-1"},
		{0.1f, "0.1"}, {0.5f, "0.5"}, {100.0f, "100"},
		{1.5f, "1.5"}, {0.3f, "0.3"}, {1e-5f, "1e-05"},
		{1.1e-5f, "0.000011"},
		{9.9999e-6f, "9.9999e-06"}, {16777216.0f, "16777216"},
		{123456789.0f, "123456792"}, {1e9f, "1e+09"},
		{3.4028235e38f, "3.4028235e+38"}, {1e-45f, "1e-45"},
		{1.1754944e-38f, "1.1754944e-38"}, {-0.99999994f,
		"-0.99999994"}, {0.33333334f, "0.33333334"},
		{8388608.5f, "8388608"},
		{9.5367432e-07f, "9.536743e-07"},
	};
	struct random r = random_seeded(1, 1);
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		CHECK(strcmp(decimal(table[i].v), table[i].s) == 0,
		    "%s", table[i].s);
		if (strcmp(decimal(table[i].v), table[i].s) != 0)
			printf("# got %s\n", decimal(table[i].v));
	}
	for (size_t i = 0; i < count; i++) {
		uint32_t bits = random_bits(&r);
		float v;

		memcpy(&v, &bits, sizeof v);
		if (isfinite(v) && !good_float(v) && wrong++ < 5)
			printf("# %.9g: %s\n", (double)v, decimal(v));
	}
	CHECK(wrong == 0, "%zu random bit patterns", count);
	for (size_t i = 0; i < count; i++) {
		float v = (random_unit(&r) - 0.5f) *
		    powf(10, (float)random_below(&r, 12) - 4);

		if (!good_float(v) && wrong++ < 5)
			printf("# %.9g: %s\n", (double)v, decimal(v));
	}
	CHECK(wrong == 0, "%zu random numbers of the size of scores", count);
	for (int e = -149; e < 128; e++)
		for (int k = -2; k <= 2; k++) {
			float v = ldexpf(1, e);

			for (int i = 0; i < abs(k); i++)
				v = nextafterf(v, k < 0 ? 0 : INFINITY);
			if (!good_float(v) && wrong++ < 5)
				printf("# %.9g: %s\n", (double)v, decimal(v));
		}
	for (int e = -45; e < 39; e++)
		for (int d = 1; d < 1000; d++) {
			char s[32];
			float v;

			snprintf(s, sizeof s, "%de%d", d, e);
			v = strtof(s, NULL);
			if (isfinite(v) && !good_float(v) && wrong++ < 5)
				printf("# %.9g: %s\n", (double)v, decimal(v));
		}
	CHECK(wrong == 0, "powers of two, numbers near them, short decimals");
}

static void
test_others(void)
{
	static char long_one[100000];

	memcpy(output_room(&out, 3), "abc", 3);
	output_char(&out, 'd');
	CHECK(strcmp(bytes_of(), "abcd") == 0, "room");
	output_size(&out, 0);
	output_char(&out, ' ');
	output_size(&out, SIZE_MAX);
	CHECK(strcmp(bytes_of(), "0 18446744073709551615") == 0, "sizes");
	memset(long_one, 'y', sizeof long_one - 1);
	output_printf(&out, "%d%s%d", 1, long_one, 2);
	CHECK(out.n == sizeof long_one + 1 && out.buf[0] == '1' &&
	    out.buf[1] == 'y' && out.buf[out.n - 1] == '2', "a long printf");
	out.n = 0;
	output_text(&out, (struct text){NULL, 0});
	output_bytes(&out, NULL, 0);
	CHECK(out.n == 0, "nothing");
	output_done(&out, 0);
}

/* Pieces of any size, written to fd 1 of a child, arrive in order. */
static void
test_stream(void)
{
	int fd[2];
	pid_t child;
	static char got[1 << 20];
	size_t n = 0, at = 0;
	ssize_t k;
	bool same = true;

	fflush(stdout);
	if (pipe(fd) != 0 || (child = fork()) < 0)
		exit(2);
	if (child == 0) {
		struct output o = output_to(fd[1], "pipe");
		static char many[70000];

		close(fd[0]);
		memset(many, '.', sizeof many);
		for (size_t i = 0; i < 20; i++) {
			output_size(&o, i);
			output_bytes(&o, many, i * i * 150);
			output_float(&o, 0.5f);
		}
		_exit(output_done(&o, 7));
	}
	close(fd[1]);
	while ((k = read(fd[0], got + n, sizeof got - n)) > 0)
		n += (size_t)k;
	close(fd[0]);
	for (size_t i = 0; i < 20; i++) {
		char s[8];
		size_t len = (size_t)snprintf(s, sizeof s, "%zu", i);

		same = same && memcmp(got + at, s, len) == 0;
		at += len;
		for (size_t j = 0; j < i * i * 150; j++)
			same = same && got[at++] == '.';
		same = same && memcmp(got + at, "0.5", 3) == 0;
		at += 3;
	}
	CHECK(same && at == n, "%zu bytes arrive as they were written", n);
	waitpid(child, (int *)got, 0);
	CHECK(WEXITSTATUS(*(int *)got) == 7, "the status is handed through");
}

/* output [COUNT]: how many random numbers to try */
int
main(int argc, char *argv[])
{
	err_mute(true);
	test_floats(argc > 1 ? strtoul(argv[1], NULL, 10) : 100000);
	test_others();
	test_stream();
	return check_done();
}
