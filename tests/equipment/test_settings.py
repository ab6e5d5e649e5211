"""Settings, management and schedules: output that changes is no saving, only measured energy counts."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import InputError, OutOfRange
from tests.equipment.given import Side, change, doubts, ids, limit, saving

QUICK = settings(max_examples=25)
KEYS = {
    "specific_consumption": ("tonnes_made", "t"),
    "specific_consumption_pieces": ("pieces_made", "piece"),
    "specific_consumption_area": ("area_made", "m2"),
}


def period(
    energy: float, output: float, hours: float = 700, key: str = "specific_consumption", basis: str = "measured"
) -> Side:
    name, unit = KEYS[key]
    return {"metered_energy": (f"{energy} kWh", basis), name: f"{output} {unit}", "hours": f"{hours} h"}


@pytest.mark.parametrize("key", list(KEYS))
def test_the_line_by_hand(key: str) -> None:
    """6 kW × 700 h = 4,200 kWh of base load; the other 7,800 kWh go with the output: 4,200 + 7,800 × 0.9 = 11,220."""
    found = change(key, period(12000, 100, key=key), period(10000, 90, key=key), {"base_power": "6 kW"})
    assert found.energy_before_model is not None and found.energy_after_model is not None
    assert found.energy_before_model.value_in("kWh") == pytest.approx(11220)
    assert found.energy_after_model.value_in("kWh") == pytest.approx(10000)
    assert found.remaining.value == pytest.approx(10000 / 11220, rel=1e-12)
    assert doubts(found) == set()
    assert limit(key, period(12000, 100, key=key), period(10000, 90, key=key), {"base_power": "6 kW"}) == 1


def test_the_same_specific_consumption_at_another_output_is_no_saving_with_a_base_load() -> None:
    """Twice the output at the same machine: base load once, the rest twice. A plain kWh/t would show a saving."""
    after = period(4200 + 2 * 7800, 200)
    assert saving("specific_consumption", period(12000, 100), after, {"base_power": "6 kW"}) == pytest.approx(
        0, abs=1e-12
    )
    plain = change("specific_consumption", period(12000, 100), after, {"base_power": "0 kW"})
    assert 1 - plain.remaining.value == pytest.approx(1 - 19800 / 24000)
    assert {"specific_consumption.no_base_load", "specific_consumption.other_output"} <= ids(plain)


@QUICK
@given(st.floats(0.2, 3), st.floats(0, 15), st.floats(0.5, 2))
def test_a_machine_that_does_not_change_saves_nothing_at_any_output(ratio: float, base: float, longer: float) -> None:
    hours = round(700 * longer, 6)
    after = base * hours + (12000 - base * 700) * ratio
    found = saving(
        "specific_consumption", period(12000, 100), period(after, 100 * ratio, hours), {"base_power": f"{base} kW"}
    )
    assert found == pytest.approx(0, abs=1e-9)


@QUICK
@given(st.floats(100, 12000), st.floats(100, 12000))
def test_less_energy_after_never_saves_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    many, few = (
        saving("specific_consumption", period(12000, 100), period(e, 100), {"base_power": "6 kW"}) for e in (low, high)
    )
    assert few <= many + 1e-12 <= 1 + 1e-12
    assert few >= -1e-12


def test_energy_that_is_not_measured_is_refused() -> None:
    assert (
        saving("specific_consumption", period(12000, 100, basis="billed"), period(11000, 100), {"base_power": "6 kW"})
        > 0
    )
    for basis in ("assumed", "nameplate", "catalogue"):
        with pytest.raises(InputError, match="not measured"):
            change("specific_consumption", period(12000, 100), period(11000, 100, basis=basis), {"base_power": "6 kW"})
    with pytest.raises(InputError, match="not measured"):
        common = {"base_power": "6 kW", "actions": "alarms"}
        change("energy_management_system", period(12000, 100, basis="assumed"), period(11000, 100), common)
    assert saving("energy_management_system", period(12000, 100), period(11000, 100), common) > 0
    with pytest.raises(InputError, match="is missing"):
        change("energy_management_system", period(12000, 100), period(11000, 100), {"base_power": "6 kW"})


def test_doubts_and_the_base_load_that_cannot_be() -> None:
    for hours, known in ((167, True), (168, False)):
        week = change("specific_consumption", period(2000, 20, hours), period(1900, 20, 700), {"base_power": "1 kW"})
        assert ("specific_consumption.short_measurement" in ids(week)) is known
    short = change("specific_consumption", period(2000, 20, 100), period(1900, 20, 100), {"base_power": "6 kW"})
    assert doubts(short) == {"specific_consumption.short_measurement"}
    assert [f.severity for f in short.findings if f.id.endswith("short_measurement")] == ["error"]
    more = change("specific_consumption", period(12000, 100), period(12500, 100), {"base_power": "6 kW"})
    assert "specific_consumption.uses_more" in ids(more)
    with pytest.raises(OutOfRange, match="base load alone"):
        change("specific_consumption", period(12000, 100), period(11000, 100), {"base_power": "18 kW"})
    assert saving("specific_consumption", period(12000, 100), period(11000, 100), {"base_power": "17 kW"}) > 0


@pytest.mark.parametrize(
    ("output", "base", "expected"),
    [
        (124, 6, set()), (126, 6, {"other_output"}), (76, 6, set()), (74, 6, {"other_output"}),
        (104, 0, set()), (106, 0, {"no_base_load"}), (94, 0, {"no_base_load"}),
        (105.2, 0, {"no_base_load"}), (104.9, 0, set()), (110, 0.5, set()),
    ],
)  # fmt: skip
def test_how_far_the_line_is_stretched(output: float, base: float, expected: set[str]) -> None:
    found = change("specific_consumption", period(12000, 100), period(5000, output), {"base_power": f"{base} kW"})
    assert doubts(found) == {f"specific_consumption.{name}" for name in expected}


# --- schedules

LOADS: Side = {"standby_loads": [
    {"load_name": "ventilation", "state_power": "15 kW", "hours": "5,000 h", "needed_hours": "200 h"},
    {"load_name": "pumps", "state_power": "5 kW", "hours": "5,000 h", "needed_hours": "5,000 h"}]}  # fmt: skip


def plan(hours: float, power: float = 15, **more: Any) -> Side:
    return {"standby_loads": [
        {"load_name": "ventilation", "state_power": f"{power} kW", "hours": f"{hours} h"},
        {"load_name": "pumps", "state_power": "5 kW", "hours": "5,000 h"}]} | more  # fmt: skip


def test_a_schedule_by_hand() -> None:
    found = change("standby_schedule", LOADS, plan(400, restarts="250", restart_energy="20 kWh"), {})
    assert found.remaining.value == pytest.approx((15 * 400 + 25000 + 5000) / 100000, rel=1e-12)
    assert limit("standby_schedule", LOADS, plan(400), {}) == pytest.approx(1 - (15 * 200 + 25000) / 100000, rel=1e-12)
    assert doubts(found) == {"standby_schedule.break_even_pause"}
    note = next(f for f in found.findings if f.id.endswith("break_even_pause"))
    assert note.evidence == {"break_even_pause": "1.33 h", "loads": "ventilation"}  # 20 kWh / 15 kW; pumps stay on
    assert saving("standby_schedule", LOADS, plan(5000), {}) == pytest.approx(0, abs=1e-12)
    often = change("standby_schedule", LOADS, plan(4000, restarts="1000", restart_energy="20 kWh"), {})
    assert often.remaining.value > 1 and "standby_schedule.uses_more" in ids(often)


@QUICK
@given(st.floats(200, 5000), st.floats(200, 5000), st.floats(1, 15))
def test_fewer_hours_never_save_less(one: float, other: float, power: float) -> None:
    low, high = sorted((round(one, 3), round(other, 3)))
    many, few = (saving("standby_schedule", LOADS, plan(h, round(power, 3)), {}) for h in (low, high))
    assert few <= many + 1e-12 <= limit("standby_schedule", LOADS, plan(low, round(power, 3)), {}) + 1e-9


def test_refusals_of_schedules() -> None:
    with pytest.raises(OutOfRange, match="fewer hours than are needed"):
        change("standby_schedule", LOADS, plan(199), {})
    with pytest.raises(InputError, match="not those before"):
        change("standby_schedule", LOADS, {"standby_loads": plan(400)["standby_loads"][:1]}, {})
    with pytest.raises(InputError, match="both their number and their energy"):
        change("standby_schedule", LOADS, plan(400, restarts="250"), {})
    assert saving("standby_schedule", LOADS, plan(0, 0), {}) > 0  # taken out
    with pytest.raises(InputError, match="exactly load_name"):
        change("standby_schedule", {"standby_loads": []}, {"standby_loads": []}, {})


def test_the_break_even_counts_only_what_is_switched_off() -> None:
    """20 kWh: 15 kW of ventilation pay from 1.33 h; nothing switched off, nothing to tell."""
    restart = {"restarts": "10", "restart_energy": "20 kWh"}
    assert doubts(change("standby_schedule", LOADS, plan(5000, 14, **restart), {})) == set()
    assert doubts(change("standby_schedule", LOADS, plan(4900, **restart), {})) == {"standby_schedule.break_even_pause"}


def test_measured_energy_has_the_error_of_its_meter() -> None:
    """Class 1: 1 % of 12,000 and 10,000 kWh; 3 % of 6 kW by logger; a bill is taken as it is."""
    common = {"base_power": ("6 kW", "measured")}
    found = change("specific_consumption", period(12000, 100), period(10000, 90), common)
    (note,) = [f for f in found.findings if f.id == "specific_consumption.default_uncertainty"]
    assert set(note.evidence.values()) == {"± 120 kWh (default)", "± 0.18 kW (default)", "± 100 kWh (default)"}
    billed = change("specific_consumption", period(12000, 100, basis="billed"), period(10000, 90), common)
    (note,) = [f for f in billed.findings if f.id == "specific_consumption.default_uncertainty"]
    assert set(note.evidence.values()) == {"± 0.18 kW (default)", "± 100 kWh (default)"}
    assert found.remaining.value == pytest.approx(10000 / 11220, rel=1e-12)
