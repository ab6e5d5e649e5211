"""What money is computed from: tariff, gas price by season, subsidy, own share, discount rate, price scenarios."""

from __future__ import annotations

from energycalc.case.fields import Noun


class Economics(Noun):
    """Tariff and terms of an investment."""
