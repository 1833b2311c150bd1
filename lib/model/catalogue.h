/* SPDX-License-Identifier: ISC */
/*
 * catalogue: a table of the models that a name finds.
 *
 *     model     labels             accuracy  task       title  folder
 *     sst2-gru  negative|positive  0.875000  sentiment  a GRU  /usr/share/...
 *
 * with tabs between.  accuracy is the best of log.tsv, which reat-train writes,
 * so it is that of the dev texts; task is the first line "Task: ..." of
 * README.md, and title its first line, without "# NAME: ".  What is not there
 * is "_".
 */
#ifndef MODEL_CATALOGUE_H
#define MODEL_CATALOGUE_H

struct output;

/*
 * Write the table.  A model or log with a fault is reported, and the others
 * follow.  Returns the worst status.
 */
int catalogue_write(struct output *);

#endif
