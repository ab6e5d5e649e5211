"""The grid factor of a claim: printed with or without its year, or implied by tonnes and energy (TC01, TC02, TC11, TN01)."""

from __future__ import annotations

from energycalc.checks.catalogue import limit
from energycalc.checks.claims.background import Background
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.grid_series import GridSeries, Hit
from energycalc.checks.claims.identities import agrees, slip
from energycalc.checks.claims.ledger import Ledger
from energycalc.checks.claims.relations import amount
from energycalc.checks.claims.units import Amount, paper_unit
from energycalc.checks.claims.words import shown, side_by_side
from energycalc.checks.range import Range
from energycalc.checks.slips import slips

KG_PER_KWH = paper_unit("kgCO2e/kWh")
ENERGY = paper_unit("kWh").kind
HOME = "TW"
"""The grid whose series is complete here, and whose range is known."""
SUPPLIER = ("supplier", "cogeneration", "chp", "self-gener", "自發", "自設", "自廠", "汽電", "供應商", "廠內")
"""Words of a source that is no authority: a supplier's or a plant's own factor."""


def of_a_supplier(claim: Claim) -> bool:
    """Whether the page names somebody else than the authorities as the source of its factor."""
    source = (claim.text("emission_factor_source") or "").lower()
    return bool(source) and any(word in source for word in SUPPLIER) and claim.has("emission_factor")


def _in_force(claim: Claim, hits: list[Hit], series: GridSeries) -> bool:
    """Whether the page was printed before the values it uses were revised."""
    printed = claim.year()
    revised = [h.announced for h in series.hits if not h.superseded and h.year in {hit.year for hit in hits}]
    return (
        printed is not None and bool(revised) and all(day[:4].isdigit() and printed < int(day[:4]) for day in revised)
    )


def printed_grid_factor(claim: Claim, ledger: Ledger, known: Background) -> None:
    """The printed factor against the official series."""
    figure = claim.figures["emission_factor"]
    if figure.unit.kind != KG_PER_KWH.kind:
        return
    value = figure.to("kgCO2e/kWh")
    series = _series(claim, ledger, known, "TC01")
    if series is None:
        return
    _behind_the_tonnes(claim, ledger, series, value)
    year = claim.year("emission_factor_year")
    half = figure.step / 2
    exact = Range(figure.value - half, figure.value, figure.value + half) * figure.unit.size / KG_PER_KWH.size
    valid, replaced = series.within(exact, superseded=False), series.within(exact, superseded=True)
    evidence = {"printed factor": figure.text, "official": "; ".join(h.en() for h in [*valid, *replaced]) or "none"}
    if year is None:
        _without_year(claim, ledger, series, exact, valid, replaced, evidence)
        return
    if year not in series.years:
        ledger.lacks("TC01", f"the factor of {year}", f"{year} 年之電力排碳係數", decides=True)
        return
    of_year = [h for h in valid if h.year == year]
    if of_year:
        ledger.compared(
            "TC01",
            f"factor {figure.text} is {of_year[0].en()}",
            f"係數 {figure.text} 為 {of_year[0].zh()}",
            alone=True,
        )
        return
    official = next(h for h in series.hits if h.year == year and not h.superseded)
    replaced_of_year = [h for h in replaced if h.year == year]
    early = _in_force(claim, replaced_of_year, series)
    evidence["official value of that year"] = official.en()
    if replaced_of_year:
        ledger.found(
            "TC02", f"The factor {figure.text} is the value of {year} as first published; it was revised to {official.value:g}.",
            f"係數 {figure.text} 為 {year} 年首次公告值，後修正為 {official.value:g}。", evidence,
            severity="note" if early else "warning",
        )  # fmt: skip
        return
    if valid or replaced:
        fits = (valid or replaced)[0]
        ledger.found(
            "TC01", f"The factor {figure.text} is labelled {year}, whose official value is {official.value:g}; it is {fits.en()}.",
            f"係數 {figure.text} 標示為 {year} 年，該年公告值為 {official.value:g}；此值為 {fits.zh()}。", evidence,
        )  # fmt: skip
        return
    _in_no_series(claim, ledger, series, exact, figure.text, evidence, printed=True)


def _behind_the_tonnes(claim: Claim, ledger: Ledger, series: GridSeries, printed: Range) -> None:
    """Where the tonnes do not follow from the printed factor: which factor they would follow from."""
    saved, tonnes = amount(claim, "saving"), amount(claim, "emission_reduction", as_result=True)
    if saved is None or tonnes is None or saved.kind != ENERGY or saved.range.low <= 0:
        return
    if agrees(tonnes.range, saved.range * printed * KG_PER_KWH.size):
        return
    implied = _implied(claim, saved, tonnes)
    hits = series.within(implied)
    if hits:
        names, names_zh = " or ".join(h.en() for h in hits[:3]), "或 ".join(h.zh() for h in hits[:3])
        ledger.found("TN01", f"The tonnes do not follow from the printed factor; they would follow from {names}.",
                     f"減碳量與所列係數不符；若採 {names_zh} 則相符。", {"implied factor": f"{shown(implied.value)} kgCO2e/kWh", "fits": names})  # fmt: skip


