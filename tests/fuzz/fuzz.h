/* SPDX-License-Identifier: ISC */
/*
 * fuzz: what a fuzzer's file has, and what it may call.
 *
 * The entry is libFuzzer's, so clang's engine can run it; driver.c is an engine
 * for gcc alone.  An input must not crash, must not end the process and must
 * not take seconds; what else holds of it, fuzz_holds says.
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

/* A property of every input: abort, which both engines report. */
static inline void
fuzz_holds(bool condition)
{
	if (!condition)
		abort();
}

/*
 * The bytes in a file, for functions that take a path; always the same one, in
 * $TMPDIR, which had better be memory.
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
