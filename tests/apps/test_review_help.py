"""What ``energycalc review`` says of the files that it writes, and of a claim file that holds no keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from energycalc.apps.cli import app
from energycalc.apps.reviewing import review_case_file
from energycalc.apps.reviewing_claims import review_claims_of
from energycalc.checks.claims.reading import claim_of
from energycalc.checks.claims.review import review_claim
from energycalc.errors import CaseFileError, InputError
from energycalc.reports.review.page import write_review
from tests.checks.claims.seeded import clean_claims


def listed() -> list[str]:
    """Endings of each kind of file in the help, in its order: claim, several claims, case."""
    shown = " ".join(CliRunner().invoke(app, ["review", "--help"], env={"COLUMNS": "200"}).output.split())
    said = shown[shown.index("file to write") :]
    claim, several, case = said.split(";")[1:4]
    return [" ".join(word for word in part.split() if word.startswith(".")) for part in (claim, several, case)]


def test_the_help_lists_what_is_written() -> None:
    assert listed() == [".html .md .xlsx .json", ".xlsx .csv", ".md .txt .json"]


def test_each_ending_of_a_claim_is_written_and_another_is_refused(tmp_path: Path) -> None:
    review = review_claim(claim_of(clean_claims()["fan_drive"]))
    for ending in listed()[0].split():
        assert write_review(tmp_path / f"page{ending}", review, "en").stat().st_size > 0
    with pytest.raises(InputError, match=r"\.html"):
        write_review(tmp_path / "page.txt", review, "en")


@pytest.mark.parametrize("text", ["", "# nothing\n", "節電量很多\n"])
def test_a_claim_file_without_keys_says_what_is_wanted(tmp_path: Path, text: str) -> None:
    file = tmp_path / "claim.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(CaseFileError, match="mapping of keys such as 'title: ...'") as refused:
        review_claims_of(file, None, "en", False)
    assert "plant" not in str(refused.value)


def test_another_ending_for_a_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.md"):
        review_case_file(tmp_path, "en", False, tmp_path / "page.html")
