"""What a file does not say of itself, asked with the possible answers and what each would mean for this file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from energycalc.metering.files import Look
from energycalc.metering.preview.columns import METERS, ColumnView
from energycalc.metering.preview.stamps import StampReading
from energycalc.metering.series import MeterSeries


@dataclass(frozen=True)
class Answer:
    """One possible answer: what is written behind the key, and what it means here, in both languages."""

    written: str
    meaning: str
    meaning_zh: str


@dataclass(frozen=True)
class Question:
    """One open question.

    Attributes:
        key: key of the declaration that answers it.
        sentence: the question in English.
        sentence_zh: the same in Traditional Chinese.
        answers: possible answers, the proposed one first; empty where it is free text.
    """

    key: str
    sentence: str
    sentence_zh: str
    answers: tuple[Answer, ...] = ()


class Asked(NamedTuple):
    """What the questions are asked about.

    Attributes:
        look: the file.
        columns: the proposal for each column.
        known: keys that are declared or settled by the file.
        proposed: keys that are only proposed.
        readings: every possible reading of the stamps.
        stamps: the reading that is proposed.
        series: the trial reading, if there is one.
    """

    look: Look
    columns: tuple[ColumnView, ...]
    known: dict[str, Any]
    proposed: dict[str, Any]
    readings: tuple[StampReading, ...]
    stamps: StampReading
    series: MeterSeries | None

    def get(self, key: str) -> Any:
        """A key as known, else as proposed."""
        return self.known.get(key, self.proposed.get(key))


def open_questions(asked: Asked) -> tuple[Question, ...]:
    """The questions that the file leaves open, in the order in which a person answers them.

    Args:
        asked: the file, what is known and what is proposed.
    """
    order: tuple[tuple[str, Callable[[], Question | None]], ...] = (
        ("sheet", lambda: _sheet(asked)),
        ("time_column", lambda: _column(asked, "time_column", ("time", "date"))),
        ("date_format", lambda: _date_format(asked)),
        ("column", lambda: _column(asked, "column", (*METERS, "driver"))),
        ("unit", lambda: _unit(asked)),
        ("kind", lambda: _kind(asked)),
        ("interval", lambda: _free(asked, "interval", "How long is an interval?", "每個時段多長？")),
        ("stamp", lambda: _stamp(asked)),
        ("midnight", lambda: _midnight(asked)),
        ("time_zone", lambda: _free(asked, "time_zone", "In which zone does the clock run?", "時鐘所屬時區？")),
        ("ct_ratio", lambda: _ratio(asked)),
    )
    questions = [question for key, ask in order if key not in asked.known and (question := ask()) is not None]
    return (*questions, *_policies(asked))


def _free(asked: Asked, key: str, sentence: str, sentence_zh: str) -> Question:
    value = asked.proposed.get(key)
    answers = (Answer(str(value), "as the file looks", "依檔案所示"),) if value else ()
    return Question(key, sentence, sentence_zh, answers)


def _sheet(asked: Asked) -> Question | None:
    if len(asked.look.sheets) < 2:
        return None
    answers = tuple(Answer(name, "", "") for name in asked.look.sheets)
    return Question("sheet", "Which sheet holds the readings?", "讀值在哪一張工作表？", answers)


def _column(asked: Asked, key: str, roles: tuple[str, ...]) -> Question:
    fitting = sorted((c for c in asked.columns if c.role in roles), key=lambda c: c.header != asked.proposed.get(key))
    answers = tuple(Answer(column.header, column.reason, column.reason_zh) for column in fitting)
    if key == "time_column":
        return Question(key, "Which column holds the time stamps?", "時間在哪一欄？", answers)
    return Question(key, "Which column holds the readings?", "讀值在哪一欄？", answers)


def _date_format(asked: Asked) -> Question | None:
    if not any(reading.keys for reading in asked.readings):
        return None
    first = sorted(asked.readings, key=lambda reading: reading is not asked.stamps)
    answers = tuple(
        Answer(
            " ".join(str(value) for value in reading.keys.values()),
            f"{' and '.join(reading.keys)}: the first row is {reading.stamps[0]}, the last {reading.stamps[-1]}",
            f"{'、'.join(reading.keys)}：首列為 {reading.stamps[0]}，末列為 {reading.stamps[-1]}",
        )
        for reading in first
    )
    works = asked.series is not None
    why, why_zh = (" With the first answer every row can be read.", "依第一個答案，每列皆可讀。") if works else ("", "")
    return Question("date_format", f"How are the dates to be read?{why}", f"日期應如何解讀？{why_zh}", answers)


def _unit(asked: Asked) -> Question | None:
    column = next((c for c in asked.columns if c.header == asked.get("column")), None)
    if column is None:
        return None
    if column.unit:
        answer = Answer(column.unit, f"the header names {column.unit}", f"欄名載明 {column.unit}")
        return Question("unit", "In which unit are the readings?", "讀值單位為何？", (answer,))
    answers, series = [], asked.series
    if series is not None and series.kind_of_amount == "energy" and series.layout.quantity_kind != "register":
        hours, per_reading = series.layout.interval_hours, series.layout.amount_per_reading
        total, peak = float(series.reading.sum()) / per_reading, float(series.reading.max()) / per_reading
        for unit, energy in (("kWh", 1.0), ("kW", hours)):
            sum_, highest = f"{total * energy:,.6g} kWh", f"{peak * energy / hours:,.4g} kW"
            answers.append(Answer(unit, f"{sum_} in all, highest demand {highest}", f"合計 {sum_}，最高需量 {highest}"))
    return Question("unit", "The header names no unit: which is it?", "欄名未載單位，單位為何？", tuple(answers))


def _kind(asked: Asked) -> Question:
    kind, series = asked.proposed.get("kind", ""), asked.series
    if kind not in ("register", "interval_energy", "interval_volume") or series is None:
        only = (Answer(kind, "as the unit asks", "依單位"),) if kind else ()
        return Question("kind", "What is a reading?", "讀值為何種量？", only)
    interval = "interval_volume" if series.kind_of_amount == "volume" else "interval_energy"
    as_counter = Answer(
        "register", "a counter: the amount is the difference of two readings", "累計值：用量為前後兩次讀值之差"
    )
    as_interval = Answer(interval, "the amount of each interval: readings are added up", "時段用量：讀值相加")
    answers = (as_counter, as_interval) if kind == "register" else (as_interval, as_counter)
    english, chinese = "Does a reading hold one interval, or a running count?", "讀值為時段用量，或累計值？"
    return Question("kind", english, chinese, answers)


def _stamp(asked: Asked) -> Question | None:
    if asked.get("kind") == "register":
        return None
    shown = next((stamp for stamp in asked.stamps.stamps if stamp), "")
    ends = {
        "interval_end": Answer("interval_end", f"the interval ends at {shown}", f"時段結束於 {shown}"),
        "interval_start": Answer("interval_start", f"the interval begins at {shown}", f"時段開始於 {shown}"),
    }
    first = ends.pop(asked.proposed.get("stamp", "interval_end"))
    interval = asked.get("interval") or ""
    return Question(
        "stamp",
        f"Which end of its interval does a stamp name (the first row: {shown}, interval {interval})?",
        f"時間標示時段的哪一端（首列 {shown}，時段 {interval}）？",
        (first, *ends.values()),
    )


def _midnight(asked: Asked) -> Question:
    meanings = {
        "starts_day": Answer("starts_day", "00:00 begins the stamped date", "00:00 為所標日期之開始"),
        "ends_day": Answer("ends_day", "00:00 is 24:00 of the stamped date", "00:00 為所標日期之 24:00"),
    }
    first = meanings.pop(asked.proposed.get("midnight", "starts_day"))
    works = asked.series is not None
    why, why_zh = (" With the first answer the rows are in the order of time.", "依第一個答案，各列時間順序正確。")
    return Question(
        "midnight",
        f"How is 00:00 meant?{why if works else ''}",
        f"00:00 的意思為何？{why_zh if works else ''}",
        (first, *meanings.values()),
    )


def _ratio(asked: Asked) -> Question | None:
    if asked.get("kind") not in ("interval_energy", "power", "register"):
        return None
    return Question(
        "ct_ratio",
        "Are the readings primary energy? If they are on the secondary side, state ct_ratio (and pt_ratio).",
        "讀值是否為一次側？若為二次側，請填 ct_ratio（及 pt_ratio）。",
        (
            Answer("", "left out: primary, ratios are applied already", "不填：一次側，已乘倍率"),
            Answer("300/5", "as on the plate: readings are multiplied by 60", "依銘牌：讀值乘以 60"),
        ),
    )


_MEANING = {
    "report": ("left missing", "保留缺漏"),
    "interpolate": ("filled on a straight line, listed", "直線內插並列出"),
    "spread": ("register differences divided equally, listed", "累計差值平均分攤並列出"),
    "drop_identical": ("equal repetitions are left out", "相同之重複列不計"),
    "keep_first": ("the first of them counts", "取第一筆"),
    "keep_last": ("the last of them counts", "取最後一筆"),
    "exclude": ("such rows are left out, listed", "排除並列出"),
    "allow": ("they count, as export or a value below zero", "計入（售電或零下之值）"),
    "include": ("they count", "計入"),
}


def _policies(asked: Asked) -> list[Question]:
    """Questions about rows that a declaration starts from refusing."""
    series = asked.series
    if series is None:
        return []
    ledger, kinds = series.ledger, {notice.kind for notice in series.notices}
    reasons, missing = " ".join(ledger.reasons), len(ledger.missing)
    below = int((series.reading < 0).sum())
    fill = "spread" if series.layout.quantity_kind == "register" else "interpolate"
    found: tuple[tuple[str, bool, str, str, tuple[str, ...]], ...] = (
        ("gaps", missing > 0, f"{missing:,} slots have no reading", f"{missing:,} 個時段無讀值", ("report", fill)),
        (
            "duplicates",
            "repeated" in reasons,
            "stamps are repeated",
            "時間重複",
            ("drop_identical", "keep_first", "keep_last"),
        ),
        ("empty", "empty" in reasons, "cells are empty", "有空白儲存格", ("exclude",)),
        ("negative", below > 0, f"{below:,} readings are negative", f"{below:,} 筆讀值為負", ("allow",)),
        (
            "hidden",
            "hidden_rows" in kinds,
            "rows, columns or sheets are hidden",
            "有隱藏之列、欄或工作表",
            ("exclude", "include"),
        ),
        ("total_rows", "total_row" in kinds, "rows hold totals", "有合計列", ("exclude",)),
    )
    return [
        Question(
            key,
            f"{what}: what is to be done? Without an answer the file is refused.",
            f"{what_zh}，如何處理？未回答則拒絕讀取。",
            tuple(Answer(word, *_MEANING[word]) for word in words),
        )
        for key, there, what, what_zh, words in found
        if there and key not in asked.known
    ]
