"""What the derived effects of a case are made of: frozen records of traced quantities and of sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from energycalc.case.derived import FactorKind
from energycalc.finding import Finding
from energycalc.quantity import Quantity


@dataclass(frozen=True)
class Statement:
    """A plain sentence in both languages."""

    en: str
    zh: str


@dataclass(frozen=True)
class TargetYear:
    """Expected saving of one roll-out target in one year, by carrier."""

    year: int
    saving: Mapping[str, Quantity]


@dataclass(frozen=True)
class TargetResult:
    """One roll-out target.

    Attributes:
        id: in the case file.
        name: as written.
        reach: ``machine``, ``line`` or ``site``.
        measure: id of the measure carried over.
        carrier: main carrier of the measure.
        energy: what the target uses in a year.
        scale: its size by that of the machine of the measure.
        similarity: as stated.
        full: expected saving of a year once all of the target has the measure, by carrier.
        years: year by year.
    """

    id: str
    name: str
    reach: str
    measure: str
    carrier: str
    energy: Quantity
    scale: Quantity
    similarity: Quantity
    full: Mapping[str, Quantity]
    years: tuple[TargetYear, ...]


@dataclass(frozen=True)
class EnergyYear:
    """Saving of one calendar year by carrier; what the project itself saves and the roll-out are never added."""

    year: int
    project: Mapping[str, Quantity]
    rollout: Mapping[str, Quantity]


@dataclass(frozen=True)
class PathYear:
    """CO2e of one calendar year on one path of the grid factor.

    Attributes:
        year: calendar year.
        kind: what kind of number the factor is; ``fixed`` is the case's own factor, ``none`` without electricity.
        factor: grid factor; ``None`` without electricity.
        how: how the factor was found.
        project: CO2e that the project avoids in the year, at the factor of the year.
        rollout: the same for the roll-out; ``None`` without targets.
        change: fall of the plant's CO2e against the base year, at equal output.
        by_saving: its part that the project brings, at the factor of the year.
        by_factor: its part that the grid brings, at the use of the base year.
    """

    year: int
    kind: FactorKind | Literal["fixed", "none"]
    factor: Quantity | None
    how: Statement
    project: Quantity
    rollout: Quantity | None
    change: Quantity
    by_saving: Quantity
    by_factor: Quantity


@dataclass(frozen=True)
class PathResult:
    """One path of the grid factor, with the sums over its years; project and roll-out apart."""

    name: str
    fixed: bool
    years: tuple[PathYear, ...]
    project: Quantity
    rollout: Quantity | None


@dataclass(frozen=True)
class Intensity:
    """Energy and CO2e per output before and after the project, at equal output.

    Attributes:
        of: ``plant``, or the id of a line or machine.
        label: its name.
        products: whose output.
        output: amount made in the period.
        complete: ``False`` where only the machines of the case are known, not the whole use.
        before: energy per output, by carrier.
        after: the same after.
        saved: the difference, by carrier.
        emissions_before: CO2e per output, all carriers, at the case's own factors.
        emissions_after: the same after.
        reduction: the difference of CO2e.
    """

    of: str
    label: str
    products: tuple[str, ...]
    output: Quantity
    complete: bool
    before: Mapping[str, Quantity]
    after: Mapping[str, Quantity]
    saved: Mapping[str, Quantity]
    emissions_before: Quantity
    emissions_after: Quantity
    reduction: Quantity


@dataclass(frozen=True)
class Share:
    """The saving as part of something larger: bill, scope 1, scope 2, both; ``None`` where the whole is not known.

    ``carrier`` is ``all`` for the bills of all carriers together, and for scope 1 and 2 together.
    """

    kind: Literal["bill", "scope_1", "scope_2", "scopes"]
    carrier: str
    share: Quantity | None
    basis: Statement


@dataclass(frozen=True)
class OilEquivalent:
    """The full-year saving in kilolitres of oil equivalent by both conventions."""

    convention: str
    is_chosen: bool
    saving: Quantity


@dataclass(frozen=True)
class GoodResult:
    """One good under CBAM.

    Attributes:
        id: in the case file.
        cn_code: as written.
        sector: ``iron_steel``, ``aluminium``; empty for goods that CBAM does not cover.
        electricity_inside: electricity saved inside the boundary; it lowers nothing for these sectors.
        direct_saving: direct CO2 that falls away per tonne of the good; ``None`` outside CBAM.
        default: default value of the good made in Taiwan with the mark-up of the year; ``None`` without a row.
        of_default: the fall as part of it.
        statements: what a reader must know.
    """

    id: str
    cn_code: str
    sector: str
    electricity_inside: Quantity | None
    direct_saving: Quantity | None
    default: Quantity | None
    of_default: Quantity | None
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class FeeResult:
    """Carbon fee of a year before and after; numbers only for a plant above the threshold."""

    liable: bool
    before: Quantity | None
    after: Quantity | None
    saved: Quantity | None
    statement: Statement


@dataclass(frozen=True)
class Derived:
    """All derived effects of a case.

    Attributes:
        first_year: first year of the path.
        years: energy year by year.
        project_total: sum over the years, by carrier, of the project itself.
        rollout_total: of the roll-out.
        targets: roll-out target by target.
        paths: CO2e; the first is at the case's own fixed factor.
        intensities: as asked.
        shares: of bill and inventory.
        oil: oil equivalent by both conventions.
        goods: CBAM.
        fee: carbon fee; ``None`` if neither rate nor inventory is stated.
        findings: doubts.
    """

    first_year: int
    years: tuple[EnergyYear, ...]
    project_total: Mapping[str, Quantity]
    rollout_total: Mapping[str, Quantity]
    targets: tuple[TargetResult, ...]
    paths: tuple[PathResult, ...]
    intensities: tuple[Intensity, ...]
    shares: tuple[Share, ...]
    oil: tuple[OilEquivalent, ...]
    goods: tuple[GoodResult, ...]
    fee: FeeResult
    findings: tuple[Finding, ...]
