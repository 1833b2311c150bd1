/* SPDX-License-Identifier: ISC */
/*
 * fuzz: the entry of a fuzzer, and functions for it.
 *
 * The entry is that of libFuzzer, which AFL++ has, too; driver.c is the engine
 * for any compiler.  An input must not crash, must not end the process and must
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

/* Every engine calls it first: the library prints no messages. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* Check a property of every input: abort if it is false, which both engines
 * report. */
static inline void
fuzz_holds(bool condition)
{
	if (!condition)
		abort();
}

/*
 * Make the bytes a file in memory, and return its path, for functions that take
 * a path: always the same one.  The bytes are not copied; they must be there
 * until the next call, when no file may be open.
 */
const char *fuzz_file(const uint8_t *data, size_t n);

#endif
