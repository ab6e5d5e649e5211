"""Heat that a measure no longer releases: less energy to take it away, or more to make up for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from energycalc.case.case import Case
from energycalc.case.measure import Measure
from energycalc.case.sharing import SecondaryEffect
from energycalc.effects.interactions import Action, Step
from energycalc.quantity import Quantity, Source, about, cite, formula, quantity, total
from energycalc.quantity.aliases import Fraction, KilowattHour, KilowattHourLHV, Number, UsefulPerFuelLHV

HEAT = Source("interaction-rules", "energy used in a machine ends as heat: net heat of a fuel counted as heat")
ABOVE_ZERO = (1e-9, None)


@formula(
    symbol="ΔQ",
    source=cite("interaction-rules", "saved heat: saving times the part that was heat there times the part in season"),
    limits={"heat_share": (0, 1), "season_share": (0, 1)},
)
def saved_heat(saving: KilowattHour, heat_share: Fraction, season_share: Fraction) -> KilowattHour:
    """Heat of the season that is no longer released.

    Args:
        saving: of the measure in the period, after what is taken back.
        heat_share: part of it that became heat in the cooled or heated space.
        season_share: part of it that falls into the hours of cooling or heating.
    """
    return saving * heat_share * season_share


@formula(
    symbol="ΔE_2",
    source=cite("interaction-rules", "energy of a secondary effect: heat by heat per energy"),
    limits={"heat_per_energy": ABOVE_ZERO},
)
def secondary_energy(saved_heat: KilowattHour, heat_per_energy: Number) -> KilowattHour:
    """Electricity that moves or makes this heat.

    Args:
        saved_heat: no longer released.
        heat_per_energy: COP of the whole cooling plant, or heat per electricity of a heater.
    """
    return saved_heat / heat_per_energy


@formula(
    symbol="ΔQ_2",
    source=cite("interaction-rules", "energy of a secondary effect: heat by heat per energy"),
    limits={"heat_per_fuel": ABOVE_ZERO},
)
def secondary_energy_fuel(saved_heat: KilowattHour, heat_per_fuel: UsefulPerFuelLHV) -> KilowattHourLHV:
    """Fuel that makes this heat, or drives an absorption chiller.

    Args:
        saved_heat: no longer released.
        heat_per_fuel: heat per net heat of the fuel.
    """
    return saved_heat / heat_per_fuel


def secondary_actions(case: Case, measure: Measure, steps: Sequence[Step]) -> list[tuple[str, Action]]:
    """What a measure's saving does to machines that cool or heat.

    Args:
        case: the case.
        measure: whose saving.
        steps: all steps of the machine on which the measure stands.

    Returns:
        (machine, action) for each effect; less energy for cooling, more (negative) for heating.
    """
    found: list[tuple[str, Action]] = []
    carrier = measure.description.carrier
    own = [s.saving for s in steps if s.measure is measure and s.carrier == carrier]
    for effect in case.interactions.secondary_by_measure.get(measure.id, ()) if case.interactions else ():
        with about(f"{measure.id} {measure.name}"):
            saving = total(own)
            if carrier == "natural_gas":
                saving = saving.declared("kWh", because=HEAT)
            heat = saved_heat(saving, effect.heat_share, _season(case, effect))
            if effect.carrier == "electricity":
                energy = secondary_energy(heat, effect.performance)
            else:
                energy = secondary_energy_fuel(heat, effect.performance)
        less = energy if effect.effect == "cooling" else -energy
        found.append((effect.machine, Action(measure, effect.carrier, "secondary", less=less)))
    return found


def _season(case: Case, effect: SecondaryEffect) -> Quantity:
    if effect.season_share is not None:
        return effect.season_share
    period = case.period
    days = [period.first_day + dt.timedelta(days=i) for i in range(period.days)]
    inside = sum(day.month in effect.months for day in days)
    said = f"{inside} of the {period.days} days of the period lie in the months {', '.join(map(str, effect.months))}"
    source = Source("case file", f"{said}; the saving is taken as spread evenly over the days")
    return quantity(inside / period.days, "1", name="season_share", symbol="x_s", basis="assumed", source=source)
