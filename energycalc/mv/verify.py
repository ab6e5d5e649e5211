"""The order of the play: from a declared verification to a saving with its ±, its doubts and its verdict."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from energycalc.errors import InputError
from energycalc.metering import MeterSeries, read_meter
from energycalc.metering.billing.monthly import read_monthly
from energycalc.mv.candidates import candidate_forms
from energycalc.mv.judgement import findings_of
from energycalc.mv.models.baseline import Baseline
from energycalc.mv.models.selection import Selection, choose_baseline
from energycalc.mv.periods import Periods, periods_of
from energycalc.mv.rules.acceptance import verdict_of
from energycalc.mv.rules.overrides import override
from energycalc.mv.rules.sufficiency_window import months_between
from energycalc.mv.savings.adjustments import without_equal_periods
from energycalc.mv.savings.fuel_energy import as_fuel_energy
from energycalc.mv.savings.other_methods import OtherMethods, other_methods
from energycalc.mv.savings.saving import Saving, avoided_energy, backcast_saving, chained_saving, normalised_saving
from energycalc.mv.savings.traced import VerifiedEnergy, trace_avoided, trace_backcast, trace_chained, trace_normalised
from energycalc.mv.verification import Data, DataFile, Span, Verification, Verified, naive_comparison

STAGES = ("meters", "models", "saving", "doubts")


def verify(declared: Verification, *, progress: Callable[[str], None] = lambda stage: None) -> Verified:
    """Carry out a verification: meters, models, saving, doubts, verdict, in that order.

    Args:
        declared: the verification.
        progress: told the name of each stage as it begins.

    Returns:
        Everything that was found; the same files and declaration give the same result.

    Raises:
        EnergycalcError: whatever cannot be computed without guessing.
    """
    progress("meters")
    data = read_data(declared)
    progress("models")
    selection = choose_baseline(data.baseline, candidate_forms(declared, data.baseline))
    progress("saving")
    baseline, saving, counted = _saving(declared, data, selection)
    heat = declared.heat_value if declared.carrier == "natural_gas" else None
    energy = counted if heat is None else as_fuel_energy(counted, heat)
    progress("doubts")
    findings = override(findings_of(declared, data, selection, saving), declared.overrides)
    return Verified(
        declared=declared,
        meter=data.meter,
        reporting_meter=data.reporting_meter,
        drivers=data.drivers,
        history=data.history,
        selection=selection,
        baseline=baseline,
        reporting=data.reporting,
        saving=saving,
        counted=counted,
        energy=energy,
        naive=naive_comparison(data.baseline, data.reporting),
        others=_others(declared, baseline, data, saving),
        findings=findings,
        verdict=verdict_of(saving, findings, measure_recorded=declared.measure is not None),
        stamp=_stamp(declared, data),
    )


def read_data(declared: Verification) -> Data:
    """Read meters and drivers and cut them into the periods of the verification.

    Raises:
        EnergycalcError: a file cannot be read as declared, or a span has no whole period with data.
    """
    for file in (declared.meter, *declared.drivers.values()):
        if file.rows is not None and declared.interval != "month":
            raise InputError(
                "a table of months or bills cannot be a model of shorter periods",
                subject=file.layout.subject,
                value=f"interval {declared.interval}",
                limit="interval month",
                next_step="Write interval: month, or give a logger file",
            )
    meter = _read(declared.meter)
    other = declared.reporting_meter
    after = meter if other is None else _read(other, meter if declared.same_meter else None)
    drivers = {name: _read(file) for name, file in declared.drivers.items()}
    history = periods_of(meter, declared.interval, drivers, minimum_coverage=declared.minimum_coverage)
    later = (
        history
        if after is meter
        else periods_of(after, declared.interval, drivers, minimum_coverage=declared.minimum_coverage)
    )
    before = _within(history, declared.baseline, "baseline", declared)
    reporting = _within(later, declared.reporting, "reporting period", declared)
    for each in declared.adjustments:
        if each.method == "equal_periods":
            before, reporting = without_equal_periods(before, reporting, each.first, each.last, each.what)
    return Data(meter, after, drivers, history, before, reporting)


def _read(file: DataFile, same_meter_as: MeterSeries | None = None) -> MeterSeries:
    if file.rows is None:
        return read_meter(file.layout, same_meter_as=same_meter_as)
    return read_monthly(file.layout, file.rows, file.where, same_meter_as)


def _within(periods: Periods, span: Span, what: str, declared: Verification) -> Periods:
    begin = np.datetime64(span.first).astype("datetime64[s]")
    end = (np.datetime64(span.last) + np.timedelta64(1, "D")).astype("datetime64[s]")
    if not len(periods) or periods.start[0] > begin or periods.end[-1] < end:
        known = f"{periods.start[0]} to {periods.end[-1]}" if len(periods) else "no whole period"
        if not (len(periods) and _only_gaps_at_the_edges(periods, begin, end)):
            raise InputError(
                f"the files do not cover the {what}",
                subject=declared.title,
                value=known,
                limit=f"{span.first} to {span.last}, both days included",
                next_step="Choose whole days that meter and drivers cover; a part is never scaled up to the whole",
            )
    inside = periods.between(span.first, span.last)
    if not len(inside):
        raise InputError(
            f"no whole {declared.interval} of the {what} has data",
            subject=declared.title,
            value=f"{span.first} to {span.last}",
            limit=f"minimum coverage {declared.minimum_coverage:.0%}",
            next_step="Look at the gaps, or choose another interval",
        )
    return inside


def _only_gaps_at_the_edges(periods: Periods, begin: np.datetime64, end: np.datetime64) -> bool:
    """Whether the missing first or last periods are known and listed as left out."""
    starts = [each.start for each in periods.left_out]
    first = min([periods.start[0], *starts])
    length = periods.end[-1] - periods.start[-1]
    last = max([periods.end[-1], *(start + length for start in starts)])
    return bool(first <= begin and last >= end)


def _saving(declared: Verification, data: Data, selection: Selection) -> tuple[Baseline, Saving, VerifiedEnergy]:
    """The saving of the declared kind, as numbers and as traced quantities."""
    chosen, confidence = selection.chosen, declared.confidence
    meter, after = data.reporting_meter, data.meter
    other = None if after is meter else after
    if declared.kind == "avoided":
        saving = avoided_energy(chosen, data.reporting, declared.adjustments, confidence)
        return chosen, saving, trace_avoided(chosen, data.reporting, saving, meter, baseline_meter=other)
    if declared.adjustments:
        raise InputError(
            "adjustments belong to an avoided energy",
            subject=declared.title,
            value=f"saving: {declared.kind}",
            next_step="Write saving: avoided, or take the adjustments out",
        )
    if declared.kind == "chained":
        middle = _within(data.history, declared.middle or declared.baseline, "year between", declared)
        between = choose_baseline(middle, candidate_forms(declared, middle)).chosen
        saving = chained_saving(between, data.baseline, data.reporting, confidence)
        return between, saving, trace_chained(between, data.baseline, data.reporting, saving, meter)
    later = choose_baseline(data.reporting, candidate_forms(declared, data.reporting)).chosen
    if declared.kind == "backcast":
        saving = backcast_saving(later, data.baseline, confidence)
        return later, saving, trace_backcast(later, data.baseline, saving, meter, baseline_meter=other)
    conditions = _conditions(declared, data)
    saving = normalised_saving(chosen, later, conditions, confidence)
    return chosen, saving, trace_normalised(chosen, later, conditions, saving, meter, baseline_meter=other)


def _others(declared: Verification, baseline: Baseline, data: Data, saving: Saving) -> OtherMethods | None:
    if declared.kind != "avoided":
        return None
    months = months_between(declared.reporting.first, declared.reporting.last)
    return other_methods(baseline, data.reporting, saving, months)


def _conditions(declared: Verification, data: Data) -> Periods:
    """Periods of the fixed conditions; their energy is not used."""
    series = {name: _read(file) for name, file in declared.conditions.items()}
    missing = sorted(set(declared.drivers) - set(series))
    if missing:
        raise InputError(
            "have no fixed conditions",
            subject=", ".join(missing),
            limit="every driver needs its normal conditions",
            next_step="Add them under normal_conditions.drivers",
        )
    carrier = next(iter(series.values()))
    periods = periods_of(carrier, declared.interval, series, minimum_coverage=declared.minimum_coverage)
    span = declared.conditions_span
    assert span is not None  # the declaration has checked it
    within = _within(periods, span, "fixed conditions", declared)
    return Periods(
        within.start,
        within.end,
        np.zeros(len(within)),
        data.baseline.unit,
        declared.interval,
        within.drivers,
        within.driver_units,
        within.coverage,
        within.source,
        within.left_out,
    )


def _stamp(declared: Verification, data: Data) -> dict[str, str]:
    files = {"meter": data.meter, "reporting meter": data.reporting_meter, **data.drivers}
    stamp = {
        "verification_file": f"{declared.file} SHA-256 {declared.sha256}",
        **{name: f"{series.file} SHA-256 {series.sha256}" for name, series in files.items()},
    }
    if declared.calendar is not None:
        stamp["calendar"] = declared.calendar.stamp
    return stamp
