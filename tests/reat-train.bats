# shellcheck disable=SC2030,SC2031,SC2154

load helper

# texts FIRST N: print N texts whose label depends on the last "good" or "bad"
texts() {
	awk -v first="$1" -v n="$2" 'BEGIN {
		split("the a film plot is was very not", filler, " ")
		x = first
		for (i = 1; i <= n; i++) {
			words = 2 + i % 5
			x = (x * 75 + 74) % 65537
			good = x % 2
			printf "# sent_id = %d\n# label = %s\n", i,
			    good ? "positive" : "negative"
			for (k = 1; k <= words; k++) {
				x = (x * 75 + 74) % 65537
				w = filler[1 + x % 8]
				if (k == words - 1 || (k == 1 && x % 3 == 0))
					w = (k == words - 1) == good ? "good" \
					    : "bad"
				printf "%d\t%s\t_\t_\t_\t_\t_\t_\t_\t_\n", k, w
			}
			print ""
		}
	}'
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	texts 1 200 >train
	texts 7 60 >dev
	printf '%s\n' 'hidden: 8' 'dimension: 6' 'learning_rate: 0.02' \
	    'epochs: 4' 'batch: 10' >r.yaml
}

teardown() {
	drop_shim
}

# accuracy MODEL TOK: print the accuracy on a tok file by reat-predict
accuracy() {
	reat-predict -H -m "$1" "$2" |
	    awk -F '\t' '{ n += $2 == $3 } END { printf "%.6f\n", n / NR }'
}

# logged MODEL: print the best accuracy in its log
logged() {
	sed 1d "$1/log.tsv" | cut -f3 | sort -n | tail -n 1
}

same() {
	for f in "$1"/*; do
		cmp "$f" "$2/${f##*/}" || return
	done
}

@test "it learns, and reat-predict finds the reported accuracy" {
	for cell in gru lstm; do
		for both in true false; do
			for type in F32 F16 BF16; do
				{ cat r.yaml; echo "cell: $cell"
				echo "bidirectional: $both"
				echo "numbers: $type"
				echo "embedding_numbers: $type"; } >c.yaml
				reat-train -q -r ./c.yaml -o m train dev
				[ "$(accuracy ./m dev)" = "$(logged m)" ]
				[ "$(logged m)" = 1.000000 ]
			done
		done
	done
	[ "$(echo m/*)" = "m/embedding.safetensors m/log.tsv m/model.yaml\
 m/recipe.yaml m/rnn.safetensors m/state.safetensors m/texts.tsv m/vocab.txt" ]
}

@test "layers and pooling are trained as they are run" {
	for pooling in last end mean max mean+max last+mean+max; do
		for layers in 1 2; do
			{ cat r.yaml; echo "pooling: $pooling"
			echo "layers: $layers"
			echo "bidirectional: true"
			echo "layer_dropout: 0.1"; } >c.yaml
			reat-train -q -r ./c.yaml -n 6 -o m train dev
			grep -qx "pooling: $pooling" m/model.yaml
			grep -qx "layers: $layers" m/model.yaml
			[ "$(accuracy ./m dev)" = "$(logged m)" ]
			awk -v a="$(logged m)" 'BEGIN { exit !(a > 0.9) }'
			reat-train -q -m ./m -n 7 -o n train dev
			[ "$(accuracy ./n dev)" = "$(logged n)" ]
		done
	done
}

@test "the best epoch is kept, not the last" {
	# random labels: the model learns only noise
	texts 3 40 | awk '/^# label/ { x = (x * 75 + 74) % 65537
	    $0 = "# label = " (x % 3 ? "negative" : "positive") } 1' >noise
	printf 'learning_rate: 0.1\nhidden: 4\nepochs: 12\nbatch: 5\n' >c.yaml
	reat-train -q -r ./c.yaml -o m noise dev
	[ "$(accuracy ./m dev)" = "$(logged m)" ]
	[ "$(logged m)" != "$(tail -n 1 m/log.tsv | cut -f3)" ]
}

@test "one seed gives one model; the written recipe gives it again" {
	printf 'embedding_dropout: 0.2\nreadout_dropout: 0.3\nclip: 1\n' \
	    >>r.yaml
	reat-train -q -r ./r.yaml -s 5 -n 3 -b 7 -o a train dev
	reat-train -q -r ./r.yaml -s 5 -n 3 -b 7 -o b train dev
	same a b
	reat-train -q -r ./a/recipe.yaml -o b train - <dev
	same a b
	reat-train -q -r ./a/recipe.yaml -o b - dev <train
	same a b
	reat-train -q -r ./a/recipe.yaml -s 6 -o b train dev
	! cmp a/rnn.safetensors b/rnn.safetensors
}

@test "every CPU path gives the same bytes" {
	printf '%s\n' 'bidirectional: true' 'readout_dropout: 0.1' >>r.yaml
	REAT_CPU=baseline reat-train -q -r ./r.yaml -n 2 -o a train dev
	for path in $(cpu_paths); do
		REAT_CPU=$path reat-train -q -r ./r.yaml -n 2 -o b train dev
		same a b
	done
}

@test "any number of threads gives the same bytes, also continued" {
	for network in 'cell: gru
bidirectional: true' 'cell: lstm
layers: 2
pooling: mean+max
layer_dropout: 0.2' 'cell: gru-before
layers: 2
bidirectional: true' 'cell: mingru
embedding_dropout: 0.1
penalty: 1
penalty_words: ./words
clip: 1' 'cell: minlstm
pooling: max
average: 2'; do
		{ cat r.yaml; echo "$network"; } >n.yaml
		echo film >words
		reat-train -q -r ./n.yaml -o a train dev
		for threads in 2 3 40; do
			rm -rf b
			reat-train -q -j "$threads" -r ./n.yaml -n 2 -o b \
			    train dev
			reat-train -q --threads 2 -m ./b -n 4 -o b train dev
			same a b
		done
	done
}

@test "threads that the system refuses" {
	[ "$(id -u)" -ne 0 ] || skip "root has as many threads as it likes"
	# exec: the limit counts bash, too
	try bash -c 'ulimit -u 1
		exec reat-train -j 4 -r ./r.yaml -o m train dev'
	[ "$status" -eq 2 ]
	[[ $stderr == *"reat-train: cannot start thread "* ]]
	[ ! -e m/model.yaml ]
}

@test "progress is on standard error: a line for each epoch, none with -q" {
	try reat-train -r ./r.yaml -n 3 -o m train dev
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ "$(echo "$stderr" | grep -c '^reat-train: epoch [1-3] of 3: loss ')" \
	    -eq 3 ]
	try reat-train -q -r ./r.yaml -o m train dev
	[ -z "$stderr" ]
}

