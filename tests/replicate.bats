# examples/replicate: the report for a small data set, whose numbers are
# computed once more by the commands of the README.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	command -v xz >/dev/null || skip "no xz"
}

# data: write a small folder of data sets
data() {
	mkdir -p data/sst2 data/sst-trees data/vectors data/lexicon
	for part in train dev test; do
		for i in 1 2 3 4 5 6 7 8; do
			printf '%s\t1\n%s\t0\n' \
			    "a good film was slow but it is good $i" \
			    "the good film was it but it is bad $i"
			printf '%s\t1\n%s\t1\n%s\t0\n' \
			    "it is terribly good $i" \
			    "it is extremely good $i" \
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

# by_hand: check that the commands in "By hand" of the README, unchanged except
# for OUT, give the numbers of the report
by_hand() {
	awk '/^By hand/ { on = 1 } /^The files/ { on = 0 }
	    on && sub(/^    /, "")' "$ROOT/examples/replicate/README" |
		sed "s|OUT|$PWD/out|" >by-hand
	(cd "$ROOT" && sh -eu "$OLDPWD/by-hand") >printed
	for row in table4:shapley table5:reat comprehensiveness:reat \
	    agreement:reat correlation:skip sign:reat pointing:reat; do
		echo "$row"
		awk -F '\t' -v method="${row#*:}" '$4 == method' \
			"out/eval/sst2-gru-1/${row%:*}.tsv" >rows
		[ -s rows ]
		[ -z "$(grep -vxFf printed rows)" ]
	done
	[ "$(wc -l <out/eval/sst2-gru-1/table7.tsv)" -gt 1 ]
	[ -z "$(grep -vxFf printed out/eval/sst2-gru-1/table7.tsv)" ]
	# by erasing: the same except for rounding
	awk -F '\t' '
		$4 != "shapley" { next }
		$1 == "faithfulness" { want = $6 }
		$1 == "comprehensiveness" { d = $6 - want; n = $5 }
		END { exit !(n == 16 && d * d < 1e-10) }' printed
	for tag in 'VB\*' terribly; do
		grep -q "^$tag  *[0-9]" out/report.txt
		grep -q "^ *$tag  *[0-9]" printed
	done
}

# numbers: check that the page has each number of reat's row of Table 4, and in
# the drawing its interval
numbers() {
	awk -F '\t' '$4 == "reat" { printf "%.3f %.4g %.4g %.4g\n", $6, $6,
	    $7, $8 }' out/eval/sst2-gru-1/table4.tsv >row
	read -r shown value low high <row
	grep -q "<tr><th scope=\"row\">reat</th><td[^>]*>$shown<.*<title>$value ($low–$high)<" \
	    out/report.html
}

@test "replicate.sh: from data to a report, and a second run" {
	command -v reat-boxplot >/dev/null || skip "no reat-boxplot"
	data
	export SEEDS=1 SETS=sst2 CELLS=gru EPOCHS=2 WORDNET=/no/such
	try sh "$ROOT/examples/replicate/replicate.sh" data out
	echo "$output$stderr"
	[ "$status" -eq 0 ]
	# Table 3 is printed after the training, and in the report
	[ "$(grep -c '^Accuracy on the test' <<<"$stderr")" -eq 1 ]
	[ "$(grep -c '^Accuracy on the test' <<<"$output")" -eq 1 ]
	for title in 'Table 2' 'Table 3' 'Table 4' 'Table 5' 'Tables 6 and 7' \
	    'Rank correlation' 'Correlation with' Comprehensiveness Sufficiency Signs Pointing \
	    'Figure 3' 'Figure 4' 'Figure 5' 'Figure 6' 'Figure 7' 'Figure 8'; do
		grep -q "^$title" out/report.txt
		grep -q "<h2>$title" out/report.html
	done
	# the page is one complete, well-formed file with all figures, wide and
	# narrow
	awk -f "$ROOT/tests/markup.awk" out/report.html
	for class in wide narrow; do
		[ "$(grep -c "<object class=.$class" out/report.html)" -eq 6 ]
	done
	[ "$(grep -c '<object' out/report.html)" -eq 13 ]
	[ "$(grep -cE '(src|href)=' out/report.html)" -eq 0 ]
	# both have the settings
	while read -r name value; do
		grep -qx "$name  *$value" out/report.txt
		grep -q ">$name</th><td[^>]*>$value<" out/report.html
	done <<-'END'
		Epochs 2
		Seeds 1
		Sets sst2
		Networks gru
	END
	numbers
	# a figure 7 has all tags, the highest median first
	[ "$(grep -c 'role="listitem"' out/figures/fig7-gru.svg)" -eq \
	    "$(cut -f 1 out/eval/sst2-gru-1/fig7.tsv | sort -u | wc -l)" ]
	by_hand
	# a file that exists is not made again
	cp -r out before
	CELLS='lstm mingru' sh "$ROOT/examples/replicate/replicate.sh" data out >lstm
	[ "$(grep -c sst2-gru lstm)" -eq 0 ]
	grep -qx 'Networks  *lstm mingru' lstm
	# the paper has no minGRU: it is a column of its own
	[ "$(grep -c 'minGRU' lstm)" -gt 8 ]
	grep -qE '^SST-2  *mingru  *1 ' lstm
	# each network has its own name in the figures
	[ "$(grep -c 'terribl[ey], minGRU' lstm)" -eq 2 ]
	rm out/eval/sst2-gru-1/table5.tsv
	touch now
	sh "$ROOT/examples/replicate/replicate.sh" data out >/dev/null
	diff -r before/eval/sst2-gru-1 out/eval/sst2-gru-1
	cmp before/report.txt out/report.txt
	[ "$(find out/eval out/scores -newer now -type f)" = \
		out/eval/sst2-gru-1/table5.tsv ]
}

