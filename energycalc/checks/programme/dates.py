"""Rules on days: end, duration, closing dates, completion of papers, change requests, certificates."""

from __future__ import annotations

import datetime as dt

import numpy as np

from energycalc.case.application import Application
from energycalc.case.registration import Registration
from energycalc.checks.programme.edition import Rule
from energycalc.checks.programme.outcome import Answer, compared, months_later, not_stated, not_yet, roc
from energycalc.mv.models.calendar import WORKING, Calendar

ONE_DAY = dt.timedelta(days=1)
OFFICES = Calendar(country="TW", labour_day=False)
"""Working days of government offices: official holidays and make-up Saturdays; 1 May only where it is a public one."""


def end_date(rule: Rule, application: Application) -> Answer:
    """Closing day ≤ limit."""
    latest = rule.day("latest")
    if application.end is None:
        return not_stated("application.end", f"≤ {roc(latest)}")
    end = application.end
    return compared(end <= latest, roc(end), f"≤ {roc(latest)}", "The closing day", "結案日期")


def duration(rule: Rule, application: Application) -> Answer:
    """End ≤ start + months − 1 day; longer is a warning, since the rule is a principle."""
    months = rule.whole("months")
    if application.start is None or application.end is None:
        return not_stated("application.start, application.end")
    latest = months_later(application.start, months) - ONE_DAY
    return compared(
        application.end <= latest,
        f"{roc(application.start)}–{roc(application.end)}",
        f"≤ {roc(latest)}",
        f"The project, as a rule of {months} months at most,",
        f"執行期程（以 {months} 個月以下為原則）",
        "warned",
    )


def change_notice(rule: Rule, application: Application) -> Answer:
    """Request ≤ end − days (calendar days)."""
    if application.planned_change is None:
        return not_yet("application.planned_change")
    if application.end is None:
        return not_stated("application.end")
    latest = application.end - dt.timedelta(days=rule.whole("days"))
    asked = application.planned_change.requested_on
    return compared(asked <= latest, roc(asked), f"≤ {roc(latest)}", "The change requested on", "變更申請日")


def contract_papers(rule: Rule, application: Application) -> Answer:
    """Papers sent ≤ notice + months."""
    approved = application.approved
    if approved is None:
        return not_yet("application.approved")
    if approved.notified_on is None or approved.papers_sent_on is None:
        return not_stated("application.approved.notified_on, .papers_sent_on")
    latest = months_later(approved.notified_on, rule.whole("months"))
    sent = approved.papers_sent_on
    return compared(
        sent <= latest, roc(sent), f"≤ {roc(latest)}", "The papers for the contract sent on", "簽約資料送達日"
    )


def working_day(first: dt.date, number: int) -> dt.date:
    """The n-th working day of government offices, counted from ``first`` on, itself included.

    Args:
        first: where counting begins.
        number: 1 for the first working day.

    Raises:
        InputError: there is no list of holidays for the year.
    """
    days = np.arange(np.datetime64(first), np.datetime64(first) + np.timedelta64(3 * number + 20, "D"))
    working = days[np.isin(OFFICES.day_types(days), WORKING)]
    found: dt.date = working[number - 1].item()
    return found


def completion(rule: Rule, applied: Application | Registration) -> Answer:
    """Papers complete within n working days of the notice; open where the document leaves its first day open."""
    if applied.completion is None:
        return not_yet("completion")
    number, counts = rule.whole("working_days"), rule.text("notice_day_counts")
    notice, done = applied.completion.notified_on, applied.completion.completed_on
    with_notice, after_notice = working_day(notice, number), working_day(notice + ONE_DAY, number)
    latest = after_notice if counts == "no" else with_notice
    last = after_notice if counts == "not_stated" else latest
    limit = f"≤ {roc(latest)}" if last == latest else f"≤ {roc(latest)} / {roc(last)}"
    if done is None:
        return not_stated(f"completion.completed_on (due {limit})", limit)
    if latest < done <= last:
        return Answer(
            "conflict",
            f"Complete on {roc(done)}: in time only if the day of the notice does not count; that is not said.",
            f"於 {roc(done)} 補齊：僅於通知當日不計入時符合期限，條文未明。",
            roc(done),
            limit,
        )
    return compared(done <= latest, roc(done), limit, "Papers complete on", "補件完成日")


def filed_in_time(rule: Rule, registration: Registration) -> Answer:
    """Papers (postmark) and slides by one of the closing dates; slides by the one of their papers."""
    days = sorted(rule.many("days"))
    what, papers = rule.text("what"), registration.applied_on
    limit = " / ".join(roc(day) for day in days)
    if papers is None:
        return not_stated("applied_on", limit)
    closing = next((day for day in days if papers <= day), None)
    if closing is None:
        return compared(False, roc(papers), limit, "Posted on", "郵戳日")
    round_ = f"{roc(closing)} ({days.index(closing) + 1}/{len(days)})"
    if what == "application":
        return compared(True, roc(papers), f"≤ {round_}", "Posted on", "郵戳日")
    if registration.slides_sent_on is None:
        return not_stated("slides_sent_on", f"≤ {round_}")
    sent = registration.slides_sent_on
    return compared(sent <= closing, roc(sent), f"≤ {round_}", "Slides sent on", "簡報寄送日")


def certificate(rule: Rule, registration: Registration) -> Answer:
    """Needed on < issue + years."""
    held = registration.certificate
    if held is None:
        return not_yet("certificate")
    end = months_later(held.issued_on, 12 * rule.whole("years")) - ONE_DAY
    return compared(
        held.needed_on <= end, roc(held.needed_on), f"≤ {roc(end)}", "The certificate is needed on", "證書需用日"
    )
