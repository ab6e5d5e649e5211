"""Rules on documents and on the review meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from energycalc.case.application import Application, Paper
from energycalc.case.registration import Registration
from energycalc.checks.programme.edition import Rule
from energycalc.checks.programme.outcome import Answer, compared, not_stated, not_yet

Applied = Application | Registration


def documents(rule: Rule, applied: Applied) -> Answer:
    """All documents of the list are handed in, in originals and copies as asked for."""
    wanted: list[Mapping[str, Any]] = list(rule.many("documents"))
    limit = ", ".join(str(each["id"]) for each in wanted)
    if applied.documents is None:
        return not_stated("documents", limit)
    there = {paper.id: paper for paper in applied.documents}
    lacking_en = [text for each in wanted if (text := _lack(each, there.get(str(each["id"])), "en"))]
    lacking_zh = [text for each in wanted if (text := _lack(each, there.get(str(each["id"])), "zh"))]
    stated = f"{len(wanted) - len(lacking_en)} / {len(wanted)}"
    if not lacking_en:
        return Answer(
            "met", f"All are handed in ({len(wanted)} of {len(wanted)}).", f"{len(wanted)} 項皆已備齊。", stated, limit
        )
    return Answer("missed", f"Lacking: {'; '.join(lacking_en)}.", f"缺少：{'；'.join(lacking_zh)}。", stated, limit)


def contract_originals(rule: Rule, application: Application) -> Answer:
    """Originals of the contract ≥ limit."""
    least = rule.whole("least")
    if application.approved is None or application.approved.contract_originals is None:
        return not_yet("application.approved.contract_originals")
    originals = application.approved.contract_originals
    return compared(originals >= least, str(originals), f"≥ {least}", "Originals of the contract:", "契約正本份數")


def meeting_persons(rule: Rule, applied: Applied) -> Answer:
    """Persons at the review ≤ limit."""
    most = rule.whole("most")
    if applied.meeting is None or applied.meeting.persons is None:
        return not_yet("meeting.persons")
    persons = applied.meeting.persons
    return compared(persons <= most, str(persons), f"≤ {most}", "Persons at the review:", "出席人數")


def presentation(rule: Rule, applied: Applied) -> Answer:
    """Minutes of the presentation ≤ limit."""
    most = rule.whole("most_minutes")
    if applied.meeting is None or applied.meeting.presentation_minutes is None:
        return not_yet("meeting.presentation_minutes")
    minutes = applied.meeting.presentation_minutes
    return compared(minutes <= most, f"{minutes} min", f"≤ {most} min", "The presentation of", "簡報時間")


def _lack(wanted: Mapping[str, Any], paper: Paper | None, language: str) -> str:
    name = f"{wanted['id']} {wanted[language]}"
    if paper is None:
        return name
    if paper.originals < wanted["originals"] or paper.copies < wanted["copies"]:
        found, asked = (paper.originals, paper.copies), (wanted["originals"], wanted["copies"])
        if language == "zh":
            return f"{name}：現有正本 {found[0]}、影本 {found[1]}，應為 {asked[0]}、{asked[1]}"
        return f"{name}: {found[0]} + {found[1]} copies instead of {asked[0]} + {asked[1]}"
    return ""
