"""Statements of a case that cannot all be true are refused with their line; the same case without them is read."""

import re
from pathlib import Path

import pytest

from energycalc.apps.starter_technology import technology_case
from energycalc.case.case_file import case_from_text, load_case
from energycalc.data_files import examples_folder
from energycalc.errors import CaseFileError, InputError
from energycalc.quantity import Quantity

EXAMPLE = examples_folder() / "steel_plant"
TEXT = (EXAMPLE / "case.yaml").read_text(encoding="utf-8")
LATER = TEXT.index("  - id: D2")


def refused(text: str) -> str:
    with pytest.raises(CaseFileError) as caught:
        case_from_text(text, folder=EXAMPLE)
    return str(caught.value)


def changed(old: str, new: str, start: int = 0) -> str:
    assert old in TEXT[start:]
    return TEXT[:start] + TEXT[start:].replace(old, new, 1)


def test_the_example_contradicts_nothing() -> None:
    assert load_case(EXAMPLE).measures


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        (changed('"3,300 h", uncertainty: 3 %', '"8,770 h"'), "measures[0].common.operating_hours", "8,760 h"),
        (changed('hours: "1,500 h"', 'hours: "6,900 h"'), "measures[2].common.demand", "8,760 h"),
        (
            changed("oxygen_dry: same as D1.after", "oxygen_dry: same as D1.before", LATER),
            "measures[5].before.flue_gas_oxygen_dry",
            'write "same as D1.after"',
        ),
        (
            changed(
                "discharge_pressure: {value: 7.0 bar(g), uncertainty",
                "discharge_pressure: {value: 9.0 bar(g), uncertainty",
            ),
            "measures[3].before.discharge_pressure",
            "C1.common",
        ),
        (changed("fuel: same as D1.common", "fuel: methane", LATER), "measures[5].common.fuel", "contradicts"),
        (changed("count_grid_as: AR5", "count_grid_as: AR6"), "factors.count_grid_as", "AR5 of natural_gas"),
        (changed('value: "112,400 m3"', "value: 11 萬度"), "bills[0].quantity", "1 度是 1 m3"),
        (changed('value: "112,400 m3"', 'value: "950,000 kWh[LHV]"'), "bills[1].quantity", "write all alike"),
    ],
)
def test_a_contradiction_is_refused_with_its_place(text: str, path: str, words: str) -> None:
    message = refused(text)
    assert f", {path}: " in message
    assert "case.yaml, line " in message
    assert words in message


def test_hours_up_to_the_period_are_read() -> None:
    case = case_from_text(changed('"3,300 h", uncertainty: 3 %', '"8,760 h"'), folder=EXAMPLE)
    assert case.measures[0].common["operating_hours"].value == 8760


def test_a_reading_written_again_with_the_same_digits_is_no_contradiction() -> None:
    text = changed("oxygen_dry: same as D1.after", "oxygen_dry: 3.5 %", LATER)
    case = case_from_text(text, folder=EXAMPLE)
    assert case.measures[5].before["flue_gas_oxygen_dry"] is not case.measures[4].after["flue_gas_oxygen_dry"]


def test_same_as_is_the_very_same_input() -> None:
    case = load_case(EXAMPLE)
    assert case.measures[5].before["flue_gas_oxygen_dry"] is case.measures[4].after["flue_gas_oxygen_dry"]


MACHINE = (
    "        - {id: F-0%d, name: furnace, process: heat_treatment, energy: {natural_gas: {basis: billed, share: %s}}}\n"
)


@pytest.mark.parametrize(("share", "fits"), [("15 %", True), ("16 %", False)])
def test_shares_end_at_the_whole(share: str, fits: bool) -> None:
    at = TEXT.index("    - id: U1")
    text = TEXT[:at] + MACHINE % (2, share) + TEXT[at:]
    if fits:
        assert case_from_text(text, folder=EXAMPLE)
    else:
        assert "shares end at 100 %" in refused(text)


