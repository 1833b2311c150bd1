# shellcheck disable=SC2154	# bats sets status, output, stderr
load helper

setup() {
	G=$ROOT/tests/golden/heatmap
	cd "$BATS_TEST_TMPDIR" || exit
	unset COLORTERM TERM COLORFGBG NO_COLOR FORCE_COLOR CLICOLOR_FORCE COLUMNS
	TAB=$(printf '\t')
	ESC=$(printf '\033')
}

# no COMMAND...: check that the command fails
no() {
	if "$@"; then return 1; fi
}

# as COLOURS [ARG...]: draw as for a terminal with these colours
as() {
	how=$1
	shift
	case $how in
	ansi24) COLORTERM=truecolor reat-heatmap -C always "$@" ;;
	ansi256) TERM=xterm-256color reat-heatmap -C always "$@" ;;
	ansi16) TERM=xterm reat-heatmap -C always "$@" ;;
	plain) reat-heatmap "$@" ;;
	esac
}

# row DOC CLASS LEVEL FIRST LAST PROB SCORE TEXT
row() {
	printf '%s\t%s\t%s\t%s\t%s\tm\treat\t_\t%s\t%s\t%s\n' "$@"
}

# sums DOC CLASS PROB: print the rows of the sums
sums() {
	for level in text bias logit; do
		row "$1" "$2" "$level" _ _ "$3" 0 _
	done
}

# good DOC [CLASS] [PROB]: print the good rows of a class
good() {
	row "$1" "${2:-pos}" word 1 1 "${3:-0.5}" 1 fine
	sums "$1" "${2:-pos}" "${3:-0.5}"
}

@test "every sample in every format is as it was inspected by eye" {
	for sample in "$G"/*.score; do
		for how in ansi24 ansi256 ansi16 plain tsv; do
			name=${sample##*/}
			sh "$G/make.sh" "${name%.score}" "$how" >got
			diff "${sample%.score}.$how" got
		done
	done
}

@test "every sample as HTML, SVG and LaTeX is as it was inspected by eye" {
	for how in html svg latex; do
		for golden in "$G"/*."$how"; do
			name=${golden##*/}
			sh "$G/make.sh" "${name%.*}" "$how" >got
			diff "$golden" got
		done
		[ "$(ls "$G"/*."$how" | wc -l)" -ge 9 ]
	done
}

@test "scores that do not add up: the first sum is the whole text" {
	good d | sed '/\ttext\t/s/_$/the whole text, not a sum/' >s
	for how in ansi html svg latex; do
		reat-heatmap -t $how s >out
		grep -q 'whole text' out
		good d | reat-heatmap -t $how >out
		no grep -q 'whole text' out
	done
	reat-heatmap -t tsv s | cut -f 3,11 | grep -q "^text.the whole"
}

@test "trees are as they were inspected by eye" {
	for how in html svg latex; do
		for name in tree none; do
			sh "$G/make.sh" $name tree-$how >got
			diff "$G/$name.tree-$how" got
		done
	done
}

# text FORMAT: print the visible texts of a page, one per line
text() {
	case $1 in
	html) sed '1,/<main>/d; s/<[^>]*>//g' ;;
	svg) sed '1,/<.defs>/d; s/<[^>]*>//g' ;;
	esac | sed "s/&lt;/</g; s/&gt;/>/g; s/&quot;/\"/g; s/&#39;/'/g; s/&amp;/\\&/g"
}

@test "HTML and SVG are well-formed for every text" {
	for how in html svg; do
		reat-heatmap -t "$how" "$G"/*.score >page
		awk -f "$ROOT/tests/markup.awk" page
		# no elements and attributes except those of a harmless text
		reat-heatmap -t "$how" "$G/classes.score" "$G/long.score" \
		    <(sed '/^rtl/!d' "$G/markup.score") \
		    <(sed '/^wrong\|^right/!d' "$G/marks.score") >tame
		for f in page tame; do
			awk -v tags=1 -f "$ROOT/tests/markup.awk" "$f" |
			    sort -u >$f.tags
		done
		diff tame.tags page.tags
		text "$how" <page >seen
		for word in '\input{x}' '<!--' '&lt;' ']]>' '~&&' '\u{fffe}'; do
			grep -qF -- "$word" seen
		done
		LC_ALL=C no grep -P '[\x00-\x09\x0b-\x1f\x7f]' page
		no grep -P '\p{Cc}|\x{202e}|\x{2028}|\x{fffe}' page
	done
	if command -v xmllint >/dev/null; then
		reat-heatmap -t svg "$G"/*.score | xmllint --noout -
	fi
}

@test "pages load nothing and contain no script but their own" {
	for how in html svg; do
		reat-heatmap -t "$how" "$G"/*.score >all
		sed '/^<script>$/,/^<.script>$/d' all >page
		[ "$(grep -c '<script' all)" -le 1 ]
		no grep -Ei '<script|<link|<img|<iframe|@import|url\(|javascript:' \
		    page
		sed 's|http://www.w3.org/2000/svg||' page | no grep -E 'https?:'
		awk -v tags=1 -f "$ROOT/tests/markup.awk" page >tags
		no grep -E '@(src|on[a-z]*|xlink:href)$' tags
	done
	reat-heatmap -t html </dev/null | grep -q "default-src 'none'"
	# the policy allows the script by its hash
	reat-heatmap -t html "$G"/three.score "$G"/but.score >page
	hash=$(sed -n '/^<script>$/,/^<.script>$/p' page | sed '1s/<script>//; s/<.script>//' |
	    sed '$d' | sha256sum | cut -d ' ' -f 1 | sed 's/../\\x&/g')
	grep -qF "script-src 'sha256-$(printf "$hash" | base64)'" page
	# one text needs none
	reat-heatmap -t html "$G"/but.score | no grep '<script'
}

@test "LaTeX: special characters are text, and braces match" {
	reat-heatmap -t latex "$G"/*.score | sed '1,/begin{document}/d' >body
	# without our own macros and escapes, the rest is plain text
	sed 's/\\text[a-z]*{}//g; s/\\text[a-z]*\\/\\/g; s/\\[#$%&_{}/]//g
	    s/\$-\$//g
	    s/\\reat[a-z]*[01]*//g; s/\\end{document}//; s/%$//
	    s/\\textwidth//' body >left
	no grep -n '[\\#$%&_~^]' left
	tr -cd '{}' <left | fold -w 1 | awk '{ n += $1 == "{" ? 1 : -1 }
	    n < 0 { exit 1 } END { exit n != 0 }'
	no grep -E -- '--|<<|>>|``|,,|[?!]`' body
	LC_ALL=C no grep '[[:cntrl:]]' body
}

# latexes: print the installed engines; LuaLaTeX finds no font without its loader
latexes() {
	for engine in pdflatex xelatex lualatex; do
		command -v $engine >/dev/null || continue
		[ $engine != lualatex ] || kpsewhich luaotfload.sty >/dev/null ||
			continue
		echo $engine
	done
}

