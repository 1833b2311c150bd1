# SPDX-License-Identifier: ISC
"""The scores of REAT in a notebook.

    import reat

    scores = reat.explain(["A charming but slow film"], method="half")
    scores                  # in a notebook: the picture
    scores.frame()          # a pandas DataFrame, a row for each span
    reat.read("scores.tsv") # the same from a file, or another table

This module has no model.  It runs the filters of REAT, which are found on PATH
or in the folder `programs`, and reads what they print.  The names of columns are
those of reat-score(5).  Only the functions that return a DataFrame need pandas.
"""

import csv
import html
import io
import os
import shutil
import subprocess
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

__all__ = ["Error", "Scores", "explain", "read", "run"]
__version__ = "0.1.0"

HEADER = "doc\tclass\tlevel\tfirst\tlast\tmodel\tmethod\ttag\tprob\tscore\ttext"
COLUMNS = HEADER.split("\t")
# columns that stay strings, also where all their values are numbers
STRINGS = {"doc", "label", "predicted", "words", "after", *COLUMNS} - {
    *("first", "last", "prob", "score")
}
# documents of a picture in a notebook; its height in pixels, a document and most
SHOWN, TALL, MOST = 20, 300, 900


class Error(Exception):
    """A filter has failed.  The text is what it printed, without its usage."""

    def __init__(self, message: str, status: int):
        super().__init__(message)
        self.status = status  # 1: bad data; 2: a wrong option, or the system


def run(
    program: str,
    *arguments: str,
    input: str | bytes = b"",
    programs: str | None = None,
    keep_going: bool = False,
) -> str:
    """Run a filter, such as reat-eval, and return what it prints.

    `input` is its standard input, and `programs` the folder of the filters, if
    they are not on PATH.  Raise Error if the filter fails.  With `keep_going`
    the filter gets -k, and texts that it left out are a warning.
    """
    path = os.path.join(programs, program) if programs else program
    found = shutil.which(path)
    if found is None:
        where = f"in {programs}" if programs else "on PATH"
        raise Error(
            f"{program}: no such program {where}; "
            "give the folder of the filters as programs=",
            2,
        )
    if isinstance(input, str):
        # what is no character is reported by the filter, with its line
        input = input.encode("utf-8", "surrogatepass")
    done = subprocess.run(
        [found, *(["-k"] if keep_going else []), *arguments],
        input=input,
        capture_output=True,
        check=False,
    )
    said = done.stderr.decode("utf-8", "replace")
    said = "\n".join(
        line for line in said.splitlines() if not line.startswith("usage: ")
    )
    if done.returncode != 0 and not (keep_going and done.returncode == 1):
        raise Error(said or f"{program}: status {done.returncode}", done.returncode)
    if said:
        warnings.warn(said, stacklevel=2)
    return done.stdout.decode("utf-8")


class Scores:
    """A score stream, reat-score(5): its rows, a table, or a picture."""

    def __init__(self, stream: str, programs: str | None = None):
        """`stream` is what a filter printed; Error if it is another table."""
        header, self.lines = _lines(stream)
        if header != HEADER:
            raise Error(f"{header!r} is not the header of scores, reat-score(5)", 1)
        self.programs = programs

    @property
    def stream(self) -> str:
        """The stream, with one header."""
        return "".join(line + "\n" for line in (HEADER, *self.lines))

    def rows(self) -> Iterator[dict[str, str]]:
        """A dictionary of strings for each row, without pandas."""
        for line in self.lines:
            yield dict(zip(COLUMNS, line.split("\t"), strict=True))

    def frame(self) -> Any:
        """A pandas DataFrame; a sum has no first and last word (NA)."""
        return _table(HEADER, self.lines)

    def documents(self) -> list[str]:
        """The names of the documents, in their order."""
        return list(dict.fromkeys(line.partition("\t")[0] for line in self.lines))

    def head(self, documents: int) -> "Scores":
        """The scores of the first documents."""
        kept = set(self.documents()[:documents])
        part = Scores(HEADER + "\n", self.programs)
        part.lines = [x for x in self.lines if x.partition("\t")[0] in kept]
        return part

    def draw(self, *options: str) -> str:
        """A picture of all documents: what reat-heatmap prints.

        draw("-t", "html") is a page, draw("-t", "latex") a figure.
        """
        return run("reat-heatmap", *options, input=self.stream, programs=self.programs)

    def __len__(self) -> int:
        return len(self.documents())

    def __repr__(self) -> str:
        return f"<Scores: {len(self)} documents, {len(self.lines)} rows>"

    def _repr_html_(self) -> str:
        """The page of reat-heatmap -t html, in a frame of its own."""
        shown = self.head(SHOWN)
        page = html.escape(shown.draw("-t", "html"))
        tall = min(MOST, TALL * max(1, len(shown)))
        # the height is that of the page, where the notebook runs such code
        load = (
            "this.style.height=Math.min("
            "this.contentDocument.documentElement.scrollHeight,"
            f"{MOST})+'px'"
        )
        frame = (
            f'<iframe srcdoc="{page}" onload="{load}" title="scores" '
            f'style="width:100%;height:{tall}px;border:0"></iframe>'
        )
        if len(shown) < len(self):
            frame += f"<p>The first {len(shown)} of {len(self)} documents.</p>"
        return frame


