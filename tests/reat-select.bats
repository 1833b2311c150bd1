#!/usr/bin/env bats
# SPDX-License-Identifier: ISC

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	# 2000 texts of 1 to 20 words, each twice, in other letter case
	awk 'BEGIN {
		for (i = 0; i < 2000; i++) {
			k = i % 1000
			line = (i < 1000 ? "Word" : "word") k
			for (t = 1; t < 1 + k % 20; t++)
				line = line " w" (k * t) % 7
			print line "\t" (k % 3 ? "yes" : "no")
		}
	}' | reat-tokenize -r split -f text,label >all
}

# ids [FILE]: print the ids of a stream
ids() {
	sed -n 's/^# sent_id = //p' "$@"
}

@test "without an option all texts are printed, unchanged" {
	reat-select all | cmp - all
	reat-select -v all | cmp - /dev/null
	reat-select -v -v -n 100% all 2>/dev/null | cmp - /dev/null
}

@test "by label, length, id" {
	reat-select -c no all | awk '/^# sent_id/ { id = $4 }
		/^# label/ { if ($4 == "no") print id }' >want
	reat-select -c no all | ids | diff want -
	[ "$(wc -l <want)" -eq 668 ]
	reat-select -a label -c no -v all | grep -c '^# label = yes' | grep -x 1332
	# against awk
	awk 'BEGIN { RS = ""; FS = "\n" } { n = 0
		for (i = 1; i <= NF; i++) n += $i !~ /^#/
		if (n >= 5 && n <= 7) { sub(/.*= /, "", $1); print $1 } }' all >want
	reat-select -L 5-7 all | ids | diff want -
	[ "$(reat-select -L 20- all | ids | wc -l)" -eq 100 ]
	[ "$(reat-select -L -1 all | ids | wc -l)" -eq 100 ]
	[ "$(reat-select -L 2 all | ids | wc -l)" -eq 100 ]
	[ "$(reat-select -I 7,1999,3 all | ids | tr '\n' ' ')" = '3 7 1999 ' ]
	printf 'doc\tx\n5\ta\n\n2\n' >list
	[ "$(reat-select -I ./list all | ids | tr '\n' ' ')" = '2 5 ' ]
	try reat-select -I 5,x,y all
	[ "$status" -eq 0 ]
	[ "$stderr" = 'reat-select: 2 of 3 ids are of no text; the first is x' ]
	try reat-select -c maybe all
	[ "$status" -eq 0 ]
	[ "$stderr" = 'reat-select: of 2000 texts none was chosen' ]
}

@test "all options hold together; -n is the first of them" {
	reat-select -c yes -L 3-9 -F 1/2 all >both
	reat-select -F 1/2 all | reat-select -L 3-9 | reat-select -c yes |
		cmp - both
	[ "$(reat-select -n 3 -L 3 all | ids | tr '\n' ' ')" = "$(
		reat-select -L 3 all | ids | head -n 3 | tr '\n' ' ')" ]
	[ "$(reat-select -v -n 1 -L 1-19 all | ids)" = 20 ]
	[ "$(reat-select -n 0 all | wc -c)" -eq 0 ]
}

@test "-F: the folds are a partition, duplicates stay together" {
	for k in 1 2 3 4 5; do
		reat-select -F $k/5 all | ids
	done | sort -n | diff - <(ids all)
	for k in 1 2 3 4 5; do
		reat-select -F $k/5 all | ids | awk '{ print ($1 - 1) % 1000 }' |
			sort -n | uniq -c | awk '$1 != 2 { print; exit 1 }'
		# 400 expected; 4 sigma of 200 pairs are 50 pairs
		n=$(reat-select -F $k/5 all | ids | wc -l)
		[ "$n" -ge 300 ] && [ "$n" -le 500 ]
		reat-select -v -F $k/5 all | ids | wc -l | grep -x $((2000 - n))
	done
	for part in train dev test; do
		reat-select -F $part all >$part
	done
	cat train dev test | ids | sort -n | diff - <(ids all)
	reat-select -F 1-8/10 all | cmp - train
	reat-select -F 9/10 all | cmp - dev
	# ids, labels, blanks and the order do not matter; the seed does
	reat-select -v -L 1 all | sed 's/^# sent_id = /&a/; s/yes/no/' |
		reat-select -F dev | ids | diff - <(
		reat-select -v -L 1 dev | ids | sed s/^/a/)
	reat-select -F dev -s 2 all >other
	run ! cmp -s other dev
}

@test "-n N%: a share that the seed chooses" {
	n=$(reat-select -n 25% all | ids | wc -l)
	[ "$n" -ge 420 ] && [ "$n" -le 580 ]
	reat-select -n 25% -s 1 all | cmp - <(reat-select -n 25% all)
	reat-select -n 25% all >one
	reat-select -n 25% -s 2 all >two
	run ! cmp -s one two
	{ reat-select -n 25% all; reat-select -v -n 25% all; } | ids | sort -n |
		diff - <(ids all)
	# the other options do not change what is drawn
	reat-select -n 25% -c no all | cmp - <(reat-select -n 25% all |
		reat-select -c no)
	[ "$(reat-select -n 0% all | wc -c)" -eq 0 ]
	reat-select -n 100% all | cmp - all
}

@test "by prediction" {
	{ tok a x; tok b x; tok c x; tok d x; } | awk '{ print }
		/^# sent_id/ { print "# label = " ($4 ~ /[ab]/ ? "p" : "n") }' >texts
	printf 'doc\tlabel\tpredicted\tn\tp\n' >table
	printf '%s\n' $'d\tn\tn\t.6\t.4' $'a\tp\tp\t.1\t.9' $'c\tn\tp\t.2\t.8' \
		$'b\tp\tn\t.7\t.3' >>table
	[ "$(reat-select -a right table texts | ids | tr '\n' ' ')" = 'a d ' ]
	[ "$(reat-select -a wrong table <texts | ids | tr '\n' ' ')" = 'b c ' ]
	[ "$(reat-select -a wrong - texts <table | ids | tr '\n' ' ')" = 'b c ' ]
	[ "$(reat-select -a predicted -c p table texts | ids | tr '\n' ' ')" = 'a c ' ]
	[ "$(reat-select -v -a wrong -L 1 table texts | ids | tr '\n' ' ')" = 'a d ' ]
	sed -i 3d table
	try reat-select -a right table texts
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	[ "$stderr" = 'reat-select: texts:1: no prediction for a in the table' ]
	try reat-select -k -a right table texts
	[ "$status" -eq 1 ]
	[ "$(ids <<<"$output")" = d ]
}

@test "on SST-2 no text of a part is in another" {
	need_data sst2
	reat-tokenize -q -r split -f text,label "$DATA/sst2/train.tsv" >sst
	for part in train dev test; do
		reat-select -F $part sst | sed -n 's/^# text = //p' |
			sort -u | sed "s/^/$part\t/"
	done | cut -f 2 | sort | uniq -d | diff - /dev/null
}
