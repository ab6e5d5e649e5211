"""Stamps in every written form that is understood give the same clock times; what has two readings is asked.

民國 = Gregorian year - 1911 (the government's own rule of conversion); Excel's day 45961 is 2025-10-31 in the 1900 date
system, and the 1904 system lies 1462 days behind it (Microsoft: Date systems in Excel).
"""

import numpy as np
import pytest

from energycalc.errors import InputError, MeterDataError
from energycalc.metering.stamps.reading import read_stamps

CLOCK = np.datetime64("2025-10-31T14:15:00")


@pytest.fixture
def stamps(layout, tmp_path):
    """Read stamps as written, with a quarter of an hour or what else is declared."""

    def read(*texts, date_system=None, **declared):
        chosen = layout(tmp_path / "meter.csv", **declared)
        return read_stamps(texts, list(range(2, len(texts) + 2)), chosen, date_system)

    return read


def kinds(notices):
    return {notice.kind for notice in notices}


@pytest.mark.parametrize(
    ("text", "notices"),
    [
        ("2025-10-31 14:15", set()),
        ("2025/10/31 14:15:00", set()),
        ("2025.10.31 14:15", set()),
        ("2025-10-31T14:15:00.000", set()),
        ("114/10/31 14:15", {"roc_date"}),
        ("114-10-31 14:15", {"roc_date"}),
        ("114.10.31 14:15:00", {"roc_date"}),
        ("民國114年10月31日 14:15", {"roc_date"}),
        ("民國 114 年 10 月 31 日 14:15", {"roc_date"}),
        ("中華民國114年10月31日14時15分", {"roc_date"}),
        ("民國114/10/31 14:15", {"roc_date"}),
        ("114年10月31日 14時15分", {"roc_date"}),
        ("114年10月31日14時15分00秒", {"roc_date"}),
        ("一一四年十月三十一日 14:15", {"roc_date", "chinese_numerals"}),
        ("民國一百一十四年十月三十一日 下午2時15分", {"roc_date", "chinese_numerals", "am_pm"}),
        ("2025年10月31日 14:15", set()),
        ("二〇二五年十月三十一日 14:15", {"chinese_numerals"}),
        ("1141031 14:15", {"roc_date", "date_form"}),
        ("11410311415", {"roc_date", "date_form"}),
        ("20251031 1415", {"date_form"}),
        ("202510311415", {"date_form"}),
        ("20251031141500", {"date_form"}),
        ("20251031T141500", {"date_form"}),
        ("31-Oct-2025 14:15", set()),
        ("2025/10/31 下午 02:15", {"am_pm"}),
        ("2025/10/31 下午 02:15:00", {"am_pm"}),
        ("2025-10-31 2:15 PM", {"am_pm"}),
        ("２０２５/１０/３１　１４：１５", {"fullwidth_digits"}),
        ("2025-10-31T14:15+08:00", {"utc_offset"}),
        ("2025-10-31T06:15:00Z", {"utc_offset"}),
        ("2025-10-31 15:15:00 +0900", {"utc_offset"}),
    ],
)
def test_a_form_is_read_as_the_same_clock_time_and_noticed(stamps, text, notices):
    (end,), understood = stamps(text)
    assert end == CLOCK
    assert kinds(understood) == notices
    assert all(notice.sentence and notice.sentence_zh and notice.lines == (2,) for notice in understood)


@pytest.mark.parametrize(
    ("text", "date"), [("20251031", "2025-10-31"), ("1141031", "2025-10-31"), ("100/1/1", "2011-01-01")]
)
def test_dates_alone_are_their_midnight(stamps, text, date):
    assert stamps(text)[0][0] == np.datetime64(date, "s")


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("上午 12:30", 0),
        ("上午 01:30", 1),
        ("上午 11:30", 11),
        ("下午 12:30", 12),
        ("下午 01:30", 13),
        ("下午 11:30", 23),
    ],
)
def test_the_rules_of_twelve_o_clock(stamps, text, hour):
    """12 AM is midnight and 12 PM is noon (NIST, Times of Day FAQs)."""
    expected = np.datetime64(f"2025-10-31T{hour:02d}:30:00")
    assert stamps(f"2025/10/31 {text}")[0][0] == expected
    english = text[3:] + (" AM" if text[0] == "上" else " pm")
    assert stamps(f"2025/10/31 {english}")[0][0] == expected


