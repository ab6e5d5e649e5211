"""Units: power taken as energy, slips of a factor, percent and fraction, transformer ratios, price, three phases."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from energycalc.case.measure import parameters_of
from energycalc.checks.catalogue import limit
from energycalc.checks.prices import electricity_prices
from energycalc.checks.project.project import Missing, Outcome, Project, ProjectCheck, differs, lacks, say, size
from energycalc.checks.range import Range
from energycalc.checks.slips import Slip
from energycalc.quantity import Quantity
from energycalc.quantity.units import unit

SHARES = ("efficiency", "load_factor", "effectiveness")


def power_as_energy(project: Project) -> Iterator[Outcome]:
    """TU01: energy by power gives more hours than there are, or the two figures are one."""
    judged = False
    for facts in project.notes.machines:
        power, energy = facts.electric_power, facts.energy
        power = facts.rated_output if power is None else power
        level = project.level(facts.machine)
        if energy is None and level is not None and "electricity" in level.carriers:
            energy = level.carriers["electricity"].energy_before
        if energy is None or power is None or power.value == 0:
            continue
        judged = True
        hours = energy.value_in("kWh") / power.value_in("kW")
        numbers = {"energy": str(energy), "power": str(power), "hours": f"{hours:,.6g} h"}
        if abs(hours - 1) <= limit("TU01", "equal_within"):
            yield say("TU01.equal", facts.machine, **numbers)
        elif hours > limit("TU01", "hours_of_leap_year"):
            yield say("TU01", facts.machine, **numbers)
    if not judged:
        yield lacks("TU01")


def multipliers(project: Project) -> tuple[Slip, ...]:
    """Ratios of the current and voltage transformers of the case's meters, and their products."""
    named: list[tuple[str, float]] = []
    for meter in project.case.meters if project.case else ():
        ratios = [(kind, _ratio(text)) for kind, text in (("CT", meter.ct_ratio), ("PT", meter.pt_ratio)) if text]
        named += [(f"{kind} {meter.id}", value) for kind, value in ratios]
        if len(ratios) == 2:
            named.append((f"CT × PT {meter.id}", ratios[0][1] * ratios[1][1]))
    return tuple(Slip(value, name, name) for name, value in named if value >= limit("TU13", "smallest_multiplier"))


def _ratio(text: str) -> float:
    first, _, second = text.replace(":", "/").partition("/")
    numbers = [float("".join(c for c in part if c.isdigit() or c == ".") or "nan") for part in (first, second or "1")]
    return numbers[0] / numbers[1]


def transformer_ratio(project: Project) -> Iterator[Outcome]:
    """TU13: meter by bill is the ratio of a transformer, or its inverse."""
    named = multipliers(project)
    reconciled = project.assessment.effects.reconciliations if project.assessment else ()
    pairs = [(r.carrier, r.metered, r.billed) for r in reconciled if r.metered is not None and r.billed is not None]
    if not named or not pairs:
        yield lacks("TU13")
    for carrier, metered, billed in pairs:
        ratio = size(metered) / size(billed)
        for named_ratio in named:
            if any(
                abs(ratio / side - 1) <= limit("TU13", "within") for side in (named_ratio.ratio, 1 / named_ratio.ratio)
            ):
                numbers = {"meter": str(metered), "bill": str(billed), "ratio": f"{ratio:.4g}"}
                yield say("TU13", carrier, multiplier=f"{named_ratio.en} = {named_ratio.ratio:g}", **numbers)


def percent_or_fraction(project: Project) -> Iterator[Outcome]:
    """TU12: an efficiency or a load factor that is a percent read as a fraction, or the reverse."""
    lowest, highest = limit("TU12", "lowest"), limit("TU12", "highest")
    stated: list[tuple[str, str, Quantity]] = []
    for measure in project.case.measures if project.case else ():
        stated += [(measure.id, name, q) for _, name, q in parameters_of(measure) if name.endswith(SHARES)]
    for facts in project.notes.machines:
        stated += [
            (facts.machine, name, q)
            for name in ("efficiency", "power_factor")
            if (q := getattr(facts, name)) is not None
        ]
    if not stated:
        yield lacks("TU12")
    for subject, name, q in stated:
        if q.unit.dimension == unit("1").dimension and not lowest <= q.value_in("1") <= highest and q.value:
            yield say("TU12", subject, name=name, value=str(q), fraction=f"{q.value_in('1'):g}")


