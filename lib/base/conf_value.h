/* SPDX-License-Identifier: ISC */
/*
 * conf_value: values of a map that conf has read; words written for conf.
 *
 * conf_text, conf_size, ... look a key up, check its value and store it.  If
 * the key is missing or the value is wrong, they print a message with file and
 * line and return false.
 */
#ifndef BASE_CONF_VALUE_H
#define BASE_CONF_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct conf;
struct output;

/* The child under key, or NULL; map may be NULL or another kind of node. */
const struct conf *conf_get(const struct conf *map, const char *key);

bool conf_text(const struct conf *map, const char *key, struct text *value);
bool conf_size(const struct conf *map, const char *key, size_t min, size_t max,
    size_t *value);
bool conf_real(const struct conf *map, const char *key, double min, double max,
    double *value);
bool conf_bool(const struct conf *map, const char *key, bool *value);

/* *choice is the number of the value in names, which end with NULL. */
bool conf_choice(const struct conf *map, const char *key,
    const char *const names[], size_t *choice);

/* The same for the value of a key that was read at this place. */
bool conf_choose(struct place at, const char *key, struct text value,
    const char *const names[], size_t *choice);

/* Check that every key of map is one of the names, which end with NULL. */
bool conf_known(const struct conf *map, const char *const names[]);

/*
 * Write a word without control characters as YAML: in '...', unless libfyaml
 * would misread that (conf.h).
 */
void conf_write_word(struct output *, struct text word);

/* The same, always in "...". */
void conf_write_quoted(struct output *, struct text word);

/* Write ['a', 'b']. */
void conf_write_words(struct output *, const struct text *word, size_t n);

#endif
