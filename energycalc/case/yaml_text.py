"""YAML as people wrote it: every scalar stays text and knows its line; duplicates, anchors and tags are refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from energycalc.errors import CaseFileError

Tree = dict[str, Any] | list[Any] | Any


@dataclass(frozen=True)
class Scalar:
    """One value of the file.

    Attributes:
        text: what is written, without quotes.
        line: line on which it begins.
        path: where it stands, e.g. ``plant.lines[0].machines[2].name``.
        span: first character and the one after the last, quotes included, in the text of the file.
    """

    text: str
    line: int
    path: str
    span: tuple[int, int]

    def __str__(self) -> str:
        return self.text


class Block(dict[str, Any]):
    """A mapping of the file that knows its line and path."""

    line: int = 0
    path: str = ""


class Rows(list[Any]):
    """A list of the file that knows its line and path."""

    line: int = 0
    path: str = ""


def read_tree(text: str, file: str) -> Block:
    """Read YAML text into blocks, rows and scalars.

    Args:
        text: the file's text.
        file: its name, for errors.

    Returns:
        The top block.

    Raises:
        CaseFileError: not YAML, a duplicate key, an anchor, alias or tag, or a top level that is not a mapping.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{file}, line {mark.line + 1}" if mark else file
        raise CaseFileError(f"is not valid YAML: {error.problem or error.context}", subject=where) from None
    except YAMLError as error:
        reason = str(error).splitlines()[0]
        raise CaseFileError(f"is not valid YAML: {reason}", subject=file) from None
    if node is None or node.id != "mapping":
        raise CaseFileError("the top level must be a mapping of keys such as 'title: ...'", subject=file)
    tree = _convert(node, "", file, text)
    assert isinstance(tree, Block)
    return tree


def _convert(node: Any, path: str, file: str, text: str) -> Any:
    line = node.start_mark.line + 1
    where = f"{file}, line {line}, {path or 'top level'}"
    if node.anchor:
        raise CaseFileError(
            "anchors and aliases (& and *) are not used in case files",
            subject=where,
            next_step="Write the value out; one number used twice is named once and referred to by id",
        )
    span = _span(node, text)
    if text[span[0] : span[0] + 1] == "!":
        raise CaseFileError(
            "YAML tags (!...) are not used in case files",
            subject=where,
            value=text[slice(*span)].split()[0],
            next_step="Write the plain value",
        )
    if node.id == "scalar":
        return Scalar(node.value, line, path, span)
    if node.id == "sequence":
        rows = Rows(_convert(child, f"{path}[{i}]", file, text) for i, child in enumerate(node.value))
        rows.line, rows.path = line, path
        return rows
    block = Block()
    block.line, block.path = line, path
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        here = f"{file}, line {key_line}, {path or 'top level'}"
        if key_node.id != "scalar":
            raise CaseFileError("a key must be one word", subject=here, next_step="Write it like 'name: value'")
        key = str(key_node.value)
        if key in seen:
            raise CaseFileError(
                f"the key {key!r} stands twice (first in line {seen[key]})", subject=here, next_step="Keep one of them"
            )
        seen[key] = key_line
        block[key] = _convert(value_node, f"{path}.{key}" if path else key, file, text)
    return block


def _span(node: Any, text: str) -> tuple[int, int]:
    start, end = node.start_mark.index, node.end_mark.index
    while end > start and text[end - 1].isspace():  # a folded text ends after its line
        end -= 1
    return start, end


def plain(tree: Tree) -> Any:
    """The tree without lines: dicts, lists and texts."""
    if isinstance(tree, Scalar):
        return tree.text
    if isinstance(tree, dict):
        return {k: plain(v) for k, v in tree.items()}
    if isinstance(tree, list):
        return [plain(v) for v in tree]
    return tree


def locate(tree: Tree, path: tuple[int | str, ...]) -> tuple[int, str]:
    """Line and dotted path of the deepest part of ``path`` that exists in the tree."""
    line, dotted, here = getattr(tree, "line", 1), "", tree
    for step in path:
        if isinstance(here, dict) and isinstance(step, str) and step in here:
            here, dotted = here[step], f"{dotted}.{step}" if dotted else str(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here, dotted = here[step], f"{dotted}[{step}]"
        else:
            if not isinstance(here, Scalar):
                dotted = f"{dotted}.{step}" if dotted else str(step)
            break
        line = getattr(here, "line", line)
    return line, dotted


def read_file(path: Path) -> tuple[Block, str, str]:
    """Tree, text and SHA-256 of a YAML file (UTF-8, with or without BOM).

    Raises:
        CaseFileError: missing, not UTF-8, or not acceptable YAML.
    """
    import hashlib

    try:
        data = path.read_bytes()
    except OSError as error:
        raise CaseFileError(
            f"cannot be read ({error.strerror})",
            subject=str(path),
            next_step="Give the case folder or its case.yaml; `energycalc new DIR` writes one to start from",
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseFileError(
            f"is not UTF-8 text (byte {error.start})",
            subject=str(path),
            next_step='Save it as UTF-8 (Notepad: "Save as", encoding UTF-8)',
        ) from None
    return read_tree(text, path.name), text, hashlib.sha256(data).hexdigest()
