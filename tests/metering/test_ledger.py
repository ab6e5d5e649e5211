"""Nothing is lost: counts and energies of each generated file add up, whatever its faults."""

import dataclasses
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import CalculationError, InputError
from energycalc.metering import read_meter, series_findings

# a row: slots after the row before (0 repeats the stamp), and its reading in hundredths (None is empty)
ROWS = st.lists(
    st.tuples(st.sampled_from([1, 1, 1, 1, 0, 2, 3]), st.none() | st.integers(0, 99_999)),
    min_size=1,
    max_size=40,
)
START = np.datetime64("2024-02-28T23:00", "m")


def stamped(rows):
    position = 0
    for row, (step, reading) in enumerate(rows):
        position += step if row else 0
        stamp = str(START + np.timedelta64(15 * position, "m")).replace("T", " ")
        yield stamp, reading, position


def text_of(rows):
    return "time,kWh\n" + "".join(f"{stamp},{'' if r is None else r / 100}\n" for stamp, r, _ in stamped(rows))


@settings(deadline=None)
@given(
    rows=ROWS,
    gaps=st.sampled_from(["report", "interpolate"]),
    duplicates=st.sampled_from(["keep_first", "keep_last"]),
)
def test_interval_files_balance(layout, rows, gaps, duplicates):
    rows = [*rows, *[(1, 250)] * len(rows)]  # so that the declared interval stays the usual one
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.csv"
        path.write_text(text_of(rows), encoding="utf-8")
        declared = layout(path, empty="exclude", gaps=gaps, duplicates=duplicates)
        kept = {}
        for _, reading, position in stamped(rows):
            if duplicates == "keep_last" or position not in kept:
                kept[position] = reading
        series = read_meter(declared)
    ledger = series.ledger
    used = [reading for reading in kept.values() if reading is not None]
    assert ledger.rows_read == len(rows) == ledger.rows_used + ledger.rows_excluded
    assert ledger.rows_used == len(used)
    assert len(series.reading_kwh) == ledger.rows_used + len(ledger.fills)
    assert len(series.reading_kwh) + len(ledger.missing) == max(kept) + 1
    everything = sum(reading for _, reading in rows if reading is not None) / 100
    assert ledger.used == pytest.approx(sum(used) / 100, rel=1e-12)
    assert ledger.used + ledger.excluded == pytest.approx(everything, rel=1e-9)
    assert series.reading_kwh.sum() == pytest.approx(ledger.used + ledger.filled, rel=1e-9)
    assert sum(count for what, count, _ in ledger.summary() if what.startswith("rows ")) == 2 * len(rows)


