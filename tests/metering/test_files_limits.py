"""What a file may be before it is opened: bombs, entities, macros and foreign types are refused with their reason."""

import bz2
import gzip
import io
import lzma
import random
import sqlite3
import zipfile

import openpyxl
import pytest

from energycalc.errors import EnergycalcError, MeterDataError
from energycalc.metering.files import archive_limits, look_at
from energycalc.metering.files.opening import open_table
from energycalc.metering.table import read_cells


def workbook(rows=3):
    book = openpyxl.Workbook()
    book.active.append(["time", "kWh"])
    for row in range(rows):
        book.active.append([f"2024-03-01 0{row}:00", row + 0.5])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_members(raw, **changes):
    """The same archive with members changed or added; ``None`` takes one out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as other:
        members = {name: archive.read(name) for name in archive.namelist()} | changes
        for name, data in members.items():
            other.writestr(name, data)
    return stream.getvalue()


@pytest.fixture
def refused(tmp_path, layout):
    def make(content, match, name="meter.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(MeterDataError, match=match) as error:
            read_cells(layout(path))
        with pytest.raises(MeterDataError, match=match):
            look_at(path)
        assert error.value.next_step and error.value.subject.startswith("meter")
        return error.value

    return make


def test_an_ordinary_workbook_passes_all_limits(tmp_path, layout):
    path = tmp_path / "meter.xlsx"
    path.write_bytes(workbook())
    assert read_cells(layout(path)).values == ["0.5", "1.5", "2.5"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(refused):
    bomb = with_members(workbook(), **{"xl/worksheets/sheet2.xml": b" " * 3_000_000})
    assert len(bomb) < 20_000
    error = refused(bomb, "unpacks to 3 MB")
    assert "200 times" in error.limit


def test_a_member_that_shrinks_in_an_ordinary_way_is_no_bomb(tmp_path, layout):
    path = tmp_path / "meter.xlsx"
    numbers = random.Random(1)
    note = "".join(f"<!-- {numbers.random()} -->" for _ in range(60_000)).encode()
    sheet = zipfile.ZipFile(io.BytesIO(workbook())).read("xl/worksheets/sheet1.xml")
    path.write_bytes(
        with_members(workbook(), **{"xl/worksheets/sheet1.xml": sheet.replace(b"<sheetData>", note + b"<sheetData>")})
    )
    assert path.stat().st_size < sum(len(part) for part in (note, sheet)) / 2
    assert read_cells(layout(path)).values == ["0.5", "1.5", "2.5"]


def test_a_gzip_bomb_is_refused(refused):
    refused(gzip.compress(b"0" * 3_000_000), "the gzip file unpacks to 3 MB", "meter.csv.gz")


def test_sizes_above_the_limits_are_refused(refused, monkeypatch):
    for limit, value, content, match, name in (
        ("MAXIMUM_MEMBER", 1_000, workbook(), "too large", "meter.xlsx"),
        ("MAXIMUM_TOTAL", 5_000, workbook(), "unpacks to more than", "meter.xlsx"),
        ("MAXIMUM_ROWS", 2, workbook(), "too many rows", "meter.xlsx"),
        ("MAXIMUM_ROWS", 2, b"time,kWh\n1,1\n2,2\n3,3\n", "too many rows", "meter.csv"),
        ("MAXIMUM_ROWS", 2, b"<table>" + b"<tr><td>1" * 4 + b"</table>", "too many rows", "meter.html"),
        ("MAXIMUM_CELLS", 5, workbook(), "too many cells", "meter.xlsx"),
        ("MAXIMUM_MEMBERS", 3, workbook(), "more than 3 members", "meter.xlsx"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(archive_limits, limit, value)
            refused(content, match, name)


@pytest.mark.parametrize("reference", ["A1:XFD1048576", "A1:ZZ99999"])
def test_a_merged_block_over_the_whole_sheet_is_refused_before_it_is_filled(refused, reference):
    sheet = zipfile.ZipFile(io.BytesIO(workbook())).read("xl/worksheets/sheet1.xml")
    merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{reference}"/></mergeCells>'.encode()
    content = with_members(workbook(), **{"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", merged)})
    refused(content, "too many cells")


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
)
def test_entities_are_refused_in_every_member(refused, member):
    data = zipfile.ZipFile(io.BytesIO(workbook())).read(member)
    body = data.partition(b"?>")[2] if data.startswith(b"<?xml") else data
    refused(with_members(workbook(), **{member: ENTITY + body}), "declares XML entities")
    wide = data.decode().encode("utf-16")
    refused(with_members(workbook(), **{member: wide}), "declares XML entities or a foreign encoding")


@pytest.mark.parametrize("member", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/VBAPROJECT.BIN"])
def test_macros_are_refused_whatever_the_name(refused, member):
    for name in ("meter.xlsx", "meter.xlsm", "meter.csv"):
        refused(with_members(workbook(), **{member: b"x"}), "with macros", name)


def test_a_member_twice_is_refused(refused):
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("XL/Workbook.xml", b"<other/>")
    refused(stream.getvalue(), "two members of one name")


def zipped(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def database():
    connection = sqlite3.connect(":memory:")
    connection.execute("create table readings (kWh)")
    return connection.serialize()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (zipped(**{"word/document.xml": "x"}), "a Word document"),
        (zipped(**{"xl/workbook.bin": "x"}), "an Excel binary workbook"),
        (zipped(**{"mimetype": "x", "content.xml": "x"}), "an OpenDocument file"),
        (zipped(**{"meter.csv": "time,kWh"}), "a zip archive"),
        (bz2.compress(b"time,kWh"), "a bzip2 archive"),
        (lzma.compress(b"time,kWh"), "an xz archive"),
        (database(), "an SQLite database"),
        (b"%PDF-1.7 x", "a PDF"),
        (b"\x89PNG\r\n\x1a\n x", "a picture"),
        (b"{\\rtf1 x}", "a rich-text document"),
        (b'{"time": 1}\n', "a JSON file"),
        (b'<?xml version="1.0"?>\n<feed xmlns="http://naesb.org/espi"/>', "an XML file"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "an Excel 2003 XML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "a web archive"),
        (gzip.compress(zipped(x="y")), "a gzip of something that is no text"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)  # fmt: skip
@pytest.mark.parametrize("name", ["meter.csv", "meter.xlsx"])
def test_a_foreign_type_is_refused_by_its_true_name(refused, content, what, name):
    refused(content, what, name)


@pytest.mark.parametrize("seed", range(60))
def test_a_mutated_file_ends_in_cells_or_in_a_plain_message(seed):
    """No damage to any kind of file ends in anything but cells or an error of this package."""
    chance = random.Random(seed)
    kinds = {
        "meter.csv": b"time,kWh\n" + b"2024-03-01 00:15,1.5\n" * 8,
        "meter.html": b"<table><tr><td>time<td>kWh<tr><td rowspan=2>2024-03-01<td>1.5</table>",
        "meter.xlsx": workbook(),
        "meter.csv.gz": gzip.compress(b"time,kWh\n2024-03-01 00:15,1.5\n", mtime=0),
    }
    for name, content in kinds.items():
        for _ in range(10):
            broken = bytearray(content)
            for _ in range(chance.randint(1, 8)):
                place = chance.randrange(len(broken))
                broken[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
            try:
                list(open_table(bytes(broken), name, asks=False).rows)
            except EnergycalcError as error:
                assert error.next_step
