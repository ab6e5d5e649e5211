"""Saved column maps: the declaration of a kind of file, without the file, as a small TOML table."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from energycalc.errors import InputError
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.layouts.words import CASE_FILE_WORDS

NOT_IN_A_MAP = ("file", "declared_in", "meter")
"""Fields that belong to one installed meter and its file, not to the kind of file."""
ABOUT_THE_MAP = ("title", "note")
"""Keys of a map that say what it is; they are not part of the declaration."""
LARGEST = 100_000
"""A map is a page of text; a file of more bytes is none."""
_FIELD_OF = {CASE_FILE_WORDS.get(each.name, each.name): each for each in dataclasses.fields(MeterLayout)}
KEYS = tuple(key for key, each in _FIELD_OF.items() if each.name not in NOT_IN_A_MAP)
"""Keys of a map: the words of a case file's meter."""


@dataclass(frozen=True)
class ColumnMap:
    """What is declared of a kind of file.

    Attributes:
        declared: key, as a case file writes it, to value; keys that a person must still fill are absent.
        title: what kind of file it is.
        note: where the layout is known from, and what must be looked at.
        name: file it was read from.
    """

    declared: Mapping[str, Any]
    title: str = ""
    note: str = ""
    name: str = "column map"

    @property
    def open_keys(self) -> tuple[str, ...]:
        """Keys without a default that the map leaves to the person who uses it."""
        return tuple(
            key
            for key in KEYS
            if _FIELD_OF[key].default is dataclasses.MISSING
            and _FIELD_OF[key].default_factory is dataclasses.MISSING
            and key not in self.declared
        )


def read_column_map(path: str | Path) -> ColumnMap:
    """Read a map from a TOML file.

    Args:
        path: a file as :func:`write_column_map` writes it; the keys are those of a meter in a case file.

    Raises:
        InputError: the file is missing, is no TOML (a doubled key included), or holds an unknown key or a value of the
            wrong kind.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise InputError("is too large for a column map", subject=path.name, limit=f"{LARGEST:,} bytes")
        table = tomllib.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"the column map cannot be opened ({error.strerror})",
            subject=path.name,
            value=str(path),
            next_step="Correct the path",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"the column map is no TOML ({error})",
            subject=path.name,
            next_step='Write one line for each key, like: unit = "kWh"; each key once',
        ) from error
    declared = {key: value for key, value in table.items() if key not in ABOUT_THE_MAP}
    _check(declared, path.name)
    about = {key: str(table.get(key, "")) for key in ABOUT_THE_MAP}
    return ColumnMap(declared, about["title"], about["note"], path.name)


def map_of(layout: MeterLayout, *, title: str = "", note: str = "") -> ColumnMap:
    """The map of a declared file: everything but the file and the installed meter; defaults are left out.

    Args:
        layout: the declaration.
        title: what kind of file it is.
        note: where the layout is known from.
    """
    declared = {
        key: getattr(layout, _FIELD_OF[key].name)
        for key in KEYS
        if getattr(layout, _FIELD_OF[key].name) != _FIELD_OF[key].default
    }
    return ColumnMap(declared, title, note)


def write_column_map(column_map: ColumnMap, path: str | Path) -> Path:
    """Write a map as TOML; an existing file is not overwritten.

    Args:
        column_map: the map.
        path: where to write it.

    Returns:
        The path written.

    Raises:
        InputError: there is such a file already.
    """
    path = Path(path)
    lines = [f"{key} = {_toml(getattr(column_map, key))}" for key in ABOUT_THE_MAP if getattr(column_map, key)]
    lines += [f"{key} = {_toml(value)}" for key, value in column_map.declared.items()]
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(lines) + "\n")
    except FileExistsError:
        raise InputError(
            "there is such a file already",
            subject="column map",
            value=str(path),
            next_step="Choose another name; a map that others use is not overwritten",
        ) from None
    return path


def layout_from_map(column_map: ColumnMap, file: str | Path, **changes: Any) -> MeterLayout:
    """The declaration of one file by a map.

    Args:
        column_map: the map.
        file: the meter file.
        **changes: keys as a case file writes them, or fields of ``MeterLayout``; they stand above the map.

    Returns:
        The layout, checked.

    Raises:
        InputError: a key is unknown, or one that the map leaves open is not given.
    """
    short = {field: key for key, field in ((key, each.name) for key, each in _FIELD_OF.items())}
    given = {short.get(key, key): value for key, value in changes.items()}
    meter = {key: given.pop(key) for key in ("meter", "declared_in") if key in given}
    _check(given, column_map.name)
    declared = {**column_map.declared, **given}
    missing = [key for key in column_map.open_keys if key not in given]
    if missing:
        raise InputError(
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not declared",
            subject=f"{Path(file).name} read by {column_map.name}",
            limit="a map leaves open what the kind of file does not settle",
            next_step=f"Write {missing[0]}, or copy the map and fill it in",
        )
    fields: dict[str, Any] = {
        _FIELD_OF[key].name: tuple(value) if isinstance(value, list) else value for key, value in declared.items()
    }
    return MeterLayout(file=file, **fields, **meter)


def _check(declared: Mapping[str, Any], name: str) -> None:
    for key, value in declared.items():
        if key not in KEYS:
            raise InputError(
                "is no key of a column map",
                subject=f"{name}, {key}",
                limit=f"one of {', '.join(KEYS)}",
                next_step="Correct the key" if key not in NOT_IN_A_MAP else "A map holds for many files: leave it out",
            )
        kind = str(_FIELD_OF[key].type)
        right = (
            isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
            if kind.startswith("tuple")
            else isinstance(value, int | float) and not isinstance(value, bool)
            if kind in ("int", "float | None")
            else isinstance(value, str | int | float) and not isinstance(value, bool)
            if "float" in kind
            else value is None or isinstance(value, str)
        )
        if not right:
            raise InputError(
                "is not of the right kind", subject=f"{name}, {key}", value=repr(value), limit=kind,
                next_step='Write text in quotation marks, numbers without, lists in brackets',
            )  # fmt: skip


def _toml(value: Any) -> str:
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, int | float):
        return repr(value)
    escaped = "".join(
        {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}.get(letter)
        or (letter if ord(letter) >= 32 and ord(letter) != 127 else f"\\u{ord(letter):04X}")
        for letter in str(value)
    )
    return f'"{escaped}"'