@test "on a terminal: a bar, loss, dev accuracy, speed and the time left" {
	need_terminal
	# the bar is drawn ten times a second, so the run must take longer
	script -qec "reat-train -r ./r.yaml -n 1000 -o m train dev" \
	    /dev/null </dev/null | tr '\r' '\n' >out
	grep -q '^\[=*> *\] *[0-9]* %  epoch [0-9]*/1000, loss [0-9.]*, dev [0-9.]* %, [0-9]*k tok/s, [0-9]*:[0-9][0-9] left' out ||
	    { cat -v out; false; }
	# each line fits, and the lines of the epochs are complete
	sed 's/.\[K//' out | awk 'length($0) > 79 && !/^reat-train: epoch/ {
	    exit 1 }'
	[ "$(grep -c 'reat-train: epoch [0-9]* of 1000: loss' out)" -eq 1000 ]
	script -qec "reat-train -q -r ./r.yaml -n 1000 -o m train dev" \
	    /dev/null </dev/null >out
	[ ! -s out ]
}

@test "vectors are read with and without a heading, for known words only" {
	printf '%s\n' 'good 1 2 3' 'zebra 4 5 6' 'bad -1 -2 -3.5e0 ' >glove
	{ echo '3 3'; cat glove; } >word2vec
	printf 'vectors: glove\nembedding: frozen\nhidden: 8\nepochs: 1\n' \
	    >c.yaml
	try reat-train -r ./c.yaml -o a train dev
	[[ $stderr == *"2 of 10 words have a vector"* ]]
	sed -i 's/glove/word2vec/' c.yaml
	try reat-train -q -r ./c.yaml -o b train dev
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	cmp a/embedding.safetensors b/embedding.safetensors
	cmp a/rnn.safetensors b/rnn.safetensors
	# frozen: the row of a word is its vector in the file
	row=$(grep -nx good a/vocab.txt | cut -d : -f 1)
	size=$(($(wc -c <a/embedding.safetensors) - 10 * 12))
	[ "$(tail -c +$((size + (row - 1) * 12 + 1)) a/embedding.safetensors |
	    head -c 12 | od -An -tx1 | tr -d ' ')" = 0000803f0000004000004040 ]
	# the file can be the standard input
	sed -i 's/word2vec/"-"/' c.yaml
	reat-train -q -r ./c.yaml -o b train dev <glove
	cmp a/rnn.safetensors b/rnn.safetensors
}

# Floats of a binary file: little-endian bytes as printf escapes.
one='\x00\x00\x80\x3f' two='\x00\x00\x00\x40' minus='\x00\x00\x80\xbf'

@test "word2vec's binary files, with and without newlines, from a pipe too" {
	printf '3 2\ngood 1 2\nzebra 2 2\nbad -1 1\n' >text
	# shellcheck disable=SC2059
	printf "3 2\ngood $one$two\nzebra $two$two\nbad $minus$one\n" >bin
	# shellcheck disable=SC2059
	printf "3 2\ngood $one${two}zebra $two${two}bad $minus$one" >bin2
	for f in text bin bin2; do
		printf 'vectors: %s\nhidden: 8\nepochs: 1\n' "$f" >c.yaml
		reat-train -q -r ./c.yaml -o "m-$f" train dev
		cmp m-text/rnn.safetensors "m-$f/rnn.safetensors"
		cmp m-text/embedding.safetensors "m-$f/embedding.safetensors"
	done
	printf 'vectors: "-"\nhidden: 8\nepochs: 1\n' >c.yaml
	# the pipe usually gives two pieces, which must not matter
	(head -c 9 bin; sleep 0.1; tail -c +10 bin) |
	    reat-train -q -r ./c.yaml -o m train dev
	cmp m-text/embedding.safetensors m/embedding.safetensors
}

@test "text is not taken for a heading, nor for floats" {
	printf 'vectors: v\nhidden: 8\nepochs: 1\n' >c.yaml
	printf '%s\n' 'good 1 2 3' 'bad -1 -2 -3' >v
	reat-train -q -r ./c.yaml -o plain train dev
	# a first word that is a number is no heading
	printf '%s\n' '1 .5 -1 2' 'good 1 2 3' 'bad -1 -2 -3' >v
	reat-train -q -r ./c.yaml -o number train dev
	# a control character in a word does not make floats of the numbers
	printf '3 3\nx\001 7 8 9\ngood 1 2 3\nbad -1 -2 -3 \r\n' >v
	reat-train -q -r ./c.yaml -o control train dev
	for m in number control; do
		cmp plain/embedding.safetensors "$m/embedding.safetensors"
	done
}

@test "faults of a binary file of vectors" {
	printf 'vectors: v\n' >c.yaml
	for case in "3 2\ngood $one$two\n|ends within word 2, expected 3 words" \
	    "1 2\ngood $one$two$two|data after the last of the 1 words" \
	    "1 2\ngood $one\x00\x00\x80\x7f|number 2 of \"good\" is not finite" \
	    "1 2\ngood\x01|ends within word 1" \
	    "2 9999\ngood $one|9999 numbers, expected a word and 1 to 4096"; do
		# shellcheck disable=SC2059
		printf "${case%|*}" >v
		try reat-train -q -r ./c.yaml -o m train dev
		echo "$stderr"
		[ "$status" -eq 1 ]
		[[ $stderr == "reat-train: v:"*"${case#*|}"* ]]
		[ ! -e m ]
	done
	{ printf '1 2\n\001'; head -c 9000 /dev/zero | tr '\0' x; } >v
	try reat-train -q -r ./c.yaml -o m train dev
	[ "$status" -eq 1 ]
	[[ $stderr == "reat-train: v: word 1 has more than 4096 bytes"* ]]
}

@test "a word has at most 4096 bytes" {
	long=$(head -c 5000 /dev/zero | tr '\0' x)
	printf 'good\n%s\n' "$long" >words
	{ cat r.yaml; echo 'vocabulary: words'; } >c.yaml
	try reat-train -q -r ./c.yaml -n 1 -o m train dev
	[ "$status" -eq 1 ]
	[[ $stderr == "reat-train: words:2: a word of 5000 bytes, the limit is 4096" ]]
	sed "s/\tplot\t/\t$long\t/" train >train2
	reat-train -q -r ./r.yaml -n 1 -o m train2 dev
	[ "$(wc -c <m/vocab.txt)" -lt 100 ]
	[ "$(accuracy ./m dev)" = "$(logged m)" ]
}

