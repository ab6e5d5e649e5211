"""Seeded faults and near misses of units, load and hours, each a clean constructed case with one small change."""

import hashlib

from tests.checks.project.bases import Sketch, bill, meter, meter_text, metered, two_carriers
from tests.plants import Motor, Pressure

MACHINE = "machines: [{machine: M1, SAID, source: 虛構}]"


def machine(said: str) -> Sketch:
    """The clean case with facts of its machine."""
    return Sketch(review=MACHINE.replace("SAID", said))


def motor(old: str, new: str) -> Sketch:
    """The clean case with one number of its measure written otherwise."""
    return Sketch(changes=[(old, new)])


def gas(old: str, new: str) -> Sketch:
    """The clean case of two carriers with one text changed."""
    return two_carriers(changes=[(old, new)], effects="{measure: A, on: other_systems, amount: 無, source: 虛構}")


def air(old: str, new: str) -> Sketch:
    """A compressor set to a lower pressure, with one text changed."""
    return Sketch(measures=(Pressure("A", "M1"),), effects="", changes=[(old, new)])


PHASES = "line_voltage: 380 V, line_current: 100 A, power_factor: '0.85'"
RATING = "rated_output: 75 kW, efficiency: 93 %"
TWO_BILLS = (
    "bills:\n  - {id: G1, carrier: natural_gas, first_day: 107/1/1, last_day: 107/6/30, quantity: '20,000 m3', "
    "heat_value: '8,000 kcal[LHV]/m3'}\n  - {id: G2, carrier: natural_gas, first_day: 107/7/1, last_day: 107/12/31, "
    "quantity: '20,000 UNIT', heat_value: '8,000 kcal[LHV]/m3'}"
)
CT = ", ct_ratio: '60'"
PARTS = "demand: {saving: SAVED kW, parts: [{measure: A, power: 4 kW, coincidence: 80 %}], source: 虛構}"
SPEED = "speed_control: [{measure: A, flow_share: FLOW, source: 虛構MORE}]"
VSD = """
  - id: A
    name: measure A
    machine: M1
    technology: variable_speed_drive
    before: {control: outlet_damper}
    after: {control: variable_speed, drive_efficiency: EFFICIENCY}
    common:
      rated_power: 55 kW
      full_load_efficiency: 94.5 %
      efficiency_class: energy_efficient
      poles: 4
      full_flow_input_power: 51 kW
      static_head_share: 0 %
      demand: [DEMAND]
"""
ONE_LEVEL = '{flow_fraction: 75 %, hours: "6,000 h"}'
TWO_LEVELS = '{flow_fraction: 90 %, hours: "3,000 h"}, {flow_fraction: 60 %, hours: "3,000 h"}'


class Drive(Motor):
    """A frequency converter in place of a damper."""

    def text(self) -> str:
        """The measure's lines; efficiency and levels stand in ``cost``."""
        efficiency, levels = self.cost.split("|")
        return VSD.replace("EFFICIENCY", efficiency).replace("DEMAND", levels)


def drive(efficiency: str, levels: str) -> Sketch:
    """A case whose measure is a frequency converter."""
    return Sketch(measures=(Drive("A", "M1", cost=f"{efficiency}|{levels}"),), effects="")


def readings(last: str) -> Sketch:
    """Ten single readings of power, the last one as given."""
    return machine(f"power_readings: [{', '.join(['52.1 kW'] * 9 + [last])}]")


def own_meter(change: float) -> Sketch:
    """A machine on its own meter, whose load rises by day, against a measure of one load by hours."""
    rows = meter_text(lambda rows: [[t, f"{30 + change * ((i % 24) >= 8):.2f}"] for i, (t, _) in enumerate(rows)])
    block = f"meters:\n{meter()}"
    return Sketch(energy="{basis: metered, meter: MAIN}", more=block, files={"m.csv": rows})


def against_bill(billed: str) -> Sketch:
    """A meter behind current transformers of ratio 60 whose readings hold it already, against a bill."""
    return Sketch(more=f"meters:\n{meter(more=CT)}\n{bill(billed, '90 萬元')}", files={"m.csv": meter_text()})


def printed(text: str) -> Sketch:
    """The clean case with one printed saving of its measure."""
    return Sketch(review=f"printed: [{{what: saving, of: A, carrier: electricity, value: '{text}', source: 虛構}}]")


