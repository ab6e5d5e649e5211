"""The one page of a claim's review: what it recomputes, that it is safe to open, that it fits a sheet of paper."""

import json
import os
import re
import string
import subprocess
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rich.console import Console

from energycalc.apps.forms.review_state import example_claims
from energycalc.apps.review_terminal import show_claim_review
from energycalc.checks.catalogue import check
from energycalc.checks.claims.headline import HEADLINE
from energycalc.checks.claims.reading import claim_of, read_claims
from energycalc.checks.claims.review import ClaimReview, review_claim
from energycalc.errors import InputError
from energycalc.reports.review.cells import people, printable
from energycalc.reports.review.factor_years import factor_years
from energycalc.reports.review.page import review_fragment, review_markdown, review_page, write_review
from energycalc.reports.review.results_json import review_json
from energycalc.reports.words import LANGUAGES, words
from tests.notebooks.test_browser import QUIET_CHROMIUM, fonts  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
CLEAN = json.loads((ROOT / "tests/checks/claims/clean_claims.json").read_text(encoding="utf-8"))["claims"]
PUBLISHED = [
    entry["claim"]
    for entry in json.loads((ROOT / "tests/reference/cases/claim_cases.json").read_text(encoding="utf-8"))["cases"]
]
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)> | `*_# =1+1 \x1b[31m\u202e"
LINE = {
    "id": HOSTILE, "title": HOSTILE, "technology": HOSTILE, "carrier": HOSTILE, "emission_factor_source": HOSTILE,
    "saving": "100 kWh/year", "price": "2 TWD/kWh", "cost_saving": "900 TWD/year", "hours": HOSTILE, HOSTILE: HOSTILE,
    "items": [{"name": HOSTILE, "saving": "60 kWh/year", "expression": HOSTILE}],
    "carriers": [{"carrier": HOSTILE, "saving": "60 kWh/year"}],
    "calculations": [{"quantity": HOSTILE, "expression": HOSTILE, "result": "100 kWh"}],
    "editions": [{"label": HOSTILE, "saving": "100 kWh/year"}, {"label": "b", "saving": "150 kWh/year"}],
}  # fmt: skip


def reviewed(data: Any) -> ClaimReview:
    return review_claim(claim_of(data))


class Tags(HTMLParser):
    """Every tag with its attributes; complains about one that is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


# --- numbers


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1552009 kWh/year", "1,552,009 kWh/年"),
        ("8760 h/year", "8,760 h/年"),
        ("2024 年 0.474", "2024 年 0.474"),
        ("0.15234567 kW", "0.15234567 kW"),
        ("480000 TWD", "480,000 元"),
        ("c-376a21111", "c-376a21111"),
    ],
)
def test_numbers_as_people_read_them(text: str, shown: str) -> None:
    assert people(text, "zh-TW") == shown


# --- safe to open


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_a_claim_becomes_markup(language: str) -> None:
    review = reviewed(LINE)
    page = review_page(review, language)
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    names = {tag for tag, _ in tags.seen}
    assert not names & {"script", "img", "iframe", "link", "object", "a", "form", "base"}
    attributes = {name for _, attrs in tags.seen for name in attrs}
    assert not {name for name in attributes if name.startswith("on") or name in ("src", "href", "srcset")}
    assert "http" not in page.replace(HOSTILE, "")
    assert "url(" not in page and "@import" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in review_fragment(review, language)
    for text in (page, review_markdown(review, language)):
        assert "\x1b" not in text and "\u202e" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_cannot_break_out_of_its_cell_of_markdown(language: str) -> None:
    text = review_markdown(reviewed(LINE), language)
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {7}
    assert "<script" not in text and "<img" not in text


def test_a_claim_is_text_in_the_workbook(tmp_path: Path) -> None:
    data = {**LINE, "title": "=HYPERLINK(1)", "id": "+1", "technology": "@x"}
    book = openpyxl.load_workbook(write_review(tmp_path / "a.xlsx", reviewed(data), "zh-TW"))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"]
    assert cells and all(re.fullmatch(r"=B\d+/C\d+-1", str(cell.value)) for cell in cells)


def test_a_terminal_is_not_steered_by_a_title() -> None:
    assert printable("a\x1b[31m\u202eb\r\n") == "a [31m b  "
    for language in LANGUAGES:
        shown = terminal(reviewed(LINE), language)
        assert "\x1b" not in shown and "\u202e" not in shown


def terminal(review: ClaimReview, language: str, width: int = 80) -> str:
    out = StringIO()
    show_claim_review(review, language, Console(file=out, width=width))
    return out.getvalue()


# --- what it says


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_says_verdict_findings_and_advice(language: str, tmp_path: Path) -> None:
    review = review_claim(read_claims(example_claims()["example"])[0])
    assert review.verdict == "fail"
    text, zh = words("review", language), language == "zh-TW"
    book = openpyxl.load_workbook(write_review(tmp_path / "page.xlsx", review, language)).worksheets[0]
    cells = "\n".join(str(cell.value) for row in book.iter_rows() for cell in row if cell.value is not None)
    shown = {"page": review_page(review, language), "markdown": review_markdown(review, language), "cells": cells}
    shown["terminal"] = terminal(review, language, width=400)
    for form, said in shown.items():
        assert text["verdict_fail"] in said, form
        assert text["constructed"].lower() in said.lower(), form
        for finding in review.findings:
            of = check(finding.id)
            assert finding.id in said, form
            if finding.severity != "note":
                assert (of.advice_zh if zh else of.advice_en) in said.replace("\\", ""), (form, finding.id)
        for remark in review.held:
            assert remark.check in said, form


def test_an_unlabelled_claim_is_not_called_constructed() -> None:
    assert words("review", "en")["constructed"] not in review_page(reviewed({"saving": "5 kWh/year"}), "en")


def test_what_is_missing_is_asked_for() -> None:
    claim = {"saving": "1000 kWh/year", "emission_reduction": "0.4 tCO2e/year", "emission_factor": "0.4 kgCO2e/kWh",
             "emission_factor_source": "supplier"}  # fmt: skip
    review = reviewed(claim)
    assert review.missing
    page = review_page(review, "zh-TW")
    assert words("review", "zh-TW")["missing"] in page
    assert "supplier" in page


def test_json_holds_both_languages_and_every_figure() -> None:
    review = review_claim(read_claims(example_claims()["example"])[0])
    data = json.loads(review_json(review))
    assert (data["verdict"], data["kind"]) == ("fail", "claim")
    assert [f["check"] for f in data["findings"]] == [f.id for f in review.findings]
    assert all(f["sentence"] and f["sentence_zh"] and f["advice"] and f["advice_zh"] for f in data["findings"])
    assert {row["key"] for row in data["figures"]} <= set(HEADLINE)
    assert data["as_printed"]["figures"]["saving_rate"] == "44.2 %"
    two = json.loads(review_json(review, review))
    assert two == [data, data]


def test_both_languages_have_the_same_words() -> None:
    chinese, english = (words("review", language) for language in LANGUAGES)
    assert chinese.keys() == english.keys()
    for key in chinese:
        places = [{field for _, field, _, _ in string.Formatter().parse(each[key]) if field and field.isidentifier()}
                  for each in (chinese, english)]  # fmt: skip
        assert places[0] == places[1], key


def test_only_known_endings_are_written(tmp_path: Path) -> None:
    review = reviewed({"saving": "5 kWh/year"})
    for name in ("page.html", "page.md", "page.xlsx", "page.json", "folder/page.HTML"):
        assert write_review(tmp_path / name, review, "en").stat().st_size > 0
    with pytest.raises(InputError, match=r"\.html, \.md"):
        write_review(tmp_path / "page.pdf", review, "en")
    assert not (tmp_path / "page.pdf").exists()


ABSURD = [
    {}, 5, {"title": "x" * 3000}, {"id": ["a"], "saving": "1" * 40 + " kWh/year"},
    {"saving": "1e400 kWh/year", "price": "3 TWD/kWh", "cost_saving": "1e308 TWD/year", "hours": "0 h/year"},
    {"saving": "1e-320 kWh/year", "price": "1e308 TWD/kWh", "cost_saving": "5 TWD/year", "emission_factor": "0 kg/kWh"},
    {"power_before": "1e200 kW", "power_after": "-1 kW", "hours": "1e200 h/year", "saving_rate": "1e300 %"},
    {"saving": "5 kWh/year", "emission_reduction": "1e308 tCO2e/year"},
]  # fmt: skip


@pytest.mark.parametrize("claim", ABSURD, ids=range(len(ABSURD)))
def test_absurd_claims_still_make_a_page(claim: Any, tmp_path: Path) -> None:
    review = reviewed(claim)
    for name in ("page.html", "page.md", "page.xlsx", "page.json"):
        assert write_review(tmp_path / name, review, "zh-TW").stat().st_size > 0
    assert terminal(review, "en")
    factor_years(review.claim, "en")


# --- the factor behind the tonnes


def test_the_figure_names_the_year_and_there_is_none_without_tonnes() -> None:
    claim = claim_of({"title": "風機", "saving": "100000 kWh/year", "emission_reduction": "49.4 tCO2e/year"})
    figure = factor_years(claim, "zh-TW")
    assert figure is not None
    said = " ".join(text.get_text() for text in figure.texts)
    assert "2023" in said  # 0.494, announced for 2023
    assert factor_years(claim_of({"saving": "100000 kWh/year"}), "zh-TW") is None
    abroad = claim_of({"saving": "100000 kWh/year", "emission_reduction": "49.4 tCO2e/year", "country": "ZZ"})
    assert factor_years(abroad, "zh-TW") is None


# --- on paper


def test_ordinary_claims_fit_on_one_sheet(chromium: str, pdftoppm: str, fonts: Path, tmp_path: Path) -> None:  # noqa: F811
    from playwright.sync_api import sync_playwright

    reviews = [reviewed(claim) for claim in CLEAN] + [review_claim(read_claims(example_claims()["example"])[0])]
    pages = {
        f"{i}-{language}": review_page(review, language) for i, review in enumerate(reviews) for language in LANGUAGES
    }
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    sheets = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=QUIET_CHROMIUM, env=environment)
        paper = browser.new_page()
        for name, page in pages.items():
            paper.set_content(page)
            wide = paper.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            assert not wide, name
            pdf = tmp_path / f"{name}.pdf"
            paper.pdf(path=pdf, prefer_css_page_size=True)
            subprocess.run([pdftoppm, "-r", "20", "-png", str(pdf), str(tmp_path / name)], check=True)
            sheets[name] = len(list(tmp_path.glob(f"{name}-*.png")))
        browser.close()
    assert {name: count for name, count in sheets.items() if count != 1} == {}
