/* SPDX-License-Identifier: ISC */
/*
 * list: the contents of a model's folder, as lines of a key and values.
 *
 *     cell       gru
 *     V          12
 *     tensor     NAME  TYPE  SHAPE  COUNT  MIN  MAX  MEAN-SIZE  FILE
 *
 * with tabs between.
 */
#ifndef MODEL_LIST_H
#define MODEL_LIST_H

struct model;
struct output;

void model_list(const struct model *, struct output *);

#endif
