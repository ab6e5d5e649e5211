"""The numbers a retrofit isolation stands on: what was measured, with which instrument, and what is only estimated.

An instrument is one leaf, its gain. Readings before and after with the same instrument share it, so that its error
scales the difference; two instruments are two leaves, and their errors add.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.metering import MeterSeries
from energycalc.mv.isolation.sampling import sampled_mean
from energycalc.quantity import Quantity, Source, cite, quantity
from energycalc.quantity.distributions import Distribution, rectangular, student

FEWEST_DAYS = 7
"""Least number of whole days of a logged mean (rule of this program: one week with its weekend)."""
SAME_READINGS = 10
"""Readings without any scatter from this number on are taken for a nameplate value repeated (the same)."""
LOGGED = cite("energycalc-rules", "mean of whole days; its standard error from the scatter of the days")
SPOT = cite("cochran-sampling", "standard error of the mean of n readings, s/√n")
OPTION_A = cite("ipmvp-core", "option A: key parameter measured, other parameters estimated and justified")


def instrument(name: str, limit_of_error_percent: float, source: Source) -> Quantity:
    """An instrument with a limit of error in per cent of reading: one leaf, to be used for all its readings.

    Args:
        name: instrument and serial number.
        limit_of_error_percent: rectangular limit, above 0 to 50.
        source: certificate or data sheet.
    """
    if not 0 < limit_of_error_percent <= 50:
        raise InputError(
            "the limit of error of an instrument is not possible",
            subject=name,
            value=f"{limit_of_error_percent:g} %",
            limit="above 0 to 50 % of reading",
            next_step="Write the limit of the certificate in per cent of reading",
        )
    error = rectangular(limit_of_error_percent / 100)
    return quantity(
        1.0,
        "1",
        name="instrument_gain",
        symbol="g_i",
        basis="nameplate",
        source=source,
        uncertainty=error,
        subject=name,
    )


def spot_mean_power(readings_kw: Sequence[float], gain: Quantity, *, subject: str, source: Source) -> Quantity:
    """Mean of spot readings of a power, with s/√n (Student) and the gain of the instrument.

    Args:
        readings_kw: at least two independent readings, kW; readings a second apart are not independent.
        gain: the instrument; the same object for all its readings.
        subject: the machine.
        source: the record of the measurement.

    Raises:
        InputError: fewer than two readings, or none of several differs (a nameplate repeated).
    """
    sample = sampled_mean(readings_kw)
    if sample.standard_deviation == 0:
        raise InputError(
            "all readings are equal, so they are no measurement",
            subject=subject,
            value=f"{sample.size} times {sample.mean:g} kW",
            limit="TL04: a nameplate value is not a measured one",
            next_step="Enter the readings as taken, or give the value as an estimate with its range",
        )
    error = student(sample.standard_error, sample.degrees_of_freedom)
    return (_read(sample.mean, error, subject, source) * _one(gain)).renamed("mean_power", "P_m", SPOT)


def logged_mean_power(meter: MeterSeries, *, fewest_days: int = FEWEST_DAYS) -> Quantity:
    """Mean power of a short-term log over its whole days, with the scatter of the days and the meter's gain.

    Minutes of a log follow each other, so s/√n of them would be far too small; whole days stand for themselves.

    Args:
        meter: the log; days with a missing slot are left out.
        fewest_days: least number of whole days, at least 2.

    Returns:
        kW, Student with days − 1 degrees of freedom, times gains and ratios of the meter.

    Raises:
        InputError: too few whole days, or all days are equal.
    """
    subject = meter.layout.meter or meter.layout.subject
    days, place, slots = np.unique(
        meter.interval_start.astype("datetime64[D]"), return_inverse=True, return_counts=True
    )
    whole = slots == round(24 / meter.layout.interval_hours)
    means = np.bincount(place, weights=meter.reading_kwh)[whole] / 24
    if len(means) < max(fewest_days, 2):
        raise InputError(
            "the log holds too few whole days",
            subject=subject,
            value=f"{len(means)} whole days of {len(days)}",
            limit=f"{max(fewest_days, 2)} days (rule of this program: a full production cycle)",
            next_step="Log for longer",
        )
    sample = sampled_mean(means.tolist())
    if sample.standard_deviation == 0:
        raise InputError(
            "every day of the log has the same mean power",
            subject=subject,
            value=f"{sample.mean:g} kW on {sample.size} days",
            limit="TL04: a nameplate value is not a measured one",
            next_step="Check the logger; a constant load is measured by spot readings",
        )
    first, last = days[whole][0], days[whole][-1]
    source = meter.source(what=f"{len(means)} whole days, {first} to {last}")
    error = student(sample.standard_error, sample.degrees_of_freedom)
    read = _read(sample.mean, error, subject, source)
    return math.prod(meter.factors, start=read).renamed("mean_power", "P_m", LOGGED)


def estimated(
    low: float, high: float, unit: str, *, name: str, because: str, by: str, symbol: str = "", subject: str = ""
) -> Quantity:
    """A parameter that is not measured: its middle, with equal probability anywhere between two limits.

    Args:
        low: lowest value that is possible, in ``unit``.
        high: highest value that is possible.
        unit: as people write it.
        name: glossary key.
        because: why it is not measured and where the limits come from; compulsory.
        by: who says so; compulsory.
        symbol: its symbol.
        subject: machine or measure.

    Raises:
        InputError: the reason or the person is missing, or the limits are not in order.
    """
    if not because.strip() or not by.strip():
        raise InputError(
            "an estimated parameter needs its justification and who gives it",
            subject=", ".join(part for part in (subject, name.replace("_", " ")) if part),
            value=f"because {because!r}, by {by!r}",
            limit=str(OPTION_A),
            next_step="Say why it is not measured and where the limits come from",
        )
    if not low < high:
        raise InputError(
            "an estimate is a range",
            subject=", ".join(part for part in (subject, name.replace("_", " ")) if part),
            value=f"{low:g} to {high:g} {unit}",
            limit="low < high",
            next_step="Give the lowest and the highest value that are possible",
        )
    return quantity(
        (low + high) / 2,
        unit,
        name=name,
        symbol=symbol,
        basis="assumed",
        source=Source(f"estimate by {by}", because),
        uncertainty=rectangular((high - low) / 2),
        subject=subject,
    )


def nameplate_findings(readings: Sequence[float], rating: float | None, unit: str, subject: str) -> tuple[Finding, ...]:
    """TL04: readings that equal a catalogue rating, or ten and more without any scatter.

    Args:
        readings: what was entered as measured.
        rating: nameplate or catalogue value in the same unit, if known.
        unit: of both.
        subject: the machine.
    """
    numbers = np.asarray(readings, dtype=np.float64)
    equal = rating is not None and bool(np.all(numbers == rating))
    flat = len(numbers) >= SAME_READINGS and bool(np.all(numbers == numbers[0]))
    if not equal and not flat:
        return ()
    value = f"{numbers[0]:g} {unit}"
    why = f"equals the rating of {rating:g} {unit}" if equal else f"was read {len(numbers)} times without scatter"
    why_zh = f"等於額定值 {rating:g} {unit}" if equal else f"讀取 {len(numbers)} 次完全相同"
    return (
        Finding(
            "mv.TL04_nameplate_as_measured",
            "warning",
            subject,
            f"the measured value of {value} {why}: is it the nameplate?",
            f"量測值 {value} {why_zh}：是否為銘牌值？",
            {"readings": str(len(numbers))},
            OPTION_A,
        ),
    )


def _read(mean: float, error: Distribution, subject: str, source: Source) -> Quantity:
    return quantity(
        mean,
        "kW",
        name="power_reading",
        symbol="P_r",
        basis="measured",
        source=source,
        uncertainty=error,
        subject=subject,
    )


def _one(gain: Quantity) -> Quantity:
    if gain.name not in ("instrument_gain", "meter_gain"):
        raise InputError(
            "the instrument is not an instrument's gain",
            subject=gain.describe(),
            next_step="Make it with instrument(...), once, and use it for all its readings",
        )
    return gain
