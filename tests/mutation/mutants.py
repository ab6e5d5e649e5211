"""Small wrong changes to a module's calculations: operators, exponents, numbers, comparisons, functions."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SWAPPED: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(), ast.Sub: ast.Add(), ast.Mult: ast.Div(), ast.Div: ast.Mult(), ast.Pow: ast.Mult(),
}  # fmt: skip
TURNED: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.Gt(), ast.LtE: ast.GtE(), ast.Gt: ast.Lt(), ast.GtE: ast.LtE(),
    ast.Eq: ast.NotEq(), ast.NotEq: ast.Eq(),
}  # fmt: skip
TOLERANCE = 1e-8
"""Numbers up to this size are tolerances of rounding; a tenth more of one changes nothing."""

EXCHANGED = {"minimum": "maximum", "maximum": "minimum", "exp": "log", "log": "exp", "sin": "cos", "cos": "sin"}
DESCRIBED = {"Parameter", "DefaultUncertainty", "TechnologyDescription", "WorkedExample", "cite", "Source", "doubt"}
"""Calls that hold words and ranges for people, not calculations."""


@dataclass(frozen=True)
class Mutant:
    """One wrong change.

    Attributes:
        path: file.
        line: where.
        what: the change, for people.
        in_formula: whether it stands in the body of a traced formula.
        tree: the changed module.
    """

    path: Path
    line: int
    what: str
    in_formula: bool
    tree: ast.Module


def mutants(path: Path) -> Iterator[Mutant]:
    """Every wrong change of a file, each on its own."""
    original = ast.parse(path.read_text("utf-8"))
    for index, (node, in_formula) in enumerate(_calculating(original)):
        for which, what in enumerate(_changes(node)):
            tree = copy.deepcopy(original)
            changed = _calculating(tree)[index][0]
            _apply(changed, which)
            yield Mutant(path, node.lineno, what, in_formula, ast.fix_missing_locations(tree))  # type: ignore[attr-defined]


def _calculating(tree: ast.Module) -> list[tuple[ast.AST, bool]]:
    """The nodes that may be changed, in a fixed order, and whether each stands in a formula's body."""
    found: list[tuple[ast.AST, bool]] = []

    def walk(node: ast.AST, in_function: bool, in_formula: bool) -> None:
        if isinstance(node, ast.FunctionDef):
            traced = any("formula" in ast.unparse(d).split("(")[0] for d in node.decorator_list)
            for statement in node.body:
                walk(statement, True, traced)
            return
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in DESCRIBED:
            return
        if isinstance(node, ast.AnnAssign | ast.ClassDef | ast.Import | ast.ImportFrom | ast.Raise | ast.JoinedStr):
            return
        if in_function and list(_changes(node)):
            found.append((node, in_formula))
        children = [node.value] if isinstance(node, ast.Subscript) else ast.iter_child_nodes(node)
        for child in children:
            walk(child, in_function, in_formula)

    walk(tree, False, False)
    return found


def _changes(node: ast.AST) -> list[str]:
    """What can be done to a node, in words."""
    if isinstance(node, ast.BinOp) and type(node.op) in SWAPPED and not _is_text(node):
        return [f"{type(node.op).__name__} becomes {type(SWAPPED[type(node.op)]).__name__}"]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return ["sign lost"]
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in TURNED:
        return [f"{type(node.ops[0]).__name__} turned round"]
    if isinstance(node, ast.Constant) and type(node.value) in (int, float) and not 0 < abs(node.value) <= TOLERANCE:
        return [f"{node.value!r} becomes {_other(node.value)!r}"]
    if isinstance(node, ast.Constant) and node.value in ("<", "<=", ">", ">="):
        return [f"{node.value} turned round"]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in EXCHANGED:
            return [f"{node.func.id} becomes {EXCHANGED[node.func.id]}"]
        if node.func.id == "sqrt":
            return ["sqrt lost"]
    return []


def _apply(node: ast.AST, which: int) -> None:
    if isinstance(node, ast.BinOp):
        node.op = SWAPPED[type(node.op)]
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd()
    elif isinstance(node, ast.Compare):
        node.ops = [TURNED[type(node.ops[0])]]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        node.value = node.value.translate(str.maketrans("<>", "><"))
    elif isinstance(node, ast.Constant):
        assert isinstance(node.value, int | float)
        node.value = _other(node.value)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id == "sqrt":
            node.func = ast.Name("absolute_of_mutant", ast.Load())
        else:
            node.func.id = EXCHANGED[node.func.id]


def _other(number: float) -> float:
    """Another number of the same type: one more for a small whole one, a tenth more for the rest."""
    if number == 0 or (isinstance(number, int) and abs(number) < 10):
        return number + 1
    return number * 1.1


def _is_text(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    return any(isinstance(s, ast.JoinedStr | ast.List | ast.Tuple) or _is_word(s) for s in sides)


def _is_word(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
