"""All doubts about one verification, from the files to the saving, each from the file that knows its rule."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import numpy as np

from energycalc.finding import Finding
from energycalc.metering import MeterSeries, series_findings
from energycalc.mv.models.baseline import Baseline
from energycalc.mv.models.calendar import calendar_findings
from energycalc.mv.models.selection import Selection
from energycalc.mv.periods import Periods
from energycalc.mv.regression.autocorrelation import durbin_watson, lag_one, positions_of
from energycalc.mv.regression.statistics import cooks_distance, variance_inflation
from energycalc.mv.rules.plan import plan_findings
from energycalc.mv.rules.sufficiency import (
    baseline_coverage,
    bill_reconciliation,
    calibration,
    degree_day_points,
    extreme_values,
    gaps,
    partial_periods,
)
from energycalc.mv.rules.sufficiency_model import ModelChecks, change_findings, model_findings, saving_findings
from energycalc.mv.rules.sufficiency_window import (
    baseline_choice,
    extrapolation,
    measurement_length,
    months_between,
    production_moved,
    static_factors,
)
from energycalc.mv.savings.adjustments import adjustment_findings
from energycalc.mv.savings.changes import event_findings, level_steps
from energycalc.mv.savings.saving import Saving
from energycalc.mv.verification import Data, Span, Verification
from energycalc.quantity import cite

RELEVANT = ("driver", "above", "below", "segment")
NEAR = timedelta(days=21)
OF_THE_DAYS_USED = (
    "metering.outlier",
    "metering.spike",
    "metering.sentinel",
    "metering.zero_readings",
    "metering.flat_line",
    "metering.negative_readings",
    "metering.slots_missing",
    "metering.slots_filled",
)
"""Doubts of a series that count where its days are used, and nowhere else."""
GAPS = ("metering.slots_missing",)
"""Of these, the ones that mean anything for bills and months spread over their days."""
OF_NO_CONCERN = ("metering.partial_day", "metering.partial_month")
"""Periods are whole or left out here, so a partial one at the edge of a file is no doubt."""


def findings_of(declared: Verification, data: Data, selection: Selection, saving: Saving) -> tuple[Finding, ...]:
    """Every doubt about a verification, in the order in which a reader would ask.

    Args:
        declared: what somebody declares.
        data: the files, read.
        selection: the models tried.
        saving: with its interval.
    """
    return (
        *_about_files(declared, data),
        *_about_periods(declared, data),
        *_about_model(declared, data, selection),
        *_about_events(declared, data, selection.chosen),
        *adjustment_findings(declared.adjustments),
        *saving_findings(saving.saving, saving.standard_uncertainty, saving.degrees_of_freedom, _meter(data)),
        *_expected(declared, saving, _meter(data)),
        *plan_findings(declared.plan, declared.title),
    )


def _expected(declared: Verification, saving: Saving, meter: str) -> list[Finding]:
    """A saving that was expected to be smaller than what these data can tell from zero: no proof could come of it."""
    expected = declared.measure.expected_share if declared.measure else None
    least = saving.smallest_distinguishable / saving.adjusted_baseline
    if expected is None or expected >= least:
        return []
    return [
        Finding(
            "mv.expected_below_detectable",
            "warning",
            meter,
            f"A saving of {expected:.1%} was expected; with these data and this model it takes {least:.1%} to be told "
            "from zero.",
            f"預期節能 {expected:.1%}；以此資料與模型，須達 {least:.1%} 才能與零區別。",
            {"expected": f"{expected:.4g}", "smallest distinguishable": f"{least:.4g}"},
            cite("ipmvp-statistics", "a saving of twice its standard error"),
        )
    ]


def _about_files(declared: Verification, data: Data) -> list[Finding]:
    """Doubts of the files, each said once; those of readings only for the days used."""
    found: list[Finding] = []
    spread = {id(data.drivers[name]) for name, file in declared.drivers.items() if file.rows is not None}
    spread |= {id(data.meter)} if declared.meter.rows is not None else set()
    spread |= {id(data.reporting_meter)} if (declared.reporting_meter or declared.meter).rows is not None else set()
    for series in _different(data.meter, data.reporting_meter, *data.drivers.values()):
        found += [each for each in series_findings(series) if each.id not in (*OF_THE_DAYS_USED, *OF_NO_CONCERN)]
    for span, meter in ((declared.baseline, data.meter), (declared.reporting, data.reporting_meter)):
        for series in (meter, *data.drivers.values()):
            wanted = GAPS if id(series) in spread else OF_THE_DAYS_USED
            found += [each for each in series_findings(_part(series, span)) if each.id in wanted]
        found += gaps(_part(meter, span), _name(meter))
        expires = meter.layout.calibration_valid_to
        if expires is not None:
            found += calibration(date.fromisoformat(expires), span.last, _name(meter))
    return list({(each.id, each.subject, each.sentence): each for each in found}.values())


def _different(*series: MeterSeries) -> list[MeterSeries]:
    return list({id(each): each for each in series}.values())


def _part(series: MeterSeries, span: Span) -> MeterSeries:
    """The part of a series in a span of days, as far as the file goes."""
    first = max(np.datetime64(span.first, "s"), series.interval_start[0])
    last = min(np.datetime64(span.last + timedelta(days=1), "s"), series.interval_end[-1])
    return series.between(str(first), str(last))


def _about_periods(declared: Verification, data: Data) -> list[Finding]:
    meter = _meter(data)
    span = declared.baseline
    found = [
        *baseline_coverage(data.baseline, meter, first=span.first, last=span.last),
        *_partial(declared, data.baseline, meter),
        *_partial(declared, data.reporting, meter),
        *extreme_values(data.baseline, meter),
        *measurement_length(
            declared.scope, span.first, span.last, meter, production_cycle_days=declared.production_cycle_days
        ),
    ]
    if declared.measure is not None:
        before = data.history.between(
            str(data.history.start[0].astype("datetime64[D]")), declared.measure.works.first - timedelta(days=1)
        )
        production = declared.production[0] if len(declared.production) == 1 else None
        found += baseline_choice(before, span.first, span.last, declared.measure.works.first, meter, driver=production)
    found += static_factors(declared.static_factors, [each.what for each in declared.adjustments], meter)
    for name, billed in declared.billed.items():
        series, days = (data.meter, span) if name == "baseline" else (data.reporting_meter, declared.reporting)
        metered = float(np.sum(_part(series, days).amount))
        found += bill_reconciliation(metered, billed, f"{_name(series)}, {name}")
    if declared.calendar is not None:
        found += calendar_findings(declared.calendar, span.first, declared.reporting.last)
    return found


def _partial(declared: Verification, periods: Periods, meter: str) -> list[Finding]:
    """Periods that are scaled up from a part: an error without a reason, a note with one."""
    because = declared.minimum_coverage_because
    part = np.flatnonzero(periods.coverage < 1 - 1e-12)
    if not because or not len(part):
        return list(partial_periods(periods, meter))
    share = float(np.sum(periods.energy[part]) / np.sum(periods.energy))
    where = ", ".join(str(each.astype("datetime64[D]")) for each in periods.start[part][:5])
    return [
        Finding(
            "mv.periods_scaled",
            "note",
            meter,
            f"{len(part)} periods with {share:.2%} of the energy are scaled up from at least "
            f"{declared.minimum_coverage:.0%} of their readings: {because}",
            f"{len(part)} 個期間（用能占 {share:.2%}）由至少 {declared.minimum_coverage:.0%} 之讀值按比例推足："
            f"{because}",
            {"first": where},
        )
    ]


def _about_model(declared: Verification, data: Data, selection: Selection) -> list[Finding]:
    baseline = selection.chosen
    used = baseline.bound.form.drivers
    model = f"{_meter(data)}, {baseline.bound.form.title}"
    return [
        *model_findings(baseline.fit, _checks(declared, baseline, selection), model),
        *production_moved(data.baseline, data.reporting, declared.production, used, _meter(data)),
        *extrapolation(data.baseline, data.reporting, used, _meter(data)),
        *_beyond_change_points(baseline, model),
    ]


def _beyond_change_points(baseline: Baseline, model: str) -> list[Finding]:
    """Whether enough days lie beyond each change point for its slope to mean anything."""
    bound = baseline.bound
    found: list[Finding] = []
    for column in bound.columns:
        if column.kind in ("above", "below") and baseline.periods.interval == "day":
            side: Literal["heating", "cooling"] = "cooling" if column.kind == "above" else "heating"
            values, point = baseline.periods.drivers[column.driver], bound.change_points[column.place]
            found += degree_day_points(values, point, side, model)
    return found


def _checks(declared: Verification, baseline: Baseline, selection: Selection) -> ModelChecks:
    bound, fit, periods = baseline.bound, baseline.fit, baseline.periods
    design, positions = bound.design(periods), positions_of(periods)
    cook = cooks_distance(design, fit.unscaled_covariance, fit.residuals)
    worst = int(np.argmax(cook))
    relevant = {column.name for column in bound.columns if column.kind in RELEVANT}
    return ModelChecks(
        relevant=tuple(name for name in fit.names if name in relevant),
        variable_of={column.name: column.driver for column in bound.columns if column.driver},
        production=tuple(
            column.name for column in bound.columns if column.kind == "driver" and column.driver in declared.production
        ),
        base_load=next((column.name for column in bound.columns if column.kind == "constant"), None),
        reporting_months=months_between(declared.reporting.first, declared.reporting.last),
        durbin_watson=durbin_watson(fit.residuals, positions),
        lag_1=lag_one(fit.residuals, positions).pearson,
        variance_inflation=variance_inflation(design, bound.names, relevant),
        largest_cook=(float(cook[worst]), str(periods.start[worst].astype("datetime64[D]"))),
        forms_tried=len(selection.tried),
    )


def _about_events(declared: Verification, data: Data, baseline: Baseline) -> list[Finding]:
    """Steps of the residuals: in the baseline they question the model, after it they question the measure."""
    works = declared.measure.works if declared.measure else None
    dates = (works.first, works.last) if works else ()
    found = list(event_findings(data.baseline, baseline.fit.residuals, "baseline", declared.adjustments, dates))
    after = data.reporting.energy - baseline.predict(data.reporting)
    told = event_findings(data.reporting, after, "reporting period", declared.adjustments, dates)
    if any(each.id == "mv.events_not_searched" for each in told):
        return [*found, *told]
    steps = level_steps(data.reporting, after)
    known = [*dates, *(day for each in declared.adjustments for day in (each.first, each.last))]
    jumps = [(str(step.at.astype("datetime64[D]")), step.ratio) for step in steps]
    explained = [when for when, _ in jumps if any(abs(date.fromisoformat(when) - day) <= NEAR for day in known)]
    return [*found, *change_findings(jumps, _meter(data), declared=explained)]


def _meter(data: Data) -> str:
    return _name(data.reporting_meter)


def _name(series: MeterSeries) -> str:
    return series.layout.meter or series.file
