/* SPDX-License-Identifier: ISC */
/*
 * shim: make the n-th system call of a kind fail.  For LD_PRELOAD.
 *
 *     REAT_FAULT=KIND:N:ERRNO[:from]   the N-th call fails with this errno;
 *                                      with from, so do all later ones
 *     REAT_FAULT=KIND:N:0              the N-th and all later transfers of read
 *                                      or write take one byte
 *     REAT_FAULT=kill:N:SIGNAL         the process gets this signal at the N-th
 *                                      moment: before a call that may change
 *                                      files, or when half of a write is done
 *     REAT_FAULT_COUNT=FILE            at exit, write the number of calls of
 *                                      each kind to FILE, "KIND N" a line
 *     REAT_FAULT_ORDER=FILE            the same for the kinds of the calls that
 *                                      may change files, in their order
 *
 * N counts from 1, and 0 never fails.  A kind is a row of `kinds`, and may
 * stand for several functions.  Writes to standard error are not counted, for
 * a message must be seen.  What libc calls inside itself is not seen here,
 * except memory.
 */
#define _GNU_SOURCE	/* RTLD_NEXT */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind {
	MALLOC, READ, WRITE, OPEN, CLOSE, MMAP, STAT, SEEK, POLL, RENAME,
	UNLINK, MKDIR, RMDIR, OPENDIR, READDIR, FSYNC, FTRUNCATE, LINK, KILL,
	KINDS
};

static const char *const kinds[KINDS] = {
	"malloc", "read", "write", "open", "close", "mmap", "stat", "seek",
	"poll", "rename", "unlink", "mkdir", "rmdir", "opendir", "readdir",
	"fsync", "ftruncate", "link", "kill"
};

static const bool changes[KINDS] = {
	[WRITE] = true, [OPEN] = true, [RENAME] = true, [UNLINK] = true,
	[MKDIR] = true, [RMDIR] = true, [FSYNC] = true, [FTRUNCATE] = true,
	[LINK] = true
};

static unsigned long count[KINDS];
static unsigned char order[1 << 14];	/* kinds of the first calls that change
					 * files */
static size_t ordered;
static enum kind failing = KINDS;
static unsigned long nth;
static int with;		/* errno, or 0: short transfers; a signal */
static bool lasting;

/* The next definition of a function, as a pointer to an object. */
static void
find(const char *name, void *function)
{
	void *p = dlsym(RTLD_NEXT, name);

	memcpy(function, &p, sizeof p);
}

