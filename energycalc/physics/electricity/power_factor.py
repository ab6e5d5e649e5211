"""The power triangle, capacitors, and the losses of the supply that follow the current."""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, Source, cite, constant, cos, formula, require, sqrt
from energycalc.quantity.aliases import (
    Fraction,
    Kilovar,
    KilovoltAmpere,
    Kilowatt,
    Number,
    Volt,
)

Ohm = Annotated[Quantity, "ohm"]
WattPerKilovar = Annotated[Quantity, "W/kvar"]
_POSITIVE = (0, None)
_FACTOR = (1e-6, 1)

KVAR_PER_KW = constant("1_Q", 1, "kvar/kW", Source("a leg of the power triangle", "definition"), name="kvar_per_kw")
KVA_PER_KW = constant(
    "1_S", 1, "kVA/kW", Source("the long side of the power triangle", "definition"), name="kva_per_kw"
)


@formula(
    symbol="P",
    source=cite("power-triangle", "P = S cos(phi)"),
    limits={"apparent_power": _POSITIVE, "power_factor": _FACTOR},
)
def active_from_apparent_power(apparent_power: KilovoltAmpere, power_factor: Fraction) -> Kilowatt:
    """Active power of an apparent power.

    Args:
        apparent_power: kVA.
        power_factor: 0 to 1.
    """
    return apparent_power * power_factor / KVA_PER_KW


@formula(
    symbol="P",
    source=cite("power-triangle", "P = sqrt(S^2 - Q^2)"),
    limits={"apparent_power": _POSITIVE, "reactive_power": _POSITIVE},
)
def active_beside_reactive_power(apparent_power: KilovoltAmpere, reactive_power: Kilovar) -> Kilowatt:
    """Active power from the other two sides of the triangle.

    Args:
        apparent_power: kVA.
        reactive_power: kvar, at most the apparent power.

    Raises:
        OutOfRange: more kvar than kVA.
    """
    whole, leg = apparent_power / KVA_PER_KW, reactive_power / KVAR_PER_KW
    require(
        whole,
        ">=",
        leg,
        "reactive power cannot exceed apparent power",
        cite("power-triangle", "the long side"),
        "Check which number is which",
    )
    return sqrt(whole**2 - leg**2)


@formula(
    symbol="Q",
    source=cite("power-triangle", "Q = sqrt(S^2 - P^2)"),
    limits={"active_power": _POSITIVE, "apparent_power": _POSITIVE},
)
def reactive_power(active_power: Kilowatt, apparent_power: KilovoltAmpere) -> Kilovar:
    """Reactive power from active and apparent power.

    Args:
        active_power: kW, at most the apparent power.
        apparent_power: kVA.

    Raises:
        OutOfRange: more kW than kVA: a power factor above 1.
    """
    whole = apparent_power / KVA_PER_KW
    require(
        whole,
        ">=",
        active_power,
        "active power cannot exceed apparent power",
        cite("power-triangle", "power factor at most 1"),
        "Check which number is which",
    )
    return sqrt(whole**2 - active_power**2) * KVAR_PER_KW


@formula(
    symbol="Q",
    source=cite("power-triangle", "Q = P tan(phi)"),
    limits={"active_power": _POSITIVE, "power_factor": _FACTOR},
)
def reactive_at_power_factor(active_power: Kilowatt, power_factor: Fraction) -> Kilovar:
    """Reactive power of a load from its power factor.

    Args:
        active_power: kW.
        power_factor: above 0, at most 1.
    """
    return active_power * sqrt(1 - power_factor**2) / power_factor * KVAR_PER_KW


@formula(
    symbol="P",
    source=cite("power-triangle", "P = Q / tan(phi)"),
    limits={"reactive_power": _POSITIVE, "power_factor": (1e-6, 1 - 1e-12)},
)
def active_at_power_factor(reactive_power: Kilovar, power_factor: Fraction) -> Kilowatt:
    """Active power of a load from its reactive power and power factor.

    Args:
        reactive_power: kvar.
        power_factor: above 0, below 1 (at 1 there is no reactive power to start from).
    """
    return reactive_power / KVAR_PER_KW * power_factor / sqrt(1 - power_factor**2)


@formula(
    symbol="cos_phi",
    source=cite("power-triangle", "power factor of the fundamental: cosine of the phase angle"),
    limits={"phase_angle": (0, 1.5707)},
)
def power_factor_of_angle(phase_angle: Number) -> Fraction:
    """Power factor from the angle between voltage and current.

    Args:
        phase_angle: in radians, 0 to below a quarter turn.
    """
    return cos(phase_angle)


