"""What was understood of the stamps rather than plain, one notice for each thing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from energycalc.metering.layouts.layout import SECONDS_PER_DAY, MeterLayout
from energycalc.metering.notices import Notice, shown_lines, shown_lines_zh
from energycalc.metering.stamps.forms import ROC_OFFSET, ClockPart, DatePart

Index = NDArray[np.int64]


def stamp_notices(
    dates: Sequence[DatePart],
    date_index: Index,
    clocks: Sequence[ClockPart],
    clock_index: Index,
    lines: Sequence[int],
    layout: MeterLayout,
    date_system: int | None,
    offset: int | None,
) -> tuple[Notice, ...]:
    """The notices of a column of stamps.

    Args:
        dates: the different dates.
        date_index: place of each row's date among them.
        clocks: the different times of day.
        clock_index: place of each row's time of day among them.
        lines: line number of each row.
        layout: says what was declared.
        date_system: that of the workbook.
        offset: seconds east of UTC as written, if any.
    """
    first, rows = dates[int(date_index[0])], np.asarray(lines)
    year = int(first.numbers[0])
    notices: list[Notice] = []

    def add(kind: str, english: str, chinese: str, which: Index = rows) -> None:
        notices.append(Notice(kind, english, chinese, tuple(which.tolist())))

    if first.years == "roc" or (first.years == "two_digit" and layout.calendar == "roc"):
        add(
            "roc_date",
            f"the years are of the Republic (民國): {year} is read as {year + ROC_OFFSET}, in all {len(rows):,} rows",
            f"年份為民國紀年：民國 {year} 年讀為西元 {year + ROC_OFFSET} 年，共 {len(rows):,} 列",
        )
    if first.years == "serial":
        system = (layout.date_format or f"excel_{date_system}").removeprefix("excel_")
        whose, whose_zh = ("declared", "宣告") if layout.date_format else ("of the workbook", "活頁簿設定")
        add(
            "excel_serial",
            f"the stamps are day numbers of Excel's {system} date system ({whose}), in all {len(rows):,} rows",
            f"時間為 Excel {system} 日期系統的序列值（依{whose_zh}），共 {len(rows):,} 列",
        )
    if first.order == "?":
        day_first = int(first.numbers[1]) > 12
        order, zh = ("day, month, year", "日/月/年") if day_first else ("month, day, year", "月/日/年")
        add(
            "day_month_order",
            f"every date of the column allows only the order {order}",
            f"欄內每個日期只容許「{zh}」一種順序",
        )
    if first.shape.startswith("compact"):
        add(
            "date_form",
            "the stamps are dates written as one number (year, month and day without separators)",
            "時間為無分隔符號之數字日期（年月日相連）",
        )
    if "numerals" in first.shape:
        add("chinese_numerals", "the dates are written in Chinese numerals", "日期以國字數字書寫")
    at_24 = np.array([part.seconds == SECONDS_PER_DAY for part in clocks])[clock_index]
    if at_24.any():
        add(
            "hour_24",
            f"{int(at_24.sum()):,} stamps are written 24:00 and end their date: line {shown_lines(rows[at_24])}",
            f"{int(at_24.sum()):,} 個時間寫為 24:00，視為該日結束：第 {shown_lines_zh(rows[at_24])} 行",
            rows[at_24],
        )
    if any(part.half for part in clocks):
        add(
            "am_pm",
            "the hours are written with 上午/下午 or AM/PM: 12 in the morning is midnight, 12 in the afternoon is noon",
            "時間以上午/下午（AM/PM）書寫：上午 12 時為午夜，下午 12 時為正午",
        )
    if offset is not None:
        hours = offset / 3600
        add(
            "utc_offset",
            f"the stamps name UTC{hours:+g} h and are turned into the clock of {layout.time_zone}",
            f"時間註明 UTC{hours:+g} 小時，已換算為 {layout.time_zone} 當地時間",
        )
    return tuple(notices)
