"""Every limit of the tables fires beyond itself and is silent at it; every rule names its document and both numbers."""

import csv
import math
import re
from pathlib import Path

import pytest

from energycalc.errors import InputError
from energycalc.mv.rules.limits import Rule, judge, limit_of, rules, shown

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = {
    row["id"]: row
    for path in (ROOT / "data" / "documents.d").glob("*.csv")
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
}


def name(rule: Rule) -> str:
    return f"{rule.id}-{rule.case}-{rule.severity}"


@pytest.mark.parametrize("rule", rules(), ids=name)
def test_a_rule_fires_beyond_its_limit_and_is_silent_at_it(rule: Rule) -> None:
    beyond = rule.limit * (1.001 if rule.fires == "above" else 0.999) + (0 if rule.limit else 1e-3)
    if rule.limit == 0 and rule.fires == "below":
        beyond = -1e-3
    fired = judge(rule.id, beyond, "meter 1", case=rule.case, where="here")
    assert len(fired) == 1
    assert fired[0].id == f"mv.{rule.id}" and fired[0].subject == "meter 1"
    assert rule.broken_by(beyond) and not rule.broken_by(rule.limit)
    inside = math.nextafter(rule.limit, -math.inf if rule.fires == "above" else math.inf)
    assert not rule.broken_by(inside)


@pytest.mark.parametrize("rule", rules(), ids=name)
def test_a_rule_says_both_numbers_in_both_languages_and_whose_it_is(rule: Rule) -> None:
    beyond = rule.limit * (1.2345 if rule.fires == "above" else 0.81) or (0.5 if rule.fires == "above" else -0.5)
    finding = rule.finding(beyond, "meter 1", "HERE", {})
    counts = rule.id in ("TB04_static_factors_missing", "TS05_no_driver")  # nothing there has no number
    for text, template, lang in ((finding.sentence, rule.en, "en"), (finding.sentence_zh, rule.zh, "zh")):
        assert "{" not in text
        assert counts or shown(beyond, rule.unit, lang, rule.limit) in text
        if "{limit}" in template:
            assert shown(rule.limit, rule.unit, lang) in text
        assert ("HERE" in text) == ("{where}" in template)
    assert re.search(r"[\u4e00-\u9fff]", finding.sentence_zh)
    assert not re.search(r"[\u4e00-\u9fff]", finding.sentence)
    assert finding.source is not None and finding.source.document in DOCUMENTS and finding.source.locator


@pytest.mark.parametrize("rule", [rule for rule in rules() if "not read" in DOCUMENTS[rule.document]["note"]], ids=name)
def test_a_limit_from_a_document_that_was_not_read_says_so(rule: Rule) -> None:
    if rule.document in ("ashrae-guideline-14", "ipmvp-statistics", "iso-50015"):
        assert rule.second_hand
        assert "second-hand" in rule.source.confidence


def test_limits_of_the_project_are_marked_as_its_own() -> None:
    for rule in rules():
        assert rule.whose == "project" if rule.document == "energycalc-rules" else True
        assert ("chosen by this project" in rule.source.confidence) == (rule.whose == "project")


def test_no_two_rows_say_the_same() -> None:
    keys = [(rule.id, rule.case, rule.severity, rule.fires) for rule in rules()]
    assert len(set(keys)) == len(keys)


# Limits as the sources print them: CalTRACK 2.0 sections 2.2 to 3.2, Guideline 14 by way of protocols, SEP/EnPI Lite.
@pytest.mark.parametrize(
    ("check", "case", "severity", "limit"),
    [
        ("CT_baseline_length", "any", None, 365),
        ("CT_days_missing", "any", None, 37),
        ("CT_day_readings", "any", None, 0.5),
        ("CT_bill_short", "any", None, 25),
        ("CT_bill_long", "monthly", None, 35),
        ("CT_bill_long", "bimonthly", None, 70),
        ("CT_temperature_gap", "any", None, 6),
        ("CT_degree_day_points", "any", None, 10),
        ("CT_weather_station", "any", None, 200),
        ("TS03_cv_rmse", "under_12_months", None, 0.20),
        ("TS03_cv_rmse", "12_to_60_months", None, 0.25),
        ("TS03_cv_rmse", "over_60_months", None, 0.30),
        ("TS02_fractional_uncertainty", "any", None, 0.50),
        ("TS04_bias", "ndbe", None, 5e-5),
        ("TS05_r_squared", "any", "error", 0.5),
        ("TS06_f_test", "any", None, 0.10),
        ("TS06_p_value", "each", None, 0.20),
        ("TS06_p_value", "best", None, 0.10),
    ],
)
def test_published_limits(check: str, case: str, severity: str | None, limit: float) -> None:
    assert limit_of(check, case=case, severity=severity) == limit  # type: ignore[arg-type]


def test_the_most_severe_of_two_limits_speaks() -> None:
    assert [f.severity for f in judge("TS05_r_squared", 0.6, "m")] == ["warning"]
    assert [f.severity for f in judge("TS05_r_squared", 0.4, "m")] == ["error"]
    assert judge("TS05_r_squared", 0.75, "m") == ()


def test_a_value_is_never_shown_as_its_limit() -> None:
    (finding,) = judge("TS03_cv_rmse", 0.20004, "m", case="under_12_months")
    assert "20.004 %" in finding.sentence and "20 %" in finding.sentence


def test_an_unknown_rule_and_an_unknown_number_are_refused() -> None:
    with pytest.raises(InputError, match="no such rule"):
        judge("TS99_nothing", 1.0, "m")
    with pytest.raises(InputError, match="no such rule"):
        judge("TS03_cv_rmse", 1.0, "m")
    with pytest.raises(InputError, match="not known"):
        judge("TS05_r_squared", math.nan, "m")
