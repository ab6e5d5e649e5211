"""Every key of a meter in a case file reaches the layout, and the ones that cannot be meant are refused."""

import dataclasses
from pathlib import Path

import pytest

from energycalc.case.case_file import case_from_text
from energycalc.case.meters import Meter, MeterFile
from energycalc.data_files import examples_folder
from energycalc.errors import CaseFileError
from energycalc.metering import MeterLayout
from energycalc.metering.layouts.column_map import KEYS

STEEL = (examples_folder() / "steel_plant" / "case.yaml").read_text(encoding="utf-8")
PLACE = "    time_zone: Asia/Seoul\n"


def layout_with(*lines: str) -> MeterLayout:
    assert STEEL.count(PLACE) == 1
    text = STEEL.replace(PLACE, PLACE + "".join(f"    {line}\n" for line in lines))
    return case_from_text(text, name="case.yaml").meters[0].layout(Path("folder"))


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("clock_column: NSM", "clock_column", "NSM"),
        ("sheet: 工作表1", "sheet", "工作表1"),
        ("calendar: roc", "calendar", "roc"),
        ("decimal_mark: comma", "decimal_mark", "comma"),
        ('not_numbers: ["N/A", "#DIV/0!"]', "not_numbers", ("N/A", "#DIV/0!")),
        ("hidden: exclude", "hidden", "exclude"),
        ("total_rows: exclude", "total_rows", "exclude"),
        ("calibration_valid_to: 114/05/31", "calibration_valid_to", "2025-05-31"),
        ("delimiter: tab", "delimiter", "\t"),
        ('delimiter: ";"', "delimiter", ";"),
    ],
)
def test_a_key_reaches_the_layout(line: str, field: str, value: object) -> None:
    plain = layout_with()
    assert getattr(plain, field) != value
    assert getattr(layout_with(line), field) == value


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("calendar: julian", "calendar"),
        ("hidden: show", "hidden"),
        ("total_rows: keep", "total_rows"),
        ("decimal_mark: ';'", "decimal_mark"),
        ("not_numbers: N/A", "not_numbers"),
        ("calibration_valid_to: soon", "calibration_valid_to"),
        ("sheet:", "sheet"),
    ],
)
def test_a_word_that_is_not_known_is_refused_with_its_line(line: str, part: str) -> None:
    with pytest.raises(CaseFileError) as refused:
        layout_with(line)
    assert part in str(refused.value) and "line" in str(refused.value)


def test_a_driver_is_no_meter_of_a_case() -> None:
    text = STEEL.replace("    kind: interval_energy\n", "    kind: interval_mean\n")
    with pytest.raises(CaseFileError, match="driver"):
        case_from_text(text, name="case.yaml")


def test_a_meter_has_every_key_of_a_column_map() -> None:
    assert set(KEYS) <= set(MeterFile.model_fields) <= set(Meter.model_fields)
    assert {each.name for each in dataclasses.fields(MeterLayout)} - set(KEYS) >= {"file", "meter", "declared_in"}
