/* SPDX-License-Identifier: ISC */
/*
 * attacks: rows of attacked texts (attack_write.h) into the tally.
 */
#ifndef MEASURE_ATTACKS_H
#define MEASURE_ATTACKS_H

struct measuring;

/* Measure the rows of all operands, as for input_open; returns the status. */
int attacks_measure(struct measuring *, char *const operands[]);

#endif
