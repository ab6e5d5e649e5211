"""What every measure on a heat loss shares: the heat source behind it, the insulation's data sheet, and two doubts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from energycalc.equipment.description import (
    BOTH,
    HOURS_OF_A_YEAR,
    Ceiling,
    Change,
    Given,
    Parameter,
    Place,
    doubt,
    number,
    uses_more,
)
from energycalc.equipment.description.instruments import THERMOCOUPLE
from energycalc.finding import Finding
from energycalc.physics.combustion.gas_species import published
from energycalc.physics.heat_transfer.conduction import conductivity_at_zero, conductivity_slope
from energycalc.quantity import Quantity, Source, about, cite, constant, formula, quantity
from energycalc.quantity.aliases import Fraction, Hour, Kilowatt, KilowattHour, KilowattHourLHV

Carrier = Literal["natural_gas", "electricity"]

SOURCE_OF_HEAT = cite("first-law", "energy = heat over efficiency of its source, times hours")
LOWEST_FILM, HIGHEST_FILM = 5.0, 60.0
NEEDS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "layer": ("insulation_thickness", "conductivity_at_50", "conductivity_at_150"),
}
"""What the state of the insulation needs to be said."""


@formula(symbol="E_f", source=SOURCE_OF_HEAT, limits={"heat_source_efficiency": (0.2, 1.11)})
def fuel_for_heat(heat_loss: Kilowatt, operating_hours: Hour, heat_source_efficiency: Fraction) -> KilowattHourLHV:
    """Fuel that a heat loss takes in a period, kWh on the lower heating value.

    Args:
        heat_loss: mean, kW.
        operating_hours: h in which the part is hot.
        heat_source_efficiency: heat delivered over fuel heat on the lower heating value.
    """
    return heat_loss * operating_hours / (heat_source_efficiency * published("all", "released_heat"))


@formula(symbol="E_e", source=SOURCE_OF_HEAT, limits={"heat_source_efficiency": (0.2, 1)})
def electricity_for_heat(heat_loss: Kilowatt, operating_hours: Hour, heat_source_efficiency: Fraction) -> KilowattHour:
    """Electricity that a heat loss takes in a period, kWh; arguments as for :func:`fuel_for_heat`."""
    return heat_loss * operating_hours / heat_source_efficiency


@formula(symbol="r", source=SOURCE_OF_HEAT, name="remaining_fraction", limits={"heat_loss_before": (1e-12, None)})
def remaining_of_loss(heat_loss_before: Kilowatt, heat_loss_after: Kilowatt) -> Fraction:
    """Share of a heat loss, and of the energy behind it, that is left after the measure."""
    return heat_loss_after / heat_loss_before


def energy_for(carrier: Carrier, heat: Quantity, common: Given) -> Quantity:
    """Energy of the heat source for a heat loss, in kWh of its carrier."""
    law = fuel_for_heat if carrier == "natural_gas" else electricity_for_heat
    return law(heat, number(common, "operating_hours"), number(common, "heat_source_efficiency"))


def change_of_loss(
    carrier: Carrier, technology: str, before: Quantity, after: Quantity, common: Given, findings: list[Finding]
) -> Change:
    """The change when a heat loss falls and everything else stays.

    Args:
        carrier: of the heat source.
        technology: first part of the findings' names.
        before: heat loss, kW.
        after: heat loss, kW.
        common: ``operating_hours`` and ``heat_source_efficiency``.
        findings: of the technology.
    """
    remaining = remaining_of_loss(before, after)
    return Change(
        remaining,
        carrier,
        energy_for(carrier, before, common).renamed("energy_before_model", "E_m0"),
        energy_for(carrier, after, common).renamed("energy_after_model", "E_m1"),
        (*findings, *uses_more(technology, remaining)),
    )


def whole_loss() -> Ceiling:
    """The most that insulation can save: the present heat loss itself."""
    source = cite("first-law", "insulation stops at most the heat that is lost now")
    with about(""):
        all_of_it = constant("s_max", 1.0, "1", source, name="largest_saving")
    return Ceiling(
        all_of_it,
        "Insulation saves at most the heat that the part loses now; of a bare part that is its bare-surface loss.",
        "保溫最多省下該部位目前之散熱量；裸露者即其裸面散熱量。",
        source,
    )


def straight_conductivity(state: Given) -> tuple[Quantity, Quantity]:
    """Conductivity at 0 K and slope of an insulation, from its data sheet at mean temperatures of 50 and 150 °C."""
    low, high = number(state, "conductivity_at_50"), number(state, "conductivity_at_150")
    slope = conductivity_slope(low, _COOL, high, _WARM)
    return conductivity_at_zero(low, _COOL, slope), slope


def film_doubts(technology: str, film: Quantity) -> list[Finding]:
    """A warning where the film coefficient is not what air does (check TP16 of the project's verification notes)."""
    least, most = (float(f(film.value_in("W/(m2*K)"))) for f in (np.min, np.max))
    if least >= LOWEST_FILM and most <= HIGHEST_FILM:
        return []
    shown = f"{least:.1f}" if most <= HIGHEST_FILM else f"{most:.0f}"
    return [
        doubt(
            f"{technology}.film_coefficient",
            "warning",
            f"Heat leaves the surface with {shown} W/(m²·K); outside {LOWEST_FILM:g} to {HIGHEST_FILM:g} check "
            "emissivity, wind and temperatures.",
            f"表面熱傳係數 {shown} W/(m²·K)，超出 {LOWEST_FILM:g} 至 {HIGHEST_FILM:g} 之常見範圍，請檢查放射率、"
            "風速與溫度。",
            cite("energycalc-rules", "TP16: film coefficient of a surface in air outside 5 to 60 W/(m²·K)"),
            film_coefficient=f"{shown} W/(m2*K)",
        )
    ]


def source_parameters(carrier: Carrier) -> tuple[Parameter, ...]:
    """Efficiency of the heat source, and hours."""
    fuel = carrier == "natural_gas"
    return (
        Parameter(
            "heat_source_efficiency", ("common",), "%", "88 %" if fuel else "98 %",
            "鍋爐或加熱設備效率（低位發熱量基準，量測或熱平衡）" if fuel else "電熱設備效率（含配線與控制損失）",
            "of boiler or heater on the lower heating value, measured" if fuel
            else "of the electric heater, with wiring and control losses",
            range=(20, 111 if fuel else 100),
        ),
        Parameter("operating_hours", ("common",), "h", "8,000 h", "該部位處於熱態之時數",
                  "hours of the period in which the part is hot", range=HOURS_OF_A_YEAR),
    )  # fmt: skip


def room_parameters() -> tuple[Parameter, ...]:
    """What surrounds a hot part."""
    return (
        Parameter("ambient_temperature", ("common",), "degC", "30 °C", "該部位周圍空氣溫度，期間平均",
                  "air around the part, mean of the period", range=(-10, 60), default_uncertainty=THERMOCOUPLE),
        Parameter("wind_speed", ("common",), "m/s", "0.5 m/s", "表面風速；室內無風填 0 m/s",
                  "of the air at the surface; 0 m/s in still indoor air", range=(0, 20)),
    )  # fmt: skip


def insulation_parameters(places: tuple[Place, ...] = BOTH) -> tuple[Parameter, ...]:
    """State of the insulation before and after."""
    layer = "（layer 必填）"
    return (
        Parameter("insulation", places, "", "layer", "保溫狀態：none 裸露，layer 有保溫層",
                  "none for a bare part, layer for an insulated one", choices=tuple(NEEDS)),
        Parameter("insulation_thickness", places, "mm", "50 mm", f"保溫層厚度，卡尺量測{layer}",
                  "measured thickness (layer)", True, (1, 1000)),
        Parameter("conductivity_at_50", places, "W/(m*K)", "0.040 W/(m*K)",
                  f"保溫材導熱係數，平均溫度 50 °C（型錄）{layer}；受潮者須加大",
                  "data sheet, mean temperature 50 °C (layer); more where it is wet", True, (0.005, 5)),
        Parameter("conductivity_at_150", places, "W/(m*K)", "0.055 W/(m*K)",
                  f"保溫材導熱係數，平均溫度 150 °C（型錄）{layer}",
                  "data sheet, mean temperature 150 °C (layer)", True, (0.005, 5)),
        Parameter("emissivity", places, "1", "0.9", "外表面放射率：鋁皮約 0.1、塗裝或氧化鋼約 0.9（查表或量測）",
                  "of the surface that is seen: table or measurement", range=(0.02, 1)),
    )  # fmt: skip


with about(""):
    _DATA_SHEET = Source("temperatures of the data sheet that the parameters name")
    _COOL = quantity(323.15, "K", name="absolute_temperature_low", symbol="T_50", basis="published", source=_DATA_SHEET)
    _WARM = quantity(
        423.15, "K", name="absolute_temperature_high", symbol="T_150", basis="published", source=_DATA_SHEET
    )
