"""Objections to evidence, method and boundary of a claim; on paper they are a warning at most, whatever a project file makes of them."""

from __future__ import annotations

import re

from energycalc.checks.catalogue import limit, limits_of
from energycalc.checks.claims.background import Background
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.expression import evaluate
from energycalc.checks.claims.figures import read_figure
from energycalc.checks.claims.ledger import Ledger
from energycalc.checks.claims.relations import amount
from energycalc.checks.claims.units import Amount, paper_unit
from energycalc.checks.claims.words import shown, side_by_side, title
from energycalc.errors import EnergycalcError

AFTER = ("energy_after", "power_after", "intensity_after", "efficiency_after", "current_after", "cost_after", "cop")
RATING = re.compile(r"\d\s*(?:HP|hp|馬力)|kW/HP|0\.74[56]")
COMPRESSED_AIR = ("compressor", "compressed_air", "空壓")
DAYS_OF_YEAR = 365
ENERGY = paper_unit("kWh").kind
ELECTRIFIED = ("heat_pump", "熱泵", "電鍋爐", "電氣化", "electrification", "electric_boiler", "改電熱", "電熱取代")
SWITCH = ("fuel_switch", "燃料轉換", "燃料替代", "改天然氣", "改瓦斯", "油改氣")


def evidence(claim: Claim, ledger: Ledger, known: Background) -> None:
    """Every objection to how the figures were come by.

    Args:
        claim: completed.
        ledger: takes the findings.
        known: published heat values.
    """
    worked_example = claim.kind == "worked_example"
    if not worked_example:
        _measured_too_short(claim, ledger)
        _nameplate(claim, ledger)
        _deemed(claim, ledger)
    _overlap(claim, ledger)
    _service_changed(claim, ledger)
    _fuel_switch(claim, ledger, known)
    _loss(claim, ledger)


def _measured_too_short(claim: Claim, ledger: Ledger) -> None:
    """Days that stand for a year (TB01, TA04)."""
    lengths = {
        when: days for when in ("before", "after") if (days := _days(claim.measurement.get(when, ""))) is not None
    }
    if not lengths:
        if claim.text("basis") == "spot" and claim.has("saving"):
            ledger.found("TB01", "Spot readings stand for a year.", "以瞬時讀值推估全年。",
                         side_by_side(claim, "hours", "saving"), severity="warning")  # fmt: skip
        return
    air = any(word in claim.technology for word in COMPRESSED_AIR)
    least = limit("TB01", "compressed_air_days" if air else "isolation_days")
    shortest = min(lengths.values())
    shown_lengths = {f"measured {when}": f"{days:.1f} d" for when, days in lengths.items()}
    if shortest < least:
        ledger.found(
            "TB01", f"{shortest:.1f} days were measured and stand for a year; less than {least:g} days cover no production cycle.",
            f"量測僅 {shortest:.1f} 日即推估全年；少於 {least:g} 日，未涵蓋完整生產週期。", shown_lengths, severity="warning",
        )  # fmt: skip
    if shortest < limit("TA04", "months") * 365 / 12 and claim.has("saving"):
        ledger.found(
            "TA04", f"The yearly saving is scaled up from {shortest:.1f} days, without production or ambient conditions.",
            f"年節能量由 {shortest:.1f} 日外推，未考量產量與環境條件。", shown_lengths, severity="warning",
        )  # fmt: skip


def _days(text: str) -> float | None:
    """Length of a measurement in days, where the text begins with one."""
    match = re.search(
        r"\d[\d,.]*\s*(?:h|hours?|min|minutes?|days?|weeks?|months?|years?|d|小時|日|天|週|個月|月|年)\b|\d[\d,.]*\s*(?:小時|日|天|週|個月|月|年)",
        text,
    )
    if match is None:
        return None
    word = {"hour": "h", "hours": "h", "days": "day", "years": "year", "minutes": "min", "minute": "min"}
    number, _, unit = re.sub(r"(\d)\s*([^\d,.\s])", r"\1 \2", match[0], count=1).partition(" ")
    try:
        figure = read_figure("measurement", f"{number} {word.get(unit.strip(), unit.strip())}")
        return figure.to("year").value * DAYS_OF_YEAR if figure.is_a("year") else figure.to("day").value
    except EnergycalcError:
        return None


