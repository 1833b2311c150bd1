load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	# scores of a b c d: its words, and two phrases with a word between them
	tok x a b c d >tok
	{
		printf 'doc\tclass\tlevel\tfirst\tlast\tmodel\tmethod\ttag\tprob'
		printf '\tscore\ttext\n'
		row word 1 1 T 1 a
		row word 2 2 T 3 b
		row word 3 3 T 3 c
		row word 4 4 T -2 d
		row phrase 1 2 NP 4 'a b'
		row phrase 3 3 _ 9 c
		row phrase 4 4 VP -2 d
		row logit _ _ _ 1 _
	} >scores
}

# row LEVEL FIRST LAST TAG SCORE TEXT [CLASS PROB METHOD]
row() {
	printf 'x\t%s\t%s\t%s\t%s\tm\t%s\t%s\t%s\t%s\t%s\n' "${7:-pos}" "$1" \
		"$2" "$3" "${9:-reat}" "$4" "${8:-0.7}" "$5" "$6"
}

# words SCORE SCORE SCORE SCORE CLASS PROB [METHOD]: print the rows of a b c d
words() {
	local i=0
	for w in a b c d; do
		i=$((i + 1))
		row word $i $i T "${!i}" $w "$5" "$6" "${7:-reat}"
	done | whole
}

# left [ARG...]: print the words that are left
left() {
	reat-erase "$@" scores tok | awk -F'\t' 'NF > 1 { printf "%s", $2 }'
}

@test "the top word is removed, of equals the first" {
	[ "$(left)" = acd ]
	[ "$(left -n 2)" = ad ]
	[ "$(left -n 3)" = d ]
	[ "$(left -n 4)" = "" ]
	[ "$(left -n 9)" = "" ]
	[ "$(left -n 0)" = abcd ]
}

@test "-v leaves only the top words, in text order" {
	[ "$(left -v)" = b ]
	[ "$(left -v -n 3)" = abc ]
	[ "$(left -v -n 0)" = "" ]
}

@test "-K: variants without random words, named by these" {
	{ tok x a b c d; tok y; tok z e; } >texts
	reat-erase -K 40 texts >out
	# the texts are there, and 40 variants of those that have words
	[ "$(grep -c sent_id out)" -eq 83 ]
	reat-erase -K 40 -s 1 texts | cmp - out
	run ! cmp -s out <(reat-erase -K 40 -s 2 texts)
	# the name has the words that are gone, and each number of them occurs
	awk -F'\t' '
		/^# sent_id/ {
			split($0, name, /[ ~]/)
			doc = name[4]
			gone = name[6]
			kept = ""
		}
		NF > 1 { kept = kept $2 }
		!NF && doc == "x" && gone != "" {
			n = split(gone, range, ",")
			left = "abcd"
			for (i = n; i > 0; i--) {
				k = split(range[i], end, "-")
				left = substr(left, 1, end[1] - 1) \
				    substr(left, end[k] + 1)
			}
			if (left != kept) exit 1
			size[4 - length(left)]++
		}
		END { exit !(size[1] > 4 && size[2] > 4 && size[3] > 4 &&
		    size[4] > 4) }' out
	# a fixed number, and what remains
	for n in 2 50% 30%; do
		reat-erase -K 5 -n $n tok | awk -F'\t' '
			NF > 1 { n++ }
			END { exit n != 4 + 5 * 2 }'
	done
	reat-erase -K 5 -v -n 1 tok | awk -F'\t' '
		NF > 1 { n++ }
		END { exit n != 4 + 5 }'
	[ "$(reat-erase -K 2 -n 9 tok | grep -c '~1-4$')" -eq 2 ]
}

