"""A better compressor, cooler intake air, and the heat of a compressor: figures, properties, refusals both ways."""

from typing import Any

import pytest
from CoolProp.CoolProp import PropsSI
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.equipment.compressed_air import (
    compressor_heat_recovery,
    compressor_inlet_temperature,
    compressor_replacement,
)
from energycalc.equipment.description import Change, WorkedExample
from energycalc.errors import InputError, OutOfRange
from energycalc.quantity import quantity, read_quantity

SITE = {"specific_power": "7.5 kW/(m3/min)", "reference_state": "site"}
SHEET = {"specific_power": "6.2 kW/(m3/min)", "reference_state": "data_sheet", "rated_pressure": "7.5 bar(g)"}
AIR = {
    "delivered_air": "2,000,000 Nm3",
    "discharge_pressure": "7 bar(g)",
    "ambient_pressure": "1.01325 bar(a)",
    "intake_temperature": "32 °C",
}
INTAKE = {
    "coolest_air": "24 °C",
    "mass_flow_share": "100 %",
    "control_response": "70 %",
    "average_power": "70 kW",
    "operating_hours": "6,000 h",
}
HOT = {"source_temperature": "75 °C", "use_temperature": "60 °C", "approach": "5 K"}


def side(given: dict[str, str]) -> dict[str, Any]:
    return {k: text if k == "reference_state" else read_quantity(text, name=k) for k, text in given.items()}


def texts(example: WorkedExample) -> tuple[dict[str, str], ...]:
    return tuple({k: str(v) for k, v in given.items()} for given in (example.before, example.after, example.common))


def energies(change: Change) -> tuple[float, float]:
    assert change.energy_before_model is not None and change.energy_after_model is not None
    return change.energy_before_model.value, change.energy_after_model.value


def ids(change: Change) -> set[str]:
    """Doubts about the machine, without the notes on readings that state no error."""
    return {f.id for f in change.findings if not f.id.endswith(("uncertainty_not_stated", "default_uncertainty"))}


# --- a better compressor


def replace(before: dict[str, str], after: dict[str, str], **common: str) -> Change:
    return compressor_replacement.change(side(before), side(after), side(AIR | common))


def test_the_example_of_the_spanish_certificates() -> None:
    """certificahorro IND090: 90 kW * 5,500 h * 0.75 = 371,250 kWh; at 5.8 instead of 7.5 kW/(m3/min) 287,100 kWh."""
    change = compressor_replacement.change(*map(side, texts(compressor_replacement.EXAMPLE)))
    assert energies(change) == pytest.approx((371_250, 371_250 * 5.8 / 7.5), rel=1e-9)
    assert change.remaining.value == pytest.approx(5.8 / 7.5, rel=1e-12)


def test_energy_of_the_air_against_real_air() -> None:
    """CoolProp density: 2,000,000 Nm3 as inlet air of 32 °C and 1.01325 bar(a), times 7.5 kW/(m3/min)."""
    density = [PropsSI("D", "P", 101325, "T", t, "Air") for t in (273.15, 305.15)]
    expected = 2e6 * density[0] / density[1] * 7.5 / 60
    assert energies(replace(SITE, SHEET))[0] == pytest.approx(expected, rel=1e-3)


def test_a_data_sheet_is_brought_to_the_site() -> None:
    """CoolProp, isentropic work per inlet volume: sheet 1 to 8.5 bar(a), site 1.01325 to 8.01325 bar(a)."""
    work = []
    for low, high in ((1e5, 8.5e5), (1.01325e5, 8.01325e5)):
        h, s, rho = (PropsSI(x, "P", low, "T", 293.15, "Air") for x in "HSD")
        work.append((PropsSI("H", "P", high, "S", s, "Air") - h) * rho)
    expected = 6.2 * work[1] / work[0] / 7.5
    assert replace(SITE, SHEET).remaining.value == pytest.approx(expected, rel=3e-3)


@given(old=st.floats(5.5, 12), new=st.floats(5.5, 12), outlet=st.floats(4, 9), ambient=st.floats(0.8, 1.05))
def test_no_saving_passes_the_ceiling(old: float, new: float, outlet: float, ambient: float) -> None:
    common = {"discharge_pressure": f"{outlet!r} bar(g)", "ambient_pressure": f"{ambient!r} bar(a)"}
    before, after = (SHEET | {"specific_power": f"{e!r} kW/(m3/min)"} for e in (old, new))
    most = compressor_replacement.ceiling(side(before), side(after), side(AIR | common)).saving.value
    assert 1 - replace(before, after, **common).remaining.value <= most < 1


