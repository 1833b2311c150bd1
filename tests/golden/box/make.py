"""make.py: write distributions for reat-boxplot, and their numbers by NumPy.

    python3 make.py        (in this folder; README has the version of NumPy)

The files are pairs.tsv (key, value) and expected.tsv (as reat-boxplot -t tsv,
with nine digits).  Quantiles are those of numpy.quantile(method="linear"),
which is type 7.  The whiskers are computed from their definition by boolean
masks.
"""
import numpy as np

rng = np.random.default_rng(20261125)
groups = {
    "normal": rng.normal(0, 1, 301),
    "even": rng.normal(-2, 0.5, 40),
    "heavy": rng.standard_cauchy(120) * 0.1,
    "skewed": rng.exponential(1, 77),
    "one": rng.normal(0, 1, 1),
    "two": rng.normal(0, 1, 2),
    "three": rng.normal(0, 1, 3),
    "four": np.array([1.0, 1.0, 1.0, 100.0]),
    "same": np.full(9, 0.25),
    "large": rng.normal(0, 1e30, 20),
    "tiny": rng.normal(0, 1e-30, 20),
}
pairs = [(k, "%.9g" % v) for k, values in groups.items() for v in values]
rng.shuffle(pairs)
with open("pairs.tsv", "w") as f:
    for k, v in pairs:
        f.write(f"{k}\t{v}\n")

rows = []
for k in groups:
    v = np.array([float(x) for key, x in pairs if key == k])
    q1, q2, q3 = np.quantile(v, [0.25, 0.5, 0.75], method="linear")
    inside = v[(v >= q1 - 1.5 * (q3 - q1)) & (v <= q3 + 1.5 * (q3 - q1))]
    low, high = min(inside.min(), q1), max(inside.max(), q3)
    rows.append((-q2, k, [len(v), v.min(), low, q1, q2, q3, high, v.max(),
                          len(v) - len(inside)]))
with open("expected.tsv", "w") as f:
    f.write("key\tn\tmin\tlow\tq1\tmedian\tq3\thigh\tmax\toutliers\n")
    for _, k, r in sorted(rows, key=lambda r: r[:2]):
        f.write("\t".join([k] + ["%.9g" % x for x in r]) + "\n")