@test "-K top: each text, and its remainders" {
	# remainders [ARG...]: the names and the words of the texts
	remainders() {
		reat-erase -K top "$@" scores tok | awk -F'\t' '
			sub(/^# sent_id = /, "") { name = $0; words = "" }
			NF > 1 { words = words $2 }
			!NF { print name, words }'
	}
	diff - <(remainders -n 1%,25%,50%,80%) <<-'END'
		x abcd
		x~-1%,25%~2 acd
		x~+1%,25%~1,3-4 b
		x~-50%~2-3 ad
		x~+50%~1,4 bc
		x~-80%~1-4 
		x~+80%~ abcd
	END
	diff - <(remainders) <<-'END'
		x abcd
		x~-1~2 acd
		x~+1~1,3-4 b
	END
	diff - <(remainders -l phrase -n 1,0,9) <<-'END'
		x abcd
		x~-1~1-2 cd
		x~+1~3-4 ab
		x~-0~ abcd
		x~+0~1-4 
		x~-9~1-2,4 c
		x~+9~3 abd
	END
	# they are what is written for each amount, but for the name
	for n in 2 50%; do
		for v in '' -v; do
			# shellcheck disable=SC2086	# or no word
			reat-erase $v -n $n scores tok |
				sed '/^# sent_id/d'
		done
	done >each
	reat-erase -K top -n 2 scores tok | sed '1,/^$/d; /^# sent_id/d' |
		cat - <(reat-erase -K top -n 50% scores tok |
			sed '1,/^$/d; /^# sent_id/d') | cmp each
}

@test "a share is rounded up" {
	[ "$(left -n 1%)" = acd ]
	[ "$(left -n 25%)" = acd ]
	[ "$(left -n 25.1%)" = ad ]
	[ "$(left -n 100%)" = "" ]
	[ "$(left -n 0%)" = abcd ]
}

@test "real chunks only, or with -u any span" {
	[ "$(left -l phrase)" = cd ]
	[ "$(left -l phrase -n 9)" = c ]
	[ "$(left -l phrase -n 50%)" = cd ]
	[ "$(left -u -l phrase)" = abd ]
	[ "$(left -u -v -l phrase -n 2)" = abc ]
}

@test "the class is the predicted one, or that of -c" {
	words -1 -1 -1 5 neg 0.8 >>scores
	[ "$(left)" = abc ]
	[ "$(left -c pos)" = acd ]
	try reat-erase -c other scores tok
	[ "$status" -eq 1 ]
	[[ $stderr == *'no scores of class other'* ]]
}

@test "two methods: one must be chosen" {
	words -1 -1 -1 5 pos 0.7 naive >>scores
	try reat-erase scores tok
	[ "$status" -eq 1 ]
	[[ $stderr == *'m reat and of m naive, expected one model'* ]]
	[ "$(left -a naive)" = abc ]
	[ "$(left -a reat)" = acd ]
	try reat-erase -a lime scores tok
	[ "$status" -eq 1 ]
}

@test "scores of another text are detected" {
	sed -i 's/^2\tb/2\tB/' tok
	try reat-erase scores tok
	[ "$status" -eq 1 ]
	[[ $stderr == *'"b" is not words 2 to 2 of the text'* ]]
}

@test "scores without a text; a text without scores" {
	sed '1d;s/^x/w/' scores | cat - ./scores >many
	[ "$(reat-erase many tok | grep -c '^[0-9]')" -eq 3 ]
	{ tok y a; cat tok; } >two
	try reat-erase scores two
	[ "$status" -eq 1 ]
	[[ $stderr == *'two:1: no scores for y; the scores must have the order of'* ]]
	[ -z "$output" ]
}

# stream ID...: print the scores of a b c d for texts with these names
stream() {
	for id; do
		sed "1d;s/^x/$id/" scores
	done
}

# ids FILE: print the names of its texts
ids() {
	sed -n 's/^# sent_id = //p' "$1" | tr '\n' ' '
}

@test "-k continues after texts without scores and scores without texts" {
	for id in q w x y z; do tok $id a b c d; done >five
	for s in 'x y z' 'q y z' 'q w x y' 'q x z' 'w' \
		'1 2 q 3 x 4 5 6 y 7' '1 w 2 3 z' '1 2'; do
		# shellcheck disable=SC2086
		stream $s >some
		want=$(ids five | tr ' ' '\n' | grep -xF "$(tr ' ' '\n' \
			<<<"$s")" | tr '\n' ' ') || true
		try reat-erase -k some five
		[ "$status" -eq 1 ]
		[ "$(ids - <<<"$output")" = "$want" ]
		[ "$(grep -c 'no scores for' <<<"$stderr")" -eq \
			"$((5 - $(wc -w <<<"$want")))" ]
		[ "$(sort -u <<<"$stderr" | wc -l)" -eq \
			"$(wc -l <<<"$stderr")" ]
		# scores from memory are those of the stream
		reat-erase -v <(stream q w x y z) five | awk -v ids=" $want" '
			/^# sent_id/ { on = index(ids, " " $4 " ") } on' >all
		reat-erase -v -k some five 2>/dev/null | cmp - all
	done
	# no texts: no search
	stream 1 2 | reat-erase -k - /dev/null
	# a message names the place in the scores, also of those in memory
	stream z x | sed 's/\tc$/\tC/' >wrong
	{ tok w a b c d; tok x a b c d; tok z a b c d; } >three
	try reat-erase -k -n 4 wrong three
	[ "${stderr_lines[0]}" = 'reat-erase: three:1: no scores for w' ]
	[[ ${stderr_lines[1]} == *'wrong:9: x: "C" is not words 3 to 3'* ]]
	[[ ${stderr_lines[2]} == *'wrong:1: z: "C" is not words 3 to 3'* ]]
	# the order is free
	stream z y x w q >some
	try reat-erase -k some five
	[ "$status" -eq 0 ]
	reat-erase <(stream q w x y z) five | cmp - <(printf '%s\n\n' "$output")
	try reat-erase some five
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-erase: five:7: no scores for w; the scores must have the order of the texts' ]
}

@test "rows of a document that occur again are reported" {
	for id in 1 2 3 10; do tok $id a b c d; done >four
	stream 1 2 3 10 >reat
	sed 's/reat/naive/; s/\t4\tc$/\t-4\tc/' reat >naive
	cat reat naive >both
	again='reat-erase: both:33: more rows of 1; all rows of a document must be contiguous'
	# the texts before are written
	try reat-erase both four
	[ "$status" -eq 1 ]
	[ "$stderr" = "$again" ]
	reat-erase reat four | cmp - <(printf '%s\n\n' "$output")
	try reat-erase -k both four
	[ "$status" -eq 1 ]
	[ "$stderr" = "$again" ]
	try reat-erase -a naive both four
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-erase: both:1: 1 has no scores of method naive; all rows of a document must be contiguous' ]
	# between texts, after the last one, and while a text without scores reads on
	stream 1 2 1 3 >both
	try reat-erase both <(tok 1 a b c d; tok 3 a b c d)
	[ "$stderr" = "${again/33/17}" ]
	[ "$(ids - <<<"$output")" = '1 ' ]
	try reat-erase both <(tok 1 a b c d; tok 4 a b c d)
	[ "$stderr" = "${again/33/17}" ]
	for last in 2 3; do
		try reat-erase -k both <(tok 4 a b c d; tok 1 a b c d
			tok $last a b c d)
		[ "$status" -eq 1 ]
		[ "${stderr_lines[0]}" = "${again/33/17}" ]
		[[ ${stderr_lines[1]} == *': no scores for 4' ]]
		[ "$(ids - <<<"$output")" = "1 $last " ]
	done
	# a text may come twice if its scores do, in the same order
	stream 1 2 1 2 4 5 >both
	for k in '' -k; do
		reat-erase $k both <(tok 1 a b c d; tok 2 a b c d
			tok 1 a b c d; tok 2 a b c d) >twice
		[ "$(ids twice)" = '1 2 1 2 ' ]
	done
	# as in the manual
	cat naive reat | sort -s -t $'\t' -k 1,1n >sorted
	for m in naive reat; do
		reat-erase -a $m sorted four | cmp - <(reat-erase $m four)
	done
	try reat-erase sorted four
	[ "$status" -eq 1 ]
	[[ $stderr == *'m naive and of m reat, expected one model'* ]]
}

@test "remaining scores are read to the end, after the texts are written" {
	mkfifo fifo
	reat-erase fifo tok >got &
	pid=$!
	exec 9>fifo
	cat scores >&9
	sed '1d; s/^x/y/' scores >&9
	for _ in $(seq 200); do
		[ ! -s got ] || break
		sleep 0.02
	done
	[ "$(grep -c '^[0-9]' got)" -eq 3 ]
	stream x >&9
	exec 9>&-
	run ! wait "$pid"
	# also bad ones
	{ cat scores; stream y | sed '$d'; } >ends
	try reat-erase ends tok
	[ "$status" -eq 1 ]
	[[ $stderr == *'ends:16: the rows of y, class pos, end here without'* ]]
}

@test "the words' rows may come in any order" {
	{ sed '1,5d' scores; sed -n '2,5p' scores | sort -r; } >some
	{ sed /logit/d some; grep logit some; } >shuffled
	run ! cmp -s <(sed 1d scores) shuffled
	for n in 1 2 3 4; do
		reat-erase -n $n shuffled tok | cmp - <(reat-erase -n $n scores tok)
	done
}

@test "operands in the wrong order" {
	try reat-erase tok scores
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-erase: tok:1: a comment, expected a score row: the scores come first, then the texts' ]
	[ -z "$output" ]
	# a document can have any name
	sed 's/^x/# x/' scores >named
	sed 's/= x/= # x/' tok | reat-erase named - | cmp - <(reat-erase \
		scores tok | sed 's/= x/= # x/')
	for o in '- -' '- tok -' -; do
		# shellcheck disable=SC2086
		try reat-erase $o <scores
		[ "$status" -eq 2 ]
		[[ $stderr == "reat-erase: scores and texts cannot both be the standard input"* ]]
	done
}

@test "-k: bad scores give one message and drop one text" {
	for id in q w x y; do tok $id a b c d; done >four
	# the second row of w, the logit row of x
	stream q w x y | sed '/^w/{/\t2\t2\t/s/0.7/7/};/^x.*logit/d' >some
	try reat-erase -k some four
	[ "$status" -eq 1 ]
	[ "$(ids - <<<"$output")" = 'q y ' ]
	[ "${#stderr_lines[@]}" -eq 2 ]
	[[ ${stderr_lines[0]} == *'some:10: prob "7"'* ]]
	[[ ${stderr_lines[1]} == *'some:23: the rows of x, class pos, end here without'* ]]
	# after a logit row, a line of an unknown document belongs to the next
	# document
	{ stream q; echo garbage; stream w x | sed 4s/.*/garbage/; stream y; } >lines
	try reat-erase -k lines four
	[ "$status" -eq 1 ]
	[ "$(ids - <<<"$output")" = 'q x y ' ]
	[ "${#stderr_lines[@]}" -eq 2 ]
	# the same from memory
	{ tok 1 a b c d; cat four; } >five
	try reat-erase -k some five
	[ "$(ids - <<<"$output")" = 'q y ' ]
	[ "${#stderr_lines[@]}" -eq 3 ]
}

# many N: write the scores and texts of N documents, with 32 KB of scores each
many() {
	awk -v n="$1" -v OFS='\t' 'BEGIN {
		tag = sprintf("%08192d", 0)
		for (i = 1; i <= n; i++) {
			for (t = 1; t <= 3; t++)
				print i, "pos", "word", t, t, "m", "reat", tag,
				    0.7, t, "w" t
			print i, "pos", "logit", "_", "_", "m", "reat", tag,
			    0.7, 6, "_"
			print "# sent_id = " i >"texts"
			for (t = 1; t <= 3; t++)
				print t, "w" t, "_", "_", "_", "_", "_", "_",
				    "_", "_" >"texts"
			print "" >"texts"
		}
	}'
}

