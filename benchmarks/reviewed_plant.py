"""A constructed plant of 100 machines of which much is stated: meter, bills, money, derived effects, facts for checks."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import random
from pathlib import Path

from benchmarks.bench_hundred_measures import MACHINE, MEASURE

MACHINES = 100
DRAWS = 10_000
RATIO = 60
"""Of the current transformers of the main meter, whose file holds what the meter itself counts."""
VERIFIED_AT, DRIVEN_AT, METERED_AT, HEATED_AT = 96, 97, 98, 99
MOTOR = MEASURE.replace("    before:", "    commissioned: 114/7/1\n    before:")
HEAD = """
energycalc: 1
title: constructed plant for timing
constructed: yes
period: {{first_day: 114/1/1, last_day: 114/12/31}}
factors:
  electricity: {{year: 2024, series: overall}}
  natural_gas: {{year: 2024, table: per_energy, gwp: AR5, methane: CH4_fossil, heat_value: "8,900 kcal[LHV]/m3"}}
  count_grid_as: AR5
  because: constructed
prices: {{money_year: 2025, electricity: {{value: 3.8 元/kWh, uncertainty: 3 %}}, natural_gas: 15 元/m3}}
kloe: consumption
sampling: {{draws: {draws}}}
production: [{{product: parts, quantity: {{value: "60,000 t", source: constructed}}}}]
meters:
  - {{id: MAIN, carrier: electricity, role: main, column: main, ct_ratio: "60", {layout}}}
  - {{id: SUB, carrier: electricity, role: sub, column: sub, {layout}}}
bills:
  - {{id: POWER, carrier: electricity, first_day: 114/1/1, last_day: 114/12/31, quantity: "{billed:.0f} kWh",
      amount: "{amount:.0f} TWD"}}
  - {{id: GAS, carrier: natural_gas, first_day: 114/1/1, last_day: 114/12/31, quantity: "120,000 m3", amount: 180 萬元,
      heat_value: "8,900 kcal[LHV]/m3"}}
plant:
  name: plant
  lines:
{lines}
measures:
{measures}
"""
FURNACE = """
  - id: A{i}
    name: furnace {i}
    machine: M{i}
    technology: furnace_flue_gas
    commissioned: 114/7/1
    before:
      flue_gas_oxygen_dry: {{value: 7.0 %, uncertainty: 0.3 pt, source: constructed, basis: measured}}
      flue_gas_temperature: {{value: 620 °C, uncertainty: 10 K, source: constructed, basis: measured}}
      combustion_air_temperature: 30 °C
    after: {{flue_gas_oxygen_dry: {{value: 3.0 %, uncertainty: 0.3 pt}}}}
    common: {{fuel: natural_gas_us_typical, ambient_temperature: 30 °C}}
    cost: {{hardware: 40 萬元}}
"""
HEATED = (
    "        - {{id: M{i}, name: furnace {i}, process: heat_treatment, energy: {{natural_gas: {{basis: billed}}}}}}"
)
LAYOUT = (
    "file: main.csv, time_column: time, unit: kWh, interval: 15 min, stamp: interval_start, midnight: starts_day, "
    "time_zone: Asia/Taipei"
)
DRIVE = """
  - id: A{i}
    name: drive {i}
    machine: M{i}
    technology: variable_speed_drive
    commissioned: 114/7/1
    before: {{control: outlet_damper}}
    after: {{control: variable_speed, drive_efficiency: 97 %}}
    common:
      rated_power: 55 kW
      full_load_efficiency: 94.5 %
      efficiency_class: energy_efficient
      poles: 4
      full_flow_input_power: 51 kW
      static_head_share: 0 %
      demand: [{{flow_fraction: 90 %, hours: "3,000 h"}}, {{flow_fraction: 60 %, hours: "3,000 h"}}]
    cost: {{hardware: 60 萬元}}
"""
PROVED = """
  - {{id: A{i}, name: works {i}, machine: M{i}, technology: verified_saving, verification: v.yaml, commissioned: 114/1/1}}
"""
DAILY = (
    "file: v.csv, time_column: day, interval: 1 d, gaps: report, stamp: interval_start, midnight: starts_day, "
    "time_zone: Asia/Taipei"
)
VERIFICATION = f"""
energycalc_verification: 1
title: constructed verification for timing
constructed: yes
option: B
carrier: electricity
measure: {{name: works, first_day: 2024-01-01, last_day: 2024-12-31}}
periods:
  baseline: {{first_day: 2023-01-01, last_day: 2023-12-31}}
  reporting: {{first_day: 2025-01-01, last_day: 2025-12-31}}
