"""At a limit the rule is met, one cent beyond it is not: whatever the split, and however the amount is written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.case.case_file import case_from_text
from energycalc.case.exact import exact_money
from energycalc.checks.programme.outcome import percent, twd
from energycalc.errors import CaseFileError
from tests.programme.filings import budget, changed, outcome


def cents(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 399_999_999), st.integers(0, 1))
def test_the_total_of_two_accounts(first: int, beyond: int) -> None:
    rest = 400_000_000 - first + beyond
    change = budget(("甲", "hardware", "0", cents(first)), ("乙", "other", "0", cents(rest)))
    assert outcome("case", "total", change).status == ("missed" if beyond else "met")


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 40_000_000), st.integers(0, 1))
def test_shares_of_any_budget(tenth: int, beyond: int) -> None:
    """70 % of ten equal parts are seven of them; a cent more of grant is above 70 %, and own below 30 %."""
    change = budget(("甲", "hardware", cents(7 * tenth + beyond), cents(3 * tenth)))
    expected = "missed" if beyond else "met"
    assert outcome("case", "grant_share", change).status == expected
    assert outcome("case", "own_share", change).status == expected


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 20_000_000), st.integers(0, 1))
def test_hardware_of_twenty_parts(twentieth: int, beyond: int) -> None:
    """65 % are thirteen of twenty equal parts."""
    change = budget(("甲", "hardware", "0", cents(13 * twentieth)), ("乙", "other", "0", cents(7 * twentieth + beyond)))
    assert outcome("case", "hardware_share", change).status == ("missed" if beyond else "met")


@pytest.mark.parametrize("written", ["280 萬元", "2,800 仟元", '"2,800,000 元"', "2800000.00 元", "2.8e6 元"])
def test_one_amount_in_many_spellings(written: str) -> None:
    written = written if written.startswith('"') else f'"{written}"'
    change = ('net_worth: {value: "1,250 萬元"', f"net_worth: {{value: {written}")
    application = case_from_text(changed("case", change)).application
    assert application is not None and application.net_worth is not None
    assert exact_money(application.net_worth) == 2_800_000


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2800000.001 元", "fraction of a cent"),
        ("280.0000001 萬元", "fraction of a cent"),
        ("2800000.0000000001 元", "digits"),
        ("280", "unit"),
        ("280 萬元 左右", "unit"),
        ("-1 元", "impossible"),
    ],
)
def test_amounts_that_cannot_be_compared_are_refused(written: str, reason: str) -> None:
    with pytest.raises(CaseFileError, match=reason):
        case_from_text(changed("case", ("own: 6 萬元", f'own: "{written}"')))


def test_a_budget_has_no_uncertainty() -> None:
    with pytest.raises(CaseFileError, match="uncertainty"):
        case_from_text(changed("case", ("own: 6 萬元", "own: {value: 6 萬元, uncertainty: 1 %}")))


def test_one_dollar_of_rounding_per_account_and_not_a_cent_more() -> None:
    kept = ("grant: 7 萬元, own: 3 萬元", "grant: 69999 元, own: 30001 元")
    moved = ("grant: 14 萬元, own: 6 萬元", "grant: 140001 元, own: 59999 元")
    assert outcome("case", "same_split", kept, moved).status == "met"
    more = ("grant: 14 萬元, own: 6 萬元", "grant: 140001.01 元, own: 59998.99 元")
    less = ("grant: 7 萬元, own: 3 萬元", "grant: 69998.99 元, own: 30001.01 元")
    assert outcome("case", "same_split", more, less).status == "missed"


def test_lines_of_one_account_are_added_before_they_are_compared() -> None:
    change = budget(("甲", "hardware", "65", "0"), ("甲", "other", "5", "30"))
    assert outcome("case", "same_split", change).status == "met"


def test_a_share_is_written_so_that_it_differs_from_its_limit() -> None:
    limit = Fraction(65, 100)
    assert percent(limit, limit) == "65 %"
    assert percent(Fraction(649999999, 10**9), limit) == "64.9999999 %"
    assert twd(Fraction(400000001, 100)) == "NT$ 4,000,000.01"
