"""Findings that somebody accepts: with name, reason and date, printed in every output; one that matches nothing is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from energycalc.case.review import Accepted
from energycalc.finding import Finding, Override

UNUSED = "review.accepted_matches_nothing"
ALL = "all"


def accept(findings: Sequence[Finding], accepted: Sequence[Accepted]) -> list[Finding]:
    """The findings, accepted ones with their record.

    Args:
        findings: as found.
        accepted: records of the case; the first that fits a finding is the one printed.

    Returns:
        All findings, and a warning for each record that fits none.
    """
    used: set[int] = set()
    kept = []
    for finding in findings:
        for i, record in enumerate(accepted):
            if record.check == finding.id and record.subject in (ALL, finding.subject):
                used.add(i)
                finding = dataclasses.replace(finding, override=Override(record.by, record.because, str(record.on)))
                break
        kept.append(finding)
    unused = [record for i, record in enumerate(accepted) if i not in used]
    return kept + [_nothing(record) for record in unused]


def _nothing(record: Accepted) -> Finding:
    return Finding(
        UNUSED, "warning", f"{record.check} {record.subject}",
        f"{record.by} accepts a finding of {record.check} about {record.subject}, and there is none.",
        f"{record.by} 接受 {record.check} 對 {record.subject} 之發現，但並無此發現。",
        {"because": record.because, "on": str(record.on)},
    )  # fmt: skip
