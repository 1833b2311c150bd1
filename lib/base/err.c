/* SPDX-License-Identifier: ISC */
#include "base/err.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hidden.h"

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
 * Decode the code point of 2 to 4 bytes at s.  Returns its length, or 0 if the
 * bytes are not UTF-8.
 */
static size_t
decode(const char *s, uint32_t *code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char c = (unsigned char)*s;
	size_t n = c >= 0xf8 ? 0 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 :
	    c >= 0xc0 ? 2 : 0;

	*code = n == 0 ? 0 : c & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		c = (unsigned char)s[i];
		if ((c & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (c & 0x3f);
	}
	return n == 0 || *code < least[n] || *code > 0x10ffff ||
	    (*code >= 0xd800 && *code < 0xe000) ? 0 : n;
}

/* Copy from to to[0..size) with all that a reader would not see as \xHH or
 * \u{H}. */
static void
make_safe(char *to, size_t size, const char *from)
{
	enum { MOST = sizeof "\\u{10ffff}" };
	size_t n = 0, k;

	for (; *from != '\0' && n + MOST < size; from += k) {
		unsigned char c = (unsigned char)*from;
		uint32_t code = c;

		k = c < 0x80 ? 1 : decode(from, &code);
		if (k == 0 || (k == 1 && hidden_control(code))) {
			n += (size_t)snprintf(to + n, MOST, "\\x%02x", c);
			k = 1;
		} else if (hidden_control(code) || hidden_ignorable(code)) {
			n += (size_t)snprintf(to + n, MOST, "\\u{%x}",
			    (unsigned)code);
		} else {
			memcpy(to + n, from, k);
			n += k;
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
