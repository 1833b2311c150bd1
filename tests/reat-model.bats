# shellcheck disable=SC2154

load helper

GOLDEN=$ROOT/tests/golden/engine
SMALL=$ROOT/tests/contract/model

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# small [SED...]: copy the small model to ./m, with an edited model.yaml
small() {
	mkdir -p m
	cp "$SMALL"/* m
	[ $# -eq 0 ] || sed "$@" "$SMALL/model.yaml" >m/model.yaml
}

# bare NAME: copy the tensors and words of a golden model to ./m, without
# model.yaml
bare() {
	mkdir -p m
	rm -f m/*
	cp "$GOLDEN/$1"/*.safetensors "$GOLDEN/$1/vocab.txt" m
}

# setting KEY NAME: print the value of the key in a golden model's model.yaml
setting() {
	sed -n "s/^$1: //p" "$GOLDEN/$2/model.yaml" | tr -d ' []'
}

# tensors HEADER BYTES: print a safetensors file with BYTES zero bytes of data
tensors() {
	# shellcheck disable=SC2059	# it is a format of octal bytes
	printf "\\$(printf %03o $((${#1} % 256)))\\$(printf %03o \
		$((${#1} / 256)))\0\0\0\0\0\0"
	printf %s "$1"
	head -c "$2" /dev/zero
}

@test "the man page has each action" {
	try reat-model
	[ "$status" -eq 2 ]
	[ "${stderr_lines[0]}" = "reat-model: no action, expected list, inspect,\
 check, convert, change or import" ]
	for action in list inspect check convert change import; do
		grep -q "^\.It Cm $action\b" "$ROOT/man/reat-model.1"
	done
}

@test "list: the models of all folders, the first of each name" {
	mkdir -p one/models/mine two other/tagger
	cp "$SMALL"/* one/models/mine
	cp -r one/models/mine two/mine
	cp -r one/models/mine two/b
	cp "$SMALL/model.yaml" other
	printf 'epoch\tloss\taccuracy\n1\t1\t0.5\n2\t1\t0.75\n3\t1\t0.7\n' \
		>one/models/mine/log.tsv
	printf '\nTask: \033mood\tof films.\nTask: x\n' >one/models/mine/README.md
	printf '# b: of\ttwo\033\nmore\n' >two/b/README.md
	labels=$(reat-model inspect "$SMALL" | sed -n 's/^labels.//p')
	try env REAT_PATH=one::two:nosuch:other reat-model list
	[ "$status" -eq 0 ]
	grep -vE '^sst[25]-' <<<"$output" | diff - <(
		printf 'model\tlabels\taccuracy\ttask\ttitle\tfolder\n'
		printf 'b\t%s\t_\t_\tof two␛\ttwo/b\n' "$labels"
		printf 'mine\t%s\t0.75\t␛mood of films\t_\tone/models/mine\n' "$labels")
	# what is listed can be given
	reat-model list | sed 1d | cut -f 1 >names
	grep -qx sst2-gru names
	xargs reat-model check <names
	# a fault of one model does not hide the others
	sed -i '2s/1$/high/' one/models/mine/log.tsv
	echo 'cell: rnn' >two/b/model.yaml
	sed -i 3s/0.75/high/ one/models/mine/log.tsv
	try env REAT_PATH="one:two:$ROOT/share" reat-model list
	[ "$status" -eq 1 ]
	[ "$(cut -f 1,3 <<<"$output" | grep mine)" = $'mine\t_' ]
	grep -q '^sst2-gru' <<<"$output"
	grep -q 'log.tsv:3: accuracy "high", expected a number' <<<"$stderr"
	grep -q 'two/b/model.yaml:1: ' <<<"$stderr"
}

@test "a wrong name: the nearest, or the folder of this name" {
	for f in 'reat-predict -m' 'reat-score -m' 'reat-model check'; do
		# shellcheck disable=SC2086
		try $f sst2-gur
		[ "$status" -eq 2 ]
		[ "${stderr#*: }" = 'sst2-gur: no such model; the nearest is sst2-gru' ]
	done
	mkdir bilstm
	try reat-predict -m bilstm
	[ "$status" -eq 2 ]
	[ "${stderr#*: }" = 'bilstm: no such model; for the folder of this name here, write ./bilstm' ]
	: >own.yaml
	for name in own own.yaml; do
		try reat-chunk -r $name
		[ "$status" -eq 2 ]
		[ "${stderr#*: }" = "$name: no such rules file; for the file of this name here, write ./own.yaml" ]
	done
	try reat-tokenize -r tokenise
	[ "${stderr#*: }" = 'tokenise: no such rules file; the nearest is tokenize' ]
}

@test "a wrong command line exits with 2 and a message" {
	while IFS='|' read -r args why; do
		# shellcheck disable=SC2086	# they are words
		try reat-model $args
		[ "$status" -eq 2 ] || { echo "$args: $status"; false; }
		[[ ${stderr_lines[0]} == *"$why"* ]] || {
			echo "$args: $stderr"
			false
		}
	done <<-'END'
	|no action, expected list, inspect, 
	destroy x|action "destroy", expected list, inspect, 
	list x|1 operand,
	check|0 operands
	inspect -t F16 sst2-gru|option -t is not allowed
	convert -t F16 sst2-gru|option -o is missing
	convert -o x sst2-gru|option -t is missing
	convert -t F64 -o x sst2-gru|"F64", expected F32
	convert -t F16 -o x sst2-gru sst2-lstm|2 operands
	change sst2-gru draw=output|option -o is missing
	change -o x -t F16 sst2-gru draw=rnn|option -t is not allowed
	convert -s 1 -t F16 -o x sst2-gru|option -s is not allowed
	change -o x sst2-gru|1 operand, expected
	change -o x sst2-gru erase=1|"erase", expected draw=PARTS, shift=SIZE or noise=RADIUS
	change -o x sst2-gru draw|no parts, expected draw=output
	change -o x sst2-gru draw=output,all|draw: "all", expected output, head
	change -o x sst2-gru draw=layer0|draw: "layer0", expected
	change -o x sst2-gru draw=layer2|has no layer2
	change -o x sst2-gru draw=head|has no head
	change -o x sst2-gru noise=-1|noise: "-1", expected a number from 0
	change -o x sst2-gru shift|shift: "", expected a number from 0
	inspect no-such-model|no such model
	import /no/such/folder|cannot read
	import . colour=red|"colour=red"
	import . pooling=first|"pooling=first"
	import . lowercase=maybe|"lowercase=maybe"
	import . pooling|expected KEY=VALUE
	END
	[ ! -e x ]
}

@test "options can be given before or after the action" {
	reat-model -t F16 -o a convert "$SMALL"
	reat-model convert -t F16 -o b "$SMALL"
	diff -r a b
}

@test "inspect: the sizes, and each tensor's range" {
	reat-model inspect "$GOLDEN/bilstm-mean-2/" >got
	for pair in 'name bilstm-mean-2' 'cell lstm' 'layers 2' 'directions 2' \
	    'pooling mean' 'labels c0|c1' 'V 12' 'D 5' 'H 4' 'C 2' 'rows 2' \
	    'lowercase false' 'unknown <unk>'; do
		grep -qx "${pair/ /$'\t'}" got || { echo "$pair"; false; }
	done
	[ "$(grep -c '^tensor' got)" -eq 19 ]
	# all tensors are used, so their sizes add up to the parameters
	awk -F '\t' '$1 == "parameters" { n = $2 }
	    $1 == "tensor" { sum += $5; if (NF != 9) exit 1 }
	    END { exit n == 0 || n != sum }' got
	# visible numbers: 1, -3, 0.5, 0 (BF16)
	small
	{ tensors '{"x\ty":{"dtype":"BF16","shape":[2,2],"data_offsets":[0,8]},"i":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}' 0
	    printf '\200\077\100\300\0\077\0\0'; head -c 8 /dev/zero
	} >m/more.safetensors
	sed -i 's/\[weights/[more.safetensors, weights/
	    $a ignore: ["x\\ty", i]' m/model.yaml
	reat-model inspect ./m | grep -F $'tensor\tx␉y\tBF16\t[2][2]\t4\t-3\t1\t1.125\t'
	reat-model inspect ./m | grep -F $'tensor\ti\tI64\t\t1\t_\t_\t_\t'
	reat-model inspect ./m | grep -qx $'parameters\t89'
}

@test "check: the shipped and the golden models have no faults" {
	try reat-model check sst5-words sst2-gru sst2-lstm sst2-bigru sst2-mingru \
		"$SMALL" "$GOLDEN"/*/
	[ "$status" -eq 0 ]
	[ -z "$output$stderr" ]
}

