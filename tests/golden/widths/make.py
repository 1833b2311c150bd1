# make.py: print lib/base/widths.c from the data of the newest Unicode, see README
import unicodedata2 as unicode

# Format characters that a reader sees: Prepended_Concatenation_Mark, and the
# soft hyphen, which terminals show.
SEEN = {0xAD, 0x6DD, 0x70F, 0x8E2, 0x110BD, 0x110CD,
        *range(0x600, 0x606), *range(0x890, 0x892)}


def is_jamo(c):
    """A vowel or a final consonant, which is drawn into the syllable before."""
    return 0x1160 <= c <= 0x11FF or 0xD7B0 <= c <= 0xD7FF


def width(c):
    char = chr(c)
    category = unicode.category(char)
    if category in ("Mn", "Me", "Zl", "Zp") or is_jamo(c):
        return 0
    if category == "Cf" and c not in SEEN:
        return 0
    return 2 if unicode.east_asian_width(char) in "WF" else 1


def ranges(of):
    found = []
    for c in range(0x20, 0x110000):
        if 0xD800 <= c < 0xE000 or width(c) != of:
            continue
        if found and found[-1][1] == c - 1:
            found[-1][1] = c
        else:
            found.append([c, c])
    return found


def table(name, of):
    print(f"\nstatic const struct range {name}[] = {{")
    line = "\t"
    for first, last in ranges(of):
        item = f"{{0x{first:x}, 0x{last:x}}},"
        if len(line) + len(item) > 71:
            print(line.rstrip())
            line = "\t"
        line += item + " "
    print(line.rstrip())
    print("};")


print(f"""/* SPDX-License-Identifier: ISC */
/* Written by tests/golden/widths/make.py from Unicode {unicode.unidata_version}. */
#include "base/widths.h"

#include <stdbool.h>
#include <stddef.h>

struct range {{
	uint32_t first, last;
}};""")
table("none", 0)
table("two", 2)
print("""
/* True if one of the ranges [n], in ascending order, contains c. */
static bool
contain(const struct range *range, size_t n, uint32_t c)
{
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (c > range[middle].last)
			low = middle + 1;
		else if (c < range[middle].first)
			n = middle;
		else
			return true;
	}
	return false;
}

int
width_of(uint32_t c)
{
	if (c < 0x300)
		return 1;
	if (contain(none, sizeof none / sizeof *none, c))
		return 0;
	return contain(two, sizeof two / sizeof *two, c) ? 2 : 1;
}""")
