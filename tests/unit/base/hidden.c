/* SPDX-License-Identifier: ISC */
/* What a reader does not see; and messages that contain it. */
#include "base/hidden.h"

#include <stddef.h>

#include "check.h"

static bool
all(bool (*is)(uint32_t), const uint32_t *c, size_t n, bool expected)
{
	bool good = true;

	for (size_t i = 0; i < n; i++)
		good = good && is(c[i]) == expected;
	return good;
}

#define ALL(is, c, expected) all(is, c, sizeof (c) / sizeof *(c), expected)

int
main(void)
{
	static const uint32_t controls[] = {0, 7, 0x1b, 0x1f, 0x7f, 0x80, 0x9b,
		0x9f, 0x61c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e,
		0x2066, 0x2069};
	static const uint32_t others[] = {' ', 'a', '~', 0xa0, 0x301, 0x200d,
		0x2027, 0x202f, 0x2065, 0x206a, 0x65e5};
	static const uint32_t ignorable[] = {0xad, 0x34f, 0x61c, 0x115f, 0x180e,
		0x200b, 0x200d, 0x200f, 0x202e, 0x2060, 0x2064, 0x2069, 0x206f,
		0x3164, 0xfe0f, 0xfeff, 0xffa0, 0xe0001, 0xe007f, 0xe0100};
	static const uint32_t seen[] = {' ', 'a', 0xac, 0xae, 0x301, 0x600,
		0x6dd, 0x200a, 0x2010, 0x205f, 0x2070, 0x3163, 0xfe10, 0xfff9,
		0x1f600, 0xdffff, 0xe1000, 0x10ffff};
	static const uint32_t joins[] = {0x180b, 0x200c, 0x200d, 0xfe00, 0xfe0f,
		0xe0100, 0xe01ef};
	static const uint32_t others_join[] = {'a', 0xad, 0x200b, 0x200e,
		0x2060, 0xfeff, 0xe0061};

	CHECK(ALL(hidden_control, controls, true), "controls");
	CHECK(ALL(hidden_control, others, false), "what is no control");
	CHECK(ALL(hidden_ignorable, ignorable, true), "no glyph");
	CHECK(ALL(hidden_ignorable, seen, false), "a glyph");
	CHECK(ALL(hidden_joins, joins, true), "joiners");
	CHECK(ALL(hidden_joins, others_join, false), "what joins nothing");
	return check_done();
}
