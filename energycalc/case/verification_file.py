"""YAML ↔ a verification: the file somebody writes for one proof of saving, and nothing else."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from energycalc.case.fields import Day, Identifier, Noun, Text, Whole, YesNo, figure, text_of
from energycalc.case.meters import MeterFile
from energycalc.case.problems import all_problems, as_tuples
from energycalc.case.verification_fields import Clock, Share, Weekday
from energycalc.case.yaml_text import Block, read_file, read_tree
from energycalc.errors import CaseFileError
from energycalc.finding import Override
from energycalc.metering.billing.monthly import Rows
from energycalc.mv.models.calendar import Calendar
from energycalc.mv.models.columns import Indicator, Shift
from energycalc.mv.periods import Interval
from energycalc.mv.rules.plan import PLAN_ITEMS, Plan
from energycalc.mv.savings.adjustments import Adjustment
from energycalc.mv.savings.saving import SavingKind
from energycalc.mv.verification import Carrier, DataFile, RecordedMeasure, Span, Verification
from energycalc.quantity import FileOrigin, Quantity


class Days(Noun):
    """Whole days, both included."""

    first_day: Day
    last_day: Day

    def span(self) -> Span:
        """The same for the calculation."""
        return Span(self.first_day, self.last_day)


class TableRows(Noun):
    """That a file has one row a month or a bill, and which of its rows are meant."""

    rows: Annotated[Rows, BeforeValidator(text_of)]
    where: dict[str, Text] = Field(default_factory=dict)


class Column(MeterFile):
    """One column of a file of energy, production, weather or hours.

    Attributes:
        table: for a table with a row a month or a bill; then the interval is ``1 d`` and may be left out.
    """

    table: TableRows | None = None

    @model_validator(mode="before")
    @classmethod
    def _rows_of_a_table(cls, data: Any) -> Any:
        if isinstance(data, Block) and "table" in data:
            filled = Block({"interval": "1 d", "stamp": "interval_start", "midnight": "starts_day", **data})
            filled.line, filled.path = data.line, data.path
            return filled
        return data

    def data_file(self, folder: Path, name: str, declared_in: FileOrigin) -> DataFile:
        """The same for the calculation; the file lies beside the verification file or below it."""
        layout = self.layout(folder, name, declared_in)
        rows = self.table.rows if self.table else None
        return DataFile(layout, rows, dict(self.table.where) if self.table else {}, self.attribution or "")


class Driver(Column):
    """A column that explains the energy.

    Attributes:
        name: short name, as the models and tables call it.
    """

    name: Identifier


class Measure(Noun):
    """What was done, and when."""

    name: Text
    first_day: Day
    last_day: Day
    expected_saving: Share | None = None


class Periods(Noun):
    """Days of the baseline, of the reporting period, and of the year between for chaining."""

    baseline: Days
    reporting: Days
    middle: Days | None = None


class PlantCalendar(Noun):
    """Days worked; see :class:`energycalc.mv.models.calendar.Calendar`."""

    country: Annotated[str, BeforeValidator(text_of), Field(pattern=r"^[A-Z]{2}$")] = "TW"
    subdivision: Text | None = None
    weekdays: tuple[Weekday, ...] = (0, 1, 2, 3, 4)
    labour_day: YesNo = True
    lunar_new_year: YesNo = True
    make_up_workdays: Annotated[Literal["workday", "own", "weekend"], BeforeValidator(text_of)] = "workday"
    saturdays: YesNo = False
    shutdowns: tuple[Days, ...] = ()
    extra_workdays: tuple[Day, ...] = ()

    def calendar(self) -> Calendar:
        """The same for the calculation."""
        return Calendar(
            country=self.country,
            subdivision=self.subdivision or "",
            working_weekdays=self.weekdays,
            labour_day=self.labour_day,
            lunar_new_year=self.lunar_new_year,
            make_up_workdays=self.make_up_workdays,
            saturdays=self.saturdays,
            shutdowns=tuple((each.first_day, each.last_day) for each in self.shutdowns),
            extra_workdays=self.extra_workdays,
        )


class ShiftOfDay(Noun):
    """A part of the day with its own level."""

    name: Text
    start: Clock
    end: Clock


class Conditions(Days):
    """Fixed conditions for a normalised saving: a typical year's weather, a standard production."""

    drivers: tuple[Driver, ...] = Field(min_length=1)


