"""The form of derived effects: a change makes everything anew, a refusal leaves everything as it was."""

from pathlib import Path

import pytest

from energycalc.apps.forms.plantwide import PlantwideForm
from energycalc.apps.forms.plantwide_state import PlantwideState
from energycalc.errors import EnergycalcError


@pytest.fixture
def state() -> PlantwideState:
    return PlantwideState()


def rolled(state: PlantwideState) -> float:
    return float(state.derived.rollout_total["electricity"].value)


def test_half_the_similarity_is_half_the_rollout(state: PlantwideState) -> None:
    """R2 is stated at 75 %; what the project itself saves does not move."""
    before, own = rolled(state), float(state.derived.project_total["electricity"].value)
    state.with_similarity("R2", "37.5 %")
    assert rolled(state) == pytest.approx(before / 2)
    assert float(state.derived.project_total["electricity"].value) == own


def test_a_refusal_changes_nothing(state: PlantwideState) -> None:
    before, text = rolled(state), state.text
    for target, similarity in (("R2", "150 %"), ("R9", "50 %"), ("R2", "half")):
        with pytest.raises(EnergycalcError):
            state.with_similarity(target, similarity)
    assert (rolled(state), state.text) == (before, text)


def test_a_case_without_the_block_is_refused() -> None:
    with pytest.raises(EnergycalcError, match="asks for no derived effects"):
        PlantwideState("machine_shop")


def test_the_form_speaks_both_languages_and_shows_refusals(tmp_path: Path) -> None:
    form = PlantwideForm(language="zh-TW")
    assert "絕不相加" in str(form.table(0).data)
    assert "impossible for similarity" in str(form.try_similarity("R2", "150 %").data)
    form._speak("en")
    assert "never added up" in str(form.table(0).data)
    with pytest.raises(KeyError, match="derived_rollout"):
        form.figure("nothing")
    form.export(tmp_path / "out")
    assert (tmp_path / "out" / "case.yaml").read_text("utf-8") == form.state.text
