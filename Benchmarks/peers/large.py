"""Times searches of one large table on request, for `bench large --peers`.

Each line of standard input is a JSON object with the peer, the files of points and queries (doubles, row after row;
no queries for local outlier factors), the number of columns and of neighbours, and the file that the
neighbours are written to, as 64-bit integers. Each answer is a line with the seconds of the search. scikit-learn
searches by brute force, which is faster here than its trees; all use all cores.
"""

import functools
import json
import os
import sys
import time

import numpy


@functools.lru_cache(maxsize=2)
def table(path, columns, kind):
    return numpy.fromfile(path).reshape(-1, columns).astype(kind)


def timed(body):
    start = time.perf_counter()
    result = body()
    return time.perf_counter() - start, result


def brute(module):
    def search(request, points, queries):
        index = module.NearestNeighbors(n_neighbors=request["neighbors"], algorithm="brute", n_jobs=-1).fit(points)
        return timed(lambda: index.kneighbors(queries, return_distance=False))

    return search


def scikit_learn(request, points, queries):
    import sklearn.neighbors

    if queries is None:
        factor = sklearn.neighbors.LocalOutlierFactor(20, n_jobs=-1)
        return timed(lambda: factor.fit(points))
    return brute(sklearn.neighbors)(request, points, queries)


def intelex(request, points, queries):
    import sklearnex.neighbors

    return brute(sklearnex.neighbors)(request, points, queries)


def faiss(request, points, queries):
    import faiss

    faiss.omp_set_num_threads(os.cpu_count())
    index = faiss.IndexFlatL2(request["columns"])
    index.add(points)
    return timed(lambda: index.search(queries, request["neighbors"])[1])


PEERS = {
    "scikit-learn": (scikit_learn, numpy.float64),
    "scikit-learn-intelex": (intelex, numpy.float64),
    "faiss": (faiss, numpy.float32),
}

for line in sys.stdin:
    request = json.loads(line)
    try:
        search, kind = PEERS[request["peer"]]
        points = table(request["points"], request["columns"], kind)
        queries = table(request["queries"], request["columns"], kind) if request["queries"] else None
        seconds, found = search(request, points, queries)
        if queries is not None:
            numpy.asarray(found, dtype=numpy.int64).tofile(request["output"])
        answer = {"seconds": seconds}
    except Exception as error:  # Told to whoever asked.
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
