#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""rdd.py MODEL TEXTS OUT: scores of texts, by RDD.pipe.

TEXTS has a line a text: its id, a tab, the text.  OUT is a folder that gets the
rows of reat-score -H, in the order of the texts.
"""
import os
import shlex
import sys

from pyspark.sql import SparkSession

PIPELINE = """
reat-tokenize -q -H -D tab -f id=1,text=2 | reat-tag | reat-chunk |
reat-score -H -m "$1"
"""


def command(script, *arguments):
    """The script as one command, which fails if one of its filters fails."""
    return shlex.join(["bash", "-o", "pipefail", "-c", script, "bash",
                       *arguments])


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: rdd.py MODEL TEXTS OUT")
    model, texts, out = sys.argv[1:]
    spark = SparkSession.builder.appName("reat").getOrCreate()
    # env: without it the command has no PATH.  checkCode: a partition whose
    # filters fail is an error, not a short result.
    (spark.sparkContext.textFile(texts)
        .pipe(command(PIPELINE, model), env=dict(os.environ), checkCode=True)
        .saveAsTextFile(out))
    spark.stop()


if __name__ == "__main__":
    main()