@settings(deadline=None)
@given(
    steps=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 500)), min_size=1, max_size=30),
    opening=st.integers(0, 999),
)
def test_register_files_balance(layout, steps, opening):
    """With roll-over at 1000 and gaps spread, the series holds exactly what the counter turned."""
    steps = [*steps, *[(1, 5)] * len(steps)]  # so that the declared interval stays the usual one
    turned = np.cumsum([0, *(min(kwh, 99) for _, kwh in steps)])
    positions = np.cumsum([0, *(step for step, _ in steps)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "counter.csv"
        lines = [
            f"{str(START + np.timedelta64(15 * int(p), 'm')).replace('T', ' ')},{(opening + int(t)) % 1000}\n"
            for p, t in zip(positions, turned, strict=True)
        ]
        path.write_text("time,kWh\n" + "".join(lines), encoding="utf-8")
        series = read_meter(
            layout(path, quantity_kind="register", register_capacity=1000, gaps="spread", midnight="starts_day")
        )
    assert series.reading_kwh.sum() == pytest.approx(turned[-1], rel=1e-9, abs=1e-9)
    assert len(series.reading_kwh) == positions[-1]
    assert series.ledger.used + series.ledger.excluded == pytest.approx(turned[-1], rel=1e-9, abs=1e-9)


def test_a_ledger_that_does_not_close_is_refused(write):
    series = read_meter(write())
    series.ledger.verify(series.reading_kwh)
    for broken in (
        dataclasses.replace(series.ledger, rows_amount=series.ledger.rows_amount + 1e-6),
        dataclasses.replace(series.ledger, verdict=np.array([0, 0, 7, 0, 0, 0])),
    ):
        with pytest.raises(CalculationError, match="does not close"):
            broken.verify(series.reading_kwh)
    with pytest.raises(CalculationError, match="does not close"):
        series.ledger.verify(series.reading_kwh[:-1])


def test_a_reader_that_loses_a_row_is_stopped(write, monkeypatch):
    from energycalc.metering import reading

    def careless(*arguments):
        account = interval_slots(*arguments)
        grid = account.grid.copy()
        grid[1] = np.nan
        return dataclasses.replace(account, grid=grid)

    interval_slots = reading.interval_slots
    monkeypatch.setattr(reading, "interval_slots", careless)
    with pytest.raises(CalculationError, match="does not close"):
        read_meter(write())


def test_the_ledger_shows_every_row_with_its_fate(write, clean):
    rows = [*clean[:2], (clean[1][0], "7"), ("2024-03-01 00:45", ""), *clean[4:]]
    series = read_meter(write(rows, duplicates="keep_first", empty="exclude", gaps="report"))
    frame = series.ledger.to_frame()
    assert list(frame["line"]) == [2, 3, 4, 5, 6, 7]
    assert list(frame["verdict"]) == [
        "used",
        "used",
        "excluded: the stamp is repeated",
        "excluded: the cell is empty",
        "used",
        "used",
    ]
    assert "4 used, 2 excluded, 0 slots filled, 2 missing" in series.ledger.sentence()


def test_findings_name_what_happened_and_are_silent_on_clean_rows(write, clean):
    whole_day = [(f"2024-03-01 {hour:02d}:00", str(1 + hour % 2)) for hour in range(24)]
    tidy = {"interval": "1 h", "stamp": "interval_start"}
    assert series_findings(read_meter(write(whole_day, **tidy))) == ()
    rows = [*whole_day[:5], *whole_day[6:10], (whole_day[10][0], ""), *whole_day[11:]]
    filled = series_findings(read_meter(write(rows, **tidy, empty="exclude", gaps="interpolate")))
    assert {finding.id for finding in filled} == {"metering.slots_filled", "metering.rows_excluded"}
    missing = series_findings(read_meter(write(rows, **tidy, empty="exclude", gaps="report")))
    assert {finding.id for finding in missing} == {"metering.slots_missing", "metering.rows_excluded"}
    assert "2 of 24 slots" in missing[0].sentence
    assert [f.id for f in series_findings(read_meter(write(clean[:2])))] == ["metering.partial_day"]


def hours(*readings):
    start = np.datetime64("2024-03-01T00:00", "m")
    stamps = [str(start + np.timedelta64(60 * k, "m")).replace("T", " ") for k in range(len(readings))]
    return [(stamp, str(reading)) for stamp, reading in zip(stamps, readings, strict=True)]


def findings_of(layout):
    return {finding.id: finding for finding in series_findings(read_meter(layout))}


def test_an_absurd_reading_is_found_with_its_line_and_power(write):
    tidy = {"interval": "1 h", "stamp": "interval_start"}
    ordinary = [10 + k % 7 for k in range(48)]
    assert "metering.outlier" not in findings_of(write(hours(*ordinary), **tidy))
    found = findings_of(write(hours(*ordinary[:5], 98_765_432, *ordinary[6:]), **tidy))["metering.outlier"]
    assert found.severity == "warning"
    for text in ("line 7", "9.87654e+07 kWh", "9.87654e+07 kW"):
        assert text in found.sentence
    assert found.evidence["lines"] == "7" and "第 7 行" in found.sentence_zh
    # 20 times the usual largest reading is the limit: at it no finding, above it one
    assert "metering.outlier" not in findings_of(write(hours(*ordinary[:5], 320, *ordinary[6:]), **tidy))
    assert "metering.outlier" in findings_of(write(hours(*ordinary[:5], 321, *ordinary[6:]), **tidy))
    zeros = findings_of(write(hours(*[0] * 24), **tidy))
    assert set(zeros) == {"metering.zero_readings"}


def test_a_reading_that_never_moves_is_a_flat_line(write):
    tidy = {"interval": "1 h", "stamp": "interval_start"}
    moving = [10 + k % 7 for k in range(48)]
    flat = findings_of(write(hours(*moving[:5], *[12.5] * 24, *moving[29:]), **tidy))["metering.flat_line"]
    assert "12.5 kWh for 24 h" in flat.sentence and "line 7" in flat.sentence
    assert "metering.flat_line" not in findings_of(write(hours(*moving[:5], *[12.5] * 23, *moving[28:]), **tidy))
    assert "metering.flat_line" not in findings_of(write(hours(*moving[:5], *[0] * 30, *moving[35:]), **tidy))
    broken = [row for k, row in enumerate(hours(*moving[:5], *[12.5] * 30, *moving[35:])) if k != 20]
    assert "metering.flat_line" not in findings_of(write(broken, **tidy, gaps="report"))


def test_a_part_of_the_series_keeps_a_closed_ledger(write, clean):
    series = read_meter(write(changed_gap(clean), gaps="report"))
    part = series.between("2024-03-01 00:15", "2024-03-01 01:15")
    assert (part.ledger.rows_read, part.ledger.rows_used, part.ledger.rows_excluded) == (5, 3, 2)
    assert len(part.ledger.missing) == 1 and part.factors is series.factors
    assert part.ledger.used + part.ledger.excluded == series.ledger.rows_amount


def changed_gap(rows):
    return [*rows[:2], *rows[3:]]


def test_a_period_is_given_by_dates_or_text(write):
    series = read_meter(write())
    assert len(series.between(date(2024, 3, 1), date(2024, 3, 2)).reading_kwh) == 6
    assert len(series.between("2024-03-01", "2024-03-02").ledger.missing) == 90
    with pytest.raises(InputError, match="no date or time"):
        series.between("1 March", "2024-03-02")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024-03-02", "2024-03-03"),
        ("2024-03-01 01:00", "2024-03-01 00:30"),
        ("2024-03-01 00:10", "2024-03-01 01:00"),
    ],
)
def test_a_period_without_whole_slots_is_refused(write, start, end):
    with pytest.raises(InputError, match="no whole slots"):
        read_meter(write()).between(start, end)
