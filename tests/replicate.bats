# examples/replicate/: the report, on data in small, where each number can be
# made again by hand.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	command -v xz >/dev/null || skip "no xz"
}

# data: a folder of data sets in small
data() {
	mkdir -p data/sst2 data/sst-trees data/vectors data/lexicon
	for part in train dev test; do
		for i in 1 2 3 4 5 6 7 8; do
			printf '%s\t1\n%s\t0\n' \
			    "a good film was slow but it is good $i" \
			    "a bad film was good but it is bad $i"
			printf '%s\t1\n%s\t0\n' "it is terribly good $i" \
			    "it is a terrible film $i"
		done >"data/sst2/$part.tsv"
	done
	printf '%s\n' '(3 (2 A) (3 (4 good) (2 film)))' '(0 (2 A) (0 bad))' |
		xz >data/sst-trees/test.txt.xz
	printf '7 2\na 0 0\nit 1 0\nis 0 1\ngood 1 2\nbad -1 -2\nfilm 0 1
terribly -1 0\n' | xz >data/vectors/googlenews.300d.filled.txt.xz
	printf '; x\ngood\n' >data/lexicon/positive-words.txt
	printf '; x\nbad\nslow\n' >data/lexicon/negative-words.txt
}

@test "replicate.sh: from data to a report, and on again" {
	command -v reat-boxplot >/dev/null || skip "no reat-boxplot"
	data
	export SEEDS=1 SETS=sst2 CELLS=gru EPOCHS=2 WORDNET=/no/such
	run sh "$ROOT/examples/replicate/replicate.sh" data out
	echo "$output"
	[ "$status" -eq 0 ]
	for title in 'Table 3' 'Table 4' 'Table 5' 'Tables 6 and 7' \
	    'Rank correlation' Comprehensiveness Sufficiency Signs Pointing \
	    'Figure 7' 'Figure 8'; do
		grep -q "^$title" out/report.txt
	done
	# the page is one file, whole, and well formed enough for a browser
	grep -q '^</html>$' out/report.html
	[ "$(grep -c '<object' out/report.html)" -ge 5 ]
	[ "$(grep -cE '(src|href)=' out/report.html)" -eq 0 ]
	# Table 4 by hand
	m=./out/models/sst2-gru-1/
	reat-score -l clause -m "$m" out/texts/but.tok |
		reat-erase -l clause - out/texts/but.tok |
		reat-predict -m "$m" >left
	reat-predict -m "$m" out/texts/but.tok >whole
	run awk -F'\t' '
		FILENAME ~ /table4/ { want = $4 == "reat" ? $6 : want; next }
		FNR == 1 { for (i = 4; i <= NF; i++) col[$i] = i; next }
		FILENAME == "whole" { c[$1] = col[$3]; p[$1] = $c[$1]; next }
		{ sum += p[$1] - $c[$1]; n++ }
		END { d = sum / n - want; print n, d * d < 1e-10 }' \
		out/eval/sst2-gru-1/table4.tsv whole left
	[ "$output" = '16 1' ]
	SETS=yelp try sh "$ROOT/examples/replicate/replicate.sh" data out
	[ "$status" -eq 2 ]
	# what is there is not made again
	cp -r out before
	rm out/eval/sst2-gru-1/table5.tsv
	touch now
	sh "$ROOT/examples/replicate/replicate.sh" data out >/dev/null
	diff -r before/eval out/eval
	cmp before/report.txt out/report.txt
	[ "$(find out/eval out/scores -newer now -type f)" = \
		out/eval/sst2-gru-1/table5.tsv ]
}

@test "but.awk: one but, verbs on each side, two clauses" {
	{
		tok a it is fun but it is slow
		tok b it is fun but slow
		tok c but it is but it was
	} | awk -F'\t' -v OFS='\t' '$2 ~ /^(is|was)$/ { $5 = "VBZ" } { print }' |
		awk -f "$ROOT/examples/replicate/but.awk" >out
	[ "$(grep -c sent_id out)" -eq 1 ]
	run awk -F'\t' '/^[0-9]/ { print $10 }' out
	[ "$(tr '\n' ' ' <<<"$output")" = "clause=B-S clause=I-S clause=I-S clause=B-S clause=I-S clause=I-S clause=I-S " ]
}

@test "SST-2: the texts of Tables 4 and 5" {
	need_data sst2/test.tsv lexicon/positive-words.txt
	reat-tokenize -r split -f text,label "$DATA/sst2/test.tsv" |
		reat-tag | reat-chunk >tok
	R=$ROOT/examples/replicate
	[ "$(awk -f "$R/but.awk" tok | grep -c '^# sent_id')" -eq 137 ]
	L=$DATA/lexicon
	awk -f "$R/pair.awk" "$L/positive-words.txt" "$L/negative-words.txt" \
		tok >pair
	# the measure chooses the same texts by itself
	reat-score -m sst2-gru -c positive -l word tok >scores
	n=$(reat-eval -H -a interpretability -n 10 -r \
		"$L/positive-words.txt,$L/negative-words.txt" scores |
		cut -f 5)
	[ "$(grep -c '^# sent_id' pair)" -eq "$n" ]
	[ "$n" -eq 102 ]
}

@test "costs.sh: a row a method" {
	tok a good film >tok
	tok b bad film >>tok
	run sh "$ROOT/examples/replicate/costs.sh" sst2-gru tok
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 11 ]
	run awk -F'\t' 'NF != 3 || (NR > 1 && $2 !~ /^[0-9.]+$/)' <<<"$output"
	[ -z "$output" ]
}
