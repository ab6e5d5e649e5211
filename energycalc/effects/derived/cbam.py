"""CBAM view: of steel and aluminium only direct emissions count; only fuel saved inside the boundary lowers them."""

from __future__ import annotations

from energycalc.case.case import Case
from energycalc.case.derived import Good
from energycalc.effects.derived.results import GoodResult, Statement
from energycalc.effects.derived.rules import default_value, rule, scope_of
from energycalc.effects.energy import ENERGY_UNIT, mean_heat_value
from energycalc.effects.results import Effects
from energycalc.errors import InputError
from energycalc.factors import FactorSet, fuel_factor, gwp
from energycalc.quantity import Quantity, Source, about, cite, total

DIRECT = cite("cbam-2025-2547", "attributed direct emissions by tonne of the good; exported heat and power none")
DEFAULT = cite("cbam-2025-2621", "default value of direct emissions times (1 + mark-up)")
CO2_ONLY = Source("cbam-2023-956", "Annex I: of steel only CO2 counts, whose factor is 1 in every GWP set")
SECTORS = {"iron_steel": ("iron and steel", "鋼鐵"), "aluminium": ("aluminium", "鋁")}

NOT_COVERED = Statement(
    "CN {cn} is not on the list of CBAM (Annex I): the project changes no CBAM figure of this good.",
    "CN {cn} 不在 CBAM 清單（附件一）：本計畫不影響此產品之 CBAM 數值。",
)
ELECTRICITY = Statement(
    "For {sector} only direct emissions count (Annex II): electricity saved does not lower the CBAM figure of CN {cn}.",
    "{sector}類產品僅計直接排放（附件二）：節電不會降低 CN {cn} 之 CBAM 數值。",
)
TAKEN_UP = Statement(
    "The project takes up electricity inside the boundary; its emissions count in scope 2 and nowhere in this figure.",
    "本計畫於邊界內增加用電；其排放計入範疇二，不在此數值內。",
)
FUEL = Statement(
    "Fuel saved inside the boundary lowers its direct emissions by {value} kg CO2 per t.",
    "邊界內節省之燃料使其直接排放每公噸降低 {value} kg CO2。",
)
FUEL_MORE = Statement(
    "The project burns more fuel inside the boundary: its direct emissions rise by {value} kg CO2 per t.",
    "本計畫使邊界內燃料增加：其直接排放每公噸增加 {value} kg CO2。",
)
NO_FUEL = Statement(
    "No fuel is saved inside the boundary: the project does not lower the CBAM figure of this good at all.",
    "邊界內未節省燃料：本計畫完全不會降低此產品之 CBAM 數值。",
)
ACTUAL = Statement(
    "It counts only where the importer declares actual, verified emissions; with a default value nothing changes.",
    "僅於進口商申報經查證之實際排放時有效；採用預設值時數值不變。",
)
PRECURSOR = Statement(
    "The default value holds the bought-in steel or metal too; the plant's own fuel is only a part of it.",
    "預設值包含外購鋼材或金屬之排放；工廠自身燃料僅為其中一部分。",
)
NO_DEFAULT = Statement(
    "The data hold no default value of Taiwan for CN {cn} (six digits or more are needed): nothing is compared.",
    "資料中無 CN {cn} 之台灣預設值（至少需六碼）：不予比較。",
)


def goods_of(case: Case, effects: Effects, factors: FactorSet) -> tuple[GoodResult, ...]:
    """The CBAM view of each good.

    Args:
        case: with boundary and production.
        effects: savings by measure.
        factors: for the CO2 of the fuel.

    Raises:
        FactorError: a factor, or the mark-up of the year of import, is not there.
    """
    asked = case.derived_effects
    if asked is None or asked.cbam is None:
        return ()
    return tuple(_good(case, good, asked.cbam.import_year, effects, factors) for good in asked.cbam.goods)