@pytest.mark.parametrize(
    "text", ["2025/10/31 下午 13:00", "2025/10/31 上午 00:15", "2025/10/31 PM 2:15 PM", "2025/10/31 晚上 8:00"]
)
def test_an_hour_that_has_no_half_of_the_day_is_refused(stamps, text):
    with pytest.raises(MeterDataError):
        stamps(text)


def test_24_00_is_the_end_of_its_date_and_noticed(stamps):
    ends, notices = stamps("114/02/28 23:45", "114/02/28 24:00", "114/03/01 00:15")
    assert str(ends[1]) == "2025-03-01T00:00:00"
    (found,) = (notice for notice in notices if notice.kind == "hour_24")
    assert found.lines == (3,) and "24:00" in found.sentence_zh
    with pytest.raises(MeterDataError, match="no time of the day"):
        stamps("114/02/28 24:15")


@pytest.mark.parametrize("year", ["114", "0114", "79"])
def test_years_of_the_republic_never_become_antiquity(stamps, year):
    """114/10/31 is read as year 114 by pandas; here it is 2025, and four digits are never the Republic's."""
    if year == "114":
        assert stamps("114/10/31")[0][0] == np.datetime64("2025-10-31")
    else:
        with pytest.raises(MeterDataError):
            stamps(f"{year}/10/31")


def test_a_year_of_two_digits_is_asked_with_its_readings(stamps):
    with pytest.raises(MeterDataError, match="two digits") as refused:
        stamps("99/10/31 14:15")
    assert "2010-10-31" in refused.value.message and "1999-10-31" in refused.value.message
    assert stamps("99/10/31 14:15", calendar="roc")[0][0] == np.datetime64("2010-10-31T14:15:00")
    declared = {"calendar": "gregorian", "date_format": "%y/%m/%d %H:%M"}
    assert stamps("99/10/31 14:15", **declared)[0][0] == np.datetime64("1999-10-31T14:15:00")
    assert stamps("24/10/31 14:15", **declared)[0][0] == np.datetime64("2024-10-31T14:15:00")
    with pytest.raises(MeterDataError, match="two digits"):  # the order of the three is still open
        stamps("24/10/31 14:15", calendar="gregorian")
    assert stamps("991031", calendar="roc")[0][0] == np.datetime64("2010-10-31")


def test_a_declared_calendar_is_held_against_the_stamps(stamps):
    with pytest.raises(MeterDataError, match="declared calendar gregorian"):
        stamps("114/10/31", calendar="gregorian")
    with pytest.raises(MeterDataError, match="declared calendar roc"):
        stamps("2025/10/31", calendar="roc")
    assert stamps("2025/10/31", calendar="gregorian")[0][0] == np.datetime64("2025-10-31")
    assert stamps("31/10/114", calendar="roc", date_format="%d/%m/%Y")[0][0] == np.datetime64("2025-10-31")


@pytest.mark.parametrize(
    "second", ["2025/10/31 14:30", "114-10-31 14:30", "1141031 14:30", "114/10/31 14:30:00", "114/10/31", "下午 2:30"]
)
def test_a_column_is_written_in_one_way(stamps, second):
    stamps("114/10/31 14:15", "114/10/31 14:30")
    with pytest.raises(MeterDataError, match=r"line 3, column time: the stamp is written in"):
        stamps("114/10/31 14:15", second)


def test_day_and_month_are_decided_only_where_every_date_allows_one_order(stamps):
    (end, _), notices = stamps("31/10/2025 14:15", "30/10/2025 14:15")
    assert end == CLOCK and kinds(notices) == {"day_month_order"}
    assert stamps("10/31/2025 14:15")[0][0] == CLOCK
    with pytest.raises(MeterDataError, match="not declared") as refused:
        stamps("13/02/2025 00:15", "01/02/2025 00:15")
    assert "2025-02-01" in refused.value.message and "2025-01-02" in refused.value.message
    assert 'only "%d/%m/%Y %H:%M" makes a date of every row' in refused.value.message
    with pytest.raises(MeterDataError, match="mixes two orders"):
        stamps("13/02/2025 00:15", "02/14/2025 00:15")
    declared = stamps("01/02/2025 00:15", date_format="%d/%m/%Y %H:%M")
    assert declared[0][0] == np.datetime64("2025-02-01T00:15:00")


