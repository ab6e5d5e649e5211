"""The results whose uncertainty a reader is given."""

from __future__ import annotations

from energycalc.effects.results import Effects, LevelResult
from energycalc.quantity import Quantity


def headline(effects: Effects) -> list[Quantity]:
    """Energy, savings, emissions, money and oil equivalent of every level and measure, balance and scenarios."""
    found: list[Quantity | None] = []
    for level in (effects.plant, *effects.lines, *effects.machines):
        found += _of_level(level)
    for m in effects.measures:
        found += m.beside
        found += [m.energy_before, m.saving, m.saving_rate, m.emission_saving, m.cost_saving, m.simple_payback]
    found += [s.emission_saving for s in effects.scenarios]
    for r in effects.reconciliations:
        found += [
            r.machine_sum,
            r.metered,
            r.billed,
            r.unexplained,
            r.unexplained_share,
            r.meter_less_bill,
            r.saving_share,
        ]
    found += [effects.totals.investment, effects.totals.simple_payback]
    return list(dict.fromkeys(q for q in found if q is not None))


def _of_level(level: LevelResult) -> list[Quantity | None]:
    found: list[Quantity | None] = [level.emission_saving, level.kloe_saving, level.cost_saving]
    found += [level.emissions_before, level.emissions_after]
    for c in level.carriers.values():
        found += [
            c.energy_before,
            c.energy_after,
            c.saving,
            c.saving_rate,
            c.emission_saving,
            c.cost_saving,
            c.kloe_saving,
        ]
    return found
