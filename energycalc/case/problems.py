"""What a validation found, as sentences that name file, line and path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from energycalc.case.yaml_text import Block, locate

BASES_OF_ENERGY = ("metered", "billed", "computed", "stated")
PLACED = re.compile(r"(?:line (\d+), |at )([^:]+): (.*)")  # a problem that knows its own place
STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def as_tuples(tree: Any) -> Any:
    """Lists as tuples where the nouns want tuples (strict mode); parameter blocks keep their lists."""
    if isinstance(tree, Block):
        made = Block({k: v if k in ("before", "after", "common") else as_tuples(v) for k, v in tree.items()})
        made.line, made.path = tree.line, tree.path
        return made
    if isinstance(tree, list):
        return tuple(as_tuples(v) for v in tree)
    return tree


def all_problems(error: ValidationError, tree: Block, name: str) -> str:
    """Every problem of a validation on a line of its own, under a count.

    Args:
        error: what the validation raised.
        tree: the file as read.
        name: of the file.
    """
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
                lines.append(f"{name}, line {own[1] or locate(tree, steps_of(own[2]))[0]}, {own[2]}: {own[3]}")
    unique = list(dict.fromkeys(lines))
    head = "1 line cannot be used" if len(unique) == 1 else f"{len(unique)} lines cannot be used"
    return "\n".join([f"{head}:", *(f"  {line}" for line in unique)])


def _is_inside(loc: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(loc) > len(outer) and loc[: len(outer)] == outer


def steps_of(path: str) -> tuple[int | str, ...]:
    """Keys and indices of a dotted path such as ``plant.lines[0].name``."""
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
