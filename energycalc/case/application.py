"""What an application to a funding programme states: budget by account, dates, people, documents, declarations.

Whatever is left out is not assumed: the rules that need it come out as missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from energycalc.case.exact import Month, exact_figure, money
from energycalc.case.fields import Day, Identifier, Noun, Text, Whole, Year, YesNo, text_of
from energycalc.case.yaml_text import Block, Scalar
from energycalc.quantity import Quantity

if TYPE_CHECKING:
    from energycalc.case.case import Case

THIS = "this"
"""Project of a staff row that belongs to the application itself."""


class EditionChoice(Noun):
    """Which edition of which programme: by its year, or by the day of the application, or both.

    Attributes:
        programme: key of the programme, e.g. ``metalworking``.
        edition: year of the programme (114).
        applied_on: day on which the application is handed in.
    """

    programme: Identifier
    edition: Year | None = None
    applied_on: Day | None = None

    @model_validator(mode="after")
    def _year_or_day(self) -> EditionChoice:
        if self.edition is None and self.applied_on is None:
            raise ValueError("needs the edition (its year, e.g. 114) or applied_on (the day of the application)")
        return self


class Declaration(Noun):
    """A yes or no that somebody answers for."""

    said: YesNo
    source: Text


class Paper(Noun):
    """A document handed in; its bare name alone means one original."""

    id: Identifier
    originals: Whole = 1
    copies: Whole = 0

    @model_validator(mode="before")
    @classmethod
    def _bare_name(cls, data: Any) -> Any:
        return Block({"id": data}) if isinstance(data, Scalar) else data


class Completion(Noun):
    """Papers asked for after the deadline: day of the notice, and the day on which they were complete."""

    notified_on: Day
    completed_on: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Completion:
        if self.completed_on is not None and self.completed_on < self.notified_on:
            raise ValueError(f"completed_on {self.completed_on} lies before notified_on {self.notified_on}")
        return self


class ReviewMeeting(Noun):
    """Who comes to the review, and how long the presentation takes."""

    persons: Whole | None = None
    presentation_minutes: Whole | None = None


class BudgetLine(Noun):
    """One line of the budget.

    Attributes:
        account: accounting title (會計科目); lines of one account are added up.
        use: what it pays for.
        grant: paid by the programme (政府輔導經費).
        own: paid by the client (自籌款).
    """

    account: Text
    use: Annotated[Literal["hardware", "software", "verification", "other"], BeforeValidator(text_of)]
    grant: Annotated[Quantity, money("budget_grant")]
    own: Annotated[Quantity, money("budget_own")]


class SpentLine(Noun):
    """What was spent on one account so far, by who paid.

    Attributes:
        account: accounting title (會計科目), as in the budget.
        grant: charged to the grant.
        own: charged to the own share.
    """

    account: Text
    grant: Annotated[Quantity, money("budget_grant")]
    own: Annotated[Quantity, money("budget_own")]


class StaffMonths(Noun):
    """What one person works in each of some months; persons are codes, no names are needed.

    Attributes:
        person: code of the person.
        project: ``this`` application, or the name of another one (other projects count too).
        first_month: first month.
        last_month: last month; left out for a single one.
        person_months: 人月 in each of these months.
    """

    person: Identifier
    project: Text
    first_month: Month
    last_month: Month | None = None
    person_months: Annotated[Quantity, exact_figure("person_months", "1")]

    @property
    def months(self) -> tuple[dt.date, ...]:
        """First day of each month, both ends included."""
        first, last = self.first_month, self.last_month or self.first_month
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        ahead = [first.month - 1 + i for i in range(count)]
        return tuple(dt.date(first.year + i // 12, i % 12 + 1, 1) for i in ahead)

    @model_validator(mode="after")
    def _in_order(self) -> StaffMonths:
        if self.last_month is not None and self.last_month < self.first_month:
            raise ValueError("last_month lies before first_month")
        return self


class OtherSupport(Noun):
    """Public support of an object (標的物) by any other project or programme."""

    object: Identifier
    programme: Text
    year: Year


class VerifierRegistration(Noun):
    """Registration of the third-party verifier (技術服務能量登錄)."""

    service_class: Text
    valid_to: Day | None = None


class ApprovedMoney(Noun):
    """What the review approved: grant and own share, tax included; and what was sent for the contract."""

    grant: Annotated[Quantity, money("approved_grant")]
    own: Annotated[Quantity, money("approved_own")]
    notified_on: Day | None = None
    papers_sent_on: Day | None = None
    contract_originals: Whole | None = None


class Instalment(Noun):
    """The instalment (期) of the grant that is being asked for now.

    Attributes:
        number: 1, 2 or 3.
        requested: money asked for.
        work_done: progress of the work.
        paid: grant paid so far.
        spent: grant actually spent so far (經費實支).
        confirmed: conditions and papers that are there, by their keys.
    """

    number: Whole = Field(ge=1, le=12)
    requested: Annotated[Quantity, money("requested_instalment")] | None = None
    work_done: Annotated[Quantity, exact_figure("work_done", "1", highest=1.0)] | None = None
    paid: Annotated[Quantity, money("paid_grant")] | None = None
    spent: Annotated[Quantity, money("spent_grant")] | None = None
    confirmed: tuple[Identifier, ...] = ()


class PlannedChange(Noun):
    """A change of the plan that has to be applied for."""

    what: Text
    requested_on: Day


class Application(EditionChoice):
    """An application to a funding programme.

    Attributes:
        start: first day of the project.
        end: day on which it is closed (結案日期).
        tax_included: whether all money here is with tax.
        budget: lines of the budget.
        net_worth: of the consultant (輔導單位淨值).
        staff: person-months, other projects included.
        documents: handed in.
        declarations: yes or no, by the keys of the programme's file.
        client_supported_in: years in which this programme supported the client; ``[]`` says none.
        approved_cases_of_consultant: cases of the consultant approved in this edition beside this one.
        approved_cases_of_client: likewise of the client.
        other_support: of machines of this case by others; ``[]`` says none.
        verifier: its registration.
        completion: papers handed in later.
        meeting: the review.
        approved: what was approved.
        instalment: the payment that is being asked for.
        planned_change: a change of the plan.
        spending: what was spent so far, a line for each account.
    """

    start: Day | None = None
    end: Day | None = None
    tax_included: YesNo | None = None
    budget: tuple[BudgetLine, ...] = ()
    net_worth: Annotated[Quantity, money("net_worth", lowest=None)] | None = None
    staff: tuple[StaffMonths, ...] = ()
    documents: tuple[Paper, ...] | None = None
    declarations: dict[Identifier, Declaration] = Field(default_factory=dict)
    client_supported_in: tuple[Year, ...] | None = None
    approved_cases_of_consultant: Whole | None = None
    approved_cases_of_client: Whole | None = None
    other_support: tuple[OtherSupport, ...] | None = None
    verifier: VerifierRegistration | None = None
    completion: Completion | None = None
    meeting: ReviewMeeting | None = None
    approved: ApprovedMoney | None = None
    instalment: Instalment | None = None
    planned_change: PlannedChange | None = None
    spending: tuple[SpentLine, ...] = ()

    @model_validator(mode="after")
    def _without_contradictions(self) -> Application:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"end {self.end} lies before start {self.start}")
        twice = doubled(self.documents or ())
        if twice:
            raise ValueError(f"documents are listed twice: {', '.join(twice)}")
        strange = sorted({line.account for line in self.spending} - {line.account for line in self.budget})
        if self.budget and strange:
            raise ValueError(f"spending on {', '.join(strange)}: there is no such account in the budget")
        if self.budget and not sum(float((q.grant + q.own).value) for q in self.budget) > 0:
            raise ValueError("the budget adds up to nothing")
        for row in self.staff if self.start and self.end else ():
            outside = [m for m in row.months if not _touches(m, self.start, self.end)]  # type: ignore[arg-type]
            if row.project == THIS and outside:
                raise ValueError(
                    f"person {row.person} works for this project in {outside[0]:%Y-%m}, "
                    f"outside {self.start} to {self.end}"
                )
        return self


def doubled(papers: tuple[Paper, ...]) -> list[str]:
    """Ids of documents that are listed more than once."""
    ids = [paper.id for paper in papers]
    return sorted({id for id in ids if ids.count(id) > 1})


def _touches(month: dt.date, start: dt.date, end: dt.date) -> bool:
    return (start.year, start.month) <= (month.year, month.month) <= (end.year, end.month)


def application_problems(case: Case) -> Iterator[str]:
    """Objects of other support that are no machine of the case, as ``at <path>: <what is wrong>``."""
    if case.application is None:
        return
    machines = {m.id for m in case.plant.machines}
    for i, support in enumerate(case.application.other_support or ()):
        if support.object not in machines:
            listed = ", ".join(sorted(machines))
            yield (
                f"at application.other_support[{i}].object: there is no machine {support.object!r}; machines: {listed}"
            )
