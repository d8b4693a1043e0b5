"""Writes dialects.json: small tables in every dialect, and what pandas reads of them.

    python3 -m venv .venv && .venv/bin/pip install pandas==2.3.3
    .venv/bin/python Tests/Fixtures/make_dialects_reference.py

Each file is written by the rules of its dialect below, and read by pandas.read_csv, which is told the
dialect; Hemlock must find out. Files are kept compressed, as one stream for all.
"""

import base64
import io
import itertools
import json
import math
import sys
import zlib
from pathlib import Path

import pandas

NUMBERS = {
    "length": [0.66, -12.5, 1234.75, 1234567.25, 0.001, None, 88.0, 7.5],
    "count": [12.0, 1234567.0, 999.0, None, 45000.0, 1.0, 2500.0, 10.0],
}
KINDS = ["groß", "klein", "a,b;c", "groß", "mittel groß", "klein", "a,b;c", "klein"]
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "blanks": " "}
ENCODINGS = {
    "utf-8": ("utf-8", None),
    "utf-8 with mark": ("utf-8-sig", None),
    "utf-16": ("utf-16", None),
    "utf-16be without mark": ("utf-16-be", None),
    "latin-1": ("latin-1", "latin-1"),
    "windows-1252": ("cp1252", "windows-1252"),
}
SURROUNDINGS = ["plain", "comments", "title", "blank lines", "index", "trailing"]


def written(value, decimal, thousands):
    if value is None:
        return "NA"
    if isinstance(value, str):
        return value
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    table = {",": thousands, ".": decimal}
    return "".join(table.get(character, character) for character in text)


def quoted(text, separator, everywhere):
    if everywhere or separator in text or '"' in text or (separator == " " and " " in text):
        return '"' + text.replace('"', '""') + '"'
    return text


def file(separator, decimal, thousands, everywhere, encoding, line_break, surrounding):
    names = [*NUMBERS, "kind"]
    rows = [[*row, kind] for *row, kind in zip(*NUMBERS.values(), KINDS)]
    records = [names] + [[written(v, decimal, thousands) for v in row] for row in rows]
    if surrounding == "index":
        records = [["" if i == 0 else str(i - 1), *r] for i, r in enumerate(records)]
    if surrounding == "trailing":
        records = [[*r, ""] for r in records]
    lines = [
        separator.join(quoted(t, separator, everywhere or (separator == " " and not t)) for t in r)
        for r in records
    ]
    before = {"comments": ["# made by hand", "#", "# see there"], "title": ["Measurements", ""]}
    after = [""] * 3 if surrounding == "blank lines" else [""]
    text = line_break.join(before.get(surrounding, []) + lines + after)
    return text.encode(encoding)


def read(data, separator, decimal, thousands, encoding, surrounding):
    table = pandas.read_csv(
        io.BytesIO(data), sep=r"\s+" if separator == " " else separator, decimal=decimal,
        thousands=thousands or None, encoding=encoding, float_precision="round_trip",
        comment="#" if surrounding == "comments" else None,
        skiprows=2 if surrounding == "title" else 0, keep_default_na=True)
    for name, values in NUMBERS.items():
        read_values = table[name].tolist()
        for ours, theirs in zip(values, read_values, strict=True):
            assert math.isnan(theirs) if ours is None else ours == theirs, (name, ours, theirs)
    assert table["kind"].tolist() == KINDS


def cases():
    decimals = [(".", ""), (".", ","), (".", " "), (",", ""), (",", "."), (",", " ")]
    encodings = list(ENCODINGS)
    grid = itertools.product(SEPARATORS, decimals, [False, True], SURROUNDINGS)
    for number, (name, (decimal, thousands), everywhere, surrounding) in enumerate(grid):
        encoding = encodings[number % len(encodings)]
        line_break = "\r\n" if number // 3 % 2 else "\n"
        separator = SEPARATORS[name]
        python, asked = ENCODINGS[encoding]
        data = file(separator, decimal, thousands, everywhere, python, line_break, surrounding)
        read(data, separator, decimal, thousands, python, surrounding)
        yield {
            "name": f"{name}, {decimal}{thousands}, {'all quoted, ' if everywhere else ''}{encoding}, "
            f"{surrounding}{', CR LF' if line_break != chr(10) else ''}",
            "separator": separator, "decimal": decimal, "thousands": thousands,
            "encoding": asked, "byteCount": len(data),
        }, data


def main():
    made = list(cases())
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    content = b"".join(data for _, data in made)
    reference = {
        "versions": {"python": sys.version.split()[0], "pandas": pandas.__version__},
        "numbers": NUMBERS, "kinds": KINDS,
        "files": base64.b64encode(squeeze.compress(content) + squeeze.flush()).decode(),
        "cases": [case for case, _ in made],
    }
    path = Path(__file__).with_name("dialects.json")
    text = json.dumps(reference, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text.replace('{"name"', '\n{"name"') + "\n")
    print(f"{len(made)} files, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
