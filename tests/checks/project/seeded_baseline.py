"""Seeded faults and near misses of baselines, statistics, sums, carbon, money and data; one small change each."""

import datetime as dt
import io

from openpyxl import Workbook

from tests.checks.project.bases import Rows, Sketch, bill, hours, meter, meter_text, metered, two_carriers
from tests.checks.project.seeded_load import SEALED, machine
from tests.plants import Motor

TWO = (Motor("A", "M1", 90.0, 93.0), Motor("B", "M1", 93.0, 95.0))
FOR_TWO = ", ".join(f"{{measure: {id}, on: other_systems, amount: 無, source: 虛構}}" for id in "AB")
HEAT_PUMP = """
  - id: A
    name: measure A
    machine: M1
    technology: heat_pump_water_heating
    before: {heater_efficiency: 95 %, auxiliary_energy: "0 kWh"}
    after: {heating_cop: "3.2", auxiliary_energy: "0 kWh", backup_share: 0 %}
    common:
      standing_loss: "2,000 kWh"
      hot_water_volume: "4,000 m3"
      cold_water_temperature: 25 °C
      hot_water_temperature: 60 °C
      source_temperature: 25 °C
"""
INTENSITY = """
  - id: A
    name: measure A
    machine: M1
    technology: specific_consumption
    before:
      metered_energy: {value: "250,000 kWh", source: 虛構電表, basis: measured}
      tonnes_made: 500 t
      hours: "4,000 h"
    after:
      metered_energy: {value: "AFTER kWh", source: 虛構電表, basis: measured}
      tonnes_made: 500 t
      hours: "4,000 h"
    common: {base_power: 0 kW}
"""
SWITCH = """
  - id: A
    name: measure A
    machine: M1
    technology: gas_to_electric_heating
    before: {fuel_heating_efficiency: {value: 78 %, uncertainty: 3 pt, source: 虛構}}
    after: {electric_heating: resistance, electric_performance: 95 %}
"""


class Pump(Motor):
    """A heat pump for hot water."""

    def text(self) -> str:
        """The measure's lines."""
        return HEAT_PUMP


class Intensity(Motor):
    """Energy for the same output before and after; what is metered after stands in ``cost``."""

    def text(self) -> str:
        """The measure's lines."""
        return INTENSITY.replace("AFTER", self.cost)


class Switch(Motor):
    """A gas heater that becomes electric."""

    def text(self) -> str:
        """The measure's lines."""
        return SWITCH


def note(text: str, **parts: object) -> Sketch:
    """The clean case with a fact for the checks."""
    return Sketch(review=text, **parts)  # type: ignore[arg-type]


def printed(what: str, value: str, of: str = "A", more: str = "", carrier: str = "carrier: electricity, ") -> str:
    """One printed number."""
    return f"{{what: {what}, of: {of}, {carrier}value: '{value}', source: 虛構{more}}}"


def shown(*entries: str, **parts: object) -> Sketch:
    """The clean case with printed numbers."""
    return note(f"printed: [{', '.join(entries)}]", **parts)


def two_measures(*entries: str) -> Sketch:
    """Two motors one after the other on one machine, with printed numbers."""
    return shown(*entries, measures=TWO, effects=FOR_TWO)


def switch(total: str) -> Sketch:
    """A gas heater that becomes electric, with the printed reduction of the plant."""
    entry = printed("emission_saving", total, "plant", carrier="")
    return shown(entry, measures=(Switch("A", "M1"),), gas=True, effects="")


READ = "value: 93.0 %, uncertainty: 0.3 pt, source: 測試報告一號, basis: measured"


def typed_twice(second: str) -> Sketch:
    """One test report behind the state that one measure leaves and the next finds."""
    at_load = "efficiency_at_load: 93.0 %"
    changes = [(at_load, f"efficiency_at_load: {{{READ}}}"), (at_load, f"efficiency_at_load: {second}")]
    return Sketch(measures=TWO, effects=FOR_TWO, changes=changes)


