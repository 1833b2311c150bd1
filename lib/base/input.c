/* SPDX-License-Identifier: ISC */
#include "base/input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/bytes.h"
#include "base/compress.h"
#include "base/mark.h"
#include "base/mem.h"
#include "base/unpack.h"

enum { READ_SIZE = 1 << 16 };

struct input {
	char *const *operand;	/* the next one to open */
	const char *file;	/* the open one's name, for messages */
	int fd;			/* -1: none is open */
	bool ended;		/* read(2) returned 0 */
	bool fresh;		/* the first bytes are not known yet */
	struct unpack *unpack;	/* fd is what it writes; or NULL */
	struct mark_reader mark;
	bool giant;		/* inside a record above the limit */
	bool cr;		/* a line of the record ends with CR */
	size_t line;		/* lines consumed of this operand */

	/* Unread bytes are buf[start..end).  The scan for a record's end has
	 * seen all lines before line_at, and bytes before seen. */
	char *buf;
	size_t start, end, cap;
	size_t line_at, seen;
	size_t lines;		/* newlines before line_at */
};

static const char *const unit_name[] = {
	[INPUT_LINES] = "line",
	[INPUT_BLOCKS] = "block",
};

static char *const just_stdin[] = {(char[]){"-"}, NULL};

struct input *
input_open(char *const operands[])
{
	struct input *in = mem_calloc(1, sizeof *in);

	in->operand = operands[0] == NULL ? just_stdin : operands;
	in->fd = -1;
	return in;
}

static void
close_operand(struct input *in)
{
	if (in->fd > 0)
		close(in->fd);
	if (in->unpack != NULL)
		unpack_stop(in->unpack);
	in->unpack = NULL;
	in->fd = -1;
}

void
input_close(struct input *in)
{
	close_operand(in);
	free(in->buf);
	free(in);
}

static bool
open_next(struct input *in)
{
	const char *name = *in->operand++;

	in->ended = false;
	in->fresh = true;
	in->giant = false;
	in->mark = (struct mark_reader){.state = MARK_START};
	in->line = in->lines = 0;
	in->start = in->end = in->line_at = in->seen = 0;
	if (strcmp(name, "-") == 0) {
		in->file = "stdin";
		in->fd = STDIN_FILENO;
		return true;
	}
	in->file = name;
	in->fd = fd_above_std(open(name, O_RDONLY | O_CLOEXEC));
	if (in->fd < 0)
		return bad((struct place){name, 0}, "cannot open: %s",
		    strerror(errno));
	return true;
}

/* Move the unread bytes to the front, and make room after them. */
static void
make_room(struct input *in)
{
	if (in->start > 0) {
		memmove(in->buf, in->buf + in->start, in->end - in->start);
		in->end -= in->start;
		in->line_at -= in->start;
		in->seen -= in->start;
		in->start = 0;
	}
	if (in->end == 0 && in->cap > 16 * READ_SIZE) {
		free(in->buf);		/* it was large for a giant record */
		in->buf = NULL;
		in->cap = 0;
	}
	in->buf = mem_grow(in->buf, &in->cap, in->end + READ_SIZE, 1);
}

/*
 * Look at the first bytes; perhaps only some of them are there yet.  Skip a
 * byte order mark.  If the file is compressed, go on with what a program makes
 * of it; returns false with a message if it cannot be started.
 */
static bool
take_start(struct input *in)
{
	size_t n = in->end < 3 ? in->end : 3;
	bool mark = memcmp(in->buf, "\xef\xbb\xbf", n) == 0, more = false;
	struct text head = {in->buf, in->end};
	const struct compress_format *format = in->unpack != NULL ? NULL :
	    compress_find(head, &more);

	if (format != NULL) {
		in->unpack = unpack_start(format, in->file, &in->fd, head);
		in->end = in->seen = 0;
		return in->unpack != NULL;
	}
	in->fresh = !in->ended && (more || (mark && n < 3));
	if (mark && n == 3)
		in->start = in->line_at = in->seen = 3;
	return true;
}

/*
 * read(2) returned 0.  If a program stopped before its end, what is left in the
 * buffer is no whole record: forget it.
 */
static enum input_got
take_end(struct input *in)
{
	struct unpack *unpack = in->unpack;
	int status;

	in->ended = true;
	if (unpack == NULL)
		return INPUT_RECORD;
	in->unpack = NULL;
	status = unpack_end(unpack, (struct place){in->file, in->line + 1});
	if (status == STATUS_OK)
		return INPUT_RECORD;
	close_operand(in);
	return status == STATUS_DATA ? INPUT_BAD : INPUT_FAILED;
}

/*
 * Read once.  Returns INPUT_RECORD if there are new bytes, or at the end; or
 * INPUT_BAD or INPUT_FAILED after a message, and the operand is closed.
 */
