"""What no air compressor can do: less than the isothermal work, and hardly less than the isentropic one."""

from __future__ import annotations

from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.compressed_air.gas_compression import (
    isentropic_specific_power,
    isothermal_specific_power,
    specific_power,
)
from energycalc.quantity import Quantity, cite, current_subject


def specific_power_doubts(
    full_load_power: Quantity, full_load_flow: Quantity, ambient: Quantity, outlet: Quantity
) -> list[Finding]:
    """Refuse less than isothermal power; doubt more than 90 % isentropic efficiency.

    Args:
        full_load_power: package input.
        full_load_flow: free air delivered.
        ambient: pressure, absolute.
        outlet: pressure, absolute.

    Raises:
        OutOfRange: less power than isothermal compression of an ideal gas takes.
    """
    return specific_power_doubts_of(specific_power(full_load_power, full_load_flow), ambient, outlet)


def specific_power_doubts_of(power: Quantity, ambient: Quantity, outlet: Quantity) -> list[Finding]:
    """The same for a specific power as a data sheet states it.

    Args:
        power: package input over free air delivered.
        ambient: pressure at the inlet, absolute.
        outlet: pressure, absolute.

    Raises:
        OutOfRange: less power than isothermal compression of an ideal gas takes.
    """
    given = float(power.value_in("kW/(m3/min)"))
    least = isothermal_specific_power(ambient, outlet)
    if given < least.value:
        raise OutOfRange(
            "the full-load specific power is below the isothermal limit: no compressor can do that",
            subject=current_subject(),
            value=f"{given:.2f} kW/(m3/min)",
            limit=f"{least.value:.2f} kW/(m3/min) at {outlet.value_in('bar[a]'):.2f} bar(a) (ideal gas, isothermal)",
            next_step="Check whether the flow is free air (not compressed volume) and the power the package input",
        )
    isentropic = isentropic_specific_power(ambient, outlet).value
    if given >= isentropic / 0.9:
        return []
    impossible = given < isentropic
    share = f"{100 * isentropic / given:.0f} %"
    return [
        Finding(
            "compressor.isentropic_efficiency",
            "error" if impossible else "warning",
            current_subject(),
            f"Full load takes {given:.2f} kW/(m3/min), an isentropic efficiency of {share}: "
            + ("a single stage cannot reach it." if impossible else "more than 90 % needs proof."),
            f"滿載比功率 {given:.2f} kW/(m³/min)，相當於等熵效率 {share}，"
            + ("單段壓縮不可能達到。" if impossible else "超過 90 % 應舉證。"),
            {
                "specific_power": f"{given:.2f} kW/(m3/min)",
                "isentropic_specific_power": f"{isentropic:.2f} kW/(m3/min)",
            },
            cite("ideal-gas-compression", "isentropic work"),
        )
    ]