interval: day
meter: {{column: kWh, unit: kWh, kind: interval_energy, {DAILY}}}
drivers: [{{name: tonnes, column: t, unit: t, kind: interval_sum, {DAILY}}}]
production: [tonnes]
static_factors: [{{name: shifts, before: two, after: two}}]
"""
METERED = "        - {{id: M{i}, name: motor {i}, process: metal_forming, energy: {{electricity: {{basis: metered, meter: SUB}}}}}}"
MORE = """
economics:
  flows_are: real
  discount_rate: {value: 5 %, uncertainty: 1 pt, source: constructed}
  rate_is: real
  life: 10 yr
  costs_are: before_subsidy
  tariff: {edition: 2025-10, voltage: high, plan: three_tier_fixed}
  profiles:
    - {id: load, measures: [MOTORS], meter: MAIN, because: constructed}
derived_effects:
  first_year: 114
  rollout:
    - id: R1
      name: further machines
      reach: line
      measure: A1
      energy: {value: 620 MWh, uncertainty: 8 %, source: constructed, basis: measured}
      scale: {value: "1.8", uncertainty: 0.2, source: constructed, basis: nameplate}
      similarity: {value: 75 %, uncertainty: 15 pt, source: constructed}
      because: constructed
      adoption:
        - {year: 114, share: 0 %}
        - {year: 115, share: 20 %}
        - {year: 116, share: 40 %}
        - {year: 117, share: 60 %}
        - {year: 118, share: 75 %}
  inventory: {year: 113, gwp: AR5, scope_1: "1,210 tCO2e", scope_2: "12,299 tCO2e"}
review:
  report_date: 2026-03-31
  printed:
    - {what: saving, of: A0, carrier: electricity, value: "2,775 kWh", parts: ["1,275 kWh", "1,500 kWh"], source: x}
    - {what: cost_saving, of: A0, carrier: electricity, value: "10,545 TWD", factor: 3.8 TWD/kWh, source: x}
    - {what: emission_saving, of: A0, carrier: electricity, value: 1.315 tCO2e, factor: 0.474 kgCO2e/kWh, source: x}
    - {what: saving_rate, of: A0, carrier: electricity, value: 2.81 %, source: x}
    - {what: investment, of: A0, value: "300,000 TWD", source: x}
    - {what: payback, of: A0, value: 28.4 yr, source: x}
    - {what: emission_saving, of: plant, value: 387 tCO2e, source: x}
  machines:
    - {machine: M0, rated_output: 30 kW, efficiency: 91.5 %, electric_power: 20 kW, measured_power: 20.1 kW,
       full_load_power: 80 kW, unloaded_power: 20 kW, line_voltage: 380 V, line_current: 36 A, power_factor: "0.85",
       power_readings: [20.1 kW, 20.2 kW, 19.9 kW, 20.0 kW], hours_used: "5,000 h", shift_hours: "5,100 h",
       logged_hours: "5,010 h", hour_bins: ["5,000 h", "3,760 h"], energy: "100,000 kWh", source: x}
  speed_control: [{measure: A0, flow_share: 80 %, static_share: 0 %, source: x}]
  effects: [EFFECTS]
  set_points: [{measure: A0, name: pressure, before: 6.0 bar(g), after: 6.0 bar(g), source: x}]
  replaced: [{measure: A0, age: 12 yr, life: 20 yr, measure_life: 10 yr, baselines: two, compared_class: IE3,
              rated_power: 30 kW, source: x}]
  tags: [{measure: A0, tag: P-101}, {measure: A1, tag: P-102}]
  end_uses: [{name: drives, carrier: electricity, share: 60 %, measures: [A0, A1], source: x}]
  furnaces: [{machine: M99, product: aluminium_700, output: 900 t, source: x}]
  demand: {saving: 3.2 kW, parts: [{measure: A0, power: 4 kW, coincidence: 80 %}], source: x}
  accounts: [{name: plant, basis: location}, {name: office, basis: location}]
  certificates: {used: [{id: R-1, energy: "1,000 kWh", retired: 114/6/1}], claimed_for_covered: 0 tCO2e, source: x}
  conversions: [{name: power, kind: own_generation, fuel_counted: yes, output_counted: no, source: x}]
  biogenic: {emission: 12 tCO2e, in_total: no, source: x}
  factor_gases: [{carrier: steam, gases: [CO2], called: CO2, source: x}]
  line_loss_applied: 0 %
  intensities: [{printed: 275 kWh/t, months: [{energy: "10,000 kWh", output: 20 t}, {energy: "12,000 kWh", output: 60 t}],
                 source: x}]
  lifetimes: [{of: A0, saving: "38,000 kWh", years: 10 yr, yearly_decline: 1 %, life_of_equipment: 10 yr, source: x}]
  finance: {cash: ["-1,000,000 TWD", "400,000 TWD", "400,000 TWD", "400,000 TWD"], discount_rate: 5 %, npv: "89,300 TWD",
            irr: 9.7 %, cash_is: real, rate_is: real, subsidy: 30 萬元, subsidy_in_investment: yes, subsidy_in_cash: no,
            escalation: 1 %, life: 10 yr, source: x}
  carbon_fee: {benefit: 2 萬元, plant_emissions: "25,100 tCO2e"}
  price_use: {holds_demand_charge: no, demand_counted_beside: no, source: x}
  files: [{file: main.csv, sha256: SEAL}]
