"""Editions of programmes: ``data/programmes/*.toml``, and which of them an application is held against."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from energycalc.case.days import roc_year
from energycalc.data_files import data_folder
from energycalc.errors import InputError
from energycalc.quantity import Source

Basis = Literal["stated", "inferred", "open"]
Form = Literal["case", "registration"]
FORMS_ZH: Mapping[Form, str] = {"case": "案件檔", "registration": "登錄申請檔"}
_RULE_TEXTS = ("id", "kind", "clause", "sentence", "english", "basis")
_OPTIONAL = ("because_en", "because_zh")


@dataclass(frozen=True)
class Rule:
    """One rule of an edition.

    Attributes:
        id: stable within the programme.
        kind: how it is judged.
        clause: where it stands in the document.
        sentence: the words it comes from.
        english: what they say.
        basis: ``stated``; ``inferred`` is the project's reading; ``open`` can be read in two ways.
        because_en: which reading, and why.
        because_zh: the same in Traditional Chinese.
        values: limits and keys of the rule.
        document: id in the list of documents.
        edition: id of the edition.
        year: year of the edition.
    """

    id: str
    kind: str
    clause: str
    sentence: str
    english: str
    basis: Basis
    because_en: str
    because_zh: str
    values: Mapping[str, Any] = field(hash=False)
    document: str
    edition: str
    year: int

    @property
    def source(self) -> Source:
        """Document and clause; says when the limit is the project's reading."""
        confidence = "" if self.basis == "stated" else f"{self.basis}: {self.because_en}"
        return Source(self.document, self.clause, confidence=confidence)

    def number(self, key: str) -> Fraction:
        """A limit of the rule, exactly as its file has it."""
        return Fraction(self._value(key, int, Decimal))

    def whole(self, key: str) -> int:
        """A whole number of the rule."""
        return int(self._value(key, int))

    def text(self, key: str) -> str:
        """A word of the rule."""
        return str(self._value(key, str))

    def truth(self, key: str) -> bool:
        """A yes or no of the rule."""
        return bool(self._value(key, bool))

    def day(self, key: str) -> dt.date:
        """A day of the rule."""
        found: dt.date = self._value(key, dt.date)
        return found

    def many(self, key: str) -> tuple[Any, ...]:
        """A list of the rule."""
        return tuple(self._value(key, list))

    def _value(self, key: str, *types: type) -> Any:
        found = self.values.get(key)
        if not isinstance(found, types) or (isinstance(found, bool) and bool not in types):
            raise InputError(
                f"the value {key} of the rule is missing or of another kind",
                subject=f"{self.edition}, rule {self.id}",
                value=found,
                limit=" or ".join(t.__name__ for t in types),
                next_step="Correct the edition's file in data/programmes",
            )
        return found


@dataclass(frozen=True)
class TrackingDuty:
    """What is to be reported after closing, and for how many years."""

    years: int
    clause: str
    sentence: str
    because_en: str
    because_zh: str


@dataclass(frozen=True)
class Edition:
    """One edition of a programme.

    Attributes:
        id: name of its file.
        programme: key of the programme.
        year: AD year the edition is named after.
        form: which file it judges, a ``case`` or a ``registration``.
        document: id in the list of documents.
        name_zh: of the edition.
        name_en: the same in English.
        valid_from: first day of applications.
        valid_to: last day of applications.
        valid_because_en: how the two days were found.
        valid_because_zh: the same in Traditional Chinese.
        rules: in the order of the file.
        tracking: duty to report after closing, if there is one.
    """

    id: str
    programme: str
    year: int
    form: Form
    document: str
    name_zh: str
    name_en: str
    valid_from: dt.date
    valid_to: dt.date
    valid_because_en: str
    valid_because_zh: str
    rules: tuple[Rule, ...]
    tracking: TrackingDuty | None = field(default=None)

    @property
    def label(self) -> str:
        """``metalworking 114 (113/10/1 to 114/10/31)``."""
        return f"{self.programme} {roc_year(self.year)} ({_roc(self.valid_from)} to {_roc(self.valid_to)})"

    @property
    def label_zh(self) -> str:
        """The same in Traditional Chinese."""
        return f"{self.programme} {roc_year(self.year)}（{_roc(self.valid_from)} 至 {_roc(self.valid_to)}）"


def editions(folder: Path | None = None) -> tuple[Edition, ...]:
    """All editions of a folder, by file name.

    Args:
        folder: with one TOML file per edition; the published ones when left out.

    Raises:
        InputError: a file is no edition, or two files are the same edition.
    """
    files = sorted((folder or data_folder() / "programmes").glob("*.toml"))
    found = tuple(_read(file) for file in files)
    for name in ("id",), ("programme", "year"):
        keys = [tuple(getattr(each, part) for part in name) for each in found]
        twice = [key for key in keys if keys.count(key) > 1]
        if twice:
            raise InputError(f"two files have the same {' and '.join(name)}", subject=str(folder), value=twice[0])
    return found


