# SPDX-License-Identifier: ISC
# reat-fold: a document a line, and the same bytes back.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	SAMPLES=$ROOT/tests/contract
}

@test "tok and traces come back with the same bytes" {
	printf '# sent_id = a b\n# text = \\n \\t \\ü\n1\t\\\t_\t_\t_\t_\t_\t_\t_\tX=\\\\n\n\n# sent_id = empty\n\n' >odd
	for file in "$SAMPLES/tok" "$SAMPLES/trace" odd; do
		reat-fold "$file" >folded
		[ "$(wc -l <folded)" -eq "$(grep -c '^# sent_id' "$file")" ]
		[ -z "$(awk -F '\t' 'NF != 2' folded)" ]
		reat-select "$file" >whole
		reat-fold -v folded | cmp - whole
		# other fields before it, or no id
		sed 's/^/key	more	/' folded | reat-fold -v | cmp - whole
		cut -f2 folded | reat-fold --unfold | cmp - whole
	done
	reat-fold odd | cut -f1 | cmp - <(printf 'a b\nempty\n')
	reat-fold </dev/null | cmp - /dev/null
	reat-fold -v </dev/null | cmp - /dev/null
}

@test "lines that are no documents" {
	while IFS='|' read -r line why; do
		printf '1\t# sent_id = 1\n%b\n' "$line" >f
		try reat-fold -v f
		echo "$line: $stderr"
		[ "$status" -eq 1 ]
		[ "$output" = '# sent_id = 1' ]
		[[ $stderr == "reat-fold: f:2: $why" ]]
		printf '2\t# sent_id = 2\n' >>f
		try reat-fold -kv f
		[ "$status" -eq 1 ]
		[ "$output" = $'# sent_id = 1\n\n# sent_id = 2' ]
	done <<-'END'
	|no document, expected the output of reat-fold
	id\t|no document, expected the output of reat-fold
	id\ta\\x|byte 2 of the document is \ without n, t or \ after it, expected the output of reat-fold
	id\ta\\|byte 2 of the document is \ without n, t or \ after it, expected the output of reat-fold
	id\ta\\n\\nb|the document has an empty line, expected one document a line
	id\t\\na|the document has an empty line, expected one document a line
	END
}

@test "shuffled, split and joined documents have the scores of the stream" {
	for i in $(seq 40); do echo "film $i of them"; done | reat-tokenize -q >tok
	reat-predict -H -m "$SAMPLES/model" tok | sort >want
	reat-fold tok | sort -r | split -l 7 - part.
	for part in part.*; do
		reat-fold -v "$part" | reat-predict -H -m "$SAMPLES/model"
	done | sort | cmp - want
	[ -e part.af ]
}
