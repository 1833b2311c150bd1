#!/bin/sh
# page.sh: print table.tsv as an HTML page, with a table for each model whose
# columns can be sorted, and one text by all methods.  compare.sh calls it in
# OUT.
set -eu
cat <<'HTML'
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>All methods by all measures</title>
<style>
:root { color-scheme: light dark }
body { font: 15px/1.4 system-ui, sans-serif; margin: 1em auto; max-width: 80em;
  padding: 0 1em }
div { overflow-x: auto }
table { border-collapse: collapse }
th, td { padding: .15em .5em; text-align: right; white-space: nowrap }
tr > :first-child { text-align: left; position: sticky; left: 0;
  background: Canvas }
thead th { border-bottom: 1px solid }
thead button { font: inherit; font-weight: bold; border: 0; background: none;
  color: inherit; padding: 0; cursor: pointer }
td.first { font-weight: bold }
pre { white-space: pre-wrap }
</style></head><body>
<h1>All methods by all measures</h1>
<p>A column with + is better if it is larger, one with − if it is smaller, one
with 0 if it is nearer to zero; the best value is bold.  Cost is CPU time, in that of reat-predict on the same texts;
passes are words that the network reads, forward or back, for each word of the texts.
Rank is the mean of the ranks by the columns of measures; * marks a method if none that costs as little has a better rank.  A value shows its 95 % interval when the pointer is on
it.  A heading sorts.</p>
HTML
awk -F '\t' '
	function text(s) {
		gsub(/&/, "\\&amp;", s)
		gsub(/</, "\\&lt;", s)
		gsub(/"/, "\\&quot;", s)
		return s
	}
	function number(v) {
		return v == "" ? "" : sprintf("%.3f", v)
	}
	NR > 1 {
		if (!($1 in seen)) {
			seen[$1] = ++models
			name[models] = $1
		}
		if (!(($1, $2) in row)) {
			row[$1, $2] = ++rows[$1]
			method[$1, rows[$1]] = $2
		}
		if (!($3 in sign)) {
			sign[$3] = $4
			measure[++columns] = $3
		}
		v[$1, $2, $3] = $5
		title[$1, $2, $3] = $6 == $7 ? "" : sprintf("%.3f to %.3f", \
		    $6, $7)
		mark[$1, $2, $3] = $8
	}
	END {
		# the last three first: passes, cost and mean rank
		for (k = columns; k > 0; k--)
			measure[k + 3] = measure[k]
		for (k = 1; k <= 3; k++)
			measure[k] = measure[columns + 4 - k]
		for (i = 1; i <= models; i++) {
			m = name[i]
			print "<h2>" text(m) "</h2><div tabindex=\"0\" role=\"region\" " \
			    "aria-label=\"" text(m) "\"><table><thead><tr>" \
			    "<th scope=\"col\">method</th>"
			for (k = 1; k <= columns; k++)
				print "<th scope=\"col\"><button>" \
				    measure[k] " " \
				    (sign[measure[k]] == "-" ? \
				    "\342\210\222" : sign[measure[k]]) \
				    "</button></th>"
			print "</tr></thead><tbody>"
			for (r = 1; r <= rows[m]; r++) {
				a = method[m, r]
				print "<tr><th scope=\"row\">" a "</th>"
				for (k = 1; k <= columns; k++) {
					key = m SUBSEP a SUBSEP measure[k]
					print "<td" (mark[key] == 1 ? \
					    " class=\"first\"" : "") \
					    (title[key] == "" ? "" : \
					    " title=\"" title[key] "\"") ">" \
					    number(v[key]) (mark[key] == \
					    "pareto" ? "*" : "") "</td>"
				}
				print "</tr>"
			}
			print "</tbody></table></div>"
		}
	}' table.tsv
for refused in */*/refused; do
	[ -e "$refused" ] || continue
	dir=${refused%/*}
	printf '<p>%s does not work with %s: ' "${dir#*/}" \
	    "$(cat "${dir%/*}/name")"
	sed 's/&/\&amp;/g; s/</\&lt;/g; s/^[^:]*: //; q' "$refused"
	echo '</p>'
done
first=$(awk 'NR == 2 { print $1; exit }' 1/truth)
printf '<h2>One text by all methods</h2><p>%s</p>\n<div tabindex="0" role="region" aria-label="pictures">\n' "$(cat 1/name)"
for score in 1/*/score; do
	awk -F '\t' -v doc="$first" 'NR == 1 || $1 == doc' "$score"
done | awk 'NR == 1 || !/^doc\t/' | reat-heatmap -t svg -M one -w 100
cat <<'HTML'
</div>
<script>
for (const table of document.querySelectorAll("table"))
  table.querySelectorAll("thead th").forEach((th, k) =>
    (th.firstElementChild || th).addEventListener("click", () => {
      const body = table.tBodies[0], up = th.ariaSort === "descending"
      const of = r => r.cells[k].textContent
      const by = (a, b) => k ? parseFloat(of(a)) - parseFloat(of(b))
        : of(a).localeCompare(of(b))
      for (const other of table.querySelectorAll("th")) other.ariaSort = null
      th.ariaSort = up ? "ascending" : "descending"
      const full = [...body.rows].filter(r => of(r) !== "")
      const rest = [...body.rows].filter(r => of(r) === "")
      body.append(...full.sort((a, b) => up ? by(a, b) : by(b, a)), ...rest)
    }))
</script>
</body></html>
HTML
