"""Pumps: head from gauges, hydraulic power, efficiency from measured power, and what a valve throws away."""

from __future__ import annotations

from typing import Annotated

from energycalc.errors import OutOfRange
from energycalc.quantity import Quantity, Source, cite, constant, current_subject, formula
from energycalc.quantity.aliases import Fraction, Hour, Kilowatt, KilowattHour, Metre, Number
from energycalc.quantity.quantity import pure_number

CubicMetrePerHour = Annotated[Quantity, "m3/h"]
KilogramPerCubicMetre = Annotated[Quantity, "kg/m3"]
KilopascalGauge = Annotated[Quantity, "kPa[g]"]
Kilopascal = Annotated[Quantity, "kPa"]
Millimetre = Annotated[Quantity, "mm"]

_BERNOULLI = cite("bernoulli-head", "total head of a pump")
_POWER = cite("crane-tp-410", "pump power: density, gravity, flow and head over efficiency; example 7.34")
_DIFFERENCE = Source("the difference of two gauge pressures is a pressure difference", "definition")

GRAVITY = constant(
    "g", 9.80665, "m/s2", cite("codata-2018", "standard acceleration of gravity, exact"), name="standard_gravity"
)


@formula(
    symbol="P_h",
    source=_POWER,
    limits={"liquid_density": (100, 25000), "liquid_flow": (0, None), "pump_head": (0, None)},
)
def hydraulic_power(
    liquid_density: KilogramPerCubicMetre, liquid_flow: CubicMetrePerHour, pump_head: Metre
) -> Kilowatt:
    """Power that the pump puts into the liquid.

    Args:
        liquid_density: in kg/m3, 998 for water at 20 °C.
        liquid_flow: in m3/h.
        pump_head: total head of the pump in m of the liquid.

    Returns:
        Power in kW: no pump takes less at its shaft. Incompressible liquid.
    """
    return liquid_density * GRAVITY * liquid_flow * pump_head


@formula(symbol="eta_p", source=_POWER, limits={"pump_shaft_power": (1e-6, None)}, name="pump_efficiency")
def pump_efficiency_from_power(hydraulic_power: Kilowatt, pump_shaft_power: Kilowatt) -> Fraction:
    """Efficiency of a pump from what it gives and what it takes; see :func:`measured_pump_efficiency`.

    Args:
        hydraulic_power: in kW.
        pump_shaft_power: in kW.
    """
    return hydraulic_power / pump_shaft_power


def measured_pump_efficiency(hydraulic: Quantity, shaft_power: Quantity) -> Quantity:
    """Efficiency of a pump from measurements, refused above 1.

    Args:
        hydraulic: power in the liquid.
        shaft_power: power at the pump shaft.

    Raises:
        OutOfRange: more power in the liquid than at the shaft (check TP14 of the project's verification notes).
    """
    efficiency = pump_efficiency_from_power(hydraulic, shaft_power)
    if float(efficiency.value_in("1")) > 1:
        raise OutOfRange(
            "the pump efficiency is above 100 %: the liquid gets more power than the shaft gives",
            subject=current_subject(),
            value=f"{hydraulic.value_in('kW'):,.4g} kW in the liquid, "
            f"{shaft_power.value_in('kW'):,.4g} kW at the shaft",
            limit="100 % (conservation of energy)",
            next_step="Check flow, head, density and power; all must be of the same moment",
        )
    return efficiency


@formula(symbol="P_p", source=_POWER, limits={"pump_efficiency": (0.01, 1)})
def pump_shaft_power(hydraulic_power: Kilowatt, pump_efficiency: Fraction) -> Kilowatt:
    """Power a pump takes at its shaft.

    Args:
        hydraulic_power: in kW.
        pump_efficiency: at this flow.
    """
    return hydraulic_power / pump_efficiency


@formula(
    symbol="P_p",
    source=_POWER,
    limits={"input_power": (0, None), "motor_efficiency": (0.01, 1), "transmission_efficiency": (0.01, 1)},
    name="pump_shaft_power",
)
def driven_shaft_power(
    input_power: Kilowatt, motor_efficiency: Fraction, transmission_efficiency: Fraction
) -> Kilowatt:
    """Power that reaches the driven machine from a measured electrical input.

    Args:
        input_power: electrical, in kW.
        motor_efficiency: at this load.
        transmission_efficiency: of belt, gear or frequency converter together; 1 for a direct drive.
    """
    return input_power * motor_efficiency * transmission_efficiency


@formula(
    symbol="E_p",
    source=_POWER,
    limits={"motor_efficiency": (0.01, 1), "transmission_efficiency": (0.01, 1), "operating_hours": (0, None)},
)
def pump_energy(
    pump_shaft_power: Kilowatt, motor_efficiency: Fraction, transmission_efficiency: Fraction, operating_hours: Hour
) -> KilowattHour:
    """Electrical energy of a pump or fan at constant load.

    Args:
        pump_shaft_power: power at the shaft of the driven machine in kW.
        motor_efficiency: at this load.
        transmission_efficiency: of belt, gear or frequency converter together; 1 for a direct drive.
        operating_hours: at this load.
    """
    return pump_shaft_power / (motor_efficiency * transmission_efficiency) * operating_hours


