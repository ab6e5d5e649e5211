"""What we know about the error of one input, as a probability distribution.

A distribution describes the *deviation* of the true value from the leaf's stated value, in the leaf's own
unit; its expectation is zero. Formulas are those of JCGM 101:2008, clause 6.4 (Table 1), and JCGM 100:2008,
clauses 4.2 to 4.4.

    rectangular(1.5)                          anywhere within ±1.5, all equally likely: the limits of error on
    a type plate normal(0.4)                               a certificate that states a standard uncertainty (U
    divided by its k) normal(0.4, degrees_of_freedom=9)         the same, known from ten readings only
    student(0.4, degrees_of_freedom=9)        the mean of ten readings with s/√n = 0.4, tails as JCGM 101
    6.4.9 wants them
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError

Kind = Literal["normal", "student", "rectangular", "triangular", "arcsine", "lognormal", "curvilinear_trapezoid"]
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Distribution:
    """The distribution of one deviation; made by the functions below, which check what they are given.

    Attributes:
        kind: which of the seven.
        parameters: half-width, scale, ... in the leaf's unit, in the order of the constructor.
        degrees_of_freedom: how well the standard uncertainty itself is known (JCGM 100 G.4); infinite when
            exact.
    """

    kind: Kind
    parameters: tuple[float, ...]
    degrees_of_freedom: float = math.inf

    @property
    def standard_uncertainty(self) -> float:
        """Standard uncertainty u for the GUM budget, in the leaf's unit.

        For ``student`` this is the scale s/√n as in JCGM 100 4.2; the standard deviation of the
        t-distribution that Monte Carlo draws from is larger by √(ν/(ν-2)).
        """
        match self.kind, self.parameters:
            case "rectangular", (half_width,):
                return half_width / math.sqrt(3)
            case "triangular", (low, mode, high):
                return math.sqrt((low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18)
            case "arcsine", (half_width,):
                return half_width / math.sqrt(2)
            case "curvilinear_trapezoid", (half_width, inexactness):
                return math.sqrt(half_width**2 / 3 + inexactness**2 / 9)
            case "lognormal", (_, standard_deviation):
                return standard_deviation
        return self.parameters[0]  # normal: u; student: scale

    @property
    def expectation(self) -> float | None:
        """The value the leaf must state, where the parameters fix it (lognormal, low-mode-high)."""
        match self.kind, self.parameters:
            case "lognormal", (mean, _):
                return mean
            case "triangular", (low, mode, high) if low + high != 2 * mode or mode != 0:
                return (low + mode + high) / 3
        return None

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw ``n`` independent deviations."""
        match self.kind, self.parameters:
            case "normal", (u,):
                return _scaled(rng.standard_normal(n), u)
            case "student", (scale,):
                return _scaled(rng.standard_t(self.degrees_of_freedom, n), scale)
            case "rectangular", (half_width,):
                return _scaled(_symmetric_uniform(rng, n), half_width)
            case "triangular", (low, mode, high):
                return rng.triangular(low, mode, high, n) - (low + mode + high) / 3
            case "arcsine", (half_width,):
                return half_width * np.sin(math.pi * _symmetric_uniform(rng, n))
            case "lognormal", (mean, standard_deviation):
                mu, sigma = _of_logarithm(mean, standard_deviation)
                return np.exp(mu + sigma * rng.standard_normal(n)) - mean
            case "curvilinear_trapezoid", (half_width, inexactness):
                true_half_width = half_width + inexactness * _symmetric_uniform(rng, n)
                return true_half_width * _symmetric_uniform(rng, n)
        raise AssertionError(self.kind)

    def quantile(self, probability: Array) -> Array:
        """Deviation that is not exceeded with the given probability (0 to 1); the copula's way in."""
        from scipy import special  # 0.4 s: only when correlated non-normal inputs ask for it

        p = np.asarray(probability, dtype=np.float64)
        match self.kind, self.parameters:
            case "normal", (u,):
                return u * special.ndtri(p)
            case "student", (scale,):
                return scale * special.stdtrit(self.degrees_of_freedom, p)
            case "rectangular", (half_width,):
                return half_width * (2 * p - 1)
            case "triangular", (low, mode, high):
                rising = low + np.sqrt(p * (high - low) * (mode - low))
                falling = high - np.sqrt((1 - p) * (high - low) * (high - mode))
                return np.where(p * (high - low) < mode - low, rising, falling) - (low + mode + high) / 3
            case "arcsine", (half_width,):
                return half_width * np.sin(math.pi * (p - 0.5))
            case "lognormal", (mean, standard_deviation):
                mu, sigma = _of_logarithm(mean, standard_deviation)
                return np.exp(mu + sigma * special.ndtri(p)) - mean
            case "curvilinear_trapezoid", (half_width, inexactness):
                return _trapezoid_quantile(p, half_width, inexactness, special.lambertw)
        raise AssertionError(self.kind)

    def describe(self, lang: str = "en", unit: str = "") -> str:
        """One short phrase for a table or a tooltip, ``zh-TW`` or ``en``."""
        zh_words, en_words = _PHRASES[self.kind]
        words = zh_words if lang.lower().startswith("zh") else en_words
        if self.kind == "triangular" and self.expectation is None:
            words, values = ("三角分布 ±{}" if words is zh_words else "triangular ±{}"), self.parameters[2:]
        else:
            values = self.parameters
        text = words.format(*(f"{value:.6g} {unit}".strip() for value in values))
        if math.isinf(self.degrees_of_freedom):
            return text
        separator, label = ("，", "自由度") if words is zh_words else (", ", "degrees of freedom")
        return f"{text}{separator}{label} {self.degrees_of_freedom:g}"