@test "LaTeX compiles with each installed engine" {
	reat-heatmap -t latex "$G"/*.score >all.tex
	reat-heatmap -t latex -w 40 "$G"/*.score >narrow.tex
	for engine in $(latexes); do
		engines="${engines-} $engine"
		for f in all narrow; do
			timeout 300 $engine -halt-on-error $f.tex >out \
				</dev/null
			no grep 'Missing character\|pdf.*warning' $f.log
			[ -s $f.pdf ]
		done
		command -v pdftotext >/dev/null || continue
		# letters that the fonts lack are shown as code points; letters
		# that they have, as themselves, except with pdfTeX
		pdftotext all.pdf all.txt
		grep -q 'tedious' all.txt
		if [ $engine = pdflatex ]; then
			grep -q 'U+05D4U+05E1U+05E8U+05D8' all.txt
		elif fc-list 2>/dev/null | grep -q 'DejaVu Sans:'; then
			no grep -q 'U+05D4' all.txt
		fi
	done
	[ -n "${engines-}" ] || skip 'no LaTeX'
}

# The fonts of each engine would join some of these characters, and reverse
# others.
@test "LaTeX: the characters of a word are kept with each installed engine" {
	command -v pdftotext >/dev/null || skip 'no pdftotext'
	# bitmaps of the older fonts have no names of letters
	kpsewhich lmodern.sty >/dev/null || skip 'no Latin Modern'
	printf '%s\n' -- --- a--b ,, '<<' '>>' '"' x---y 'x``' "x''" "'" '?`' '!`' \
	    "don't" fine waffle '\' '~' '^' '|' '"ć--"' >words
	# typographic characters: ’’ ‘‘ –- !‘
	printf '\u2019\u2019\n\u2018\u2018\n\u2013-\n!\u2018\n' >>words
	n=0
	while IFS= read -r word; do
		n=$((n + 1))
		row $n pos word 1 1 0.5 1 "$word"
		sums $n pos 0.5
	done <words | reat-heatmap -t latex >words.tex
	for engine in $(latexes); do
		engines="${engines-} $engine"
		timeout 300 $engine -halt-on-error words.tex >out </dev/null
		pdftotext -raw words.pdf - | sed -n 's/^word //p' >got
		diff words got
	done
	[ -n "${engines-}" ] || skip 'no LaTeX'
}

@test "LaTeX: in a word from right to left, numbers and Latin are not reversed" {
	printf '%s\n' 'ב-1,200.50' 'ה-iPhone-5(' 'שלום' >words
	while IFS= read -r word; do
		row "$word" pos word 1 1 0.5 1 "$word"
		sums "$word" pos 0.5
	done <words | reat-heatmap -t latex >words.tex
	# \reatright marks the whole part that runs from left to right
	sed -n 's/.*\\reatcell00{f16}{\([^ ]*\)}{.*/\1/p' words.tex |
	    sed 's/\\reat[a-z]*{[0-9A-F]*}//g; s/[{}]//g; s/\\[/]//g' >plain
	diff plain - <<-'END'
	\reatword;script=hebrב-\reatright1,200.50
	\reatword;script=hebrה-\reatrightiPhone-5(
	\reatword;script=hebrשלום
	END
	command -v pdftotext >/dev/null || skip 'no pdftotext'
	fc-list 2>/dev/null | grep -q 'DejaVu Sans:' || skip 'no font'
	for engine in xelatex lualatex; do
		command -v $engine >/dev/null || continue
		timeout 300 $engine -halt-on-error words.tex >out </dev/null
		pdftotext -raw words.pdf got
		grep -q '1,200\.50' got
		grep -q 'iPhone-5' got
	done
}

@test "text from right to left begins at the right" {
	f=$G/markup.score
	# the places of the words, in their order
	reat-heatmap -t svg "$f" | sed -n '/aria-label="rtl"/,/aria-label="phrase"/p' |
	    sed -n 's/^<text x="\([0-9.]*\)".*/\1/p' >places
	[ "$(wc -l <places)" -ge 4 ]
	sort -rn places | cmp - places
	reat-heatmap -t svg "$f" | grep -q '<g role="listitem" class="[a-z0-9]*" direction="rtl">'
	reat-heatmap -t svg "$f" | grep 'class="number"' |
	    grep -q 'direction="ltr" text-anchor="end"'
	[ "$(reat-heatmap -t latex "$f" | grep -c '^{.reatleftward')" -eq 1 ]
	# no other text begins at the right
	reat-heatmap -t svg "$G/but.score" "$G/east-asian.score" |
	    no grep rtl
	reat-heatmap -t latex "$G/but.score" | sed '1,/begin{document}/d' |
	    no grep leftward
	# numbers are not reversed
	printf 'x\tp\tword\t1\t1\tm\tr\t_\t1\t-1\t%s\n' '(123' >mixed
	printf 'x\tp\tword\t2\t2\tm\tr\t_\t1\t1\t%s\n' 'שלום' >>mixed
	printf 'x\tp\tlogit\t_\t_\tm\tr\t_\t1\t0\t_\n' >>mixed
	reat-heatmap -t svg mixed | grep -c 'direction="rtl"' | grep -qx 2
}

@test "a page contains every word and every score, level after level" {
	words() { tail -n +2 "$1" | awk -F '\t' '$5 != "_" { print $11 }' | tr ' ' '\n'; }
	for sample in but long; do
		f=$G/$sample.score
		reat-heatmap -t html "$f" | sed -n 's/.*\(<li .*<.li>\)/\1/p' |
		    sed 's/<b>[^<]*<.b>//g; s/<[^>]*>//g' | tr ' ' '\n' >html
		diff html <(words "$f")
		reat-heatmap -t svg "$f" | grep '<text x=' |
		    sed 's/<[^>]*>//g' >svg
		diff svg <(words "$f")
		# one number for each span, as on the terminal
		reat-heatmap "$f" | sed '/^[^ ]/d; /sums/d; /scale/d; s/^  *[a-z][a-z]*//' |
		    grep -oE '(^| )[+-]?[0-9]+\.[0-9]+' | tr -d ' ' | sort >plain
		reat-heatmap -t html "$f" | grep -o '<b> [^<]*' |
		    sed 's/<b> //; s/−/-/' | sort >html
		reat-heatmap -t svg "$f" | grep 'class="number"' |
		    sed 's/<[^>]*>//g; s/−/-/' | sort >svg
		diff plain html
		diff plain svg
	done
}

@test "pages: one head and one foot for every input; -c, -l, -r, -w and -M" {
	for how in html svg latex; do
		case $how in
		html) foot='</html>' ;;
		svg) foot='</svg>' ;;
		latex) foot='\end{document}' ;;
		esac
		cat "$G/but.score" "$G/three.score" >joined
		reat-heatmap -t $how joined >a
		reat-heatmap -t $how "$G/but.score" "$G/three.score" >b
		cmp a b
		[ "$(grep -cF "$foot" a)" -eq 1 ]
		[ "$(tail -n 1 a)" = "$foot" ]
		[ "$(reat-heatmap -t $how </dev/null | tail -n 1)" = "$foot" ]
		# the pictures before a bad row are a complete page
		{ cat "$G/but.score"; good a | head -n 2; } >broken
		try reat-heatmap -t $how broken
		[ "$status" -eq 1 ]
		cmp <(reat-heatmap -t $how "$G/but.score") <(echo "$output")
		try reat-heatmap -t $how /no/such
		[ "$status" -eq 2 ]
		[ "$(tail -n 1 <<<"$output")" = "$foot" ]
		for o in '-c numeric' '-l phrase' '-r paper' '-w 40' '-M 10'; do
			# shellcheck disable=SC2086
			reat-heatmap -t $how $o joined >b
			no cmp -s a b
		done
		got=0
		reat-heatmap -t $how joined >/dev/full 2>err || got=$?
		[ "$got" -eq 2 ]
	done
	reat-heatmap -t html -M 10 "$G/but.score" | text html |
	    grep -q 'against −10.00  +10.00 for'
	COLORFGBG='15;0' reat-heatmap -t html joined >b
	cmp b <(reat-heatmap -t html joined)
}

# Inspected by eye in Chromium: there was a line across the page, and with this
# rule there is none; the accents of combining.score and of Vietnamese are
# complete.
@test "HTML: many accents on a letter stay in their line" {
	reat-heatmap -t html </dev/null >page
	grep '^\.row i {' page | grep 'padding: .5em 0;' |
	    grep -q 'overflow-y: clip;'
	grep '^h2, h3 {' page | grep -q 'overflow-y: clip '
	# the same for the label
	grep '^\.label {' page | grep -q 'overflow: hidden'
}

@test "pictures of a document are side by side" {
	reat-heatmap -t html "$G/classes.score" "$G/three.score" >page
	[ "$(grep -c '<article ' page)" -eq 2 ]
	[ "$(grep -c '<section>' page)" -eq 6 ]
	# methods of several runs, after their rows have been sorted together
	{ good a; good b; } >one
	sed 's/reat/naive/' one >two
	[ "$(reat-heatmap -t html one two | grep -c '<article ')" -eq 4 ]
	cat "$G/but.score" one two | sort -s -t "$TAB" -k 1,1 |
	    reat-heatmap -t html >page
	[ "$(grep -c '<article ' page)" -eq 3 ]
	[ "$(grep -c '<section>' page)" -eq 5 ]
	reat-heatmap -t svg -w 50 "$G/classes.score" "$G/three.score" >page
	# three headings on a line, each to the right of the picture before
	sed -n 's/<text class="strong" x="\([0-9]*\)" y="33"[^>]*>1<.*/head \1/p
	    s/<rect x="\([0-9]*\)" y="40" width="\([0-9]*\)".*/rect \1 \2/p' page |
	    awk '$1 == "head" { n++; if ($2 <= right) bad = 1 }
	    $1 == "rect" { right = $2 + $3 } END { exit bad || n != 3 }'
	# as many as fit into 1520 pixels
	{ good a; for i in 1 2 3 4; do good a | sed "s/reat/m$i/"; done; } >five
	reat-heatmap -t svg -w 80 five | sed -n \
		's/<text class="strong" x="\([0-9]*\)" y="\([0-9]*\)"[^>]*>a<.*/\1 \2/p' |
		awk '{ n[$2]++; begins[$2] += $1 == 16 }
			END { for (y in n) print n[y], begins[y] }' | sort >rows
	diff rows - <<-'END'
	2 1
	3 1
	END
	# the drawing is as wide as the pictures
	w=$(sed -n '1s/.* width="\([0-9]*\)".*/\1/p' page)
	sed -n 's/<rect x="\([0-9]*\)" y="[0-9]*" width="\([0-9]*\)" .*rx.*/\1 \2/p' page |
	    awk -v w="$w" '$1 + $2 > most { most = $1 + $2 }
	    END { exit most + 16 > w || most < w - 200 }'
}

