"""The M&V plan: fourteen items, what is missing says so, adherence needs edition, person and the right order."""

from dataclasses import replace
from datetime import date

import pytest

from energycalc.errors import InputError
from energycalc.mv.isolation.estimates import estimates_of
from energycalc.mv.isolation.option_a import Interaction, isolated_energy, option_a
from energycalc.mv.isolation.retrofit_parameters import estimated
from energycalc.mv.rules.plan import PLAN_ITEMS, EstimatedParameter, Plan, plan_findings
from energycalc.quantity import Source, quantity
from energycalc.quantity.distributions import normal

TEXTS = {name: f"text of {name}" for name, _, _ in PLAN_ITEMS}
WHOLE = Plan(
    option="C",
    **TEXTS,  # type: ignore[arg-type]
    edition="IPMVP Core Concepts, October 2016",
    responsible_person="M. Chen",
    written_on=date(2025, 3, 1),
    works_start=date(2025, 4, 1),
)


def test_there_are_fourteen_items_in_both_languages() -> None:
    assert len(PLAN_ITEMS) == 14
    assert all(english and chinese for _, english, chinese in PLAN_ITEMS)


def test_a_whole_plan_adheres_and_prints_every_item() -> None:
    assert WHOLE.adheres and WHOLE.missing == ()
    assert plan_findings(WHOLE, "press shop") == ()
    for lang in ("en", "zh-TW"):
        rows = WHOLE.to_rows(lang)
        assert [row[0] for row in rows[:14]] == [str(k) for k in range(1, 15)]
        assert [row[2] for row in rows[:14]] == [TEXTS[name] for name, _, _ in PLAN_ITEMS]
        assert not {"MISSING", "缺"} & {row[2] for row in rows}


@pytest.mark.parametrize("name", [name for name, _, _ in PLAN_ITEMS] + ["edition", "responsible_person"])
def test_each_item_that_is_missing_says_so(name: str) -> None:
    plan = replace(WHOLE, **{name: "  "})  # type: ignore[arg-type]
    assert plan.missing == (name,)
    assert not plan.adheres
    for lang, word in (("en", "MISSING"), ("zh-TW", "缺")):
        assert [row[2] for row in plan.to_rows(lang)].count(word) == 1
    (finding,) = plan_findings(plan, "press shop")
    assert finding.id == "mv.plan_incomplete" and "1 items" in finding.sentence


@pytest.mark.parametrize("name", ["written_on", "works_start"])
def test_a_plan_without_its_dates_cannot_show_that_it_came_first(name: str) -> None:
    plan = replace(WHOLE, **{name: None})  # type: ignore[arg-type]
    assert plan.before_the_works is None and plan.missing == (name,) and not plan.adheres


@pytest.mark.parametrize(("written", "in_time"), [(date(2025, 3, 31), True), (date(2025, 4, 1), False)])
def test_the_plan_is_written_before_the_works(written: date, in_time: bool) -> None:
    plan = replace(WHOLE, written_on=written)
    assert plan.adheres is in_time
    ids = [finding.id for finding in plan_findings(plan, "press shop")]
    assert ids == ([] if in_time else ["mv.plan_after_works"])


def test_option_a_justifies_every_estimate_and_shows_its_sensitivity() -> None:
    bare = replace(WHOLE, option="A")
    assert bare.missing == ("estimates",)
    assert ("A", "選項 A：推估參數", "缺") in bare.to_rows("zh-TW")
    hours = EstimatedParameter("operating hours", "5000 to 7000 h", "shift plan of 2025", 0.4)
    whole = replace(bare, estimates=(hours,))
    assert whole.adheres
    assert any("40% of the variance" in row[2] for row in whole.to_rows("en"))
    for changed in (replace(hours, justification=""), replace(hours, share_of_variance=None), replace(hours, range="")):
        plan = replace(bare, estimates=(changed,))
        assert plan.missing == ("estimates.operating hours",)
        assert any("MISSING" in row[2] for row in plan.to_rows("en"))


def test_estimates_outside_option_a_and_simulation_are_refused() -> None:
    hours = EstimatedParameter("operating hours", "5000 to 7000 h", "shift plan of 2025", 0.4)
    with pytest.raises(InputError, match="only option A"):
        replace(WHOLE, estimates=(hours,))
    with pytest.raises(InputError, match="simulation"):
        replace(WHOLE, option="D")  # type: ignore[arg-type]


def test_the_estimates_of_a_saving_go_into_the_plan_with_their_shares() -> None:
    source = Source("record")
    power = quantity(10.0, "kW", name="mean_power", basis="measured", source=source, uncertainty=normal(0.1))
    after = quantity(6.0, "kW", name="mean_power", basis="measured", source=source, uncertainty=normal(0.1))
    one = quantity(1.0, "1", name="units_in_service", basis="published", source=source)
    hours = estimated(5000, 7000, "h", name="operating_hours", because="shift plan of 2025", by="plant manager")
    saving = option_a(
        isolated_energy(one, power, hours),
        isolated_energy(one, after, hours),
        key_parameter="mean_power",
        interaction=Interaction(None, "outdoors"),
    )
    (estimate,) = estimates_of(saving)
    assert estimate.name == "operating hours" and estimate.justification == "shift plan of 2025"
    assert "± 1,000 h" in estimate.range
    assert estimate.share_of_variance == pytest.approx(saving.estimated_share)
    assert replace(WHOLE, option="A", estimates=(estimate,)).adheres
    (other,) = estimates_of(saving, [("operating_hours", "hour counter of the old drive")])
    assert other.justification == "hour counter of the old drive"
