"""Air conditioning of a workshop: set-point, outdoor air, heat gains, and the efficiency of the machine."""

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
    plain_text,
    reading,
    subject_of,
    uses_more,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.fluid_flow import moist_air
from energycalc.physics.refrigeration import cooling_energy as law
from energycalc.physics.refrigeration import second_law
from energycalc.quantity import Quantity, cite, total

_LABEL = "氣候 bin"
_WHOLE = cite("energy-balance", "sum over the bins of weather")
COMFORT = ("indoor_temperature", "indoor_relative_humidity", "ventilation_flow", "ventilation_mass_flow")


def change(before: Given, after: Given, common: Given) -> Change:
    """Change set-point, outdoor air, gains or machine of an air-conditioned workshop.

    Args:
        before: ``indoor_temperature``, ``indoor_relative_humidity``, ``ventilation_flow`` or
            ``ventilation_mass_flow``, ``internal_gain``, ``cooling_cop``, ``auxiliary_power``.
        after: the same.
        common: ``heat_transmission``, ``moist_air_pressure`` and ``profile`` (outdoor temperature and humidity, hours).

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        InputError: a parameter is missing or unknown, or the ventilation is given twice or not at all.
        OutOfRange: less than the reversible (Carnot) work down from the wet bulb, or no cooling at all before.
    """
    check(PARAMETERS, before, after, common)
    findings: list[Finding] = []
    energies: list[list[Quantity]] = [[], []]
    for index, level in enumerate(_profile(common), start=1):
        with part(f"{_LABEL} {index}"):
            for i, (side, label) in enumerate(((before, BEFORE), (after, AFTER))):
                with part(label):
                    load = cooling_load(side, level, common)
                    power = law.cooling_power(load, number(side, "cooling_cop"))
                    if load.value > 0:
                        findings += second_law.within_second_law(_least(load, side, level, common), power)
                    whole = law.plant_power(
                        power.renamed("chiller_power", "P_ch"), reading(PARAMETERS, side, "auxiliary_power")
                    )
                    energies[i].append(electrical_energy(whole, number(level, "hours")))
    energy_before, energy_after = (total(terms) for terms in energies)
    energy_before = energy_before.renamed("energy_before_model", "E_m0", _WHOLE)
    energy_after = energy_after.renamed("energy_after_model", "E_m1", _WHOLE)
    remaining = remaining_energy(energy_before, energy_after)
    findings += [
        *notes_on_readings("air_conditioning", PARAMETERS, before, after),
        *_comfort(before, after),
        *_gain(before, after),
        *uses_more("air_conditioning", remaining),
    ]
    return Change(remaining, "electricity", energy_before, energy_after, tuple(findings))


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that can be saved for the room as it shall be: all but the reversible work of its cooling load.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    found = change(before, after, common)
    assert found.energy_before_model is not None
    least = [
        electrical_energy(_least(cooling_load(after, level, common), after, level, common), number(level, "hours"))
        for level in _profile(common)
    ]
    return Ceiling(
        law.largest_cooling_saving(found.energy_before_model, total(least)),
        "No machine carries the remaining load with less than the reversible (Carnot) work from the room to the wet "
        "bulb of the outdoor air.",
        "剩餘冷氣負載至少需由室內至外氣濕球溫度間之可逆（卡諾）功。",
        cite("second-law", "least work of cooling"),
    )


def cooling_load(side: Given, level: Given, common: Given) -> Quantity:
    """Cooling load of the room in one bin: gains inside, through the envelope, and with the outdoor air.

    Args:
        side: the room before or after.
        level: outdoor temperature and humidity.
        common: transmission and pressure.
    """
    outdoor, indoor = number(level, "outdoor_temperature"), number(side, "indoor_temperature")
    outside_water = _humidity(outdoor, number(level, "outdoor_relative_humidity"), common)
    inside_water = _humidity(indoor, number(side, "indoor_relative_humidity"), common)
    outside = moist_air.moist_air_enthalpy(outdoor, outside_water)
    inside = moist_air.moist_air_enthalpy(indoor, inside_water)
    through = law.transmission_gain(number(common, "heat_transmission"), outdoor, indoor)
    ventilation = law.ventilation_gain(_dry_air(side, outdoor, outside_water, common), outside, inside)
    return law.room_cooling_load(number(side, "internal_gain"), through, ventilation)


