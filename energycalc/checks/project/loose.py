"""What can still be read of a case file that is refused: its notes, its meters, its verifications, each on its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from energycalc.case.fields import text_of
from energycalc.case.meters import Meter
from energycalc.case.problems import as_tuples
from energycalc.case.review import ReviewNotes
from energycalc.case.yaml_text import Block, Scalar, read_tree
from energycalc.checks.project.raised import refusals
from energycalc.errors import EnergycalcError
from energycalc.finding import Finding
from energycalc.metering import MeterLayout


@dataclass(frozen=True)
class Loose:
    """Parts of a refused case file that stand on their own."""

    notes: ReviewNotes
    layouts: dict[str, MeterLayout]
    verifications: list[str]
    findings: list[Finding]


def loose_parts(text: str, folder: Path, name: str) -> Loose:
    """Read what is valid by itself; what is not has been refused with the case already.

    Args:
        text: content of the case file.
        folder: where its files lie.
        name: of the file.

    Raises:
        CaseFileError: the text is no YAML.
    """
    tree = read_tree(text, name)
    context: dict[str, Any] = {"file": name, "sha256": "", "folder": folder, "verifications": {}}
    notes, layouts, found = ReviewNotes(), {}, []
    if isinstance(tree.get("review"), Block):
        try:
            notes = ReviewNotes.model_validate(as_tuples(tree["review"]), context=context)
        except ValidationError:
            notes = ReviewNotes()
    for block in _blocks(tree.get("meters")):
        try:
            meter = Meter.model_validate(as_tuples(block), context=context)
            layouts[meter.id] = meter.layout(folder)
        except ValidationError:
            continue
        except EnergycalcError as error:
            found += refusals(error)
    named = [block.get("verification") for block in _blocks(tree.get("measures"))]
    return Loose(notes, layouts, [str(text_of(n)) for n in named if isinstance(n, Scalar) and n.text.strip()], found)


def _blocks(part: object) -> list[Block]:
    return [block for block in part if isinstance(block, Block)] if isinstance(part, list) else []
