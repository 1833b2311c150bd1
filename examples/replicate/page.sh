#!/bin/sh
# page.sh REPORT: print report.html, one page with the lines of report.sh and
# the drawings of figures/*.svg in the working folder, OUT.  It loads nothing.
# The environment variable HERE is the folder of this script.
set -eu
cat <<'END'
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>REAT: a replication</title>
<style>
:root { color-scheme: light dark; --ink: #1b1c1f; --soft: #595c63;
    --rule: #d5d7dc; --fill: #f4f4f2; --page: #fff; --mark: #b2182b }
@media screen and (prefers-color-scheme: dark) {
:root { --ink: #e6e6e8; --soft: #a3a6ad; --rule: #3a3d45; --fill: #1f2228;
    --page: #16181c; --mark: #ff9a86 }
}
* { box-sizing: border-box }
body { max-width: 84rem; margin: 2rem auto; padding: 0 1rem; color: var(--ink);
    background: var(--page); font: 1rem/1.45 sans-serif }
h1 { font-size: 1.6rem; line-height: 1.2 }
h2 { font-size: 1.2rem; margin: 2.2rem 0 0.6rem }
p { max-width: 44rem; margin: 0.6rem 0 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 0.6rem 1rem;
    font-size: 0.8rem }
.summary { border: 1px solid var(--rule); border-left: 4px solid var(--mark);
    padding: 0.2rem 1rem 0.6rem; background: var(--fill) }
.summary h2 { margin-top: 0.6rem }
.beside { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: flex-start }
.beside div { min-width: 0; max-width: 100% }
.beside .figures { flex: 0 1 auto }
figure { margin: 0.8rem 0; max-width: 100%; overflow-x: auto }
figcaption, .note, summary { color: var(--soft); font-size: 0.85rem }
figcaption { max-width: 44rem }
object { display: block; max-width: 100% }
object.narrow { display: none }
.table { display: inline-block; vertical-align: top; margin: 0.8rem 1.5rem 0.8rem 0;
    max-width: 100%; overflow-x: auto }
table { border-collapse: collapse; font-size: 0.85rem;
    font-variant-numeric: tabular-nums }
th, td { padding: 0.2rem 0.5rem; text-align: left; vertical-align: top;
    border-bottom: 1px solid var(--rule) }
thead th { vertical-align: bottom; color: var(--soft) }
th[scope=colgroup] { border-left: 1px solid var(--rule) }
tbody th { font-weight: normal; font-family: monospace; font-size: 0.95em }
.small th { white-space: nowrap }
td.n, th.n { text-align: right }
td.n { white-space: nowrap }
td small { color: var(--soft); white-space: nowrap }
.strip { display: block; width: 7rem; margin: 0.1rem 0 0 auto; overflow: visible }
.strip path { stroke: var(--soft); fill: none; stroke-width: 1 }
.strip circle { fill: var(--ink) }
.strip .paper { stroke: var(--mark); stroke-width: 2 }
summary { cursor: pointer; padding: 0.2rem 0 }
@media screen and (max-width: 52rem) {
.table { display: block; margin-right: 0 }
.small { font-size: 0.7rem }
.small th, .small td { padding: 0.15rem 0.15rem }
table.cards, .cards thead, .cards tbody, .cards tr, .cards th, .cards td { display: block }
.cards thead th, .cards thead tr:first-child th:first-child ~ th { display: none }
.cards thead tr:first-child th:first-child { display: block }
.cards tr { padding: 0.4rem 0; border-bottom: 1px solid var(--rule) }
.cards tbody th { font-weight: bold }
.cards th, .cards td { border: 0; padding: 0.1rem 0 }
.cards td { display: flex; flex-wrap: wrap; justify-content: flex-end;
    gap: 0 0.4rem }
.cards td.empty { display: none }
.cards td::before { content: attr(data-label); color: var(--soft);
    margin-right: auto }
}
@media screen and (max-width: 44rem) {
object.wide { display: none }
object.narrow { display: block }
object.any { max-width: none }
}
@media print {
html { font-size: 9pt }
body { max-width: none; margin: 0; padding: 0 }
h2 { break-after: avoid }
tr, figure { break-inside: avoid }
.beside .figures { flex: 1 1 30rem }
.strip { width: 6rem }
th, td { padding: 0.1rem 0.35rem }
.table { overflow: visible }
.table.of-cards { display: block }
}
</style>
</head>
<body>
END
awk -f "$HERE/page.awk" "$1"
printf '</body>\n</html>\n'
