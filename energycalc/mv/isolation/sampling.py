"""How many to measure, and what a sample says about the whole: sample sizes, precision, a traced total.

Simple random sampling without replacement, mean of a quantity with the coefficient of variation cv:

    n0 = (z·cv/e)²      n = n0·N/(n0 + N)      half-width of a total = N·t·s/√n · √(1 − n/N)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from energycalc.errors import InputError, OutOfRange
from energycalc.quantity import Quantity, Source, cite, quantity
from energycalc.quantity.distributions import student

SMALL_SAMPLE = 30
"""Below this size the normal quantile is too small and Student's t is checked (usual rule of sampling guides)."""
SAMPLING = cite("cochran-sampling", "simple random sampling: estimate of a total, finite population correction")


@dataclass(frozen=True)
class SampleSize:
    """How many items of a population to measure.

    Attributes:
        cv: coefficient of variation that is expected or was found.
        precision: half-width wanted, as a share of the mean.
        confidence: two-sided.
        population: number of items; None is unlimited.
        unrounded: n0, for an unlimited population, not rounded.
        normal: after the finite population correction, rounded up.
        with_t: the same, checked with Student's t where ``normal`` is below 30: the smallest n for which
            t(n − 1)·cv/√n·√(1 − n/N) does not exceed the precision.
    """

    cv: float
    precision: float
    confidence: float
    population: int | None
    unrounded: float
    normal: int
    with_t: int


def sample_size(cv: float, precision: float, confidence: float, population: int | None = None) -> SampleSize:
    """Number of items to measure for a mean or a total of a given relative precision.

    90/10 is usual for billing, 80/20 the common minimum (confidence/precision in per cent).

    Args:
        cv: coefficient of variation, standard deviation over mean, above 0; 0.5 where nothing is known.
        precision: half-width of the interval as a share of the mean, between 0 and 1.
        confidence: two-sided, between 0 and 1.
        population: number of items, at least 2; None for one that is large beyond counting.

    Returns:
        The size by the normal quantile, and checked with Student's t.

    Raises:
        OutOfRange: an argument lies outside its range.

    Limits of validity:
        Simple random samples of items that vary about one mean. A few very large items are taken whole and a
        population in groups is sampled group by group (``sampling_plan``).
    """
    _between("coefficient of variation", cv, 0, math.inf)
    _between("precision", precision, 0, 1)
    _between("confidence", confidence, 0, 1)
    if population is not None and population < 2:
        raise OutOfRange(
            "a population to be sampled has at least two items",
            subject="sample size",
            value=population,
            next_step="Measure the one item there is",
        )
    unrounded = (NormalDist().inv_cdf((1 + confidence) / 2) * cv / precision) ** 2
    corrected = unrounded if population is None else unrounded * population / (unrounded + population)
    normal = math.ceil(corrected - 1e-9)
    with_t = max(normal, 2)
    if normal < SMALL_SAMPLE:
        while with_t != population and _half_width(cv, with_t, confidence, population) > precision * (1 + 1e-12):
            with_t += 1
    return SampleSize(cv, precision, confidence, population, unrounded, normal, with_t)


def attribute_sample_size(tolerable_rate: float, confidence: float) -> int:
    """Items to check so that, if none is wrong, at most a tolerable share of all is wrong: ln(1/(1 − C))/t.

    Args:
        tolerable_rate: t, largest share of wrong items that would still be accepted, between 0 and 1.
        confidence: C, one-sided, between 0 and 1.

    Returns:
        The number, rounded up: 60, 47 and 33 at t = 5 % for C = 95, 90 and 80 %. It is the Poisson form, never
        smaller than the binomial one, and holds for any population.

    Raises:
        OutOfRange: a share is not between 0 and 1.
    """
    _between("tolerable rate", tolerable_rate, 0, 1)
    _between("confidence", confidence, 0, 1)
    return math.ceil(math.log(1 / (1 - confidence)) / tolerable_rate - 1e-9)


