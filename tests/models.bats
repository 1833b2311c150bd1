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
	for m in $MODELS; do
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
	    'A solid and likable film.' positive \
	    'A stunning, unforgettable masterpiece.' 'very positive' >texts
	reat-tokenize -f text,label texts | reat-predict -H -m sst5-bigru |
	    awk -F '\t' '$2 != $3 { print; bad = 1 } END { exit bad || NR != 4 }'
}

@test "together they are small, and share one embedding" {
	bytes=0
	for m in sst2-words sst5-bigru $MODELS; do
		for f in "$ROOT/share/models/$m"/*; do
			bytes=$((bytes + $(wc -c <"$f")))
		done
	done
	echo "$bytes bytes"
	[ "$bytes" -le 8000000 ]
	for m in sst5-bigru $MODELS; do
		grep -qF "weights: ['../sst2-words/embedding.safetensors'" \
		    "$ROOT/share/models/$m/model.yaml"
		[ -s "$ROOT/share/models/$m/README.md" ]
	done
}

@test "their READMEs have the right accuracy, 85 % or more" {
	need_data sst2/dev.tsv sst2/test.tsv
	for set in dev test; do
		awk -F '\t' -v OFS='\t' '
			{ print $1, $2 == 1 ? "positive" : "negative" }' \
		    "$DATA/sst2/$set.tsv" |
		    reat-tokenize -r split -f text,label >$set
	done
	for m in sst2-words $MODELS; do
		for set in dev test; do
			reat-predict -H -m "$m" $set | awk -F '\t' '
				{ n += $2 == $3 }
				END { printf "%.2f %% (%d of %d)\n",
				    100 * n / NR, n, NR }' >got
			echo "$m $set: $(cat got)"
			grep -qF "$(cat got)" \
			    "$ROOT/share/models/$m/README.md"
			bar=85
			[ "$m" != sst2-bigru ] || bar=86
			awk -v bar="$bar" '{ exit !($1 >= bar) }' got
		done
		# the dev accuracy is the best one in the log
		[ "$(sed 1d "$ROOT/share/models/$m/log.tsv" | cut -f3 |
		    sort -n | tail -n 1)" = "$(reat-predict -H -m "$m" dev |
		    awk -F '\t' '{ n += $2 == $3 }
			END { printf "%.6f", n / NR }')" ]
	done
}

@test "trust.sh measures what a full stop, quotes and an unknown word do" {
	need_data sst2/test.tsv sst-trees/test.txt.xz
	sh "$ROOT/share/models/trust.sh" "$DATA" sst2-gru >table || [ $? -eq 1 ]
	head -n 2 table | tail -n 1 | cut -f 1,2,4 |
	    grep -qx "$(printf 'sst2-gru\taccuracy\t87.1')"
	grep -qF "test: $(sed -n 2p table | cut -f 3) %" \
	    "$ROOT/share/models/sst2-gru/README.md"
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
