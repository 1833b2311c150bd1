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

#include <stddef.h>

struct arena;

enum share_kind {
	SHARE_MODEL,	/* NAME, models/NAME: a folder */
	SHARE_RULES,	/* rules/NAME.yaml */
	SHARE_PALETTE,	/* palettes/NAME.yaml */
};

/*
 * Returns the path, in the arena.  If nothing is found, a message has the
 * nearest name, or a path that could be meant, or the folders; then share_look
 * returns NULL, and share_find exits with 2.
 */
const char *share_look(struct arena *, enum share_kind, const char *name);
const char *share_find(struct arena *, enum share_kind, const char *name);

/* What a name finds. */
struct share_found {
	const char *name, *path;
	size_t order;		/* of the search */
};

/*
 * Everything of this kind, by name; of two with one name the first that a
 * search finds.  A model is a folder with model.yaml or tagger.yaml.  Returns
 * how many; *found [n] is in the arena.
 */
size_t share_all(struct arena *, enum share_kind, struct share_found **found);

#endif
