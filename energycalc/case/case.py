"""The case: everything somebody states about a plant and its measures, frozen and cross-checked."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from energycalc.case.application import Application
from energycalc.case.contradictions import contradictions
from energycalc.case.correlations import Correlation, correlation_problems
from energycalc.case.derived import DerivedEffects
from energycalc.case.economics import Economics, economics_problems
from energycalc.case.fields import Day, Noun, Text, Whole, Year, YesNo, figure, text_of
from energycalc.case.measure import Measure
from energycalc.case.meters import Bill, Meter, Prices, Product
from energycalc.case.plant import Plant
from energycalc.case.references import reference_problems
from energycalc.case.review import ReviewNotes
from energycalc.case.sharing import Interactions
from energycalc.quantity import Quantity


class Period(Noun):
    """Days the energy figures are about, both included."""

    first_day: Day
    last_day: Day

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.last_day - self.first_day).days + 1

    @property
    def is_one_year(self) -> bool:
        """True when the period is exactly one year long; only then is a saving of the period a saving per year."""
        try:
            end = self.first_day.replace(year=self.first_day.year + 1)
        except ValueError:
            end = dt.date(self.first_day.year + 1, 3, 1)
        return self.last_day == end - dt.timedelta(days=1)

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.last_day < self.first_day:
            raise ValueError(f"last_day {self.last_day} lies before first_day {self.first_day}")
        return self


class Party(Noun):
    """A company's role in the case. ``industry_code`` is the Taiwanese industry classification."""

    name: Text
    industry_code: Annotated[str, BeforeValidator(text_of), Field(pattern=r"^\d{2,4}$")] | None = None
    registration: Text | None = None


class Parties(Noun):
    """Who advises, who is advised, who verifies."""

    consultant: Party | None = None
    client: Party | None = None
    verifier: Party | None = None


class Programme(Noun):
    """A funding programme the case is written for, by edition."""

    name: Text
    edition: Text


class GridChoice(Noun):
    """Which grid factor: by region, year and series, or by the id of a row (then with a reason)."""

    year: Year | None = None
    region: Text = "TW"
    series: Text | None = None
    older_by: Text | None = None
    id: Text | None = None
    because: Text | None = None

    @model_validator(mode="after")
    def _year_or_id(self) -> GridChoice:
        if (self.year is None) == (self.id is None):
            raise ValueError("give either a year (with series) or the id of a factor row")
        if self.id and not self.because:
            raise ValueError("a factor chosen by its id needs 'because'")
        return self


class FuelChoice(Noun):
    """Which fuel factors and which GWP set."""

    year: Year
    table: Annotated[Literal["per_unit", "per_energy"], BeforeValidator(text_of)]
    gwp: Annotated[Literal["AR4", "AR5", "AR6", "TW113"], BeforeValidator(text_of)]
    methane: Text
    older_by: Text | None = None
    heat_value: (
        Annotated[Quantity, figure("heat_value", "kcal[LHV]/m3", "kcal[LHV]/m3[0C]", lowest=100, highest=30000)] | None
    ) = None


class ScenarioChoice(Noun):
    """Another grid factor to be shown beside the case's own."""

    name: Text
    electricity: GridChoice


class FactorChoices(Noun):
    """Emission factors of the case and how their GWP bases are brought together.

    Attributes:
        electricity: grid factor.
        natural_gas: fuel factors.
        count_grid_as: GWP set in which the grid factor, published without one, is counted in totals.
        because: the reason, printed with every total.
        scenarios: further grid factors shown beside.
    """

    electricity: GridChoice | None = None
    natural_gas: FuelChoice | None = None
    count_grid_as: Annotated[Literal["AR4", "AR5", "AR6"], BeforeValidator(text_of)] | None = None
    because: Text | None = None
    scenarios: tuple[ScenarioChoice, ...] = ()

    @model_validator(mode="after")
    def _declaration_has_reason(self) -> FactorChoices:
        if self.count_grid_as and not self.because:
            raise ValueError("count_grid_as needs 'because': who says that the two GWP bases may be added")
        return self


class Sampling(Noun):
    """Monte Carlo settings; recorded with every result."""

    draws: Whole = Field(default=100_000, ge=10_000, le=10_000_000)
    seed: Whole = 20180101


class Case(Noun):
    """A whole case as written in its file.

    Attributes:
        title: heading of reports.
        constructed: ``yes`` marks an example that no real plant stands behind; reports print it.
        note: free text printed with the results.
        kloe: convention for electricity in kilolitres of oil equivalent: ``consumption`` (860 kcal/kWh) or ``primary``
            (2,236 kcal/kWh).
        folder: where the file lies (not part of the file).
        sha256: of the file.
    """

    energycalc: Annotated[Literal["1"], BeforeValidator(text_of)]
    title: Text
    constructed: YesNo = False
    note: Text | None = None
    period: Period
    parties: Parties = Parties()
    programme: Programme | None = None
    plant: Plant
    meters: tuple[Meter, ...] = ()
    bills: tuple[Bill, ...] = ()
    production: tuple[Product, ...] = ()
    factors: FactorChoices
    prices: Prices | None = None
    kloe: Annotated[Literal["consumption", "primary"], BeforeValidator(text_of)]
    measures: tuple[Measure, ...] = Field(min_length=1)
    correlations: tuple[Correlation, ...] = ()
    interactions: Interactions | None = None
    derived_effects: DerivedEffects | None = None
    economics: Economics | None = None
    application: Application | None = None
    review: ReviewNotes | None = None
    sampling: Sampling = Sampling()
    folder: Path = Field(default=Path("."), exclude=True)
    file: str = Field(default="case.yaml", exclude=True)
    sha256: str = Field(default="", exclude=True)

    def measures_on(self, machine_id: str) -> tuple[Measure, ...]:
        """Measures on a machine, in the order in which they act."""
        return self._measures_by_machine.get(machine_id, ())

    @functools.cached_property
    def first_commissioned(self) -> dt.date | None:
        """First day on which any of the measures acts; ``None`` where no measure states its day."""
        return min((m.commissioned for m in self.measures if m.commissioned is not None), default=None)

    @functools.cached_property
    def _measures_by_machine(self) -> dict[str, tuple[Measure, ...]]:
        found: dict[str, tuple[Measure, ...]] = {}
        for measure in self.measures:
            found[measure.machine] = (*found.get(measure.machine, ()), measure)
        return found

    @property
    def carriers(self) -> tuple[str, ...]:
        """Carriers the machines use, in a fixed order."""
        used = {c for m in self.plant.machines for c in m.energy}
        return tuple(c for c in ("electricity", "natural_gas") if c in used)

    @property
    def gas_heat_values(self) -> tuple[Quantity, ...]:
        """Heat values stated for natural gas: those of its bills, else the one under factors."""
        billed = tuple(b.heat_value for b in self.bills if b.carrier == "natural_gas" and b.heat_value is not None)
        chosen = self.factors.natural_gas.heat_value if self.factors.natural_gas else None
        return billed or ((chosen,) if chosen is not None else ())

    @model_validator(mode="after")
    def _everything_refers_to_something(self) -> Case:
        problems = reference_problems(self) or [
            *contradictions(self),
            *correlation_problems(self),
            *economics_problems(self),
        ]
        if problems:
            raise ValueError("\n".join(problems))
        return self
