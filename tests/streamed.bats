# Models without a vocabulary, to which each word brings its vector: with the
# rows of a model's own embedding they give its bits (tests/streamed), and those
# are PyTorch's (tests/golden/engine).

load helper
GOLDEN=$ROOT/tests/golden/engine

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# same NAME PROGRAM OPTION...: both models have the same output, but for the
# vectors themselves and for what says that a word is unknown
same() {
	name=$1 program=$2
	shift 2
	"$program" "$@" -m "$GOLDEN/$name/" "$GOLDEN/docs.tok" |
		sed 's/U=1|//; s/|*unknown=[0-9,]*$//' >own
	"$program" "$@" -m "./$name" "$name.tok" |
		sed 's/E=[xh][0-9a-f]*|//; s/|*unknown=[0-9,]*$//' >streamed
	[ -s own ]
	cmp own streamed || { echo "$name $program $*"; false; }
}

# all filters and methods with a model
same_in_all() {
	sh "$ROOT/tests/streamed" "$GOLDEN/$1" "$1" <"$GOLDEN/docs.tok" \
		>"$1.tok"
	reat-model check "./$1"
	same "$1" reat-predict -g
	same "$1" reat-trace -g -b 2
	for a in $(reat-score -a list | cut -d ' ' -f 1); do
		[ "$a" != frozen-omit ] || [[ $1 == *last* ]] || continue
		same "$1" reat-score -c all -a "$a"
	done
	for a in $(reat-grad -a list | cut -d ' ' -f 1); do
		# it needs texts of its own
		[ "$a" != expected ] || continue
		same "$1" reat-grad -c all -a "$a"
	done
	for a in $(reat-lime -a list | cut -d ' ' -f 1); do
		same "$1" reat-lime -n 100 -a "$a"
	done
	for a in $(reat-occlude -a list | cut -d ' ' -f 1); do
		same "$1" reat-occlude -a "$a"
	done
}

@test "the rows of an embedding as vectors give the same bits: GRU" {
	same_in_all bigru-last-2
	same_in_all gru-f16
}

@test "the same: LSTM, the zero vector for unknown words, a sigmoid" {
	same_in_all bilstm-max-1
	same_in_all lstm-nounk
	same_in_all gru-sigmoid
	same_in_all lstm-bf16
}

@test "the number of texts in a batch does not matter" {
	sh "$ROOT/tests/streamed" "$GOLDEN/bigru-mean-2" m <"$GOLDEN/docs.tok" \
		>tok
	for program in reat-predict 'reat-grad -a half' 'reat-grad -a grad' \
		'reat-occlude' 'reat-score -a shapley'; do
		$program -m ./m tok >all
		for b in 1 3; do
			$program -m ./m -b $b tok | cmp - all
		done
	done
}

@test "decimals, singles and halves are the same vector" {
	sh "$ROOT/tests/streamed" "$GOLDEN/gru-last-1" m </dev/null
	for e in .5,-2,0,1024,-0.00006103515625 \
		x3f000000c00000000000000044800000b8800000 \
		h3800c00000006400840"0"; do
		tok 1 a | sed "s/_$/E=$e/" | reat-predict -H -g -m ./m
	done >rows
	[ "$(uniq rows | wc -l)" -eq 1 ]
	[ "$(wc -l <rows)" -eq 3 ]
}

@test "vectors survive the other filters; those of other words do not" {
	tok 1 bad well fine | sed "s/_$/E=1,2,3/" >tok
	reat-tag tok | reat-chunk | reat-select -n 1 >out
	[ "$(grep -c 'E=1,2,3\b' out)" -eq 3 ]
	reat-swap -w bad=good tok >out
	[ "$(grep -c 'E=1,2,3$' out)" -eq 2 ]
	grep -q "^1	good	.*	_$" out
}

@test "check, inspect, convert and import know such a model" {
	sh "$ROOT/tests/streamed" "$GOLDEN/bilstm-mean-2" m <"$GOLDEN/docs.tok" \
		>tok
	reat-model inspect ./m >out
	for pair in 'V 0' 'D 5' 'vocabulary _' 'embedding stream'; do
		grep -qx "${pair/ /$'\t'}" out || { echo "$pair"; false; }
	done
	reat-model convert -t F32 -o c ./m
	reat-model check ./c
	[ "$(ls c)" = $'model.yaml\nrnn.safetensors' ]
	reat-predict -g -m ./m tok | cmp - <(reat-predict -g -m ./c tok)
	rm c/model.yaml
	reat-model import -o c/model.yaml c embedding=stream pooling=mean \
		labels=c0,c1
	cat c/model.yaml
	run ! grep -q 'Guessed\|vocab\|lowercase' c/model.yaml
	reat-model check ./c
	reat-predict -g -m ./m tok | cmp - <(reat-predict -g -m ./c tok)
	try reat-model import c
	[ "$status" -eq 1 ]
}

@test "the same with heads, attention and a projected state" {
	own=$ROOT/tests/golden/heads
	mkdir heads
	for name in additive scaled-dot query projected-2 multilabel; do
		cp -R "$own/$name" heads
		# shellcheck disable=SC2046	# settings
		reat-model import -o "heads/$name/model.yaml" "heads/$name" \
		    $(cat "$own/$name/import")
		# under the names that tests/streamed knows
		reat-model convert -t F32 -o "$name-own" "./heads/$name"
		sed "/^zzz/d; s/\t.*//" "$own/$name/logits.tsv" | reat-tokenize -q \
			>heads/docs.tok
		sh "$ROOT/tests/streamed" "$name-own" "$name" <heads/docs.tok \
			>"$name.tok"
		GOLDEN=$PWD/heads
		same "$name" reat-predict -g
		same "$name" reat-score -c all -a shapley
		same "$name" reat-grad -c all -a half
		same "$name" reat-grad -c all -a gradxinput
		same "$name" reat-occlude -a omit
	done
}
