#!/usr/bin/env bats
# reat-tree: bracketed trees, dependency heads, and the layers of both.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	golden=$ROOT/tests/golden/tree
}

# words TREE...: print the words of bracketed trees as blocks 1, 2, ...; traces
# are no words
words() {
	awk 'BEGIN { RS = "\n[(]" } {
		$0 = (NR > 1 ? "(" : "") $0
		gsub(/[(]-NONE- [^)]*[)]/, "")
		gsub(/[(][^ ()]+/, " ")
		gsub(/[()]/, " ")
		n = split($0, w, " ")
		print "# sent_id = " NR
		for (t = 1; t <= n; t++)
			print t "\t" w[t] "\t_\t_\t_\t_\t_\t_\t_\t_"
		print ""
	}' "$@"
}

# heads ID FORM:HEAD:DEPREL...: print a block with heads
heads() {
	echo "# sent_id = $1"
	shift
	n=0
	for word; do
		n=$((n + 1))
		rel=${word#*:*:} word=${word%":$rel"}
		printf '%s\t%s\t_\t_\t_\t_\t%s\t%s\t_\t_\n' "$n" "${word%:*}" \
			"${word##*:}" "$rel"
	done
	echo
}

# spans NAME: print the chunks of the layers NAME and NAME1, NAME2, ...: the
# number of the block, the number of the layer, tag, first, last
spans() {
	awk -F '\t' -v name="$1" '
	function close_all(  d) {
		for (d in tag)
			print block, d, tag[d], first[d], last[d]
		split("", tag)
	}
	/^# sent_id/ { block++ }
	/^$/ { close_all() }
	/^[0-9]+\t/ {
		n = split($10, pair, "|")
		for (i = 1; i <= n; i++) {
			split(pair[i], half, "=")
			d = half[1]
			if (index(d, name) != 1)
				continue
			d = substr(d, length(name) + 1)
			if (d !~ /^[0-9]*$/)
				continue
			if (half[2] !~ /^I-/ && d in tag) {
				print block, d, tag[d], first[d], last[d]
				delete tag[d]
			}
			if (half[2] ~ /^B-/) {
				tag[d] = substr(half[2], 3)
				first[d] = $1
			}
			last[d] = $1
		}
	}
	END { close_all() }' | sort -n -k 1,1 -k 2,2 -k 4,4
}

movie='(S (NP (NP (DT the) (NN end)) (PP (IN of) (NP (PRP it))))
  (VP (VBZ is) (ADJP (JJ slow))))'

