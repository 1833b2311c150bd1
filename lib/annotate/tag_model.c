/* SPDX-License-Identifier: ISC */
/*
 * Weights by hashed features.
 *
 * A feature is known only by its key, a hash of 64 bits.  The file contains
 * neither the features nor their keys: 18 bits of a key choose a bucket, 16
 * more recognise the row in it, and the others are dropped.  (B = 18 in the
 * shipped tagger, which has 324,204 features with 2.75 weights each.)
 *
 *     key      | B bits: bucket b | 16 bits: mark | the rest is dropped |
 *                         |
 *     bucket   ...  [b]   |  [b + 1]  ...          4 bytes each
 *                    |         |
 *     rows     ...   mark n  c q  c q  mark n  c q ...
 *                    2    1  1 1  1 1  bytes
 *
 * tag_model_add walks the rows of bucket b, about 1.2, up to the first with the
 * mark of the key, and for each of its n pairs adds
 *
 *     score[c] += q |q| / 4,      -127 <= q <= 127
 *
 * The square scale keeps small weights apart with few codes and still has room
 * for large ones.  A weight takes 4.3 bytes in all.
 *
 * Most features of a text are not in the file: their bucket has no row, or none
 * with their mark.  An unknown key meets a row by chance once in about 53,000.
 *
 * Easy to get wrong: the checksum finds damage, not malice, so a row may have
 * any n and c.  add_row stops at the end of the bucket, score has a place for
 * each value of a byte, and the tagger chooses among the first `classes`.  Two
 * features of one bucket with one mark get two rows; only the first is found.
 */
#include "annotate/tag_model.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "annotate/tag_bytes.h"
#include "base/bytes.h"
#include "base/conf.h"
#include "base/conf_value.h"
#include "base/err.h"
#include "base/compress.h"
#include "base/fd.h"
#include "base/input.h"
#include "base/mem.h"

/* Cut "UPOS XPOS" at its blank.  Returns false if it has another form. */
static bool
cut_tag(const struct conf *tag, struct text *upos, struct text *xpos)
{
	if (tag->kind != CONF_SCALAR)
		return false;
	for (size_t i = 0; i < tag->scalar.n; i++)
		if ((unsigned char)tag->scalar.s[i] < ' ')
			return false;
	*xpos = tag->scalar;
	*upos = text_cut(xpos, ' ');
	return upos->n > 0 && xpos->s != NULL && xpos->n > 0 &&
	    memchr(xpos->s, ' ', xpos->n) == NULL;
}

static bool
read_tags(struct arena *arena, const struct conf *yaml, struct tag_model *m)
{
	const struct conf *tags = conf_get(yaml, "tags");

	if (tags == NULL || tags->kind != CONF_LIST || tags->n == 0 ||
	    tags->n > TAG_CLASSES)
		return bad(tags != NULL ? tags->at : yaml->at,
		    "tags: expected a list of 1 to %d", TAG_CLASSES);
	m->classes = tags->n;
	m->upos = MEM_NEW(arena, tags->n, struct text);
	m->xpos = MEM_NEW(arena, tags->n, struct text);
	for (size_t c = 0; c < tags->n; c++)
		if (!cut_tag(tags->child[c], &m->upos[c], &m->xpos[c]))
			return bad(tags->child[c]->at, "tag %zu, expected "
			    "\"UPOS XPOS\"", c + 1);
	return true;
}

static bool
read_yaml(struct arena *arena, const char *folder, struct tag_model *m,
    struct text *weights, int *status)
{
	static const char *const known[] = {
		"reat", "weights", "tags", "epochs", "seed", "words", NULL
	};
	const char *path = mem_printf(arena, "%s/tagger.yaml", folder);
	const struct conf *yaml = !input_regular(path, status) ? NULL :
	    conf_read(arena, path, status);
	size_t version;

	if (yaml == NULL)
		return false;
	*status = STATUS_DATA;
	if (!conf_known(yaml, known) ||
	    !conf_size(yaml, "reat", 1, 1, &version) ||
	    !conf_text(yaml, "weights", weights) ||
	    !read_tags(arena, yaml, m))
		return false;
	if (memchr(weights->s, '/', weights->n) != NULL || weights->n == 0)
		return bad(conf_get(yaml, "weights")->at, "weights: \"%.*s\", "
		    "expected the name of a file in this folder",
		    TEXT_ARGS(*weights));
	return true;
}

/* Read a file of at most TAG_BYTES_LIMIT bytes; NULL with a message. */
static unsigned char *
read_file(struct arena *arena, const char *path, size_t *size, int *status)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	unsigned char *bytes = NULL;
	struct stat st;
	ssize_t got = 0;
	size_t n = 0;

	*status = STATUS_SYSTEM;
	if (fd < 0 || fstat(fd, &st) != 0) {
		bad((struct place){path, 0}, "cannot open: %s",
		    strerror(errno));
	} else if (!S_ISREG(st.st_mode) || st.st_size > TAG_BYTES_LIMIT) {
		*status = STATUS_DATA;
		bad((struct place){path, 0}, "expected a file of at most %d "
		    "MiB", TAG_BYTES_LIMIT >> 20);
	} else {
		*size = (size_t)st.st_size;
		bytes = MEM_VECTOR(arena, *size + 1, unsigned char);
		while (n < *size &&
		    (got = fd_read(fd, bytes + n, *size - n)) > 0)
			n += (size_t)got;
		if (n < *size) {
			bad((struct place){path, 0}, "cannot read: %s",
			    got < 0 ? strerror(errno) : "it shrank");
			bytes = NULL;
		}
	}
	if (fd >= 0)
		close(fd);
	return bytes;
}

