"""Fits and searches one large table on request, for `bench large --peers`.

Each line of standard input is a JSON object: the peer, the task, files of points and of queries (doubles, row after
row) and of labels (64-bit integers), the number of columns, and the file that the answer is written to:
neighbours as 64-bit integers, or a solution as doubles. Each answer is a line with the seconds of the fit and of
the prediction. All peers use all cores.

A solution of support vector machines holds, for each pair of classes a < b, the coefficient y·alpha of every training row,
the intercept, or for a linear one w and b; one of softmax regression W, row after row, then b. The task
`objective` says what a solution is worth, whoever found it:
    support vectors   sum over pairs of  sum |beta| - beta' K beta / 2          (the dual, to be maximised)
    linear            sum over pairs of  |w|^2 / 2 + sum of hinges, b at its best (the primal, to be minimised)
    softmax           |W|^2 / 2 + sum of log-losses                              (to be minimised)
"""

import functools
import itertools
import json
import os
import sys
import time
import warnings

import numpy

warnings.filterwarnings("ignore")
CORES = os.cpu_count()


@functools.lru_cache(maxsize=3)
def table(path, columns, kind):
    return numpy.fromfile(path).reshape(-1, columns).astype(kind)


def reset_peak():
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def peak_megabytes():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM"))


def timed(body):
    start = time.perf_counter()
    result = body()
    return time.perf_counter() - start, result


def pairs(labels):
    return itertools.combinations(range(labels.max() + 1), 2)


# Neighbours


def brute(module):
    def search(request, points, labels, queries):
        index = module.NearestNeighbors(n_neighbors=request["neighbors"], algorithm="brute", n_jobs=-1).fit(points)
        seconds, found = timed(lambda: index.kneighbors(queries, return_distance=False))
        return seconds, None, numpy.asarray(found, dtype=numpy.int64)

    return search


def faiss_search(request, points, labels, queries):
    import faiss

    faiss.omp_set_num_threads(CORES)
    index = faiss.IndexFlatL2(request["columns"])
    index.add(points)
    seconds, (_, found) = timed(lambda: index.search(queries, request["neighbors"]))
    return seconds, None, numpy.asarray(found, dtype=numpy.int64)


def outliers(request, points, labels, queries):
    import sklearn.neighbors

    factor = sklearn.neighbors.LocalOutlierFactor(20, n_jobs=-1)
    return timed(lambda: factor.fit(points))[0], None, None


# Support vector machines


def machines(support, dual, counts, labels):
    """The coefficients of LIBSVM's layout, one row of training rows a pair."""
    rows = []
    starts = numpy.concatenate([[0], numpy.cumsum(counts)])
    for a, b in pairs(labels):
        beta = numpy.zeros(len(labels))
        for label, row in ((a, b - 1), (b, a)):
            part = slice(starts[label], starts[label + 1])
            beta[support[part]] = dual[row, part]
        rows.append(beta)
    return numpy.array(rows)


def vectors(make):
    def fit(request, points, labels, queries):
        model = make(kernel=request["kernel"], gamma="scale", cache_size=1000)
        seconds, _ = timed(lambda: model.fit(points, labels))
        predicting, _ = timed(lambda: model.predict(queries))
        dual = model.dual_coef_.toarray() if hasattr(model.dual_coef_, "toarray") else model.dual_coef_
        beta = machines(model.support_, numpy.asarray(dual), model.n_support_, labels)
        if request["kernel"] == "linear":
            beta = numpy.hstack([beta @ points, numpy.zeros((len(beta), 1))])
        return seconds, predicting, beta

    return fit


def scikit_vectors(**options):
    import sklearn.svm

    return sklearn.svm.SVC(**options)


def intelex_vectors(**options):
    import sklearnex.svm

    return sklearnex.svm.SVC(**options)


def thunder(request, points, labels, queries):
    import thundersvm

    gamma = 1 / (points.shape[1] * points.var())
    model = thundersvm.SVC(kernel=request["kernel"], gamma=gamma, n_jobs=CORES, max_mem_size=2000)
    seconds, _ = timed(lambda: model.fit(points, labels))
    predicting, _ = timed(lambda: model.predict(queries))
    return seconds, predicting, None


def liblinear(request, points, labels, queries):
    from liblinear.liblinearutil import parameter, problem, train

    seconds, weights = 0.0, []
    for a, b in pairs(labels):
        part = (labels == a) | (labels == b)
        some = problem(numpy.where(labels[part] == a, 1, -1), points[part], bias=1)
        spent, model = timed(lambda: train(some, parameter("-s 3 -c 1 -e 1e-3 -q")))
        seconds += spent
        w, b0 = model.get_decfun()
        weights.append(numpy.append(w, b0) * (1 if model.get_labels()[0] == 1 else -1))
    return seconds, None, numpy.array(weights)


