"""Pressure set-point: figures of others, artificial demand, the ceiling, and every refusal both ways."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.equipment.compressed_air import compressor_pressure
from energycalc.equipment.description import Ceiling, Change
from energycalc.errors import InputError, OutOfRange, UnitError
from energycalc.quantity import read_quantity

SHARED = {
    "ambient_pressure": "1.01325 bar(a)",
    "average_power": "70 kW",
    "operating_hours": "6,000 h",
}


def side(given: dict[str, str]) -> dict[str, Any]:
    return {key: read_quantity(text, name=key) for key, text in given.items()}


def sides(before: str, after: str, exponent: str, common: dict[str, str]) -> tuple[dict[str, Any], ...]:
    shared = SHARED | {"polytropic_exponent": exponent} | common
    return side({"discharge_pressure": before}), side({"discharge_pressure": after}), side(shared)


def pressure(before: str, after: str, exponent: str = "1.4", **common: str) -> Change:
    return compressor_pressure.change(*sides(before, after, exponent, common))


def most(before: str, after: str, exponent: str = "1.4", **common: str) -> Ceiling:
    return compressor_pressure.ceiling(*sides(before, after, exponent, common))


def ids(change: Change) -> set[str]:
    """Doubts about the machine, without the notes on readings that state no error."""
    return {f.id for f in change.findings if not f.id.endswith(("uncertainty_not_stated", "default_uncertainty"))}


# --- figures of others


def test_seven_to_six_bar_saves_the_isentropic_slope() -> None:
    """Trust notes TP08: 7 to 6 bar, 8.4 % per bar."""
    assert 1 - pressure("7 bar(g)", "6 bar(g)").remaining.value == pytest.approx(0.084, abs=0.0005)
    assert most("7 bar(g)", "6 bar(g)", "1.3").saving.value == pytest.approx(0.084, abs=0.0005)


def test_the_peers_saving_of_a_lower_pressure() -> None:
    """MEASUR case compressor_measures-005: 75 kW at 125 psig, 110 to 100 psig, exponent 0.283: 3.6031 kW of 71.1 kW."""
    psi = 0.0689475729316836
    exponent = str(1 / (1 - 0.283))
    ambient = {"ambient_pressure": f"{14.7 * psi} bar(a)"}
    from_rated = [
        pressure(f"{125 * psi} bar(g)", f"{p * psi} bar(g)", exponent, **ambient).remaining.value for p in (110, 100)
    ]
    step = pressure(f"{110 * psi} bar(g)", f"{100 * psi} bar(g)", exponent, **ambient).remaining.value
    assert 75 * (from_rated[0] - from_rated[1]) == pytest.approx(3.6031, abs=1e-4)
    assert step == pytest.approx(from_rated[1] / from_rated[0], rel=1e-12)


def test_the_worked_example_is_repeated() -> None:
    """MEASUR case compressed_air_pressure_reduction-007: 243,872.07935930832 kWh."""
    example = compressor_pressure.EXAMPLE
    change = compressor_pressure.change(
        *(side({k: str(v) for k, v in given.items()}) for given in (example.before, example.after, example.common))
    )
    assert change.energy_after_model is not None and change.energy_before_model is not None
    assert change.energy_after_model.value_in("kWh") == pytest.approx(243872.07935930832, rel=1e-9)
    assert change.energy_before_model.value_in("kWh") == pytest.approx(259_000, rel=1e-12)


def test_artificial_demand_is_counted_where_it_is_itemised() -> None:
    """Trust notes TP08: 12.5 % of the unregulated use per bar; by hand for a share of 40 %, response 70 %."""
    plain = pressure("7 bar(g)", "6 bar(g)").remaining.value
    more = pressure("7 bar(g)", "6 bar(g)", unregulated_share="40 %", control_response="70 %")
    assert more.remaining.value == pytest.approx(plain * (1 - 0.7 * 0.4 / 8.01325), rel=1e-9)
    assert "compressor_pressure.artificial_demand" in ids(more)


def test_only_the_loaded_energy_falls() -> None:
    plain = 1 - pressure("7 bar(g)", "6 bar(g)").remaining.value
    part = pressure("7 bar(g)", "6 bar(g)", loaded_energy_share="80 %")
    assert 1 - part.remaining.value == pytest.approx(0.8 * plain, rel=1e-9)
    assert ids(part) == set()
    assert ids(pressure("7 bar(g)", "6 bar(g)")) == {"compressor_pressure.all_energy_loaded"}


# --- properties


@given(before=st.floats(5, 10), step=st.floats(0, 2), more=st.floats(0, 2))
def test_a_bigger_step_of_pressure_never_saves_less(before: float, step: float, more: float) -> None:
    small = pressure(f"{before} bar(g)", f"{before - step} bar(g)").remaining.value
    large = pressure(f"{before} bar(g)", f"{before - step - more} bar(g)").remaining.value
    assert 0 < large <= small <= 1


@given(
    before=st.floats(2, 12),
    after=st.floats(1, 15),
    exponent=st.floats(1.01, 1.4),
    loaded=st.floats(0, 100),
    share=st.floats(0, 100),
    response=st.floats(0, 100),
)
def test_no_saving_passes_the_ceiling(
    before: float, after: float, exponent: float, loaded: float, share: float, response: float
) -> None:
    given = (f"{before!r} bar(g)", f"{after!r} bar(g)", f"{exponent!r}")
    common = {
        "loaded_energy_share": f"{loaded!r} %",
        "unregulated_share": f"{share!r} %",
        "control_response": f"{response!r} %",
    }
    assert 1 - pressure(*given, **common).remaining.value <= most(*given, **common).saving.value + 1e-12


@given(before=st.floats(1, 15), share=st.floats(0, 100))
def test_no_change_saves_nothing(before: float, share: float) -> None:
    common = {"unregulated_share": f"{share!r} %", "control_response": "70 %", "loaded_energy_share": "85 %"}
    same = f"{before!r} bar(g)"
    assert pressure(same, same, **common).remaining.value == pytest.approx(1, abs=1e-12)


@given(before=st.floats(5, 10), after=st.floats(4, 10))
def test_bar_and_megapascal_give_the_same(before: float, after: float) -> None:
    in_bar = pressure(f"{before!r} bar(g)", f"{after!r} bar(g)")
    in_megapascal = pressure(f"{before / 10!r} MPa(g)", f"{after / 10!r} MPa(g)")
    assert in_bar.remaining.value == pytest.approx(in_megapascal.remaining.value, rel=1e-12)


def test_a_higher_pressure_saves_nothing_and_is_said() -> None:
    change = pressure("6 bar(g)", "7 bar(g)")
    assert change.remaining.value > 1
    assert "compressor.uses_more" in ids(change)
    assert most("6 bar(g)", "7 bar(g)").saving.value == 0


# --- refusals, both ways


@pytest.mark.parametrize("unit", ["bar", "bar(a)"])
def test_a_pressure_must_say_gauge(unit: str) -> None:
    with pytest.raises(UnitError, match="discharge_pressure"):
        pressure(f"7 {unit}", "6 bar(g)")


def test_an_exponent_above_isentropic_is_refused() -> None:
    assert pressure("7 bar(g)", "6 bar(g)", "1.4").remaining.value < 1
    with pytest.raises(OutOfRange, match="polytropic_exponent"):
        pressure("7 bar(g)", "6 bar(g)", "1.41")


@pytest.mark.parametrize("alone", ["unregulated_share", "control_response"])
def test_artificial_demand_needs_both(alone: str) -> None:
    with pytest.raises(InputError, match=r"unregulated_share|control_response"):
        pressure("7 bar(g)", "6 bar(g)", **{alone: "40 %"})


def test_a_pressure_below_what_the_users_need_is_refused() -> None:
    with pytest.raises(OutOfRange, match=r"below what the users need.*5\.9 bar.*6 bar"):
        pressure("7 bar(g)", "5.9 bar(g)", lowest_pressure="6 bar(g)")
    pressure("7 bar(g)", "6 bar(g)", lowest_pressure="6 bar(g)")


def test_a_year_has_no_more_than_8784_hours() -> None:
    pressure("7 bar(g)", "6 bar(g)", operating_hours="8,784 h")
    with pytest.raises(OutOfRange, match="operating_hours"):
        pressure("7 bar(g)", "6 bar(g)", operating_hours="8,785 h")


def test_a_higher_pressure_names_no_saving_of_artificial_demand() -> None:
    itemised = {"unregulated_share": "40 %", "control_response": "70 %"}
    assert "compressor_pressure.artificial_demand" in ids(pressure("7 bar(g)", "6 bar(g)", **itemised))
    assert "compressor_pressure.artificial_demand" not in ids(pressure("6 bar(g)", "7 bar(g)", **itemised))
    assert "compressor_pressure.artificial_demand" not in ids(pressure("7 bar(g)", "7 bar(g)", **itemised))


def test_a_logged_mean_power_has_the_error_of_the_logger() -> None:
    before, after, common = sides("7 bar(g)", "6 bar(g)", "1.4", {})
    common["average_power"] = read_quantity("70 kW", name="average_power", basis="measured")
    change = compressor_pressure.change(before, after, common)
    assert change.remaining.value == pressure("7 bar(g)", "6 bar(g)").remaining.value
    (note,) = (f for f in change.findings if f.id == "compressor_pressure.default_uncertainty")
    assert "± 2.1 kW (default)" in str(note.evidence)