@test "memory is a document, and with -k all scores if a text has none" {
	many 2000 >scores
	limit=40000	# KiB; a sanitizer reserves terabytes
	! grep -q __asan_init "$(command -v reat-erase)" || limit=unlimited
	try sh -c "ulimit -v $limit; reat-erase scores texts"
	[ "$status" -eq 0 ]
	[ "$(grep -c '^2.w2' <<<"$output")" -eq 2000 ]
	tok none a b c d >none
	try sh -c "ulimit -v $limit; reat-erase -k scores none texts"
	[ $limit = unlimited ] || [ "$status" -eq 2 ]
	try reat-erase -k scores none texts
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-erase: none:1: no scores for none' ]
	[ "$(grep -c '^2.w2' <<<"$output")" -eq 2000 ]
}

@test "without -k the first malformed document ends the run, of a text or not" {
	for id in q w x; do tok $id a b c d; done >three
	for e in '/^w/s/0.7/7/' '/^w.*logit/d' '/^w.*\t2\t2/d' \
		'/^w.*\t2\t2/s/^w//' '/^w.*\t2\t2/s/.*/garbage/' \
		'/^w.*\t2\t2/s/$/\xff/'; do
		stream q w x | sed "$e" >some
		for texts in three <(tok q a b c d; tok x a b c d); do
			try reat-erase some "$texts"
			[ "$status" -eq 1 ]
			[ "$(ids - <<<"$output")" = 'q ' ]
			[ "${#stderr_lines[@]}" -eq 1 ]
			[[ $stderr == 'reat-erase: some:'* ]]
		done
		# with it the text with these scores is left out
		try reat-erase -k some three
		[ "$status" -eq 1 ]
		[ "$(ids - <<<"$output")" = 'q x ' ]
		# and one without scores is reported as well
		try reat-erase -k some <(tok none a b c d; cat three)
		[ "$status" -eq 1 ]
		[ "$(ids - <<<"$output")" = 'q x ' ]
		[[ $stderr == *'no scores for none'* ]]
	done
}

