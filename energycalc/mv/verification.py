"""A verification as it is declared, and what comes out of it; :mod:`energycalc.mv.verify` leads there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np

from energycalc.errors import InputError
from energycalc.finding import Finding, Override
from energycalc.metering import MeterLayout, MeterSeries
from energycalc.metering.billing.monthly import Rows
from energycalc.mv.models.baseline import Baseline
from energycalc.mv.models.calendar import Calendar
from energycalc.mv.models.columns import Indicator, Shift
from energycalc.mv.models.selection import Selection
from energycalc.mv.periods import Interval, Periods
from energycalc.mv.rules.acceptance import Verdict
from energycalc.mv.rules.plan import Plan
from energycalc.mv.savings.adjustments import Adjustment
from energycalc.mv.savings.other_methods import OtherMethods
from energycalc.mv.savings.saving import Saving, SavingKind
from energycalc.mv.savings.traced import VerifiedEnergy
from energycalc.quantity import Quantity

Carrier = Literal["electricity", "natural_gas"]
ABOUT_EQUAL = 0.02
"""Two periods whose lengths differ by no more are taken as equally long in a naive comparison."""


@dataclass(frozen=True)
class Span:
    """Whole days, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InputError(
                "ends before it begins",
                subject="period",
                value=f"{self.first} to {self.last}",
                next_step="Correct the days",
            )

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    def overlaps(self, other: Span) -> bool:
        """Whether a day belongs to both."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class DataFile:
    """One column of one file: a logger's, or a table with a row a month or a bill.

    Attributes:
        layout: how the column is read.
        rows: what a row is in a table of months or bills; None for a logger.
        where: which rows of such a table are meant.
        attribution: whose data these are.
    """

    layout: MeterLayout
    rows: Rows | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    attribution: str = ""


@dataclass(frozen=True)
class RecordedMeasure:
    """What was done, and when; without such a record a difference is attributed to nothing.

    Attributes:
        name: of the measure.
        works: days of the works; what was metered in them is used by no model.
        expected_share: share that was expected to be saved, 0 to 1, where somebody said so beforehand.
    """

    name: str
    works: Span
    expected_share: float | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Verification:
    """Everything that somebody declares for one proof of saving.

    Attributes:
        title: heading of reports.
        constructed: whether the example is constructed.
        note: printed with the results.
        option: ``B`` (a part of the plant, all of its energy metered) or ``C`` (the whole plant).
        carrier: what the meter measures.
        scope: what kind of measurement it is, for the rules on its length.
        meter: the meter of the baseline, and of the reporting period where no other is named.
        reporting_meter: the meter of the reporting period, if it is another file.
        same_meter: whether both files come from one installed meter, so that its error is one.
        drivers: what explains the energy, by name.
        temperature: name of the driver that is the outdoor temperature, if one is.
        production: names of the drivers that are production.
        interval: length of the periods of the model.
        minimum_coverage: least share of readings in a period.
        minimum_coverage_because: why a period may be scaled up from a part of its readings.
        baseline, reporting: their days.
        measure: what was done; None where nothing is recorded.
        calendar: days worked, for models that know days.
        shifts: parts of the day, for models of hours and for tables by shift.
        forms: keys of the model forms to try; empty tries all that the data allow.
        kind: which saving.
        conditions: files of fixed conditions by driver, for a normalised saving.
        conditions_span: their days.
        middle: days of the year between, for a chained saving.
        confidence: of the interval.
        adjustments: records.
        indicators: named spans of the baseline with a level of their own (a strike, a shutdown, a test).
        static_factors: what is not in the model but could change (shifts, product mix, set points): value before and
            after by name.
        billed: energy on the bills of the very same days, in the unit of the meter, by ``baseline`` and ``reporting``.
        plan: the M&V plan.
        overrides: signed decisions by id of the finding.
        heat_value: net heat value of a gas, to turn its volume into energy.
        production_cycle_days: length of a full production cycle, where known.
        file, sha256: of the declaration itself.
    """

    title: str
    constructed: bool = False
    note: str = ""
    option: Literal["B", "C"] = "C"
    carrier: Carrier = "electricity"
    scope: Literal["whole_plant", "retrofit_isolation", "compressed_air"] = "whole_plant"
    meter: DataFile
    reporting_meter: DataFile | None = None
    same_meter: bool = True
    drivers: Mapping[str, DataFile] = field(default_factory=dict)
    temperature: str | None = None
    production: tuple[str, ...] = ()
    interval: Interval = "day"
    minimum_coverage: float = 1.0
    minimum_coverage_because: str = ""
    baseline: Span
    reporting: Span
    measure: RecordedMeasure | None = None
    calendar: Calendar | None = None
    shifts: tuple[Shift, ...] = ()
    forms: tuple[str, ...] = ()
    kind: SavingKind = "avoided"
    conditions: Mapping[str, DataFile] = field(default_factory=dict)
    conditions_span: Span | None = None
    middle: Span | None = None
    confidence: float = 0.90
    adjustments: tuple[Adjustment, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    static_factors: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    billed: Mapping[Literal["baseline", "reporting"], float] = field(default_factory=dict)
    plan: Plan
    overrides: Mapping[str, Override] = field(default_factory=dict)
    heat_value: Quantity | None = None
    production_cycle_days: float | None = None
    file: str = ""
    sha256: str = ""

    def __post_init__(self) -> None:
        for wrong, message, value, next_step in (
            (
                self.baseline.overlaps(self.reporting),
                "baseline and reporting period share days",
                f"{self.baseline.first} to {self.baseline.last}, {self.reporting.first} to {self.reporting.last}",
                "A day is either before or after the measure",
            ),
            (
                self.measure is not None
                and (self.measure.works.overlaps(self.baseline) or self.measure.works.overlaps(self.reporting)),
                "the works reach into the baseline or the reporting period",
                f"works {self.measure.works.first} to {self.measure.works.last}" if self.measure else "",
                "End the baseline before the works, and begin the reporting period after them",
            ),
            (
                self.minimum_coverage < 1 and not self.minimum_coverage_because.strip(),
                "periods are to be scaled up from a part without a reason",
                f"minimum_coverage {self.minimum_coverage:.0%}",
                "Write minimum_coverage_because",
            ),
            (
                self.kind == "normalised" and (not self.conditions or self.conditions_span is None),
                "a normalised saving needs its fixed conditions",
                "none",
                "Declare normal_conditions: typical weather, standard production",
            ),
            (
                self.kind == "chained" and self.middle is None,
                "a chained saving needs the year between",
                "none",
                "Declare periods.middle",
            ),
            (
                self.carrier == "natural_gas" and self.heat_value is None,
                "a gas meter needs its heat value",
                "none",
                'Write heat_value: "8,050 kcal[LHV]/m3" from the supplier',
            ),
        ):
            if wrong:
                raise InputError(message, subject=self.title, value=value, next_step=next_step)


@dataclass(frozen=True, eq=False)
class Data:
    """The files of a verification, read and cut into periods.

    Attributes:
        meter: series of the baseline's meter.
        reporting_meter: series of the reporting period's meter; the same object where there is one file.
        drivers: series by name.
        history: all periods of the baseline's meter.
        baseline: periods of the baseline span.
        reporting: periods of the reporting span.
    """

    meter: MeterSeries
    reporting_meter: MeterSeries
    drivers: Mapping[str, MeterSeries]
    history: Periods
    baseline: Periods
    reporting: Periods


@dataclass(frozen=True, kw_only=True, eq=False)
class Verified:
    """What a verification has found.

    Attributes:
        declared: the verification.
        meter: series of the baseline's meter.
        reporting_meter: series of the reporting period's meter; the same one where there is one file.
        drivers: series by name.
        history: all periods that the files give, for charts and for the choice of the baseline.
        selection: all forms tried.
        baseline: the model chosen.
        reporting: periods of the reporting span.
        saving: with its interval.
        counted: the same as traced quantities, in the unit of the meter.
        energy: in kWh (of the lower heating value for a gas).
        naive: the plain difference, before less after by day, scaled to the reporting days: what a comparison without
            a model would have claimed.
        others: the same uncertainty by other methods, for an avoided energy.
        findings: all doubts, with the decisions on them.
        verdict: the word.
        stamp: files and calendar; the pages add the version of the program.
    """

    declared: Verification
    meter: MeterSeries
    reporting_meter: MeterSeries
    drivers: Mapping[str, MeterSeries]
    history: Periods
    selection: Selection
    baseline: Baseline
    reporting: Periods
    saving: Saving
    counted: VerifiedEnergy
    energy: VerifiedEnergy
    naive: NaiveComparison
    others: OtherMethods | None
    findings: tuple[Finding, ...]
    verdict: Verdict
    stamp: Mapping[str, str]

    @property
    def title(self) -> str:
        """Heading."""
        return self.declared.title

    @property
    def constructed(self) -> bool:
        """Whether the example is constructed."""
        return self.declared.constructed

    @property
    def carrier(self) -> str:
        """``electricity`` or ``natural_gas``."""
        return self.declared.carrier

    @property
    def option(self) -> str:
        """``B`` or ``C``."""
        return self.declared.option

    @property
    def plan(self) -> Plan:
        """The M&V plan as far as it is written."""
        return self.declared.plan

    @property
    def measure(self) -> str:
        """Name of the measure; empty where none is recorded."""
        return self.declared.measure.name if self.declared.measure else ""

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """Records of adjustments."""
        return self.declared.adjustments

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """Parts of the day."""
        return self.declared.shifts

    @property
    def reporting_days(self) -> tuple[date, date]:
        """First and last day of the reporting period."""
        return self.declared.reporting.first, self.declared.reporting.last


@dataclass(frozen=True)
class NaiveComparison:
    """What "one period against the other" would say, without any model and without any ±.

    Attributes:
        total_before, total_after: sums of the two periods.
        equally_long: whether the two periods are about equally long, so that people compare the sums.
        before, after: mean energy a day, in unit a day.
        claimed: difference of the daily means times the reporting days, positive is saved.
        unit: of the energy.
    """

    total_before: float
    total_after: float
    before: float
    after: float
    claimed: float
    equally_long: bool
    unit: str

    @property
    def share(self) -> float:
        """Difference of the daily means by that of the baseline."""
        return 1 - self.after / self.before

    @property
    def share_of_totals(self) -> float:
        """Difference of the two sums by that of the baseline."""
        return 1 - self.total_after / self.total_before


def naive_comparison(baseline: Periods, reporting: Periods) -> NaiveComparison:
    """The sums and the daily means of two periods against each other.

    Args:
        baseline: the one before.
        reporting: the one after.
    """
    days = [float(np.sum(each.hours)) / 24 for each in (baseline, reporting)]
    first, second = float(np.sum(baseline.energy)), float(np.sum(reporting.energy))
    before, after = first / days[0], second / days[1]
    equally_long = abs(days[1] / days[0] - 1) <= ABOUT_EQUAL
    claimed = (before - after) * days[1]
    return NaiveComparison(first, second, before, after, claimed, equally_long, baseline.unit)
