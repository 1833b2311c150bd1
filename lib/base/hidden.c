/* SPDX-License-Identifier: ISC */
#include "base/hidden.h"

#include <stddef.h>

struct range {
	uint32_t first, last;
};

/* Default_Ignorable_Code_Point of DerivedCoreProperties.txt, Unicode 15. */
static const struct range ignorable[] = {
	{0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x061c, 0x061c},
	{0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f},
	{0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f},
	{0x3164, 0x3164}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
	{0xffa0, 0xffa0}, {0xfff0, 0xfff8}, {0x1bca0, 0x1bca3},
	{0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};

static const struct range joins[] = {
	{0x180b, 0x180f}, {0x200c, 0x200d}, {0xfe00, 0xfe0f},
	{0xe0100, 0xe01ef},
};

static bool
is_in(const struct range *range, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n && c >= range[i].first; i++)
		if (c <= range[i].last)
			return true;
	return false;
}

bool
hidden_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) ||
	    c == 0x061c || c == 0x200e || c == 0x200f ||
	    (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool
hidden_ignorable(uint32_t c)
{
	return is_in(ignorable, sizeof ignorable / sizeof *ignorable, c);
}

bool
hidden_joins(uint32_t c)
{
	return is_in(joins, sizeof joins / sizeof *joins, c);
}
