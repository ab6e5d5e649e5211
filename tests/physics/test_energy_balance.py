"""What remains is after over before, whatever the kind of energy; nothing before is refused."""

import pytest

from energycalc.errors import OutOfRange
from energycalc.physics.energy_balance import remaining_energy, remaining_fuel


def test_what_remains_is_after_over_before() -> None:
    assert remaining_energy("400 kWh", "300 kWh").value == 0.75
    assert remaining_fuel("400 kWh[LHV]", "100 kWh[LHV]").value == 0.25
    assert remaining_energy("1 MWh", "1,250 kWh").value == 1.25


@pytest.mark.parametrize(("before", "after"), [("0 kWh", "1 kWh"), ("1 kWh", "-1 kWh")])
def test_nothing_before_and_less_than_nothing_after_are_refused(before: str, after: str) -> None:
    with pytest.raises(OutOfRange, match="outside the range"):
        remaining_energy(before, after)
