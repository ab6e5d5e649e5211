"""How the steel plant's meter file is read, for tests of several rooms."""

from energycalc.data_files import examples_folder
from energycalc.metering import MeterLayout


def steel_layout(**changes: object) -> MeterLayout:
    """The declaration of the example, with some words changed."""
    words: dict[str, object] = {
        "file": examples_folder() / "steel_plant" / "steel_kr_2018_15min.csv.gz",
        "time_column": "date",
        "value_column": "Usage_kWh",
        "unit": "kWh",
        "quantity_kind": "interval_energy",
        "interval": "15 min",
        "stamp": "interval_end",
        "midnight": "ends_day",
        "time_zone": "Asia/Seoul",
        "date_format": "%d/%m/%Y %H:%M",
        "meter": "MAIN",
    }
    return MeterLayout(**(words | changes))  # type: ignore[arg-type]
