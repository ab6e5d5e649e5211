"""Small constructed meter files: all numbers in them are made up for the tests."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from energycalc.metering import MeterLayout, MeterSeries, read_meter

ROOT = Path(__file__).parents[2]
STEEL = ROOT / "examples" / "steel_plant" / "steel_kr_2018_15min.csv.gz"

CLEAN = (
    ("2024-03-01 00:15", "1.5"),
    ("2024-03-01 00:30", "2"),
    ("2024-03-01 00:45", "0"),
    ("2024-03-01 01:00", "2.25"),
    ("2024-03-01 01:15", "3"),
    ("2024-03-01 01:30", "1"),
)

Write = Callable[..., MeterLayout]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows as a csv and declare it; ``header`` names the column, other keywords change the declaration."""

    def make(rows: Sequence[tuple[str, str]] = CLEAN, header: str = "kWh", **declared: Any) -> MeterLayout:
        path = tmp_path / "meter.csv"
        path.write_text(f"time,{header}\n" + "".join(f"{time},{value}\n" for time, value in rows), encoding="utf-8")
        return layout_of(path, **({"value_column": header} | declared))

    return make


def layout_of(path: Path, **declared: Any) -> MeterLayout:
    usual: dict[str, Any] = {
        "file": path,
        "time_column": "time",
        "value_column": "kWh",
        "unit": "kWh",
        "quantity_kind": "interval_energy",
        "interval": "15 min",
        "stamp": "interval_end",
        "midnight": "starts_day",
        "time_zone": "Asia/Taipei",
    }
    return MeterLayout(**(usual | declared))


@pytest.fixture(scope="session")
def layout() -> Callable[..., MeterLayout]:
    """Declare a file that the test has written itself."""
    return layout_of


@pytest.fixture
def clean() -> tuple[tuple[str, str], ...]:
    """Six clean rows of a quarter of an hour each, 9.75 kWh, one of them zero."""
    return CLEAN


@pytest.fixture(scope="session")
def steel_layout() -> Callable[..., MeterLayout]:
    """The declaration of the real meter file of the steel plant."""

    def make(**declared: Any) -> MeterLayout:
        usual = {
            "time_column": "date",
            "value_column": "Usage_kWh",
            "midnight": "ends_day",
            "time_zone": "Asia/Seoul",
            "date_format": "%d/%m/%Y %H:%M",
        }
        return layout_of(declared.pop("file", STEEL), **(usual | declared))

    return make


@pytest.fixture(scope="session")
def steel(steel_layout: Callable[..., MeterLayout]) -> MeterSeries:
    return read_meter(steel_layout())
