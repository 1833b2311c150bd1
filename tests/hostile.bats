# Text that was made to harm: what it writes on a terminal, and what it costs.

load helper

# escape sequences, a C1 control and DEL
ESC=$'\e]0;title\a\e[1m\u9b2J\x7f'
# characters of direction and without a glyph
SLY=$'\u202e\u2066\u200e\u200b\u2060\ufeff\u00ad\U000e0061'

setup() {
	cd "$BATS_TEST_TMPDIR"
}

# safe [FILE]: it has no control character but tab and newline
safe() {
	! LC_ALL=C.UTF-8 grep -Pq '[^\P{Cc}\t]' "$@" || {
		cat -v "$@"
		false
	}
}

# shown [FILE]: and none of the others either
shown() {
	safe "$@"
	! LC_ALL=C.UTF-8 grep -Pq "[$SLY]" "$@" || {
		cat -v "$@"
		false
	}
}

# scores TEXT: print scores with this text in all columns that can have one
scores() {
	for level in word text bias logit; do
		ids='_ _' of=_
		[ $level != word ] || ids='1 1' of=x$1
		# shellcheck disable=SC2086	# two ids
		printf '%s\t' "d$1" "c$1" $level $ids "m$1" "r$1" _ .6
		printf '%s\t%s\n' .6 "$of"
	done
}

@test "tables show control characters" {
	scores "$ESC" >s
	for t in tsv ansi; do
		reat-heatmap -t $t s >out
		safe out
		grep -q 'title' out
	done
	printf 'k%s\t1\n' "$ESC" "$ESC" >pairs
	for t in tsv ansi svg; do
		reat-boxplot -t $t pairs >out
		safe out
		grep -q 'title' out
	done
	printf '# sent_id = d%s\n# label = c%s\n1\tof\t_\t_\t_\t_\t_\t_\t_\t_\n\n' \
		"$SLY" "$SLY" >train
	for t in tsv html; do
		reat-audit -t $t train s >out
		safe out
		grep -q 'title' out
	done
	sed "/\tlogit\t/s/[^\t]*$/predicted=c$ESC|label=x$ESC|unknown=1/" s >remark
	for t in ansi html; do
		reat-summary -t $t remark >out
		safe out
		grep -q 'x.*title' out
	done
	for a in agreement sign; do
		reat-eval -a $a s s >out 2>err || :
		safe out
		safe err
	done
	printf 'doc\tlabel\tpredicted\tc%s\nd%s\t_\tc%s\t1\nd%s~+1~\t_\tc%s\t1\n' \
		"$ESC" "$ESC" "$ESC" "$ESC" "$ESC" >table
	reat-eval -a sufficiency "r$ESC=table" >out 2>err || :
	safe out
	safe err
	[ -s out ]
	[ "$(reat-eval -a completeness s | wc -l)" -eq 2 ]
	reat-eval -a completeness s >out
	safe out
}

