/* SPDX-License-Identifier: ISC */
/*
 * conf: YAML and JSON, read under limits.
 *
 * The one user of libfyaml.  Its 0.7.12 hangs or crashes on a few bytes of
 * garbage and takes minutes on alias bombs, so a file passes a wall first:
 * at most 64 KiB of YAML or 1 MiB of JSON, UTF-8, no control characters, no
 * tabs, no line that begins with '%'; it is then read event by event: depth
 * at most 16, at most 20,000 events, no anchors, aliases, tags, second
 * document or duplicate keys, and no two quotes in a row inside '...', which
 * it misreads.  A fault is a message with file and line, and NULL.
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

/* A node of the tree; all of it lies in the arena it was read into. */
struct conf {
	enum conf_kind kind;
	struct place at;
	struct text scalar;	/* CONF_SCALAR: the value, NUL-terminated */
	bool quoted;		/*   it was written in quotes or as a block */
	size_t n;		/* CONF_LIST, CONF_MAP: how many children */
	struct text *key;	/* CONF_MAP: [n] */
	struct conf **child;	/* [n], in the order of the file */
};

/*
 * Read a whole YAML file, or JSON from memory.  *status is STATUS_SYSTEM if
 * the file can't be read, STATUS_DATA if it is wrong, else STATUS_OK.
 */
struct conf *conf_read(struct arena *, const char *path, int *status);
struct conf *conf_json(struct arena *, struct text bytes, const char *file);

#endif
