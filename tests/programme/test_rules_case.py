"""Each rule of the 114 metalworking programme fires on a fault and is silent on the example, which meets them all.

Limits are those of the guide (申請須知, 113年10月); the clause of each stands in its data file.
"""

from __future__ import annotations

import pytest

from energycalc.checks.programme import editions
from tests.programme.filings import Changes, budget, judged, outcome, text_of

IMPORTED = "{origin: imported, reason: 國內無同規格低過剩空氣燃燒器（虛構）}"
NO_BUDGET = (
    budget()[0].join(["  budget:                        # 合計 400 萬元：硬體 65 %、政府 70 %、自籌 30 %\n", ""]),
    "",
)
APPROVED = "  approved: {grant: 280 萬元, own: 120 萬元, notified_on: 113/12/31, papers_sent_on: 114/1/31}\n"
END = "\nsampling:"


def said(key: str, now: str) -> Changes:
    """A declaration turned round."""
    was = {"yes": "no", "no": "yes"}[now]
    return ((f"{key}: {{said: {was}", f"{key}: {{said: {now}"),)


def also(*lines: str) -> Changes:
    """Lines added to the application."""
    return ((END, "\n" + "".join(f"  {line}\n" for line in lines) + END),)


def later(*lines: str) -> Changes:
    """As :func:`also`, for an approved application."""
    return ((END, "\n" + APPROVED + "".join(f"  {line}\n" for line in lines) + END),)


def declared_too(key: str, now: str) -> Changes:
    """One more declaration."""
    return (("    tracking_accepted:", f"    {key}: {{said: {now}, source: x}}\n    tracking_accepted:"),)


def instalment(number: int, keys: str, confirmed: str) -> Changes:
    return later(f"instalment: {{number: {number}, {keys}, confirmed: [{confirmed}]}}")


def spent(grant: str, own: str) -> Changes:
    """A million spent on material, and some on a second account at the ratio of the budget (70 : 30)."""
    lines = (f'- {{account: 消耗性器材及原材料費, grant: "{grant} 元", own: "{own} 元"}}',
             "- {account: 人事費, grant: 7 萬元, own: 3 萬元}")  # fmt: skip
    return also("spending:", *(f"  {line}" for line in lines))


FIRST = "contract_signed, invoice"
SECOND_MONEY = "requested: 112 萬元, work_done: 60 %, paid: 112 萬元"
SECOND = "progress_evidence, accounts_report, invoice"
THIRD = "accepted, invoice, accounts_report, closing_papers"