@test "an SVG drawing uses a file in TMPDIR and leaves nothing there" {
	mkdir there
	TMPDIR=$PWD/there reat-heatmap -t svg "$G/but.score" >got
	cmp got <(reat-heatmap -t svg "$G/but.score")
	[ -z "$(ls there)" ]
	TMPDIR=/no/such try reat-heatmap -t svg "$G/but.score"
	[ "$status" -eq 2 ]
	[[ $stderr == 'reat-heatmap: /no/such/'*'cannot create'* ]]
	[ -z "$output" ]
}

@test "an HTML picture is written after its last row" {
	mkfifo fifo
	reat-heatmap -t html <fifo >got &
	pid=$!
	exec 9>fifo
	good a >&9
	for _ in $(seq 200); do
		! grep -q '</section>' got || break
		sleep 0.02
	done
	grep -q '</section>' got
	exec 9>&-
	wait "$pid"
}

@test "no line is wider than the width, and no text is lost" {
	tail -n +2 "$G/long.score" | awk -F '\t' '$3 == "word" { print $11 }' >words
	for w in 10 11 17 40 79 200; do
		for how in ansi24 plain; do
			as "$how" -l word -w "$w" "$G/long.score" |
			    sed "s/${ESC}\[[0-9;]*m//g" >got
			awk -v w="$w" 'length($0) > w { print; bad = 1 }
			    END { exit bad }' got
		done
		as ansi24 -l word -w "$w" "$G/long.score" |
		    sed "s/${ESC}\[[0-9;]*m//g" |
		    sed '1,/word/{/word/!d; s/word//;}; /sums/,$d' >body
		[ "$w" -lt 17 ] || diff words <(tr -s ' ' '\n' <body | grep .)
		diff <(tr -d '\n' <words) <(tr -d ' \n' <body)
	done
}

@test "each coloured run ends before the end of its line" {
	for how in ansi24 ansi256 ansi16; do
		as "$how" -w 33 "$G"/*.score >got
		grep -q "$ESC" got
		# without complete runs, the rest has no escape
		sed "s/${ESC}\[[0-9;]*m[^$ESC]*${ESC}\[0m//g" got >left
		no grep "$ESC" left
	done
}

@test "control characters do not reach the terminal" {
	as plain "$G/hostile.score" >got
	LC_ALL=C no grep '[[:cntrl:]]' got
	no grep -P '\p{Cc}|\x{202e}' got
	for how in ansi24 ansi16; do
		as "$how" "$G/hostile.score" | sed "s/${ESC}\[[0-9;]*m//g" >got
		no grep -P '\p{Cc}|\x{202e}' got
	done
	{ cat "$G/hostile.score"; row "${ESC}[2J" x word 1 1 2 0 x; } >bad
	try reat-heatmap bad
	[ "$status" -eq 1 ]
	[[ $stderr != *$ESC* ]]
	try reat-heatmap -l "${ESC}[2J" "$G/but.score"
	[[ $stderr != *$ESC* ]]
}

@test "colours: -C, and the number of colours" {
	f=$G/but.score
	has() { grep -q "${ESC}\[$1" <<<"$output"; }
	run reat-heatmap "$f"
	no has ''
	TERM=xterm-256color run reat-heatmap -C never "$f"
	no has ''
	COLORTERM=24bit TERM=xterm run reat-heatmap -C always "$f"
	has '38;2;'
	TERM=screen-256color run reat-heatmap -C always "$f"
	has '38;5;'
	TERM=xterm run reat-heatmap -C always "$f"
	has '97;44m'
	NO_COLOR=1 TERM=xterm run reat-heatmap -C always "$f"
	has '97;44m'
	# no terminal, and none with colours
	for v in FORCE_COLOR CLICOLOR_FORCE; do
		run env "$v=1" TERM=xterm-256color reat-heatmap "$f"
		has '38;5;'
		run env "$v=1" TERM=dumb reat-heatmap "$f"
		has '97;44m'
		run env "$v=" TERM=xterm reat-heatmap "$f"
		no has ''
		run env "$v=1" NO_COLOR=1 TERM=xterm reat-heatmap "$f"
		no has ''
		run env "$v=1" TERM=xterm reat-heatmap -C never "$f"
		no has ''
	done
	try reat-heatmap -C sometimes "$f"
	[ "$status" -eq 2 ]
	[[ $stderr == *sometimes*auto* ]]
}

@test "on a terminal, -C auto depends on TERM and NO_COLOR" {
	need_terminal
	f=$G/but.score
	tty() { script -qec "$* reat-heatmap '$f'" /dev/null </dev/null; }
	tty TERM=xterm | grep -q "${ESC}\[97;44m"
	tty TERM=xterm-256color | grep -q "${ESC}\[38;5;"
	plainly() {
		tty "$@" >got
		grep -q 'scale.*against' got
		no grep "$ESC" got
	}
	plainly TERM=dumb
	plainly env -u TERM
	plainly TERM=xterm NO_COLOR=1
	tty TERM=xterm NO_COLOR= | grep -q "$ESC"
}

@test "the width is that of -w, then COLUMNS, then 80" {
	widest() { awk 'length($0) > n { n = length($0) } END { print n }'; }
	n=$(reat-heatmap "$G/long.score" | widest)
	[ "$n" -gt 70 ] && [ "$n" -le 80 ]
	n=$(COLUMNS=50 reat-heatmap "$G/long.score" | widest)
	[ "$n" -gt 40 ] && [ "$n" -le 50 ]
	n=$(COLUMNS=50 reat-heatmap -w 30 "$G/long.score" | widest)
	[ "$n" -gt 20 ] && [ "$n" -le 30 ]
	n=$(COLUMNS=1 reat-heatmap "$G/long.score" | widest)
	[ "$n" -le 12 ]
	diff <(COLUMNS=many reat-heatmap "$G/long.score") "$G/long.plain"
	for w in 9 10001 wide '' 1e2; do
		try reat-heatmap -w "$w" "$G/but.score"
		[ "$status" -eq 2 ]
		[[ $stderr == *'option -w'* ]]
	done
}

@test "a syllable of Hangul from its letters, and a new emoji, have two columns" {
	gag=$(printf '\u1100\u1161\u11a8')
	emoji=$(printf '\U1fae9')
	{ row a x word 1 1 0.5 1 "$gag$gag"; row a x word 2 2 0.5 1 "$emoji"
	    row a x word 3 3 0.5 1 end; sums a x 0.5; } >in
	reat-heatmap in | sed -n 2,3p | diff - <(printf '  word   %s   %s     end\n' \
	    "$gag$gag" "$emoji"; printf '%14s%7s%7s\n' +1.00 +1.00 +1.00)
}

@test "the widths of characters are those of the newest Unicode" {
	python=${REAT_PEERS:-python3}
	"$python" -c 'import unicodedata2' 2>/dev/null ||
		skip "no $python with unicodedata2"
	"$python" "$ROOT/tests/golden/widths/make.py" |
		diff "$ROOT/lib/base/widths.c" -
}

@test "double quotes are drawn as they are typed, but not in rows" {
	model=$ROOT/tests/contract/model
	echo '"A “good” film", he said' | reat-tokenize |
	    reat-score -m "$model" -l word,sentence >scores
	[ "$(tail -n 1 scores | cut -f 11)" = "$(tail -n 1 scores | cut -f 11 |
	    sed 's/quotes=[^|]*/quotes=3“,5”/')" ]
	for t in ansi html svg latex; do
		reat-heatmap -t $t scores >out
		no grep -e '``' -e "''" -e '&#39;' -e textquotesingle \
		    -e asciigrave out
		[ "$(grep -o -e '"' -e '&quot;' -e textquotedbl out |
		    wc -l)" -ge 4 ]
		[ "$(grep -o '[“”]' out | wc -l)" -eq 4 ]
	done
	reat-heatmap -t tsv scores | cmp - scores
	# from a trace, too; without remarks they are straight
	echo '"A “good” film", he said' | reat-tokenize | reat-trace -m "$model" |
	    reat-score -l word,sentence | cmp - scores
	sed 's/quotes=[^|]*//' scores | reat-heatmap | no grep '[“”]'
}

