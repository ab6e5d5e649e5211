"""Where a number comes from: a document, a file, a nameplate, or a person's statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Basis = Literal["measured", "billed", "nameplate", "catalogue", "published", "assumed"]
BASES: tuple[Basis, ...] = ("measured", "billed", "nameplate", "catalogue", "published", "assumed")


@dataclass(frozen=True)
class FileOrigin:
    """The place in a file: name, SHA-256 and, as far as they apply, sheet, rows, column, line and path."""

    name: str
    sha256: str = ""
    sheet: str = ""
    rows: str = ""
    column: str = ""
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        place = [self.name]
        if self.sheet:
            place.append(f"sheet {self.sheet}")
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.path:
            place.append(self.path)
        if self.rows:
            place.append(f"rows {self.rows}")
        if self.column:
            place.append(f"column {self.column}")
        if self.sha256:
            place.append(f"SHA-256 {self.sha256[:12]}…")
        return ", ".join(place)


@dataclass(frozen=True)
class Source:
    """Who says so, where and when.

    Attributes:
        document: title, or the id of a row in the sources list.
        locator: clause, equation, page or table.
        publisher: who published it.
        year: year of publication.
        url: address, where there is one.
        checked: the day the number was copied or last looked at.
        licence: terms of use as stated; ``not_stated`` when the source is silent.
        confidence: how well it is supported.
        file: the place in a file, for numbers read from one.
    """

    document: str
    locator: str = ""
    publisher: str = ""
    year: str = ""
    url: str = ""
    checked: str = ""
    licence: str = ""
    confidence: str = ""
    file: FileOrigin | None = None

    def __str__(self) -> str:
        parts = [self.document]
        for part in (self.locator, self.publisher, self.year):
            if part and part not in ("not_stated", "not_applicable"):
                parts.append(part)
        if self.file is not None:
            parts.append(str(self.file))
        return ", ".join(parts)


def cite(document: str, locator: str) -> Source:
    """Cite a document of the sources list by its id, with clause, equation, page or table."""
    return Source(document=document, locator=locator)
