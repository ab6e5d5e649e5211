"""Chilled-water and condenser-water set-points of one chiller, held against the tower fan that colder water costs."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

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
    subject_of,
    uses_more,
    word,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.refrigeration import cooling_tower as tower
from energycalc.physics.refrigeration import second_law
from energycalc.physics.refrigeration.chiller_curves import chiller_kinds, chiller_state
from energycalc.physics.refrigeration.cooling_energy import (
    largest_cooling_saving,
    per_ton,
    plant_power,
    water_temperature_rise,
)
from energycalc.physics.steam.water_steam import water_density, water_specific_heat
from energycalc.quantity import Quantity, cite, constant, total
from energycalc.quantity.trace import depends_on, evaluate

TOWER = ("rated_fan_power", "condenser_water_flow", "fan_control")
_LABEL = "負載 load"
_WHOLE = cite("energy-balance", "sum over the levels of load")
_DIRECT = cite("energy-balance", "a fan without drive takes its rated input while it runs and nothing while it stands")
FULL, STANDING = (constant(f"x_{i}", i, "1", _DIRECT, name="fan_power_fraction") for i in (1, 0))
HALF = tower.fan_power_fraction(constant("x_half", 0.5, "1", _DIRECT, name="air_flow_fraction"))
_STEP = 0.05  # K: grid of the search for the optimum
_COLDEST, _WARMEST = 15.0, 45.0  # °C: condenser water that may be written


@dataclass(frozen=True)
class _Plant:
    """A plant over its profile.

    Attributes:
        terms: energy of each level.
        margins: what must not be negative: capacity less load, input less reversible work, full air less air.
        findings: doubts.
    """

    terms: list[Quantity] = field(default_factory=list)
    margins: list[Quantity] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def change(before: Given, after: Given, common: Given) -> Change:
    """Move the set-points of a chiller for the same loads.

    Args:
        before: ``chilled_water_supply``, ``condenser_entering``, ``auxiliary_power``.
        after: the same.
        common: the chiller (``chiller_kind``, ``rated_capacity``, ``rated_specific_power``), the tower where there is
            one (``rated_fan_power``, ``condenser_water_flow``, ``fan_control``), and ``profile``: cooling load and
            hours, with a tower also the wet bulb.

    Returns:
        The remaining fraction with both energies of the model: chiller, tower fan, stated pumps.

    Raises:
        InputError: a parameter is missing or unknown, a tower is half described, or an air-cooled machine changes its
            outdoor air.
        OutOfRange: a load above capacity or below 10 % of it, water that the tower cannot reach, or less than the
            reversible (Carnot) work; condenser water that is not warmer than the chilled water.
    """
    check(PARAMETERS, before, after, common)
    _consistent(before, after, common)
    now, then = (_plant(side, label, common) for side, label in ((before, BEFORE), (after, AFTER)))
    energy_before = total(now.terms).renamed("energy_before_model", "E_m0", _WHOLE)
    energy_after = total(then.terms).renamed("energy_after_model", "E_m1", _WHOLE)
    remaining = remaining_energy(energy_before, energy_after)
    found = (
        *notes_on_readings("chiller_reset", PARAMETERS, {**before, **common}, after),
        *now.findings,
        *then.findings,
        *_optimum(after, common, energy_after, then.margins),
        *_fan_left_out(before, after, common),
        *_same_work(before, after),
        *uses_more("chiller_reset", remaining),
    )
    return Change(remaining, "electricity", energy_before, energy_after, found)


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that set-points can save: all but the reversible work from the chilled water to the wet bulb.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    found = change(before, after, common)
    assert found.energy_before_model is not None
    cold = max((number(s, "chilled_water_supply") for s in (before, after)), key=lambda t: t.value_in("K"))
    hot = min((number(s, "condenser_entering") for s in (before, after)), key=lambda t: t.value_in("K"))
    least = [
        electrical_energy(
            second_law.least_cooling_power(number(level, "cooling_load"), cold, _sink(level, hot)),
            number(level, "hours"),
        )
        for level in _profile(common)
    ]
    return Ceiling(
        largest_cooling_saving(found.energy_before_model, total(least)),
        "No machine takes less than the reversible (Carnot) work from the chilled water to the wet bulb of the tower's "
        "air (without tower: to the condenser's entering temperature).",
        "任何主機都不能低於冰水溫度與水塔進風濕球溫度（無水塔者為冷凝器入口溫度）間之可逆（卡諾）功。",
        cite("second-law", "least work of cooling"),
    )


def _sink(level: Given, hot: Quantity) -> Quantity:
    return number(level, "wet_bulb") if "wet_bulb" in level else hot


def _profile(common: Given) -> list[Given]:
    columns = (_LOAD, _WET_BULB, HOURS_AT_LEVEL) if _has_tower(common) else (_LOAD, HOURS_AT_LEVEL)
    return levels(common["profile"], "profile", _LABEL, columns)


def _has_tower(common: Given) -> bool:
    return all(key in common for key in TOWER)


def _consistent(before: Given, after: Given, common: Given) -> None:
    written = [key for key in TOWER if key in common]
    if written and len(written) < len(TOWER):
        raise InputError(
            "a tower needs all three, or none",
            subject=subject_of(", ".join(written)),
            limit=", ".join(TOWER),
            next_step="Add what is missing; without a tower the fan is left out",
        )
    if "_air_" not in word(common, "chiller_kind"):
        return
    outdoor = [float(number(side, "condenser_entering").value_in("K")) for side in (before, after)]
    if written or abs(outdoor[0] - outdoor[1]) > 1e-9:
        raise InputError(
            "an air-cooled chiller has no tower, and its set-point does not change the outdoor air",
            subject=subject_of("condenser_entering"),
            value=f"{outdoor[0] - 273.15:.1f} and {outdoor[1] - 273.15:.1f} °C",
            next_step="Give the same outdoor temperature before and after, without tower",
        )


def _plant(side: Given, label: str, common: Given) -> _Plant:
    plant = _Plant()
    cold, hot = number(side, "chilled_water_supply"), number(side, "condenser_entering")
    with part(label):
        second_law.must_lift(cold, hot)
    for index, level in enumerate(_profile(common), start=1):
        with part(f"{_LABEL} {index}"), part(label):
            load = number(level, "cooling_load")
            specific_power = per_ton(number(common, "rated_specific_power"))
            kind, capacity = word(common, "chiller_kind"), number(common, "rated_capacity")
            state = chiller_state(kind, capacity, specific_power, cold, hot, load)
            least = second_law.least_cooling_power(load, cold, hot)
            plant.findings.extend(second_law.within_second_law(least, state.power))
            plant.margins.extend((state.capacity - load, state.power - least))
            whole = plant_power(state.power, reading(PARAMETERS, side, "auxiliary_power"))
            if _has_tower(common):
                air = _air(common, second_law.condenser_heat(load, state.power), hot, number(level, "wet_bulb"))
                plant.margins.append(FULL - air)
                whole = whole + _fan(common, air)
            plant.terms.append(electrical_energy(whole, number(level, "hours")))
    return plant


def _air(common: Given, heat: Quantity, cold_water: Quantity, wet_bulb: Quantity) -> Quantity:
    """Air flow of the tower that holds the set-point."""
    rise = water_temperature_rise(
        heat, number(common, "condenser_water_flow"), water_density(cold_water), water_specific_heat(cold_water)
    )
    return tower.tower_air_flow(tower.tower_duty(rise, tower.tower_approach(cold_water, wet_bulb), wet_bulb))


def _fan(common: Given, air: Quantity) -> Quantity:
    rated, control = reading(PARAMETERS, common, "rated_fan_power"), word(common, "fan_control")
    if control == "one_speed":
        return tower.one_speed_fan_power(rated, air, FULL, STANDING)
    if control == "two_speed":
        return tower.two_speed_fan_power(rated, air, FULL, HALF, STANDING)
    return tower.variable_speed_fan_power(rated, tower.fan_power_fraction(air))


def _optimum(after: Given, common: Given, energy: Quantity, margins: list[Quantity]) -> list[Finding]:
    """The condenser-water set-point of least energy, and a warning where the measure goes past it."""
    set_point = number(after, "condenser_entering")
    if not _has_tower(common) or not depends_on(energy, set_point):
        return []
    chosen = float(set_point.value_in("degC"))
    wettest = max(float(number(level, "wet_bulb").value_in("degC")) for level in _profile(common))
    supply = float(number(after, "chilled_water_supply").value_in("degC"))
    grid = np.append(np.arange(max(wettest, supply, _COLDEST - _STEP) + _STEP, _WARMEST, _STEP), chosen)
    with np.errstate(invalid="ignore"):
        found, *left = evaluate([energy, *margins], {set_point: grid})
        reachable = np.isfinite(found) & np.all([np.asarray(x) >= 0 for x in left], axis=0)
    reachable[-1] = True  # the chosen set-point has passed every check
    best = int(np.argmin(np.where(reachable, found, np.inf)))
    evidence = {"optimum": f"{grid[best]:.1f} °C", "energy_at_optimum": f"{found[best]:,.0f} kWh"}
    past = chosen < grid[best] - 2 * _STEP and energy.value_in("kWh") > found[best]
    return [
        doubt(
            "chiller_reset.past_optimum" if past else "chiller_reset.optimum",
            "warning" if past else "note",
            f"Chiller and tower fan together take least at {grid[best]:.1f} °C condenser water"
            + (f"; {chosen:.1f} °C is colder: the fan costs more than the chiller saves." if past else "."),
            f"主機與水塔風扇合計最省之冷卻水溫約 {grid[best]:.1f} °C"
            + (f"；設定 {chosen:.1f} °C 已過低，風扇增加之耗電超過主機節電。" if past else "。"),
            cite("energy-balance", "least sum of chiller and fan over the profile"),
            **evidence,
        )
    ]


def _fan_left_out(before: Given, after: Given, common: Given) -> list[Finding]:
    """Doubt colder condenser water whose tower is not described: its fan works more, and nobody counts it."""
    fall = float(number(before, "condenser_entering").value_in("K")) - float(
        number(after, "condenser_entering").value_in("K")
    )
    if fall <= 0 or _has_tower(common):
        return []
    return [
        doubt(
            "chiller_reset.fan_not_counted",
            "warning",
            f"The condenser water is {fall:.1f} K colder and no tower is described: what its fan takes more is not "
            "counted, and the saving is too high by that.",
            f"冷卻水降低 {fall:.1f} K 而未填水塔資料：水塔風扇增加之耗電未計入，節電量因此高估。",
            cite("energy-balance", "sum of chiller and tower fan"),
            colder_by=f"{fall:.1f} K",
        )
    ]


def _same_work(before: Given, after: Given) -> list[Finding]:
    raised = float(number(after, "chilled_water_supply").value_in("K")) - float(
        number(before, "chilled_water_supply").value_in("K")
    )
    if raised <= 0:
        return []
    return [
        doubt(
            "chiller_reset.warmer_water",
            "note",
            f"The chilled water is {raised:.1f} K warmer: check that process and dehumidification still get what they "
            "need, and that pumps and air handlers do not make up for it.",
            f"冰水提高 {raised:.1f} K：須確認製程與除濕需求仍可滿足，且水泵與空調箱風量未因此增加。",
            None,
            warmer_by=f"{raised:.1f} K",
        )
    ]


_LOAD = Parameter("cooling_load", ("common",), "kW", "700 USRT", "冷凍負載，須註明 USRT、JRT 或 kW",
                  "cooling load; say USRT, JRT or kW", range=(0.1, 30000))  # fmt: skip
_WET_BULB = Parameter("wet_bulb", ("common",), "degC", "24 °C", "水塔進風濕球溫度", "wet bulb of the tower's air",
                      range=(-5, 35))  # fmt: skip
PARAMETERS = (
    Parameter("chilled_water_supply", BOTH, "degC", "7 °C", "冰水出水設定溫度", "chilled water leaving, set-point",
              range=(3, 20)),
    Parameter("condenser_entering", BOTH, "degC", "30 °C", "冷卻水入口設定溫度；氣冷式為外氣乾球溫度（前後相同）",
              "water entering the condenser, set-point; air-cooled: outdoor dry bulb, the same before and after",
              range=(_COLDEST, _WARMEST)),
    Parameter("auxiliary_power", BOTH, "kW", "60 kW", "冰水泵與冷卻水泵平均輸入功率（冰水提高後若水量增加須反映）",
              "mean input of chilled-water and condenser pumps; more where warmer water needs more flow",
              range=(0, 10000), default_uncertainty=POWER_LOGGER),
    Parameter("chiller_kind", ("common",), "", "centrifugal_water_fixed",
              "主機型式：離心或螺旋、水冷或氣冷、定頻、變頻或磁浮", "compressor, condenser and drive of the chiller",
              choices=chiller_kinds()),
    Parameter("rated_capacity", ("common",), "kW", "1,000 USRT",
              "銘牌額定冷凍能力（44 °F 冰水、85 °F 冷卻水或 95 °F 外氣）",
              "nameplate capacity at 44 °F chilled water and 85 °F condenser water (95 °F air)", range=(10, 30000)),
    Parameter("rated_specific_power", ("common",), "kW/USRT", "0.62 kW/USRT", "同條件滿載耗電率",
              "input per cooling at the same conditions, full load", range=(0.2, 3)),
    Parameter("rated_fan_power", ("common",), "kW", "45 kW", "水塔風扇全速輸入功率", "tower fan input at full speed",
              optional=True, range=(0.1, 2000), default_uncertainty=POWER_LOGGER),
    Parameter("condenser_water_flow", ("common",), "m3/h", "680 m3/h", "冷卻水流量", "condenser water flow",
              optional=True, range=(1, 50000)),
    Parameter("fan_control", ("common",), "", "variable_speed", "水塔風扇控制", "how the tower fan is controlled",
              optional=True, choices=("one_speed", "two_speed", "variable_speed")),
    Parameter("profile", ("common",), "", "[{cooling_load: 700 USRT, wet_bulb: 24 °C, hours: 2,000 h}]",
              "冷凍負載分級與時數；有水塔者另填濕球溫度（濕球過高、水塔達不到設定溫度之時段請另列一級、用實際水溫）",
              "cooling load sorted into levels, with hours, and with the wet bulb where a tower is described (hours in "
              "which the tower cannot reach the set-point belong into a measure of their own)"),
)  # fmt: skip

DESCRIPTION = TechnologyDescription(
    key="chiller_temperature_reset",
    label_zh="冰水與冷卻水溫度重設",
    label_en="Chilled- and condenser-water temperature reset",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"chilled_water_supply": "5.5556 °C", "condenser_entering": "27.8444 °C", "auxiliary_power": "0 kW"},
        after={"chilled_water_supply": "6.1111 °C", "condenser_entering": "27.8444 °C", "auxiliary_power": "0 kW"},
        common={
            "chiller_kind": "centrifugal_water_fixed",
            "rated_capacity": "1,000 USRT",
            "rated_specific_power": "0.676 kW/USRT",
            "profile": [{"cooling_load": "833.34 USRT", "hours": "1 h"}],
        },
        of="energy_before",
        given="549.74 kWh",
        tolerance=0.0005,
        source=cite("measur-tools-suite", "unit test of chiller efficiency, centrifugal, water, no VFD"),
        because_en="the source gives 549.74 kWh, because it uses the same curves; it takes the capacity curve twice, "
        "which moves the energy by 0.03 % (and its saving of 6.14 kWh to our 7.47 kWh).",
        because_zh="來源值 549.74 kWh，因為採相同曲線；來源之能力曲線重複乘用，使能耗差 0.03 %"
        "（節電 6.14 對本程式 7.47 kWh）。",
    ),
    limits_zh="曲線為 DOE-2 典型機種（MEASUR 係數），無文獻適用範圍；單一主機、定水量水塔；負載 10 % 以下不適用。",
    limits_en="Curves of typical machines (DOE-2, MEASUR's coefficients) without a published range; one chiller, tower "
    "at its design water flow; nothing below 10 % load.",
    turning_point_zh="冷卻水愈低主機愈省、水塔風扇愈費：兩者合計有最低點，低於該溫度反而多用電（程式會算出）。",
    turning_point_en="Colder condenser water saves at the chiller and costs at the tower fan: below the temperature of "
    "least sum, which is found and told, the measure costs.",
)
DESCRIPTIONS = (DESCRIPTION,)
