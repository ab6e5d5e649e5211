"""What a file really is, by its bytes; its name is only a claim."""

from __future__ import annotations

import re
from pathlib import PurePath

from energycalc.errors import MeterDataError
from energycalc.metering.notices import Notice

READABLE = {
    "csv": ("delimited text", "分隔文字檔", (".csv", ".txt", ".tsv", ".tab", ".dat", ".log", ".asc", ".prn", "")),
    "xlsx": ("an Excel workbook (xlsx)", "Excel 活頁簿(xlsx)", (".xlsx",)),
    "xls": ("an old Excel workbook (xls)", "舊版 Excel 活頁簿(xls)", (".xls",)),
    "html": ("an html page", "HTML 網頁", (".html", ".htm")),
    "parquet": ("a parquet table", "Parquet 檔", (".parquet", ".pq")),
}
"""What can be read: English, Chinese, and the endings of names that say so."""

_FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"\x09\x00\x04\x00", "xls"),
    (b"\x09\x02\x06\x00", "xls"),
    (b"\x09\x04\x06\x00", "xls"),
    (b"\x09\x08\x08\x00\x00\x05", "xls"),
    (b"\x09\x08\x10\x00\x00\x06", "xls"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a rich-text document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ARROW1", "an Arrow (Feather) file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
)
_PROLOGUE = r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
_HTML = re.compile(_PROLOGUE + r"<(?:!doctype\s+html|html|head|body|meta|table|style|title|div)\b", re.I | re.S)
_XML = re.compile(_PROLOGUE + r"<[A-Za-z?!]", re.S)


def true_type(raw: bytes) -> str:
    """What the bytes are: a key of ``READABLE``, ``zip``, ``ole``, ``gzip``, or in words what cannot be read.

    Args:
        raw: the file, unpacked if it was a gzip.

    Returns:
        Everything that is nothing else is ``csv``; whether it is readable text is for the decoder.
    """
    for start, what in _FIRST_BYTES:
        if raw.startswith(start):
            return what
    text = _start_of_text(raw)
    if _HTML.match(text):
        return "html"
    if _XML.match(text):
        return "an Excel 2003 XML sheet" if "schemas-microsoft-com:office:spreadsheet" in text else "an XML file"
    if text.lstrip().lower().startswith("mime-version:"):
        return "a web archive (mht)"
    if text.lstrip().startswith(("{", "[")) and raw.rstrip()[-1:] in (b"}", b"]"):
        return "a JSON file"
    return "csv"


def refuse_unreadable(what: str, name: str) -> None:
    """Refuse a type that cannot be read, by its true name.

    Raises:
        MeterDataError: always, unless ``what`` is readable.
    """
    if what in READABLE:
        return
    raise MeterDataError(
        f"the file is {what}, no text table",
        subject=name,
        limit="delimited text (also gzipped), xlsx, xls, an html table or parquet",
        next_step="Export the table as csv or xlsx",
    )


def refuse_empty(raw: bytes, name: str) -> None:
    """Refuse a file without content; that is no consumption of zero.

    Raises:
        MeterDataError: no bytes, or only NUL bytes.
    """
    if raw.strip(b"\x00 \t\r\n\x1a\xef\xbb\xbf\xff\xfe"):
        return
    what = f"holds {len(raw):,} bytes but no text" if raw else "is empty"
    raise MeterDataError(
        f"the file {what}, so every column is missing and there are no data",
        subject=name,
        next_step="Export the file again; an empty file is no consumption of zero",
    )


def disguise(what: str, name: str) -> tuple[Notice, ...]:
    """A notice when the ending of the name says something else than the bytes.

    Args:
        what: the true type, a key of ``READABLE``.
        name: name of the file, without ``.gz`` if it was unpacked.
    """
    english, chinese, endings = READABLE[what]
    ending = PurePath(name).suffix.lower()
    known = {ending for _, _, own in READABLE.values() for ending in own} | {".xlsm", ".xlsb", ".ods", ".gz", ".pdf"}
    if ending in endings or (what == "csv" and ending not in known):
        return ()
    claim = ending or "without an ending"
    return (
        Notice(
            "true_type",
            f"the file is named {claim} but is {english} by its content, and was read as that",
            f"檔名為 {claim}，內容實為{chinese}，依實際內容讀取",
        ),
    )


def _start_of_text(raw: bytes) -> str:
    head = raw[:4000]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if head[1:40:2].count(0) > 10:
        return head.decode("utf-16-le", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