CASES: dict[str, tuple[Sketch, Sketch]] = {
    "TU01": (
        machine("rated_output: 20 kW, energy: '200,000 kWh'"),
        machine("rated_output: 23 kW, energy: '200,000 kWh'"),
    ),
    "TU02": (printed("13,158 MWh"), printed("13,158 kWh")),
    "TU03": (printed("13,166.7 kWh"), printed("13,158 kWh")),
    "TU04": (gas("8,000 kcal[LHV]/m3", "8,000 kcal[HHV]/m3"), gas("8,000 kcal[LHV]/m3", "8,100 kcal[LHV]/m3")),
    "TU05": (two_carriers(more=TWO_BILLS.replace("UNIT", "Nm3")), two_carriers(more=TWO_BILLS.replace("UNIT", "m3"))),
    "TU06": (
        Sketch(more="production: [{product: 虛構, quantity: 900 ton}]"),
        Sketch(more="production: [{product: 虛構, quantity: 900 t}]"),
    ),
    "TU07": (motor("rated_power: 75 kW", "rated_power: 20 RT"), motor("rated_power: 75 kW", "rated_power: 20 USRT")),
    "TU08": (air("7.0 bar(g)", "7.0 bar"), air("7.0 bar(g)", "700 kPa(g)")),
    "TU09": (gas("600 °C", "873 K"), gas("600 °C", "610 °C")),
    "TU10": (
        motor("rated_power: 75 kW", "rated_power: 100 HP"),
        motor("rated_power: 75 kW", "rated_power: 100 HP_mech"),
    ),
    "TU11": (machine(f"measured_power: 96.9 kW, {PHASES}"), machine(f"measured_power: 58 kW, {PHASES}")),
    "TU12": (
        motor("full_load_efficiency: 90.0 %", "full_load_efficiency: 0.9 %"),
        motor("full_load_efficiency: 90.0 %", "full_load_efficiency: '0.9'"),
    ),
    "TU13": (against_bill("284,600 kWh"), against_bill("270,000 kWh")),
    "TU14": (
        motor("electricity: 3 元/kWh", "electricity: 30 元/kWh"),
        motor("electricity: 3 元/kWh", "electricity: 9.9 元/kWh"),
    ),
    "TU15": (
        motor("rated_power: 75 kW", "rated_power: 75 horses"),
        motor("rated_power: 75 kW", "rated_power: 75000 W"),
    ),
    "TL01": (
        motor('operating_hours: "4,000 h"', 'operating_hours: "9,000 h"'),
        motor('operating_hours: "4,000 h"', 'operating_hours: "8,760 h"'),
    ),
    "TL02": (machine("shift_hours: '3,900 h'"), machine("shift_hours: '3,950 h', logged_hours: '3,820 h'")),
    "TL03": (machine(f"measured_power: 95 kW, {RATING}"), machine(f"measured_power: 92 kW, {RATING}")),
    "TL04": (readings("52.1 kW"), readings("52.2 kW")),
    "TL05": (machine(f"electric_power: 75 kW, {RATING}"), machine(f"electric_power: 80.6 kW, {RATING}")),
    "TL06": (
        Sketch(review=SPEED.replace("FLOW", "99 %").replace("MORE", ", static_share: 0 %")),
        Sketch(review=SPEED.replace("FLOW", "98 %").replace("MORE", ", static_share: 0 %")),
    ),
    "TL07": (drive("97 %", ONE_LEVEL), drive("97 %", TWO_LEVELS)),
    "TL08": (drive("99 %", TWO_LEVELS), drive("98 %", TWO_LEVELS)),
    "TL09": (
        machine("full_load_power: 80 kW, unloaded_power: 7 kW"),
        machine("full_load_power: 80 kW, unloaded_power: 8 kW"),
    ),
    "TL10": (machine("hour_bins: ['4,000 h', '4,600 h']"), machine("hour_bins: ['4,000 h', '4,700 h']")),
    "TL11": (
        machine("electric_power: 50 kW, hours_used: '4,000 h', energy: '203,000 kWh'"),
        machine("electric_power: 50 kW, hours_used: '4,000 h', energy: '201,900 kWh'"),
    ),
    "TL12": (own_meter(15.0), own_meter(8.0)),
    "TL13": (Sketch(review=PARTS.replace("SAVED", "4.0")), Sketch(review=PARTS.replace("SAVED", "3.2"))),
}

SEALED = hashlib.sha256(meter_text().encode()).hexdigest()
__all__ = ["CASES", "SEALED", "machine", "metered"]
