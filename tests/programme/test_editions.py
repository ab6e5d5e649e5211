"""Editions are data: chosen by year or day, a new one is one new file, and a file that is none is refused."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from energycalc.case.application import Application
from energycalc.case.case_file import case_from_text
from energycalc.case.registration import Registration, registration_from_text
from energycalc.checks.programme import Edition, chosen_edition, editions, judge
from energycalc.checks.programme.judgement import OF_APPLICATION, OF_BOTH, OF_CASE, OF_REGISTRATION
from energycalc.data_files import data_folder
from energycalc.errors import CaseFileError, InputError
from tests.programme.filings import changed, outcome

PUBLISHED = data_folder() / "programmes"


def edition_text() -> str:
    return (PUBLISHED / "metalworking_114.toml").read_text("utf-8")


def copy(folder: Path, *changes: tuple[str, str], name: str = "metalworking_115") -> tuple[Edition, ...]:
    """The published editions and a constructed one of the year after, with other limits."""
    for file in PUBLISHED.glob("*.toml"):
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    text = edition_text()
    own = (
        ('id = "metalworking_114"', f'id = "{name}"'),
        ("year = 2025", "year = 2026"),
        ("valid_from = 2024-10-01", "valid_from = 2025-10-01"),
        ("valid_to = 2025-10-31", "valid_to = 2026-10-31"),
    )
    for old, new in (*own, *changes):
        assert old in text, old
        text = text.replace(old, new)
    (folder / f"{name}.toml").write_text(text, "utf-8")
    return editions(folder)


def day(year: int, month: int, number: int) -> dt.date:
    return dt.date(year, month, number)


# ---------------------------------------------------------------- choosing


def test_by_year_and_by_day() -> None:
    known = editions()
    assert chosen_edition("metalworking", 2025, None, "case", known).id == "metalworking_114"
    assert chosen_edition("metalworking", None, day(2024, 12, 2), "case", known).id == "metalworking_114"
    assert chosen_edition("sd6", 2025, day(2025, 9, 12), "registration", known).id == "sd6_114"


@pytest.mark.parametrize(("year", "named"), [(2024, "113"), (2026, "115")])
def test_an_unknown_year_names_the_editions_there_are(year: int, named: str) -> None:
    with pytest.raises(InputError) as refused:
        chosen_edition("metalworking", year, None, "case", editions())
    assert named in str(refused.value.value)
    assert "metalworking 114 (113/10/1 to 114/10/31)" in refused.value.limit


def test_an_unknown_year_in_a_case_file() -> None:
    case = case_from_text(changed("case", ("edition: 114", "edition: 116"), ("  applied_on: 113/12/2\n", "")))
    with pytest.raises(InputError, match="not known"):
        judge(case)


def test_an_unknown_programme_names_the_programmes() -> None:
    with pytest.raises(InputError, match="metalworking 114"):
        chosen_edition("lighting", 2025, None, "case", editions())


def test_a_programme_of_the_other_form() -> None:
    with pytest.raises(InputError, match="registration"):
        chosen_edition("sd6", 2025, None, "case", editions())


@pytest.mark.parametrize("applied", [day(2024, 9, 30), day(2025, 11, 1)])
def test_a_day_outside_all_editions_and_outside_the_named_one(applied: dt.date) -> None:
    with pytest.raises(InputError, match="no known edition"):
        chosen_edition("metalworking", None, applied, "case", editions())
    with pytest.raises(InputError, match="does not lie"):
        chosen_edition("metalworking", 2025, applied, "case", editions())


def test_neither_year_nor_day_is_refused_in_the_file() -> None:
    with pytest.raises(CaseFileError, match="edition"):
        case_from_text(changed("case", ("  edition: 114\n  applied_on: 113/12/2\n", "")))


# ---------------------------------------------------------------- a new edition is one file


def test_a_new_edition_is_one_file(tmp_path: Path) -> None:
    changes = (("most_twd = 4000000", "most_twd = 3900000"), ("least_percent = 65", "least_percent = 64.9"))
    both = copy(tmp_path, *changes)
    assert [e.id for e in both] == ["metalworking_114", "metalworking_115", "sd6_114"]
    assert outcome("case", "total", among=both).status == "met"
    newer = (("edition: 114", "edition: 115"), ("applied_on: 113/12/2", "applied_on: 114/12/2"))
    assert outcome("case", "total", *newer, among=both).status == "missed"
    hardware = ("use: hardware, grant: 182 萬元, own: 78 萬元", "use: hardware, grant: 181.4 萬元, own: 77.7 萬元")
    assert outcome("case", "hardware_share", hardware, among=both).status == "missed"
    assert outcome("case", "hardware_share", hardware, *newer, among=both).status == "met"


def test_two_editions_open_on_one_day_are_asked_for(tmp_path: Path) -> None:
    both = copy(tmp_path)
    with pytest.raises(InputError, match="114, 115"):
        chosen_edition("metalworking", None, day(2025, 10, 15), "case", both)
    assert chosen_edition("metalworking", 2026, day(2025, 10, 15), "case", both).year == 2026
    assert chosen_edition("metalworking", None, day(2025, 11, 1), "case", both).year == 2026


# ---------------------------------------------------------------- files that are no edition


FAULTS = [
    (('kind = "with_tax"', 'kind = "with_taxes"'), "kind of rule"),
    (("most_percent = 70", "most_pct = 70"), "values of the rule"),
    (("most_percent = 70", 'most_percent = "70"'), "another kind"),
    (("most_percent = 70", "most_percent = 70\nleast_percent = 1"), "values of the rule"),
    (('against = "client_class"', 'against = "client_classes"'), "not there"),
]


@pytest.mark.parametrize(("change", "reason"), FAULTS)
def test_a_rule_that_cannot_be_judged_is_refused(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    both = copy(tmp_path, change)
    newer = changed("case", ("edition: 114", "edition: 115"), ("applied_on: 113/12/2", "applied_on: 114/12/2"))
    with pytest.raises(InputError, match=reason):
        judge(case_from_text(newer), both)
    judge(case_from_text(changed("case")), both)


FILE_FAULTS = [
    (('sentence = "最終核定金額皆為含稅金額"\n', ""), "sentence"),
    (('basis = "open"', 'basis = "guessed"'), "basis"),
    (('id = "total"', 'id = "with_tax"'), "one id"),
    (("valid_to = 2026-10-31", "valid_to = 2024-01-01"), "days in order"),
    (('form = "case"', 'form = "letter"'), "form"),
    (('name_en = "2025', 'nome_en = "2025'), "nome_en"),
    (("year = 2026", "year = 2025"), "same programme and year"),
    (('basis = "inferred"\nbecause_en', 'basis = "inferred"\nbecause'), "because_en"),
    (('[[rules]]\nid = "total"', '[[rules]\nid = "total"'), "TOML"),
]


@pytest.mark.parametrize(("change", "reason"), FILE_FAULTS)
def test_a_file_that_is_no_edition_is_refused(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        copy(tmp_path, change)


def test_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    copy(tmp_path)
    (tmp_path / "metalworking_115.toml").rename(tmp_path / "other.toml")
    with pytest.raises(InputError, match="name of the file"):
        editions(tmp_path)


def test_every_edition_has_a_listed_document_and_every_reading_says_why() -> None:
    with (data_folder() / "documents.d" / "programmes.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["id"] for row in csv.DictReader(file)}
    for edition in editions():
        assert edition.document in listed
        assert edition.valid_because_en and edition.valid_because_zh
        assert all(rule.basis == "stated" or rule.because_zh for rule in edition.rules)


# ---------------------------------------------------------------- words the edition does not know


UNKNOWN = [
    ("case", ("    tracking_accepted:", "    tracking_acepted:"), "tracking_acepted"),
    ("case", ("review_slides", "reviewslides"), "reviewslides"),
    ("case", ("\nsampling:", "\n  instalment: {number: 4}\n\nsampling:"), "4"),
    ("case", ("\nsampling:", "\n  instalment: {number: 1, confirmed: [bill]}\n\nsampling:"), "bill"),
    ("registration", ("  - slides", "  - film"), "film"),
]


@pytest.mark.parametrize(("form", "change", "named"), UNKNOWN)
def test_words_the_edition_does_not_know_are_refused(form: str, change: tuple[str, str], named: str) -> None:
    text = changed(form, change)
    filed = case_from_text(text) if form == "case" else registration_from_text(text)
    with pytest.raises(InputError) as refused:
        judge(filed)
    assert named in str(refused.value.value)


CONTRADICTIONS = [
    (("start: 114/1/1", "start: 115/1/1"), "before start"),
    (("first_month: 114/4, person_months: 0.5", "first_month: 114/11, person_months: 0.5"), "outside"),
    (("last_month: 114/10, person", "last_month: 113/10, person"), "before first_month"),
    (("other_support: []", "other_support: [{object: M-99, programme: x, year: 114}]"), "no machine 'M-99'"),
    (("documents: [application_form", "documents: [plan, application_form"), "twice"),
    (("first_month: 114/4", "first_month: 114/13"), "month"),
    (("\nsampling:", "\n  spending: [{account: 餐費, grant: 7 元, own: 3 元}]\n\nsampling:"), "no such account"),
    (
        ("parts: {origin: imported, reason: 國內無同規格低過剩空氣燃燒器（虛構）}", "parts: {origin: imported}"),
        "reason",
    ),
    (("said: yes, source: 雙方同意書（虛構）", "said: yes"), "source"),
]


@pytest.mark.parametrize(("change", "reason"), CONTRADICTIONS)
def test_contradictions_are_refused_with_their_place(change: tuple[str, str], reason: str) -> None:
    with pytest.raises(CaseFileError, match=reason) as refused:
        case_from_text(changed("case", change))
    assert "case.yaml, line" in str(refused.value)


def test_a_case_without_application_is_refused_by_the_rules_only() -> None:
    text = changed("case")
    start, end = text.index("\napplication:"), text.index("\nsampling:")
    case = case_from_text(text[:start] + text[end:])
    with pytest.raises(InputError, match="states no application"):
        judge(case)


# ---------------------------------------------------------------- the pages name what there is


@pytest.mark.parametrize("page", ["programmes.md", "programmes.zh-TW.md"])
def test_the_pages_name_every_kind_with_its_values_and_every_key(page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    # the first line of a word counts
    of_kinds = reversed([line for line in text.splitlines() if line.startswith("| `")])
    lines = {line.split("|")[1].strip(): line for line in of_kinds}
    kinds = {k: keys for table in (OF_APPLICATION, OF_CASE, OF_REGISTRATION, OF_BOTH) for k, (_, keys) in table.items()}
    for kind, keys in kinds.items():
        assert all(f"`{key}`" in lines[f"`{kind}`"] for key in keys), kind
    for key in [*Application.model_fields, *Registration.model_fields]:
        if key not in ("energycalc_registration", "title", "constructed", "note", "file"):
            assert f"`{key}`" in text, key
    for edition in editions():
        assert f"`{edition.id}.toml`" in text and f"{len(edition.rules)} " in text
