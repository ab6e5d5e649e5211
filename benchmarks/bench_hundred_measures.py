"""A plant of 10, 100 and 1,000 machines with as many measures: effects, and Monte Carlo of the plant total."""

from __future__ import annotations

import resource
import sys

import energycalc
from benchmarks.timing import Figure, median_seconds
from energycalc.case.case import Case
from energycalc.effects.effects import effects_of
from energycalc.quantity.uncertainty import propagate

HEAD = """
energycalc: 1
title: constructed plant for timing
constructed: yes
period: {{first_day: 2024-01-01, last_day: 2024-12-31}}
factors: {{electricity: {{year: 2024}}}}
prices: {{money_year: 2024, electricity: {{value: 3.8 元/kWh, uncertainty: 3 %}}}}
kloe: consumption
plant:
  name: plant
  lines:
{lines}
measures:
{measures}
"""
MACHINE = (
    "        - {{id: M{i}, name: motor {i}, process: metal_forming, energy: {{electricity: {{basis: computed}}}}}}"
)
MEASURE = """
  - id: A{i}
    name: motor {i}
    machine: M{i}
    technology: motor_replacement
    before:
      rated_power: {power} kW
      full_load_efficiency: {{value: 91.5 %, uncertainty: 0.7 pt}}
      efficiency_class: standard
      poles: 4
      full_load_speed: {{value: 1765 rpm, uncertainty: 3 rpm}}
      load_factor: {{value: {load} %, uncertainty: 3 pt}}
    after:
      rated_power: {power} kW
      full_load_efficiency: {{value: 95.5 %, uncertainty: 0.4 pt}}
      efficiency_class: premium
      poles: 4
      full_load_speed: {{value: 1775 rpm, uncertainty: 3 rpm}}
    common:
      operating_hours: {{value: 5000 h, uncertainty: 3 %}}
      load_type: centrifugal
    cost: {{hardware: 30 萬元}}
"""


def plant(machines: int) -> Case:
    """A constructed case with ten machines to a line and one measure on each machine."""
    lines, measures = [], []
    for i in range(machines):
        if i % 10 == 0:
            lines.append(f"    - id: L{i // 10}\n      name: line {i // 10}\n      machines:")
        lines.append(MACHINE.format(i=i))
        measures.append(MEASURE.format(i=i, power=30 + i % 60, load=60 + i % 30))
    return energycalc.case_from_text(HEAD.format(lines="\n".join(lines), measures="".join(measures)))


def figures() -> list[Figure]:
    """Time to compute all effects, and to simulate the plant's saving with 100,000 draws."""
    factors = energycalc.published_factors()
    found = []
    for machines in (10, 100, 1000):
        case = plant(machines)
        runs = 5 if machines < 1000 else 3
        seconds = median_seconds(lambda case=case: effects_of(case, factors, {}), runs=runs)  # type: ignore[misc]
        effects = effects_of(case, factors, {})
        total = effects.plant.carriers["electricity"].saving
        drawn = median_seconds(lambda total=total: propagate(total), runs=3)  # type: ignore[misc]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
        at_bar = machines == 100
        found += [
            Figure(f"traced effects, {machines} machines and measures", seconds, "s", 0.5 if at_bar else None,
                   f"{1000 * seconds / machines:.2f} ms per measure"),
            Figure(f"Monte Carlo of the plant total, {machines} measures", drawn, "s", 2 if at_bar else None,
                   f"peak of the process {peak:.0f} MB"),
        ]  # fmt: skip
        if at_bar:
            found.append(Figure("  its memory", peak, "MB", 1024))
    return found


if __name__ == "__main__":
    for figure in figures():
        print(figure.line())
