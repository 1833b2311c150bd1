/* SPDX-License-Identifier: ISC */
/* SipHash-1-3, and dictionaries of words that were made to collide. */
#include "base/hash.h"

#include <stdint.h>
#include <string.h>
#include <time.h>

#include "base/dict.h"
#include "base/mem.h"
#include "check.h"

enum { SLOTS = 1 << 16 };

/* Hashes of the bytes 0, 1, 2, ... with the key 0: PYTHONHASHSEED=0 python3.11
 * -c 'print(hash(bytes(range(n))))', and of no byte by the reference. */
static void
test_golden(void)
{
	static const struct { size_t n; uint64_t hash; } golden[] = {
		{0, 0xd1fba762150c532c}, {1, 0x68a914128e01e473},
		{2, 0x10bac45c41e3669}, {3, 0x4d4c9a4a8ef6e0ad},
		{4, 0x7cc43f98813e4dbd}, {5, 0x5abe2169dff36275},
		{6, 0xe3c25f87624f1cdb}, {7, 0x2f098ab0c751325a},
		{8, 0xead411e67ebe2eea}, {9, 0x75927f9d95124362},
		{10, 0xaf9f77a65ab51a1d}, {11, 0xfe64ce8b6617fcff},
		{12, 0xa6baf4fb0f9fe1c2}, {13, 0xa0cf3211850f8e0d},
		{14, 0x7f86049379fbfe67}, {15, 0xf30eb725bb91c9ea},
		{16, 0x8972188433a5c5b7}, {17, 0x4883c49a2c009c1d},
		{31, 0x169739443111d49b}, {32, 0x31ef8061c910629b},
		{33, 0x7fb71d24dfa4c9f6}, {63, 0x385d3e39e5f37359},
	};
	static const uint64_t zero[2] = {0}, other[2] = {0, 1};
	char bytes[64];
	bool good = true;

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)i;
	for (size_t i = 0; i < sizeof golden / sizeof *golden; i++)
		good = good && hash_siphash(zero, (struct text){bytes,
		    golden[i].n}) == golden[i].hash;
	CHECK(good, "the hashes of Python");
	CHECK(hash_siphash(zero, TEXT("a")) != hash_siphash(other, TEXT("a")),
	    "another key, another hash");
	CHECK(hash_text(TEXT("a")) == hash_text(TEXT("a")) &&
	    hash_text(TEXT("a")) != hash_siphash(zero, TEXT("a")),
	    "one key for the process, which is not 0");
}

/* The most numbers in one slot, of 2 SLOTS that differ in few bits. */
static int
fullest(const uint64_t key[2])
{
	static int taken[SLOTS];
	int most = 0;

	memset(taken, 0, sizeof taken);
	for (uint64_t i = 0; i < SLOTS; i++) {
		taken[hash_number_keyed(key, i << 47) % SLOTS]++;
		taken[hash_number_keyed(key, i << 20) % SLOTS]++;
	}
	for (size_t i = 0; i < SLOTS; i++)
		most = taken[i] > most ? taken[i] : most;
	return most;
}

/* With two products, 5 of 1,000 keys gave a slot 20 numbers and up to 250. */
static void
test_numbers(void)
{
	enum { KEYS = 400 };
	int most = 0, worst;

	for (uint64_t k = 0; k < KEYS; k++) {
		char bytes[8];
		uint64_t key[2];

		memcpy(bytes, &k, sizeof bytes);
		for (uint64_t i = 0; i < 2; i++)
			key[i] = hash_siphash((uint64_t[2]){i},
			    (struct text){bytes, sizeof bytes});
		worst = fullest(key);
		most = worst > most ? worst : most;
	}
	CHECK(most < 20, "numbers with equal bits, 400 keys: at most %d in "
	    "a slot", most);
}

/*
 * Words that collided before the hash had a key.  It was, for each 8 bytes v,
 *
 *     h = (h ^ v) K,  h ^= h >> 32
 *
 * A change of v's highest bit changes the product's highest bit only, so h's
 * bits 63 and 31, whatever h was; the same change of the next v undoes it.  So
 * each 16 bytes can be written in two ways.
 */
enum { PAIRS = 16, WORDS = 1 << PAIRS, BYTES = 16 * PAIRS };

static void
crafted(uint32_t number, char to[BYTES])
{
	memset(to, 'a', BYTES);
	for (size_t i = 0; i < PAIRS; i++)
		if ((number >> i & 1) != 0) {
			to[16 * i + 7] = (char)('a' ^ 0x80);
			to[16 * i + 15] = (char)('a' ^ 0x80);
			to[16 * i + 11] = (char)('a' ^ 0x80);
		}
}

/* The old hash, 32 bits of it. */
static uint32_t
unkeyed(struct text key)
{
	uint64_t h = key.n * 0x9e3779b97f4a7c15u;

	for (size_t i = 0; i < key.n; i += 8) {
		uint64_t v = 0;

		for (size_t k = 0; k < 8; k++)
			v |= (uint64_t)(unsigned char)key.s[i + k] << 8 * k;
		h = (h ^ v) * 0xff51afd7ed558ccdu;
		h ^= h >> 32;
	}
	h *= 0xc4ceb9fe1a85ec53u;
	return (uint32_t)(h >> 32);
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Time to add and find n words of this form. */
static double
spent(size_t n, bool craft)
{
	struct dict *d = dict_new();
	double begun = seconds();
	char word[BYTES];
	bool good = true;

	for (int round = 0; round < 2; round++)
		for (uint32_t i = 0; i < n; i++) {
			struct text key = {word, BYTES};

			crafted(craft ? i : 0, word);
			if (!craft)
				memcpy(word, &i, sizeof i);
			good = good && dict_add(d, key) == (int32_t)i;
		}
	CHECK(good && dict_size(d) == n, "all %s words are there",
	    craft ? "crafted" : "plain");
	dict_free(d);
	return seconds() - begun;
}

static void
test_crafted(void)
{
	char word[BYTES];
	size_t same = 0;
	uint32_t first;
	double plain, craft;

	crafted(0, word);
	first = unkeyed((struct text){word, BYTES});
	for (uint32_t i = 0; i < WORDS; i++) {
		crafted(i, word);
		same += unkeyed((struct text){word, BYTES}) == first;
	}
	CHECK(same == WORDS, "%d words have one hash without a key", WORDS);
	plain = spent(WORDS, false);
	craft = spent(WORDS, true);
	CHECK(craft < 5 * plain + 0.5, "crafted words take %.2f s, others "
	    "%.2f s", craft, plain);
}

int
main(void)
{
	test_golden();
	test_numbers();
	test_crafted();
	return check_done();
}
