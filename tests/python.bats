# share/python: the package for notebooks.  The Python in REAT_PEERS, or python3,
# needs pandas for tables, and nbconvert and ipykernel for the notebook.
# shellcheck disable=SC2154

load helper

PYTHON=${REAT_PEERS:-python3}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$ROOT/share/python
	"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
		2>/dev/null || skip "no Python 3.10 or later as $PYTHON"
}

need_python() {
	"$PYTHON" -c "import $1" 2>/dev/null || skip "no $1 for $PYTHON"
}

@test "the version is that of the programs, and the module is short" {
	[ "reat (REAT) $("$PYTHON" -c 'import reat; print(reat.__version__)')" = \
		"$(reat -V)" ]
	[ "$(wc -l <"$ROOT/share/python/reat.py")" -lt 300 ]
}

@test "explain: hostile texts, the rows of reat, and the page of reat-heatmap" {
	"$PYTHON" - <<-'END'
	import html, re, subprocess, reat
	texts = ["A charming\tbut\r\nslow film", "", "NA", '"q" <b>&amp; \' ,', "\n",
	         "\u2028 naïve \N{WAVING HAND SIGN}", "-5", "=1+1", "text", "# x"]
	scores = reat.explain(iter(texts), method="half", target="all",
	                      labels=["negative"] * len(texts))
	assert scores.documents() == [str(n + 1) for n in range(len(texts))]
	rows = list(scores.rows())
	assert [r["text"] for r in rows if r["doc"] == "1" and
	        (r["class"], r["level"]) == ("positive", "word")] == [
	    "A", "charming", "but", "slow", "film"]
	assert rows[-1]["text"].endswith("label=negative")
	# one text is what the shell gives
	one = reat.explain("A charming film").stream
	printed = subprocess.run(["reat", "-t", "tsv"], input="A charming film\n",
	                         capture_output=True, text=True, check=True).stdout
	assert one == printed
	# the picture is the page, in a frame
	page = html.unescape(re.search('srcdoc="(.*?)"', scores._repr_html_(),
	                               re.S).group(1))
	assert page == subprocess.run(["reat-heatmap", "-t", "html"], text=True,
	                              input=scores.stream, check=True,
	                              capture_output=True).stdout
	assert "<b>&amp" not in page and "charming" in page
	joined = reat.Scores(one + one.replace("\n1\t", "\n2\t"))
	assert repr(joined) == "<Scores: 2 documents, 18 rows>", joined
	assert joined.head(1).stream == one
	assert len(reat.explain([])) == 0 and reat.explain([])._repr_html_()
	END
}

@test "a filter that fails raises an error with its own line" {
	"$PYTHON" - "$REAT_BUILD" <<-'END' 2>warned
	import os, sys, reat
	def fails(what, status, **options):
	    try:
	        reat.explain(["ok", "a\0b", "\ud800"][:options.pop("n", 1)], **options)
	    except reat.Error as error:
	        assert what in str(error), error
	        assert error.status == status and "usage" not in str(error)
	    else:
	        assert False, what
	fails("reat-tokenize: stdin:3: NUL at byte 6", 1, n=2)
	fails('reat: option -a: "nope", expected reat, ', 2, method="nope")
	fails("reat-score: nope: no such model", 2, model="nope")
	fails('has no class "x"', 2, target="x")
	fails("reat-occlude: false: ended with status 1", 2, command="false")
	fails("reat: no such program in /nowhere", 2, programs="/nowhere")
	assert reat.explain(["a", "b\0", "c"], keep_going=True).documents() == [
	    "1", "3"]
	for text in "doc\tlabel\n", reat.HEADER + "\n1\tpositive\n":
	    try:
	        reat.Scores(text)
	        assert False
	    except reat.Error as error:
	        assert "header" in str(error) or "2 columns, expected 11" in str(error)
	for texts, labels, kind in ([1.5], None, TypeError), (["a"], [], ValueError):
	    try:
	        reat.explain(texts, labels=labels)
	        assert False
	    except kind:
	        pass
	# without PATH, from a folder
	os.environ["PATH"] = "/usr/bin:/bin"
	scores = reat.explain("a film", programs=sys.argv[1])
	assert "film" in scores.draw("-t", "latex")
	fails("reat: no such program on PATH", 2)
	END
	grep -q 'UserWarning: reat-tokenize: stdin:3: NUL' warned
}

