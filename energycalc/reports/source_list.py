"""The sources a calculation rests on, each with a row of the sources sheet that a citation can point to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from energycalc.finding import Finding
from energycalc.quantity import Quantity, Source
from energycalc.quantity.trace import walk
from energycalc.reports.documents import SILENT, citation, documents

FIRST_ROW = 7
"""Row (from 1) of the first document; its heading stands above, the section's title above that."""
BETWEEN = 3
"""Rows between two sections: an empty one, the title, the headings."""


@dataclass(frozen=True)
class Row:
    """One line of the sources sheet: its cells and the names of the numbers that rest on it."""

    cells: tuple[str, ...]
    used_for: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class SourceList:
    """What the sources sheet shows, and where.

    Attributes:
        documents: id, title, publisher, year, address, licence, day checked, note.
        statements: what the case says about a number's origin.
        files: name and SHA-256.
        row_of: row of the sheet (from 1) by source.
    """

    documents: tuple[Row, ...]
    statements: tuple[Row, ...]
    files: tuple[Row, ...]
    row_of: Mapping[Source, int]

    @property
    def statements_row(self) -> int:
        """Row (from 1) of the first statement."""
        return FIRST_ROW + len(self.documents) + BETWEEN

    @property
    def files_row(self) -> int:
        """Row (from 1) of the first file."""
        return self.statements_row + len(self.statements) + BETWEEN


def list_sources(used: Mapping[Source, Sequence[str]]) -> SourceList:
    """Sort sources into documents, statements and files; one document is one row, whatever clause is cited.

    Args:
        used: names of the numbers that rest on each source, from :func:`used_sources`.
    """
    documents_by_key: dict[tuple[str, str], list[Source]] = {}
    statements_by_text: dict[str, list[Source]] = {}
    files: dict[tuple[str, str], list[Source]] = {}
    for source in used:
        if source.document in documents() or _is_publication(source):
            documents_by_key.setdefault((source.document, source.publisher), []).append(source)
        else:
            statements_by_text.setdefault(citation(source), []).append(source)
        if source.file is not None:
            files.setdefault((source.file.name, source.file.sha256), []).append(source)

    def names(sources: Sequence[Source]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for s in sources for name in used[s] if name))

    found = [Row(_document_cells(group), names(group)) for group in documents_by_key.values()]
    stated = [Row((text,), names(group)) for text, group in statements_by_text.items()]
    listed = SourceList(tuple(found), tuple(stated), tuple(Row(k, names(g)) for k, g in files.items()), {})
    rows = {s: FIRST_ROW + i for i, group in enumerate(documents_by_key.values()) for s in group}
    rows |= {s: listed.statements_row + i for i, group in enumerate(statements_by_text.values()) for s in group}
    return SourceList(listed.documents, listed.statements, listed.files, rows)


def used_sources(
    results: Sequence[Quantity], findings: Sequence[Finding], names: Mapping[int, str]
) -> dict[Source, list[str]]:
    """Every source of the results (leaves, formulas, declarations) and findings, with what rests on it.

    Args:
        results: traced results.
        findings: doubts, each perhaps with a source.
        names: label of each leaf and step, by ``id``.
    """
    used: dict[Source, list[str]] = {}
    for q in walk(results):
        if q.source is not None:
            used.setdefault(q.source, []).append(names.get(id(q), ""))
        if q.operation == "declare":
            used.setdefault(q.parameters[1], []).append(f"→ {q.unit}")
    for finding in findings:
        if finding.source is not None:
            used.setdefault(finding.source, []).append(finding.subject)
    return used


def _is_publication(source: Source) -> bool:
    return source.publisher not in SILENT or source.url not in SILENT


def _document_cells(sources: Sequence[Source]) -> tuple[str, ...]:
    known = documents().get(sources[0].document)
    if known is not None:
        about = (known.title, known.publisher, known.year, known.url, known.licence, known.checked, known.note)
        return (known.id, *about)

    def joined(field: str) -> str:
        return "; ".join(dict.fromkeys(v for s in sources if (v := getattr(s, field)) not in SILENT))

    confidence = joined("confidence")
    cells = [joined(f) for f in ("document", "publisher", "year", "url", "licence", "checked")]
    return ("", *cells, f"confidence: {confidence}" if confidence else "")
