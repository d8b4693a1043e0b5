"""Writes validation.json: SciPy's two-sample tests and pandera's verdicts, for the tests of validation.

    python -m venv peers && peers/bin/pip install scipy==1.17.1 pandas==3.1.1 pandera==0.35.0 pyyaml
    peers/bin/python Tests/Fixtures/make_validation_reference.py > Tests/Fixtures/validation.json

Made with Python 3.11, SciPy 1.17, NumPy 2.4, pandas 3.1.1, pandera 0.35.0.
"""

import io
import json
import platform
import warnings

import numpy
import pandas
import pandera.pandas as pandera
import scipy
import yaml
from scipy.stats import (
    ansari, chi2, chi2_contingency, ks_2samp, kstwobign, norm, permutation_test, rankdata,
    ttest_ind,
)

warnings.simplefilter("ignore")
generator = numpy.random.default_rng(20261126)


def kolmogorov():
    cases = []
    for n, m, shift, digits in [
        (1, 1, 0, 2), (2, 5, 0, 2), (7, 7, 0.5, 3), (25, 25, 0, 1), (10, 33, 1, 3), (50, 50, 0.8, 1),
        (150, 75, 0.2, 2), (40, 41, 3, 3),
    ]:
        a = numpy.round(generator.normal(size=n), digits)
        b = numpy.round(generator.normal(size=m) + shift, digits)
        result = ks_2samp(a, b, method="exact")
        cases.append({
            "a": a.tolist(), "b": b.tolist(), "statistic": float(result.statistic),
            "pValue": float(result.pvalue),
        })
    large = []
    for n, m, shift in [(5000, 4000, 0), (4000, 4000, 0.02), (6000, 3000, 0.05)]:
        # Ranks rather than numbers, of which the test makes the samples again.
        order = numpy.argsort(numpy.concatenate([
            generator.normal(size=n), generator.normal(size=m) + shift
        ]))
        first = numpy.zeros(n + m, dtype=int)
        first[order < n] = 1
        values = numpy.arange(n + m)
        a, b = values[first == 1], values[first == 0]
        statistic = ks_2samp(a, b, method="asymp").statistic
        large.append({
            "isFirst": "".join(map(str, first)), "statistic": float(statistic),
            "pValue": float(kstwobign.sf(statistic * (n * m / (n + m)) ** 0.5)),
        })
    return {"exact": cases, "limiting": large}


def homogeneity():
    cases = []
    for a, b in [
        ([50, 50, 50], [40, 60, 55]), ([10, 20], [30, 15]), ([100, 200, 5, 95], [90, 180, 30, 120]),
        ([12, 0, 30], [10, 0, 41]),
    ]:
        table = numpy.array([a, b])
        table = table[:, table.sum(axis=0) > 0]
        result = chi2_contingency(table, correction=False)
        cases.append({
            "a": a, "b": b, "statistic": float(result.statistic), "pValue": float(result.pvalue),
            "degreesOfFreedom": int(result.dof),
        })
    return cases