/* Check that the offsets of buckets do not descend and end with the rows. */
static bool
check_buckets(const struct tag_model *m, size_t bytes, struct place at)
{
	size_t last = (size_t)1 << m->bits;
	uint32_t before = 0, end = bytes_get4(m->bucket + 4 * last);
	bool falls = bytes_get4(m->bucket) != 0;

	for (size_t b = 0; b <= last; b++) {
		uint32_t next = bytes_get4(m->bucket + 4 * b);

		falls |= next < before;
		if (next > before && next - before > TAG_BYTES_BUCKET)
			return bad(at, "a bucket of %u bytes, the limit is %d",
			    (unsigned)(next - before), TAG_BYTES_BUCKET);
		before = next;
	}
	if (falls || end != bytes)
		return bad(at, "damaged file, expected offsets of buckets "
		    "that do not descend and end at %zu", bytes);
	return true;
}

static bool
check_weights(struct tag_model *m, const unsigned char *bytes, size_t size,
    struct place at)
{
	size_t rows, buckets;

	if (compress_refused(at, bytes, size))
		return false;
	if (size < TAG_BYTES_HEADER || size % 8 != 0 ||
	    memcmp(bytes, TAG_BYTES_MAGIC, 8) != 0 ||
	    bytes_get4(bytes + 8) != 1)
		return bad(at, "not a tagger's weights, expected reat-tag "
		    "version 1");
	if (bytes_get4(bytes + 12) != m->classes)
		return bad(at, "%u classes, expected the %zu of tagger.yaml",
		    (unsigned)bytes_get4(bytes + 12), m->classes);
	m->bits = bytes_get4(bytes + 16);
	rows = bytes_get4(bytes + 20);
	if (m->bits > TAG_BYTES_MOST_BITS)
		return bad(at, "2^%u buckets, expected at most 2^%d", m->bits,
		    TAG_BYTES_MOST_BITS);
	buckets = 4 * (((size_t)1 << m->bits) + 1);
	if (size != tag_bytes_padded(TAG_BYTES_HEADER + buckets + rows))
		return bad(at, "%zu bytes, expected %zu", size,
		    tag_bytes_padded(TAG_BYTES_HEADER + buckets + rows));
	if (bytes_get8(bytes + 24) != tag_bytes_sum(
	    bytes + TAG_BYTES_HEADER, size - TAG_BYTES_HEADER))
		return bad(at, "damaged file, expected the checksum of its "
		    "bytes");
	m->bucket = bytes + TAG_BYTES_HEADER;
	m->rows = m->bucket + buckets;
	return check_buckets(m, rows, at);
}

bool
tag_model_read(struct arena *arena, const char *folder, struct tag_model *m,
    int *status)
{
	struct text weights;
	unsigned char *bytes;
	const char *path;
	size_t size;

	if (!read_yaml(arena, folder, m, &weights, status))
		return false;
	path = mem_printf(arena, "%s/%.*s", folder, (int)weights.n, weights.s);
	bytes = read_file(arena, path, &size, status);
	if (bytes == NULL)
		return false;
	*status = STATUS_DATA;
	return check_weights(m, bytes, size, (struct place){path, 0});
}

/* Add the weights of the first row with this mark; a cut-off row is the end. */
static void
add_row(const unsigned char *row, const unsigned char *end, unsigned mark,
    int32_t score[TAG_SCORES])
{
	while (end - row > 3 && end - row >= 3 + 2 * (ptrdiff_t)row[2]) {
		size_t n = row[2];

		if (((unsigned)row[0] | (unsigned)row[1] << 8) != mark) {
			row += 3 + 2 * n;
			continue;
		}
		for (size_t k = 0; k < n; k++) {
			const unsigned char *pair = row + 3 + 2 * k;

			score[pair[0]] += tag_model_value((signed char)pair[1]);
		}
		return;
	}
}

/*
 * Most of the time is spent waiting for memory.  So all offsets are read, and
 * the first bytes of their rows prefetched, before the first row is walked.
 */
void
tag_model_add(const struct tag_model *m, const uint64_t *key, size_t n,
    int32_t score[TAG_SCORES])
{
	const unsigned char *row[TAG_KEYS], *end[TAG_KEYS];

	for (size_t i = 0; i < n; i++) {
		const unsigned char *bucket = m->bucket +
		    4 * tag_bytes_bucket(key[i], m->bits);

		row[i] = m->rows + bytes_get4(bucket);
		end[i] = m->rows + bytes_get4(bucket + 4);
		__builtin_prefetch(row[i]);
	}
	for (size_t i = 0; i < n; i++)
		add_row(row[i], end[i], tag_bytes_mark(key[i], m->bits),
		    score);
}

void
tag_model_expect(const struct tag_model *m, const uint64_t *key, size_t n)
{
	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(m->bucket +
		    4 * tag_bytes_bucket(key[i], m->bits));
}
