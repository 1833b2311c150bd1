load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	# a word is a number, any other word is 0; the class is over if their sum
	# is more than 4
	adds='printf "under\tover\n"; while read -r t; do
		s=0
		for w in $t; do case $w in *[0-9]) s=$((s + w)) ;; esac; done
		if [ $s -gt 20 ]; then p=95; elif [ $s -lt -12 ]; then p=5
		elif [ $s -gt 4 ]; then p=$((55 + s)); else p=$((30 + s)); fi
		printf "0.%02d\t0.%02d\n" $((100 - p)) $p
	done'
}

# columns NAME...: print these columns of the table that is read
columns() {
	awk -F'\t' -v names="$*" 'NR == 1 {
			n = split(names, name, " ")
			for (i = 1; i <= NF; i++)
				at[$i] = i
			next
		}
		{
			for (k = 1; k <= n; k++)
				printf "%s%s", $at[name[k]], k < n ? " " : "\n"
		}'
}

# subsets FILE: write each text of a tok file with each set of its words, one or
# more; the sent_id is the text's and the ids of the words
subsets() {
	awk -F'\t' '
		/^# sent_id/ { doc = substr($0, 13); n = 0 }
		NF > 1 { word[++n] = $2 }
		NF == 0 {
			for (m = 1; m < 2 ^ n; m++) {
				ids = ""
				text = ""
				k = 0
				for (i = 1; i <= n; i++) {
					if (int(m / 2 ^ (i - 1)) % 2 == 0)
						continue
					ids = ids (k ? "," : "") i
					text = text (++k) "\t" word[i]
					for (c = 0; c < 8; c++)
						text = text "\t_"
					text = text "\n"
				}
				print "# sent_id = " doc ":" ids "\n" text
			}
		}' "$1"
}

@test "-a list has the methods of the man page; other names are refused" {
	reat-reduce -a list | cut -d' ' -f1 | sort >a
	sed -n '/^\.It Fl a/,/^\.It Fl b/s/^\.It Cm //p' \
		"$ROOT/man/reat-reduce.1" | grep -v '^list$' | sort | diff a -
	try reat-reduce -a reduce
	[ "$status" -eq 2 ]
}

@test "the exact searches find what a look at all sets of words finds" {
	printf '%s\n' 'The film is not bad at all' 'A dull but moving film' \
		'fun yet tedious at last' 'not good' 'terrible' |
		reat-tokenize -r split >tok
	subsets tok >all
	for model in sst2-gru sst2-bigru; do
		reat-predict -H -m $model tok | cut -f 1,3 >before
		reat-predict -m $model all | awk -F'\t' -v OFS='\t' '
			NR == 1 { a = $4; next }
			{ print $1, $3, $4, $5 }' >after
		for a in sufficient sufficient-span flip flip-span; do
			reat-reduce -a $a -m $model tok |
				columns doc words p_after >got
			awk -F'\t' -v a=$a '
			FILENAME == "before" { class[$1] = $2; next }
			{
				split($1, key, ":")
				doc = key[1]
				neg[doc, key[2]] = $3
				pos[doc, key[2]] = $4
				set[doc, ++sets[doc]] = key[2]
				n = split(key[2], ids, ",")
				if (n > T[doc]) { T[doc] = n; whole[doc] = key[2] }
			}
			function others(doc, list,  i, x, n, ids, in_) {
				n = split(list, ids, ",")
				split("", in_)
				for (i = 1; i <= n; i++) in_[ids[i]] = 1
				x = ""
				for (i = 1; i <= T[doc]; i++)
					if (!(i in in_)) x = x (x == "" ? "" : ",") i
				return x
			}
			END {
				for (doc = 1; doc <= 5; doc++) {
					best = "_"; size = 99
					for (k = 1; k <= sets[doc]; k++) {
						s = set[doc, k]
						n = split(s, ids, ",")
						if (a ~ /span/ && ids[n] - ids[1] != n - 1)
							continue
						v = a ~ /flip/ ? others(doc, s) : s
						if (v == "") continue
						p = class[doc] == "positive" ? \
						    pos[doc, v] : neg[doc, v]
						stays = p > .5
						if (stays != (a !~ /flip/)) continue
						if (a ~ /flip/) p = 1 - p
						if (n < size || (n == size && p > q)) {
							size = n; q = p; best = s
						}
					}
					print doc, best, best == "_" ? "_" : q
				}
			}' before after >wanted
			# the text without words is not among the sets
			paste -d' ' got wanted | awk '
				$2 ~ /^1(,2|$)/ && $5 == "_" { next }
				$2 != $5 || ($2 != "_" && ($3 - $6) ^ 2 > 1e-10) {
					print; bad = 1 }
				END { exit bad || NR != 5 }'
			[ "$(wc -l <after)" -eq 193 ]
		done
	done
}

