# Functions for the commands in tests/bad/table, which run in an empty folder.
# $MODEL is a small good model; $SAMPLES has the files text, tok, trace, score.
# shellcheck shell=sh disable=SC2120

# id WORD...: print a block "x" with these words
id() {
	printf '# sent_id = x\n'
	n=0
	for word; do
		n=$((n + 1))
		printf '%s\t%s\t_\t_\t_\t_\t_\t_\t_\t_\n' "$n" "$word"
	done
	echo
}

# misc MISC...: print a block whose words have these values of the last column
misc() {
	printf '# sent_id = x\n'
	n=0
	for m; do
		n=$((n + 1))
		printf '%s\ta\t_\t_\t_\t_\t_\t_\t_\t%s\n' "$n" "$m"
	done
	echo
}

# trace SED...: print the last block of the sample trace, edited
trace() {
	awk -v RS= 'END { print $0 "\n" }' "$SAMPLES/trace" | sed "$@"
}

# score SED...: print the sample scores, edited
score() {
	sed "$@" "$SAMPLES/score"
}

# model [SED...]: copy the model to ./m, with an edited model.yaml
model() {
	mkdir -p m
	cp "$MODEL"/* m
	chmod u+w m/*
	[ $# -eq 0 ] || sed "$@" "$MODEL/model.yaml" >m/model.yaml
}

# stream [SED...]: the same without a vocabulary: each word brings its vector
stream() {
	model -e '/^vocabulary/d; /^unknown/d; /^lowercase/d' \
	    -e '$a embedding: stream\nignore: [embedding.weight]' "$@"
}

# tensors HEADER: copy the model with this header and 64 bytes of data as
# weights
tensors() {
	model
	{
		length "${#1}"
		printf %s "$1"
		head -c 64 /dev/zero
	} >m/weights.safetensors
}

# length N: print N, which is below 65536, as 8 bytes, little-endian
length() {
	# shellcheck disable=SC2059	# it is a format of octal bytes
	printf "\\$(printf %03o $(($1 % 256)))\\$(printf %03o $(($1 / 256)))"
	printf '\0\0\0\0\0\0'
}

# rewrite SED...: copy the model and edit the header of its weights
rewrite() {
	model
	w=$MODEL/weights.safetensors
	n=$(od -An -tu4 -N4 "$w" | tr -d ' ')
	head -c $((8 + n)) "$w" | tail -c +9 | sed 's/ *$//' | sed "$@" |
	    tr -d '\n' >header
	{
		length "$(wc -c <header)"
		cat header
		tail -c +$((9 + n)) "$w"
	} >m/weights.safetensors
	rm header
}

# huge N: copy the model and write the two largest floats at byte N after the
# start of row 1 of its embedding, the row of "the"
huge() {
	model
	n=$(od -An -tu4 -N4 "$MODEL/weights.safetensors" | tr -d ' ')
	printf '\377\377\177\177\377\377\177\177' | dd bs=1 conv=notrunc \
	    of=m/weights.safetensors seek=$((16 + n + $1)) 2>/dev/null
}

# repeat N TEXT: print the text N times
repeat() {
	yes "$2" | head -n "$1" | tr -d '\n'
}

# big N: print N bytes of x
big() {
	head -c "$1" /dev/zero | tr '\0' x
}

# both: write t, two texts with two labels to train on
both() {
	{
		id a | sed '1a # label = a'
		id b | sed 's/= x/= y/;1a # label = b'
	} >t
}

# a classifier for option -x, whose two classes have .5 for each text
# shellcheck disable=SC2034	# the cases use it
HALVES='printf "a\tb\n"; while read -r _; do printf ".5\t.5\n"; done'
