"""A verified saving as traced quantities: metered energy with its file, coefficients with their model, one error each.

    adjusted baseline = (Σⱼ bⱼ·Xⱼ + e) · gains + adjustments,    saving = adjusted baseline − reporting energy

e is one leaf, of value zero: the error of the model's sum and of the metered periods around it. So one regression is
one error, and the coefficients carry none of their own. Both periods of one meter go through the same gain leaves, so
that the meter's own error acts on the difference only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.metering import MeterSeries
from energycalc.mv.models.baseline import Baseline
from energycalc.mv.periods import Periods
from energycalc.mv.savings.adjustments import METHOD_WORDS, Adjustment
from energycalc.mv.savings.forecast import METHODS, ForecastUncertainty, forecast_uncertainty
from energycalc.mv.savings.saving import Saving
from energycalc.quantity import Quantity, Source, cite, formula, quantity
from energycalc.quantity.aliases import CubicMetre, KilowattHour, NormalCubicMetre
from energycalc.quantity.distributions import normal, student
from energycalc.quantity.functions import total

Floats = NDArray[np.float64]
IPMVP = cite("ipmvp-core", "saving = baseline energy − reporting-period energy ± adjustments")
MODEL = cite("ipmvp-core", "adjusted baseline: the baseline model under the conditions of the reporting period")


@formula(symbol="ΔE", source=IPMVP)
def verified_saving(adjusted_baseline: KilowattHour, reporting_energy: KilowattHour) -> KilowattHour:
    """Energy saved, positive where less was used."""
    return adjusted_baseline - reporting_energy


@formula(symbol="ΔV", source=IPMVP)
def verified_volume_saving(
    adjusted_baseline_volume: CubicMetre, reporting_volume: CubicMetre
) -> Annotated[Quantity, "m3"]:
    """Volume of fuel saved, positive where less was used; in the state in which the meter counts."""
    return adjusted_baseline_volume - reporting_volume


@formula(symbol="ΔV_n", source=IPMVP)
def verified_normal_volume_saving(
    adjusted_baseline_normal_volume: NormalCubicMetre, reporting_normal_volume: NormalCubicMetre
) -> NormalCubicMetre:
    """Volume of fuel saved at 0 °C and 101.325 kPa, positive where less was used."""
    return adjusted_baseline_normal_volume - reporting_normal_volume


_BY_UNIT = {
    "kWh": (verified_saving, ("adjusted_baseline", "E_adj"), ("reporting_energy", "E_rep")),
    "m3": (verified_volume_saving, ("adjusted_baseline_volume", "V_adj"), ("reporting_volume", "V_rep")),
    "m3[0C]": (
        verified_normal_volume_saving,
        ("adjusted_baseline_normal_volume", "V_adj"),
        ("reporting_normal_volume", "V_rep"),
    ),
}


@dataclass(frozen=True, eq=False)
class VerifiedEnergy:
    """The three quantities of a verified saving.

    Attributes:
        adjusted_baseline: in kWh or the meter's volume.
        reporting: same unit.
        saving: adjusted baseline less reporting.
        model_errors: the error leaf of each regression in it.
    """

    adjusted_baseline: Quantity
    reporting: Quantity
    saving: Quantity
    model_errors: tuple[Quantity, ...]


def trace_avoided(
    baseline: Baseline,
    reporting: Periods,
    saving: Saving,
    meter: MeterSeries,
    *,
    baseline_meter: MeterSeries | None = None,
) -> VerifiedEnergy:
    """An avoided energy as quantities.

    Args:
        baseline: the model.
        reporting: periods after the measure.
        saving: what :func:`energycalc.mv.savings.saving.avoided_energy` made of the two.
        meter: the meter that read the reporting periods.
        baseline_meter: the meter that read the baseline, if it is another one; then both errors count.

    Returns:
        The quantities; propagating the saving gives u² = u²(model) + Σu²(adjustments) + (difference · u(gain))².

    Raises:
        InputError: the saving is of another kind, unit or periods.
    """
    _same(saving, "avoided", reporting.start)
    before = meter if baseline_meter is None else baseline_meter
    modelled, error = _modelled(baseline, reporting, saving.model, before)
    adjusted = _adjusted(modelled, saving.adjustments, saving.unit, before.layout.meter)
    return _difference(adjusted, _metered(reporting, meter), saving, (error,))


def trace_normalised(
    before: Baseline,
    after: Baseline,
    conditions: Periods,
    saving: Saving,
    meter: MeterSeries,
    *,
    baseline_meter: MeterSeries | None = None,
) -> VerifiedEnergy:
    """A normalised saving as quantities: both models under the same conditions, each with its own error leaf."""
    _same(saving, "normalised", conditions.start)
    parts = [
        forecast_uncertainty(model, [(conditions, 1.0)], metered=False, method=saving.method)
        for model in (before, after)
    ]
    first = meter if baseline_meter is None else baseline_meter
    was, error = _modelled(before, conditions, parts[0], first)
    became, other = _modelled(after, conditions, parts[1], meter, place=1)
    return _difference(was, became, saving, (error, other))


def trace_backcast(
    after: Baseline,
    baseline_periods: Periods,
    saving: Saving,
    meter: MeterSeries,
    *,
    baseline_meter: MeterSeries | None = None,
) -> VerifiedEnergy:
    """A backcast saving as quantities: metered energy before, model of the reporting period under those conditions."""
    _same(saving, "backcast", baseline_periods.start)
    became, error = _modelled(after, baseline_periods, saving.model, meter)
    was = _metered(baseline_periods, meter if baseline_meter is None else baseline_meter)
    return _difference(was, became, saving, (error,))


def trace_chained(
    between: Baseline, baseline_periods: Periods, reporting: Periods, saving: Saving, meter: MeterSeries
) -> VerifiedEnergy:
    """A chained saving as quantities, all three periods read by one meter; the model's error is one leaf."""
    _same(saving, "chained", reporting.start)
    modelled, error = _modelled(between, reporting, saving.model, meter, less=baseline_periods)
    earlier = _metered(baseline_periods, meter, name="baseline_energy_metered", symbol="E_base")
    return _difference(earlier + modelled, _metered(reporting, meter), saving, (error,))


