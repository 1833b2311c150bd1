/* SPDX-License-Identifier: ISC */
/*
 * Linux, Cygwin and NetBSD have a link in /proc.  FreeBSD tells the path that
 * was given to the loader, and macOS the path that was given to exec; both can
 * lead through links.  OpenBSD does not tell it.
 */
#include "base/self.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#if defined(__APPLE__)
#include <mach-o/dyld.h>
#elif defined(__FreeBSD__)
#include <elf.h>
#include <sys/auxv.h>
#endif

enum { LONGEST = 4096 };	/* bytes of a path, with its NUL */

/* Write the path of the executable to path [LONGEST]; false without one. */
static bool
ask(char *path)
{
#if defined(__APPLE__)
	uint32_t size = LONGEST;

	return _NSGetExecutablePath(path, &size) == 0;
#elif defined(__FreeBSD__)
	return elf_aux_info(AT_EXECPATH, path, LONGEST) == 0;
#else
	static const char *const links[] = {"/proc/self/exe",
	    "/proc/curproc/exe"};

	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		ssize_t n = readlink(links[i], path, LONGEST - 1);

		if (n > 0) {
			path[n] = '\0';
			return true;
		}
	}
	return false;
#endif
}

const char *
self_folder(struct arena *arena)
{
	char path[LONGEST], *real, *slash;
	const char *folder = NULL;

	if (!ask(path))
		return NULL;
	real = realpath(path, NULL);
	slash = strrchr(real != NULL ? real : path, '/');
	if (slash != NULL) {
		*slash = '\0';
		folder = mem_printf(arena, "%s", real != NULL ? real : path);
	}
	free(real);
	return folder;
}
