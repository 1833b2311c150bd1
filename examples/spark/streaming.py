#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""streaming.py MODEL FOLDER OUT: scores of the texts that arrive in a folder.

Each file of FOLDER has a line a text: its id, a tab, the text.  OUT is a folder
of Parquet files with the columns of reat-score(5).  OUT.state says which files
are done: after a stop, the same command goes on with the others.
"""
import sys

import dataframe
from pyspark.sql import SparkSession


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: streaming.py MODEL FOLDER OUT")
    model, folder, out = sys.argv[1:]
    spark = SparkSession.builder.appName("reat").getOrCreate()
    spark.sparkContext.addPyFile(dataframe.__file__)  # for the workers
    # a quote in a text is a character, not the begin of a quoted field
    texts = (spark.readStream.schema("id string, text string")
             .options(sep="\t", quote="", escape="").csv(folder))
    # all that is there; trigger(processingTime="10 seconds") waits for more
    (dataframe.explain(texts, model).writeStream
        .trigger(availableNow=True)
        .options(checkpointLocation=out + ".state", compression="zstd")
        .format("parquet").start(out).awaitTermination())
    spark.stop()


if __name__ == "__main__":
    main()