def _difference(before: Quantity, after: Quantity, saving: Saving, errors: tuple[Quantity, ...]) -> VerifiedEnergy:
    """Name both sides and subtract by the formula of the unit."""
    subtract, (name, symbol), (other_name, other_symbol) = _BY_UNIT[saving.unit]
    adjusted = before.renamed(name, symbol, MODEL)
    reporting = after if after.name == other_name else after.renamed(other_name, other_symbol, MODEL)
    found = subtract(adjusted, reporting)
    if not math.isclose(found.value, saving.saving, rel_tol=1e-9, abs_tol=1e-9 * abs(saving.adjusted_baseline)):
        raise InputError(
            "the saving is not the one of these periods, model and meter",
            subject="traced saving",
            value=f"{found.value:g} {saving.unit}",
            limit=f"{saving.saving:g} {saving.unit}",
            next_step="Give the periods, the model and the meter that the saving was computed from",
        )
    return VerifiedEnergy(adjusted, reporting, found, errors)


def _modelled(
    baseline: Baseline,
    periods: Periods,
    uncertainty: ForecastUncertainty,
    meter: MeterSeries,
    *,
    less: Periods | None = None,
    place: int = 0,
) -> tuple[Quantity, Quantity]:
    """(Σ bⱼ·Xⱼ + e) · gains, and e. With ``less``, X are the sums of the periods less those of the other ones."""
    fit, unit, subject = baseline.fit, baseline.periods.unit, meter.layout.meter
    columns = baseline.bound.design(periods)
    sums = [math.fsum(column) for column in columns.T]
    if less is not None:
        sums = [x - math.fsum(column) for x, column in zip(sums, baseline.bound.design(less).T, strict=True)]
    model = f"baseline model {baseline.bound.form.key}"
    fitted_on = f"least squares on {fit.observations} periods, {_dates(baseline.periods)}"
    of = f"sum over {len(periods)} periods, {_dates(periods)}" + (f", less {_dates(less)}" if less is not None else "")
    data = periods.source.file if periods.source is not None else None
    terms = []
    for name, coefficient, column_sum in zip(fit.names, fit.coefficients, sums, strict=True):
        own = baseline.periods.source.file if baseline.periods.source is not None else None
        b = quantity(
            float(coefficient),
            unit,
            name="model_coefficient",
            symbol=f"b_{name}",
            basis="measured",
            source=Source(model, f"coefficient of {name}, {fitted_on}; its error is part of e", file=own),
            subject=subject,
        )
        x = quantity(
            float(column_sum),
            "1",
            name="design_column_sum",
            symbol=f"X_{name}",
            basis="measured",
            source=Source(f"column {name} of the {model}", of, file=data),
            subject=subject,
        )
        terms.append((b * x).renamed("model_term", f"E_{name}", MODEL))
    u = uncertainty.standard_uncertainty
    error = quantity(
        0.0,
        unit,
        name="model_error",
        symbol="e_model" if place == 0 else "e_after",
        basis="measured",
        source=Source(model, f"{METHODS[uncertainty.method][0]}; {of}", confidence="docs/known_truth.md"),
        uncertainty=student(u, uncertainty.degrees_of_freedom) if u > 0 else None,
        subject=subject,
    )
    modelled = total([*terms, error])
    gains = _gains(meter)
    return (math.prod(gains, start=modelled) if gains else modelled), error