def billed(quantity: str) -> Sketch:
    """The clean case with a bill of that much, at the case's price."""
    return Sketch(more=bill(quantity, "TWD").replace("amount: TWD", "amount: 75 萬元"))


def submeter(share: float) -> Sketch:
    """A main meter, and a submeter of the only machine that shows a share of it."""
    rows = meter_text(lambda rows: [[t, f"{float(v) * share:.3f}"] for t, v in rows])
    files: dict[str, str | bytes] = {"m.csv": meter_text(), "s.csv": rows}
    more = f"meters:\n{meter()}\n{meter('S1', 'sub', file='s.csv')}"
    return Sketch(more=more, files=files, energy="{basis: metered, meter: S1}")


def replaced(said: str) -> Sketch:
    """The clean case with the age of the replaced motor."""
    return note(f"replaced: [{{measure: A, {said}, source: 虛構}}]")


def finance(said: str) -> Sketch:
    """The clean case with printed cash."""
    return note(f"finance: {{{said}, source: 虛構}}")


CASH = "cash: ['-1,000,000 TWD', '400,000 TWD', '400,000 TWD', '400,000 TWD']"
MONTHS = "months: [{energy: '10,000 kWh', output: 20 t}, {energy: '12,000 kWh', output: 60 t}], source: 虛構}]"


def certificate(said: str, claimed: str = "") -> Sketch:
    """The clean case with one certificate."""
    return note(f"certificates: {{used: [{{{said}}}]{claimed}, source: 虛構}}")


def cut(rows: Rows) -> Rows:
    """The file ends a month before the period."""
    return rows[:8000]


def at(row: int, column: int, text: str) -> Sketch:
    """The clean meter file with one cell written otherwise."""
    return metered(lambda rows: [[*r[:column], text, *r[column + 1 :]] if i == row else r for i, r in enumerate(rows)])


def repeated(count: int) -> Sketch:
    """The clean meter file with one value on end."""
    return metered(lambda rows: [[r[0], "32.50"] if 2000 <= i < 2000 + count else r for i, r in enumerate(rows)])


def thousand(first: int, last: int, factor: float) -> Sketch:
    """The clean meter file with a part in another unit."""
    return metered(
        lambda rows: [[t, f"{float(v) * factor:.2f}"] if first <= i < last else [t, v] for i, (t, v) in enumerate(rows)]
    )


