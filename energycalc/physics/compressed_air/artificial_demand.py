"""Air that is used only because the pressure is high, and what a change of demand does to the compressor's energy.

Leaks and open nozzles pass air in proportion to absolute pressure (choked flow); what stands behind a pressure
regulator does not notice.
"""

from __future__ import annotations

from energycalc.quantity import cite, formula
from energycalc.quantity.aliases import BarAbsolute, CubicMetrePerMinute, Fraction, KilowattHour

_EEM = "compressor energy efficiency measures"


@formula(
    symbol="r_q",
    source=cite("measur-tools-suite", "reduce system air pressure: unregulated use follows absolute pressure"),
    limits={"unregulated_share": (0, 1)},
)
def demand_ratio(unregulated_share: Fraction, pressure_before: BarAbsolute, pressure_after: BarAbsolute) -> Fraction:
    """Air demand after a change of pressure over that before.

    Args:
        unregulated_share: part of the flow in proportion to absolute pressure.
        pressure_before: in the system, bar(a).
        pressure_after: in the system, bar(a).
    """
    return 1 - unregulated_share * (1 - pressure_after / pressure_before)


@formula(
    symbol="r_c",
    source=cite("measur-tools-suite", "air reduction: control adjustment of the compressor"),
    limits={"control_response": (0, 1), "demand_ratio": (0, None)},
)
def energy_ratio_of_demand(demand_ratio: Fraction, control_response: Fraction) -> Fraction:
    """Energy after over before when only the demand changes.

    Args:
        demand_ratio: demand after over before.
        control_response: share of the power that follows the flow: 1 for an ideal variable-speed machine, 0.3 for a
            throttled one that takes 70 % without flow.
    """
    return 1 - control_response * (1 - demand_ratio)


@formula(
    symbol="r_L",
    source=cite("energy-balance", "loaded and unloaded energy together are the whole"),
    limits={"loaded_energy_share": (0, 1)},
)
def loaded_energy_ratio(loaded_energy_share: Fraction, loaded_power_ratio: Fraction) -> Fraction:
    """Energy after over before when only the power of the loaded machine changes.

    Args:
        loaded_energy_share: part of the energy taken while the machine compresses.
        loaded_power_ratio: loaded power after over before.
    """
    return 1 - loaded_energy_share * (1 - loaded_power_ratio)


@formula(symbol="E_p", source=cite("ideal-gas-compression", "ratio of polytropic work"))
def energy_at_new_pressure(electrical_energy: KilowattHour, pressure_power_ratio: Fraction) -> KilowattHour:
    """Energy of the same air at the new pressure.

    Args:
        electrical_energy: before, in kWh.
        pressure_power_ratio: power after over before.
    """
    return electrical_energy * pressure_power_ratio


@formula(
    symbol="q_lk",
    source=cite("measur-tools-suite", f"{_EEM}: reduce air leaks"),
    limits={"leak_flow_before": (0, None), "repaired_share": (0, 1)},
)
def leak_flow_saved(leak_flow_before: CubicMetrePerMinute, repaired_share: Fraction) -> CubicMetrePerMinute:
    """Leak flow that is gone after a repair.

    Args:
        leak_flow_before: before, free air in m3/min.
        repaired_share: of that flow, 0 to 1.
    """
    return repaired_share * leak_flow_before


@formula(
    symbol="q_1",
    source=cite("measur-tools-suite", f"{_EEM}: air use less what is saved"),
    limits={"flow": (0, None), "flow_saved": (0, None)},
)
def demand_after(flow: CubicMetrePerMinute, flow_saved: CubicMetrePerMinute) -> CubicMetrePerMinute:
    """Air demand after a measure at the users.

    Args:
        flow: before, free air in m3/min.
        flow_saved: by the measure, m3/min.
    """
    return flow - flow_saved