@given(power=st.floats(5.5, 12), ambient=st.floats(0.8, 1.05))
def test_the_same_machine_saves_nothing(power: float, ambient: float) -> None:
    same = SHEET | {"specific_power": f"{power!r} kW/(m3/min)"}
    assert replace(same, same, ambient_pressure=f"{ambient!r} bar(a)").remaining.value == pytest.approx(1, abs=1e-12)


def test_a_smaller_specific_power_saves_more() -> None:
    found = [replace(SITE, SITE | {"specific_power": f"{e} kW/(m3/min)"}).remaining.value for e in (7.5, 7.0, 6.0, 5.5)]
    assert found == sorted(found, reverse=True)


def test_units_of_the_field_agree() -> None:
    other = SITE | {"specific_power": "0.125 kWh/m3"}
    assert replace(SITE, other).remaining.value == pytest.approx(1, rel=1e-12)


def test_what_no_compressor_can_do_is_refused_or_doubted() -> None:
    """TP07 at 7.5 bar(g) from 1 bar(a): isothermal 3.57, isentropic 4.92, 90 % 5.47 kW/(m3/min)."""
    with pytest.raises(OutOfRange, match="isothermal limit"):
        replace(SITE, SHEET | {"specific_power": "3.5 kW/(m3/min)"})
    found = {f.severity for f in replace(SITE, SHEET | {"specific_power": "4.8 kW/(m3/min)"}).findings}
    assert found == {"error"}
    assert {f.severity for f in replace(SITE, SHEET | {"specific_power": "5.4 kW/(m3/min)"}).findings} == {"warning"}
    assert ids(replace(SITE, SHEET)) == set()
    assert ids(replace(SITE, SITE | {"specific_power": "8 kW/(m3/min)"})) == {"compressor.uses_more"}


def test_the_reference_state_decides_what_is_needed() -> None:
    with pytest.raises(InputError, match="after, rated_pressure: is missing"):
        replace(SITE, {k: v for k, v in SHEET.items() if k != "rated_pressure"})
    with pytest.raises(InputError, match="before, rated_pressure: is not used"):
        replace(SITE | {"rated_pressure": "7 bar(g)"}, SHEET)


# --- cooler intake


def cooler(before: str, after: str, **common: str) -> Change:
    old, new = (side({"intake_temperature": t}) for t in (before, after))
    return compressor_inlet_temperature.change(old, new, side(INTAKE | common))


def test_five_fahrenheit_are_one_per_cent() -> None:
    """Plant Services 2009 quotes 1 % per 5 °F; 5 °F of 80 °F (539.67 °R) are 0.93 %."""
    change = compressor_inlet_temperature.change(*map(side, texts(compressor_inlet_temperature.EXAMPLE)))
    assert 1 - change.remaining.value == pytest.approx(5 / 539.67, rel=1e-6)
    assert energies(change)[1] == pytest.approx(100_000 * (1 - 5 / 539.67), rel=1e-9)


def test_mass_share_and_control_thin_the_saving() -> None:
    change = cooler("38 °C", "24 °C", mass_flow_share="50 %")
    assert 1 - change.remaining.value == pytest.approx(0.5 * 0.7 * 14 / 311.15, rel=1e-9)
    assert energies(change)[0] == pytest.approx(420_000, rel=1e-12)


@given(before=st.floats(20, 55), step=st.floats(0, 15), share=st.floats(0, 100), response=st.floats(0, 100))
def test_no_intake_passes_the_ceiling(before: float, step: float, share: float, response: float) -> None:
    shared = {"coolest_air": "5 °C", "mass_flow_share": f"{share!r} %", "control_response": f"{response!r} %"}
    temperatures = f"{before!r} °C", f"{before - step!r} °C"
    change = cooler(*temperatures, **shared)
    old, new = (side({"intake_temperature": t}) for t in temperatures)
    most = compressor_inlet_temperature.ceiling(old, new, side(INTAKE | shared)).saving.value
    assert 0 <= 1 - change.remaining.value + 1e-15 <= most + 2e-15
    if step == 0:
        assert change.remaining.value == pytest.approx(1, abs=1e-12)


