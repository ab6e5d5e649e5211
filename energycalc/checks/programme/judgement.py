"""An application against all rules of its edition: which kinds of rule there are, and what each needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from energycalc.case.application import Application
from energycalc.case.case import Case
from energycalc.case.registration import Registration
from energycalc.checks.programme import budget, dates, experience, papers, parties, payments
from energycalc.checks.programme.edition import Edition, Form, Rule, chosen_edition, editions
from energycalc.checks.programme.outcome import STATUSES, Answer, Outcome, Status
from energycalc.errors import InputError
from energycalc.finding import Finding

Applied = Application | Registration
Keys = tuple[str, ...]

OF_APPLICATION: Mapping[str, tuple[Callable[[Rule, Application], Answer], Keys]] = {
    "with_tax": (budget.with_tax, ()),
    "total_at_most": (budget.total_at_most, ("most_twd",)),
    "grant_at_most": (budget.grant_at_most, ("most_twd",)),
    "grant_share": (budget.grant_share, ("most_percent",)),
    "own_share": (budget.own_share, ("least_percent",)),
    "own_amount": (budget.own_amount, ("least_twd", "of_total_twd")),
    "use_needed": (budget.use_needed, ("use",)),
    "use_share": (budget.use_share, ("use", "least_percent")),
    "same_split": (budget.same_split, ("tolerance_twd",)),
    "spending_split": (budget.spending_split, ("tolerance_twd",)),
    "excluded_accounts": (budget.excluded_accounts, ("words",)),
    "approved_unchanged": (budget.approved_unchanged, ("part",)),
    "verifier_valid": (parties.verifier_valid, ()),
    "staff_load": (parties.staff_load, ("most", "complete_key")),
    "case_count": (parties.case_count, ("party", "most")),
    "supported_before": (parties.supported_before, ("years",)),
    "double_support": (parties.double_support, ("same_year_only",)),
    "end_date": (dates.end_date, ("latest",)),
    "duration": (dates.duration, ("months",)),
    "change_notice": (dates.change_notice, ("days",)),
    "contract_originals": (papers.contract_originals, ("least",)),
    "contract_papers": (dates.contract_papers, ("months",)),
    "instalment": (payments.instalment, ("number", "percent", "last", "needs")),
}
OF_CASE: Mapping[str, tuple[Callable[[Rule, Case], Answer], Keys]] = {
    "party_class": (parties.party_class, ("party", "codes")),
    "verifier_class": (parties.verifier_class, ("begins_with",)),
    "verifier_independent": (parties.verifier_independent, ()),
    "parts_reason": (parties.parts_reason, ()),
}
OF_REGISTRATION: Mapping[str, tuple[Callable[[Rule, Registration], Answer], Keys]] = {
    "applicant_kind": (parties.applicant_kind, ("kinds",)),
    "declared_of_kind": (parties.declared_of_kind, ("applicant", "key", "wanted")),
    "items": (experience.items, ("items",)),
    "specialist": (experience.specialist, ("least_persons", "least_years")),
    "references_recent": (experience.references_recent, ("years",)),
    "references_external": (experience.references_external, ()),
    "references_match": (experience.references_match, ("years",)),
    "filed_in_time": (dates.filed_in_time, ("what", "days")),
    "certificate": (dates.certificate, ("years",)),
}
OF_BOTH: Mapping[str, tuple[Callable[[Rule, Applied], Answer], Keys]] = {
    "declared": (parties.declared, ("key", "wanted")),
    "declared_later": (parties.declared_later, ("key", "wanted")),
    "declared_as_a_rule": (parties.declared_as_a_rule, ("key", "wanted")),
    "not_negative": (parties.not_negative, ()),
    "documents": (papers.documents, ("documents",)),
    "meeting_persons": (papers.meeting_persons, ("most",)),
    "presentation": (papers.presentation, ("most_minutes",)),
    "completion": (dates.completion, ("working_days", "notice_day_counts")),
}
CONFLICT = "class_conflict"
OPTIONAL = {"instalment": ("least_work_percent", "least_spent_percent")}
"""Values that a rule of a kind may also have."""


@dataclass(frozen=True)
class Judgement:
    """All rules of an edition and what became of each.

    Attributes:
        edition: the edition.
        outcomes: one for each rule, in its order.
        title: of the file that was judged.
        constructed: whether it is an invented example.
        file: its name.
    """

    edition: Edition
    outcomes: tuple[Outcome, ...]
    title: str
    constructed: bool
    file: str

    def count(self, status: Status) -> int:
        """Number of rules with a status."""
        return sum(o.status == status for o in self.outcomes)

    @property
    def counts(self) -> Mapping[Status, int]:
        """Number of rules by status."""
        return {status: self.count(status) for status in STATUSES}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is not met, as doubts: missed is an error."""
        return tuple(f for o in self.outcomes if (f := o.finding()) is not None)