def _nameplate(claim: Claim, ledger: Ledger) -> None:
    """Ratings instead of readings, and shaft power as if it were drawn from the grid (TL04, TL05)."""
    expressions = [
        c.expression for c in claim.calculations if c.quantity in ("saving", "energy_before", "energy_after")
    ]
    of_rating = [e for e in expressions if RATING.search(e)]
    in_horsepower = [k for k in ("power_before", "power_after") if claim.has(k) and claim.figures[k].unit.assumption]
    if claim.text("basis") == "measured" or claim.measurement:
        return
    if claim.text("basis") == "nameplate" or of_rating:
        ledger.found(
            "TL04", "The energies are ratings times hours: nothing was measured, and full load is assumed.",
            "用電量以額定功率乘時數估算：未經量測，且假設滿載。",
            {**side_by_side(claim, *in_horsepower, "hours"), **({"calculation": of_rating[0]} if of_rating else {})},
            severity="warning",
        )  # fmt: skip
    divides = any("/" in re.sub(r"\w/\w", "", e) for e in of_rating)
    if of_rating and not divides and not claim.has("efficiency_before"):
        ledger.found(
            "TL05", "Shaft power is used as electric power: no motor efficiency divides it.",
            "以軸功率作為用電功率：未除以馬達效率。", {"calculation": of_rating[0]}, severity="warning",
        )  # fmt: skip


def _deemed(claim: Claim, ledger: Ledger) -> None:
    """A percentage that was assumed (TN10)."""
    rate = claim.figure("saving_rate")
    basis = claim.text("basis")
    text = rate.text if rate is not None else ""
    if basis == "deemed":
        ledger.found("TN10", f"The saving is assumed{f' ({text})' if text else ''}, not measured.", f"節能率{text}為假設，未經量測。",
                     side_by_side(claim, "saving_rate", "saving"))  # fmt: skip
        return
    if rate is None or not rate.is_printed or basis in ("measured", "billed") or claim.measurement or claim.carriers:
        return
    value = rate.to("%").value
    known_after = any(claim.has(key) and claim.figures[key].is_printed for key in AFTER)
    if value in limits_of("TN10").values() and not known_after and rate.step >= 1 and not claim.has("power_saving"):
        ledger.found("TN10", f"A round {text} with nothing measured after: the saving seems to be assumed.",
                     f"節能率為整數 {text} 且無改善後數據，疑為假設值。", side_by_side(claim, "saving_rate", "saving"))  # fmt: skip


def _overlap(claim: Claim, ledger: Ledger) -> None:
    """Terms of one system added up without a word on what they take from each other (TB08, TB13)."""
    overlap = (claim.text("overlap") or "").strip().lower()
    if overlap not in ("not stated", "none stated", "未說明", "未述明") or len(claim.items) < 2:
        return
    names = ", ".join(item.id for item in claim.items)
    ledger.found(
        "TB08", f"{len(claim.items)} terms are added ({names}), and nothing is said about their overlap: what one saves, the next cannot save again.",
        f"{len(claim.items)} 項節能量直接相加（{names}），未說明重疊：前項已節省者，後項不得再計。", {"terms": names}, severity="warning",
    )  # fmt: skip