@test "check: all faults of a folder, each with the place" {
	small
	cat >m/model.yaml <<-'END'
	reat: 2
	cell: rnn
	layer: 1
	pooling: first
	labels: [a, '', a]
	lowercase: maybe
	unknown: <none>
	vocabulary: vocab.txt
	weights: [weights.safetensors, none.safetensors]
	tensors: {embeding: x, output: [1]}
	extra: 1
	END
	sed -i '4s/.*/the/; 6s/.*/the/; $a more' m/vocab.txt
	try reat-model check ./m
	[ "$status" -eq 2 ]	# a file is missing
	cat >expected <<-'END'
	model.yaml:3: unknown key "layer"
	model.yaml:11: unknown key "extra"
	model.yaml:1: reat: "2"
	model.yaml:2: cell: "rnn", expected gru, lstm, gru-before, rnn-tanh, rnn-relu, mingru, minlstm, qrnn, rglru, gru-hard, lstm-hard or gru-before-hard
	model.yaml:4: pooling: "first", expected last, end, mean, max or attention, or several with + between them
	model.yaml:6: lowercase: "maybe"
	model.yaml:5: an empty label
	model.yaml:5: label "a" occurs twice
	model.yaml:10: output: a list
	model.yaml:10: unknown key "embeding"
	vocab.txt:4: "the" occurs twice
	vocab.txt:6: "the" occurs twice
	model.yaml:7: unknown: "<none>" is not in
	none.safetensors: cannot open
	weights.safetensors: tensor "embedding.weight" has 9 rows, expected 10 or more
	weights.safetensors: tensor "output.weight" has 2 rows, expected 3
	END
	echo "$stderr"
	[ "${#stderr_lines[@]}" -eq "$(wc -l <expected)" ]
	while read -r fault; do
		grep -qF "reat-model: ./m/$fault" <<<"$stderr" ||
			{ echo "missing: $fault"; false; }
	done <expected
	# the other filters stop at the first fault, which is the same
	tok x the | { try reat-predict -m ./m
	    [ "$status" -eq 1 ] && [ "${#stderr_lines[@]}" -eq 1 ]
	    [[ $stderr == *'unknown key "layer"'* ]]; }
}

