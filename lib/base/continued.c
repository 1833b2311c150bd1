/* SPDX-License-Identifier: ISC */
#include "base/continued.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"

enum { PIECE = 1 << 16 };	/* read at a time, from the end */

static size_t
size_of(const struct output *o)
{
	struct stat s;

	if (fstat(o->fd, &s) != 0)
		die("%s: cannot read: %s", o->name, strerror(errno));
	return (size_t)s.st_size;
}

static void
lock_file(const struct output *o)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	if (fcntl(o->fd, F_SETLK, &lock) == 0)
		return;
	if (errno == EACCES || errno == EAGAIN)
		die("%s: another run writes this file", o->name);
	die("%s: cannot lock: %s", o->name, strerror(errno));
}

/* Read the n bytes at offset `at`. */
static void
read_at(const struct output *o, size_t at, size_t n, char *to)
{
	if (lseek(o->fd, (off_t)at, SEEK_SET) < 0)
		die("%s: cannot read: %s", o->name, strerror(errno));
	while (n > 0) {
		ssize_t k = fd_read(o->fd, to, n);

		if (k <= 0)
			die("%s: cannot read: %s", o->name, k < 0 ?
			    strerror(errno) : "it became shorter");
		to += k;
		n -= (size_t)k;
	}
}

size_t
continued_whole(const struct output *o, const char *end)
{
	size_t length = strlen(end), stop = size_of(o);
	char buf[PIECE];

	/* pieces overlap, so that no `end` is cut in two */
	while (stop >= length) {
		size_t start = stop > PIECE ? stop - PIECE : 0;

		read_at(o, start, stop - start, buf);
		for (size_t i = stop - start - length + 1; i-- > 0; )
			if (memcmp(buf + i, end, length) == 0)
				return start + i + length;
		if (start == 0)
			break;
		stop = start + length - 1;
	}
	return 0;
}

bool
continued_starts(const struct output *o, const char *start)
{
	size_t n = strlen(start), size = size_of(o);
	char buf[PIECE];

	n = n < size ? n : size;
	n = n < PIECE ? n : PIECE;
	read_at(o, 0, n, buf);
	return memcmp(buf, start, n) == 0;
}

struct output
continued_open(const char *path)
{
	int fd = fd_above_std(open(path, O_RDWR | O_CREAT | O_APPEND |
	    O_CLOEXEC | O_NONBLOCK, 0666));
	struct output o = output_to(fd, path);
	struct stat s;

	if (fd < 0)
		die("%s: cannot create: %s", path, strerror(errno));
	if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode))
		die("%s: no regular file, which a run could continue", path);
	lock_file(&o);
	return o;
}

void
continued_cut(const struct output *o, size_t n)
{
	lock_file(o);
	if (n < size_of(o) && ftruncate(o->fd, (off_t)n) != 0)
		die("%s: cannot cut off its unfinished end: %s", o->name,
		    strerror(errno));
}