@test "reduction: beam search by the predictions of all sets" {
	printf '%s\n' 'The film is not bad at all' 'A dull but moving film' \
		'fun yet tedious at last' | reat-tokenize -r split >tok
	subsets tok >all
	reat-predict -H all >after
	for beam in 1 2 5; do
		reat-reduce -n 10000,$beam tok | columns doc words p_after >got
		awk -F'\t' -v beam=$beam '
		{
			split($1, key, ":")
			neg[key[1], key[2]] = $4
			pos[key[1], key[2]] = $5
			if (split(key[2], ids, ",") > T[key[1]]) {
				T[key[1]] = split(key[2], ids, ",")
				whole[key[1]] = key[2]
			}
		}
		function p(doc, s) {
			return pos[doc, whole[doc]] > .5 ? pos[doc, s] : \
			    neg[doc, s]
		}
		function without(s, k,  i, n, ids, x) {
			n = split(s, ids, ",")
			x = ""
			for (i = 1; i <= n; i++)
				if (i != k) x = x (x == "" ? "" : ",") ids[i]
			return x
		}
		END {
			for (doc = 1; doc <= 3; doc++) {
				parents = 1
				parent[1] = best = whole[doc]
				for (size = T[doc]; size > 1; size--) {
					n = 0
					split("", seen)
					for (i = 1; i <= parents; i++)
						for (k = 1; k <= size; k++) {
							s = without(parent[i], k)
							if (s in seen || p(doc, s) < .5)
								continue
							seen[s] = 1
							child[++n] = s
						}
					if (n == 0) break
					parents = 0
					while (parents < beam && parents < n) {
						m = 0
						for (i = 1; i <= n; i++)
							if (child[i] != "" && (m == 0 || \
							    p(doc, child[i]) > \
							    p(doc, child[m]))) m = i
						parent[++parents] = child[m]
						child[m] = ""
					}
					best = parent[1]
				}
				print doc, best, p(doc, best)
			}
		}' after >wanted
		paste -d' ' got wanted | awk '$2 != $5 || ($3 - $6) ^ 2 > 1e-10 {
			print; bad = 1 } END { exit bad || NR != 3 }'
	done
}

@test "anchors: those of the authors' program, and their precision" {
	while IFS=$'\t' read -r words ids precision; do
		# shellcheck disable=SC2086	# a word each
		tok "$ids" $words
	done <"$ROOT/tests/golden/anchor/anchors.tsv" >tok
	reat-reduce -a anchor -x "$adds" tok >got
	columns doc words precision coverage n complete <got | awk '
		$1 != $2 || $3 < .95 || $4 != 2 ^ -$5 || $6 != 1 {
			print; bad = 1 }
		END { exit bad || NR != 16 }'
	# the samples depend on the seed and the words alone
	reat-reduce -H -a anchor -b 1 -x "$adds" tok | diff - <(sed 1d got)
	reat-reduce -a anchor -s 2 -x "$adds" tok | columns words |
		diff - <(columns words <got)
}

@test "anchors of models: those of the authors' program, and exact numbers" {
	golden=$ROOT/tests/golden/anchor/models.tsv
	n=0
	cut -f 1 "$golden" | uniq >names
	while read -r model; do
		grep "^$model	" "$golden" | while IFS=$'\t' read -r _ words ids p
		do
			# shellcheck disable=SC2086	# a word each
			tok "$((n += 1)) $ids $p" $words
		done >tok
		[[ $model == sst* ]] || model=$ROOT/tests/golden/engine/$model/
		reat-reduce -q -a anchor -n 100000 -m "$model" tok |
			columns doc words precision coverage n complete
	done <names | awk '
		# the precision is that of some hundred samples
		$2 != $4 || ($3 - $5) ^ 2 > .03 ^ 2 || $6 != 2 ^ -$7 || $8 != 1 {
			print; bad = 1 }
		END { exit bad || NR != 30 }'
}