@test "check: shapes, missing layers and unused tensors" {
	small 's/gru/lstm/; $a layers: 2'
	try reat-model check ./m
	[ "$status" -eq 1 ]
	[ "$(grep -cE 'rnn\.(weight|bias).* is \[9\].*expected \[12\]' \
		<<<"$stderr")" -eq 4 ]
	[ "$(grep -c 'model.yaml:1: no tensor "rnn.weight_.*_l1"' \
		<<<"$stderr")" -eq 2 ]
	[ "${#stderr_lines[@]}" -eq 6 ]
	# a second layer and a second direction that model.yaml does not have
	cp -R "$GOLDEN/bigru-last-2" n
	sed -i 's/^layers.*/layers: 1/' n/model.yaml
	try reat-model check ./n
	[ "$status" -eq 1 ]
	[ "${#stderr_lines[@]}" -eq 8 ]
	[ "$(grep -c '_l1.* is not part of the model' <<<"$stderr")" -eq 8 ]
	# the same file twice
	sed -i 's/^layers.*/layers: 2/
	    s/^weights.*/weights: [weights.safetensors, weights.safetensors]/' \
	    n/model.yaml
	try reat-model check ./n
	[ "$status" -eq 1 ]
	[ "$(grep -c 'is also in ./n/weights.safetensors; remove' <<<"$stderr")" -eq 19 ]
}

@test "check: numbers that are not finite, with their count and place" {
	small
	w=m/weights.safetensors
	n=$(wc -c <$w)
	# the last three of output.weight and output.bias; one of the embedding
	head -c $((n - 12)) $w >t
	printf '\0\0\300\177\0\0\200\177\0\0\200\377' >>t
	mv t $w
	printf '\0\0\300\177' |
		dd of=$w bs=1 seek=$((n - 356 + 5 * 4)) conv=notrunc status=none
	try reat-model check ./m
	echo "$stderr"
	[ "$status" -eq 1 ]
	[ "${#stderr_lines[@]}" -eq 3 ]
	grep -q '"embedding.weight": number 5 is not finite$' <<<"$stderr"
	grep -q '"output.weight": number 5 is not finite$' <<<"$stderr"
	grep -q '"output.bias": number 0 is not finite, the first of 2$' \
		<<<"$stderr"
}

@test "check: words that can never match give notes and are not faults" {
	small
	sed -i 's/movie/Movie/; s/fun/FUN/; s/tedious//' m/vocab.txt
	try reat-model check ./m
	[ "$status" -eq 0 ]
	[ "${#stderr_lines[@]}" -eq 2 ]
	grep -q '^reat-model: ./m/vocab.txt:6: note: "" can never match' <<<"$stderr"
	grep -q '^reat-model: ./m/vocab.txt:3: note: "Movie".*; it is the first of 2' \
		<<<"$stderr"
}

@test "a vocabulary that is no list of words is refused, with what is right" {
	small
	cp m/vocab.txt words
	while IFS='|' read -r command why; do
		eval "$command" <words >m/vocab.txt
		try reat-predict -m ./m "$ROOT/tests/contract/tok"
		echo "$command: $stderr"
		[ "$status" -eq 1 ]
		[ -z "$output" ]
		[[ $stderr == "reat-predict: ./m/vocab.txt:"[13]": $why"* ]]
	done <<-'END'
	awk '{ print $0, NR * 7 }'|9 of the first 9 lines are a word and a number, expected a word a line: cut -d ' ' -f 1
	awk -v OFS='\t' '{ print $0, NR - 1 }'|9 of the first 9 lines have a tab, expected a word a line: cut -f 1
	sed 's/$/ /'|9 of the first 9 lines end in a blank, expected a word a line: sed 's/ *$//'
	sed 's/.*/"&"/'|9 of the first 9 lines are in quotes
	awk '{ print $0 "," NR - 1 }'|9 of the first 9 lines end in a comma and a number, expected a word a line: sed 's/,[0-9]*$//'
	awk '{ print NR - 1, $0 "x" }'|9 of the first 9 lines have a blank, which no word of a text has
	sed 's/$/\xc2\xa0/; 1s/.*/a/; 2s/.*/b/'|7 of the first 9 lines have a blank
	awk '{ printf "%s\"%s\": %d", NR == 1 ? "{" : ", ", $0, NR - 1 } END { print "}" }'|this is JSON
	awk '{ printf "%s\n  \"%s\"", NR == 1 ? "[" : ",", $0 } END { print "]" }'|this is JSON
	END
	# words that look like it, one among others
	sed '1s/^/\xef\xbb\xbf/; s/$/\r/' words >m/vocab.txt
	reat-predict -m ./m "$ROOT/tests/contract/tok" |
		cmp - <(reat-predict -m "$SMALL" "$ROOT/tests/contract/tok")
	sed '4s/.*/room 101/; 5s/.*/"a"/; 6s/.*/{/; 7s/.*/"b c"/' words >m/vocab.txt
	reat-predict -m ./m "$ROOT/tests/contract/tok" >/dev/null
}