@test "a bad row spoils its document and no other under -k" {
	{ sed 's/^x/w/;s/0.7/7/' scores; cat scores; } >many
	{ tok w a b c d; cat tok; } >two
	try reat-erase many two
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	try reat-erase -k many two
	[ "$status" -eq 1 ]
	[ "$(grep -c '^[0-9]' <<<"$output")" -eq 3 ]
	[ "$(grep -c 'prob "7"' <<<"$stderr")" -eq 1 ]
}

@test "scores that are not whole: cut, a word twice, a word missing" {
	head -n 5 scores >part
	sed 4p scores >twice
	for i in 2 3 5; do
		sed "${i}d" scores >missing.$i
	done
	for f in part twice missing.*; do
		try reat-erase -n 2 $f tok
		[ "$status" -eq 1 ]
		[ -z "$output" ]
	done
	run ! reat-erase part tok
	[[ $output == *'part:5: the rows of x, class pos, end here without their log'* ]]
	run ! reat-erase twice tok
	[[ $output == *'twice:5: x, class pos: word 3 to 3, expected word 4'* ]]
	run ! reat-erase missing.3 tok
	[[ $output == *'class pos: word 3 to 3, expected word 2'* ]]
	run ! reat-erase missing.5 tok
	[[ $output == *'x has scores of 3 words, but the text has 4'* ]]
	# spans of a level must not overlap, and a sum occurs once
	sed '6s/1\t2/1\t3/' scores >over
	run ! reat-erase over tok
	[[ $output == *'phrase 3 to 3 overlaps 1 to 3'* ]]
	sed '$p' scores >logits
	run ! reat-erase logits tok
	[[ $output == *'a second row of level logit'* ]]
}

