"""What a verification says about itself, as texts for the pages; nothing is computed here."""

from __future__ import annotations

import numpy as np

from energycalc.metering import MeterSeries
from energycalc.mv.models.baseline import Baseline
from energycalc.mv.models.selection import Tried
from energycalc.mv.periods import Periods
from energycalc.mv.rules.acceptance import VERDICT_WORDS
from energycalc.mv.rules.plan import MISSING
from energycalc.mv.savings.forecast import METHODS
from energycalc.mv.verification import Verified
from energycalc.quantity.gum import first_order
from energycalc.quantity.render import people_number
from energycalc.quantity.trace import gradient
from energycalc.reports.figure_text import signed
from energycalc.reports.verification.axes import driver_unit
from energycalc.reports.verification.model_sheets import TriedForm
from energycalc.reports.words import words as word_table
from energycalc.reports.workbook_words import Words


def verdict_text(verified: Verified, language: str) -> str:
    """The verdict in one word and one sentence."""
    zh = language == "zh-TW"
    word = VERDICT_WORDS[verified.verdict.word][1 if zh else 0]
    return f"{word}{'：' if zh else ': '}{verified.verdict.in_language(language)}"


def facts(verified: Verified, words: Words) -> list[tuple[str, str]]:
    """(key of the words, text): what was verified, by which option, from which files and periods."""
    declared, baseline, fit = verified.declared, verified.baseline, verified.baseline.fit
    gap, zh = words("separator"), words.language == "zh-TW"
    names = dict.fromkeys(meter_name(series) for series in (verified.meter, verified.reporting_meter))
    best = verified.selection.best if verified.selection.chosen is baseline else None
    found = {
        "measure": declared.measure.name if declared.measure else words("summary.no_measure"),
        "works": "",
        "option": words(
            "summary.option_text", option=declared.option, meaning=words(f"summary.option_{declared.option}")
        ),
        "meter": gap.join(names),
        "baseline": period_text(baseline.periods, words),
        "reporting": period_text(verified.reporting, words),
        "model": model_text(baseline, words.language),
        "quality": words(
            "summary.quality_text_in",
            r_squared=f"{fit.r_squared:.3f}",
            cv=f"{fit.cv_rmse * 100:.1f}",
            n=f"{fit.observations:,}",
            p=fit.parameters,
        ),
        "drivers": gap.join(
            f"{name} ({driver_unit(unit)})" if driver_unit(unit) else name
            for name, unit in baseline.periods.driver_units.items()
        ),
        "shifts": gap.join(f"{s.name} {s.start:%H:%M}–{s.end:%H:%M}" for s in declared.shifts),
        "uncertainty": METHODS[verified.saving.method][1 if zh else 0],
        "note": declared.note,
    }
    if declared.measure is not None:
        works = declared.measure.works
        found["works"] = words("summary.works_text", first=works.first, last=works.last)
    if best is not None and best.out_of_sample is not None:
        found["quality"] += words("summary.out_of_sample", out=f"{best.out_of_sample * 100:.1f}")
    return [(key, text) for key, text in found.items() if text]


def period_text(periods: Periods, words: Words) -> str:
    """First and last day, and how many periods are used and left out."""
    return words(
        "summary.period_text",
        first=_first(periods),
        last=_last(periods),
        count=f"{len(periods):,}",
        interval=words(f"interval.{periods.interval}"),
        left_out=f"{len(periods.left_out):,}",
    )


def spans(verified: Verified, language: str) -> str:
    """Baseline and reporting days in one line, as they stand under the title of a figure."""
    baseline, reporting = verified.baseline.periods, verified.reporting
    shown = word_table("verification_figures", language)["spans"].format(
        baseline=f"{_first(baseline)} – {_last(baseline)}", reporting=f"{_first(reporting)} – {_last(reporting)}"
    )
    return shown.replace(" ", "\N{NO-BREAK SPACE}").replace(";\N{NO-BREAK SPACE}", "; ")


def model_text(baseline: Baseline, language: str) -> str:
    """Form of the model with its change points."""
    key = baseline.bound.form.title
    points = [signed(people_number(point, 4)) for point in baseline.bound.change_points]
    if not points:
        return key
    return (
        f"{key}（轉折點 {'、'.join(points)}）" if language == "zh-TW" else f"{key}; change points {', '.join(points)}"
    )


def tried_forms(verified: Verified, language: str) -> tuple[list[TriedForm], str]:
    """Rows of the models that were tried, the chosen one first, and why it was chosen."""
    selection = verified.selection
    best = selection.best
    ordered = [best, *(each for each in selection.tried if each is not best)]
    return [
        _row(each, each is best) for each in ordered
    ], selection.reason_zh if language == "zh-TW" else selection.reason


def _row(each: Tried, chosen: bool) -> TriedForm:
    return TriedForm(
        each.form.title,
        chosen,
        each.out_of_sample,
        each.bic,
        each.cv_rmse,
        each.r_squared,
        each.parameters,
        each.refused,
    )


def plan_rows(verified: Verified, language: str) -> tuple[list[tuple[str, str, str]], str]:
    """Rows of the plan (number, item, text), and the text of an item that is missing."""
    return verified.declared.plan.to_rows(language), MISSING["zh" if language == "zh-TW" else "en"]


def files(verified: Verified, words: Words) -> dict[str, MeterSeries]:
    """Every series of the verification by what it is called in the ledger."""
    found = {words("ledger.meter", name=meter_name(verified.meter)): verified.meter}
    if verified.reporting_meter is not verified.meter:
        found[words("ledger.meter_reporting", name=meter_name(verified.reporting_meter))] = verified.reporting_meter
    return found | {words("ledger.driver", name=name): series for name, series in verified.drivers.items()}


def with_meter_error(verified: Verified) -> float | None:
    """Standard uncertainty of the traced saving with the meter's own error in it, in the unit of the meter.

    ``None`` where the meter states no error.
    """
    if not any(leaf.uncertainty for leaf in verified.meter.factors):
        return None
    return float(first_order(gradient(verified.counted.saving)).standard_uncertainty)


def meter_name(series: MeterSeries) -> str:
    """Name of the installed meter, or of its file."""
    return series.layout.meter or series.file


def _first(periods: Periods) -> str:
    return str(periods.start[0].astype("datetime64[D]"))


def _last(periods: Periods) -> str:
    return str((periods.end[-1] - np.timedelta64(1, "s")).astype("datetime64[D]"))
