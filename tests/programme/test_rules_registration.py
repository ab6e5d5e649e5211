"""Each rule of the SD6 registration fires on a fault and is silent on the example, which lies on the limits.

Limits are those of the scheme's slides (SD6 綠色製程, 114年度).
"""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from energycalc.case.registration import registration_from_text
from energycalc.checks.programme import editions
from energycalc.errors import CaseFileError, InputError
from tests.programme.filings import Changes, changed, judged, outcome

UNIVERSITY = ("kind: company", "kind: university")


def capability(now: str) -> tuple[str, str]:
    return (
        "  plan_bound_cream_cover",
        f"  university_green_process_capability: {{said: {now}, source: x}}\n  plan_bound_cream_cover",
    )


def completion(day: str) -> tuple[str, str]:
    """Notice on Tuesday 114/9/16: three working days end on the 18th with it, on the 19th without it."""
    return ("meeting:", f"completion: {{notified_on: 114/9/16, completed_on: {day}}}\nmeeting:")


def certificate(day: str) -> tuple[str, str]:
    return ("meeting:", f"certificate: {{issued_on: 114/12/1, needed_on: {day}}}\nmeeting:")


PAIRS: dict[str, tuple[Changes, str, Changes]] = {
    "applicant_kind": ((("kind: company", "kind: sole_proprietor"),), "missed",
                       (("kind: company", "kind: partnership"),)),
    "applicant_registered": ((("applicant_registered: {said: yes", "applicant_registered: {said: no"),), "missed", ()),
    "university_capability": ((UNIVERSITY, capability("no")), "missed", (UNIVERSITY, capability("yes"))),
    "net_worth": ((("830 萬元", "-1 元"),), "missed", (("830 萬元", "0 元"),)),
    "items": ((("items: [heat_treatment, metal_forming]\n", ""),), "missing", ()),
    "specialist": ((("experience: 2 yr", "experience: 1.99 yr"),), "missed", ()),
    "references_recent": ((("112/9/12", "112/9/11"),), "warned", ()),
    "references_external": ((("114/3/31, external: yes", "114/3/31, external: no"),), "missed", ()),
    "references_match": ((("process: metal_forming", "process: surface_treatment"),), "missed", ()),
    "documents": ((("copies: 5", "copies: 4"),), "missed", ()),
    "plan_bound": ((("plan_bound_cream_cover: {said: yes", "plan_bound_cream_cover: {said: no"),), "missed", ()),
    "slides_in_time": ((("slides_sent_on: 114/9/12", "slides_sent_on: 114/9/13"),), "missed", ()),
    "completion": ((completion("114/9/22"),), "missed", (completion("114/9/18"),)),
    "review_persons": ((("persons: 3", "persons: 4"),), "missed", ()),
    "presentation": ((("minutes: 10", "minutes: 11"),), "missed", ()),
    "certificate": ((certificate("116/12/1"),), "missed", (certificate("116/11/30"),)),
}  # fmt: skip


def test_every_rule_has_its_pair() -> None:
    (edition,) = (e for e in editions() if e.id == "sd6_114")
    assert sorted([*PAIRS, "filed_in_time"]) == sorted(rule.id for rule in edition.rules)


@pytest.mark.parametrize("rule", PAIRS)
def test_a_rule_fires_on_its_fault(rule: str) -> None:
    changes, status, _ = PAIRS[rule]
    assert outcome("registration", rule, *changes).status == status


@pytest.mark.parametrize("rule", PAIRS)
def test_a_rule_is_silent_on_a_near_miss(rule: str) -> None:
    assert outcome("registration", rule, *PAIRS[rule][2]).status == "met"


def test_the_example_meets_every_rule_that_applies() -> None:
    counts = judged("registration").counts
    assert counts["met"] == 14 and counts["not_applicable"] == 3
    assert judged("registration").findings == ()


@pytest.mark.parametrize(
    ("posted", "closing"), [("114/6/13", "114/6/13"), ("114/6/14", "114/9/12"), ("114/11/14", "114/11/14")]
)
def test_papers_belong_to_the_next_closing_date(posted: str, closing: str) -> None:
    found = outcome("registration", "filed_in_time", ("applied_on: 114/9/12", f"applied_on: {posted}"))
    assert closing in found.answer.limit


def test_papers_after_the_last_closing_date() -> None:
    """The published edition takes none; in one that is open longer the rule itself is missed."""
    late = ("applied_on: 114/9/12", "applied_on: 114/11/15")
    with pytest.raises(InputError, match="114/11/14"):
        outcome("registration", "filed_in_time", late)
    longer = [dataclasses.replace(e, valid_to=dt.date(2025, 12, 31)) for e in editions()]
    assert outcome("registration", "filed_in_time", late, among=longer).status == "missed"


def test_an_old_case_alone_is_no_proof() -> None:
    old = (("112/9/12", "112/9/11"), ("114/3/31", "111/3/31"))
    assert outcome("registration", "references_recent", *old).status == "missed"
    assert outcome("registration", "references_match", *old).status == "missed"


def test_a_case_of_one_process_does_not_serve_for_another() -> None:
    added = ("items: [heat_treatment, metal_forming]", "items: [heat_treatment, metal_forming, other]")
    found = outcome("registration", "references_match", added)
    assert found.status == "missed" and "other" in found.answer.en


def test_a_part_time_specialist_does_not_count() -> None:
    assert outcome("registration", "specialist", ("full_time: yes", "full_time: no")).status == "missed"


def test_the_day_between_the_two_readings_is_left_open() -> None:
    assert outcome("registration", "completion", completion("114/9/19")).status == "conflict"


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("specialist", ((", skill: 熱處理爐節能輔導紀錄（虛構）", ""),)),
        ("references_match", ((", evidence: 驗收紀錄（虛構）", ""),)),
        ("net_worth", (("net_worth: {value: 830 萬元, source: 最近一期財務報表（虛構）}\n", ""),)),
        ("slides_in_time", (("slides_sent_on: 114/9/12\n", ""),)),
        ("filed_in_time", (("applied_on: 114/9/12            #", "#"),)),
        ("university_capability", (UNIVERSITY,)),
    ],
)
def test_what_is_not_stated_is_missing(rule: str, changes: Changes) -> None:
    assert outcome("registration", rule, *changes).status == "missing"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("items: [heat_treatment", "items: [cooking"), "heat_treatment"),
        (("experience: 2 yr", "experience: two"), "number"),
        (("R2, process", "R1, process"), "twice"),
        (("  - slides\n", "  - slides\n  - slides\n"), "twice"),
        (("title:", "titel:"), "unknown key"),
        (("edition: 114\napplied_on: 114/9/12", "#"), "edition"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(change: tuple[str, str], reason: str) -> None:
    with pytest.raises(CaseFileError, match=reason) as refused:
        registration_from_text(changed("registration", change))
    assert "registration.yaml, line" in str(refused.value)
