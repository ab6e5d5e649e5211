"""``energycalc meter``: what is shown in both languages, and the map that is saved."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from energycalc.apps.cli import app
from energycalc.apps.meter_preview import map_path, read_settings
from energycalc.errors import InputError
from energycalc.metering.layouts.column_map import read_column_map

ROWS = "".join(f"2024-03-01 {h:02d}:{m:02d},{1 + (h + m) % 3}\n" for h in range(1, 7) for m in (0, 15, 30, 45))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "meter.csv"
    path.write_text("time,用電量(kWh)\n" + ROWS, encoding="utf-8")
    return path


def run(*words: object, columns: str = "160"):
    return CliRunner(env={"COLUMNS": columns}).invoke(app, ["meter", *map(str, words)])


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("Still open", "stamp: ?", "15 min", "interval_end")),
        ("zh-TW", ("尚待確認", "stamp: ?", "欄名單位為 kWh")),
    ],
)
def test_the_preview_is_shown_in_both_languages(file, language, expected):
    shown = run(file, "--lang", language)
    assert shown.exit_code == 0, shown.output
    assert all(text in shown.output for text in expected)


def test_a_map_is_saved_with_what_is_settled_and_used_again(file, tmp_path):
    saved = tmp_path / "map.toml"
    settings = ("--set", "stamp=interval_end", "--set", "midnight=starts_day", "--set", "kind=interval_energy")
    shown = run(file, *settings, "--save-map", saved, "--lang", "en")
    assert shown.exit_code == 0 and "?" not in shown.output.split("Declaration so far")[1]
    declared = read_column_map(saved).declared
    assert (
        declared["stamp"] == "interval_end" and declared["column"] == "用電量(kWh)" and declared["interval"] == "15 min"
    )
    again = run(file, "--map", saved, "--lang", "en")
    assert again.exit_code == 0 and "stamp  Which end" not in again.output


def test_open_keys_are_named_when_a_map_is_saved(file, tmp_path):
    shown = run(file, "--save-map", tmp_path / "map.toml", "--lang", "en")
    assert "Left open in it" in shown.output and "stamp" not in read_column_map(tmp_path / "map.toml").declared


def test_a_shipped_map_is_found_by_its_name():
    assert map_path("yokogawa_cw120").name == "yokogawa_cw120.toml"
    with pytest.raises(InputError, match="no such column map") as refused:
        map_path("siemens")
    assert "yokogawa_cw120" in refused.value.limit


def test_a_file_that_cannot_be_read_ends_with_1_and_says_why(file):
    file.write_text("time,kWh\n" + ROWS.replace(",2\n", ",abc\n", 1), encoding="utf-8")
    shown = run(file, "--lang", "en")
    assert shown.exit_code == 1 and "not a number" in shown.output


def test_settings_are_keys_and_values():
    assert read_settings(['header_row=3', 'not_numbers=["N/A"]', "ct_ratio=300/5", "unit=1"]) == {
        "header_row": 3, "not_numbers": ["N/A"], "ct_ratio": "300/5", "unit": "1",
    }  # fmt: skip
    for wrong in ("stamp", "=3", "header_row=three"):
        with pytest.raises(InputError):
            read_settings([wrong])
