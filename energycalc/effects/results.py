"""What an assessment is made of: frozen records of traced quantities, from one measure up to the plant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from energycalc.case.measure import Measure
from energycalc.finding import Finding
from energycalc.quantity import Quantity

if TYPE_CHECKING:
    from energycalc.effects.interaction_results import InteractionResults

Level = Literal["machine", "line", "plant"]
Kind = Literal["own", "shared", "secondary", "take_back"]
"""What a step is: the measure on its machine, on a shared system, on what cools or heats, or what is taken back."""


@dataclass(frozen=True)
class CarrierResult:
    """One carrier of one machine, line or plant over the period.

    Attributes:
        carrier: ``electricity``, ``natural_gas`` ...
        energy_before: energy used (kWh, for fuels kWh[LHV]).
        energy_after: what is left after all measures.
        saving: positive = less used.
        saving_rate: saving by energy before, of this machine, line or plant; ``None`` where none was used before.
        emissions_before: tCO2e with the GWP basis in the unit.
        emissions_after: the same after.
        emission_saving: the difference.
        cost_saving: money of the saving; ``None`` without a price.
        kloe_saving: saving in kilolitres of oil equivalent.
    """

    carrier: str
    energy_before: Quantity
    energy_after: Quantity
    saving: Quantity
    saving_rate: Quantity | None
    emissions_before: Quantity
    emissions_after: Quantity
    emission_saving: Quantity
    cost_saving: Quantity | None
    kloe_saving: Quantity


@dataclass(frozen=True)
class LevelResult:
    """A machine, a line or the plant, all carriers.

    Attributes:
        level: which of the three.
        id: id in the case file; the plant's is ``plant``.
        label: name as written in the case file.
        parent: id of the line (machines) or ``plant`` (lines).
        carriers: result by carrier.
        emission_saving: all carriers, on one declared GWP basis (the declaration is a step of the trace).
        cost_saving: all carriers; ``None`` when a price is missing.
        kloe_saving: all carriers.
    """

    level: Level
    id: str
    label: str
    parent: str
    carriers: Mapping[str, CarrierResult]
    emissions_before: Quantity
    emissions_after: Quantity
    emission_saving: Quantity
    cost_saving: Quantity | None
    kloe_saving: Quantity


@dataclass(frozen=True)
class MeasureResult:
    """One measure on what the measures before it have left, for one carrier.

    Attributes:
        measure: the measure as written in the case file.
        carrier: carrier of this result; a measure that also takes up or saves another one has a second result.
        is_main: whether it is the carrier that the technology is about; costs stand there.
        energy_before: what earlier measures on the machine left.
        remaining: fraction of it still used after the measure; ``None`` for a carrier taken up beside.
        energy_after: what is used after.
        saving: difference.
        saving_rate: saving by this measure's own ``energy_before``; ``None`` where that is nothing.
        ceiling: the most that physics lets any such measure save, as a share; ``None`` for a carrier taken up beside.
        beside: what else the measure saves in the period (water, metal, money), positive = saved.
        emission_saving: with the case's factor.
        cost_saving: with the case's price.
        investment: hardware + software + other; ``None`` without costs.
        simple_payback: investment by cost saving of all its carriers per year, before subsidy; ``None`` if either is
            missing.
        kind: ``own``, or what the measure does beyond that: ``shared``, ``secondary``, ``take_back``.
        machine: id of the machine whose energy this is; the measure's own unless the measure acts beyond it.
    """

    measure: Measure
    carrier: str
    is_main: bool
    energy_before: Quantity
    remaining: Quantity | None
    energy_after: Quantity
    saving: Quantity
    saving_rate: Quantity | None
    ceiling: Quantity | None
    beside: tuple[Quantity, ...]
    emission_saving: Quantity
    cost_saving: Quantity | None
    kloe_saving: Quantity
    investment: Quantity | None
    simple_payback: Quantity | None
    kind: Kind = "own"
    machine: str = ""


@dataclass(frozen=True)
class Reconciliation:
    """Machines against meter against bill, for one carrier, before the measures.

    Attributes:
        machine_sum: sum of the machines' energy before.
        metered: main meters of the carrier; ``None`` without one.
        billed: bills of the carrier; ``None`` without one.
        reference: meter if there is one, else bill.
        unexplained: reference minus machine sum.
        unexplained_share: of the reference.
        meter_less_bill: meter minus bill, when both are there.
        saving_share: saving of all measures by the reference: the saving rate of the whole plant, not of its machines.
    """

    carrier: str
    machine_sum: Quantity
    metered: Quantity | None
    billed: Quantity | None
    reference: Quantity | None
    unexplained: Quantity | None
    unexplained_share: Quantity | None
    meter_less_bill: Quantity | None
    saving_share: Quantity | None


@dataclass(frozen=True)
class Scenario:
    """The plant's emissions with other factors beside the case's own; energy is unchanged."""

    name: str
    emission_saving: Quantity
    factors: tuple[FactorUse, ...]


@dataclass(frozen=True)
class FactorUse:
    """A factor and how it was found."""

    carrier: str
    factor: Quantity
    how_en: str
    how_zh: str


@dataclass(frozen=True)
class Totals:
    """Plant-wide money of all measures together."""

    investment: Quantity | None
    simple_payback: Quantity | None


@dataclass(frozen=True)
class Effects:
    """Everything the effects room computes for a case."""

    machines: tuple[LevelResult, ...]
    lines: tuple[LevelResult, ...]
    plant: LevelResult
    measures: tuple[MeasureResult, ...]
    reconciliations: tuple[Reconciliation, ...]
    factors: tuple[FactorUse, ...]
    scenarios: tuple[Scenario, ...]
    totals: Totals
    findings: tuple[Finding, ...]
    interactions: InteractionResults | None = None
