"""The figures of a verification as files, and their titles, which say the message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from energycalc.errors import InputError
from energycalc.metering import MeterSeries
from energycalc.mv.regression.autocorrelation import positions_of
from energycalc.mv.savings.changes import level_steps
from energycalc.mv.savings.saving import Saving
from energycalc.mv.verification import Verified
from energycalc.mv.views.model_scatter import model_scatter
from energycalc.mv.views.model_views import cumulative_saving, energy_over_time, saving_by_group
from energycalc.mv.views.series_views import day_by_hour, duration_curve, group_labels, residual_view
from energycalc.reports.figure_frame import Caption
from energycalc.reports.figures import write_figure
from energycalc.reports.verification import axes as scales
from energycalc.reports.verification import facts
from energycalc.reports.verification.figure_cumulative import cumulative_figure
from energycalc.reports.verification.figure_groups import group_figure
from energycalc.reports.verification.figure_load import duration_figure, heat_map
from energycalc.reports.verification.figure_over_time import over_time_figure
from energycalc.reports.verification.figure_residuals import residual_figure
from energycalc.reports.verification.figure_scatter import scatter_figure
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LAGS = {"hour": 72, "day": 35, "week": 26, "month": 12}
"""Lags of the autocorrelation that are drawn: three days, five weeks, half a year, a year."""


def write_verification_figures(folder: str | Path, verified: Verified, language: str = "zh-TW") -> list[Path]:
    """Write every figure of a verification as PNG and SVG.

    Args:
        folder: where to; made if it is not there. Figures of an earlier run under the same names are replaced.
        verified: the result.
        language: ``zh-TW`` or ``en``.

    Returns:
        The files, in the order of the figures.

    Raises:
        InputError: there are no words in the language.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    return [path for name, figure in verification_figures(verified, language)
            for path in write_figure(place / name, figure)]  # fmt: skip


def verification_figures(verified: Verified, language: str) -> Iterator[tuple[str, Figure]]:
    """The figures with their names, one after the other.

    ``energy_over_time``, ``model`` (only with a driver), ``cumulative_saving``, ``residuals``, ``saving_by_group``
    (days and hours), ``heat_map`` (slots of an hour or less), ``load_duration`` (meter files with loads, not bills).
    """
    caption, saving, baseline = caption_of(verified, language), verified.saving, verified.baseline
    reporting, confidence, fit = verified.reporting, verified.saving.confidence, verified.baseline.fit
    avoided = saving.kind == "avoided"
    if avoided:
        view = energy_over_time(baseline, reporting, confidence)
        title = saving_title(saving, language, attributed=verified.verdict.word != "not_attributable")
        yield "energy_over_time", over_time_figure(view, title, language, caption=caption)
        scatter = model_scatter(baseline, reporting, confidence)
        if scatter is not None:
            title = words(scales.TOPIC, language)["scatter_title"].format(
                form=baseline.bound.form.key, cv=f"{fit.cv_rmse * 100:.1f}", r_squared=f"{fit.r_squared:.2f}"
            )
            yield "model", scatter_figure(scatter, title, language, caption=caption)
        running = cumulative_saving(baseline, reporting, _model_half_width(saving), confidence, _changes(verified))
        yield "cumulative_saving", cumulative_figure(running, language, caption=caption)
    if fit.residual_sum_of_squares > 0:
        look = residual_view(fit.residuals, LAGS[reporting.interval], positions_of(baseline.periods))
        yield (
            "residuals",
            residual_figure(
                baseline.periods.start,
                fit.residuals,
                look,
                fit.residual_standard_deviation,
                reporting.unit,
                reporting.interval,
                language,
                caption=caption,
            ),
        )
    if avoided and reporting.interval in ("day", "hour"):
        by, labels = group_labels(verified.declared.calendar, verified.declared.shifts, reporting)
        groups = saving_by_group(baseline, reporting, labels, confidence)
        yield "saving_by_group", group_figure(groups, by, reporting.unit, confidence, language, caption=caption)
    yield from _loads(verified, caption, language)


def saving_title(saving: Saving, language: str, *, attributed: bool = True) -> str:
    """The message in one line: the saving with its ±, that none can be told from 0, or a difference nobody explains."""
    text = words(scales.TOPIC, language)
    half = saving.half_width
    unit = scales.unit_for([abs(saving.saving), half], saving.unit)
    key = "unclear_title" if not saving.distinguishable else "saving_title" if saving.saving > 0 else "more_title"
    if not attributed:
        key = "difference_title"
    return text[key].format(
        value=unit.shown(saving.saving, half),
        half=unit.shown(half, half),
        unit=unit.name,
        confidence=scales.confidence_text(saving.confidence),
    )


def caption_of(verified: Verified, language: str) -> Caption:
    """Title, days, files with their credit, and the mark of a constructed example, around each figure."""
    text, declared = words("figures", language), verified.declared
    series = {verified.meter.sha256: (verified.meter, declared.meter.attribution)}
    if declared.reporting_meter is not None:
        other = verified.reporting_meter
        series.setdefault(other.sha256, (other, declared.reporting_meter.attribution))
    for name, driver in verified.drivers.items():
        series.setdefault(driver.sha256, (driver, declared.drivers[name].attribution))
    files = [f"{one.file} ({one.sha256[:12]}…)" + (f", {credit}" if credit else "") for one, credit in series.values()]
    return Caption(
        plant=declared.title,
        period=facts.spans(verified, language),
        source=text["list_gap"].join(files),
        constructed=declared.constructed,
    )


def _model_half_width(saving: Saving) -> float:
    """Half-width of the interval of the sum without adjustments, which is what adds up period by period."""
    return saving.model.expanded(saving.confidence)


def _changes(verified: Verified) -> list[np.datetime64]:
    """Moments at which the mean of the residuals steps, in either period; none where it is too short to tell."""
    baseline, reporting = verified.baseline, verified.reporting
    found: list[np.datetime64] = []
    for periods, residuals in (
        (baseline.periods, baseline.fit.residuals),
        (reporting, -verified.saving.per_period),
    ):
        try:
            found += [step.at for step in level_steps(periods, residuals)]
        except InputError:  # too short to tell an event from noise; its finding says so
            continue
    return found


def _loads(verified: Verified, caption: Caption, language: str) -> Iterator[tuple[str, Figure]]:
    """Load by day and hour and by duration, before and after; a table of bills has no loads."""
    declared = verified.declared
    if declared.meter.rows is not None or (declared.reporting_meter and declared.reporting_meter.rows is not None):
        return
    try:
        before = _between(verified.meter, declared.baseline.first, declared.baseline.last)
        after = _between(verified.reporting_meter, declared.reporting.first, declared.reporting.last)
    except InputError:  # the days do not fall on slots of the meter: no loads, the energies are by whole periods
        return
    if max(before.layout.interval_seconds, after.layout.interval_seconds) <= 3600:
        tables = [("before", day_by_hour(before)), ("after", day_by_hour(after))]
        yield "heat_map", heat_map(tables, language, caption=caption)
    yield "load_duration", duration_figure(duration_curve(before), duration_curve(after), language, caption=caption)


def _between(series: MeterSeries, first: object, last: object) -> MeterSeries:
    return series.between(first, last + timedelta(days=1))  # type: ignore[operator, arg-type]
