/* SPDX-License-Identifier: ISC */
#include "model/list.h"

#include <math.h>

#include "base/dict.h"
#include "base/display.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "model/model.h"

enum { CHUNK = 4096 };

/* Write text from a file, safe for a terminal and without tabs. */
static void
write_safe(struct output *o, struct arena *arena, struct text t)
{
	size_t offset;

	output_text(o, utf8_valid(t, &offset) ? display_clean(arena, t) :
	    TEXT("?"));
}

static void
write_pair(struct output *o, struct arena *arena, const char *key,
    struct text value)
{
	output_printf(o, "%s\t", key);
	write_safe(o, arena, value);
	output_char(o, '\n');
}

static void
write_number(struct output *o, double v)
{
	output_char(o, '\t');
	if (isfinite(v))
		output_float(o, (float)v);
	else
		output_string(o, isnan(v) ? "nan" : v > 0 ? "inf" : "-inf");
}

/* Minimum, maximum and mean absolute value; NaN if any number is. */
static void
write_range(struct output *o, const struct tensor *t)
{
	double min = INFINITY, max = -INFINITY, sum = 0;
	float v[CHUNK];

	for (size_t first = 0; first < t->count; first += CHUNK) {
		size_t n = t->count - first < CHUNK ? t->count - first :
		    CHUNK;

		tensor_floats(t, first, n, v);
		for (size_t i = 0; i < n; i++) {
			double x = (double)v[i];

			min = x < min || isnan(x) ? x : min;
			max = x > max || isnan(x) ? x : max;
			sum += fabs(x);
		}
	}
	write_number(o, min);
	write_number(o, max);
	write_number(o, sum / (double)t->count);
}

static void
write_tensor(struct output *o, struct arena *arena, const struct tensor *t)
{
	output_string(o, "tensor\t");
	write_safe(o, arena, t->name);
	output_char(o, '\t');
	write_safe(o, arena, t->dtype);
	output_char(o, '\t');
	for (size_t d = 0; d < t->dims; d++)
		output_printf(o, "[%zu]", t->shape[d]);
	output_printf(o, "\t%zu", t->count);
	if (t->type == NUMBER_OTHER || t->count == 0)
		output_string(o, "\t_\t_\t_");
	else
		write_range(o, t);
	output_char(o, '\t');
	write_safe(o, arena, text_of(t->file));
	output_char(o, '\n');
}

static void
write_sizes(const struct model *m, struct output *o)
{
	const struct {
		const char *key;
		size_t value;
	} sizes[] = {
		{"V", m->V}, {"D", m->D}, {"H", m->H}, {"C", m->C},
		{"rows", m->rows},
	};

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		output_printf(o, "%s\t%zu\n", sizes[i].key, sizes[i].value);
}

static void
write_stack(struct output *o, struct arena *arena, const char *key,
    const struct stack *s)
{
	for (size_t i = 0; i < s->n; i++) {
		output_string(o, i == 0 ? "\n" : ",");
		output_string(o, i == 0 ? key : "");
		output_string(o, i == 0 ? "\t" : "");
		write_safe(o, arena, s->module[i].name);
	}
}

void
model_list(const struct model *m, struct output *o)
{
	struct arena *arena = mem_arena();
	size_t parameters = 0;

	write_pair(o, arena, "name", m->name);
	write_pair(o, arena, "path", text_of(m->path));
	output_printf(o, "cell\t%s\nlayers\t%zu\ndirections\t%zu\n"
	    "pooling\t", cell_names[m->cell], m->layers, m->directions);
	pooling_write(o, &m->pooling);
	if (pooling_has(&m->pooling, POOLING_ATTENTION) &&
	    m->attention.kind < ATTENTION_MODULES)
		output_printf(o, "\nattention\t%s",
		    attention_names[m->attention.kind]);
	write_stack(o, arena, "attention", &m->attention.stack);
	write_stack(o, arena, "head", &m->stack);
	output_string(o, m->multilabel ? "\nmultilabel\ttrue\nlabels" :
	    "\nlabels");
	for (size_t c = 0; c < m->C; c++) {
		output_char(o, c == 0 ? '\t' : '|');
		write_safe(o, arena, m->label[c]);
	}
	output_char(o, '\n');
	write_sizes(m, o);
	output_printf(o, "lowercase\t%s\n", m->lowercase ? "true" : "false");
	write_pair(o, arena, "unknown", m->unknown < 0 ? TEXT("_") :
	    dict_text(m->vocabulary, m->unknown));
	write_pair(o, arena, "vocabulary", text_of(m->stream ?
	    "_" : m->vocabulary_file));
	if (m->stream)
		write_pair(o, arena, "embedding", TEXT(MODEL_STREAM));
	for (size_t i = 0; i < m->tensors; i++)
		if (m->tensor[i].used)
			parameters += m->tensor[i].count;
	output_printf(o, "parameters\t%zu\n", parameters);
	for (size_t i = 0; i < m->tensors; i++)
		write_tensor(o, arena, &m->tensor[i]);
	mem_free(arena);
}
