"""The words of the workbook, ``zh-TW`` or ``en``, from ``wording/workbook.*.yaml``."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from typing import Any

from energycalc.errors import InputError

LANGUAGES = ("zh-TW", "en")


@dataclass(frozen=True)
class Words:
    """Texts by dotted key, in one language."""

    language: str
    table: dict[str, Any]

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key`` with ``{names}`` filled in.

        Raises:
            KeyError: there is no such text.
        """
        found: Any = self.table
        for part in key.split("."):
            found = found[part]
        if not isinstance(found, str):
            raise KeyError(key)
        return found.format(**values) if values else found

    def word(self, group: str, value: str) -> str:
        """The word for one of a fixed set (basis, carrier, level ...); an unlisted one stays as it is."""
        found = self.table[group].get(value, value)
        return str(found)

    def lines(self, key: str) -> list[str]:
        """A list of texts."""
        return [str(line) for line in self.table[key]]

    @property
    def other_language(self) -> str:
        """The language of the second label column."""
        return "en" if self.language == "zh-TW" else "zh-TW"


@functools.cache
def words(language: str) -> Words:
    """Read the texts of one language.

    Raises:
        InputError: the language is not one of ``LANGUAGES``.
    """
    from ruamel.yaml import YAML

    if language not in LANGUAGES:
        raise InputError("is not a language of the workbook", value=language, limit="one of " + ", ".join(LANGUAGES))
    file = resources.files("energycalc.reports").joinpath("wording", f"workbook.{language}.yaml")
    return Words(language, YAML(typ="safe").load(file.read_text("utf-8"))["workbook"])