@test "layers by depth, with and without the nodes of single words" {
	echo "$movie" >trees
	words trees >tok
	[ "$(reat-tree -B trees tok | spans depth)" = '1 1 S 1 6
1 2 NP 1 4
1 2 VP 5 6
1 3 NP 1 2
1 3 PP 3 4
1 3 ADJP 6 6
1 4 NP 4 4' ]
	[ "$(reat-tree -u -B trees tok | spans depth | tail -n 8)" = \
'1 3 VBZ 5 5
1 3 ADJP 6 6
1 4 DT 1 1
1 4 NN 2 2
1 4 IN 3 3
1 4 NP 4 4
1 4 JJ 6 6
1 5 PRP 4 4' ]
	reat-tree -B trees tok | grep -q 'depth1=B-S|depth2=B-NP|depth3=B-NP|depth4=O$'
}

@test "-P: outermost and innermost phrases of some types, in a layer of any name" {
	echo "$movie" >trees
	words trees >tok
	[ "$(reat-tree -B trees -P NP tok | spans phrase)" = '1  NP 1 4' ]
	[ "$(reat-tree -B trees -i -P NP tok | spans phrase)" = '1  NP 1 2
1  NP 4 4' ]
	[ "$(reat-tree -B trees -P PP,VP,NN -l x tok | spans x)" = '1  NN 2 2
1  PP 3 4
1  VP 5 6' ]
	# functions
	echo '(S (NP-SBJ-1 (NN a)) (VP (VB b) (NP=2 (NN c))))' >trees
	words trees >tok
	[ "$(reat-tree -B trees -P NP tok | spans phrase)" = '1  NP 1 1
1  NP 3 3' ]
	[ "$(reat-tree -B trees -P NP-SBJ tok | spans phrase)" = '1  NP 1 1' ]
	[ "$(reat-tree -B trees -P NP-SBJ-1 tok | spans phrase)" = '1  NP 1 1' ]
	# no such phrase: a note, and no chunk
	try reat-tree -B trees -P NP,QP tok
	[ "$status" -eq 0 ]
	[ "$stderr" = 'reat-tree: option -P: no phrase has the type QP' ]
	try reat-tree -q -B trees -P QP tok
	[ -z "$stderr" ]
	[ "$(grep -c 'phrase=O$' <<<"$output")" -eq 3 ]
}

@test "nodes are those that nltk finds" {
	reat-tree -u -B "$golden/trees" "$golden/tok" | spans depth >out
	sort -n -k 1,1 -k 2,2 -k 4,4 "$golden/spans" | diff - out
}

@test "words: case, brackets, quotes, dashes and slashes in other spellings" {
	echo "(S (A -LRB-) (A -RSB-) (A \`\`) (A '') (A 's) (A a\\/b) (A ...)
 (A --) (A :-RRB-) (A ÉTÉ) (A \"))" >trees
	tok x '(' ']' '"' $'\u201d' $'\u2019s' a/b … — ':)' été "''" |
		reat-tree -P A -B trees
	echo '(S (-LRB- () (A a) (-RRB- )))' >trees
	tok x -LRB- a ')' | reat-tree -u -B trees | spans depth >out
	[ "$(cat out)" = '1 1 S 1 3
1 2 -LRB- 1 1
1 2 A 2 2
1 2 -RRB- 3 3' ]
	# these are different words
	while read -r in form; do
		echo "(S $in)" >trees
		! tok x "$form" | reat-tree -B trees 2>err
		grep -qF "word 1 is \"$form\", but \"$in\" in the tree at trees:1" err
	done <<-'EOF'
	a b
	a aa
	-- -
	-LRB- )
	-LRB- [
	ss ß
	EOF
}

@test "several lines, several trees in a line, blank lines, CRLF, no newline" {
	printf '(S (A a)\n\t(B b)\n  )\n\n\n(S c) (S (X d) e)\n(S f)' >trees
	{ tok 1 a b; tok 2 c; tok 3 d e; tok 4 f; } >tok
	reat-tree -u -B trees tok >out
	[ "$(spans depth <out)" = '1 1 S 1 2
1 2 A 1 1
1 2 B 2 2
2 1 S 1 1
3 1 S 1 2
3 2 X 1 1
4 1 S 1 1' ]
	{ printf '\xef\xbb\xbf'; sed 's/$/\r/' trees; } >crlf
	reat-tree -u -B crlf tok | cmp - out
	reat-tree -u -B - tok <trees | cmp - out
	mkfifo fifo
	cat trees >fifo &
	reat-tree -u -B fifo - <tok | cmp - out
	# a document without words has no tree
	{ printf '# sent_id = 0\n\n'; cat tok; } | reat-tree -u -B trees |
		tail -n +3 | cmp - out
}

@test "dependency heads" {
	heads 1 The:2:det story:4:nsubj:pass is:4:cop new:0:root .:4:punct >tok
	[ "$(reat-tree tok | spans depth)" = '1 1 root 1 5
1 2 nsubj:pass 1 2' ]
	[ "$(reat-tree -u tok | spans depth)" = '1 1 root 1 5
1 2 nsubj:pass 1 2
1 2 cop 3 3
1 2 punct 5 5
1 3 det 1 1' ]
	[ "$(reat-tree -P nsubj,punct tok | spans phrase)" = \
		$'1  nsubj:pass 1 2\n1  punct 5 5' ]
	[ "$(reat-tree -P nsubj:pass tok | spans phrase)" = '1  nsubj:pass 1 2' ]
	reat-tree -q -P nsubj:x tok | grep -c 'phrase=O' | grep -qx 5
}

@test "a phrase with other words between its words is left out" {
	# A hearing is scheduled on it today: hearing has A and on it
	heads 1 A:2:det hearing:4:nsubj is:4:aux scheduled:0:root on:6:case \
		it:2:nmod today:4:obl >tok
	try reat-tree tok
	[ "$status" -eq 0 ]
	[ "$stderr" = 'reat-tree: 1 phrase is left out, because other words are between its words' ]
	[ "$(spans depth <<<"$output")" = '1 1 root 1 7
1 2 nmod 5 6' ]
	try reat-tree -q tok
	[ -z "$stderr" ]
}

@test "-S: a tree for each sentence" {
	echo 'One is new. It is' | reat-tokenize >plain
	printf '(S (NP (CD One)) (VP (VBZ is) (JJ new)) (. .))\n(X (NP It) is)\n' \
		>trees
	reat-tree -S -B trees plain | spans depth >out
	[ "$(cat out)" = '1 1 S 1 4
1 1 X 5 6
1 2 NP 1 1
1 2 VP 2 3' ]
	awk -F '\t' -v OFS='\t' '$1 == 1 { $7 = 3 } $1 == 2 { $7 = 3 }
		$1 == 3 { $7 = 0 } $1 == 4 { $7 = 3 } $1 == 5 { $7 = 6 }
		$1 == 6 { $7 = 0 } NF == 10 { $8 = "r" $1 } 1' plain >parsed
	[ "$(reat-tree -S parsed | spans depth)" = '1 1 r3 1 4
1 1 r6 5 6' ]
	try reat-tree parsed
	[ "$status" -eq 1 ]
	[[ $stderr == *'a second root, word 6; the first is word 3' ]]
	# a head in the other sentence
	try reat-tree -S <<<"$(awk -F '\t' -v OFS='\t' \
		'$1 == 5 { $7 = 3 } 1' parsed)"
	[[ $stderr == *':7: HEAD 3 is outside the sentence, which has the words 5 to 6' ]]
}

@test "-n: always so many layers; deeper phrases are counted" {
	echo '(A (B (C (D a) (D b)) c) d)' >trees
	tok x a b c d >tok
	try reat-tree -n 2 -B trees tok
	[ "$stderr" = 'reat-tree: 1 phrase is left out, because it is deeper than 2 levels; see option -n' ]
	[ "$(spans depth <<<"$output")" = $'1 1 A 1 4\n1 2 B 1 3' ]
	reat-tree -n 5 -B trees tok | grep -q 'depth3=B-C|depth4=O|depth5=O$'
	[ "$(reat-tree -l d -n 1 -B trees tok 2>/dev/null | spans d)" = \
		'1 1 A 1 4' ]
	# 61 levels: one more than the default
	{ for _ in $(seq 61); do printf '(A '; done; printf 'a b'
	    for _ in $(seq 61); do printf ')'; done; echo; } >trees
	tok x a b >tok
	try reat-tree -B trees tok
	[[ $stderr == *': 1 phrase is left out, because it is deeper than 60 levels'* ]]
	reat-tree -q -n 64 -B trees tok | grep -q 'depth61=B-A|depth62=O'
}

@test "a second run removes its own layers and keeps the others" {
	echo "$movie" >trees
	words trees | sed 's/_$/depths=O|depth=B-X|phrase=O|depth7=O|depth02=B-Y/' >tok
	reat-tree -B trees tok >out
	sed -n 's/.*\t//p;2q' out >misc
	[ "$(head -n 1 misc)" = 'depths=O|depth=B-X|phrase=O|depth1=B-S|depth2=B-NP|depth3=B-NP|depth4=O' ]
	reat-tree -B trees out | cmp - out
	reat-tree -P NP -B trees out >again
	reat-tree -P NP -B trees again | cmp - again
}

@test "-k: the texts and trees after a bad one are in step" {
	{ tok 1 a b; tok 2 c; tok 3 d e; tok 4 f; tok 5 g; } >tok
	printf '%s\n' '(S a b)' '(S x)' '(S d e' '(S f))' '(S g)' >trees
	try reat-tree -k -B trees tok
	[ "$status" -eq 1 ]
	[ "$(cut -d : -f 2- <<<"$stderr")" = \
' tok:6: word 1 is "c", but "x" in the tree at trees:2; texts and trees must be in the same order
 trees:3: this tree lacks 1 ")"; a line that continues a tree begins with a blank
 trees:4: ")" after the last bracket of the tree' ]
	[ "$(grep -c sent_id <<<"$output")" -eq 2 ]
	# without -k it stops at the first
	try reat-tree -B trees tok
	[ "$status" -eq 1 ]
	[ "${#stderr_lines[@]}" -eq 1 ]
	[ "$(grep -c sent_id <<<"$output")" -eq 1 ]
	# blocks that cannot be read, and a tree that is not text
	printf '%b' '(S a b)\n(S c)\n(S d\n \0377e)\n(S f)\n(S g)\n' >trees
	sed 's/^1\tc\t/1\t\xff\t/;s/^1\tf\t/1\t\t/' tok >bad
	try reat-tree -k -B trees bad
	[ "$status" -eq 1 ]
	[ "${#stderr_lines[@]}" -eq 3 ]
	[ "$(grep sent_id <<<"$output")" = $'# sent_id = 1\n# sent_id = 5' ]
}

@test "too few and too many trees" {
	echo '(S a)' >trees
	{ tok 1 a; tok 2 b; tok 3 c; } >tok
	try reat-tree -k -B trees tok
	[ "$status" -eq 1 ]
	[ "$stderr" = \
'reat-tree: tok:4: no tree for this text: the last tree is at trees:1
reat-tree: tok:7: no tree for this text: the last tree is at trees:1' ]
	[ "$(grep -c sent_id <<<"$output")" -eq 1 ]
	try reat-tree -B /dev/null tok
	[ "$stderr" = 'reat-tree: tok:1: no tree for this text: the file of option -B has no tree' ]
	printf '(S a)\n(S b)\n(S c)\n(S d)\n' >trees
	try reat-tree -B trees tok
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-tree: trees:4: a tree without a text: there are more trees than texts' ]
	[ "$(grep -c sent_id <<<"$output")" -eq 3 ]
	try reat-tree -B trees /dev/null
	[ "$status" -eq 1 ]
	try reat-tree -B /dev/null /dev/null
	[ "$status" -eq 0 ]
}

@test "deep nesting, many brackets and long words" {
	yes '(S' | head -n 100000 | tr '\n' ' ' >deep
	{ cat deep; printf 'a'; tr -d 'S ' <deep | tr '(' ')'; echo; } >trees
	tok x a >tok
	timeout 20 reat-tree -q -B trees tok >out
	grep -q 'depth60=B-' out
	timeout 20 reat-tree -u -q -n 64 -B trees tok >out
	timeout 20 reat-tree -i -P S -B trees tok | grep -q phrase=B-S
	try timeout 20 reat-tree -B deep tok
	[ "$status" -eq 1 ]
	[[ $stderr == *'deep:1: this tree lacks 100000 ")"'* ]]
	for _ in $(seq 11); do cat deep; done >many
	try timeout 20 reat-tree -B many tok
	[[ $stderr == *'many:1: too many nodes in one tree, the limit is 1048576' ]]
	# a chain of 100,000 heads, and a star
	for chain in 1 0; do
		long 100000 | awk -F '\t' -v OFS='\t' -v chain=$chain '
			NF == 10 { $7 = chain ? $1 - 1 : ($1 != 1); $8 = "r" }
			1' >tok
		timeout 60 reat-tree -q tok >out
		[ "$(grep -c 'depth1=[BI]-r' out)" -eq 100000 ]
	done
}

@test "the trees of the sentiment treebank: all nodes and labels" {
	need_data sst-trees/dev.txt.xz
	xz -dc "$DATA/sst-trees/dev.txt.xz" >trees
	sh "$ROOT/examples/trees.sh" tok signs <trees
	reat-tree -u -B trees tok >out
	spans depth <out | awk '{ print $1, $4, $5, $3 }' | sort >found
	awk -F '\t' 'NR > 1 { print $1, $4, $5, $10 + 2 }' signs | sort |
		diff - found
	[ "$(wc -l <found)" -gt 40000 ]
	# no two phrases of a layer overlap, and a deeper one is inside another
	reat-tree -B trees tok | spans depth | awk '
		$1 == block && $2 == layer && $4 <= last { exit 1 }
		{ block = $1; layer = $2; last = $5
		  for (t = $4; t <= $5; t++) {
			if (layer > 1 && !((block, layer - 1, t) in in_layer))
				exit 1
			in_layer[block, layer, t]
		  } }'
}

@test "the dependency trees of UD English EWT: all contiguous phrases" {
	need_data pos/en_ewt-ud-test.conllu.xz
	xz -dc "$DATA/pos/en_ewt-ud-test.conllu.xz" >tok
	# the words that depend on a word, found from each word up to the root
	awk -F '\t' '
		/^# sent_id/ { block++; n = 0 }
		/^[0-9]+\t/ { head[++n] = $7; rel[n] = $8 }
		/^$/ {
			for (t = 1; t <= n; t++)
				size[t] = high[t] = 0
			for (t = 1; t <= n; t++)
				for (h = t; h > 0; h = head[h]) {
					if (!size[h]++)
						low[h] = t
					high[h] = t
				}
			for (t = 1; t <= n; t++)
				if (size[t] == high[t] - low[t] + 1)
					print block, low[t], high[t], rel[t]
				else
					left++
		}
		END { print left >"left" }' tok | sort >true
	reat-tree -u tok 2>err >out
	spans depth <out | awk '{ print $1, $4, $5, $3 }' | sort | diff true -
	grep -q "^reat-tree: $(cat left) phrases are left out" err
	# as another program printed them: all else is kept
	sed 's/depth[0-9]*=[^|]*//g;s/|*$//;s/\t$/\t_/' out | cmp - tok
}

@test "from a sentence to scores" {
	echo "$movie" >trees
	echo 'The end of it is slow.' | reat-tokenize | sed '/^7/d' |
		reat-tree -B trees | reat-score -H -m sst2-gru >scores
	# a phrase is the sum of its words
	awk -F '\t' '$3 == "word" { s[$4] = $10 }
		$3 == "depth2" && $4 == 5 { found = $10 }
		END { d = found - s[5] - s[6]; exit d * d > 1e-10 }' scores
}

@test "options that exclude each other" {
	while IFS='|' read -r args message; do
		# shellcheck disable=SC2086	# a list of words
		try reat-tree $args /dev/null
		[ "$status" -eq 2 ]
		[[ $stderr == "reat-tree: $message"* ]]
	done <<-'EOF'
	-i|option -i: it is for types, see -P
	-P NP -n 3|option -n: it is for layers by depth, and -P chooses by type
	-P NP -u|option -u: it is for layers by depth, and -P chooses by type
	-P NP,|option -P: an empty type, expected a list such as NP,VP
	-P NP,NP|option -P: "NP" occurs twice
	-n 0|option -n: "0", expected a whole number from 1 to 64
	-n 65|option -n: "65", expected a whole number from 1 to 64
	-l Word|option -l: "Word", expected the name of a layer, such as phrase
	-l word|option -l: "word", expected the name of a layer, such as phrase
	-B - -|trees and texts cannot both be the standard input
	EOF
	try reat-tree -B - </dev/null
	[ "$status" -eq 2 ]
}
