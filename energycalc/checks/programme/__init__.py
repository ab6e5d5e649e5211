"""Rules of funding programmes and registrations, one data file per edition, held against what an application states."""

from energycalc.checks.programme.edition import Edition, Rule, chosen_edition, editions
from energycalc.checks.programme.judgement import Judgement, judge
from energycalc.checks.programme.outcome import STATUSES, Outcome
from energycalc.checks.programme.tracking import Tracking, tracking_table

__all__ = [
    "STATUSES",
    "Edition",
    "Judgement",
    "Outcome",
    "Rule",
    "Tracking",
    "chosen_edition",
    "editions",
    "judge",
    "tracking_table",
]