@test "anchors: a prediction that nothing changes has the rule without words" {
	tok x 9 9 9 >tok
	[ "$(reat-reduce -a anchor -e 0.5 -x "$adds" tok |
		columns words n coverage)" = '_ 0 1' ]
	tok x a b c >tok
	[ "$(reat-reduce -a anchor -x "$adds" tok |
		columns words n precision coverage complete)" = '_ 0 1 1 1' ]
}

@test "-n ends a search, and the table says so" {
	tok x 1 1 1 1 1 1 1 1 1 >tok
	# five words are enough; all sets of up to four are 255
	[ "$(reat-reduce -a sufficient -n 381 -x "$adds" tok |
		columns words variants complete)" = '1,2,3,4,5 381 1' ]
	[ "$(reat-reduce -a sufficient -n 380 -x "$adds" tok |
		columns words n after variants complete)" = '_ _ _ 255 0' ]
	[ "$(reat-reduce -n 9,1 -x "$adds" tok |
		columns n after variants complete)" = '8 over 9 0' ]
	reat-reduce -a anchor -n 500 -x "$adds" tok |
		columns variants complete | awk '$1 > 500 || $2 != 0 { exit 1 }'
	# nothing changes what is predicted without words, too
	tok y a b >tok
	[ "$(reat-reduce -a flip -x "$adds" tok |
		columns words n p_after variants complete text)" = '_ _ _ 3 1 _' ]
}

@test "-t tok: the words alone, or the text without them; other commands" {
	echo 'The fight scenes are fun but it grows tedious' | reat-tokenize >tok
	reat-reduce -t tok tok | grep '^# text' >text
	[ "$(cat text)" = '# text = tedious' ]
	reat-reduce -t tok -a flip tok | reat-predict -H | cut -f 1,3 >after
	[ "$(cat after)" = '1	positive' ]
	reat-reduce -t tok -a anchor tok | grep -c '^1	tedious' >n
	[ "$(cat n)" -eq 1 ]
	# a command that reads blocks gives the same
	reat-reduce -m sst2-gru tok | cut -f 2,5- >a
	reat-reduce -X 'reat-predict -q' tok | cut -f 2,5- | cmp - a
}

@test "a text without words, bad blocks and what does not fit" {
	tok e >tok
	for a in reduction anchor sufficient flip-span; do
		[ "$(reat-reduce -a $a tok | columns words n variants complete)" = \
			'_ _ 0 1' ]
	done
	{ tok a good; tok b good film; } >tok
	[ "$(reat-reduce -a flip tok | columns doc words | wc -l)" -eq 2 ]
	for wrong in '-a flip -e .1' '-s 3' '-a sufficient -n 9,2' '-n 0' \
	    '-n 5,101' '-t html' '-a anchor -e .6' '-p'; do
		# shellcheck disable=SC2086	# options
		try reat-reduce $wrong tok
		[ "$status" -eq 2 ]
		[ -z "$output" ]
	done
}

@test "the same bytes for every batch, and long texts end" {
	reat-tokenize -r split "$ROOT/tests/contract/text" >tok
	for a in reduction anchor sufficient flip-span; do
		reat-reduce -a $a tok >a
		reat-reduce -a $a -b 1 tok | cmp - a
	done
	long 300 >many
	for a in reduction anchor sufficient flip; do
		timeout 60 reat-reduce -q -n 2000 -a $a \
			-m "$ROOT/tests/golden/engine/gru-last-1/" many |
			columns variants | awk '$1 > 2000 { exit 1 }'
	done
}

@test "anchor: the memory of a long text does not grow with its square" {
	need_ulimit
	seq 20000 | awk 'BEGIN { print "# sent_id = 1" } {
			print $1 "\tw" 1 + ($1 * $1 + 1) % 7 \
				"\t_\t_\t_\t_\t_\t_\t_\t_"
		} END { print "" }' >tok
	(ulimit -v 300000; reat-reduce -a anchor -n 1200,100 -m \
		"$ROOT/tests/golden/engine/rnn-tanh-last-1/" tok) |
		columns words precision >got
	[ "$(cat got)" = '20000 1' ] || { cat got; false; }
}
