/* SPDX-License-Identifier: ISC */
/*
 * latex: pictures as one LaTeX document.
 *
 *     \reatpicture{\reathead{1}{positive}{0.9917}{...}
 *     \reatgrid{\reatlabel{word}\reatlabel{phrase}}{
 *     \reatcolumn{\reatcell01{f2}{The}{$+$0.31}\reatcell01{f1}{The}{}}
 *     ...
 *
 * A column is one word on all levels; TeX sets it as wide as its widest cell
 * and breaks between columns.  The arguments of \reatcell are: 1 if the span
 * began before this column, 1 if it continues after it, the shade, the word,
 * and, in the first column of the span, the score.
 *
 * The document defines the macros.  It uses the packages color, fontenc,
 * geometry and textcomp, which every LaTeX has, and lmodern if it is installed.
 * XeLaTeX and LuaLaTeX set a word beyond Latin (markup.h) in the first font
 * with all its letters: the document's, or one of \reatfonts.  If no font has
 * them, and in pdfLaTeX, the letters are shown as code points.  A grid that is
 * written from right to left has its first column at the right.
 */
#ifndef DRAW_LATEX_H
#define DRAW_LATEX_H

#include "draw/view.h"

/* The style's width is that of a picture, in 90ths of a line; 0 is 90. */
extern const struct view view_latex;

#endif
