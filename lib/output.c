/* SPDX-License-Identifier: ISC */
#include "output.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "err.h"
#include "mem.h"

enum { FLUSH_SIZE = 1 << 16 };

struct output
output_to(int fd, const char *name)
{
	return (struct output){.fd = fd, .name = name};
}

/* The n bytes at p leave at once. */
static void
write_all(struct output *o, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = write(o->fd, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0 && errno == EPIPE)
			exit(STATUS_SYSTEM);	/* SIGPIPE was ignored */
		if (k < 0)
			die("%s: cannot write: %s", o->name, strerror(errno));
		p += k;
		n -= (size_t)k;
	}
}

void
output_flush(struct output *o)
{
	if (o->fd < 0)
		return;
	write_all(o, o->buf, o->n);
	o->n = 0;
}

int
output_done(struct output *o, int status)
{
	output_flush(o);
	if (o->fd >= 0 && close(o->fd) != 0 && errno != EBADF)
		die("%s: cannot close: %s", o->name, strerror(errno));
	free(o->buf);
	*o = (struct output){.fd = -1};
	return status;
}

/* Room for n bytes at the end of the buffer. */
static char *
room(struct output *o, size_t n)
{
	if (o->fd >= 0 && o->n > 0 && o->n + n > FLUSH_SIZE)
		output_flush(o);
	o->buf = mem_grow(o->buf, &o->cap, o->n + n, 1);
	return o->buf + o->n;
}

void
output_bytes(struct output *o, const void *p, size_t n)
{
	if (n == 0)
		return;
	if (o->fd >= 0 && n > FLUSH_SIZE) {
		output_flush(o);
		write_all(o, p, n);
		return;
	}
	memcpy(room(o, n), p, n);
	o->n += n;
}

void
output_text(struct output *o, struct text t)
{
	output_bytes(o, t.s, t.n);
}

void
output_string(struct output *o, const char *s)
{
	output_bytes(o, s, strlen(s));
}

void
output_char(struct output *o, char c)
{
	*room(o, 1) = c;
	o->n++;
}

void
output_size(struct output *o, size_t v)
{
	char digits[24];
	size_t i = sizeof digits;

	do
		digits[--i] = (char)('0' + v % 10);
	while ((v /= 10) != 0);
	output_bytes(o, digits + i, sizeof digits - i);
}

void
output_printf(struct output *o, const char *fmt, ...)
{
	char small[512], *p = small;
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(small, sizeof small, fmt, ap);
	va_end(ap);
	if (n >= (int)sizeof small) {
		p = malloc((size_t)n + 1);
		if (p == NULL)
			die("out of memory");
		vsnprintf(p, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	if (n > 0)
		output_bytes(o, p, (size_t)n);
	if (p != small)
		free(p);
}

/* The double next to x > 0: above it for step 1, below for -1. */
static double
neighbour(double x, int step)
{
	uint64_t bits;

	memcpy(&bits, &x, 8);
	bits += (uint64_t)(int64_t)step;
	memcpy(&x, &bits, 8);
	return x;
}

/*
 * Numbers between 1e-5 and 1e9, which is nearly all of them, by integer
 * arithmetic: m = round(v 10^k) for growing k, until m / 10^k is v again.
 * m < 2^53 and 10^k <= 10^14 are exact doubles, so the quotient is the double
 * nearest to the decimal; rounding it to float can differ from rounding the
 * decimal itself only where the quotient lies within an ulp of the midpoint
 * of two floats, and there we leave it to strtof.  Returns 0 if it gives up.
 */
static size_t
format_quick(char to[24], float v)
{
	static const double power[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
	    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
	double x = fabs((double)v);
	char digits[24];
	size_t n = 0, len = 0;
	uint64_t m;

	if (x == 0) {
		n = signbit(v) ? 2 : 1;
		memcpy(to, &"-0"[2 - n], n + 1);
		return n;
	}
	if (!(x >= 1e-5 && x < 1e9))
		return 0;
	for (int k = 0; k < 15; k++) {
		double back;

		m = (uint64_t)(x * power[k] + 0.5);
		if (m >= 1000000000u)
			return 0;
		back = (double)m / power[k];
		if ((float)back != (float)x ||
		    (float)neighbour(back, -1) != (float)x ||
		    (float)neighbour(back, 1) != (float)x)
			continue;
		do
			digits[len++] = (char)('0' + m % 10);
		while ((m /= 10) != 0);
		while (len <= (size_t)k)
			digits[len++] = '0';
		if (v < 0)
			to[n++] = '-';
		while (len > 0) {
			to[n++] = digits[--len];
			if (len == (size_t)k && len > 0)
				to[n++] = '.';
		}
		to[n] = '\0';
		return n;
	}
	return 0;
}

size_t
output_format_float(char to[24], float v)
{
	size_t n = format_quick(to, v);

	for (int digits = 1; n == 0 && digits <= 9; digits++) {
		int k = snprintf(to, 24, "%.*g", digits, (double)v);

		if (strtof(to, NULL) == v)
			n = (size_t)k;
	}
	return n;
}

void
output_float(struct output *o, float v)
{
	char digits[24];

	output_bytes(o, digits, output_format_float(digits, v));
}

/* The eight digits of bits, each in a byte, the first in the highest. */
static uint64_t
eight_digits(uint32_t bits)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t v = bits;

	v = (v | v << 16) & 0x0000ffff0000ffffu;
	v = (v | v << 8) & 0x00ff00ff00ff00ffu;
	v = (v | v << 4) & 15 * ones;
	return v + '0' * ones + ((v + 6 * ones) >> 4 & ones) * ('a' - 10 - '0');
}

void
output_hex(struct output *o, const float *v, size_t n)
{
	char *p = room(o, 1 + 8 * n);

	*p++ = 'x';
	for (size_t i = 0; i < n; i++, p += 8) {
		uint64_t digits;
		uint32_t bits;

		memcpy(&bits, v + i, 4);
		digits = eight_digits(bits);
		p[0] = (char)(digits >> 56);
		p[1] = (char)(digits >> 48);
		p[2] = (char)(digits >> 40);
		p[3] = (char)(digits >> 32);
		p[4] = (char)(digits >> 24);
		p[5] = (char)(digits >> 16);
		p[6] = (char)(digits >> 8);
		p[7] = (char)digits;
	}
	o->n += 1 + 8 * n;
}
