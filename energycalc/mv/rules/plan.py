"""The measurement and verification plan: the fourteen items of IPMVP, what option A adds, and what adherence needs.

The plan is written before the works. What is not stated prints as MISSING, 缺; nothing is left blank.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.quantity import cite

Option = Literal["A", "B", "C"]
PLAN_ITEMS: tuple[tuple[str, str, str], ...] = (
    ("overview", "Facility and project overview", "廠區與專案概述"),
    ("intent", "Intent of the measure", "節能措施目的"),
    ("option_and_boundary", "Option and measurement boundary", "選項與量測邊界"),
    ("baseline", "Baseline period, energy use and conditions", "基線期間、用能與條件"),
    ("reporting_period", "Reporting period", "報告期"),
    ("basis_for_adjustment", "Basis for adjustment", "調整基準"),
    ("calculation", "Calculation method and analysis procedure", "計算方法與分析程序"),
    ("energy_prices", "Energy prices", "能源價格"),
    ("meters", "Meter specifications", "儀表規格"),
    ("monitoring", "Monitoring responsibilities", "監測責任"),
    ("expected_accuracy", "Expected accuracy", "預期準確度"),
    ("budget", "Budget", "預算"),
    ("report_format", "Report format", "報告格式"),
    ("quality_assurance", "Quality assurance", "品質保證"),
)
"""Field, English and Traditional Chinese name of the items, in the order of the list."""
MISSING = {"en": "MISSING", "zh": "缺"}
ITEMS = cite("ipmvp-plan-items", "contents of the M&V plan, fourteen items")
ADHERENCE = cite("ipmvp-core", "adherence: edition, responsible person, all items of the plan, report follows the plan")


@dataclass(frozen=True)
class EstimatedParameter:
    """A parameter that option A does not measure: its range, why, and its share of the variance of the saving."""

    name: str
    range: str
    justification: str
    share_of_variance: float | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan as far as it is written; every item is text, empty where it is missing.

    Attributes:
        option: A, B (retrofit isolation) or C (whole facility); calibrated simulation (D) is not done here.
        overview: facility and project.
        intent: what the measure does and how it saves.
        option_and_boundary: which option, which meters and machines, interactive effects.
        baseline: period, energy, conditions, static factors.
        reporting_period: first and last day, and how often is reported.
        basis_for_adjustment: reporting-period conditions or fixed ones, routine and non-routine adjustments.
        calculation: model, intervals, how uncertainty is found.
        energy_prices: how energy becomes money.
        meters: type, class, transformer ratios, calibration, interval.
        monitoring: who reads, who keeps the records.
        expected_accuracy: expected ± of the saving.
        budget: of measuring and verifying.
        report_format: of the report.
        quality_assurance: checks, second reader.
        estimates: parameters that option A estimates; at least one, each justified.
        edition: edition of the protocol that the plan follows.
        responsible_person: who answers for it.
        written_on: day the plan was agreed.
        works_start: first day of the works.
    """

    option: Option
    overview: str = ""
    intent: str = ""
    option_and_boundary: str = ""
    baseline: str = ""
    reporting_period: str = ""
    basis_for_adjustment: str = ""
    calculation: str = ""
    energy_prices: str = ""
    meters: str = ""
    monitoring: str = ""
    expected_accuracy: str = ""
    budget: str = ""
    report_format: str = ""
    quality_assurance: str = ""
    estimates: tuple[EstimatedParameter, ...] = ()
    edition: str = ""
    responsible_person: str = ""
    written_on: date | None = None
    works_start: date | None = None

    def __post_init__(self) -> None:
        if self.option not in ("A", "B", "C"):
            raise InputError(
                "the option is not one that can be calculated here",
                subject="M&V plan",
                value=self.option,
                limit="A, B (retrofit isolation) or C (whole facility)",
                next_step="Calibrated simulation (D) needs a simulation program",
            )
        if self.estimates and self.option != "A":
            raise InputError(
                "only option A estimates parameters",
                subject="M&V plan",
                value=f"option {self.option}, {len(self.estimates)} estimates",
                next_step="Choose option A, or measure them",
            )

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields that adherence needs and that are not stated, in the order of the plan."""
        found = [name for name, _, _ in PLAN_ITEMS if not str(getattr(self, name)).strip()]
        if self.option == "A" and not self.estimates:
            found.append("estimates")
        for each in self.estimates:
            if not each.justification.strip() or not each.range.strip() or each.share_of_variance is None:
                found.append(f"estimates.{each.name}")
        found += [name for name in ("edition", "responsible_person") if not str(getattr(self, name)).strip()]
        found += [name for name in ("written_on", "works_start") if getattr(self, name) is None]
        return tuple(found)

    @property
    def before_the_works(self) -> bool | None:
        """Whether the plan was agreed before the works began; None where a date is missing."""
        if self.written_on is None or self.works_start is None:
            return None
        return self.written_on < self.works_start

    @property
    def adheres(self) -> bool:
        """Whether the plan itself is complete and was written in time; that the report follows it is another matter."""
        return not self.missing and self.before_the_works is True

    def to_rows(self, lang: str = "en") -> list[tuple[str, str, str]]:
        """The plan as a table: number, item, text; what is not stated is MISSING or 缺.

        Args:
            lang: ``zh-TW`` or ``en``.
        """
        zh = lang.lower().startswith("zh")
        absent = MISSING["zh" if zh else "en"]
        rows = [
            (str(number), chinese if zh else english, str(getattr(self, name)).strip() or absent)
            for number, (name, english, chinese) in enumerate(PLAN_ITEMS, start=1)
        ]
        if self.option == "A":
            title = "選項 A：推估參數" if zh else "Option A: estimated parameter"
            if not self.estimates:
                rows.append(("A", title, absent))
            rows += [("A", f"{title} {e.name}", _estimate(e, absent, zh)) for e in self.estimates]
        for name, english, chinese in _ADHERENCE_ROWS:
            value = getattr(self, name)
            rows.append(("", chinese if zh else english, str(value or "").strip() or absent))
        return rows


_ADHERENCE_ROWS = (
    ("edition", "Edition of the protocol", "依循版次"),
    ("responsible_person", "Responsible person", "負責人"),
    ("written_on", "Plan agreed on", "計畫核定日"),
    ("works_start", "Start of the works", "施工開始日"),
)


def plan_findings(plan: Plan, subject: str) -> tuple[Finding, ...]:
    """What keeps a plan from adherence: missing items, and a plan written when the works had begun.

    Args:
        plan: as written.
        subject: the project.

    Returns:
        ``mv.plan_incomplete`` and ``mv.plan_after_works``, both warnings; nothing for a plan that adheres.
    """
    found: list[Finding] = []
    if plan.missing:
        names = {name: (english, chinese) for name, english, chinese in (*PLAN_ITEMS, *_ADHERENCE_ROWS)}
        english = ", ".join(names.get(name, (name, name))[0] for name in plan.missing)
        chinese = "、".join(names.get(name, (name, name))[1] for name in plan.missing)
        found.append(
            Finding(
                "mv.plan_incomplete",
                "warning",
                subject,
                f"{len(plan.missing)} items of the M&V plan are missing: {english}",
                f"量測與驗證計畫缺 {len(plan.missing)} 項：{chinese}",
                {},
                ITEMS,
            )
        )
    if plan.before_the_works is False:
        found.append(
            Finding(
                "mv.plan_after_works",
                "warning",
                subject,
                f"the M&V plan was agreed on {plan.written_on}, the works began on {plan.works_start}: the plan is "
                "written before the works",
                f"量測與驗證計畫核定於 {plan.written_on}，施工始於 {plan.works_start}；計畫應於施工前核定",
                {},
                ADHERENCE,
            )
        )
    return tuple(found)


def _estimate(each: EstimatedParameter, absent: str, zh: bool) -> str:
    share = absent if each.share_of_variance is None else f"{each.share_of_variance:.0%}"
    reason, span = each.justification.strip() or absent, each.range.strip() or absent
    return f"{span}；{reason}；占變異數 {share}" if zh else f"{span}; {reason}; {share} of the variance"


assert {name for name, _, _ in PLAN_ITEMS} <= {each.name for each in fields(Plan)}
