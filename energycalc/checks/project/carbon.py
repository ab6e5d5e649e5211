"""Carbon: dates of factors, bases, certificates, double counting, biogenic CO2, ranges of factors, effects elsewhere."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from energycalc.checks.catalogue import limit
from energycalc.checks.project.baseline import without_entry
from energycalc.checks.project.project import SAME, Outcome, Project, ProjectCheck, lacks, say, size
from energycalc.factors import published_factors
from energycalc.quantity import Quantity

ELSEWHERE = frozenset({"refrigerant", "sf6", "disposal", "upstream"})
BESIDE_CO2 = ("CH4", "N2O")


def factor_not_valid(project: Project) -> Iterator[Outcome]:
    """TC02: a factor that was announced after the report, or whose row is superseded."""
    report, judged = project.notes.report_date, False
    superseded = {(f.origin.name, f.origin.line) for f in published_factors().factors if f.status == "superseded"}
    for use in project.assessment.effects.factors if project.assessment else ():
        source = use.factor.source
        announced = _day(source.year) if source else None
        if report is not None and announced is not None:
            judged = True
            if announced > report:
                yield say("TC02", use.carrier, announced=str(announced), report=str(report), factor=str(use.factor))
        place = (source.file.name, source.file.line) if source is not None and source.file is not None else None
        if place in superseded:
            judged = True
            yield say("TC02.superseded", use.carrier, factor=str(use.factor))
    if not judged:
        yield lacks("TC02")


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def market_and_location(project: Project) -> Iterator[Outcome]:
    """TC03: lines of both bases in one total."""
    if not project.notes.accounts:
        yield lacks("TC03")
        return
    by_basis: dict[str, list[str]] = {}
    for account in project.notes.accounts:
        by_basis.setdefault(account.basis, []).append(account.name)
    if len(by_basis) > 1:
        yield say("TC03", "total", location=", ".join(by_basis["location"]), market=", ".join(by_basis["market"]))


def certificate_and_saving(project: Project) -> Iterator[Outcome]:
    """TC04: a market-based reduction of energy that certificates cover."""
    held = project.notes.certificates
    if held is None or held.claimed_for_covered is None:
        yield lacks("TC04")
        return
    if abs(held.claimed_for_covered.value_in("tCO2e")) > limit("TC04", "within"):
        covered = sum(c.energy.value_in("kWh") for c in held.used)
        yield say("TC04", "certificates", claimed=str(held.claimed_for_covered), covered=f"{covered:,.6g} kWh")


def certificate_use(project: Project) -> Iterator[Outcome]:
    """TC05: certificates without number, used twice, of another size, or not retired in the period."""
    held = project.notes.certificates
    if held is None or not held.used:
        yield lacks("TC05")
        return
    times = Counter(c.id for c in held.used if c.id)
    for i, c in enumerate(held.used):
        faults = []
        if c.id is None:
            faults.append("no number")
        elif times[c.id] > 1:
            faults.append(f"used {times[c.id]} times")
        if abs(c.energy.value_in("kWh") / limit("TC05", "energy") - 1) > SAME:
            faults.append(f"{c.energy}")
        period = project.case.period if project.case else None
        if c.retired is None:
            faults.append("not retired")
        elif period and not period.first_day <= c.retired <= period.last_day:
            faults.append(f"retired {c.retired}")
        if faults:
            yield say("TC05", c.id or f"certificate {i + 1}", faults=", ".join(faults))


def scopes_twice(project: Project) -> Iterator[Outcome]:
    """TC06: fuel and its electricity, or steam and its boiler fuel, in one total."""
    if not project.notes.conversions:
        yield lacks("TC06")
    for c in project.notes.conversions:
        if c.fuel_counted and c.output_counted:
            yield say(f"TC06.{c.kind}", c.name)


def biogenic(project: Project) -> Iterator[Outcome]:
    """TC08: biogenic CO2 inside the total."""
    if project.notes.biogenic is None:
        yield lacks("TC08")
    elif project.notes.biogenic.in_total:
        yield say("TC08", "total", emission=str(project.notes.biogenic.emission))


def dioxide_or_equivalent(project: Project) -> Iterator[Outcome]:
    """TC10: a factor of CO2 alone that is called CO2e."""
    if not project.notes.factor_gases:
        yield lacks("TC10")
    for f in project.notes.factor_gases:
        missing = [gas for gas in BESIDE_CO2 if gas not in f.gases]
        if f.called == "CO2e" and missing:
            yield say("TC10", f.carrier, gases=", ".join(f.gases), missing=", ".join(missing))


def factor_range(project: Project) -> Iterator[Outcome]:
    """TC11: the factors that the case uses, against the range of their fuel."""
    judged = False
    for use in project.assessment.effects.factors if project.assessment else ():
        names = _range_names(use.carrier, use.factor)
        if names is None:
            continue
        judged = True
        value, unit_text, name = names
        low, high = limit("TC11", f"{name}_low"), limit("TC11", f"{name}_high")
        if not low <= value <= high:
            numbers = {"factor": str(use.factor), "low": f"{low:g} {unit_text}", "high": f"{high:g} {unit_text}"}
            yield say("TC11", use.carrier, **numbers)
    if not judged:
        yield lacks("TC11")


def _range_names(carrier: str, factor: Quantity) -> tuple[float, str, str] | None:
    """The factor in the unit of its range, that unit, and the name of the range."""
    dimension = {name for name in dict(factor.unit.dimension) if not name.startswith("<")}
    if carrier == "electricity":
        return size(factor) * 3.6e6, "kg/kWh", "electricity"
    if carrier == "natural_gas" and "[time]" in dimension:
        return size(factor) * 1e9, "kg/GJ", "natural_gas"
    if carrier == "natural_gas" and "[length]" in dimension:
        return size(factor), "kg/m3", "natural_gas_volume"
    return None


def secondary_effects(project: Project) -> Iterator[Outcome]:
    """TC13: measures with refrigerant and the like, and nothing said about it."""
    silent = without_entry(project, ELSEWHERE)
    if silent:
        yield say("TC13", ", ".join(silent))


def line_loss_twice(project: Project) -> Iterator[Outcome]:
    """TC14: line loss on a factor that is per kWh sold."""
    loss, case = project.notes.line_loss_applied, project.case
    if loss is None or case is None or case.factors.electricity is None:
        yield lacks("TC14")
    elif loss.value > 0 and case.factors.electricity.region == "TW":
        yield say("TC14", "electricity", loss=str(loss))


CHECKS: dict[str, ProjectCheck] = {
    "TC02": factor_not_valid,
    "TC03": market_and_location,
    "TC04": certificate_and_saving,
    "TC05": certificate_use,
    "TC06": scopes_twice,
    "TC08": biogenic,
    "TC10": dioxide_or_equivalent,
    "TC11": factor_range,
    "TC13": secondary_effects,
    "TC14": line_loss_twice,
}
