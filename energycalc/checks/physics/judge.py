"""The checks of physics, one after another: which one applies, what it needs, what it finds, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from energycalc.checks.physics import combustion, compressed_air, conversion, cooling, electrical, flow, heat, motors
from energycalc.checks.physics.facts import Facts, known_facts
from energycalc.finding import Finding


@dataclass(frozen=True)
class PhysicsCheck:
    """One check.

    Attributes:
        id: as in the catalogue.
        families: kinds of technology it looks at; none for all.
        needs: facts without which it says nothing; ``a|b`` is one of the two.
        judge: the check.
    """

    id: str
    families: tuple[str, ...]
    needs: tuple[str, ...]
    judge: Callable[[Facts], list[Finding]]

    def applies(self, facts: Facts) -> bool:
        """Whether the technology is one that this check looks at."""
        return not self.families or facts.is_a(*self.families)

    def missing(self, facts: Facts) -> tuple[str, ...]:
        """Which of its facts are not stated."""
        return tuple(need for need in self.needs if not any(facts.knows(name) for name in need.split("|")))


_FLOW = ("fan", "pump", "speed_control")
_DRIVEN = ("motor", "fan", "pump", "compressor", "speed_control")

CHECKS = (
    PhysicsCheck("TP01", (), ("motor_efficiency",), motors.efficiency_of_motor),
    PhysicsCheck("TP02", ("motor",), ("saving_rate", "motor_efficiency|ie_class"), motors.saving_of_motor),
    PhysicsCheck("TP03", (), ("boiler_efficiency",), combustion.efficiency_of_heater),
    PhysicsCheck(
        "TP04", ("burner", "boiler", "furnace"), ("saving_rate", "oxygen", "flue_gas_temperature"),
        combustion.saving_of_trim,
    ),
    PhysicsCheck("TP05", ("air_preheat",), ("flue_gas_temperature",), combustion.saving_of_preheat),
    PhysicsCheck("TP06", ("melting", "arc_furnace"), ("melting_energy", "metal"), heat.energy_of_melt),
    PhysicsCheck("TP07", ("compressor",), ("specific_power", "discharge_pressure"), compressed_air.specific_power),
    PhysicsCheck("TP08", ("pressure_reduction",), ("saving_rate", "discharge_pressure"), compressed_air.saving_of_pressure),
    PhysicsCheck("TP09", ("leak",), ("leak_diameter", "saving_energy|leak_flow"), compressed_air.size_of_leak),
    PhysicsCheck(
        "TP10", ("compressor_heat",), ("recoverable_fraction|recovered_heat",), compressed_air.heat_of_compressor
    ),
    PhysicsCheck(
        "TP11", ("chiller",), ("cop|cooling_specific_power", "chilled_water_temperature", "cooling_temperature"),
        cooling.cop_of_chiller,
    ),
    PhysicsCheck(
        "TP12", ("heat_pump",), ("cop", "heat_source_temperature", "heat_sink_temperature"), cooling.cop_of_heat_pump
    ),
    PhysicsCheck("TP13", (), ("cooling_load", "heat_rejection", "chiller_power"), cooling.heat_balance_of_chiller),
    PhysicsCheck("TP14", (), ("pump_efficiency|fan_efficiency|head|pressure_rise",), flow.work_in_fluid),
    PhysicsCheck("TP15", (), ("effectiveness|hot_outlet_temperature|cold_outlet_temperature|cold_inlet_temperature",), heat.heat_exchanger),
    PhysicsCheck("TP16", ("insulation",), ("surface_temperature|heat_loss",), heat.insulation),
    PhysicsCheck("TP17", (), ("power_factor|saving_rate",), electrical.power_factor),
    PhysicsCheck("TP18", ("voltage",), ("saving_rate", "voltage"), electrical.voltage),
    PhysicsCheck("TP19", ("lighting",), ("luminous_efficacy|lamp_flux",), electrical.lamps),
    PhysicsCheck("TP20", ("transformer",), ("transformer_efficiency|no_load_loss",), electrical.transformer),
    PhysicsCheck("TP21", (), ("steam_pressure", "evaporation_ratio|flash_share|blowdown_rate"), heat.steam),
    PhysicsCheck("TP22", ("pv",), ("peak_power", "saving_energy"), electrical.photovoltaics),
    PhysicsCheck(
        "TP23", (), ("efficiency|transmission_efficiency|drive_efficiency|cop|useful_heat",), conversion.first_law
    ),
    PhysicsCheck("TL03", _DRIVEN, ("power", "rated_power"), motors.load_of_motor),
    PhysicsCheck("TL05", _DRIVEN, ("energy", "hours", "power|rated_power"), motors.shaft_as_electric),
    PhysicsCheck("TL06", _FLOW, ("saving_rate", "speed_ratio|flow_ratio"), flow.cube_of_speed),
    PhysicsCheck("TL07", _FLOW, ("speed_ratio|flow_ratio", "speed_is"), flow.mean_speed),
    PhysicsCheck("TL08", ("speed_control",), ("drive_efficiency|speed_ratio",), flow.loss_of_drive),
    PhysicsCheck("TL09", ("compressor",), ("unloaded_power", "full_load_power"), compressed_air.unloaded_power),
    PhysicsCheck("TL12", (), ("power_variation",), conversion.constant_load),
)  # fmt: skip
"""In the order of their ids."""


GENERAL = frozenset({"saving_rate", "saving_energy", "energy", "hours", "power"})
"""What almost every page prints; a check is asked for only where something of its own is stated."""


def physics_findings(facts: Facts, judged_elsewhere: Collection[str] = ()) -> list[Finding]:
    """What contradicts physics.

    Args:
        facts: of a claim or a measure.
        judged_elsewhere: ids that another room has already judged on the same numbers.

    Returns:
        The findings, none twice.
    """
    return [
        finding
        for check in CHECKS
        if check.id not in judged_elsewhere and check.applies(facts) and not check.missing(facts)
        for finding in check.judge(facts)
    ]


def not_judged(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Checks that look at this kind of technology and could not speak, with the facts that are missing.

    Args:
        facts: of a claim or a measure.

    Returns:
        Names of facts by check id; only checks of a kind of technology of which something of their own is stated.
    """
    found = {}
    for check in CHECKS:
        missing = check.missing(facts)
        own = {name for need in check.needs if need not in missing for name in need.split("|")}
        if check.families and missing and check.applies(facts) and own - GENERAL:
            found[check.id] = missing
    return found


def title_of(name: str, lang: str = "en") -> str:
    """What people call a fact.

    Args:
        name: as :func:`not_judged` gives it; ``a|b`` is one of several.
        lang: ``en`` or ``zh``.
    """
    other = {"saving_rate": ("saving rate", "節能率"), "saving_energy": ("saving per year", "年節能量"),
             "speed_ratio": ("speed before and after", "前後轉速"), "flow_ratio": ("flow before and after", "前後流量"),
             "energy": ("energy per year", "年用電量"), "evaporation_ratio": ("evaporation ratio", "蒸發倍數")}  # fmt: skip
    known = known_facts()
    words = []
    for part in name.split("|"):
        pair = other.get(part) or (known[part].title_en, known[part].title_zh)
        words.append(pair[0] if lang == "en" else pair[1])
    return (" or " if lang == "en" else "或").join(words)
