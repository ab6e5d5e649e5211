"""A second opinion on a workbook: LibreOffice recomputes every formula from poisoned results.

XlsxWriter stores Python's values beside the formulas, and LibreOffice shows stored values unless it is told to
recompute on loading; so the stored values are made wrong first, and its profile says "always recompute".
"""

from __future__ import annotations

import csv
import re
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

POISON = "-987654321"
_ALWAYS_RECOMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_DECORATION = re.compile(r"<(hyperlinks|conditionalFormatting|dataValidations)\b.*</\1>|<autoFilter[^>]*/>", re.DOTALL)
_FORMULA_CELL = re.compile(r"(<c [^>]*><f>[^<]*</f>)<v>[^<]*</v>")


def poisoned(
    workbook: Path, target: Path, changes: Mapping[tuple[int, str], float] | None = None, *, bare: bool = False
) -> int:
    """Copy a workbook with wrong stored results, and with other numbers in some cells.

    Args:
        workbook: as written.
        target: the copy.
        changes: new number by (number of the sheet from 1, cell).
        bare: leave out links, colours of changed cells and filters, which take LibreOffice most of its time.

    Returns:
        How many results were poisoned.
    """
    count = 0
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name)
            sheet = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if sheet:
                text, poisoned_here = _FORMULA_CELL.subn(rf"\1<v>{POISON}</v>", content.decode())
                count += poisoned_here
                for (number, cell), value in (changes or {}).items():
                    if number == int(sheet[1]):
                        text, found = re.subn(rf'(<c r="{cell}"[^>]*>)<v>[^<]*</v>', rf"\g<1><v>{value!r}</v>", text)
                        assert found == 1, f"{cell} is no number on sheet {number}"
                content = (_DECORATION.sub("", text) if bare else text).encode()
            copy.writestr(name, content)
    return count


def recomputed(soffice: str, workbooks: Sequence[Path], work: Path, sheet: int | None = None) -> list[Path]:
    """Let LibreOffice open and save workbooks in one go.

    Args:
        soffice: its command.
        workbooks: to convert.
        work: an empty folder for the profile and the results.
        sheet: number of the one sheet wanted, as text with all digits; ``None`` for whole workbooks.

    Returns:
        The files made, in the order given.
    """
    profile, out = work / "profile", work / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECOMPUTE, "utf-8")
    to = "xlsx"
    if sheet is not None:  # comma, double quote, UTF-8, from row 1, formats as text, values not as shown, this sheet
        to = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,{sheet}"
    command = [
        soffice,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(out),
    ]
    subprocess.run([*command, *map(str, workbooks)], check=True, capture_output=True, timeout=600)
    if sheet is None:
        return [out / f"{w.stem}.xlsx" for w in workbooks]
    return [next(out.glob(f"{w.stem}-*.csv")) for w in workbooks]  # LibreOffice adds the sheet's title


def values(workbook: Path) -> dict[tuple[str, str], Any]:
    """Stored value of every cell, by sheet and address."""
    book = openpyxl.load_workbook(workbook, data_only=True)
    return {(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row if c.value is not None}


def formulas(workbook: Path) -> dict[tuple[str, str], str]:
    """Every formula, by sheet and address."""
    book = openpyxl.load_workbook(workbook)
    return {(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row if c.data_type == "f"}


def column(exported: Path, index: int) -> dict[int, str]:
    """Texts of one column of an exported sheet, by row from 1."""
    with exported.open(encoding="utf-8", newline="") as lines:
        return {number: row[index] for number, row in enumerate(csv.reader(lines), 1) if len(row) > index}
