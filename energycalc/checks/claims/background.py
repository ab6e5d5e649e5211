"""What a reviewer has in the drawer: published factors, heat values and tariffs, looked up once for many claims."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from energycalc.checks.claims.grid_series import GridSeries, grid_series
from energycalc.checks.claims.units import Kind, paper_unit
from energycalc.checks.table import table
from energycalc.factors import FactorSet, published_factors
from energycalc.factors.factor import NUMBER, Factor


@dataclass(frozen=True)
class Published:
    """A published value in coherent base units.

    Attributes:
        value: number.
        kind: base dimensions.
        id: of the row.
        name: as people read it, with value and unit.
    """

    value: float
    kind: Kind
    id: str
    name: str


@dataclass(frozen=True, eq=False)
class Background:
    """Published numbers behind the checks of claims.

    Attributes:
        factors: emission factors and heat contents.
    """

    factors: FactorSet

    @functools.cached_property
    def _grids(self) -> dict[str, GridSeries]:
        return {}

    def grid(self, region: str) -> GridSeries:
        """Grid factors of a region."""
        if region not in self._grids:
            self._grids[region] = grid_series(region, self.factors)
        return self._grids[region]

    @functools.cached_property
    def _emissions(self) -> Mapping[str, tuple[Published, ...]]:
        return _by_subject([f for f in self.factors.select("fuel_per_unit") if f.gas == "CO2"])

    @functools.cached_property
    def _heats(self) -> Mapping[str, tuple[Published, ...]]:
        return _by_subject(list(self.factors.select("heat_content")))

    def emission_factors(self, carrier: str) -> tuple[Published, ...]:
        """CO2 per unit of a fuel, as published; none for a carrier that is no fuel of the table."""
        return tuple(dict.fromkeys(p for s in subjects_of(carrier) for p in self._emissions.get(s, ())))

    def heat_values(self, carrier: str) -> tuple[Published, ...]:
        """Heat per unit of a fuel, all editions, those in conflict too."""
        return tuple(dict.fromkeys(p for s in subjects_of(carrier) for p in self._heats.get(s, ())))

    def most_per_heat(self, carrier: str | None) -> tuple[float, str] | None:
        """The most CO2 per joule of a fuel, or of all fuels, and whose it is.

        Args:
            carrier: of the claim; ``None`` looks at all fuels.
        """
        carriers = carrier_names() if carrier is None else (carrier,)
        found: list[tuple[float, str]] = []
        for name in carriers:
            for factor in self.emission_factors(name):
                found += [(factor.value / heat.value, name) for heat in self.heat_values(name)
                          if _per(heat.kind) == _per(factor.kind) and _same_subject(factor.id, heat.id)]  # fmt: skip
        return max(found, default=None)


@functools.cache
def background() -> Background:
    """The background of the program's own factors."""
    return Background(published_factors())


@functools.cache
def _carriers() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in table("claim_carriers.csv"):
        found[row["carrier"]] = (*found.get(row["carrier"], ()), row["subject"])
    return found


def carrier_names() -> tuple[str, ...]:
    """Fuels that the tables know, by the words of a claim."""
    return tuple(_carriers())


def subjects_of(carrier: str) -> tuple[str, ...]:
    """Subjects of the factor tables that a carrier may mean."""
    return _carriers().get(carrier, ())


def _by_subject(rows: list[Factor]) -> Mapping[str, tuple[Published, ...]]:
    found: dict[str, tuple[Published, ...]] = {}
    for row in rows:
        if NUMBER.fullmatch(row.value) and row.status != "superseded":
            unit = paper_unit(_plain(row.unit))
            text = f"{row.value} {row.unit} ({row.id})"
            made = Published(float(row.value) * unit.size.value, unit.kind, row.id, text)
            found[row.subject] = (*found.get(row.subject, ()), made)
    return found


def _plain(unit: str) -> str:
    """A unit of the tables without its qualifiers, as a page prints it."""
    text = unit
    while "[" in text:
        start, end = text.index("["), text.index("]")
        text = text[:start] + text[end + 1 :]
    return text


def _per(kind: Kind) -> tuple[tuple[str, float], ...]:
    """What a factor is per: volume or mass."""
    powers = dict(kind)
    if "[carbon_dioxide_equivalent]" in powers:
        return tuple(sorted((k, v) for k, v in powers.items() if k != "[carbon_dioxide_equivalent]"))
    energy = {"[length]": 2.0, "[mass]": 1.0, "[time]": -2.0}
    left = {k: powers.get(k, 0) - energy.get(k, 0) for k in {*powers, *energy}}
    return tuple(sorted((k, v) for k, v in left.items() if v))


def _same_subject(factor_id: str, heat_id: str) -> bool:
    """Whether a factor and a heat value are of one fuel, by their ids."""
    return heat_id.removeprefix("heat-").split("-")[0] == factor_id.removeprefix("fuel-").split("-")[0]