@test "pictures and messages show what a reader would not see" {
	scores "$SLY" >s
	reat-heatmap s >out
	shown out
	[[ $(cat out) == *'\u{202e}\u{2066}\u{200e}\u{200b}\u{2060}\u{feff}'* ]]
	# data keep it
	reat-heatmap -t tsv s >out
	grep -q "$SLY" out
	# emoji are pictures: a joiner and a variation selector
	scores $'\u2764\ufe0f\u200d\U1f525' | reat-heatmap >out
	grep -q $'\u2764\ufe0f\u200d\U1f525' out
	while read -r command; do
		eval "$command" >out 2>err && { echo "$command"; false; }
		shown err
		grep -q '^reat' err
		[ "$(wc -l <err)" -le 3 ]
	done <<-'EOF'
	reat-heatmap "$SLY$ESC"
	reat-heatmap -l "$SLY$ESC" s
	reat-heatmap -c "$SLY$ESC" s
	scores "$SLY$ESC" | sed 4d | reat-heatmap
	scores "$SLY$ESC" | sed 's/\.6/x/' | reat-heatmap
	scores "$SLY$ESC" | sed "s/\\.6/$SLY/" | reat-heatmap
	printf 'k%s\tx%s\n' "$SLY$ESC" "$SLY$ESC" | reat-boxplot
	tok "x$SLY" "$ESC" | reat-chunk
	tok "x$SLY" "$SLY" "$SLY" | sed '$!s/^2/3/' | reat-chunk
	tok "x$SLY" "$SLY" | sed p | reat-chunk
	{ tok "x$SLY" "$SLY"; tok "x$SLY" "$SLY"; } | reat-tag
	tok "x$SLY" "$SLY$ESC" | reat-tree
	tok "x$SLY" "$SLY" | reat-tree
	tok "x$SLY" "$SLY" | sed "s/_/$SLY/5" | reat-tree
	tok "x$SLY" "$SLY" | reat-tree -B <(echo "(S $SLY$ESC)")
	tok "x$SLY" "$SLY" | reat-tree -B <(echo "$SLY$ESC")
	tok "x$SLY" "$SLY" | reat-tree -B <(echo "(S $SLY)$SLY$ESC")
	tok "x$SLY" "$SLY" | reat-tree -P "$SLY$ESC,$SLY$ESC" -B x
	reat-tree -l "$SLY$ESC"
	reat-tree -B "$SLY$ESC" <(tok x y)
	printf 'a%s\tb\n' "$SLY" | reat-tokenize -f id,text
	reat-tokenize -f "text,$SLY$ESC" s
	reat-tokenize -r "$SLY$ESC" s
	reat-score -m "$SLY$ESC" s
	reat-score -a "$SLY$ESC" s
	reat-eval -a "$SLY$ESC" s
	reat-eval -a sufficiency s "$SLY$ESC"
	reat-model "$SLY$ESC"
	reat-model check "$SLY$ESC"
	reat-model import "$SLY$ESC"
	reat-model import . "$SLY$ESC=$SLY$ESC"
	reat-train -r "$SLY$ESC" s
	reat-swap -a "$SLY$ESC" s
	reat-select -F "$SLY$ESC" s
	tok x a | reat-select -I "/$SLY$ESC"
	tok "x$SLY" a | reat-select -a right <(printf 'doc\tlabel\tpredicted\ta\n') -
	reat -m "$SLY$ESC" s
	reat "$SLY$ESC"
	EOF
}

# within KIB COMMAND...: run it with so much virtual memory
within() {
	limit=$1
	shift
	(ulimit -v "$limit" && "$@")
}

@test "many comments take little memory: 32 MB in 5 times as much" {
	need_ulimit
	for comment in '# x' '#='; do
		{
			echo '# sent_id = x'
			yes "$comment" | head -n 8000000
			tok y a | sed 1d
		} >s
		within 160000 reat-tag s | wc -l | diff - <(wc -l <s)
		within 160000 reat-trace -m "$ROOT/tests/contract/model/" s |
			grep -vc '^# reat' | diff - <(wc -l <s)
	done
}

# times N WORD: print a line of N words
times() {
	yes "$2" | head -n "$1" | tr '\n' ' '
	echo
}

# a linear program takes less than a second for each, a quadratic one minutes
@test "long lines, many columns, keys and levels take linear time" {
	{
		echo '# sent_id = x'
		printf '1\ta\t_\tNOUN\tNN\t_\t_\t_\t_\t'
		seq -f 'k%.0f=B-X' -s '|' 300000
		echo
	} >keys
	{ echo '# sent_id = x'; times 2000000 $'\t\t'; } >columns
	{
		echo '# sent_id = x'
		seq -f $'0.%.0f\ta\t_\t_\t_\t_\t_\t_\t_\t_' 300000
		tok x a | sed 1d
	} >nodes
	times 300000 a >words
	while read -r expected command; do
		status=0
		(ulimit -t 20 && eval "$command") >out 2>err || status=$?
		[ "$status" -eq "$expected" ] || {
			echo "$command: $status"
			cat err
			false
		}
	done <<-'EOF'
	0 reat-tokenize words >words.tok
	0 times 300000 '"(a.b-' | reat-tokenize
	0 times 300000 '"(a.b-' | tr -d ' ' | reat-tokenize
	0 reat-tag words.tok >words.tag
	0 reat-chunk words.tag
	0 reat-predict -m "$ROOT/tests/contract/model/" words.tok
	0 reat-chunk keys
	0 reat-tag keys
	1 reat-score -m "$ROOT/tests/contract/model/" keys
	1 reat-tag columns
	0 reat-tag nodes
	0 seq -f $'k%.0f\t1' 100000 | reat-boxplot -t tsv
	1 seq -f $'d\tc\tl%.0f\t1\t1\tm\tr\t_\t.6\t1\tw' 100000 | reat-heatmap
	EOF
}
