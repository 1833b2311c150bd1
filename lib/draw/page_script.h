/* SPDX-License-Identifier: ISC */
/*
 * page_script: the search and the filters of a page of many texts.
 *
 * The page is complete without the script, which makes its own fields.  The
 * head of the page allows the script by its hash (Content Security Policy), and
 * no other one.  The script has none of the characters that markup escapes.
 */
#ifndef DRAW_PAGE_SCRIPT_H
#define DRAW_PAGE_SCRIPT_H

/* The policy, for PAGE_HEAD; tests/reat-heatmap.bats compares the hash. */
#define PAGE_SCRIPT_POLICY "; script-src " \
    "'sha256-mim5VrCGBfrODdt4JCuoDvCR/3XPhM1gaZZZf3sNWHU='"

/* What is between the tags. */
extern const char page_script[];

#endif
