/* SPDX-License-Identifier: ISC */
/* target: which classes -c finds, and a contrast of two of them. */
#include "explain/target.h"

#include <math.h>

#include "base/err.h"
#include "base/mem.h"
#include "check.h"
#include "rnn/trace.h"
#include "stream/block.h"

/* Three classes with a row each; a label may hold a colon. */
static const struct text labels[] = {{"a", 1}, {"b", 1}, {"a:b", 3}};
static float probability[] = {0.5f, 0.125f, 0.375f};
static float logit[] = {3, -1, 2};

static struct block block;
static struct trace trace = {.C = 3, .rows = 3, .label = labels,
    .probability = probability, .logit = logit, .predicted = 2};
static struct target *target;
static size_t n;

static bool
finds(const char *option)
{
	struct target_choice choice = target_choose(option);

	return target_find(&block, &trace, &choice, &target, &n);
}

static void
test_classes(void)
{
	CHECK(finds("predicted") && n == 1 && target->A == 2, "predicted");
	CHECK(finds("all") && n == 3 && text_is(target[1].class, "b") &&
	    target[1].A == 1 && target[1].B == 1, "all, in the model's order");
	CHECK(finds("b") && n == 1 && target->A == 1 &&
	    target_logit(target, logit) == -1, "a label");
	CHECK(finds("a:b") && target->A == 2 && target->B == 2,
	    "a label with a colon is no contrast");
	CHECK(!finds("c") && !finds("b:c") && !finds("b:b") && !finds(""),
	    "no such class");
}

static void
test_gold(void)
{
	block.label = (struct text){NULL, 0};
	CHECK(!finds("gold"), "gold without a label");
	block.label = TEXT("b");
	CHECK(finds("gold") && target->A == 1, "gold");
	block.label = TEXT("b:a");
	CHECK(!finds("gold"), "a gold label is one class, not a contrast");
}

static void
test_contrast(void)
{
	CHECK(finds("b:a:b") && n == 1 && target->A == 1 && target->B == 2 &&
	    text_is(target->class, "b:a:b"), "a colon that gives two labels");
	CHECK(target_logit(target, logit) == -3, "a difference of logits");
	CHECK(fabs((double)target->probability - 1 / (1 + exp(3))) < 1e-8,
	    "the probability among the two, from the logits");
}

/* One row z is the logit of the second label, and -z that of the first. */
static void
test_sigmoid(void)
{
	float z = 2, p[] = {0.25f, 0.75f};

	trace = (struct trace){.C = 2, .rows = 1, .label = labels,
	    .probability = p, .logit = &z, .predicted = 1};
	CHECK(finds("a") && target_logit(target, &z) == -2, "the first label");
	CHECK(finds("b:a") && target->parts == 1 &&
	    target_logit(target, &z) == 4, "a contrast has one part");
}

int
main(void)
{
	err_mute(true);
	block.arena = mem_arena();
	test_classes();
	test_gold();
	test_contrast();
	test_sigmoid();
	mem_free(block.arena);
	return check_done();
}
