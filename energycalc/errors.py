"""Every exception the package raises, each worded the same way.

A message names the subject, the value with its unit, the limit and whose limit it is, and the next step:

    Compressor C-02, pressure after: 0.65 bar is outside 2 to 13 bar (range of the pressure law).
    Was it MPa? Write "6.5 bar".

::

    EnergycalcError
    ├── InputError          something a person wrote cannot be used
    │   ├── UnitError       a unit is unknown, ambiguous or of the wrong dimension
    │   ├── OutOfRange      a value lies outside a stated limit
    │   └── CaseFileError   a line of a case file
    ├── CalculationError    the arithmetic has no answer (division by zero, logarithm of a negative number)
    ├── MeterDataError      rows of a meter file
    └── FactorError         an emission factor, heat content or GWP that cannot be chosen
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class EnergycalcError(Exception):
    """Base of all errors of this package; holds the parts of the sentence as attributes."""

    def __init__(
        self,
        message: str,
        *,
        subject: str = "",
        value: object = "",
        limit: str = "",
        next_step: str = "",
        zh: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Join the parts to one readable message.

        Args:
            message: what is wrong, as a sentence without the subject.
            subject: machine, parameter, file or formula concerned.
            value: the offending value with its unit.
            limit: the limit and whose limit it is.
            next_step: what the reader can do now.
            zh: the same parts in Traditional Chinese, by the names above; those that are left out stay as they are.
        """
        self.message, self.subject, self.value = message, subject, value
        self.limit, self.next_step, self.zh = limit, next_step, zh
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The whole message on one line."""
        text = f"{self.subject}: {self.message}" if self.subject else self.message
        if self.value not in ("", None):
            text += f" (got {self.value})"
        if self.limit:
            text += f"; limit: {self.limit}"
        text = text.rstrip(".") + "."
        if self.next_step:
            text += f" {self.next_step.rstrip('.')}."
        return text


class InputError(EnergycalcError):
    """Something a person wrote cannot be used as it stands."""


class UnitError(InputError):
    """A unit is unknown, ambiguous, or of the wrong dimension."""


class OutOfRange(InputError):
    """A value lies outside a stated limit."""


class CaseFileError(InputError):
    """A line of a case file cannot be used; the subject holds file, line and path."""


class CalculationError(EnergycalcError):
    """The arithmetic has no answer."""


class MeterDataError(EnergycalcError):
    """Rows of a meter file cannot be used as declared."""


class FactorError(EnergycalcError):
    """An emission factor, heat content or GWP cannot be chosen without guessing."""
