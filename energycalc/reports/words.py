"""Words of the reports: one YAML file per topic and language, so that a translator never opens a program file."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType

from energycalc.errors import InputError

LANGUAGES = ("zh-TW", "en")


@functools.cache
def words(topic: str, language: str) -> Mapping[str, str]:
    """All words of a topic in one language, by key; some hold places such as ``{unit}`` for ``str.format``.

    Args:
        topic: name of the file before the language, e.g. ``figures``.
        language: ``zh-TW`` or ``en``.

    Raises:
        InputError: there is no such file, or a line of it is not ``key: text``.
    """
    from ruamel.yaml import YAML  # not at import: only reports need it

    file = resources.files("energycalc.reports").joinpath("wording", f"{topic}.{language}.yaml")
    if language not in LANGUAGES or not file.is_file():
        raise InputError(
            "there are no words in this language",
            subject=f"wording of {topic}",
            value=language,
            limit=f"languages of the reports: {', '.join(LANGUAGES)}",
            next_step="Write --lang zh-TW or --lang en",
        )
    table = YAML(typ="safe").load(file.read_text("utf-8"))
    if not isinstance(table, dict) or not all(isinstance(text, str) for text in table.values()):
        raise InputError(
            "is not a list of 'key: text'",
            subject=f"{topic}.{language}.yaml",
            next_step="Quote numbers and yes/no, and keep one level",
        )
    return MappingProxyType(table)
