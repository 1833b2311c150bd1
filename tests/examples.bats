# The scripts in examples/ do what their comments promise.  chunk-awk.sh and
# render-awk.sh are tested in reat-chunk.bats and reat-heatmap.bats, with the
# filters that they replace.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
}

texts() {
	printf '%s\n' 'A charming but slow film .' 'Dull , dull and dull !' \
		'' 'I liked it . She did not .'
}

@test "a test runs each example" {
	for script in "$ROOT"/examples/*.sh; do
		grep -q "examples/${script##*/}" "$ROOT"/tests/*.bats || {
			echo "$script"
			false
		}
	done
}

@test "examples/demo.sh draws words, phrases and clauses" {
	run env B="${REAT_BUILD#"$ROOT"/}" sh "$ROOT/examples/demo.sh"
	[ "$status" -eq 0 ]
	[ "$(grep -c '^ *word' <<<"$output")" -ge 4 ]
	[ "$(grep -c '^ *phrase' <<<"$output")" -ge 4 ]
	[ "$(grep -c '^ *clause' <<<"$output")" -ge 4 ]
}

@test "examples/compare-models.sh: the words on which two models differ" {
	texts >"$BATS_TEST_TMPDIR/texts"
	run sh "$ROOT/examples/compare-models.sh" sst2-gru sst2-lstm \
		"$BATS_TEST_TMPDIR/texts"
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 20 ]
	# the difference is that of the two scores, largest first
	run awk -F'\t' '{ d = $3 - $4; d = d < 0 ? -d : d
		if ((d - $1) ^ 2 > 1e-8 || (NR > 1 && $1 > last)) print
		last = $1 }' <<<"$output"
	[ -z "$output" ]
}

@test "examples/parallel.sh: the bytes of one process with -H" {
	for i in $(seq 1200); do
		texts | sed "s/film/film $i/"
	done >"$BATS_TEST_TMPDIR/texts"
	sh "$ROOT/examples/parallel.sh" sst2-bigru "$BATS_TEST_TMPDIR/texts" \
		>"$BATS_TEST_TMPDIR/parallel"
	reat-tokenize "$BATS_TEST_TMPDIR/texts" | reat-tag | reat-chunk |
		reat-score -H -m sst2-bigru | cmp - "$BATS_TEST_TMPDIR/parallel"
	# there was more than one piece
	[ "$(reat-tokenize "$BATS_TEST_TMPDIR/texts" | reat-tag | reat-chunk |
		wc -c)" -gt 1000000 ]
}

@test "if a stage fails, the status is not 0, and there is no picture" {
	texts >texts
	for script in compare-models parallel tags-boxplot fig4; do
		case $script in
		compare-models) args='no-model sst2-gru' other='sst2-gru sst2-gru' ;;
		*) args=no-model other=sst2-gru ;;
		esac
		# shellcheck disable=SC2086	# lists
		try env B="${REAT_BUILD#"$ROOT"/}" sh \
			"$ROOT/examples/$script.sh" $args texts
		[ "$status" -ne 0 ]
		[ -z "$output" ]
		[ $script != fig4 ] || continue		# reads no file
		# shellcheck disable=SC2086
		try sh "$ROOT/examples/$script.sh" $other /no/such
		[ "$status" -ne 0 ]
		[ -z "$output" ]
	done
}

@test "examples/train-trec.sh: questions in six classes" {
	need_data trec/train_5500.label vectors/glove.6B.100d.union.txt.xz
	run sh "$ROOT/examples/train-trec.sh" "$DATA" "$BATS_TEST_TMPDIR/out"
	[ "$status" -eq 0 ]
	awk -F '[ ,]+' '$1 == "test:" { n++; bad = $6 < 88 }
	    END { exit n != 1 || bad }' <<<"$output"
	grep -qx "labels: \['ABBR', 'DESC', 'ENTY', 'HUM', 'LOC', 'NUM'\]" \
	    "$BATS_TEST_TMPDIR/out/trec-bigru/model.yaml"
}