@test "a file does not replace a closed standard stream" {
	shut() { reat-erase -k "$@" >&-; }
	try shut scores tok
	[ "$stderr" = 'reat-erase: stdout: cannot write: Bad file descriptor' ]
	shut() { reat-erase "$@" <&-; }
	for o in scores 'scores -' '- tok'; do
		# shellcheck disable=SC2086
		try shut $o
		[ "$status" -eq 2 ]
		[ "$stderr" = 'reat-erase: stdin: cannot read: Bad file descriptor' ]
	done
}

@test "scores that cannot be read give one message" {
	try reat-erase /no/such tok
	[ "$status" -eq 2 ]
	[ "$stderr" = \
		'reat-erase: /no/such: cannot open: No such file or directory' ]
}

@test "an empty text is kept" {
	printf '# sent_id = x\n# label = l\n\n' >tok
	printf 'x\tpos\tlogit\t_\t_\tm\treat\t_\t0.5\t1\t_\n' >scores
	[ "$(reat-erase scores tok)" = $'# sent_id = x\n# label = l' ]
}

@test "a text without words left has an empty # text, and all filters accept it" {
	M=$ROOT/tests/contract/model
	echo 'fun film' | reat-tokenize >tok
	reat-score -m "$M" -l word tok | reat-erase -n 9 - tok >none
	[ "$(cat -A none)" = $'# sent_id = 1$\n# text =$\n$' ]
	# as reat-tokenize writes it
	echo | reat-tokenize | cmp - none
	for f in reat-tag reat-chunk 'reat-swap -w a=b' 'reat-trace -m "$M"' \
		'reat-predict -m "$M"' 'reat-score -m "$M"' 'reat-grad -m "$M"' \
		'reat-lime -m "$M"' 'reat-occlude -a omit -m "$M"'; do
		eval "$f none" >out
		grep -q '^# text\|^1' out || [ "$f" = 'reat-swap -w a=b' ]
	done
	reat-tag none | cmp - none
	reat-score -m "$M" none | reat-erase - none | cmp - none
	# a text that was empty before gets its blank back
	printf '# sent_id = x\n# text =\n1\ta%s\n\n' \
		$'\t_\t_\t_\t_\t_\t_\t_\t_' | reat-swap -w a=b |
		grep -qx '# text = b'
}