def _service_changed(claim: Claim, ledger: Ledger) -> None:
    """Less or more service after than before, compared as if it were the same (TB04, TB03)."""
    for scope in (claim, *claim.items):
        for name in ("count", "capacity"):
            before, after = scope.figure(f"{name}_before"), scope.figure(f"{name}_after")
            if before is None or after is None or before.unit.kind != after.unit.kind:
                continue
            a, b = before.to(before.unit.text), after.to(before.unit.text)
            if (a.value != b.value) if name == "count" else not a.meets(b):
                ledger.found(
                    "TB04", f"{title(f'{name}_before', 'en')} {before.text}, after {after.text}: part of the difference may be less or more service, and no adjustment is printed.",
                    f"{title(f'{name}_before', 'zh')} {before.text}，改善後 {after.text}：差異可能來自服務量變化，未見基線調整。",
                    {title(f"{name}_before", "en"): before.text, title(f"{name}_after", "en"): after.text}, severity="warning",
                )  # fmt: skip
    made_before, made_after = amount(claim, "output_before"), amount(claim, "output_after")
    if made_before is None or made_after is None or made_before.kind != made_after.kind or not made_before.range.value:
        return
    moved = made_after.range.value / made_before.range.value - 1
    if abs(moved) > limit("TB03", "moved") and not claim.has("intensity_before", "intensity_after"):
        ledger.found(
            "TB03", f"Output moved by {moved:+.1%} between before and after, and the plain difference is claimed.",
            f"改善前後產量變動 {moved:+.1%}，仍以差額計算節能量。", side_by_side(claim, "output_before", "output_after", "saving"),
            severity="warning",
        )  # fmt: skip


def _fuel_switch(claim: Claim, ledger: Ledger, known: Background) -> None:
    """One carrier given up for another: booked on one side only, or heat for heat (TC12, TN09)."""
    given = [(part, a) for part in claim.carriers if (a := amount(part, "saving")) is not None and a.range.value > 0]
    taken = [(part, a) for part in claim.carriers if (a := amount(part, "saving")) is not None and a.range.value < 0]
    named = any(word in claim.technology for word in SWITCH)
    booked_in_tonnes = claim.has("emission_before", "emission_after")
    if (named or _electrified(claim, known)) and not taken and not booked_in_tonnes:
        ledger.found(
            "TC12", "A fuel is switched, and the carrier taken up instead is not booked.", "燃料轉換僅列減量一側，未列替代能源之增量。",
            side_by_side(claim, "saving", "emission_reduction"),
        )  # fmt: skip
        return
    if not given or not taken:
        return
    heat_given, heat_taken = _heat(given, known), _heat(taken, known)
    if heat_given is None or heat_taken is None:
        ledger.lacks("TN09", "heat values of both carriers", "轉換前後能源之熱值")
        return
    share = -heat_taken / heat_given
    if share >= limit("TN09", "same_heat") / 100:
        ledger.found(
            "TN09", f"The carrier taken up has {share:.0%} of the heat given up: this is a fuel switch, not a saving of energy.",
            f"替代能源之熱量為原能源之 {share:.0%}：屬燃料轉換，非節能。",
            {part.carrier: part.figures["saving"].text for part, _ in (*given, *taken)},
            severity="warning" if _booked_as_energy(claim) else "note",
        )  # fmt: skip
    else:
        ledger.compared(
            "TN09", f"heat taken up is {share:.0%} of the heat given up", f"替代能源熱量為原能源之 {share:.0%}"
        )


def _booked_as_energy(claim: Claim) -> bool:
    """Whether the page claims a saving of energy, not of money and tonnes only."""
    rate = claim.figure("saving_rate")
    own_rate = rate is not None and rate.is_printed and claim.text("saving_rate_of") not in ("cost", "emission")
    return own_rate or claim.has("saving") or claim.has("oil_equivalent")


def _electrified(claim: Claim, known: Background) -> bool:
    """Whether electricity takes the place of the fuel whose saving is claimed."""
    of_fuel = bool(known.emission_factors(claim.carrier)) or any(
        known.emission_factors(p.carrier) for p in claim.carriers
    )
    return of_fuel and any(word in claim.technology for word in ELECTRIFIED)


def _heat(parts: list[tuple[Claim, Amount]], known: Background) -> float | None:
    """Heat of carriers in joules; the richest published heat value of each fuel where the page prints none."""
    total = 0.0
    for part, a in parts:
        if a.kind == ENERGY:
            total += a.range.value
            continue
        own = amount(part, "heat_value")
        values = [own.range.value] if own is not None else [p.value for p in known.heat_values(part.carrier)]
        if not values:
            return None
        total += a.range.value * max(values)
    return total


