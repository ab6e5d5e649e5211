"""Small constructed plants for tests: every number in them is made up."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import energycalc
from energycalc.case.case import Case
from energycalc.effects.doubts import doubts_of_uncertainty
from energycalc.effects.effects import effects_of
from energycalc.effects.results import Effects, LevelResult
from energycalc.quantity import Quantity

GRID = "{year: 2018, series: overall}"
GAS = "{year: 2018, table: per_unit, gwp: AR5, methane: CH4_fossil, heat_value: '8,000 kcal[LHV]/m3'}"
PRICES = "{money_year: 2018, electricity: 3 元/kWh, natural_gas: 15 元/m3}"

MOTOR = """
  - id: {id}
    name: measure {id}
    machine: {machine}
    technology: motor_replacement
    before: {{rated_power: 75 kW, full_load_efficiency: {before}, efficiency_at_load: {before}, load_factor: 75 %}}
    after: {{rated_power: 75 kW, full_load_efficiency: {after}, efficiency_at_load: {after}}}
    common: {{operating_hours: "4,000 h", load_type: constant_power}}
"""
PRESSURE = """
  - id: {id}
    name: measure {id}
    machine: {machine}
    technology: compressor_pressure
    before: {{discharge_pressure: {before}}}
    after: {{discharge_pressure: {after}}}
    common:
      {{ambient_pressure: 1.013 bar(a), polytropic_exponent: "1.395", average_power: 30 kW, operating_hours: "4,000 h"}}
"""
FURNACE = """
  - id: {id}
    name: measure {id}
    machine: {machine}
    technology: furnace_flue_gas
    before: {{flue_gas_oxygen_dry: {before}, flue_gas_temperature: 600 °C, combustion_air_temperature: 25 °C}}
    after: {{flue_gas_oxygen_dry: {after}}}
    common: {{fuel: natural_gas_us_typical, ambient_temperature: 25 °C}}
"""


@dataclass(frozen=True)
class Motor:
    """A motor replaced; both efficiencies hold at the load, so that before / after is what remains."""

    id: str
    machine: str
    before: float = 90.0
    after: float = 95.0
    cost: str = ""

    @property
    def remaining(self) -> float:
        """Fraction of the energy still used."""
        return self.before / self.after

    def text(self) -> str:
        """The measure's lines."""
        cost = f"    cost: {self.cost}\n" if self.cost else ""
        return (
            MOTOR.format(id=self.id, machine=self.machine, before=f"{self.before!r} %", after=f"{self.after!r} %")
            + cost
        )


@dataclass(frozen=True)
class Pressure:
    """A compressor's pressure set lower, in bar above ambient."""

    id: str
    machine: str
    before: float = 7.0
    after: float = 6.0

    def text(self) -> str:
        """The measure's lines."""
        ends = {"before": f"{self.before} bar(g)", "after": f"{self.after} bar(g)"}
        return PRESSURE.format(id=self.id, machine=self.machine, **ends)


@dataclass(frozen=True)
class Furnace:
    """Oxygen in the flue gas set lower."""

    id: str
    machine: str
    before: float = 8.0
    after: float = 3.0
    cost: str = ""

    def text(self) -> str:
        """The measure's lines."""
        cost = f"    cost: {self.cost}\n" if self.cost else ""
        return (
            FURNACE.format(id=self.id, machine=self.machine, before=f"{self.before} %", after=f"{self.after} %") + cost
        )


@dataclass(frozen=True)
class PlantText:
    """Lines of machines, each with the energy it states by carrier, as text of a case file."""

    lines: Mapping[str, Mapping[str, Mapping[str, str]]]
    measures: Sequence[Motor | Pressure | Furnace]
    period: str = "{first_day: 2018-01-01, last_day: 2018-12-31}"
    electricity: str = GRID
    natural_gas: str = GAS
    prices: str = PRICES
    kloe: str = "consumption"
    count_grid_as: str = "AR5"
    more: str = ""
    carriers: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Note which carriers are used."""
        used = {c for machines in self.lines.values() for energy in machines.values() for c in energy}
        object.__setattr__(self, "carriers", frozenset(used))

    def text(self) -> str:
        """The whole case file."""
        out = [
            "energycalc: 1",
            "title: constructed",
            "constructed: yes",
            f"period: {self.period}",
            f"kloe: {self.kloe}",
        ]
        out += ["plant:", "  name: plant", "  lines:"]
        for line, machines in self.lines.items():
            out += [f"    - id: {line}", f"      name: line {line}", "      machines:"]
            for machine, energy in machines.items():
                out += [
                    f"        - id: {machine}",
                    f"          name: machine {machine}",
                    "          process: metal_forming",
                ]
                out += ["          energy:", *(f"            {carrier}: {use}" for carrier, use in energy.items())]
        out += ["factors:"]
        out += [f"  {c}: {getattr(self, c)}" for c in ("electricity", "natural_gas") if c in self.carriers]
        if self.count_grid_as:
            out += [f"  count_grid_as: {self.count_grid_as}", "  because: constructed"]
        out += [f"prices: {self.prices}"] if self.prices else []
        out += [self.more.rstrip()] if self.more else []
        return "\n".join(out) + "\nmeasures:" + "".join(m.text() for m in self.measures)

    def case(self) -> Case:
        """The case."""
        return energycalc.case_from_text(self.text())

    def effects(self, metered: Mapping[str, Quantity] | None = None) -> Effects:
        """Its effects, with the published factors."""
        return effects_of(self.case(), energycalc.published_factors(), metered or {})


def stated(kilowatt_hours: float) -> str:
    """Energy stated for the period, electricity."""
    return f"{{basis: stated, energy: {kilowatt_hours!r} kWh}}"


def stated_gas(kilowatt_hours: float) -> str:
    """Energy stated for the period, fuel heat."""
    return f"{{basis: stated, energy: '{kilowatt_hours!r} kWh[LHV]'}}"


def chain(machine: str, *efficiencies: float) -> list[Motor]:
    """Motors replaced one after the other: each finds what the one before has left."""
    pairs = itertools.pairwise(efficiencies)
    return [Motor(f"{machine}-{i + 1}", machine, before, after) for i, (before, after) in enumerate(pairs)]


def electric(*measures: Motor | Pressure, energy: float = 100_000.0, **more: str) -> PlantText:
    """One line with one electric machine M1."""
    return PlantText({"L1": {"M1": {"electricity": stated(energy)}}}, measures, **more)


def finding_ids(effects: Effects) -> set[str]:
    """Ids of all doubts about the effects, the inputs taken as exact."""
    return {f.id for f in (*effects.findings, *doubts_of_uncertainty(effects, {}))}


def level(effects: Effects, id: str) -> LevelResult:
    """A machine or line by its id."""
    return next(x for x in (*effects.machines, *effects.lines, effects.plant) if x.id == id)
