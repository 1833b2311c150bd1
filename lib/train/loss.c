/* SPDX-License-Identifier: ISC */
#include "train/loss.h"

#include <math.h>

/* One text; z goes out as the gradient of its own loss, times scale. */
static double
softmax_loss(size_t rows, float *z, size_t gold, double scale)
{
	double sum = 0.0, top = (double)z[0], at = (double)z[gold];

	for (size_t k = 1; k < rows; k++)
		top = fmax(top, (double)z[k]);
	for (size_t k = 0; k < rows; k++)
		sum += exp((double)z[k] - top);
	for (size_t k = 0; k < rows; k++)
		z[k] = (float)((exp((double)z[k] - top) / sum -
		    (k == gold ? 1.0 : 0.0)) * scale);
	return log(sum) + top - at;
}

static double
sigmoid_loss(float *z, size_t gold, double scale)
{
	double right = gold == 1 ? (double)*z : -(double)*z;
	double wrong = 1.0 / (1.0 + exp(right));	/* its probability */

	*z = (float)(scale * (gold == 1 ? -wrong : wrong));
	/* log(1 + exp(-right)), without overflow */
	return right > 0.0 ? log1p(exp(-right)) : log1p(exp(right)) - right;
}

double
loss_cross_entropy(size_t n, size_t rows, float *z, const size_t gold[])
{
	double loss = 0.0;

	for (size_t i = 0; i < n; i++, z += rows)
		loss += rows > 1 ?
		    softmax_loss(rows, z, gold[i], 1.0 / (double)n) :
		    sigmoid_loss(z, gold[i], 1.0 / (double)n);
	return loss / (double)n;
}
