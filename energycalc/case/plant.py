"""Plant ▸ line ▸ machine, and where each machine's energy before the measures is known from."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, ModelWrapValidatorHandler, Tag, model_validator

from energycalc.case.fields import Identifier, Noun, Text, figure, subject_of, text_of
from energycalc.quantity import Quantity, about

CARRIERS = ("electricity", "natural_gas")
Carrier = Annotated[Literal["electricity", "natural_gas"], BeforeValidator(text_of)]

# the six service items of the SD6 registration
PROCESSES: dict[str, str] = {
    "heat_treatment": "熱處理製程",
    "surface_treatment": "表面處理製程",
    "powder_metallurgy": "粉末冶金製程",
    "metal_forming": "金屬成型製程",
    "casting_forging_welding": "金屬鑄、鍛、焊接製程",
    "other": "其他金屬加工相關製程",
}
Process = Annotated[
    Literal[
        "heat_treatment", "surface_treatment", "powder_metallurgy", "metal_forming", "casting_forging_welding", "other"
    ],
    BeforeValidator(text_of),
]


class Metered(Noun):
    """Energy of the period read from a meter file, or a stated share of it."""

    basis: Annotated[Literal["metered"], BeforeValidator(text_of)]
    meter: Identifier
    share: Annotated[Quantity, figure("share", "1", lowest=0.001, highest=1.0)] | None = None


class Billed(Noun):
    """Energy of the period from the bills of a carrier, or a stated share of them."""

    basis: Annotated[Literal["billed"], BeforeValidator(text_of)]
    share: Annotated[Quantity, figure("share", "1", lowest=0.001, highest=1.0)] | None = None


class Computed(Noun):
    """Energy of the period from the model of the first measure on the machine (nameplate, load, hours)."""

    basis: Annotated[Literal["computed"], BeforeValidator(text_of)]


class Stated(Noun):
    """Energy of the period as somebody measured or estimated it outside this tool, with its source."""

    basis: Annotated[Literal["stated"], BeforeValidator(text_of)]
    energy: Annotated[Quantity, figure("energy_before", "kWh", "kWh[LHV]", lowest=1e-3)]


def _basis(value: object) -> object:
    if isinstance(value, dict):
        return str(value.get("basis", ""))
    return getattr(value, "basis", None)


Use = Annotated[
    Annotated[Metered, Tag("metered")]
    | Annotated[Billed, Tag("billed")]
    | Annotated[Computed, Tag("computed")]
    | Annotated[Stated, Tag("stated")],
    Discriminator(_basis),
]


class Machine(Noun):
    """One machine: its process, and per carrier how its energy before is known.

    Attributes:
        id: short name used everywhere.
        name: what people call it.
        process: one of the six SD6 processes.
        energy: carrier to metered, billed, computed or stated.
    """

    id: Identifier
    name: Text
    process: Process
    energy: dict[Carrier, Use] = Field(min_length=1)

    @model_validator(mode="wrap")
    @classmethod
    def _name_its_numbers(cls, data: Any, handler: ModelWrapValidatorHandler[Machine]) -> Machine:
        with about(subject_of(data)):
            return handler(data)


class Line(Noun):
    """A production line or a utility system with its machines."""

    id: Identifier
    name: Text
    machines: tuple[Machine, ...] = Field(min_length=1)


class Plant(Noun):
    """The plant with its lines."""

    name: Text
    lines: tuple[Line, ...] = Field(min_length=1)

    @property
    def machines(self) -> tuple[Machine, ...]:
        """All machines of all lines, in order."""
        return tuple(m for line in self.lines for m in line.machines)

    def line_of(self, machine_id: str) -> Line:
        """The line a machine stands in."""
        return next(line for line in self.lines if any(m.id == machine_id for m in line.machines))
