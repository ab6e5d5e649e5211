"""Free cooling: hours in which the tower's water alone, or in part, makes the chilled water."""

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
    subject_of,
    uses_more,
    word,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.refrigeration import cooling_energy as law
from energycalc.physics.refrigeration import second_law
from energycalc.quantity import Quantity, cite, constant, total

_LABEL = "濕球 bin"
_WHOLE = cite("energy-balance", "sum over the bins of wet bulb")
_OFF = constant("P_0", 0, "kW", cite("energy-balance", "the chiller stands"), name="chiller_power")
NEEDS = ("tower_approach", "exchanger_approach", "free_cooling_power")


def change(before: Given, after: Given, common: Given) -> Change:
    """Let the tower make chilled water when the wet bulb allows it.

    Args:
        before: ``free_cooling``: ``none``, ``parallel`` (tower or chiller) or ``series`` (tower before chiller), and
            for the last two ``tower_approach``, ``exchanger_approach``, ``free_cooling_power``.
        after: the same.
        common: ``chilled_water_supply``, ``chilled_water_return``, ``chiller_specific_power``,
            ``chiller_auxiliary_power`` and ``profile`` (wet bulb, cooling load, hours).

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        InputError: a parameter is missing or unknown.
        OutOfRange: a return that is not warmer than the supply, or less than the reversible (Carnot) work.
    """
    check(PARAMETERS, before, after, common)
    findings: list[Finding] = notes_on_readings("free_cooling", PARAMETERS, {**before, **common}, after)
    findings += _no_pumps(after)
    law.must_return_warmer(number(common, "chilled_water_supply"), number(common, "chilled_water_return"))
    energies: list[list[Quantity]] = [[], []]
    sides = ((before, BEFORE), (after, AFTER))
    for side, label in sides:
        with part(label):
            _complete(side)
    for index, level in enumerate(_profile(common), start=1):
        with part(f"{_LABEL} {index}"):
            for (side, label), into in zip(sides, energies, strict=True):
                with part(label):
                    power = _plant(side, level, common)
                    into.append(electrical_energy(power, number(level, "hours")))
            mechanical = _mechanical(level, common)
            findings += second_law.within_second_law(_least(level, common, "chilled_water_supply"), mechanical)
            findings += _costs(after, level, common)
    energy_before, energy_after = (total(terms) for terms in energies)
    energy_before = energy_before.renamed("energy_before_model", "E_m0", _WHOLE)
    energy_after = energy_after.renamed("energy_after_model", "E_m1", _WHOLE)
    remaining = remaining_energy(energy_before, energy_after)
    findings += uses_more("free_cooling", remaining)
    return Change(remaining, "electricity", energy_before, energy_after, tuple(findings))


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that any cooling without compressor can save: all but the reversible work that the wet bulb leaves.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    found = change(before, after, common)
    assert found.energy_before_model is not None
    least = [
        electrical_energy(_least(level, common, "chilled_water_return"), number(level, "hours"))
        for level in _profile(common)
    ]
    return Ceiling(
        law.largest_cooling_saving(found.energy_before_model, total(least)),
        "Where the wet bulb lies below the returning chilled water no work is needed in principle; above it the "
        "reversible (Carnot) work is.",
        "濕球溫度低於冰水回水溫度時原理上可不耗功；高於時至少需可逆（卡諾）功。",
        cite("second-law", "least work of cooling"),
    )


def _profile(common: Given) -> list[Given]:
    return levels(common["profile"], "profile", _LABEL, _LEVEL)


def _complete(side: Given) -> None:
    wanted = () if word(side, "free_cooling") == "none" else NEEDS
    missing = [key for key in wanted if key not in side]
    unused = [key for key in NEEDS if key in side and key not in wanted]
    if missing or unused:
        raise InputError(
            f"free_cooling {word(side, 'free_cooling')} needs exactly: {', '.join(wanted) or 'nothing more'}",
            subject=subject_of("free_cooling"),
            value=", ".join([*(f"missing {k}" for k in missing), *(f"not used {k}" for k in unused)]),
            next_step="Add what is missing, take out what is not used",
        )


def _least(level: Given, common: Given, cold: str) -> Quantity:
    return second_law.least_cooling_power(
        number(level, "cooling_load"), number(common, cold), number(level, "wet_bulb")
    )


def _mechanical(level: Given, common: Given) -> Quantity:
    """Input of the chiller when it carries the whole load."""
    cop = law.cop_of_specific_power(law.per_ton(number(common, "chiller_specific_power")))
    return law.cooling_power(number(level, "cooling_load"), cop).renamed("chiller_power", "P_ch")


