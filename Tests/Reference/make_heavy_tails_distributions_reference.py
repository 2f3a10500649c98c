"""Writes what the tests compare the distribution functions of HeavyTailedNoise with.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_heavy_tails_distributions_reference.py      some minutes

Cauchy and Student's t: SciPy at the 10,000 probabilities p of points.py. Both are symmetric, so that the upper half of the
quantiles is the lower one's with the other sign, where SciPy's digits are.

    quantiles NAME BASE64       of each p, float64, little-endian
    probabilities NAME BASE64   SciPy's cumulative probability at each of these quantiles, float64

Stable distributions: SciPy integrates a density or a probability numerically, some milliseconds a value. Within 82 scales of 0 it
agrees with the inversion below to 1e-9 (asserted at some places); farther out it loses digits, near stability 1 whole tails. So SciPy
at 2,500 places within, for four distributions whose values can be relied on; and beyond, with the tails at 1e-6, the inversion of
the characteristic function by mpmath, 30 digits, which is asserted against the closed forms of stability 1/2 and 2.

    stable STABILITY SKEWNESS BASE64  P(X <= x) at scale 1 in parameterisation 0, at the 2,500 places of `places`, float64
    stable-tail STABILITY SKEWNESS X P(X > X)
"""

import contextlib
from pathlib import Path

import numpy as np
from mpmath import mp
from points import HALF, P, encode
from scipy import stats

mp.dps = 30


def print_symmetric(name, distribution):
    lower = distribution.ppf(P[:HALF])
    quantiles = np.concatenate([lower, -lower[::-1]])
    assert np.all(np.diff(quantiles) > 0), name
    print("quantiles", name, encode(quantiles, "<f8"))
    print("probabilities", name, encode(distribution.cdf(quantiles), "<f8"))


def stable_tail(stability, skewness, x):
    """P(X > x), by Gil-Pelaez's inversion of the characteristic function of parameterisation 1,

        1 - F(y) = 1/2 - 1/pi * Im integral of exp(ity - t^a * (1 + ib tan(pi a / 2))) / t dt over 0 … infinity,

    along the ray t = s * exp(i * angle), on which it decays and hardly oscillates. The arc at 0 between the two adds the angle.
    """
    a = mp.mpf(stability)
    tangent = skewness * mp.tan(mp.pi * a / 2) if stability != 2 else mp.mpf(0)
    y = x + tangent
    assert y > 0
    angle = min(mp.pi / 2, (mp.pi / 2 - mp.atan(tangent)) / a) / 2
    direction = mp.expj(angle)
    factor = mp.expj(a * angle) * (1 + 1j * tangent)

    def integrand(v):
        return mp.im(mp.exp(1j * v * direction - (v / y) ** a * factor)) / v

    end = 75 / mp.sin(angle)
    pieces = [0, mp.mpf(1) / 16, 1] + list(mp.arange(5, end + 5, 4))
    return mp.mpf(1) / 2 - (angle + mp.quad(integrand, pieces)) / mp.pi


def stable_tail_on_either_side(stability, skewness, x):
    x = mp.mpf(float(x))
    if x + skewness * mp.tan(mp.pi * mp.mpf(stability) / 2) > 0:
        return stable_tail(stability, skewness, x)
    return 1 - stable_tail(stability, -skewness, -x)


def check_stable_tail():
    for x in (3, 1000, 10**8):
        x = mp.mpf(x)
        levy = mp.erf(1 / mp.sqrt(2 * (x + 1)))
        assert abs(stable_tail(0.5, 1, x) / levy - 1) < 1e-13, x
    for x in (1, 4, 8):
        normal = mp.erfc(mp.mpf(x) / 2) / 2
        assert abs(stable_tail(2, 0, mp.mpf(x)) / normal - 1) < 1e-11, x


def places():
    return 2 * np.tan(np.pi * ((np.arange(2500) + 0.5) / 2500 - 0.5) * (63 / 64))


def print_stable():
    stats.levy_stable.parameterization = "S0"
    # Else it gives every place within 0.005 of zeta = -b tan(pi a / 2) the value at zeta.
    stats.levy_stable.piecewise_x_tol_near_zeta = 0
    for stability, skewness in [(0.5, 0.0), (0.75, -0.5), (1.5, -0.25), (1.75, 0.5)]:
        probabilities = stats.levy_stable.cdf(places(), stability, skewness)
        # At the place next to zeta it may still round, and be off by 1e-4: the inversion instead.
        zeta = -skewness * np.tan(np.pi * stability / 2)
        nearest = int(np.argmin(abs(places() - zeta)))
        probabilities[nearest] = 1 - stable_tail_on_either_side(stability, skewness, places()[nearest])
        assert np.all(np.diff(probabilities) > 0), (stability, skewness)
        for x, probability in list(zip(places(), probabilities))[1999::100]:
            tail = stable_tail(stability, skewness, mp.mpf(float(x)))
            assert abs(1 - tail - mp.mpf(float(probability))) < 1e-9, (stability, skewness, x)
        print("stable", stability, skewness, encode(probabilities, "<f8"))


def print_stable_tails():
    for stability, skewness in [
        (0.5, 0.0), (0.5, 1.0), (0.75, -0.5), (0.75, 0.5), (0.9375, 0.25), (1.0625, 0.5), (1.25, 1.0), (1.5, -0.25),
        (1.5, 0.25), (1.75, 0.5), (1.9375, 0.0),
    ]:
        for probability in (1e-3, 1e-4, 1e-5, 1e-6, 1e-7):
            # Where the tail's leading term has this probability.
            constant = mp.sin(mp.pi * stability / 2) * mp.gamma(stability) / mp.pi * (1 + skewness)
            x = float(f"{float((constant / probability) ** (1 / mp.mpf(stability))):.4g}")
            tail = stable_tail(stability, skewness, mp.mpf(x))
            print("stable-tail", stability, skewness, x.hex(), float(tail).hex())


file = Path(__file__).resolve().parent.parent / "HeavyTailedNoiseTests" / "Resources" / "distributions.txt"
with file.open("w") as output, contextlib.redirect_stdout(output):
    print("# Made by Tests/Reference/make_heavy_tails_distributions_reference.py, which says what the lines hold.")
    print_symmetric("cauchy", stats.cauchy())
    for degrees in (0.75, 3, 30):
        print_symmetric(f"student-t-{degrees:g}", stats.t(degrees))
    check_stable_tail()
    print_stable()
    print_stable_tails()
