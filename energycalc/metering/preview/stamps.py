"""The stamps of the rows that are shown, in every reading that is possible: one if they are plain, else all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from energycalc.errors import EnergycalcError
from energycalc.metering.files import Look
from energycalc.metering.layouts.column_map import ColumnMap, layout_from_map
from energycalc.metering.stamps.reading import read_stamps

_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_DATES = ("%d{0}%m{0}%Y", "%m{0}%d{0}%Y")
_SHORT_DATES = ("%y{0}%m{0}%d", "%d{0}%m{0}%y", "%m{0}%d{0}%y")
_USUAL = {
    "interval": "1 h", "midnight": "starts_day", "stamp": "interval_start", "time_zone": "Asia/Taipei", "unit": "1",
    "kind": "interval_sum", "column": "",
}  # fmt: skip
_ABOUT_STAMPS = ("time_column", "clock_column", "date_format", "calendar", "time_zone")


@dataclass(frozen=True)
class StampReading:
    """One possible reading of the stamps.

    Attributes:
        keys: what must be declared for it; nothing when the stamps are plain.
        stamps: the stamps of the rows that are shown, as read.
    """

    keys: dict[str, Any]
    stamps: tuple[str, ...]

    @property
    def interval(self) -> str:
        """The most frequent distance of successive stamps, as a declaration writes it; empty where there is none."""
        clock = np.array([stamp.replace(" ", "T") for stamp in self.stamps if stamp], dtype="datetime64[s]")
        steps = [int(step) for step in np.diff(clock).astype(np.int64) if step > 0]
        if not steps:
            return ""
        seconds = Counter(steps).most_common(1)[0][0]
        for size, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
            if seconds % size == 0:
                return f"{seconds // size} {unit}"
        return f"{seconds} s"


def stamp_texts(look: Look, keys: dict[str, Any]) -> list[str]:
    """The stamps of the rows that are shown, as written; two columns joined. Nothing where no column is known."""
    headers = [keys[key] for key in ("time_column", "clock_column") if keys.get(key)]
    places = [look.header.index(header) for header in headers if header in look.header]
    if not places or len(places) < len(headers):
        return []
    rows = [row for row in (*look.first_rows, *look.last_rows) if len(row) > max(places)]
    if len(places) == 1:
        return [row[places[0]] for row in rows]
    return [f"{row[places[0]].removesuffix(' 00:00:00')} {row[places[1]]}" for row in rows]


def stamp_readings(look: Look, keys: dict[str, Any], path: Path) -> tuple[list[StampReading], str]:
    """Every reading of the stamps that is possible, and the refusal without a further declaration.

    Args:
        look: the file.
        keys: what is known and proposed, with the time column.
        path: the file, for messages.
    """
    texts = stamp_texts(look, keys)
    if not texts:
        return [], "no column of dates was found"
    wanted = {**_USUAL, **{key: keys[key] for key in _ABOUT_STAMPS if key in keys}}
    plain, refusal = _read(texts, wanted, {}, look, path)
    if plain is not None:
        return [plain], ""
    if "date_format" in keys:
        return [], refusal
    separator = next((sign for sign in "/-." if sign in texts[0]), "")
    more: list[dict[str, Any]] = [{"calendar": "roc"}, {"date_format": "excel_1900"}, {"date_format": "excel_1904"}]
    more += [{"date_format": date.format(separator) + clock} for date in _DATES for clock in _CLOCKS]
    more += [
        {"date_format": date.format(separator) + clock, "calendar": "gregorian"}
        for date in _SHORT_DATES
        for clock in _CLOCKS
    ]
    readings = [_read(texts, wanted, each, look, path)[0] for each in more if not set(each) & set(keys)]
    return [reading for reading in readings if reading is not None], refusal


def _read(
    texts: list[str], wanted: dict[str, Any], more: dict[str, Any], look: Look, path: Path
) -> tuple[StampReading | None, str]:
    try:
        layout = layout_from_map(ColumnMap({**wanted, **more}), path)
        ends, _ = read_stamps(texts, list(range(1, len(texts) + 1)), layout, look.date_system)
    except EnergycalcError as error:
        return None, error.sentence()
    return StampReading(more, tuple(str(end).replace("T", " ") for end in ends)), ""
