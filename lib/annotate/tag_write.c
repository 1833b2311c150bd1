/* SPDX-License-Identifier: ISC */
#include "annotate/tag_write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/perceptron.h"
#include "annotate/tag_bytes.h"
#include "annotate/tag_model.h"
#include "base/bytes.h"
#include "base/conf_value.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/output.h"

enum { FINE = 256 };		/* steps of size for one of code */

struct weight {
	unsigned char class;
	signed char code;
	unsigned short size;	/* |code| before rounding, times FINE */
};

/* A feature and its weights, number first to first + n - 1 of the list. */
struct feature {
	uint64_t key;
	size_t first;
	size_t n;
};

struct codes {
	struct feature *feature;	/* [n] */
	size_t n, cap;
	struct weight *weight;	/* [weights] */
	size_t weights, weight_cap;
};

static double
largest_mean(const struct perceptron *p, size_t classes, double *mean)
{
	double most = 0;

	for (size_t i = 0; i < perceptron_features(p); i++) {
		perceptron_mean(p, (uint32_t)i, mean);
		for (size_t c = 0; c < classes; c++)
			if (fabs(mean[c]) > most)
				most = fabs(mean[c]);
	}
	return most;
}

static int
by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct feature *)a)->key;
	uint64_t y = ((const struct feature *)b)->key;

	return (x > y) - (x < y);
}

/* List all weights whose code is not 0; the features are sorted by key. */
static void
encode(struct codes *list, const struct perceptron *p, size_t classes)
{
	double mean[TAG_CLASSES], most = largest_mean(p, classes, mean);

	for (size_t i = 0; i < perceptron_features(p); i++) {
		struct feature f = {perceptron_key(p, (uint32_t)i),
		    list->weights, 0};

		perceptron_mean(p, (uint32_t)i, mean);
		for (size_t c = 0; c < classes; c++) {
			double q = sqrt(fabs(mean[c]) / most) * 127;
			double code = floor(q + 0.5);

			if (!(code >= 1))
				continue;
			list->weight = mem_grow(list->weight,
			    &list->weight_cap, list->weights + 1,
			    sizeof *list->weight);
			list->weight[list->weights++] = (struct weight){
			    (unsigned char)c,
			    (signed char)(mean[c] < 0 ? -code : code),
			    (unsigned short)(q * FINE)};
			f.n++;
		}
		if (f.n == 0)
			continue;
		list->feature = mem_grow(list->feature, &list->cap,
		    list->n + 1, sizeof *list->feature);
		list->feature[list->n++] = f;
	}
	if (list->n > 0)
		qsort(list->feature, list->n, sizeof *list->feature, by_key);
}

/* The number of weights of a feature that have at least this size. */
static size_t
codes_from(const struct codes *list, const struct feature *f, int least)
{
	size_t n = 0;

	for (size_t k = f->first; k < f->first + f->n; k++)
		n += list->weight[k].size >= least;
	return n;
}

/* The bytes of all rows; bits: the buckets have one or two rows on average. */
static size_t
rows_size(const struct codes *list, int least, unsigned *bits)
{
	size_t bytes = 0, rows = 0;

	for (size_t i = 0; i < list->n; i++) {
		size_t n = codes_from(list, &list->feature[i], least);

		rows += n > 0;
		bytes += n > 0 ? 3 + 2 * n : 0;
	}
	*bits = 0;
	while (*bits < TAG_BYTES_MOST_BITS && (size_t)2 << *bits < rows)
		++*bits;
	return bytes;
}

/* Append the row of a feature.  Returns its end. */
static unsigned char *
put_row(unsigned char *to, const struct codes *list, const struct feature *f,
    int least, unsigned bits)
{
	unsigned mark = tag_bytes_mark(f->key, bits);
	unsigned char *count = to + 2;

	if (codes_from(list, f, least) == 0)
		return to;
	to[0] = (unsigned char)(mark & 0xff);
	to[1] = (unsigned char)(mark >> 8);
	*count = 0;
	to += 3;
	for (size_t k = f->first; k < f->first + f->n; k++) {
		if (list->weight[k].size < least)
			continue;
		*to++ = list->weight[k].class;
		*to++ = (unsigned char)list->weight[k].code;
		++*count;
	}
	return to;
}

