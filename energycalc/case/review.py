"""What a reviewer is told beside the case: facts that only checks need, and findings that somebody accepts."""

from __future__ import annotations

from energycalc.case.fields import Noun


class ReviewNotes(Noun):
    """Facts for the checks, and accepted findings with name and reason."""
