"""Heat pumps for hot water and air-conditioned workshops: worked figures, properties, refusals both ways."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.equipment.cooling.heat_pump_water_heating import DESCRIPTION as HEAT_PUMP
from energycalc.equipment.cooling.workshop_air_conditioning import DESCRIPTION as ROOM
from energycalc.errors import InputError, OutOfRange
from energycalc.quantity import read_quantity
from energycalc.quantity.trace import leaves
from tests.equipment.cooling import FEW, ceiling, energies, ids, run, saving, stated

# --- heat pump


def pumped(cop: float, backup: float = 0, pumps: float = 0) -> dict[str, str]:
    return {"heating_cop": f"{cop}", "backup_share": f"{backup} %", "auxiliary_energy": f"{pumps} kWh"}


def heater(efficiency: float = 90, pumps: float = 0) -> dict[str, str]:
    return {"heater_efficiency": f"{efficiency} %", "auxiliary_energy": f"{pumps} kWh"}


def hot_water(cold: float = 25, hot: float = 55, source: float = 24, loss: float = 0) -> dict[str, str]:
    return {
        "hot_water_volume": "3,000 m3",
        "cold_water_temperature": f"{cold} °C",
        "hot_water_temperature": f"{hot} °C",
        "source_temperature": f"{source} °C",
        "standing_loss": f"{loss} kWh",
    }


def test_a_heat_pump_by_hand() -> None:
    """3000 m3 by 30 K at 997 kg/m3 and 4.179 kJ/(kg·K): 104,160 kWh, and 2,000 kWh of losses."""
    before, after = energies(run(HEAT_PUMP, heater(90, 500), pumped(3, 10, 800), hot_water(loss=2000)))
    heat = 3000 * 997.05 * 4.1793 * 30 / 3600 + 2000
    assert before == pytest.approx(heat / 0.9 + 500, rel=2e-4)
    assert after == pytest.approx(heat * (0.9 / 3 + 0.1 / 0.9) + 800, rel=2e-4)


def test_a_heat_pump_that_never_runs_saves_nothing() -> None:
    assert run(HEAT_PUMP, heater(), pumped(3, 100), hot_water()).remaining.value == pytest.approx(1, abs=1e-12)


@FEW
@given(cop=st.floats(1, 5), more=st.floats(0, 2), hot=st.floats(40, 65), source=st.floats(0, 35))
def test_a_better_heat_pump_never_saves_less_and_none_passes_the_ceiling(
    cop: float, more: float, hot: float, source: float
) -> None:
    cases = [(heater(), pumped(c), hot_water(20, hot, source)) for c in (cop, cop + more)]
    small, large = (saving(run(HEAT_PUMP, *case)) for case in cases)
    assert small <= large + 1e-12
    assert large <= ceiling(HEAT_PUMP, *cases[1]).saving.value + 1e-12


def test_the_ceiling_of_a_heat_pump_is_the_reversible_work_of_the_heated_water() -> None:
    """25 to 55 °C has a mean of 312.91 K; from 24 °C: 5.04 % of the heat."""
    top = ceiling(HEAT_PUMP, heater(90), pumped(3), hot_water()).saving.value
    assert top == pytest.approx(1 - 0.9 * (1 - 297.15 / 312.9100), rel=1e-5)


@pytest.mark.parametrize(
    ("cop", "found"),
    [
        (6.8, set()),
        (7.0, {"heat_pump.near_carnot"}),
        (10.5, {"heat_pump.near_carnot"}),
        (10.7, {"heat_pump.above_carnot"}),
    ],
)
def test_a_heat_pump_near_carnot_is_doubted(cop: float, found: set[str]) -> None:
    """Trust notes TP12: 24/55 °C: 10.586 and 65 % of it, 6.88."""
    assert ids(run(HEAT_PUMP, heater(), pumped(cop), hot_water())) == found


def test_a_heat_pump_above_the_second_law_is_refused() -> None:
    """Water from 25 to 55 °C out of 24 °C: 19.85 at most."""
    run(HEAT_PUMP, heater(), pumped(19.8), hot_water())
    with pytest.raises(OutOfRange, match=r"COP 19\.90.*19\.8"):
        run(HEAT_PUMP, heater(), pumped(19.9), hot_water())
    for source, found in ((58, {"heat_pump.source_hotter"}), (55, {"heat_pump.source_hotter"})):
        assert ids(run(HEAT_PUMP, heater(), pumped(5), hot_water(source=source))) == found
    assert ids(run(HEAT_PUMP, heater(), pumped(5), hot_water(source=54))) == set()


def test_a_metered_pump_has_the_error_of_its_meter() -> None:
    metered = read_quantity("500 kWh", name="auxiliary_energy", basis="measured")
    before = stated(heater()) | {"auxiliary_energy": metered}
    change = HEAT_PUMP.change(before, stated(pumped(3)), stated(hot_water()))
    errors = [leaf.uncertainty for leaf in leaves(change.remaining) if leaf.name == "auxiliary_energy_error"]
    assert [e.standard_uncertainty for e in errors if e] == [pytest.approx(5 / 3**0.5, rel=1e-6)]
    assert "heat_pump.default_uncertainty" in ids(change)


@pytest.mark.parametrize(
    ("before", "after", "common", "message"),
    [
        (heater(101), pumped(3), hot_water(), "heater_efficiency"),
        (heater(), pumped(0.9), hot_water(), "heating_cop"),
        (heater(), pumped(3), hot_water(cold=55), "not hotter"),
        (heater() | {"heater_efficiency": "90"}, pumped(3), hot_water(), "heater_efficiency"),
    ],
)
def test_an_impossible_heat_pump_is_refused(before: Any, after: Any, common: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        run(HEAT_PUMP, before, after, common)


# --- workshop

HALL = {
    "indoor_temperature": "26 °C",
    "indoor_relative_humidity": "55 %",
    "ventilation_flow": "12,000 m3/h",
    "internal_gain": "180 kW",
    "cooling_cop": "4",
    "auxiliary_power": "15 kW",
}


def weather(temperature: float = 32, humidity: float = 70, hours: float = 1000) -> dict[str, Any]:
    level = {
        "outdoor_temperature": f"{temperature} °C",
        "outdoor_relative_humidity": f"{humidity} %",
        "hours": f"{hours} h",
    }
    return {"heat_transmission": "3.5 kW/K", "moist_air_pressure": "101.325 kPa(a)", "profile": [level]}


def test_a_workshop_by_hand() -> None:
    """ASHRAE's closed form, h = 1.006 t + w (2501 + 1.86 t), with the vapour pressures of the steam tables."""

    def air(temperature: float, vapour_pressure: float) -> tuple[float, float]:
        w = 0.621945 * vapour_pressure / (101.325 - vapour_pressure)
        volume = 0.287042 * (temperature + 273.15) * (1 + 1.607858 * w) / 101.325
        return 1.006 * temperature + w * (2501 + 1.86 * temperature), volume

    (outside, volume), (inside, _) = air(32, 0.70 * 4.7596), air(26, 0.55 * 3.3637)
    load = 180 + 3.5 * 6 + 12000 / 3600 / volume * (outside - inside)
    assert energies(run(ROOM, HALL, HALL, weather()))[0] == pytest.approx((load / 4 + 15) * 1000, rel=2e-3)


