/* SPDX-License-Identifier: ISC */
#include "progress.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "err.h"

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

struct progress
progress_start(bool quiet, bool answers)
{
	struct progress p = {.begun = seconds()};

	p.on = !quiet && isatty(STDERR_FILENO) &&
	    !(answers && isatty(STDOUT_FILENO));
	p.last = p.begun;
	return p;
}

double
progress_spent(const struct progress *p)
{
	return seconds() - p->begun;
}

void
progress_show(struct progress *p, const char *fmt, ...)
{
	double now;
	va_list ap;

	if (!p->on || (now = seconds()) - p->last < 0.1)
		return;
	p->last = now;
	p->shown = true;
	fprintf(stderr, "\r%s: ", err_prog());
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputs("\033[K", stderr);
}

void
progress_clear(struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
	p->shown = false;
}
