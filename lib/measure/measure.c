/* SPDX-License-Identifier: ISC */
#include "measure/measure.h"

#include <string.h>

const struct measure *const measures[] = {
	&faithfulness, &interpretability, &completeness, &agreement,
	&correlation, &sign, &pointing, &infidelity, &sensitivity, &stability,
	&token_f1, &iou_f1, &auprc, &comprehensiveness, &sufficiency,
	&normalised, &log_odds, &log_probability, &flip, &monotonicity,
	&accuracy, &confusion, &precision, &recall, &f1, &macro_f1,
	&cross_entropy, &calibration, &reliability, &attack, NULL,
};

const struct measure *
measure_find(const char *name)
{
	size_t i = 0;

	while (measures[i] != NULL && strcmp(measures[i]->name, name) != 0)
		i++;
	return measures[i];
}
