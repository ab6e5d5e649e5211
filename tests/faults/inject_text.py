"""Faults of a text file as a whole: encodings, marks, cut ends, headers, columns, total rows, wrong types."""

from __future__ import annotations

import codecs
import dataclasses
import datetime as dt

from tests.faults.bases import Base
from tests.faults.places import iso, rows_at
from tests.faults.table import Table, workbook
from tests.faults.trial import Trial

WHOLE_FILE = "a property of the whole file: it has no intensity"


def _with_remarks(base: Base, level: int, remark: str) -> Base:
    """A column of remarks in Chinese: in one row, in every tenth, in all."""
    n = len(base.clock)
    rows = set([n // 3] if level == 0 else range(0, n, 10) if level == 1 else range(n))
    return base.with_table(base.table.with_new_column("附註", [remark if i in rows else "" for i in range(n)]))


def other_encoding(base: Base, level: int) -> Trial | str:
    """E01: CP950 declared as UTF-8, or the other way round on the base that is CP950."""
    noted = _with_remarks(base, level, "停機檢修")
    encoding = "utf-8" if base.table.encoding == "cp950" else "cp950"
    table = dataclasses.replace(noted.table, encoding=encoding, mark=False)
    return Trial(f"written in {encoding}, declared {base.table.encoding}", table.content(), noted, truth=noted)


def big5(base: Base, level: int) -> Trial | str:
    """E02: characters of CP950 that Big5 lacks, in a file declared as Big5."""
    noted = _with_remarks(base, level, "碁銹恒裏")
    table = dataclasses.replace(noted.table, encoding="cp950", mark=False)
    declared = noted.with_table(table, encoding="big5")
    return Trial("碁銹恒裏 in a remark, declared big5", table.content(), declared, truth=noted)


def utf_16(base: Base, level: int) -> Trial | str:
    """E03: UTF-16, little endian with mark, big endian with mark, little endian without."""
    text = base.table.text()
    content = (
        codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        text.encode("utf-16-le"),
    )[level]
    return Trial(("LE with mark", "BE with mark", "LE without mark")[level], content, base)


def byte_order_mark(base: Base, level: int) -> Trial | str:
    """E04: a mark in front, two marks, or a mark in the middle (a file appended to another)."""
    if base.table.encoding != "utf-8":
        return "a UTF-8 mark in a CP950 file is another encoding: E01"
    plain = dataclasses.replace(base.table, mark=False)
    mark = codecs.BOM_UTF8
    half = len(plain.rows) // 2
    if level < 2:
        return Trial(("one mark", "two marks")[level], mark * (level + 1) + plain.content(), base)
    head = dataclasses.replace(plain, rows=plain.rows[:half]).content()
    tail = "".join(",".join(row) + "\n" for row in plain.rows[half:]).encode("utf-8")
    return Trial("a mark in the middle", mark + head + mark + tail, base)


def empty_file(base: Base, level: int) -> Trial | str:
    """E23: no byte, a header only, a header and blank lines."""
    header = dataclasses.replace(base.table, rows=()).content()
    content = (b"", header, header + b"\n\n  \n")[level]
    return Trial(("no byte", "header only", "header and blank lines")[level], content, base)


def huge_file(base: Base, level: int) -> Trial | str:
    """E24: 10 GB."""
    if level < 2:
        return "the rule is one limit: 10 GB is tried"
    return Trial("10 GB behind the rows", base.table.content(), base, hole=10 * 2**30)


def trailing_comma(base: Base, level: int) -> Trial | str:
    """E32: one more comma at the end of a data row, of some, of all."""
    n = len(base.clock)
    rows = set(rows_at(base, level)) if level < 2 else set(range(n))
    table = base.table
    longer = tuple((*row, "") if i in rows else row for i, row in enumerate(table.rows))
    return Trial(f"a trailing comma in {len(rows)} rows", dataclasses.replace(table, rows=longer).content(), base)


def short_and_long_rows(base: Base, level: int) -> Trial | str:
    """E33: rows that lack their last cell or hold one more, by turns."""
    places = rows_at(base, level)
    rows = list(base.table.rows)
    for turn, i in enumerate(places):
        rows[i] = rows[i][:-1] if turn % 2 == 0 else (*rows[i], "1")
    table = dataclasses.replace(base.table, rows=tuple(rows))
    return Trial(f"{len(places)} rows too short or too long", table.content(), base)


def duplicate_header(base: Base, level: int) -> Trial | str:
    """E34: another column with the same header: the same, with a blank, twice more."""
    header = base.table.header[base.value]
    half = [f"{number / 2:.3f}" for number in base.numbers]
    table = base.table
    for _ in range(2 if level == 2 else 1):
        table = table.with_new_column(header + (" " if level == 1 else ""), half)
    if level < 2:  # the wrong column stands to the left, so that the first match is the wrong one
        order = (len(table.header) - 1, *range(len(table.header) - 1))
        table = Table(
            tuple(table.header[i] for i in order),
            tuple(tuple(row[i] for i in order) for row in table.rows),
            table.encoding,
            table.mark,
            table.above,
        )
    return Trial(("the same header", "the header and a blank", "twice more")[level], table.content(), base)


def total_rows(base: Base, level: int) -> Trial | str:
    """E31: a grand total under the rows, subtotals of months with a label, a total under a stamp of its own."""
    given = iso(base)
    rows, width = given.table.rows, len(given.table.header)
    step = base.interval or dt.timedelta(days=30)

    def line(stamp: str, number: float) -> tuple[str, ...]:
        cells = [""] * width
        cells[base.time], cells[base.value] = stamp, f"{number:.6f}"
        return tuple(cells)

    numbers = base.numbers
    if level == 0:
        more = [*rows, line("合計", sum(numbers))]
    elif level == 1:
        more, begun = [], 0.0
        for i, row in enumerate(rows):
            more.append(row)
            begun += numbers[i]
            last = i + 1 == len(rows) or base.clock[i + 1].month != base.clock[i].month
            if last:
                more.append(line(f"{base.clock[i]:%Y-%m} 小計", begun))
                begun = 0.0
    else:
        more = [*rows, line((base.clock[-1] + step).strftime(base.stamp_format), sum(numbers))]
    table = dataclasses.replace(given.table, rows=tuple(more))
    longer = given if level < 2 else dataclasses.replace(given, period=_longer(given))
    what = ("a row 合計", "a row 小計 after each month", "a total under the next stamp")[level]
    return Trial(what, table.content(), longer, truth=given)


def _longer(base: Base) -> tuple[str, str]:
    ends = base.declared["stamp"] == "interval_end"
    end = base.clock[-1] + (base.interval if ends else 2 * base.interval or dt.timedelta(days=31))
    return base.period[0], f"{end:%Y-%m-%d %H:%M}"


def control_characters(base: Base, level: int) -> Trial | str:
    """E40: NUL bytes in cells, CR as the only line end, a newline inside a quoted stamp."""
    if level == 1:
        return Trial("CR-only line ends", base.table.content().replace(b"\n", b"\r"), base)
    places = rows_at(base, 1)
    column = base.value if level == 0 else base.time
    cells = base.table.column(column)
    marked = {i: cells[i][:1] + ("\x00" if level == 0 else "\n") + cells[i][1:] for i in places}
    what = ("NUL bytes in readings", "", "newlines inside quoted stamps")[level]
    return Trial(what, base.table.with_cells(column, marked).content(), base)


def wrong_type(base: Base, level: int) -> Trial | str:
    """E41: csv named xlsx, an html page named xls, a workbook named csv (and encrypted where cut short)."""
    small = iso(base).cut(2000)
    if level == 0:
        return Trial("csv named .xlsx", small.table.content(), small, ".xlsx", truth=small)
    header = (small.table.header[base.time], small.table.header[base.value])
    cells = list(zip(small.table.column(base.time), small.table.column(base.value), strict=True))
    if level == 1:
        lines = "".join(f"<tr><td>{time}</td><td>{value}</td></tr>" for time, value in cells)
        page = (
            '<html><head><meta charset="utf-8"></head><body><table>'
            f"<tr><td>{header[0]}</td><td>{header[1]}</td></tr>{lines}</table></body></html>"
        )
        declared = small.with_table(small.table, encoding="utf-8", header_row=1)
        return Trial("html named .xls", page.encode("utf-8"), declared, ".xls", truth=small)
    declared = small.with_table(small.table, header_row=1, encoding="utf-8")
    book = workbook(header, [time for time, _ in cells], [float(value) for _, value in cells])
    return Trial("workbook named .csv", book, declared, ".csv", truth=small)


def cut_off(base: Base, level: int) -> Trial | str:
    """E43: the last number cut, the file cut within a line at 99 %, the file cut at a line end at 90 %."""
    content = base.table.content()
    if level == 0:
        return Trial("cut within the last line", content.rstrip(b"\n")[:-1], base)
    at = len(content) * (99 if level == 1 else 90) // 100
    cut = content.rfind(b"\n", 0, at) + 1
    if level == 1:
        return Trial("cut within a line at 99 %", content[: cut + max(3, (content.find(b"\n", cut) - cut) // 2)], base)
    return Trial("cut at a line end at 90 %", content[:cut], base)


def leading_zeros(base: Base, level: int) -> Trial | str:
    """E35: rows of meters 00123 and 123 in one file of bills; columns called 00123 and 123 elsewhere."""
    if level < 2:
        return WHOLE_FILE
    if base.bills:
        return _two_meters(base, "00123", "123")
    half = [f"{number / 2:.3f}" for number in base.numbers]
    table = base.table.renamed(base.value, "00123").with_new_column("123", half)
    declared = base.with_table(table, value_column="00123")
    return Trial("columns 00123 and 123", table.content(), declared, truth=base)


def named_na(base: Base, level: int) -> Trial | str:
    """E36: rows of a meter called NA in one file of bills; a column called NA elsewhere."""
    if level < 2:
        return WHOLE_FILE
    if base.bills:
        return _two_meters(base, "NA", "NB")
    table = base.table.renamed(base.value, "NA")
    return Trial("the column is called NA", table.content(), base.with_table(table, value_column="NA"), truth=base)


def _two_meters(base: Base, own: str, other: str) -> Trial:
    """The bills of two meters in one file, of which one is asked for by its name."""
    column = base.table.header.index("meter_id")
    n = len(base.clock)
    mine = base.table.with_column(column, [own] * n)
    theirs = base.table.with_column(column, [other] * n).with_column(base.value, list(base.other))
    table = dataclasses.replace(mine, rows=(*mine.rows, *theirs.rows))
    declared = dataclasses.replace(base.with_table(table), where={"meter_id": own})
    return Trial(f"rows of the meters {own} and {other}", table.content(), declared, truth=base)
