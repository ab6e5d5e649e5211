"""What an application to a funding programme states: budget by account, dates, people, documents, declarations."""

from __future__ import annotations

from energycalc.case.fields import Noun


class Application(Noun):
    """An application to a funding programme."""
