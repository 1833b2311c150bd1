# share/convert: checkpoints of PyTorch and models of Keras become folders.  The
# Python in REAT_PEERS needs the framework; the folders that the converters
# wrote are in golden/import, and are compared everywhere.
# shellcheck disable=SC2154

load helper

PYTHON=${REAT_PEERS:-python3}
CONVERT=$ROOT/share/convert
IMPORT=$ROOT/tests/golden/import

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export PYTHONDONTWRITEBYTECODE=1
}

need_python() {
	"$PYTHON" -c "import $1" 2>/dev/null || skip "no $1 for $PYTHON"
}

@test "each converter has less than 150 lines and says what it needs" {
	for f in "$CONVERT"/*.py; do
		[ "$(wc -l <"$f")" -lt 150 ]
		grep -q '^Needs ' "$f"
	done
}

@test "the networks of Keras give Keras's logits" {
	for k in gru bilstm bigru gru-before rnn-relu; do
		reat-model check -g "$IMPORT/keras-$k/logits.tsv" \
			"$IMPORT/keras-$k"
	done
}

@test "from_keras.py: the golden folders, and what is refused" {
	export KERAS_BACKEND=torch
	need_python torch,keras,safetensors
	mkdir -p repo/tests/golden/import repo/share to
	cp "$IMPORT/keras_make.py" repo/tests/golden/import
	cp -R "$CONVERT" repo/share
	"$PYTHON" repo/tests/golden/import/keras_make.py to
	for k in gru bilstm bigru gru-before rnn-relu; do
		diff -r "repo/tests/golden/import/keras-$k" "$IMPORT/keras-$k"
	done
	while IFS='|' read -r name why; do
		try "$PYTHON" "$CONVERT/from_keras.py" "to/$name.keras" x \
			-v to/words
		echo "$name: $stderr"
		[ "$status" -eq 1 ]
		[[ $stderr == "from_keras.py: "*"$why"* ]]
		[ ! -e x ]
	done <<-'END'
	two-dense|has no place in an Embedding, GRU, LSTM or SimpleRNN, a global pooling, and one Dense
	relu|a LSTM with relu and sigmoid
	hard|a GRU with tanh and hard_sigmoid
	sum|merge_mode is not concat
	END
	try "$PYTHON" "$CONVERT/from_keras.py" to/gru.keras x
	[ "$status" -eq 1 ]
	[[ $stderr == *'no vocabulary (-v)'* ]]
}

@test "from_pytorch.py: state_dicts, checkpoints of Lightning, vocabularies" {
	need_python torch,safetensors
	"$PYTHON" - "$IMPORT/left-out/weights.safetensors" <<-'END'
	import json, sys, torch
	from safetensors.torch import load_file
	t = load_file(sys.argv[1])
	torch.save(t, "plain.pt")
	torch.save({"epoch": 3, "state_dict": {"module." + k: v
	                                       for k, v in t.items()}}, "l.ckpt")
	torch.save(torch.nn.Linear(2, 2), "module.pt")
	torch.save([1, 2], "list.pt")
	END
	awk '{ printf "%s\"%s\": %d", NR == 1 ? "{" : ", ", $0, NR - 1 }
		END { print "}" }' "$IMPORT/left-out/vocab.txt" >v.json
	for pair in "plain.pt $IMPORT/left-out/vocab.txt" 'l.ckpt v.json'; do
		rm -rf m
		"$PYTHON" "$CONVERT/from_pytorch.py" "${pair%% *}" m \
			-v "${pair#* }"
		cmp m/vocab.txt "$IMPORT/left-out/vocab.txt"
		reat-model import -g "$IMPORT/left-out/logits.tsv" \
			-o m/model.yaml m ignore=class_weights
	done
	for pair in 'module.pt|weights_only' 'list.pt|no tensors' 'none|none'; do
		try "$PYTHON" "$CONVERT/from_pytorch.py" "${pair%|*}" x
		echo "$pair: $stderr"
		[ "$status" -eq 1 ]
		[[ $stderr == "from_pytorch.py: "*"${pair#*|}"* ]]
		[ ! -e x ]
	done
}

# words for a tiny encoder: offsets, several sentences, a text of many windows
encoded_texts() {
	printf '%s\n' 'A charming, but (slow) film — is it?' '' \
		'Don`t cannot 👍🏽 naïve  Films'
	for _ in $(seq 30); do printf 'a charming film, do not '; done
	echo
}

@test "encode.py: each word's vector is the mean of its sub-words' states" {
	need_python torch,transformers,tokenizers
	mkdir tiny
	encoded_texts | reat-tokenize >tok
	try "$PYTHON" "$ROOT/tests/golden/encoder/check.py" \
		"$CONVERT/encode.py" tiny <tok
	echo "$stderr"
	[ "$status" -eq 0 ]
	[ "$output" -eq $((2 * $(grep -c '^[0-9]' tok))) ]
	# again: the old vectors are replaced
	"$PYTHON" "$CONVERT/encode.py" tiny <tok >once
	"$PYTHON" "$CONVERT/encode.py" tiny <once | cmp - once
	while IFS='|' read -r input why; do
		# shellcheck disable=SC2059	# it is a format
		try "$PYTHON" "$CONVERT/encode.py" tiny < <(printf "$input")
		[ "$status" -eq 1 ]
		[ "$stderr" = "encode.py: stdin:$why" ]
	done <<-'END'
	a film\n|1: 1 columns, expected 10; if this is text, run reat-tokenize first
	# text = a\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n|2: no TokenRange; reat-tokenize writes it
	# b = a\n1\ta\t_\t_\t_\t_\t_\t_\t_\tTokenRange=0:1\n|2: no # text; reat-tokenize writes it
	END
}

@test "examples/encoder.sh: a GRU on a tiny encoder, beside sst2-bigru" {
	need_python torch,transformers,tokenizers
	mkdir -p tiny data/sst2 data/sst-trees data/vectors
	echo a | reat-tokenize | "$PYTHON" "$ROOT/tests/golden/encoder/check.py" \
		"$CONVERT/encode.py" tiny
	for set in train dev test; do
		printf '%s\t%d\n' 'a good film' 1 'a bad film' 0 'good' 1 \
			'bad , bad' 0 >data/sst2/$set.tsv
	done
	echo '(3 (2 so) (3 charming))' | xz >data/sst-trees/train.txt.xz
	printf '%s\n' 'good 1 2' 'bad -1 -2' |
		xz >data/vectors/glove.6B.100d.union.txt.xz
	REAT_PEERS=$PYTHON sh "$ROOT/examples/encoder.sh" data tiny out 1 \
		phrases >got
	cat got
	grep -q '^test: encoder-bigru .* of 4), glove-bigru .* of 4), sst2-bigru 100' \
		got
	[ "$(grep -c '^# sent_id' out/train.tok)" -eq 6 ]
	[ "$(awk -F '\t' 'NF == 7' got | wc -l)" -gt 30 ]
	run ! grep -q '	$\|		' got
	reat-model check ./out/encoder-bigru
}