@test "tables: kinds of columns, missing values, and 100,000 texts" {
	need_python pandas
	printf 'good\nNA film\n1984\n' | reat-tokenize >tok
	reat-score -m sst2-gru tok >scores
	cat scores scores >twice
	reat-predict tok >predicted
	reat-reduce tok >reduced
	"$PYTHON" - <<-'END'
	import io, pandas, reat
	f = reat.read("scores")
	assert list(f.columns) == reat.COLUMNS
	assert f["first"].dtype == "Int64" and f.score.dtype == float
	assert list(f[f.level == "word"].text) == ["good", "NA", "film", "1984"]
	assert f[f.level == "bias"]["first"].isna().all()
	assert f.doc.tolist()[0] == "1" and (f.tag == "_").any()
	sums = f.pivot_table(index="doc", columns="level", values="score")
	assert (sums.text + sums.bias - sums.logit).abs().max() < 1e-5
	assert len(reat.read(open("twice"))) == 2 * len(f)
	p = reat.read("predicted")
	assert p.positive.dtype == float and p.label.tolist() == ["_"] * 3
	assert reat.read("reduced").n.dtype == int
	assert len(reat.read(io.StringIO(reat.HEADER + "\n"))) == 0
	many = reat.explain(pandas.Series(["good\tfilm\n"] * 10**5), levels="word")
	f = many.frame()
	assert f.doc.nunique() == 10**5 and len(f) == 5 * 10**5
	assert "The first 20 of 100000 documents" in many._repr_html_()
	END
}

# installed FOLDER: pip installs the package from FOLDER, for everybody to read
installed() {
	"$PYTHON" -m venv venv
	venv/bin/pip install -q --disable-pip-version-check "$1" >log 2>&1 ||
		skip "pip cannot install here: $(tail -n 1 log)"
	PYTHONPATH='' venv/bin/python -c 'import reat, os
assert "site-packages" in reat.__file__
print(reat.explain("a film"))' >got
	grep -qx '<Scores: 1 documents, [0-9]* rows>' got
	rm -r venv
}

@test "pip installs it from the tree and from a prefix, and leaves nothing there" {
	sh "$ROOT/tests/install" "$REAT_BUILD" "$PWD/bin" "$PWD/man" "$PWD/share"
	for f in reat.py pyproject.toml README.md; do
		cmp "$ROOT/share/python/$f" "share/python/$f"
	done
	find share/python | sort >before
	chmod -R a-w share/python
	installed "$PWD/share/python"
	find share/python | sort | cmp - before
	installed "$ROOT/share/python"
	find "$ROOT/share/python" ! -path '*/__pycache__*' |
		sed "s|^$ROOT/||" | sort | cmp - before
}

@test "examples/notebook.ipynb runs, and its page has the pictures" {
	need_python pandas,nbconvert,ipykernel
	export JUPYTER_CONFIG_DIR=$PWD/c JUPYTER_DATA_DIR=$PWD/d IPYTHONDIR=$PWD/i
	"$PYTHON" -m nbconvert --execute --to html --output-dir "$PWD" \
		"$ROOT/examples/notebook.ipynb" 2>log || { cat log; false; }
	[ "$(grep -c '<iframe .*srcdoc=' notebook.html)" -eq 2 ]
	grep -q 'tedious' notebook.html
	grep -q '0.25\|+0.400' notebook.html
	[ -z "$("$PYTHON" -c '
import json, sys
for cell in json.load(open(sys.argv[1]))["cells"]:
    print("".join(map(str, cell.get("outputs", []))), end="")' \
		"$ROOT/examples/notebook.ipynb")" ]
}