def explain(
    texts: str | Iterable[str],
    *,
    labels: Sequence[str] | None = None,
    method: str | None = None,
    model: str | None = None,
    target: str | None = None,
    levels: str | None = None,
    command: str | None = None,
    probability: bool = False,
    options: Sequence[str] = (),
    programs: str | None = None,
    keep_going: bool = False,
) -> Scores:
    """Explain texts by the pipeline of reat(1); its documents are 1, 2, ...

    A text can have tabs and newlines, and can be empty.  `labels` has a label
    for each text.  `method`, `model`, `target` (a class), `levels`, `command`
    and `probability` are the options -a, -m, -c, -l, -x and -y of reat, and
    `options` has others.  Raise Error with the filter's message if one fails.
    With `keep_going` bad texts are left out, with a warning.
    """
    texts = [texts] if isinstance(texts, str) else list(texts)
    if labels is not None and len(labels) != len(texts):
        raise ValueError(f"{len(labels)} labels of {len(texts)} texts")
    for number, text in enumerate(texts, 1):
        if not isinstance(text, str):
            raise TypeError(f"text {number} is {type(text).__name__}, not str")
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\n")
    columns = ["id", "text"] + (["label"] if labels is not None else [])
    writer.writerow(columns)
    for number, row in enumerate(zip(texts, *([labels] if labels else [])), 1):
        writer.writerow([number, *row])
    arguments = ["-t", "tsv", "-D", ",", "-f", ",".join(f"{c}={c}" for c in columns)]
    for letter, value in (
        ("-a", method),
        ("-m", model),
        ("-c", target),
        ("-l", levels),
        ("-x", command),
    ):
        if value is not None:
            arguments += [letter, value]
    if probability:
        arguments.append("-y")
    stream = run(
        "reat",
        *arguments,
        *options,
        input=table.getvalue(),
        programs=programs,
        keep_going=keep_going,
    )
    return Scores(stream or HEADER + "\n", programs)


def read(source: str | os.PathLike | TextIO) -> Any:
    """A pandas DataFrame of a file, or an open one, of tab-separated values.

    It is a score stream or another table, of reat-eval, reat-predict or
    reat-reduce.  The header that is repeated where streams were joined is left
    out.  What the columns call `_` is missing, except in words.
    """
    if isinstance(source, str | os.PathLike):
        with open(source, encoding="utf-8", newline="") as file:
            return _table(*_lines(file.read()))
    return _table(*_lines(source.read()))


def _lines(stream: str) -> tuple[str, list[str]]:
    """The header, and the lines that are no header and not empty."""
    header, *lines = stream.split("\n")
    lines = [line for line in lines if line not in ("", header)]
    for number, line in enumerate(lines, 1):
        if line.count("\t") != header.count("\t"):
            found, right = line.count("\t") + 1, header.count("\t") + 1
            raise Error(f"row {number}: {found} columns, expected {right}", 1)
    return header, lines


def _table(header: str, lines: list[str]) -> Any:
    import pandas

    names = header.split("\t")
    words = [name for name in names if name in STRINGS]
    numbers = [name for name in names if name not in STRINGS]
    kinds = dict.fromkeys(words, "str")
    kinds.update((name, "Int64") for name in ("first", "last") if name in names)
    return pandas.read_csv(
        io.StringIO("\n".join([header, *lines])),
        sep="\t",
        lineterminator="\n",
        quoting=csv.QUOTE_NONE,
        dtype=kinds,
        keep_default_na=False,
        na_values={name: ["_"] for name in numbers},
        float_precision="round_trip",
    )
