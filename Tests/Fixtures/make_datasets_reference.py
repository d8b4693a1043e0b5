"""Writes datasets.json, reference values for DatasetsTests.

Needs scikit-learn and numpy, whose versions are recorded in the file:

    python Tests/Fixtures/make_datasets_reference.py
"""

import hashlib
import json
import pathlib
import platform
import random
import struct

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.preprocessing import StandardScaler

SETS = {
    "iris": (datasets.load_iris, "species"),
    "wine": (datasets.load_wine, "cultivar"),
    "breast-cancer": (datasets.load_breast_cancer, "diagnosis"),
    "digits": (datasets.load_digits, "digit"),
}


def bits(value):
    """The bit pattern of a double as 16 hexadecimal digits."""
    return struct.pack(">d", value).hex()


def canonical_bytes(features, labels, class_names, feature_names, target_name):
    """The bytes hashed by Dataset.digest, written from its documentation."""
    out = b"hemlock-dataset-1\n"
    out += struct.pack("<QQQ", len(features), len(features[0]), len(class_names))
    for name in [*feature_names, target_name, *class_names]:
        encoded = name.encode()
        out += struct.pack("<Q", len(encoded)) + encoded
    for row in features:
        for value in row:
            out += struct.pack("<d", 0.0 if value == 0 else value)
    for label in labels:
        out += struct.pack("<I", label)
    return out


def reference(name):
    load, target_name = SETS[name]
    bunch = load()
    x, y = bunch.data, bunch.target
    class_names = [str(c) for c in bunch.target_names]
    feature_names = [str(f) for f in bunch.feature_names]
    scaler = StandardScaler().fit(x)
    scaled = scaler.transform(x)
    median = np.median(x, axis=0)
    deviation = np.median(np.abs(x - median), axis=0)
    canonical = canonical_bytes(x, y, class_names, feature_names, target_name)
    return {
        "name": name,
        "classNames": class_names,
        "featureNames": feature_names,
        "targetName": target_name,
        "classCounts": np.bincount(y).tolist(),
        "digest": hashlib.sha256(canonical).hexdigest(),
        "means": [bits(v) for v in x.mean(axis=0)],
        "standardCenter": [bits(v) for v in scaler.mean_],
        "standardScale": [bits(v) for v in scaler.scale_],
        "standardFirstRow": [bits(v) for v in scaled[0]],
        "standardLastRow": [bits(v) for v in scaled[-1]],
        "medians": [bits(v) for v in median],
        "medianDeviations": [bits(v) for v in deviation],
    }


def decimals():
    """Decimals that exercise both ways of conversion, with the double nearest to each."""
    source = random.Random(1)
    texts = [
        "0", "-0", "+0.0", "1", "9007199254740992", "9007199254740993", "9007199254740992e22",
        "1e22", "1e23", "1e-22", "1e-23", "9223372036854775807", "9999999999999999999",
        "123456789012345678901234567890", "0.1", ".5", "5.", "1.e3", "-1.25E-2",
        "2.2250738585072011e-308", "2.2250738585072014e-308", "4.9e-324", "2.4e-324",
        "1.7976931348623157e308", "1e-400", "0e999999999", "0.000000000000000000000000000001",
        "00000000000000000000000000000000000001.5", "0.50000000000000000000000000000000001",
        # Halfway between neighbours, and a little above.
        "1.00000000000000011102230246251565404236316680908203125",
        "1.00000000000000011102230246251565404236316680908203126",
        "8.5e-0000000000000000000000001", "12345678901234567e-5",
    ]
    for _ in range(200):
        texts.append(repr(struct.unpack("<d", struct.pack("<Q", source.getrandbits(62)))[0]))
    for _ in range(200):
        digits = "".join(source.choice("0123456789") for _ in range(source.randint(1, 22)))
        place = source.randint(0, len(digits))
        texts.append(f"{digits[:place]}.{digits[place:]}e{source.randint(-30, 30)}")
    return [{"text": t, "bits": bits(float(t))} for t in texts]


def small_digest():
    """The documented bytes of a set of two rows, spelled out."""
    canonical = (
        b"hemlock-dataset-1\n"
        + bytes([2, 0, 0, 0, 0, 0, 0, 0])  # n
        + bytes([1, 0, 0, 0, 0, 0, 0, 0])  # d
        + bytes([2, 0, 0, 0, 0, 0, 0, 0])  # K
        + bytes([2, 0, 0, 0, 0, 0, 0, 0]) + b"\xc3\xa9"  # feature "é"
        + bytes([1, 0, 0, 0, 0, 0, 0, 0]) + b"y"  # target
        + bytes([1, 0, 0, 0, 0, 0, 0, 0]) + b"a"  # class 0
        + bytes([2, 0, 0, 0, 0, 0, 0, 0]) + b"bb"  # class 1
        + bytes([0, 0, 0, 0, 0, 0, 0xF0, 0x3F])  # 1.0
        + bytes(8)  # -0.0, as +0.0
        + bytes([1, 0, 0, 0])  # class of row 0
        + bytes([0, 0, 0, 0])  # class of row 1
    )
    assert canonical == canonical_bytes([[1.0], [-0.0]], [1, 0], ["a", "bb"], ["é"], "y")
    return hashlib.sha256(canonical).hexdigest()


content = {
    "versions": {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scikit-learn": sklearn.__version__,
    },
    "sets": [reference(name) for name in SETS],
    "smallDigest": small_digest(),
    "decimals": decimals(),
}
path = pathlib.Path(__file__).with_name("datasets.json")
path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
