"""A small constructed plant for the derived effects: every number in it is made up."""

from dataclasses import dataclass

from energycalc.case.case import Case
from energycalc.case.case_file import case_from_text
from energycalc.effects.derived.derived import derived_effects_of
from energycalc.effects.derived.results import Derived
from energycalc.effects.effects import effects_of
from energycalc.effects.results import Effects
from energycalc.factors import published_factors

YEARS = range(2025, 2030)
TEXT = """
energycalc: 1
title: constructed
constructed: yes
period: {{first_day: {first}, last_day: {last}}}
plant:
  name: plant
  lines:
    - id: L1
      name: line 1
      machines:
        - id: M1
          name: motor
          process: metal_forming
          energy: {{electricity: {{basis: stated, energy: "100,000 kWh"}}}}
        - id: M2
          name: sister
          process: metal_forming
          energy: {{electricity: {{basis: stated, energy: "50,000 kWh"}}}}
    - id: L2
      name: line 2
      machines:
        - id: F1
          name: furnace
          process: {process}
          energy: {{natural_gas: {{basis: stated, energy: "1,000,000 kWh[LHV]"}}}}
{bills}
production:
{production}
factors:
  electricity: {{year: 2024}}
  natural_gas: {{year: 2024, table: per_energy, gwp: AR5, methane: CH4_fossil, heat_value: "8,000 kcal[LHV]/m3"}}
  count_grid_as: AR5
  because: made up
prices: {{money_year: 2024, electricity: 3 元/kWh, natural_gas: 15 元/m3}}
kloe: consumption
measures:
  - id: A
    name: motor replaced
    machine: M1
    technology: motor_replacement
    {commissioned}
    before: {{rated_power: 75 kW, full_load_efficiency: "81 %", efficiency_at_load: "81 %", load_factor: 75 %}}
    after: {{rated_power: 75 kW, full_load_efficiency: "{motor} %", efficiency_at_load: "{motor} %"}}
    common: {{operating_hours: "4,000 h", load_type: constant_power}}
  - id: D
    name: burner
    machine: F1
    technology: furnace_flue_gas
    commissioned: 2025-01-01
    before: {{flue_gas_oxygen_dry: 8 %, flue_gas_temperature: 600 °C, combustion_air_temperature: 25 °C}}
    after: {{flue_gas_oxygen_dry: {oxygen}}}
    common: {{fuel: natural_gas_us_typical, ambient_temperature: 25 °C}}
derived_effects:
  first_year: {first_year}
{block}
"""
BILLS = """
bills:
  - id: E
    carrier: electricity
    first_day: 2024-01-01
    last_day: 2024-12-31
    quantity: "200,000 kWh"
    amount: "600,000 元"
  - id: G
    carrier: natural_gas
    first_day: 2024-01-01
    last_day: 2024-12-31
    quantity: "200,000 m3"
    heat_value: "8,000 kcal[LHV]/m3"
"""
BOLTS = '  - {product: bolts, quantity: "1,000 t"}'


@dataclass(frozen=True)
class Plant:
    """The text of the case, piece by piece."""

    block: str = ""
    motor: str = "90"
    oxygen: str = "3 %"
    bills: str = ""
    production: str = BOLTS
    process: str = "heat_treatment"
    commissioned: str = "commissioned: 2025-01-01"
    first: str = "2024-01-01"
    last: str = "2024-12-31"
    first_year: int = 2025

    @property
    def case(self) -> Case:
        """The case read from the text."""
        return case_from_text(TEXT.format(**vars(self)))

    @property
    def effects(self) -> Effects:
        """What its measures do."""
        return effects_of(self.case, published_factors(), {})

    @property
    def derived(self) -> Derived:
        """Its derived effects."""
        case = self.case
        found = derived_effects_of(case, effects_of(case, published_factors(), {}), published_factors())
        assert found is not None
        return found


def target(
    similarity: str = "80 %",
    adoption: str = "50 %",
    scale: str = "scale: 2",
    where: str = 'energy: "300,000 kWh"',
    measure: str = "A",
    id: str = "R1",
    shares: tuple[str, ...] = (),
    extra: str = "",
) -> str:
    """One roll-out target; the same adoption every year unless ``shares`` says otherwise."""
    rows = "\n".join(
        f"        - {{year: {year}, share: {share}}}"
        for year, share in zip(YEARS, shares or (adoption,) * len(YEARS), strict=False)
    )
    return f"""
    - id: {id}
      name: sisters
      reach: machine
      measure: {measure}
      {where}
      {scale}
      similarity: {similarity}
      because: alike
      {extra}
      adoption:
{rows}
"""


def rollout(*targets: str) -> str:
    """The block of roll-out targets."""
    return "  rollout:" + "".join(targets or (target(),))


def path(*factors: str) -> str:
    """A path of the grid factor; five rows without their year."""
    rows = "\n".join(f"        - {{year: {y}, {f}}}" for y, f in zip(YEARS, factors, strict=False))
    return f"  grid_paths:\n    - name: path\n      years:\n{rows}"


def scenario(*values: str) -> str:
    """A path of stated factors in kgCO2e/kWh."""
    return path(*(f"kind: scenario, factor: {{value: {v} kgCO2e/kWh, source: made up}}" for v in values))
