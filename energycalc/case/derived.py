"""What is asked about the plant beyond the measures (衍生效益): roll-out, years to come, intensities, CBAM."""

from __future__ import annotations

from energycalc.case.fields import Noun


class DerivedEffects(Noun):
    """What the derived effects of a project are computed from."""
