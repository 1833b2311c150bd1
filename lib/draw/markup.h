/* SPDX-License-Identifier: ISC */
/*
 * markup: what HTML, SVG and LaTeX pictures have in common.
 *
 * Text from outside must go through markup_xml or markup_latex.  They clean it
 * (display.h: no control characters, no bidi controls) and escape it, so that
 * it never becomes markup.  Colours are the shades of a palette.  The head of a
 * page names them: "f1" to "f16" for the class, "a1" to "a16" against it, "z"
 * for neutral.
 */
#ifndef DRAW_MARKUP_H
#define DRAW_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "draw/palette.h"

struct arena;
struct grid;
struct output;
struct picture;
struct score_row;

/* The colours of a page, light and dark: text, labels, rules, background. */
#define PAGE_INK "#1b1c1f"
#define PAGE_FAINT "#595c63"
#define PAGE_LINE "#d5d6da"
#define PAGE_PAPER "#fff"
#define PAGE_INK_DARK "#e6e6e8"
#define PAGE_FAINT_DARK "#a3a6ad"
#define PAGE_LINE_DARK "#3c3f46"
#define PAGE_PAPER_DARK "#16181c"

/* The beginning of a page, up to the first rules of its style: nothing from
 * elsewhere, and no script but one with this hash, as "; script-src '...'". */
#define PAGE_HEAD(title, script) \
    "<!DOCTYPE html>\n" \
    "<html lang=\"en\">\n" \
    "<head>\n" \
    "<meta charset=\"utf-8\">\n" \
    "<meta http-equiv=\"Content-Security-Policy\" " \
    "content=\"default-src 'none'; style-src 'unsafe-inline'" script "\">\n" \
    "<meta name=\"viewport\" " \
    "content=\"width=device-width, initial-scale=1\">\n" \
    "<meta name=\"color-scheme\" content=\"light dark\">\n" \
    "<title>" title "</title>\n" \
    "<style>\n" \
    ":root { --ink: " PAGE_INK "; --faint: " PAGE_FAINT \
    "; --line: " PAGE_LINE \
    "; --page: " PAGE_PAPER "; color-scheme: light dark }\n" \
    "body { margin: 1.5rem; font: 1rem/1.4 system-ui, sans-serif;" \
    " color: var(--ink); background: var(--page) }\n"

/* The rules of tables on a page. */
#define PAGE_TABLES \
    "thead th, .note { color: var(--faint); font-weight: normal }\n" \
    ".wide { overflow-x: auto }\n" \
    "table { border-collapse: collapse;" \
    " font-variant-numeric: tabular-nums }\n" \
    "th, td { padding: .15rem .75rem .15rem 0; text-align: start;" \
    " vertical-align: middle; border-top: 1px solid var(--line) }\n" \
    "thead th { position: sticky; top: 0; background: var(--page);" \
    " border-top: 0 }\n" \
    "thead th { white-space: nowrap }\n" \
    "tbody th { max-width: 16em; overflow-wrap: break-word }\n" \
    ".n { text-align: end; white-space: nowrap }\n"

/* A shade of a palette. */
struct shade {
	char name[4];
	struct colour colour;
	char hex[8];		/* the colour as "#rrggbb" */
	bool black;		/* text on it is black, otherwise white */
};

enum { SHADES = 2 * PALETTE_SHADES + 1 };

/*
 * Write text as the content of an element or of an attribute in double quotes.
 * U+FFFE and U+FFFF, which XML forbids, become \u{fffe} and \u{ffff}.
 */
void markup_xml(struct output *, struct arena *, struct text);

/*
 * Write text as LaTeX.  A word with letters that not every LaTeX has in its
 * fonts becomes \reatword{}{...}, with \reatchar{4E2D}{...} for each of these
 * letters and \reatknown for the others; latex.c defines the macros.  For a
 * word written from right to left, the first argument is the script,
 * ;script=arab or ;script=hebr, and \reatright{...} encloses the parts written
 * from left to right: Latin letters, digits.
 */
void markup_latex(struct output *, struct arena *, struct text);

/* A number with U+2212 for minus, which screen readers read aloud. */
struct text markup_minus(struct arena *, const char *number);

/* The score of a row as a terminal shows it, with U+2212 for minus. */
struct text markup_score(const struct picture *, const struct score_row *);

/* The name of a row's shade, and of shade k, in a buffer of 4 bytes. */
const char *markup_shade(const struct picture *, const struct score_row *,
    char to[4]);
const char *markup_shade_name(int k, char to[4]);

/* All shades of a palette, from full against the class to full for it. */
void markup_shades(const struct palette *, struct shade to[SHADES]);

/*
 * Returns the grids of the picture, [*n]: one if its levels can be joined
 * (grid_join), otherwise one for each level.  Words wider than widest are cut.
 * Each span is wide enough for its number, of which a digit takes small / 4
 * columns.
 */
struct grid *markup_grids(const struct picture *, size_t widest, size_t small,
    size_t *n);

#endif
