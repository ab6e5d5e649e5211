"""YAML ↔ case, nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from energycalc.case.case import Case
from energycalc.case.problems import all_problems, as_tuples, steps_of
from energycalc.case.yaml_text import Block, Scalar, read_file, read_tree
from energycalc.errors import CaseFileError

if TYPE_CHECKING:
    from energycalc.mv.verification import Verified

    Verifications = dict[Path, Verified]

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


def case_from_text(
    text: str, *, folder: str | Path = ".", name: str = "case.yaml", verifications: Verifications | None = None
) -> Case:
    """A case from YAML text, for forms, reviews and tests.

    Args:
        text: content of a case file.
        folder: where meter files are looked up.
        name: what to call the file in messages.
        verifications: takes the verifications that the case names, by file, so that nobody has to run them again.

    Raises:
        CaseFileError: as :func:`load_case`.
    """
    return _build(read_tree(text, name), name, Path(folder), "", verifications)


def _build(tree: Block, name: str, folder: Path, sha256: str, verifications: Verifications | None = None) -> Case:
    for reserved in ("folder", "file", "sha256"):
        if reserved in tree:
            raise CaseFileError("unknown key", subject=f"{name}, line {tree[reserved].line}, {reserved}")
    data: dict[str, Any] = {**tree, "folder": folder, "file": name, "sha256": sha256}
    block = Block(data)
    block.line, block.path = tree.line, tree.path
    try:
        kept = {} if verifications is None else verifications
        context = {"file": name, "sha256": sha256, "folder": folder, "verifications": kept}
        return Case.model_validate(as_tuples(block), context=context)
    except ValidationError as error:
        raise CaseFileError(all_problems(error, tree, name), subject="") from None


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
    for step in steps_of(path):
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
