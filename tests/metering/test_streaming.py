"""A file read as a stream gives what it gives when read whole, and refuses what it would refuse."""

import gzip
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from energycalc.errors import EnergycalcError, InputError, MeterDataError
from energycalc.metering import MeterLayout, read_meter
from energycalc.metering.streaming import source, stream_meters
from energycalc.metering.streaming.space import refuse_without_space

Layout = Callable[..., MeterLayout]
Rows = list[tuple[str, str]]


def quarter_hours(count: int, first: str = "2024-03-01T00:00") -> Rows:
    stamps = np.datetime64(first, "s") + np.arange(count) * np.timedelta64(900, "s")
    rng = np.random.default_rng(4)
    return [(str(t)[:16].replace("T", " "), f"{v:.3f}") for t, v in zip(stamps, rng.uniform(0, 50, count), strict=True)]


@pytest.fixture
def declared(tmp_path: Path, layout: Layout) -> Layout:
    def make(rows: Rows, **changes: object) -> MeterLayout:
        path = tmp_path / "meter.csv"
        path.write_text("time,kWh\n" + "".join(f"{time},{value}\n" for time, value in rows), encoding="utf-8")
        return layout(path, **({"stamp": "interval_start"} | changes))

    return make


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "BATCH_ROWS", 7)


def same_as_whole(the_layout: MeterLayout) -> None:
    """Slots, total, counts and digest agree with those of the reader that holds the whole file."""
    whole, streamed = read_meter(the_layout), stream_meters(the_layout, period="slot")
    ledger = streamed.ledgers[0]
    assert (streamed.start == whole.interval_start).all()
    assert streamed.amount == pytest.approx(whole.reading, rel=1e-12)
    assert streamed.sha256 == whole.sha256
    assert (ledger.rows_read, ledger.rows_used) == (whole.ledger.rows_read, whole.ledger.rows_used)
    assert ledger.slots_missing == len(whole.ledger.missing)
    assert {(reason, count) for reason, count, _ in ledger.excluded} == {
        (reason, int((whole.ledger.verdict == code).sum())) for code, reason in enumerate(whole.ledger.reasons, start=1)
    }


def test_the_steel_plant_reads_alike_packed_and_with_midnight_at_the_end(steel_layout: Layout) -> None:
    same_as_whole(steel_layout())
    days = stream_meters(steel_layout())
    assert math.fsum(days.amount) == pytest.approx(959_636.71, abs=0.005)  # total published with the data set
    assert len(days.amount) == 365 and (days.slots == 96).all()


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("rows", [1, 6, 7, 8, 14, 200])
def test_batches_of_any_size_give_the_same(declared: Layout, rows: int) -> None:
    same_as_whole(declared(quarter_hours(rows)))


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("policy", ["keep_first", "keep_last", "drop_identical"])
def test_repeated_stamps_over_the_edge_of_a_batch(declared: Layout, policy: str) -> None:
    rows = quarter_hours(40)
    for place in (6, 13, 20):
        other = rows[place][1] if policy == "drop_identical" else "99"
        rows.insert(place + 1, (rows[place][0], other))
    rows.insert(7, rows[7])  # three in a row
    same_as_whole(declared(rows, duplicates=policy))


@pytest.mark.usefixtures("small_batches")
def test_empty_cells_gaps_and_negative_readings_as_declared(declared: Layout) -> None:
    rows = quarter_hours(60)
    rows[9], rows[30] = (rows[9][0], ""), (rows[30][0], "-3.5")
    same_as_whole(declared(rows[:20] + rows[24:], empty="exclude", gaps="report", negative="allow"))


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("capacity", [None, 1000.0])
def test_a_register_gives_differences_over_batches_gaps_and_roll_overs(
    declared: Layout, capacity: float | None
) -> None:
    stamps = [time for time, _ in quarter_hours(50)]
    readings = 700 + 11.5 * np.arange(50)
    values = readings % 1000 if capacity else readings
    rows = [(time, f"{value:.3f}") for time, value in zip(stamps, values, strict=True)]
    words = {"quantity_kind": "register", "stamp": "interval_end", "gaps": "report", "register_capacity": capacity}
    same_as_whole(declared(rows[:17] + rows[20:], **words))


def test_24_o_clock_and_midnight_that_ends_the_day(declared: Layout) -> None:
    rows = [(f"2024-03-0{day} {hour:02d}:00", "1.5") for day in (1, 2) for hour in range(1, 25)]
    hourly = {"interval": "1 h", "stamp": "interval_end"}
    same_as_whole(declared(rows, **hourly))
    days = stream_meters(declared(rows, **hourly))
    assert days.amount.tolist() == [36.0, 36.0]
    zero = [(time.replace("24:00", "00:00"), value) for time, value in rows]
    assert stream_meters(declared(zero, midnight="ends_day", **hourly)).amount.tolist() == [36.0, 36.0]