def test_one_column_is_one_meter() -> None:
    start, end = TEXT.index("  - id: MAIN"), TEXT.index("bills:")
    again = TEXT[start:end].replace("id: MAIN", "id: AGAIN")
    assert "would count twice" in refused(TEXT[:end] + again + TEXT[end:])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("uncertainty: 4 pt, source: 爐前", "uncertainty: 4 %, source: 爐前", '"4 pt" or "4 % of value"'),
        ("uncertainty: 4 pt, source: 爐前", "uncertainty: 16 pt, source: 爐前", "limits of error included"),
        ("uncertainty: 4 pt, source: 爐前", "uncertainty: 4, source: 爐前", "has no unit"),
        ("52.4 kW, uncertainty: 2 %", "52.4 kW, uncertainty: 2 kPa", "percentage points"),
        ("52.4 kW, uncertainty: 2 %", "52.4 kW, uncertainty: 0 %", "larger than zero"),
    ],
)
def test_an_uncertainty_that_cannot_be_meant_is_refused(old: str, new: str, words: str) -> None:
    assert words in refused(changed(old, new))


@pytest.mark.parametrize(("stated", "half"), [("4 pt", 4.0), ("4 % of value", 3.4), ("0.04", None)])
def test_points_and_percent_of_the_value_differ(stated: str, half: float | None) -> None:
    text = changed("uncertainty: 4 pt, source: 爐前", f"uncertainty: {stated}, source: 爐前")
    if half is None:
        refused(text)
        return
    use = case_from_text(text, folder=EXAMPLE).plant.lines[1].machines[0].energy["natural_gas"]
    share = use.share  # type: ignore[union-attr]
    assert isinstance(share, Quantity) and share.uncertainty is not None
    assert share.uncertainty.standard_uncertainty == pytest.approx(half / 3**0.5)


def test_a_year_of_the_republic_is_understood() -> None:
    case = case_from_text(changed("electricity: {year: 2018", "electricity: {year: 107"), folder=EXAMPLE)
    assert case.factors.electricity is not None and case.factors.electricity.year == 2018


def test_a_meter_file_outside_the_case_is_refused(tmp_path: Path) -> None:
    case = case_from_text(changed("file: steel_kr_2018_15min.csv.gz", "file: ../elsewhere.csv"), folder=tmp_path)
    with pytest.raises(InputError, match="folder of the case"):
        case.meters[0].layout(tmp_path)


def test_costs_need_the_year_of_their_money() -> None:
    start, end = TEXT.index("prices:"), TEXT.index("kloe:")
    assert "money_year" in refused(TEXT[:start] + TEXT[end:])


SHORT = [  # technology, what its worked example says, the same in a period of 31 days, too much for it
    ("machine_tool_standby", '"hours": "8 h"', '"hours": "400 h"', "measures[0].before.states: 800 h is more"),
    ("cooling_tower", '"hours": "1 h"', '"hours": "745 h"', "measures[0].common.profile: 745 h is more"),
    ("standby_schedule", '"hours": "8 h"', '"hours": "745 h"', "measures[0].before.standby_loads: 745 h is more"),
    ("motor_replacement", '"8,760 h"', '"745 h"', "measures[0].common.operating_hours: 745 h is more"),
]


@pytest.mark.parametrize(("technology", "said", "longer", "found"), SHORT)
def test_hours_longer_than_the_period_are_refused_whatever_they_are_called(
    technology: str, said: str, longer: str, found: str
) -> None:
    text = technology_case(technology, "en").replace("last_day: 113/12/31", "last_day: 113/1/31")
    assert said in text
    with pytest.raises(CaseFileError, match=re.escape(found)):
        case_from_text(text.replace(said, longer))
    fitting = text.replace(said, longer.replace("745", "744").replace("400", "372"))
    if technology == "machine_tool_standby":
        fitting = fitting.replace('"16 h"', '"744 h"')
    assert case_from_text(fitting).period.days == 31


def test_loads_beside_one_another_may_together_have_more_hours_than_the_period() -> None:
    text = technology_case("standby_schedule", "en")
    row = text[text.index('        - {"load_name"') :].splitlines()[0]
    long = row.replace('"8 h"', '"8,000 h"')
    assert case_from_text(text.replace(row, f"{long}\n" + long.replace('"line"', '"fans"'), 1))
