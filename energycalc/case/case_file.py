"""YAML ↔ case, nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from energycalc.case.case import Case
from energycalc.case.yaml_text import Block, Scalar, locate, read_file, read_tree
from energycalc.errors import CaseFileError

BASES_OF_ENERGY = ("metered", "billed", "computed", "stated")
PLACED = re.compile(r"(?:line (\d+), |at )([^:]+): (.*)")  # a problem that knows its own place
STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
PLAIN = re.compile(r"(?!-\s)[\w+\-.](?:[\w+\-./%°³² ()]*[\w./%°³²)])?")  # needs no quotes in YAML


def load_case(path: str | Path) -> Case:
    """Read a case file.

    Args:
        path: the YAML file, or the folder that holds ``case.yaml``.

    Returns:
        The frozen case; every number in it is a quantity that knows its line.

    Raises:
        CaseFileError: the file cannot be read, or one or more lines cannot be used; the message lists them all with
            file, line and path.
    """
    file = Path(path)
    if file.is_dir():
        file = file / "case.yaml"
    tree, _, sha256 = read_file(file)
    return _build(tree, file.name, file.parent, sha256)


def case_from_text(text: str, *, folder: str | Path = ".", name: str = "case.yaml") -> Case:
    """A case from YAML text, for forms and tests.

    Args:
        text: content of a case file.
        folder: where meter files are looked up.
        name: what to call the file in messages.

    Raises:
        CaseFileError: as :func:`load_case`.
    """
    return _build(read_tree(text, name), name, Path(folder), "")


def _build(tree: Block, name: str, folder: Path, sha256: str) -> Case:
    for reserved in ("folder", "file", "sha256"):
        if reserved in tree:
            raise CaseFileError("unknown key", subject=f"{name}, line {tree[reserved].line}, {reserved}")
    data: dict[str, Any] = {**tree, "folder": folder, "file": name, "sha256": sha256}
    block = Block(data)
    block.line, block.path = tree.line, tree.path
    try:
        return Case.model_validate(_tuples(block), context={"file": name, "sha256": sha256})
    except ValidationError as error:
        raise CaseFileError(_all_problems(error, tree, name), subject="") from None


def _tuples(tree: Any) -> Any:
    """Lists as tuples where the nouns want tuples (strict mode); parameter blocks keep their lists."""
    if isinstance(tree, Block):
        made = Block({k: v if k in ("before", "after", "common") else _tuples(v) for k, v in tree.items()})
        made.line, made.path = tree.line, tree.path
        return made
    if isinstance(tree, list):
        return tuple(_tuples(v) for v in tree)
    return tree


def _all_problems(error: ValidationError, tree: Block, name: str) -> str:
    lines: list[str] = []
    found = error.errors(include_url=False)
    for problem in found:
        if problem["type"] == "too_short" and any(_is_inside(other["loc"], problem["loc"]) for other in found):
            continue  # a list whose only entries are refused is not empty
        steps = tuple(s for s in problem["loc"] if not _is_type_name(s))
        line, path = locate(tree, steps)
        for text in _sentence(problem).split("\n"):
            own = PLACED.fullmatch(text)
            if own is None:
                lines.append(f"{name}, line {line}, {path or 'top level'}: {text}")
            else:
                lines.append(f"{name}, line {own[1] or locate(tree, _steps(own[2]))[0]}, {own[2]}: {own[3]}")
    unique = list(dict.fromkeys(lines))
    head = "1 line cannot be used" if len(unique) == 1 else f"{len(unique)} lines cannot be used"
    return "\n".join([f"{head}:", *(f"  {line}" for line in unique)])


def _is_inside(loc: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(loc) > len(outer) and loc[: len(outer)] == outer


def _steps(path: str) -> tuple[int | str, ...]:
    return tuple(int(index) if index else key for index, key in STEP.findall(path))


def _is_type_name(step: int | str) -> bool:
    return isinstance(step, str) and (step in (*BASES_OF_ENERGY, "[key]") or "function-" in step)


def _sentence(problem: Mapping[str, Any]) -> str:
    kind = problem["type"]
    if kind == "extra_forbidden":
        return "unknown key; check the spelling and the indentation"
    if kind == "missing":
        return "is missing"
    if kind == "value_error":
        return str(problem["ctx"]["error"])
    if kind == "string_pattern_mismatch":
        return f"{problem['input']!r} does not fit the pattern {problem['ctx']['pattern']}"
    if kind in ("tuple_type", "list_type"):
        return "must be a list (lines beginning with '- ')"
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return "must be a block of keys"
    if kind == "too_short":
        return "is empty; at least one entry is needed"
    if kind == "union_tag_invalid":
        return f"basis must be one of {', '.join(BASES_OF_ENERGY)}, not {problem['ctx']['tag']!r}"
    return str(problem["msg"])


def changed_text(text: str, changes: Mapping[str, str]) -> str:
    """The text of a case file with some scalars replaced; comments, order and everything else stay as they are.

    Args:
        text: content of the case file.
        changes: path (``measures[0].after.efficiency.value``) to new text.

    Raises:
        CaseFileError: a path does not lead to a scalar of the file.
    """
    tree = read_tree(text, "case.yaml")
    spans: dict[tuple[int, int], str] = {}
    for path, new in changes.items():
        spans[_scalar_at(tree, path).span] = _written(new, path)
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + spans[start, end] + text[end:]
    return text


def _scalar_at(tree: Block, path: str) -> Scalar:
    here: Any = tree
    for step in _steps(path):
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            raise CaseFileError("there is no such place in the file", subject=path) from None
    if isinstance(here, Block) and "value" in here:
        here = here["value"]
    if not isinstance(here, Scalar):
        raise CaseFileError("is not a single value", subject=path, next_step="Name the key of one value")
    return here


def _written(new: str, path: str) -> str:
    """The text of a YAML scalar: as it is where that is safe inside { } too, else in double quotes."""
    if not new.strip():
        raise CaseFileError("a value cannot be replaced by nothing", subject=path)
    return new if PLAIN.fullmatch(new) else json.dumps(new, ensure_ascii=False)
