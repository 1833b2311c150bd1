/* SPDX-License-Identifier: ISC */
/*
 * form: the fields of a web form, application/x-www-form-urlencoded.
 *
 *     text=it%27s+good&model=sst2-gru     ->  text: it's good, model: sst2-gru
 */
#ifndef BASE_FORM_H
#define BASE_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;

struct form_field {
	const char *name;
	struct text value;	/* without s if the form has no such field */
};

/*
 * Decode the form into the values of these fields [n], which are in the arena.
 * Returns NULL, or what is wrong with it: a field that is not one of them or
 * occurs twice, a % without two hexadecimal digits, a value that is not UTF-8
 * or contains NUL.
 */
const char *form_read(struct arena *, struct text form,
    struct form_field field[], size_t n);

#endif