def test_an_intake_cooler_than_the_air_at_hand_is_refused() -> None:
    with pytest.raises(OutOfRange, match=r"cooler than the coolest air.*23\.9.*24"):
        cooler("38 °C", "23.9 °C")
    cooler("38 °C", "24 °C")
    assert "compressor.uses_more" in ids(cooler("30 °C", "38 °C"))


def test_the_ceiling_is_nothing_where_the_intake_is_already_cool() -> None:
    given = side({"intake_temperature": "20 °C"})
    assert compressor_inlet_temperature.ceiling(given, given, side(INTAKE)).saving.value == 0


# --- heat of a compressor


def recovery(
    levels: list[tuple[float, float, float]], fraction: str = "75 %", efficiency: str = "88 %", **more: str
) -> Change:
    after = {"recoverable_fraction": fraction} | ({"auxiliary_power": more.pop("pump")} if "pump" in more else {})
    return compressor_heat_recovery.change(
        side({"heater_efficiency": efficiency}), side(after), shared_heat(levels, **more)
    )


def shared_heat(levels: list[tuple[float, float, float]], **more: str) -> dict[str, Any]:
    columns = (("compressor_power", "kW"), ("heat_demand", "kW"), ("hours", "h"))
    profile = [
        {name: quantity(value, unit, name=name) for (name, unit), value in zip(columns, level, strict=True)}
        for level in levels
    ]
    return side(HOT | more) | {"heat_profile": profile}


def test_the_heat_example_of_fluid_power_world() -> None:
    """100 kW, 4,000 h, 90 %: 360,000 kWh."""
    before, after = energies(recovery([(100, 200, 4000)], "90 %", "100 %"))
    assert before - after == pytest.approx(360_000, rel=1e-9)


def test_heat_counts_only_where_it_is_needed() -> None:
    """By hand: 75 kW on offer; 1,000 h need 50 kW, 500 h need 100 kW, 2,000 h nothing, 300 h the compressor stands."""
    change = recovery([(100, 50, 1000), (100, 100, 500), (100, 0, 2000), (0, 80, 300)], pump="1.5 kW")
    before, after = energies(change)
    assert before == pytest.approx((50 * 1000 + 100 * 500 + 80 * 300) / 0.88, rel=1e-12)
    assert before - after == pytest.approx((50 * 1000 + 75 * 500) / 0.88, rel=1e-12)
    assert change.added["electricity"].value_in("kWh/kWh[LHV]") * before == pytest.approx(1.5 * 1500, rel=1e-12)
    assert change.beside[0].value_in("kWh") == pytest.approx(50 * 1000 + 75 * 500, rel=1e-12)
    assert change.carrier == "natural_gas"
    assert "compressor_heat_recovery.heat_without_use" in ids(change)
    assert ids(recovery([(100, 80, 1000)], pump="1.5 kW")) == set()
    assert ids(recovery([(100, 80, 1000)])) == {"compressor_heat_recovery.auxiliary_not_counted"}


@settings(max_examples=50)
@given(
    levels=st.lists(st.tuples(st.floats(0, 200), st.floats(1, 300), st.floats(1, 2000)), min_size=1, max_size=4),
    fraction=st.floats(0, 100),
)
def test_no_recovery_passes_the_ceiling(levels: list[tuple[float, float, float]], fraction: float) -> None:
    text = f"{fraction!r} %"
    change = recovery(levels, text)
    given = side({"heater_efficiency": "88 %"}), side({"recoverable_fraction": text})
    most = compressor_heat_recovery.ceiling(*given, shared_heat(levels)).saving.value
    assert 0 <= 1 - change.remaining.value + 1e-12 <= most + 2e-12 <= 1 + 2e-12


def test_without_recovery_nothing_is_saved_and_no_pump_runs() -> None:
    change = recovery([(100, 80, 1000)], "0 %", pump="1 kW")
    assert change.remaining.value == 1
    assert change.added == {}