def chosen_edition(
    programme: str, year: int | None, day: dt.date | None, form: Form, among: Sequence[Edition]
) -> Edition:
    """The edition an application belongs to.

    Args:
        programme: key of the programme.
        year: AD year of the edition, where the application names it.
        day: day of the application, where it names that.
        form: what is being judged.
        among: all editions.

    Raises:
        InputError: no such programme, year or day, two editions for a day, a day outside the named edition, or an
            edition that judges another form; the editions there are are named.
    """
    of_form = [e for e in among if e.form == form]
    own = [e for e in of_form if e.programme == programme]
    listed = "; ".join(e.label for e in own or of_form) or "none"
    listed_zh = "；".join(e.label_zh for e in own or of_form) or "無"
    if not own:
        other = next((e for e in among if e.programme == programme), None)
        raise InputError(
            f"is judged from a {other.form} file" if other else "there is no such programme",
            subject="programme",
            value=programme,
            limit=f"editions for a {form} file: {listed}",
            zh={
                "subject": "計畫",
                "message": f"該計畫須以{FORMS_ZH[other.form]}檢核" if other else "查無此計畫",
                "limit": f"可用於{FORMS_ZH[form]}之版本：{listed_zh}",
            },
        )
    if year is not None:
        named = [e for e in own if e.year == year]
        if not named:
            raise InputError(
                "the rules of this year are not known",
                subject=f"programme {programme}",
                value=f"{roc_year(year)} ({year})",
                limit=f"editions: {listed}",
                next_step="Put the new edition into data/programmes as one file; docs/programmes.md says how",
                zh={
                    "subject": f"計畫 {programme}",
                    "message": "本程式未收錄該年度之規定",
                    "value": f"{roc_year(year)} 年度（西元 {year} 年）",
                    "limit": f"現有版本：{listed_zh}",
                    "next_step": "請將新年度規定以一個檔案置於 data/programmes，作法見 docs/programmes.zh-TW.md",
                },
            )
        if day is not None and not named[0].valid_from <= day <= named[0].valid_to:
            raise InputError(
                f"the application does not lie in the days of edition {roc_year(year)}",
                subject=f"programme {programme}, applied_on",
                value=_roc(day),
                limit=f"{named[0].label}; {named[0].valid_because_en}",
                zh={
                    "subject": f"計畫 {programme}，applied_on",
                    "message": f"申請日不在 {roc_year(year)} 年度版本之受理期間內",
                    "limit": f"{named[0].label_zh}；{named[0].valid_because_zh}",
                },
            )
        return named[0]
    if day is None:
        raise InputError(
            "needs a year or a day",
            subject=f"programme {programme}",
            limit=f"editions: {listed}",
            zh={"subject": f"計畫 {programme}", "message": "須有年度或申請日", "limit": f"現有版本：{listed_zh}"},
        )
    open_then = [e for e in own if e.valid_from <= day <= e.valid_to]
    if len(open_then) != 1:
        fitting = ", ".join(str(roc_year(e.year)) for e in open_then)
        raise InputError(
            f"the editions {fitting} were open on this day" if open_then else "no known edition was open on this day",
            subject=f"programme {programme}, applied_on",
            value=_roc(day),
            limit=f"editions: {listed}",
            next_step="Name the edition by its year" if open_then else "Check the day, or add the edition's file",
            zh={
                "subject": f"計畫 {programme}，applied_on",
                "message": f"該日 {fitting} 年度之版本同時受理" if open_then else "該日無任何已收錄之版本受理申請",
                "limit": f"現有版本：{listed_zh}",
                "next_step": "請以年度指定版本" if open_then else "請確認申請日，或補入該年度之檔案",
            },
        )
    return open_then[0]


def _read(file: Path) -> Edition:
    try:
        written: dict[str, Any] = tomllib.loads(file.read_text("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"is not a TOML file ({error})", subject=file.name) from None
    rules, tracking = written.pop("rules", []), written.pop("tracking", None)
    year, document = written.get("year", 0), written.get("document", "")
    try:
        edition = Edition(
            **written,
            rules=tuple(_rule(each, document, file.stem, year) for each in rules),
            tracking=TrackingDuty(**tracking) if tracking is not None else None,
        )
    except TypeError as error:
        raise InputError(f"is not an edition of a programme ({error})", subject=file.name) from None
    ids = [rule.id for rule in edition.rules]
    problem = (
        "the id is not the name of the file" if edition.id != file.stem
        else f"form must be one of {', '.join(get_args(Form))}" if edition.form not in get_args(Form)
        else "has no rules" if not ids
        else "two rules have one id" if len(set(ids)) != len(ids)
        else "valid_from and valid_to must be days in order"
        if not (type(edition.valid_from) is type(edition.valid_to) is dt.date and edition.valid_from <= edition.valid_to)
        else ""
    )  # fmt: skip
    if problem:
        raise InputError(problem, subject=file.name, next_step="See docs/programmes.md")
    return edition


def _rule(row: dict[str, Any], document: str, edition: str, year: int) -> Rule:
    values = {k: v for k, v in row.items() if k not in (*_RULE_TEXTS, *_OPTIONAL)}
    texts = {k: row.get(k, "") for k in (*_RULE_TEXTS, *_OPTIONAL)}
    basis = texts["basis"]
    lacking = [k for k in _RULE_TEXTS if not str(texts[k]).strip()]
    if basis in ("inferred", "open"):
        lacking += [k for k in _OPTIONAL if not str(texts[k]).strip()]
    if lacking or basis not in get_args(Basis):
        raise InputError(
            f"a rule lacks {', '.join(lacking)}" if lacking else f"basis must be one of {', '.join(get_args(Basis))}",
            subject=f"{edition}.toml, rule {row.get('id', '?')}",
            next_step="Every rule has its sentence and clause; a reading that is ours says so",
        )
    return Rule(**texts, values=MappingProxyType(values), document=document, edition=edition, year=year)


def _roc(day: dt.date) -> str:
    return f"{roc_year(day.year)}/{day.month}/{day.day}"
