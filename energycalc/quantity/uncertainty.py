"""How sure a result is: the GUM and Monte Carlo side by side, and which of the two to show.

result, = propagate(saving)
result.standard_uncertainty, result.interval, result.shown, result.why("zh-TW"), result.gum.budget
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from energycalc.errors import InputError
from energycalc.quantity.affine import affine_base, moved_by, transformed
from energycalc.quantity.correlation import Correlation
from energycalc.quantity.gum import Gum, first_order
from energycalc.quantity.montecarlo import Interval, MonteCarlo, simulate
from energycalc.quantity.quantity import Quantity
from energycalc.quantity.trace import compile_trace, jacobian, leaves

DEFAULT_DRAWS = 100_000
DEFAULT_SEED = 20260101
RESULT_NUMBERS = 2**27  # draws of all results kept at once: 1 GiB; more results are simulated group by group

Verdict = Literal["agrees", "differs", "undecided", "flat"]
_SENTENCES: dict[Verdict, tuple[str, str]] = {
    "agrees": (
        "採用 GUM：其 {p} 涵蓋區間與蒙地卡羅的端點相差 {low} 與 {high}，"
        "都在容許差 {tolerance} 以內（JCGM 101 第 8 章）。",
        "GUM is shown: its {p} interval differs from Monte Carlo's by {low} and {high}, "
        "within the tolerance {tolerance} (JCGM 101 clause 8).",
    ),
    "differs": (
        "採用蒙地卡羅：GUM 的 {p} 涵蓋區間端點相差 {low} 與 {high}，超過容許差 {tolerance}（JCGM 101 第 8 章）。",
        "Monte Carlo is shown: the GUM's {p} interval differs from it by {low} and {high}, "
        "more than the tolerance {tolerance} (JCGM 101 clause 8).",
    ),
    "undecided": (
        "採用蒙地卡羅：{draws} 次抽樣的端點標準誤差為 {error}，不足以證明 GUM 在容許差 {tolerance} 以內"
        "（相差 {low} 與 {high}；JCGM 101 第 8 章）。",
        "Monte Carlo is shown: {draws} draws leave a standard error of {error} in its limits, "
        "too much to show that the GUM agrees within {tolerance} (differences {low} and {high}; "
        "JCGM 101 clause 8).",
    ),
    "flat": (
        "採用蒙地卡羅：一階不確定度在此點為零，GUM 無法評估（JCGM 101 第 8 章）。",
        "Monte Carlo is shown: the first-order uncertainty is zero at this point, so the GUM cannot judge it "
        "(JCGM 101 clause 8).",
    ),
}
_NOT_STATED = ("所有輸入皆未陳述不確定度。", "No uncertainty is stated for any input.")


@dataclass(frozen=True)
class Comparison:
    """The test of JCGM 101 clause 8, in the result's unit.

    Attributes:
        tolerance: half a unit of the second significant digit of the GUM's u(y); NaN when u(y) is zero.
        low, high: distance between the ends of y ± U and of the symmetric Monte Carlo interval.
        standard_error: the larger of the Monte Carlo standard errors of the two ends.
        verdict: ``agrees``, ``differs``, ``undecided`` (beyond the tolerance, but by less than three standard
            errors of the simulation) or ``flat`` (u(y) = 0).
    """

    tolerance: float
    low: float
    high: float
    standard_error: float
    verdict: Verdict


@dataclass(frozen=True)
class UncertainResult:
    """One result and its uncertainty; ``gum``, ``monte_carlo``, ``comparison`` are None if none is stated."""

    output: Quantity
    gum: Gum | None
    monte_carlo: MonteCarlo | None
    comparison: Comparison | None

    @property
    def shown(self) -> Literal["gum", "monte_carlo", "not_stated"]:
        """Which of the two a reader should be given."""
        if self.comparison is None:
            return "not_stated"
        return "gum" if self.comparison.verdict == "agrees" else "monte_carlo"

    @property
    def standard_uncertainty(self) -> float | None:
        """U of the method shown, in the output's unit; None if no uncertainty is stated."""
        method = self.gum if self.shown == "gum" else self.monte_carlo
        return method.standard_uncertainty if method else None

    @property
    def interval(self) -> Interval | None:
        """Coverage interval of the method shown (y ± U, or equal tails), in the output's unit."""
        if self.shown == "gum" and self.gum:
            return _gum_interval(self.output.value, self.gum)
        return self.monte_carlo.symmetric_interval if self.monte_carlo else None

    def why(self, lang: str = "en") -> str:
        """One sentence that says which method is shown and on what grounds, ``zh-TW`` or ``en``."""
        chosen = 0 if lang.lower().startswith("zh") else 1
        if self.comparison is None or self.monte_carlo is None:
            return _NOT_STATED[chosen]
        test, unit = self.comparison, self.output.unit
        return _SENTENCES[test.verdict][chosen].format(
            p=f"{self.monte_carlo.coverage * 100:g} %",
            draws=f"{self.monte_carlo.draws:,}",
            low=f"{_two_digits(test.low)} {unit}",
            high=f"{_two_digits(test.high)} {unit}",
            error=f"{_two_digits(test.standard_error)} {unit}",
            tolerance=f"{_two_digits(test.tolerance)} {unit}",
        )