@dataclass(frozen=True)
class SampledMean:
    """What a simple random sample says: n, N (None is unlimited), mean, s, and the standard error of the mean."""

    size: int
    population: int | None
    mean: float
    standard_deviation: float
    standard_error: float

    @property
    def degrees_of_freedom(self) -> int:
        """N − 1 of the sample."""
        return self.size - 1

    def relative_precision(self, confidence: float) -> float:
        """Half-width of the interval of the mean at a two-sided confidence, as a share of the mean."""
        return _t(confidence, self.degrees_of_freedom) * self.standard_error / abs(self.mean)


def sampled_mean(values: Sequence[float], population: int | None = None) -> SampledMean:
    """Mean of a sample with its standard error s/√n·√(1 − n/N).

    Args:
        values: the measured items, all in one unit.
        population: number of items the sample was drawn from; None is unlimited.

    Raises:
        InputError: fewer than two values, more than there are items, or one that is not finite.
    """
    numbers = np.asarray(values, dtype=np.float64)
    n = len(numbers)
    if n < 2 or not np.all(np.isfinite(numbers)):
        raise InputError(
            "a sample needs at least two finite values",
            subject="sample",
            value=f"{n} values",
            next_step="Measure more items; one alone says nothing about how they differ",
        )
    if population is not None and n > population:
        raise InputError(
            "the sample is larger than the population",
            subject="sample",
            value=f"{n} of {population}",
            next_step="Correct the number of items",
        )
    deviation = float(np.std(numbers, ddof=1))
    error = deviation / math.sqrt(n) * math.sqrt(_not_sampled(n, population))
    return SampledMean(n, population, math.fsum(numbers.tolist()) / n, deviation, error)


def sampled_total(
    values: Sequence[float],
    unit: str,
    population: int,
    *,
    name: str,
    symbol: str = "",
    subject: str = "",
    source: Source | None = None,
) -> Quantity:
    """Total of a population from a simple random sample, as a measured leaf with a t-distributed error.

    Args:
        values: the measured items in ``unit``.
        unit: their unit.
        population: number of items N.
        name: glossary key of the total.
        symbol: its symbol.
        subject: machine group or measure.
        source: where the measurements are written down; the equation's document when left out.

    Returns:
        N·mean with scale N·s/√n·√(1 − n/N) and n − 1 degrees of freedom. A census (n = N) has no sampling error
        and so no uncertainty of its own; the instrument's gain is multiplied on as a leaf of its own.

    Raises:
        InputError: see :func:`sampled_mean`; or all values are equal, which no measurement of several items gives.
    """
    sample = sampled_mean(values, population)
    if sample.standard_deviation == 0:
        raise InputError(
            "all items of the sample have the same value",
            subject=subject or name.replace("_", " "),
            value=f"{sample.size} times {sample.mean:g} {unit}",
            limit="measured items differ",
            next_step="Enter the measured values; a nameplate value repeated is no measurement",
        )
    scale = population * sample.standard_error
    return quantity(
        population * sample.mean,
        unit,
        name=name,
        symbol=symbol,
        basis="measured",
        source=source or SAMPLING,
        uncertainty=student(scale, sample.degrees_of_freedom) if scale > 0 else None,
        subject=subject,
    )


def _not_sampled(n: int, population: int | None) -> float:
    return 1.0 if population is None else 1 - n / population


def _half_width(cv: float, n: int, confidence: float, population: int | None) -> float:
    return _t(confidence, n - 1) * cv / math.sqrt(n) * math.sqrt(_not_sampled(n, population))


def _t(confidence: float, degrees_of_freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, (1 + confidence) / 2))


def _between(what: str, value: float, low: float, high: float) -> None:
    if not low < value < high:
        raise OutOfRange(
            f"the {what} is not possible",
            subject="sample size",
            value=f"{value:g}",
            limit=f"above {low:g}, below {high:g}",
            next_step="Write shares as 0.1, not as 10",
        )
