"""``python -m tests.checks``: how many checks fire on their fault, how many on their near miss; what clean cases say.

``python -m tests.checks --page`` writes ``docs/checks.md`` instead.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from energycalc.reports.checks_page import checks_page
from tests.checks.project.clean import CLEAN
from tests.checks.project.seeded import BY_RULE, CASES, of_projects, outcome

PAGE = Path(__file__).resolve().parents[2] / "docs" / "checks.md"


def main() -> None:
    """Print the table of checks on projects."""
    if "--page" in sys.argv:
        PAGE.write_text(checks_page(), encoding="utf-8")
        print(PAGE.name)
        return
    every, seeded, fired, false = (Counter[str]() for _ in range(4))
    with tempfile.TemporaryDirectory() as folder:
        for id in of_projects():
            every[id[:2]] += 1
            if id in CASES:
                on_fault, on_near = outcome(id, Path(folder) / id)
                seeded[id[:2]] += 1
                fired[id[:2]] += on_fault
                false[id[:2]] += on_near
        by_rule = Counter(id[:2] for id in BY_RULE)
        print("| group | checks | seeded in a project | fired | false alarms | seeded in the rule |")
        print("|---|---|---|---|---|---|")
        for group in every:
            row = (group, every[group], seeded[group], fired[group], false[group], by_rule[group])
            print("| " + " | ".join(str(cell) for cell in row) + " |")
        row = ("all", *(sum(counter.values()) for counter in (every, seeded, fired, false, by_rule)))
        print("| " + " | ".join(str(cell) for cell in row) + " |")
        print("\n| clean case | verdict | errors | warnings | notes |\n|---|---|---|---|---|")
        for i, (name, sketch) in enumerate(CLEAN.items()):
            place = Path(folder) / f"clean{i}"
            place.mkdir()
            review = sketch.review_in(place)
            n = review.counts()
            print(f"| {name} | {review.verdict} | {n['error']} | {n['warning']} | {n['note']} |")


if __name__ == "__main__":
    main()