# --- head from gauges -----------------------------------------------------------------------------


@formula(symbol="h_p", source=_BERNOULLI, limits={"liquid_density": (100, 25000)})
def pressure_head(pressure_rise: Kilopascal, liquid_density: KilogramPerCubicMetre) -> Metre:
    """Height of liquid that a pressure difference stands for.

    Args:
        pressure_rise: discharge less suction pressure in kPa.
        liquid_density: in kg/m3.
    """
    return pressure_rise / (liquid_density * GRAVITY)


@formula(symbol="dp_g", source=_BERNOULLI)
def gauge_pressure_rise(discharge_gauge: KilopascalGauge, suction_gauge: KilopascalGauge) -> Kilopascal:
    """Discharge less suction gauge pressure.

    Args:
        discharge_gauge: in kPa(g).
        suction_gauge: in kPa(g); the gas pressure of a suction tank.
    """
    return discharge_gauge - suction_gauge


@formula(symbol="h_z", source=_BERNOULLI)
def elevation_head(discharge_height: Metre, suction_height: Metre) -> Metre:
    """Height of the discharge gauge over the suction gauge, or over the liquid surface of a suction tank.

    Args:
        discharge_height: of the discharge gauge over any common level, in m.
        suction_height: of the suction gauge, or of the surface in the suction tank, over the same level, in m.
    """
    return discharge_height - suction_height


@formula(symbol="h_v", source=_BERNOULLI, limits={"liquid_flow": (0, None), "pipe_diameter": (1, 10000)})
def velocity_head(liquid_flow: CubicMetrePerHour, pipe_diameter: Millimetre) -> Metre:
    """Velocity head in a full round pipe.

    Args:
        liquid_flow: in m3/h.
        pipe_diameter: inside, in mm.
    """
    area = pure_number(3.141592653589793) / 4 * pipe_diameter**2
    return (liquid_flow / area) ** 2 / (2 * GRAVITY)


@formula(symbol="h_f", source=_BERNOULLI, limits={"loss_coefficient": (0, None)})
def friction_head(loss_coefficient: Number, velocity_head: Metre) -> Metre:
    """Head lost in fittings and pipe between gauge and pump.

    Args:
        loss_coefficient: sum of the K values.
        velocity_head: in the same pipe, in m.
    """
    return loss_coefficient * velocity_head


@formula(symbol="H", source=_BERNOULLI)
def pump_head(
    pressure_head: Metre,
    elevation_head: Metre,
    velocity_head_rise: Metre,
    suction_friction: Metre,
    discharge_friction: Metre,
) -> Metre:
    """Total head of a pump.

    Args:
        pressure_head: from the gauges, in m.
        elevation_head: between the gauges, in m.
        velocity_head_rise: discharge less suction; the discharge alone with a suction tank, in m.
        suction_friction: loss between suction gauge (tank) and pump, in m.
        discharge_friction: loss between pump and discharge gauge, in m.
    """
    return pressure_head + elevation_head + velocity_head_rise + suction_friction + discharge_friction


# --- what a valve takes ---------------------------------------------------------------------------


@formula(symbol="dp_v", source=_BERNOULLI)
def valve_pressure_drop(
    upstream_gauge: KilopascalGauge,
    downstream_gauge: KilopascalGauge,
    upstream_height: Metre,
    downstream_height: Metre,
    liquid_density: KilogramPerCubicMetre,
) -> Kilopascal:
    """Pressure lost in a valve between two gauges in pipes of one diameter; see :func:`measured_valve_drop`.

    Args:
        upstream_gauge: before the valve, in kPa(g).
        downstream_gauge: after the valve, in kPa(g).
        upstream_height: of the gauge over the valve, in m.
        downstream_height: of the gauge over the valve, in m.
        liquid_density: in kg/m3.
    """
    static = liquid_density * GRAVITY * (upstream_height - downstream_height)
    return upstream_gauge - downstream_gauge + static


def measured_valve_drop(*readings: Quantity) -> Quantity:
    """Pressure lost in a valve, refused where the readings say that it adds energy.

    Args:
        readings: as :func:`valve_pressure_drop` takes them.

    Raises:
        OutOfRange: a pressure behind the valve above that before it.
    """
    drop = valve_pressure_drop(*readings)
    if float(drop.value_in("kPa")) < 0:
        raise OutOfRange(
            "the pressure rises across the valve: no valve adds energy",
            subject=current_subject(),
            value=f"{drop.value_in('kPa'):.4g} kPa",
            limit="a pressure drop of 0 or more (conservation of energy)",
            next_step="Check which gauge is upstream, and the heights of both",
        )
    return drop


@formula(symbol="P_v", source=_POWER, limits={"liquid_flow": (0, None), "valve_pressure_drop": (0, None)})
def valve_power(liquid_flow: CubicMetrePerHour, valve_pressure_drop: Kilopascal) -> Kilowatt:
    """Hydraulic power that a valve turns into heat.

    Args:
        liquid_flow: through the valve in m3/h.
        valve_pressure_drop: in kPa.
    """
    return liquid_flow * valve_pressure_drop
