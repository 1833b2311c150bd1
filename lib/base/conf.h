/* SPDX-License-Identifier: ISC */
/*
 * conf: read YAML and JSON that may be hostile.
 *
 * Only conf.c uses libfyaml.  libfyaml 0.7.12 hangs or crashes on a few bytes
 * of garbage, and takes minutes on nested aliases.  So the bytes are checked
 * before it sees them:
 *
 *     at most 64 KiB of YAML or 1 MiB of JSON
 *     valid UTF-8, no control characters; in YAML no tab, no line with % first
 *
 * and then each event that it returns:
 *
 *     at most 20,000 events, at most 16 levels deep
 *     no anchor, alias or tag; no second document
 *     no key twice in a map
 *     no '' in a word between '...', which libfyaml misreads
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;

enum conf_kind {
	CONF_SCALAR,
	CONF_LIST,
	CONF_MAP,
};

/* A node of the tree, which is in the arena of its reader. */
struct conf {
	enum conf_kind kind;
	struct place at;
	struct text scalar;	/* CONF_SCALAR: the value, NUL-terminated */
	bool quoted;		/*   it was in quotes or a block scalar */
	size_t n;		/* CONF_LIST, CONF_MAP: how many children */
	struct text *key;	/* CONF_MAP: [n] */
	struct conf **child;	/* [n], in the order of the file */
};

/*
 * Read the YAML file at path.  Returns NULL with a message if it cannot be read
 * (*status is STATUS_SYSTEM) or is wrong (STATUS_DATA); otherwise *status is
 * STATUS_OK.
 */
struct conf *conf_read(struct arena *, const char *path, int *status);

/*
 * Read YAML or JSON from memory; file is its name in messages.  Returns NULL
 * with a message if it is wrong.
 */
struct conf *conf_yaml(struct arena *, struct text bytes, const char *file);
struct conf *conf_json(struct arena *, struct text bytes, const char *file);

#endif
