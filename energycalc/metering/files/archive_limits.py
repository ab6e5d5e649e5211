"""How large, how packed and how dangerous a file may be before it is opened at all."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib

from energycalc.errors import MeterDataError

MAXIMUM_MEMBER = 200_000_000
"""Bytes of a file, or of one unpacked member of an archive."""
MAXIMUM_TOTAL = 1_000_000_000
"""Bytes of all unpacked members together."""
MAXIMUM_RATIO = 200
"""Unpacked by packed bytes of a member; ordinary sheets stay below 50."""
RATIO_FROM = 1_000_000
"""Unpacked bytes below which the ratio says nothing."""
MAXIMUM_MEMBERS = 10_000
MAXIMUM_ROWS = 1_000_000
MAXIMUM_CELLS = 3_000_000
"""Cells of a workbook, which are held in memory one by one."""
LIMIT_OWNER = "limits of this reader"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_SPLIT = "Split the file by year"


def refuse_size(size: int, name: str) -> None:
    """Refuse a file that is too large to be read whole.

    Args:
        size: bytes.
        name: name of the file.

    Raises:
        MeterDataError: it is larger than ``MAXIMUM_MEMBER``.
    """
    if size > MAXIMUM_MEMBER:
        raise MeterDataError(
            "the file is too large to be read at once",
            subject=name,
            value=f"{size / 1e6:,.0f} MB",
            limit=f"{MAXIMUM_MEMBER / 1e6:,.0f} MB ({LIMIT_OWNER})",
            next_step=_SPLIT,
        )


def refuse_rows(rows: int, name: str) -> None:
    """Refuse a table of more than ``MAXIMUM_ROWS`` rows.

    Raises:
        MeterDataError: it has more.
    """
    if rows > MAXIMUM_ROWS:
        raise MeterDataError(
            "the table has too many rows",
            subject=name,
            value=f"more than {MAXIMUM_ROWS:,} rows",
            limit=f"{MAXIMUM_ROWS:,} rows ({LIMIT_OWNER})",
            next_step=_SPLIT,
        )


def refuse_cells(cells: int, name: str) -> None:
    """Refuse a workbook of more than ``MAXIMUM_CELLS`` cells.

    Raises:
        MeterDataError: it has more.
    """
    if cells > MAXIMUM_CELLS:
        raise MeterDataError(
            "the workbook holds too many cells",
            subject=name,
            value=f"{cells:,} cells",
            limit=f"{MAXIMUM_CELLS:,} cells in all sheets ({LIMIT_OWNER})",
            next_step="Export the sheet as csv, or keep only the columns of the meter",
        )


def gunzip(raw: bytes, name: str) -> bytes:
    """Unpack a gzip file within the limits.

    Raises:
        MeterDataError: it is damaged, cut off or grows too large.
    """
    try:
        with gzip.open(io.BytesIO(raw)) as stream:
            unpacked = stream.read(MAXIMUM_MEMBER + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise MeterDataError(
            f"the gzip file is damaged or cut off ({error})",
            subject=name,
            next_step="Copy or download it again",
        ) from error
    _refuse_bomb(len(unpacked), len(raw), "the gzip file", name)
    return unpacked


def open_archive(raw: bytes, name: str) -> zipfile.ZipFile:
    """Open a zip archive (a workbook is one) after looking at what its directory says.

    Returns:
        The archive; nothing is unpacked to the disk, ever.

    Raises:
        MeterDataError: the archive is damaged, locked, holds a name twice, or would unpack beyond the limits.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise MeterDataError(
            f"the file starts as a workbook or zip archive but is damaged or cut off, and is no text table ({error})",
            subject=name,
            next_step="Copy or download it again",
        ) from error
    names = [member.filename.casefold() for member in members]
    for wrong, message in (
        (len(members) > MAXIMUM_MEMBERS, f"the archive has more than {MAXIMUM_MEMBERS:,} members"),
        (len(set(names)) != len(names), "the archive holds two members of one name"),
        (any(member.flag_bits & 1 for member in members), "the archive is locked with a password"),
        (
            sum(member.file_size for member in members) > MAXIMUM_TOTAL,
            f"the archive unpacks to more than {MAXIMUM_TOTAL / 1e9:g} GB",
        ),
    ):
        if wrong:
            raise MeterDataError(
                f"{message}, so it is not opened",
                subject=name,
                limit=LIMIT_OWNER,
                next_step="Export the sheet again as csv or xlsx",
            )
    for member in members:
        _refuse_bomb(member.file_size, member.compress_size, f"the member {member.filename[:60]}", name)
    return archive


def xml_of(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """Bytes of one XML member, refused when they declare entities.

    Raises:
        MeterDataError: the member is damaged, is not UTF-8, or declares a document type or an entity.
    """
    try:
        data = archive.read(member)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise MeterDataError(
            f"the workbook is damaged or cut off ({error})",
            subject=name,
            value=member[:60],
            next_step="Copy or download it again",
        ) from error
    if _DECLARATION.search(data) or b"\x00" in data[:200]:
        raise MeterDataError(
            "the workbook declares XML entities or a foreign encoding, which no spreadsheet program writes",
            subject=name,
            value=member[:60],
            limit="no document type, no entity (they can read other files or fill the memory)",
            next_step="Do not open the file; ask its sender for a csv export",
        )
    return data


def _refuse_bomb(unpacked: int, packed: int, what: str, name: str) -> None:
    large = unpacked > MAXIMUM_MEMBER
    if not large and (unpacked <= RATIO_FROM or unpacked <= MAXIMUM_RATIO * max(packed, 1)):
        return
    raise MeterDataError(
        f"{what} unpacks to {'more than ' if large else ''}{min(unpacked, MAXIMUM_MEMBER) / 1e6:,.0f} MB "
        f"from {packed / 1e6:,.3g} MB, so it is not opened",
        subject=name,
        limit=f"{MAXIMUM_MEMBER / 1e6:,.0f} MB and {MAXIMUM_RATIO} times the packed size ({LIMIT_OWNER})",
        next_step="Ask the sender for the file in parts, or as csv",
    )