def _loss(claim: Claim, ledger: Ledger) -> None:
    """The rate of a loss called a rate of consumption; a loss that the efficiency contradicts (TN11)."""
    if claim.text("figures_are") != "loss":
        return
    rate = claim.figure("saving_rate")
    if rate is not None and rate.is_printed and claim.text("saving_rate_of") in (None, "measure", "plant"):
        before, saved = amount(claim, "energy_before") or amount(claim, "power_before"), amount(claim, "saving")
        after = amount(claim, "energy_after") or amount(claim, "power_after")
        share = 1 - after.range.value / before.range.value if before and after and before.range.value else (
            saved.range.value / before.range.value if saved and before and before.range.value else None)  # fmt: skip
        if share is not None and abs(rate.to("1").value - share) <= limit("TN11", "same_rate") / 100:
            ledger.found(
                "TN11", f"The printed {rate.text} is a share of the loss, not of the consumption.",
                f"所列 {rate.text} 為損失之降幅，並非耗能之降幅。", side_by_side(claim, "energy_before", "energy_after", "saving_rate"),
            )  # fmt: skip
    for when in ("before", "after"):
        _loss_by_efficiency(claim, when, ledger)


def _loss_by_efficiency(claim: Claim, when: str, ledger: Ledger) -> None:
    """Load × (1 − η) or load × (1 − η) ÷ η × hours against the printed loss of a device."""
    efficiency, capacity = claim.figure(f"efficiency_{when}"), claim.figure("capacity")
    lost, hours = amount(claim, f"energy_{when}"), amount(claim, "hours")
    if efficiency is None or capacity is None or lost is None or hours is None:
        return
    if not (capacity.is_a("kW") or capacity.is_a("kVA")):
        return
    load = capacity.to("kW") if capacity.is_a("kW") else capacity.to("kVA")
    for key in ("load_factor", "power_factor"):
        factor = claim.figure(key)
        if factor is not None and not (key == "power_factor" and capacity.is_a("kW")):
            load = load * factor.to("1")
    eta = efficiency.to("1")
    per_output = load * (1.0 - eta) * hours.range * paper_unit("kW").size
    per_input = per_output / eta
    own = lost.range
    play = limit("TN11", "tolerance") / 100
    fits = any(own.meets(way) or abs(own.value / way.value - 1) <= play for way in (per_output, per_input) if way.value)
    if not fits:
        kwh = paper_unit("kWh").size.value
        ledger.found(
            "TN11", f"A device of {efficiency.text} efficiency loses {shown(per_input.value / kwh)} kWh, not {claim.figures[f'energy_{when}'].text}.",
            f"效率 {efficiency.text} 之設備損失應為 {shown(per_input.value / kwh)} kWh，而非 {claim.figures[f'energy_{when}'].text}。",
            side_by_side(claim, "capacity", f"efficiency_{when}", f"energy_{when}", "hours"),
        )  # fmt: skip


def sequential(claim: Claim, ledger: Ledger) -> None:
    """Percentages of several terms taken of one base and added (TB13), where the expressions show it.

    Args:
        claim: completed.
        ledger: takes the finding.
    """
    if (claim.text("overlap") or "").lower() not in ("not stated", "未說明", "未述明"):
        return
    shares = []
    for item in claim.items:
        if item.expression:
            try:
                terms = evaluate(item.expression).terms
            except EnergycalcError:
                continue
            shares.append([t.value for t in terms if not t.unit and 0 < t.value < 1])
    if sum(1 for s in shares if s) >= 2:
        ledger.found(
            "TB13", "Several terms apply a share to the original load; the later ones should apply it to what the earlier leave.",
            "多項節能量皆以原負載乘比率計算，後項應以前項剩餘量為基準。",
            {"terms": ", ".join(item.id for item in claim.items)}, severity="warning",
        )  # fmt: skip
