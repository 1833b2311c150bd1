#!/bin/sh
# measures.sh DIR METHOD...: print rows of all measures for a model: model,
# method, measure, what is better (+ more, - less, 0 near zero), value, low, high.
# compare.sh calls it in OUT.
set -eu
# shellcheck source=examples/replicate/make.sh
. "$HERE/../replicate/make.sh"
dir=$1
shift
name=$(cat "$dir/name")
have=
for method; do
	[ ! -e "$dir/$method/done" ] || have="$have $method"
done

# list FORM: FORM of each method, with its name in the place of %
list() {
	for m in $have; do
		printf '%s\n' "$1" | sed "s/%/$m/g"
	done
}

# measure NAME AT BETTER COMMAND...: rows of a measure at AT
measure() {
	as=$1 at=$2 better=$3
	shift 3
	make "$dir/$as.tsv" "$@"
	awk -F '\t' -v OFS='\t' -v at="$at" -v name="$name" -v as="$as" \
	    -v better="$better" 'NR > 1 && $2 == at && $4 !~ /:|^(second|best)$/ {
		print name, $4, as, better, $6, $7, $8 }' "$dir/$as.tsv"
}
# beside MEASURE NAME...: a measure whose files have all methods, text by text,
# which stand here in a file for each method
beside() {
	what=$1
	shift
	for given; do
		# shellcheck disable=SC2046	# lists of files
		awk -F '\t' '
			$1 == "doc" {
				head = $0
				next
			}
			!($1 in rows) { doc[++n] = $1 }
			{ rows[$1] = rows[$1] $0 "\n" }
			END {
				print head
				for (i = 1; i <= n; i++)
					printf "%s", rows[doc[i]]
			}' $(list "%/$given") >"$given.all"
	done
	# shellcheck disable=SC2046	# lists of files
	reat-eval -a "$what" $(printf '%s.all ' "$@")
	rm -f ./*.all
}

cd "$dir"
dir=.
# shellcheck disable=SC2046	# lists of files
{
	measure omission _ + reat-eval -a agreement truth $(list %/score)
	measure pearson pearson + reat-eval -a correlation omissions \
	    $(list %/score)
	measure eq23 _ + reat-eval -a faithfulness truth $(list %/score)
	measure compr aopc + reat-eval -a comprehensiveness $(list %=%/left)
	measure suff aopc - reat-eval -a sufficiency $(list %=%/left)
	measure log-odds aopc + reat-eval -a log-odds $(list %=%/left)
	measure flip fraction - reat-eval -a flip $(list %=%/left)
	measure monotone steps + reat-eval -a monotonicity $(list %=%/left)
	measure infidelity scaled - reat-eval -a infidelity variants \
	    $(list %/explained)
	measure sensitivity _ - beside sensitivity few copy1 copy2 copy3 copy4 \
	    copy5
	measure random _ 0 beside stability few random
	measure token-f1 same + reat-eval -a token-f1 $(list %/gold)
	measure iou-f1 same + reat-eval -a iou-f1 $(list %/gold)
	measure auprc ap + reat-eval -a auprc $(list %/gold)
	measure signs word + reat-eval -a sign ../signs $(list %/positive)
	measure complete _ - reat-eval -a completeness $(list %/score)
}
whole=$(cat seconds)
for m in $have; do
	awk -v OFS='\t' -v n="$name" -v m="$m" '{
		print n, m, "passes", "-", $1, $1, $1 }' "$m/passes"
	awk -v OFS='\t' -v n="$name" -v m="$m" -v whole="$whole" '{
		v = whole > 0 ? $1 / whole : 0
		print n, m, "cost", "-", v, v, v }' "$m/seconds"
done