@FEW
@given(temperature=st.floats(15, 38), humidity=st.floats(30, 95))
def test_the_same_workshop_saves_nothing(temperature: float, humidity: float) -> None:
    assert run(ROOM, HALL, HALL, weather(temperature, humidity)).remaining.value == 1


@FEW
@given(temperature=st.floats(28, 38), humidity=st.floats(50, 95), step=st.floats(0, 1.5), more=st.floats(0, 1.5))
def test_a_warmer_set_point_never_saves_less(temperature: float, humidity: float, step: float, more: float) -> None:
    small, large = (
        saving(run(ROOM, HALL, HALL | {"indoor_temperature": f"{26 + s} °C"}, weather(temperature, humidity)))
        for s in (step, step + more)
    )
    assert small >= -1e-12 and large >= small - 1e-12


@FEW
@given(
    temperature=st.floats(10, 40), humidity=st.floats(20, 95), cop=st.floats(1, 12), gain=st.floats(0, 300),
    air=st.floats(0, 30000), indoor=st.floats(22, 30),
)  # fmt: skip
def test_no_air_conditioning_passes_the_ceiling(
    temperature: float, humidity: float, cop: float, gain: float, air: float, indoor: float
) -> None:
    after = HALL | {
        "cooling_cop": f"{cop}",
        "internal_gain": f"{gain} kW",
        "ventilation_flow": f"{air} m3/h",
        "indoor_temperature": f"{indoor} °C",
    }
    case = (HALL, after, weather(temperature, humidity))
    try:
        change = run(ROOM, *case)
    except OutOfRange as refused:
        assert "Carnot" in str(refused)
        return
    assert saving(change) <= ceiling(ROOM, *case).saving.value + 1e-12


def test_outdoor_air_with_less_enthalpy_cools() -> None:
    """18 °C and 50 % has less enthalpy than the room: less outdoor air takes more electricity there."""
    closed = HALL | {"ventilation_flow": "2,000 m3/h"}
    assert saving(run(ROOM, HALL, closed, weather(18, 50))) < 0
    assert saving(run(ROOM, HALL, closed, weather(32, 70))) > 0
    cold = run(ROOM, HALL, HALL | {"internal_gain": "20 kW"}, weather(12, 50))
    assert energies(cold)[1] == pytest.approx(15_000)  # fans alone


def test_another_service_is_named() -> None:
    assert ids(run(ROOM, HALL, HALL | {"cooling_cop": "5"}, weather())) == set()
    assert ids(run(ROOM, HALL, HALL | {"indoor_temperature": "27 °C"}, weather())) == {"air_conditioning.other_service"}
    other = {key: text for key, text in HALL.items() if key != "ventilation_flow"} | {"ventilation_mass_flow": "9 kg/h"}
    assert ids(run(ROOM, HALL, other, weather())) == {"air_conditioning.other_service"}
    for gain, found in (("179 kW", {"air_conditioning.smaller_gain"}), ("180 kW", set())):
        assert ids(run(ROOM, HALL, HALL | {"internal_gain": gain}, weather())) == found


def test_mass_and_volume_of_the_outdoor_air_say_the_same() -> None:
    by_mass = {key: text for key, text in HALL.items() if key != "ventilation_flow"}
    by_mass["ventilation_mass_flow"] = f"{12000 / 0.894343} kg/h"
    pair = (energies(run(ROOM, side, side, weather()))[0] for side in (HALL, by_mass))
    assert next(pair) == pytest.approx(next(pair), rel=1e-3)


@pytest.mark.parametrize(
    ("after", "message"),
    [
        (HALL | {"ventilation_mass_flow": "1 kg/h"}, "exactly one way"),
        ({key: text for key, text in HALL.items() if key != "ventilation_flow"}, "exactly one way"),
        (HALL | {"indoor_relative_humidity": "55"}, "indoor_relative_humidity"),
        (HALL | {"indoor_temperature": "18 °C", "cooling_cop": "19.9"}, "Carnot"),
    ],
)
def test_an_impossible_workshop_is_refused(after: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        run(ROOM, HALL, after, weather(40, 90))
    run(ROOM, HALL, HALL, weather(40, 90))
