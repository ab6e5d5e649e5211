"""What a baseline model may look like, and what it looks like once its change points are found from the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.mv.models.calendar import Calendar
from energycalc.mv.models.columns import SLOTS, Column, Indicator, Shift, day_type_amount, shift_of, time_of_week
from energycalc.mv.periods import Periods

Floats = NDArray[np.float64]
CHANGE_POINTS = {"2P": 0, "3PC": 1, "3PH": 1, "4P": 1, "5P": 2}
"""Number of change points by shape. 3PC: flat, then rising above c; 3PH: falling to c, then flat; 4P: two slopes that
meet at c, of any sign; 5P: falling to c₁, flat, rising above c₂; 2P: a straight line."""
LEVELS = ("day_type", "shift", "time_of_week")
SHAPES = (*CHANGE_POINTS, "towt")
BASES = ("mean", "linear", *SHAPES)
LEAST_POINTS: Mapping[str, int] = MappingProxyType({"hour": 10, "day": 10, "week": 3, "month": 3})
"""Fewest points at or beyond a change point: 10 as CalTRACK 2.0 asks of days with degree days; 3 is what leaves one
over for a slope and its change point."""


@dataclass(frozen=True)
class Form:
    """A model that may be tried.

    Attributes:
        key: parts joined by ``+``: one of mean, linear, 2P, 3PC, 3PH, 4P, 5P, towt; and day_type, shift or
            time_of_week, by which the level then differs (alone they are a model of levels).
        temperature: driver with the change points.
        linear: drivers with a straight line each (production by product, hours, degree days).
        intercept: whether there is a constant; without it only linear forms.
        day_types: calendar of the plant, for day_type and shift.
        shifts: for shift.
        indicators: named spans of days with a level of their own.
        change_points: change points that are given and not searched, for instance the balance points of degree days.
        least_points: fewest points at or beyond each searched change point; by interval if not given.
        physical_slopes: whether the energy must rise above the change point of 3PC and above and below those of 5P, and
            below that of 3PH; the slopes of 2P and 4P may have any sign.
        occupied: occupied times of the week for towt; found from the baseline if not given.
        comfort: temperatures for finding them, in the driver's unit.
        found_before: number of parameters that were found from the same energy before (searched balance points).
    """

    key: str
    temperature: str | None = None
    linear: tuple[str, ...] = ()
    intercept: bool = True
    day_types: Calendar | None = None
    shifts: tuple[Shift, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    change_points: tuple[float, ...] = ()
    least_points: int | None = None
    physical_slopes: bool = True
    occupied: tuple[int, ...] | None = None
    comfort: tuple[float, float] | None = None
    found_before: int = 0

    def __post_init__(self) -> None:
        parts = self.parts
        shapes = [part for part in parts if part in SHAPES]
        levels = [part for part in parts if part in LEVELS]
        searched = CHANGE_POINTS.get(self.shape, 0)
        wrong = {
            "names a part that is unknown": not parts or not set(parts) <= {*BASES, *LEVELS},
            "names a part twice": len(set(parts)) < len(parts),
            "has more than one shape of the temperature": len(shapes) > 1,
            "has more than one kind of levels": len(levels) > 1 or (bool(levels) and self.shape == "towt"),
            "needs a temperature": bool(shapes) and self.temperature is None,
            "names a temperature but no shape for it": not shapes and self.temperature is not None,
            "needs linear drivers": "linear" in parts and not self.linear,
            "is a mean, which has no drivers": "mean" in parts and bool(self.linear or shapes),
            "needs the calendar of the plant": bool({"day_type", "shift"} & set(parts)) and self.day_types is None,
            "needs shifts": "shift" in parts and not self.shifts,
            "needs a constant": not self.intercept and (bool(shapes or levels) or "mean" in parts),
            "has another number of change points": bool(self.change_points) and len(self.change_points) != searched,
            "has change points that do not increase": any(np.diff(self.change_points) <= 0),
            "uses a driver twice": len({*self.linear, self.temperature}) < len(self.linear) + 1,
        }
        for sentence, fires in wrong.items():
            if fires:
                raise InputError(
                    sentence,
                    subject=f"form {self.key}",
                    value=f"temperature {self.temperature}, linear {', '.join(self.linear) or 'none'}, "
                    f"change points {self.change_points or 'searched'}",
                    limit=f"parts {', '.join((*BASES, *LEVELS))}, joined by +",
                    next_step="Correct the form",
                )

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the key."""
        return tuple(self.key.split("+"))

    @property
    def shape(self) -> str:
        """The part that says how the temperature enters; empty without one."""
        return next((part for part in self.parts if part in SHAPES), "")

    @property
    def levels(self) -> str:
        """What the level differs by; empty for one constant."""
        return next((part for part in self.parts if part in LEVELS), "")

    @property
    def drivers(self) -> tuple[str, ...]:
        """All drivers that must be known, in the reporting period too."""
        return (*((self.temperature,) if self.temperature else ()), *self.linear)

    @property
    def title(self) -> str:
        """Key with its drivers, for tables: ``5P+day_type (outdoor; production)``."""
        named = "; ".join(part for part in (self.temperature or "", ", ".join(self.linear)) if part)
        named = f"{named}, no constant" if not self.intercept else named
        return f"{self.key} ({named})" if named else self.key


