"""Cooling towers: fan control over a profile of duty, and the water that evaporation, blow-down and drift take."""

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
    word,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.finding import Finding
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.refrigeration import cooling_tower as tower
from energycalc.physics.refrigeration import tower_water as water
from energycalc.physics.refrigeration.cooling_energy import (
    largest_cooling_saving,
    water_heat_flow,
)
from energycalc.physics.steam.water_steam import water_density, water_specific_heat
from energycalc.quantity import Quantity, cite, constant, total

_LABEL = "工況 duty"
_WHOLE = cite("energy-balance", "sum over the levels of duty")
_DIRECT = cite("energy-balance", "a fan without drive takes its rated input while it runs and nothing while it stands")
FULL, STANDING = (constant(f"x_{i}", i, "1", _DIRECT, name="fan_power_fraction") for i in (1, 0))
HALF = tower.fan_power_fraction(constant("x_half", 0.5, "1", _DIRECT, name="air_flow_fraction"))


def change(before: Given, after: Given, common: Given) -> Change:
    """Control a tower's fan in another way, hold other cycles of concentration, or fit drift eliminators.

    Args:
        before: ``fan_control``, ``cycles_of_concentration``, ``drift_fraction``.
        after: the same.
        common: ``rated_fan_power``, ``water_flow``, ``latent_share`` and ``profile``: water entering and leaving the
            tower, wet bulb, hours.

    Returns:
        The remaining fraction of the fan's energy with both energies of the model; the water saved stands beside it.

    Raises:
        InputError: a parameter is missing or unknown.
        OutOfRange: water at or below the wet bulb, a duty beyond the tower, or cycles that the drift does not allow.
    """
    check(PARAMETERS, before, after, common)
    energies: list[list[Quantity]] = [[], []]
    waters: list[list[Quantity]] = [[], []]
    for index, level in enumerate(_profile(common), start=1):
        with part(f"{_LABEL} {index}"):
            air, evaporation, density_flow = _duty(level, common)
            hours = number(level, "hours")
            for i, (side, label) in enumerate(((before, BEFORE), (after, AFTER))):
                with part(label):
                    energies[i].append(electrical_energy(_fan(side, common, air), hours))
                    waters[i].append(water.water_of_period(_make_up(side, evaporation, density_flow), hours))
    energy_before, energy_after = (total(terms) for terms in energies)
    energy_before = energy_before.renamed("energy_before_model", "E_m0", _WHOLE)
    energy_after = energy_after.renamed("energy_after_model", "E_m1", _WHOLE)
    used = [total(terms) for terms in waters]
    made_before = used[0].renamed("make_up_water_before", "V_w0", _WHOLE)
    made_after = used[1].renamed("make_up_water_after", "V_w1", _WHOLE)
    saved = (made_before - made_after).renamed("make_up_water_saved", "ΔV_w", _WHOLE)
    remaining = remaining_energy(energy_before, energy_after)
    notes = notes_on_readings("cooling_tower", PARAMETERS, common)
    findings = (*notes, *_drift(before, after), *uses_more("cooling_tower", remaining))
    return Change(remaining, "electricity", energy_before, energy_after, findings, beside=(saved,))


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that a fan control can save: the cube law at each duty, without loss of a drive.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    found = change(before, after, common)
    assert found.energy_before_model is not None
    rated = reading(PARAMETERS, common, "rated_fan_power")
    least = [
        electrical_energy(tower.least_fan_power(rated, _duty(level, common)[0]), number(level, "hours"))
        for level in _profile(common)
    ]
    return Ceiling(
        largest_cooling_saving(found.energy_before_model, total(least)),
        "The same fan moves the same air with no less than the cube of the flow, without any loss of a drive.",
        "同一風扇送相同風量，耗電不低於風量之三次方（不計變頻器損失）。",
        cite("doe-motor-guide", "affinity laws"),
    )


def _profile(common: Given) -> list[Given]:
    return levels(common["profile"], "profile", _LABEL, _LEVEL)


def _duty(level: Given, common: Given) -> tuple[Quantity, Quantity, Quantity]:
    """Air flow that the duty needs, evaporation, and the water flow: what no control changes."""
    hot, cold = number(level, "hot_water_temperature"), number(level, "tower_water_temperature")
    wet_bulb, flow = number(level, "wet_bulb"), number(common, "water_flow")
    fall = tower.tower_range(hot, cold)
    air = tower.tower_air_flow(tower.tower_duty(fall, tower.tower_approach(cold, wet_bulb), wet_bulb))
    density = water_density(hot)
    heat = water_heat_flow(flow, density, water_specific_heat(hot), fall).renamed("heat_rejected", "Q_T")
    evaporation = water.tower_evaporation(
        heat, number(common, "latent_share"), water.water_evaporation_heat(cold), density
    )
    return air, evaporation, flow


def _fan(side: Given, common: Given, air: Quantity) -> Quantity:
    rated, control = reading(PARAMETERS, common, "rated_fan_power"), word(side, "fan_control")
    if control == "one_speed":
        return tower.one_speed_fan_power(rated, air, FULL, STANDING)
    if control == "two_speed":
        return tower.two_speed_fan_power(rated, air, FULL, HALF, STANDING)
    return tower.variable_speed_fan_power(rated, tower.fan_power_fraction(air))