@test "a probability that is explained has this name" {
	echo 'a slow film' | reat-tokenize >tok
	model=$ROOT/tests/contract/model
	reat-lime -n 50 -m "$model" tok >lime
	for explain in 'reat-grad -a ig -y' 'reat-grad -a skip -y' \
	    'reat-occlude -y' 'reat-lime -n 50'; do
		$explain -m "$model" tok >scores
		[ "$(tail -n 1 scores | cut -f 3)" = probability ]
		for t in ansi html svg latex; do
			reat-heatmap -t $t scores >out
			grep -q 'probability' out
			no grep -q logit out
		done
		reat-heatmap -t tsv scores | cmp - scores
	done
	# no layer has this name, and the row is the last of its run
	sed 's/$/|probability=B-X/' tok >layer
	try reat-score -m "$model" -l probability tok
	[ "$status" -eq 2 ]
	{ sed '$d' lime; sed -n '$p' lime; sed -n '$s/probability/logit/p' lime; } |
	    rejects "$(($(wc -l <lime) + 1))" 'after its logit row'
}

# marked DOC CLASS PROB REMARK: a word, and the sums with a remark
marked() {
	row "$1" "$2" word 1 1 "$3" 1 "word of $1"
	row "$1" "$2" text _ _ "$3" 1 _
	row "$1" "$2" bias _ _ "$3" 0 _
	row "$1" "$2" logit _ _ "$3" 1 "$4"
}