@test "examples/replicate/table3.sh: from data to a table, and a second run" {
	# a small data folder
	mkdir -p data/sst2 data/yelp data/vectors
	for part in train dev test; do
		for i in 1 2 3 4 5 6 7 8; do
			printf 'good film %d\t1\nbad film %d\t0\n' "$i" "$i"
		done >"data/sst2/$part.tsv"
		awk -F '\t' -v OFS='\t' '{ print $2, $1 }' \
		    "data/sst2/$part.tsv" | xz >"data/yelp/$part.tsv.xz"
	done
	printf '3 2\ngood 1 2\nbad -1 -2\nfilm 0 1\n' |
	    xz >data/vectors/googlenews.300d.filled.txt.xz
	export SEEDS='1 2' CELLS='gru bigru' EPOCHS=2
	run sh "$ROOT/examples/replicate/table3.sh" data out
	[ "$status" -eq 0 ]
	[ "$(sed 1d out/table3.tsv | cut -f1-3 | tr '\t\n' '- ')" = \
	    "sst2-bigru-1 sst2-bigru-2 sst2-gru-1 sst2-gru-2 yelp-bigru-1 yelp-bigru-2 yelp-gru-1 yelp-gru-2 " ]
	grep -q '^classifier is the best on dev of 2 epochs\.  ' out/table3.txt
	grep -q '^Yelp stand-in  *bigru  *2 .* 96.2  *-$' out/table3.txt
	grep -q 'bidirectional: true' out/models/sst2-bigru-1/model.yaml
	[ "$(reat-predict -H -m ./out/models/yelp-gru-2 out/data/yelp/test.tok |
	    awk -F '\t' '{ n += $2 == $3 } END { printf "%.2f\n",
		100 * n / NR }')" = "$(cut -f5 out/table3/yelp-gru-2.tsv)" ]
	# a file that exists is not made again; a missing one is
	cp out/table3.tsv before
	rm -r out/models out/table3/yelp-gru-2.tsv
	sh "$ROOT/examples/replicate/table3.sh" data out >table
	cmp before out/table3.tsv
	cmp table out/table3.txt
	[ "$(echo out/models/*)" = out/models/yelp-gru-2 ]
	# a table has only the classifiers of its run
	SEEDS=2 SETS=yelp CELLS=gru sh "$ROOT/examples/replicate/table3.sh" \
		data out
	[ "$(sed 1d out/table3.tsv | cut -f1-3 | tr '\t\n' '- ')" = 'yelp-gru-2 ' ]
}

@test "examples/repair/repair.sh: four classifiers and their flips" {
	mkdir -p data/sst2 data/vectors
	for part in train dev test; do
		for i in 1 2 3 4 5 6; do
			printf '%s film %d\t%d\n' 'a very good' $i 1 \
			    'a terribly bad' $i 0 'an extremely good' $i 1
		done >"data/sst2/$part.tsv"
	done
	printf '4 2\ngood 1 2\nbad -1 -2\nterribly 0 1\nvery 1 0\n' |
	    xz >data/vectors/googlenews.300d.filled.txt.xz
	export SEEDS=1 CELLS='gru bilstm' EPOCHS=2
	run --separate-stderr sh "$ROOT/examples/repair/repair.sh" data out
	[ "$status" -eq 0 ]
	[ "$(cut -f1 out/table.tsv | tr '\n' ' ')" = 'kind base data penalty both ' ]
	diff <(printf '%s\n' "$output") out/table.tsv
	# 18 texts of each word in three parts, two classifiers a row
	[ "$(sed 1d out/table.tsv | grep -c ' of 36	.* of 36	.* of 24')" -eq 4 ]
	# the base costs nothing
	[ "$(awk -F '\t' 'NF == 10' out/table.tsv | wc -l)" -eq 5 ]
	sed -n 2p out/table.tsv | grep -q '	+0\.00 (0\.00)$'
	# each text has two variants
	[ "$(grep -c '^# sent_id' out/repaired.tok)" -eq 54 ]
	grep -qx 'penalty: 100' out/models/gru-1-both/recipe.yaml
	run ! grep -q penalty out/models/gru-1-data/recipe.yaml
	# a classifier that exists is not trained again
	rm -r out/models/gru-1-data
	run --separate-stderr sh "$ROOT/examples/repair/repair.sh" data out
	[ "$status" -eq 0 ]
	diff <(printf '%s\n' "$output") out/table.tsv
	[ "$(grep -c 'dev accuracy' <<<"$stderr")" -eq 1 ]
}

