"""Capacitors: less current and heat in the conductors between meter and capacitor; the tariff stands apart."""

from __future__ import annotations

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    HOURS_AT_LEVEL,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    doubt,
    levels,
    notes_on_readings,
    number,
    part,
    reading,
    uses_more,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.finding import Finding
from energycalc.physics.electricity import power_factor as law
from energycalc.physics.electricity.power import electrical_energy
from energycalc.quantity import Quantity, cite, total

_BALANCE = cite("energy-balance", "sum over the levels of load")
_LOSS = cite("power-factor-loss-page", "100 - 100 (original / new power factor)^2")
_LABEL = "負載 load"
LEADING = 0.0
NOTABLE = 0.02


def _loss(level: Given, capacitor: Quantity | None, common: Given, when: str = "before") -> tuple[Quantity, Quantity]:
    """Heat upstream of the capacitor at a level (of a purely active load without one), and the kvar left there."""
    active, factor = reading(_LEVEL, level, "active_power"), number(level, "power_factor")
    reactive = law.reactive_at_power_factor(active, factor)
    voltage, resistance = number(common, "line_voltage"), number(common, "supply_resistance")
    whole = law.apparent_power(active, reactive)
    without = law.supply_loss(whole, voltage, resistance)
    left = reactive - reactive if capacitor is None else law.reactive_behind_capacitor(reactive, capacitor)
    factor_upstream = law.power_factor_of(active, law.apparent_power(active, left))
    reduction = law.loss_reduction(factor, factor_upstream).renamed(f"loss_reduction_{when}", "x_R", _LOSS)
    return law.loss_left(without, reduction), left


