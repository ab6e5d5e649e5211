"""Adjustments of the baseline as records: what happened, when, how much energy, who says so, and how sure.

An adjustment adds energy to the adjusted baseline or takes it away; it never deletes a point. Events whose periods are
left out are taken out of both years, and stand in the list of what is left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import numpy as np

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.mv.periods import Periods
from energycalc.quantity import Source, cite

AdjustmentKind = Literal["routine", "non_routine"]
AdjustmentMethod = Literal["sub_meter", "engineering", "indicator", "equal_periods"]
IN_THE_MODEL: tuple[AdjustmentMethod, ...] = ("indicator", "equal_periods")
"""Methods whose effect is in the model or in the choice of periods, so that their own quantity may be zero."""
METHOD_WORDS: dict[AdjustmentMethod, tuple[str, str]] = {
    "sub_meter": ("sub-meter", "分表量測"),
    "engineering": ("engineering calculation", "工程計算"),
    "indicator": ("indicator variable in the model", "模型中的指示變數"),
    "equal_periods": ("equal periods left out of both years", "兩年同時剔除相同期間"),
}


@dataclass(frozen=True)
class Adjustment:
    """One adjustment of the baseline.

    Attributes:
        kind: ``routine`` (an agreed factor that the model does not hold) or ``non_routine`` (a static factor changed).
        what: what happened, in words.
        first: first day concerned.
        last: last day concerned, included.
        quantity: energy that is added to the adjusted baseline, in ``unit``; positive where the plant as it was would
            have used more in the reporting period (a new line), negative where less (a hall closed).
        unit: unit of the quantity, that of the meter.
        method: how the quantity was found.
        evidence: document, meter or record behind it.
        by: who recorded it.
        standard_uncertainty: of the quantity, in ``unit``; None when nobody states it, which is a finding.
        degrees_of_freedom: of that uncertainty.
        source: file or document behind the quantity, where there is one.
    """

    kind: AdjustmentKind
    what: str
    first: date
    last: date
    quantity: float
    unit: str
    method: AdjustmentMethod
    evidence: str
    by: str
    standard_uncertainty: float | None = None
    degrees_of_freedom: float = math.inf
    source: Source | None = None

    def __post_init__(self) -> None:
        for given, allowed in ((self.kind, get_args(AdjustmentKind)), (self.method, get_args(AdjustmentMethod))):
            if given not in allowed:
                self._refuse("is unknown", given, ", ".join(allowed), "Choose one of them")
        for word, text in (("what happened", self.what), ("evidence", self.evidence), ("by", self.by)):
            if not text.strip():
                self._refuse(f"has no {word}", "", "every adjustment is a record", "Write down what, evidence and who")
        if self.last < self.first:
            self._refuse("ends before it begins", f"{self.first} to {self.last}", "first ≤ last", "Correct the dates")
        if not math.isfinite(self.quantity):
            self._refuse("has no finite quantity", self.quantity, "a finite energy", "State the energy")
        if self.quantity == 0 and self.method not in IN_THE_MODEL:
            self._refuse("adjusts nothing", "0", "a quantity other than zero", "State the energy, or drop the record")
        if self.standard_uncertainty is not None and not (
            math.isfinite(self.standard_uncertainty) and self.standard_uncertainty >= 0
        ):
            self._refuse(
                "has an uncertainty that is none",
                self.standard_uncertainty,
                "zero or more, finite",
                "State the standard uncertainty, or leave it out",
            )

    def _refuse(self, message: str, value: object, limit: str, next_step: str) -> None:
        raise InputError(
            message, subject=f"adjustment: {self.what or self.kind}", value=value, limit=limit, next_step=next_step
        )


def adjusted_by(adjustments: Sequence[Adjustment], unit: str, periods: Periods) -> float:
    """Sum of the adjustments, in ``unit``.

    Args:
        adjustments: records, all in the unit of the meter.
        unit: unit of the saving.
        periods: reporting periods; every adjustment touches their time.

    Raises:
        InputError: another unit, or dates outside the reporting period.
    """
    begin, end = periods.start[0].astype("datetime64[D]"), periods.end[-1].astype("datetime64[s]")
    for each in adjustments:
        if each.unit != unit:
            raise InputError(
                "is in another unit than the saving",
                subject=f"adjustment: {each.what}",
                value=each.unit,
                limit=unit,
                next_step="Convert the quantity and its uncertainty",
            )
        if np.datetime64(each.last) < begin or np.datetime64(each.first).astype("datetime64[s]") >= end:
            raise InputError(
                "lies outside the reporting period",
                subject=f"adjustment: {each.what}",
                value=f"{each.first} to {each.last}",
                limit=f"{begin} to {end}",
                next_step="Correct the dates; an event of the baseline belongs into the model, or out of both years",
            )
    return math.fsum(each.quantity for each in adjustments)


def variances(adjustments: Sequence[Adjustment]) -> list[tuple[float, float]]:
    """Variance and degrees of freedom of each adjustment whose uncertainty is stated."""
    return [
        (each.standard_uncertainty**2, each.degrees_of_freedom)
        for each in adjustments
        if each.standard_uncertainty is not None
    ]


def without_equal_periods(
    baseline: Periods, reporting: Periods, first: date, last: date, reason: str
) -> tuple[Periods, Periods]:
    """Both years without an event and without the same time of the other year; nothing is deleted, all is listed.

    Args:
        baseline: periods before.
        reporting: periods after.
        first: first day of the event, in either year.
        last: its last day, included.
        reason: what happened; it stands with every period left out.

    Returns:
        Baseline and reporting periods without those that touch the same days of the calendar.

    Raises:
        InputError: no reason, no period is touched in one of the years, or nothing would be left.

    Limits of validity:
        Same days of the calendar year; a moving feast or a day of the week does not fall on the same date.
    """
    if not reason.strip():
        raise InputError("has no reason", subject="periods left out", next_step="Say what happened, with its evidence")
    kept = []
    for name, periods in (("baseline", baseline), ("reporting period", reporting)):
        touched = np.zeros(len(periods), dtype=bool)
        for year in np.unique(periods.start.astype("datetime64[Y]").astype(int) + 1970):
            begin, end = _same_days(first, last, int(year))
            touched |= (periods.start < end) & (periods.end > begin)
        if not touched.any() or touched.all():
            raise InputError(
                "has no period in these days" if not touched.any() else "would have no period left",
                subject=name,
                value=f"{first:%m-%d} to {last:%m-%d}",
                limit="equal periods are left out of both years",
                next_step="Check the dates, or use another method of adjustment",
            )
        kept.append(periods.chosen(~touched, reason))
    return kept[0], kept[1]


def adjustment_findings(adjustments: Sequence[Adjustment]) -> list[Finding]:
    """A warning for each adjustment whose uncertainty nobody states."""
    return [
        Finding(
            "mv.adjustment_without_uncertainty",
            "warning",
            each.what,
            f"The {each.kind.replace('_', '-')} adjustment of {each.quantity:+,.6g} {each.unit} ({each.first} to "
            f"{each.last}, {METHOD_WORDS[each.method][0]}) states no uncertainty, so the ± of the saving is too small.",
            f"{'例行' if each.kind == 'routine' else '非例行'}調整 {each.quantity:+,.6g} {each.unit}"
            f"（{each.first} 至 {each.last}，{METHOD_WORDS[each.method][1]}）未陳述不確定度，節能量的 ± 因此偏小。",
            {"quantity": f"{each.quantity:+,.6g} {each.unit}", "evidence": each.evidence, "by": each.by},
            cite("ipmvp-core", "non-routine adjustments; u² = u²(model) + Σu²(adjustments)"),
        )
        for each in adjustments
        if each.standard_uncertainty is None and each.quantity != 0
    ]


def _same_days(first: date, last: date, year: int) -> tuple[np.datetime64, np.datetime64]:
    """The days in the year given; an event over New Year begins in the year before. 29 February becomes the 28th."""

    def day(of: date, in_year: int) -> np.datetime64:
        leap = in_year % 4 == 0 and (in_year % 100 != 0 or in_year % 400 == 0)
        number = 28 if (of.month, of.day) == (2, 29) and not leap else of.day
        return np.datetime64(date(in_year, of.month, number))

    years = last.year - first.year
    end = day(last, year + years) + np.timedelta64(1, "D")
    return day(first, year).astype("datetime64[s]"), end.astype("datetime64[s]")