def _humidity(temperature: Quantity, relative: Quantity, common: Given) -> Quantity:
    vapour = moist_air.saturation_vapour_pressure(temperature)
    return moist_air.humidity_ratio(relative, vapour, number(common, "moist_air_pressure"))


def _profile(common: Given) -> list[Given]:
    return levels(common["profile"], "profile", _LABEL, _LEVEL)


def _dry_air(side: Given, outdoor: Quantity, outside_water: Quantity, common: Given) -> Quantity:
    """Dry air of the ventilation: as stated by mass, or from the volume at outdoor conditions."""
    ways = [key for key in ("ventilation_flow", "ventilation_mass_flow") if key in side]
    if len(ways) != 1:
        raise InputError(
            "the outdoor air must be given in exactly one way",
            subject=subject_of("ventilation_flow"),
            value=" and ".join(ways) or "none",
            limit="ventilation_flow (m3/h at outdoor conditions) or ventilation_mass_flow (kg/h of dry air)",
            next_step="Write 0 m3/h where there is none",
        )
    if ways == ["ventilation_mass_flow"]:
        return number(side, "ventilation_mass_flow")
    volume = moist_air.moist_air_specific_volume(outdoor, outside_water, number(common, "moist_air_pressure"))
    return law.dry_air_flow(number(side, "ventilation_flow"), volume)


def _least(load: Quantity, side: Given, level: Given, common: Given) -> Quantity:
    """Reversible work down from the wet bulb, the coldest sink there is; from a cooler dry bulb it is nil."""
    outdoor, indoor = number(level, "outdoor_temperature"), number(side, "indoor_temperature")
    sink = outdoor
    if outdoor.value_in("K") > indoor.value_in("K"):
        water = _humidity(outdoor, number(level, "outdoor_relative_humidity"), common)
        sink = moist_air.wet_bulb_temperature(outdoor, water, number(common, "moist_air_pressure"), moist_air.AIR_HEAT)
    return second_law.least_cooling_power(load, indoor, sink)


def _comfort(before: Given, after: Given) -> list[Finding]:
    """Say where the room is not the same room: a service given up is no efficiency."""
    written = {key: [plain_text(side[key]) if key in side else "-" for side in (before, after)] for key in COMFORT}
    changed = {key: f"{old} → {new}" for key, (old, new) in written.items() if old != new}
    if not changed:
        return []
    return [
        doubt(
            "air_conditioning.other_service",
            "note",
            "Room climate or outdoor air changes: part of the saving is another service, to be agreed with the users "
            "(comfort, humidity, air quality, product).",
            "室內條件或外氣量改變：部分節電來自服務水準調整，須經使用單位同意（舒適、濕度、空氣品質、製程）。",
            None,
            **changed,
        )
    ]


def _gain(before: Given, after: Given) -> list[Finding]:
    """Say what a smaller heat gain must not be: less production, or the cooling that a lighting measure counts."""
    old, new = (float(number(side, "internal_gain").value_in("kW")) for side in (before, after))
    if new >= old:
        return []
    return [
        doubt(
            "air_conditioning.smaller_gain",
            "note",
            f"The heat inside falls from {old:,.0f} to {new:,.0f} kW: only heat that a measure removes counts, not "
            "less production; where lighting or machines count their effect on cooling, do not count it here again.",
            f"室內發熱由 {old:,.0f} kW 降為 {new:,.0f} kW：僅可計入措施減少之發熱，產量減少者不計；"
            "照明或設備措施若已計入空調節電，不得重複計算。",
            None,
            internal_gain=f"{old:,.0f} kW → {new:,.0f} kW",
        )
    ]