def change(before: Given, after: Given, common: Given) -> Change:
    """Connect (more) capacitors.

    Args:
        before: ``capacitor_power``.
        after: ``capacitor_power``.
        common: ``load_profile`` (list of ``active_power``, ``power_factor`` and ``hours``), ``line_voltage``,
            ``supply_resistance``, ``capacitor_loss``, and ``tariff_saving`` where the bill falls.

    Returns:
        The remaining fraction of the energy through the meter (load, conductors, capacitors); money beside it.
    """
    check(PARAMETERS, before, after, common)
    profile = levels(common["load_profile"], "load_profile", _LABEL, _LEVEL)
    findings: list[Finding] = notes_on_readings("power_factor", _LEVEL, profile[0])  # one logger, one note
    energies: list[list[Quantity]] = [[], []]
    for index, level in enumerate(profile, start=1):
        hours = number(level, "hours")
        with part(f"{_LABEL} {index}"):
            for place, (side, label) in enumerate(((before, BEFORE), (after, AFTER))):
                with part(label):
                    capacitor = number(side, "capacitor_power")
                    loss, left = _loss(level, capacitor, common, ("before", "after")[place])
                    own = law.capacitor_heat(capacitor, number(common, "capacitor_loss"))
                    power = law.metered_power(reading(_LEVEL, level, "active_power"), loss, own)
                    energies[place].append(electrical_energy(power, hours))
                    if label == AFTER and left.value < -1e-9:
                        findings.append(_leading(left))
    energy_before = total(energies[0]).renamed("energy_before_model", "E_m0", _BALANCE)
    energy_after = total(energies[1]).renamed("energy_after_model", "E_m1", _BALANCE)
    remaining = (energy_after / energy_before).renamed("remaining_fraction", "r", _BALANCE)
    if 1 - remaining.value > NOTABLE:
        findings.append(_too_much(1 - float(remaining.value)))
    findings += uses_more("power_factor", remaining)
    beside = (number(common, "tariff_saving"),) if "tariff_saving" in common else ()
    return Change(remaining, "electricity", energy_before, energy_after, tuple(findings), {}, beside)


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that capacitors can save: the heat that reactive current makes upstream of them.

    Args:
        before: capacitors in place.
        after: not used.
        common: load profile and conductors.
    """
    useless, metered = [], []
    for level in levels(common["load_profile"], "load_profile", _LABEL, _LEVEL):
        capacitor, hours = number(before, "capacitor_power"), number(level, "hours")
        loss, _ = _loss(level, capacitor, common)
        least, _ = _loss(level, None, common)
        own = law.capacitor_heat(capacitor, number(common, "capacitor_loss"))
        metered.append(electrical_energy(law.metered_power(reading(_LEVEL, level, "active_power"), loss, own), hours))
        useless.append(electrical_energy(loss - least + own, hours))
    share = (total(useless) / total(metered)).renamed("largest_saving", "s_max", _CEILING)
    return Ceiling(
        share,
        "Capacitors take away reactive current only: at most its heat in the conductors upstream of them (and their "
        "own).",
        "電容器只減少無效電流：最多省下其在上游導體所生之熱（及電容器本身損失）。",
        _CEILING,
    )


_CEILING = cite("power-triangle", "loss at the power factor before less loss at power factor 1")


def _leading(left: Quantity) -> Finding:
    return doubt(
        "power_factor.leading",
        "warning",
        f"At this load the capacitors are {-left.value:,.0f} kvar too large: the supply leads, and beyond power "
        "factor 1 the current rises again. Switch them in steps.",
        f"此負載下電容器多出 {-left.value:,.0f} kvar（超前）；功率因數過 1 後電流又上升，應分段投切。",
        cite("power-triangle", "the current is least at power factor 1"),
        reactive_power=f"{left.value:,.1f} kvar",
    )


def _too_much(saved: float) -> Finding:
    return doubt(
        "power_factor.saving_too_large",
        "warning",
        f"A saving of {100 * saved:.1f} % of the energy by capacitors is unusual: check the resistance of the supply.",
        f"改善功率因數節電 {100 * saved:.1f} % 並不尋常，請確認上游導體電阻。",
        cite("energycalc-rules", "TP17: more than 2 % of the energy by capacitors"),
        saving_rate=f"{100 * saved:.2f} %",
    )


_LEVEL = (
    Parameter("active_power", ("common",), "kW", "400 kW", "該級有效功率", "active power at this level",
              range=(0.1, 1e5), default_uncertainty=POWER_LOGGER),
    Parameter("power_factor", ("common",), "1", "0.80", "該級負載功率因數（滯後，電容器不計）",
              "of the load at this level, lagging, capacitors not counted", range=(0.05, 1)),
    HOURS_AT_LEVEL,
)  # fmt: skip
PARAMETERS = (
    Parameter("capacitor_power", BOTH, "kvar", "150 kvar", "運轉中之電容器容量", "capacitors in service",
              range=(0, 1e5)),
    Parameter("load_profile", ("common",), "", "[{active_power: 400 kW, power_factor: 0.80, hours: 4,000 h}]",
              "負載分級（電力計紀錄）：有效功率、負載功率因數、時數",
              "logger record sorted into levels: active power, power factor of the load, hours"),
    Parameter("line_voltage", ("common",), "V", "380 V", "電容器處線電壓", "line to line at the capacitor",
              range=(100, 40000)),
    Parameter("supply_resistance", ("common",), "ohm", "0.004 ohm",
              "電表與電容器之間每相電阻（電纜加變壓器，換算至該電壓）；電容器裝在電表處則為 0",
              "per phase between meter and capacitor, cable and transformer at that voltage; 0 when the capacitor is "
              "at the meter", range=(0, 100)),
    Parameter("capacitor_loss", ("common",), "W/kvar", "0.5 W/kvar", "電容器損失（型錄）",
              "of the capacitors, data sheet", range=(0, 20)),
    Parameter("tariff_saving", ("common",), "TWD", "120,000 元", "期間電費因功率因數調整之減少（選填，與節電分列）",
              "what the bill falls by for the better power factor, stated apart from energy", True, (0, None)),
)  # fmt: skip

POWER_FACTOR = TechnologyDescription(
    "power_factor_correction",
    "功率因數改善（電容器）",
    "Power-factor correction (capacitors)",
    "electricity",
    PARAMETERS,
    change,
    ceiling,
    WorkedExample(
        before={"capacitor_power": "0 kvar"},
        after={"capacitor_power": "59.9223 kvar"},
        common={
            "load_profile": [{"active_power": "100 kW", "power_factor": "0.78", "hours": "1,000 h"}],
            "line_voltage": "380 V",
            "supply_resistance": "0.004 ohm",
            "capacitor_loss": "0 W/kvar",
        },
        of="loss_reduction_after",
        given="36.65 %",
        tolerance=0.0005,
        source=cite("power-factor-loss-page", "0.78 to 0.98"),
        because_en="The source gives 36.65 % less loss, because the current falls in proportion to the power factor, "
        "0.78 to 0.98, and the heat with its square. Load, voltage and resistance are ours; the capacitor is the one "
        "for 0.98.",
        because_zh="來源值線路損失減少 36.65 %：功率因數由 0.78 至 0.98，電流反比下降、損失隨平方下降；"
        "負載、電壓、電阻為自設，電容量取達 0.98 者。",
    ),
    limits_zh="正弦、三相平衡；只計電表與電容器之間導體；諧波、共振與電壓上升未計；電費另列。",
    limits_en="Sinusoidal and balanced; only the conductors between meter and capacitor; harmonics, resonance and "
    "the rise of voltage are not covered; the tariff stands apart.",
    turning_point_zh="功率因數過 1（超前）後電流再度上升，節電量減少，甚至比改善前更耗電。",
    turning_point_en="Beyond power factor 1 (leading) the current rises again: more capacitors save less, then cost.",
)
DESCRIPTIONS = (POWER_FACTOR,)
