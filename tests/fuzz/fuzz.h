/* SPDX-License-Identifier: ISC */
/*
 * fuzz: the entry of a fuzzer, and functions for it.
 *
 * The entry is that of libFuzzer, so clang's engine can run it; driver.c is the
 * engine for gcc.  An input must not crash, must not end the process and must
 * not take seconds.  fuzz_holds checks other properties.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Check a property of every input: abort if it is false, which both engines
 * report. */
static inline void
fuzz_holds(bool condition)
{
	if (!condition)
		abort();
}

/*
 * Write the bytes to a file and return its path, for functions that take a
 * path.  It is always the same file, in $TMPDIR, which should be in memory.
 */
static inline const char *
fuzz_file(const uint8_t *data, size_t n)
{
	static char path[300];
	static int fd = -1;
	const char *dir = getenv("TMPDIR");

	if (fd < 0) {
		snprintf(path, sizeof path, "%s/file-XXXXXX",
		    dir != NULL ? dir : "/tmp");
		fd = mkstemp(path);
	}
	if (fd < 0 || ftruncate(fd, 0) != 0 ||
	    pwrite(fd, data, n, 0) != (ssize_t)n)
		abort();
	return path;
}

#endif
