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
 * and breaks between columns.  \reatcell takes whether the span began before
 * and whether it goes on, the shade, the word, and the score in its first
 * column.  The macros are in the document itself, which uses the packages
 * color, fontenc, geometry and textcomp, part of every LaTeX, and lmodern where
 * it is.  A word beyond Latin (markup.h) is set by XeLaTeX and LuaLaTeX in the
 * first font, the document's or one of \reatfonts, that has all its letters; if
 * none has, and by pdfLaTeX, they are shown as their code points.  Grids that
 * are written to the left have their first column at the right.
 */
#ifndef DRAW_LATEX_H
#define DRAW_LATEX_H

#include "draw/view.h"

/* The style's width is that of a picture, in 90ths of a line; 0 is 90. */
extern const struct view view_latex;

#endif
