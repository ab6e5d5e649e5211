"""Which runner a file of reference cases is for, by what stands in it, whatever it is called."""

import functools
import json
from pathlib import Path
from typing import Any

MARKS = {"equipment": {"calculator", "outputs"}, "uncertainty": {"model", "expected"}, "mv": {"method", "expected"},
         "claims": {"claim", "expected"}}  # fmt: skip
"""Keys of a case by kind of file."""
SECTIONS = {"linear_regression", "anova", "univariate"}


@functools.cache
def kind_of_file(path: Path) -> str:
    """``equipment``, ``uncertainty``, ``mv``, ``claims``, ``strd``, or ``unknown``."""
    content: Any = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(content, dict) and SECTIONS & set(content):
        return "strd"
    cases = content.get("cases", []) if isinstance(content, dict) else content
    keys = set(cases[0]) if isinstance(cases, list) and cases and isinstance(cases[0], dict) else set()
    return next((kind for kind, marks in MARKS.items() if marks <= keys), "unknown")
