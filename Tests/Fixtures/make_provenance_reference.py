"""Writes provenance.json: what pymerkle, DVC and Python's own hashlib and json say.

    python3 -m venv venv && venv/bin/pip install pymerkle==7.0.0 dvc==3.67.1
    venv/bin/python Tests/Fixtures/make_provenance_reference.py

* trees: roots and inclusion paths of trees over "row 0", "row 1", …, by pymerkle.
* table: a CSV file, its records written out by hand, and the root over them, by pymerkle.
* log: the lines of a log of three entries, by json.dumps and hashlib, as ProvenanceEntry says.
* pointers: what `dvc add` writes for files of these names and contents.
"""

import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from pymerkle import InmemoryTree


def tree_of(leaves):
    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    return tree


def tree_record(size):
    tree = tree_of([f"row {i}".encode() for i in range(size)])
    paths = []
    for index in range(size):
        # pymerkle puts the leaf at its place in the path; the siblings are the others.
        proof = tree.prove_inclusion(index + 1, size).serialize()
        leaf = hashlib.sha256(b"\0" + f"row {index}".encode()).hexdigest()
        siblings = list(proof["path"])
        siblings.remove(leaf)
        paths.append(siblings)
    return {"size": size, "root": tree.get_root().hex(), "paths": paths}


def table_record():
    records = [
        'name,"a ""b"", c",y', "1,2,u", '"two\nlines",,v', "ü🌸, 3 ,u", '"",1e5,"v"',
    ]
    root = tree_of([record.encode() for record in records]).get_root().hex()
    plain = "\n".join(records) + "\n"
    windows = "\ufeff" + "\r\n".join(records)
    return {"records": records, "root": root, "files": [plain, windows]}


def line_of(entry):
    def text(value):
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    digest = hashlib.sha256(text(entry).encode()).hexdigest()
    return text(entry | {"hash": digest}), digest


def version_record(content, file, stored="stored"):
    records = content.decode().splitlines()
    return {
        "bytes": len(content), "content": stored, "file": file, "header": "yes",
        "root": tree_of([record.encode() for record in records]).get_root().hex(),
        "rows": len(records) - 1, "version": hashlib.sha256(content).hexdigest(),
    }


def log_record():
    before, after = b"a,b,y\n1,2,u\n3,4,v\n", b"a,b,y\n1,2,v\n3,4,v\n"
    common = {"format": 1, "program": "hemlock 0.1.0"}
    entries = [
        {
            "action": "add", "inputs": [], "outputs": [version_record(before, "../../d.csv")],
            "parameters": {}, "source": "lab \"ü\"", "license": "CC-BY-4.0",
            "note": "tab\there, \u0001\u001f\u007f/\\\n🌸", "time": "2026-01-31T12:00:00Z",
        },
        {
            "action": "poison", "inputs": [version_record(before, "../../d.csv")],
            "outputs": [version_record(after, "../../p.csv")],
            "parameters": {"attack": "flip", "level": "0.5", "seed": "7"}, "rows": [1],
            "time": "2026-01-31T12:00:01Z",
        },
        {
            "action": "inspect", "inputs": [version_record(after, "../../p.csv", "hashes")],
            "outputs": [], "parameters": {}, "source_column": "y",
            "sources": [{"name": "v", "rows": 2}], "time": "2026-01-31T12:00:02Z",
        },
    ]
    previous, lines = "0" * 64, []
    for number, entry in enumerate(entries, start=1):
        line, previous = line_of(entry | common | {"sequence": number, "previous": previous})
        lines.append(line)
    return {"lines": lines, "head": previous}


NAMES = [
    "data.csv", "a b.csv", "we: ird #1.csv", "it's.csv", 'q"q.csv', "true", "null", "~", "123",
    "012", "0x1F", "0o17", "1e5", "1_000", "1:30", "2020-01-01", "=", "<<", " lead.csv", "tab\tx.csv",
    "ünï.csv", "🌸.csv", "{b}.csv", "[a", "a]", "a,b", "a#b", "a #b", "a:b.csv", "!a", "&a", "*a",
    "%a", "@a", "`a", "|a", ">a", "?a", "? a", "-a", "- dash.csv", "yes", "on", "a\\b", "=a", "+1",
    "-1.5", "1.", "1e", ".5", "a'b: c", "12-3", "1-2-3", "0b1", "False.csv", "NULL", "Yes: no",
]


def pointer_records():
    dvc = [str(Path(sys.executable).with_name("dvc"))]
    environment = os.environ | {"DVC_NO_ANALYTICS": "1"}
    pointers = []
    with tempfile.TemporaryDirectory() as folder:
        run = lambda *words: subprocess.run(
            dvc + list(words), cwd=folder, check=True, env=environment, capture_output=True)
        run("init", "--no-scm", "-q")
        for number, name in enumerate(NAMES):
            content = f"content {number}\n" * (number % 3)
            (Path(folder) / name).write_text(content)
            run("add", "-q", f"./{name}")
            text = (Path(folder) / f"{name}.dvc").read_text()
            pointers.append({"name": name, "content": content, "text": text})
    return pointers


def main():
    reference = {
        "made_with": {
            "python": platform.python_version(), "pymerkle": version("pymerkle"),
            "dvc": version("dvc"), "ruamel.yaml": version("ruamel.yaml"),
        },
        "trees": [tree_record(size) for size in [1, 2, 3, 4, 5, 7, 8, 9, 16, 21]],
        "table": table_record(),
        "log": log_record(),
        "pointers": pointer_records(),
    }
    path = Path(__file__).with_name("provenance.json")
    path.write_text(json.dumps(reference, indent=1, ensure_ascii=False) + "\n")


main()
