"""One row per name: symbol, unit, Chinese and English label. Forms, sheets, figures and docs read their words here."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True)
class Entry:
    """One word of the glossary: key, symbol, usual unit and labels."""

    name: str
    symbol: str
    unit: str
    zh: str
    en: str

    def label(self, language: str) -> str:
        """Label in ``zh-TW`` or ``en``."""
        return self.zh if language.startswith("zh") else self.en


@functools.cache
def glossary() -> dict[str, Entry]:
    """All rows of ``glossary.csv`` and ``glossary.d/*.csv``, by name.

    Raises:
        ValueError: one name has two rows that differ.
    """
    folder = resources.files("energycalc.quantity")
    files = [folder.joinpath("glossary.csv")]
    files += sorted(
        (f for f in folder.joinpath("glossary.d").iterdir() if f.name.endswith(".csv")), key=lambda f: f.name
    )
    entries: dict[str, Entry] = {}
    for file in files:
        for row in csv.DictReader(file.read_text("utf-8").splitlines()):
            entry = Entry(**{k: row[k].strip() for k in ("name", "symbol", "unit", "zh", "en")})
            if entries.setdefault(entry.name, entry) != entry:
                raise ValueError(f"glossary: {entry.name} stands twice with different content ({file.name})")
    return entries


def label(name: str, language: str = "en") -> str:
    """Label of a name; a name without a row is shown with its underscores as spaces."""
    entry = glossary().get(name)
    return entry.label(language) if entry else name.replace("_", " ")
