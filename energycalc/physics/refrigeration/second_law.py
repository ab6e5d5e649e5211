"""What no refrigerating machine or heat pump can do: take less than the reversible work between its temperatures."""

from __future__ import annotations

from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.quantity import Quantity, cite, current_subject, formula, log, maximum, require
from energycalc.quantity.aliases import Fraction, Kelvin, Kilowatt, Number

TEMPERATURES = {"cold_temperature": (150, 450), "hot_temperature": (150, 700)}
COOLING_SHARE, HEATING_SHARE = 0.70, 0.65
"""Share of the reversible efficiency above which a figure needs proof (chillers, heat pumps)."""
_NONE = 1e-12  # below this reversible work, in kW, there is no lift and no bound


@formula(symbol="COP_C", source=cite("second-law", "reversible refrigerator: Tc/(Th - Tc)"), limits=TEMPERATURES)
def carnot_cooling_cop(cold_temperature: Kelvin, hot_temperature: Kelvin) -> Number:
    """Cooling per work of a reversible machine between two temperatures.

    Args:
        cold_temperature: of the cold side, absolute (K).
        hot_temperature: of the heat sink, absolute (K).

    Raises:
        OutOfRange: the sink is not hotter than the cold side: no work is needed.
    """
    must_lift(cold_temperature, hot_temperature)
    return cold_temperature / (hot_temperature - cold_temperature)


@formula(symbol="COP_H", source=cite("second-law", "reversible heat pump: Th/(Th - Tc)"), limits=TEMPERATURES)
def carnot_heating_cop(cold_temperature: Kelvin, hot_temperature: Kelvin) -> Number:
    """Heat per work of a reversible heat pump between two temperatures.

    Args:
        cold_temperature: of the heat source, absolute (K).
        hot_temperature: at which the heat is given, absolute (K).

    Raises:
        OutOfRange: the heat is not wanted hotter than its source: no work is needed.
    """
    must_lift(cold_temperature, hot_temperature)
    return hot_temperature / (hot_temperature - cold_temperature)


def must_lift(cold: Quantity, hot: Quantity) -> None:
    """Refuse a machine without lift: a sink that is not hotter than what is cooled.

    Args:
        cold: temperature of the cold side.
        hot: temperature of the sink.

    Raises:
        OutOfRange: the sink is not hotter.
    """
    require(hot, ">", cold, "heat flows by itself to a colder place: there is no lift and no limit",
            cite("second-law", "lift"), "Check which temperature is which; without lift use free cooling")  # fmt: skip


@formula(
    symbol="P_rev",
    source=cite("second-law", "least work of cooling: Q (Th/Tc - 1)"),
    limits={**TEMPERATURES, "cooling_load": (0, None)},
)
def least_cooling_power(cooling_load: Kilowatt, cold_temperature: Kelvin, hot_temperature: Kelvin) -> Kilowatt:
    """Work that any machine needs at least to take heat out at one temperature and give it off at another.

    Args:
        cooling_load: heat taken out, in kW.
        cold_temperature: of what is cooled, absolute (K).
        hot_temperature: of the sink, absolute (K); at or below the cold side the work is nil.
    """
    return cooling_load * maximum(hot_temperature / cold_temperature - 1, 0)


@formula(
    symbol="T_m",
    source=cite("second-law", "stream heated at constant heat capacity: (T2 - T1)/ln(T2/T1)"),
    limits={"cold_water_temperature": (273.15, 473.15), "hot_water_temperature": (273.15, 473.15)},
)
def mean_heating_temperature(cold_water_temperature: Kelvin, hot_water_temperature: Kelvin) -> Kelvin:
    """Temperature that counts for the second law where water is heated along the way.

    Args:
        cold_water_temperature: inlet, absolute (K).
        hot_water_temperature: outlet, absolute (K), above the inlet.
    """
    require(hot_water_temperature, ">", cold_water_temperature, "hot water is not hotter than cold water",
            cite("second-law", "heated stream"), "Check which temperature is which")  # fmt: skip
    return (hot_water_temperature - cold_water_temperature) / log(hot_water_temperature / cold_water_temperature)


