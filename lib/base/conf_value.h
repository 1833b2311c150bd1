/* SPDX-License-Identifier: ISC */
/*
 * conf_value: the values of a map that conf has read.
 *
 * Each function looks a key up, checks the value and stores it.  If the key is
 * missing or the value is wrong, the function prints a message with file and
 * line and returns false.
 */
#ifndef BASE_CONF_VALUE_H
#define BASE_CONF_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct conf;

/* The child under key, or NULL; map may be NULL or no map.  No message. */
const struct conf *conf_get(const struct conf *map, const char *key);

bool conf_text(const struct conf *map, const char *key, struct text *value);
bool conf_size(const struct conf *map, const char *key, size_t min, size_t max,
    size_t *value);
bool conf_real(const struct conf *map, const char *key, double min, double max,
    double *value);
bool conf_bool(const struct conf *map, const char *key, bool *value);

/* A word that is names[*choice]; NULL ends the names. */
bool conf_choice(const struct conf *map, const char *key,
    const char *const names[], size_t *choice);

/* Check that every key of map is one of the names; NULL ends them. */
bool conf_known(const struct conf *map, const char *const names[]);

#endif
