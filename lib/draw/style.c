/* SPDX-License-Identifier: ISC */
#include "draw/style.h"

#include "base/option.h"
#include "base/text.h"
#include "draw/palette.h"

static const char *const whens[] = {
	[STYLE_AUTO] = "auto", [STYLE_ALWAYS] = "always",
	[STYLE_NEVER] = "never", NULL,
};

enum style_numbers
style_numbers(const struct options *o, const char *when)
{
	size_t i = text_find(text_of(when), whens);

	if (whens[i] == NULL)
		option_unknown(o, "option -N:", when, whens);
	return (enum style_numbers)i;
}

void
style_set(struct style *s, const struct options *o, struct arena *arena,
    const char *when, const char *palette, enum style_palettes palettes)
{
	bool terminal = palettes == STYLE_TERMINAL;

	if (!terminal_colours(when, &s->colours))
		option_unknown(o, "option -C:", when, whens);
	if (terminal && s->width == 0)
		s->width = terminal_width();
	s->height = terminal_height();
	if (palettes != STYLE_NONE)
		s->palette = palette_find(arena, palette, terminal &&
		    terminal_is_dark());
	if (palettes == STYLE_BOTH)
		s->dark = palette_find(arena, palette, true);
}
