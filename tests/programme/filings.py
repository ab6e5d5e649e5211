"""The two constructed examples, and copies of them with some lines changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from energycalc.case.case_file import case_from_text
from energycalc.case.registration import registration_from_text
from energycalc.checks.programme import Edition, Judgement, Outcome, judge
from energycalc.data_files import examples_folder

Changes = tuple[tuple[str, str], ...]


@cache
def text_of(form: str) -> str:
    """The example of a form: ``case`` or ``registration``."""
    return (examples_folder() / "programme" / f"{form}.yaml").read_text("utf-8")


def changed(form: str, *changes: tuple[str, str]) -> str:
    """The example with texts replaced; each must be there."""
    text = text_of(form)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


@cache
def judged(form: str, changes: Changes = (), among: tuple[Edition, ...] | None = None) -> Judgement:
    """What becomes of the changed example."""
    text = changed(form, *changes)
    filed = case_from_text(text) if form == "case" else registration_from_text(text)
    return judge(filed, among)


def outcome(form: str, rule: str, *changes: tuple[str, str], among: Sequence[Edition] | None = None) -> Outcome:
    """One rule of the changed example."""
    found = judged(form, changes, None if among is None else tuple(among))
    return next(each for each in found.outcomes if each.rule.id == rule)


def budget(*lines: tuple[str, str, str, str]) -> tuple[str, str]:
    """A change that puts another budget in place: (account, use, grant, own) a line, amounts in 元."""
    text = text_of("case")
    start = text.index("    - {account: 消耗性器材及原材料費")
    end = text.index("  net_worth:")
    rows = [f'    - {{account: {a}, use: {u}, grant: "{g} 元", own: "{o} 元"}}\n' for a, u, g, o in lines]
    return text[start:end], "".join(rows)