def _without_year(
    claim: Claim, ledger: Ledger, series: GridSeries, exact: Range, valid: list[Hit], replaced: list[Hit],
    evidence: dict[str, str],
) -> None:  # fmt: skip
    text = claim.figures["emission_factor"].text
    printed = claim.year()
    too_new = printed is not None and valid and all(h.year >= printed for h in valid) and not replaced
    early = bool(replaced) and _in_force(claim, replaced, series)
    if early and (len({h.value for h in replaced}) == 1 or not valid):
        ledger.found(
            "TC02", f"The factor {text} is {replaced[0].en()}, in force when this was printed; it has been revised since.",
            f"係數 {text} 為 {replaced[0].zh()}，刊印時有效，其後已修正。", evidence, severity="note",
        )  # fmt: skip
    elif replaced:
        fits = [h.en() for h in [*replaced, *valid]]
        also_zh = "、".join(h.zh() for h in [*replaced, *valid])
        ledger.found(
            "TC02", f"The factor {text} stands without its year and is {' and '.join(fits)}: the vintage must be asked for.",
            f"係數 {text} 未註明年度，可能為 {also_zh}：應查明年度。", evidence, severity="warning",
        )  # fmt: skip
    elif too_new:
        ledger.found(
            "TC02", f"The factor {text} is {valid[0].en()}, which had not been announced in {printed}.",
            f"係數 {text} 為 {valid[0].zh()}，於 {printed} 年尚未公告。", evidence, severity="warning",
        )  # fmt: skip
    elif valid:
        ledger.compared("TC01", f"factor {text} is {valid[0].en()}", f"係數 {text} 為 {valid[0].zh()}", alone=True)
    else:
        _in_no_series(claim, ledger, series, exact, text, evidence, printed=True)


def implied_grid_factor(claim: Claim, ledger: Ledger, known: Background) -> None:
    """Tonnes by energy, looked up backwards in the official series."""
    saved, tonnes = amount(claim, "saving"), amount(claim, "emission_reduction", as_result=True)
    if saved is None or tonnes is None or saved.kind != ENERGY or saved.range.low <= 0:
        return
    if not claim.figures["emission_reduction"].is_printed:
        return
    series = _series(claim, ledger, known, "TN01")
    if series is None:
        return
    implied = _implied(claim, saved, tonnes)
    valid, replaced = series.within(implied, superseded=False), series.within(implied, superseded=True)
    text = f"{shown(implied.value)} kgCO2e/kWh"
    evidence = {**side_by_side(claim, "saving", "emission_reduction"), "implied factor": text,
                "range by rounding": f"{shown(implied.low)} to {shown(implied.high)}"}  # fmt: skip
    year = claim.year()
    usual = [h for h in valid if year is None or h.year <= year]
    if usual and _of_its_time(usual, year, claim):
        ledger.found(
            "TN01", f"No factor is printed; the tonnes give {text}, which is {' or '.join(h.en() for h in usual[:3])}.",
            f"未列係數；由減碳量反推為 {text}，即 {'或 '.join(h.zh() for h in usual[:3])}。", evidence, severity="note",
        )  # fmt: skip
    elif valid:
        expected = [h.en() for h in series.hits if h.year in (year, (year or 0) - 1) and not h.superseded]
        ledger.found(
            "TC01", f"No factor is printed; the tonnes give {text}, which is {valid[0].en()}; in {year} {' or '.join(expected)} was in force.",
            f"未列係數；由減碳量反推為 {text}，即 {valid[0].zh()}；{year} 年應為 {' 或 '.join(expected)}。", evidence,
        )  # fmt: skip
        ledger.found("TN01", f"The tonnes were computed with another year's factor ({text}).",
                     f"減碳量採用其他年度之係數（{text}）。", evidence)  # fmt: skip
    elif replaced:
        ledger.found(
            "TC02", f"No factor is printed; the tonnes give {text}, which is {replaced[0].en()} and has been revised.",
            f"未列係數；由減碳量反推為 {text}，為 {replaced[0].zh()}，已被修正。", evidence,
            severity="note" if _in_force(claim, replaced, series) else "warning",
        )  # fmt: skip
    else:
        _in_no_series(claim, ledger, series, implied, text, evidence, printed=False)


