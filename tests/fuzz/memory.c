/* SPDX-License-Identifier: ISC */
/*
 * memory: the file of a fuzzer is bytes in memory (fuzz.h).
 *
 * Why: with a file on disk, a fuzzer spends its time on system calls.  And the
 * last page of a mapped file can be read to its end: here a mapped file is a
 * block of malloc, and ASan sees a read behind its last byte.
 *
 * How: the linker sends the library's calls of open, read, close, fstat, stat
 * and mmap to __wrap_open, ... (link has the list).  The path of fuzz_file and
 * its descriptors are answered here; other calls go on to the system, as
 * __real_open, ...  A read gives half of what is left, so that lines and
 * characters are cut.
 *
 * What it does not see: calls that fail (tests/fault makes them fail), FIFOs,
 * devices, and files that change.  Nor compressed files: compress_find finds
 * nothing, because two bytes of an input would start gzip, another process
 * (tests/compress.bats damages such files).  Nor what libfyaml does not free.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/compress.h"
#include "base/err.h"
#include "fuzz.h"

enum { OPEN = 16, FIRST = 1 << 20, MAPPED = 16 };

static const char path[] = "fuzz:/input";

static struct text file;

/* descriptor FIRST + i */
static struct {
	bool open;
	size_t at;
} opened[OPEN];

/* Nobody unmaps a file: the next fuzz_file frees it. */
static void *mapped[MAPPED];
static size_t maps;

/* The linker's names for the functions of the system. */
int __real_open(const char *, int, ...);
ssize_t __real_read(int, void *, size_t);
int __real_close(int);
int __real_fstat(int, struct stat *);
int __real_stat(const char *, struct stat *);
void *__real_mmap(void *, size_t, int, int, int, off_t);

int __wrap_open(const char *, int, ...);
ssize_t __wrap_read(int, void *, size_t);
int __wrap_close(int);
int __wrap_fstat(int, struct stat *);
int __wrap_stat(const char *, struct stat *);
void *__wrap_mmap(void *, size_t, int, int, int, off_t);
const struct compress_format *__wrap_compress_find(struct text, bool *);

/* libfyaml 0.7 loses some KB for a quoted scalar of many parts. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfyaml\n";
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	err_mute(true);
	return 0;
}

const char *
fuzz_file(const uint8_t *data, size_t n)
{
	for (size_t i = 0; i < OPEN; i++)
		fuzz_holds(!opened[i].open);
	while (maps > 0)
		free(mapped[--maps]);
	file = (struct text){(const char *)data, n};
	return path;
}

static bool
is_ours(int fd)
{
	return fd >= FIRST && fd < FIRST + OPEN && opened[fd - FIRST].open;
}

int
__wrap_open(const char *name, int flags, ...)
{
	int mode = 0, i = 0;
	va_list args;

	if (strcmp(name, path) != 0) {
		if (flags & O_CREAT) {
			va_start(args, flags);
			mode = va_arg(args, int);
			va_end(args);
		}
		return __real_open(name, flags, mode);
	}
	while (i < OPEN && opened[i].open)
		i++;
	fuzz_holds(i < OPEN);
	opened[i].open = true;
	opened[i].at = 0;
	return FIRST + i;
}

ssize_t
__wrap_read(int fd, void *p, size_t n)
{
	size_t *at, left;

	if (!is_ours(fd))
		return __real_read(fd, p, n);
	at = &opened[fd - FIRST].at;
	left = file.n - *at;
	if (n > left - left / 2)
		n = left - left / 2;
	if (n > 0)
		memcpy(p, file.s + *at, n);
	*at += n;
	return (ssize_t)n;
}

int
__wrap_close(int fd)
{
	if (!is_ours(fd))
		return __real_close(fd);
	opened[fd - FIRST].open = false;
	return 0;
}

static int
describe(struct stat *st)
{
	memset(st, 0, sizeof *st);
	st->st_mode = S_IFREG | 0600;
	st->st_size = (off_t)file.n;
	return 0;
}

int
__wrap_fstat(int fd, struct stat *st)
{
	return is_ours(fd) ? describe(st) : __real_fstat(fd, st);
}

int
__wrap_stat(const char *name, struct stat *st)
{
	return strcmp(name, path) == 0 ? describe(st) : __real_stat(name, st);
}

void *
__wrap_mmap(void *p, size_t n, int protection, int flags, int fd, off_t from)
{
	void *copy;

	if (!is_ours(fd))
		return __real_mmap(p, n, protection, flags, fd, from);
	fuzz_holds(from == 0 && n == file.n && maps < MAPPED);
	copy = malloc(n);
	fuzz_holds(copy != NULL);
	memcpy(copy, file.s, n);
	return mapped[maps++] = copy;
}

const struct compress_format *
__wrap_compress_find(struct text head, bool *more)
{
	(void)head;
	*more = false;
	return NULL;
}