def _gains(meter: MeterSeries) -> list[Quantity]:
    """The leaves of the meter's own error. The periods are on the primary side: exact ratios are in them already."""
    gains = [leaf for leaf in meter.factors if leaf.uncertainty is not None]
    for leaf in gains:
        if leaf.value != 1:
            raise InputError(
                "a ratio with an uncertainty of its own cannot be shared by model and meter",
                subject=f"meter {meter.layout.meter}, {leaf.describe()}",
                value=f"{leaf.value:g}",
                limit="ratios are exact, gains have the value 1",
                next_step="State the transformer's class instead",
            )
    return gains


def _metered(periods: Periods, meter: MeterSeries, name: str = "", symbol: str = "") -> Quantity:
    """Energy of the periods as the meter's own total; where periods are missing, the sum of those that are used."""
    usual_name, usual_symbol = _BY_UNIT[periods.unit][2]
    name, symbol = name or usual_name, symbol or usual_symbol
    part = meter.between(str(periods.start[0]), str(periods.end[-1]))
    used = math.fsum(periods.energy)
    whole = part.total(name=name, symbol=symbol)
    if math.isclose(float(whole.value), used, rel_tol=1e-10):
        return whole
    place = np.searchsorted(periods.start, part.interval_start, side="right") - 1
    inside = (place >= 0) & (part.interval_end <= periods.end[np.maximum(place, 0)])
    what = f"sum over {len(periods)} periods, {_dates(periods)}; {len(periods.left_out)} periods left out"
    if np.any(periods.coverage < 1):
        what += f"; coverage from {periods.coverage.min():.1%}, missing slots at the mean of their period"
    read = quantity(
        used / meter.layout.multiplier,
        periods.unit,
        name="meter_reading_sum" if periods.unit == "kWh" else "meter_reading_volume",
        symbol="E_read" if periods.unit == "kWh" else "V_read",
        basis="measured",
        source=meter.source(part.line[inside & (part.line > 0)], what),
        subject=meter.layout.meter,
    )
    return math.prod(meter.factors, start=read).renamed(name, symbol, MODEL)


def _adjusted(modelled: Quantity, adjustments: Sequence[Adjustment], unit: str, subject: str) -> Quantity:
    """The modelled baseline and the adjustments, each a leaf with its own ±."""
    if not adjustments:
        return modelled
    leaves = []
    for number, each in enumerate(adjustments, 1):
        u = each.standard_uncertainty
        said = f"{each.first} to {each.last}, {METHOD_WORDS[each.method][0]}; {each.evidence}; recorded by {each.by}"
        leaves.append(
            quantity(
                each.quantity,
                unit,
                name="baseline_adjustment",
                symbol=f"A_{number}",
                basis="measured" if each.method == "sub_meter" else "assumed",
                source=each.source or Source(f"{each.kind.replace('_', '-')} adjustment: {each.what}", said),
                uncertainty=normal(u, each.degrees_of_freedom) if u else None,
                subject=subject,
            )
        )
    return total([modelled, *leaves])


def _same(saving: Saving, kind: str, start: NDArray[np.datetime64]) -> None:
    if saving.kind != kind or saving.unit not in _BY_UNIT or not np.array_equal(saving.period_start, start):
        raise InputError(
            "the saving is not of this kind, of these periods, or of a unit that can be traced",
            subject="traced saving",
            value=f"{saving.kind}, {saving.unit}, from {saving.period_start[0]}",
            limit=f"{kind}, {', '.join(_BY_UNIT)}, from {start[0]}",
            next_step="Give the periods and the kind that the saving was computed from",
        )


def _dates(periods: Periods) -> str:
    return f"{periods.start[0].astype('datetime64[D]')} to {periods.end[-1].astype('datetime64[D]')}"
