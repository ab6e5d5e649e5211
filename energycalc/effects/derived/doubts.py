"""Doubts about derived effects: wholes that their parts exceed, views that are partial, boundaries that look wrong."""

from __future__ import annotations

from energycalc.case.case import Case
from energycalc.effects.derived.results import EnergyYear, Intensity, Share
from energycalc.effects.derived.rules import scope_of
from energycalc.effects.derived.shares import PART, SCOPES
from energycalc.effects.results import Effects
from energycalc.finding import Finding
from energycalc.quantity import cite

WHOLE = cite("energy-balance", "the savings of the measures add up to the saving of the plant")
PATHS = cite("derived-effects-definitions", "fixed factor and path of the factor side by side")
OUTSIDE = cite("cbam-2025-2547", "finishing and coating stand outside the boundary")
SAME = 1e-6  # relative; what floating point leaves of a sum


def doubts_of_path(
    case: Case, effects: Effects, years: tuple[EnergyYear, ...], intensities: tuple[Intensity, ...]
) -> list[Finding]:
    """Parts that are not the whole, a path without factors, an intensity of some machines only.

    Args:
        case: the case.
        effects: the full-year savings.
        years: of the path.
        intensities: as computed.
    """
    found = []
    for carrier, result in effects.plant.carriers.items():
        parts = sum(float(m.saving.value) for m in effects.measures if m.carrier == carrier)
        whole = float(result.saving.value)
        if abs(parts - whole) > SAME * max(abs(parts), abs(whole)):
            sides = {"measures": f"{parts:,.0f} {result.saving.unit}", "plant": f"{whole:,.0f} {result.saving.unit}"}
            found.append(
                Finding(
                    "derived.parts_are_not_the_whole",
                    "warning",
                    case.plant.name,
                    f"The measures save {sides['measures']} of {carrier} together, the plant {sides['plant']}: effects that "
                    "no measure carries are left out of the path.",
                    f"各措施合計節省 {sides['measures']}（{carrier}），全廠為 {sides['plant']}：未歸屬於措施之效果不列入逐年路徑。",
                    sides,
                    WHOLE,
                )
            )
    asked = case.derived_effects
    if asked is not None and "electricity" in effects.plant.carriers and not asked.grid_paths:
        found.append(
            Finding(
                "derived.only_the_fixed_factor",
                "note",
                case.plant.name,
                f"No path of the grid factor is stated: {years[0].year} to {years[-1].year} are counted at the fixed factor.",
                f"未提供電力排碳係數路徑：{years[0].year} 至 {years[-1].year} 年均以固定係數計算。",
                {},
                PATHS,
            )
        )
    for i in intensities:
        if not i.complete:
            found.append(
                Finding(
                    "derived.intensity_of_the_machines_only",
                    "note",
                    i.label,
                    "Neither meter nor bill covers every carrier of the plant: the intensity holds the listed machines only.",
                    "總表或帳單未涵蓋全部能源：單位產品能耗僅含所列設備。",
                    {},
                    WHOLE,
                )
            )
    return found


def doubts_of_shares(case: Case, shares: tuple[Share, ...]) -> list[Finding]:
    """A saving above the whole it is a part of; an inventory of another year.

    Args:
        case: the case.
        shares: of bill and scope.
    """
    found = []
    names = {"bill": ("bill", "帳單金額"), "scope_1": ("scope 1", "範疇一排放"), "scope_2": ("scope 2", "範疇二排放")}
    for s in shares:
        if s.share is not None and s.share.value_in("1") > 1:
            en, zh = names[s.kind]
            percent = f"{s.share.value_in('%'):,.0f} %"
            found.append(
                Finding(
                    "derived.saving_above_whole",
                    "error",
                    case.plant.name,
                    f"The saving of {s.carrier} is {percent} of the plant's {en}; no saving exceeds what it is part of.",
                    f"{s.carrier} 節省量為全廠{zh}之 {percent}；節省不可能超過全體。",
                    {"share": percent},
                    PART,
                )
            )
    inventory = case.derived_effects.inventory if case.derived_effects else None
    if inventory is not None and inventory.year != case.period.last_day.year:
        years = f"{inventory.year}, {case.period.last_day.year}"
        found.append(
            Finding(
                "derived.inventory_of_another_year",
                "note",
                case.plant.name,
                f"The inventory is of {inventory.year}, the savings start from {case.period.last_day.year}.",
                f"盤查清冊為 {inventory.year} 年，節能量以 {case.period.last_day.year} 年為基準。",
                {"years": years},
                SCOPES,
            )
        )
    return found


def doubts_of_goods(case: Case) -> list[Finding]:
    """A machine declared inside the boundary whose process stands outside it.

    Args:
        case: the case.
    """
    asked = case.derived_effects
    if asked is None or asked.cbam is None:
        return []
    machines = {m.id: m for m in case.plant.machines}
    return [
        Finding(
            "derived.cbam_process_outside",
            "warning",
            f"{good.id}, {part.machine}",
            f"{machines[part.machine].name} is a surface treatment and is declared inside the CBAM boundary of "
            f"CN {good.cn_code}; plating and finishing stand outside it.",
            f"{machines[part.machine].name}為表面處理，卻列入 CN {good.cn_code} 之 CBAM 邊界；電鍍與修整不在邊界內。",
            {"because": part.because},
            OUTSIDE,
        )
        for good in asked.cbam.goods
        if scope_of(good.cn_code) is not None
        for part in good.boundary
        if part.inside and machines[part.machine].process == "surface_treatment"
    ]
