/* SPDX-License-Identifier: ISC */
#include "stream/score.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "base/tsv.h"

enum {
	DOC, CLASS, LEVEL, FIRST, LAST, MODEL, METHOD, TAG, PROB, SCORE, TEXTS,
	COLUMNS
};

static const char *const names[COLUMNS] = {
	[DOC] = "doc", [CLASS] = "class", [LEVEL] = "level",
	[FIRST] = "first", [LAST] = "last", [MODEL] = "model",
	[METHOD] = "method", [TAG] = "tag", [PROB] = "prob",
	[SCORE] = "score", [TEXTS] = "text",
};

static const char header[] =
    "doc\tclass\tlevel\tfirst\tlast\tmodel\tmethod\ttag\tprob\tscore\ttext";

const char *const score_levels[SCORE_LAYER + 1] = {
	[SCORE_TEXT] = "text",
	[SCORE_BIAS] = "bias",
	[SCORE_LOGIT] = "logit",
	[SCORE_WORD] = "word",
	[SCORE_SPAN] = "span",
};

enum score_level
score_level(struct text name)
{
	return text_is(name, SCORE_PROBABILITY) ? SCORE_LOGIT :
	    (enum score_level)text_find(name, score_levels);
}

bool
score_is_sum(const struct score_row *row)
{
	return !text_is(row->text, SCORE_NOT_A_SUM);
}

bool
score_says(struct text field)
{
	return field.n > 0 && !text_is(field, "_");
}

void
score_write_header(struct output *o)
{
	output_string(o, header);
	output_char(o, '\n');
}

bool
score_is_header(struct text line)
{
	return text_is(line, header);
}

/* Bytes one after the other; each returns the place after them. */
static char *
put(char *to, struct text t)
{
	if (t.n > 0)
		memcpy(to, t.s, t.n);
	return to + t.n;
}

static char *
put_field(char *to, struct text t)
{
	to = put(to, t);
	*to = '\t';
	return to + 1;
}

static char *
put_id(char *to, size_t id)
{
	char digits[TEXT_DIGITS];

	return put_field(to, id == 0 ? TEXT("_") : (struct text){digits,
	    text_digits(digits, id)});
}

static char *
put_float(char *to, float v)
{
	char digits[24];

	return put_field(to, (struct text){digits,
	    output_format_float(digits, v)});
}

/* Two fields. */
static struct text
pair(struct arena *arena, struct text a, struct text b)
{
	char *s;

	a = tsv_field(arena, a);
	b = tsv_field(arena, b);
	s = mem_alloc(arena, a.n + b.n + 2, 1);
	put_field(put_field(s, a), b);
	return (struct text){s, a.n + b.n + 2};
}

struct score_shared
score_shared(struct arena *arena, const struct score_row *r)
{
	struct score_shared s = {arena, pair(arena, r->doc, r->class),
	    pair(arena, r->model, r->method), TEXT("")};
	char prob[25], *end = put_float(prob, r->prob);

	s.prob = text_copy(arena, (struct text){prob, (size_t)(end - prob)});
	return s;
}

void
score_write(struct output *o, const struct score_shared *s,
    const struct score_row *r)
{
	struct text level = tsv_field(s->arena, r->level);
	struct text tag = tsv_field(s->arena, r->tag);
	struct text text = tsv_field(s->arena, r->text);
	/* and two ids, a number and what separates them */
	size_t most = s->class.n + level.n + s->method.n + tag.n + s->prob.n +
	    text.n + 4 * 24;
	char *from = output_room(o, most), *to = from;

	to = put_field(put(to, s->class), level);
	to = put_id(put_id(to, r->first), r->last);
	to = put_field(put(to, s->method), tag);
	to = put_float(put(to, s->prob), r->score);
	to = put(to, text);
	*to++ = '\n';
	output_less(o, most - (size_t)(to - from));
}

/* Parse a word id; "_" is 0. */
static bool
parse_id(struct text field, struct place at, const char *name, size_t *id)
{
	*id = 0;
	if (text_is(field, "_"))
		return true;
	if (!text_to_size(field, id) || *id == 0)
		return bad(at, "%s \"%.*s\", expected a word id from 1, or _",
		    name, TEXT_ARGS(field));
	return true;
}

static bool
parse_real(struct text field, struct place at, const char *name, double low,
    double high, float *value)
{
	double v;

	if (!text_to_double(field, &v) || !(v >= low && v <= high) ||
	    !isfinite((float)v))
		return bad(at, "%s \"%.*s\", expected a number from %s", name,
		    TEXT_ARGS(field), low == 0 ? "0 to 1" : SCORE_RANGE);
	*value = (float)v;
	return true;
}

/* What a line that is not of scores could be, for a message. */
static const char *
guess(struct text line)
{
	if (text_starts(line, "doc\tlabel\tpredicted\t"))
		return "; this is a table of reat-predict, which reat-eval "
		    "reads; scores come from reat-score -m";
	if (line.n == 0 || memchr(line.s, '\t', line.n) != NULL)
		return "";
	return line.s[0] == '#' ? "; if this is tok, run reat-score -m first" :
	    "; if this is text, run reat-tokenize and reat-score -m first";
}

bool
score_parse(struct text line, struct place at, struct score_row *r)
{
	struct text f[COLUMNS];

	if (!tsv_fields(line, at, COLUMNS, names, guess, f))
		return false;
	for (int k = DOC; k <= LEVEL; k++)
		if (f[k].n == 0)
			return bad(at, "column %s is empty", names[k]);
	*r = (struct score_row){.doc = f[DOC], .class = f[CLASS],
	    .level = f[LEVEL], .model = f[MODEL], .method = f[METHOD],
	    .tag = f[TAG], .text = f[TEXTS], .kind = score_level(f[LEVEL]),
	    .line = line, .at = at};
	if (!parse_id(f[FIRST], at, "first", &r->first) ||
	    !parse_id(f[LAST], at, "last", &r->last) ||
	    !parse_real(f[PROB], at, "prob", 0, 1, &r->prob) ||
	    !parse_real(f[SCORE], at, "score", -HUGE_VAL, HUGE_VAL, &r->score))
		return false;
	if ((r->first == 0) != (r->last == 0))
		return bad(at, "only one of first and last is _");
	if (r->last < r->first)
		return bad(at, "words %zu to %zu are not in order", r->first,
		    r->last);
	return true;
}

void
score_key(struct text line, struct score_row *key)
{
	struct text rest = line, f[COLUMNS];
	size_t n = 0;

	*key = (struct score_row){.first = 0};
	while (rest.s != NULL && n < COLUMNS)
		f[n++] = text_cut(&rest, '\t');
	if (n <= LEVEL || f[DOC].n == 0 || f[CLASS].n == 0)
		return;
	key->doc = f[DOC];
	key->class = f[CLASS];
	if (n == COLUMNS && rest.s == NULL) {
		key->model = f[MODEL];
		key->method = f[METHOD];
	}
}
