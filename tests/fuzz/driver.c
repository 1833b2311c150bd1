/* SPDX-License-Identifier: ISC */
/*
 * driver: a fuzzing engine for compilers without libFuzzer.
 *
 *     NAME COUNT LIMIT SEED FILE...
 *
 * runs the files and then COUNT mutants of them, but none after LIMIT seconds,
 * if it is not 0; the same SEED gives the same mutants.  If a run fails, its
 * input is in NAME.input (in $TMPDIR or /tmp); NAME 0 0 0 FILE runs it again.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "fuzz.h"
#include "math/random.h"

enum { SIZE = 1 << 14, SEEDS = 1024, SECONDS = 20 };

static uint8_t seed[SEEDS][SIZE], input[2 * SIZE];
static size_t seed_n[SEEDS], seeds, input_n;
static const char *name;
static bool done;

/* Pieces of the grammars, and extreme numbers. */
static const char *const pieces[] = {
	"\t", "\n", "\n\n", "\r\n", " ", "=", "|", "-", ".", ",", ":", "#", "_",
	"[", "]", "{", "}", "(", ")", "<", ">", "?", "*", "+", "&", "!", "%",
	"'", "\"", "\\", "~", "\xff", "\xc3\xa9", "\xe2\x80\xa8",
	"\xef\xbb\xbf",
	"0", "1", "-1", "4294967296", "18446744073709551615", "1e99", "nan",
	"inf", "x7fc00000", "# sent_id = a\n", "# label = b\n", "B-NP", "I-NP",
	"phrase=B-NP", "1-2", "1.1", "- ", "? ", "a: ", "\"shape\":[", "F32",
	"(?:", "){9}", "(a+)+", "\\p{L}", "<NOUN>", "<form:a>", "|", "S=x",
};

static void
save(void)
{
	char path[300];
	const char *dir = getenv("TMPDIR");
	FILE *f;

	snprintf(path, sizeof path, "%s/%s.input", dir ? dir : "/tmp", name);
	f = fopen(path, "w");
	if (f != NULL && fwrite(input, 1, input_n, f) == input_n &&
	    fclose(f) == 0)
		fprintf(stderr, "%s: the input is in %s\n", name, path);
}

static void
on_signal(int number)
{
	fprintf(stderr, "%s: signal %d\n", name, number);
	save();
	_exit(1);
}

static void
on_exit_early(void)
{
	if (done)
		return;
	fprintf(stderr, "%s: the process was ended\n", name);
	save();
	_exit(1);
}

static void
run(void)
{
	alarm(SECONDS);
	LLVMFuzzerTestOneInput(input, input_n);
}

/* Put the n bytes at p into the input at this place. */
static void
insert(size_t at, const void *p, size_t n)
{
	if (input_n + n > SIZE)
		return;
	memmove(input + at + n, input + at, input_n - at);
	memcpy(input + at, p, n);
	input_n += n;
}

static void
mutate(struct random *r)
{
	uint32_t n = (uint32_t)input_n;
	size_t at = random_below(r, n + 1), k, other;
	const char *piece = pieces[random_below(r,
	    sizeof pieces / sizeof *pieces)];
	uint8_t copy[64];

	switch (random_below(r, 8)) {
	case 0:
		if (at < n)
			input[at] ^= (uint8_t)(1u << random_below(r, 8));
		break;
	case 1:
		if (at < n)
			input[at] = (uint8_t)random_below(r, 256);
		break;
	case 2:
	case 3:
		insert(at, piece, strlen(piece));
		break;
	case 4:			/* remove a few bytes, or many */
		k = random_below(r, random_below(r, 4) == 0 ? n + 1 : 9);
		k = k > n - at ? n - at : k;
		memmove(input + at, input + at + k, n - at - k);
		input_n -= k;
		break;
	case 5:			/* repeat some */
		k = random_below(r, sizeof copy);
		k = k > n - at ? n - at : k;
		memcpy(copy, input + at, k);
		for (uint32_t times = random_below(r, 4); ; times--) {
			insert(at, copy, k);
			if (times == 0)
				break;
		}
		break;
	case 6:			/* a piece of another seed */
		other = random_below(r, (uint32_t)seeds);
		if (seed_n[other] > 0) {
			size_t from = random_below(r, (uint32_t)seed_n[other]);

			k = random_below(r, 200);
			k = k > seed_n[other] - from ? seed_n[other] - from : k;
			insert(at, seed[other] + from, k);
		}
		break;
	case 7:
		input_n = random_below(r, 8) == 0 ? at : input_n;
	}
}

static void
load(const char *path)
{
	FILE *f = fopen(path, "r");

	if (f == NULL || seeds == SEEDS) {
		fprintf(stderr, "%s: cannot take %s\n", name, path);
		_exit(2);
	}
	seed_n[seeds] = fread(seed[seeds], 1, SIZE, f);
	fclose(f);
	memcpy(input, seed[seeds], input_n = seed_n[seeds]);
	seeds++;
	run();
}

int
main(int argc, char *argv[])
{
	static const int signals[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL,
	    SIGALRM};
	unsigned long count, i;
	time_t limit, began = time(NULL);
	struct random r;

	if (argc < 5)
		return fputs("usage: NAME COUNT LIMIT SEED FILE...\n",
		    stderr), 2;
	name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
	for (i = 0; i < sizeof signals / sizeof *signals; i++)
		signal(signals[i], on_signal);
	atexit(on_exit_early);
	LLVMFuzzerInitialize(&argc, &argv);
	for (int k = 4; k < argc; k++)
		load(argv[k]);
	count = strtoul(argv[1], NULL, 10);
	limit = strtol(argv[2], NULL, 10);
	r = random_seeded(strtoul(argv[3], NULL, 10), 1);
	for (i = 0; i < count; i++) {
		size_t from = random_below(&r, (uint32_t)seeds);

		if (limit > 0 && time(NULL) - began >= limit)
			break;
		memcpy(input, seed[from], input_n = seed_n[from]);
		for (uint32_t k = random_below(&r, 8); ; k--) {
			mutate(&r);
			if (k == 0)
				break;
		}
		run();
	}
	done = true;
	printf("%s: %lu inputs of %zu seeds\n", name, seeds + i, seeds);
	return 0;
}
