/* SPDX-License-Identifier: ISC */
#include "draw/style.h"

#include "base/option.h"
#include "draw/palette.h"

void
style_set(struct style *s, const struct options *o, struct arena *arena,
    const char *when, const char *palette, enum style_palettes palettes)
{
	static const char *const whens[] = {"auto", "always", "never", NULL};
	bool terminal = palettes == STYLE_TERMINAL;

	if (!terminal_colours(when, &s->colours))
		option_unknown(o, "option -C:", when, whens);
	if (terminal && s->width == 0)
		s->width = terminal_width();
	if (palettes != STYLE_NONE)
		s->palette = palette_find(arena, palette, terminal &&
		    terminal_is_dark());
	if (palettes == STYLE_BOTH)
		s->dark = palette_find(arena, palette, true);
}