@test "change shift: the logits of every cell stay; others are refused" {
	for m in "$GOLDEN"/*/; do
		case $m in
		*nounk*)
			try reat-model change -o x "$m" shift=1
			[ "$status" -eq 2 ]
			[[ $stderr == *'the zero vector in '*'which cannot be shifted'* ]]
			continue
			;;
		*gru-tiny* | *saturated*) continue ;;	# of other sizes
		esac
		reat-model change -o copy "$m" shift=0.5
		cmp -s copy/vocab.txt "$m/vocab.txt"
		for f in "$m" ./copy; do
			reat-predict -q -H -g -m "$f" "$GOLDEN/docs.tok"
		done | cut -f 4- >both
		n=$(($(wc -l <both) / 2))
		paste <(head -n $n both) <(tail -n $n both) | awk -v m="$m" '{
			for (i = 1; i <= NF / 2; i++) {
				d = $i - $(i + NF / 2)
				if (d > 2e-5 || d < -2e-5) { print m, $0; exit 1 }
			}
		}'
	done
	# the embedding did change
	run ! cmp -s <(reat-model inspect "$m" | grep embedding.w | cut -f 6) \
		<(reat-model inspect ./copy | grep embedding.w | cut -f 6)
}

@test "change draw: only the part, in its range, seeded" {
	m=$GOLDEN/bilstm-mean-2/
	# tensors NAME: print each tensor's name and numbers
	numbers() { reat-model inspect "./$1" | grep ^tensor | cut -f 2,6-8; }
	reat-model convert -t F32 -o same "$m"
	numbers same >before
	while read -r parts pattern; do
		reat-model change -o one "$m" draw=$parts
		numbers one | diff before - | sed -n 's/^> //p' | cut -f 1 |
			{ grep -vE "$pattern" || :; } >others
		[ ! -s others ] || { echo "$parts"; cat others; false; }
		numbers one | diff before - | sed -n 's/^> //p' | wc -l >count
		[ "$(cat count)" -eq "$(grep -cE "$pattern" before)" ]
	done <<-'END'
	output ^output
	layer1 _l0
	layer2 _l1
	rnn ^rnn
	embedding ^embedding
	layer1,embedding _l0|^embedding
	END
	# the numbers of a part do not depend on the others; a seed does
	reat-model change -o two "$m" draw=layer1
	for f in one two; do numbers $f | grep _l0; done | sort | uniq -c |
		awk '$1 != 2 { exit 1 } END { exit NR != 8 }'
	reat-model change -s 2 -o three "$m" draw=layer1
	run ! diff -q two/rnn.safetensors three/rnn.safetensors
	# H is 4, and the output layer reads 8 numbers
	reat-model change -o all "$m" draw=rnn,output
	numbers all | awk -F'\t' '
		/^rnn/ { most = .5 }
		/^output/ { most = .3536 }
		most && ($2 < -most || $3 > most) { exit 1 }
		/weight/ && $3 < most / 2 { exit 1 }'
	# uniform numbers whose mean square is that of the embedding
	reat-model change -o all sst2-gru draw=embedding
	reat-model convert -t F32 -o same sst2-gru
	for f in same all; do
		tail -c 10000000 $f/embedding.safetensors | od -An -v -tf4 -w4 |
			awk '{ s += $1 * $1 } END { print s / NR }'
	done | awk '{ v[NR] = $1 } END { d = v[1] / v[2]; exit !(d > .995 && d < 1.005) }'
}

@test "change noise: within the radius, other noise for each word" {
	reat-model convert -t F32 -o same "$SMALL"
	reat-model change -o noisy "$SMALL" noise=0.02
	reat-model change -o none "$SMALL" noise=0
	cmp none/embedding.safetensors same/embedding.safetensors
	cmp noisy/rnn.safetensors same/rnn.safetensors
	size=$(reat-model inspect ./same | awk -F'\t' '
		$2 == "embedding.weight" { print 4 * $5 }')
	for f in same noisy; do
		tail -c "$size" $f/embedding.safetensors | od -An -v -tf4 -w4
	done | awk -v n=$((size / 4)) '
		NR <= n { v[NR] = $1; next }
		{
			d = $1 - v[NR - n]
			if (d > .020001 || d < -.020001 || d in seen) exit 1
			most = d > most ? d : most
			seen[d]
		}
		END { exit !(most > .01) }'
}

# imported NAME [KEY=VALUE ...]: ./m is a golden folder with the model.yaml that
# import makes of it, and the logits agree
imported() {
	rm -rf m
	cp -R "$ROOT/tests/golden/import/$1" m
	shift
	try reat-model import -g m/logits.tsv -o m/model.yaml m "$@"
	echo "$stderr"
	[ "$status" -eq 0 ]
	[[ $stderr == *'m/logits.tsv: the logits of 4 texts differ by at most '* ]]
	reat-model check -g m/logits.tsv ./m
}

@test "import: F64 is rounded once, weight_norm is multiplied out, rows without words" {
	imported f64
	[[ $stderr == *'"emb.weight" has F64, and its numbers are rounded to F32; it is the first of 11'* ]]
	imported weight-norm-old
	imported weight-norm-new
	grep -q '^cell: lstm' m/model.yaml
	imported more-rows embedding=emb.weight
	imported lstm-cell
	grep -q '^cell: lstm' m/model.yaml
	imported rnn-relu cell=rnn-relu
	try reat-model import m
	[ "$status" -eq 1 ]
	[[ $stderr == *'"rnn.weight_hh_l0" fits more than one kind of cell: give cell=rnn-tanh or cell=rnn-relu' ]]
	imported left-out ignore=class_weights
	tail -n 1 m/model.yaml | grep -qx "ignore: \['class_weights'\]"
	reat-model convert -t F32 -o n ./m
	reat-model check -g m/logits.tsv ./n
}

@test "check: the first layer may be named as a single cell, and only this one" {
	# a name in the header of the tensors keeps its length
	cp -R "$GOLDEN/bilstm-mean-2" n
	LC_ALL=C sed -i 's/_l0":/":   /g' n/weights.safetensors
	reat-predict -m ./n "$GOLDEN/docs.tok" >named
	reat-predict -m "$GOLDEN/bilstm-mean-2/" "$GOLDEN/docs.tok" | cmp - named
	LC_ALL=C sed -i 's/":   /_l9":/g' n/weights.safetensors
	try -1 reat-model check ./n
	[ "$(grep -c 'no tensor "rnn.weight_.._l0"' <<<"$stderr")" -eq 2 ]
}

# project SETTINGS...: import the LSTM with proj_size of tests/golden/heads to ./m
project() {
	rm -rf m
	cp -R "$ROOT/tests/golden/heads/projected" m
	rm m/import
	try reat-model import -g m/logits.tsv -o m/model.yaml m "$@"
	echo "$stderr"
}

@test "import: a projected state is folded, and its model is an ordinary LSTM" {
	project lowercase=false
	[ "$status" -eq 0 ]
	[[ $stderr == *'the projection of the state (proj_size) is multiplied into the weights that read it, rounded once, and is "rnn.projection" of head'* ]]
	grep -qx "head: \['rnn.projection'\]" m/model.yaml
	# without the key, too: it cannot be forgotten
	sed -i '/^head:/d' m/model.yaml
	reat-model check -g m/logits.tsv ./m
	reat-model convert -t F32 -o n ./m
	reat-model check -g m/logits.tsv ./n
	[ "$(cat n/*.safetensors | grep -ca weight_hr)" -eq 0 ]
	for pooling in max mean+max; do
		project pooling=$pooling
		[ "$status" -eq 1 ]
		[[ $stderr == *'"rnn.weight_hr_l0" projects the state (proj_size), which goes with pooling last, end and mean, but not with '"$pooling: "* ]]
	done
	project pooling=attention attention=dot
	[ "$status" -eq 1 ]
	[[ $stderr == *'but not with attention'* ]]
}

# F64 NAME SHAPE...: a tensor for the header, and end in $end
header() {
	start=$end
	end=$((end + 8 * $2 * $3))
	printf '%s"%s":{"dtype":"F64","shape":[%d,%d],"data_offsets":[%d,%d]}' \
	    "$4" "$1" "$2" "$3" "$start" "$end"
}

@test "import: a product of doubles is rounded once" {
	# 1 + 2^-25 and 2^-25 + 2^-40, whose sum is above the middle of two
	# floats; the first alone is 1 in a float
	one='\0\0\0\0\0\0\360\77' more='\0\0\0\10\0\0\360\77'
	least='\0\0\0\0\40\0\140\76' end=0
	mkdir m
	echo a >m/vocab.txt
	{
		header emb.weight 1 1 '{'
		header rnn.weight_ih_l0 4 1 ,
		header rnn.weight_hh_l0 4 2 ,
		header rnn.weight_hr_l0 2 1 ,
		header out.weight 2 2 ,
		echo '}'
	} >json
	printf "\\$(printf %o $(($(wc -c <json) % 256)))\\1\\0\\0\\0\\0\\0\\0" >m/w.safetensors
	{
		cat json
		for n in 1 2 3 4 5; do printf "$one"; done
		for n in 1 2 3 4; do printf "$more$least"; done
		for n in 1 2 3 4 5 6; do printf "$one"; done
	} >>m/w.safetensors
	reat-model import -o m/model.yaml m
	reat-model inspect ./m | grep rnn.weight_hh_l0 | cut -f 3,6- |
	    grep -q '^F32	1.0000001'
}

@test "import: another network is refused, and the message names the module" {
	while IFS='|' read -r name why; do
		try reat-model import "$ROOT/tests/golden/import/$name"
		echo "$name: $stderr"
		[ "$status" -eq 1 ]
		[ -z "$output" ]
		[[ $stderr == *"$why"* ]]
	done <<-'END'
	two-linear|tensor "fc.2.weight" [3][6] looks like a second linear layer: give head=NAMES
	layer-norm|tensor "norm.weight" [8] looks like layer normalisation (LayerNorm): give head=NAMES
	batch-norm|looks like batch normalisation (BatchNorm): give head=NAMES
	attention|looks like multi-head attention, expected an embedding
	../heads/additive|looks like attention: give pooling=attention and attention=NAMES
	convolution|tensor "conv.weight" [5][5][3] looks like a convolution
	left-out|tensor "class_weights" [3] has no place in an embedding, a GRU, an LSTM, an RNN with tanh or an RNN with ReLU, and a linear layer; if the network's forward does not use it, give ignore=class_weights
	more-rows|tensor "emb.weight" has 16 rows
	END
}

@test "import -g: logits that differ, and files that are none" {
	cp -R "$ROOT/tests/golden/import/f64" m
	try reat-model import -g m/logits.tsv -o m/model.yaml m pooling=mean
	[ "$status" -eq 1 ]
	[ ! -e m/model.yaml ]
	[[ $stderr == *'m/logits.tsv:1: logit 1 is 0.233379, this network gives '* ]]
	[[ $stderr == *'; the usual causes: pooling (output[:, -1] of two '* ]]
	while IFS='|' read -r line why; do
		# shellcheck disable=SC2059	# it is a format
		printf "$line" >l
		try reat-model import -g l m
		echo "$line: $stderr"
		[ "$status" -eq 1 ]
		[ -z "$output" ]
		[[ $stderr == *"$why" ]]
	done <<-'END'
	|l: no text, expected some with their logits
	good\n|l:1: expected a text and 3 logits, with tabs between
	good\t1\t2\n|l:1: expected a text and 3 logits, with tabs between
	good\t.25352239\t.0900838\t-.12365418\t4\n|l:1: expected a text and 3 logits, with tabs between
	good\t.25352239\tx\t3\n|l:1: expected a text and 3 logits, with tabs between
	good\tnan\t1\t1\n|l:1: expected a text and 3 logits, with tabs between
	END
	try reat-model import -g none m
	[ "$status" -eq 2 ]
	try reat-model list -g none
	[ "$status" -eq 2 ]
}

@test "check: ignore lists what the network does not use, and nothing else" {
	imported lstm-cell
	grep -q '^cell: lstm' m/model.yaml
	imported rnn-relu cell=rnn-relu
	try reat-model import m
	[ "$status" -eq 1 ]
	[[ $stderr == *'"rnn.weight_hh_l0" fits more than one kind of cell: give cell=rnn-tanh or cell=rnn-relu' ]]
	imported left-out ignore=class_weights
	sed -i '/^ignore/d' m/model.yaml
	for filter in 'reat-model check' 'reat-predict -m'; do
		try $filter ./m </dev/null
		[ "$status" -eq 1 ]
		[[ $stderr == *'tensor "class_weights" is not part of the model; if the network does not use it, list it in model.yaml under ignore' ]]
	done
	while IFS='|' read -r line why; do
		sed -i '/^ignore/d' m/model.yaml
		echo "$line" >>m/model.yaml
		try reat-model check ./m
		echo "$line: $stderr"
		[ "$status" -eq 1 ]
		[[ $stderr == *"$why"* ]]
	done <<-'END'
	ignore: [class_weights, none]|ignore: tensor "none" is not in the files of weights
	ignore: [class_weights, model.fc.bias]|ignore: tensor "model.fc.bias" is part of the model
	ignore: class_weights|ignore: expected a list of names of tensors
	ignore: [[class_weights]]|ignore: expected a list of names of tensors
	END
}

@test "check: -k continues with the next model" {
	small 's/last/first/'
	try reat-model check ./m ./m
	[ "${#stderr_lines[@]}" -eq 1 ]
	[ "$status" -eq 1 ]
	try reat-model check -k ./m "$SMALL" ./m
	[ "${#stderr_lines[@]}" -eq 2 ]
	[ "$status" -eq 1 ]
	# a missing model has the status 2
	try reat-model check -k nosuch ./nosuch "" ./m "$SMALL"
	[ "$status" -eq 2 ]
	[ "${#stderr_lines[@]}" -eq 4 ]
	[[ ${stderr_lines[0]} == "reat-model: nosuch: no such model, looked in "* ]]
	[ "${stderr_lines[1]}" = "reat-model: ./nosuch: no such model, expected a folder" ]
	[ "${stderr_lines[2]}" = "reat-model: an empty name, expected a model" ]
	[[ ${stderr_lines[3]} == "reat-model: ./m/model.yaml:"* ]]
	try reat-model check nosuch ./m
	[ "$status" -eq 2 ]
	[ "${#stderr_lines[@]}" -eq 1 ]
	try reat-model inspect -k nosuch "$SMALL"
	[ "$status" -eq 2 ]
	[[ $output == "name	model"* ]]
	try reat-model inspect -k ./m "$SMALL"
	[ "$status" -eq 1 ]
	[[ $output == "name	model"* ]]
}

@test "convert: there and back rounds exactly once" {
	for type in F16 BF16; do
		reat-model convert -t $type -o half "$GOLDEN/bilstm-max-2/"
		reat-model convert -t F32 -o full ./half
		reat-model convert -t $type -o again ./full
		diff -r half again
		for m in half full; do
			reat-model check ./$m
			reat-predict -g -m ./$m "$GOLDEN/docs.tok" >$m.tsv
		done
		cmp half.tsv full.tsv
		! reat-predict -g -m "$GOLDEN/bilstm-max-2/" \
			"$GOLDEN/docs.tok" | cmp -s - full.tsv
	done
	# a wider type loses nothing
	reat-model convert -t F32 -o same "$GOLDEN/bilstm-max-2/"
	reat-predict -g -m ./same "$GOLDEN/docs.tok" >same.tsv
	reat-predict -g -m "$GOLDEN/bilstm-max-2/" "$GOLDEN/docs.tok" |
		cmp - same.tsv
	# the sizes of the numbers
	[ "$(reat-model inspect ./half | grep -c BF16)" -eq 19 ]
	[ "$(reat-model inspect ./same | grep -c F32)" -eq 19 ]
}

@test "convert: a sigmoid head, no biases, no unknown word, F16 to F32" {
	for m in gru-sigmoid lstm-nobias gru-nounk lstm-f16 gru-bf16; do
		reat-model convert -t F32 -o new "$GOLDEN/$m/"
		reat-predict -g -m ./new "$GOLDEN/docs.tok" >new.tsv
		reat-predict -g -m "$GOLDEN/$m/" "$GOLDEN/docs.tok" |
			cmp - new.tsv
	done
}

@test "convert: a shipped model in BF16 gives the same classes" {
	printf '%s\n' 'I loved it.' 'I hated it.' 'A tedious mess.' \
	    'Funny and warm' 'The food was great, but dull.' |
		reat-tokenize >tok
	reat-model convert -t BF16 -o brief sst2-lstm
	reat-predict -H -m ./brief tok | cut -f 1-3 >a
	reat-predict -H -m sst2-lstm tok | cut -f 1-3 | cmp - a
	reat-model convert -t F16 -o same sst2-lstm
	reat-predict -g -m ./same tok >a
	reat-predict -g -m sst2-lstm tok | cmp - a
}

@test "convert: a number too large for the type is an error, and no folder" {
	small
	w=m/weights.safetensors
	# the last is 65536 now
	head -c -4 $w >t
	printf '\0\0\200\107' >>t
	mv t $w
	try reat-model convert -t F16 -o new ./m
	[ "$status" -eq 1 ]
	[[ $stderr == 'reat-model: ./m: output.bias: a number is too large for F16'* ]]
	[ ! -e new ]
	reat-model convert -t BF16 -o new ./m
	reat-model inspect ./new | grep -q $'^tensor\toutput.bias.*\t65536\t'
}

@test "convert: a folder without model.yaml, and a model's README, are kept" {
	mkdir new
	echo mine >new/README
	try reat-model convert -t F16 -o new "$SMALL"
	[ "$status" -eq 2 ]
	[ "$(ls new)" = README ]
	cp "$SMALL/model.yaml" new
	reat-model convert -t F16 -o new "$SMALL"
	[ "$(cat new/README)" = mine ]
	reat-model check ./new
}

@test "convert: the checkpoint of a trained folder does not stay beside its weights" {
	cp -r "$SMALL" trained
	echo state >trained/state.safetensors
	reat-model convert -t F16 -o trained "$GOLDEN/bilstm-max-2/"
	[ ! -e trained/state.safetensors ]
	reat-model check ./trained
}

# not_guessed NAME: print the setting of a cell that PyTorch lacks
not_guessed() {
	setting cell "$1" | sed '/^gru$/d; /^lstm$/d; s/^/cell=/'
}

@test "import: the tensors of every model give the same predictions" {
	for folder in "$GOLDEN"/*/; do
		name=$(basename "$folder")
		bare "$name"
		given=$(not_guessed "$name")
		reat-model import -o m/model.yaml m lowercase=false \
			"labels=$(setting labels "$name")" \
			"pooling=$(setting pooling "$name")" \
			"unknown=$(setting unknown "$name")" \
			${given:+"$given"}
		reat-model check ./m
		reat-predict -g -m ./m "$GOLDEN/docs.tok" >got
		reat-predict -g -m "$folder" "$GOLDEN/docs.tok" | cmp - got
	done
}

