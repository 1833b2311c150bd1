/* SPDX-License-Identifier: ISC */
#include "base/bytes.h"

#include <string.h>

#include "base/utf8.h"

size_t
bytes_drop_cr(char *p, size_t n)
{
	char *cr = n == 0 ? NULL : memchr(p, '\r', n);
	size_t k;

	if (cr == NULL)
		return n;
	k = (size_t)(cr - p);
	for (size_t i = k; i < n; i++)
		if (p[i] != '\r' || (i + 1 < n && p[i + 1] != '\n'))
			p[k++] = p[i];
	return k;
}

bool
bytes_checked(struct text t, struct place at)
{
	size_t offset, line_start = 0;

	if (utf8_valid(t, &offset))
		return true;
	for (size_t i = 0; i < offset; i++)
		if (t.s[i] == '\n') {
			at.line++;
			line_start = i + 1;
		}
	if (at.line == 1 && t.n >= 2 && (memcmp(t.s, "\xff\xfe", 2) == 0 ||
	    memcmp(t.s, "\xfe\xff", 2) == 0))
		return bad(at, "UTF-16, expected UTF-8; convert the file: "
		    "iconv -f UTF-16 -t UTF-8");
	if (t.s[offset] == '\0')
		return bad(at, "NUL at byte %zu of the line",
		    offset - line_start);
	return bad(at, "invalid UTF-8 at byte %zu of the line (0x%02x)",
	    offset - line_start, (unsigned char)t.s[offset]);
}
