"""``python -m tests.checks``: where each check fires on its fault and is silent on its near miss; what clean cases say.

``python -m tests.checks --page`` writes ``docs/checks.md`` instead.
"""

import sys
import tempfile
from pathlib import Path

from energycalc.checks.catalogue import check
from energycalc.reports.checks_page import checks_page
from tests.checks.project.clean import CLEAN
from tests.checks.shown import PLACES, Shown, shown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "checks.md"


def main() -> None:
    """Print the table of checks, and that of clean cases."""
    if "--page" in sys.argv:
        PAGE.write_text(checks_page(), encoding="utf-8")
        print(PAGE.name)
        return
    with tempfile.TemporaryDirectory() as folder:
        _print_checks(shown(Path(folder)))
        _print_clean(Path(folder))


def _print_checks(found: dict[str, dict[str, Shown]]) -> None:
    print("faults that fired / seeded, near misses that were silent / seeded\n")
    print(f"| check | {' | '.join(PLACES)} | |\n|---|---|---|---|---|---|")
    for id, places in found.items():
        cells = [str(places[place]) if place in places else "" for place in PLACES]
        print(f"| {id} {check(id).name} | {' | '.join(cells)} | {'' if _is_shown(places) else 'not shown'} |")
    groups = dict.fromkeys(id[:2] for id in found)
    print("\n| group | checks | shown | of these only through its rule |\n|---|---|---|---|")
    for group in (*groups, ""):
        of_group = {id: places for id, places in found.items() if id.startswith(group)}
        good = [places for places in of_group.values() if _is_shown(places)]
        by_rule = sum(set(places) == {"rule"} for places in good)
        print(f"| {group or 'all'} | {len(of_group)} | {len(good)} | {by_rule} |")


def _is_shown(places: dict[str, Shown]) -> bool:
    return bool(places) and all(one.holds for one in places.values())


def _print_clean(folder: Path) -> None:
    print("\n| clean case | verdict | errors | warnings | notes |\n|---|---|---|---|---|")
    for i, (name, sketch) in enumerate(CLEAN.items()):
        place = folder / f"clean{i}"
        place.mkdir()
        review = sketch.review_in(place)
        n = review.counts()
        print(f"| {name} | {review.verdict} | {n['error']} | {n['warning']} | {n['note']} |")


if __name__ == "__main__":
    main()
