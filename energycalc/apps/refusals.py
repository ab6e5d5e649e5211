"""Refusals as a person reads them: the parts of the sentence with a label each, in the language of the command."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from energycalc.errors import EnergycalcError
from energycalc.reports.words import LANGUAGES, words

_PARTS = ("subject", "message", "value", "limit", "next_step")


def refusal(error: EnergycalcError, language: str) -> str:
    """What is wrong, where, which value, whose limit and what to do next, one part a line.

    Labels and heading follow the language; a part does where the error carries it in Chinese, and is English elsewhere.
    """
    text = words("terminal", language)
    lines = [text["refused"]]
    for part in _PARTS:
        own = error.zh.get(part) if language == "zh-TW" else None
        said = str(own or getattr(error, part) or "").strip()
        if said:
            lines.append(f"  {text[f'refused_{part}']}{text['colon']}{said}")
    return "\n".join(lines)


def file_refusal(error: OSError, language: str) -> str:
    """One sentence for a file or folder that cannot be read or written: the path, and what to do."""
    text = words("terminal", language)
    match error:
        case FileExistsError() | NotADirectoryError():
            reason = text["file_exists"]
        case PermissionError():
            reason = text["file_denied"]
        case FileNotFoundError():
            reason = text["file_missing"]
        case _:
            reason = text["file_other"].format(text=error.strerror or error)
    return text["file_refused"].format(path=error.filename or "?", reason=reason)


def asked_language(arguments: Sequence[str] = ()) -> str:
    """The language of ``--lang`` on the command line; zh-TW where none, or none of ours, is asked for."""
    given = list(arguments or sys.argv[1:])
    for i, argument in enumerate(given):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or (given[i + 1] if i + 1 < len(given) else "")
            return value if value in LANGUAGES else LANGUAGES[0]
    return LANGUAGES[0]
