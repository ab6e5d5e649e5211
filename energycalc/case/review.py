"""What a reviewer is told beside the case: facts that only checks need, and findings that somebody accepts."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from energycalc.case.fields import Day, Noun, Text, text_of
from energycalc.case.review_facts import (
    Account,
    Biogenic,
    CarbonFee,
    Certificates,
    Conversion,
    DemandSaving,
    Effect,
    EndUse,
    FactorGases,
    FileSeal,
    Finance,
    FurnaceOutput,
    Intensity,
    Lifetime,
    MachineFacts,
    PriceUse,
    Printed,
    Replaced,
    SetPoint,
    Share,
    SpeedControl,
    Tag,
)

CHECK_ID = r"^T[A-Z][0-9]{2}$"


class Accepted(Noun):
    """A finding that somebody accepts, with name, reason and date; it is printed in every output.

    Attributes:
        check: id of the check, as ``TB06``.
        subject: what the finding is about, as printed; ``all`` for all findings of the check.
        by: who accepts it.
        because: why.
        on: when.
    """

    check: Annotated[str, BeforeValidator(text_of), Field(pattern=CHECK_ID)]
    subject: Text
    by: Text
    because: Text
    on: Day


class ReviewNotes(Noun):
    """Facts for the checks, and accepted findings with name and reason; every key is optional.

    Attributes:
        report_date: day of the report, for factors that were announced later.
        line_loss_applied: share of line loss put on the electricity beside the factor.
        accounts: lines of the printed emission total of electricity.
    """

    report_date: Day | None = None
    printed: tuple[Printed, ...] = ()
    machines: tuple[MachineFacts, ...] = ()
    speed_control: tuple[SpeedControl, ...] = ()
    effects: tuple[Effect, ...] = ()
    set_points: tuple[SetPoint, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    tags: tuple[Tag, ...] = ()
    end_uses: tuple[EndUse, ...] = ()
    furnaces: tuple[FurnaceOutput, ...] = ()
    demand: DemandSaving | None = None
    accounts: tuple[Account, ...] = ()
    certificates: Certificates | None = None
    conversions: tuple[Conversion, ...] = ()
    biogenic: Biogenic | None = None
    factor_gases: tuple[FactorGases, ...] = ()
    line_loss_applied: Share | None = None
    intensities: tuple[Intensity, ...] = ()
    lifetimes: tuple[Lifetime, ...] = ()
    finance: Finance | None = None
    carbon_fee: CarbonFee | None = None
    price_use: PriceUse | None = None
    files: tuple[FileSeal, ...] = ()
    accepted: tuple[Accepted, ...] = ()
