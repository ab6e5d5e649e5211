"""The results a reader may look at, by keys that stay the same when numbers change."""

from __future__ import annotations

import dataclasses

from energycalc.effects.results import Effects
from energycalc.quantity import Quantity


def results_of(effects: Effects) -> dict[str, Quantity]:
    """Results a reader may choose, by a key that stays the same when numbers change (``measure.A.saving``)."""
    found: dict[str, Quantity | None] = {"plant.emission_saving": effects.plant.emission_saving}
    for level in (effects.plant, *effects.lines, *effects.machines):
        stem = level.level if level.level == "plant" else f"{level.level}.{level.id}"
        for carrier, result in level.carriers.items():
            for name in ("saving", "saving_rate", "energy_before", "energy_after", "emission_saving"):
                found[f"{stem}.{carrier}.{name}"] = getattr(result, name)
        for name in ("emission_saving", "cost_saving", "kloe_saving"):
            found[f"{stem}.{name}"] = getattr(level, name)
    for measure in effects.measures:
        stem = f"measure.{measure.measure.id}" + ("" if measure.is_main else f".{measure.carrier}")
        stem += "" if measure.kind == "own" or measure.is_main else f".{measure.kind}.{measure.machine}"
        for name in ("saving", "saving_rate", "remaining", "emission_saving", "cost_saving", "simple_payback"):
            found[f"{stem}.{name}"] = getattr(measure, name)
        for q in measure.beside:
            found[f"{stem}.{q.name}"] = q
    found["plant.simple_payback"] = effects.totals.simple_payback
    return {key: quantity for key, quantity in found.items() if quantity is not None}


def carriers_of(effects: Effects) -> dict[Quantity, str]:
    """The carrier of every result that is about one carrier of the plant, a line or a machine."""
    levels = (effects.plant, *effects.lines, *effects.machines)
    results = [(carrier, result) for level in levels for carrier, result in level.carriers.items()]
    return {
        quantity: carrier
        for carrier, result in results
        for field in dataclasses.fields(result)
        if isinstance(quantity := getattr(result, field.name), Quantity)
    }
