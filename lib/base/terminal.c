/* SPDX-License-Identifier: ISC */
#include "base/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"

/* The variable's value; one that is not set is empty. */
static const char *
variable(const char *name)
{
	const char *value = getenv(name);

	return value == NULL ? "" : value;
}

static enum terminal_colours
how_many(void)
{
	const char *truly = variable("COLORTERM"), *term = variable("TERM");

	if (strcmp(truly, "truecolor") == 0 || strcmp(truly, "24bit") == 0)
		return TERMINAL_24;
	return strstr(term, "256color") != NULL ? TERMINAL_256 : TERMINAL_16;
}

/* no-color.org, force-color.org, bixense.com/clicolors: an empty variable is
 * not set. */
static bool
is_wanted(void)
{
	const char *term = variable("TERM");

	if (*variable("NO_COLOR") != '\0')
		return false;
	if (*variable("FORCE_COLOR") != '\0' ||
	    *variable("CLICOLOR_FORCE") != '\0')
		return true;
	return isatty(STDOUT_FILENO) && *term != '\0' &&
	    strcmp(term, "dumb") != 0;
}

bool
terminal_colours(const char *when, enum terminal_colours *colours)
{
	*colours = TERMINAL_PLAIN;
	if (strcmp(when, "always") == 0 ||
	    (strcmp(when, "auto") == 0 && is_wanted()))
		*colours = how_many();
	return strcmp(when, "always") == 0 || strcmp(when, "auto") == 0 ||
	    strcmp(when, "never") == 0;
}

bool
terminal_is_dark(void)
{
	const char *ground = strrchr(variable("COLORFGBG"), ';');
	size_t number;

	return ground != NULL && text_to_size(text_of(ground + 1), &number) &&
	    (number < 7 || number == 8);
}

size_t
terminal_width(void)
{
	struct winsize size;
	size_t width;

	if (!text_to_size(text_of(variable("COLUMNS")), &width) || width == 0)
		width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
		    size.ws_col > 0 ? size.ws_col : 80;
	if (width < TERMINAL_WIDTH_MIN)
		return TERMINAL_WIDTH_MIN;
	return width > TERMINAL_WIDTH_MAX ? TERMINAL_WIDTH_MAX : width;
}

size_t
terminal_height(void)
{
	struct winsize size;
	size_t height;

	if (text_to_size(text_of(variable("LINES")), &height) && height > 0)
		return height;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
	    size.ws_row > 0 ? size.ws_row : 24;
}