# rule: (changes that make it fire, the status it then has, changes under which it is met)
PAIRS: dict[str, tuple[Changes, str, Changes]] = {
    "consultant_class": ((('"2912"', '"2592"'),), "missed", ()),
    "consultant_registered": (said("consultant_registered", "no"), "missed", ()),
    "consultant_factory": (said("consultant_factory_registered", "no"), "missed", ()),
    "consultant_manufactures": (said("consultant_manufactures", "no"), "missed", ()),
    "consultant_not_prc": (said("consultant_prc_funded", "yes"), "missed", ()),
    "consultant_not_barred": (said("consultant_barred_from_tenders", "yes"), "missed", ()),
    "consultant_net_worth": ((('"1,250 萬元"', "-0.01 元"),), "missed", (('"1,250 萬元"', "0 元"),)),
    "consultant_bank": (said("consultant_refused_by_banks", "yes"), "missed", ()),
    "consultant_tax": (said("consultant_tax_arrears_3_years", "yes"), "missed", ()),
    "client_class": ((('industry_code: "254"', 'industry_code: "284"'),), "missed",
                     (('industry_code: "254"', 'industry_code: "2899"'),)),
    "client_metal_products": ((('industry_code: "254"', 'industry_code: "241"'),), "conflict",
                              (('industry_code: "254"', 'industry_code: "259"'),)),
    "client_registered": (said("client_registered", "no"), "missed", ()),
    "client_not_prc": (said("client_prc_funded", "yes"), "missed", ()),
    "client_not_barred": (said("client_barred_from_tenders", "yes"), "missed", ()),
    "client_bank": (said("client_refused_by_banks", "yes"), "missed", ()),
    "client_tax": (said("client_tax_arrears_3_years", "yes"), "missed", ()),
    "site_in_taiwan": (said("site_in_taiwan", "no"), "missed", ()),
    "verifier_registered": (said("verifier_registered", "no"), "missed", ()),
    "verifier_class": ((("service_class: SD6", "service_class: MA3"),), "missed",
                       (("service_class: SD6", "service_class: SD2"),)),
    "verifier_valid": ((("valid_to: 115/12/31", "valid_to: 114/10/30"),), "warned",
                       (("valid_to: 115/12/31", "valid_to: 114/10/31"),)),
    "verifier_independent": ((("第三方查證單位（虛構）", "輔導單位（虛構）"),), "missed", ()),
    "end_date": ((("  end: 114/10/31", "  end: 114/11/1"),), "missed", (("  end: 114/10/31", "  end: 114/10/30"),)),
    "duration": ((("start: 114/1/1", "start: 113/12/31"),), "warned", (("start: 114/1/1", "start: 114/1/2"),)),
    "consultant_cases": ((("of_consultant: 1", "of_consultant: 2"),), "missed",
                         (("of_consultant: 1", "of_consultant: 0"),)),
    "client_cases": ((("of_client: 0", "of_client: 1"),), "missed", ()),
    "client_year_before": ((("supported_in: [112]", "supported_in: [111, 113]"),), "missed",
                           (("supported_in: [112]", "supported_in: []"),)),
    "staff_load": ((("last_month: 114/6, person_months: 0.4", "last_month: 114/6, person_months: 0.41"),), "missed",
                   ()),
    "staff_qualified": (said("staff_qualified", "no"), "missed", ()),
    "hardware_needed": ((("use: hardware", "use: other"),), "missed", ()),
    "hardware_share": ((("hardware, grant: 182 萬元, own: 78 萬元", "hardware, grant: 181 萬元, own: 78 萬元"),),
                       "missed", ()),
    "foreign_parts": ((("    parts: {origin: domestic}\n", ""),), "missing",
                      ((IMPORTED, "{origin: domestic}"),)),
    "no_double_support": ((("other_support: []", "other_support: [{object: F-01, programme: 他計畫, year: 112}]"),),
                          "missed", ()),
    "no_double_support_same_year": (
        (("other_support: []", "other_support: [{object: F-01, programme: 他計畫（虛構）, year: 114}]"),), "missed",
        (("other_support: []", "other_support: [{object: F-01, programme: 他計畫（虛構）, year: 113}]"),)),
    "with_tax": ((("tax_included: yes", "tax_included: no"),), "missed", ()),
    "total": ((("own: 6 萬元", "own: 60000.01 元"),), "missed", ()),
    "grant_share": ((("own: 6 萬元", "own: 59999.99 元"),), "missed", ()),
    "grant_amount": ((("grant: 14 萬元", "grant: 140000.01 元"),), "missed", ()),
    "own_share": ((("own: 6 萬元", "own: 59999.99 元"),), "missed", ()),
    "own_amount": ((("own: 6 萬元", "own: 59999.99 元"),), "conflict", ()),
    "same_split": ((("grant: 14 萬元, own: 6 萬元", "grant: 13 萬元, own: 7 萬元"),), "missed",
                   (("grant: 14 萬元, own: 6 萬元", "grant: 140001 元, own: 59999 元"),)),
    "excluded_accounts": ((("國內差旅費", "國外差旅費"),), "missed", (("國內差旅費", "設備使用費"),)),
    "grant_fixed": (((END, "\n  approved: {grant: 279 萬元, own: 120 萬元}\n" + END),), "missed", later()),
    "own_not_lowered": (((END, "\n  approved: {grant: 280 萬元, own: 121 萬元}\n" + END),), "missed", later()),
    "consultant_documents": (((", tax_return_401_403", ""),), "missed", ()),
    "client_documents": (((", client_privacy_consent", ""),), "missed", ()),
    "completion": (also("completion: {notified_on: 114/1/6, completed_on: 114/1/18}"), "missed",
                   also("completion: {notified_on: 114/1/6, completed_on: 114/1/17}")),
    "review_persons": (also("meeting: {persons: 5}"), "missed", also("meeting: {persons: 4}")),
    "review_both_attend": (declared_too("both_attend_review", "no"), "missed",
                           declared_too("both_attend_review", "yes")),
    "leader_attends": (declared_too("leader_attends_review", "no"), "warned",
                       declared_too("leader_attends_review", "yes")),
    "contract_originals": (((END, "\n" + APPROVED.replace("}", ", contract_originals: 1}") + END),), "missed",
                           ((END, "\n" + APPROVED.replace("}", ", contract_originals: 2}") + END),)),
    "contract_papers": (((END, "\n" + APPROVED.replace("114/1/31", "114/2/1") + END),), "missed", later()),
    "instalment_1": (instalment(1, "requested: 1120000.01 元", FIRST), "missed",
                     instalment(1, "requested: 112 萬元", FIRST)),
    "instalment_2": (instalment(2, f"{SECOND_MONEY}, spent: 839999.99 元", SECOND),
                     "missed", instalment(2, f"{SECOND_MONEY}, spent: 84 萬元", SECOND)),
    "instalment_3": (
        instalment(3, "requested: 56 萬元, work_done: 100 %, paid: 224 萬元, spent: 2799999.99 元", THIRD), "missed",
        instalment(3, "requested: 56 萬元, work_done: 100 %, paid: 224 萬元, spent: 280 萬元", THIRD)),
    "own_share_paid": (declared_too("own_share_paid_to_consultant_account", "no"), "missed",
                       declared_too("own_share_paid_to_consultant_account", "yes")),
    "spending_split": (spent("699,998.99", "300,001.01"), "missed", spent("699,999", "300,001")),
    "separate_accounts": (declared_too("separate_accounts_kept", "no"), "missed",
                          declared_too("separate_accounts_kept", "yes")),
    "change_request": (also("planned_change: {what: x, requested_on: 114/10/2}"), "missed",
                       also("planned_change: {what: x, requested_on: 114/10/1}")),
    "tracking": (said("tracking_accepted", "no"), "missed", ()),
}  # fmt: skip


