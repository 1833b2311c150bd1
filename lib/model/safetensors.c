/* SPDX-License-Identifier: ISC */
/*
 * The format of a file:
 *
 *     8 bytes        n, little-endian
 *     n bytes        {"NAME": {"dtype": "F32", "shape": [450, 100],
 *                     "data_offsets": [0, 180000]}, ...,
 *                     "__metadata__": {"KEY": "VALUE", ...}}
 *     to the end     the data; offsets count from here, numbers little-endian
 *
 * What a hostile file may try, and the check:
 *
 *     n of 2^63                     n is within the file, and at most 1 MiB
 *     "[[[[[[...", for the parser   brackets are counted before it runs
 *     "1e9", "-1", "0x8", 2^64      digits only, and a value that fits
 *     a shape of 2^32 by 2^32       each product is at most the data's bytes
 *     offsets beyond the end        begin <= end <= the data's bytes
 *     a shape larger than its span  numbers times their size is the span
 *     spans that overlap            all pairs are compared (at most 1024
 *                                   tensors)
 *     bytes that no tensor has      the spans have as many as the file
 *     a name twice                  duplicate keys are refused (conf.h)
 *
 * Data is mapped, not read, and may lie at any address: number.h reads it byte
 * by byte.  Numbers are not checked here; NaN and infinity are found where a
 * model's weights are read.  A file that another program shortens while it is
 * mapped ends the process with SIGBUS.
 */
#include "model/safetensors.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/compress.h"
#include "base/conf.h"
#include "base/conf_value.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"

enum {
	HEADER_LIMIT = 1 << 20,
	DEPTH_LIMIT = 3,
	TENSORS_LIMIT = 1024,
};

static const char metadata[] = "__metadata__";

void
tensor_floats(const struct tensor *t, size_t first, size_t n, float *to)
{
	number_read(t->type, t->data + first * number_sizes[t->type], n, to);
}

double *
tensor_doubles(struct arena *arena, const struct tensor *t)
{
	double *x = MEM_VECTOR(arena, t->count, double);

	number_read_double(t->type, t->data, t->count, x);
	return x;
}

void
tensor_hold(struct arena *arena, struct tensor *t, size_t rows, size_t cols,
    const double *x)
{
	unsigned char *data = mem_alloc(arena, rows * cols, sizeof *x);

	for (size_t i = 0; i < rows * cols; i++) {
		uint64_t bits;

		memcpy(&bits, &x[i], sizeof bits);
		bytes_put8(data + 8 * i, bits);
	}
	t->type = NUMBER_F64;
	t->dtype = TEXT("F32");
	t->dims = 2;
	t->shape[0] = rows;
	t->shape[1] = cols;
	t->count = rows * cols;
	t->bytes = sizeof *x * t->count;
	t->data = data;
}

struct tensor *
tensor_find(struct tensor *tensor, size_t n, struct text name)
{
	for (size_t i = 0; i < n; i++)
		if (text_equal(tensor[i].name, name))
			return &tensor[i];
	return NULL;
}

const char *
tensor_shape(struct arena *arena, size_t dims, const size_t *shape)
{
	const char *text = dims == 0 ? "a single number" : "";

	for (size_t i = 0; i < dims; i++)
		text = mem_printf(arena, "%s[%zu]", text, shape[i]);
	return text;
}

bool
tensor_no_matrix(struct arena *arena, const struct tensor *t)
{
	return bad((struct place){t->file, 0}, "tensor \"%.*s\" of %.*s is %s, "
	    "expected a matrix of F32, F16, BF16 or F64", TEXT_ARGS(t->name),
	    TEXT_ARGS(t->dtype), tensor_shape(arena, t->dims, t->shape));
}

bool
tensor_twice(const struct tensor *first, const struct tensor *t)
{
	return bad((struct place){t->file, 0}, "tensor \"%.*s\" is also in %s; "
	    "remove one of the two files", TEXT_ARGS(t->name), first->file);
}

/* ---- reading ---- */

/* Count brackets outside of strings, before the parser sees the header. */
static bool
check_depth(struct text json, struct place at)
{
	int depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < json.n; i++) {
		char c = json.s[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '{' || c == '['))
			depth++;
		else if (!quoted && (c == '}' || c == ']'))
			depth--;
		if (depth > DEPTH_LIMIT)
			return bad(at, "the header is nested more than %d "
			    "deep", DEPTH_LIMIT);
	}
	return true;
}

static bool
read_digits(const struct conf *c, size_t *value)
{
	return c->kind == CONF_SCALAR && !c->quoted &&
	    text_to_size(c->scalar, value);
}

