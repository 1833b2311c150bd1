/* SPDX-License-Identifier: ISC */
/*
 * share: find models, rules and palettes by their names.
 *
 * A name with a / in it is a path.  Another name is searched for as KIND/NAME
 * (a model also as NAME) in these folders:
 *
 *     each folder of $REAT_PATH, which colons separate
 *     ../share and ../share/reat, from the folder of the executable; so build/
 *             works in place
 *     the installed share folder
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
 * Returns the path, in the arena.  If nothing is found, a message lists the
 * folders; then share_look returns NULL, and share_find exits with 2.
 */
const char *share_look(struct arena *, enum share_kind, const char *name);
const char *share_find(struct arena *, enum share_kind, const char *name);

#endif
