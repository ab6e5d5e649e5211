"""What the verification form holds, without widgets: a declaration, what was changed of it, and what came out."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from energycalc.case.verification_file import load_verification
from energycalc.data_files import examples_folder
from energycalc.mv.verification import Verification
from energycalc.mv.verify import verify

CONFIDENCES = (0.68, 0.80, 0.90, 0.95)


def example_verifications() -> dict[str, Path]:
    """The shipped verifications by a short name: those of ``examples/verification`` and the steel plant's halves."""
    folder = examples_folder()
    files = [*sorted((folder / "verification").glob("*.yaml")), folder / "steel_plant" / "halves.yaml"]
    return {file.stem: file for file in files}


class VerificationState:
    """A verification that a person looks at; every change is calculated at once, a refused one changes nothing.

    Args:
        file: name of an example, or a verification file.
        language: ``zh-TW`` or ``en``.
    """

    def __init__(self, file: str | Path = "office", language: str = "zh-TW") -> None:
        self.language = language
        self.file = example_verifications().get(str(file), Path(file))
        self.verified = verify(load_verification(self.file))

    @property
    def declared(self) -> Verification:
        """The declaration behind what is shown."""
        return self.verified.declared

    def with_confidence(self, confidence: float) -> None:
        """Another confidence of the interval."""
        self._changed(confidence=confidence)

    def with_model(self, form: str) -> None:
        """One model form by its key; an empty text lets all of them be tried again."""
        self._changed(forms=(form,) if form else ())

    def _changed(self, **changes: object) -> None:
        self.verified = verify(dataclasses.replace(self.declared, **changes))  # type: ignore[arg-type]

    def export(self, folder: str | Path) -> list[Path]:
        """Write ``verification.json``, the workbook and the figures."""
        from energycalc.apps.verifying import write_verified

        return write_verified(self.verified, Path(folder), self.language)
