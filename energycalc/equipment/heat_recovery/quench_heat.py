"""Heat of a quench bath or of cooling water, put to a use elsewhere instead of a cooling tower.

No more heat is won than the charge brings into the bath, than the heat exchanger passes, and than the use takes in the
same hours. Where the bath was cooled by a tower or chiller, that electricity is saved as well.
"""

from __future__ import annotations

import functools

from energycalc.equipment.description import (
    HOURS_AT_LEVEL,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    levels,
    notes_on_readings,
    number,
    reading,
)
from energycalc.equipment.description.instruments import THERMOCOUPLE
from energycalc.equipment.shared.heat_use import (
    HEAT_USE,
    LEVEL,
    PROFILE,
    Level,
    Match,
    ceiling_of_use,
    change_of_use,
    profile_parameter,
    use_parameters,
)
from energycalc.physics.heat_transfer.heat_exchanger import heat_capacity_rate_by_volume, volumetric_heat_capacity
from energycalc.quantity import cite

TECHNOLOGY = "quench_heat"
SOURCE_HEAT = Parameter(
    "source_heat", ("common",), "kW", "150 kW", "source_heat：工件帶入淬火槽（或冷卻水帶走）之熱量",
    "source_heat, the heat that the charge brings into the bath (or that the cooling water carries away)",
    range=(0, 1e6),
)  # fmt: skip
COLUMNS = (SOURCE_HEAT, HEAT_USE, HOURS_AT_LEVEL)


def change(carrier: str, before: Given, after: Given, common: Given) -> Change:
    """Heat something with a quench bath or cooling water instead of fuel or electricity.

    Args:
        carrier: of the heater that is relieved.
        before: ``effectiveness`` of the exchanger that is there; 0 % without one.
        after: ``effectiveness`` of the new one; if written ``auxiliary_power`` of its pump.
        common: the source (flow, density, specific heat and temperature of the bath or cooling water; if written the
            temperature below which it must not be cooled), the use, the heater that is relieved, the profile.

    Raises:
        OutOfRange: the source is no hotter than the use needs, the bath is cooled too far, an impossible efficiency.
        InputError: a parameter is missing, unknown or of the wrong kind.
    """
    known = PARAMETERS[carrier]
    check(known, before, after, common)
    notes = notes_on_readings(TECHNOLOGY, known, common, after)
    return change_of_use(TECHNOLOGY, carrier, _match(known, common), before, after, common, notes)


def ceiling(carrier: str, before: Given, after: Given, common: Given) -> Ceiling:
    """What an endless counterflow surface would save from the heat that the charge brings."""
    known = PARAMETERS[carrier]
    check(known, before, after, common)
    return ceiling_of_use(TECHNOLOGY, carrier, _match(known, common), before, common)


def _match(known: tuple[Parameter, ...], common: Given) -> Match:
    capacity = volumetric_heat_capacity(number(common, "fluid_density"), number(common, "fluid_specific_heat"))
    rate = heat_capacity_rate_by_volume(number(common, "volume_flow"), capacity)
    found = [
        Level(rate, number(level, "heat_use"), number(level, "hours"), number(level, "source_heat"))
        for level in levels(common[PROFILE], PROFILE, LEVEL, COLUMNS)
    ]
    return Match(
        reading(known, common, "bath_temperature"),
        reading(known, common, "use_inlet_temperature"),
        number(common, "use_temperature"),
        found,
        number(common, "lowest_bath_temperature") if "lowest_bath_temperature" in common else None,
        "the bath would be cooled below the temperature that the process allows",
    )