class BaselineAdjustment(Noun):
    """One adjustment; see :class:`energycalc.mv.savings.adjustments.Adjustment`."""

    kind: Annotated[Literal["routine", "non_routine"], BeforeValidator(text_of)]
    what: Text
    first_day: Day
    last_day: Day
    quantity: Annotated[Quantity, figure("baseline_adjustment", "kWh", "m3", "m3[0C]", lowest=None)]
    method: Annotated[Literal["sub_meter", "engineering", "indicator", "equal_periods"], BeforeValidator(text_of)]
    evidence: Text
    by: Text

    def adjustment(self, unit: str) -> Adjustment:
        """The same for the calculation, in the unit of the meter."""
        stated = self.quantity.uncertainty
        scale = float(self.quantity.unit.factor) / float(self.quantity.to(unit).unit.factor)
        return Adjustment(
            kind=self.kind,
            what=self.what,
            first=self.first_day,
            last=self.last_day,
            quantity=float(self.quantity.value_in(unit)),
            unit=unit,
            method=self.method,
            evidence=self.evidence,
            by=self.by,
            standard_uncertainty=None if stated is None else stated.standard_uncertainty * scale,
            degrees_of_freedom=math.inf if stated is None else stated.degrees_of_freedom,
            source=self.quantity.source,
        )


class NamedSpan(Days):
    """A span of the baseline with a level of its own."""

    name: Text


class StaticFactor(Noun):
    """Something that does not vary with the model but could change: shifts, product mix, set points, floor area."""

    name: Text
    before: Text
    after: Text


class BilledEnergy(Noun):
    """What the bills of the very same days say, to be held against the meter."""

    baseline: Annotated[Quantity, figure("billed_quantity", "kWh", "m3", "m3[0C]", basis="billed")] | None = None
    reporting: Annotated[Quantity, figure("billed_quantity", "kWh", "m3", "m3[0C]", basis="billed")] | None = None

    def by_period(self, unit: str) -> dict[Literal["baseline", "reporting"], float]:
        """The stated ones in the unit of the meter."""
        stated: dict[Literal["baseline", "reporting"], Quantity | None]
        stated = {"baseline": self.baseline, "reporting": self.reporting}
        return {name: float(each.value_in(unit)) for name, each in stated.items() if each is not None}


class PlanText(Noun):
    """The M&V plan in words, as far as it is written; see :class:`energycalc.mv.rules.plan.Plan`."""

    overview: Text | None = None
    intent: Text | None = None
    option_and_boundary: Text | None = None
    baseline: Text | None = None
    reporting_period: Text | None = None
    basis_for_adjustment: Text | None = None
    calculation: Text | None = None
    energy_prices: Text | None = None
    meters: Text | None = None
    monitoring: Text | None = None
    expected_accuracy: Text | None = None
    budget: Text | None = None
    report_format: Text | None = None
    quality_assurance: Text | None = None
    edition: Text | None = None
    responsible_person: Text | None = None
    written_on: Day | None = None


class SignedDecision(Noun):
    """Somebody accepts a finding: which one, who, why and when."""

    finding: Text
    by: Text
    because: Text
    on: Day