@test "examples/randomise.sh: parts are drawn from the output down" {
	run --separate-stderr env METHODS='reat omit lime expected' \
		BACKGROUND="$ROOT/tests/golden/engine/docs.tok" \
		sh "$ROOT/examples/randomise.sh" \
		"$ROOT/tests/golden/engine/bigru-max-2/" c1 out \
		"$ROOT/tests/golden/engine/docs.tok"
	[ "$status" -eq 0 ]
	[ "$(cut -f 2 <<<"$output" | uniq | tr '\n' ' ')" = \
		'random output output,layer2 output,layer2,layer1 output,layer2,layer1,embedding ' ]
	[ "${#lines[@]}" -eq 17 ]
	awk -F'\t' 'NR > 1 && !($3 > 2 && $4 >= $5 && $4 <= $6 && $4 < 0.999) {
		exit 1 }' <<<"$output"
	run --separate-stderr env METHODS=reat ALONE=1 \
		sh "$ROOT/examples/randomise.sh" \
		"$ROOT/tests/golden/engine/gru-last-1/" c0 out \
		"$ROOT/tests/golden/engine/docs.tok"
	[ "$(cut -f 2 <<<"$output" | tr '\n' ' ')" = \
		'random output layer1 embedding ' ]
}

@test "examples/explain.sh: the program of a method runs" {
	. "$ROOT/examples/explain.sh"
	tok a w1 w2 w3 >tok
	m=$ROOT/tests/golden/engine/gru-last-1/
	for method in reat gcd owen lime; do
		explain $method -q -c c1 -l word -m "$m" tok |
			awk -F'\t' -v m=$method '$7 == m { n++ }
			END { exit n < 3 }'
	done
	cmp <(BACKGROUND=tok explain expected -m "$m" tok) \
		<(reat-grad -a expected -r tok -m "$m" tok)
	try -2 env METHODS=lrq sh "$ROOT/examples/randomise.sh" "$m" c0 out tok
	[[ $stderr == 'randomise.sh: no method lrq: '* ]]
}

@test "examples/roar.sh: words that tell the label are removed" {
	for i in 1 2 3 4 5 6 7 8 9; do
		printf '%s\n' "the film $i is good	positive" \
			"the film $i is bad	negative"
	done | reat-tokenize -f text,label >tok
	printf 'epochs: 12\nhidden: 6\ndimension: 6\nlearning_rate: 0.02\n' >r
	run --separate-stderr env METHODS='omit kernelshap' SHARES=20 SEEDS='1 2' \
		RECIPE=./r sh "$ROOT/examples/roar.sh" tok tok tok out
	[ "$status" -eq 0 ]
	[ "$(cut -f 1,2 <<<"$output" | tr '\t\n' ' ,')" = \
		'method share,whole 0,omit 20,kernelshap 20,random 20,' ]
	# without the one word that tells the label nothing can be known
	awk -F'\t' '
		$1 == "whole" && $3 < .9 || $1 ~ /omit|kern/ && $3 > .6 { exit 1 }
		NR > 1 && NF != 4 { exit 1 }' <<<"$output"
	# a share that leaves no words
	try -1 env METHODS=omit SHARES=99 SEEDS=1 RECIPE=./r \
		sh "$ROOT/examples/roar.sh" tok tok tok out
	[[ $stderr == *'no word is left for the vocabulary'* ]]
}

