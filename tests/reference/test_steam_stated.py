"""Steam may be stated by temperature, enthalpy, entropy or quality: the same steam gives the same result."""

import pytest
from CoolProp.CoolProp import PropsSI

from tests.reference.adapters.steam import steam_reduction
from tests.reference.equipment_reading import CaseInputs, NotCoveredError

PRESSURE = 3.5e6  # Pa
COMMON = {
    "operating_hours": 8000, "utility_type": "natural_gas", "utility_cost": 5.5, "method": "flow_meter",
    "system_efficiency": 0.8, "steam_pressure": 3.5, "steam_flow": 1000, "boiler_efficiency": 0.75,
    "feedwater_temperature": 283.15,
}  # fmt: skip


def steam(variable: str, name: str, value: float) -> CaseInputs:
    given = COMMON | {"steam_variable": variable, name: value}
    return CaseInputs([{"name": key, "value": known} for key, known in given.items()])


@pytest.mark.parametrize(
    ("variable", "name"), [("enthalpy", "steam_enthalpy"), ("specific_enthalpy", "steam_specific_enthalpy")]
)
def test_by_enthalpy(variable: str, name: str) -> None:
    enthalpy = PropsSI("H", "P", PRESSURE, "T", 560, "IF97::Water") / 1000
    expected = steam_reduction(steam("temperature", "steam_temperature", 560))
    assert steam_reduction(steam(variable, name, enthalpy)) == pytest.approx(expected, rel=1e-9)


def test_by_entropy() -> None:
    """IAPWS-95 gives the entropy, IF97 goes back to the enthalpy; they differ in the fifth digit."""
    entropy = PropsSI("S", "P", PRESSURE, "T", 560, "HEOS::Water") / 1000
    expected = steam_reduction(steam("temperature", "steam_temperature", 560))
    assert steam_reduction(steam("entropy", "steam_variable_value", entropy)) == pytest.approx(expected, rel=2e-4)


def test_by_quality() -> None:
    """Dry saturated steam and boiling water by IAPWS-95; the feed water from MEASUR's case."""
    for dryness in (0.0, 0.9, 1.0):
        found = steam_reduction(steam("quality", "steam_quality", dryness))
        enthalpy = PropsSI("H", "P", PRESSURE, "Q", dryness, "HEOS::Water")
        water = PropsSI("H", "P", 101325, "T", 283.15, "HEOS::Water")
        assert found["energy_use"] == pytest.approx(8e6 * (enthalpy - water) / 1000 / 0.8 / 0.75, rel=2e-4)


def test_an_unknown_variable_is_not_covered() -> None:
    with pytest.raises(NotCoveredError, match="density"):
        steam_reduction(steam("density", "steam_density", 10))
    with pytest.raises(NotCoveredError, match="known name"):
        steam_reduction(steam("quality", "steam_temperature", 560))