/*
 * End buckets *b to next - 1, which contain the rows up to end.  The rows of a
 * bucket are searched one by one, so it must not be long.  Only a corpus that
 * was made for it has a long one.
 */
static void
end_buckets(unsigned char *bucket, size_t *b, size_t next, size_t end)
{
	for (; *b < next; ++*b) {
		if (end - bytes_get4(bucket + 4 * *b) > TAG_BYTES_BUCKET)
			die("option -o: too many features of the corpus "
			    "collide, the limit is %d bytes",
			    TAG_BYTES_BUCKET);
		bytes_put4(bucket + 4 * *b + 4, (uint32_t)end);
	}
}

/* Make the bytes of weights.bin, without small weights if they are too many. */
static unsigned char *
pack(const struct codes *list, size_t classes, size_t *size)
{
	unsigned bits;
	int least = 0;
	size_t rows, buckets, b = 0;
	unsigned char *file, *bucket, *to;

	do {
		least += FINE / 16;
		rows = rows_size(list, least, &bits);
		buckets = 4 * (((size_t)1 << bits) + 1);
		*size = tag_bytes_padded(TAG_BYTES_HEADER + buckets + rows);
	} while (*size > TAG_MODEL_BYTES);
	file = mem_calloc(*size, 1);
	memcpy(file, TAG_BYTES_MAGIC, 8);
	bytes_put4(file + 8, 1);
	bytes_put4(file + 12, (uint32_t)classes);
	bytes_put4(file + 16, bits);
	bytes_put4(file + 20, (uint32_t)rows);
	bucket = file + TAG_BYTES_HEADER;
	to = bucket + buckets;
	for (size_t i = 0; i < list->n; i++) {
		size_t in = tag_bytes_bucket(list->feature[i].key, bits);

		end_buckets(bucket, &b, in, (size_t)(to - bucket) - buckets);
		to = put_row(to, list, &list->feature[i], least, bits);
	}
	end_buckets(bucket, &b, (size_t)1 << bits, rows);
	{
		uint64_t sum = tag_bytes_sum(file + TAG_BYTES_HEADER,
		    *size - TAG_BYTES_HEADER);

		bytes_put8(file + 24, sum);
	}
	return file;
}

static void
write_yaml(struct output *o, const struct dict *tags,
    const struct tag_origin *origin)
{
	output_printf(o, "# A tagger of reat-tag(1).\nreat: 1\n"
	    "weights: weights.bin\nepochs: %ld\nseed: %ld\nwords: %zu\n"
	    "tags:\n", origin->epochs, origin->seed, origin->words);
	for (size_t c = 0; c < dict_size(tags); c++) {
		output_string(o, "  - ");
		conf_write_quoted(o, dict_text(tags, (int32_t)c));
		output_char(o, '\n');
	}
}

void
tag_write(const char *folder, const struct dict *tags,
    const struct perceptron *p, const struct tag_origin *origin)
{
	struct arena *arena = mem_arena();
	struct codes list = {0};
	const char *part;
	unsigned char *file;
	struct output o;
	size_t size;

	encode(&list, p, dict_size(tags));
	file = pack(&list, dict_size(tags), &size);
	part = folder_begin(arena, folder);
	o = output_create(mem_printf(arena, "%s/weights.bin", part));
	output_bytes(&o, file, size);
	output_done(&o, STATUS_OK);
	o = output_create(mem_printf(arena, "%s/tagger.yaml", part));
	write_yaml(&o, tags, origin);
	output_done(&o, STATUS_OK);
	folder_end(NULL);
	free(file);
	free(list.feature);
	free(list.weight);
	mem_free(arena);
}