@test "import: the output lists what was guessed, and not what was given" {
	bare gru-six
	try reat-model import m
	[[ $stderr == *'note: tensors do not show what forward does; compare by -g LOGITS' ]]
	[ "$(head -n 1 <<<"$output")" = '# Guessed, not known: labels, pooling, lowercase, unknown' ]
	[[ $output == *"labels: ['class0', 'class1', 'class2', 'class3', 'class4', 'class5']"* ]]
	[[ $output == *"lowercase: true"* ]]
	[[ $output == *"unknown: '<unk>'"* ]]
	sed -i 's/w1/W1/' m/vocab.txt
	try reat-model import m labels=a,b,c,d,e,f pooling=last unknown=
	[ "${lines[0]}" = '# Guessed, not known: lowercase' ]
	[[ $output == *"lowercase: false"* ]]
	[[ $output != *"unknown: '"* ]]
	try reat-model import m labels=a,b,c,d,e,f pooling=last unknown= \
		lowercase=true
	[ "${lines[0]}" = 'reat: 1' ]
	# -o does not replace a file
	echo mine >model.yaml
	try reat-model import -o model.yaml m
	[ "$status" -eq 2 ]
	[ "$(cat model.yaml)" = mine ]
}

@test "import: prefixes are found; if two fit, one must be given" {
	mkdir m
	for i in $(seq 7); do echo "w$i"; done >m/vocab.txt
	entry() {
		printf '"%s":{"dtype":"F32","shape":%s,"data_offsets":[%d,%d]}' \
			"$1" "$2" "$at" "$((at + 4 * $3))"
		at=$((at + 4 * $3))
	}
	net() {
		at=0
		{
			printf '{'
			entry net.emb.weight '[7,2]' 14
			printf ,
			entry net.lstm.weight_ih_l0 '[12,2]' 24
			printf ,
			entry net.lstm.weight_hh_l0 '[12,3]' 36
			printf ,
			entry net.head.weight '[2,3]' 6
			while [ $# -gt 0 ]; do
				printf ,
				entry "$1" "$2" "$3"
				shift 3
			done
			printf '}'
		} >header
		tensors "$(cat header)" "$at" >m/x.safetensors
	}
	net
	reat-model import m labels=a,b >m/model.yaml
	grep -qx "tensors: {embedding: 'net.emb.weight', rnn: 'net.lstm', output: 'net.head'}" m/model.yaml
	grep -qx 'cell: lstm' m/model.yaml
	reat-model check ./m

	net aux.weight '[5,3]' 15
	try reat-model import m
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	[[ $stderr == *'"net.head.weight" and "aux.weight" can both be [classes][3]'*'give output=NAME without .weight' ]]
	try reat-model import m output=net.head
	[ "$status" -eq 1 ]
	[[ $stderr == *'"aux.weight" [5][3] looks like a second linear layer'* ]]
	reat-model import m ignore=aux.weight | cmp - <(cat <(reat-model \
		import m output=net.head ignore=aux.weight))
	try reat-model import m ignore=aux
	[ "$status" -eq 1 ]
	[[ $stderr == *'ignore=aux: no tensor has this name' ]]

	# what no model can have
	net start '[1,1,3]' 3
	try reat-model import m
	[[ $stderr == *'"start" [1][1][3] looks like a first state that is not zero, expected an embedding'* ]]
	net net.head.parametrizations.bias.original '[2]' 2
	try reat-model import m
	[ "$status" -eq 1 ]
	[[ $stderr == *'"net.head.parametrizations.bias.original" is no weight but what one is computed from'*'remove_parametrizations() before it is saved' ]]
	net other.weight '[7,2]' 14
	try reat-model import m
	[[ $stderr == *'give embedding=NAME' ]]
	net other.weight_hh_l0 '[9,3]' 27
	try reat-model import m
	[[ $stderr == *'give rnn=NAME without .weight_hh_l0; if one reads the other, this network cannot be imported' ]]
	try reat-model import m rnn=third
	[[ $stderr == *'no tensor "third.weight_hh_l0"'* ]]
	try reat-model import m labels=a,b,c rnn=net.lstm output=net.head \
		embedding=net.emb.weight
	[ "$status" -eq 1 ]
	[[ $stderr == *'"other.weight_hh_l0" [9][3] looks like a second recurrent network'* ]]
	try reat-model import m labels=a,b,c rnn=net.lstm output=net.head \
		embedding=net.emb.weight ignore=other.weight_hh_l0
	[ "$status" -eq 1 ]
	[[ $stderr == *'3 labels, expected 2'* ]]
	try reat-model import m labels=a,a
	[ "$status" -eq 2 ]
	[ "$stderr" = 'reat-model: labels=a,a: label "a" occurs twice' ]
	try reat-model import m labels=a,
	[ "$stderr" = 'reat-model: labels=a,: an empty label' ]
	net
	try reat-model import m cell=gru
	[ "$status" -eq 1 ]
	[[ $stderr == *'"net.lstm.weight_hh_l0" is [12][3], expected 9 rows for a GRU, 12 rows for an LSTM, 3 rows for an RNN with tanh or 3 rows for an RNN with ReLU' ]]
	try reat-model import m cell=rnn
	[ "$status" -eq 2 ]
	[ "$stderr" = 'reat-model: "cell=rnn": expected gru, lstm, gru-before, rnn-tanh, rnn-relu, mingru, minlstm, qrnn, rglru, gru-hard, lstm-hard or gru-before-hard' ]
	try reat-model import m pooling=sum
	[ "$stderr" = 'reat-model: "pooling=sum": expected last, end, mean, max or attention, or several with + between them' ]
	try reat-model import m speed=high
	[[ $stderr == *'with the key vocabulary, labels, pooling, lowercase, unknown, cell, attention, head, epsilon, multilabel, ignore, embedding, rnn or output' ]]
	reat-model import m cell=lstm labels=a,b | cmp - m/model.yaml
	echo w8 >>m/vocab.txt
	try reat-model import m
	[ "$status" -eq 1 ]
	[[ $stderr == *'expected [8][2], a row for each word of m/vocab.txt' ]]
	sed -i 7,8d m/vocab.txt
	try reat-model import m
	[ "$status" -eq 1 ]
	[[ $stderr == *'"net.emb.weight" has 7 rows, and m/vocab.txt has 6 words'* ]]
}

@test "import: hostile folders are refused" {
	mkdir m
	bad() {
		try reat-model import m
		[ "$status" -eq 1 ] || { echo "$status $stderr"; false; }
		[ -z "$output" ]
		[[ $stderr == 'reat-model: m'* ]]
		[ "${#stderr_lines[@]}" -eq 1 ]
	}
	bad
	echo a >m/vocab.txt
	bad
	: >m/x.safetensors
	bad
	tensors '{}' 8 >m/x.safetensors
	bad
	for shape in '[0,4]' '[4,0]' '[]' '[16]' '[4,4]' '[1,16]' '[16,1]' \
	    '[1,1,16]' '[18446744073709551615,2]'; do
		tensors '{"r.weight_hh_l0":{"dtype":"F32","shape":'"$shape"',"data_offsets":[0,64]}}' 64 >m/x.safetensors
		bad
	done
	tensors '{"weight_hh_l0":{"dtype":"F32","shape":[3,1],"data_offsets":[0,12]}}' 12 >m/x.safetensors
	bad
	tensors '{"r.weight_hh_l0":{"dtype":"I32","shape":[3,1],"data_offsets":[0,12]}}' 12 >m/x.safetensors
	bad
	tensors '{"r.weight_hh_l0":{"dtype":"F32","shape":[3,1],"data_offsets":[0,12]},"r.weight_ih_l0":{"dtype":"F32","shape":[3],"data_offsets":[12,24]}}' 24 >m/x.safetensors
	bad
	printf 'a\na\n' >m/vocab.txt
	bad
	printf '\377\n' >m/vocab.txt
	bad
}

@test "import: names that model.yaml cannot contain are refused" {
	hh='"r.weight_hh_l0":{"dtype":"F32","shape":[3,1],"data_offsets":[0,12]}'
	mkdir m
	echo a >m/$'a\e[1m.txt'
	try reat-model import m
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	[[ $stderr == 'reat-model: m: file "a\x1b[1m.txt" contains a control'* ]]
	echo a >m/vocab.txt
	for name in $'\u9b' $'\xe9' $'\t'; do
		rm -f m/*.safetensors
		tensors "{$hh}" 12 >"m/$name.safetensors"
		try reat-model import m
		[ "$status" -eq 1 ]
		[[ $stderr == 'reat-model: m: file "\'*'.safetensors" contains a'* ]]
		! LC_ALL=C grep -q $'[\x80-\xff\e]' <<<"$stderr" || false
	done
}

@test "examples/import-pytorch.sh runs, or prints that it is skipped" {
	run sh "$ROOT/examples/import-pytorch.sh" folder
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *skipped* ]] || {
		# the lines of PyTorch and REAT are the same
		[ "$(sed -n 's/^PyTorch//p' <<<"$output")" = \
		    "$(sed -n 's/^REAT   //p' <<<"$output")" ]
		[ "$(wc -l <<<"$output")" -gt 4 ]
	}
	run env REAT_PEERS=/bin/false sh "$ROOT/examples/import-pytorch.sh"
	[ "$status" -eq 0 ]
	[[ $output == *"skipped: no torch"* ]]
}