@test "faults of vectors are reported with the line" {
	printf 'vectors: v\n' >c.yaml
	for case in 'good 1 2 3|bad 1 2|v:2: 2 numbers, expected 3' \
	    'good 1 2 3|bad 1 2 3 4|v:2: ' \
	    'good 1 2 3|the x 2 3|v:2: "x", expected a number' \
	    '2 3|good 1 2|v:2: 2 numbers, expected 3' \
	    '2 3|good 1 2 3|v: 1 words, expected 2 as in the first line' \
	    '0 3|good 1 2 3|v:2: 3 numbers, expected 1' \
	    'good 1 2 nan|the 1 2 3|v:1: "nan", expected a number' \
	    'good|the 1 2 3|v:1: 0 numbers'; do
		IFS='|' read -r one two message <<<"$case"
		printf '%s\n' "$one" "$two" >v
		try reat-train -q -r ./c.yaml -o m train dev
		echo "$stderr"
		[ "$status" -eq 1 ]
		[[ $stderr == "reat-train: $message"* ]]
		[ ! -e m ]
	done
	: >v
	try reat-train -q -r ./c.yaml -o m train dev
	[ "$status" -eq 1 ]
	rm v
	try reat-train -q -r ./c.yaml -o m train dev
	[ "$status" -eq 2 ]
}

@test "the vocabulary: the list, then frequent words; others are unknown" {
	printf 'Plot\nzebra\n' >words
	printf '%s\n' 'vocabulary: words' 'unknown: <unk>' 'min_count: 60' \
	    'limit: 3' 'lowercase: true' >>r.yaml
	reat-train -q -r ./r.yaml -n 1 -o m train dev
	[ "$(head -n 3 m/vocab.txt | tr '\n' ' ')" = '<unk> plot zebra ' ]
	[ "$(wc -l <m/vocab.txt)" -le 6 ]
	grep -qx "unknown: '<unk>'" m/model.yaml
	grep -qx bad m/vocab.txt
}

@test "another model's embedding is shared, not written again" {
	reat-train -q -r ./r.yaml -n 2 -o a train dev
	printf '%s\n' 'embedding_from: ./a' 'embedding: frozen' 'cell: lstm' \
	    'hidden: 5' 'learning_rate: 0.02' 'batch: 10' >c.yaml
	reat-train -q -r ./c.yaml -n 4 -o b train dev
	[ ! -e b/embedding.safetensors ]
	[ ! -e b/vocab.txt ]
	grep -qx "weights: \['../a/embedding.safetensors', 'rnn.safetensors'\]" \
	    b/model.yaml
	[ "$(accuracy ./b dev)" = "$(logged b)" ]
	# a third model, from the second one
	sed 's/cell: lstm/cell: gru/; s|./a|./b|' c.yaml >d.yaml
	reat-train -q -r ./d.yaml -n 1 -o c train dev
	grep -q "'../a/embedding.safetensors'" c/model.yaml
	[ "$(accuracy ./c dev)" = "$(logged c)" ]
	# in another folder: by its whole path
	mkdir sub
	reat-train -q -r ./c.yaml -n 1 -o sub/d train dev
	[ "$(accuracy ./sub/d dev)" = "$(logged sub/d)" ]
	# tuned: the model has its own copy
	sed 's/frozen/tuned/' c.yaml >d.yaml
	reat-train -q -r ./d.yaml -n 1 -o e train dev
	[ -e e/embedding.safetensors ]
	! cmp a/embedding.safetensors e/embedding.safetensors
}

@test "-m continues a run with the bytes of a run without a break" {
	for embedding in tuned frozen; do
		for type in F32 F16; do
			{ cat r.yaml; echo "embedding: $embedding"
			echo "embedding_numbers: $type"
			echo 'embedding_dropout: 0.2'
			echo 'layers: 2'
			echo 'patience: 5'; } >c.yaml
			reat-train -q -r ./c.yaml -n 5 -o a train dev
			rm -rf b
			reat-train -q -r ./c.yaml -n 2 -o b train dev
			reat-train -q -m ./b -n 3 -o c train dev
			reat-train -q -m ./c -n 5 -o b train dev
			same a b
		done
	done
	# if all epochs are done, the folder is the same
	reat-train -q -m ./b -o c train dev
	same a c
	# a shared embedding is found
	printf '%s\n' 'embedding_from: ./a' 'embedding: frozen' 'hidden: 5' \
	    'batch: 9' >c.yaml
	reat-train -q -r ./c.yaml -n 4 -o d train dev
	reat-train -q -r ./c.yaml -n 1 -o e train dev
	reat-train -q -m ./e -n 4 -o e train dev
	same d e
}

# spoil FILE BYTES: replace the last two bytes of the file
spoil() {
	# shellcheck disable=SC2059
	printf "$2" | dd of="$1" bs=1 conv=notrunc \
	    seek=$(($(wc -c <"$1") - 2)) 2>/dev/null
}

# size MODEL WORD: print the mean size of the word's scores in the dev texts
size() {
	reat-score -H -c all -l word -m "$1" dev | awk -F '\t' -v w="$2" '
		$3 == "word" && $11 == w { n++; s += $10 < 0 ? -$10 : $10 }
		END { printf "%.4f\n", s / n }'
}

# below A B: A < B
below() {
	awk -v a="$1" -v b="$2" 'BEGIN { exit !(a < b) }'
}

@test "a penalty makes the scores of its words small, and of no others" {
	printf 'film\nplot\nabsent\n' >words
	for cell in gru lstm; do
		for pooling in last mean max; do
			{ cat r.yaml; echo "cell: $cell"
			echo "pooling: $pooling"
			echo 'bidirectional: true'; } >a.yaml
			{ cat a.yaml; echo 'penalty: 20'
			echo 'penalty_words: words'; } >b.yaml
			reat-train -q -r ./a.yaml -o a train dev
			run --separate-stderr reat-train -r ./b.yaml -o b \
			    train dev
			[[ $stderr == *"2 words of the vocabulary are penalised"* ]]
			for word in film plot; do
				below "$(size ./b $word)" 0.06
				below "$(size ./b $word)" "$(size ./a $word)"
			done
			below 0.2 "$(size ./b good)"
			[ "$(logged b)" = 1.000000 ]
			[ "$(accuracy ./b dev)" = 1.000000 ]
		done
	done
	# words are in lower case if the texts are
	printf 'FILM\n' >words
	echo 'lowercase: true' >>b.yaml
	reat-train -q -r ./b.yaml -o c train dev
	below "$(size ./c film)" 0.06
}

@test "a penalty needs pooling of one kind" {
	printf 'film\n' >words
	{ cat r.yaml; echo 'penalty: 20'; echo 'penalty_words: words'
	echo 'pooling: mean+max'; } >c.yaml
	run --separate-stderr reat-train -q -r ./c.yaml -o m train dev
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-train: words: penalty_words needs pooling of one part, and the model has mean+max' ]
}

