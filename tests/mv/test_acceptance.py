"""The four words of a verdict, and signed overrides that stay visible."""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.finding import Finding, Override
from energycalc.metering import read_meter
from energycalc.mv.periods import periods_of
from energycalc.mv.rules.acceptance import VERDICT_WORDS, verdict_of
from energycalc.mv.rules.overrides import override
from energycalc.mv.rules.sufficiency_model import saving_findings
from energycalc.mv.rules.sufficiency_window import measurement_length
from tests.steel import steel_layout


@dataclass(frozen=True)
class Stated:
    saving: float
    standard_uncertainty: float = 100.0
    adjusted_baseline: float = 10_000.0
    unit: str = "kWh"
    confidence: float = 0.95

    @property
    def interval(self) -> tuple[float, float]:
        half = 1.96 * self.standard_uncertainty
        return self.saving - half, self.saving + half

    @property
    def distinguishable(self) -> bool:
        return not self.interval[0] <= 0 <= self.interval[1]


def finding(name: str, severity: str = "error", subject: str = "main") -> Finding:
    return Finding(f"mv.{name}", severity, subject, f"{name} in English", f"{name} 中文")  # type: ignore[arg-type]


SIGNED = Override("Lin, verifier", "sub-meter shows the same", "2026-03-31")


def test_a_clear_saving_of_a_recorded_measure_is_verified() -> None:
    verdict = verdict_of(Stated(1000.0), [finding("TS05_r_squared", "warning")], measure_recorded=True)
    assert verdict.word == "verified" and verdict.reasons == ()
    assert (
        "1,000 kWh" in verdict.sentence and "10.0%" in verdict.sentence and "800 kWh to 1,200 kWh" in verdict.sentence
    )
    assert "節能量 1,000 kWh" in verdict.in_language("zh-TW")


@pytest.mark.parametrize("saving", [190.0, 0.0, -190.0, -1000.0])
def test_what_is_not_told_from_zero_or_is_an_increase_is_no_saving(saving: float) -> None:
    verdict = verdict_of(Stated(saving), [finding("TS01_not_distinguishable")], measure_recorded=True)
    assert verdict.word == "not_distinguishable"
    assert ("more is used" in verdict.sentence) == (saving == -1000.0)


def test_an_error_makes_it_insufficient_until_somebody_signs() -> None:
    errors = [finding("TS13_coverage"), finding("TB05_extrapolation", subject="production")]
    verdict = verdict_of(Stated(1000.0), errors, measure_recorded=True)
    assert verdict.word == "insufficient" and "2 errors" in verdict.sentence
    assert [reason[0] for reason in verdict.reasons] == ["mv.TS13_coverage", "mv.TB05_extrapolation"]
    one = override(errors, {"mv.TS13_coverage": SIGNED})
    assert verdict_of(Stated(1000.0), one, measure_recorded=True).word == "insufficient"
    both = override(errors, {"mv.TS13_coverage": SIGNED, "mv.TB05_extrapolation@production": SIGNED})
    accepted = verdict_of(Stated(1000.0), both, measure_recorded=True)
    assert accepted.word == "verified"
    assert all("Lin, verifier" in reason[1] and "2026-03-31" in reason[2] for reason in accepted.reasons)
    assert len(accepted.reasons) == 2


@pytest.mark.parametrize("change", ["TS20_undeclared_change", "TB04_static_factor_changed"])
def test_no_measure_or_an_undeclared_change_cannot_be_attributed(change: str) -> None:
    assert verdict_of(Stated(1000.0), [], measure_recorded=False).word == "not_attributable"
    changed = [finding(change, "warning")]
    assert verdict_of(Stated(1000.0), changed, measure_recorded=True).word == "not_attributable"
    declared = override(changed, {f"mv.{change}": SIGNED})
    assert verdict_of(Stated(1000.0), declared, measure_recorded=True).word == "verified"
    assert verdict_of(Stated(1000.0), declared, measure_recorded=False).word == "not_attributable"


