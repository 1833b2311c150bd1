/* SPDX-License-Identifier: ISC */
/*
 * SipHash-1-3: a state of four words v, which begins with the key and four
 * constants.  Each 8 bytes m of the text, first byte lowest, go into it by
 *
 *     v3 ^= m,  a round,  v0 ^= m
 *
 * The last m has the remaining 0 to 7 bytes, and the length in its highest
 * byte.  Then v2 ^= 0xff, three rounds, and the hash is v0 ^ v1 ^ v2 ^ v3.
 * 1-3 (one round for 8 bytes, three at the end) is the variant that Python,
 * Ruby and Rust use for their tables.
 */
#include "base/hash.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct state {
	uint64_t v0, v1, v2, v3;
};

static inline uint64_t
rotated(uint64_t v, int bits)
{
	return v << bits | v >> (64 - bits);
}

static inline void
mix(struct state *s)
{
	s->v0 += s->v1;
	s->v2 += s->v3;
	s->v1 = rotated(s->v1, 13) ^ s->v0;
	s->v3 = rotated(s->v3, 16) ^ s->v2;
	s->v0 = rotated(s->v0, 32);
	s->v2 += s->v1;
	s->v0 += s->v3;
	s->v1 = rotated(s->v1, 17) ^ s->v2;
	s->v3 = rotated(s->v3, 21) ^ s->v0;
	s->v2 = rotated(s->v2, 32);
}

static inline struct state
begin(const uint64_t key[2])
{
	return (struct state){
		key[0] ^ 0x736f6d6570736575u, key[1] ^ 0x646f72616e646f6du,
		key[0] ^ 0x6c7967656e657261u, key[1] ^ 0x7465646279746573u,
	};
}

static inline void
add(struct state *s, uint64_t m)
{
	s->v3 ^= m;
	mix(s);
	s->v0 ^= m;
}

static inline uint64_t
end(struct state *s)
{
	s->v2 ^= 0xff;
	mix(s);
	mix(s);
	mix(s);
	return s->v0 ^ s->v1 ^ s->v2 ^ s->v3;
}

/* The 8 bytes at p as a number, the first one lowest. */
static inline uint64_t
load(const char *p)
{
	uint64_t v;

	memcpy(&v, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

/* The n < 8 bytes at p. */
static inline uint64_t
load_rest(const char *p, size_t n)
{
	uint64_t v = 0;

	while (n-- > 0)
		v = v << 8 | (unsigned char)p[n];
	return v;
}

uint64_t
hash_siphash(const uint64_t key[2], struct text t)
{
	struct state s = begin(key);
	size_t i = 0, rest = t.n % 8;
	uint64_t last;

	for (; t.n - i >= 8; i += 8)
		add(&s, load(t.s + i));
	/* the remaining bytes end 8 bytes that can be loaded at once */
	last = rest == 0 ? 0 : t.n < 8 ? load_rest(t.s, rest) :
	    load(t.s + t.n - 8) >> (64 - 8 * rest);
	add(&s, (uint64_t)t.n << 56 | last);
	return end(&s);
}

/*
 * The key of this process.  Without /dev/urandom it is made of the time, the
 * process and an address, which can be guessed only with much work.
 */
static const uint64_t *
process_key(void)
{
	static uint64_t key[2];
	static bool made;
	struct timespec now = {0};
	ssize_t got = 0;
	int fd;

	if (made)
		return key;
	fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		got = read(fd, key, sizeof key);
		close(fd);
	}
	if (got != sizeof key) {
		clock_gettime(CLOCK_REALTIME, &now);
		key[0] ^= (uint64_t)now.tv_sec << 30 ^ (uint64_t)now.tv_nsec;
		key[1] ^= (uint64_t)getpid() << 48 ^ (uint64_t)(uintptr_t)&now;
	}
	made = true;
	return key;
}

uint64_t
hash_text(struct text t)
{
	return hash_siphash(process_key(), t);
}

/*
 * Three products, two of them with odd numbers of the key.  It is quicker than
 * SipHash of 8 bytes, but weaker: a change of the number's highest bit changes
 * only the highest bit of the first product, whatever the key.  So the upper
 * half is added to the lower one after each product.  Without the product in
 * the middle, 1 key in 200 puts numbers with equal low bits into few slots.
 */
uint64_t
hash_number_keyed(const uint64_t key[2], uint64_t number)
{
	number = (number ^ key[0]) * (key[1] | 1);
	number = (number ^ number >> 32) * 0x9e3779b97f4a7c15u;
	number = (number ^ number >> 32) * (key[0] | 1);
	return number ^ number >> 32;
}

uint64_t
hash_number(uint64_t number)
{
	return hash_number_keyed(process_key(), number);
}