_PHRASES: dict[str, tuple[str, str]] = {
    "normal": ("常態分布，標準不確定度 {}", "normal, standard uncertainty {}"),
    "student": ("t 分布，尺度 {}", "Student's t, scale {}"),
    "rectangular": ("矩形分布 ±{}", "rectangular ±{}"),
    "triangular": ("三角分布 {} ／ {} ／ {}", "triangular {} / {} / {}"),
    "arcsine": ("反正弦分布 ±{}", "arcsine ±{}"),
    "lognormal": ("對數常態分布，平均 {}，標準差 {}", "lognormal, mean {}, standard deviation {}"),
    "curvilinear_trapezoid": ("矩形分布 ±{}，界限不準 ±{}", "rectangular ±{}, limits inexact by ±{}"),
}


def normal(standard_uncertainty: float, degrees_of_freedom: float = math.inf) -> Distribution:
    """Normal deviation with the given standard uncertainty (JCGM 101 6.4.7).

    The degrees of freedom enter the GUM budget only; Monte Carlo draws from the normal. Use ``student`` for
    the mean of a few readings.
    """
    u = _positive("normal distribution, standard uncertainty", standard_uncertainty)
    return Distribution("normal", (u,), _degrees(degrees_of_freedom))


def student(scale: float, degrees_of_freedom: float) -> Distribution:
    """Scaled t deviation (JCGM 101 6.4.9): ``scale`` is s/√n of n readings, with n - 1 degrees of freedom."""
    scale = _positive("t-distribution, scale", scale)
    degrees = _degrees(degrees_of_freedom)
    if math.isinf(degrees):
        return Distribution("normal", (scale,))
    return Distribution("student", (scale,), degrees)


def rectangular(half_width: float, degrees_of_freedom: float = math.inf) -> Distribution:
    """Deviation anywhere within ± half-width with equal probability (JCGM 101 6.4.2); u = half-width/√3."""
    half_width = _positive("rectangular distribution, half-width", half_width)
    return Distribution("rectangular", (half_width,), _degrees(degrees_of_freedom))


def triangular(
    half_width: float | None = None,
    *,
    low: float | None = None,
    mode: float | None = None,
    high: float | None = None,
    degrees_of_freedom: float = math.inf,
) -> Distribution:
    """Triangular deviation (JCGM 101 6.4.5): either ± half-width, or low, most likely and high value.

    The three values are values of the leaf, not deviations; the leaf must then state their mean (low + mode +
    high)/3, which is the best estimate (JCGM 101 6.4.1), and ``propagate`` refuses another one.

    Raises:
        InputError: if both or neither form is given, or the three are not in order.
    """
    degrees = _degrees(degrees_of_freedom)
    if half_width is not None and low is None and mode is None and high is None:
        half_width = _positive("triangular distribution, half-width", half_width)
        return Distribution("triangular", (-half_width, 0.0, half_width), degrees)
    if half_width is not None or low is None or mode is None or high is None:
        raise InputError(
            "a half-width or the three values low, mode and high are needed",
            subject="triangular distribution",
            value=f"half_width {half_width}, low {low}, mode {mode}, high {high}",
            next_step="Give one of the two forms",
        )
    low, mode, high = (_finite("triangular distribution", value) for value in (low, mode, high))
    if not (low <= mode <= high and low < high):
        raise InputError(
            "the three values are not in order",
            subject="triangular distribution",
            value=f"{low:g}, {mode:g}, {high:g}",
            limit="low <= mode <= high and low < high (JCGM 101 6.4.5)",
            next_step="Write them in the order low, mode, high",
        )
    return Distribution("triangular", (low, mode, high), degrees)