@test "a penalty: the same bytes on every path, again, and continued" {
	printf 'film\ngood\n' >words
	{ cat r.yaml; echo 'cell: lstm'; echo 'pooling: mean'; echo 'layers: 2'
	echo 'embedding_dropout: 0.2'; echo 'readout_dropout: 0.2'
	echo 'penalty: 0.3'; echo 'penalty_words: words'; } >c.yaml
	reat-train -q -r ./c.yaml -o a train dev
	grep -qx 'penalty: 0.3' a/recipe.yaml
	for path in baseline v3 v4; do
		REAT_CPU=$path reat-train -q -r ./c.yaml -o b train dev
		same a b
	done
	reat-train -q -r ./a/recipe.yaml -o b train dev
	same a b
	rm -rf b
	reat-train -q -r ./c.yaml -n 2 -o b train dev
	reat-train -q -m ./b -n 4 -o b train dev
	same a b
	# other words are another run
	echo plot >>words
	try reat-train -q -m ./a -n 5 -o b train dev
	[ "$status" -eq 1 ]
	[[ $stderr == *"the same words in penalty_words"* ]]
	# a recipe without a penalty is written as ever
	reat-train -q -r ./r.yaml -n 1 -o d train dev
	! grep -q penalty d/recipe.yaml
}

@test "word_dropout teaches the network what an unknown word is" {
	echo '<unk>' >words
	sed 's/\tplot\t/\tzzzz\t/' dev >other
	for cell in gru lstm; do
		{ cat r.yaml; echo "cell: $cell"; echo 'range: 2'
		echo 'unknown: <unk>'; } >a.yaml
		{ cat a.yaml; echo 'word_dropout: 0.15'; } >b.yaml
		{ cat b.yaml; echo 'penalty: 20'
		echo 'penalty_words: words'; } >c.yaml
		for m in a b c; do
			reat-train -q -r ./$m.yaml -n 8 -o $m train dev
		done
		mv other dev
		# the row is at random where no word was dropped
		below 0.1 "$(size ./a zzzz)"
		below "$(size ./b zzzz)" "$(size ./a zzzz)"
		below "$(size ./c zzzz)" 0.06
		mv dev other
		texts 7 60 >dev
		[ "$(accuracy ./b other)" = 1.000000 ]
	done
	# a dropped word is unknown: without a row it is the zero vector
	sed '/unknown:/d; s/0.15/0.95/' b.yaml >d.yaml
	reat-train -q -r ./d.yaml -n 1 -o d train dev
	sed 1q d/vocab.txt | grep -vqx '<unk>'
	below 0.6 "$(sed -n 2p d/log.tsv | cut -f 2)"
}

@test "word_dropout: the same bytes on every path, again, and continued" {
	{ cat r.yaml; echo 'unknown: <unk>'; echo 'embedding_dropout: 0.2'
	echo 'word_dropout: 0.25'; } >c.yaml
	reat-train -q -r ./c.yaml -o a train dev
	grep -qx 'word_dropout: 0.25' a/recipe.yaml
	for path in baseline v3 v4; do
		REAT_CPU=$path reat-train -q -r ./c.yaml -o b train dev
		same a b
	done
	reat-train -q -r ./a/recipe.yaml -o b train dev
	same a b
	rm -rf b
	reat-train -q -r ./c.yaml -n 2 -o b train dev
	reat-train -q -m ./b -n 4 -o b train dev
	same a b
	# another share is another run
	sed -i 's/word_dropout: 0.25/word_dropout: 0.5/' a/recipe.yaml
	try reat-train -q -m ./a -n 5 -o b train dev
	[ "$status" -eq 1 ]
	[[ $stderr == *"word_dropout is 0.5, but it was 0.25 in the run"* ]]
	# 0 is no key
	{ cat r.yaml; echo 'word_dropout: 0'; } >c.yaml
	reat-train -q -r ./c.yaml -n 1 -o a train dev
	reat-train -q -r ./r.yaml -n 1 -o b train dev
	same a b
	! grep -q word_dropout a/recipe.yaml
}

@test "word_blank is word_dropout with the zero vector" {
	for key in word_dropout word_blank; do
		{ cat r.yaml; echo "$key: 0.25"; } >c.yaml
		reat-train -q -r ./c.yaml -n 3 -o $key train dev
		grep -qx "$key: 0.25" $key/recipe.yaml
	done
	# without a row, the unknown word is the zero vector
	run -1 grep '^unknown' word_dropout/recipe.yaml
	cmp word_dropout/rnn.safetensors word_blank/rnn.safetensors
	# both: other words, and blank ones are not the unknown word
	for share in 0 0.2; do
		{ cat r.yaml; echo 'unknown: <unk>'; echo 'word_dropout: 0.2'
		echo "word_blank: $share"; } >c.yaml
		reat-train -q -r ./c.yaml -n 3 -o b$share train dev
	done
	run -1 cmp b0/rnn.safetensors b0.2/rnn.safetensors
	run -1 grep word_blank b0/recipe.yaml
	reat-train -q -r ./b0.2/recipe.yaml -o b train dev
	same b0.2 b
}