def workbook(fault: str) -> Sketch:
    """The clean meter as a workbook, with a formula never calculated, a hidden row, or readings merged over rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["time", "kWh"])
    for stamp, value in hours():
        sheet.append([dt.datetime.strptime(stamp, "%Y-%m-%d %H:%M"), float(value)])
    if fault == "formula":
        sheet["B50"] = "=B49+1"
    if fault == "hidden":
        sheet.row_dimensions[50].hidden = True
    if fault == "merged":
        sheet.merge_cells("B50:B53")
    out = io.BytesIO()
    book.save(out)
    return Sketch(more=f"meters:\n{meter(file='m.xlsx')}", files={"m.xlsx": out.getvalue()})


def register(fall: float) -> Sketch:
    """A register that falls by so much in June."""

    def running(rows: Rows) -> Rows:
        total, out = 0.0, []
        for i, (stamp, value) in enumerate([["2018-01-01 00:00", "0"], *[[t, v] for t, v in rows]]):
            total += float(value)
            later = rows[i][0] if i < len(rows) else "2019-01-01 00:00"
            out.append([later, f"{total - fall * (i > 4000):.2f}"])
            del stamp
        return out

    sketch = metered(running, more=", kind: register")
    return Sketch(more=sketch.more.replace("stamp: interval_start", "stamp: interval_end"), files=sketch.files)


def gap(count: int) -> Sketch:
    """The clean meter file without some rows, declared as reported."""
    return metered(lambda rows: rows[:500] + rows[500 + count :], more=", gaps: report")


CASES: dict[str, tuple[Sketch, Sketch]] = {
    "TB06": (Sketch(effects=""), Sketch()),
    "TB07": (
        note("set_points: [{measure: A, name: 壓力, before: 6.0 bar(g), after: 6.5 bar(g), source: 虛構}]"),
        note("set_points: [{measure: A, name: 壓力, before: 6.0 bar(g), after: 6.0 bar(g), source: 虛構}]"),
    ),
    "TB08": (
        two_measures(printed("saving_rate", "5.33 %", "M1")),
        two_measures(printed("saving_rate", "5.26 %", "M1")),
    ),
    "TB09": (
        Sketch(measures=(Intensity("A", "M1", cost="45,000"),), effects=""),
        Sketch(measures=(Intensity("A", "M1", cost="55,000"),), effects=""),
    ),
    "TB10": (billed("40,000 kWh"), billed("250,000 kWh")),
    "TB11": (submeter(0.85), submeter(0.92)),
    "TB12": (shown(printed("saving_rate", "5.00 %")), shown(printed("saving_rate", "5.26 %"))),
    "TB13": (two_measures(printed("saving", "5,263 kWh", "B")), two_measures(printed("saving", "5,093 kWh", "B"))),
    "TB14": (
        replaced("age: 21 yr, life: 20 yr, compared_class: IE1, rated_power: 30 kW"),
        replaced("age: 19 yr, life: 20 yr, compared_class: IE1, rated_power: 30 kW"),
    ),
    "TB15": (
        replaced("age: 12 yr, life: 20 yr, measure_life: 10 yr, baselines: one"),
        replaced("age: 10 yr, life: 20 yr, measure_life: 10 yr, baselines: one"),
    ),
    "TB16": (
        note("tags: [{measure: A, tag: P-101}, {measure: B, tag: P-101}]", measures=TWO, effects=FOR_TWO),
        note("tags: [{measure: A, tag: P-101}, {measure: B, tag: P-102}]", measures=TWO, effects=FOR_TWO),
    ),
    "TB18": (
        note("furnaces: [{machine: M1, product: steel_melt, output: 660 t, source: 虛構}]"),
        note("furnaces: [{machine: M1, product: steel_melt, output: 640 t, source: 虛構}]"),
    ),
    "TS15": (Sketch(energy="{basis: stated, energy: '250,000 kWh'}"), Sketch()),
    "TS18": (typed_twice(f"{{{READ}}}"), typed_twice("same as A.after")),
    "TA01": (shown(printed("saving", "13,400 kWh")), shown(printed("saving", "13,160 kWh"))),
    "TA02": (
        shown(printed("saving", "13,158 kWh", more=", parts: ['7,000 kWh', '6,155 kWh']")),
        shown(printed("saving", "13,158 kWh", more=", parts: ['7,000 kWh', '6,157 kWh']")),
    ),
    "TA03": (shown(printed("saving", "13,157.9 kWh")), shown(printed("saving", "13.2 MWh"))),
    "TA04": (
        shown(printed("payback", "2.5 yr", carrier=""), changes=[("2018-12-31", "2018-03-31"), ("4,000 h", "1,000 h")]),
        shown(printed("payback", "2.5 yr", carrier="")),
    ),
    "TA05": (
        note("lifetimes: [{of: A, saving: '131,580 kWh', years: 10 yr, source: 虛構}]"),
        note(
            "lifetimes: [{of: A, saving: '125,000 kWh', years: 10 yr, yearly_decline: 1 %, life_of_equipment: 10 yr, "
            "source: 虛構}]"
        ),
    ),
    "TA06": (
        metered(lambda rows: [*rows, ["合計", "999999"]]),
        metered(lambda rows: [*rows, ["合計", "999999"]], more=", total_rows: exclude"),
    ),
    "TA07": (
        note("intensities: [{printed: 350 kWh/t, " + MONTHS),
        note("intensities: [{printed: 275 kWh/t, " + MONTHS),
    ),
    "TA08": (thousand(1000, 3000, 1000.0), thousand(1000, 3000, 1.3)),
    "TC01": (Sketch(changes=[("{year: 2018, series: overall}", "{year: 2019, series: overall}")]), Sketch()),
    "TC02": (
        note("report_date: 2025-03-31", changes=[("{year: 2018, series: overall}", "{year: 2024, series: overall}")]),
        note("report_date: 2025-04-14", changes=[("{year: 2018, series: overall}", "{year: 2024, series: overall}")]),
    ),
    "TC03": (
        note("accounts: [{name: 廠區, basis: location}, {name: 綠電, basis: market}]"),
        note("accounts: [{name: 廠區, basis: location}, {name: 辦公室, basis: location}]"),
    ),
    "TC04": (
        certificate("id: R-1, energy: '1,000 kWh', retired: 107/6/1", ", claimed_for_covered: 0.5 tCO2e"),
        certificate("id: R-1, energy: '1,000 kWh', retired: 107/6/1", ", claimed_for_covered: 0 tCO2e"),
    ),
    "TC05": (
        certificate("id: R-1, energy: '1,000 kWh', retired: 108/1/1"),
        certificate("id: R-1, energy: '1,000 kWh', retired: 107/12/31"),
    ),
    "TC06": (
        note("conversions: [{name: 汽電, kind: own_generation, fuel_counted: yes, output_counted: yes, source: 虛構}]"),
        note("conversions: [{name: 汽電, kind: own_generation, fuel_counted: yes, output_counted: no, source: 虛構}]"),
    ),
    "TC07": (two_carriers(changes=[("  count_grid_as: AR5\n  because: constructed\n", "")]), two_carriers()),
    "TC08": (
        note("biogenic: {emission: 12 tCO2e, in_total: yes, source: 虛構}"),
        note("biogenic: {emission: 12 tCO2e, in_total: no, source: 虛構}"),
    ),
    "TC09": (shown(printed("emission_saving", "1.914 tCO2e")), shown(printed("emission_saving", "7.01 tCO2e"))),
    "TC10": (
        note("factor_gases: [{carrier: 蒸汽, gases: [CO2], called: CO2e, source: 虛構}]"),
        note("factor_gases: [{carrier: 蒸汽, gases: [CO2], called: CO2, source: 虛構}]"),
    ),
    "TC11": (
        Sketch(
            changes=[
                (
                    "{year: 2018, series: overall}",
                    "{id: electricity-tw-2021-generation_renewable_emitting_waste, because: 虛構}",
                )
            ]
        ),
        Sketch(),
    ),
    "TC12": (switch("80.9 tCO2e"), switch("-94.2 tCO2e")),
    "TC13": (
        Sketch(measures=(Pump("A", "M1"),), effects=""),
        Sketch(
            measures=(Pump("A", "M1"),),
            effects="{measure: A, on: refrigerant, amount: 12 kg R-410A 全數回收, source: 虛構}",
        ),
    ),
    "TC14": (note("line_loss_applied: 4 %"), note("line_loss_applied: 0 %")),
    "TC15": (
        shown(
            printed("saving", "13,158 kWh"), printed("emission_saving", "6.6 tCO2e", more=", factor: 0.533 kgCO2e/kWh")
        ),
        shown(
            printed("saving", "13,158 kWh"), printed("emission_saving", "7.0 tCO2e", more=", factor: 0.533 kgCO2e/kWh")
        ),
    ),
    "TF01": (
        shown(
            printed("cost_saving", "39,474 TWD"),
            printed("investment", "100,000 TWD", carrier=""),
            printed("payback", "2.2 yr"),
        ),
        shown(
            printed("cost_saving", "39,474 TWD"),
            printed("investment", "100,000 TWD", carrier=""),
            printed("payback", "2.5 yr"),
        ),
    ),
    "TF02": (
        shown(printed("saving", "13,158 kWh"), printed("cost_saving", "42,000 TWD", more=", factor: 3.0 TWD/kWh")),
        shown(printed("saving", "13,158 kWh"), printed("cost_saving", "39,474 TWD", more=", factor: 3.0 TWD/kWh")),
    ),
    "TF03": (finance(f"{CASH}, irr: 12.0 %"), finance(f"{CASH}, irr: 9.7 %")),
    "TF04": (
        finance(
            "subsidy: 300,000 TWD, subsidy_in_investment: yes, subsidy_in_cash: yes".replace("300,000 TWD", "30 萬元")
        ),
        finance("subsidy: 30 萬元, subsidy_in_investment: yes, subsidy_in_cash: no"),
    ),
    "TF05": (
        Sketch(measures=(Motor("A", "M1", cost="{hardware: 1.9 萬元}"),)),
        Sketch(measures=(Motor("A", "M1", cost="{hardware: 2.1 萬元}"),)),
    ),
    "TF06": (finance("escalation: 6 %"), finance("escalation: 5 %")),
    "TF07": (
        note("carbon_fee: {benefit: 2 萬元, plant_emissions: '24,900 tCO2e'}"),
        note("carbon_fee: {benefit: 2 萬元, plant_emissions: '25,100 tCO2e'}"),
    ),
    "TD01": (register(5000.0), register(0.0)),
    "TD02": (at(100, 1, "-5.00"), at(100, 1, "25.00")),
    "TD03": (
        machine("measured_power: 18.7 kW, line_voltage: 380 V, line_current: 100 A, power_factor: '0.85'"),
        machine("measured_power: 24 kW, line_voltage: 380 V, line_current: 100 A, power_factor: '0.85'"),
    ),
    "TD04": (
        machine("measured_power: 8 kW, line_voltage: 380 V, line_current: 100 A, power_factor: '0.85'"),
        machine("measured_power: 56 kW, line_voltage: 380 V, line_current: 100 A, power_factor: '0.85'"),
    ),
    "TD05": (repeated(24), repeated(23)),
    "TD06": (at(100, 1, "999.00"), at(100, 1, "36.90")),
    "TD07": (at(100, 0, "2018-01-05 03:00"), at(100, 0, "2018-01-05 4:00")),
    "TD08": (gap(3), gap(0)),
    "TD09": (
        metered(lambda rows: [[t[:-2] + "20", v] if i >= 4000 else [t, v] for i, (t, v) in enumerate(rows)]),
        metered(),
    ),
    "TD10": (metered(cut), metered()),
    "TD11": (
        Sketch(more=f"meters:\n{meter()}\n{bill('300,000 kWh', '90 萬元')}", files={"m.csv": meter_text()}),
        Sketch(more=f"meters:\n{meter()}\n{bill('286,000 kWh', '85.8 萬元')}", files={"m.csv": meter_text()}),
    ),
    "TD12": (Sketch(changes=[("2018-01-01", "0107-01-01")]), Sketch(changes=[("2018-01-01", "107/1/1")])),
    "TD13": (at(100, 1, "停機"), at(100, 1, "32.5")),
    "TD14": (workbook("formula"), workbook("")),
    "TD15": (workbook("hidden"), workbook("")),
    "TD16": (workbook("merged"), workbook("")),
    "TD18": (metered(lambda rows: [[*r, "9"] if i == 50 else r for i, r in enumerate(rows)]), metered()),
    "TD19": (
        note(f"files: [{{file: m.csv, sha256: {SEALED}}}]", files={"m.csv": meter_text() + "\n"}),
        note(f"files: [{{file: m.csv, sha256: {SEALED}}}]", files={"m.csv": meter_text()}),
    ),
    "TD20": (metered(more=", calibration_valid_to: 107/6/30"), metered(more=", calibration_valid_to: 108/6/30")),
    "TD21": (at(100, 1, "NA"), at(100, 1, "32.0")),
}
