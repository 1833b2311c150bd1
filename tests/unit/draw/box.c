/* SPDX-License-Identifier: ISC */
/* quantile, box, axis: quantiles, whiskers, round numbers, computed by hand. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "check.h"
#include "draw/axis.h"
#include "draw/box.h"
#include "math/quantile.h"

static bool
near(double a, double b)
{
	return fabs(a - b) <= 1e-12 * fmax(1, fabs(b));
}

static void
test_quantiles(void)
{
	static const double four[] = {1, 2, 3, 4}, one[] = {7};
	static const double five[] = {-5, 0, 1, 10, 100};

	CHECK(near(quantile(four, 4, 0.25), 1.75) &&
	    near(quantile(four, 4, 0.5), 2.5) &&
	    near(quantile(four, 4, 0.75), 3.25), "1 2 3 4, type 7");
	CHECK(near(quantile(five, 5, 0.25), 0) &&
	    near(quantile(five, 5, 0.5), 1) &&
	    near(quantile(five, 5, 0.75), 10), "five values");
	CHECK(near(quantile(five, 5, 0.1), -3) &&
	    near(quantile(five, 5, 0.95), 82), "between two values");
	CHECK(near(quantile(five, 5, 0), -5) &&
	    near(quantile(five, 5, 1), 100), "the ends");
	CHECK(near(quantile(one, 1, 0.3), 7), "one value");
}

static void
test_boxes(void)
{
	double v[] = {20, 1, 3, 2, 4, 5, 6, 7, -9};
	double few[] = {1, 100, 1, 1}, large[] = {FLT_MAX, -FLT_MAX, 0};
	struct box b = box_of(v, 9);

	/* -9 1 2 3 4 5 6 7 20: quartiles 2 and 6, reach 6: from -4 to 12 */
	CHECK(near(b.q1, 2) && near(b.median, 4) && near(b.q3, 6),
	    "quartiles of nine values");
	CHECK(near(b.low, 1) && near(b.high, 7) && b.below == 1 &&
	    b.above == 1, "whiskers end at values, two outliers");
	/* 1 1 1 100: the third quartile is 25.75, 100 is beyond its reach */
	b = box_of(few, 4);
	CHECK(near(b.q3, 25.75) && near(b.high, 25.75) && b.above == 1,
	    "a whisker is never inside the box");
	b = box_of(large, 3);
	CHECK(isfinite(b.q1) && isfinite(b.q3) && b.low <= b.q1 &&
	    b.high >= b.q3, "the largest floats");
}

static void
test_sorted(void)
{
	struct boxes *b = boxes_new();
	const struct box *box;
	size_t n;

	boxes_add(b, TEXT("low"), 1);
	boxes_add(b, TEXT("b"), 5);
	boxes_add(b, TEXT("a"), 4);
	boxes_add(b, TEXT("a"), 6);
	boxes_add(b, TEXT("low"), 3);
	box = boxes_sorted(b, 1, &n);
	CHECK(n == 3 && text_is(box[0].key, "a") &&
	    text_is(box[1].key, "b") && text_is(box[2].key, "low"),
	    "the highest median first, then by key");
	box = boxes_sorted(b, 2, &n);
	CHECK(n == 2 && text_is(box[0].key, "a") && box[0].n == 2,
	    "keys of enough values");
	boxes_sorted(b, 3, &n);
	CHECK(n == 0, "no key has enough");
	boxes_free(b);
}

static void
test_axes(void)
{
	struct arena *arena = mem_arena();
	struct axis a = axis_around(-2.25, 4.1, false, 6);

	CHECK(near(a.step, 1) && a.low == -2.25 && a.high == 4.1 &&
	    axis_ticks(&a) == 7 && axis_tick(&a, 0) == -2 &&
	    axis_tick(&a, 2) == 0 && !signbit(axis_tick(&a, 2)),
	    "round numbers between the ends");
	a = axis_of(-0.3, 0.3, false, 6);
	CHECK(near(a.step, 0.1) && axis_ticks(&a) == 7 &&
	    strcmp(axis_label(&a, arena, axis_tick(&a, 0)), "-0.3") == 0 &&
	    strcmp(axis_label(&a, arena, axis_tick(&a, 3)), "0.0") == 0,
	    "ends that are ticks but for rounding");
	a = axis_around(3, 10, false, 5);
	CHECK(a.low == 0 && a.high == 10, "0 is near");
	a = axis_around(103, 110, false, 5);
	CHECK(a.low == 103, "0 is far");
	a = axis_around(-5, -5, false, 5);
	CHECK(a.low < -5 && a.high > -5, "one value has an axis");
	a = axis_around(0, 0, false, 5);
	CHECK(a.low < 0 && a.high > 0, "so has 0");
	CHECK(axis_place(&a, a.low) == 0 && axis_place(&a, a.high) == 1 &&
	    axis_place(&a, 0) == 0.5 && axis_place(&a, 99) == 1 &&
	    axis_place(&a, -99) == 0, "places");
	a = axis_around(1e16, nextafter(1e16, 2e16), false, 5);
	CHECK(axis_ticks(&a) < 100 && axis_place(&a, 1e16) >= 0,
	    "an axis at the end of precision");
	a = axis_around(4, 16, true, 4);
	CHECK(a.low == 0 && near(a.step, 1) && axis_ticks(&a) == 5 &&
	    near(axis_tick(&a, 3), 9) && near(axis_place(&a, 1), 0.25) &&
	    near(axis_spaced(&a, -9), -3), "a root axis has 0 and squares");
	a = axis_of(-0.2, 0.2, true, 4);
	CHECK(near(a.step, 0.05) && axis_ticks(&a) == 5 &&
	    near(axis_tick(&a, 0), -0.2) && axis_tick(&a, 2) == 0 &&
	    near(axis_place(&a, -0.05), 0.25), "and both sides");
	mem_free(arena);
}

int
main(void)
{
	test_quantiles();
	test_boxes();
	test_sorted();
	test_axes();
	return check_done();
}
