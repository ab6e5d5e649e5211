"""Shipped examples under review: no error, two warnings at most; programme rules come along, verifications run once."""

from pathlib import Path

import pytest

from energycalc.checks.project import review as reviewing
from energycalc.checks.project.review import review_case, review_text
from energycalc.mv import verify as verifying
from energycalc.mv.verification import Verification
from tests.checks.project.seeded_verification import verification

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
SHIPPED = sorted(file.parent.name for file in EXAMPLES.glob("*/case.yaml"))


def test_the_examples_are_the_shipped_ones() -> None:
    assert {"machine_shop", "steel_plant", "money", "plantwide", "shared_air", "programme"} <= set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_example_has_no_error_and_at_most_two_warnings(name: str) -> None:
    review = review_case(EXAMPLES / name)
    said = [f"{f.id} {f.sentence}" for f in review.findings if f.severity != "note"]
    counts = review.counts()
    assert counts["error"] == 0 and counts["warning"] <= 2, said
    assert review.verdict in ("pass", "warn")


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("end: 114/10/31", "end: 114/11/1", {"programme.metalworking_114.end_date"}),
        ("end: 114/10/31", "end: 114/10/30", set()),
    ],
)
def test_what_a_programme_refuses_is_found_in_the_review(old: str, new: str, rules: set[str]) -> None:
    text = (EXAMPLES / "programme" / "case.yaml").read_text(encoding="utf-8")
    assert old in text
    review = review_text(text.replace(old, new), folder=EXAMPLES / "programme")
    missed = {f.id for f in review.findings if f.id.startswith("programme.") and f.severity == "error"}
    assert missed == rules
    assert (review.verdict == "fail") == bool(rules)


def test_an_edition_that_nobody_knows_is_told(tmp_path: Path) -> None:
    text = (EXAMPLES / "programme" / "case.yaml").read_text(encoding="utf-8")
    assert "edition: 114" in text
    review = review_text(text.replace("edition: 114", "edition: 99"), folder=EXAMPLES / "programme")
    assert any("99" in f.sentence and f.severity == "error" for f in review.findings)
    assert review.assessment is not None


@pytest.mark.parametrize("changes", [[], [("energycalc: 1", "energycalc: 1\nplnt: x")]])
def test_a_verification_runs_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: list[tuple[str, str]]
) -> None:
    runs: list[Verification] = []

    sketch = verification()
    for name, content in sketch.files.items():
        (tmp_path / name).write_text(str(content), encoding="utf-8")
    text = sketch.text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    real = verifying.verify
    monkeypatch.setattr(verifying, "verify", lambda declared: (runs.append(declared), real(declared))[1])
    monkeypatch.setattr(reviewing, "verify", verifying.verify)
    review = review_text(text, folder=tmp_path)
    assert len(runs) == 1
    assert (review.assessment is None) == bool(changes)
    assert "TB01" in review.judged