def _share(side: Given, level: Given, common: Given) -> Quantity | None:
    """Share of the load that the tower carries; ``None`` where it is off."""
    if word(side, "free_cooling") == "none":
        return None
    reached = law.free_cooling_temperature(
        number(level, "wet_bulb"), number(side, "tower_approach"), number(side, "exchanger_approach")
    )
    share = law.free_cooling_share(
        reached, number(common, "chilled_water_supply"), number(common, "chilled_water_return")
    )
    enough = 1 - 1e-12 if word(side, "free_cooling") == "parallel" else 1e-12
    return share if float(share.value) >= enough else None


def _plant(side: Given, level: Given, common: Given) -> Quantity:
    """Input of the plant in one bin."""
    share, extra = _share(side, level, common), reading(PARAMETERS, common, "chiller_auxiliary_power")
    if share is None:
        return law.plant_power(_mechanical(level, common), extra)
    added = reading(PARAMETERS, side, "free_cooling_power")
    if float(share.value) >= 1 - 1e-12:
        return law.plant_power(_OFF, added)
    cop = law.cop_of_specific_power(number(common, "chiller_specific_power"))
    left = law.mechanical_load(number(level, "cooling_load"), share)
    return law.plant_power(law.plant_power(law.cooling_power(left, cop).renamed("chiller_power", "P_ch"), extra), added)


def _costs(after: Given, level: Given, common: Given) -> list[Finding]:
    """Warn where pumps and fans of free cooling take more than the chiller saves, and say from which wet bulb on."""
    share = _share(after, level, common)
    if share is None:
        return []
    with_it = float(_plant(after, level, common).value_in("kW"))
    chiller = float(_mechanical(level, common).value_in("kW"))
    without = chiller + float(number(common, "chiller_auxiliary_power").value_in("kW"))
    if with_it <= without:
        return []
    supply, back = (float(number(common, f"chilled_water_{k}").value_in("degC")) for k in ("supply", "return"))
    approaches = sum(float(number(after, key).value_in("K")) for key in NEEDS[:2])
    worth = float(number(after, "free_cooling_power").value_in("kW")) / chiller
    balance = cite("energy-balance", "saved input against added pumps and fans")
    said = f"Free cooling takes {with_it:,.0f} kW here, the chiller alone {without:,.0f} kW: "
    said_zh = f"此濕球溫度下自然冷卻耗電 {with_it:,.0f} kW，主機單獨運轉 {without:,.0f} kW；"
    if float(share.value) >= 1 - 1e-12:
        return [
            doubt(
                "free_cooling.never_pays",
                "warning",
                f"{said}it costs at any wet bulb with this load; smaller pumps and fans, or leave it off.",
                f"{said_zh}此負載下任何濕球溫度皆多用電，須減小水泵與風扇功率，或不投入。",
                balance,
                free_cooling_power=f"{with_it:,.0f} kW",
            )
        ]
    limit = back - min(worth, 1.0) * (back - supply) - approaches  # past 1 it pays only where the chiller stands
    return [
        doubt(
            "free_cooling.past_break_even",
            "warning",
            f"{said}above a wet bulb of {limit:.1f} °C it costs; lock it out there.",
            f"{said_zh}濕球高於 {limit:.1f} °C 反而多用電，應鎖定不投入。",
            balance,
            break_even_wet_bulb=f"{limit:.1f} °C",
        )
    ]


def _no_pumps(after: Given) -> list[Finding]:
    """Doubt free cooling that takes no electricity at all."""
    if "free_cooling_power" not in after or float(number(after, "free_cooling_power").value_in("kW")) > 0:
        return []
    return [
        doubt(
            "free_cooling.no_pumps",
            "warning",
            "Free cooling is said to take no electricity: tower fan and the pumps of tower and exchanger run for it.",
            "自然冷卻填為不耗電：水塔風扇、冷卻水泵與熱交換器水泵仍須運轉，請填其輸入功率。",
            None,
        )
    ]


