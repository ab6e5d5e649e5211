"""The result of a verification as the parameters of a measure: one saving, proved once, used everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from energycalc.case.fields import text_of
from energycalc.case.yaml_text import Block
from energycalc.quantity import Quantity

if TYPE_CHECKING:
    from energycalc.mv.verification import Verified

NAMES = {
    "verified_saving": ("electricity", "adjusted_baseline", "reporting_energy"),
    "verified_saving_gas": ("natural_gas", "adjusted_baseline_fuel", "reporting_fuel"),
}
"""Technologies that take a verification: their carrier and the names of their two numbers."""
USABLE = ("verified", "not_distinguishable")


@dataclass(frozen=True, eq=False)
class VerifiedResult:
    """What a measure takes from a verification.

    Attributes:
        file: name of the verification file.
        before, after: the parameters of the technology, by name.
        first_day, last_day: the reporting period.
        verdict: word of the verdict.
    """

    file: str
    before: Mapping[str, Quantity]
    after: Mapping[str, Quantity]
    first_day: dt.date
    last_day: dt.date
    verdict: str


def verified_result(technology: str, data: Block, context: Mapping[str, Any]) -> VerifiedResult:
    """Run the verification that a measure names, once for each file, and hand over its two energies.

    Args:
        technology: key of the measure's technology.
        data: the measure's block, with ``verification``.
        context: of the case file: its folder; results are kept there.

    Raises:
        ValueError: the technology takes no verification; parameters stand beside it; the file lies outside the case's
            folder; another carrier; or the verdict is that there is nothing to be called a saving.
        EnergycalcError: what the verification itself refuses.
    """
    if technology not in NAMES:
        raise ValueError(f"verification belongs to {' or '.join(NAMES)}, not to {technology}")
    beside = [key for key in ("before", "after", "common") if key in data]
    if beside:
        raise ValueError(f"a measure with a verification has no {', '.join(beside)}: the numbers come from the file")
    name = str(text_of(data["verification"]))
    folder = Path(context.get("folder", "."))
    file = folder / name
    if not file.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{name} must lie in the folder of the case file or below it")
    verified = _run(file, context)
    carrier, baseline, metered = NAMES[technology]
    if verified.carrier != carrier:
        raise ValueError(f"{name} is about {verified.carrier}; {technology} is about {carrier}")
    if verified.verdict.word not in USABLE:
        raise ValueError(f"{name} finds no saving that may be claimed: {verified.verdict.sentence}")
    return VerifiedResult(
        name,
        {baseline: verified.energy.adjusted_baseline},
        {metered: verified.energy.reporting},
        verified.reporting_days[0],
        verified.reporting_days[1],
        verified.verdict.word,
    )


def _run(file: Path, context: Mapping[str, Any]) -> Verified:
    from energycalc.case.verification_file import load_verification
    from energycalc.mv.verify import verify

    kept = context.get("verifications")
    kept = kept if isinstance(kept, dict) else {}
    if file not in kept:
        kept[file] = verify(load_verification(file))
    found: Verified = kept[file]
    return found