def libsvm(request, points, labels, queries):
    from libsvm.svmutil import svm_parameter, svm_predict, svm_problem, svm_train

    some = svm_problem(labels, points)
    gamma = 1 / (points.shape[1] * points.var())
    kind = 0 if request["kernel"] == "linear" else 2
    options = svm_parameter(f"-s 0 -t {kind} -g {float(gamma)!r} -c 1 -m 1000 -q")
    seconds, model = timed(lambda: svm_train(some, options))
    predicting, _ = timed(lambda: svm_predict([], queries, model, "-q"))
    # LIBSVM counts rows from 1, and orders classes as it meets them.
    order = model.get_labels()
    dual = numpy.array(model.get_sv_coef()).T
    support = numpy.array(model.get_sv_indices()) - 1
    counts = [model.nSV[place] for place in range(len(order))]
    place = {label: index for index, label in enumerate(order)}
    starts = numpy.concatenate([[0], numpy.cumsum(counts)])
    rows = []
    for a, b in pairs(labels):
        beta = numpy.zeros(len(labels))
        first, second = place[a], place[b]
        for one, other in ((first, second), (second, first)):
            part = slice(starts[one], starts[one + 1])
            beta[support[part]] = dual[other - 1 if other > one else other, part]
        rows.append(beta)
    beta = numpy.array(rows)
    if request["kernel"] == "linear":
        beta = numpy.hstack([beta @ points, numpy.zeros((len(beta), 1))])
    return seconds, predicting, beta


# Softmax regression


def softmax(solver, module):
    def fit(request, points, labels, queries):
        import importlib

        regression = importlib.import_module(module).LogisticRegression
        # What ends within a millionth of the minimum: scikit-learn's tolerance is of the mean over rows.
        tolerance = 1e-6 if module.startswith("sklearn.") or points.shape[1] < 100 else 1e-4
        model = regression(C=1, solver=solver, tol=tolerance, max_iter=10000, n_jobs=None)
        seconds, _ = timed(lambda: model.fit(points, labels))
        predicting, _ = timed(lambda: model.predict(queries))
        return seconds, predicting, numpy.concatenate([model.coef_.ravel(), model.intercept_])

    return fit


# What a solution is worth


def dual(request, points, labels, solution):
    gamma = 1 / (points.shape[1] * points.var())
    value = 0.0
    for beta in solution.reshape(-1, len(points)):
        rows = numpy.flatnonzero(beta)
        x, b = points[rows], beta[rows]
        norms = (x * x).sum(1)
        for start in range(0, len(rows), 2048):
            part = slice(start, start + 2048)
            square = norms[part, None] + norms - 2 * (x[part] @ x.T)
            value += b[part] @ (numpy.exp(-gamma * numpy.maximum(square, 0)) @ b) / 2
        value -= abs(b).sum()
    return value


def primal(request, points, labels, solution):
    value = 0.0
    for (a, b), row in zip(pairs(labels), solution.reshape(-1, points.shape[1] + 1)):
        part = (labels == a) | (labels == b)
        y = numpy.where(labels[part] == a, 1.0, -1.0)
        f = points[part] @ row[:-1]
        # The hinges are convex and piecewise linear in b, with kinks at y - f.
        kinks = numpy.sort(y - f)
        low, high = 0, len(kinks) - 1
        cost = lambda i: numpy.maximum(0, 1 - y * (f + kinks[i])).sum()
        while high - low > 2:
            third = (high - low) // 3
            if cost(low + third) <= cost(high - third):
                high -= third
            else:
                low += third
        value += row[:-1] @ row[:-1] / 2 + min(cost(i) for i in range(low, high + 1))
    return value


def losses(request, points, labels, solution):
    classes = labels.max() + 1
    weights = solution[:-classes].reshape(classes, -1)
    z = points @ weights.T + solution[-classes:]
    z -= z.max(1, keepdims=True)
    loss = numpy.log(numpy.exp(z).sum(1)) - z[numpy.arange(len(z)), labels]
    return (weights**2).sum() / 2 + loss.sum()


OBJECTIVES = {"rbf-svm": dual, "linear-svm": primal, "softmax": losses}


def task(request):
    name, peer = request["task"], request["peer"]
    if name == "neighbors":
        import sklearn.neighbors

        if peer == "scikit-learn":
            return brute(sklearn.neighbors)
        if peer == "faiss":
            return faiss_search
        import sklearnex.neighbors

        return brute(sklearnex.neighbors)
    if name == "outliers":
        return outliers
    if name == "softmax":
        module = "sklearnex.linear_model" if peer == "scikit-learn-intelex" else "sklearn.linear_model"
        return softmax(peer.partition(" ")[2] or "lbfgs", module)
    return {
        "scikit-learn": vectors(scikit_vectors),
        "scikit-learn-intelex": vectors(intelex_vectors),
        "thundersvm": thunder,
        "liblinear": liblinear,
        "libsvm": libsvm,
    }[peer]


for line in sys.stdin:
    request = json.loads(line)
    try:
        points = table(request["points"], request["columns"], numpy.float32 if request["peer"] == "faiss" else numpy.float64)
        labels = numpy.fromfile(request["labels"], dtype=numpy.int64) if request.get("labels") else None
        if request["peer"] == "objective":
            solution = numpy.fromfile(request["output"])
            answer = {"objective": OBJECTIVES[request["task"]](request, points, labels, solution)}
        else:
            queries = table(request["queries"], request["columns"], points.dtype) if request.get("queries") else None
            request["kernel"] = "linear" if request["task"] == "linear-svm" else "rbf"
            reset_peak()
            before = peak_megabytes()
            seconds, predicting, found = task(request)(request, points, labels, queries)
            memory = peak_megabytes() - before
            if found is not None:
                numpy.ascontiguousarray(found).tofile(request["output"])
            answer = {"seconds": seconds, "predicting": predicting, "is_written": found is not None, "megabytes": memory}
    except Exception as error:  # Told to whoever asked.
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
