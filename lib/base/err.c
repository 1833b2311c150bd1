/* SPDX-License-Identifier: ISC */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *prog = "reat";
static bool muted, unfinished;

void
err_name(const char *argv0)
{
	const char *slash = strrchr(argv0, '/');

	prog = slash != NULL ? slash + 1 : argv0;
}

const char *
err_prog(void)
{
	return prog;
}

void
err_mute(bool mute)
{
	muted = mute;
}

void
err_unfinished(void)
{
	unfinished = true;
}

void
err_wipe(void)
{
	if (unfinished)
		fputs("\r\033[K", stderr);
	unfinished = false;
}

/*
 * Copy from[0..] to to[0..size) with control characters as \xHH.  Bytes above
 * 0x7f are copied as they are, except the C1 controls, 0xc2 0x80..0x9f, which
 * some terminals obey.
 */
static void
make_safe(char *to, size_t size, const char *from)
{
	size_t n = 0;

	for (; *from != '\0' && n + 9 < size; from++) {
		unsigned char c = (unsigned char)*from;
		unsigned char next = (unsigned char)from[1];

		if (c == 0xc2 && next >= 0x80 && next < 0xa0) {
			n += (size_t)snprintf(to + n, 9, "\\xc2\\x%02x", next);
			from++;
		} else if (c < 0x20 || c == 0x7f) {
			n += (size_t)snprintf(to + n, 5, "\\x%02x", c);
		} else {
			to[n++] = (char)c;
		}
	}
	to[n] = '\0';
}

__attribute__((format(printf, 2, 0)))
static void
print(struct place at, const char *fmt, va_list ap)
{
	char raw[1024], safe[1200], file[512];

	if (muted)
		return;
	vsnprintf(raw, sizeof raw, fmt, ap);
	make_safe(safe, sizeof safe, raw);
	err_wipe();
	if (at.file == NULL) {
		fprintf(stderr, "%s: %s\n", prog, safe);
		return;
	}
	make_safe(file, sizeof file, at.file);
	if (at.line == 0)
		fprintf(stderr, "%s: %s: %s\n", prog, file, safe);
	else
		fprintf(stderr, "%s: %s:%zu: %s\n", prog, file, at.line, safe);
}

void
die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print((struct place){0}, fmt, ap);
	va_end(ap);
	exit(STATUS_SYSTEM);
}

bool
bad(struct place at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print(at, fmt, ap);
	va_end(ap);
	return false;
}

void
note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print((struct place){0}, fmt, ap);
	va_end(ap);
}

int
status_worse(int a, int b)
{
	return a > b ? a : b;
}
