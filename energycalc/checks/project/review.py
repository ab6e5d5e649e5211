"""``review_case``: everything that can be said about a case, as findings with check ids; what could not be judged, and why."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from energycalc.assessment import Assessment, assess
from energycalc.case.case import Case
from energycalc.case.case_file import case_from_text
from energycalc.case.review import ReviewNotes
from energycalc.case.verification_file import load_verification
from energycalc.checks.catalogue import Check, checks
from energycalc.checks.programme import judge as judge_application
from energycalc.checks.project import aggregation, baseline, carbon, load, money, printed, statistics, units
from energycalc.checks.project.accepting import accept
from energycalc.checks.project.loose import loose_parts
from energycalc.checks.project.physical_facts import judged_by_technology, physics_of_project
from energycalc.checks.project.project import Missing, Project, ProjectCheck, sentences
from energycalc.checks.project.raised import REFUSED, as_check, judged_elsewhere, refusals
from energycalc.effects.meters import meter_findings
from energycalc.errors import EnergycalcError
from energycalc.factors import FactorSet, published_factors
from energycalc.finding import Finding
from energycalc.metering import MeterLayout, MeterSeries, read_meter
from energycalc.mv.verification import Verified
from energycalc.mv.verify import verify

Word = Literal["pass", "warn", "fail", "incomplete"]
OWN: tuple[Mapping[str, ProjectCheck], ...] = (
    units.CHECKS, load.CHECKS, baseline.CHECKS, printed.CHECKS, aggregation.CHECKS, statistics.CHECKS, carbon.CHECKS,
    money.CHECKS,
)  # fmt: skip
ALSO_OWN: Mapping[str, tuple[str, ...]] = {
    "TA01": printed.BY_COMPARISON,
    "TC15": ("TC15", "TF01", "TF02"),
    "TU11": ("TU11", "TD03", "TD04"),
}
"""Checks that one function judges together, by the id under which it stands."""
BY_CONSTRUCTION = ("TD17",)
"""Nothing to find: every row of a sheet is read, whatever its dimension tag says."""


@dataclass(frozen=True)
class Review:
    """What a review of a case found.

    Attributes:
        title: of the case, or the name of its file.
        findings: all, the gravest first; accepted ones carry who accepted them and why.
        not_judged: checks that could not be judged, and the fact that is missing.
        judged: ids of the checks that were judged.
        assessment: ``None`` where the case could not be computed.
    """

    title: str
    findings: tuple[Finding, ...]
    not_judged: tuple[Missing, ...]
    judged: tuple[str, ...]
    assessment: Assessment | None

    @property
    def verdict(self) -> Word:
        """``fail`` with an error that nobody accepted, ``incomplete`` where nothing could be computed, else as it is."""
        open_ = [f for f in self.findings if f.override is None]
        if any(f.severity == "error" and f.id != REFUSED for f in open_):
            return "fail"
        if self.assessment is None or any(f.id == REFUSED for f in open_):
            return "incomplete"  # nobody can accept what was never computed
        return "warn" if any(f.severity == "warning" for f in open_) else "pass"

    def counts(self) -> dict[str, int]:
        """Number of findings by severity that nobody accepted, and of accepted ones."""
        found = {s: sum(f.severity == s and f.override is None for f in self.findings) for s in SEVERITIES}
        return {**found, "accepted": sum(f.override is not None for f in self.findings)}


SEVERITIES = ("error", "warning", "note")


def review_case(path: str | Path, factors: FactorSet | None = None) -> Review:
    """Review a case file.

    Args:
        path: the YAML file, or the folder that holds ``case.yaml``.
        factors: emission factors; the published ones when left out.

    Raises:
        CaseFileError: there is no such file, or it is no YAML.
    """
    from energycalc.case.yaml_text import read_file

    file = Path(path)
    file = file / "case.yaml" if file.is_dir() else file
    _, text, _ = read_file(file)
    return review_text(text, folder=file.parent, name=file.name, factors=factors)


def review_text(
    text: str, *, folder: str | Path = ".", name: str = "case.yaml", factors: FactorSet | None = None
) -> Review:
    """Review a case given as text; what is refused becomes findings, and what is left is checked.

    Args:
        text: content of a case file.
        folder: where its files lie.
        name: what to call the file.
        factors: emission factors; the published ones when left out.

    Raises:
        CaseFileError: the text is no YAML.
    """
    found: list[Finding] = []
    done: dict[Path, Verified] = {}
    try:
        case: Case | None = case_from_text(text, folder=folder, name=name, verifications=done)
    except EnergycalcError as error:  # of a line, or of a verification that the case names
        case = None
        found += refusals(error)
    if case is None:
        loose = loose_parts(text, Path(folder), name)
        notes, layouts, verifications = loose.notes, loose.layouts, loose.verifications
        found += [f for f in loose.findings if f.sentence not in {x.sentence for x in found}]
    else:
        notes = case.review or ReviewNotes()
        layouts = _layouts(case)
        verifications = [m.verification for m in case.measures if m.verification]
        found += _of_programme(case)
    verified = _verified(verifications, Path(folder), done, found)
    assessment = _assessed(case, factors or published_factors(), found)
    meters = dict(assessment.meters) if assessment else {}
    if assessment is None:
        for id, layout in layouts.items():
            _read(id, layout, meters, found)
    return judge(Project(case, notes, assessment, meters, verified), case.title if case else name, found)


def judge(project: Project, title: str, refused: Sequence[Finding] = ()) -> Review:
    """All checks on a project that has been read and computed, as far as that went.

    Args:
        project: what there is to look at.
        title: of the review.
        refused: findings of what could not be read or computed.
    """
    technologies = {m.id: m.technology for m in project.case.measures} if project.case else {}
    raised = project.assessment.findings if project.assessment else meter_findings(project.meters)
    found = [*refused, *(as_check(f, technologies.get(f.subject.split(" ")[0], "")) for f in raised)]
    if project.assessment is not None:
        found += physics_of_project(project.assessment)
    found += [as_check(f) for v in project.verified.values() for f in v.findings]
    return _judged(project, title, found)


def _layouts(case: Case) -> dict[str, MeterLayout]:
    found: dict[str, MeterLayout] = {}
    for meter in case.meters:
        with contextlib.suppress(EnergycalcError):  # computing the case refuses the same with its sentence
            found[meter.id] = meter.layout(case.folder)
    return found


def _of_programme(case: Case) -> list[Finding]:
    """Rules of the programme that the case applies to and does not meet; a case without an application has none."""
    if case.application is None:
        return []
    try:
        return list(judge_application(case).findings)
    except EnergycalcError as error:
        return refusals(error)


def _verified(
    names: Sequence[str], folder: Path, done: Mapping[Path, Verified], found: list[Finding]
) -> dict[str, Verified]:
    """The verifications by name: those run with the case, and those that a refused case did not come to."""
    verified: dict[str, Verified] = {}
    for name in dict.fromkeys(names):
        file = folder / name
        if not file.resolve().is_relative_to(folder.resolve()):
            continue  # refused with the case
        try:
            verified[name] = done[file] if file in done else verify(load_verification(file))
        except EnergycalcError as error:
            found += refusals(error)
    return verified


def _assessed(case: Case | None, factors: FactorSet, found: list[Finding]) -> Assessment | None:
    if case is None:
        return None
    try:
        return assess(case, factors)
    except EnergycalcError as error:
        found += refusals(error)
        return None


def _read(id: str, layout: MeterLayout, meters: dict[str, MeterSeries], found: list[Finding]) -> None:
    try:
        meters[id] = read_meter(layout)
    except EnergycalcError as error:
        known = {f.evidence.get("refused") for f in found}
        found += [f for f in refusals(error) if f.evidence.get("refused") not in known]


def _judged(project: Project, title: str, found: list[Finding]) -> Review:
    own: set[str] = set()
    missing: dict[str, Missing] = {}
    for outcome, ids in _outcomes(project):
        own |= ids
        if isinstance(outcome, Missing):
            missing.setdefault(outcome.check, outcome)
        elif outcome is not None:
            found.append(outcome)
    has = {"case"} if project.assessment else set()
    has |= ({"meters"} if project.meters else set()) | ({"verification"} if project.verified else set())
    elsewhere = judged_elsewhere(frozenset(has))
    fired = {f.id for f in found}
    elsewhere |= {id for m in project.results() for id in judged_by_technology(m.measure.technology)}
    judged, not_judged = [], []
    for of in checks().values():
        if of.id[:2] not in GROUPS and of.id not in fired | elsewhere:
            continue  # a law that no measure of the case is about
        if of.id in fired or of.id in elsewhere or of.id in BY_CONSTRUCTION or (of.id in own and of.id not in missing):
            judged.append(of.id)
        else:
            not_judged.append(missing.get(of.id) or _lacking(of))
    unique = {(f.id, f.subject, f.sentence): f for f in found}
    kept = accept(list(unique.values()), project.notes.accepted)
    ordered = sorted(kept, key=lambda f: (f.override is not None, SEVERITIES.index(f.severity), f.id, f.subject))
    return Review(title, tuple(ordered), tuple(not_judged), tuple(judged), project.assessment)


GROUPS = ("TU", "TL", "TB", "TS", "TA", "TC", "TF", "TD")


def _outcomes(project: Project) -> Iterator[tuple[Finding | Missing | None, set[str]]]:
    for group in OWN:
        for id, judge in group.items():
            ids = set(ALSO_OWN.get(id, (id,)))
            yield None, ids
            try:
                for outcome in judge(project):
                    yield outcome, ids
            except EnergycalcError as error:
                yield Missing(id, str(error), f"無法判斷：{error}"), ids


def _lacking(of: Check) -> Missing:
    word = "meters" if of.id.startswith("TD") or of.id in ("TA06", "TA08") else "verification"
    word = "case" if of.id[:2] in ("TU", "TL", "TC", "TF") else word
    return Missing(of.id, *sentences()[f"lacks.{word}"])