@dataclass(frozen=True, eq=False)
class BoundForm:
    """A form with what was found from the baseline: change points, knots, the day types that occur.

    Attributes:
        form: what was asked for.
        interval: length of the periods it is for.
        columns: of the design.
        change_points: of the temperature, ascending; given or found.
        names: of the columns.
        extra_parameters: number of change points found from the energy, which count as parameters.
    """

    form: Form
    interval: str
    columns: tuple[Column, ...]
    change_points: tuple[float, ...] = ()
    names: tuple[str, ...] = field(default=())
    extra_parameters: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(column.name for column in self.columns))

    def design(self, periods: Periods) -> Floats:
        """The columns for these periods, shape (n, columns).

        Raises:
            InputError: a driver is missing, the periods have another length, or a day type, shift or time of the week
                occurs that the baseline did not have, so that its level is unknown.
        """
        if periods.interval != self.interval:
            raise InputError(
                "has other periods than the model",
                subject="periods",
                value=f"each a {periods.interval}",
                limit=f"each a {self.interval}, as in the baseline",
                next_step="Add the readings up to the same interval",
            )
        _refuse_unknown_levels(self.form, self.columns, periods)
        found = np.empty((len(periods), len(self.columns)))
        slots = [i for i, column in enumerate(self.columns) if column.kind == "time_of_week"]
        if slots:  # all at once: there are 168 in a week of hours
            found[:, slots] = time_of_week(periods)[:, None] == np.array([self.columns[i].place for i in slots])
        for i, column in enumerate(self.columns):
            if column.kind != "time_of_week":
                found[:, i] = column.values(periods, self.change_points)
        return found

    def worksheet_columns(self) -> tuple[tuple[str, str], ...]:
        """Name and worksheet formula of each column, with ``{start}``, ``{end}`` and ``{driver}`` for the cells."""
        return tuple((c.name, c.expression(self.interval, self.change_points)) for c in self.columns)


def level_labels(form: Form, periods: Periods) -> tuple[str, ...]:
    """Day types, shifts or times of the week that occur in the periods."""
    if not _labelled(form):
        return ()
    if form.levels == "day_type" and form.day_types:
        calendar = form.day_types
        if periods.interval not in SLOTS:
            return tuple(each for each in calendar.types if day_type_amount(periods, calendar, each).any())
        found = set(_labels(form, periods).tolist())
        return tuple(each for each in calendar.types if each in found)
    found = set(_labels(form, periods).tolist())
    return tuple(sorted(found, key=lambda each: (int(each) if each.isdigit() else 0, each)))


def level_columns(form: Form, periods: Periods) -> list[Column]:
    """The constant, or one column for each level that occurs in the baseline."""
    labels = level_labels(form, periods)
    calendar = form.day_types
    first_year = int(periods.start[0].astype("datetime64[Y]").astype(int)) + 1970
    if form.levels == "time_of_week" or form.shape == "towt":
        return [Column(_slot_name(int(s), periods.interval), "time_of_week", place=int(s), label=s) for s in labels]
    if form.levels == "shift":
        return [
            Column(
                each or "outside shifts",
                "shift",
                label=each,
                calendar=calendar,
                shifts=form.shifts,
                first_year=first_year,
            )
            for each in labels
        ]
    if form.levels == "day_type":
        days = "" if periods.interval in SLOTS else "days of "
        return [
            Column(f"{days}{each}", "day_type", label=each, calendar=calendar, first_year=first_year) for each in labels
        ]
    return [Column("intercept", "constant")] if form.intercept else []


def _slot_name(slot: int, interval: str) -> str:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return days[slot] if interval == "day" else f"{days[slot // 24]} {slot % 24:02d}:00"


def known_levels(form: Form, columns: tuple[Column, ...], periods: Periods) -> NDArray[np.bool_]:
    """Which periods have no day type, shift or time of the week that is missing among the columns."""
    known = {column.label for column in columns if column.kind in LEVELS}
    if form.levels == "day_type" and form.day_types and periods.interval not in SLOTS:
        missing = [each for each in form.day_types.types if each not in known]
        counts = [day_type_amount(periods, form.day_types, each) for each in missing]
        return ~np.any(counts, axis=0) if counts else np.ones(len(periods), dtype=np.bool_)
    return np.isin(_labels(form, periods), list(known)) if _labelled(form) else np.ones(len(periods), dtype=np.bool_)


def _labelled(form: Form) -> bool:
    return bool(form.levels) or form.shape == "towt"


def _labels(form: Form, periods: Periods) -> NDArray[np.str_]:
    """Day type, shift or time of the week of each hour or day."""
    if form.levels == "time_of_week" or form.shape == "towt":
        return time_of_week(periods).astype(np.str_)
    assert form.day_types is not None
    if form.levels == "shift":
        return shift_of(periods, form.day_types, form.shifts)
    return form.day_types.day_types(periods.start)


def _refuse_unknown_levels(form: Form, columns: tuple[Column, ...], periods: Periods) -> None:
    known = known_levels(form, columns, periods)
    if known.all():
        return
    labels = {column.label for column in columns if column.kind in LEVELS}
    unknown = [each for each in level_labels(form, periods) if each not in labels]
    raise InputError(
        "occurs in these periods but not in the baseline, so its level is unknown",
        subject=", ".join(_level_name(each, periods.interval) for each in unknown),
        value=f"{np.count_nonzero(~known)} periods, first {periods.start[~known][0]}",
        limit=f"the baseline has {', '.join(_level_name(each, periods.interval) for each in sorted(labels))}",
        next_step="Leave these periods out with a reason, use a longer baseline, or join day types in the calendar",
    )


def _level_name(label: str, interval: str) -> str:
    return _slot_name(int(label), interval) if label.isdigit() else label or "outside shifts"