@pytest.mark.parametrize(
    ("faults", "words"),
    [
        ({20: "05:00,n/a", 21: "05:15,-"}, "lines 22, 23 (the first of 2 and possibly more): the cell is not a number"),
        ({20: "05:00,", 30: "07:30,"}, "lines 22, 32 (the first of 2 and possibly more): the cell is empty"),
        ({20: "05:00,-1"}, "line 22: the reading is negative"),
        ({20: "05:00:,1"}, "line 22: the stamp cannot be read"),
        ({20: "04:45,1"}, "lines 21, 22 (the first of 2 and possibly more): the stamp is repeated"),
        ({20: "00:20,1"}, "line 22: the row lies before the row above"),
        ({20: "04:52,1"}, "the stamp does not keep the declared interval"),
        ({20: ""}, "line 23: slots are missing before this row"),
        ({20: "05:00,1e999"}, "line 22: the cell is not a number"),
        ({20: "05:00,1,5"}, "not readable as a table"),
    ],
)
def test_a_fault_stops_the_reading_and_names_its_lines(declared: Layout, faults: dict[int, str], words: str) -> None:
    rows = quarter_hours(40)
    for place, fault in faults.items():
        time, _, value = fault.partition(",")
        rows[place] = (f"2024-03-01 {time}", value) if fault else rows[place]
    the_layout = declared(rows)
    if "" in faults.values():  # a line without cells is passed over
        text = Path(the_layout.file).read_text(encoding="utf-8").splitlines(keepends=True)
        text[21] = "\n"
        Path(the_layout.file).write_text("".join(text), encoding="utf-8")
    with pytest.raises(MeterDataError) as refused:
        stream_meters(the_layout)
    assert words in str(refused.value)
    with pytest.raises(EnergycalcError):
        read_meter(the_layout)  # the other reader refuses it too


def test_another_interval_than_declared_is_refused_at_the_end(declared: Layout) -> None:
    with pytest.raises(MeterDataError, match="most rows come 15 min apart"):
        stream_meters(declared(quarter_hours(40), interval="5 min", gaps="report"))


def test_a_demand_above_the_declared_maximum_is_refused(declared: Layout) -> None:
    rows = quarter_hours(40)
    assert len(stream_meters(declared(rows, maximum_demand="200 kW")).amount) == 1
    rows[30] = (rows[30][0], "50.1")
    with pytest.raises(MeterDataError, match="line 32: the mean power is above"):
        stream_meters(declared(rows, maximum_demand="200 kW"))


def test_faults_that_are_declared_as_left_out_are_counted_with_their_energy(declared: Layout) -> None:
    rows = quarter_hours(100)
    for place, value in ((3, "x"), (4, "-7"), (5, "")):
        rows[place] = (rows[place][0], value)
    rows[6], rows[7] = ("no stamp", "2.5"), ("1970-01-01 00:00", "4")
    the_layout = declared(rows, empty="exclude", gaps="report")
    streamed = stream_meters(
        the_layout, years=(2024, 2024), exclude=("not_a_number", "negative", "stamp_unreadable"), period="slot"
    )
    ledger = streamed.ledgers[0]
    assert {reason: (count, amount) for reason, count, amount in ledger.excluded} == {
        "the stamp cannot be read": (1, 2.5),
        "outside the declared years": (1, 4.0),
        "the cell is not a number": (1, 0.0),
        "the cell is empty": (1, 0.0),
        "the reading is negative": (1, -7.0),
    }
    assert ledger.rows_read == 100 == ledger.rows_used + ledger.rows_excluded
    used = math.fsum(float(value) for place, (_, value) in enumerate(rows) if place not in range(3, 8))
    assert ledger.amount_used == pytest.approx(used, rel=1e-12)
    assert ledger.amount_read == pytest.approx(used + 2.5 + 4 - 7, rel=1e-12)
    assert ledger.slots_missing == 5


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("turns", [False, True])
def test_many_meters_in_one_file_are_kept_apart(tmp_path: Path, layout: Layout, turns: bool) -> None:
    each = {name: quarter_hours(150, f"2024-0{month}-01T06:00") for name, month in (("b", 3), ("a", 4), ("c", 5))}
    lines = [(name, *row) for name, rows in each.items() for row in rows]
    if turns:
        lines = [(name, *each[name][k]) for k in range(150) for name in each]
    file = tmp_path / "long.csv"
    file.write_text("id,time,kWh\n" + "".join(f"{','.join(line)}\n" for line in lines), encoding="utf-8")
    streamed = stream_meters(layout(file, stamp="interval_start"), meter_column="id")
    assert streamed.meters == ("b", "a", "c")
    for number, (name, rows) in enumerate(each.items()):
        alone = pd.Series([float(value) for _, value in rows], index=pd.to_datetime([time for time, _ in rows]))
        own = streamed.meter == number
        assert streamed.amount[own] == pytest.approx(alone.resample("D").sum().to_numpy(), rel=1e-12)
        assert streamed.slots[own].sum() == 150 and streamed.ledgers[number].meter == name
    frame = streamed.to_frame()
    assert frame.groupby("meter", sort=False)["amount"].sum().index.tolist() == ["b", "a", "c"]


