# share/convert: checkpoints of PyTorch, models of Keras and ONNX, and folders of
# Hugging Face become folders of models.  The Python in REAT_PEERS needs the
# framework; the folders that the converters wrote are in golden/import, and are
# compared everywhere.
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

# import NAME: import a golden folder to ./NAME
import() {
	cp -R "$IMPORT/$1" .
	rm -f "$1/model.yaml"
	# shellcheck disable=SC2046	# settings
	reat-model import -g "$1/logits.tsv" -o "$1/model.yaml" "$1" \
	    $(cat "$1/import")
}

# same NAME OTHER...: import NAME; the scores of tok are those of the others
same() {
	import "$1"
	for method in 'reat-score -a reat' 'reat-grad -a half' \
	    'reat-grad -a gradxinput' 'reat-occlude -a omit'; do
		$method -q -c all -m "./$1" tok |
		    cut -f 1-5,7- >want	# without the model's name
		grep -q . want
		for m in "${@:2}"; do
			$method -q -c all -m "$IMPORT/$m" tok |
			    cut -f 1-5,7- | awk -F '\t' '
			    NR == FNR { row[FNR] = $0; n = FNR; next }
			    {
				split(row[FNR], want)
				for (i = 1; i <= NF; i++) {
					off = $i - want[i]
					if (FNR > 1 && (i == 8 || i == 9))
						bad += off > 4e-6 || off < -4e-6
					else
						bad += $i != want[i]
				}
			    }
			    END { exit bad || n != FNR }' want -
		done
	done
}

# refused CONVERTER FOLDER SUFFIX: the files of the lines NAME|WHY on stdin
refused() {
	while IFS='|' read -r name why; do
		try "$PYTHON" "$CONVERT/$1" "$2/$name.$3" x -v "$2/words"
		echo "$name: $stderr"
		[ "$status" -eq 1 ]
		[[ $stderr == "$1: "*"$why"* ]]
		[ ! -e x ]
	done
}

@test "each converter has less than 150 lines and says what it needs" {
	for f in "$CONVERT"/*.py; do
		[ "$(wc -l <"$f")" -lt 150 ]
		grep -q '^Needs ' "$f"
	done
}

@test "the folders of the converters give the logits of their frameworks" {
	n=0
	for m in "$IMPORT"/keras-*/ "$IMPORT"/onnx-*/; do
		reat-model check -g "$m/logits.tsv" "$m"
		n=$((n + 1))
	done
	[ "$n" -ge 31 ]
	import huggingface
}

@test "a network has the same scores from PyTorch, Keras and ONNX" {
	echo 'the film is not very good .' | reat-tokenize -q >tok
	same pytorch-gru keras-same onnx-gru-old onnx-gru-new
	same pytorch-bilstm-2 keras-bilstm-2 onnx-bilstm-2-old onnx-bilstm-2-new
}

@test "architectures: the table of reat-model(5) is what the tests find" {
	sh "$ROOT/tests/architectures" "$REAT_BUILD" >found
	sed -n '/^\.Ss Architectures/,/^\.Ed/p' "$ROOT/man/reat-model.5" |
	    grep -E '(served|refused)  ' >table
	[ "$(wc -l <table)" -ge 36 ]
	sed 's/   *\(served\|refused\)  */\t\1\t/' table | cut -f 1-2 |
	    diff - <(cut -f 1-2 found)
	awk -F '\t' '$2 == "refused" { print $3 }' found |
	    diff - <(sed -n 's/.*refused  *//p' table)
	{ cut -f 2- found; grep -Eo 'served .*' table; } |
	    awk '$1 == "served" { n++; bad += !($2 > 0 && $2 < 3e-6) }
		END { exit bad || n < 68 }'
}

@test "from_keras.py: the golden folders, and what is refused" {
	export KERAS_BACKEND=torch
	need_python torch,keras,safetensors
	mkdir -p repo/tests/golden/import repo/share to
	cp "$IMPORT/keras_make.py" repo/tests/golden/import
	cp -R "$IMPORT"/pytorch-* repo/tests/golden/import
	cp -R "$CONVERT" repo/share
	"$PYTHON" repo/tests/golden/import/keras_make.py to
	for m in "$IMPORT"/keras-*/; do
		diff -r "repo/tests/golden/import/$(basename "$m")" "$m"
	done
	refused from_keras.py to keras <<-'END'
	relu|a LSTM with relu and sigmoid
	sum|merge_mode is not concat
	slope|leaky_relu of slope 0.2 has no place in a head
	softplus|activation softplus has no place in a head
	epsilons|norms with the epsilons 0.001 and 1e-05
	no-linear|the logits are made by relu, expected a linear layer
	convolution|(Conv1D) has no place in an Embedding, GRU, LSTM or SimpleRNN, global poolings or attention whose weights are made of a word's state or its product with the last one, and a head
	among-words|(Attention) has no place in an Embedding, GRU, LSTM or SimpleRNN, global poolings or attention whose weights are made of a word's state
	words|sequences that are not pooled
	END
	try "$PYTHON" "$CONVERT/from_keras.py" to/gru.keras x
	[ "$status" -eq 1 ]
	[[ $stderr == *'no vocabulary (-v)'* ]]
}

