#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""scores_duckdb.py SCORES PARQUET COPY: scores to Parquet with DuckDB, the mean
score of each word from there, and the scores again.

    reat-score -m sst2-gru tok >scores
    python3 scores_duckdb.py scores scores.parquet copy

first and last become integers, prob and score 32-bit numbers, as REAT computes
them; _ is NULL in these columns.  COPY has the same numbers, and the same bytes
but for numbers below 0.0001, which have an exponent.
"""
import sys

import duckdb

source, parquet, copy = ("'" + p.replace("'", "''") + "'" for p in sys.argv[1:])
numbers = {"first": "INTEGER", "last": "INTEGER", "prob": "FLOAT",
           "score": "FLOAT"}
read = ", ".join(f"nullif({c}, '_')::{t} AS {c}" for c, t in numbers.items())
write = ", ".join(
    f"coalesce(regexp_replace({c}::VARCHAR, '[.]0$', ''), '_') AS {c}"
    for c in numbers)

db = duckdb.connect()
db.execute("SET threads = 1")       # the order of the rows
db.execute(f"""COPY (SELECT * REPLACE ({read}) FROM read_csv({source},
    delim = '\t', quote = '', escape = '', header = true, all_varchar = true,
    nullstr = '')) TO {parquet} (FORMAT parquet)""")
for row in db.sql(f"""SELECT text, count(*), avg(score) FROM {parquet}
        WHERE level = 'word' GROUP BY text ORDER BY text""").fetchall():
    print("%s\t%d\t%.6f" % row)
db.execute(f"""COPY (SELECT * REPLACE ({write}) FROM {parquet}) TO {copy}
    (DELIMITER '\t', QUOTE '', ESCAPE '', HEADER true)""")
