"""Reads and validates ``data/emission_factors``: the only code that knows how it is written."""

from __future__ import annotations

import csv
import difflib
import functools
import hashlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType

from energycalc.data_files import data_folder
from energycalc.errors import FactorError
from energycalc.factors.factor import Factor, Kind, Publication
from energycalc.factors.schema import faults
from energycalc.quantity.source import FileOrigin

KIND_OF_FILE: dict[str, Kind] = {
    "electricity": "grid",
    "fuels_per_unit": "fuel_per_unit",
    "fuels_per_energy": "fuel_per_energy",
    "heat_contents": "heat_content",
    "gwp": "gwp",
    "refrigerant_leakage": "leakage",
    "process": "process",
}
COLUMNS = tuple(f.name for f in fields(Factor) if f.name not in ("kind", "origin"))
SOURCE_COLUMNS = tuple(f.name for f in fields(Publication))
SOURCES = "sources.csv"


@dataclass(frozen=True)
class FactorSet:
    """All values of one folder, checked.

    Attributes:
        folder: where they were read.
        factors: every value, in the order of the files.
        publications: id to publication.
        sha256: digest over all files: the version that a result is stamped with.
    """

    folder: Path
    factors: tuple[Factor, ...]
    publications: Mapping[str, Publication]
    sha256: str

    def by_id(self, id: str) -> Factor:
        """The row of that id.

        Raises:
            FactorError: there is none; near ids are named.
        """
        for factor in self.factors:
            if factor.id == id:
                return factor
        inside = [f.id for f in self.factors if id and id.lower() in f.id]
        near = inside[:6] or difflib.get_close_matches(id.lower(), [f.id for f in self.factors], n=4, cutoff=0.5)
        raise FactorError(
            "there is no factor of this id",
            subject=repr(id),
            limit="" if near else "subjects known: " + ", ".join(sorted({f.subject for f in self.factors})),
            next_step=f"Near ones: {', '.join(near)}" if near else 'See "energycalc factors"',
        )

    def select(self, kind: Kind, **wanted: str) -> tuple[Factor, ...]:
        """The rows of one kind whose columns equal the wanted texts, e.g. ``select("grid", region="TW")``."""
        return tuple(
            f
            for f in self.factors
            if f.kind == kind and all(getattr(f, column) == text for column, text in wanted.items())
        )

    @property
    def checked(self) -> str:
        """The newest day on which a value was copied: what was published later is not known here."""
        return max(f.checked for f in self.factors)


_READING = threading.Lock()


def published_factors() -> FactorSet:
    """The values that come with the program: the repository's folder, else the installed copy.

    Read once; all threads get the same object.
    """
    with _READING:
        return _published_factors()


@functools.cache
def _published_factors() -> FactorSet:
    return read_factors(data_folder() / "emission_factors")


def read_factors(folder: Path) -> FactorSet:
    """Read and check a folder of factor files.

    Args:
        folder: holds ``sources.csv`` and the files of values (see docs/adding_a_factor.md).

    Returns:
        The checked set.

    Raises:
        FactorError: a file is missing or a row breaks the schema; every fault is named with file and line.
    """
    if not (folder / SOURCES).is_file():
        raise FactorError(f"no {SOURCES} in the folder", subject="emission factors", value=folder)
    publications = [Publication(**row) for _, row in _rows(folder / SOURCES, SOURCE_COLUMNS)]
    factors: list[Factor] = []
    digest = hashlib.sha256((folder / SOURCES).read_bytes())
    for path in sorted(p for p in folder.glob("*.csv") if p.name != SOURCES):
        content = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + content)
        kind, sha = _kind_of(path), hashlib.sha256(content).hexdigest()
        for line, row in _rows(path, COLUMNS):
            origin = FileOrigin(f"emission_factors/{path.name}", sha256=sha, line=line, path=row["id"])
            factors.append(Factor(**row, kind=kind, origin=origin))
    found = faults(factors, publications)
    if found:
        raise FactorError(
            f"{len(found)} fault(s): " + " | ".join(found[:10]),
            subject=f"emission factors in {folder}",
            next_step="Mend the rows named; docs/adding_a_factor.md says what each column takes",
        )
    by_id = MappingProxyType({p.id: p for p in publications})
    return FactorSet(folder, tuple(factors), by_id, digest.hexdigest())


def _kind_of(path: Path) -> Kind:
    for start, kind in KIND_OF_FILE.items():
        if path.stem == start or path.stem.startswith(start + "_"):
            return kind
    raise FactorError(
        "the file's name does not say what it holds",
        subject=path.name,
        limit="a name that starts with " + ", ".join(KIND_OF_FILE),
    )


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restkey="__too_many__", restval="")
        if tuple(reader.fieldnames or ()) != columns:
            raise FactorError(
                "the header is not the expected one",
                subject=path.name,
                value=",".join(reader.fieldnames or ()),
                limit=",".join(columns),
            )
        for row in reader:
            if "__too_many__" in row:
                raise FactorError(
                    "the row has more cells than the header",
                    subject=f"{path.name} line {reader.line_num}",
                    next_step="Put quotation marks around a cell that holds a comma",
                )
            yield reader.line_num, {column: row[column] or "" for column in columns}