_LEVEL = (
    Parameter("outdoor_temperature", ("common",), "degC", "32 °C", "外氣乾球溫度分級（氣象署時資料）",
              "outdoor dry bulb, from hourly weather data", range=(-10, 45)),
    Parameter("outdoor_relative_humidity", ("common",), "%", "70 %", "該級平均外氣相對濕度",
              "mean outdoor relative humidity of the bin", range=(5, 100)),
    HOURS_AT_LEVEL,
)  # fmt: skip
PARAMETERS = (
    Parameter("indoor_temperature", BOTH, "degC", "26 °C", "室內溫度（實測平均，非僅設定值）",
              "indoor dry bulb, measured mean rather than the set-point", range=(5, 40)),
    Parameter("indoor_relative_humidity", BOTH, "%", "55 %", "室內相對濕度", "indoor relative humidity",
              range=(5, 100)),
    Parameter("ventilation_flow", BOTH, "m3/h", "12,000 m3/h", "外氣引入量（外氣狀態下之體積流量，含滲入）",
              "outdoor air let in, with infiltration, as volume at outdoor conditions", True, (0, 1e6)),
    Parameter("ventilation_mass_flow", BOTH, "kg/h", "14,000 kg/h", "外氣引入量（乾空氣質量流量）",
              "outdoor air let in as mass of dry air, in place of ventilation_flow", True, (0, 1.2e6)),
    Parameter("internal_gain", BOTH, "kW", "180 kW", "室內發熱（設備、照明、人員、日射）平均值",
              "mean heat inside: machines, lights, people, sun", range=(0, 50000)),
    Parameter("cooling_cop", BOTH, "1", "4.2", "期間平均 COP；以 CSPF 標示者填 CSPF（含壓縮機與室外機）",
              "mean COP of the period; the CSPF where that is stated (compressor and outdoor unit)", range=(0.5, 20)),
    Parameter("auxiliary_power", BOTH, "kW", "15 kW", "室內風機、水泵等平均輸入功率",
              "mean input of indoor fans and pumps", range=(0, 5000), default_uncertainty=POWER_LOGGER),
    Parameter("heat_transmission", ("common",), "kW/K", "3.5 kW/K", "屋頂、外牆、窗之 U 值乘面積合計",
              "sum of heat transfer coefficient times area of roof, walls, windows", range=(0, 1000)),
    Parameter("moist_air_pressure", ("common",), "kPa[a]", "101.3 kPa(a)", "現場大氣壓", "pressure of the air at site",
              range=(60, 110)),
    Parameter("profile", ("common",), "",
              "[{outdoor_temperature: 32 °C, outdoor_relative_humidity: 70 %, hours: 1,200 h}]",
              "空調時段之外氣溫濕度分級與時數", "outdoor temperature and humidity in the hours of air conditioning"),
)  # fmt: skip

_OUTDOOR_AIR = {
    "indoor_temperature": "12 °C",
    "indoor_relative_humidity": "99 %",
    "ventilation_mass_flow": "34,911 kg/h",
    "internal_gain": "0 kW",
    "cooling_cop": "3.516",
    "auxiliary_power": "0 kW",
}
DESCRIPTION = TechnologyDescription(
    key="workshop_air_conditioning",
    label_zh="廠房空調節能（設定、外氣、負載、效率）",
    label_en="Workshop air conditioning: set-point, outdoor air, gains, efficiency",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before=_OUTDOOR_AIR,
        after=_OUTDOOR_AIR,
        common={
            "heat_transmission": "0 kW/K",
            "moist_air_pressure": "101.325 kPa(a)",
            "profile": [
                {"outdoor_temperature": "27.5 °C", "outdoor_relative_humidity": "68 %", "hours": "2,100 h"},
                {"outdoor_temperature": "32 °C", "outdoor_relative_humidity": "67 %", "hours": "1,260 h"},
            ],
        },
        of="energy_before",
        given="380,310 kWh",
        tolerance=0.03,
        source=cite("ecct-outdoor-air", "採用吸附除濕系統, load of 27,000 CMH outdoor air before the measure"),
        because_en="the source gives 98.3 RT x 2,100 h + 138.0 RT x 1,260 h at 1 kW/RT = 380,310 kWh, because it takes "
        "27,000 CMH times 1.293 kg/m3 from outdoor enthalpy down to 12 °C, 99 %; its enthalpies are not printed; ours "
        "give 2.6 % less.",
        because_zh="來源值 98.3 RT×2,100 h＋138.0 RT×1,260 h（1 kW/RT）＝380,310 kWh，"
        "因為以 27,000 CMH×1.293 kg/m³ 由外氣焓降至 12 °C、99 %；來源未列焓值，本程式低 2.6 %。",
    ),
    limits_zh="穩態；不計蓄熱、再熱與除濕後再熱；COP 為期間平均、不隨負載變化；室內條件視為可維持。",
    limits_en="Steady state; no storage of heat, no reheat; a mean COP, whatever the load; the room holds its climate.",
    turning_point_zh="外氣焓低於室內時，減少外氣反而增加空調負載（程式以負的外氣負載計入）。",
    turning_point_en="Where the outdoor air has less enthalpy than the room, less of it raises the load: it is counted "
    "with its sign.",
)
DESCRIPTIONS = (DESCRIPTION,)