static enum input_got
fill(struct input *in, bool wait)
{
	struct pollfd p = {.fd = in->fd, .events = POLLIN};
	enum input_got got;
	ssize_t n;

	if (!wait && poll(&p, 1, 0) == 0)
		return INPUT_IDLE;
	make_room(in);
	n = fd_read(in->fd, in->buf + in->end, in->cap - in->end);
	if (n < 0) {
		bad((struct place){in->file, 0}, "cannot read: %s",
		    strerror(errno));
		close_operand(in);
		return INPUT_FAILED;
	}
	in->end += (size_t)n;
	if (n == 0 && (got = take_end(in)) != INPUT_RECORD)
		return got;
	if (in->fresh && !take_start(in)) {
		close_operand(in);
		return INPUT_FAILED;
	}
	return INPUT_RECORD;
}

/* The length of the line [from, newline) without the CR of a CRLF. */
static size_t
line_length(const struct input *in, size_t from, size_t newline)
{
	size_t n = newline - from;

	return n > 0 && in->buf[newline - 1] == '\r' ? n - 1 : n;
}

/* Forget the bytes before next, which contain this many newlines. */
static void
skip(struct input *in, size_t next, size_t lines)
{
	in->start = in->line_at = in->seen = next;
	in->line += lines;
	in->lines = 0;
	in->cr = false;
}

/* The same with bytes of the stream, which its end mark counts. */
static void
consume(struct input *in, size_t next, size_t lines)
{
	mark_took(&in->mark, in->buf + in->start, next - in->start);
	skip(in, next, lines);
}

/*
 * Look for the end of a record in the buffer.  Returns true if it is there:
 * *stop is then the end of its bytes, *next the start of the next record.
 */
static bool
find_end(struct input *in, enum input_unit unit, size_t *stop, size_t *next)
{
	for (;;) {
		char *p = in->end == in->seen ? NULL :
		    memchr(in->buf + in->seen, '\n', in->end - in->seen);
		size_t newline;

		if (p == NULL) {
			in->seen = in->end;
			*stop = *next = in->end;
			/* a last line of CR alone is an empty line */
			if (in->ended && unit == INPUT_BLOCKS &&
			    line_length(in, in->line_at, in->end) == 0)
				*stop = in->line_at;
			return in->ended && *stop > in->start;
		}
		newline = (size_t)(p - in->buf);
		*next = in->seen = newline + 1;
		in->cr |= newline > 0 && in->buf[newline - 1] == '\r';
		if (unit == INPUT_LINES) {
			*stop = newline;
			in->lines = 1;
			return true;
		}
		if (line_length(in, in->line_at, newline) > 0) {
			in->line_at = *next;
			in->lines++;
		} else if (in->line_at == in->start) {
			consume(in, *next, 1);	/* blank lines before a block */
		} else {
			*stop = in->line_at;
			in->lines++;
			return true;
		}
	}
}

static void
report_giant(const struct input *in, enum input_unit unit)
{
	bad((struct place){in->file, in->line + 1}, "this %s is too long, the "
	    "limit is %d MiB", unit_name[unit], INPUT_LIMIT >> 20);
}

/*
 * The record is too long.  Report it once, and keep only the bytes that decide
 * where it ends: a line "x" for the lines before, and the first two bytes of
 * the line in which the scan is.  input_next then continues as with any record
 * and forgets this one at its end.
 */
static void
shrink_giant(struct input *in, enum input_unit unit)
{
	size_t n = in->end - in->line_at < 2 ? in->end - in->line_at : 2;
	size_t before = unit == INPUT_BLOCKS ? 2 : 0;

	if (!in->giant)
		report_giant(in, unit);
	in->giant = true;
	in->mark.lost = true;
	memmove(in->buf + before, in->buf + in->line_at, n);
	memcpy(in->buf, "x\n", before);
	in->start = 0;
	in->line_at = before;
	in->end = in->seen = before + n;
}

/*
 * Look for a mark in the first line of the record [start, stop) of the buffer.
 * Returns INPUT_IDLE if there is no record: it was a mark, or what the end of
 * an operand cut off, which has no end mark.
 */
static enum input_got
take_marks(struct input *in, size_t stop)
{
	struct text rest = {in->buf + in->start, stop - in->start}, line;
	size_t next;
	enum mark_got got;

	if (in->mark.state == MARK_PLAIN && rest.s[0] != '#')
		return INPUT_RECORD;
	line = text_cut(&rest, '\n');
	got = mark_look(&in->mark, line, (struct place){in->file,
	    in->line + 1});
	if (got == MARK_MISSING) {
		close_operand(in);
		return INPUT_BAD;
	}
	if (got == MARK_NONE && (in->mark.state != MARK_INSIDE || !in->ended))
		return INPUT_RECORD;
	next = in->start + line.n;
	next = got == MARK_NONE ? in->end : next + (next < in->end);
	skip(in, next, got != MARK_NONE);
	return got == MARK_BAD ? INPUT_BAD : INPUT_IDLE;
}

/* Returns false with a message if the operand ended before its end mark. */
static bool
end_operand(struct input *in)
{
	bool whole = mark_ends(&in->mark, (struct place){in->file,
	    in->line + (in->line > 0)});

	close_operand(in);
	return whole;
}