@test "examples/rationales.sh: words of trees, or of lexicons" {
	echo '(4 (2 A) (4 (3 (4 great) (3 warm)) (1 (1 dull) (2 film))))' >trees
	echo '(1 (2 Not) (1 (3 good) (0 awful)))' >>trees
	sh "$ROOT/examples/trees.sh" tok signs trees
	layer() { awk -F'\t' 'NF { printf "%s ", $10 }' "$@"; }
	run layer <(sh "$ROOT/examples/rationales.sh" signs tok | grep -v '^#')
	[ "$output" = 'rationale=O rationale=B-R rationale=I-R rationale=O rationale=O rationale=O rationale=O rationale=B-R ' ]
	# a second run replaces the layer
	printf 'warm\n' >pos
	printf ';no\nAwful\nnot\n' >neg
	sed 's/_$/x=1/' tok >marked
	EXTREME=2 sh "$ROOT/examples/rationales.sh" signs marked |
		sh "$ROOT/examples/rationales.sh" pos,neg >lists
	run layer <(grep -v '^#' lists)
	[ "$output" = 'x=1|rationale=O x=1|rationale=O x=1|rationale=B-R x=1|rationale=O x=1|rationale=O x=1|rationale=B-R x=1|rationale=O x=1|rationale=B-R ' ]
	reat-score -m sst2-gru lists | reat-eval -H -a token-f1 |
		awk -F'\t' '$5 != 2 { exit 1 } END { exit NR != 6 }'
	try -2 sh "$ROOT/examples/rationales.sh" no,no tok
	[ "$stderr" = 'rationales.sh: cannot read no' ]
}

@test "examples/fig4.sh: one sentence with a row for each method" {
	run env B="${REAT_BUILD#"$ROOT"/}" COLUMNS=200 \
		sh "$ROOT/examples/fig4.sh" sst2-lstm
	[ "$status" -eq 0 ]
	for method in reat naive shapley grad gradxinput ig lime omit; do
		grep -q "^ *$method .*tedious" <<<"$output"
		# its largest score has full colour
		grep -A1 "^ *$method " <<<"$output" | grep -q '[+-]1\.00'
	done
}

@test "examples/keywords.sh: log-odds without a word are those of its weight" {
	printf 'charming\t2\nSlow\t-1\n' >words.tsv
	echo 'A slow, but charming film.' | reat-tokenize |
		reat-occlude -H -l word -c positive \
		-x "sh '$ROOT/examples/keywords.sh' words.tsv" |
		awk -F'\t' '{ printf "%.5g\t%s\n", $10, $11 }' | sed 's/^-0/0/' >got
	printf '%s\n' '0	A' '-1	slow' '0	,' '0	but' '2	charming' \
		'0	film' '0	.' '1	_' '0	_' '1	predicted=positive' |
		diff - got
	try -2 sh "$ROOT/examples/keywords.sh" no </dev/null
	[[ $stderr == "keywords.sh: cannot read no" ]]
}

# need_python MODULE...: set $python to one that has them, or skip
need_python() {
	python=${REAT_PEERS:-python3}
	for module; do
		"$python" -c "import $module" 2>/dev/null ||
			skip "no $module in $python"
	done
}

@test "examples/classify_sklearn.py: a classifier of scikit-learn is explained" {
	need_python sklearn
	for i in 1 2 3 4 5; do
		printf '%s\tgood\n' "a charming film $i" "warm and funny $i"
		printf '%s\tbad\n' "a dull film $i" "slow and tedious $i"
	done >train.tsv
	texts | reat-tokenize >tok
	command="$python '$ROOT/examples/classify_sklearn.py' train.tsv"
	reat-occlude -H -y -l word -c good -x "$command" tok |
		awk -F'\t' '$3 == "word" { s[$11] = $10 }
		END { exit !(s["charming"] > 0.05 && s["slow"] < -0.05) }'
	# two runs are one run, and its answers are those of all texts together
	reat-lime -n 50 -m it -x "$command" tok >one
	reat-lime -n 50 -p tok >variants
	reat-predict -x "$command" variants >answers
	reat-lime -n 50 -m it -r answers tok | cmp - one
}

