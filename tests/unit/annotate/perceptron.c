/* SPDX-License-Identifier: ISC */
/* The lazy mean of the weights equals the mean computed after each example. */
#include <string.h>

#include "annotate/perceptron.h"
#include "check.h"
#include "math/random.h"

enum { CLASSES = 5, FEATURES = 40, EACH = 4, EXAMPLES = 500 };

static int64_t weight[FEATURES][CLASSES], total[FEATURES][CLASSES];

/* Four different features, and their class. */
static size_t
draw(struct random *r, uint32_t feature[EACH])
{
	uint32_t order[FEATURES];

	for (uint32_t i = 0; i < FEATURES; i++)
		order[i] = i;
	random_shuffle(r, order, FEATURES);
	memcpy(feature, order, EACH * sizeof *feature);
	return (feature[0] + 2 * feature[1] + random_below(r, 2)) % CLASSES;
}

static size_t
best_of(const int32_t *score)
{
	size_t best = 0;

	for (size_t c = 1; c < CLASSES; c++)
		if (score[c] > score[best])
			best = c;
	return best;
}

/* Train both.  Returns how many scores differed. */
static int
train(struct perceptron *p, int *mistakes)
{
	struct random r = random_seeded(7, 0);
	int different = 0;

	for (int i = 0; i < EXAMPLES; i++) {
		uint32_t feature[EACH];
		size_t gold = draw(&r, feature), guess;
		int32_t score[CLASSES] = {0};

		perceptron_score(p, feature, EACH, score);
		guess = best_of(score);
		for (size_t c = 0; c < CLASSES; c++) {
			int64_t sum = 0;

			for (int k = 0; k < EACH; k++)
				sum += weight[feature[k]][c];
			different += sum != score[c];
		}
		*mistakes += gold != guess;
		for (int k = 0; k < EACH && gold != guess; k++) {
			weight[feature[k]][gold]++;
			weight[feature[k]][guess]--;
		}
		perceptron_learn(p, feature, EACH, gold, guess);
		for (int f = 0; f < FEATURES; f++)
			for (int c = 0; c < CLASSES; c++)
				total[f][c] += weight[f][c];
	}
	return different;
}

int
main(void)
{
	struct perceptron *p = perceptron_new(CLASSES);
	int wrong = 0, moved = 0, mistakes = 0;

	for (uint32_t f = 0; f < FEATURES; f++)
		wrong += perceptron_feature(p, 1000u * f) != f;
	CHECK(wrong == 0, "features are numbered as they come");
	CHECK(perceptron_feature(p, 3000) == 3 &&
	    perceptron_features(p) == FEATURES && perceptron_key(p, 3) == 3000,
	    "a key that is known keeps its number");
	CHECK(train(p, &mistakes) == 0, "scores are sums of weights");
	CHECK(mistakes > 50 && mistakes < EXAMPLES - 50,
	    "weights changed in some examples, not in all (%d of %d)",
	    mistakes, EXAMPLES);
	for (uint32_t f = 0; f < FEATURES; f++) {
		double mean[CLASSES];

		perceptron_mean(p, f, mean);
		for (size_t c = 0; c < CLASSES; c++) {
			wrong += mean[c] != (double)total[f][c] / EXAMPLES;
			moved += mean[c] != 0;
		}
	}
	CHECK(wrong == 0 && moved > FEATURES,
	    "lazy means equal the naive ones, bit for bit (%d of %d not 0)",
	    moved, FEATURES * CLASSES);
	for (uint32_t f = FEATURES; f < 5000; f++)
		wrong += perceptron_feature(p, 1000u * f) != f;
	for (uint32_t f = 0; f < 5000; f++)
		wrong += perceptron_key(p, f) != 1000u * f;
	CHECK(wrong == 0, "thousands of features are found again");
	perceptron_free(p);
	return check_done();
}