enum input_got
input_next(struct input *in, enum input_unit unit, bool wait,
    struct record *r)
{
	size_t stop, next;
	enum input_got got;

	for (;;) {
		if (in->fd < 0) {
			if (*in->operand == NULL)
				return INPUT_END;
			if (!open_next(in)) {
				mark_broken();
				return INPUT_FAILED;
			}
		}
		r->at = (struct place){in->file, in->line + 1};
		if (find_end(in, unit, &stop, &next)) {
			if (in->giant) {
				in->giant = false;
				consume(in, next, in->lines);
				continue;
			}
			if ((got = take_marks(in, stop)) == INPUT_RECORD)
				break;
			if (got == INPUT_BAD)
				return got;
			continue;
		}
		if (in->ended) {
			if (!end_operand(in))
				return INPUT_BAD;
			continue;
		}
		if (in->giant || in->end - in->start > INPUT_LIMIT) {
			bool known = in->giant;

			shrink_giant(in, unit);
			if (!known)
				return INPUT_BAD;
		}
		if ((got = fill(in, wait)) != INPUT_RECORD) {
			if (got != INPUT_IDLE)
				mark_broken();
			return got;
		}
	}
	r->at = (struct place){in->file, in->line + 1};
	if (stop - in->start > INPUT_LIMIT) {
		report_giant(in, unit);
		consume(in, next, in->lines);
		return INPUT_BAD;
	}
	r->text.s = in->buf + in->start;
	r->text.n = stop - in->start;
	if (in->cr || (r->text.n > 0 && in->buf[stop - 1] == '\r'))
		r->text.n = bytes_drop_cr(in->buf + in->start, r->text.n);
	consume(in, next, in->lines);
	return bytes_checked(r->text, r->at) ? INPUT_RECORD : INPUT_BAD;
}

bool
input_peek(struct input *in, size_t n, struct text *bytes)
{
	while (in->fd >= 0 && !in->ended && in->end - in->start < n)
		if (fill(in, true) != INPUT_RECORD)
			return false;
	*bytes = (struct text){in->buf + in->start, in->end - in->start};
	if (bytes->n > n)
		bytes->n = n;
	return true;
}

void
input_take(struct input *in, size_t n)
{
	consume(in, in->start + n, 0);
}

bool
input_regular(const char *path, int *status)
{
	struct stat st;

	*status = STATUS_DATA;
	return stat(path, &st) != 0 || S_ISREG(st.st_mode) ||
	    S_ISDIR(st.st_mode) ||
	    bad((struct place){path, 0}, "a FIFO or a device, expected a "
	    "file");
}

/*
 * Read the file to its end, or to the first bytes after the limit, and close
 * it.  Returns STATUS_OK, or another status with a message.
 */
static int
read_whole(struct place at, int fd, size_t limit, char **buf, size_t *n)
{
	struct unpack *unpack = NULL;
	int status = STATUS_OK;
	bool more = true;
	size_t cap = 0;
	ssize_t got;

	do {
		const struct compress_format *format;

		*buf = mem_grow(*buf, &cap, *n + READ_SIZE, 1);
		got = fd_read(fd, *buf + *n, cap - *n);
		*n += got > 0 ? (size_t)got : 0;
		format = more ? compress_find((struct text){*buf, *n}, &more) :
		    NULL;
		if (format != NULL && (unpack = unpack_start(format, at.file,
		    &fd, (struct text){*buf, *n})) == NULL)
			status = STATUS_SYSTEM;
		if (format != NULL)
			*n = 0;
	} while (got > 0 && *n <= limit && status == STATUS_OK);
	if (got < 0)
		bad(at, "cannot read: %s", strerror(errno));
	else if (*n > limit)
		bad(at, "the file is too long, the limit is %zu bytes", limit);
	close(fd);
	if (unpack != NULL && (got < 0 || *n > limit))
		unpack_stop(unpack);
	else if (unpack != NULL)
		status = unpack_end(unpack, at);
	return got < 0 ? STATUS_SYSTEM : *n > limit ? STATUS_DATA : status;
}

bool
input_whole(struct arena *arena, const char *path, size_t limit,
    struct text *whole, int *status)
{
	struct place at = {path, 0};
	int fd = fd_above_std(open(path, O_RDONLY | O_CLOEXEC));
	char *buf = NULL;
	size_t n = 0;

	*status = STATUS_SYSTEM;
	if (fd < 0)
		return bad(at, "cannot open: %s", strerror(errno));
	*status = read_whole(at, fd, limit, &buf, &n);
	if (*status != STATUS_OK) {
		free(buf);
		return false;
	}
	n = bytes_drop_cr(buf, n);
	if (n >= 3 && memcmp(buf, "\xef\xbb\xbf", 3) == 0)
		*whole = text_copy(arena, (struct text){buf + 3, n - 3});
	else
		*whole = text_copy(arena, (struct text){buf, n});
	free(buf);
	at.line = 1;
	*status = STATUS_DATA;
	if (!bytes_checked(*whole, at))
		return false;
	*status = STATUS_OK;
	return true;
}
