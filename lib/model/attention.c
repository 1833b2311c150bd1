/* SPDX-License-Identifier: ISC */
#include "model/attention.h"

#include "base/output.h"

const char *const attention_names[] = {
	[ATTENTION_DOT] = "dot", [ATTENTION_SCALED_DOT] = "scaled-dot",
	[ATTENTION_MODULES] = NULL,
};

bool
attention_name(struct attention *a, const struct text name[], size_t n)
{
	*a = (struct attention){.kind = n != 1 ? ATTENTION_MODULES :
	    (enum attention_kind)text_find(name[0],
	    attention_names)};
	return a->kind < ATTENTION_MODULES || stack_name(&a->stack, name, n);
}

void
attention_write(struct output *o, const struct attention *a)
{
	if (a->kind == ATTENTION_MODULES)
		stack_write(o, "attention", &a->stack);
	else
		output_printf(o, "attention: %s\n", attention_names[a->kind]);
}
