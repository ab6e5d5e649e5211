"""Energy and CO2e per tonne, piece or square metre, before and after the project at equal output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from energycalc.case.case import Case
from energycalc.case.derived import PLANT, IntensityOf
from energycalc.effects.derived.results import Intensity
from energycalc.effects.emissions import CarrierFactor, emissions, on_common_basis
from energycalc.effects.energy import ENERGY_UNIT
from energycalc.effects.results import Effects
from energycalc.errors import InputError, OutOfRange
from energycalc.quantity import Quantity, about, cite, total

PER_OUTPUT = cite("derived-effects-definitions", "energy or CO2e by output, before and after at equal output")


@dataclass(frozen=True)
class _Place:
    label: str
    before: Mapping[str, Quantity]
    after: Mapping[str, Quantity]
    complete: bool


def base_use(effects: Effects) -> dict[str, Quantity]:
    """Use of the plant in the base year by carrier: meters or bills where there are any, else its machines.

    Args:
        effects: of the case.
    """
    return {r.carrier: r.machine_sum if r.reference is None else r.reference for r in effects.reconciliations}


def intensities_of(case: Case, effects: Effects, by_carrier: Mapping[str, CarrierFactor]) -> tuple[Intensity, ...]:
    """The intensities that the case asks for.

    Args:
        case: the case, with its production.
        effects: energy before and after.
        by_carrier: the case's own factors, the same before and after.

    Raises:
        InputError: a carrier that a measure takes up has no declared share.
        OutOfRange: nothing was made.
    """
    asked = case.derived_effects
    return () if asked is None else tuple(_intensity(case, row, effects, by_carrier) for row in asked.intensities)


def _place(row: IntensityOf, effects: Effects) -> _Place:
    if row.of == PLANT:
        before = base_use(effects)
        saved = effects.plant.carriers
        after = {c: before[c] - saved[c].saving if c in saved else before[c] for c in before}
        whole = all(r.reference is not None for r in effects.reconciliations)
        return _Place(effects.plant.label, before, after, whole)
    level = next(level for level in (*effects.lines, *effects.machines) if level.id == row.of)
    carriers = level.carriers
    return _Place(
        level.label,
        {c: r.energy_before for c, r in carriers.items()},
        {c: r.energy_after for c, r in carriers.items()},
        True,
    )


def _intensity(case: Case, row: IntensityOf, effects: Effects, by_carrier: Mapping[str, CarrierFactor]) -> Intensity:
    place = _place(row, effects)
    made = {p.product: p.quantity for p in case.production}
    amounts = [made[name] for name in row.products]
    where = f"{case.file}, derived_effects.intensities, {row.of}"
    with about(f"{place.label}: {', '.join(row.products)}"):
        output = total([q.to(_unit_of(q)) for q in amounts])
        if not output.value > 0:
            raise OutOfRange(
                "there is no output to divide by", subject=where, value=f"{output.value:g} {output.unit}",
                next_step="Leave the intensity out, or state the production of the period",
            )  # fmt: skip
        before, after = (_allocated(row, energy, where) for energy in (place.before, place.after))
        first = {c: _per(q, output, "energy_intensity_before", "e_0") for c, q in before.items()}
        last = {c: _per(q, output, "energy_intensity_after", "e_1") for c, q in after.items()}
        return Intensity(
            of=row.of,
            label=place.label,
            products=row.products,
            output=output,
            complete=place.complete,
            before=first,
            after=last,
            saved={c: (first[c] - last[c]).renamed("energy_intensity_reduction", "Δe", PER_OUTPUT) for c in first},
            emissions_before=(e0 := _emitted(case, before, by_carrier, output, "before", "g_0")),
            emissions_after=(e1 := _emitted(case, after, by_carrier, output, "after", "g_1")),
            reduction=(e0 - e1).renamed("emission_intensity_reduction", "Δg", PER_OUTPUT),
        )


def _unit_of(q: Quantity) -> str:
    return "t" if "[mass]" in dict(q.unit.dimension) else str(q.unit)


def _allocated(row: IntensityOf, energy: Mapping[str, Quantity], where: str) -> dict[str, Quantity]:
    """The part of the energy that belongs to the products; all of it where they are all that is made."""
    if not row.shares:
        return dict(energy)
    missing = sorted(set(energy) - set(row.shares))
    if missing:
        raise InputError(
            "a measure takes up a carrier of which no share is declared",
            subject=where, value=", ".join(missing), next_step="Declare its share under shares",
        )  # fmt: skip
    return {c: (q * row.shares[c]).to(ENERGY_UNIT[c]) for c, q in energy.items()}  # type: ignore[index]


def _per(energy: Quantity, output: Quantity, name: str, symbol: str) -> Quantity:
    return (energy / output).renamed(name, symbol, PER_OUTPUT)


def _emitted(
    case: Case,
    energy: Mapping[str, Quantity],
    by_carrier: Mapping[str, CarrierFactor],
    output: Quantity,
    when: str,
    symbol: str,
) -> Quantity:
    parts = [emissions(q, by_carrier[c], f"emissions_{when}", f"GHG_{symbol[-1]}") for c, q in energy.items()]
    whole = on_common_basis(case, parts, f"emissions_{when}_total", f"GHG_{symbol[-1]},sum")
    kilograms = whole.to(str(whole.unit).replace("tCO2", "kgCO2", 1))
    return (kilograms / output).renamed(f"emission_intensity_{when}", symbol, PER_OUTPUT)
