"""Claims from a spreadsheet, one a row, and their reviews as a table; what cannot be used is named with its row."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from energycalc.checks.claims.background import background
from energycalc.checks.claims.claim import Claim, Unread
from energycalc.checks.claims.keys import claim_keys, key_of_heading, near_keys
from energycalc.checks.claims.reading import claim_of
from energycalc.checks.claims.review import ClaimReview, review_claim
from energycalc.errors import CaseFileError, InputError
from energycalc.metering.files.opened import WHOLE_ROW, OpenedTable
from energycalc.metering.files.opening import bytes_of, open_table
from energycalc.metering.notices import Notice, shown_lines, shown_lines_zh

WITH_UNIT = re.compile(r"^(.*?)\s*[(\[]([^()\[\]]+)[)\]]$", re.DOTALL)
PLAIN_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?")
LOOKED_THROUGH = 20
"""Rows from the top among which the row of headings must be."""
FEWEST_HEADINGS = 2
TOTALS = ("合計", "總計", "小計", "total", "subtotal", "sum")
UNREADABLE = {
    "uncached_formula": (
        "is a formula without a value; open the file in the spreadsheet program and save it",
        "為公式而無數值，請以試算表軟體開啟後存檔",
    ),
    "scaled_format": (
        "is shown in another size than it is stored (a format of thousands); write it as it is meant",
        "顯示值與儲存值相差千倍（數字格式），請改寫為原意",
    ),
}


@dataclass(frozen=True)
class Column:
    """A column that holds a key of a claim.

    Attributes:
        place: index among the cells of a row.
        key: of the claim.
        unit: from the heading; empty where the cells carry their own.
    """

    place: int
    key: str
    unit: str


@dataclass(frozen=True)
class ClaimTable:
    """Claims of a table and what was understood about it.

    Attributes:
        claims: one a row, the row in its id.
        notices: headings that mean nothing here, hidden rows, rows passed over.
    """

    claims: tuple[Claim, ...]
    notices: tuple[Notice, ...]


def read_claim_table(path: str | Path, sheet: str | None = None) -> list[Claim]:
    """The claims of a spreadsheet, see :func:`open_claim_table`."""
    return list(open_claim_table(path, sheet).claims)


def open_claim_table(path: str | Path, sheet: str | None = None) -> ClaimTable:
    """Read claims from xlsx, xls or csv; headings are keys or their titles in either language.

    A unit stands in the cell (``1,552,009 kWh``) or in the heading (``年節能量 (kWh)``, ``saving [kWh/year]``). A list or
    block (carriers, items, calculations ...) is JSON in its cell.

    Args:
        path: the file.
        sheet: name of the sheet; the only one that holds anything when left out.

    Raises:
        CaseFileError: no row of headings, a heading twice, or no claim below it.
        MeterDataError: the file is damaged, dangerous or too large to be opened.
    """
    file = Path(path)
    if not file.is_file():
        raise CaseFileError("there is no such file", subject=file.name, next_step="Correct the path")
    table = open_table(bytes_of(file), file.name, sheet=sheet)
    rows = list(table.rows)
    header, columns, unknown = _headings(rows, file.name)
    claims, passed_over = [], list[int]()
    heading_texts = [_normal(cell) for cell in rows[header][1]]
    for line, cells in rows[header + 1 :]:
        if not any(c.place < len(cells) and cells[c.place].strip() for c in columns):
            continue
        if (
            _normal(cells[columns[0].place] if columns[0].place < len(cells) else "").lower() in TOTALS
            or [_normal(cell) for cell in cells] == heading_texts
        ):
            passed_over.append(line)
            continue
        claims.append(_claim(line, cells, columns, table))
    if not claims:
        raise CaseFileError("holds no claim", subject=file.name, next_step="Write one claim a row below the headings")
    return ClaimTable(tuple(claims), (*table.notices, *unknown, *_of_rows(table, passed_over)))


def review_table(
    path: str | Path, progress: Callable[[int, int], None] | None = None, sheet: str | None = None
) -> list[ClaimReview]:
    """Review every claim of a spreadsheet.

    Args:
        path: xlsx, xls or csv.
        progress: told after each claim how many of how many are done.
        sheet: of a workbook with several.

    Raises:
        CaseFileError: see :func:`open_claim_table`.
    """
    claims, known = read_claim_table(path, sheet), background()
    reviews = []
    for done, claim in enumerate(claims, 1):
        reviews.append(review_claim(claim, known))
        if progress is not None:
            progress(done, len(claims))
    return reviews


def _headings(rows: list[tuple[int, list[str]]], name: str) -> tuple[int, list[Column], list[Notice]]:
    """Index of the row of headings, its columns, and headings that are none of ours."""
    for index, (line, cells) in enumerate(rows[:LOOKED_THROUGH]):
        columns = [Column(place, *found) for place, cell in enumerate(cells) if (found := _meaning(cell)) is not None]
        if len(columns) < FEWEST_HEADINGS:
            continue
        columns, spare = _one_number_each(columns, cells)
        keys = [column.key for column in columns]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise CaseFileError("two columns hold the same", subject=f"{name}, line {line}", value=", ".join(twice),
                                next_step="Keep one of them, or give the other heading another name")  # fmt: skip
        known = {column.place for column in (*columns, *spare)}
        unknown = [
            _unknown(cell, line) for place, cell in enumerate(cells) if place not in known and _normal(cell)
        ]  # fmt: skip
        return index, columns, [*(_spare(cells[column.place], line) for column in spare), *unknown]
    raise CaseFileError(
        "no row of headings was found", subject=name, limit=f"the first {LOOKED_THROUGH} rows",
        next_step="Head the columns with keys of a claim (saving, cost_saving ...) or their titles (年節能量, 年節省費用 ...)",
    )  # fmt: skip


def _meaning(cell: str) -> tuple[str, str] | None:
    """Key and unit of a heading."""
    text = _normal(cell)
    key = key_of_heading(text)
    if key is not None:
        return key, ""
    with_unit = WITH_UNIT.match(text)
    key = key_of_heading(with_unit[1]) if with_unit else None
    return None if key is None or with_unit is None else (key, with_unit[2].strip())


def _one_number_each(columns: list[Column], cells: list[str]) -> tuple[list[Column], list[Column]]:
    """The columns with one that numbers the claims, and further ones that do so too (序號 beside 案號)."""
    numbers = [column for column in columns if column.key == "id"]
    named = [column for column in numbers if _normal(cells[column.place]) in ("id", claim_keys()["id"].title_zh)]
    kept = (named or numbers)[:1]
    return [c for c in columns if c.key != "id" or c in kept], [c for c in numbers if c not in kept]


def _spare(cell: str, line: int) -> Notice:
    return Notice("spare_number", f"the column {_normal(cell)!r} numbers the rows once more and was not read",
                  f"欄位「{_normal(cell)}」為另一序號，未讀取", (line,))  # fmt: skip


def _unknown(cell: str, line: int) -> Notice:
    word = _normal(cell)
    near = near_keys(word.lower().replace(" ", "_"))
    hint = f"; near ones: {', '.join(near)}" if near else ""
    hint_zh = f"；相近者：{'、'.join(near)}" if near else ""
    return Notice("unknown_heading", f"the column {word!r} is no key of a claim and was not read{hint}",
                  f"欄位「{word}」非數據項目，未讀取{hint_zh}", (line,))  # fmt: skip


def _claim(line: int, cells: list[str], columns: list[Column], table: OpenedTable) -> Claim:
    data: dict[str, Any] = {}
    unread: list[Unread] = []
    for column in columns:
        text = cells[column.place].strip() if column.place < len(cells) else ""
        marks = {kind for (kind, place), lines in table.marks.items() if place == column.place and line in lines}
        why = next((UNREADABLE[kind] for kind in UNREADABLE if kind in marks), None)
        if why:
            unread.append(Unread(column.key, text, *why))
        elif text:
            data[column.key] = _value(text, column, percent="percent_format" in marks)
    own = str(data.pop("id", ""))
    claim = claim_of(data, f"row {line}")
    return replace(claim, id=f"{own} (row {line})" if own else f"row {line}", unread=(*claim.unread, *unread))


def _value(text: str, column: Column, *, percent: bool) -> Any:
    """A cell with the unit of its heading, where it has none of its own; lists and blocks are JSON."""
    kind = claim_keys()[column.key].kind
    if kind in ("list", "block"):
        try:
            return json.loads(text)
        except ValueError:
            return text
    number = PLAIN_NUMBER.fullmatch(unicodedata.normalize("NFKC", text))
    if kind != "figure" or number is None:
        return text
    if percent:
        try:
            return f"{Decimal(number[0].replace(',', '')) * 100:f} %"
        except InvalidOperation:
            return text
    return f"{text} {column.unit}" if column.unit else text


def _of_rows(table: OpenedTable, passed_over: list[int]) -> Iterator[Notice]:
    hidden = table.marks.get(("hidden_row", WHOLE_ROW), [])
    if hidden:
        yield Notice("hidden_rows", f"{len(hidden)} rows are hidden and were read: line {shown_lines(hidden)}",
                     f"{len(hidden)} 列為隱藏，仍予讀取：第 {shown_lines_zh(hidden)} 行", tuple(hidden))  # fmt: skip
    if ("filter", WHOLE_ROW) in table.marks:
        yield Notice("filter", "a filter is active; the rows it hides were read", "篩選啟用中，隱藏之列仍予讀取")
    if passed_over:
        yield Notice("passed_over", f"{len(passed_over)} rows repeat the headings or are totals: line {shown_lines(passed_over)}",
                     f"{len(passed_over)} 列為重複標題或合計，已略過：第 {shown_lines_zh(passed_over)} 行", tuple(passed_over))  # fmt: skip


def _normal(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", cell).split())


COLUMNS: Mapping[str, Callable[[ClaimReview], str | int]] = {
    "id": lambda r: r.claim.id,
    "title": lambda r: r.claim.text("title") or "",
    "verdict": lambda r: r.verdict,
    "errors": lambda r: sum(f.severity == "error" for f in r.findings),
    "warnings": lambda r: sum(f.severity == "warning" for f in r.findings),
    "checks": lambda r: " ".join(dict.fromkeys(f.id for f in r.findings if f.severity != "note")),
    "first_finding": lambda r: next((f.sentence for f in r.findings if f.severity != "note"), ""),
    "first_finding_zh": lambda r: next((f.sentence_zh for f in r.findings if f.severity != "note"), ""),
    "missing": lambda r: "; ".join(m.en for m in r.missing),
    "missing_zh": lambda r: "；".join(m.zh for m in r.missing),
}
TITLES = {
    "id": "id 案號", "title": "title 標題", "verdict": "verdict 結論", "errors": "errors 矛盾", "warnings": "warnings 疑義",
    "checks": "checks 檢核", "first_finding": "first finding", "first_finding_zh": "首要發現",
    "missing": "missing facts", "missing_zh": "待補資料",
}  # fmt: skip
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = {"title": 28, "checks": 18, "first_finding": 60, "first_finding_zh": 60, "missing": 36, "missing_zh": 36}


def write_review_table(reviews: Sequence[ClaimReview], path: str | Path) -> Path:
    """Write one line a review as csv or xlsx; no text of a claim can become a formula.

    Args:
        reviews: in the order of the lines.
        path: file to write, ``.csv`` or ``.xlsx``.

    Returns:
        The path.

    Raises:
        InputError: another kind of file, or it cannot be written.
    """
    file = Path(path)
    lines = [[cell(review) for cell in COLUMNS.values()] for review in reviews]
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    if file.suffix.lower() not in writers:
        raise InputError("is no kind of table", subject=file.name, limit=".csv or .xlsx", next_step="Name the file so")
    try:
        writers[file.suffix.lower()](lines, file)
    except OSError as error:
        raise InputError("cannot be written", subject=file.name, value=str(error)[:80]) from None
    return file


def _write_csv(lines: list[list[str | int]], file: Path) -> None:
    """With a byte order mark, so that a spreadsheet reads the Chinese; what would be a formula there gets an apostrophe."""
    with file.open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        writer.writerow([TITLES[name] for name in COLUMNS])
        for line in lines:
            writer.writerow([f"'{c}" if isinstance(c, str) and c.startswith(STARTS_A_FORMULA) else c for c in line])


def _write_xlsx(lines: list[list[str | int]], file: Path) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxFileError

    book = xlsxwriter.Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold, wrapped = (
        book.add_worksheet("review"),
        book.add_format({"bold": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, WIDTHS.get(name, 14))
        sheet.write_string(0, column, TITLES[name], bold)
    for row, line in enumerate(lines, 1):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, wrapped)
            else:
                sheet.write_number(row, column, cell, wrapped)
    sheet.freeze_panes(1, 0)
    try:
        book.close()
    except XlsxFileError as error:  # wraps the OSError
        raise InputError("cannot be written", subject=file.name, value=str(error)[:80]) from None
