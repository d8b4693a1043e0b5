"""Writes linalg.json: reference values for the tests of LinAlg.

    python3 make_linalg_reference.py > linalg.json

Everything is computed with mpmath at 60 digits; the normal quantiles are also compared with
scipy.stats.norm.ppf, as a check of the method. Inputs are fixed lists and a seeded generator of
Python itself, so the file is the same on every run.

A double is written as its 16 hexadecimal digits. The value of exp or log is written exactly to
about 2**-106: (high + low) * 2**exponent with 1 <= |high| <= 2, so that an error can be measured
in fractions of a unit of the last place even where the result is subnormal.
"""

import json
import math
import random
import struct
import sys

import mpmath
import scipy
from scipy.stats import norm

mpmath.mp.dps = 60

# The largest errors among 8 * 10**8 random inputs, found by comparison with 80-bit arithmetic.
HARD_EXP = """
    c05a6d1b6186fc88 407727f60a9cb34c 4083dfb75146e9d6 406ad10aba734d34 407e001704fe8de8
    404d49c95aa66720 c07994cb6974edf9 c05a6cf7ecf6de28 408229b27fb02a26 c07a19e4ad39a742
    40813b3e3ecbb534 4052cd80fa380a98 40660d0165d780d8 c080791620337efb 406502d41396fbf0
    40826c3065ed5fe8 c073c639803f63e0 c05644083554b2c0 408229b35abbfe7c 4063f8abe98a4cb8
    405c556de5fd6bf0 c06faad204d9dd0a 406ad11d84f3294c c081aa126fce1627 c073c6b303ba0203
    c05a6c7d6cb9efc8 406bdb23a2fc1e30 c08360176a371f48 4061491d73700414 c05a6cc5c0805da8
    c08558b53f925b3d 407440d3e1033a98 408229a1cdc860f0 c04976d4d53243a0 4074c5d6b773d28c
    4063f905bd176ecc 400e890c322dfa00 c07fe7f9ba4e8a86 c069dca21a2b0c90 4080b61c9968a83c
    400e8db509d53c2d 400e9ee19285c403 c08620285bf82a1d c0862031f19a714f 406503ddc1e40760
    400ea8d38ba04306 c086200721ef2f59 c08620062c203e69 c085586720e361bb c08620394822d097
    c08620087f070e98 c086200257e6d259 bfefe0cca7a87514 c0862008a76a7155 c08620184a8ffb3b
    c08620090d7e7ca5 c08620037d215c9f bfefbf49997ea51e c086203eb5f90c9b c0862035f3823acc
"""
HARD_LOG = """
    3fe69c704ff424f3 3fe69775d6f83be7 3fe68d57c30b1e37 3fe68678ff0bae83 3fe667eea53e7133
    3fe684e981b39367 3fe67c3389498c33 3fe6745e131c5107 3fe6900015c195e7 3fe666711b9057a3
    3ff67eb2a91ca763 3fe65be61eecdfc3 3ff65b31406d0f47 3fe68c86ca093c97 3ff657e1385a7ccb
    3fe69f789fbce84b 3fe6719ab3da19db 3fe665fd19bd5c33 3fe681d76cf3331f 3fe692c2a0228c73
    3ff69bb714d104ab 3fe68ad9587a1097 3ff67fc99f63d85b 3fe689447ef1a27f 3fe67f401c853b93
    3fe68573a576663f 3ff68040a42d205b 3ff687fca5c56f17 3fe680f871e5a5fb 3ff69a62217e57a3
    3ff66e46c90d614f 3fe680cd3efcb1d3 3ff685c4d3e6fabd 3ff67e86cef8a2e3 3ff671c2be2e671b
    3ff69772ac3b7f93 3fe68c7db08b19f7 3ff6910a5cb90da3 3ff68f3e2d81fe87 3ff6818a716e2643
    3ff680b88e3d6c7f 3ff65c90cb22bd6f 3ff6939c3b2d8ed7 3fe69e95c95c39b7 3fe66c025f0c2843
    3ff69ba7febc405f 3fe65ff29f4ccfdf 3fe67878f66e4edf 3ff66a2152588dfd 3ff69d798f607d5b
    3ff67cec84188563 3ff676c86d071f67 3ff69787e7f3823f 3ff67d5db2e7b2d5 3ff69234e8c0d66b
    3ff679bf29dc9281 3ff684a8081f7f93 3ff6953bf64abb85 3fe66bbf1fdea538 3ff68eb57d8f0fcf
"""


def to_hex(x):
    return struct.pack(">d", x).hex()


def from_hex(text):
    return struct.unpack(">d", bytes.fromhex(text))[0]


def neighbours(x, count=2):
    """x and the `count` doubles on each side."""
    below, above, result = x, x, [x]
    for _ in range(count):
        below, above = math.nextafter(below, -math.inf), math.nextafter(above, math.inf)
        result += [below, above]
    return result


