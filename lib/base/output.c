/* SPDX-License-Identifier: ISC */
#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/mark.h"
#include "base/mem.h"

enum { FLUSH_SIZE = 1 << 16 };

/* SIGXFSZ would end the process without a message (ulimit -f). */
struct output
output_to(int fd, const char *name)
{
	if (fd >= 0)
		signal(SIGXFSZ, SIG_IGN);
	return (struct output){.fd = fd, .name = name};
}

/* The last file that was created; removed if the process exits early. */
static const char *unfinished;

static void
remove_unfinished(void)
{
	if (unfinished != NULL)
		unlink(unfinished);
}

struct output
output_create(const char *path)
{
	static bool registered;
	int fd = fd_above_std(open(path, O_WRONLY | O_CREAT | O_CLOEXEC |
	    O_EXCL, 0666));

	if (fd < 0)
		die("%s: cannot create: %s", path, strerror(errno));
	if (!registered)
		registered = atexit(remove_unfinished) == 0;
	unfinished = path;
	return output_to(fd, path);
}

struct output
output_temporary(void)
{
	const char *folder = getenv("TMPDIR");
	struct arena *arena = mem_arena();
	char *path = mem_printf(arena, "%s/reat-XXXXXX",
	    folder != NULL && folder[0] != '\0' ? folder : "/tmp");
	int fd = fd_above_std(mkstemp(path));

	if (fd < 0)
		die("%s: cannot create: %s", path, strerror(errno));
	if (unlink(path) != 0)
		die("%s: cannot remove: %s", path, strerror(errno));
	mem_free(arena);
	return output_to(fd, "temporary file");
}

/* Write the n bytes at p now. */
static void
write_now(struct output *o, const char *p, size_t n)
{
	if (fd_write(o->fd, p, n))
		return;
	if (errno == EPIPE)
		exit(STATUS_SYSTEM);	/* SIGPIPE was ignored */
	die("%s: cannot write: %s", o->name, strerror(errno));
}

/* The same as a part of the stream, after its first mark if it needs one. */
static void
write_all(struct output *o, const char *p, size_t n)
{
	struct text mark = {NULL, 0};

	if (o->fd == STDOUT_FILENO && n > 0)
		mark = mark_before(p, n);
	write_now(o, mark.s, mark.n);
	write_now(o, p, n);
}

void
output_flush(struct output *o)
{
	if (o->fd < 0)
		return;
	write_all(o, o->buf, o->n);
	o->n = 0;
}

void
output_part(struct output *to, struct output *temporary, size_t at, size_t n)
{
	char buf[1 << 16];
	ssize_t k;

	output_flush(temporary);
	if (lseek(temporary->fd, (off_t)at, SEEK_SET) < 0)
		die("%s: cannot read: %s", temporary->name, strerror(errno));
	for (; n > 0; n -= (size_t)k) {
		k = fd_read(temporary->fd, buf, n < sizeof buf ? n :
		    sizeof buf);
		if (k < 0)
			die("%s: cannot read: %s", temporary->name,
			    strerror(errno));
		if (k == 0)
			return;
		output_bytes(to, buf, (size_t)k);
	}
}

int
output_done(struct output *o, int status)
{
	output_flush(o);
	if (o->fd == STDOUT_FILENO) {
		struct text mark = mark_after(status);

		write_now(o, mark.s, mark.n);
	}
	if (o->fd >= 0 && close(o->fd) != 0 && errno != EBADF)
		die("%s: cannot close: %s", o->name, strerror(errno));
	if (o->fd >= 0 && o->name == unfinished)
		unfinished = NULL;
	free(o->buf);
	*o = (struct output){.fd = -1};
	return status;
}

