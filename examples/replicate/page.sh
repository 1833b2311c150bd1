#!/bin/sh
# page.sh: print report.html, one page that contains report.txt and
# figures/*.svg of the working folder, OUT.  The environment variable HERE is
# the folder of this script.
set -eu
# shellcheck source=examples/replicate/settings.sh
. "$HERE/settings.sh"

escape() {
	sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/"/\&quot;/g'
}

# figure FILE CAPTION: print a drawing as an object of its own, so that the
# styles of two drawings do not mix
figure() {
	[ -s "$1" ] || return 0
	printf '<figure><object type="image/svg+xml" data="data:image/svg+xml;base64,'
	base64 -w 0 "$1"
	printf '" aria-label="%s"></object>\n<figcaption>%s</figcaption></figure>\n' \
		"$2" "$2"
}

cat <<'END'
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>REAT: a replication</title>
<style>
:root { color-scheme: light dark }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
    font-family: sans-serif; line-height: 1.4 }
pre { overflow-x: auto; font-size: 0.85rem; line-height: 1.3 }
object { max-width: 100% }
figure { margin: 1rem 0 }
@media print { pre { white-space: pre-wrap } }
</style>
<h1>REAT: a replication of Du et al., WWW 2019</h1>
END
# a title is a line above a line of equals signs
escape <report.txt | awk '
	/^=+$/ {
		if (open)
			print "</pre>"
		print "<h2>" last "</h2>\n<pre>"
		open = 1
		held = 0
		next
	}
	{
		if (held && NR > 2) {
			if (!open) {
				print "<pre>"
				open = 1
			}
			print last
		}
		last = $0
		held = 1
	}
	END {
		if (held)
			print last
		if (open)
			print "</pre>"
	}'
echo "<h2>Figures (seed ${seeds%% *})</h2>"
net=${cells%% *}
figure figures/fig4.svg "Figure 4: one sentence, a row a method ($net, class positive); each row is scaled to its largest score"
figure figures/fig5.svg "Figure 5: words, phrases and clauses ($net, class positive)"
for c in $cells; do
	figure "figures/fig6-$c.svg" "Figure 6, $c: the words (class positive)"
done
for c in $cells; do
	figure "figures/fig7-$c.svg" "Figure 7, $c: scores of the test texts' words for the predicted class, by tag"
done
for c in $cells; do
	figure "figures/fig8-$c.svg" "Figure 8, $c: scores of terrible and terribly for class positive"
done
echo '</html>'
