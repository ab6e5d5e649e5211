"""From parts to years and lives: early annualising, lifetime savings, means of ratios, impossible years, sealed files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from energycalc.checks.catalogue import limit
from energycalc.checks.project.project import SAME, Missing, Outcome, Project, ProjectCheck, differs, lacks, say, size

DAYS_OF_A_MONTH = 365 / 12


def annualised(project: Project) -> Iterator[Outcome]:
    """TA04: a payback printed from a period of few months."""
    if project.case is None or not project.notes.printed:
        yield lacks("TA04")
        return
    months = project.case.period.days / DAYS_OF_A_MONTH
    yearly = [p for p in project.notes.printed if p.what in ("payback", "lifetime_saving")]
    for p in yearly if months < limit("TA04", "months") else ():
        yield say("TA04", f"{p.of} {p.what}", printed=p.value, days=f"{project.case.period.days} d")


def lifetime_saving(project: Project) -> Iterator[Outcome]:
    """TA05: a saving over the life without decline, or longer than the equipment lives."""
    if not project.notes.lifetimes:
        yield lacks("TA05")
    for x in project.notes.lifetimes:
        if x.yearly_decline is None:
            yield say("TA05", x.of, saving=str(x.saving), years=str(x.years))
        if x.life_of_equipment is not None and x.years.value > x.life_of_equipment.value + SAME:
            yield say("TA05.life", x.of, years=str(x.years), life=str(x.life_of_equipment))


def mean_of_ratios(project: Project) -> Iterator[Outcome]:
    """TA07: a printed intensity that is the mean of the months' ratios, not the ratio of their sums."""
    if not project.notes.intensities:
        yield lacks("TA07")
    for x in project.notes.intensities:
        if len({m.output.unit.dimension for m in x.months}) > 1:
            yield Missing("TA07", "outputs of one kind", "同一種產出單位")
            continue
        ratios = [size(m.energy) / size(m.output) for m in x.months]
        mean, right = (
            sum(ratios) / len(ratios),
            sum(size(m.energy) for m in x.months) / sum(size(m.output) for m in x.months),
        )
        printed = size(x.printed)
        if differs(mean, right) > limit("TA07", "within") and differs(printed, mean) < differs(printed, right):
            to = x.printed.unit.factor
            numbers = {"printed": str(x.printed), "right": f"{right / to:,.5g} {x.printed.unit}"}
            yield say("TA07", x.source, mean=f"{mean / to:,.5g} {x.printed.unit}", **numbers)


def year_impossible(project: Project) -> Iterator[Outcome]:
    """TD12: a period before 1990, or long after the report."""
    if project.case is None:
        yield lacks("TD12")
        return
    period, report = project.case.period, project.notes.report_date
    early = period.first_day.year < limit("TD12", "earliest")
    late = report is not None and period.last_day.year > report.year + limit("TD12", "years_ahead")
    if early or late:
        yield say("TD12", "period", first=str(period.first_day), last=str(period.last_day), report=str(report or "–"))


def file_changed(project: Project) -> Iterator[Outcome]:
    """TD19: an input file that is not the one recorded."""
    if not project.notes.files or project.case is None:
        yield lacks("TD19")
        return
    folder = project.case.folder
    for seal in project.notes.files:
        file = folder / seal.file
        if not file.resolve().is_relative_to(folder.resolve()) or not file.is_file():
            yield say("TD19.gone", seal.file, recorded=seal.sha256[:16])
            continue
        now = hashlib.sha256(file.read_bytes()).hexdigest()
        if now != seal.sha256:
            yield say("TD19", seal.file, recorded=seal.sha256[:16], now=now[:16])


CHECKS: dict[str, ProjectCheck] = {
    "TA04": annualised,
    "TA05": lifetime_saving,
    "TA07": mean_of_ratios,
    "TD12": year_impossible,
    "TD19": file_changed,
}
