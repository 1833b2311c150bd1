# reat-live: the page, its form, and requests that it refuses.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	SERVER=''
}

teardown() {
	[ -z "$SERVER" ] || kill "$SERVER" 2>/dev/null || true
}

# serve [ARG...]: start the server on a free port, and set SERVER, PORT and HOST
serve() {
	command -v busybox >/dev/null && busybox --list | grep -qx httpd ||
		skip "no busybox with httpd"
	export TMPDIR=$BATS_TEST_TMPDIR
	for _ in 1 2 3 4 5; do
		PORT=$((20000 + RANDOM % 20000))
		HOST=127.0.0.1:$PORT
		reat-live "$@" "$PORT" >address 2>err 3>&- &
		SERVER=$!
		for _ in $(seq 100); do
			[ ! -s address ] || return 0
			kill -0 "$SERVER" 2>/dev/null || break
			sleep 0.1
		done
	done
	cat err
	return 1
}

# ask METHOD PATH BODY [HEADER...]: send a request as it is, and write the head
# of the answer to the file headers and the rest to the file page
ask() {
	local method=$1 path=$2 body=$3 header lines=''
	shift 3
	for header; do lines=$lines$header$'\r\n'; done
	[[ $lines == *Host:* ]] || lines=$lines"Host: $HOST"$'\r\n'
	[[ $lines == *Content-Type:* ]] ||
		lines=$lines"Content-Type: application/x-www-form-urlencoded"$'\r\n'
	[[ $lines == *Content-Length:* ]] || lines=$lines"Content-Length: $(
		LC_ALL=C; echo ${#body})"$'\r\n'
	printf '%s %s HTTP/1.1\r\n%sConnection: close\r\n\r\n%s' "$method" \
		"$path" "$lines" "$body" >request
	exec 7<>"/dev/tcp/127.0.0.1/$PORT"
	# the server can close it early: a SIGPIPE is for cat
	cat request >&7 2>/dev/null || true
	timeout 30 cat <&7 >answer || true
	exec 7>&-
	sed '/^\r*$/,$d' answer | tr -d '\r' >headers
	sed '1,/^\r*$/d' answer >page
}

# post BODY [HEADER...]: send a form
post() {
	ask POST /cgi-bin/index.cgi "$@"
}

status_code() {
	sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p' headers
}

# options FIELD: print the choices of the page
options() {
	sed -n "/<select name=\"$1\">/,/<\/select>/s/^<option value=\"\([^\"]*\)\".*/\1/p" page
}

# bare: the page without the form and its style
bare() {
	awk '/^<style>$/ { n++ }
		n == 2 { if (/^<\/style>$/) n = 3; next }
		/^<form / { form = 1 }
		!form { print }
		/^<\/form>$/ { form = 0 }' page
}

@test "the page has the models, their classes and the methods" {
	serve -m sst5-bigru
	[ "$(cat address)" = "http://$HOST/" ]
	for path in / /cgi-bin/index.cgi; do
		ask GET "$path" ''
		[ "$(status_code)" = 200 ]
		grep -qi '^content-type: text/html; charset=utf-8$' headers
		[ "$(options model)" = "$(reat-model list | sed 1d | cut -f 1)" ]
		[ "$(options method)" = "$(reat -a list | cut -d ' ' -f 1)" ]
		[ "$(options class | paste -sd ,)" = \
			'predicted,all,very negative,negative,neutral,positive,very positive' ]
		grep -q '<option value="sst5-bigru" selected>' page
	done
	# nothing from elsewhere
	[ -z "$(grep -E 'src=|url\(|https?:' page)" ]
	# only this machine
	hex=$(printf ':%04X' "$PORT")
	[ "$(awk -v p="$hex" 'substr($2, length($2) - 4) == p && $4 == "0A" {
		print $2 }' /proc/net/tcp)" = "0100007F$hex" ]
	[ -z "$(grep -i "$hex 0*:0000 0A" /proc/net/tcp6)" ]
}

@test "the picture is that of reat" {
	serve
	text="It's \"slow\", but <b>charming</b> & fun"
	body='text=It%27s+%22slow%22%2C%0D%0Abut+%3Cb%3Echarming%3C%2Fb%3E%09%26+fun'
	for choice in sst2-gru,predicted,reat sst2-lstm,all,half \
	    sst5-bigru,neutral,lime sst2-bigru,negative,skip; do
		IFS=, read -r model class method <<<"$choice"
		post "$body&model=$model&class=$class&method=$method"
		[ "$(status_code)" = 200 ]
		reat -t html -m "$model" -c "$class" -a "$method" \
			<<<"${text/, but/,  but}" >want
		bare | cmp - want
		grep -q "<option value=\"$model\" selected>" page
		grep -q "<option value=\"$class\" selected>" page
		grep -q "<option value=\"$method\" selected>" page
		grep -Fq '&lt;b&gt;charming&lt;/b&gt; &amp; fun</textarea>' page
	done
	# other scripts, and what is not given has its default
	post 'text=%E8%89%AF%E3%81%84+%F0%9F%98%80'
	[ "$(status_code)" = 200 ]
	bare | cmp - <(reat -t html -a reat <<<'良い 😀')
}

@test "a model of one's own" {
	cp -r "$ROOT/tests/contract/model" mine
	serve -m ./mine
	post 'text=a+good+film'
	[ "$(status_code)" = 200 ]
	[ "$(options model | head -n 1)" = "$(pwd -P)/mine" ]
	bare | cmp - <(reat -t html -a reat -m "$(pwd -P)/mine" <<<'a good film')
}

@test "rules of tokens: those of -z at first, and others" {
	serve
	ask GET / ''
	usual=quotes,tokenize\ quotes,characters,tokenize\ entities,quotes,tokenize\ split
	[ "$(options rules | paste -sd ' ')" = "$usual" ]
	text='A &lt;3 良い film'
	while read -r rules; do
		post "text=A+%26lt%3B3+%E8%89%AF%E3%81%84+film&rules=$rules"
		[ "$(status_code)" = 200 ]
		grep -q "<option value=\"$rules\" selected>" page
		reat -t html -z "$rules" <<<"$text" >want
		bare | cmp - want
		cp want "$rules"
	done < <(tr ' ' '\n' <<<"$usual")
	for rules in quotes,characters,tokenize entities,quotes,tokenize; do
		run ! cmp -s quotes,tokenize "$rules"
	done
	kill "$SERVER"
	wait "$SERVER" || true
	# rules of one's own, as a path from here
	echo 'words: [{find: "e", put: " e "}]' >mine.yaml
	serve -z quotes,./mine.yaml
	ask GET / ''
	own="quotes,$(pwd -P)/mine.yaml"
	[ "$(options rules | paste -sd ' ')" = "$own $usual" ]
	grep -q "<option value=\"$own\" selected>" page
	post 'text=a+slow+theme'
	[ "$(status_code)" = 200 ]
	bare | cmp - <(reat -t html -z "$own" <<<'a slow theme')
}

@test "a wrong choice or text is answered with the form and a message" {
	serve
	long=$(head -c 2001 /dev/zero | tr '\0' a)
	while IFS='|' read -r body message; do
		post "$body"
		echo "$body: $(status_code)"
		[ "$(status_code)" = 400 ]
		grep -F "<p class=\"fault\" role=\"alert\">$message" page ||
			{ grep role=.alert page; false; }
		grep -q '^<form ' page
		[ -z "$(grep '<article' page)" ]
	done <<-END
	text=a&model=nosuch|no model &quot;nosuch&quot;
	text=a&model=..%2F..%2Fetc|no model
	text=a&model=.%2Fmine|no model
	text=a&model=-h|no model
	text=a&model=tagger|no model
	text=a&model=sst2-gru%3Btouch+x|no model
	text=a&model=sst2-gru+|no model
	text=a&class=gold|no class
	text=a&class=-h|no class
	text=a&class=%24%28touch+x%29|no class &quot;\$(touch x)&quot; of sst2-gru
	text=a&class=neutral|no class &quot;neutral&quot; of sst2-gru
	text=a&class=positive%3Anegative|no class
	text=a&method=list|no method
	text=a&method=reat%0Atouch+x|no method
	text=a&method=|no method
	text=a&method=%3Cscript%3E|no method &quot;&lt;script&gt;&quot;
	text=a&rules=chunk|no rules &quot;chunk&quot;
	text=a&rules=.%2Fmine.yaml|no rules
	text=a&rules=-h|no rules
	text=|there is no text
	text=+%0A%0D%09|there is no text
	model=sst2-gru|there is no text
	text=$long|the text has 2001 characters, the limit is 2000
	END
	post "text=${long#a}"
	[ "$(status_code)" = 200 ]
	# what a shell would run is a text
	post 'text=%24%28touch+x%29%3B+%60touch+x%60+%7C+touch+x+%27%3Btouch+x%27+-h+%26%26+touch+x'
	[ "$(status_code)" = 200 ]
	grep -q '<article' page
	[ ! -e x ]
	[ -z "$(find "$TMPDIR" -name x)" ]
	[ ! -s err ]
}

@test "a request that no page of it makes is refused" {
	serve
	while IFS='|' read -r want body header; do
		post "$body" ${header:+"$header"}
		echo "$body $header: $(cat headers)"
		[ "$(status_code)" = "$want" ]
		[ -z "$(grep '<article' page)" ]
	done <<-'END'
	400|text=%
	400|text=%zz
	400|text=a%00b
	400|text=%ff
	400|text=%ed%a0%80
	400|text=a&text=b
	400|text=a&color=red
	400|text=a&&model=sst2-gru
	403|text=a|Host: evil.example
	403|text=a|Host: evil.example:80
	403|text=a|Origin: http://evil.example
	403|text=a|Origin: null
	415|text=a|Content-Type: text/plain
	413|text=a|Content-Length: 40000
	END
	post 'text=a' "Origin: http://$HOST"
	[ "$(status_code)" = 200 ]
	post 'text=a' "Host: localhost:$PORT" "Origin: http://localhost:$PORT"
	[ "$(status_code)" = 200 ]
	for path in /../conf /cgi-bin/../../conf /cgi-bin/../../lock \
	    /cgi-bin/%2e%2e/%2e%2e/conf /home /cgi-bin/ /cgi-bin/nosuch; do
		ask GET "$path" ''
		echo "$path: $(cat headers)"
		[[ $(status_code) == [45]* ]] || [ "$(status_code)" = 302 ]
		[ -z "$(grep '127.0.0.1$' page)" ]
	done
	# it still answers
	ask GET / ''
	[ "$(status_code)" = 200 ]
}

@test "requests at the same time are answered one after the other" {
	serve
	for i in 1 2 3; do
		(post 'text=slow+but+charming' && status_code >"code$i") \
			>/dev/null 2>&1 3>&- || true &
		pids[i]=$!
		# each has files of its own
		mkdir "$i"
		cd "$i"
	done
	wait "${pids[@]}"
	cd "$BATS_TEST_TMPDIR"
	find . -name 'code*' -exec grep -H . {} +
	find . -name headers -exec head -n 3 {} +
	[ "$(find . -name 'code*' -exec cat {} + | sort -u)" = 200 ]
	[ "$(find . -name 'code*' | wc -l)" -eq 3 ]
}

@test "it ends with its server and its folder; a port that is taken is said" {
	serve
	[ -n "$(find "$TMPDIR" -name 'reat-live-*')" ]
	[ -z "$(find "$TMPDIR" -name 'reat-live-*' -perm /077 -type d)" ]
	try reat-live "$PORT"
	[ "$status" -eq 2 ]
	[[ $stderr == "reat-live: port $PORT: "*"; give another port" ]]
	kill "$SERVER"
	got=0
	wait "$SERVER" || got=$?
	[ "$got" -eq 143 ]
	SERVER=''
	[ -z "$(find "$TMPDIR" -name 'reat-live-*')" ]
	! (exec 7<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null || false
}

@test "a wrong command line; no busybox" {
	while IFS='|' read -r args message; do
		# shellcheck disable=SC2086
		try reat-live $args
		[ "$status" -eq 2 ]
		[[ $stderr == "reat-live: $message"* ]]
	done <<-'END'
	80|port "80", expected a number from 1024 to 65535
	65536|port "65536", expected
	0x2000|port "0x2000", expected
	2000 3000|2 operands, expected a port
	-m nosuch|nosuch: no such model
	-z nosuch|nosuch: no such rules
	-z ./nosuch.yaml|./nosuch.yaml: 
	-z quotes,./a,b/r.yaml|./a: 
	END
	mkdir a,b
	cp "$ROOT/share/rules/split.yaml" a,b
	cd a,b
	try reat-live -z ./split.yaml
	[ "$status" -eq 2 ]
	[[ $stderr == *'/a,b/split.yaml: a path of rules cannot have a comma in it' ]]
	cd ..
	mkdir bin
	try env PATH="$PWD/bin" "$REAT_BUILD/reat-live" \
		$((20000 + RANDOM % 20000))
	[ "$status" -eq 2 ]
	[ "$stderr" = 'reat-live: busybox httpd cannot be run; install busybox' ]
}

@test "in Chromium: a text is typed, the button is pressed" {
	command -v node >/dev/null || skip "no node"
	chromium=$(command -v chromium || command -v chromium-browser ||
		command -v google-chrome) || skip "no chromium"
	serve
	HOME=$BATS_TEST_TMPDIR timeout 100 node "$ROOT/tests/browser.js" \
		"$chromium" "http://$HOST/" 'text=a slow but charming film' \
		model=sst2-lstm class=all method=half >got 2>log || { cat log; false; }
	reat -t html -m sst2-lstm -c all -a half \
		<<<'a slow but charming film' >want
	# the text of the page, as it is shown
	n=$(grep -c '<article' want)
	[ "$(grep -c . got)" -eq "$n" ]
	grep -q charming got
}