@formula(
    symbol="w_rev",
    source=cite("second-law", "reversible heat pump for a heated stream: 1 - T0/Tm"),
    limits={"cold_temperature": (150, 450), "mean_heating_temperature": (150, 700)},
)
def least_work_of_heat(cold_temperature: Kelvin, mean_heating_temperature: Kelvin) -> Fraction:
    """Least work per heat given to a stream; nil where the source is hotter than the stream's mean.

    Args:
        cold_temperature: of the heat source, absolute (K).
        mean_heating_temperature: of the heated stream, absolute (K).
    """
    return maximum(1 - cold_temperature / mean_heating_temperature, 0)


@formula(
    symbol="eta_II", source=cite("second-law", "least work over work"), limits={"machine_input_power": (1e-9, None)}
)
def second_law_efficiency(reversible_power: Kilowatt, machine_input_power: Kilowatt) -> Fraction:
    """Share of the reversible efficiency that a machine reaches.

    Args:
        reversible_power: reversible work, in kW.
        machine_input_power: what the machine takes, in kW.
    """
    return reversible_power / machine_input_power


@formula(symbol="Q_c", source=cite("energy-balance", "heat given off by a refrigerating machine"))
def condenser_heat(cooling_load: Kilowatt, machine_input_power: Kilowatt) -> Kilowatt:
    """Heat that a chiller gives off: what it takes out and what it is driven with.

    Args:
        cooling_load: in kW.
        machine_input_power: of the compressor, whose heat reaches the refrigerant, in kW.
    """
    return cooling_load + machine_input_power


@formula(
    symbol="x_Q",
    source=cite("energy-balance", "heat balance of a chiller: (Qe + P - Qc)/Qc"),
    limits={"measured_heat_rejection": (1e-6, None)},
)
def heat_balance_error(condenser_heat: Kilowatt, measured_heat_rejection: Kilowatt) -> Fraction:
    """By how much the measured heat balance of a chiller does not close.

    Args:
        condenser_heat: cooling plus input, in kW.
        measured_heat_rejection: measured at the condenser water, in kW.
    """
    return (condenser_heat - measured_heat_rejection) / measured_heat_rejection


def within_second_law(least: Quantity, power: Quantity, share: float = COOLING_SHARE) -> list[Finding]:
    """Refuse a machine that takes less than the reversible work; doubt one that comes near it.

    Args:
        least: reversible work, in kW.
        power: what the machine is said to take, in kW.
        share: of the reversible efficiency, above which a warning is due.

    Raises:
        OutOfRange: less than the reversible work.
    """
    if float(least.value_in("kW")) <= _NONE:
        return []
    reached = second_law_efficiency(least, power)
    text = f"{100 * reached.value:.0f} %"
    if reached.value > 1:
        raise OutOfRange(
            "less than the reversible (Carnot) work between these temperatures: no machine can do that",
            subject=current_subject(),
            value=f"{power.value_in('kW'):.4g} kW",
            limit=f"{least.value_in('kW'):.4g} kW ({least.source})",
            next_step="Check COP or kW/USRT, the refrigeration ton, and the temperatures",
        )
    if reached.value <= share:
        return []
    return [
        Finding(
            "cooling.near_carnot",
            "warning",
            current_subject(),
            f"The machine reaches {text} of the reversible (Carnot) efficiency; above {share:.0%} needs proof.",
            f"效率達可逆（卡諾）效率之 {text}，超過 {share:.0%} 應舉證。",
            {"second_law_efficiency": text},
            cite("second-law", "share of the reversible efficiency that machines reach"),
        )
    ]


def heat_balance_doubts(error: Quantity) -> list[Finding]:
    """Doubt measured chiller figures whose heat balance does not close: over 10 % a warning, over 15 % an error.

    Args:
        error: from :func:`heat_balance_error`.
    """
    apart = abs(float(error.value_in("1")))
    if apart <= 0.10:
        return []
    text = f"{100 * float(error.value_in('1')):+.1f} %"
    return [
        Finding(
            "cooling.heat_balance",
            "error" if apart > 0.15 else "warning",
            current_subject(),
            f"Cooling plus input differs from the measured heat rejection by {text}: a flow, a temperature difference "
            "or the power is wrong.",
            f"冷凍量加輸入功率與實測散熱量相差 {text}：流量、溫差或功率量測有誤。",
            {"heat_balance_error": text},
            cite("chiller-heat-balance", "10 % and 15 %"),
        )
    ]
