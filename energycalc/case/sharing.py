"""How measures act on each other and beyond their machine: shared systems, secondary effects, exclusive variants."""

from __future__ import annotations

from energycalc.case.fields import Noun


class Interactions(Noun):
    """What measures do to each other and to systems that serve several machines."""
