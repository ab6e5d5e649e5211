"""Whatever stands in a cell: it is read as a date within the span, as a finite number, or refused in a sentence."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import EnergycalcError
from energycalc.metering import MeterLayout
from energycalc.metering.numbers.reading import read_numbers
from energycalc.metering.stamps.reading import read_stamps

DECLARED = {
    "file": "meter.csv", "time_column": "t", "value_column": "reading", "unit": "kWh", "interval": "15 min",
    "quantity_kind": "interval_energy", "stamp": "interval_end", "midnight": "starts_day", "time_zone": "Asia/Taipei",
}  # fmt: skip
signs = st.text("0123456789-/.:年月日時分民國上下午 TZ+APM,一二十百〇１kWh%eE", min_size=0, max_size=24)
digits = st.from_regex(r"[0-9]{1,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,4}日?( ?[0-9]{1,2}:[0-9]{2})?", fullmatch=True)
numbers = st.from_regex(r"[0-9]{5,15}(\.[0-9]{1,8})?", fullmatch=True)


@settings(deadline=None)
@given(st.lists(st.one_of(signs, digits, numbers, st.text(max_size=8)), min_size=1, max_size=4),
       st.sampled_from([None, 1900, 1904]), st.sampled_from(["ask", "roc", "gregorian"]))  # fmt: skip
def test_any_stamp_is_read_or_refused(texts, system, calendar):
    layout = MeterLayout(**DECLARED, calendar=calendar)
    try:
        ends, _ = read_stamps(texts, list(range(2, len(texts) + 2)), layout, system)
    except EnergycalcError as refused:
        assert refused.next_step and refused.subject
        return
    assert len(ends) == len(texts)
    assert np.all((ends >= np.datetime64("1990-01-01")) & (ends < np.datetime64("2100-01-02")))


@settings(deadline=None)
@given(st.lists(st.one_of(signs, numbers, st.text(max_size=8)), min_size=1, max_size=4),
       st.sampled_from(["ask", "point", "comma"]))  # fmt: skip
def test_any_reading_is_read_or_refused(texts, mark):
    layout = MeterLayout(**DECLARED, decimal_mark=mark, empty="exclude")
    try:
        readings = read_numbers(texts, list(range(2, len(texts) + 2)), layout)
    except EnergycalcError as refused:
        assert refused.next_step and refused.subject
        return
    empty = np.array([text.strip().lower() in ("", "nan") or not text.strip("\u3000\u00a0\u202f ") for text in texts])
    assert np.array_equal(np.isnan(readings.values), empty)
    assert not np.isinf(readings.values).any()


dates = st.dates(np.datetime64("1990-01-01").astype(object), np.datetime64("2099-12-31").astype(object))
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@settings(deadline=None)
@given(dates, clocks)
def test_every_way_of_writing_gives_the_same_time(date, clock):
    expected = np.datetime64(f"{date} {clock}", "s")
    roc, half = date.year - 1911, "上午" if clock.hour < 12 else "下午"
    hour = clock.hour % 12 or 12
    ways = [
        f"{date:%Y/%m/%d} {clock:%H:%M}",
        f"民國{roc}年{date.month}月{date.day}日 {clock.hour}時{clock.minute}分",
        f"{date:%Y/%m/%d} {half} {hour}:{clock.minute:02d}",
        f"{date:%Y%m%d}{clock:%H%M}",
        f"{date:%Y-%m-%d}T{clock:%H:%M}:00+08:00",
    ]
    if roc >= 100:
        ways += [f"{roc}/{date.month}/{date.day} {clock:%H:%M}", f"{roc}{date:%m%d} {clock:%H%M}"]
    layout = MeterLayout(**DECLARED)
    for way in ways:
        ends, _ = read_stamps([way], [2], layout)
        assert ends[0] == expected, way