@test "TokenRange of a multiword range alone" {
	{
		printf '# sent_id = x\n# text = (b) cd e\n'
		printf '1\tb\t_\t_\t_\t_\t_\t_\t_\tTokenRange=1:2\n'
		printf '2-3\tcd\t_\t_\t_\t_\t_\t_\t_\tTokenRange=4:6\n'
		printf '2\tc\t_\t_\t_\t_\t_\t_\t_\t_\n'
		printf '3\td\t_\t_\t_\t_\t_\t_\t_\t_\n'
		printf '4\te\t_\t_\t_\t_\t_\t_\t_\tTokenRange=7:8\n\n'
	} >tok
	for n in 1 2 3 4; do
		i=0
		for w in b c d e; do
			i=$((i + 1))
			row word $i $i _ $((i == n)) $w
		done | whole | reat-erase - tok >out
		grep '^# text' out
		grep -o '^[0-9-]*\|TokenRange.*' out | tr '\n' ' '
	done >all
	run cat all
	[ "${lines[0]}" = '# text = cd e' ]
	[[ ${lines[1]} == *'1-2 TokenRange=0:2 1 2 3 TokenRange=3:4 # text = (b) d e' ]]
	[[ ${lines[2]} == *'1 TokenRange=1:2 2 TokenRange=4:5 3 TokenRange=6:7 # text = (b) c e' ]]
	[[ ${lines[3]} == *'1 TokenRange=1:2 2 TokenRange=4:5 3 TokenRange=6:7 # text = (b) cd' ]]
	[[ ${lines[4]} == *'1 TokenRange=1:2 2-3 TokenRange=4:6 2 3 ' ]]
}

@test "the sample: unknown data is kept, IDs and heads are updated" {
	reat-score -m "$ROOT/tests/contract/model" "$ROOT/tests/contract/tok" \
		>s
	reat-erase -v -n 3 s "$ROOT/tests/contract/tok" >out
	grep -qx '# newdoc id = contract' out
	grep -q '^# an unknown comment' out
	grep -qx '# label = negative' out
	# the output is CoNLL-U that our own reader accepts
	[ "$(reat-tag out | grep -c '^# sent_id')" -eq 3 ]
	[ "$(awk -F'\t' '/^[0-9]+\t/' out | wc -l)" -eq 6 ]
}

@test "SST-2: after reat-erase, offsets still hold" {
	need_data sst2/test.tsv
	head -n 300 "$DATA/sst2/test.tsv" | reat-tokenize -f text,label |
		reat-tag | reat-chunk >t
	reat-score -m sst2-gru t >s
	for o in '-n 20%' '-v -n 50%' '-l phrase' '-l clause'; do
		# shellcheck disable=SC2086
		run awk -F'\t' '
			/^# text/ { text = substr($0, 10) }
			/^[0-9]/ {
				split($10, r, /[=:|]/)
				if ($10 !~ /^TokenRange/) print
				w = substr(text, r[2] + 1, r[3] - r[2])
				if (w != $2 && $2 !~ /^(``|'"''"')$/)
					print w, $2
				n++
			}
			END { print (n > 100) }' <(reat-erase $o s t)
		[ "$output" = 1 ] || { echo "$o: $output"; false; }
		# shellcheck disable=SC2086
		reat-erase $o s t | reat-score -m sst2-gru >/dev/null
	done
}

@test "spans that overlap: their words are removed, each once" {
	{
		grep -v logit scores
		row span 2 3 _ 9 'b c'
		row span 1 2 NP 8 'a b'
		row span 4 4 _ 8 d
		row span 1 1 _ 8 a
		row logit _ _ _ 1 _
	} >with && mv with scores
	[ "$(left -l span)" = ad ]
	[ "$(left -l span -n 2)" = d ]	# a before a b: equal scores
	[ "$(left -v -l span -n 2)" = abc ]
	[ "$(left -l span -n 3)" = d ]
	[ "$(left -l span -n 75%)" = d ]
	[ -z "$(left -l span -n 4)" ]
	sed -i /span/d scores
	try reat-erase -l span scores tok
	[ "$status" -eq 1 ]
	[[ $stderr == *'x has no scores of level span' ]]
}
