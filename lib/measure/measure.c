/* SPDX-License-Identifier: ISC */
#include "measure/measure.h"

#include <string.h>

#define PREDICTIONS "predictions of the texts, and of what is left of them"

const struct measure measures[] = {
	{"faithfulness", "reat-occlude -a omit -y, then scores",
	    "the probability lost with the most predictive span (eq 23)",
	    MEASURE_TRUTH, "predicted", true, false, measure_faithfulness,
	    NULL, NULL},
	{"interpretability", "scores of words, -c all or positive",
	    "a positive adjective above a negative one (eq 24)",
	    MEASURE_SCORES, "positive", false, true, measure_interpretability,
	    NULL, NULL},
	{"completeness", "scores", "how far text and bias are from the logit",
	    MEASURE_SCORES, "predicted", false, false, measure_completeness,
	    NULL, NULL},
	{"agreement", "the scores to agree with, then scores",
	    "Spearman's rank correlation", MEASURE_TRUTH, "predicted", true,
	    false, measure_agreement, NULL, NULL},
	{"sign", "labelled spans as scores, then scores of words",
	    "the signs of phrases", MEASURE_TRUTH, NULL, false, false,
	    measure_sign, NULL, NULL},
	{"pointing", "the parts' classes as scores, then scores of words",
	    "the top word lies in a part of its class", MEASURE_TRUTH,
	    "predicted", false, false, measure_pointing, NULL, NULL},
	{"comprehensiveness", PREDICTIONS,
	    "the probability lost with the top words (ERASER)",
	    MEASURE_PREDICTIONS, NULL, false, false, NULL,
	    measure_drop_operands, measure_drop},
	{"sufficiency", PREDICTIONS,
	    "the probability lost with all but the top words (ERASER)",
	    MEASURE_PREDICTIONS, NULL, false, false, NULL,
	    measure_drop_operands, measure_drop},
	{"normalised", PREDICTIONS " by two methods or more",
	    "comprehensiveness between the worst and the best",
	    MEASURE_PREDICTIONS, NULL, false, false, NULL,
	    measure_normalised_operands, measure_normalised},
	{NULL, NULL, NULL, MEASURE_SCORES, NULL, false, false, NULL, NULL,
	    NULL},
};

const struct measure *
measure_find(const char *name)
{
	for (const struct measure *m = measures; m->name != NULL; m++)
		if (strcmp(m->name, name) == 0)
			return m;
	return NULL;
}
