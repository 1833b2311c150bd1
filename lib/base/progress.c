/* SPDX-License-Identifier: ISC */
#include "base/progress.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/terminal.h"

enum { LEAST_BAR = 3, MOST_BAR = 40, LINE = 256 };

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

/* True if a line is to be printed now; the clock of the last line is set. */
static bool
is_due(struct progress *p)
{
	double now;

	if (!p->on || (now = seconds()) - p->last < 0.1)
		return false;
	p->last = now;
	err_unfinished();
	return true;
}

void
progress_show(struct progress *p, const char *fmt, ...)
{
	va_list ap;

	if (!is_due(p))
		return;
	fprintf(stderr, "\r%s: ", err_prog());
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputs("\033[K", stderr);
}

/* Draw the bar as wide as the used columns leave room for. */
static void
draw(char bar[MOST_BAR + 1], size_t used, double done)
{
	size_t width = terminal_width(), full;

	width = width > used + LEAST_BAR ? width - used : LEAST_BAR;
	width = width < MOST_BAR ? width : MOST_BAR;
	full = (size_t)(done * (double)width);
	memset(bar, ' ', width);
	memset(bar, '=', full);
	if (full < width)
		bar[full] = '>';
	bar[width] = '\0';
}

void
progress_bar(struct progress *p, double done, const char *fmt, ...)
{
	char text[LINE], rest[LINE + 64], line[LINE + 128], bar[MOST_BAR + 1];
	size_t left;
	va_list ap;

	if (!is_due(p))
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	done = done < 0.0 ? 0.0 : done > 1.0 ? 1.0 : done;
	left = done > 0.0 ? (size_t)(progress_spent(p) * (1.0 - done) / done +
	    0.5) : 0;
	snprintf(rest, sizeof rest, "%3.0f %%  %s, %zu:%02zu left",
	    100.0 * done, text, left / 60, left % 60);
	/* two brackets, a blank and the last column */
	draw(bar, strlen(rest) + 4, done);
	snprintf(line, sizeof line, "[%s] %s", bar, rest);
	fprintf(stderr, "\r%.*s\033[K", (int)(terminal_width() - 1), line);
}