class VerificationFile(Noun):
    """A verification as written in its file; the meaning of each key is said in ``docs/verification_file.md``."""

    energycalc_verification: Annotated[Literal["1"], BeforeValidator(text_of)]
    title: Text
    constructed: YesNo = False
    note: Text | None = None
    option: Annotated[Literal["B", "C"], BeforeValidator(text_of)]
    carrier: Annotated[Carrier, BeforeValidator(text_of)] = "electricity"
    scope: Annotated[Literal["whole_plant", "retrofit_isolation", "compressed_air"], BeforeValidator(text_of)] = (
        "whole_plant"
    )
    measure: Measure | None = None
    periods: Periods
    interval: Annotated[Interval, BeforeValidator(text_of)]
    minimum_coverage: Share = 1.0
    minimum_coverage_because: Text | None = None
    meter: Column
    reporting_meter: Column | None = None
    same_meter: YesNo = True
    drivers: tuple[Driver, ...] = ()
    temperature: Identifier | None = None
    production: tuple[Identifier, ...] = ()
    calendar: PlantCalendar | None = None
    shifts: tuple[ShiftOfDay, ...] = ()
    models: tuple[Text, ...] = ()
    saving: Annotated[SavingKind, BeforeValidator(text_of)] = "avoided"
    normal_conditions: Conditions | None = None
    confidence: Share = 0.90
    adjustments: tuple[BaselineAdjustment, ...] = ()
    indicators: tuple[NamedSpan, ...] = ()
    static_factors: tuple[StaticFactor, ...] = ()
    billed: BilledEnergy = BilledEnergy()
    plan: PlanText = PlanText()
    overrides: tuple[SignedDecision, ...] = ()
    heat_value: (
        Annotated[Quantity, figure("heat_value", "kcal[LHV]/m3", "kcal[LHV]/m3[0C]", lowest=100, highest=30000)] | None
    ) = None
    production_cycle_days: Whole | None = None

    @model_validator(mode="after")
    def _names_lead_somewhere(self) -> VerificationFile:
        names = [driver.name for driver in self.drivers]
        if len(set(names)) != len(names):
            raise ValueError(f"two drivers have one name: {', '.join(names)}")
        for key, used in (("temperature", (self.temperature,)), ("production", self.production)):
            unknown = [name for name in used if name is not None and name not in names]
            if unknown:
                raise ValueError(f"{key} names {', '.join(unknown)}; the drivers are {', '.join(names) or 'none'}")
        doubled = [d.finding for d in self.overrides]
        if len(set(doubled)) != len(doubled):
            raise ValueError(f"a finding is accepted twice: {', '.join(doubled)}")
        return self

    def verification(self, folder: Path, file: str, sha256: str) -> Verification:
        """The same for the calculation.

        Raises:
            EnergycalcError: what the nouns of the calculation refuse.
        """
        declared = FileOrigin(file, sha256)
        unit = self.meter.layout(folder, "meter", declared).amount_unit
        conditions = self.normal_conditions
        words: dict[str, Any] = {name: getattr(self.plan, name) or "" for name, _, _ in PLAN_ITEMS}
        return Verification(
            title=self.title,
            constructed=self.constructed,
            note=self.note or "",
            option=self.option,
            carrier=self.carrier,
            scope=self.scope,
            meter=self.meter.data_file(folder, "meter", declared),
            reporting_meter=self.reporting_meter.data_file(folder, "reporting meter", declared)
            if self.reporting_meter
            else None,
            same_meter=self.same_meter,
            drivers={each.name: each.data_file(folder, each.name, declared) for each in self.drivers},
            temperature=self.temperature,
            production=self.production,
            interval=self.interval,
            minimum_coverage=self.minimum_coverage,
            minimum_coverage_because=self.minimum_coverage_because or "",
            baseline=self.periods.baseline.span(),
            reporting=self.periods.reporting.span(),
            middle=self.periods.middle.span() if self.periods.middle else None,
            measure=RecordedMeasure(
                self.measure.name,
                Span(self.measure.first_day, self.measure.last_day),
                self.measure.expected_saving,
            )
            if self.measure
            else None,
            calendar=self.calendar.calendar() if self.calendar else None,
            shifts=tuple(Shift(each.name, each.start, each.end) for each in self.shifts),
            forms=self.models,
            kind=self.saving,
            conditions={e.name: e.data_file(folder, e.name, declared) for e in conditions.drivers}
            if conditions
            else {},
            conditions_span=conditions.span() if conditions else None,
            confidence=self.confidence,
            adjustments=tuple(each.adjustment(unit) for each in self.adjustments),
            indicators=tuple(Indicator(each.name, each.first_day, each.last_day) for each in self.indicators),
            static_factors={each.name: (each.before, each.after) for each in self.static_factors},
            billed=self.billed.by_period(unit),
            plan=Plan(
                option=self.option,
                **words,
                edition=self.plan.edition or "",
                responsible_person=self.plan.responsible_person or "",
                written_on=self.plan.written_on,
                works_start=self.measure.first_day if self.measure else None,
            ),
            overrides={d.finding: Override(d.by, d.because, d.on.isoformat()) for d in self.overrides},
            heat_value=self.heat_value,
            production_cycle_days=float(self.production_cycle_days) if self.production_cycle_days else None,
            file=file,
            sha256=sha256,
        )


def load_verification(path: str | Path) -> Verification:
    """Read a verification file.

    Args:
        path: the YAML file, or the folder that holds ``verification.yaml``.

    Raises:
        CaseFileError: the file cannot be read, or lines of it cannot be used; all are listed with line and path.
        EnergycalcError: declarations that contradict each other.
    """
    file = Path(path)
    if file.is_dir():
        file = file / "verification.yaml"
    tree, _, sha256 = read_file(file)
    return _build(tree, file.name, file.parent, sha256)


def verification_from_text(text: str, *, folder: str | Path = ".", name: str = "verification.yaml") -> Verification:
    """A verification from YAML text, for forms and tests; raises as :func:`load_verification`."""
    return _build(read_tree(text, name), name, Path(folder), "")


def _build(tree: Block, name: str, folder: Path, sha256: str) -> Verification:
    try:
        written = VerificationFile.model_validate(as_tuples(tree), context={"file": name, "sha256": sha256})
    except ValidationError as error:
        raise CaseFileError(all_problems(error, tree, name), subject="") from None
    return written.verification(folder, name, sha256)
