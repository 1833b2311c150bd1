/* SPDX-License-Identifier: ISC */
#include "model/stack.h"

#include "base/conf_value.h"
#include "base/mem.h"
#include "base/output.h"

static const char *const activations[] = {
	[STACK_RELU] = "relu", [STACK_TANH] = "tanh", [STACK_GELU] = "gelu",
	[STACK_SIGMOID] = "sigmoid", [STACK_SILU] = "silu",
	[STACK_ELU] = "elu", [STACK_LEAKY] = "leaky-relu",
	[STACK_ACTIVATIONS] = NULL,
};

const char stack_expected[] = "relu, tanh, gelu, sigmoid, silu, elu, "
    "leaky-relu or the prefix of a module's tensors";

bool
stack_name(struct stack *s, const struct text name[], size_t n)
{
	*s = (struct stack){0};
	if (n > STACK_MOST)
		return false;
	for (; s->n < n; s->n++) {
		struct stack_module *a = &s->module[s->n];

		if (name[s->n].n == 0)
			return false;
		a->name = name[s->n];
		a->kind = (enum stack_kind)text_find(a->name, activations);
	}
	return true;
}

void
stack_rename(struct arena *arena, const char *key, struct stack *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->module[i].kind >= STACK_ACTIVATIONS)
			s->module[i].name = text_of(mem_printf(arena,
			    "%s.%zu", key, i));
}

void
stack_write(struct output *o, const char *key, const struct stack *s)
{
	struct text name[STACK_MOST];

	if (s->n == 0)
		return;
	for (size_t i = 0; i < s->n; i++)
		name[i] = s->module[i].name;
	output_printf(o, "%s: ", key);
	conf_write_words(o, name, s->n);
	output_char(o, '\n');
}
