/* SPDX-License-Identifier: ISC */
/*
 * tag_model: a written tagger is read with all its weights.  A weights.bin with
 * a changed byte is refused; with the right checksum for it, refused or
 * harmless.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "annotate/perceptron.h"
#include "annotate/tag_bytes.h"
#include "annotate/tag_model.h"
#include "annotate/tag_write.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "check.h"

enum { FEATURES = 300, MOST = 1 << 16 };

static char folder[64], weights[96], yaml[96];
static unsigned char bytes[MOST];
static size_t size;

static uint64_t
key_of(uint64_t f)
{
	return (f + 1) * 0x9e3779b97f4a7c15u;
}

/*
 * Example f changes feature f alone: its weight is 1 for class f mod 3 and -1
 * for the next class.
 */
static void
write_tagger(void)
{
	struct dict *tags = dict_new();
	struct perceptron *p = perceptron_new(3);
	struct tag_origin origin = {1, 2, FEATURES};

	dict_add(tags, TEXT("NOUN NN"));
	dict_add(tags, TEXT("PUNCT \""));
	dict_add(tags, TEXT("SYM \\"));
	for (uint32_t f = 0; f < FEATURES; f++) {
		uint32_t number = perceptron_feature(p, key_of(f));

		perceptron_learn(p, &number, 1, f % 3, (f + 1) % 3);
	}
	tag_write(folder, tags, p, &origin);
	dict_free(tags);
	perceptron_free(p);
}

static bool
read_tagger(struct arena *arena, struct tag_model *m)
{
	int status = STATUS_OK;
	bool good = tag_model_read(arena, folder, m, &status);

	return good || status != STATUS_DATA;
}

static void
check_values(const struct tag_model *m)
{
	int32_t none[TAG_SCORES] = {0};
	int wrong = 0, exact;
	uint64_t key;

	CHECK(m->classes == 3 && text_is(m->upos[1], "PUNCT") &&
	    text_is(m->xpos[1], "\"") && text_is(m->xpos[2], "\\"),
	    "tags are read back, quotes and all");
	for (uint64_t f = 0; f < FEATURES; f++) {
		int32_t score[TAG_SCORES] = {0};

		key = key_of(f);
		tag_model_add(m, &key, 1, score);
		exact = 4032 * (int)(FEATURES - f) / FEATURES;
		wrong += abs(score[f % 3] - exact) > 34 ||
		    score[(f + 1) % 3] != -score[f % 3] ||
		    score[(f + 2) % 3] != 0;
	}
	CHECK(wrong == 0, "weights are read back");
	key = 12345;
	tag_model_add(m, &key, 1, none);
	CHECK(none[0] == 0 && none[1] == 0 && none[2] == 0,
	    "an unknown key has none");
	CHECK(tag_model_value(127) == 4032 && tag_model_value(-127) == -4032 &&
	    tag_model_value(2) == 1, "codes are on a square scale");
}

static void
load(void)
{
	FILE *f = fopen(weights, "rb");

	size = f == NULL ? 0 : fread(bytes, 1, sizeof bytes, f);
	if (f != NULL)
		fclose(f);
}

static void
store(const unsigned char *p, size_t n)
{
	FILE *f = fopen(weights, "wb");

	if (f == NULL || fwrite(p, 1, n, f) != n || fclose(f) != 0)
		die("cannot write %s", weights);
}

static void
fix_sum(unsigned char *p)
{
	uint64_t sum = tag_bytes_sum(p + TAG_BYTES_HEADER,
	    size - TAG_BYTES_HEADER);

	for (int k = 0; k < 8; k++)
		p[24 + k] = (unsigned char)(sum >> 8 * k);
}

/*
 * Change byte i and read the tagger; if it is accepted, walk all rows.  fixed:
 * compute the checksum of the changed bytes, which then may be accepted.
 */
static bool
survives(struct arena *arena, size_t i, bool fixed, int *refused)
{
	static unsigned char copy[MOST];
	struct tag_model m;

	memcpy(copy, bytes, size);
	copy[i] ^= (unsigned char)(1 + i % 255);
	if (fixed)
		fix_sum(copy);
	store(copy, size);
	mem_reset(arena);
	if (!read_tagger(arena, &m)) {
		++*refused;
		return true;
	}
	for (uint64_t f = 0; f < FEATURES; f++) {
		int32_t score[TAG_SCORES] = {0};
		uint64_t key = key_of(f);

		tag_model_add(&m, &key, 1, score);
	}
	return fixed;
}