@test "-c draws a class, all classes, or the predicted class of a document" {
	heads() { reat-heatmap "$@" | grep -E '^[^ ]'; }
	f=$G/three.score
	[ "$(heads "$f" | wc -l)" -eq 3 ]
	diff <(heads "$f") <(heads -c all "$f")
	[ "$(heads -c numeric "$f")" = "trec-7  numeric 0.9012  trec-lstm  reat" ]
	diff <(heads -c numeric "$f") <(heads -c predicted "$f")
	try reat-heatmap -c gold "$f"
	[ "$status" -eq 1 ] && [ -z "$output" ]
	[[ $stderr == *"no class of the input is the label of its text" ]]
	[ "$(heads -c gold "$G/marks.score")" = "wrong  negative 0.2500  \
predicted positive 0.7500, wrong: label negative
sst2-gru  reat
right  positive 0.9000  predicted, right  sst2-gru  reat" ]
	# a label that is no class of the model, and one that is: of this run
	{
		marked a pos 0.9 'predicted=pos|label=spam'
		marked a neg 0.1 'predicted=pos|predicted_p=0.9|label=spam'
		marked b neg 0.1 'predicted=pos|predicted_p=0.9|label=neg'
	} >in
	[ "$(heads in)" = "a  pos 0.9000  \
predicted, label spam (not a class of the model)  m  reat
a  neg 0.1000  predicted pos 0.9000, label spam (not a class of the model)  m
reat
b  neg 0.1000  predicted pos 0.9000, wrong: label neg  m  reat" ]
	try reat-heatmap -c nummeric "$f"
	[ "$status" -eq 1 ] && [ -z "$output" ]
	[ "$stderr" = 'reat-heatmap: option -c: class nummeric is nowhere in the input' ]
	# for each document, model and method; of equals the first
	{ good a x 0.5; good a y 0.5; good b x 0.1; good b y 0.9; } >in
	[ "$(heads -c predicted in)" = "a  x 0.5000  m  reat
b  y 0.9000  m  reat" ]
	{ good a x 0.2; good a y 0.8; } >one
	sed 's/reat/naive/' one >two
	[ "$(heads -c predicted one two)" = "a  y 0.8000  m  reat
a  y 0.8000  m  naive" ]
}

@test "-l chooses levels and their order" {
	labels() { reat-heatmap "$@" | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' | paste -sd' '; }
	f=$G/but.score
	[ "$(labels "$f")" = 'word phrase clause sums scale scale' ]
	[ "$(labels -l clause,word "$f")" = 'clause word sums scale scale' ]
	# a level that occurs nowhere is an error, as in the other programs
	try reat-heatmap -l clause,wrod "$f"
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-heatmap: option -l: level wrod is nowhere in the input' ]
	[ "$(labels -l clause,wrod "$f" 2>/dev/null)" = 'clause sums scale' ]
	reat-heatmap -l wrod </dev/null
	for l in '' 'word,,' word,word logit bias,word; do
		try reat-heatmap -l "$l" "$f"
		[ "$status" -eq 2 ]
	done
	reat-heatmap -t tsv -l phrase "$f" >got
	diff got <(grep -v -e "${TAB}word$TAB" -e "${TAB}clause$TAB" "$f")
}

@test "levels have an order; one that repeats another is left out, but not with -A" {
	labels() { reat-heatmap "$@" | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' | paste -sd' '; }
	{
		row a x own 1 3 0.5 2 'a b c'
		row a x sentence 1 3 0.5 5 'a b c'
		row a x word 1 1 0.5 1 a; row a x word 2 2 0.5 2 b
		row a x word 3 3 0.5 2 c
		row a x clause 1 3 0.5 5 'a b c'
		row a x phrase 1 1 0.5 1 a; row a x phrase 2 2 0.5 2 b
		row a x phrase 3 3 0.5 2 c
		sums a x 0.5
	} >in
	[ "$(labels in)" = 'word clause own sums same scale scale' ]
	for t in ansi html svg latex; do
		reat-heatmap -t $t in | sed 's|\\/||g' >out
		grep -q 'phrase = word, sentence = clause' out
		reat-heatmap -A -t $t in >out
		no grep -q '= word' out
	done
	[ "$(labels -A in)" = 'word phrase clause sentence own sums scale scale' ]
	[ "$(labels -l sentence,phrase,word in)" = 'sentence phrase word sums scale scale' ]
	# another score, or another span, is no repetition
	sed '/phrase.1.1/s/\t1\ta/\t1.5\ta/' in >out
	[ "$(labels out)" = 'word phrase clause own sums same scale scale' ]
	reat-heatmap -t tsv in | tail -n +2 | cmp - in
}

@test "words have a scale of their own; -M one and -M NUMBER give one to all" {
	f=$G/but.score
	reat-heatmap "$f" | grep scale | tr -s ' ' | diff - <(printf ' scale %s\n' \
		'word: against -2.49 to +2.49 for' \
		'others: against -3.65 to +3.65 for')
	# the strongest word has full colour
	as ansi24 "$f" | grep -q '48;2;14;74;130m tedious'
	as ansi24 -M one "$f" | sed -n '/word/,/phrase/p' |
		no grep -q '48;2;14;74;130m tedious'
	[ "$(reat-heatmap -M one "$f" | grep -c scale)" -eq 1 ]
	reat-heatmap -M 4 "$f" | grep -q 'scale .* against -4.00 to +4.00 for'
	for t in html svg latex; do
		reat-heatmap -t $t "$f" | grep -E '(, |[>{])word:' |
			grep -cE '[−$-]*2.49' | grep -qx 1 ||
			[ $t = svg ]
	done
	# a level alone has no other
	[ "$(reat-heatmap -l word "$f" | grep -c 'scale .* against')" -eq 1 ]
	reat-heatmap -l word "$f" | no grep -q word:
	# scores have the decimals of their scale, with -M those of every picture
	{ row a x word 1 1 0.5 0.0123 w; row a x clause 1 1 0.5 12.3 w
	    sums a x 0.5; } >in
	reat-heatmap in | grep -cE '^ +[+](0.0123|12.3)$' | grep -qx 2
	reat-heatmap -M 5 in | grep -cE '^ +[+](0.01|12.30)$' | grep -qx 2
}

@test "-N: numbers beside colours, by default if the picture fits on the screen" {
	f=$G/but.score
	clean() { sed "s/${ESC}\[[0-9;]*m//g"; }
	as ansi24 -N always "$f" | clean >with
	as ansi24 -N never "$f" | clean >without
	[ "$(grep -c '^ *[+-][0-9]' with)" -eq 6 ]
	no grep -q '^ *[+-][0-9]' without
	[ "$(wc -l <with)" -eq 18 ]
	LINES=18 as ansi24 "$f" | clean | cmp - with
	LINES=17 as ansi24 "$f" | clean | cmp - without
	as ansi24 "$f" | clean | cmp - with
	# each number of the picture without colours, below the same word
	for w in 11 20 30 47 80; do
		reat-heatmap -w $w "$f" | grep -oE '[+-]?[0-9]+\.[0-9]+' |
			sort >plain
		as ansi24 -N always -w $w "$f" | clean |
			grep -oE '[+-]?[0-9]+\.[0-9]+' | sort | cmp - plain
	done
	as ansi24 -N always -w 60 "$G/long.score" | clean |
		grep -oE '[+-][0-9]+\.[0-9]+' | sort >colour
	reat-heatmap -w 60 "$G/long.score" |
		grep -oE '[+-][0-9]+\.[0-9]+' | sort | cmp - colour
	awk 'function at(s, re) { return match(s, re) ? RSTART : 0 }
		/ word .*tedious/ { word = at($0, "tedious"); getline
		    found = at($0, "[+]2[.]49") == word } END { exit !found }' with
	try reat-heatmap -N sometimes "$f"
	[ "$status" -eq 2 ]
	[[ $stderr == *'option -N: "sometimes", expected auto, always or never'* ]]
}

@test "pages of several texts have a table, with anchors" {
	{
		marked a pos 0.9 'predicted=pos|label=pos'
		marked b neg 0.3 'predicted=pos|predicted_p=0.7|label=neg'
		marked 'c<d' neg 0.6 _
		marked e pos 0.8 'predicted=pos|label=spam'
	} >in
	reat-heatmap -t html in >page
	awk -f "$ROOT/tests/markup.awk" page
	grep '^<tr><td>' page | sed 's/<[^>]*>/|/g; s/||*/|/g' >table
	diff table - <<-'END'
	|a|pos|0.9000|pos|right|word of a|
	|b|pos|0.7000|neg|wrong|word of b|
	|c&lt;d|neg|0.6000|word of c&lt;d|
	|e|pos|0.8000|spam|not a class|word of e|
	END
	# after the last text, and each link has its text
	[ "$(grep -nE '^(<.article|<nav)' page | sed -n '5s/.*:\(<nav\).*/\1/p')" = '<nav' ]
	for i in 1 2 3 4; do
		grep -q "<a href=\"#t$i\"" page
		[ "$(grep -c "<article id=\"t$i\"" page)" -eq 1 ]
	done
	grep -q '<nav id="index"' page
	# without labels there are no such columns; one text has no table
	reat-heatmap -t html "$G/but.score" "$G/three.score" |
		grep -q '<table class="nolabel">'
	reat-heatmap -t html "$G/but.score" | no grep '<nav\|href="#index'
	# of several classes, the most probable one
	{ good a x 0.2; good a y 0.7; good a z 0.1; good b; } |
		reat-heatmap -t html | grep -q '^<tr>.*<td>y</td>.*>0.7000<'
	# the exact score under the mouse
	row a x word 1 1 0.5 0.12345678 w | { cat; sums a x 0.5; } |
		reat-heatmap -t html | grep -q '<li class="f16" title="0.12345678">'
}

@test "-S: the order of the texts of a page" {
	{
		marked sure-right pos 0.9 'predicted=pos|label=pos'
		marked sure-wrong pos 0.8 'predicted=pos|label_p=0.2|label=neg'
		marked none neg 0.95 'predicted=neg'
		marked weak-wrong neg 0.6 'predicted=neg|label_p=0.3|label=pos'
		marked weak-right pos 0.55 'predicted=pos|label=pos'
		marked no-class pos 0.7 'predicted=pos|label=spam'
	} >in
	while read -r order docs; do
		reat-heatmap -t html -S "$order" in >page
		awk -f "$ROOT/tests/markup.awk" page
		for tag in 'h2' 'tr><td'; do
			[ "$(sed -n "s|^<$tag><a [^>]*><bdi>\([^<]*\)<.*|\1|p" page |
			    xargs)" = "$docs" ]
		done
		[ "$(grep -nE '^(<nav|<article)' page | head -n 1 | cut -d : -f 2 |
		    cut -c 1-4)" = '<nav' ]
	done <<-'END'
	order sure-right sure-wrong none weak-wrong weak-right no-class
	confidence none sure-right sure-wrong no-class weak-wrong weak-right
	error sure-wrong weak-wrong weak-right sure-right none no-class
	loss sure-wrong weak-wrong weak-right sure-right none no-class
	END
	# the same articles
	reat-heatmap -t html in | sed -n '/^<article/,/^<.article/p' >a
	reat-heatmap -t html -S order in | sed -n '/^<article/,/^<.article/p' |
		cmp - <(sed '/^<p class="to"/d' a)
	# nothing is left behind, and no folder is an error
	mkdir there
	TMPDIR=$PWD/there reat-heatmap -t html -S loss in >page
	[ -z "$(ls there)" ]
	TMPDIR=/no/such try reat-heatmap -t html -S loss in
	[ "$status" -eq 2 ]
	TMPDIR=/no/such reat-heatmap -t html in >page
	# no labels, another format, no such order, no text
	try reat-heatmap -t html -S loss "$G/three.score"
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-heatmap: option -S loss: no text of the input has a label' ]
	try reat-heatmap -S loss in
	[ "$status" -eq 2 ]
	[[ $stderr == 'reat-heatmap: option -S works only with -t html'* ]]
	try reat-heatmap -t html -S los in
	[ "$status" -eq 2 ]
	[[ $stderr == *'"los", expected order, confidence, error or loss; the nearest is loss'* ]]
	[ "$(reat-heatmap -S list | wc -l)" -eq 4 ]
	reat-heatmap -t html -S error </dev/null | awk -f "$ROOT/tests/markup.awk"
}

@test "the table of a page is not kept in memory" {
	need_ulimit
	awk 'BEGIN { for (i = 1; i < 200000; i++)
	    print i "\tx\tlogit\t_\t_\tm\treat\t_\t0.5\t1\t_" }' >many
	mkdir there
	(ulimit -v 100000; TMPDIR=$PWD/there reat-heatmap -t html many) >page
	[ "$(grep -c '^<tr>' page)" -eq 199999 ]
	[ -z "$(ls there)" ]
	(ulimit -v 100000; reat-heatmap -t html -S order many) >page
	[ "$(grep -c '^<tr>' page)" -eq 199999 ]
}

# zeros FROM TO: rows of words without a score
zeros() {
	for i in $(seq "$1" "$2"); do
		row a x word "$i" "$i" 0.5 0.001 "w$i"
	done
}

@test "HTML: long stretches of words without a score are folded" {
	{
		row a x word 1 1 0.5 2 w1
		zeros 2 30
		row a x word 31 31 0.5 -1 w31
		zeros 32 50
		row a x clause 1 10 0.5 1 "$(seq -f w%g 1 10 | xargs)"
		row a x clause 11 15 0.5 0.5 "$(seq -f w%g 11 15 | xargs)"
		row a x clause 16 50 0.5 -1 "$(seq -f w%g 16 50 | xargs)"
		sums a x 0.5
	} >in
	# words 2 to 10 and 12 to 30 are too few: the clause 11 to 15 has a score
	reat-heatmap -t html in | no grep 'class="unfold"'
	sed '/clause.11/d' in >more.rows
	reat-heatmap -t html more.rows >page
	awk -f "$ROOT/tests/markup.awk" page
	grep -q 'show 29 words without a score' page
	[ "$(grep -o '<i class="n w[0-9]*">…29<' page | wc -l)" -eq 1 ]
	# every word is there
	[ "$(grep -o '>w[0-9]*</i>' page | sort -u | wc -l)" -eq 50 ]
	# the first word shows the stretch, the others are hidden
	[ "$(grep -c '<li class="z f"' page)" -eq 28 ]
	# no words, nothing to fold; nor in a shorter text
	reat-heatmap -t html -l clause more.rows | no grep 'class="unfold"'
	reat-heatmap -t html "$G"/*.score | no grep 'class="unfold"'
}

# nodes: print level, tag, score and words of the nodes of a tree
nodes() {
	sed -n 's/.*role="listitem" aria-level="\([0-9]*\)".* aria-label="\(.*\)">$/\1 \2/p'
}

@test "-T: the tree of the layers of reat-tree, with all nodes and words" {
	echo '(S (NP (DT The) (NN end)) (VP (VBZ is) (ADJP (JJ slow))))' >trees
	echo 'The end is slow' | reat-tokenize >tok
	reat-tree -B trees tok | reat-score -m sst2-gru >scores
	for t in svg html; do
		reat-heatmap -T -t $t scores | nodes >out
		[ "$(sed 's/ [^ ]*[0-9]\.[0-9]*:/:/' out)" = '1 S: The end is slow
2 NP: The end
3: The
3: end
2 VP: is slow
3: is
3 ADJP: slow
4: slow' ]
		# with the scores of the terminal
		COLUMNS=200 reat-heatmap scores | tr -s ' ' '\n' |
			sed 's/-/−/' >words
		sed 's/^[^:]* \([^ ]*\):.*/\1/' out | grep -vxFf words && false
	done
	# without colours and on the terminal, and as rows, it draws levels
	for t in ansi tsv; do
		reat-heatmap -t $t scores >a
		reat-heatmap -T -t $t scores | cmp a -
	done
}

@test "-T: levels of other names, words without a score, and several roots" {
	tok x A slow film but fun See it | awk -F '\t' -v OFS='\t' '
		BEGIN {
			split("BIIIIBI", s, "")
			split("BIIBIBI", c, "")
			split("OOBOOOO", p, "")
		}
		NF == 10 { $10 = "sentence=" s[$1] "-S|clause=" c[$1] "-C" \
			"|phrase=" p[$1] ($1 == 3 ? "-NP" : "") }
		{ print }' | reat-score -m sst2-gru >scores
	# no level has a number: all levels
	reat-heatmap -T -t svg scores | nodes | grep -c '^1 S ' | grep -qx 2
	# of the levels of a choice, the first is outermost
	reat-heatmap -T -t svg -l sentence,clause,phrase,word scores | nodes \
		>out
	[ "$(cut -d ' ' -f 1,2 out | sed 's/ [^A-Z].*//' | xargs)" = \
		'1 S 2 C 3 3 3 NP 4 2 C 3 3 1 S 2 C 3 3' ]
	reat-heatmap -T -t svg -l phrase scores | nodes >out
	grep -q '^1 .*: slow' out
	grep -q '^2 film' out
	reat-heatmap -T -t svg -l clause scores | grep -q 'class="gap"'
}

@test "-T: spans that cross, and levels with other words, are no tree" {
	header=$(head -n 1 "$G/tree.score")
	row() {
		printf 'd\tc\t%s\t%s\t%s\tm\tr\t%s\t0.5\t1\t%s\n' "$@"
	}
	{
		echo "$header"
		row word 1 1 _ a
		row word 2 2 _ b
		row word 3 3 _ c
		row x1 1 2 X 'a b'
		row x1 3 3 _ c
		row x2 1 1 _ a
		row x2 2 3 Y 'b c'
		row logit _ _ _ _
	} >cross
	for t in svg html latex; do
		run --separate-stderr reat-heatmap -T -t $t cross
		[ "$status" -eq 1 ]
		[ "$stderr" = 'reat-heatmap: cross:8: no tree: the words 2 to 3 of level x2 overlap with 1 to 2 of level x1; choose levels with -l' ]
	done
	# the other pictures are drawn
	run --separate-stderr reat-heatmap -k -T -t svg cross "$G/tree.score"
	[ "$status" -eq 1 ]
	[ "$(grep -c '<path' <<<"$output")" -eq 5 ]
	reat-heatmap -T -t svg -l x2,word cross | nodes | grep -q '^1 Y '
	# a level may lack words that the level "word" has
	sed '/x1.3/d;/x2/d' cross >lacks
	[ "$(reat-heatmap -T -t svg lacks | nodes | wc -l)" -eq 4 ]
	while IFS='|' read -r edit message; do
		sed "$edit" lacks >bad
		run --separate-stderr reat-heatmap -T -t svg bad
		[ "$status" -eq 1 ]
		[ "$stderr" = "reat-heatmap: bad:$message" ]
	done <<-'EOF'
	/word.2/d|2: no tree: words are missing, or a word has a blank
	/word.3/d;s/x1.1.2/x1	1	3/|4: no tree: word 3 of level x1, but there are 2 words
	/word/d;s/x1.1.2/x1	2	3/|2: no tree: the levels do not all have the same words, or a word has a blank
	EOF
	# only sums
	grep -E '^doc|logit' cross | reat-heatmap -T -t svg
}

@test "-T: pages are well-formed, load nothing, and LaTeX compiles" {
	for how in html svg; do
		reat-heatmap -T -t $how "$G"/tree.score >page
		awk -f "$ROOT/tests/markup.awk" page
		sed '/^<script>$/,/^<.script>$/d' page |
			no grep -E '<(script|link|img|image|use|iframe)|url\(|@import' ||
			[ $how = svg ]
	done
	reat-heatmap -T -t latex "$G"/tree.score >page.tex
	tried=
	for engine in $(latexes); do
		tried=$engine
		timeout 120 $engine -interaction=nonstopmode page.tex >log ||
			{ cat log; false; }
		no grep -E '^(Overfull|!)' log
	done
	[ -n "$tried" ] || skip "no LaTeX"
}

@test "-T: boxes of a row do not touch, and a box is over its words" {
	long 40 | sed 's/\tw/\tword/' >tok
	awk -F '\t' -v OFS='\t' 'NF == 10 { $7 = int($1 / 2); $8 = "r" } 1' tok |
		sort -t "$TAB" -s -k 1,1n >/dev/null
	{
		printf '('
		printf 'S '
		for i in $(seq 20); do
			printf '(A%s (Bx %s) %s ' "$i" \
				"$(sed -n "$((2 * i))p" tok | cut -f 2)" \
				"$(sed -n "$((2 * i + 1))p" tok | cut -f 2)"
		done
		for _ in $(seq 21); do printf ')'; done
		echo
	} >trees
	reat-tree -u -B trees tok | reat-score -m sst2-gru |
		reat-heatmap -T -t svg | sed -n \
		's/<rect x="\([^"]*\)" y="\([^"]*\)" width="\([^"]*\)" height="38".*/\2 \1 \3/p' |
		sort -n -k 1,1 -k 2,2 >boxes
	[ "$(wc -l <boxes)" -eq 81 ]
	awk '$1 == y && $2 < end + 7.9 { exit 1 } { y = $1; end = $2 + $3 }' boxes
}

@test "-T: a tree of many words takes seconds" {
	long 20000 | awk -F '\t' -v OFS='\t' '
		NF == 10 { $7 = $1 > 1 ? int($1 / 2) : 0; $8 = "r" } 1' >tok
	awk -F '\t' 'NF == 10 { print $2 }' tok | awk '
		{ w[NR] = $0 }
		function show(a, b,  m) {
			if (a == b) { printf "%s ", w[a]; return }
			m = int((a + b) / 2)
			printf "(X "; show(a, m); show(m + 1, b); printf ")"
		}
		END { show(1, NR); print "" }' >trees
	reat-tree -B trees tok | reat-score -m "$ROOT/tests/contract/model" |
		timeout 30 reat-heatmap -T -t svg >out
	[ "$(grep -c listitem out)" -eq 39999 ]
}

@test "-M sets the score of full colour" {
	reat-heatmap -M 10 "$G/but.score" | grep -q 'against -10.00 to +10.00 for'
	as ansi24 -M 1e9 -l word "$G/but.score" | sed '/scale/d' >got
	[ "$(grep -o '48;2;[0-9;]*m' got | sort -u | wc -l)" -eq 1 ]
	# scores above the scale have full colour
	as ansi24 -M 0.001 -l word "$G/but.score" | sed '/scale/d' >got
	[ "$(grep -o '48;2;[0-9;]*m' got | sort -u | wc -l)" -eq 2 ]
	for x in 0 -1 nan inf two ''; do
		try reat-heatmap -M "$x" "$G/but.score"
		[ "$status" -eq 2 ]
	done
}

@test "-t list, unknown formats, and rows of -t tsv that can be read again" {
	try reat-heatmap -t list
	[ "$status" -eq 0 ]
	[[ $output == ansi* && $output == *tsv* ]]
	try reat-heatmap -t jpeg "$G/but.score"
	[ "$status" -eq 2 ]
	[[ $stderr == *jpeg*"expected ansi, html, latex, svg or tsv"* ]]
	reat-heatmap -t tsv "$G/classes.score" >once
	diff "$G/classes.score" once
	diff once <(reat-heatmap -t tsv once)
	diff once <(reat-heatmap -t tsv -r nowhere once)	# it needs no palette
	diff <(tail -n +2 once) <(reat-heatmap -H -t tsv once)
	reat-heatmap -t tsv -c predicted "$G/three.score" >got
	diff got <(grep -e "^doc$TAB" -e "${TAB}numeric$TAB" "$G/three.score")
}

@test "spans in any order, headers between rows, empty lines and CRLF" {
	sum='text|bias|logit'
	{ tail -n +2 "$G/but.score" | grep -Ev "$TAB($sum)$TAB" | sort -t "$TAB" -k 3,3r -k 10,10g
	    grep -E "$TAB($sum)$TAB" "$G/but.score"; } >sorted
	diff <(reat-heatmap -l word,phrase,clause sorted) "$G/but.plain"
	cat "$G/but.score" "$G/but.score" "$G/three.score" >twice
	[ "$(reat-heatmap twice | grep -c '^[^ ]')" -eq 5 ]
	cat "$G/three.score" "$G/but.score" >joined
	diff <(reat-heatmap "$G/three.score" "$G/but.score") <(reat-heatmap joined)
	sed 's/$/\r/' joined >crlf
	diff <(reat-heatmap joined) <(reat-heatmap crlf)
	sed 's/$/\n/' joined >loose
	diff <(reat-heatmap joined) <(reat-heatmap loose)
}

# rejects LINE PATTERN: check that the standard input is refused at this line,
# with a message that matches
rejects() {
	cat >bad
	try reat-heatmap bad
	[ "$status" -eq 1 ] || { echo "status $status"; return 1; }
	[[ $stderr == "reat-heatmap: bad:$1: "*$2* ]] || { echo "$stderr"; return 1; }
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
}

@test "bad rows are errors with their place" {
	row a x word 1 1 0.5 nan w | rejects 1 'score "nan"'
	row a x word 1 1 0.5 inf w | rejects 1 'score "inf"'
	row a x word 1 1 0.5 1e39 w | rejects 1 'score "1e39"'
	row a x word 1 1 0.5 0x1 w | rejects 1 'score "0x1"'
	row a x word 1 1 0.5 '' w | rejects 1 'score ""'
	row a x word 1 1 1.5 1 w | rejects 1 'prob "1.5"'
	row a x word 1 1 -0.1 1 w | rejects 1 'prob "-0.1"'
	row a x word 0 1 0.5 1 w | rejects 1 'first "0"'
	row a x word 2 1 0.5 1 w | rejects 1 'words 2 to 1 are not in order'
	row a x word 1 _ 0.5 1 w | rejects 1 'only one of first and last is _'
	row a x word 1 99999999999999999999 0.5 1 w | rejects 1 'last "9'
	row a x word _ _ 0.5 1 w | rejects 1 'expected word ids'
	row a x logit 1 1 0.5 1 w | rejects 1 'expected _'
	row '' x word 1 1 0.5 1 w | rejects 1 'column doc is empty'
	row a '' word 1 1 0.5 1 w | rejects 1 'column class is empty'
	row a x '' 1 1 0.5 1 w | rejects 1 'column level is empty'
	printf 'a\tb\n' | rejects 1 '2 columns, expected 11'
	row a x word 1 1 0.5 1 "w${TAB}w" | rejects 1 '12 columns, expected 11'
	{ row a x word 1 1 0.5 1 w; row a x word 2 2 0.6 1 w; } |
	    rejects 2 'prob 0.6, expected 0.5'
	{ row a x word 1 2 0.5 1 w; row a x word 2 2 0.5 1 w; sums a x 0.5; } |
	    rejects 2 'word 2 to 2 overlaps 1 to 2'
	{ row a x word 1 1 0.5 1 w; row a x word 1 1 0.5 1 w; } |
	    rejects 2 'overlaps'
	{ row a x span 1 2 0.5 1 'w w'; row a x span 1 3 0.5 1 'w w w'
	    row a x span 1 2 0.5 1 'w w'; } | rejects 3 'span 1 to 2 occurs twice'
	row a x span _ _ 0.5 1 w | rejects 1 'level span without words'
	{ row a x text _ _ 0.5 1 w; row a x text _ _ 0.5 1 w; } |
	    rejects 2 'second row of level text'
	{ good a; row a pos word 2 2 0.5 1 w; } |
	    rejects 5 'a row of a, class pos, after its logit row'
	{ good a; good a; } | rejects 5 'a row of a, class pos, after its logit'
	{ for i in $(seq 65); do row a x "l$i" 1 1 0.5 1 w; done
	    sums a x 0.5; } | rejects 65 'too many levels, the limit is 64'
	{ for i in $(seq 65); do row a x span 1 "$i" 0.5 1 w; done
	    sums a x 0.5; } | rejects 1 'too many spans overlap, the limit is 64'
	{ good a; printf 'x\0y\n'; } | rejects 5 'NUL'
}

@test "the pictures before a bad row are drawn" {
	good a >in
	reat-heatmap in >expected
	{ cat in; row b x word 1 1 0.5 nan w; good c; } >bad
	try reat-heatmap bad
	[ "$status" -eq 1 ]
	diff expected - <<<"$output"
	{ cat in; row b x word 1 1 0.5 1 w; row b x word 2 2 0.5 nan w; } >bad
	try reat-heatmap -c predicted bad
	[ "$status" -eq 1 ]
	diff expected - <<<"$output"
}

@test "-k drops the picture of a bad row, and no other" {
	{ good a; good c; } >in
	reat-heatmap in >expected
	drops() {
		cat >bad
		try reat-heatmap -k "$@" bad
		[ "$status" -eq 1 ]
		diff expected - <<<"$output"
	}
	{ good a; row b x word 1 1 0.5 nan w; good b x; good c; } | drops
	{ good a; good b x | sed '2s/reat/reat\tmore/'; good c; } | drops
	{ good a; good b x | sed '2s/.*/garbage/'; good c; } | drops
	{ good a; good b x | sed '1s/.*/garbage/'; good c; } | drops
	{ good a; good b x | sed '2s/^/\xff/'; good c; } | drops
	{ good a; good b x | sed '1p'; good c; } | drops
	{ good a; row b x word 1 1 0.5 1 w; row b x word 1 1 0.5 1 w; good c; } |
	    drops
	{ good a; good b x | sed 's/\treat\t/\tnaive\t/; 1s/fine/x\ty/'
	    good c; } | drops
	# a row after the logit row does not change a picture drawn before
	{ good a; good a | head -n 1; good c; } | drops
	# a line of an unknown document belongs to the one before it if that
	# cannot end there, otherwise to the next one
	{ good a; good b x | sed '4s/.*/garbage/'; good c; } | drops
	{ good a; good c; echo garbage; } | drops
	{ good a; echo garbage; good b x; good c; } | drops
	{ good a; echo garbage; good b x; good c; } | drops -c predicted
	{ good a; good b x 0.4; good b y 0.5 | sed '1s/.*/garbage/'; good c; } |
	    drops -c predicted
	# if a class is bad, the predicted class of the document is unknown
	{ good a; good b x 0.1; good b y 0.9 | sed '1s/fine/x\ty/'; good c; } |
	    drops -c predicted
	{ good a; good b y 0.9 | sed '1s/fine/x\ty/'; good b x 0.1; good c; } |
	    drops -c predicted
}

@test "a picture is drawn after its last row" {
	mkfifo fifo
	reat-heatmap <fifo >got &
	pid=$!
	exec 9>fifo
	good a >&9
	good b x | head -n 3 >&9
	for _ in $(seq 200); do
		[ ! -s got ] || break
		sleep 0.02
	done
	good a | reat-heatmap | diff - got
	good b x | tail -n 1 >&9
	exec 9>&-
	wait "$pid"
	grep -q '^b ' got
}

@test "missing sums, missing words, only sums" {
	{ row a x word 3 3 0.5 1 w; row a x logit _ _ 0.5 1 _; } |
	    reat-heatmap >got
	diff got - <<-END
	a  x 0.5000  m  reat
	  word   ...  w
	              +1.00
	  sums   logit +1.00
	  scale  against -1.00 to +1.00 for
	END
	sums a x 0.5 | reat-heatmap >got
	diff got - <<-END
	a  x 0.5000  m  reat
	  sums   text 0.00  bias 0.00  logit 0.00
	END
	# a method that does not add up has a rest
	{ row a x word 1 1 0.5 1 w; row a x text _ _ 0.5 1 w
	    row a x bias _ _ 0.5 0.5 ''; row a x logit _ _ 0.5 2 ''; } |
	    reat-heatmap | grep -q 'logit +2.00  rest +0.50$'
	{ row a x word 1 1 0.5 -0 w; sums a x 0.5; } |
	    reat-heatmap | grep -qx '         0.00'
}

@test "a stream that was cut is an error, and the cut picture is not drawn" {
	good a >in
	reat-heatmap in >expected
	for n in 1 2 3; do
		{ cat in; good b x | head -n "$n"; } >broken
		try reat-heatmap broken
		[ "$status" -eq 1 ]
		[[ $stderr == "reat-heatmap: broken:$((4 + n)): "*'rows of b, class x, end here'*'logit row' ]]
		diff expected - <<<"$output"
		for c in predicted all x; do
			try reat-heatmap -c "$c" broken
			[ "$status" -eq 1 ]
		done
		# also cut in the middle: before another document or a header
		# line
		{ good b x | head -n "$n"; cat in; } >broken
		try reat-heatmap -k broken
		[ "$status" -eq 1 ]
		diff expected - <<<"$output"
		{ good b x | head -n "$n"; head -n 1 "$G/but.score"; cat in; } >broken
		try reat-heatmap -k broken
		[ "$status" -eq 1 ]
		diff expected - <<<"$output"
	done
}

@test "a cut document gives one message, whatever follows" {
	{ good a; good b | sed '$d'; good c; good d; } >broken
	for t in ansi html svg latex tsv; do
		for c in all predicted; do
			try reat-heatmap -t $t -c $c broken
			[ "$status" -eq 1 ]
			[ "$stderr" = 'reat-heatmap: broken:7: the rows of b, class pos, end here without their logit row' ]
			# no picture after it is drawn
			diff <(good a | reat-heatmap -t $t -c $c) - <<<"$output"
			{ good a; good b | sed '$d'; good c | tail -n 1; } >only
			try reat-heatmap -t $t -c $c only
			diff <(good a | reat-heatmap -t $t -c $c) - <<<"$output"
			try reat-heatmap -k -t $t -c $c broken
			[ "$status" -eq 1 ]
			[ "${#stderr_lines[@]}" -eq 1 ]
			diff <({ good a; good c; good d; } |
			    reat-heatmap -t $t -c $c) - <<<"$output"
		done
	done
}

@test "-c predicted draws when the next document begins" {
	mkfifo fifo
	reat-heatmap -c predicted <fifo >got &
	pid=$!
	exec 9>fifo
	{ good a x 0.3; good a y 0.4; good a z 0.3; good b | head -n 1; } >&9
	for _ in $(seq 200); do
		[ ! -s got ] || break
		sleep 0.02
	done
	good a y 0.4 | reat-heatmap | diff - got
	good b | tail -n 3 >&9
	exec 9>&-
	wait "$pid"
	diff <({ good a y 0.4; good b; } | reat-heatmap) got
	# for every order of classes and methods
	{ good a x 0.2; good a y 0.8; good a z 0; } >classes
	for method in naive reat; do
		sed "s/reat/$method/" classes
	done | sort -s -t "$TAB" -k 2,2 >mixed
	[ "$(reat-heatmap -c predicted mixed | grep '^a')" = "a  y 0.8000  m  naive
a  y 0.8000  m  reat" ]
	# the rows of a class must be contiguous
	{ good a x; good a y; good a x; } >bad
	try reat-heatmap -c predicted bad
	[ "$status" -eq 1 ]
	[[ $stderr == 'reat-heatmap: bad:9: a, class x: more rows of this class, '* ]]
}

@test "more than 64 MiB of rows of a document are an error" {
	awk 'BEGIN { for (i = 1; i < 350000; i++)
	    print "a\tx\tword\t" i "\t" i "\tm\treat\t_\t0.5\t1\tword" }' >big
	try reat-heatmap big
	[ "$status" -eq 1 ]
	[[ $stderr == *': too many rows of document a, the limit is 64 MiB' ]]
	{ cat big; good b; } | {
		try reat-heatmap -k
		[ "$status" -eq 1 ]
		[ "$(wc -l <<<"$stderr")" -eq 1 ]
		diff <(good b | reat-heatmap) - <<<"$output"
	}
}

@test "the time grows with the text, not with its square" {
	# 300,000 letters in a word and in column doc, 150,000 words in a span
	d=$(printf '%0300000d' 0)
	{ row a x word 1 1 0.5 1 "$d"; sums a x 0.5; } >word
	good "$d" >doc
	many=$(yes fun | head -n 150000 | paste -sd' ')
	{ row a x clause 1 150000 0.5 1 "$many"; sums a x 0.5; } >span
	for f in word doc span; do
		for c in never always; do
			TERM=xterm timeout 10 reat-heatmap -C "$c" "$f" >"$f.$c"
			[ "$(wc -c <"$f.$c")" -gt 300000 ]
		done
		for t in html svg latex; do
			timeout 10 reat-heatmap -t $t "$f" >"$f.$t"
			[ "$(wc -c <"$f.$t")" -gt 300000 ]
		done
	done
}

@test "palettes: names, paths, the dark palette, bad palettes" {
	f=$G/but.score
	for p in "$ROOT"/share/palettes/*.yaml; do
		name=${p##*/}
		diff <(as ansi24 -r "${name%.yaml}" "$f") <(as ansi24 -r "$p" "$f")
	done
	diff <(as ansi24 "$f") <(as ansi24 -r blue-orange "$f")
	diff <(COLORFGBG='15;default;0' as ansi24 "$f") \
	    <(as ansi24 -r blue-orange-dark "$f")
	diff <(COLORFGBG='0;15' as ansi24 "$f") <(as ansi24 -r blue-orange "$f")
	try reat-heatmap -r nowhere "$f"
	[ "$status" -eq 2 ]
	[[ $stderr == *'nowhere: no such palette'* ]]
	good=$ROOT/share/palettes/paper.yaml
	wrong() {
		sed "$1" "$good" >bad.yaml
		no cmp -s "$good" bad.yaml
		try reat-heatmap -r ./bad.yaml "$f"
		[ "$status" -eq 1 ]
		[[ $stderr == 'reat-heatmap: ./bad.yaml'*"$2"* ]]
	}
	wrong '/^neutral/d' 'no key "neutral"'
	wrong '/^16 for/d' '16 for: expected a list'
	wrong "s/^for: .*/for: []/" 'for: expected a list'
	wrong "s/^for: .*/for: blue/" 'for: expected a list'
	wrong "s/'#f7f7f5'/'#f7f7f'/" 'expected a colour, such as'
	wrong "s/'#f7f7f5'/'#f7f7fg'/" 'expected a colour, such as'
	wrong "s/'#f7f7f5'/[a]/" 'expected a colour, such as'
	wrong 's/255/15/' 'one of the 256 colours'
	wrong 's/255/256/' 'one of the 256 colours'
	wrong 's/bright green/brown/' 'one of the 16 colours'
	wrong 's/^for/fro/' 'unknown key "fro"'
	wrong '1,$d' ''
}

@test "examples/render-awk.sh draws the words" {
	sh "$ROOT/examples/render-awk.sh" "$G/but.score" >got
	[ "$(wc -l <got)" -eq 10 ]
	[ "$(sed -n 10p got)" = \
	    '                    |#################### +2.49 tedious' ]
	[ "$(sed -n 6p got)" = \
	    '      ##############|                     -1.73 fun' ]
	sh "$ROOT/examples/render-awk.sh" <"$G/three.score" | grep -c '^trec-7' |
	    grep -qx 3
	sh "$ROOT/examples/render-awk.sh" "$G/hostile.score" | no grep "$ESC"
}

@test "spans that overlap are drawn on several lines" {
	{
		for i in 1 2 3 4; do
			row a x word $i $i 0.5 $i w$i
		done
		row a x span 2 4 0.5 9 'w2 w3 w4'
		row a x span 4 4 0.5 4 w4
		row a x span 1 2 0.5 3 'w1 w2'
		row a x span 2 3 0.5 5 'w2 w3'
		sums a x 0.5
	} >scores
	reat-heatmap -l span scores >out
	grep -E '^ +(span|[+])' out | tr -s ' ' >lines
	diff lines - <<-'EOF'
	 span w1 w2 ... w4
	 +3.00 +4.00
	 span ... w2 w3
	 +5.00
	 span ... w2 w3 w4
	 +9.00
	EOF
	# in whatever order the rows are
	{ tac <(head -n 8 scores); tail -n 3 scores; } |
		reat-heatmap -l span | cmp - out
	# each span once in each format
	for t in html svg latex; do
		reat-heatmap -t $t -l span scores >out
		for score in 3.00 4.00 5.00 9.00; do
			[ "$(grep -o "+$score" out | wc -l)" -ge 1 ]
		done
	done
	[ "$(reat-heatmap -H -t tsv -l span scores | wc -l)" -eq 7 ]
}