@test "settings: an OUT has one EPOCHS and one DATA" {
	data
	R=$ROOT/examples/replicate
	export SEEDS=1 SETS=sst2 CELLS=gru WORDNET=/no/such
	# a wrong setting is reported before a file is made
	while read -r setting; do
		try env "$setting" sh "$R/replicate.sh" data out
		[ "$status" -eq 2 ]
		[ "${#stderr_lines[@]}" -eq 1 ]
		[[ $stderr = "replicate.sh: ${setting%%=*}=\"${setting#*=}\", expected "* ]]
		[ ! -e out ]
	done <<-'END'
		EPOCHS=x
		EPOCHS=0
		EPOCHS=2 3
		SEEDS=1 x
		SEEDS=1 01
		SEEDS=2 1 2
		SETS=yelp
		SETS=sst2 imdb
		CELLS=gru rnn
		CORES=0
	END
	EPOCHS=2 sh "$R/table3.sh" data out
	cp -r out before
	for script in replicate table3; do
		EPOCHS=3 try sh "$R/$script.sh" data out
		[ "$status" -eq 2 ]
		[ "$stderr" = "$script.sh: out was made with EPOCHS=2, not EPOCHS=3: go back to that, or take another OUT" ]
	done
	# the same data in another folder is accepted, other data is not
	export EPOCHS=2
	mv data elsewhere
	sh "$R/table3.sh" elsewhere out
	diff -r before out
	echo 'a film	1' >>elsewhere/sst2/dev.tsv
	try sh "$R/table3.sh" elsewhere out
	[ "$status" -eq 2 ]
	[[ $stderr = 'table3.sh: out was made with sst2/dev.tsv=cksum '* ]]
	rm before/settings out/settings
	try sh "$R/table3.sh" elsewhere out
	[ "$status" -eq 2 ]
	[[ $stderr = 'table3.sh: out has data but no settings,'* ]]
	diff -r before out
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
	# the measure chooses the same texts
	reat-score -m sst2-gru -c positive -l word tok >scores
	n=$(reat-eval -H -a interpretability -n 10 -r \
		"$L/positive-words.txt,$L/negative-words.txt" scores |
		cut -f 5)
	[ "$(grep -c '^# sent_id' pair)" -eq "$n" ]
	[ "$n" -eq 102 ]
}

@test "costs.sh: a row for each method" {
	tok a good film >tok
	tok b bad film >>tok
	run sh "$ROOT/examples/replicate/costs.sh" sst2-gru tok
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 14 ]
	# each row has a time
	run awk -F'\t' 'NF != 3 || (NR > 1 && !($2 > 0 && $3 >= 0.5))' \
		<<<"$output"
	[ -z "$output" ]
	try sh "$ROOT/examples/replicate/costs.sh" no-model tok
	[ "$status" -eq 2 ]
	[ -z "$output" ]
	try sh "$ROOT/examples/replicate/costs.sh" sst2-gru /dev/null
	[ "$status" -eq 1 ]
	[ "$stderr" = 'costs.sh: /dev/null: no text in it' ]
}