@test "examples/classify_transformer.py: an encoder is explained" {
	[ -n "${REAT_ENCODER-}" ] || skip "no REAT_ENCODER, a folder of Hugging Face"
	need_python torch transformers sklearn
	for i in 1 2 3 4 5; do
		printf '%s\tgood\n' "a charming film $i" "warm and funny $i"
		printf '%s\tbad\n' "a dull film $i" "slow and tedious $i"
	done >train.tsv
	echo 'a charming story, never boring' | reat-tokenize |
		reat-occlude -H -y -a owen -n 40 -l word -W 300 -c good -x \
		"$python '$ROOT/examples/classify_transformer.py' '$REAT_ENCODER' train.tsv" \
		2>/dev/null | awk -F'\t' '$3 == "word" { s[$11] = $10; n += $10 }
		$3 == "text" { t = $10 }
		END { exit !(s["charming"] > 0 && (n - t) ^ 2 < 1e-9) }'
}

@test "examples/compare/compare.sh: all methods by all measures, and a second run" {
	run sh "$ROOT/examples/compare/compare.sh"
	[ "$status" -eq 2 ]
	cat >trees <<-'T'
	(4 (3 (2 a) (4 charming)) (2 film))
	(0 (2 it) (0 (2 was) (0 (0 dull) (1 (2 and) (1 slow)))))
	(2 (2 so) (2 what))
	(3 (4 great) (2 (2 but) (1 long)))
	(1 (1 bad) (2 (2 , ) (2 really)))
	T
	export METHODS='reat half omit' FEW=3 CORES=1
	sh "$ROOT/examples/compare/compare.sh" out trees sst2-gru sst2-mingru
	# 4 texts, 2 models, 3 methods, 16 measures, passes, cost and rank
	awk -F '\t' 'NR > 1 {
		n[$1 " " $2]++
		bad += NF != 8 || $5 != $5 + 0
		if ($3 == "omission" && $2 == "omit")
			bad += $5 != 1 || $8 != 1
	} END {
		for (k in n)
			bad += n[k] != 19
		exit bad || length(n) != 6
	}' out/table.tsv
	# the ranks of a measure are those of three methods
	awk -F '\t' '$8 + 0 > 0 { s[$1, $3] += $8 }
	    END { for (k in s) bad += s[k] != 6; exit bad }' out/table.tsv
	grep -q '<title>All methods by all measures</title>' out/index.html
	[ "$(grep -c '<th scope="row">' out/index.html)" -eq 6 ]
	# the intervals are seen by hovering, headings sort, one text is drawn
	# by each method
	grep -q '<td title="-*[0-9.]* to -*[0-9.]*">' out/index.html
	[ "$(grep -c '<th scope="col"><button>' out/index.html)" -eq 38 ]
	grep -q 'addEventListener("click"' out/index.html
	for method in $METHODS; do
		grep -q ">$method<" out/index.html
		[ "$(grep -c "^$method  *[0-9.]*[* ]  *[0-9.]*[* ] " \
			out/table.txt)" -eq 1 ]
	done
	# omit reads texts of 3, 5 and 3 words, and each without each word:
	# (9 + 25 + 9) / 11
	[ "$(awk -F '\t' '$3 == "passes" { print $2, $5 }' out/table.tsv |
		sort -u | tr '\n' ' ')" = 'half 2 omit 3.90909 reat 1 ' ]
	# methods are tested in pairs, also where copies of the model come in
	for measure in sensitivity random; do
		awk -F '\t' '$4 ~ /:/ { n += $9 + 0 > 0 } END { exit n != 3 }' \
			out/1/$measure.tsv
	done
	# all methods of the programs have their passes
	(. "$ROOT/examples/explain.sh"; methods) | while read -r method _; do
		case $method in omit | owen | lime* | kernelshap) continue ;; esac
		awk -v method="$method" -f \
			"$ROOT/examples/compare/passes.awk" out/few.tok /dev/null
	done
	cp out/table.tsv first
	touch -d '1 hour ago' out/1/reat/score
	sh "$ROOT/examples/compare/compare.sh" out trees sst2-gru sst2-mingru
	cmp first out/table.tsv
	[ -n "$(find out/1/reat/score -mmin +30)" ]
	# a method that the model cannot have
	METHODS='half cd' sh "$ROOT/examples/compare/compare.sh" two trees \
		sst2-mingru
	grep -q 'cd does not work with sst2-mingru: ' two/index.html
}
