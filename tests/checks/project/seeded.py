"""All seeded faults and near misses of projects, and how it is told that a check fired."""

from collections.abc import Mapping
from pathlib import Path

from energycalc.checks.catalogue import check, checks
from energycalc.checks.project.review import BY_CONSTRUCTION, GROUPS, Review
from tests.checks.project import seeded_baseline, seeded_load, seeded_verification
from tests.checks.project.bases import Sketch

CASES: Mapping[str, tuple[Sketch, Sketch]] = {
    **seeded_load.CASES,
    **seeded_baseline.CASES,
    **seeded_verification.CASES,
}
ONLY_NOTED = ("TS17",)
"""Raised as a note, since the remedy has been taken already: the Monte Carlo interval is the one shown."""
BY_RULE = ("TB17", "TS04", "TS11", "TS14", "TS16", "TS19")
"""Seeded in the rule that raises them, not in a whole project: see tests/mv for the calculations behind."""


def fired(id: str, review: Review) -> bool:
    """Whether a check fired: a note counts only where the check itself is one."""
    noted = check(id).severity == "note" or id in ONLY_NOTED
    return any(f.id == id and (noted or f.severity != "note") for f in review.findings)


def outcome(id: str, folder: Path) -> tuple[bool, bool]:
    """Whether the check fired on its fault, and on its near miss."""
    fault, near = CASES[id]
    for name in ("fault", "near"):
        (folder / name).mkdir(parents=True)
    return fired(id, fault.review_in(folder / "fault")), fired(id, near.review_in(folder / "near"))


def of_projects() -> list[str]:
    """Ids of the checks that are this folder's."""
    return [id for id in checks() if id[:2] in GROUPS and id not in BY_CONSTRUCTION]