"""


def quarter_hours() -> list[tuple[str, float, float]]:
    """A year of a day shift and a night, of the whole plant and of one machine, from a fixed rule."""
    first = dt.datetime(2025, 1, 1)
    return [
        (f"{first + dt.timedelta(minutes=15 * i):%Y-%m-%d %H:%M}",
         700 + 150 * (32 <= i % 96 < 80) + i * 7919 % 97, 6.6 + i * 7919 % 97 / 97)
        for i in range(365 * 96)
    ]  # fmt: skip


def days() -> str:
    """Three years of a machine's energy and tonnes, a tenth less after the works, with noise of a fixed seed."""
    noise, first, rows = random.Random(7), dt.date(2023, 1, 1), ["day,kWh,t"]
    for i in range(3 * 365 + 1):
        tonnes = 20 + 4 * math.sin(2 * math.pi * i / 365) + noise.uniform(-1, 1) * (2.0 if i < 365 else 0.5)
        energy = (100 + 3 * tonnes) * (1.0 if i < 365 else 0.9) + 5 * noise.gauss(0, 1)
        rows.append(f"{first + dt.timedelta(days=i)},{energy:.3f},{tonnes:.3f}")
    return "\n".join(rows) + "\n"


def write_plant(folder: Path, draws: int = DRAWS) -> Path:
    """Write the case and the file of its meter.

    Args:
        folder: where to.
        draws: of the Monte Carlo.

    Returns:
        The case file.
    """
    rows = quarter_hours()
    text = "".join(f"{stamp},{main / RATIO:.4f},{sub:.3f}\n" for stamp, main, sub in rows)
    (folder / "main.csv").write_text(f"time,main,sub\n{text}", "utf-8")
    lines, measures = [], []
    machines, works = (
        {METERED_AT: METERED, HEATED_AT: HEATED},
        {VERIFIED_AT: PROVED, DRIVEN_AT: DRIVE, HEATED_AT: FURNACE},
    )
    for i in range(MACHINES):
        if i % 10 == 0:
            lines.append(f"    - id: L{i // 10}\n      name: line {i // 10}\n      machines:")
        lines.append(machines.get(i, MACHINE).format(i=i))
        measures.append(works.get(i, MOTOR).format(i=i, power=30 + i % 60, load=60 + i % 30))
    effects = ", ".join(f"{{measure: A{i}, on: other_systems, amount: none, source: x}}" for i in range(MACHINES))
    motors = ", ".join(f"A{i}" for i in range(MACHINES) if i != HEATED_AT)
    seal = hashlib.sha256((folder / "main.csv").read_bytes()).hexdigest()
    billed = sum(main for _, main, _ in rows)
    text = HEAD.format(lines="\n".join(lines), measures="".join(measures), layout=LAYOUT, draws=draws, billed=billed,
                       amount=3.8 * billed)  # fmt: skip
    (folder / "v.csv").write_text(days(), "utf-8")
    (folder / "v.yaml").write_text(VERIFICATION, "utf-8")
    file = folder / "case.yaml"
    file.write_text(text + MORE.replace("MOTORS", motors).replace("EFFECTS", effects).replace("SEAL", seal), "utf-8")
    return file