def test_a_row_without_a_meter_is_refused(tmp_path: Path, layout: Layout) -> None:
    file = tmp_path / "long.csv"
    file.write_text("id,time,kWh\na,2024-03-01 00:00,1\n,2024-03-01 00:15,1\n", encoding="utf-8")
    with pytest.raises(MeterDataError, match="line 3: the row names no meter"):
        stream_meters(layout(file, stamp="interval_start"), meter_column="id")


@pytest.mark.usefixtures("small_batches")
def test_sums_written_while_reading_are_the_same_as_those_kept(declared: Layout, tmp_path: Path) -> None:
    the_layout = declared(quarter_hours(300), current_transformer_ratio="300/5")
    out = tmp_path / "sums.parquet"
    kept, written = stream_meters(the_layout), stream_meters(the_layout, out=out)
    frame = pd.read_parquet(out)
    assert frame["amount_as_read"].to_numpy() == pytest.approx(kept.amount, rel=1e-14)
    assert (frame["start"].to_numpy() == kept.start).all()
    assert written.ledgers == kept.ledgers and not len(written.amount)
    assert kept.primary == pytest.approx(60 * kept.amount)


def test_a_refused_file_leaves_no_half_written_sums(declared: Layout, tmp_path: Path) -> None:
    rows = quarter_hours(50)
    rows[40] = (rows[40][0], "x")
    with pytest.raises(MeterDataError):
        stream_meters(declared(rows), out=tmp_path / "sums.parquet")
    assert not (tmp_path / "sums.parquet").exists()


def test_parquet_reads_as_the_text_does(declared: Layout, layout: Layout, tmp_path: Path) -> None:
    rows = quarter_hours(200)
    file = tmp_path / "meter.parquet"
    pd.DataFrame(
        {"time": pd.to_datetime([time for time, _ in rows]), "kWh": [float(value) for _, value in rows]}
    ).to_parquet(file)  # fmt: skip
    text, table = stream_meters(declared(rows)), stream_meters(layout(file, stamp="interval_start"))
    assert table.amount == pytest.approx(text.amount, rel=1e-14)
    words = tmp_path / "words.parquet"
    pd.DataFrame({"time": [time for time, _ in rows], "kWh": [value for _, value in rows]}).to_parquet(words)
    with pytest.raises(MeterDataError, match=r"no local clock time|no numbers"):
        stream_meters(layout(words, stamp="interval_start"))


@pytest.mark.parametrize(
    "words",
    [
        {"gaps": "interpolate"},
        {"calendar": "roc"},
        {"decimal_mark": "comma"},
        {"encoding": "cp950"},
        {"delimiter": "auto"},
        {"date_format": "%d/%m/%y %H:%M", "calendar": "gregorian"},
    ],
)
def test_what_cannot_be_streamed_is_refused_by_name(declared: Layout, words: dict[str, str]) -> None:
    with pytest.raises(InputError, match="larger than memory"):
        stream_meters(declared(quarter_hours(3), **words))


def test_another_encoding_than_utf_8_is_refused_not_guessed(layout: Layout, tmp_path: Path) -> None:
    file = tmp_path / "meter.csv"
    file.write_bytes("時間,kWh\n2024-03-01 00:00,1\n".encode("cp950"))
    with pytest.raises(MeterDataError, match="UTF-8"):
        stream_meters(layout(file, time_column="時間"))


def test_a_roc_stamp_without_declaration_is_asked_about_not_guessed(declared: Layout) -> None:
    with pytest.raises(InputError, match="not declared"):
        stream_meters(declared([("113/03/01 00:00", "1"), ("113/03/01 00:15", "2")]))


def test_gzip_and_a_byte_order_mark_are_read(declared: Layout, layout: Layout, tmp_path: Path) -> None:
    rows = quarter_hours(10)
    plain = Path(declared(rows).file).read_bytes()
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbf" + plain))
    assert stream_meters(layout(packed, stamp="interval_start")).amount == pytest.approx(
        stream_meters(declared(rows)).amount
    )


def test_a_disk_without_room_is_refused_with_both_figures_and_a_disk_with_room_is_not(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"MB needed, .* MB free") as refused:
        refuse_without_space(2**62, tmp_path, "sums")
    assert str(tmp_path.resolve()) in str(refused.value)
    refuse_without_space(1000, tmp_path, "sums")


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path, layout: Layout) -> None:
    """Blank lines and a cell with a line break lie above the faulty row."""
    file = tmp_path / "meter.csv"
    file.write_text(
        'a note\ntime,note,kWh\n2024-03-01 00:00,"two\nlines",1\n\n2024-03-01 00:15,,2\n2024-03-01 00:30,,x\n',
        encoding="utf-8",
    )
    with pytest.raises(MeterDataError, match="line 7: the cell is not a number"):
        stream_meters(layout(file, stamp="interval_start", header_row=2))
