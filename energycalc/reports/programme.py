"""Programme rules on a page: rows in the words of a language, a Markdown page, and the same for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from energycalc.case.days import roc_year
from energycalc.checks.programme import Judgement, Outcome, Tracking
from energycalc.checks.programme.tracking import TO_FILL, Expected
from energycalc.quantity.display import with_interval
from energycalc.reports.documents import documents
from energycalc.reports.words import words

TOPIC = "programme"
FORMAT = "energycalc programme 1"
GRAVITY = ("missed", "conflict", "warned", "missing", "met", "not_applicable")


@dataclass(frozen=True)
class Row:
    """One rule as people read it."""

    status: str
    mark: str
    word: str
    clause: str
    sentence: str
    answer: str
    stated: str
    limit: str
    basis: str
    note: str


def rows(judgement: Judgement, language: str) -> list[Row]:
    """All rules, the gravest first, else in the order of the document."""
    ordered = sorted(judgement.outcomes, key=lambda outcome: GRAVITY.index(outcome.status))
    return [_row(outcome, language) for outcome in ordered]


def heading(judgement: Judgement, language: str) -> list[str]:
    """What stands above the table: edition, days and their basis, document, what the result is not, counts."""
    text, edition = words(TOPIC, language), judgement.edition
    zh = language == "zh-TW"
    document = documents().get(edition.document)
    name = edition.name_zh if zh else edition.name_en
    first, last = (f"{roc_year(day.year)}/{day.month}/{day.day}" for day in (edition.valid_from, edition.valid_to))
    lines = [
        text["edition"].format(name=name, id=edition.id, first=first, last=last),
        text["edition_because"].format(text=edition.valid_because_zh if zh else edition.valid_because_en),
        text["document"].format(document=f"{edition.document}, {document.title}" if document else edition.document),
        text["not_a_decision"],
    ]
    if judgement.constructed:
        lines.insert(0, text["constructed"])
    return [*lines, text["counts"].format(**{str(status): n for status, n in judgement.counts.items()})]


def tracking_head(tracking: Tracking, language: str) -> list[str]:
    """What stands above the tracking table."""
    text, zh, duty = words(TOPIC, language), language == "zh-TW", tracking.duty
    because = duty.because_zh if zh else duty.because_en
    closing = f"{roc_year(tracking.closing.year)}/{tracking.closing.month}/{tracking.closing.day}"
    lines = [
        text["tracking_not_official"],
        text["tracking_rule"].format(clause=duty.clause, sentence=duty.sentence, because=because),
        text["tracking_closing"].format(closing=closing),
    ]
    if tracking.refused:
        return [*lines, text["tracking_refused"].format(text=tracking.refused)]
    return [*lines, text["tracking_fixed_factor"]]


def tracking_cells(tracking: Tracking, language: str) -> tuple[list[str], list[list[str]]]:
    """Titles and cells of the tracking table; what is to be filled in is empty."""
    text = words(TOPIC, language)
    keys = list(dict.fromkeys(key for row in tracking.rows for key in row.expected))
    titles = [text["year"], *(text[f"expected_{key}"] for key in keys), *(text[f"fill_{key}"] for key in TO_FILL)]
    cells = []
    for row in tracking.rows:
        year = f"{roc_year(row.year)} ({row.year})"
        if row.year == tracking.closing.year:
            year = text["closing_year"].format(year=year)
        if row.last_day is not None:
            day = f"{roc_year(row.last_day.year)}/{row.last_day.month}/{row.last_day.day}"
            year = text["until"].format(year=year, day=day)
        cells.append([year, *(_number(row.expected.get(key)) for key in keys), *("" for _ in TO_FILL)])
    return titles, cells


def page(judgement: Judgement, tracking: Tracking | None, language: str) -> str:
    """The whole as a Markdown page."""
    text = words(TOPIC, language)
    lines = [f"# {text['title']}{text['colon']}{judgement.title}", ""]
    for line in heading(judgement, language):
        lines += [line, ""]
    titles = [text[f"column_{key}"] for key in ("status", "clause", "sentence", "answer", "stated", "limit", "basis")]
    table = [[f"{r.mark} {r.word}", r.clause, r.sentence, r.answer + r.note, r.stated, r.limit, r.basis]
             for r in rows(judgement, language)]  # fmt: skip
    lines += _table(titles, table)
    if tracking is not None:
        lines += ["", f"## {text['tracking'].format(count=tracking.duty.years)}", ""]
        for line in tracking_head(tracking, language):
            lines += [line, ""]
        lines += _table(*tracking_cells(tracking, language))
    return "\n".join(lines) + "\n"


def as_data(judgement: Judgement, tracking: Tracking | None) -> dict[str, Any]:
    """The same for machines; docs/programmes.md says what the keys mean."""
    edition = judgement.edition
    return {
        "format": FORMAT,
        "title": judgement.title,
        "file": judgement.file,
        "constructed": judgement.constructed,
        "edition": {
            "id": edition.id, "programme": edition.programme, "year": edition.year, "document": edition.document,
            "valid_from": edition.valid_from.isoformat(), "valid_to": edition.valid_to.isoformat(),
            "valid_because_en": edition.valid_because_en, "valid_because_zh": edition.valid_because_zh,
        },
        "counts": dict(judgement.counts),
        "rules": [_rule_data(outcome) for outcome in judgement.outcomes],
        "tracking": None if tracking is None else _tracking_data(tracking),
    }  # fmt: skip


def json_text(judgement: Judgement, tracking: Tracking | None) -> str:
    """:func:`as_data` as JSON text."""
    return json.dumps(as_data(judgement, tracking), ensure_ascii=False, indent=2, allow_nan=False)


def write_page(file: Path, judgement: Judgement, tracking: Tracking | None, language: str) -> Path:
    """Write the Markdown page; returns its path."""
    file.write_text(page(judgement, tracking, language), encoding="utf-8", newline="\n")
    return file


def _row(outcome: Outcome, language: str) -> Row:
    text, zh = words(TOPIC, language), language == "zh-TW"
    rule, answer = outcome.rule, outcome.answer
    because = rule.because_zh if zh else rule.because_en
    basis = text[f"basis_{rule.basis}"]
    note = ""
    if because:
        form = "note_stated" if rule.basis == "stated" else "note"
        note = text[form].format(basis=basis, text=because)
    quote = text["quoted"].format(text=rule.sentence)
    return Row(
        status=outcome.status,
        mark=text[f"mark_{outcome.status}"],
        word=text[outcome.status],
        clause=rule.clause,
        sentence=quote if zh else f"{rule.english} {quote}",
        answer=answer.zh if zh else answer.en,
        stated=text.get(answer.stated, answer.stated) if answer.stated in ("yes", "no") else answer.stated,
        limit=text.get(answer.limit, answer.limit) if answer.limit in ("yes", "no") else answer.limit,
        basis=basis,
        note=note,
    )


def _number(expected: Expected | None) -> str:
    if expected is None:
        return ""
    q = expected.quantity
    value, beside = with_interval(float(q.value), expected.interval)
    return f"{value} {beside} {q.unit}".replace("  ", " ")


def _table(titles: list[str], cells: list[list[str]]) -> list[str]:
    def line(parts: list[str]) -> str:
        return "| " + " | ".join(part.replace("|", "\\|").replace("\n", " ") for part in parts) + " |"

    return [line(titles), "|" + "---|" * len(titles), *(line(row) for row in cells)]


def _rule_data(outcome: Outcome) -> dict[str, str]:
    rule, answer = outcome.rule, outcome.answer
    return {
        "id": rule.id, "kind": rule.kind, "clause": rule.clause, "sentence": rule.sentence, "english": rule.english,
        "basis": rule.basis, "because_en": rule.because_en, "because_zh": rule.because_zh, "status": outcome.status,
        "stated": answer.stated, "limit": answer.limit, "en": answer.en, "zh": answer.zh,
    }  # fmt: skip


def _tracking_data(tracking: Tracking) -> dict[str, Any]:
    def number(expected: Expected) -> Mapping[str, Any]:
        interval = expected.interval
        return {
            "value": float(expected.quantity.value),
            "unit": str(expected.quantity.unit),
            "interval_95": None if interval is None else list(interval),
        }

    return {
        "official_form": False,
        "clause": tracking.duty.clause,
        "closing": tracking.closing.isoformat(),
        "refused": tracking.refused,
        "to_fill": list(TO_FILL),
        "years": [
            {
                "year": row.year,
                "last_day": None if row.last_day is None else row.last_day.isoformat(),
                "expected": {key: number(value) for key, value in row.expected.items()},
            }
            for row in tracking.rows
        ],
    }