def finite_double(generator):
    while True:
        x = from_hex(f"{generator.getrandbits(64):016x}")
        if math.isfinite(x):
            return x


def exp_inputs():
    generator = random.Random(1)
    inputs = [from_hex(word) for word in HARD_EXP.split()]
    # The thresholds of overflow, of subnormal results and of underflow to zero, and ln 2 / 2.
    for edge in [709.782712893384, -708.3964185322641, -745.1332191019411, 0.34657359027997264]:
        inputs += neighbours(edge)
    inputs += [k * math.log(2) for k in range(-1070, 1024, 97)]
    inputs += [generator.uniform(-745, 709.78) for _ in range(500)]
    inputs += [generator.uniform(-745, -708.4) for _ in range(150)]
    # The first two binades of subnormal results, where the error of the polynomial still shows.
    inputs += [generator.uniform(-709.8, -708.4) for _ in range(150)]
    inputs += [generator.uniform(-1, 1) for _ in range(150)]
    inputs += [math.copysign(2.0 ** -generator.uniform(1, 80), generator.random() - 0.5)
               for _ in range(100)]
    return [x for x in inputs if -745.2 < x < 709.7827128933841]


def log_inputs():
    generator = random.Random(2)
    inputs = [from_hex(word) for word in HARD_LOG.split()]
    # The ends of the reduced interval, the first normal number and the ends of the range.
    for edge in [math.sqrt(0.5), math.sqrt(2), 0.5, 2.0, math.e, 2.0**-1022]:
        inputs += neighbours(edge)
    inputs += [5e-324, 1e-323, sys.float_info.max]
    inputs += neighbours(1.0, 20)
    inputs += [abs(finite_double(generator)) for _ in range(400)]
    inputs += [generator.uniform(0.5, 2) for _ in range(300)]
    inputs += [1 + math.copysign(2.0 ** -generator.uniform(1, 52), generator.random() - 0.5)
               for _ in range(150)]
    inputs += [from_hex(f"{generator.getrandbits(52):016x}") for _ in range(100)]
    return [x for x in inputs if x > 0 and x != 1]


def table(function, inputs):
    """The function in double-double with a common exponent, in columns."""
    columns = {"x": [], "high": [], "low": [], "exponent": []}
    for x in inputs:
        value = function(mpmath.mpf(x))
        exponent = int(mpmath.floor(mpmath.log(abs(value), 2)))
        scaled = value * mpmath.mpf(2) ** -exponent
        high = float(scaled)
        columns["x"].append(to_hex(x))
        columns["high"].append(to_hex(high))
        columns["low"].append(to_hex(float(scaled - high)))
        columns["exponent"].append(exponent)
    return columns


def normal_quantile(p):
    """z with the normal distribution function at z equal to p, by Newton's method in the tail."""
    if p > 0.5:
        return -normal_quantile(1 - p)
    p = mpmath.mpf(p)
    z = mpmath.mpf(float(norm.ppf(float(p)))) if p > 1e-300 else -mpmath.sqrt(-2 * mpmath.log(p))
    # Newton on the logarithm converges fast however small p is.
    for _ in range(60):
        cdf = mpmath.erfc(-z / mpmath.sqrt(2)) / 2
        density = mpmath.exp(-z * z / 2) / mpmath.sqrt(2 * mpmath.pi)
        step = (mpmath.log(cdf) - mpmath.log(p)) * cdf / density
        z -= step
        if abs(step) < mpmath.mpf(10) ** -45:
            return z
    raise ArithmeticError(f"no convergence at {p}")


def quantile_inputs():
    inputs = [10.0**-k for k in range(1, 301, 5)] + [5e-324, 1e-310, 2.0**-54, 2.0**-1022]
    inputs += [k / 64 for k in range(1, 64)]
    inputs += [1 - 10.0**-k for k in range(1, 17)] + [1 - 2.0**-53, 0.5 + 2.0**-53, 0.5 - 2.0**-54]
    # Both sides of the seams of AS 241: |p - 1/2| = 0.425 and p = exp(-25).
    for seam in [0.075, 0.925, math.exp(-25)]:
        inputs += neighbours(seam)
    generator = random.Random(3)
    inputs += [generator.random() for _ in range(40)]
    return [p for p in inputs if p != 0.5]


def quantiles():
    columns = {"p": [], "z": []}
    for p in quantile_inputs():
        z = float(normal_quantile(p))
        assert abs(norm.ppf(p) - z) <= 1e-13 * abs(z) or p < 1e-300, (p, norm.ppf(p), z)
        columns["p"].append(to_hex(p))
        columns["z"].append(to_hex(z))
    return columns


json.dump(
    {
        "source": "make_linalg_reference.py",
        "versions": {"mpmath": mpmath.__version__, "scipy": scipy.__version__},
        "exp": table(mpmath.exp, exp_inputs()),
        "log": table(mpmath.log, log_inputs()),
        "normalQuantile": quantiles(),
    },
    sys.stdout,
    separators=(",", ":"),
)
print()