/* One tensor of the header; room is the number of bytes of data. */
static bool
read_entry(struct text name, const struct conf *c, const unsigned char *data,
    size_t room, struct tensor *t)
{
	struct place at = {c->at.file, 0};
	const struct conf *shape = conf_get(c, "shape");
	const struct conf *offsets = conf_get(c, "data_offsets");
	size_t begin, end, count = 1;

	*t = (struct tensor){.name = name, .file = c->at.file};
	if (c->kind != CONF_MAP || shape == NULL || offsets == NULL ||
	    shape->kind != CONF_LIST || offsets->kind != CONF_LIST ||
	    offsets->n != 2 || conf_get(c, "dtype") == NULL)
		return bad(at, "tensor \"%.*s\": expected dtype, shape and "
		    "two data_offsets", TEXT_ARGS(name));
	if (!conf_text(c, "dtype", &t->dtype))
		return false;
	t->type = number_type_of(t->dtype);
	if (!read_digits(offsets->child[0], &begin) ||
	    !read_digits(offsets->child[1], &end) || begin > end || end > room)
		return bad(at, "tensor \"%.*s\": expected data_offsets "
		    "[BEGIN, END] within the file's %zu bytes of data",
		    TEXT_ARGS(name), room);
	if (shape->n > TENSOR_DIMS)
		return bad(at, "tensor \"%.*s\": %zu dimensions, the limit "
		    "is %d", TEXT_ARGS(name), shape->n, TENSOR_DIMS);
	t->dims = shape->n;
	for (size_t i = 0; i < t->dims; i++) {
		if (!read_digits(shape->child[i], &t->shape[i]) ||
		    (t->shape[i] > 0 && count > room / t->shape[i]))
			return bad(at, "tensor \"%.*s\": the shape is "
			    "larger than the file, or not a list of whole "
			    "numbers", TEXT_ARGS(name));
		count *= t->shape[i];
	}
	if (t->type != NUMBER_OTHER && (count > room / number_sizes[t->type] ||
	    count * number_sizes[t->type] != end - begin))
		return bad(at, "tensor \"%.*s\": %zu numbers of %.*s in %zu "
		    "bytes, expected %zu bytes a number", TEXT_ARGS(name),
		    count, TEXT_ARGS(t->dtype), end - begin,
		    number_sizes[t->type]);
	t->count = count;
	t->bytes = end - begin;
	t->data = data + begin;
	return true;
}

/* Each byte belongs to one tensor. */
static bool
check_spans(const struct tensor *t, size_t n, size_t room, struct place at)
{
	size_t bytes = 0;

	for (size_t i = 0; i < n; i++) {
		bytes += t[i].bytes;
		for (size_t j = 0; j < i; j++)
			if (t[i].data < t[j].data + t[j].bytes &&
			    t[j].data < t[i].data + t[i].bytes)
				return bad(at, "tensors \"%.*s\" and "
				    "\"%.*s\" overlap", TEXT_ARGS(t[j].name),
				    TEXT_ARGS(t[i].name));
	}
	return bytes == room || bad(at, "%zu bytes belong to no tensor, "
	    "expected data_offsets without a gap", room - bytes);
}

/* A mapped file, whose header has not been parsed. */
struct mapped {
	struct place at;
	struct text json;
	const unsigned char *data;
	size_t room;
};

