"""Writes formats.json, files of arrays for DatasetsTests.

Needs numpy, whose version is recorded in the file:

    python Tests/Fixtures/make_formats_reference.py
"""

import base64
import gzip
import io
import json
import pathlib
import struct
import zipfile

import numpy as np

FOLDER = pathlib.Path(__file__).parent
VALUES = np.array([[0, 1, 2], [3, 4, 5], [6, 7, 0], [0, 100, 1]])
TYPES = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"]


def encoded(data):
    return base64.b64encode(data).decode()


def npy(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return out.getvalue()


def savez(save, **arrays):
    out = io.BytesIO()
    save(out, **arrays)
    return out.getvalue()


def idx(array, code):
    header = struct.pack(">BBBB", 0, 0, code, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    return header + array.astype(array.dtype.newbyteorder(">")).tobytes()


def table(name, data, features, labels):
    """A file and what is to be read from it: features row by row, and the names of labels."""
    return {
        "name": name,
        "data": encoded(data),
        "features": [[float(value) for value in row] for row in features],
        "labels": [str(label) for label in labels],
    }


def arrays():
    """Every type, order and byte order, with the labels in the last column."""
    for code in TYPES:
        for mark in "<>" if int(code[1]) > 1 else "|":
            for order in "CF":
                array = np.asarray(VALUES.astype(mark + code), order=order)
                yield table(
                    f"{mark}{code} {order}", npy(array), array[:, :2].astype(float),
                    array[:, 2].astype(int))
    values = np.array([[0.5, -0.0, 1], [1e-300, 1e49, 2], [0.1, -2.5, -1]])
    for version in [(1, 0), (2, 0), (3, 0)]:
        yield table(f"version {version}", npy(values, version), values[:, :2], [1, 2, -1])
    for order in "CF":
        cube = np.asarray(np.arange(24).reshape(2, 3, 4), order=order)
        yield table(f"3-D {order}", npy(cube), cube.reshape(2, 12)[:, :11], cube.reshape(2, 12)[:, 11])
        four = np.asarray(np.arange(48, dtype="i2").reshape(2, 3, 4, 2), order=order)
        yield table(f"4-D {order}", npy(four), four.reshape(2, 24)[:, :23], four.reshape(2, 24)[:, 23])


def archives():
    x, y = VALUES[:, :2].astype("f4"), VALUES[:, 2]
    for save in [np.savez, np.savez_compressed]:
        for features, labels in [("X", "y"), ("x_train", "y_train"), ("arr_0", "arr_1"), ("data", "target")]:
            data = savez(save, **{features: x, labels: y, "other": np.arange(3)})
            yield table(f"{save.__name__} {features} {labels}", data, x, y)
    cube = np.asfortranarray(np.arange(16, dtype="u1").reshape(4, 2, 2))
    yield table("images", savez(np.savez, images=cube, labels=y), cube.reshape(4, 4), y)
    yield table("float labels", savez(np.savez, X=x, y=y.astype(">f4")), x, y)
    yield table("column of labels", savez(np.savez, X=x, y=y[:, None]), x, y)
    yield table("bytes", savez(np.savez, X=x, y=np.array([b"b", b"a", b"abc", b"b"])), x, "b a abc b".split())
    words = np.array(["ü", "日本", "a", "😀"])
    yield table("unicode", savez(np.savez, X=x, y=words), x, words)
    yield table("big unicode", savez(np.savez, X=x, y=words.astype(">U3")), x, words)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in [("X", x), ("y", y)]:
            with archive.open(f"{name}.npy", "w", force_zip64=True) as file:
                np.lib.format.write_array(file, array)
    yield table("zip64", out.getvalue(), x, y)


def pictures():
    for code, kind in [(8, "u1"), (9, "i1"), (0xB, "i2"), (0xC, "i4"), (0xD, "f4"), (0xE, "f8")]:
        array = np.arange(24).reshape(4, 3, 2).astype(kind)
        yield {
            **table(kind, idx(array, code), array.reshape(4, 6), [3, 0, 3, 9]),
            "companion": encoded(idx(np.array([3, 0, 3, 9], "u1"), 8)),
        }


def refused():
    x, y = VALUES[:, :2].astype("f8"), VALUES[:, 2]
    pairs = np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])
    yield "objects", npy(np.array([[1, None]], dtype=object))
    yield "complex", npy(x.astype("c16"))
    yield "structures", npy(pairs)
    yield "dates", npy(np.array([["2020-01-01"]], dtype="M8[D]"))
    yield "one dimension", npy(y)
    yield "no dimension", npy(np.array(3.0))
    yield "empty", npy(np.zeros((0, 3)))
    yield "text", npy(np.array([["a", "b"], ["c", "d"]]))
    yield "not a number", npy(np.array([[1, 0], [np.nan, 1.0]]))
    yield "infinite", npy(np.array([[1, 0], [-np.inf, 1.0]]))
    yield "too large", npy(np.array([[1, 0], [1e51, 1.0]]))
    yield "broken labels", npy(np.array([[1, 0], [1, 0.5]]))
    yield "unusual names", savez(np.savez, a=x, b=y)
    yield "labels too few", savez(np.savez, X=x, y=y[:3])
    yield "labels as columns", savez(np.savez, X=x, y=np.eye(4))
    yield "objects inside", savez(np.savez, X=x, y=np.array([None] * 4, dtype=object))


def main():
    reference = {
        "numpy": np.__version__,
        "arrays": list(arrays()),
        "archives": list(archives()),
        "pictures": list(pictures()),
        "refused": {name: encoded(data) for name, data in refused()},
        "gzip": encoded(gzip.compress(b"a,y\n1,u\n2,v\n", mtime=0)),
        "csv": "a,y\n1,u\n2,v\n",
    }
    (FOLDER / "formats.json").write_text(json.dumps(reference, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
