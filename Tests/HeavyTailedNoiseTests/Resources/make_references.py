"""Writes references.txt, which the tests compare against. Run: python3 make_references.py > references.txt

Needs scipy 1.17.1 and numpy 2.4.6 (pip install scipy==1.17.1 numpy==2.4.6).
"""

import numpy as np
from scipy import stats

print("# Made by make_references.py: distribution, p, quantile of p at scale 1.")
for name, distribution in [("laplace", stats.laplace), ("cauchy", stats.cauchy)]:
    numbers = [1, 3, 5, 255, 4097, 65537, 999999, 4194303, 4194305, 6000001, 8388607]
    for number in numbers:
        # The quantile of 1 - p is that of p with the other sign; SciPy's is exact at the lower end alone.
        p = number / 2.0**24
        print(name, p.hex(), float(distribution.ppf(p)).hex())
        print(name, (1 - p).hex(), (-float(distribution.ppf(p))).hex())

print("# The variance of the quantiles of p = (2k + 1) / 2^24, k = 0 … 2^23 - 1, at scale 1.")
logarithms = np.log((2 * np.arange(2**22, dtype=np.longdouble) + 1) / np.longdouble(2**23))
print("laplace-variance", float(np.mean(logarithms**2)).hex())
