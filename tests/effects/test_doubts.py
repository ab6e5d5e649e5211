"""Each doubt is raised on its fault, with its id, and stays silent on the clean example."""

import datetime as dt
from pathlib import Path

import pytest

from energycalc import assess, published_factors
from energycalc.assessment import Assessment
from energycalc.case.case_file import case_from_text, load_case
from energycalc.data_files import examples_folder
from energycalc.effects.meters import meters_of
from energycalc.errors import EnergycalcError, OutOfRange
from energycalc.metering import MeterSeries

EXAMPLE = examples_folder() / "steel_plant"
TEXT = (EXAMPLE / "case.yaml").read_text(encoding="utf-8")
NOTES = {"metering.zero_readings", "uncertainty.partly_stated", "compressor_pressure.all_energy_loaded"}


@pytest.fixture(scope="module")
def meters() -> dict[str, MeterSeries]:
    return meters_of(load_case(EXAMPLE))


def assessed(text: str, meters: dict[str, MeterSeries]) -> Assessment:
    return assess(case_from_text(text, folder=EXAMPLE), published_factors(), meters=meters)


def ids(text: str, meters: dict[str, MeterSeries]) -> set[str]:
    return {f.id for f in assessed(text, meters).findings}


AFTER_B = "94.5 %, uncertainty: 0.4 pt"


def changed(*pairs: tuple[str, str]) -> str:
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_the_example_raises_nothing_but_notes(meters: dict[str, MeterSeries]) -> None:
    findings = assessed(TEXT, meters).findings
    assert {f.id for f in findings} == NOTES
    assert {f.severity for f in findings} == {"note"}


ELECTRICITY_BILL = (
    "bills:\n  - {{id: E, carrier: electricity, first_day: 107/1/1, last_day: 107/12/31, "
    "quantity: {kwh}, amount: {amount}}}\n"
)


FORGOTTEN = ELECTRICITY_BILL.format(kwh="96 度", amount="278 元")  # 萬 left out


@pytest.mark.parametrize(
    ("id", "severity", "pairs"),
    [
        ("energy.model_differs", "warning", [("average_power: {value: 22 kW", "average_power: {value: 44 kW")]),
        (
            "energy.meter_differs_from_bill",
            "warning",
            [("bills:\n", ELECTRICITY_BILL.format(kwh="96 度", amount="278 元"))],
        ),
        ("money.bill_differs_from_price", "warning", [("amount: {value: 157.4 萬元", "amount: {value: 15.74 萬元")]),
        ("factor.other_year", "warning", [("electricity: {year: 2018", "electricity: {year: 2017")]),
        ("factor.heat_value_differs", "warning", [('value: "8,050 kcal', 'value: "8,900 kcal')]),
        ("money.other_year", "note", [("money_year: 2018", "money_year: 2025")]),
        ("kloe.inferred", "warning", [("kloe: consumption", "kloe: primary")]),
        ("energy.bills_do_not_fill_period", "warning", [("last_day: 107/6/30", "last_day: 107/6/29")]),
        ("energy.bills_do_not_fill_period", "error", [("last_day: 107/6/30", "last_day: 107/7/2")]),
        (
            "measure.not_distinguishable_from_zero",
            "warning",
            [(AFTER_B, "92.4 %, uncertainty: 0.4 pt")],
        ),
        (
            "measure.uses_more",
            "warning",
            [
                ("type: centrifugal", "type: centrifugal"),
                ("94.5 %, uncertainty: 0.4 pt", "90.0 %, uncertainty: 0.4 pt"),
            ],
        ),
        ("furnace.fuel_differs_from_bill", "warning", [("fuel: natural_gas_us_typical", "fuel: {hydrogen: 100 %}")]),
        ("energy.machines_exceed_meter", "error", [("energy: {value: 45 MWh", "energy: {value: 645 MWh")]),
    ],
)
def test_a_fault_is_doubted_by_its_id(
    id: str, severity: str, pairs: list[tuple[str, str]], meters: dict[str, MeterSeries]
) -> None:
    raised = {(f.id, f.severity) for f in assessed(changed(*pairs), meters).findings}
    assert (id, severity) in raised


def test_a_meter_that_agrees_with_its_bill_is_not_doubted(meters: dict[str, MeterSeries]) -> None:
    text = changed(("bills:\n", ELECTRICITY_BILL.format(kwh='"955,000 kWh"', amount='"2,770,000 元"')))
    assert ids(text, meters) == NOTES


def test_machines_above_the_meter_within_their_uncertainty_are_a_note(meters: dict[str, MeterSeries]) -> None:
    text = changed(("energy: {value: 45 MWh", "energy: {value: 571 MWh"))
    raised = {(f.id, f.severity) for f in assessed(text, meters).findings}
    assert ("energy.machines_exceed_meter", "note") in raised


def test_a_refusal_of_a_technology_names_file_line_and_path(meters: dict[str, MeterSeries]) -> None:
    text = changed(
        ("flow_fraction: {value: 80 %, uncertainty: 4 pt}", "flow_fraction: {value: 115 %, uncertainty: 4 pt}")
    )
    with pytest.raises(EnergycalcError, match=r"case\.yaml, line \d+, measures\[2\]"):
        assessed(text, meters)


def test_a_preheat_above_the_flue_gas_is_refused(meters: dict[str, MeterSeries]) -> None:
    text = changed(("combustion_air_temperature: {value: 300 °C", "combustion_air_temperature: {value: 800 °C"))
    with pytest.raises(OutOfRange, match=r"case\.yaml, line \d+, measures\[[45]\].*hotter"):
        assessed(text, meters)


def test_a_gas_meter_in_cubic_metres_counts_by_its_heat_value(tmp_path: Path) -> None:
    start = dt.datetime(2018, 1, 1)
    rows = ["time,gas_m3", *(f"{start + dt.timedelta(days=i + 1):%Y-%m-%d %H:%M},500" for i in range(365))]
    (tmp_path / "gas.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "steel_kr_2018_15min.csv.gz").write_bytes((EXAMPLE / "steel_kr_2018_15min.csv.gz").read_bytes())
    meter = (
        "  - {id: GAS, carrier: natural_gas, role: main, file: gas.csv, time_column: time, column: gas_m3,\n"
        "     unit: m3, kind: interval_volume, interval: 24 h, stamp: interval_end, midnight: starts_day,\n"
        "     time_zone: Asia/Taipei}\n\n"
    )
    case = case_from_text(TEXT.replace("bills:\n", meter + "bills:\n", 1), folder=tmp_path)
    found = assess(case, published_factors())
    gas = next(r for r in found.effects.reconciliations if r.carrier == "natural_gas")
    bills = {b.id: b for b in case.bills}
    volumes = [float(bills[b].quantity.value) for b in ("GAS-H1", "GAS-H2")]
    mean = (volumes[0] * 8050 + volumes[1] * 8020) / sum(volumes)
    assert gas.metered is not None
    assert gas.metered.value == pytest.approx(365 * 500 * mean * 4186.8 / 3.6e6, rel=1e-9)
