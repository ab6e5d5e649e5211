"""Lighting: the same light from less power, fewer hours, and the cooling that the lamps' heat no longer needs."""

from __future__ import annotations

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    HOURS_OF_A_YEAR,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    doubt,
    number,
    part,
    subject_of,
    uses_more,
    word,
)
from energycalc.equipment.shared.choices import choice_of, exactly_needed, needed_by_some
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.electricity.lighting import (
    LARGEST_EFFICACY,
    cooling_for_lighting,
    least_lighting_power,
    lighting_power,
    luminous_efficacy,
    useful_light,
)
from energycalc.physics.electricity.power import electrical_energy
from energycalc.quantity import Quantity, cite

NEEDS: dict[str, tuple[str, ...]] = {
    "no": (),
    "yes": ("heat_to_cooled_room", "cooled_time_share", "cooling_performance"),
}
COUNTS = ("lamps_per_fixture", "number_of_fixtures", "ballast_factor")
UNUSUAL = 220.0  # lm/W
_BALANCE = cite("energy-balance", "lighting and the cooling of its heat")


def _lit(side: Given) -> tuple[Quantity, Quantity]:
    """Energy of the lamps of one side, and the light on the working plane."""
    lamps, fixtures, ballast = (number(side, name) for name in COUNTS)
    power = lighting_power(number(side, "lamp_power"), lamps, fixtures, ballast)
    reaching, kept = number(side, "utilisation_factor"), number(side, "maintenance_factor")
    light = useful_light(number(side, "lamp_flux"), lamps, fixtures, ballast, reaching, kept)
    return electrical_energy(power, number(side, "lighting_hours")), light


def _with_cooling(lighting: Quantity, common: Given) -> Quantity:
    if word(common, "cooled_room") == "no":
        return lighting
    return lighting + cooling_for_lighting(lighting, *(number(common, name) for name in NEEDS["yes"]))