def test_every_rule_has_its_pair() -> None:
    (edition,) = (e for e in editions() if e.id == "metalworking_114")
    assert sorted(PAIRS) == sorted(rule.id for rule in edition.rules)


@pytest.mark.parametrize("rule", PAIRS)
def test_a_rule_fires_on_its_fault(rule: str) -> None:
    changes, status, _ = PAIRS[rule]
    assert outcome("case", rule, *changes).status == status


@pytest.mark.parametrize("rule", PAIRS)
def test_a_rule_is_silent_on_a_near_miss(rule: str) -> None:
    assert outcome("case", rule, *PAIRS[rule][2]).status == "met"


def test_the_example_at_the_limits_meets_every_rule_that_applies() -> None:
    counts = judged("case").counts
    assert counts["met"] == 44
    assert counts["missed"] == counts["missing"] == counts["warned"] == counts["conflict"] == 0
    assert judged("case").findings == ()


# what is not stated is missing, never met
MISSING: list[tuple[str, Changes]] = [
    ("consultant_class", (('  consultant: {name: 輔導單位（虛構）, industry_code: "2912"}\n', ""),)),
    ("client_class", (('industry_code: "254"', 'industry_code: "25"'),)),
    ("verifier_registered", (("    verifier_registered: {said: yes, source: 法人登記（虛構）}\n", ""),)),
    ("consultant_tax", (("    consultant_tax_arrears_3_years: {said: no, source: 無欠稅證明（虛構）}\n", ""),)),
    ("consultant_net_worth", (('  net_worth: {value: "1,250 萬元", source: 最近一期資產負債表（虛構）}\n', ""),)),
    ("end_date", (("  end: 114/10/31                 #", "  #"),)),
    ("duration", (("  start: 114/1/1\n", ""),)),
    ("consultant_cases", (("  approved_cases_of_consultant: 1", "  #"),)),
    ("client_year_before", (("  client_supported_in: [112]", "  #"),)),
    ("no_double_support", (("  other_support: []\n", ""),)),
    ("verifier_valid", ((", valid_to: 115/12/31", ""),)),
    ("staff_load", (("    staff_list_is_complete: {said: yes, source: 計畫主持人聲明（虛構）}\n", ""),)),
    ("total", (("  tax_included: yes\n", ""),)),
    ("grant_amount", (("  tax_included: yes\n", ""),)),
    ("with_tax", (("  tax_included: yes\n", ""),)),
    ("completion", also("completion: {notified_on: 114/1/6}")),
    ("instalment_2", instalment(2, "requested: 112 萬元, work_done: 60 %", SECOND)),
    *((rule, (NO_BUDGET,)) for rule in ("total", "grant_share", "grant_amount", "own_share", "own_amount",
                                        "hardware_needed", "hardware_share", "same_split", "excluded_accounts")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changes"), MISSING)
def test_what_is_not_stated_is_missing(rule: str, changes: Changes) -> None:
    found = outcome("case", rule, *changes)
    assert found.status == "missing"
    finding = found.finding()
    assert finding is not None and finding.severity == "note"


def test_a_declared_incomplete_staff_list_is_not_enough() -> None:
    assert outcome("case", "staff_load", *said("staff_list_is_complete", "no")).status == "missing"


def test_a_total_above_the_limit_is_missed_with_or_without_tax() -> None:
    more = ("own: 6 萬元", "own: 60000.01 元")
    assert outcome("case", "total", more, ("tax_included: yes", "tax_included: no")).status == "missed"


@pytest.mark.parametrize(
    ("registered", "status"), [("SD", "met"), ("SD 類", "met"), ("SDG", "missed"), ("ISD6", "missed")]
)
def test_the_class_is_not_found_inside_another_word(registered: str, status: str) -> None:
    assert outcome("case", "verifier_class", ("service_class: SD6", f"service_class: {registered}")).status == status


def test_the_verifiers_registration_may_stand_with_the_parties() -> None:
    change = ("  verifier: {service_class: SD6, valid_to: 115/12/31}\n", "")
    assert outcome("case", "verifier_class", change).status == "met"
    assert (
        outcome("case", "verifier_class", change, ("registration: SD6（虛構）", "registration: MA6（虛構）")).status
        == "missed"
    )


def test_an_excluded_account_that_costs_nothing_is_let_pass() -> None:
    change = ("國內差旅費, use: other, grant: 7 萬元, own: 3 萬元", "國外差旅費, use: other, grant: 0 元, own: 0 元")
    assert outcome("case", "excluded_accounts", change).status == "met"


MONEY = ("total", "grant_share", "grant_amount", "own_share", "own_amount", "hardware_share", "same_split")


@pytest.mark.parametrize("rule", MONEY)
def test_a_budget_well_inside_the_limits(rule: str) -> None:
    inside = budget(("甲", "hardware", "1600000", "1600000"), ("乙", "software", "200000", "200000"))
    assert outcome("case", rule, inside).status == "met"


@pytest.mark.parametrize("rule", ["total", "grant_amount"])
def test_well_inside_but_without_tax_nothing_is_known(rule: str) -> None:
    inside = budget(("甲", "hardware", "1600000", "1600000"))
    assert outcome("case", rule, inside, ("tax_included: yes", "tax_included: no")).status == "missing"


def test_at_the_limit_without_tax_nothing_is_known() -> None:
    change = ("tax_included: yes", "tax_included: no")
    assert outcome("case", "total", change).status == outcome("case", "grant_amount", change).status == "missing"


def test_class_28_is_a_conflict_and_the_list_itself_is_met() -> None:
    change = ('industry_code: "254"', 'industry_code: "283"')
    assert outcome("case", "client_class", change).status == "met"
    assert outcome("case", "client_metal_products", change).status == "conflict"


def test_an_own_share_above_the_amount_is_met_in_a_smaller_budget() -> None:
    change = budget(("材料", "hardware", "1600000", "1200000"))
    assert outcome("case", "own_amount", change).status == "met"


def test_spending_is_shared_by_account_and_not_in_sum() -> None:
    """Two accounts that are both off, in opposite directions, do not make each other good."""
    off = also("spending:", "  - {account: 消耗性器材及原材料費, grant: 8 萬元, own: 2 萬元}",
               "  - {account: 人事費, grant: 6 萬元, own: 4 萬元}")  # fmt: skip
    assert outcome("case", "spending_split", *off).status == "missed"
    parts = also("spending:", "  - {account: 人事費, grant: 7 萬元, own: 0 元}",
                 "  - {account: 人事費, grant: 0 元, own: 3 萬元}")  # fmt: skip
    assert outcome("case", "spending_split", *parts).status == "met"
    assert outcome("case", "spending_split", NO_BUDGET, *parts).status == "missing"
    assert outcome("case", "spending_split").status == "not_applicable"


@pytest.mark.parametrize("rule", ["leader_attends", "contract_originals"])
def test_a_later_phase_of_which_nothing_is_said_is_not_judged(rule: str) -> None:
    assert outcome("case", rule).status == outcome("case", rule, *later()).status == "not_applicable"


def test_a_project_leader_who_stays_away_is_a_warning_only() -> None:
    finding = outcome("case", "leader_attends", *declared_too("leader_attends_review", "no")).finding()
    assert finding is not None and finding.severity == "warning"


def test_the_instalments_papers_must_be_there() -> None:
    fault = instalment(1, "requested: 112 萬元", "contract_signed")
    assert outcome("case", "instalment_1", *fault).status == "missed"
    slow = instalment(2, "requested: 112 萬元, work_done: 59.9 %, paid: 112 萬元, spent: 84 萬元", SECOND)
    assert outcome("case", "instalment_2", *slow).status == "missed"


def test_the_example_says_that_it_is_constructed() -> None:
    assert "虛構" in text_of("case") and judged("case").constructed
