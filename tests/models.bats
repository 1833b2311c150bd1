# The shipped models.
# shellcheck disable=SC2154

load helper

MODELS='sst2-gru sst2-lstm sst2-bigru'

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

@test "they classify ordinary sentences" {
	printf '%s\tnegative\n' \
	    'The fight scenes are fun but it grows tedious' \
	    'I hated it.' 'A tedious mess.' \
	    'The food was great, but the service was terrible.' >texts
	printf '%s\tpositive\n' 'I loved it.' 'Funny and warm' \
	    'A charming and often affecting journey .' >>texts
	reat-tokenize -f text,label texts >tok
	for m in $MODELS sst2-mingru; do
		reat-predict -H -m "$m" tok >got
		[ "$(wc -l <got)" -eq 7 ]
		awk -F '\t' -v m="$m" '$2 != $3 { print m ": " $0; bad = 1 }
		    END { exit bad }' got
		[ "$(reat-predict -m "$m" tok | head -n 1 | cut -f4,5)" = \
		    "$(printf 'negative\tpositive')" ]
	done
}

@test "sst5-bigru distinguishes five classes" {
	printf '%s\t%s\n' 'An absolute mess, the worst film of the year.' \
	    'very negative' 'The plot is a bit weak.' negative \
	    'A solid film.' positive \
	    'A stunning, unforgettable masterpiece.' 'very positive' >texts
	reat-tokenize -f text,label texts | reat-predict -H -m sst5-bigru |
	    awk -F '\t' '$2 != $3 { print; bad = 1 } END { exit bad || NR != 4 }'
}

@test "together they are small, and share one embedding" {
	bytes=0
	for m in sst5-words sst5-bigru sst2-mingru $MODELS; do
		for f in "$ROOT/share/models/$m"/*; do
			bytes=$((bytes + $(wc -c <"$f")))
		done
	done
	echo "$bytes bytes"
	[ "$bytes" -le 8000000 ]
	for m in sst5-bigru sst2-mingru $MODELS; do
		grep -qF "weights: ['../sst5-words/embedding.safetensors'" \
		    "$ROOT/share/models/$m/model.yaml"
		[ -s "$ROOT/share/models/$m/README.md" ]
	done
}

@test "sst2-mingru: frozen-omit and skip are what deletion does, of any span" {
	printf '%s\n' 'A charming but very slow film' \
	    'The food was great, but the service was not.' | reat-tokenize >tok
	set -- -H -c all -l word,2-4 -m sst2-mingru tok
	reat-occlude -a omit "$@" | cut -f 1-5,10 >want
	reat-score -a frozen-omit "$@" | cut -f 1-5,10 >got
	reat-grad -a skip "$@" | cut -f 1-5,10 >skip
	paste want got skip | awk -F '\t' '
		$3 != "word" && $3 != "span" { next }
		{ print; n++; a = $6 - $12; b = $6 - $18 }
		a * a > 1e-10 || b * b > 1e-10 { bad = 1 }
		END { exit bad || n != 38 }'
}

# form CLASSES SET FORM: print the sentences of the treebank, see trees.awk
form() {
	xz -dc "$DATA/sst-trees/$2.txt.xz" | awk -v classes="$1" -v whole=1 \
	    -v form="$3" -f "$ROOT/share/models/trees.awk"
}

@test "their READMEs have the right accuracy, 83 % or more" {
	need_data sst2/dev.tsv sst2/test.tsv sst-trees/dev.txt.xz
	for set in dev test; do
		awk -F '\t' -v OFS='\t' '
			{ print $1, $2 == 1 ? "positive" : "negative" }' \
		    "$DATA/sst2/$set.tsv" |
		    reat-tokenize -r split -f text,label >sst2-own-$set
		form 2 $set plain | reat-tokenize -f text,label >sst2-raw-$set
		form 5 $set sst |
		    reat-tokenize -r split -f text,label >sst5-own-$set
		form 5 $set plain | reat-tokenize -f text,label >sst5-raw-$set
	done
	for m in sst5-words $MODELS sst2-mingru sst5-bigru; do
		s=${m%%-*}
		readme=$ROOT/share/models/$m/README.md
		for set in dev test; do
			for f in own raw; do
				reat-predict -H -m "$m" "$s-$f-$set" |
				    awk -F '\t' '{ n += $2 == $3 }
					END { printf "%.2f %% (%d of %d)\n",
					    100 * n / NR, n, NR }' >$f
				echo "$m $f $set: $(cat $f)"
			done
			grep -qF "| $set | $(cat own) | $(cat raw) |" "$readme"
			bar=85
			[ "$m" != sst2-bigru ] || bar=86
			[ "$m" != sst2-mingru ] || bar=83
			[ "$s" != sst5 ] || bar=46
			awk -v bar="$bar" '!($1 >= bar) { exit 1 }' own
		done
		# the dev accuracy, both forms, is the best one in the log
		cat "$s-own-dev" >both
		sed 's/^# sent_id = /&raw-/' "$s-raw-dev" >>both
		[ "$(sed 1d "$ROOT/share/models/$m/log.tsv" | cut -f3 |
		    sort -n | tail -n 1)" = "$(reat-predict -H -m "$m" both |
		    awk -F '\t' '{ n += $2 == $3 }
			END { printf "%.6f", n / NR }')" ]
	done
}

@test "trust.sh measures what a full stop, quotes and an unknown word do" {
	need_data sst2/test.tsv sst-trees/test.txt.xz
	sh "$ROOT/share/models/trust.sh" "$DATA" sst2-gru >table || [ $? -eq 1 ]
	head -n 2 table | tail -n 1 | cut -f 1,2,4 |
	    grep -qx "$(printf 'sst2-gru\taccuracy\t87.1')"
	grep -qF "| test | $(sed -n 2p table | cut -f 3) %" \
	    "$ROOT/share/models/sst2-gru/README.md"
	[ "$(grep -v accuracy table | grep -c 'yes$')" -eq 31 ]
	[ "$(cut -f 2 table | sort -u | wc -l)" -eq 34 ]
	# each row says whether its bar is reached
	awk -F '\t' '
		NR == 1 { next }
		{ holds = $2 ~ /^accuracy/ ? $3 >= $4 : $3 < $4 }
		$5 != ($4 == "-" ? "-" : holds ? "yes" : "no") { print; bad = 1 }
		END { exit bad }' table
	# a model that is not there ends it
	run -2 sh "$ROOT/share/models/trust.sh" "$DATA" no-model
}
