/* SPDX-License-Identifier: ISC */
/*
 * Four lanes take 8 bytes each of every stripe of 32:
 *
 *     lane = rotate(lane + word * P2, 31) * P1
 *
 * At the end the lanes are merged, the length is added, and the bytes that fill
 * no stripe are mixed in, 8, 4 and 1 at a time.
 */
#include "base/digest.h"

#include <string.h>

#include "base/bytes.h"

static const uint64_t P1 = 0x9e3779b185ebca87, P2 = 0xc2b2ae3d27d4eb4f,
    P3 = 0x165667b19e3779f9, P4 = 0x85ebca77c2b2ae63,
    P5 = 0x27d4eb2f165667c5;

static inline uint64_t
rotate(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

static inline uint64_t
step(uint64_t lane, uint64_t x)
{
	return rotate(lane + x * P2, 31) * P1;
}

void
digest_begin(struct digest *d)
{
	*d = (struct digest){.lane = {P1 + P2, P2, 0, -P1}};
}

static void
add_stripe(uint64_t lane[4], const unsigned char *p)
{
	lane[0] = step(lane[0], bytes_get8(p));
	lane[1] = step(lane[1], bytes_get8(p + 8));
	lane[2] = step(lane[2], bytes_get8(p + 16));
	lane[3] = step(lane[3], bytes_get8(p + 24));
}

void
digest_add(struct digest *d, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	size_t have = d->n % 32;

	d->n += n;
	if (have > 0) {
		size_t k = 32 - have < n ? 32 - have : n;

		memcpy(d->rest + have, p, k);
		p += k;
		n -= k;
		if (have + k < 32)
			return;
		add_stripe(d->lane, d->rest);
	}
	for (; n >= 32; p += 32, n -= 32)
		add_stripe(d->lane, p);
	if (n > 0)
		memcpy(d->rest, p, n);
}

void
digest_text(struct digest *d, struct text t)
{
	if (t.n > 0)
		digest_add(d, t.s, t.n);
	digest_add(d, "", 1);
}

void
digest_floats(struct digest *d, const float *x, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char byte[4];
		uint32_t bits;

		memcpy(&bits, &x[i], sizeof bits);
		bytes_put4(byte, bits);
		digest_add(d, byte, sizeof byte);
	}
}

static uint64_t
merged(const uint64_t lane[4])
{
	uint64_t h = rotate(lane[0], 1) + rotate(lane[1], 7) +
	    rotate(lane[2], 12) + rotate(lane[3], 18);

	for (int i = 0; i < 4; i++)
		h = (h ^ step(0, lane[i])) * P1 + P4;
	return h;
}

uint64_t
digest_value(const struct digest *d)
{
	uint64_t h = d->n >= 32 ? merged(d->lane) : P5;
	const unsigned char *p = d->rest, *end = p + d->n % 32;

	h += d->n;
	for (; end - p >= 8; p += 8)
		h = rotate(h ^ step(0, bytes_get8(p)), 27) * P1 + P4;
	if (end - p >= 4) {
		h = rotate(h ^ bytes_get4(p) * P1, 23) * P2 + P3;
		p += 4;
	}
	for (; p < end; p++)
		h = rotate(h ^ *p * P5, 11) * P1;
	h = (h ^ h >> 33) * P2;
	h = (h ^ h >> 29) * P3;
	return h ^ h >> 32;
}