def arcsine(half_width: float, degrees_of_freedom: float = math.inf) -> Distribution:
    """U-shaped deviation within ± half-width (JCGM 101 6.4.6), as of a sine swing; u = half-width/√2."""
    half_width = _positive("arcsine distribution, half-width", half_width)
    return Distribution("arcsine", (half_width,), _degrees(degrees_of_freedom))


def lognormal(mean: float, standard_deviation: float, degrees_of_freedom: float = math.inf) -> Distribution:
    """Lognormal value with the given mean and standard deviation (of the value, not of its logarithm).

    The leaf must state the mean. With m and s: σ² = ln(1 + (s/m)²), µ = ln m - σ²/2.
    """
    mean = _positive("lognormal distribution, mean", mean)
    deviation = _positive("lognormal distribution, standard deviation", standard_deviation)
    return Distribution("lognormal", (mean, deviation), _degrees(degrees_of_freedom))


def curvilinear_trapezoid(half_width: float, inexactness: float, degrees_of_freedom: float = math.inf) -> Distribution:
    """Rectangular deviation whose limits are themselves known only to ± inexactness (JCGM 101 6.4.3).

    Raises:
        InputError: if the inexactness is not smaller than the half-width.
    """
    half_width = _positive("curvilinear trapezoid, half-width", half_width)
    inexactness = _positive("curvilinear trapezoid, inexactness of the limits", inexactness)
    if inexactness >= half_width:
        raise InputError(
            "the inexactness of the limits must be smaller than the half-width",
            subject="curvilinear trapezoid",
            value=f"half-width {half_width:g}, inexactness {inexactness:g}",
            limit="inexactness < half-width (JCGM 101 6.4.3)",
            next_step="Check which of the two numbers is which",
        )
    return Distribution("curvilinear_trapezoid", (half_width, inexactness), _degrees(degrees_of_freedom))


def _scaled(standard: Array, scale: float) -> Array:
    standard *= scale
    return standard


def _symmetric_uniform(rng: np.random.Generator, n: int) -> Array:
    """Uniform on (-1, 1)."""
    uniform = rng.random(n)
    uniform *= 2.0
    uniform -= 1.0
    return uniform


def _of_logarithm(mean: float, standard_deviation: float) -> tuple[float, float]:
    """Mean and standard deviation of ln x."""
    sigma_squared = math.log1p((standard_deviation / mean) ** 2)
    return math.log(mean) - sigma_squared / 2, math.sqrt(sigma_squared)


def _trapezoid_quantile(p: Array, half_width: float, inexactness: float, lambertw: Callable[..., Any]) -> Array:
    """Inverse of the distribution function of JCGM 101 6.4.3, by symmetry from its upper half.

    With w = half-width, d = inexactness and L = ln((w+d)/(w-d)) = 2 artanh(d/w), the density is L/(4d) in the
    middle (|x| <= w-d) and ln((w+d)/|x|)/(4d) beside it; the area beyond x = s(w+d) is (w+d)(1 - s + s ln
    s)/(4d).
    """
    outer, inner = half_width + inexactness, half_width - inexactness
    beyond = np.minimum(p, 1 - p)
    middle = (0.5 - beyond) * 4 * inexactness / (2 * math.atanh(inexactness / half_width))
    level = 4 * inexactness * beyond / outer
    tail = outer * np.exp(1 + np.real(lambertw((level - 1) / math.e, -1)))
    # at the end of the tail scipy answers with the branch point itself; the series is good to 1e-12 there
    tail = np.where(level < 1e-7, outer * (1 - np.sqrt(2 * level) + level / 3), tail)
    magnitude = np.where(middle <= inner, middle, tail)
    return np.where(p < 0.5, -magnitude, magnitude)


def _finite(subject: str, value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise InputError(
            "a plain number in the leaf's unit is needed",
            subject=subject,
            value=repr(value),
            next_step="Write the number without its unit",
        )
    if not math.isfinite(value):
        raise InputError("the number is not finite", subject=subject, value=value, next_step="State a finite number")
    return float(value)


def _positive(subject: str, value: float) -> float:
    number = _finite(subject, value)
    if number <= 0:
        raise InputError(
            "must be greater than zero",
            subject=subject,
            value=f"{number:g}",
            limit="> 0",
            next_step="Leave the uncertainty out if none is stated; otherwise give a positive number",
        )
    return number


def _degrees(value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or math.isnan(value) or value < 1:
        raise InputError(
            "degrees of freedom must be at least 1",
            subject="distribution, degrees of freedom",
            value=repr(value),
            limit=">= 1 (JCGM 100 G.4; n readings give n - 1)",
            next_step="Give n - 1, or leave it out for an exactly known uncertainty",
        )
    return float(value)
