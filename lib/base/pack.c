/* SPDX-License-Identifier: ISC */
#include "base/pack.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"

static struct compress_run run;

/* What SIGPIPE did.  Now a write fails, and the program may say why. */
static void (*before)(int);

/* At exit. */
static void
finish(void)
{
	char said[COMPRESS_SAID];
	int status;

	fflush(stdout);
	close(STDOUT_FILENO);
	status = compress_wait(&run, said);
	if (status == 0)
		return;
	if (status == 128 + SIGPIPE && before == SIG_DFL) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	if (status != 128 + SIGPIPE)
		note("option -Z: %s ended with %d, so the output is not "
		    "whole: %s", run.format->name, status, said);
	_exit(STATUS_SYSTEM);
}

void
pack_stdout(const struct compress_format *f)
{
	int end[2], failed;

	fd_pipe(end);
	failed = compress_start(&run, f, f->pack, end[0], STDOUT_FILENO);
	if (failed != 0)
		die("option -Z: cannot run %s: %s; install it", f->name,
		    strerror(failed));
	close(end[0]);
	dup2(end[1], STDOUT_FILENO);
	close(end[1]);
	before = signal(SIGPIPE, SIG_IGN);
	atexit(finish);
}