def change(before: Given, after: Given, common: Given) -> Change:
    """Replace lamps, or switch them by presence and daylight.

    Args:
        before: lamps, counts, ballast, flux, utilisation, maintenance, ``lighting_hours`` at full power.
        after: the same.
        common: ``cooled_room`` and, where it is cooled, what share of the heat and hours, and the cooling's COP.

    Returns:
        The remaining fraction of lighting and, in a cooled room, of the cooling of its heat.

    Raises:
        OutOfRange: more than 683 lm/W, the definition of the lumen.
    """
    check(PARAMETERS, before, after, common)
    exactly_needed(common, "cooled_room", NEEDS, "common")
    findings: list[Finding] = []
    for side, label in ((before, BEFORE), (after, AFTER)):
        with part(label):
            findings += _efficacy_doubts(side)
    (lit_before, light_before), (lit_after, light_after) = _lit(before), _lit(after)
    findings += _less_light(float(light_before.value), float(light_after.value))
    energy_before = _with_cooling(lit_before, common).renamed("energy_before_model", "E_m0", _BALANCE)
    energy_after = _with_cooling(lit_after, common).renamed("energy_after_model", "E_m1", _BALANCE)
    remaining = (energy_after / energy_before).renamed("remaining_fraction", "r", _BALANCE)
    findings += uses_more("lighting", remaining)
    return Change(remaining, "electricity", energy_before, energy_after, tuple(findings))


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that lamps giving the light of the new installation can save: 683 lm/W.

    Args:
        before: installation.
        after: installation, for its light and hours.
        common: not used (the cooling follows both in proportion).
    """
    source = cite("si-luminous-efficacy", "683 lm/W")
    counts = [number(after, name) for name in COUNTS]
    least = electrical_energy(
        least_lighting_power(number(after, "lamp_flux"), *counts), number(after, "lighting_hours")
    )
    lit, _ = _lit(before)
    return Ceiling(
        (1 - least / lit).renamed("largest_saving", "s_max", source),
        "No light source gives more than 683 lm per watt, the definition of the lumen.",
        "任何光源不超過 683 lm/W（流明定義）。",
        source,
    )


def _efficacy_doubts(side: Given) -> list[Finding]:
    efficacy = float(luminous_efficacy(number(side, "lamp_flux"), number(side, "lamp_power")).value)
    if efficacy > float(LARGEST_EFFICACY.value):
        raise OutOfRange(
            "more light per watt than physics allows",
            subject=subject_of("lamp_flux"),
            value=f"{efficacy:,.0f} lm/W",
            limit="683 lm/W (definition of the lumen)",
            next_step="Check flux and power of the lamp, and their units",
        )
    if efficacy <= UNUSUAL:
        return []
    return [
        doubt(
            "lighting.efficacy",
            "warning",
            f"{efficacy:.0f} lm/W is more than white light sources on the market give: ask for the test report.",
            f"{efficacy:.0f} lm/W 高於市售白光光源，請提供試驗報告。",
            cite("si-luminous-efficacy", "220 lm/W, convention of the project's notes"),
            efficacy=f"{efficacy:.1f} lm/W",
        )
    ]


def _less_light(before: float, after: float) -> list[Finding]:
    if after >= before * 0.95:
        return []
    return [
        doubt(
            "lighting.less_light",
            "warning",
            f"The new installation gives {100 * (1 - after / before):.0f} % less light on the working plane: the part "
            "of the saving that comes from less light needs the illuminance that the work requires.",
            f"新燈具於工作面之光通量少 {100 * (1 - after / before):.0f} %，須證明照度仍符合作業需求。",
            cite("measur-desktop", "lumen method"),
            light_before=f"{before:,.0f} lm",
            light_after=f"{after:,.0f} lm",
        )
    ]


PARAMETERS = (
    Parameter("lamp_power", BOTH, "W", "36 W", "單支燈管額定功率", "rated power of one lamp", range=(0.1, 5000)),
    Parameter("lamps_per_fixture", BOTH, "1", "2", "每具燈管數", "lamps in a fixture", range=(1, 100)),
    Parameter("number_of_fixtures", BOTH, "1", "300", "燈具數", "fixtures", range=(1, 1e6)),
    Parameter("ballast_factor", BOTH, "1", "1", "安定器係數（內含驅動器之 LED 為 1）",
              "power and light with this ballast over the rated ones; 1 with the driver inside", range=(0.3, 1.5)),
    Parameter("lamp_flux", BOTH, "lm", "3,000 lm", "單支燈管額定光通量", "rated flux of one lamp", range=(1, 1e6)),
    Parameter("utilisation_factor", BOTH, "1", "0.6", "利用係數：到達工作面之比例（燈具配光表）",
              "share of the light that reaches the working plane, from the fixture's table", range=(0.05, 1)),
    Parameter("maintenance_factor", BOTH, "1", "0.85", "維護係數：光衰與積塵", "light left by ageing and dust",
              range=(0.2, 1)),
    Parameter("lighting_hours", BOTH, "h", "4,000 h", "等效滿載點燈時數（感應、調光後為電能÷滿載功率）",
              "hours at full power; with dimming or sensors: energy over full power", range=HOURS_OF_A_YEAR),
    choice_of(NEEDS, "cooled_room", "no", "燈具是否位於有冷氣之空間", "whether the lamps stand in a cooled room",
              ("common",)),
    needed_by_some(NEEDS, "heat_to_cooled_room", "%", "80 %", "燈具發熱進入冷氣空間之比例（天花板回風者較低）",
                   "share of the lamps' heat that reaches the cooled room, not the roof space", (0, 100), ("common",)),
    needed_by_some(NEEDS, "cooled_time_share", "%", "60 %", "點燈用電落在開冷氣時段之比例",
                   "share of the lighting's energy in hours with cooling", (0, 100), ("common",)),
    needed_by_some(NEEDS, "cooling_performance", "1", "3", "空調系統平均 COP（含泵、塔、風機）",
                   "mean COP of the whole cooling plant", (0.5, 15), ("common",)),
)  # fmt: skip

LIGHTING = TechnologyDescription(
    "lighting_replacement",
    "照明汰換與控制",
    "Lighting replacement and control",
    "electricity",
    PARAMETERS,
    change,
    ceiling,
    WorkedExample(
        before={
            "lamp_power": "400 W",
            "lamps_per_fixture": "1",
            "number_of_fixtures": "452",
            "ballast_factor": "1",
            "lamp_flux": "36,000 lm",
            "utilisation_factor": "0.7",
            "maintenance_factor": "0.8",
            "lighting_hours": "8,760 h",
        },
        after={
            "lamp_power": "150 W",
            "lamps_per_fixture": "1",
            "number_of_fixtures": "452",
            "ballast_factor": "1",
            "lamp_flux": "21,000 lm",
            "utilisation_factor": "0.8",
            "maintenance_factor": "0.9",
            "lighting_hours": "8,760 h",
        },
        common={"cooled_room": "no"},
        of="saving",
        given="989,880 kWh",
        tolerance=1e-6,
        source=cite("measur-desktop", "lighting replacement, example of the calculator"),
        because_en="The source gives 989,880 kWh a year, because 452 fixtures take 150 W instead of 400 W all year; "
        "the light on the plane falls by 25 % there, which the tool does not say.",
        because_zh="來源值 989,880 kWh/年：452 具燈具由 400 W 改為 150 W 全年點燈；其工作面光通量減少 25 "
        "%，該工具未提示。",
    ),
    needs={"cooled_room": NEEDS},
    limits_zh="流明法平均照度；眩光、均勻度、演色不計；冬季暖氣增加不計；空調以平均 COP 計。",
    limits_en="Mean light by the lumen method; glare, uniformity and colour are not covered, nor more heating in "
    "winter; cooling by its mean COP.",
)
DESCRIPTIONS = (LIGHTING,)
