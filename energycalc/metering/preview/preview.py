"""A file before it is declared: what was understood, what it would give, and what a person must still say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from energycalc.errors import EnergycalcError
from energycalc.finding import Finding
from energycalc.metering.doubts.series import series_findings
from energycalc.metering.files import Look, look_at
from energycalc.metering.layouts.column_map import ColumnMap, layout_from_map
from energycalc.metering.notices import Notice
from energycalc.metering.preview.columns import METERS, ColumnView, column_views, driver_kind
from energycalc.metering.preview.questions import Asked, Question, open_questions
from energycalc.metering.preview.stamps import StampReading, stamp_readings, stamp_texts
from energycalc.metering.reading import read_meter
from energycalc.metering.series import MeterSeries

LENIENT = {
    "empty": "exclude",
    "gaps": "report",
    "duplicates": "keep_first",
    "hidden": "include",
    "total_rows": "exclude",
}
"""Policies of the trial reading only, so that as much as possible is seen; a declaration starts from refusal."""
_KIND_OF = {"energy": "interval_energy", "register": "register", "power": "power", "volume": "interval_volume"}
SHOWN_FIRST, SHOWN_LAST = 5, 3


@dataclass(frozen=True)
class SampleRow:
    """One row as written, and as it was read (empty where it could not be)."""

    stamp: str
    stamp_read: str
    reading: str


@dataclass(frozen=True)
class Understood:
    """What a trial reading gives.

    Attributes:
        first, last: start of the first and end of the last slot, local clock time.
        rows: rows used.
        excluded: rows left out, by reason.
        missing: slots without reading.
        total: amount of the whole file in ``unit``; ``None`` for a driver that is averaged.
        unit: unit of the amounts.
        peak_kw: highest demand; ``None`` for volumes and drivers.
        sha256: SHA-256 of the file.
    """

    first: str
    last: str
    rows: int
    excluded: tuple[tuple[str, int], ...]
    missing: int
    total: float | None
    unit: str
    peak_kw: float | None
    sha256: str


@dataclass(frozen=True)
class Preview:
    """What a person sees before declaring how a file is to be read.

    Attributes:
        name: name of the file.
        look: what it is: true type, codec, delimiter, sheets, header, rows.
        columns: a proposal for each column.
        declared: keys that were declared, and those that the file settles.
        proposed: keys that are proposed only, with a question open for each that matters.
        rows: first and last rows, as written and as read.
        understood: what the proposal would give; ``None`` where it cannot be read.
        refused: the sentence of the refusal, where it cannot be read.
        notices: what was understood rather than plain.
        findings: what is odd about the readings.
        questions: what must still be said, each with its possible answers and what they mean for this file.
    """

    name: str
    look: Look
    columns: tuple[ColumnView, ...]
    declared: dict[str, Any]
    proposed: dict[str, Any]
    rows: tuple[SampleRow, ...]
    understood: Understood | None
    refused: str
    notices: tuple[Notice, ...]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]

    @property
    def open_keys(self) -> tuple[str, ...]:
        """Keys with several possible answers, which a person must settle."""
        both = tuple(question.key for question in self.questions if len(question.answers) > 1)
        return tuple(key for key in both if key != "ct_ratio")

    @property
    def column_map(self) -> ColumnMap:
        """What is declared, settled or proposed without an alternative, to be saved; other keys stay open in it."""
        open_keys = {*self.open_keys, *({"calendar"} if "date_format" in self.open_keys else ())}
        alone = {key: value for key, value in self.proposed.items() if key not in open_keys}
        return ColumnMap({**self.declared, **alone}, name=self.name)


def preview(path: str | Path, declared: ColumnMap | None = None, *, sheet: str | None = None) -> Preview:
    """Look at a meter file, propose how it may be read, and list what must still be declared.

    Args:
        path: the file.
        declared: keys that are known already, e.g. a shipped or saved map.
        sheet: sheet of a workbook.

    Returns:
        The preview. Nothing in it is a result: totals are those of a trial.

    Raises:
        MeterDataError: the file cannot be opened, or is of a kind that is not read.
    """
    path, given = Path(path), dict(declared.declared) if declared else {}
    if sheet is not None:
        given["sheet"] = sheet
    look = look_at(
        path, given.get("sheet"), encoding=given.get("encoding", "auto"), delimiter=given.get("delimiter", "auto")
    )
    columns = column_views(look)
    known = {**_settled(look, given), **given}
    proposed = _proposed(look, columns, known)
    readings, clock_refusal = stamp_readings(look, {**proposed, **known}, path)
    trial, refusal = Trial(None, readings[0] if readings else StampReading({}, ())), clock_refusal
    for reading in readings:
        usual = _usual(reading, {**proposed, **known})
        tried, why = _trial(path, {**usual, **proposed, **known, **reading.keys}, "midnight" not in known)
        refusal = refusal or why
        if tried is not None and (trial.series is None or _gaps(tried) < _gaps(trial.series)):
            trial = Trial(tried, reading)
    refusal = "" if trial.series is not None else refusal
    proposed = {**_usual(trial.stamps, {**proposed, **known}), **proposed, **trial.stamps.keys}
    if trial.series is not None:
        proposed["midnight"] = trial.series.layout.midnight
    proposed = {key: value for key, value in proposed.items() if value and key not in known}
    asked = Asked(look, columns, known, proposed, tuple(readings), trial.stamps, trial.series)
    return Preview(
        path.name,
        look,
        columns,
        known,
        proposed,
        _sample(look, {**proposed, **known}, trial.stamps.stamps),
        None if trial.series is None else _understood(trial.series),
        refusal,
        tuple({n.kind: n for n in (*look.notices, *(trial.series.notices if trial.series else ()))}.values()),
        () if trial.series is None else series_findings(trial.series),
        open_questions(asked),
    )


class Trial(NamedTuple):
    """The series of the first reading that works, and that reading of the stamps."""

    series: MeterSeries | None
    stamps: StampReading


def _gaps(series: MeterSeries) -> int:
    return len(series.ledger.missing)


def _usual(stamps: StampReading, keys: dict[str, Any]) -> dict[str, Any]:
    """What a file like this usually needs beside: the interval of its stamps and the end that they name."""
    at_midnight = stamps.stamps[:1] and stamps.stamps[0].endswith("00:00:00")
    end = "interval_start" if at_midnight and keys.get("kind") != "register" else "interval_end"
    return {"interval": stamps.interval, "time_zone": "Asia/Taipei", "stamp": end}


def _settled(look: Look, given: dict[str, Any]) -> dict[str, Any]:
    """Keys that the bytes of the file settle."""
    settled: dict[str, Any] = {"header_row": look.header_row_guess}
    if look.encoding:
        settled["encoding"] = "utf-8" if look.encoding == "utf-8-sig" else look.encoding
    if look.delimiter:
        settled["delimiter"] = look.delimiter
    if len(look.sheets) > 1:
        settled["sheet"] = look.sheet
    return {key: value for key, value in settled.items() if key not in given}


def _proposed(look: Look, columns: tuple[ColumnView, ...], known: dict[str, Any]) -> dict[str, Any]:
    by_role: dict[str, ColumnView] = {}
    for column in columns:
        by_role.setdefault(column.role, column)
    proposed: dict[str, Any] = {}
    if "time" in by_role:
        proposed["time_column"] = by_role["time"].header
    elif "date" in by_role:
        proposed["time_column"] = by_role["date"].header
        if "clock" in by_role:
            proposed["clock_column"] = by_role["clock"].header
    named = next((column for column in columns if column.header == known.get("column")), None)
    chosen = named or next((by_role[role] for role in (*METERS, "driver") if role in by_role), None)
    if chosen is not None:
        proposed["column"] = chosen.header
        proposed["kind"] = _KIND_OF.get(chosen.role) or driver_kind(chosen.header)
        proposed["unit"] = chosen.unit or {"energy": "kWh", "register": "kWh", "power": "kW", "volume": "m3"}.get(
            chosen.role, ""
        )
    return proposed


def _trial(path: Path, keys: dict[str, Any], midnight_open: bool) -> tuple[MeterSeries | None, str]:
    """The series under lenient policies with the first meaning of midnight that works, or why there is none."""
    refusal = ""
    for midnight in ("starts_day", "ends_day") if midnight_open else (keys["midnight"],):
        trial = {**LENIENT, **keys, "midnight": midnight}
        if trial.get("kind") == "register":
            trial["stamp"] = "interval_end"
        else:
            trial.setdefault("negative", "allow")
        try:
            return read_meter(layout_from_map(ColumnMap(trial, name="the proposal"), path)), ""
        except EnergycalcError as error:
            refusal = refusal or error.sentence()
    return None, refusal


def _understood(series: MeterSeries) -> Understood:
    energy, averaged = series.kind_of_amount == "energy", series.layout.quantity_kind == "interval_mean"
    ledger = series.ledger
    counts = [int(np.count_nonzero(ledger.verdict == code)) for code in range(1, len(ledger.reasons) + 1)]
    return Understood(
        str(series.interval_start[0]).replace("T", " "),
        str(series.interval_end[-1]).replace("T", " "),
        ledger.rows_used,
        tuple(zip(ledger.reasons, counts, strict=True)),
        len(ledger.missing),
        None if averaged else float(series.amount.sum()),
        series.unit,
        float(series.demand_kw.max()) if energy else None,
        series.sha256,
    )


def _sample(look: Look, keys: dict[str, Any], stamps: tuple[str, ...]) -> tuple[SampleRow, ...]:
    rows = (*look.first_rows, *look.last_rows)
    texts = stamp_texts(look, keys) or [""] * len(rows)
    place = look.header.index(keys["column"]) if keys.get("column") in look.header else None
    read = stamps or ("",) * len(rows)
    shown = [
        SampleRow(text, stamp, row[place] if place is not None and place < len(row) else "")
        for text, stamp, row in zip(texts, read, rows, strict=True)
    ]
    few = len(look.first_rows) <= SHOWN_FIRST
    return tuple(shown if few else shown[:SHOWN_FIRST] + shown[-SHOWN_LAST:])