def root_three(project: Project) -> Iterator[Outcome]:
    """TU11, TD03, TD04: measured power against √3·V·I·cos φ.

    One third is a reversed transformer, next to none a wrong phase, any other difference a slip.
    """
    low, high = limit("TU11", "low"), limit("TU11", "high")
    judged = False
    for m in project.notes.machines:
        if m.measured_power is None or m.line_voltage is None or m.line_current is None or m.power_factor is None:
            continue
        judged = True
        apparent = float(np.sqrt(3)) * m.line_voltage.value_in("V") * m.line_current.value_in("A") / 1000
        expected = apparent * m.power_factor.value_in("1")
        ratio = m.measured_power.value_in("kW") / expected if expected else 0.0
        found_factor = m.measured_power.value_in("kW") / apparent if apparent else 0.0
        if abs(ratio * 3 - 1) <= limit("TD03", "within"):
            numbers = {"power": str(m.measured_power), "expected": f"{expected:,.4g} kW", "ratio": f"{ratio:.3f}"}
            yield say("TD03", m.machine, **numbers)
        elif found_factor < limit("TD04", "power_factor"):
            numbers = {"power": str(m.measured_power), "current": str(m.line_current)}
            least = f"{limit('TD04', 'power_factor'):g}"
            yield say("TD04", m.machine, power_factor=f"{found_factor:.2f}", limit=least, **numbers)
        elif not low <= ratio <= high:
            named = {"1/√3": 3**-0.5, "√3": 3**0.5, "1/3": 1 / 3, "3": 3.0}
            cause = next((name for name, value in named.items() if low <= ratio / value <= high), "–")
            numbers = {"power": str(m.measured_power), "expected": f"{expected:,.4g} kW", "ratio": f"{ratio:.3f}"}
            yield say("TU11", m.machine, cause=cause, **numbers)
    for check in ("TU11", "TD03", "TD04") if not judged else ():
        yield Missing(check, lacks("TU11").en, lacks("TU11").zh)


def price_of_energy(project: Project) -> Iterator[Outcome]:
    """TU14: prices of electricity, stated or of a bill, against the tariff of the year."""
    case = project.case
    stated: list[tuple[str, Quantity]] = []
    if case and case.prices and case.prices.electricity is not None:
        stated.append(("prices.electricity", case.prices.electricity))
    for bill in case.bills if case else ():
        if bill.carrier == "electricity" and bill.amount is not None:
            stated.append((f"bill {bill.id}", bill.amount / bill.quantity))
    if not stated or case is None or case.prices is None:
        yield lacks("TU14")
        return
    year = case.prices.money_year
    range = electricity_prices(year)
    for where, price in stated:
        value = price.value_in("TWD/kWh")
        if not range.holds(Range.exact(value)):
            numbers = {"price": f"{value:,.4g}", "low": f"{range.low:g}", "high": f"{range.high:g}"}
            yield say("TU14", where, year=str(year), **numbers)
        elif not range.is_usual(Range.exact(value)):
            numbers = {"price": f"{value:,.4g}", "low": f"{range.usual_low:g}", "high": f"{range.usual_high:g}"}
            yield say("TU14.unusual", where, severity="note", **numbers)


def same_calorie(ratio: float) -> bool:
    """Whether two numbers differ by the two definitions of the calorie."""
    slip = limit("TU03", "ratio")
    return any(differs(ratio, side) <= (slip - 1) / 10 for side in (slip, 1 / slip))


CHECKS: dict[str, ProjectCheck] = {
    "TU01": power_as_energy,
    "TU11": root_three,
    "TU12": percent_or_fraction,
    "TU13": transformer_ratio,
    "TU14": price_of_energy,
}
