#!/bin/sh
# spark.sh BUILD [TEXTS]: the examples of Spark on two cores beside one process,
# for so many texts (1000000): seconds, the memory of the largest process, and
# whether the result is the same.  In both runs one pipeline is killed in the
# midst, when a part of its rows are written, and Spark repeats that task.
#
# rdd.py must give the bytes of one process; of dataframe.py, each row is
# compared by its values.  It needs Java, and pyspark and pyarrow in REAT_PEERS.
# A million texts need 4 GB in TMPDIR.
set -eu
build=$(cd "${1:-build}" && pwd)
n=${2:-1000000}
[ "${REAT_BENCH_QUICK:-}" != 1 ] || n=400
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
# shellcheck source=tests/bench/peers
. tests/bench/peers
built "$build" peak
peers "$build" pyspark pyarrow || exit 0
command -v java >/dev/null || { echo 'spark: skipped: no java'; exit 0; }
PATH=$build:$PATH REAT_PATH=$root/share LC_ALL=C.UTF-8
PYSPARK_PYTHON=$python PYSPARK_DRIVER_PYTHON=$python
export PATH REAT_PATH LC_ALL PYSPARK_PYTHON PYSPARK_DRIVER_PYTHON
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

# part of the input of the first reat-chunk, then the end of its pipeline
mkdir bin
cat >bin/reat-chunk <<END
#!/bin/sh
if [ -e '$tmp/kill' ] && mkdir '$tmp/killed' 2>/dev/null; then
	head -c $((n * 200)) | '$build/reat-chunk' "\$@"
	kill -9 \$PPID
fi
exec '$build/reat-chunk' "\$@"
END
chmod +x bin/reat-chunk

# row WHAT COMMAND...: run it, and print what peak measured
row() {
	what=$1
	shift
	"$build/bench/peak" "$@" 3>used 2>log ||
		{ grep -v INFO log | head -40 >&2; exit 1; }
	awk -v OFS='\t' -v what="$what" '{ printf "%s\t%.0f\t%.0f\t", what,
		$2, $1 / 1024 }' used
}

# spark EXAMPLE IN: run it, and one pipeline of it is killed
spark() {
	rm -rf killed
	PATH=$tmp/bin:$PATH row "$1, a task killed" "$("$python" -c \
	    'import os, pyspark; print(os.path.dirname(pyspark.__file__))')/bin/spark-submit" \
	    --master 'local[2,2]' "$root/examples/spark/$1" sst2-gru "$2" "$1.out"
	if ! [ -d killed ] || ! grep -q 'Lost task' log; then
		echo 'spark: no task was killed' >&2
		exit 1
	fi
}

seq "$n" | awk '{ printf "d%d\tThe film %d is not bad, \"at all\\\n", $1, $1 }' \
    >texts
touch kill
printf 'what\tseconds\tMiB\tresult\n'
row 'one process a stage' sh -c 'reat-tokenize -q -H -D tab -f id=1,text=2 texts |
    reat-tag | reat-chunk | reat-score -H -m sst2-gru >want'
sum=$(sha256sum <want)
printf '%s rows, %s bytes, sha256 %.16s\n' "$(wc -l <want)" "$(wc -c <want)" \
    "$sum"
spark rdd.py texts
[ "$(cat rdd.py.out/part-* | sha256sum)" = "$sum" ] ||
	{ echo 'other bytes' >&2; exit 1; }
printf 'the same bytes, by their digest\n'
rm -rf rdd.py.out

"$python" - <<'END'
from pyarrow import csv, parquet
rows = csv.open_csv("texts", csv.ReadOptions(column_names=["id", "text"]),
                    csv.ParseOptions(delimiter="\t", quote_char=False))
with parquet.ParquetWriter("in", rows.schema, compression="zstd") as to:
    for batch in rows:
        to.write_batch(batch, row_group_size=10000)
END
spark dataframe.py in
"$python" - <<'END'
import glob
import pyarrow
from pyarrow import csv, parquet

# the rows of a partition are in order; the partitions may not be
parts = [parquet.read_table(f) for f in glob.glob("dataframe.py.out/*.parquet")]
parts = [p for p in parts if p.num_rows > 0]
parts.sort(key=lambda part: int(part["doc"][0].as_py()[1:]))
got = pyarrow.concat_tables(parts)
at = 0
for batch in csv.open_csv(
        "want", csv.ReadOptions(column_names=got.column_names),
        csv.ParseOptions(delimiter="\t", quote_char=False),
        csv.ConvertOptions(column_types=got.schema, null_values=["_"])):
    want = pyarrow.Table.from_batches([batch])
    assert got.slice(at, want.num_rows).equals(want), at
    at += want.num_rows
assert at == got.num_rows > 0
END
printf 'the same rows; Parquet of %s bytes\n' \
    "$(cat dataframe.py.out/*.parquet | wc -c)"
