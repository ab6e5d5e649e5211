"""A measure: machine, technology, parameters before and after, cost, and where the parts come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ModelWrapValidatorHandler, ValidationInfo, model_validator

from energycalc.case.fields import Day, Identifier, Noun, Text, file_of, subject_of, text_of
from energycalc.case.meters import Cost
from energycalc.case.parameters import Said, read_parameters
from energycalc.case.verified import VerifiedResult, verified_result
from energycalc.case.yaml_text import Block
from energycalc.equipment import TECHNOLOGIES
from energycalc.equipment.description import TechnologyDescription
from energycalc.quantity import Quantity, about

Values = Mapping[str, Any]


class Parts(Noun):
    """Where the key parts come from; imported ones need a reason (programme rule on domestic parts first)."""

    origin: Annotated[Literal["domestic", "imported", "mixed"], BeforeValidator(text_of)]
    reason: Text | None = None

    @model_validator(mode="after")
    def _imported_needs_reason(self) -> Parts:
        if self.origin != "domestic" and not self.reason:
            raise ValueError(
                "imported parts need a reason (programme guide 六: 如使用國外零組件，須於專案計畫書詳細說明)"
            )
        return self


class Measure(Noun):
    """One energy-saving measure (節能措施).

    Attributes:
        id: short name.
        name: what people call it.
        machine: id of the machine it changes; several measures on one machine act in the order of the file.
        technology: key of the technology.
        before: parameters of the state before.
        after: parameters of the state after.
        common: parameters of both states, such as operating hours.
        cost: hardware, software, other.
        parts: origin of the key parts.
        commissioned: first day on which the measure acts.
        verification: file of a verification, beside the case file, whose result this measure's saving is; it takes
            the place of the parameters.
        verified: what that verification says (not part of the file).
    """

    id: Identifier
    name: Text
    machine: Identifier
    technology: Annotated[str, BeforeValidator(text_of)]
    before: dict[str, Any] = Field(default_factory=dict)
    after: dict[str, Any] = Field(default_factory=dict)
    common: dict[str, Any] = Field(default_factory=dict)
    cost: Cost | None = None
    parts: Parts | None = None
    commissioned: Day | None = None
    verification: Text | None = None
    verified: VerifiedResult | None = Field(default=None, exclude=True)

    @property
    def description(self) -> TechnologyDescription:
        """The technology's own description."""
        return TECHNOLOGIES[self.technology]

    @model_validator(mode="wrap")
    @classmethod
    def _name_its_numbers(cls, data: Any, handler: ModelWrapValidatorHandler[Measure]) -> Measure:
        with about(subject_of(data)):
            return handler(data)

    @model_validator(mode="before")
    @classmethod
    def _read_parameters(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, Block) or "technology" not in data:
            return data
        key = text_of(data["technology"])
        if key not in TECHNOLOGIES:
            raise ValueError(f"technology must be one of {', '.join(TECHNOLOGIES)}, not {key!r}")
        if "verified" in data:
            raise ValueError("verified is not a key of a measure; name the file under verification")
        id = str(data.get("id", "measure"))
        said: Said = (info.context or {}).setdefault("said", {})
        read = Block(data)
        read.line, read.path = data.line, data.path
        with about(subject_of(data)):
            if "verification" in data:
                found = verified_result(key, data, info.context or {})
                return read | {"before": found.before, "after": found.after, "verified": found}
            read |= read_parameters(id, TECHNOLOGIES[key].parameters, data, file_of(info), said)
        return read


def parameters_of(measure: Measure) -> list[tuple[str, str, Quantity]]:
    """All numbers of a measure as (place, name, quantity), lists included."""
    found: list[tuple[str, str, Quantity]] = []

    def collect(place: str, name: str, value: Any) -> None:
        if isinstance(value, Quantity):
            found.append((place, name, value))
        elif isinstance(value, Mapping):
            for k, v in value.items():
                collect(place, k, v)
        elif isinstance(value, list):
            for v in value:
                collect(place, name, v)

    for place in ("before", "after", "common"):
        for name, value in getattr(measure, place).items():
            collect(place, name, value)
    return found
