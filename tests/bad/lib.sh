# Functions for the commands in tests/bad/table.  They run in an empty folder;
# $MODEL is a small good model, $SAMPLES holds text, tok, trace, score.
# shellcheck shell=sh disable=SC2120

# id WORD...: a block "x" with these words
id() {
	printf '# sent_id = x\n'
	n=0
	for word; do
		n=$((n + 1))
		printf '%s\t%s\t_\t_\t_\t_\t_\t_\t_\t_\n' "$n" "$word"
	done
	echo
}

# misc MISC...: a block whose words have these in the last column
misc() {
	printf '# sent_id = x\n'
	n=0
	for m; do
		n=$((n + 1))
		printf '%s\ta\t_\t_\t_\t_\t_\t_\t_\t%s\n' "$n" "$m"
	done
	echo
}

# trace SED...: the last block of the sample trace, edited
trace() {
	awk -v RS= 'END { print $0 "\n" }' "$SAMPLES/trace" | sed "$@"
}

# score SED...: the sample scores, edited
score() {
	sed "$@" "$SAMPLES/score"
}

# model [SED...]: a copy of the model in ./m, its model.yaml edited
model() {
	mkdir -p m
	cp "$MODEL"/* m
	chmod u+w m/*
	[ $# -eq 0 ] || sed "$@" "$MODEL/model.yaml" >m/model.yaml
}

# tensors HEADER: the model's weights with this header instead (64 of data)
tensors() {
	model
	{
		length "${#1}"
		printf %s "$1"
		head -c 64 /dev/zero
	} >m/weights.safetensors
}

# length N: as 8 bytes, little-endian; N below 65536
length() {
	# shellcheck disable=SC2059	# it is a format of octal bytes
	printf "\\$(printf %03o $(($1 % 256)))\\$(printf %03o $(($1 / 256)))"
	printf '\0\0\0\0\0\0'
}

# rewrite SED...: the header of the model's weights edited, the length kept
# right by blanks
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

# huge N: the model with the largest floats in place of bytes N to N + 8 behind
# row 1 of its embedding, that of "the"
huge() {
	model
	n=$(od -An -tu4 -N4 "$MODEL/weights.safetensors" | tr -d ' ')
	printf '\377\377\177\177\377\377\177\177' | dd bs=1 conv=notrunc \
	    of=m/weights.safetensors seek=$((16 + n + $1)) 2>/dev/null
}

# repeat N TEXT
repeat() {
	yes "$2" | head -n "$1" | tr -d '\n'
}

# big N: so many bytes of x
big() {
	head -c "$1" /dev/zero | tr '\0' x
}

# t: two texts of two labels, to train on
both() {
	{
		id a | sed '1a # label = a'
		id b | sed 's/= x/= y/;1a # label = b'
	} >t
}