@test "from_onnx.py: the golden files of both exporters" {
	need_python onnx,onnxruntime,safetensors
	for f in "$IMPORT"/onnx/*.onnx; do
		name=$(basename "$f" .onnx)
		[ -e "$IMPORT/onnx-$name" ] || continue
		echo "$name"
		"$PYTHON" "$CONVERT/from_onnx.py" "$f" m \
		    -v "$IMPORT/onnx-$name/vocab.txt"
		for part in weights.safetensors model.yaml vocab.txt; do
			cmp "m/$part" "$IMPORT/onnx-$name/$part"
		done
		reat-model check -g m/logits.tsv ./m
		rm -r m
	done
	head -n 3 "$IMPORT/onnx-gru-new/vocab.txt" >v
	"$PYTHON" "$CONVERT/from_onnx.py" "$IMPORT/onnx/gru-new.onnx" m -v v
	for line in '{}' not-onnx; do
		echo "$line" >bad.onnx
		try "$PYTHON" "$CONVERT/from_onnx.py" bad.onnx x -v v
		[ "$status" -eq 1 ]
		[[ $stderr == 'from_onnx.py: bad.onnx: '* ]]
	done
	seq 11 >v
	try "$PYTHON" "$CONVERT/from_onnx.py" "$IMPORT/onnx/gru-new.onnx" x -v v
	[ "$status" -eq 1 ]
	[[ $stderr == *'more words than rows of the embedding'* ]]
}

@test "from_onnx.py: what is refused" {
	need_python torch,onnx,onnxruntime,safetensors
	mkdir -p repo/tests/golden/import repo/share to
	cp "$IMPORT/onnx_make.py" repo/tests/golden/import
	cp -R "$CONVERT" repo/share
	"$PYTHON" repo/tests/golden/import/onnx_make.py to refused
	refused from_onnx.py to onnx <<-'END'
	min|the maximum or attention, each once: it is made by Concat; nodes that are not read: ReduceMin
	attention|attention whose weights are not made by modules of a word's state or by its product with the last states, but by ReduceSum
	softplus|it is made by Softplus
	tanh-gelu|it is made by Gelu
	twice|each once
	no-rnn|0 GRU, LSTM and RNN, 1 embeddings; expected one or more, and one (Keras's export writes the steps
	fixed|ids has a fixed shape
	gates|GRU with the activations sigmoid, relu
	state|GRU with a first state or a length of its own
	scaled|layer 0 (GRU) does not read the embedding alone
	two|inputs ids, more and outputs
	END
}

@test "from_huggingface.py: words and settings, and the command to import" {
	need_python tokenizers,safetensors
	cp -R "$IMPORT/huggingface" in
	"$PYTHON" "$CONVERT/from_huggingface.py" in out >printed
	cmp out/vocab.txt in/vocab.txt
	cmp out/weights.safetensors in/model.safetensors
	cp in/logits.tsv LOGITS
	eval "$(tail -n 1 printed) pooling=mean head=dense,tanh,norm output=classifier"
	grep -qx "labels: \['sad', 'very happy', 'neither'\]" out/model.yaml
	grep -qx 'multilabel: true' out/model.yaml
	rm -r out
	while IFS='|' read -r file edit why; do
		cp "$IMPORT/huggingface/$file" in
		sed -i "$edit" "in/$file"
		try "$PYTHON" "$CONVERT/from_huggingface.py" in out
		echo "$edit: $stderr"
		[ "$status" -eq 1 ]
		[[ $stderr == "from_huggingface.py: in/$file: "*"$why"* ]]
		[ ! -e out ]
		cp "$IMPORT/huggingface/$file" in
	done <<-'END'
	tokenizer.json|s/"WordLevel"/"WordPiece"/|a tokenizer WordPiece, expected WordLevel
	tokenizer.json|s/"Lowercase"/"StripAccents"/|the normalizer StripAccents changes words
	tokenizer.json|s/"bad": 7/"bad": 70/|the rows are not 0 to 9, each once
	tokenizer.json|1d|Extra data
	config.json|s/very happy/very, happy/|a label with a comma
	config.json|s/multi_label_classification/regression/|problem_type regression
	END
	rm in/model.safetensors
	try "$PYTHON" "$CONVERT/from_huggingface.py" in out
	[ "$status" -eq 1 ]
	[[ $stderr == *'in/model.safetensors: no such file'* ]]
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
