"""Roll-up: machine, line and plant, per carrier and together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from energycalc.case.case import Case
from energycalc.effects.economics import cost_saving, oil_equivalent
from energycalc.effects.emissions import CarrierFactor, emissions, on_common_basis
from energycalc.effects.interactions import SAVING
from energycalc.effects.results import CarrierResult, Level, LevelResult
from energycalc.factors import FactorSet
from energycalc.quantity import Quantity, about, cite, total

SUM = cite("energy-balance", "sum of the parts")
RATE = cite("tgpf-case-layout", "節能率 = saving ÷ use before")


def saving_rate(saving: Quantity, before: Quantity) -> Quantity | None:
    """Saving by use before; ``None`` where nothing was used before."""
    if not before.value:
        return None
    return (saving / before).to("%").renamed("saving_rate", "x_ΔE", RATE)


def carrier_result(
    case: Case, carrier: str, before: Quantity, after: Quantity, factor: CarrierFactor, factors: FactorSet
) -> CarrierResult:
    """Saving, emissions, money and oil equivalent of one carrier, from its energy before and after.

    Args:
        case: the case.
        carrier: which carrier.
        before: energy before.
        after: energy after.
        factor: emission factor of the carrier.
        factors: for the KLOE convention.
    """
    saving = (before - after).renamed("saving", "ΔE", SAVING)
    return CarrierResult(
        carrier=carrier,
        energy_before=before,
        energy_after=after,
        saving=saving,
        saving_rate=saving_rate(saving, before),
        emissions_before=emissions(before, factor, "emissions_before", "GHG_0"),
        emissions_after=emissions(after, factor, "emissions_after", "GHG_1"),
        emission_saving=emissions(saving, factor, "emission_saving", "ΔGHG"),
        cost_saving=cost_saving(case, saving, factor),
        kloe_saving=oil_equivalent(case, carrier, saving, factors),
    )


def level_result(
    case: Case, level: Level, id: str, label: str, parent: str, carriers: Mapping[str, CarrierResult]
) -> LevelResult:
    """A machine, line or plant with all its carriers brought together where that is allowed (CO2e, money, KLOE)."""
    parts = list(carriers.values())
    costs = [p.cost_saving for p in parts]
    known = [c for c in costs if c is not None]
    return LevelResult(
        level=level,
        id=id,
        label=label,
        parent=parent,
        carriers=carriers,
        emissions_before=on_common_basis(
            case, [p.emissions_before for p in parts], "emissions_before_total", "GHG_0,sum"
        ),
        emissions_after=on_common_basis(case, [p.emissions_after for p in parts], "emissions_after_total", "GHG_1,sum"),
        emission_saving=on_common_basis(case, [p.emission_saving for p in parts], "emission_saving_total", "ΔGHG_sum"),
        cost_saving=total(known).renamed("cost_saving_total", "C_sum", SUM) if len(known) == len(costs) else None,
        kloe_saving=total([p.kloe_saving for p in parts]).renamed("kloe_saving_total", "OE_sum", SUM),
    )


def rolled_up(
    case: Case,
    level: Level,
    id: str,
    label: str,
    parent: str,
    children: Sequence[LevelResult],
    by_carrier: Mapping[str, CarrierFactor],
    factors: FactorSet,
) -> LevelResult:
    """A line from its machines, or the plant from its lines: energies are summed, the rest follows from the sums."""
    with about(label):
        carriers: dict[str, CarrierResult] = {}
        for carrier in by_carrier:
            own = [c.carriers[carrier] for c in children if carrier in c.carriers]
            if not own:
                continue
            before = total([c.energy_before for c in own]).renamed("energy_before", "E_0", SUM)
            after = total([c.energy_after for c in own]).renamed("energy_after", "E_1", SUM)
            carriers[carrier] = carrier_result(case, carrier, before, after, by_carrier[carrier], factors)
        return level_result(case, level, id, label, parent, carriers)
