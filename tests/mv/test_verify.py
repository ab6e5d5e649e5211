"""Whole verifications on real and published data: what may be called a saving, and what may not."""

from pathlib import Path

import numpy as np
import pytest

from energycalc.case.verification_file import load_verification, verification_from_text
from energycalc.errors import CaseFileError, EnergycalcError, InputError
from energycalc.mv.verification import Verified
from energycalc.mv.verify import verify
from energycalc.quantity.uncertainty import propagate

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
OFFICE = EXAMPLES / "verification" / "office.yaml"


@pytest.fixture(scope="module")
def office() -> Verified:
    return verify(load_verification(OFFICE))


@pytest.fixture(scope="module")
def steel() -> Verified:
    return verify(load_verification(EXAMPLES / "steel_plant" / "halves.yaml"))


def test_the_office_has_a_saving_that_can_be_told_from_zero(office: Verified) -> None:
    assert office.verdict.word == "verified"
    low, high = office.saving.interval
    assert 0 < low < high
    # a warmer year: the plain comparison claims about twice what weather leaves over
    assert office.naive.claimed > 1.5 * office.saving.saving


def test_the_quantities_are_the_saving_and_carry_its_uncertainty(office: Verified) -> None:
    energy, saving = office.energy, office.saving
    assert energy.saving.value == pytest.approx(saving.saving, rel=1e-9)
    assert energy.adjusted_baseline.value - energy.reporting.value == pytest.approx(saving.saving, rel=1e-9)
    (found,) = propagate(energy.saving, draws=10_000)
    assert found.gum is not None
    assert found.gum.standard_uncertainty == pytest.approx(saving.standard_uncertainty, rel=1e-9)


def test_all_tried_models_are_kept_with_the_refused_ones(office: Verified) -> None:
    keys = {each.form.key for each in office.selection.tried}
    assert {"mean", "2P", "3PC", "3PH", "4P", "5P", "towt", "time_of_week"} <= keys
    assert any(each.refused for each in office.selection.tried)
    best = office.selection.best.out_of_sample
    assert best is not None
    assert all(t.out_of_sample is None or t.out_of_sample >= best / 1.01 for t in office.selection.tried)


def test_a_difference_with_no_measure_on_record_is_not_called_a_saving(steel: Verified) -> None:
    assert steel.verdict.word == "not_attributable"
    assert "not the saving of a measure" in steel.verdict.sentence
    assert steel.naive.share_of_totals == pytest.approx(0.160, abs=5e-4)  # 182 days against 183
    assert any(f.id.startswith("mv.TB01") and f.severity == "error" for f in steel.findings)


def test_a_meter_error_acts_on_the_difference_only(steel: Verified) -> None:
    """The same meter before and after: 1 % of its error is 1 % of the difference, not of each side."""
    (found,) = propagate(steel.energy.saving, draws=10_000)
    assert found.gum is not None
    gain = next(row for row in found.gum.budget if getattr(row.leaf, "name", "") == "meter_gain")
    assert abs(gain.contribution) == pytest.approx(abs(steel.saving.saving) * 0.01 / np.sqrt(3), rel=1e-9)


def test_nothing_was_changed_and_the_answer_is_zero() -> None:
    control = verify(load_verification(EXAMPLES / "verification" / "nothing_changed.yaml"))
    assert control.verdict.word == "not_distinguishable"
    low, high = control.saving.interval
    assert low < 0 < high
    assert abs(control.saving.fraction) < 0.01


def test_fewer_people_are_no_measure_and_the_model_says_that_it_extrapolates() -> None:
    occupancy = verify(load_verification(EXAMPLES / "verification" / "occupancy.yaml"))
    assert occupancy.verdict.word == "not_attributable"
    assert "occupancy" in occupancy.baseline.bound.form.drivers
    assert any(f.id.startswith("mv.TB05") and "occupancy" in f.sentence for f in occupancy.findings)


def test_bills_and_production_by_month_give_one_model() -> None:
    cocoa = verify(load_verification(EXAMPLES / "verification" / "cocoa.yaml"))
    assert cocoa.baseline.bound.form.drivers == ("production", "cooling_degree_days")
    assert len(cocoa.baseline.periods) == 24 and len(cocoa.reporting) == 12
    assert cocoa.verdict.word == "not_attributable"


def test_one_week_against_the_next_is_too_short_and_said_so() -> None:
    compressor = verify(load_verification(EXAMPLES / "verification" / "compressor.yaml"))
    assert any(f.id.startswith("mv.TB01") and "14" in f.sentence for f in compressor.findings)
    assert compressor.verdict.word == "not_attributable"


def changed(old: str, new: str) -> str:
    text = OFFICE.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("first_day: 2014-03-01", "first_day: 2013-02-01", "share days"),
        ("first_day: 2013-03-01", "first_day: 2013-02-01", "works reach"),
        ("interval: day", "interval: day\nminimum_coverage: 90 %", "without a reason"),
        ("interval: day", "interval: day\nsaving: chained", "year between"),
        ("interval: day", "interval: day\nsaving: normalised", "fixed conditions"),
        ("last_day: 2015-02-28", "last_day: 2015-03-31", "do not cover"),
        ("carrier: electricity", "carrier: natural_gas", "heat value"),
    ],
)
def test_declarations_that_cannot_be_are_refused(old: str, new: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        verify(verification_from_text(changed(old, new), folder=OFFICE.parent))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("temperature: temperature", "temperature: wind", "wind"),
        ("interval: day", "interval: fortnight", "interval"),
        ("option: C", "option: D", "option"),
        ("option: C", "option: C\nbanana: 3", "banana"),
        ("first_day: 2012-03-01", "first_day: 01/03/2012", "year first"),
    ],
)
def test_lines_that_cannot_be_used_are_named(old: str, new: str, says: str) -> None:
    with pytest.raises(CaseFileError, match=says) as refusal:
        verification_from_text(changed(old, new), folder=OFFICE.parent)
    assert "line" in str(refusal.value)


