"""The derived effects as tables, the same for terminal and workbook: words, then numbers of one unit in each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from energycalc.effects.derived.results import Derived, GoodResult, PathResult, Statement
from energycalc.quantity import Quantity
from energycalc.quantity.display import short
from energycalc.reports.words import words


@dataclass(frozen=True)
class Row:
    """Words and numbers of one row; all numbers have one unit."""

    words: tuple[str, ...]
    numbers: tuple[Quantity | None, ...]
    strong: bool = False

    @property
    def unit(self) -> str:
        """Unit of the numbers; empty without any."""
        return next((str(q.unit) for q in self.numbers if q is not None), "")


@dataclass(frozen=True)
class Table:
    """A table with its title, headings and sentences below."""

    title: str
    columns: tuple[str, ...]
    numbers: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def derived_tables(derived: Derived, language: str) -> Iterator[Table]:
    """All tables of the derived effects, in the order in which they are read.

    Args:
        derived: of the case.
        language: ``zh-TW`` or ``en``.
    """
    text = words("derived", language)
    yield _years(derived, text)
    for path in derived.paths:
        yield _path(path, text, language)
    if derived.targets:
        yield _targets(derived, text)
    if derived.intensities:
        yield _intensities(derived, text)
    yield _shares(derived, text, language)
    yield _oil(derived, text)
    if derived.goods:
        yield _goods(derived, text, language)
    yield _fee(derived, text, language)


def said(statement: Statement, language: str) -> str:
    """A sentence in the language of the reader."""
    return statement.zh if language == "zh-TW" else statement.en


def _table(
    text: Mapping[str, str],
    title: str,
    columns: tuple[str, ...],
    numbers: tuple[str, ...],
    rows: list[Row],
    notes: tuple[str, ...] = (),
) -> Table:
    named = tuple(text[f"column_{key}"] for key in columns)
    return Table(title, named, tuple(text[f"column_{key}"] for key in numbers), tuple(rows), notes)


def _years(derived: Derived, text: Mapping[str, str]) -> Table:
    rows = [
        Row((str(year.year), text[c]), (year.project.get(c), year.rollout.get(c)))
        for year in derived.years
        for c in dict.fromkeys((*year.project, *year.rollout))
    ]
    carriers = dict.fromkeys((*derived.project_total, *derived.rollout_total))
    rows += [
        Row((text["total"], text[c]), (derived.project_total.get(c), derived.rollout_total.get(c)), True)
        for c in carriers
    ]
    return _table(text, text["years"], ("year", "carrier"), ("project", "rollout"), rows, (text["hint"],))


def _path(path: PathResult, text: Mapping[str, str], language: str) -> Table:
    rows = []
    for y in path.years:
        factor = f"{y.factor.value:.4g} " if y.factor is not None else ""
        rows.append(Row((str(y.year), factor + text[f"kind_{y.kind}"]), (y.project, y.rollout, y.change, y.by_factor)))
    rows.append(Row((text["total"], ""), (path.project, path.rollout, None, None), True))
    how = list(dict.fromkeys(said(y.how, language) for y in path.years if y.factor is not None))
    title = text["path"].format(name=path.name or text["fixed_path"])
    numbers = ("project", "rollout", "change", "by_factor")
    return _table(text, title, ("year", "factor"), numbers, rows, tuple(how))


def _targets(derived: Derived, text: Mapping[str, str]) -> Table:
    rows = []
    for t in derived.targets:
        reach = text[f"reach_{t.reach}"]
        how = text["how"].format(reach=reach, measure=t.measure, scale=short(t.scale), similarity=short(t.similarity))
        rows.append(Row((f"{t.id} {t.name}", how), (t.energy, t.full[t.carrier])))
    return _table(text, text["targets"], ("target", "how"), ("use", "full"), rows)


def _intensities(derived: Derived, text: Mapping[str, str]) -> Table:
    rows = []
    for i in derived.intensities:
        name = f"{i.label}{text['colon']}{text['list_gap'].join(i.products)}"
        rows += [Row((name, text[c]), (i.before[c], i.after[c], i.saved[c])) for c in i.before]
        rows.append(Row((name, text["emissions"]), (i.emissions_before, i.emissions_after, i.reduction), True))
    return _table(text, text["intensities"], ("of", "what"), ("before", "after", "reduction"), rows)


def _shares(derived: Derived, text: Mapping[str, str], language: str) -> Table:
    rows = [
        Row((f"{text[f'kind_{s.kind}']}{text['list_gap']}{text[s.carrier]}", said(s.basis, language)), (s.share,))
        for s in derived.shares
    ]
    return _table(text, text["shares"], ("what", "basis"), ("share",), rows)


def _oil(derived: Derived, text: Mapping[str, str]) -> Table:
    rows = [
        Row((text[o.convention] + (text["chosen"] if o.is_chosen else ""),), (o.saving,), o.is_chosen)
        for o in derived.oil
    ]
    return _table(text, text["oil"], ("convention",), ("saving",), rows)


def _goods(derived: Derived, text: Mapping[str, str], language: str) -> Table:
    rows = [row for good in derived.goods for row in _good(good, text)]
    notes = tuple(dict.fromkeys(said(s, language) for good in derived.goods for s in good.statements))
    return _table(text, text["goods"], ("good", "view"), ("amount", "default"), rows, notes)


def _good(good: GoodResult, text: Mapping[str, str]) -> list[Row]:
    name = f"{good.id} CN {good.cn_code}"
    return [
        Row((name, text["direct_saving"]), (good.direct_saving, good.default), True),
        Row((name, text["of_default"]), (good.of_default, None)),
        Row((name, text["electricity_inside"]), (good.electricity_inside, None)),
    ]


def _fee(derived: Derived, text: Mapping[str, str], language: str) -> Table:
    fee = derived.fee
    rows = [Row(("",), (fee.before, fee.after, fee.saved))] if fee.saved is not None else []
    columns, numbers = ("what",), ("before", "after", "reduction")
    return _table(text, text["fee"], columns, numbers, rows, (said(fee.statement, language),))