def _implied(claim: Claim, saved: Amount, tonnes: Amount) -> Range:
    """Tonnes by energy; the zeros at the end of a large number may be rounding and count as play."""
    figure = claim.figures["saving"]
    zeros = (
        len(f"{figure.value:.0f}") - len(f"{figure.value:.0f}".rstrip("0")) if figure.value == int(figure.value) else 0
    )
    play = min(10.0**zeros, limit("TN01", "trailing_zeros") / 100 * figure.value) if zeros >= 3 else 0.0
    wider = Range(figure.value - play / 2, figure.value, figure.value + play) * figure.unit.size
    own = saved.range
    if figure.per != "day":
        own = Range(min(own.low, wider.low), own.value, max(own.high, wider.high))
    return (tonnes.range / own) / KG_PER_KWH.size


def _of_its_time(hits: list[Hit], year: int | None, claim: Claim) -> bool:
    """Whether a fitting year may have been in force; the year of an item is that of the activity, of a page that of print."""
    if year is None or "of_activity" not in claim.texts:
        return True
    return any(h.year in (year, year - 1) for h in hits)


def _in_no_series(
    claim: Claim,
    ledger: Ledger,
    series: GridSeries,
    value: Range,
    text: str,
    evidence: dict[str, str],
    *,
    printed: bool,
) -> None:
    if claim.country != HOME:
        ledger.lacks(
            "TC01", f"a factor of {claim.country} that fits {text}", f"{claim.country} 與 {text} 相符之電力排碳係數"
        )
        return
    low, high = limit("TC11", "electricity_low"), limit("TC11", "electricity_high")
    what_en = f"The factor {text}" if printed else f"The tonnes give {text}, which"
    what_zh = f"係數 {text} " if printed else f"由減碳量反推為 {text}，"
    span = f"{series.lowest:g} to {series.highest:g}"
    evidence = {**evidence, "official values": span}
    target = next((t for t in series.targets if value.low <= t.value <= value.high), None)
    if target is not None:
        ledger.found(
            "TN01", f"{what_en} is the legal target for {target.year} ({target.value:g}): a target is no factor.",
            f"{what_zh}為 {target.year} 年之法定目標值（{target.value:g}）：目標值不得作為係數。", evidence, severity="error",
        )  # fmt: skip
        return
    official = Range(series.lowest, series.lowest, series.highest)
    if value.meets(official):
        ledger.found(
            "TN01", f"{what_en} is of no official year, although inside their range ({span} kg/kWh): ask for its source.",
            f"{what_zh}不屬任何公告年度，惟仍在公告值範圍（{span} kg/kWh）內：應查明來源。", evidence, severity="warning",
        )  # fmt: skip
    elif value.meets(Range(low, low, high)):
        unknown = sorted(_years_revised(series) - series.years_first_published)
        labelled = claim.year("emission_factor_year") in series.years - frozenset(unknown)
        no_year_left = labelled or (not printed and value.surely_below(series.lowest))
        ledger.found(
            "TN01", f"{what_en} lies outside the official values ({span} kg/kWh){'; no year can have it' if no_year_left else ''}.",
            f"{what_zh}不在公告值範圍（{span} kg/kWh）內{'，任何年度均無此值' if no_year_left else ''}。", evidence,
            severity="error" if no_year_left else "warning",
        )  # fmt: skip
        if value.value > series.highest and unknown and not labelled:
            years = ", ".join(str(y) for y in unknown)
            ledger.lacks(
                "TN01", f"the factors as first published for {years}", f"{years} 年首次公告之係數", decides=True
            )
    else:
        ledger.found(
            "TC11", f"{what_en} is outside anything a grid emits per kWh ({low:g} to {high:g} kg/kWh; official {span}).",
            f"{what_zh}超出電力排碳係數之可能範圍（{low:g} 至 {high:g} kg/kWh；公告值 {span}）。", evidence, severity="error",
        )  # fmt: skip
        for factor in (known.ratio for known in slips()):
            if (value / factor).meets(official) or (value * factor).meets(official):
                slip(
                    claim, "CO2e", "減碳量", factor if value.value > high else 1 / factor, ledger, "emission_reduction"
                )
                break
        if not printed:
            ledger.found(
                "TC15", f"Energy times any official factor does not give the printed tonnes ({text}).",
                f"節電量乘以任何公告係數均不等於所列減碳量（{text}）。", evidence, severity="error",
            )  # fmt: skip


def _years_revised(series: GridSeries) -> frozenset[int]:
    """Years whose values were re-issued together with those known as first published."""
    known = series.years_first_published
    if not known:
        return frozenset()
    day = {h.announced for h in series.hits if h.year in known and not h.superseded}
    return frozenset(h.year for h in series.hits if not h.superseded and h.announced in day)


def _series(claim: Claim, ledger: Ledger, known: Background, check: str) -> GridSeries | None:
    series = known.grid(claim.country)
    if series.hits:
        return series
    ledger.lacks(check, f"grid factors of {claim.country}", f"{claim.country} 之電力排碳係數")
    return None