static bool
map_file(struct arena *arena, const char *path, struct mapped *f, int *status)
{
	const unsigned char *file;
	uint64_t length;
	struct stat st;
	size_t size;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	f->at = (struct place){mem_copy(arena, path, strlen(path)), 0};
	*status = STATUS_SYSTEM;
	if (fd < 0 || fstat(fd, &st) != 0) {
		bad(f->at, "cannot open: %s", strerror(errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	*status = STATUS_DATA;
	size = st.st_size < 0 ? 0 : (size_t)st.st_size;
	if (!S_ISREG(st.st_mode) || size < 10) {
		close(fd);
		return bad(f->at, "not a safetensors file: not a regular "
		    "file, or shorter than 10 bytes");
	}
	file = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (file == MAP_FAILED) {
		*status = STATUS_SYSTEM;
		return bad(f->at, "cannot map: %s", strerror(errno));
	}
	/* the length of a header can begin like gzip, but a { follows it */
	if (file[8] != '{' && compress_refused(f->at, file, size))
		return false;
	length = bytes_get8(file);
	if (length > HEADER_LIMIT || length > size - 8)
		return bad(f->at, "a header of %llu bytes, the limit is %zu",
		    (unsigned long long)length, size - 8 < HEADER_LIMIT ?
		    size - 8 : (size_t)HEADER_LIMIT);
	f->json = (struct text){(const char *)file + 8, (size_t)length};
	f->data = file + 8 + length;
	f->room = size - 8 - (size_t)length;
	return true;
}

/* Returns the parsed header, or NULL with a message. */
static const struct conf *
read_header(struct arena *arena, const struct mapped *f)
{
	const struct conf *header = check_depth(f->json, f->at) ?
	    conf_json(arena, f->json, f->at.file) : NULL;

	if (header == NULL)
		return NULL;
	if (header->kind != CONF_MAP || header->n > TENSORS_LIMIT) {
		bad(f->at, "the header is not a map, or has more than %d "
		    "tensors", TENSORS_LIMIT);
		return NULL;
	}
	return header;
}

bool
safetensors_read(struct arena *arena, const char *path,
    struct tensor **tensor, size_t *n, int *status)
{
	const struct conf *header;
	struct tensor *all;
	struct mapped f;
	size_t k = *n;

	if (!map_file(arena, path, &f, status) ||
	    (header = read_header(arena, &f)) == NULL)
		return false;
	all = MEM_NEW(arena, *n + header->n, struct tensor);
	if (*n > 0)
		memcpy(all, *tensor, *n * sizeof *all);
	for (size_t i = 0; i < header->n; i++) {
		if (text_is(header->key[i], metadata))
			continue;
		if (!read_entry(header->key[i], header->child[i], f.data,
		    f.room, &all[k++]))
			return false;
	}
	if (!check_spans(all + *n, k - *n, f.room, f.at))
		return false;
	*tensor = all;
	*n = k;
	return true;
}

bool
safetensors_note(struct arena *arena, const char *path, const char *key,
    struct text *value, int *status)
{
	const struct conf *header, *note;
	struct mapped f;

	if (!map_file(arena, path, &f, status) ||
	    (header = read_header(arena, &f)) == NULL)
		return false;
	note = conf_get(conf_get(header, metadata), key);
	*value = (struct text){NULL, 0};
	if (note != NULL && note->kind != CONF_SCALAR)
		return bad(f.at, "%s: %s is not a string", metadata, key);
	if (note != NULL)
		*value = note->scalar;
	return true;
}

/* ---- writing ---- */

static void
write_numbers(struct output *o, enum number_type type, const float *v,
    size_t n)
{
	unsigned char bytes[4096];
	size_t most = sizeof bytes / number_sizes[type];

	for (size_t i = 0; i < n; i += most) {
		size_t some = n - i < most ? n - i : most;

		number_write(type, v + i, some, bytes);
		output_bytes(o, bytes, some * number_sizes[type]);
	}
}

/* Write s as a JSON string. */
static void
write_string(struct output *o, struct text s)
{
	output_char(o, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if (c < ' ' || c == '"' || c == '\\')
			output_printf(o, "\\u%04x", c);
		else
			output_char(o, s.s[i]);
	}
	output_char(o, '"');
}

void
safetensors_write(const char *path, const struct tensor_out *tensor, size_t n,
    const struct note_out *note)
{
	struct output header = output_to(-1, path), o;
	unsigned char length[8];
	size_t offset = 0, pad;

	output_char(&header, '{');
	if (note != NULL) {
		output_printf(&header, "\"%s\":{\"%s\":", metadata, note->key);
		write_string(&header, note->value);
		output_string(&header, n > 0 ? "}," : "}");
	}
	for (size_t i = 0; i < n; i++) {
		size_t bytes = number_sizes[tensor[i].type];

		output_printf(&header, "%s\"%s\":{\"dtype\":\"%s\",\"shape\":[",
		    i > 0 ? "," : "", tensor[i].name,
		    number_names[tensor[i].type]);
		for (size_t d = 0; d < tensor[i].dims; d++) {
			output_printf(&header, "%s%zu", d > 0 ? "," : "",
			    tensor[i].shape[d]);
			bytes *= tensor[i].shape[d];
		}
		output_printf(&header, "],\"data_offsets\":[%zu,%zu]}", offset,
		    offset + bytes);
		offset += bytes;
	}
	output_char(&header, '}');
	for (pad = (8 - header.n % 8) % 8; pad > 0; pad--)
		output_char(&header, ' ');
	o = output_create(path);
	bytes_put8(length, header.n);
	output_bytes(&o, length, sizeof length);
	output_bytes(&o, header.buf, header.n);
	for (size_t i = 0; i < n; i++) {
		size_t count = 1;

		for (size_t d = 0; d < tensor[i].dims; d++)
			count *= tensor[i].shape[d];
		write_numbers(&o, tensor[i].type, tensor[i].data, count);
	}
	output_done(&o, STATUS_OK);
	output_done(&header, STATUS_OK);
}
