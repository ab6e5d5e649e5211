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
    found += _of_interactions(effects)
    return list(dict.fromkeys(q for q in found if q is not None))


def _of_interactions(effects: Effects) -> list[Quantity | None]:
    """What the block ``interactions`` asks for; nothing without it."""
    asked, found = effects.interactions, list[Quantity | None]()
    if asked is None:
        return found
    for s in asked.systems:
        found += [s.marginal_energy, s.average_energy, s.service_saved, s.energy_before, s.energy_after, s.saving]
        found += [q for share in s.shares for q in (share.share, share.energy_before, share.saving)]
    for a in asked.attributions:
        found += [a.saving, a.alone, a.overlap, a.joint]
        found += [q for p in a.parts for q in (p.in_order, p.when_first, p.when_last, p.mean)]
    for v in (v for group in asked.variants for v in group.variants):
        found += [*v.machine_saving.values(), *v.difference.values()]
        for m in v.results:
            found += [m.saving, m.saving_rate, m.emission_saving, m.cost_saving, m.simple_payback]
    return found


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