def test_a_step_inside_the_baseline_questions_the_model_only() -> None:
    steps = [finding("undeclared_event", "warning", "baseline")]
    assert verdict_of(Stated(1000.0), steps, measure_recorded=True).word == "verified"


def test_an_override_does_not_make_a_saving_distinguishable() -> None:
    signed = override([finding("TS01_not_distinguishable")], {"mv.TS01_not_distinguishable": SIGNED})
    assert verdict_of(Stated(100.0), signed, measure_recorded=True).word == "not_distinguishable"


def test_the_verdict_depends_on_nothing_but_its_arguments() -> None:
    findings = [finding("TS13_coverage"), finding("TS20_undeclared_change", "warning")]
    first = verdict_of(Stated(1000.0), findings, measure_recorded=True)
    assert first == verdict_of(Stated(1000.0), findings, measure_recorded=True)
    assert set(VERDICT_WORDS) >= {first.word}


def test_an_override_stays_visible_and_changes_nothing_else() -> None:
    raised = [finding("TS13_coverage"), finding("TS05_r_squared", "warning")]
    signed = override(raised, {"mv.TS05_r_squared": SIGNED})
    assert [f.id for f in signed] == [f.id for f in raised]
    assert signed[0] == raised[0]
    assert signed[1].override == SIGNED and signed[1].severity == "warning"
    assert signed[1].sentence == raised[1].sentence


@pytest.mark.parametrize(
    "unsigned",
    [
        Override("", "because", "2026-03-31"),
        Override("Lin", " ", "2026-03-31"),
        Override("Lin", "because", ""),
        Override("Lin", "because", "31/3/2026"),
    ],
)
def test_an_override_without_name_reason_or_date_is_refused(unsigned: Override) -> None:
    with pytest.raises(InputError, match="who, why and when"):
        override([finding("TS13_coverage")], {"mv.TS13_coverage": unsigned})


def test_an_override_names_exactly_one_finding() -> None:
    raised = [finding("TS13_coverage", subject="main"), finding("TS13_coverage", subject="press")]
    for key in ("mv.TS99", "mv.TS13_coverage", "mv.TS13_coverage@mill"):
        with pytest.raises(InputError, match="one finding"):
            override(raised, {key: SIGNED})
    (main, press) = override(raised, {"mv.TS13_coverage@press": SIGNED})
    assert main.override is None and press.override == SIGNED
    with pytest.raises(InputError, match="two overrides"):
        override([raised[0]], {"mv.TS13_coverage": SIGNED, "mv.TS13_coverage@main": SIGNED})


def test_the_steel_plant_uses_less_and_nobody_knows_why() -> None:
    layout = steel_layout()
    meter = read_meter(layout)
    halves = [meter.between(*ends) for ends in (("2018-01-01", "2018-07-02 12:00"), ("2018-07-02 12:00", "2019-01-01"))]
    assert len(halves[0].reading) == len(halves[1].reading) == 17_520
    baseline, after = (float(half.total().value) for half in halves)
    saving = baseline - after
    assert saving / baseline == pytest.approx(0.163, abs=0.0005)  # two equal halves of the year
    daily = [periods_of(half, "day").energy for half in halves]
    spread = float(np.hypot(*(math.sqrt(len(energy)) * energy.std(ddof=1) for energy in daily)))
    stated = Stated(saving, spread, baseline)
    assert stated.distinguishable
    findings = [
        *measurement_length("whole_plant", date(2018, 1, 1), date(2018, 6, 30), "main meter"),
        *saving_findings(stated.saving, stated.standard_uncertainty, math.inf, "main meter"),
    ]
    verdict = verdict_of(stated, findings, measure_recorded=False)
    assert verdict.word == "not_attributable"
    assert [reason[0] for reason in verdict.reasons] == ["no_measure", "mv.TB01_measurement_too_short"]
    # with a measure on record it would still be no proof: half a year without a driver is too short
    assert verdict_of(stated, findings, measure_recorded=True).word == "insufficient"
