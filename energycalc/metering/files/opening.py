"""The one door to a file's content: its bytes say what it is, and the reader of that type opens it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from energycalc.errors import MeterDataError
from energycalc.metering.files.archive_limits import gunzip, open_archive, refuse_size
from energycalc.metering.files.columnar import open_columnar
from energycalc.metering.files.delimited import open_delimited
from energycalc.metering.files.html_table import open_html
from energycalc.metering.files.old_workbook import kind_of_container, open_old_workbook
from energycalc.metering.files.opened import OpenedTable
from energycalc.metering.files.true_type import disguise, refuse_empty, refuse_unreadable, true_type
from energycalc.metering.files.workbook import kind_of_archive, open_workbook

_NAMED_AS_WORKBOOK = (".xls", ".xlsx", ".tsv", ".tab")


def bytes_of(path: Path) -> bytes:
    """The whole file as it lies on the disk.

    Raises:
        MeterDataError: it cannot be opened or is larger than the limit.
    """
    try:
        refuse_size(path.stat().st_size, path.name)
        return path.read_bytes()
    except OSError as error:
        raise MeterDataError(
            f"the meter file cannot be opened ({error.strerror})",
            subject=path.name,
            value=str(path),
            next_step="Correct the path in the meter's declaration",
        ) from error


def open_table(
    raw: bytes,
    name: str,
    *,
    sheet: str | None = None,
    encoding: str = "auto",
    delimiter: str = "auto",
    time_zone: str | None = None,
    columns: Sequence[str] | None = None,
    asks: bool = True,
) -> OpenedTable:
    """Open one table of a file by what the file truly is.

    Args:
        raw: the file's bytes.
        name: its name, which is only a claim.
        sheet: sheet of a workbook or table of a page; ``None`` takes the only one that holds anything.
        encoding: codec of text, or ``auto``.
        delimiter: character between two cells of text, or ``auto``. A text that is named as a workbook or as tsv was
            not declared as csv by anybody, so its delimiter is found.
        time_zone: zone of the clock that stamps with a zone are turned into (parquet).
        columns: columns that will be read, for formats that can leave out the others.
        asks: whether a doubt about the sheet is an error, or only a look is taken.

    Raises:
        MeterDataError: the file is empty, damaged, dangerous, or of a type that cannot be read.
    """
    what, content, own_name = true_type(raw), raw, name
    if what == "gzip":
        content, own_name = gunzip(raw, name), name.removesuffix(".gz")
        what = true_type(content)
        if what not in ("csv", "html"):
            refuse_unreadable(f"a gzip of something that is no text ({what})", name)
    refuse_empty(content, name)
    archive = None
    if what == "zip":
        archive = open_archive(content, name)
        what = kind_of_archive(archive)
    elif what == "ole":
        what = kind_of_container(content)
    refuse_unreadable(what, name)
    notices = disguise(what, own_name)
    if what == "xlsx" and archive is not None:
        return open_workbook(content, archive, name, sheet, asks, notices)
    if what == "xls":
        return open_old_workbook(content, name, sheet, asks, notices)
    if what == "parquet":
        return open_columnar(content, name, time_zone, columns, notices)
    if what == "html":
        return open_html(content, name, encoding, sheet, asks, notices)
    if PurePath(own_name).suffix.lower() in _NAMED_AS_WORKBOOK and delimiter == ",":
        delimiter = "auto"
    return open_delimited(content, name, encoding, delimiter, notices)
