"""The 95 % confidence interval of a mean, by Student's t."""

import math
from collections.abc import Sequence

_T975 = (
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
    2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
)  # fmt: skip
_Z975 = 1.959964


def t975(freedom: int) -> float:
    """Return the 97.5 % quantile of Student's t with `freedom` degrees of freedom, to 1e-4.

    Exact to four decimals up to 30; beyond by the Cornish-Fisher expansion.
    """
    if freedom <= len(_T975):
        return _T975[freedom - 1]
    z = _Z975
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)


def interval(values: Sequence[float]) -> tuple[float, float | None, float | None]:
    """Return mean, low and high of the mean of independent `values`; no bounds for a single one."""
    n = len(values)
    mean = math.fsum(values) / n
    if n == 1:
        return mean, None, None
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    half = t975(n - 1) * spread / math.sqrt(n)
    return mean, mean - half, mean + half