@formula(
    symbol="S",
    source=cite("power-triangle", "S = sqrt(P^2 + Q^2)"),
    limits={"active_power": _POSITIVE},
)
def apparent_power(active_power: Kilowatt, reactive_power: Kilovar) -> KilovoltAmpere:
    """Apparent power, the side of the triangle that sets the current.

    Args:
        active_power: kW.
        reactive_power: kvar; negative when leading.
    """
    return sqrt(active_power**2 + (reactive_power / KVAR_PER_KW) ** 2) * KVA_PER_KW


@formula(
    symbol="Q_C",
    source=cite("power-triangle", "capacitor: reactive power before less reactive power wanted"),
)
def capacitor_for(reactive_power: Kilovar, reactive_power_wanted: Kilovar) -> Kilovar:
    """Capacitor that brings the reactive power down to the wanted one.

    Args:
        reactive_power: before, kvar.
        reactive_power_wanted: after, kvar.
    """
    return reactive_power - reactive_power_wanted


@formula(
    symbol="Q_1",
    source=cite("power-triangle", "capacitor against inductive load"),
    limits={"capacitor_power": _POSITIVE},
)
def reactive_behind_capacitor(reactive_power: Kilovar, capacitor_power: Kilovar) -> Kilovar:
    """Reactive power that the supply still carries; negative (leading) when the capacitor is too large.

    Args:
        reactive_power: of the load, kvar.
        capacitor_power: connected, kvar.
    """
    return reactive_power - capacitor_power


@formula(
    symbol="pf",
    source=cite("power-triangle", "active over apparent power"),
    limits={"apparent_power": (1e-9, None)},
)
def power_factor_of(active_power: Kilowatt, apparent_power: KilovoltAmpere) -> Fraction:
    """Power factor of a load.

    Args:
        active_power: kW.
        apparent_power: kVA.
    """
    return active_power * KVA_PER_KW / apparent_power


@formula(
    symbol="P_R",
    source=cite("power-triangle", "three-phase line: 3 I^2 R with I = S/(sqrt(3) V), so S^2 R / V^2"),
    limits={"apparent_power": _POSITIVE, "line_voltage": (1, None), "phase_resistance": _POSITIVE},
)
def supply_loss(apparent_power: KilovoltAmpere, line_voltage: Volt, phase_resistance: Ohm) -> Kilowatt:
    """Heat in the conductors between the meter and the capacitor, all three phases.

    Args:
        apparent_power: that they carry, kVA.
        line_voltage: line to line, V.
        phase_resistance: of one phase of cable and transformer at that voltage level, ohm.
    """
    return (apparent_power / KVA_PER_KW) ** 2 * phase_resistance / line_voltage**2


@formula(
    symbol="x_R",
    source=cite("power-factor-loss-page", "100 - 100 (original / new power factor)^2"),
    limits={"power_factor_before": _FACTOR, "power_factor_after": _FACTOR},
)
def loss_reduction(power_factor_before: Fraction, power_factor_after: Fraction) -> Fraction:
    """Share of the conductor losses upstream of the capacitor that goes away at the same active power.

    Args:
        power_factor_before: of the load.
        power_factor_after: upstream of the capacitor.
    """
    return 1 - (power_factor_before / power_factor_after) ** 2


@formula(
    symbol="P_R1",
    source=cite("power-triangle", "what is left of a loss"),
    limits={"supply_loss": _POSITIVE, "loss_reduction": (None, 1)},
)
def loss_left(supply_loss: Kilowatt, loss_reduction: Fraction) -> Kilowatt:
    """Heat upstream of the capacitor that stays.

    Args:
        supply_loss: of the load without capacitor, kW.
        loss_reduction: share of it that goes away; negative when the supply leads more than it lagged.
    """
    return supply_loss * (1 - loss_reduction)


@formula(
    symbol="P_C",
    source=cite("power-triangle", "a capacitor's own loss by its data sheet"),
    limits={"capacitor_power": _POSITIVE, "capacitor_loss": _POSITIVE},
)
def capacitor_heat(capacitor_power: Kilovar, capacitor_loss: WattPerKilovar) -> Kilowatt:
    """Heat of the capacitors themselves.

    Args:
        capacitor_power: in service, kvar.
        capacitor_loss: W per kvar.
    """
    return capacitor_power * capacitor_loss


@formula(
    symbol="P_M",
    source=cite("energy-balance", "load, conductors and capacitors"),
    limits={"active_power": _POSITIVE},
)
def metered_power(active_power: Kilowatt, loss_left: Kilowatt, capacitor_heat: Kilowatt) -> Kilowatt:
    """Active power through the meter.

    Args:
        active_power: of the load, kW.
        loss_left: in the conductors between meter and capacitor, kW.
        capacitor_heat: of the capacitors, kW.
    """
    return active_power + loss_left + capacitor_heat
