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