def _parameters(carrier: str) -> tuple[Parameter, ...]:
    return (
        *use_parameters(carrier),
        Parameter("volume_flow", ("common",), "m3/h", "12 m3/h", "淬火液或冷卻水流量（流量計）",
                  "of quench fluid or cooling water through the exchanger, flow meter", range=(0.01, 1e5)),
        Parameter("fluid_density", ("common",), "kg/m3", "870 kg/m3", "淬火液密度（型錄）",
                  "of the fluid, its data sheet", range=(500, 2000)),
        Parameter("fluid_specific_heat", ("common",), "kJ/(kg*K)", "2.1 kJ/(kg*K)", "淬火液比熱（型錄；水約 4.18）",
                  "of the fluid, its data sheet; water about 4.18", range=(0.5, 5)),
        Parameter("bath_temperature", ("common",), "degC", "65 °C", "進入熱交換器之淬火液溫度（溫度計）",
                  "of the fluid where it enters the exchanger, thermometer", range=(0, 400),
                  default_uncertainty=THERMOCOUPLE),
        Parameter("lowest_bath_temperature", ("common",), "degC", "50 °C", "製程允許之最低回流溫度；未填則不限",
                  "lowest temperature at which the process takes it back; no such limit when left out",
                  optional=True, range=(0, 400)),
        Parameter("cooling_electricity_share", ("common",), "kW/kW", "0.03 kW/kW",
                  "現有冷卻（冷卻塔或冰水機）每移除 1 kW 熱之電力（量測）；回收後可省",
                  "electricity of the present cooling per heat removed, measured; saved where heat is recovered",
                  optional=True, range=(0, 1)),
        profile_parameter(SOURCE_HEAT),
    )  # fmt: skip


PARAMETERS = {carrier: _parameters(carrier) for carrier in ("natural_gas", "electricity")}
EXAMPLE = WorkedExample(
    before={"effectiveness": "0 %"},
    after={"effectiveness": "100 %"},
    common={
        "volume_flow": "22.7125 m3/h",
        "fluid_density": "999.1 kg/m3",
        "fluid_specific_heat": "4.189 kJ/(kg*K)",
        "bath_temperature": "48.8889 °C",
        "use_inlet_temperature": "26.6667 °C",
        "use_temperature": "27 °C",
        "heater_efficiency": "85 %",
        "coincident_use": [{"source_heat": "1,000 kW", "heat_use": "1,000 kW", "hours": "1,000 h"}],
    },
    of="exchanged_heat",
    given="1,989,032 Btu/h",
    tolerance=0.01,
    source=cite("measur-tools-suite", "water cooling loss, unit test: 100 gpm from 80 to 120 °F"),
    because_en="The source gives 1,989,032 Btu/h for 100 gpm of water cooled by 40 °F, because it takes density and "
    "heat capacity at the mean temperature; here those of 15 °C are used.",
    because_zh="來源值 1,989,032 Btu/h（100 gpm、溫差 40 °F），因為其密度與比熱取平均溫度之值，此處取 15 °C 之值。",
)


def _description(carrier: str, key: str, zh: str, en: str) -> TechnologyDescription:
    electric = carrier == "electricity"
    together_zh = "改善前用電含電熱與（若填）現有冷卻，電表須涵蓋兩者。" if electric else ""
    together_en = " Heater and (where stated) present cooling are one machine: its meter covers both."
    together_en = together_en if electric else ""
    return TechnologyDescription(
        key=key,
        label_zh=f"淬火或冷卻水熱回收（取代{zh}）",
        label_en=f"Quench or cooling-water heat recovery (relieves {en})",
        carrier=carrier,
        parameters=PARAMETERS[carrier],
        change=functools.partial(change, carrier),
        ceiling=functools.partial(ceiling, carrier),
        worked_example=EXAMPLE,
        adds=("electricity",) if carrier == "natural_gas" else (),
        limits_zh="回收熱不超過工件帶入熱、熱交換器能力與同時段用熱；不計儲熱。淬火槽溫度視為定值，須符合製程要求。"
        + together_zh,
        limits_en="No more than the charge brings, the exchanger passes and the use takes at the same time; no "
        "storage. The bath temperature is held and must suit the process." + together_en,
        turning_point_zh="有效度提高至淬火液降到製程下限溫度即止（拒絕）；泵電力大於所省時，結果為負。",
        turning_point_en="More effectiveness ends where the bath reaches the lowest temperature of the process "
        "(refused); a pump that takes more than is saved gives a negative result.",
    )


GAS = _description("natural_gas", "quench_heat_recovery", "燃氣加熱", "a gas heater")
ELECTRIC = _description("electricity", "quench_heat_recovery_electric", "電熱", "an electric heater")
DESCRIPTIONS = (GAS, ELECTRIC)
