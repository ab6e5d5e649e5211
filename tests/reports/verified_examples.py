"""Verified examples for the tests of the pages: public data, one declared form each, so that they take a second."""

from __future__ import annotations

import functools
from dataclasses import replace

from energycalc.case.verification_file import load_verification
from energycalc.data_files import examples_folder
from energycalc.mv.savings.adjustments import Adjustment
from energycalc.mv.verification import Verification, Verified
from energycalc.mv.verify import verify

EXAMPLES = examples_folder() / "verification"


def declared(name: str, *forms: str) -> Verification:
    """An example, with these forms to try only."""
    found = load_verification(EXAMPLES / f"{name}.yaml")
    return replace(found, forms=forms) if forms else found


@functools.cache
def verified(name: str, *forms: str, adjustments: tuple[Adjustment, ...] = ()) -> Verified:
    """An example, verified."""
    return verify(replace(declared(name, *forms), adjustments=adjustments))
