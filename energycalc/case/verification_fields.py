"""Field types of the verification file: shares, times of day, weekdays."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from energycalc.case.yaml_text import Scalar
from energycalc.errors import EnergycalcError
from energycalc.quantity import read_quantity

WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
WEEKDAYS |= {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6}


def _share(value: Any) -> Any:
    """A share such as ``90 %`` or ``0.9``."""
    if isinstance(value, Scalar):
        try:
            return float(read_quantity(value.text, name="share").value_in("%")) / 100  # 95 % is 0.95 to the last digit
        except EnergycalcError as error:
            raise ValueError(error.sentence()) from None
    return value


def _clock(value: Any) -> Any:
    if isinstance(value, Scalar):
        try:
            return dt.time.fromisoformat(value.text.strip())
        except ValueError:
            raise ValueError(f"must be a time of day like 08:00, not {value.text!r}") from None
    return value


def _weekday(value: Any) -> Any:
    if isinstance(value, Scalar):
        word = value.text.strip().lower()
        if word not in WEEKDAYS:
            raise ValueError(f"must be one of {', '.join(WEEKDAYS)}, not {value.text!r}")
        return WEEKDAYS[word]
    return value


Share = Annotated[float, BeforeValidator(_share), Field(gt=0, le=1)]
Clock = Annotated[dt.time, BeforeValidator(_clock)]
Weekday = Annotated[int, BeforeValidator(_weekday)]