def judge(filed: Case | Registration, among: Sequence[Edition] | None = None) -> Judgement:
    """Hold an application or a registration against the rules of its edition.

    Args:
        filed: a case with an ``application``, or a registration.
        among: editions to choose from; the published ones when left out.

    Raises:
        InputError: no application in the case, no such edition, a declaration, document or confirmation that the
            edition does not know, or an edition whose rules cannot be judged.
    """
    applied = filed if isinstance(filed, Registration) else filed.application
    if applied is None:
        raise InputError(
            "the case states no application",
            subject=filed.file,
            limit="a block 'application:' with programme and edition",
            next_step="See docs/programmes.md, or examples/programme/case.yaml",
            zh={
                "message": "案件未載申請資料",
                "limit": "須有 application: 區塊，載明計畫與年度",
                "next_step": "參見 docs/programmes.zh-TW.md 或 examples/programme/case.yaml",
            },
        )
    form: Form = "registration" if isinstance(filed, Registration) else "case"
    known = editions() if among is None else among
    edition = chosen_edition(applied.programme, applied.edition, applied.applied_on, form, known)
    for rule in edition.rules:
        _check_rule(rule, edition)
    _refuse_unknown(applied, edition, filed.file)
    outcomes = tuple(Outcome(rule, _answer(rule, edition, filed, applied)) for rule in edition.rules)
    return Judgement(edition, outcomes, filed.title, filed.constructed, filed.file)


def _answer(rule: Rule, edition: Edition, filed: Case | Registration, applied: Applied) -> Answer:
    if rule.kind in OF_BOTH:
        return OF_BOTH[rule.kind][0](rule, applied)
    if isinstance(filed, Registration):
        return OF_REGISTRATION[rule.kind][0](rule, filed)
    if rule.kind == CONFLICT:
        return parties.class_conflict(rule, filed, _other(rule, edition))
    if rule.kind in OF_CASE:
        return OF_CASE[rule.kind][0](rule, filed)
    assert isinstance(applied, Application)
    return OF_APPLICATION[rule.kind][0](rule, applied)


def _other(rule: Rule, edition: Edition) -> Rule:
    return next(each for each in edition.rules if each.id == rule.text("against"))


def _check_rule(rule: Rule, edition: Edition) -> None:
    own = OF_REGISTRATION if edition.form == "registration" else {**OF_APPLICATION, **OF_CASE}
    keys = {kind: needed for kind, (_, needed) in {**OF_BOTH, **own}.items()}
    if edition.form == "case":
        keys[CONFLICT] = ("party", "codes", "against")
    subject = f"{edition.id}, rule {rule.id}"
    if rule.kind not in keys:
        raise InputError(
            "this kind of rule is not known for this form of file",
            subject=subject,
            value=rule.kind,
            limit=", ".join(sorted(keys)),
            next_step="docs/programmes.md lists the kinds with their values",
        )
    needed = set(keys[rule.kind])
    given, may = set(rule.values), needed | set(OPTIONAL.get(rule.kind, ()))
    if not needed <= given <= may:
        raise InputError(
            "the values of the rule are not those of its kind",
            subject=subject,
            value=", ".join(sorted(given)),
            limit=", ".join(sorted(may)),
            next_step="docs/programmes.md lists the kinds with their values",
        )
    if rule.kind == CONFLICT and rule.text("against") not in [each.id for each in edition.rules]:
        raise InputError("the rule it contradicts is not there", subject=subject, value=rule.text("against"))


def _refuse_unknown(applied: Applied, edition: Edition, file: str) -> None:
    declarations = {str(v) for r in edition.rules for k, v in r.values.items() if k in ("key", "complete_key")}
    listed = {str(each["id"]) for r in edition.rules for each in r.values.get("documents", ())}
    found = {
        "declarations": (set(applied.declarations), declarations),
        "documents": ({paper.id for paper in applied.documents or ()}, listed),
    }
    if isinstance(applied, Application) and applied.instalment is not None:
        instalments = [r for r in edition.rules if r.kind == "instalment"]
        needs = {str(each["id"]) for r in instalments for each in r.many("needs")}
        found["instalment.confirmed"] = (set(applied.instalment.confirmed), needs)
        numbers = {str(r.whole("number")) for r in instalments}
        found["instalment.number"] = ({str(applied.instalment.number)}, numbers)
    for key, (written, known) in found.items():
        strange = sorted(written - known)
        if strange:
            raise InputError(
                f"edition {edition.id} does not know it",
                subject=f"{file}, {key}",
                value=", ".join(strange),
                limit=", ".join(sorted(known)),
                next_step="Check the spelling",
                zh={"message": f"版本 {edition.id} 無此項目", "next_step": "請檢查拼字"},
            )
