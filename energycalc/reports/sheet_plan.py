"""Which cell each number of a calculation gets, and the formula of each step over those cells.

The plan knows nothing of files and looks: inputs, factors and steps get rows, every step becomes a worksheet formula
that is read off its trace. A step that no formula can express is ``outside``: its value is written, and marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from energycalc.errors import InputError
from energycalc.quantity import Quantity, render
from energycalc.quantity.trace import walk

Sheet = Literal["inputs", "factors", "calculation"]
Kind = Literal["input", "from_file", "factor", "live", "outside", "fixed"]

FIRST_ROW = 5
"""First row below title, hint and headings, on each of the three sheets."""
VALUE_COLUMN = "E"
"""Column of the numbers, the same on each of the three sheets."""


@dataclass(frozen=True)
class Cell:
    """Place of one number: sheet and row (counted from 1); the column is always ``VALUE_COLUMN``."""

    sheet: Sheet
    row: int


@dataclass(frozen=True)
class Group:
    """Steps about one subject, under a heading of their own.

    Attributes:
        title: the machine or measure, or the section of the result the steps were first needed for.
        row: row of the heading; the steps follow.
        steps: named steps and results, in the order of the calculation.
    """

    title: str
    row: int
    steps: tuple[Quantity, ...]


@dataclass(frozen=True, eq=False)
class SheetPlan:
    """The cells of a calculation.

    Attributes:
        inputs: leaves of the inputs sheet, row by row.
        factors: leaves with basis ``published``, row by row of the factors sheet.
        groups: groups of the calculation sheet.
        cells: cell by ``id`` of the quantity.
        subjects: what each leaf and step is about, by ``id``; a leaf that states none takes that of its only user.
        names: title of each sheet as it appears in formulas.
    """

    inputs: tuple[Quantity, ...]
    factors: tuple[Quantity, ...]
    groups: tuple[Group, ...]
    cells: Mapping[int, Cell]
    subjects: Mapping[int, str]
    names: Mapping[Sheet, str]

    @property
    def steps(self) -> tuple[Quantity, ...]:
        """All steps, in the order of their rows."""
        return tuple(step for group in self.groups for step in group.steps)

    def address(self, q: Quantity, seen_from: str = "") -> str:
        """The cell of a quantity, with its sheet unless it is seen from there: ``'Inputs'!E7`` or ``E7``.

        Raises:
            KeyError: the quantity is no leaf, named step or result of the plan.
        """
        cell = self.cells[id(q)]
        place = f"{VALUE_COLUMN}{cell.row}"
        return place if cell.sheet == seen_from else f"{quoted(self.names[cell.sheet])}!{place}"

    def formula(self, q: Quantity) -> str:
        """The worksheet formula of a live step.

        Raises:
            ValueError: the step is not live, or its formula is longer than a worksheet cell takes.
        """
        if kind(q) != "live":
            raise ValueError(f"{q.name} has no formula over cells")
        return render.sheet_formula(q, lambda p: self.address(p, "calculation"))


def plan(results: Sequence[tuple[str, Quantity]], names: Mapping[Sheet, str]) -> SheetPlan:
    """Give a cell to every leaf, every named step and every result.

    Args:
        results: (section, result) in the order in which they are to be shown; the section heads the steps that are
            about no machine or measure in particular.
        names: title of each sheet.

    Returns:
        The plan. One leaf is one cell, however many results rest on it.

    Raises:
        InputError: a leaf or step holds an array, which has no cell.
    """
    leaves: list[Quantity] = []
    groups: dict[str, list[Quantity]] = {}
    roots = {id(q) for _, q in results}
    for section, q in _in_sections(results):
        if q.operation is None:
            leaves.append(q)
        elif id(q) in roots or (q.name and q.operation != "number"):
            groups.setdefault(q.subject or section, []).append(q)
    _refuse_arrays([*leaves, *(q for steps in groups.values() for q in steps)])
    subjects = _subjects(leaves, groups)
    inputs = _by_subject([q for q in leaves if q.basis != "published"], subjects)
    factors = [q for q in leaves if q.basis == "published"]
    cells = {id(q): Cell("inputs", FIRST_ROW + i) for i, q in enumerate(inputs)}
    cells |= {id(q): Cell("factors", FIRST_ROW + i) for i, q in enumerate(factors)}
    row, placed = FIRST_ROW, []
    for title, steps in groups.items():
        placed.append(Group(title, row, tuple(steps)))
        cells |= {id(q): Cell("calculation", row + 1 + i) for i, q in enumerate(steps)}
        row += len(steps) + 1
    return SheetPlan(tuple(inputs), tuple(factors), tuple(placed), cells, subjects, dict(names))


def kind(q: Quantity) -> Kind:
    """What stands in the cell of a quantity.

    ``input``: a number to be changed; ``from_file``: a number read or summed from the rows of a file; ``factor``: a
    published number; ``live``: a formula; ``outside``: a routine that no formula can express; ``fixed``: a number that
    belongs to the law itself, resting on no cell.
    """
    if q.operation is None:
        if q.basis == "published":
            return "factor"
        file = q.source.file if q.source else None
        return "from_file" if file is not None and file.rows else "input"
    if q.operation == "opaque":
        return "outside"
    return "live" if direct_inputs(q) else "fixed"


def direct_inputs(q: Quantity) -> list[Quantity]:
    """The leaves and named steps that stand in the formula of ``q``, each once, in the order they are written."""
    found: dict[int, Quantity] = {}

    def note(p: Quantity) -> str:
        found[id(p)] = p
        return "x"

    if q.operation is not None:
        render.render(q, note)
    return list(found.values())


def quoted(sheet_name: str) -> str:
    """A sheet name as formulas take it."""
    return "'" + sheet_name.replace("'", "''") + "'"


def _in_sections(results: Sequence[tuple[str, Quantity]]) -> Iterator[tuple[str, Quantity]]:
    """Every quantity once, parents before children, with the section of the first result that rests on it."""
    ahead = iter(results)
    section, root = next(ahead, ("", None))
    done: set[int] = set()
    for q in walk([q for _, q in results]):
        yield section, q
        done.add(id(q))
        while root is not None and id(root) in done:
            section, root = next(ahead, ("", None))


def _subjects(leaves: Iterable[Quantity], groups: Mapping[str, Sequence[Quantity]]) -> dict[int, str]:
    found = {id(q): title for title, steps in groups.items() for q in steps}
    users: dict[int, dict[str, None]] = {}
    for title, steps in groups.items():
        for step in steps:
            for used in direct_inputs(step):
                users.setdefault(id(used), {})[title] = None
    for leaf in leaves:
        only = list(users.get(id(leaf), ()))
        found[id(leaf)] = leaf.subject or (only[0] if len(only) == 1 else "")
    return found


def _by_subject(leaves: Sequence[Quantity], subjects: Mapping[int, str]) -> list[Quantity]:
    order = {subject: i for i, subject in enumerate(dict.fromkeys(subjects[id(q)] for q in leaves))}
    return sorted(leaves, key=lambda q: order[subjects[id(q)]])


def _refuse_arrays(quantities: Sequence[Quantity]) -> None:
    for q in quantities:
        if np.ndim(q.value):
            raise InputError(
                "an array has no cell",
                subject=q.describe(),
                value=f"array of {np.size(q.value)}",
                next_step="Make each value an input of its own, or give the sheet a typical day or histogram",
            )