def _make_up(side: Given, evaporation: Quantity, flow: Quantity) -> Quantity:
    drift = water.tower_drift(flow, number(side, "drift_fraction"))
    outflow = water.concentrated_outflow(evaporation, number(side, "cycles_of_concentration"))
    return water.tower_make_up(evaporation, water.tower_blow_down(outflow, drift), drift)


def _drift(before: Given, after: Given) -> list[Finding]:
    cycles, drift = (
        [float(number(side, key).value_in("1")) for side in (before, after)]
        for key in ("cycles_of_concentration", "drift_fraction")
    )
    if cycles[0] != cycles[1] or drift[1] >= drift[0]:
        return []
    return [
        doubt(
            "cooling_tower.drift_at_constant_cycles",
            "note",
            "Less drift at the same cycles of concentration saves no water: the blow-down carries out the solids that "
            "the drift no longer does.",
            "濃縮倍數不變時，減少飛散不省水：飛散少帶走的鹽類須由排放帶走。",
            cite("tower-water-balance", "drift carries solids too"),
        )
    ]


_LEVEL = (
    Parameter("hot_water_temperature", ("common",), "degC", "35 °C", "入塔水溫", "water entering the tower",
              range=(5, 60)),
    Parameter("tower_water_temperature", ("common",), "degC", "30 °C", "出塔水溫", "water leaving the tower",
              range=(3, 50)),
    Parameter("wet_bulb", ("common",), "degC", "26 °C", "進風濕球溫度", "wet bulb of the air entering",
              range=(-5, 35)),
    HOURS_AT_LEVEL,
)  # fmt: skip
PARAMETERS = (
    Parameter("fan_control", BOTH, "", "one_speed", "風扇控制：單速啟停、雙速、變頻",
              "how the fan is controlled: on/off, two speeds, variable speed",
              choices=("one_speed", "two_speed", "variable_speed")),
    Parameter("cycles_of_concentration", BOTH, "1", "4.5", "濃縮倍數：循環水與補給水之導電度比（可為小數）",
              "conductivity of the circulating water over that of the make-up; any number above 1", range=(1.01, 50)),
    Parameter("drift_fraction", BOTH, "%", "0.005 %", "飛散水量／循環水量（擋水板資料）",
              "drift over water flow, from the data of the eliminators", range=(0, 1)),
    Parameter("rated_fan_power", ("common",), "kW", "22 kW", "風扇全速（市電直接驅動）輸入功率，功率計量測",
              "fan input at full speed on the mains, from a power logger", range=(0.1, 2000),
              default_uncertainty=POWER_LOGGER),
    Parameter("water_flow", ("common",), "m3/h", "400 m3/h", "循環水量", "water flow over the tower",
              range=(1, 50000)),
    Parameter("latent_share", ("common",), "%", "85 %",
              "散熱量中由蒸發帶走之比例（MEASUR 預設 0.85；乾熱氣候較高）",
              "share of the heat that evaporation carries (MEASUR assumes 0.85; more in hot, dry air)",
              range=(30, 120)),
    Parameter("profile", ("common",), "",
              "[{hot_water_temperature: 35 °C, tower_water_temperature: 30 °C, wet_bulb: 26 °C, hours: 2,000 h}]",
              "工況分級：入塔與出塔水溫、濕球溫度、時數",
              "duty sorted into levels: water entering and leaving, wet bulb, hours"),
)  # fmt: skip

DESCRIPTION = TechnologyDescription(
    key="cooling_tower",
    label_zh="冷卻水塔風扇控制與補水",
    label_en="Cooling tower fan control and make-up water",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"fan_control": "one_speed", "cycles_of_concentration": "3", "drift_fraction": "0.002 %"},
        after={"fan_control": "variable_speed", "cycles_of_concentration": "3", "drift_fraction": "0.002 %"},
        common={
            "rated_fan_power": "44.3959 kW",
            "water_flow": "400 m3/h",
            "latent_share": "85 %",
            "profile": [
                {
                    "hot_water_temperature": "31.10214 °C",
                    "tower_water_temperature": "27.58306 °C",
                    "wet_bulb": "24.44444 °C",
                    "hours": "1 h",
                }
            ],
        },
        of="energy_after",
        given="33.413 kWh",
        tolerance=0.0005,
        source=cite("measur-tools-suite", "unit test of cooling tower fan energy, one speed to variable speed"),
        because_en="the source gives 33.413 kWh for the variable-speed fan, because it uses the same fit of air flow "
        "and fan power; for one speed it charges the drive's loss too (41.14 kWh), which we do not (39.94 kWh).",
        because_zh="來源值變頻 33.413 kWh，因為採相同之風量與風扇功率擬合；來源於單速亦計變頻器損失（41.14 kWh），"
        "本程式不計（39.94 kWh）。",
    ),
    limits_zh="擬合式為典型水塔於設計水量（DOE-2）；風扇靜止時自然通風約 5 % 能力；濃縮倍數以導電度控制排放。",
    limits_en="The fit is that of a typical tower at its design water flow (DOE-2); a fan at rest leaves about 5 % of "
    "the capability; blow-down is controlled by conductivity.",
    turning_point_zh="變頻風扇接近滿風量時因變頻器損失 3 % 反而多用電；濃縮倍數愈高每加一倍省水愈少。",
    turning_point_en="Near full air flow a drive costs 3 % in place of saving; each further cycle of concentration "
    "saves less water.",
)
DESCRIPTIONS = (DESCRIPTION,)