/* Declare next_NAME, and find it at the first call. */
#define NEXT(type, name, ...) \
	static type (*next_##name)(__VA_ARGS__); \
	if (next_##name == NULL) \
		find(#name, (void *)&next_##name)

/* A shell that a filter runs inherits the environment, and is not tested. */
static bool
ours(void)
{
	return strncmp(program_invocation_short_name, "reat", 4) == 0;
}

__attribute__((constructor))
static void
begin(void)
{
	const char *fault = ours() ? getenv("REAT_FAULT") : NULL;
	size_t n = fault == NULL ? 0 : strcspn(fault, ":");
	char *end;

	if (n == 0)
		return;
	nth = strtoul(fault + n + 1, &end, 10);
	with = (int)strtol(end + 1, &end, 10);
	lasting = strcmp(end, ":from") == 0;
	for (int k = 0; k < KINDS; k++)
		if (strlen(kinds[k]) == n && strncmp(kinds[k], fault, n) == 0)
			failing = (enum kind)k;
}

static FILE *
report(const char *variable)
{
	const char *path = ours() ? getenv(variable) : NULL;

	return path == NULL ? NULL : fopen(path, "w");
}

__attribute__((destructor))
static void
end(void)
{
	unsigned long got[KINDS];
	size_t n = ordered;
	FILE *file;

	memcpy(got, count, sizeof got);
	file = report("REAT_FAULT_COUNT");
	for (int k = 0; file != NULL && k < KINDS; k++)
		fprintf(file, "%s %lu\n", kinds[k], got[k]);
	if (file != NULL)
		fclose(file);
	file = report("REAT_FAULT_ORDER");
	for (size_t i = 0; file != NULL && i < n; i++)
		fprintf(file, "%s\n", kinds[order[i]]);
	if (file != NULL)
		fclose(file);
}

/* Count a moment.  True if it is that of the signal. */
static bool
is_moment(void)
{
	return ++count[KILL] == nth && failing == KILL;
}

/* Count a call.  True, with errno set, if it must fail. */
static bool
fails(enum kind k)
{
	if (changes[k] && ordered < sizeof order)
		order[ordered++] = (unsigned char)k;
	if (changes[k] && is_moment())
		raise(with);
	count[k]++;
	if (k != failing || with == 0 || nth == 0 ||
	    (lasting ? count[k] < nth : count[k] != nth))
		return false;
	errno = with;
	return true;
}

/* How many bytes of n a transfer may take. */
static size_t
taken(enum kind k, size_t n)
{
	return n > 0 && k == failing && with == 0 && nth > 0 &&
	    count[k] >= nth ? 1 : n;
}

/* ---- memory ---- */

/* dlsym may itself take memory; it is given some of this, never freed. */
static alignas(16) char early[1 << 14];
static size_t early_used;
static bool looking;

static void *
take_early(size_t n)
{
	char *p = early + early_used;

	early_used += (n + 15) / 16 * 16;
	return early_used <= sizeof early ? p : NULL;
}

static bool
is_early(const void *p)
{
	return (uintptr_t)p >= (uintptr_t)early &&
	    (uintptr_t)p < (uintptr_t)(early + sizeof early);
}

static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);
static void (*next_free)(void *);

/* False inside of the search itself. */
static bool
found(void)
{
	if (next_free != NULL)
		return true;
	if (looking)
		return false;
	looking = true;
	find("malloc", (void *)&next_malloc);
	find("calloc", (void *)&next_calloc);
	find("realloc", (void *)&next_realloc);
	find("free", (void *)&next_free);
	looking = false;
	return true;
}

void *
malloc(size_t n)
{
	if (!found())
		return take_early(n);
	return fails(MALLOC) ? NULL : next_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	if (!found())
		return take_early(n * size);
	return fails(MALLOC) ? NULL : next_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	if (!found() || is_early(p))
		return NULL;
	return fails(MALLOC) ? NULL : next_realloc(p, n);
}

void
free(void *p)
{
	if (!is_early(p) && found())
		next_free(p);
}

int
posix_memalign(void **p, size_t align, size_t n)
{
	NEXT(int, posix_memalign, void **, size_t, size_t);
	return fails(MALLOC) ? ENOMEM : next_posix_memalign(p, align, n);
}

void *
aligned_alloc(size_t align, size_t n)
{
	NEXT(void *, aligned_alloc, size_t, size_t);
	return fails(MALLOC) ? NULL : next_aligned_alloc(align, n);
}

void *
mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset)
{
	NEXT(void *, mmap, void *, size_t, int, int, int, off_t);
	return fails(MMAP) ? MAP_FAILED :
	    next_mmap(at, n, protection, flags, fd, offset);
}

/* ---- descriptors ---- */

ssize_t
read(int fd, void *p, size_t n)
{
	NEXT(ssize_t, read, int, void *, size_t);
	return fails(READ) ? -1 : next_read(fd, p, taken(READ, n));
}

ssize_t
write(int fd, const void *p, size_t n)
{
	NEXT(ssize_t, write, int, const void *, size_t);
	if (fd == STDERR_FILENO)
		return next_write(fd, p, n);
	if (fails(WRITE))
		return -1;
	if (is_moment()) {
		n = n > 1 ? n / 2 : n;
		next_write(fd, p, n);
		raise(with);
		return (ssize_t)n;
	}
	return next_write(fd, p, taken(WRITE, n));
}

/* The third argument of open, which is there if a file may be made. */
static mode_t
mode_of(int flags, va_list ap)
{
	return flags & O_CREAT ? va_arg(ap, mode_t) : 0;
}

int
open(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;
	NEXT(int, open, const char *, int, ...);

	va_start(ap, flags);
	mode = mode_of(flags, ap);
	va_end(ap);
	return fails(OPEN) ? -1 : next_open(path, flags, mode);
}

int
openat(int folder, const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;
	NEXT(int, openat, int, const char *, int, ...);

	va_start(ap, flags);
	mode = mode_of(flags, ap);
	va_end(ap);
	return fails(OPEN) ? -1 : next_openat(folder, path, flags, mode);
}

int
mkstemp(char *path)
{
	NEXT(int, mkstemp, char *);
	return fails(OPEN) ? -1 : next_mkstemp(path);
}

/* It closes, too: Linux has closed a descriptor when it returns an error. */
int
close(int fd)
{
	bool failed = fails(CLOSE);
	int result;
	NEXT(int, close, int);

	result = next_close(fd);
	if (failed)
		errno = with;
	return failed ? -1 : result;
}

off_t
lseek(int fd, off_t offset, int whence)
{
	NEXT(off_t, lseek, int, off_t, int);
	return fails(SEEK) ? -1 : next_lseek(fd, offset, whence);
}

int
poll(struct pollfd *p, nfds_t n, int milliseconds)
{
	NEXT(int, poll, struct pollfd *, nfds_t, int);
	return fails(POLL) ? -1 : next_poll(p, n, milliseconds);
}

/* ---- files and folders ---- */

int
fstatat(int folder, const char *path, struct stat *st, int flags)
{
	NEXT(int, fstatat, int, const char *, struct stat *, int);
	return fails(STAT) ? -1 : next_fstatat(folder, path, st, flags);
}

int
renameat(int from, const char *path, int to, const char *other)
{
	NEXT(int, renameat, int, const char *, int, const char *);
	return fails(RENAME) ? -1 : next_renameat(from, path, to, other);
}

int
linkat(int from, const char *path, int to, const char *other, int flags)
{
	NEXT(int, linkat, int, const char *, int, const char *, int);
	return fails(LINK) ? -1 : next_linkat(from, path, to, other, flags);
}

int
unlinkat(int folder, const char *path, int flags)
{
	NEXT(int, unlinkat, int, const char *, int);
	return fails(UNLINK) ? -1 : next_unlinkat(folder, path, flags);
}

DIR *
fdopendir(int fd)
{
	NEXT(DIR *, fdopendir, int);
	return fails(OPENDIR) ? NULL : next_fdopendir(fd);
}

int
fstat(int fd, struct stat *st)
{
	NEXT(int, fstat, int, struct stat *);
	return fails(STAT) ? -1 : next_fstat(fd, st);
}

/* A function of one path. */
#define ON_PATH(k, type, name, failed) \
	type \
	name(const char *path) \
	{ \
		NEXT(type, name, const char *); \
		return fails(k) ? failed : next_##name(path); \
	}

/* A function of a path and something. */
#define ON_PATH_AND(k, name, second) \
	int \
	name(const char *path, second with_it) \
	{ \
		NEXT(int, name, const char *, second); \
		return fails(k) ? -1 : next_##name(path, with_it); \
	}

ON_PATH_AND(STAT, stat, struct stat *)
ON_PATH_AND(STAT, lstat, struct stat *)
ON_PATH_AND(STAT, access, int)
ON_PATH_AND(RENAME, rename, const char *)
ON_PATH_AND(LINK, link, const char *)
ON_PATH_AND(MKDIR, mkdir, mode_t)
ON_PATH(UNLINK, int, unlink, -1)
ON_PATH(RMDIR, int, rmdir, -1)
ON_PATH(OPENDIR, DIR *, opendir, NULL)

struct dirent *
readdir(DIR *dir)
{
	NEXT(struct dirent *, readdir, DIR *);
	return fails(READDIR) ? NULL : next_readdir(dir);
}

int
fsync(int fd)
{
	NEXT(int, fsync, int);
	return fails(FSYNC) ? -1 : next_fsync(fd);
}

int
ftruncate(int fd, off_t n)
{
	NEXT(int, ftruncate, int, off_t);
	return fails(FTRUNCATE) ? -1 : next_ftruncate(fd, n);
}
