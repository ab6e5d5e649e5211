"""Saved column maps: written, read back as the same, strict about what they hold, and the shipped ones read files."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import InputError
from energycalc.metering import MeterLayout, read_meter, total_energy_kwh
from energycalc.metering.layouts.column_map import ColumnMap, layout_from_map, map_of, read_column_map, write_column_map

SHIPPED = Path(__file__).parents[2] / "data" / "meter_layouts"


def test_a_declaration_survives_the_file(write, tmp_path):
    layout = write(
        calendar="roc", decimal_mark="point", delimiter="\t", not_numbers=("N/A", '"-"'), register_capacity=None,
        current_transformer_ratio="300/5", negative="allow", maximum_demand="1,500 kW", gaps="report", header_row=3,
    )  # fmt: skip
    path = write_column_map(map_of(layout, title="測試", note='with "quotes" and \\'), tmp_path / "map.toml")
    read = read_column_map(path)
    assert (read.title, read.note) == ("測試", 'with "quotes" and \\')
    assert layout_from_map(read, layout.file) == layout
    assert read.open_keys == ()


texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20).filter(lambda text: text.strip())


@settings(deadline=None)
@given(texts, texts, texts)
def test_every_header_survives_the_file(tmp_path_factory, time, column, note):
    path = tmp_path_factory.mktemp("map") / "map.toml"
    given_map = ColumnMap({"time_column": time, "column": column}, "", note)
    read = read_column_map(write_column_map(given_map, path))
    assert (read.declared, read.note) == (given_map.declared, note)


def test_a_map_is_used_for_another_file_with_changes(write, tmp_path):
    layout = write(stamp="interval_start")
    column_map = map_of(layout)
    assert not {"file", "meter", "declared_in"} & set(column_map.declared)
    other = tmp_path / "other.csv"
    changed = layout_from_map(column_map, other, meter="M2", ct_ratio="300/5", quantity_kind="power", unit="kW",
                              header_unit="ignore", header_unit_because="test")  # fmt: skip
    assert (changed.file, changed.meter, changed.multiplier) == (other, "M2", 60)
    assert changed.quantity_kind == "power" and changed.stamp == "interval_start"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('unit = "kWh"\nunit = "MWh"\n', "no TOML"),
        ('units = "kWh"\n', "no key of a column map"),
        ('file = "a.csv"\n', "no key of a column map"),
        ('quantity_kind = "power"\n', "no key of a column map"),
        ("header_row = true\n", "right kind"),
        ('header_row = "3"\n', "right kind"),
        ("unit = 5\n", "right kind"),
        ('not_numbers = "N/A"\n', "right kind"),
        ("not_numbers = [1]\n", "right kind"),
        ("ct_ratio = true\n", "right kind"),
        ("unit = kWh\n", "no TOML"),
        ("[meter]\nunit = 'kWh'\n", "no key of a column map"),
        ("# " + "x" * 100_000, "too large"),
    ],
)
def test_a_map_is_read_strictly(tmp_path, text, message):
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_column_map(path)


def test_a_missing_map_and_an_existing_one(tmp_path):
    with pytest.raises(InputError, match="cannot be opened"):
        read_column_map(tmp_path / "no.toml")
    path = write_column_map(ColumnMap({"unit": "kWh"}), tmp_path / "map.toml")
    with pytest.raises(InputError, match="already"):
        write_column_map(ColumnMap({"unit": "MWh"}), path)
    assert read_column_map(path).declared == {"unit": "kWh"}


def test_an_open_key_is_asked_for_and_an_unknown_change_refused(tmp_path):
    half = ColumnMap({"time_column": "t", "column": "kWh", "unit": "kWh"})
    with pytest.raises(InputError, match="kind, interval, stamp, midnight, time_zone are not declared"):
        layout_from_map(half, tmp_path / "a.csv")
    with pytest.raises(InputError, match="no key"):
        layout_from_map(half, tmp_path / "a.csv", units="kWh")
    with pytest.raises(InputError, match="not one of the known words"):
        layout_from_map(half, tmp_path / "a.csv", kind="energy", interval="15 min", stamp="interval_end",
                        midnight="ends_day", time_zone="Asia/Taipei")  # fmt: skip


def test_every_field_of_a_layout_has_its_key():
    fields = {each.name for each in dataclasses.fields(MeterLayout)} - {"file", "declared_in", "meter"}
    from energycalc.metering.layouts.column_map import KEYS
    from energycalc.metering.layouts.words import CASE_FILE_WORDS

    assert set(KEYS) == {CASE_FILE_WORDS.get(name, name) for name in fields}


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_maps_are_read_and_say_what_they_are(path):
    column_map = read_column_map(path)
    assert column_map.title and column_map.note


CW120 = """\
CW12x
File Type,0
MeasureMode,1
OUTPUT DATE,OUTPUT TIME,INTEG START DATE,INTEG START TIME,ELAPSED TIME,V1,I1,P,Q,PF,F,Wh(+),Wh(-)
2024/03/01,00:15:00,2024/03/01,00:00:00,00:15:00,220,50,11000,0,1,60,1000,0
2024/03/01,00:30:00,2024/03/01,00:00:00,00:30:00,220,50,11000,0,1,60,3750,0
2024/03/01,00:45:00,2024/03/01,00:00:00,00:45:00,220,50,11000,0,1,60,6500,0
"""  # rows made up, in the columns of the maker's manual


def test_a_yokogawa_file_is_read_by_its_map(tmp_path):
    path = tmp_path / "cw120.csv"
    path.write_text(CW120, encoding="utf-8")
    column_map = read_column_map(SHIPPED / "yokogawa_cw120.toml")
    assert set(column_map.open_keys) == {"interval", "time_zone"}
    series = read_meter(layout_from_map(column_map, path, interval="15 min", time_zone="Asia/Taipei"))
    assert total_energy_kwh(series) == pytest.approx(5.5) and str(series.interval_end[-1]) == "2024-03-01T00:45:00"


def test_a_hioki_like_file_is_read_by_its_map(tmp_path):
    path = tmp_path / "hioki.csv"
    rows = "2024/3/1,0:15:00,00:15:00,0,1.5\n2024/3/1,0:30:00,00:30:00,0,2\n"
    path.write_text("Date,Time,Etime,Status,P(kW)\n" + rows, encoding="utf-8")
    column_map = read_column_map(SHIPPED / "hioki_power_meter.toml")
    declared = {"column": "P(kW)", "unit": "kW", "kind": "power", "interval": "15 min"}
    assert total_energy_kwh(read_meter(layout_from_map(column_map, path, **declared))) == pytest.approx(0.875)


def test_a_local_export_is_read_by_the_generic_map(tmp_path):
    path = tmp_path / "export.csv"
    rows = '114/03/01 00:15,"1,234.5"\n114/03/01 00:30,900\n'
    path.write_text("日期時間,用電量(kWh)\n" + rows, encoding="cp950")
    column_map = read_column_map(SHIPPED / "taiwan_15_minutes.toml")
    series = read_meter(layout_from_map(column_map, path, stamp="interval_end", midnight="ends_day"))
    assert total_energy_kwh(series) == 2134.5 and str(series.interval_start[0]) == "2025-03-01T00:00:00"
