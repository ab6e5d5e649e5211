"""The words of the workbook, from ``wording/workbook.*.yaml``, with their dotted keys and their gaps to be filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from energycalc.reports.words import words


@dataclass(frozen=True)
class Words:
    """Texts of the workbook by key, in one language (``zh-TW`` or ``en``)."""

    language: str
    table: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key such as ``leaves.source``, with its ``{names}`` filled in.

        Raises:
            KeyError: there is no such text.
        """
        return self.table[key].format(**values) if values else self.table[key]

    def word(self, group: str, value: str) -> str:
        """The word for one of a set (basis, carrier, level ...); one that has no word stays as it is."""
        return self.table.get(f"{group}.{value}", value)

    def lines(self, group: str) -> list[str]:
        """The texts of a group, in the order of the file."""
        return [text for key, text in self.table.items() if key.startswith(f"{group}.")]

    @property
    def other_language(self) -> str:
        """The language of the second column of labels."""
        return "en" if self.language == "zh-TW" else "zh-TW"


def workbook_words(language: str) -> Words:
    """The words of one language.

    Raises:
        InputError: the reports do not speak it.
    """
    return Words(language, words("workbook", language))
