"""What the two first pages say about their claim is so, in both languages."""

import io
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from energycalc.checks.claims.reading import claim_of
from energycalc.checks.claims.review import ClaimReview, review_claim

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "README.zh-TW.md")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def review_of(page: str) -> ClaimReview:
    (block,) = re.findall(r"```yaml\n(.*?)```", text_of(page), flags=re.DOTALL)
    return review_claim(claim_of(YAML(typ="safe").load(io.StringIO(block))))


@pytest.mark.parametrize("page", PAGES)
def test_only_the_rate_contradicts_and_the_rest_agrees(page: str) -> None:
    review = review_of(page)
    assert review.verdict == "fail"
    by_severity = {(finding.severity, finding.id) for finding in review.findings}
    assert by_severity == {("error", "TN02"), ("warning", "TC01"), ("warning", "TL04")}
    # kilowatt-hours, money, payback, tonnes
    assert {"TL11", "TF02", "TF01", "TC15"} <= {held.check for held in review.held}


def test_both_pages_show_the_same_commands() -> None:
    english, chinese = ([*re.findall(r"energycalc [a-z]+ [a-z0-9_./]*", text_of(page))] for page in PAGES)
    assert set(english) == set(chinese)
    assert len(english) > 10


@pytest.mark.parametrize("page", PAGES)
def test_every_example_of_the_page_is_there(page: str) -> None:
    named = re.findall(r"examples/[\w./]+", text_of(page))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
