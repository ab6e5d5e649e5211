"""The documents that formulas and constants cite, read from ``data/documents.d``, and how a citation is written."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass

from energycalc.data_files import data_folder
from energycalc.quantity import Source

SILENT = ("", "not_stated", "not_applicable")


@dataclass(frozen=True)
class Document:
    """A row of the documents list."""

    id: str
    title: str
    publisher: str
    year: str
    url: str
    licence: str
    checked: str
    note: str


@functools.cache
def documents() -> dict[str, Document]:
    """All documents of ``data/documents.d/*.csv`` by id.

    Raises:
        ValueError: one id has two rows that differ.
    """
    found: dict[str, Document] = {}
    for file in sorted(data_folder().joinpath("documents.d").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                document = Document(**{key: (row[key] or "").strip() for key in Document.__dataclass_fields__})
                if found.setdefault(document.id, document) != document:
                    raise ValueError(f"document {document.id} stands twice with different content ({file.name})")
    return found


def citation(source: Source | None) -> str:
    """A source in one line: a listed document by its id, any other by its name; empty for none."""
    if source is None:
        return ""
    if source.document in documents():
        return f"{source.document}: {source.locator}" if source.locator else source.document
    parts = [source.document, *(p for p in (source.locator, source.publisher, source.year) if p not in SILENT)]
    return ", ".join(parts)