/* Write a tagger whose features are all in the first bucket: it must exit. */
static int
write_collisions(void)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		struct dict *tags = dict_new();
		struct perceptron *p = perceptron_new(2);
		struct tag_origin origin = {1, 2, 3};

		dict_add(tags, TEXT("A A"));
		dict_add(tags, TEXT("B B"));
		for (uint64_t f = 0; f < 20000; f++) {
			uint32_t number = perceptron_feature(p, f << 34);

			perceptron_learn(p, &number, 1, 0, 1);
		}
		tag_write(folder, tags, p, &origin);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/*
 * Half of the features have a large weight, the others small ones, the later
 * the smaller.  The file has room for some of these, and the limit is used.
 */
static void
check_large(struct arena *arena)
{
	enum { LARGE = 300000, ALL = 550000, IDLE = 20000000 };
	struct dict *tags = dict_new();
	struct perceptron *p = perceptron_new(2);
	struct tag_origin origin = {1, 2, ALL};
	struct tag_model m;
	struct stat st;
	uint64_t kept = 0;
	int wrong = 0;

	dict_add(tags, TEXT("A A"));
	dict_add(tags, TEXT("B B"));
	for (uint64_t f = 0; f < ALL; f++) {
		uint32_t number = perceptron_feature(p, key_of(f));

		for (int i = 0; f == LARGE && i < IDLE; i++)
			perceptron_learn(p, NULL, 0, 0, 0);
		perceptron_learn(p, &number, 1, 0, 1);
	}
	tag_write(folder, tags, p, &origin);
	dict_free(tags);
	perceptron_free(p);
	CHECK(stat(weights, &st) == 0 && st.st_size <= TAG_MODEL_BYTES &&
	    st.st_size > TAG_MODEL_BYTES / 100 * 98, "%ld bytes of %d",
	    (long)st.st_size, TAG_MODEL_BYTES);
	mem_reset(arena);
	CHECK(read_tagger(arena, &m), "a large tagger is read");
	for (uint64_t f = 0; f < ALL; f++) {
		int32_t score[TAG_SCORES] = {0};
		uint64_t key = key_of(f);

		tag_model_add(&m, &key, 1, score);
		wrong += score[0] < 0 || score[1] != -score[0] ||
		    (score[0] > 0 && kept < f);
		kept += score[0] > 0;
	}
	CHECK(wrong == 0 && kept > LARGE && kept < ALL, "the smallest weights "
	    "are left out: %ld features of %d are kept", (long)kept, ALL);
}

/* Read a tagger with one bucket of n zeros, which are rows without weights. */
static bool
read_bucket(struct arena *arena, size_t n)
{
	static unsigned char file[2 * MOST];
	struct tag_model m;

	memcpy(file, bytes, TAG_BYTES_HEADER);
	memset(file + 16, 0, sizeof file - 16);
	for (int k = 0; k < 4; k++)
		file[20 + k] = file[TAG_BYTES_HEADER + 4 + k] =
		    (unsigned char)(n >> 8 * k);
	size = tag_bytes_padded(TAG_BYTES_HEADER + 8 + n);
	fix_sum(file);
	store(file, size);
	return read_tagger(arena, &m);
}

int
main(void)
{
	struct arena *arena = mem_arena();
	const char *tmp = getenv("TMPDIR");
	struct tag_model m;
	int wrong = 0, refused = 0, tried = 0;

	snprintf(folder, sizeof folder, "%.30s/tag_model.%ld",
	    tmp != NULL ? tmp : "/tmp", (long)getpid());
	snprintf(weights, sizeof weights, "%s/weights.bin", folder);
	snprintf(yaml, sizeof yaml, "%s/tagger.yaml", folder);
	write_tagger();
	CHECK(read_tagger(arena, &m), "a tagger is written and read");
	check_values(&m);
	load();
	err_mute(true);
	for (size_t i = 0; i < size; i++, tried++)
		wrong += !survives(arena, i, false, &refused);
	CHECK(wrong == 0 && refused == tried && tried > 2000,
	    "any byte changed is refused");
	for (size_t i = 0; i < size; i++)
		wrong += !survives(arena, i, true, &refused);
	CHECK(wrong == 0 && refused > tried + 500, "under a right checksum "
	    "too, it is refused (%d of %d) or harmless", refused - tried,
	    tried);
	for (size_t n = 0; n < size; n += 13) {
		store(bytes, n);
		mem_reset(arena);
		wrong += read_tagger(arena, &m);
	}
	CHECK(wrong == 0, "a file cut short is refused");
	CHECK(read_bucket(arena, TAG_BYTES_BUCKET) &&
	    !read_bucket(arena, TAG_BYTES_BUCKET + 1),
	    "a long bucket is refused");
	CHECK(write_collisions() == STATUS_SYSTEM, "and not written");
	check_large(arena);
	unlink(weights);
	unlink(yaml);
	rmdir(folder);
	mem_free(arena);
	return check_done();
}
