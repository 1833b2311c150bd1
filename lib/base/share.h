/* SPDX-License-Identifier: ISC */
/*
 * share: where models, rules and palettes are found.
 *
 * A path with a / in it is literal.  A name is looked for as KIND/NAME, and
 * for -m as NAME itself, in each folder of $REAT_PATH (colons between), then
 * in ../share and ../share/reat beside the executable's folder (so build/
 * works in place), then in the installed share folder.
 */
#ifndef BASE_SHARE_H
#define BASE_SHARE_H

struct arena;

enum share_kind {
	SHARE_MODEL,	/* NAME, models/NAME: a folder */
	SHARE_RULES,	/* rules/NAME.yaml */
	SHARE_PALETTE,	/* palettes/NAME.yaml */
};

/*
 * The path, in the arena.  If there is none, a message that lists where it was
 * looked for; then share_look gives NULL, and share_find exits with 2.
 */
const char *share_look(struct arena *, enum share_kind, const char *name);
const char *share_find(struct arena *, enum share_kind, const char *name);

#endif