/* Make room for n bytes at the end of the buffer. */
static char *
room(struct output *o, size_t n)
{
	if (o->fd >= 0 && o->n > 0 && o->n + n > FLUSH_SIZE)
		output_flush(o);
	if (o->n + n > o->cap)
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

char *
output_room(struct output *o, size_t n)
{
	char *p = room(o, n);

	o->n += n;
	return p;
}

void
output_less(struct output *o, size_t n)
{
	o->n -= n;
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
	char *to = room(o, TEXT_DIGITS);	/* may flush */

	o->n += text_digits(to, v);
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
		p = mem_calloc((size_t)n + 1, 1);
		vsnprintf(p, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	if (n > 0)
		output_bytes(o, p, (size_t)n);
	if (p != small)
		free(p);
}

/* The double next to x > 0: the larger one for step 1, the smaller for -1. */
static double
neighbour(double x, int step)
{
	uint64_t bits;

	memcpy(&bits, &x, 8);
	bits += (uint64_t)(int64_t)step;
	memcpy(&x, &bits, 8);
	return x;
}

/* Powers of ten that are exact doubles. */
static const double power[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
    1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
    1e22};

/*
 * Round x to k decimals, *m / 10^k.  True if this decimal, as a float, is x.
 *
 * *m < 2^53 and 10^k are exact, so the quotient is the double nearest to the
 * decimal.  Rounded to float, it can differ from the rounded decimal only if it
 * is within an ulp of the midpoint of two floats.  Then one of its neighbours
 * rounds to another float, and the result is false.
 */
static bool
decimals_do(float x, int k, uint64_t *m)
{
	double back;

	*m = (uint64_t)((double)x * power[k] + 0.5);
	back = (double)*m / power[k];
	return (float)back == x && (float)neighbour(back, -1) == x &&
	    (float)neighbour(back, 1) == x;
}

/* Write m / 10^k, with an exponent of ten if exponent is set. */
static size_t
put_decimal(char to[24], uint64_t m, int k, bool exponent)
{
	char digits[24];
	size_t n = 0, len = 0, point;	/* digits after the point */

	for (; k > 0 && m % 10 == 0; k--)
		m /= 10;
	do
		digits[len++] = (char)('0' + m % 10);
	while ((m /= 10) != 0);
	point = exponent ? len - 1 : (size_t)k;
	while (len <= point)
		digits[len++] = '0';
	k -= (int)point;	/* what is left for the exponent */
	while (len > 0) {
		to[n++] = digits[--len];
		if (len == point && len > 0)
			to[n++] = '.';
	}
	if (exponent) {
		memcpy(to + n, "e-", 2);
		to[n + 2] = (char)('0' + k / 10);
		to[n + 3] = (char)('0' + k % 10);
		n += 4;
	}
	to[n] = '\0';
	return n;
}

/*
 * Format a number from 1e-13 to 1e9, as nearly all are, by arithmetic: try 8
 * digits, then fewer down to 6, or 9 if 8 are too few.  Six digits are enough:
 * if fewer give x, the 6 digits are these and zeros, which put_decimal drops.
 * And if 8 digits do not give x, fewer do not.  Returns 0 if it gives up.
 */
static size_t
format_quick(char to[24], float v)
{
	float x = fabsf(v);
	size_t n = signbit(v) != 0;
	int e = 0, digits = 8, fewest;
	uint64_t m, less;

	to[0] = '-';
	if (x == 0) {
		memcpy(to + n, "0", 2);
		return n + 1;
	}
	if (!((double)x >= 1e-13 && (double)x < 1e9))
		return 0;
	/* 10^e <= x < 10^(e + 1) */
	while (e >= 0 && (double)x >= power[e + 1])
		e++;
	while ((double)x * power[-e > 0 ? -e : 0] < 1)
		e--;
	/* at least a digit for each place before the point */
	fewest = e + 1 > 6 ? e + 1 : 6;
	if (fewest > 8 || !decimals_do(x, 7 - e, &m)) {
		digits = 9;
		if (!decimals_do(x, 8 - e, &m))
			return 0;
	}
	for (; digits <= 8 && digits > fewest &&
	    decimals_do(x, digits - 2 - e, &less); digits--)
		m = less;
	return n + put_decimal(to + n, m, digits - 1 - e, (double)x < 1e-5);
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

void
output_double(struct output *o, double v)
{
	char digits[32];
	int precision = 15;

	do
		snprintf(digits, sizeof digits, "%.*g", precision, v);
	while (strtod(digits, NULL) != v && precision++ < 17);
	output_string(o, digits);
}