def test_past_the_demand_more_recovery_saves_nothing() -> None:
    """The turning point: 60 kW are needed, 60 of 100 kW are enough."""
    remaining = [recovery([(100, 60, 1000)], f"{f} %").remaining.value for f in (30, 50, 60, 70, 90)]
    assert remaining == pytest.approx([0.5, 1 / 6, 0, 0, 0], abs=1e-12)


@pytest.mark.parametrize(("fraction", "doubted"), [("94 %", False), ("94.1 %", True), ("100 %", True)])
def test_more_than_94_per_cent_is_doubted(fraction: str, doubted: bool) -> None:
    """TP10."""
    found = ids(recovery([(100, 300, 1000)], fraction))
    assert ("compressor_heat_recovery.fraction_high" in found) is doubted


def test_more_than_the_input_is_refused() -> None:
    """TP10."""
    with pytest.raises(OutOfRange, match="recoverable_fraction"):
        recovery([(100, 300, 1000)], "101 %")


@pytest.mark.parametrize(("use", "fits"), [("70 °C", True), ("70.1 °C", False), ("90 °C", False)])
def test_heat_does_not_flow_uphill(use: str, fits: bool) -> None:
    if fits:
        recovery([(100, 60, 1000)], use_temperature=use)
        return
    with pytest.raises(OutOfRange, match=r"use_temperature: the use is hotter.*70 degC"):
        recovery([(100, 60, 1000)], use_temperature=use)


def test_a_profile_without_demand_is_refused() -> None:
    with pytest.raises(InputError, match="no hour in which heat is needed"):
        recovery([(100, 0, 1000)])


def test_a_data_sheet_that_falls_below_the_isothermal_limit_at_the_site_is_refused() -> None:
    """From 16 to 2 bar(g) isentropic work falls more than isothermal: 4.8 kW becomes 1.43, the limit is 1.84."""
    sheet = SHEET | {"specific_power": "4.8 kW/(m3/min)", "rated_pressure": "16 bar(g)"}
    at_its_own = replace(sheet, sheet, discharge_pressure="16 bar(g)")
    assert at_its_own.remaining.value == 1
    with pytest.raises(OutOfRange, match=r"isothermal limit.*1\.4\d kW.*1\.8\d kW"):
        replace(sheet, sheet, discharge_pressure="2 bar(g)")


def test_the_first_finding_on_a_data_sheet_is_said_once() -> None:
    """6.2 kW/(m3/min) at 7.5 bar(g): isentropic efficiency below 90 %; at 5.2 above, and said once."""
    assert [f.id for f in replace(SHEET, SHEET).findings] == []
    good = SHEET | {"specific_power": "5.2 kW/(m3/min)"}
    assert [f.id for f in replace(SHEET, good).findings] == ["compressor.isentropic_efficiency"]


def test_logged_powers_of_the_recovery_have_their_error() -> None:
    """3 % of each reading; a compressor that stands reads 0 kW and has none."""
    common = shared_heat([(100, 50, 1000), (0, 50, 1000)])
    for level in common["heat_profile"]:
        level["compressor_power"] = quantity(
            level["compressor_power"].value, "kW", name="compressor_power", basis="measured"
        )
    after = side({"recoverable_fraction": "75 %"}) | {
        "auxiliary_power": read_quantity("1.5 kW", name="auxiliary_power", basis="measured")
    }
    before = side({"heater_efficiency": "88 %"})
    change = compressor_heat_recovery.change(before, after, common)
    assert change.remaining.value == pytest.approx(0.5, rel=1e-12)
    (note,) = (f for f in change.findings if f.id == "compressor_heat_recovery.default_uncertainty")
    assert "± 3 kW (default)" in str(note.evidence) and "± 0.045 kW (default)" in str(note.evidence)
    assert compressor_heat_recovery.ceiling(before, after, common).saving.value == pytest.approx(0.5, rel=1e-12)


def test_a_logged_mean_power_of_the_intake_has_its_error() -> None:
    given = side({"intake_temperature": "38 °C"}), side({"intake_temperature": "30 °C"})
    logged = side(INTAKE) | {"average_power": read_quantity("70 kW", name="average_power", basis="measured")}
    findings = compressor_inlet_temperature.change(*given, logged).findings
    (note,) = (f for f in findings if f.id == "compressor_inlet_temperature.default_uncertainty")
    assert "± 2.1 kW (default)" in str(note.evidence)
