/* SPDX-License-Identifier: ISC */
#include "model/label.h"

#include <string.h>

#include "base/dict.h"
#include "base/utf8.h"

bool
label_check(struct text label, struct place at)
{
	if (label.n == 0)
		return bad(at, "an empty label");
	if (memchr(label.s, '|', label.n) != NULL ||
	    memchr(label.s, '\t', label.n) != NULL || utf8_has_control(label))
		return bad(at, "label \"%.*s\" contains a | or a control "
		    "character", TEXT_ARGS(label));
	return text_trim(label).n == label.n || bad(at, "label \"%.*s\" begins "
	    "or ends with a blank", TEXT_ARGS(label));
}

bool
label_add(struct dict *seen, struct text label, struct place at)
{
	size_t n = dict_size(seen);

	return label_check(label, at) && (dict_add(seen, label) == (int32_t)n ||
	    bad(at, "label \"%.*s\" occurs twice", TEXT_ARGS(label)));
}