def test_day_numbers_of_a_workbook_follow_its_date_system(stamps):
    for system, number in ((1900, 45961.59375), (1904, 45961.59375 - 1462)):
        (end,), notices = stamps(repr(number), date_system=system)
        assert end == CLOCK and kinds(notices) == {"excel_serial"}
    with pytest.raises(MeterDataError, match="another day than the workbook"):
        stamps("45961.59375", date_system=1904, date_format="excel_1900")


def test_day_numbers_of_a_text_file_are_asked(stamps):
    with pytest.raises(MeterDataError, match="day numbers") as refused:
        stamps("45961.59375")
    assert "2025-10-31" in refused.value.message and "2029-11-01" in refused.value.message
    assert stamps("45961.59375", date_format="excel_1900")[0][0] == CLOCK
    with pytest.raises(MeterDataError, match="no day number"):
        stamps("2025-10-31", date_format="excel_1900")


def test_every_quarter_of_an_hour_survives_the_day_number(stamps):
    """A day number carries about 1e-11 d; no stamp moves by a second."""
    clock = np.arange("2025-10-31T00:00", "2025-11-01T00:00", 15, dtype="datetime64[m]").astype("datetime64[s]")
    days = (clock - np.datetime64("1899-12-30T00:00:00")).astype(np.float64) / 86400
    ends, _ = stamps(*map(repr, days.tolist()), date_format="excel_1900")
    assert np.array_equal(ends, clock)


@pytest.mark.parametrize("text", ["1761891300", "2025103114", "00:15", "Total", "2025-10-31 14:15 h", "٢٠٢٥-١٠-٣١"])
def test_what_is_no_stamp_is_refused(stamps, text):
    """Ten digits could be hours of a date or Unix seconds; Arabic-Indic digits are no digits here."""
    with pytest.raises(MeterDataError, match="line 2, column time"):
        stamps(text)


@pytest.mark.parametrize("year", [1989, 2100])
def test_years_outside_the_span_are_refused(stamps, year):
    with pytest.raises(MeterDataError, match="outside 1990 to 2099"):
        stamps(f"{year}-06-01")
    assert len(stamps(f"{1990 if year < 2000 else 2099}-06-01")[0]) == 1


def test_an_offset_is_turned_into_the_clock_of_the_meter(stamps):
    ends, notices = stamps("2025-10-31T16:00Z", "2025-10-31T16:15Z")
    assert [str(end) for end in ends] == ["2025-11-01T00:00:00", "2025-11-01T00:15:00"]
    assert kinds(notices) == {"utc_offset"}
    # Chicago keeps summer time until 2025-11-02 07:00 UTC (IANA time zone database)
    ends, _ = stamps("2025-11-02T06:30Z", "2025-11-02T07:30Z", time_zone="America/Chicago")
    assert [str(end) for end in ends] == ["2025-11-02T01:30:00", "2025-11-02T01:30:00"]


def test_mixed_offsets_are_refused(stamps):
    with pytest.raises(MeterDataError, match=r"\+08:00 on line 2, \+09:00 on line 3"):
        stamps("2025-10-31T14:15+08:00", "2025-10-31T14:30+09:00")
    with pytest.raises(MeterDataError, match="none on line 3"):
        stamps("2025-10-31T14:15+08:00", "2025-10-31T14:30")


@pytest.mark.parametrize(
    ("date_format", "text"),
    [
        ("%d/%m/%Y %I:%M %p", "31/10/2025 02:15 PM"),
        ("%H:%M %d.%m.%Y", "14:15 31.10.2025"),
        ("%Y%m%d%H%M", "202510311415"),
        ("%Y-%m-%dT%H:%M:%S%z", "2025-10-31T06:15:00Z"),
    ],
)
def test_a_declared_format_reads_its_letters_only(stamps, date_format, text):
    assert stamps(text, date_format=date_format)[0][0] == CLOCK
    with pytest.raises(MeterDataError, match="does not fit"):
        stamps("2025-10-31", date_format=date_format)


@pytest.mark.parametrize("date_format", ["%y/%m/%d", "%d/%m", "%Y-%m-%d %I:%M", "%Y-%m-%d %H:%M %p", "%Y-%j", "excel"])
def test_a_format_that_leaves_something_open_is_refused(stamps, date_format):
    with pytest.raises(InputError, match="date format"):
        stamps("2025-10-31", date_format=date_format)