# numbers FILE TENSOR: print the F32 numbers of a tensor, one per line
numbers() {
	head=$(od -An -t u8 -N 8 "$1" | tr -d ' ')
	at=$(tail -c +9 "$1" | head -c "$head" | grep -o "\"$2\":{[^}]*" |
	    sed 's/.*data_offsets":\[//; s/].*//')
	tail -c +$((9 + head + ${at%,*})) "$1" |
	    head -c $((${at#*,} - ${at%,*})) | od -An -v -t f4 -w4
}

@test "average: the model is the mean of the weights after epochs" {
	{ cat r.yaml; echo 'average: 2'; } >c.yaml
	for n in 1 2 3 4; do
		reat-train -q -r ./c.yaml -n $n -o c$n train dev
	done
	grep -qx 'average: 2' c4/recipe.yaml
	for t in output.bias rnn.weight_hh_l0 embedding.weight; do
		for n in 2 3 4; do
			numbers c$n/state.safetensors $t >w$n
		done
		numbers c4/state.safetensors mean.$t >mean
		paste w2 w3 w4 mean | awk '
			{ x = ($1 + $2 + $3) / 3 - $4; n += x < -1e-6 || x > 1e-6 }
			END { exit n > 0 || NR == 0 }'
	done
	# before the second epoch there is no mean, and of one epoch none differs
	for n in 1 2; do
		reat-train -q -r ./r.yaml -n $n -o d train dev
		for f in d/*.tsv d/embedding.safetensors d/rnn.safetensors; do
			cmp "$f" "c$n/${f##*/}"
		done
	done
	# what was evaluated is what is written
	[ "$(accuracy ./c4 dev)" = "$(logged c4)" ]
	! grep -q average d/recipe.yaml
}

@test "average: the same bytes on every path, again, and continued" {
	for embedding in tuned frozen; do
		{ cat r.yaml; echo "embedding: $embedding"
		echo 'embedding_numbers: F16'; echo 'average: 2'; } >c.yaml
		reat-train -q -r ./c.yaml -n 4 -o a train dev
		for path in baseline v3 v4; do
			REAT_CPU=$path reat-train -q -r ./c.yaml -o b train dev
			same a b
		done
		for n in 1 2 3; do
			rm -rf b
			reat-train -q -r ./c.yaml -n $n -o b train dev
			reat-train -q -m ./b -n 4 -o b train dev
			same a b
		done
	done
	# another epoch is another run
	sed -i 's/average: 2/average: 3/' a/recipe.yaml
	try reat-train -q -m ./a -n 5 -o b train dev
	[ "$status" -eq 1 ]
	[[ $stderr == *"average is 3, but it was 2 in the run"* ]]
}

@test "a run that is continued has its own recipe and texts" {
	reat-train -q -r ./r.yaml -n 1 -o a train dev
	try reat-train -q -m ./a -r ./r.yaml -o a train dev
	[ "$status" -eq 2 ]
	[[ $stderr == "reat-train: option -r cannot change a run that is continued (-m ./a); "* ]]
	cp -r a kept
	for option in "-b 10" "-s 1"; do
		# shellcheck disable=SC2086
		try reat-train -q -m ./a $option -n 2 -o a train dev
		[ "$status" -eq 2 ]
		[[ $stderr == "reat-train: option ${option% *} cannot change a run that is continued (-m ./a); its recipe is ./a/recipe.yaml"* ]]
	done
	reat-train -q -m ./a -n 3 -o b train dev
	try reat-train -q -m ./b -n 2 -o b train dev
	[ "$status" -eq 2 ]
	[[ $stderr == "reat-train: option -n: 2 epochs in all, but the run -m ./b has 3 already"* ]]
	grep -qx 'epochs: 3' b/recipe.yaml
	reat-train -q -r ./b/recipe.yaml -o c train dev
	same b c
	same a kept
	rm -r b c kept
	for texts in "dev dev" "train train"; do
		# shellcheck disable=SC2086
		try reat-train -q -m ./a -n 2 -o a $texts
		[ "$status" -eq 1 ]
		[[ $stderr == "reat-train: ./a/state.safetensors: the run was trained on other texts, "* ]]
	done
	cp -r a b
	: >b/state.safetensors
	try reat-train -q -m ./b -n 2 -o b train dev
	[ "$status" -eq 1 ]
	cp -r a c
	sed -i 's/hidden: 8/hidden: 9/' r.yaml
	reat-train -q -r ./r.yaml -n 1 -o other train dev
	cp other/state.safetensors c
	LC_ALL=C sed -i 's/hidden: 9/hidden: 8/' c/state.safetensors
	try reat-train -q -m ./c -n 2 -o c train dev
	[ "$status" -eq 1 ]
	[[ $stderr == "reat-train: ./c/state.safetensors: tensor \"rnn."*" is not F32, or has another shape "* ]]
	cp -r a d
	spoil d/embedding.safetensors '\300\177'
	try reat-train -q -m ./d -n 1 -o d train dev
	[ "$status" -eq 1 ]
	[ "$stderr" = "reat-train: ./d/embedding.safetensors: row $(($(wc -l <d/vocab.txt) - 1)) of the embedding is not finite" ]
	cp -r a e
	spoil e/state.safetensors '\200\277'
	try reat-train -q -m ./e -n 2 -o e train dev
	[ "$status" -eq 1 ]
	[ "$stderr" = "reat-train: ./e/state.safetensors: tensor \"exp_avg_sq.output.bias\": number 2 is negative" ]
	# recipe.yaml must agree with the state
	while IFS='|' read -r is was; do
		key=${is%%:*}
		rm -r e
		cp -r a e
		sed -i "/^$key:/d" e/recipe.yaml
		echo "$is" >>e/recipe.yaml
		cp -r e f
		try reat-train -q -m ./e -n 2 -o e train dev
		echo "$stderr"
		[ "$status" -eq 1 ]
		[ "$stderr" = "reat-train: ./e/recipe.yaml: ${is/: / is }, but it was $was in the run that is continued" ]
		same e f
		rm -r f
	done <<-'END'
	cell: lstm|gru
	hidden: 7|8
	pooling: mean|last
	bidirectional: true|false
	labels: ['positive', 'negative']|['negative', 'positive']
	vocabulary: 'words'|not set
	dimension: 5|6
	embedding: frozen|tuned
	learning_rate: 0.03|0.02
	readout_dropout: 0.1|0
	batch: 20|10
	seed: 2|1
	numbers: F16|F32
	state: false|true
	END
	# except the epochs; its format does not matter
	rm -r e
	cp -r a e
	{ sed 's/$/	# mine/; /^epochs:/d' a/recipe.yaml | tr '\t' ' '
	echo 'epochs: 3'; } >e/recipe.yaml
	reat-train -q -m ./e -o e train dev
	reat-train -q -m ./a -n 3 -o b train dev
	same e b
	rm -r b
	# both must agree with the model
	for key in 'pooling: mean' 'lowercase: true' \
	    'labels: [positive, negative]'; do
		rm -r e
		cp -r a e
		sed -i "s/^${key%%:*}:.*/$key/" e/model.yaml
		try reat-train -q -m ./e -n 2 -o e train dev
		[ "$status" -eq 1 ]
		[ "$stderr" = "reat-train: ./e/recipe.yaml: ${key%%:*} differs from the model in this folder" ]
	done
	# a state without a recipe
	rm -r e
	cp -r a e
	LC_ALL=C sed -i 's/{"recipe"/{"Recipe"/' e/state.safetensors
	try reat-train -q -m ./e -n 2 -o e train dev
	echo "$stderr"
	[ "$status" -eq 1 ]
	[ "$stderr" = "reat-train: ./e/state.safetensors: no recipe in its __metadata__: not a checkpoint" ]
	# log.tsv must agree with the state
	for edit in 1d '$d' '$s/^1/2/' '$p'; do
		rm -r e
		cp -r a e
		sed -i "$edit" e/log.tsv
		cp -r e f
		try reat-train -q -m ./e -n 2 -o e train dev
		[ "$status" -eq 1 ]
		[[ $stderr == "reat-train: ./e/log.tsv:"* ]]
		same e f
		rm -r f
	done
	# state: false writes no state, and removes an old one
	echo 'state: false' >>r.yaml
	reat-train -q -r ./r.yaml -n 1 -o a train dev
	[ ! -e a/state.safetensors ]
}

@test "-m starts from a model's weights if it has no state" {
	reat-train -q -r ./r.yaml -n 2 -o a train dev
	cp -r a old
	rm a/state.safetensors
	reat-train -q -m ./a -n 1 -o b train dev
	[ "$(accuracy ./b dev)" = "$(logged b)" ]
	cmp a/vocab.txt b/vocab.txt
	# so does the key model of a recipe, with or without a state
	echo 'model: ./old' >c.yaml
	reat-train -q -r ./c.yaml -n 1 -o d train dev
	cmp b/rnn.safetensors d/rnn.safetensors
	# its first loss is below that of a new model
	reat-train -q -r ./r.yaml -n 1 -o c train dev
	awk 'FNR == 2 { loss[FILENAME] = $2 }
	    END { exit !(loss["b/log.tsv"] < loss["c/log.tsv"]) }' \
	    b/log.tsv c/log.tsv
	try reat-train -q -m ./none -o b train dev
	[ "$status" -eq 2 ]
}

@test "buckets: batches of similar lengths, another order, the same accuracy" {
	reat-train -q -r ./r.yaml -n 3 -o a train dev
	echo 'bucket: 5' >>r.yaml
	reat-train -q -r ./r.yaml -n 3 -o b train dev
	[ "$(logged b)" = 1.000000 ]
	! cmp a/rnn.safetensors b/rnn.safetensors
}

@test "more than two classes" {
	sed '/^# label/{n;}; s/^\(# label = \)positive/\1neutral/' dev |
	    sed 's/negative/bad one/' >dev3
	awk 'NR == FNR { print; next } { gsub(/positive/, "neutral")
	    gsub(/negative/, "bad one"); print }' train dev3 >train3
	reat-train -q -r ./r.yaml -o m train3 dev3
	grep -qx "labels: \['bad one', 'negative', 'neutral', 'positive'\]" \
	    m/model.yaml
	[ "$(accuracy ./m dev3)" = "$(logged m)" ]
}

@test "faults of the texts" {
	sed 's/negative/odd/' dev >odd
	try reat-train -q -r ./r.yaml -o m train odd
	[ "$status" -eq 1 ]
	[[ $stderr == "reat-train: odd:"*': label "odd" is not one of the training texts'* ]]
	grep -v '^# label' train >none
	try reat-train -q -r ./r.yaml -o m none dev
	[ "$status" -eq 1 ]
	[[ $stderr == "reat-train: none:1: no label, expected # label = NAME" ]]
	sed 's/negative/positive/' train >one
	try reat-train -q -r ./r.yaml -o m one one
	[ "$status" -eq 1 ]
	[[ $stderr == *'all texts have the label "positive"'* ]]
	{ cat r.yaml; echo 'labels: [negative, positive, mixed]'; } >c.yaml
	try reat-train -q -r ./c.yaml -o m train dev
	[ "$status" -eq 1 ]
	[[ $stderr == *'no text has the label "mixed"'* ]]
	: >empty
	try reat-train -q -r ./r.yaml -o m empty dev
	[ "$status" -eq 1 ]
	try reat-train -q -r ./r.yaml -o m train empty
	[ "$status" -eq 1 ]
	try reat-train -q -r ./r.yaml -o m train absent
	[ "$status" -eq 2 ]
	[[ $stderr == *absent* ]]
	[ ! -e m ]
	# -k drops only the block
	{ cat train; tok x word; } >mixed
	try reat-train -q -r ./r.yaml -n 1 -o m mixed dev
	[ "$status" -eq 1 ]
	[ ! -e m ]
	try reat-train -k -q -r ./r.yaml -n 1 -o m mixed dev
	[ "$status" -eq 1 ]
	[ -e m/model.yaml ]
}

@test "faults of the recipe and the command line" {
	for line in 'hiden: 5' 'hidden: 0' 'hidden: x' 'cell: rnn' \
	    'batch: -1' 'learning_rate: fast' 'embedding_dropout: 1' \
	    'word_dropout: 0.96' 'word_dropout: -0.1' 'word_blank: 1' \
	    'average: 0.5' \
	    'labels: [a]' 'labels: [a, a]' 'labels: [a, "b|c"]' \
	    'labels: [a, " b"]' \
	    'embedding: maybe' 'numbers: F8' 'bidirectional: perhaps' \
	    'seed: 1.5' '- cell'; do
		echo "$line" >c.yaml
		try reat-train -q -r ./c.yaml -o m train dev
		echo "$line: $stderr"
		[ "$status" -eq 1 ]
		[[ $stderr == "reat-train: ./c.yaml:1: "* ]]
	done
	for key in model vectors vocabulary; do
		printf '%s: ./a\nembedding_from: ./a\n' "$key" >c.yaml
		try reat-train -q -r ./c.yaml -o m train dev
		[ "$status" -eq 2 ]
		[ "$stderr" = "reat-train: $key and embedding_from exclude each other" ]
	done
	for args in "train dev" "-o m train" "-o m train dev dev" \
	    "-o m - -" "-o m -n 0 train dev" "-o m -b x train dev" \
	    "-o m -r ./absent.yaml train dev"; do
		# shellcheck disable=SC2086
		try reat-train $args
		[ "$status" -eq 2 ]
	done
	[ ! -e m ]
}

@test "a loss that is not finite ends the run" {
	printf '%s 2e38 2e38 2e38 2e38 2e38 2e38\n' good bad the film >v
	printf '%s\n' 'vectors: v' 'embedding: frozen' 'hidden: 4' \
	    'embedding_dropout: 0.5' >c.yaml
	try timeout 20 reat-train -q -r ./c.yaml -n 3 -o m train dev
	echo "$stderr"
	[ "$status" -eq 1 ]
	[[ $stderr == *"the loss is not finite at batch 1 of epoch 1: lower learning_rate" ]]
	[ ! -e m ]
	printf '%s\n' 'vectors: v' 'embedding: frozen' \
	    'embedding_numbers: F16' >c.yaml
	try timeout 20 reat-train -q -r ./c.yaml -n 3 -o m train dev
	[ "$status" -eq 1 ]
	[[ $stderr == *"embedding.weight is not finite after epoch 1: "* ]]
	[ ! -e m ]
}

@test "only the folder of a model is replaced, and its other files are kept" {
	mkdir mine
	echo precious >mine/file
	try reat-train -q -r ./r.yaml -o mine train dev
	[ "$status" -eq 2 ]
	[ "$(cat mine/file)" = precious ]
	try reat-train -q -r ./r.yaml -o train train dev
	[ "$status" -eq 2 ]
	[[ $stderr == *": train: a file, expected a folder or nothing" ]]
	reat-train -q -r ./r.yaml -n 1 -o m train dev
	echo precious >m/README.md
	reat-train -q -r ./r.yaml -n 2 -o m/ train dev
	[ "$(cat m/README.md)" = precious ]
	[ "$(wc -l <m/log.tsv)" -eq 3 ]
	[ "$(echo m m.*)" = "m m.*" ]
	ln -s m link
	for path in link link/; do
		try reat-train -q -r ./r.yaml -n 1 -o $path train dev
		[ "$status" -eq 2 ]
		[[ $stderr == *": a symbolic link, expected a folder or nothing" ]]
	done
	[ "$(wc -l <m/log.tsv)" -eq 3 ]
	try reat-train -q -r ./r.yaml -o absent/m train dev
	[ "$status" -eq 2 ]
}

@test "an interrupted run leaves the best model so far" {
	for signal in INT TERM; do
		rm -rf m
		reat-train -q -r ./r.yaml -n 100000 -o m train dev 3>&- &
		pid=$!
		for _ in $(seq 100); do
			[ -e m/model.yaml ] && break
			sleep 0.05
		done
		kill -s "$signal" "$pid"
		got=0
		wait "$pid" || got=$?
		[ "$got" -eq $((128 + $(kill -l "$signal"))) ]
		[ "$(accuracy ./m dev)" = "$(logged m)" ]
		[ "$(echo m m.*)" = "m m.*" ]
	done
}

# within_epoch PID: wait until the process catches TERM, which it does from its
# first step on
within_epoch() {
	local mask
	for _ in $(seq 6000); do
		mask=$(sed -n 's/^SigCgt:	//p' "/proc/$1/status") || return
		[ $((0x$mask >> ($(kill -l TERM) - 1) & 1)) -eq 0 ] || return 0
		sleep 0.01
	done
	false
}

@test "stopped within the first epoch and continued: the same bytes" {
	for _ in $(seq 250); do
		cat train
	done | awk '/^# sent_id/ { $0 = "# sent_id = " ++n } { print }' >long
	for embedding in tuned frozen; do
		printf '%s\n' "embedding: $embedding" 'batch: 2' \
		    'hidden: 50' 'layers: 2' 'layer_dropout: 0.2' \
		    'embedding_numbers: F16' >c.yaml
		rm -rf m whole
		reat-train -q -r ./c.yaml -n 1 -o whole long dev
		# stopped twice, the second time after it was continued
		for from in "-r ./c.yaml" "-m ./m"; do
			# shellcheck disable=SC2086
			reat-train $from -n 1 -o m long dev 2>err 3>&- &
			within_epoch $!
			kill -s TERM $!
			got=0
			wait $! || got=$?
			[ "$got" -eq $((128 + $(kill -l TERM))) ]
			[ "$(tail -n 1 err)" = "reat-train: m: stopped in epoch 1; the model was not evaluated" ]
			[ "$(cat m/log.tsv)" = "$(head -n 1 whole/log.tsv)" ]
			cmp m/recipe.yaml whole/recipe.yaml
			reat-predict -m ./m dev >/dev/null
		done
		reat-train -q -m ./m -o m long dev
		same whole m
	done
}

@test "killed at 20 moments: a whole model or none, and then the same bytes" {
	# a thousand: make nightly
	sh "$ROOT/tests/kills/run" "$REAT_BUILD" 20 >table || {
		cat table
		false
	}
}

@test "the files of a run that was killed between its renames" {
	reat-train -q -r ./r.yaml -n 4 -o whole train dev
	# after the first: the model is PATH.reat-old, and PATH does not exist
	reat-train -q -r ./r.yaml -n 2 -o m train dev
	echo mine >m/notes
	mv m m.reat-old
	reat-train -q -m ./m -n 4 -o m train dev
	same whole m
	# after the second: other files have not been moved yet
	mkdir m.reat-old
	mv m/notes m.reat-old
	cp m/log.tsv m.reat-old
	reat-train -q -r ./r.yaml -n 4 -o m train dev
	same whole m
	[ "$(cat m/notes)" = mine ]
	[ "$(echo m m.*)" = "m m.*" ]
}

@test "a second program that writes the same folder is told so at once" {
	reat-train -q -r ./r.yaml -n 100000 -o m train dev &
	pid=$!
	until [ -e m.reat-lock ]; do
		sleep 0.05
	done
	try reat-train -q -r ./r.yaml -o ./m/ train dev
	[ "$status" -eq 2 ]
	[ "$stderr" = "reat-train: ./m/: another process ($pid) writes this folder; wait for it, or give another path" ]
	try reat-model -o m -t F32 convert "$ROOT/tests/contract/model"
	[ "$status" -eq 2 ]
	[[ $stderr == *"m: another process ($pid) writes this folder"* ]]
	kill -s TERM $pid
	wait $pid || true
	[ -e m/model.yaml ]
	[ "$(echo m m.*)" = "m m.*" ]
	# a lock that a killed run left does not matter
	: >m.reat-lock
	reat-train -q -r ./r.yaml -n 2 -o m train dev
	[ "$(echo m m.*)" = "m m.*" ]
}

@test "a lock whose file is another one meanwhile is taken once more" {
	# as if the file had lost its name before it was looked at
	need_shim
	LD_PRELOAD=$shim REAT_FAULT=stat:1:2 reat-train -q -r ./r.yaml -n 1 \
		-o m train dev
	[ "$(echo m m.*)" = "m m.*" ]
	LD_PRELOAD=$shim REAT_FAULT=stat:1:2:from try -2 reat-train -q \
		-r ./r.yaml -n 1 -o m train dev
	[[ $stderr == "reat-train: m.reat-lock: cannot lock: "* ]]
}

@test "files are on the disk before the renames, these before a removal" {
	need_shim
	reat-train -q -r ./r.yaml -n 1 -o m train dev
	LD_PRELOAD=$shim REAT_FAULT_ORDER=order reat-train -q -r ./r.yaml -n 1 \
		-o m train dev
	# after the last write: each file and their folder, then its parent
	want=$(find m -type f | sed 's/.*/fsync/')
	want+=" fsync rename rename fsync "
	want+=$(find m -type f | sed 's/.*/unlink/')
	calls=$(grep -Ev '^(open|mkdir)$' order | tr '\n' ' ')
	[[ ${calls##*write } == "$(echo $want) rmdir "* ]]
}

@test "a link in the place of the folder that is written is not followed" {
	mkdir other
	ln -s other m.reat-part
	try reat-train -q -r ./r.yaml -n 2 -o m train dev
	[ "$status" -eq 2 ]
	[[ $stderr == *"m.reat-part: exists and is not a folder; remove it" ]]
	[ -z "$(ls other)" ]
	rm m.reat-part
	ln -s other m.reat-lock
	try reat-train -q -r ./r.yaml -n 2 -o m train dev
	[ "$status" -eq 2 ]
	[ -z "$(ls other)" ]
	rm m.reat-lock
	# nor are links in a folder that a killed run left
	mkdir m.reat-part
	echo mine >mine
	ln -s ../mine m.reat-part/model.yaml
	reat-train -q -r ./r.yaml -n 2 -o m train dev
	[ "$(cat mine)" = mine ]
	[ ! -L m/model.yaml ]
}

@test "every label that is accepted comes back from model.yaml" {
	n=0
	while IFS=$'\t' read -r label; do
		echo "$label"
		n=$((n + 1))
		for i in 1 2 3 4; do
			name=other
			[ $((i % 2)) = 0 ] || name=$label
			printf '# sent_id = %s\n# label = %s\n' $i "$name"
			printf '1\tw%s\t_\t_\t_\t_\t_\t_\t_\t_\n\n' $((i % 2))
		done >texts
		rm -rf m c
		reat-train -q -r ./r.yaml -n 1 -o m texts texts
		reat-predict -m ./m texts | head -n 1 | tr '\t' '\n' >heading
		grep -qxF -e "$label" heading
		reat-train -q -m ./m -n 2 -o m texts texts
		reat-model -o c -t F32 convert ./m
		reat-predict -m ./m texts >a
		reat-predict -m ./c texts | cmp - a
	done <<-'END'
	x''y
	it's
	"quoted"
	a\b
	\n
	#x
	a #b
	a: b
	a:
	- a
	~
	null
	true
	1e3
	0x10
	%a
	@a
	*a
	&a
	!a
	>a
	`a`
	,a
	[a]
	{a: b}
	?
	---
	...
	'
	"
	a  b
	2001-01-01
	.nan
	é
	مرحبا
	😀
	END
	[ "$n" -eq 36 ]
}

@test "labels that do not fit into model.yaml are refused before the work" {
	awk 'BEGIN { for (i = 1; i <= 4000; i++)
		printf "# sent_id = %d\n# label = this is class number %d\n" \
		    "1\tw\t_\t_\t_\t_\t_\t_\t_\t_\n\n", i, i }' >many
	try reat-train -q -r ./r.yaml -n 100000 -o m many many
	[ "$status" -eq 1 ]
	[[ $stderr == 'reat-train: m/model.yaml: '*' bytes of YAML, the limit is 65536' ]]
	[ ! -e m ]
}

@test "SST-2: an epoch" {
	need_data sst2/train.tsv
	for f in train dev; do
		awk -F '\t' '{ printf "# sent_id = %d\n# label = %s\n", NR, $2
		    n = split($1, w, " ")
		    for (i = 1; i <= n; i++) printf \
		    "%d\t%s\t_\t_\t_\t_\t_\t_\t_\t_\n", i, w[i]
		    print "" }' "$DATA/sst2/$f.tsv" >"$f"
	done
	reat-train -q -n 2 -o m train dev
	[ "$(accuracy ./m dev)" = "$(logged m)" ]
	awk -v a="$(logged m)" 'BEGIN { exit !(a > 0.74) }'
}

@test "texts.tsv has the counts of the texts; the start prints them" {
	{ cat r.yaml; echo 'limit: 4'; } >c.yaml
	reat-train -r ./c.yaml -n 1 -o m train dev 2>err
	for set in train dev; do
		awk -F '\t' -v set=$set -v OFS='\t' '
			FILENAME ~ /vocab/ { known[$1]; next }
			/^# label/ { sub(/.* = /, ""); label[$0]++ }
			/^$/ { if (n > longest) longest = n; texts++; n = 0 }
			NF == 10 { words++; n++; unknown += \
			    !(tolower($2) in known) || tolower($2) == "<unk>" }
			END {
				print set, "texts", texts
				print set, "words", words
				print set, "longest", longest
				print set, "unknown", unknown
				printf "%s\tunknown_share\t%.6f\n", set, unknown / words
				for (l in label)
					print set, "label:" l, label[l]
			}' m/vocab.txt $set | sort >want
		grep "^$set" m/texts.tsv | sort | diff want -
	done
	[ "$(grep -c . m/texts.tsv)" -ge 13 ]
	[ "$(awk '$2 == "unknown" { n += $3 } END { print (n > 0) }' m/texts.tsv)" = 1 ]
	[ "$(head -n 1 err)" = "reat-train: train: $(awk '
		/^# label/ { n[$4]++ } /^$/ { t++ } /^[0-9]/ { w++ }
		END { printf "%d texts, %d words, labels: negative %d, positive %d", t, w, n["negative"], n["positive"] }' train)" ] ||
		{ cat err; head -3 train; false; }
}

@test "a training label that seems wrong is noted" {
	sed '0,/^# label/s/^# label.*/# label = POSITIVE/' train >odd
	reat-train -r ./r.yaml -n 1 -o m odd dev 2>err
	grep -E 'reat-train: odd:2: label "POSITIVE" \(1 text\) and label "[a-z]*" .* differ only in letter case' err
	reat-train -q -r ./r.yaml -n 1 -o m odd dev 2>err
	! grep differ err
}

# streamed_texts: ./a is a trained model, and st and sd are the texts with the
# rows of its embedding as vectors
streamed_texts() {
	reat-train -q -r ./r.yaml -n 1 -o a train dev
	sh "$ROOT/tests/streamed" a s <train >st
	sh "$ROOT/tests/streamed" a s <dev >sd
	{ sed /dimension/d r.yaml; echo 'embedding: stream'; } >s.yaml
}

@test "words that bring their vectors are trained on" {
	streamed_texts
	reat-train -q -r ./s.yaml -o m st sd
	[ "$(accuracy ./m sd)" = "$(logged m)" ]
	[ "$(logged m)" = 1.000000 ]
	[ "$(echo m/*)" = "m/log.tsv m/model.yaml m/recipe.yaml\
 m/rnn.safetensors m/state.safetensors m/texts.tsv" ]
	grep -qx 'dimension: 6' m/recipe.yaml
	# as a frozen embedding with these rows, but for the order of sums
	{ cat r.yaml; echo 'embedding_from: ./a'; echo 'embedding: frozen'
	} >f.yaml
	reat-train -q -r ./f.yaml -o f train dev
	paste f/log.tsv m/log.tsv | awk 'NR > 1 {
	    d = $2 - $5; if (d < -1e-5 || d > 1e-5) exit 1; n++ }
	    END { exit n != 4 }'
}

@test "vectors: a run is continued, only with the same ones" {
	streamed_texts
	reat-train -q -r ./s.yaml -o whole st sd
	reat-train -q -r ./s.yaml -n 2 -o part st sd
	reat-train -q -m ./part -n 4 -o part st sd
	sed -i '/^epochs/d' whole/recipe.yaml part/recipe.yaml
	same whole part
	reat-train -q -r ./s.yaml -n 2 -o part st sd
	sed '0,/E=x..../s//E=x3e11/' st >other
	try reat-train -q -m ./part -n 4 -o part other sd
	[ "$status" -eq 1 ]
	[[ $stderr == *'was trained on other texts'* ]]
	# its weights can be a start
	{ cat s.yaml; echo 'model: ./part'; } >m.yaml
	reat-train -q -r ./m.yaml -n 1 -o n st sd
	grep -qx 'embedding: stream' n/model.yaml
	while IFS='|' read -r model why; do
		{ cat s.yaml; echo "$model"; } >m.yaml
		try reat-train -q -r ./m.yaml -n 1 -o n st sd
		echo "$stderr"
		[ "$status" -gt 0 ]
		[[ $stderr == *"$why"* ]]
	done <<-'END'
	model: ./a|embedding: stream, but model ./a has a vocabulary
	embedding_from: ./part|this key does not go with embedding: stream
	END
	echo 'embedding_from: ./part' >m.yaml
	try reat-train -q -r ./m.yaml -n 1 -o n train dev
	[ "$status" -eq 2 ]
	[[ $stderr == *'embedding_from: model ./part has no vocabulary' ]]
}
