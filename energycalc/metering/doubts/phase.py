"""Transformers reversed or on the wrong phase, from voltage, current, power factor and power of a logger."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.quantity import cite

Floats = NDArray[np.float64]
TRIANGLE = (0.95, 1.05)
"""TU11: power by √3·V·I·cos φ of a balanced load lies between these."""
NAMED = {
    1 / 3: ("one current transformer is reversed: two phases minus the third", "一相比流器反接（兩相減一相）"),
    1 / math.sqrt(3): ("a root of three is missing", "漏乘 √3"),
    math.sqrt(3): ("a root of three is there twice (phase or line voltage?)", "重複乘以 √3（相電壓或線電壓？）"),
    3.0: ("three phases are counted for one", "單相重複計為三相"),
}
NEAR = 0.08
"""Relative distance at which a ratio is taken for one of these."""
BALANCED, LOW_FACTOR = 1.1, 0.3
"""TD04: currents whose largest is less than 1.1 times the smallest, at a power factor below 0.3 on a motor load."""
LOADED = 0.2
"""Rows with a current of at least this share of the largest are judged; at no load the angle says nothing."""


def triangle_findings(
    power_kw: Floats, voltage_v: Floats, current_a: Floats, power_factor: Floats, subject: str
) -> tuple[Finding, ...]:
    """The power of a balanced three-phase load against √3·V·I·cos φ (TD03, TU11).

    Args:
        power_kw: total active power of each row.
        voltage_v: line-to-line voltage.
        current_a: mean line current.
        power_factor: cos φ as recorded, between -1 and 1, or in per cent where above.
        subject: name in the finding.

    Returns:
        Nothing when the median ratio of the loaded rows lies within 0.95 to 1.05; an error otherwise, naming the cause
        near 1/3, 1/√3, √3 and 3.

    Raises:
        InputError: the columns have different lengths, or no row carries a load.
    """
    columns = _columns(power_kw, voltage_v, current_a, power_factor, subject=subject)
    power, voltage, current, factor = columns
    apparent = math.sqrt(3) * voltage * current * _share(factor) / 1000
    loaded = (current >= LOADED * current.max()) & (apparent > 0)
    if not loaded.any():
        raise InputError("no row carries a load", subject=subject, next_step="Use rows of ordinary operation")
    ratio = float(np.median(np.abs(power[loaded]) / apparent[loaded]))
    if TRIANGLE[0] <= ratio <= TRIANGLE[1]:
        return ()
    cause = next((words for value, words in NAMED.items() if abs(ratio / value - 1) <= NEAR), None)
    english, chinese = cause or ("voltage, current or power factor is not of this load", "電壓、電流或功率因數非此負載")
    return (
        Finding(
            "metering.power_triangle",
            "error",
            subject,
            f"the power is {ratio:.3g} times √3·V·I·cos φ (median of {int(loaded.sum()):,} loaded rows): {english}",
            f"有效功率為 √3·V·I·cos φ 的 {ratio:.3g} 倍（{int(loaded.sum()):,} 筆有載讀值中位數）：{chinese}",
            {"ratio": f"{ratio:.4g}"},
            cite("metering-signal-rules", "TD03, TU11"),
        ),
    )


def phase_findings(
    phase_powers_kw: Floats, phase_currents_a: Floats, subject: str, power_factor: Floats | None = None
) -> tuple[Finding, ...]:
    """Three phases against each other: one of another sign (TD03), or balanced currents without power (TD04).

    Args:
        phase_powers_kw: active power of the three phases, shape (n, 3).
        phase_currents_a: currents of the three phases, shape (n, 3).
        subject: name in the finding.
        power_factor: total power factor of each row, if recorded.

    Returns:
        ``metering.reversed_phase`` (error) when a phase is negative in most loaded rows and the others are not;
        ``metering.wrong_phase`` (warning) when currents are balanced and the power factor is below 0.3.

    Raises:
        InputError: the shapes are not (n, 3), or no row carries a load.
    """
    powers, currents = np.asarray(phase_powers_kw, float), np.asarray(phase_currents_a, float)
    if powers.ndim != 2 or powers.shape[1] != 3 or powers.shape != currents.shape:
        raise InputError("needs three phases in each row", subject=subject, value=f"{powers.shape}, {currents.shape}")
    mean = currents.mean(axis=1)
    loaded = mean >= LOADED * mean.max() if len(mean) and mean.max() > 0 else np.zeros(len(mean), dtype=bool)
    if not loaded.any():
        raise InputError("no row carries a load", subject=subject, next_step="Use rows of ordinary operation")
    negative = np.mean(powers[loaded] < 0, axis=0) > 0.5
    findings = []
    if 0 < int(negative.sum()) < 3:
        names = ", ".join(f"L{1 + int(i)}" for i in np.flatnonzero(negative))
        findings.append(
            Finding(
                "metering.reversed_phase",
                "error",
                subject,
                f"phase {names} has the other sign: its current transformer is reversed; the meter reads about a third",
                f"{names} 相功率符號相反：比流器反接，電表讀值約為三分之一",
                {"phases": names},
                cite("metering-signal-rules", "TD03"),
            )
        )
    balanced = currents.max(axis=1) < BALANCED * currents.min(axis=1)
    if power_factor is None:
        return tuple(findings)
    low = balanced & loaded & (_share(power_factor) < LOW_FACTOR)
    if low.sum() > 0.5 * loaded.sum():
        findings.append(
            Finding(
                "metering.wrong_phase",
                "warning",
                subject,
                f"the currents are balanced, yet the power factor is below {LOW_FACTOR} in {int(low.sum()):,} of "
                f"{int(loaded.sum()):,} loaded rows: voltage and current of different phases, or an idling motor",
                f"電流三相平衡，但 {int(loaded.sum()):,} 筆有載讀值中有 {int(low.sum()):,} 筆"
                f"功率因數低於 {LOW_FACTOR}：電壓與電流相序不符，或馬達空轉",
                {"rows": f"{int(low.sum()):,}"},
                cite("metering-signal-rules", "TD04"),
            )
        )
    return tuple(findings)


def _share(power_factor: Floats) -> Floats:
    factor = np.abs(np.asarray(power_factor, float))
    return np.where(factor > 1, factor / 100, factor)


def _columns(*columns: Floats, subject: str) -> tuple[Floats, ...]:
    arrays = tuple(np.asarray(column, dtype=np.float64) for column in columns)
    if len({array.shape for array in arrays}) != 1 or arrays[0].ndim != 1 or not len(arrays[0]):
        raise InputError(
            "the columns have different lengths",
            subject=subject,
            value=", ".join(str(array.shape) for array in arrays),
            next_step="Give one value of each for each row",
        )
    return arrays