_LEVEL = (
    Parameter("wet_bulb", ("common",), "degC", "14 °C", "外氣濕球溫度分級（氣象署時資料）",
              "wet bulb of the outdoor air, from hourly weather data", range=(-20, 35)),
    Parameter("cooling_load", ("common",), "kW", "300 USRT", "該級平均冷凍負載", "mean cooling load in this bin",
              range=(0.1, 100000)),
    HOURS_AT_LEVEL,
)  # fmt: skip
PARAMETERS = (
    Parameter("free_cooling", BOTH, "", "series",
              "none 無；parallel 水塔或主機二擇一；series 水塔先預冷、主機補足",
              "none; parallel: tower or chiller; series: the tower pre-cools and the chiller does the rest",
              choices=("none", "parallel", "series")),
    Parameter("tower_approach", BOTH, "K", "4 K", "冬季水塔出水與濕球溫差（低負載、低濕球時之型錄值）",
              "tower water over wet bulb in cool weather, from the tower's data at low wet bulb", True, (0.5, 20)),
    Parameter("exchanger_approach", BOTH, "K", "1.5 K", "板式熱交換器端溫差；直接混用為 0 K",
              "chilled water over tower water at the heat exchanger; 0 K without one", True, (0, 10)),
    Parameter("free_cooling_power", BOTH, "kW", "35 kW", "自然冷卻投入時之水泵與風扇輸入功率（含熱交換器壓損）",
              "pumps and fans that run for free cooling, with the pressure loss of the exchanger", True, (0, 5000),
              default_uncertainty=POWER_LOGGER),
    Parameter("chilled_water_supply", ("common",), "degC", "15 °C", "冰水供水溫度", "chilled water supply",
              range=(3, 35)),
    Parameter("chilled_water_return", ("common",), "degC", "20 °C", "冰水回水溫度", "chilled water return",
              range=(4, 45)),
    Parameter("chiller_specific_power", ("common",), "kW/USRT", "0.62 kW/USRT", "主機於該季節之平均耗電率",
              "mean input per cooling of the chiller in these hours", range=(0.1, 4)),
    Parameter("chiller_auxiliary_power", ("common",), "kW", "45 kW", "只隨主機運轉之冷卻水泵與水塔風扇輸入功率",
              "condenser pumps and tower fans that run with the chiller only", range=(0, 5000),
              default_uncertainty=POWER_LOGGER),
    Parameter("profile", ("common",), "", "[{wet_bulb: 14 °C, cooling_load: 300 USRT, hours: 900 h}]",
              "濕球溫度分級、冷凍負載與時數", "bins of wet bulb with cooling load and hours"),
)  # fmt: skip

DESCRIPTION = TechnologyDescription(
    key="free_cooling",
    label_zh="冷卻水塔自然冷卻（免開主機）",
    label_en="Free cooling by tower water",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    needs={"free_cooling": {"none": (), "parallel": NEEDS, "series": NEEDS}},
    worked_example=WorkedExample(
        before={"free_cooling": "none"},
        after={
            "free_cooling": "parallel",
            "tower_approach": "2 K",
            "exchanger_approach": "1 K",
            "free_cooling_power": "0 kW",
        },
        common={
            "chilled_water_supply": "7.5 °C",
            "chilled_water_return": "12 °C",
            "chiller_specific_power": "0.60 kW/USRT",
            "chiller_auxiliary_power": "0 kW",
            "profile": [
                {"wet_bulb": "4 °C", "cooling_load": "1,000 USRT", "hours": "1,686 h"},
                {"wet_bulb": "20 °C", "cooling_load": "1,000 USRT", "hours": "7,074 h"},
            ],
        },
        of="saving",
        given="1,011,600 kWh",
        tolerance=1e-6,
        source=cite("es-magazine-2001", "data centre in Atlanta: 1,000 tons, 0.60 kW/ton, 1,686 h"),
        because_en="the source gives 1,000 tons x 0.60 kW/ton x 1,686 h = 1,011,600 kWh (before its tariff), because "
        "it lets the chiller stand in all hours below 40 °F wet bulb and counts no pumps; the temperatures are ours.",
        because_zh="來源以 1,000 噸×0.60 kW/噸×1,686 h＝1,011,600 kWh（再乘電價），"
        "因為濕球低於 40 °F 之時數全部停主機、未計水泵；水溫為本例自訂。",
    ),
    limits_zh="主機耗電率取該季節平均、部分負載不變；水塔與熱交換器溫差視為定值；臺灣平地僅適用較高溫之製程冷水。",
    limits_en="Mean kW/USRT of these hours, whatever the load; fixed approaches; in Taiwan's lowlands it fits process "
    "water of 15 °C and more.",
    turning_point_zh="串聯預冷時，濕球溫度接近回水溫度則所加水泵風扇耗電超過主機節電：程式算出應鎖定之濕球溫度。",
    turning_point_en="In series, near the return temperature the added pumps and fans take more than the chiller "
    "saves: the wet bulb at which to lock it out is found and told.",
)
DESCRIPTIONS = (DESCRIPTION,)
