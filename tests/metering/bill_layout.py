"""How a table of bills or months is read, for the tests of such tables."""

from pathlib import Path

from energycalc.metering import MeterLayout


def bill_layout(file: Path, **changes: object) -> MeterLayout:
    """The declaration of the table, with some words changed."""
    words: dict[str, object] = {
        "file": file,
        "time_column": "read_date",
        "value_column": "use",
        "unit": "kWh",
        "quantity_kind": "interval_energy",
        "interval": "1 d",
        "stamp": "interval_start",
        "midnight": "starts_day",
        "time_zone": "Asia/Taipei",
    }
    return MeterLayout(**(words | changes))  # type: ignore[arg-type]