def test_unknown_model_forms_are_refused() -> None:
    with pytest.raises(EnergycalcError, match="no model form"):
        verify(verification_from_text(changed("interval: day", "interval: day\nmodels: [6P]"), folder=OFFICE.parent))


def test_an_accepted_finding_stays_visible_with_its_signature() -> None:
    text = changed(
        "interval: day",
        "interval: day\noverrides:\n"
        "  - {finding: mv.TB05_extrapolation, by: 驗證人（範例）, because: 僅一日, on: 2026-11-22}",
    )
    verified = verify(verification_from_text(text, folder=OFFICE.parent))
    (accepted,) = [f for f in verified.findings if f.override is not None]
    assert accepted.id == "mv.TB05_extrapolation"
    assert accepted.override is not None and accepted.override.on == "2026-11-22"


def test_an_adjustment_moves_the_baseline_and_widens_the_interval(office: Verified) -> None:
    text = changed(
        "interval: day",
        "interval: day\nadjustments:\n  - {kind: non_routine, what: 新增機房（範例）, first_day: 2014-06-01, "
        'last_day: 2015-02-28, quantity: {value: "50,000 kWh", uncertainty: "20,000 kWh"}, method: sub_meter, '
        "evidence: 分表, by: 節能小組（範例）}",
    )
    adjusted = verify(verification_from_text(text, folder=OFFICE.parent)).saving
    assert adjusted.saving == pytest.approx(office.saving.saving + 50_000)
    assert adjusted.standard_uncertainty == pytest.approx(
        np.hypot(office.saving.standard_uncertainty, 20_000 / np.sqrt(3)), rel=1e-9
    )  # a bare ± is a rectangular limit


@pytest.mark.parametrize("kind", ["backcast", "chained"])
def test_other_kinds_of_saving_agree_on_its_sign(kind: str, office: Verified) -> None:
    more = "\n  middle: {first_day: 2013-03-01, last_day: 2014-02-28}" if kind == "chained" else ""
    text = changed("last_day: 2015-02-28}", f"last_day: 2015-02-28}}{more}")
    text = text.replace("interval: day", f"interval: day\nsaving: {kind}", 1)
    saving = verify(verification_from_text(text, folder=OFFICE.parent)).saving
    assert saving.kind == kind
    assert saving.saving > 0


def test_a_named_span_of_the_baseline_gets_its_own_level(office: Verified) -> None:
    text = changed(
        "interval: day",
        "interval: day\nindicators:\n  - {name: 試車（範例）, first_day: 2012-06-01, last_day: 2012-06-30}",
    )
    verified = verify(verification_from_text(text, folder=OFFICE.parent))
    assert "試車（範例）" in verified.baseline.fit.names
    assert verified.baseline.fit.parameters == office.baseline.fit.parameters + 1
    inside = (verified.baseline.periods.start >= np.datetime64("2012-06-01")) & (
        verified.baseline.periods.start < np.datetime64("2012-07-01")
    )
    assert verified.baseline.fit.residuals[inside].sum() == pytest.approx(0, abs=1e-6 * verified.saving.reporting)


def test_equal_periods_are_left_out_of_both_years_and_listed(office: Verified) -> None:
    text = changed(
        "interval: day",
        "interval: day\nadjustments:\n  - {kind: non_routine, what: 停電檢修（範例）, first_day: 2014-08-01, "
        "last_day: 2014-08-14, quantity: 0 kWh, method: equal_periods, evidence: 公告, by: 節能小組（範例）}",
    )
    verified = verify(verification_from_text(text, folder=OFFICE.parent))
    assert len(verified.reporting) == len(office.reporting) - 14
    assert len(verified.baseline.periods) == len(office.baseline.periods) - 14
    assert sum(each.reason == "停電檢修（範例）" for each in verified.reporting.left_out) == 14
    assert not verified.saving.complete  # so there is no saving of a whole year


@pytest.mark.parametrize(("share", "severity"), [(1.0, None), (1.015, None), (1.03, "warning"), (0.9, "error")])
def test_the_meter_is_held_against_the_bills(office: Verified, share: float, severity: str | None) -> None:
    billed = office.baseline.periods.energy.sum() * share
    text = changed("interval: day", f'interval: day\nbilled: {{baseline: "{billed:.0f} kWh"}}')
    verified = verify(verification_from_text(text, folder=OFFICE.parent))
    found = [f.severity for f in verified.findings if f.id.startswith("mv.TD11")]
    assert found == ([severity] if severity else [])
    assert verified.verdict.word == ("insufficient" if severity == "error" else "verified")


@pytest.mark.parametrize(("expected", "fires"), [("2 %", True), ("8 %", False)])
def test_an_expected_saving_that_no_data_could_prove_is_said(expected: str, fires: bool) -> None:
    text = changed("last_day: 2014-02-28}", f"last_day: 2014-02-28, expected_saving: {expected}}}")
    verified = verify(verification_from_text(text, folder=OFFICE.parent))
    assert any(f.id == "mv.expected_below_detectable" for f in verified.findings) is fires


def test_a_search_for_events_that_was_not_made_is_said() -> None:
    compressor = verify(load_verification(EXAMPLES / "verification" / "compressor.yaml"))
    told = [f.subject for f in compressor.findings if f.id == "mv.events_not_searched"]
    assert told == ["baseline", "reporting period"]
