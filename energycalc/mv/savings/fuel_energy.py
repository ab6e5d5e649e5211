"""A verified volume of gas as energy: times the net heat value that the supplier states."""

from __future__ import annotations

from energycalc.mv.savings.traced import IPMVP, VerifiedEnergy
from energycalc.quantity import Quantity, cite, formula
from energycalc.quantity.aliases import KilowattHourLHV

HEAT = cite("energy-balance", "volume × heat value")


@formula(symbol="ΔQ", source=IPMVP)
def verified_fuel_saving(adjusted_baseline_fuel: KilowattHourLHV, reporting_fuel: KilowattHourLHV) -> KilowattHourLHV:
    """Fuel saved, positive where less was used; lower heating value both."""
    return adjusted_baseline_fuel - reporting_fuel


def as_fuel_energy(volumes: VerifiedEnergy, heat_value: Quantity) -> VerifiedEnergy:
    """Both sides of a verified saving in kWh of the lower heating value; one heat value is one error.

    Args:
        volumes: in m3 or m3[0C].
        heat_value: net heat value per volume in the same state.

    Raises:
        UnitError: the heat value is for gas in another state than the meter counts.
    """
    before, after = (
        (volume * heat_value).to("kWh[LHV]").renamed(name, symbol, HEAT)
        for volume, name, symbol in (
            (volumes.adjusted_baseline, "adjusted_baseline_fuel", "Q_adj"),
            (volumes.reporting, "reporting_fuel", "Q_rep"),
        )
    )
    return VerifiedEnergy(before, after, verified_fuel_saving(before, after), volumes.model_errors)
