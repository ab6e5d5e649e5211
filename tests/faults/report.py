"""The matrix as a page: counts, one line a class, and for each class what was done, said and not tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.faults.bases import base
from tests.faults.trial import LEVELS, Fault, Outcome

Cells = dict[tuple[str, str, int], Outcome]
READ_RIGHTLY = ("E10", "E26", "E32", "E35", "E36", "E38")
"""Must-detect classes in which the right reading is all that is asked for: nothing needs to be flagged."""
SIGNS = {"refused": "R", "flagged": "F", "same": "=", "SILENT": "**SILENT**", "CRASH": "**CRASH**", "n/a": "–"}
LONGEST = 260


def failures(cells: Cells, faults: Iterable[Fault]) -> list[str]:
    """What must not be: silent changes, crashes, and what must be seen but was not."""
    must = {fault.id for fault in faults if fault.must_detect}
    return [
        f"{fault_id} {key} {LEVELS[level]}: {outcome.kind}: {outcome.evidence}"
        for (fault_id, key, level), outcome in cells.items()
        if outcome.kind in ("SILENT", "CRASH") or (fault_id in must and not _seen(fault_id, outcome))
    ]


def _seen(fault_id: str, outcome: Outcome) -> bool:
    return outcome.kind == "n/a" or outcome.detected or (fault_id in READ_RIGHTLY and outcome.kind == "same")


def summary(cells: Cells, faults: Sequence[Fault]) -> str:
    """The counts in a few lines."""
    kinds = Counter(outcome.kind for outcome in cells.values())
    run = {place: outcome for place, outcome in cells.items() if outcome.kind != "n/a"}
    plain = Counter(outcome.plain for outcome in run.values())
    must = {fault.id for fault in faults if fault.must_detect}
    wanted = {place: outcome for place, outcome in run.items() if place[0] in must}
    seen = sum(_seen(place[0], outcome) for place, outcome in wanted.items())
    return "\n".join(
        (
            f"- {len(cells)} cells ({len(faults)} classes, {len({key for _, key, _ in cells})} files, "
            f"{len(LEVELS)} levels), of which {len(run)} were run and {kinds['n/a']} do not apply.",
            f"- {kinds['refused']} refused, {kinds['flagged']} flagged, {kinds['same']} read rightly, "
            f"**{kinds['SILENT']} silent**, {kinds['CRASH']} crashed.",
            f"- Of {len(wanted)} runs of classes that must be seen whatever their size, {seen} were seen "
            "or read rightly.",
            f"- Plain pandas on the same files: {plain['wrong']} silently wrong, {plain['raises']} raised, "
            f"{plain['same']} right or within 0.1 %.",
        )
    )


def page(cells: Cells, faults: Sequence[Fault], keys: Sequence[str]) -> str:
    """The whole page in Markdown."""
    files = "\n".join(f"| {key} | {base(key).title} | {len(base(key).clock):,} |" for key in keys)
    head = "".join(f" {key} |" for key in keys)
    lines = "\n".join(
        f"| {fault.id}{'!' if fault.must_detect else ''} | {fault.title} |"
        + "".join(f" {_signs(cells, fault.id, key)} |" for key in keys)
        for fault in faults
    )
    details = "\n".join(_detail(cells, fault, keys) for fault in faults)
    return PAGE.format(
        summary=summary(cells, faults), files=files, head=head, rule="---|" * (len(keys) + 2), lines=lines,
        details=details,
    )  # fmt: skip


def _signs(cells: Cells, fault_id: str, key: str) -> str:
    outcomes = [cells[fault_id, key, level] for level in range(len(LEVELS))]
    return " ".join(SIGNS[o.kind] + ("*" if o.kind == "same" and o.noticed else "") for o in outcomes)


def _detail(cells: Cells, fault: Fault, keys: Sequence[str]) -> str:
    outcomes = {(key, level): cells[fault.id, key, level] for key in keys for level in range(len(LEVELS))}
    run = {place: outcome for place, outcome in outcomes.items() if outcome.kind != "n/a"}
    plain = Counter(outcome.plain for outcome in run.values())
    lines = [
        f"### {fault.id} {fault.title}",
        "",
        f"Required: {fault.required}. Levels: {', '.join(fault.levels)}. Plain pandas: "
        + (", ".join(f"{n} {kind}" for kind, n in plain.most_common()) or "not tried")
        + ".",
        "",
    ]
    for kind in ("refused", "flagged", "same", "SILENT", "CRASH"):
        lines += [f"- {line}" for line in _examples(run, kind)]
    without: dict[str, list[str]] = {}
    for (key, level), outcome in outcomes.items():
        if outcome.kind == "n/a":
            without.setdefault(outcome.evidence, []).append(f"{key} {LEVELS[level]}")
    lines += [f"- not tried, {reason}: {', '.join(places)}" for reason, places in without.items()]
    return "\n".join((*lines, ""))


def _examples(run: dict[tuple[str, int], Outcome], kind: str) -> list[str]:
    """One example for each level of this kind, the largest change first where it was silent."""
    found = {place: outcome for place, outcome in run.items() if outcome.kind == kind}
    examples, levels = [], set()
    for (key, level), outcome in found.items():
        if level in levels and kind not in ("SILENT", "CRASH"):
            continue
        levels.add(level)
        text = outcome.evidence.replace("|", "/").replace("\n", " ")
        shown = text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
        examples.append(f"{kind} ({len(found)}), {key}, {outcome.what}" + (f": {shown}" if shown else ""))
    return examples


PAGE = """# Fault matrix of the meter reader

Written by `python -m tests.faults`; it takes some five to ten minutes on two cores. Every class of faults that meter
files are known to have is put into every one of six clean files at three levels, the file is read as a careful person
would have declared it, and the result is held against the reading of the file without the fault.

{summary}

**Headline**: total energy, mean power, peak, the energy of each month, and the second half of the declared period
against the first. **Refused**: an error that names file, place and reason. **Flagged**: a figure of the headline moved
by more than 0.1 %, and a finding, notice or ledger entry that is about this fault says so; other findings do not count.
**Read rightly**: no figure moved by more than 0.1 %. **Silent**: a figure moved and nothing was said.
*Plain pandas* is `read_csv` or `read_excel`, `to_datetime` and `to_numeric` with `errors="coerce"`, and `sum`.

| file | what it is | rows |
|---|---|---|
{files}

The logger is constructed for this test and says nothing about any plant. Where a declaration may be lenient (gaps
reported, empty cells excluded, hidden rows included) the lenient one is tried, as the strict one refuses. Workbooks
hold the first 2,000 rows of a base. What one file cannot show is held against what the case declares: the period
(E20, E21, E43), a maximum demand (E19), the bill (E18, E19), the recorded SHA-256 of the file (E45).

## Matrix

Three signs a cell, from the low level to the high one: R refused, F flagged, = read rightly (=\\* and noticed), – does
not apply. A class with ! must be seen whatever its size.

| | fault |{head}
|{rule}
{lines}

## Class by class

{details}"""
