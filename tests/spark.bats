# examples/spark: the scores of Spark are those of one process.

load helper

setup() {
	python=${REAT_PEERS:-python3}
	for module in pyspark pyarrow; do
		"$python" -c "import $module" 2>/dev/null ||
			skip "no $module in $python"
	done
	command -v java >/dev/null || skip "no java"
	cd "$BATS_TEST_TMPDIR"
	export PYSPARK_PYTHON=$python PYSPARK_DRIVER_PYTHON=$python
	for i in $(seq 200); do
		printf 'd%d\tThe film %d is not bad, "at all\\\n' "$i" "$i"
	done >texts
	printf 'empty\t\n' >>texts
	reat-tokenize -q -H -D tab -f id=1,text=2 texts | reat-tag | reat-chunk |
		reat-score -H -m sst2-gru >want
}

# submit EXAMPLE ARGUMENT...: run it on two cores; a task may fail once
submit() {
	example=$1
	shift
	"$("$python" -c 'import os, pyspark
print(os.path.dirname(pyspark.__file__))')/bin/spark-submit" \
		--master 'local[2,2]' "$ROOT/examples/spark/$example" "$@" 2>log ||
		{ grep -v INFO log | head -40; false; }
}

# same FOLDER: its Parquet files have the rows of want, in any order
same() {
	"$python" - "$1" <<-'P'
	import sys
	from pyarrow import csv, parquet

	def rows(table):
	    return sorted(map(str, table.to_pylist()))

	got = parquet.read_table(sys.argv[1])
	want = csv.read_csv("want", csv.ReadOptions(column_names=got.column_names),
	                    csv.ParseOptions(delimiter="\t", quote_char=False),
	                    csv.ConvertOptions(column_types=got.schema,
	                                       null_values=["_"]))
	assert want.num_rows > 1000 and rows(got) == rows(want)
	P
}

@test "examples/spark/rdd.py: the bytes of one process, also when a task is killed" {
	mkdir bin
	cat >bin/reat-chunk <<-END
	#!/bin/sh
	# the first to come takes its whole pipeline with it
	mkdir '$PWD/killed' 2>/dev/null && kill -9 \$PPID \$\$
	exec '$REAT_BUILD/reat-chunk' "\$@"
	END
	chmod +x bin/reat-chunk
	PATH=$PWD/bin:$PATH submit rdd.py sst2-gru texts out
	[ -d killed ]
	grep -q 'Lost task' log
	cat out/part-* | cmp - want
}

@test "examples/spark/dataframe.py: scores as columns, and an error of a filter" {
	"$python" -c 'import pyarrow.parquet as p
from pyarrow import csv
p.write_table(csv.read_csv("texts", csv.ReadOptions(column_names=["id", "text"]),
    csv.ParseOptions(delimiter="\t", quote_char=False)), "in", compression="zstd")'
	submit dataframe.py sst2-gru in out
	same out
	run submit dataframe.py no-such-model in out2
	[ "$status" -ne 0 ]
	[[ $output == *"reat-score: no-such-model: "* ]]
}

@test "examples/spark/streaming.py: files that arrive, and a second run" {
	mkdir in
	head -120 texts >in/a
	submit streaming.py sst2-gru in out
	tail -n +121 texts >in/b
	submit streaming.py sst2-gru in out
	same out
}