def _good(case: Case, good: Good, year: int, effects: Effects, factors: FactorSet) -> GoodResult:
    scope = scope_of(good.cn_code)
    if scope is None:
        not_covered = _filled(NOT_COVERED, cn=good.cn_code)
        return GoodResult(good.id, good.cn_code, "", None, None, None, None, (not_covered,))
    _everything_declared(case, good, effects)
    output = next(p.quantity for p in case.production if p.product == good.product)
    with about(f"{good.id} CN {good.cn_code}"):
        electricity = _saved_inside(good, effects, "electricity")
        fuel = _saved_inside(good, effects, "natural_gas")
        direct = None
        if fuel is not None:
            direct = (_co2_of(case, fuel, factors) / output.to("t")).renamed("cbam_direct_saving", "ΔSEE", DIRECT)
        default = default_value(good.cn_code)
        if default is not None:
            marked = default * (1 + rule("cbam_mark_up", year))
            default = marked.renamed("cbam_default_with_mark_up", "SEE_m", DEFAULT)
        part = None
        if direct is not None and default is not None:
            part = (direct / default).to("%").renamed("cbam_share_of_default", "x_CBAM", DIRECT)
    words = _statements(good, scope.sector, electricity, direct, default)
    return GoodResult(good.id, good.cn_code, scope.sector, electricity, direct, default, part, words)


def _everything_declared(case: Case, good: Good, effects: Effects) -> None:
    """Measures may act beyond their own machine; each machine concerned is inside or outside, never left open."""
    known = {b.machine for b in good.boundary}
    missing = sorted({m.machine or m.measure.machine for m in effects.measures} - known)
    if missing:
        raise InputError(
            "a measure changes a machine of which the boundary says nothing",
            subject=f"{case.file}, derived_effects.cbam, {good.id}",
            value=", ".join(missing),
            limit="every machine that the measures change is inside or outside",
            next_step="Add it under boundary with inside: yes (and its share) or no",
        )


def _saved_inside(good: Good, effects: Effects, carrier: str) -> Quantity | None:
    """Saving of a carrier inside the boundary, each machine with the good's share; ``None`` when there is none."""
    shares = {b.machine: b.share for b in good.boundary if b.inside and b.share is not None}
    placed = [(m.machine or m.measure.machine, m) for m in effects.measures if m.carrier == carrier]
    parts = [(m.saving * shares[machine]).to(ENERGY_UNIT[carrier]) for machine, m in placed if machine in shares]
    if not parts:
        return None
    return total(parts).renamed("cbam_saving_inside", "ΔE_in", DIRECT)


def _co2_of(case: Case, fuel: Quantity, factors: FactorSet) -> Quantity:
    """CO2 of natural gas alone, without CH4 and N2O, as CBAM counts it."""
    choice, heat = case.factors.natural_gas, mean_heat_value(case)
    assert choice is not None and heat is not None
    found = fuel_factor(
        "natural_gas",
        choice.year,
        heat_value=heat if choice.table == "per_energy" else None,
        older_by=choice.older_by,
        factors=factors,
    )
    per_volume = found.gases["CO2"]
    volume = str(per_volume.unit).split("/", 1)[1].strip("()")
    potential, _ = gwp("CO2", choice.gwp, factors=factors)
    carbon = (fuel / heat).to(volume) * per_volume * potential
    return carbon.to(str(carbon.unit).replace("kgCO2e", "tCO2e", 1)).declared("tCO2e", because=CO2_ONLY)


def _statements(
    good: Good,
    sector: str,
    electricity: Quantity | None,
    direct: Quantity | None,
    default: Quantity | None,
) -> tuple[Statement, ...]:
    en, zh = SECTORS[sector]
    words = [Statement(ELECTRICITY.en.format(sector=en, cn=good.cn_code),
                       ELECTRICITY.zh.format(sector=zh, cn=good.cn_code))]  # fmt: skip
    if electricity is not None and electricity.value < 0:
        words.append(TAKEN_UP)
    if direct is None or not direct.value:
        words.append(NO_FUEL)
    else:
        kilograms = f"{abs(float(direct.value_in('kgCO2e/t'))):.3g}"
        words.append(_filled(FUEL if direct.value > 0 else FUEL_MORE, value=kilograms))
        words.append(ACTUAL)
    words.append(PRECURSOR if default is not None else _filled(NO_DEFAULT, cn=good.cn_code))
    return tuple(words)


def _filled(words: Statement, **values: str) -> Statement:
    return Statement(words.en.format(**values), words.zh.format(**values))