def stability():
    cases = []
    for n, m, shift in [(200, 300, 0), (100, 100, 0.5), (35, 1000, 0.2)]:
        a = numpy.round(generator.normal(size=n) + shift, 4)
        e = numpy.round(generator.normal(size=m), 4)
        bins = min(10, min(n, m) // 10)
        edges = numpy.quantile(e, numpy.arange(1, bins) / bins, method="inverted_cdf")
        places = numpy.concatenate([[-numpy.inf], edges, [numpy.inf]])
        # Bins hold their upper edge, as in pandas.cut.
        share = lambda x: (
            numpy.bincount(pandas.cut(x, places, labels=False), minlength=bins) + 0.5
        ) / (len(x) + 0.5 * bins)
        p, q = share(a), share(e)
        cases.append({
            "a": a.tolist(), "b": e.tolist(), "statistic": float(((p - q) * numpy.log(p / q)).sum()),
            "limit": float((1 / n + 1 / m) * chi2.ppf(0.95, bins - 1)),
        })
    return cases


def ranks():
    """Linear rank tests and shifts in deviations of the reference."""
    def scores(a, b):
        rank = rankdata(numpy.concatenate([a, b]))
        return {
            "location": norm.ppf(rank / (len(rank) + 1)),
            "spread": numpy.abs(rank - (len(rank) + 1) / 2),
            "mean": numpy.concatenate([a, b]),
        }

    def standardized(x, n):
        deviations = x - x.mean()
        size, m = len(x), len(x) - n
        return float(deviations[:n].sum() / (
            n * m / (size * (size - 1)) * (deviations**2).sum()) ** 0.5)

    def distances(x):
        return numpy.abs(x - numpy.median(x)) * (len(x) / (len(x) - 1)) ** 0.5

    cases = []
    for n, m, shift in [(5, 9, 0), (30, 20, 1), (40, 40, 0.3)]:
        a, b = generator.normal(size=n), generator.normal(size=m) + shift
        u, v = distances(a), distances(b)
        cases.append({
            "a": a.tolist(), "b": b.tolist(),
            **{kind: standardized(x, n) for kind, x in scores(a, b).items()},
            "ansari": float(ansari(a, b).pvalue),
            "shift": float((a.mean() - b.mean()) / b.std(ddof=1)),
            "shiftPValue": float(ttest_ind(a, b, equal_var=False).pvalue),
            "ratio": float(u.mean() / v.mean()),
            "ratioPValue": float(ttest_ind(u, v, equal_var=False).pvalue),
        })
    small = []
    for shift in [0, 1, 2]:
        a, b = generator.normal(size=5), generator.normal(size=6) + shift
        case = {"a": a.tolist(), "b": b.tolist()}
        for kind, x in scores(a, b).items():
            x = x - x.mean()
            result = permutation_test(
                (x[:5], x[5:]), lambda u, v: abs(u.sum()), n_resamples=numpy.inf,
                alternative="greater")
            case[kind] = float(result.pvalue)
        small.append(case)
    return {"statistics": cases, "probabilities": small}


SCHEMA = """
missing_values: ["?", NA]
other_columns: {others}
copies: {copies}
columns:
  id: {{type: integer, unique: true}}
  width: {{type: number, minimum: 0, maximum: 10}}
  length: {{type: number, minimum: -5.5, missing: 1}}
  count: {{type: integer, maximum: 100, missing: 1}}
  kind: {{type: text, values: [red, green, "blue, dark"]}}
rules:
  - width <= length + 2
  - if kind == 'red' and count > 50 then width - 1 != 2 * length
  - "`count` / 2 < 49.5"
"""

# The rules once more, in pandas; a row that lacks a value keeps them.
RULES = [
    lambda f: ~(f["width"] > f["length"] + 2),
    lambda f: ~(
        (f["kind"] == "red") & (f["count"] > 50) & (f["width"] - 1 == 2 * f["length"])
    ),
    lambda f: ~(f["count"] / 2 >= 49.5),
]


def verdict(text, schema):
    """The rows pandera rejects, and the columns it misses or does not know."""
    frame = pandas.read_csv(
        io.StringIO(text), dtype=str, keep_default_na=False,
        na_values=[""] + schema["missing_values"])
    columns = {}
    for name, column in schema["columns"].items():
        checks = []
        if "minimum" in column:
            checks.append(pandera.Check.ge(column["minimum"]))
        if "maximum" in column:
            checks.append(pandera.Check.le(column["maximum"]))
        if "values" in column:
            checks.append(pandera.Check.isin(column["values"]))
        columns[name] = pandera.Column(
            {"integer": "Int64", "number": float, "text": str}[column["type"]], checks,
            nullable=column.get("missing", 0) == 1, unique=column.get("unique", False),
            report_duplicates="exclude_first", coerce=column["type"] != "text")
    whole = pandera.DataFrameSchema(
        columns, checks=[pandera.Check(rule, ignore_na=False) for rule in RULES],
        strict=not schema["other_columns"],
        unique=None if schema["copies"] else list(frame.columns),
        report_duplicates="exclude_first")
    rows, names = set(), set()
    try:
        whole.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        for _, case in errors.failure_cases.iterrows():
            if case["check"] in ("column_in_dataframe", "column_in_schema"):
                names.add(str(case["failure_case"]))
            elif not pandas.isna(case["index"]):
                rows.add(int(case["index"]))
    return sorted(rows), sorted(names)


def row(index):
    width = round(float(generator.uniform(0, 8)), 2)
    return [
        str(index), f"{width}", f"{round(width + float(generator.uniform(-1, 4)), 2)}",
        str(int(generator.integers(0, 99))), str(generator.choice(["red", "green", '"blue, dark"'])),
    ]


def damage(rows, kind):
    """Spoils some rows in one way."""
    for index in generator.choice(len(rows), size=3, replace=False):
        if kind == "range":
            rows[index][1] = str(generator.choice(["-0.01", "10.5", "1e3", "10"]))
        elif kind == "unique":
            rows[index][0] = rows[index - 1][0]
        elif kind == "missing":
            rows[index][int(generator.integers(0, 5))] = str(generator.choice(["", "?", "NA"]))
        elif kind == "values":
            rows[index][4] = str(generator.choice(["Red", "blue", "green "]))
        elif kind == "rule":
            rows[index][2] = str(float(rows[index][1]) - 2.5)
        elif kind == "condition":
            rows[index][1:] = ["5", "2", "60", "red"]
        elif kind == "count":
            rows[index][3] = str(generator.choice(["99", "98", "101", "100"]))
        elif kind == "type":
            rows[index][1] = str(generator.choice(["wide", "1,5".replace(",", ";"), "0x1F"]))
        elif kind == "whole":
            rows[index][3] = "2.5"
        elif kind == "copies":
            rows[index] = list(rows[index - 1])


def cases():
    result = []
    header = ["id", "width", "length", "count", "kind"]
    for kinds in [
        [], ["range"], ["unique"], ["missing"], ["values"], ["rule"], ["condition"], ["count"],
        ["type"], ["whole"], ["copies"], ["range", "values", "missing"], ["rule", "unique", "count"],
        ["missing", "rule", "condition", "values"], ["extra"], ["lacking"], ["allowed"],
    ]:
        rows = [row(index) for index in range(25)]
        for kind in kinds:
            damage(rows, kind)
        names = list(header)
        if "extra" in kinds or "allowed" in kinds:
            names.append("more")
            rows = [line + ["1"] for line in rows]
        if "lacking" in kinds:
            names.remove("id")
            rows = [line[1:] for line in rows]
        text = "\n".join([",".join(names)] + [",".join(line) for line in rows]) + "\n"
        schema = SCHEMA.format(
            others=str("allowed" in kinds).lower(), copies=0 if "copies" in kinds else 1)
        rejected, columns = verdict(text, yaml.safe_load(schema))
        result.append({
            "name": "+".join(kinds) or "good", "csv": text, "schema": schema, "rows": rejected,
            "columns": columns,
        })
    return result


TEXTS = """
columns:
  tag: {type: text, pattern: '[A-Z]{2}[0-9]+(-x)?', length: [3, 6]}
  note: {type: text, pattern: ".*\\\\bkept?\\\\b.*", missing: 1}
  seen: {type: date, minimum: 2026-01-01, maximum: 2026-12-31T12:00, missing: 1}
"""


def text_cases():
    """Patterns, lengths and dates."""
    schema = yaml.load(TEXTS, yaml.BaseLoader)["columns"]

    def dates(values):
        return pandas.to_datetime(values, format="ISO8601", errors="coerce", utc=True)

    low, high = (dates(pandas.Series([schema["seen"][end]]))[0] for end in ("minimum", "maximum"))

    def fits(values):
        return values.isna() | dates(values).between(low, high)

    least, most = map(int, schema["tag"]["length"])
    whole = pandera.DataFrameSchema({
        "tag": pandera.Column(str, [
            pandera.Check(lambda s: s.str.fullmatch(schema["tag"]["pattern"])),
            pandera.Check.str_length(least, most)]),
        "note": pandera.Column(
            str, pandera.Check(lambda s: s.str.fullmatch(schema["note"]["pattern"])), nullable=True),
        "seen": pandera.Column(str, pandera.Check(fits, ignore_na=False), nullable=True),
    })
    tags = ["AB12", "ab12", "AB", "AB12345", "\u00c4B1", "AB1 ", "AB1-x", "AB12-x", "XAB1", "AB\u0661"]
    notes = ["kept", "we keep it", "keeps", "", "un-kept", "KEPT", "not", "kep", "a keptb", "kept."]
    seen = [
        "2026-02-28", "2026-02-30", "2025-12-31", "2026-12-31T13:00", "01.02.2026", "",
        "2026-03-01T10:00:00+02:00", "2026-12-31T12:00:00Z", "2026-01-01T01:00+02:00", "soon",
    ]
    result = []
    given = {"tag": tags, "note": notes, "seen": seen}
    good = {"tag": "AB12", "note": "kept", "seen": "2026-02-28"}
    for name in given:
        # One column at a time: else hardly a row would be left to accept.
        frame = pandas.DataFrame({
            other: given[name] if other == name else [good[other]] * len(tags) for other in given
        })
        rows = set()
        try:
            whole.validate(frame.replace({"note": {"": None}, "seen": {"": None}}), lazy=True)
        except pandera.errors.SchemaErrors as errors:
            rows = {int(case["index"]) for _, case in errors.failure_cases.iterrows()}
        result.append({
            "name": f"texts of {name}", "csv": frame.to_csv(index=False), "schema": TEXTS,
            "rows": sorted(rows), "columns": [],
        })
    return result


print(json.dumps({
    "versions": {
        "python": platform.python_version(), "scipy": scipy.__version__, "numpy": numpy.__version__,
        "pandas": pandas.__version__, "pandera": pandera.__version__
        if hasattr(pandera, "__version__") else "0.35.0",
    },
    "kolmogorov": kolmogorov(), "homogeneity": homogeneity(), "stability": stability(),
    "ranks": ranks(), "schemas": cases() + text_cases(),
}, indent=1))