def propagate(
    outputs: Quantity | Sequence[Quantity],
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    coverage: float = 0.95,
    correlations: Sequence[Correlation[Quantity]] = (),
    threads: int | None = None,
) -> list[UncertainResult]:
    """Uncertainty of results from that of their inputs, by the GUM and by Monte Carlo on common draws.

    A leaf used twice is one error, whatever path it takes. Results are in the order given.

    Args:
        outputs: one traced result or several.
        draws: of the Monte Carlo; 100,000 settle the limits to about 1 % of u.
        seed: recorded in the result; the same seed repeats it.
        coverage: probability of the intervals.
        correlations: (leaf, other leaf, r) for different leaves whose errors go together.
        threads: None takes the processors there are; no effect on the result.

    Raises:
        InputError: a leaf or result that is an array, a correlation declared for something that is no input,
            or what ``simulate`` and ``correlated_groups`` refuse.
        CalculationError: a draw, or a slope, without a finite number.
    """
    results = [outputs] if isinstance(outputs, Quantity) else list(outputs)
    for first, second, _ in correlations:
        _require_leaf(first)
        _require_leaf(second)
    uncertain = [leaf for leaf in leaves(results) if leaf.uncertainty is not None]
    for leaf in uncertain:
        _require_stated_value(leaf)
    for result in results:
        _require_number(result)
    own = [first_order(slopes, correlations, coverage) for slopes in jacobian(results, uncertain)]
    moving = moved_by(results, uncertain)
    bases = [affine_base(result, moving) if id(result) in moving else None for result in results]
    named = {base[0]: result for base, result in zip(bases, results, strict=True) if base}
    simulated: dict[Quantity, MonteCarlo] = {}
    at_once = max(1, int(RESULT_NUMBERS // max(draws, 1)))
    wanted = list(named)
    for start in range(0, len(wanted), at_once):  # the same leaves and seed give every group the same draws
        group = wanted[start : start + at_once]
        drawn = simulate(
            compile_trace(group, uncertain),
            uncertain,
            [float(leaf.value) for leaf in uncertain],
            [named[base].describe() for base in group],
            draws=draws,
            seed=seed,
            coverage=coverage,
            correlations=correlations,
            threads=threads,
        )
        simulated |= dict(zip(group, drawn, strict=True))
    return [
        _result(result, gum, transformed(simulated[base[0]], base[1], base[2]) if base else None)
        for result, gum, base in zip(results, own, bases, strict=True)
    ]


def _result(result: Quantity, gum: Gum, drawn: MonteCarlo | None) -> UncertainResult:
    if drawn is None:
        return UncertainResult(result, None, None, None)
    return UncertainResult(result, gum, drawn, compare(float(result.value), gum, drawn))


def compare(value: float, gum: Gum, monte_carlo: MonteCarlo) -> Comparison:
    """Hold the GUM interval against the Monte Carlo interval (JCGM 101 clause 8).

    With u(y) written as c·10^l, c having two digits, the tolerance is 10^l/2. The GUM passes if both ends of
    y ± U lie within it of the ends of the probabilistically symmetric interval.
    """
    (gum_low, gum_high), (low, high) = _gum_interval(value, gum), monte_carlo.symmetric_interval
    low_difference, high_difference = abs(gum_low - low), abs(gum_high - high)
    errors = monte_carlo.standard_errors
    error = max(errors["symmetric_low"], errors["symmetric_high"])
    tolerance = numerical_tolerance(gum.standard_uncertainty)
    verdict: Verdict
    if math.isnan(tolerance):
        verdict = "flat"
    elif max(low_difference, high_difference) <= tolerance:
        verdict = "agrees"
    elif max(low_difference, high_difference) > tolerance + 3 * error:
        verdict = "differs"
    else:
        verdict = "undecided"
    return Comparison(tolerance, low_difference, high_difference, error, verdict)


def numerical_tolerance(standard_uncertainty: float, digits: int = 2) -> float:
    """Half a unit of the last significant digit of u (JCGM 101 7.9.2); NaN for u = 0, which has none."""
    if standard_uncertainty == 0:
        return math.nan
    exponent = int(f"{standard_uncertainty:.{digits - 1}e}".split("e")[1])
    return 0.5 * 10.0 ** (exponent - digits + 1)


def _two_digits(number: float) -> str:
    return f"{float(f'{number:.2g}'):,.6g}"


def _gum_interval(value: float, gum: Gum) -> Interval:
    return value - gum.expanded_uncertainty, value + gum.expanded_uncertainty


def _require_number(result: Quantity) -> None:
    if np.ndim(result.value):
        raise InputError(
            "uncertainty is propagated for single numbers, not for arrays",
            subject=result.describe(),
            value=f"array of {np.size(result.value)}",
            next_step="Propagate its total or mean, or one element at a time",
        )


def _require_leaf(quantity: Quantity) -> None:
    if quantity.parents or quantity.operation is not None:
        raise InputError(
            "a correlation is declared between inputs; this is a calculated result",
            subject=quantity.describe(),
            next_step="Declare it for the inputs it was made of; what they share is carried by itself",
        )


def _require_stated_value(leaf: Quantity) -> None:
    """A skewed distribution that names its own mean must name the leaf's value (to 1 % of u)."""
    known = leaf.uncertainty
    if known is None:
        return
    if np.ndim(leaf.value):
        raise InputError(
            "one distribution cannot describe an array of values",
            subject=leaf.describe(),
            value=f"array of {np.size(leaf.value)}",
            next_step="Make each uncertain value an input of its own",
        )
    mean = known.expectation
    if mean is not None and abs(leaf.value - mean) > 0.01 * known.standard_uncertainty:
        raise InputError(
            f"the value is not the mean of its distribution ({known.describe()})",
            subject=leaf.describe(),
            value=f"{leaf.value:g} {leaf.unit}",
            limit=f"mean {mean:g} {leaf.unit} (JCGM 101 6.4.1: the estimate is the expectation)",
            next_step=f"State {mean:g} as the value, or correct the distribution",
        )
