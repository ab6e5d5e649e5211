"""From a file, a mapping or a spreadsheet row to a claim; what cannot be read is named and left out, never guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from energycalc.case.yaml_text import Block, Scalar, read_tree
from energycalc.checks.claims.claim import Calculation, Claim, Unread
from energycalc.checks.claims.figures import Figure, read_figure
from energycalc.checks.claims.keys import Key, claim_keys, near_keys
from energycalc.checks.claims.units import paper_unit
from energycalc.errors import CaseFileError, EnergycalcError, UnitError

OF_PARTS = {
    "label", "name", "expression", "added", "use_before", "use_after", "density", "saving", "year",
}  # fmt: skip
ALSO = {"added": "saving", "use_before": "energy_before", "use_after": "energy_after"}
"""Keys of a carrier, and what they are in the words of a claim."""
DEEPEST = 3
"""Editions have carriers and items; nothing has more levels."""
CHOICES = {
    "kind": ("case", "worked_example", "programme_total", "news"),
    "basis": ("measured", "spot", "nameplate", "deemed", "specific_consumption", "modelled", "billed"),
    "figures_are": ("use", "loss", "generation"),
}


def read_claims(path: str | Path) -> list[Claim]:
    """Claims of a YAML or JSON file: one claim, a list of claims, or a mapping with ``claims`` or ``cases``.

    Args:
        path: the file.

    Raises:
        CaseFileError: the file cannot be read at all.
    """
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CaseFileError("cannot be read", subject=file.name, value=str(error)[:80]) from None
    entries = claim_entries(data, file.name)
    return [claim_of(entry, default_id=f"{file.stem} {number}") for number, entry in enumerate(entries, 1)]


def claim_entries(data: bytes, name: str) -> list[Any]:
    """What a claim file holds, each claim still as it is written.

    Args:
        data: content of the file.
        name: of the file; JSON where it ends in ``.json``, else YAML.

    Raises:
        CaseFileError: it cannot be read at all, or holds no claim.
    """
    content = _content(data, Path(name))
    if isinstance(content, Mapping):
        content = content.get("claims") or content.get("cases") or [content]
    if not isinstance(content, Sequence) or isinstance(content, str) or not content:
        raise CaseFileError("holds no claim", subject=name, next_step="Write one claim, or a list under claims:")
    return [entry.get("claim", entry) if isinstance(entry, Mapping) else entry for entry in content]


def claim_of(data: Any, default_id: str = "claim", *, level: int = 0) -> Claim:
    """A claim from a mapping of texts, numbers and lists.

    Args:
        data: as a claim file has it.
        default_id: where the claim has no id.
        level: 0 for a claim, 1 for its parts, and so on.
    """
    if level > DEEPEST:
        return Claim(default_id, unread=(Unread("claim", default_id, "is nested too deeply", "層次過深"),))
    if not isinstance(data, Mapping):
        return Claim(
            default_id,
            unread=(
                Unread("claim", str(data)[:60], "is no claim; write keys with values", "不是數據；請以鍵與值填寫"),
            ),
        )
    return _Reader(data, default_id, level).claim()


class _Reader:
    """One claim or part of one; collects what could not be read."""

    def __init__(self, data: Mapping[str, Any], id: str, level: int) -> None:
        self.data, self.unread, self.level = data, list[Unread](), level
        self.id = str(data.get("id") or data.get("name") or data.get("label") or id)
        originals = data.get("printed")
        self.printed = {str(k): str(v) for k, v in originals.items()} if isinstance(originals, Mapping) else {}

    def claim(self) -> Claim:
        figures: dict[str, Figure] = {}
        texts: dict[str, str] = {}
        for key, value in self.data.items():
            name = ALSO.get(key, key)
            known = claim_keys().get(name)
            if known is None:
                if key not in OF_PARTS:
                    near = ", ".join(near_keys(str(key)))
                    self._miss(str(key), value, "stands under an unknown key" + (f"; near ones: {near}" if near else ""),
                               "無此項目" + (f"；相近者：{near}" if near else ""))  # fmt: skip
                continue
            if known.kind == "figure":
                figure = self._figure(str(key), name, value)
                if figure is not None:
                    figures[name] = figure
            elif known.kind == "text" and value not in (None, ""):
                texts[name] = self._text(name, value)
        return Claim(
            self.id,
            MappingProxyType(figures),
            MappingProxyType({k: v for k, v in texts.items() if v}),
            carriers=self._parts("carriers"),
            items=self._parts("items"),
            editions=self._parts("editions"),
            calculations=self._calculations(),
            expression=str(self.data.get("expression") or ""),
            parts=self._list_of_money(),
            measurement=self._block("measurement"),
            unread=tuple(self.unread),
        )

    def _figure(self, key: str, name: str, value: Any) -> Figure | None:
        if value is None or str(value).strip() in ("", "-", "—", "n/a", "N/A"):
            return None
        samples = claim_keys()[name]
        try:
            figure = _of_carbon(read_figure(name, str(value), self.printed.get(key)), samples)
        except EnergycalcError as error:
            self._miss(key, value, *_reasons(error))
            return None
        if samples.kinds and figure.unit.kind not in samples.kinds:
            needed = samples.unit if figure.unit.kind else f"{samples.unit}; the number stands without its unit"
            self._miss(key, value, f"has the wrong kind of unit; needs {needed}", f"單位種類不符；應為 {samples.unit}")
            return None
        if key == "added":
            return Figure(name, figure.text, -figure.value, figure.step, figure.unit, figure.per)
        return figure

    def _text(self, key: str, value: Any) -> str:
        if isinstance(value, Mapping | Sequence) and not isinstance(value, str):
            self._miss(key, value, "must be a text", "應為文字")
            return ""
        text = str(value).strip()
        if key in ("year", "emission_factor_year"):
            digits = text.removeprefix("民國").removesuffix("年").strip()
            if not re.fullmatch(r"[0-9]{1,4}", digits) or not (int(digits) < 200 or 1950 <= int(digits) <= 2100):
                self._miss(
                    key, value, "is no year; write 2024, or 113 for 民國 113 年", "不是年份；請填 2024 或民國 113"
                )
                return ""
            return str(int(digits) + 1911 if int(digits) < 200 else int(digits))
        if key in CHOICES and text not in CHOICES[key]:
            self._miss(
                key, value, "must be one of " + ", ".join(CHOICES[key]), "應為下列之一：" + "、".join(CHOICES[key])
            )
            return ""
        return text

    def _entries(self, key: str) -> list[Any]:
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, Sequence) or isinstance(value, str):
            self._miss(key, value, "must be a list", "應為清單")
            return []
        return list(value)

    def _parts(self, key: str) -> tuple[Claim, ...]:
        found = []
        for number, entry in enumerate(self._entries(key), 1):
            part = claim_of(entry, f"{key} {number}", level=self.level + 1)
            self.unread += [Unread(f"{key}[{number}].{u.key}", u.text, u.why, u.why_zh) for u in part.unread]
            found.append(part)
        return tuple(found)

    def _list_of_money(self) -> tuple[Figure, ...]:
        read = [self._figure("investment_parts", "investment", v) for v in self._entries("investment_parts")]
        return tuple(figure for figure in read if figure is not None)

    def _calculations(self) -> tuple[Calculation, ...]:
        found = []
        for number, entry in enumerate(self._entries("calculations"), 1):
            where = f"calculations[{number}]"
            if not isinstance(entry, Mapping) or "expression" not in entry:
                self._miss(where, entry, "needs quantity, expression and result", "應有 quantity、expression、result")
                continue
            quantity, original = str(entry.get("quantity", "")), entry.get("printed")
            printed = original.get("result") if isinstance(original, Mapping) else None
            result = None
            if entry.get("result") is not None:
                try:
                    result = read_figure(quantity, str(entry["result"]), str(printed) if printed else None)
                except EnergycalcError as error:
                    self._miss(f"{where}.result", entry["result"], *_reasons(error))
            found.append(Calculation(quantity, str(entry["expression"]), result))
        return tuple(found)

    def _block(self, key: str) -> Mapping[str, str]:
        value = self.data.get(key)
        if isinstance(value, Mapping):
            return MappingProxyType({str(k): str(v) for k, v in value.items()})
        return MappingProxyType({"text": str(value)} if value else {})

    def _miss(self, key: str, value: Any, why: str, why_zh: str) -> None:
        self.unread.append(Unread(key, str(value)[:80], why, why_zh))


def _of_carbon(figure: Figure, key: Key) -> Figure:
    """A mass under a key of emissions is one of CO2e: pages head the column so and print tonnes."""
    name, _, per = figure.unit.text.partition("/")
    if not any("CO2e" in sample for sample in key.samples) or paper_unit(name).kind != paper_unit("t").kind:
        return figure
    tonnes = "tCO2e" if paper_unit(name).size.value == paper_unit("t").size.value else "kgCO2e"
    if paper_unit(name).size.value not in (paper_unit("t").size.value, paper_unit("kg").size.value):
        return figure
    return replace(figure, unit=paper_unit(f"{tonnes}/{per}" if per else tonnes))


def _reasons(error: EnergycalcError) -> tuple[str, str]:
    """Why a figure cannot be read, without its name and text, which stand beside it."""
    step = f"; {error.next_step}" if error.next_step else ""
    if isinstance(error, UnitError):
        return f"has a unit that is not listed ({error.subject.removeprefix('unit ')})", "單位不在清單內"
    return f"{error.message}{step}", "不是可讀之數值（數字與單位）"


def _content(data: bytes, file: Path) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseFileError("cannot be read", subject=file.name, value=str(error)[:80]) from None
    if file.suffix.lower() == ".json":
        try:
            return json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
        except RecursionError:
            raise CaseFileError(
                "is nested too deeply", subject=file.name, next_step="Write parts below the claim"
            ) from None
        except ValueError as error:
            raise CaseFileError("is no JSON file", subject=file.name, value=str(error)) from None
    if re.match(r"(?:\s*#[^\n]*\n|\s*\n)*- ", text):  # a list of claims without a name
        text = "claims:\n" + text
    return _plain(read_tree(text, file.name))


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(n for n in names if names.count(n) > 1)!r} stands twice")
    return made


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _plain(node: Any) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Block):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_plain(value) for value in node]
    return node
