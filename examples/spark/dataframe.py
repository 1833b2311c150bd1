#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""dataframe.py MODEL TEXTS OUT: scores as columns, by DataFrame.mapInArrow.

TEXTS is a Parquet file or folder with the columns id and text.  OUT is a folder
of Parquet files with the columns of reat-score(5).
"""
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from pyarrow import csv
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import _parse_datatype_string

COLUMNS = """doc string, class string, level string, first int, last int,
model string, method string, tag string, prob float, score float, text string"""
PIPELINE = """set -o pipefail
reat-tokenize -q -H -D , -f id=1,text=2 | reat-tag | reat-chunk |
reat-score -m "$1" """


def feed(batches, to):
    """Write the rows as CSV, and close it."""
    with to:
        for batch in batches:
            csv.write_csv(batch, to, csv.WriteOptions(include_header=False))


def scores(model, schema):
    """The function that mapInArrow calls for each partition."""
    rows = csv.ConvertOptions(column_types=schema, null_values=["_"])
    tabs = csv.ParseOptions(delimiter="\t", quote_char=False)

    def run(batches):
        with (tempfile.TemporaryFile() as said, ThreadPoolExecutor(1) as pool,
              subprocess.Popen(["bash", "-c", PIPELINE, "bash", model],
                               stdin=subprocess.PIPE, stderr=said,
                               stdout=subprocess.PIPE) as filters):
            fed = pool.submit(feed, batches, filters.stdin)
            yield from csv.open_csv(filters.stdout, parse_options=tabs,
                                    convert_options=rows)
            if filters.wait() != 0:
                said.seek(0)
                raise RuntimeError(said.read().decode())
            fed.result()
    return run


def explain(texts, model):
    """Rows of scores of a DataFrame with the columns id and text."""
    schema = to_arrow_schema(_parse_datatype_string(COLUMNS))
    return texts.select("id", "text").mapInArrow(scores(model, schema), COLUMNS)


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: dataframe.py MODEL TEXTS OUT")
    model, texts, out = sys.argv[1:]
    spark = SparkSession.builder.appName("reat").getOrCreate()
    scored = explain(spark.read.parquet(texts), model)
    scored.write.parquet(out, compression="zstd")
    spark.stop()


if __name__ == "__main__":
    main()
