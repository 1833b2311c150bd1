# What fails in the system: memory, files, pipes.  tests/fault/run makes the
# calls of every filter fail, one after the other.
load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	MODEL=$ROOT/tests/contract/model
	TOK=$ROOT/tests/contract/tok
	TEXT=$ROOT/tests/contract/text
}

teardown() {
	drop_shim
}

@test "a failing call ends with 2 and one line, or changes nothing" {
	need_shim
	bash "$ROOT/tests/fault/run" "$REAT_BUILD" >table || {
		grep '^not ok' table
		false
	}
	[ "$(grep -c ' malloc ' table)" -gt 50 ]
}

@test "a failing allocation in libfyaml exits with 2" {
	need_shim
	last=0
	for i in $(seq 400); do
		LD_PRELOAD=$shim REAT_FAULT=malloc:$i:12 reat-tokenize "$TEXT" \
			>out 2>err && continue
		grep -q 'in libfyaml' err || continue
		last=$i
		[ "$(cat err)" = "reat-tokenize: out of memory (in libfyaml)" ]
	done
	[ "$last" -gt 20 ]
}

@test "streams that do not block are waited for" {
	reat-tokenize "$TEXT" "$TEXT" >whole
	# GNU dd sets O_NONBLOCK, and it stays set
	{ cat "$TEXT"; sleep 0.3; cat "$TEXT"; } | {
		dd iflag=nonblock count=0 2>/dev/null || exit 0
		reat-tokenize
	} >out 2>err
	[ ! -s err ]
	cmp <(grep -v '^# sent_id' whole) <(grep -v '^# sent_id' out)
	for _ in $(seq 400); do cat "$TEXT"; done >many
	reat-tokenize many >whole
	{
		dd oflag=nonblock count=0 </dev/null 2>/dev/null || exit 0
		reat-tokenize many 2>err
	} | { sleep 0.3; cat; } >out
	[ ! -s err ]
	cmp whole out
}

@test "a FIFO in a model's folder is refused" {
	for file in model.yaml vocab.txt weights.safetensors; do
		rm -rf m
		cp -r "$MODEL" m
		rm m/$file
		mkfifo m/$file
		try -1 timeout 10 reat-predict -m ./m "$TOK"
		[[ "$stderr" == "reat-predict: ./m/$file: "*file* ]]
	done
	mkdir t
	cp "$ROOT"/share/models/tagger/tagger.yaml t
	mkfifo t/weights.bin
	try -1 timeout 10 reat-tag -m ./t "$TOK"
	[[ "$stderr" == *"t/weights.bin: expected a file"* ]]
	rm t/tagger.yaml
	mkfifo t/tagger.yaml
	try -1 timeout 10 reat-tag -m ./t "$TOK"
	[[ "$stderr" == *"t/tagger.yaml: a FIFO"* ]]
}

@test "a limit of the file size gives a message" {
	for _ in $(seq 40); do cat "$TEXT"; done >many
	try -2 bash -c 'ulimit -f 1; reat-tokenize many >out'
	[ "$stderr" = "reat-tokenize: stdout: cannot write: File too large" ]
}

@test "no memory for a model exits with 2" {
	need_shim
	LD_PRELOAD=$shim REAT_FAULT=mmap:1:12 try -2 reat-predict -m "$MODEL" "$TOK"
	[[ "$stderr" == *": cannot map: Cannot allocate memory" ]]
}
