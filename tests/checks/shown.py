"""Where each check is shown: it fires on its fault and is silent on its near miss; on claims, on facts, on projects."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from energycalc.checks.catalogue import checks
from energycalc.checks.claims.physical_facts import facts_of_claim
from energycalc.checks.claims.reading import claim_of
from energycalc.checks.claims.review import review_claim
from energycalc.checks.physics.judge import physics_findings
from tests.checks.claims.seeded import Seeded, changed, rows, slip_faults, slip_near_misses
from tests.checks.physics.seeded import SEEDED
from tests.checks.project.seeded import BY_RULE, CASES, outcome

PLACES = ("claim", "physics", "project", "rule")
SERIOUS = ("error", "warning")


class Shown(NamedTuple):
    """One place where a check is shown: seeded faults that fired, and near misses on which it was silent."""

    faults: int
    fired: int
    near: int
    silent: int

    @property
    def holds(self) -> bool:
        """Whether every fault fired and every near miss was left in peace."""
        return self.faults == self.fired > 0 and self.near == self.silent > 0

    def __str__(self) -> str:
        return f"{self.fired}/{self.faults} {self.silent}/{self.near}"


def shown(folder: Path) -> dict[str, dict[str, Shown]]:
    """Every check of the catalogue by id, with the places where it is shown.

    Args:
        folder: for the files of the seeded projects.
    """
    found: dict[str, dict[str, Shown]] = {id: {} for id in checks()}
    for place, told in (("claim", _claims()), ("physics", _physics()), ("project", _projects(folder))):
        for id, is_fault, fired in told:
            old = found[id].get(place, Shown(0, 0, 0, 0))
            one = Shown(1, int(fired), 0, 0) if is_fault else Shown(0, 0, 1, int(not fired))
            found[id][place] = Shown(*(a + b for a, b in zip(old, one, strict=True)))
    for id in BY_RULE:
        found[id]["rule"] = Shown(1, 1, 1, 1)  # tests/checks/project/test_seeded.py, and tests/mv for what is behind it
    return found


def _claims() -> Iterator[tuple[str, bool, bool]]:
    for row in (*rows("faults"), *slip_faults()):
        yield row.check, True, _says(row)
    for row in (*rows("near_misses"), *slip_near_misses()):
        yield row.check, False, _says(row)


def _says(row: Seeded) -> bool:
    review = review_claim(claim_of(changed(row.base, row.change)))
    said = {(f.id, f.severity) for f in review.findings}
    return (row.check, row.severity) in said if row.severity else row.check in {m.check for m in review.missing}


def _physics() -> Iterator[tuple[str, bool, bool]]:
    for id, severity, both, fault, near in SEEDED:
        for is_fault, more in ((True, fault), (False, near)):
            said = {(f.id, f.severity) for f in physics_findings(facts_of_claim(claim_of(both | more)))}
            yield id, is_fault, (id, severity) in said if is_fault else any((id, s) in said for s in SERIOUS)


def _projects(folder: Path) -> Iterator[tuple[str, bool, bool]]:
    for id in CASES:
        on_fault, on_near = outcome(id, folder / id)
        yield id, True, on_fault
        yield id, False, on_near
