"""Writes encodings.json: a table with texts, gaps and dates, and what scikit-learn and pandas make of it.

    python3 -m venv .venv && .venv/bin/pip install pandas==3.1.1 scikit-learn==1.9.1
    .venv/bin/python Tests/Fixtures/make_encodings_reference.py

Encoders and imputers are fitted to some rows and applied to all.
"""

import io
import json
import random
import sys
from pathlib import Path

import numpy
import pandas
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder

ROWS = 60
GAPS = ["", "NA", "?", "NaN", "null"]
NUMBERS = ["size", "count"]
TEXTS = ["colour", "shape"]
DATES = ["day", "instant"]


def field(text):
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n') else text


def table():
    draw = random.Random(7)
    rows = []
    for row in range(ROWS):
        size = draw.choice(GAPS) if draw.random() < 0.2 else f"{draw.uniform(-5, 50):.3f}"
        count = draw.choice(GAPS) if draw.random() < 0.1 else str(draw.randrange(100))
        # One colour in two rows only, so that few splits train on it.
        colour = "ultramarine" if row in (3, 41) else draw.choice(["red", "green", "grün", "Red", ""])
        shape = draw.choice(["a,b", 'say "x"', " blank ", "two\nlines"])
        day = f"{draw.randrange(1900, 2100)}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}"
        instant = (
            f"{draw.randrange(1960, 2040)}-02-{draw.randrange(1, 29):02d}"
            f"T{draw.randrange(24):02d}:{draw.randrange(60):02d}:{draw.randrange(60):02d}"
        )
        grade = draw.choice(["b", "a", "d", "c"])
        rows.append([size, count, colour, shape, day, instant, grade, "uv"[row % 2]])
    names = [*NUMBERS, *TEXTS, *DATES, "grade", "kind"]
    return names, "".join(",".join(map(field, row)) + "\n" for row in [names, *rows])


def main():
    names, text = table()
    read = pandas.read_csv(
        io.StringIO(text),
        keep_default_na=False,
        na_values={name: GAPS for name in [*NUMBERS, "colour"]},
    )
    training = sorted(random.Random(11).sample([r for r in range(ROWS) if r not in (3, 41)], 40))
    reference = {
        "versions": {"pandas": pandas.__version__, "scikit-learn": sklearn.__version__},
        "file": text,
        "training": training,
        "numbers": {},
        "texts": {},
        "dates": {},
    }
    for name in NUMBERS:
        column = read[[name]].to_numpy(float)
        imputer = SimpleImputer(strategy="median", add_indicator=True).fit(column[training])
        filled = imputer.transform(column)
        reference["numbers"][name] = {
            "median": imputer.statistics_[0],
            "filled": filled[:, 0].tolist(),
            "missing": filled[:, 1].tolist(),
        }
    for name in TEXTS:
        column = read[[name]].fillna("(missing)").to_numpy(object)
        encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(column[training])
        reference["texts"][name] = {
            "categories": encoder.categories_[0].tolist(),
            "columns": encoder.transform(column).T.tolist(),
        }
    grades = OrdinalEncoder().fit(read[["grade"]])
    reference["grades"] = {
        "categories": grades.categories_[0].tolist(),
        "places": grades.transform(read[["grade"]])[:, 0].tolist(),
    }
    for name in DATES:
        # Exact in whole seconds before the one division.
        seconds = pandas.to_datetime(read[name]).to_numpy("datetime64[s]").astype(numpy.int64)
        reference["dates"][name] = (seconds / 86400).tolist()
    target = Path(__file__).with_name("encodings.json")
    target.write_text(json.dumps(reference, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{target.name}: {len(names)} columns, {ROWS} rows, {sys.version.split()[0]}")


main()
