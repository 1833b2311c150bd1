/* SPDX-License-Identifier: ISC */
#include "model/model_digest.h"

#include "base/conf.h"
#include "base/dict.h"
#include "base/digest.h"
#include "model/model.h"

/* Add a number as a text. */
static void
add_size(struct digest *d, size_t n)
{
	char digits[TEXT_DIGITS];

	digest_text(d, (struct text){digits, text_digits(digits, n)});
}

/* Add a node of model.yaml and what is below it: at most 16 levels (conf.h). */
static void
add_conf(struct digest *d, const struct conf *c)
{
	add_size(d, (size_t)c->kind);
	if (c->kind == CONF_SCALAR) {
		digest_text(d, c->scalar);
		return;
	}
	add_size(d, c->n);
	for (size_t i = 0; i < c->n; i++) {
		if (c->kind == CONF_MAP)
			digest_text(d, c->key[i]);
		add_conf(d, c->child[i]);
	}
}

static void
add_tensor(struct digest *d, const struct tensor *t)
{
	digest_text(d, t->name);
	digest_text(d, t->dtype);
	for (size_t i = 0; i < t->dims; i++)
		add_size(d, t->shape[i]);
	digest_add(d, t->data, t->bytes);
}

uint64_t
model_digest(const struct model *m)
{
	struct digest d;

	digest_begin(&d);
	add_conf(&d, m->yaml);
	for (size_t i = 0; i < dict_size(m->vocabulary); i++)
		digest_text(&d, dict_text(m->vocabulary, (int32_t)i));
	for (size_t i = 0; i < m->tensors; i++)
		add_tensor(&d, &m->tensor[i]);
	return digest_value(&d);
}
