# make.sh NAME FORMAT: print the expected NAME.FORMAT, see README
unset COLORTERM TERM COLORFGBG NO_COLOR FORCE_COLOR CLICOLOR_FORCE COLUMNS
in=$(dirname "$0")/$1.score
[ "$1" != none ] || in=/dev/null
case $2 in
ansi24) COLORTERM=truecolor reat-heatmap -C always "$in" ;;
ansi256) TERM=xterm-256color reat-heatmap -C always "$in" ;;
ansi16) TERM=xterm reat-heatmap -C always "$in" ;;
plain) reat-heatmap "$in" ;;
tsv) reat-heatmap -t tsv "$in" ;;
*html) from='<main>' ;;
*svg) from='<\/defs>' ;;
*latex) from='\\begin{document}' ;;
esac
tree=
format=${2#tree-}
[ "$format" = "$2" ] || tree=-T
[ "$1" != none ] || from='^'
# shellcheck disable=SC2086	# no option, or one
[ -z "${from+set}" ] || reat-heatmap $tree -t "$format" "$in" |
    sed -n "/$from/,\$p" | sed '/^<script>$/,/^<.script>$/d'
