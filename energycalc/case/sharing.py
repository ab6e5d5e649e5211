"""How measures act on each other and beyond their machine: shared systems, secondary effects, exclusive variants."""

from __future__ import annotations

import functools
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ModelWrapValidatorHandler, ValidationInfo, model_validator

from energycalc.case.fields import Identifier, Noun, Text, Whole, YesNo, figure, file_of, text_of
from energycalc.case.measure import Measure
from energycalc.case.parameters import read_parameters
from energycalc.case.plant import Carrier
from energycalc.case.yaml_text import Block, Scalar
from energycalc.errors import EnergycalcError
from energycalc.quantity import Quantity, about

ENERGY_OF = {"electricity": "kWh", "natural_gas": "kWh[LHV]"}
SERVICES = {
    "compressed_air": ("m3",),
    "cooling_water": ("m3", "kWh"),
    "chilled_water": ("kWh",),
    "steam": ("t", "kWh"),
}
"""Units in which the service of a system is counted: free air, water, heat taken away, steam, heat."""
_PER_SERVICE = ("kWh/m3", "kWh/t", "1", "kWh[LHV]/m3", "kWh[LHV]/t", "kWh[LHV]/kWh")


class _Named(Noun):
    """A noun whose numbers are about the thing or the measure it names."""

    @model_validator(mode="wrap")
    @classmethod
    def _name_its_numbers(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        keys = ("id", "name", "measure", "system", "effect") if isinstance(data, Block) else ()
        words = [part.text.strip() for key in keys if isinstance(part := data.get(key), Scalar)]
        with about(" ".join(words)):
            return handler(data)


class Allocation(_Named):
    """Share of a system's service that a line takes."""

    line: Identifier
    share: Annotated[Quantity, figure("share", "1", lowest=0, highest=1)]


class FlowLevel(_Named):
    """Hours of the period at one flow of free air."""

    flow: Annotated[Quantity, figure("flow", "m3/min", lowest=0)]
    hours: Annotated[Quantity, figure("hours", "h", lowest=1e-3, highest=8784)]


class CompressorCurve(_Named):
    """The compressor that follows the demand, as its data sheet and control say, and the demand it meets.

    Attributes:
        machine: control and points, as under ``before`` of the technology ``compressor_control``.
        levels: flows that this compressor delivers before the measures, with their hours.
        discharge_pressure: between the switch pressures of the control.
        ambient_pressure: at site.
    """

    machine: dict[str, Any]
    levels: tuple[FlowLevel, ...] = Field(min_length=1)
    discharge_pressure: Annotated[Quantity, figure("discharge_pressure", "bar[g]", lowest=1, highest=16)]
    ambient_pressure: Annotated[Quantity, figure("ambient_pressure", "bar[a]", lowest=0.6, highest=1.1)]

    @model_validator(mode="before")
    @classmethod
    def _read_machine(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, Block) or not isinstance(data.get("machine"), Block):
            return data
        from energycalc.equipment.shared.compressor import compressor_parameters  # only a case with a curve loads it

        block = Block({"before": data["machine"]})
        block.line, block.path = data.line, data.path
        known = compressor_parameters(("before",))
        read = Block(data)
        read.line, read.path = data.line, data.path
        return read | {"machine": read_parameters("curve", known, block, file_of(info), {})["before"]}

    @model_validator(mode="after")
    def _belongs_together(self) -> CompressorCurve:
        from energycalc.equipment.shared.compressor import complete, in_order

        try:
            complete(self.machine, "machine")
            in_order(self.machine, self.discharge_pressure)
        except EnergycalcError as error:
            raise ValueError(error.sentence()) from None
        return self


class SharedSystem(_Named):
    """Compressed air, cooling water, chilled water or steam: machines that serve many others.

    Attributes:
        id, name: what it is called.
        kind: which service.
        carrier: what it uses; the energy of its machines is stated with them.
        machines: that supply it.
        follows: the one whose output follows the demand; needed when there are several.
        delivered: service of the period before the measures (free air in m3, heat in kWh, steam in t).
        marginal_energy: energy that one unit of service less gives back, at the load at hand; never the average.
        curve: or the compressor's curve and demand, from which that is computed.
        allocation: share of each line; what is left is shown as allocated to nobody.
    """

    id: Identifier
    name: Text
    kind: Annotated[Literal["compressed_air", "cooling_water", "chilled_water", "steam"], BeforeValidator(text_of)]
    carrier: Carrier
    machines: tuple[Identifier, ...] = Field(min_length=1)
    follows: Identifier | None = None
    delivered: Annotated[Quantity, figure("service_delivered", "m3", "t", "kWh", lowest=1e-6)] | None = None
    marginal_energy: Annotated[Quantity, figure("marginal_energy", *_PER_SERVICE, lowest=0)] | None = None
    curve: CompressorCurve | None = None
    allocation: tuple[Allocation, ...] = ()

    @property
    def follower(self) -> str:
        """The machine whose energy changes when less of the service is used."""
        return self.follows or self.machines[0]

    @model_validator(mode="after")
    def _one_valuation(self) -> SharedSystem:
        if (self.marginal_energy is None) == (self.curve is None):
            raise ValueError(
                "give either marginal_energy (what one unit of service less gives back, measured at two loads) or "
                "curve; the average specific energy is not the marginal one"
            )
        if self.curve is not None and (self.kind != "compressed_air" or self.carrier != "electricity"):
            raise ValueError("curve is for compressed air by electric compressors; give marginal_energy")
        if (self.delivered is None) == (self.curve is None):
            raise ValueError("marginal_energy needs delivered, the service of the period; a curve has it in its levels")
        if self.follows is None and len(self.machines) > 1:
            raise ValueError(f"follows: which of {', '.join(self.machines)} follows the demand")
        if self.follows is not None and self.follows not in self.machines:
            raise ValueError(f"follows: {self.follows} is none of {', '.join(self.machines)}")
        if self.delivered is not None and self.marginal_energy is not None:
            self._units_fit(self.delivered, self.marginal_energy)
        shares = sum(float(part.share.value_in("1")) for part in self.allocation)
        if shares > 1 + 1e-9:
            raise ValueError(f"allocation: the shares add up to {shares:.1%}; at most 100 %")
        return self

    def _units_fit(self, delivered: Quantity, marginal: Quantity) -> None:
        units = SERVICES[self.kind]
        try:
            (delivered * marginal).to(ENERGY_OF[self.carrier])
            fits = any(_same_kind(delivered, unit) for unit in units)
        except EnergycalcError:
            fits = False
        if not fits:
            raise ValueError(
                f"delivered {delivered.value:g} {delivered.unit} times marginal_energy {marginal.value:g} "
                f"{marginal.unit} is no {ENERGY_OF[self.carrier]}; {self.kind} is counted in {' or '.join(units)}"
            )


def _same_kind(q: Quantity, wanted: str) -> bool:
    try:
        q.value_in(wanted)
    except EnergycalcError:
        return False
    return True


class ServiceChange(_Named):
    """A measure makes its machine or line take less of a system's service.

    Attributes:
        measure: which one. On the machine that follows the demand, this takes the place of its technology's fraction;
            elsewhere it comes beside what the measure saves on its own machine.
        system: whose service.
        amount: service of the period that is no longer needed; negative where more is needed.
        rate: or the flow that is no longer needed, with its hours.
        hours: of the rate.
    """

    measure: Identifier
    system: Identifier
    amount: Annotated[Quantity, figure("service_saved", "m3", "t", "kWh", lowest=None)] | None = None
    rate: Annotated[Quantity, figure("service_rate", "m3/min", "t/h", "kW", lowest=None)] | None = None
    hours: Annotated[Quantity, figure("hours", "h", lowest=1e-3, highest=8784)] | None = None

    @model_validator(mode="after")
    def _amount_or_rate(self) -> ServiceChange:
        if (self.amount is None) == (self.rate is None):
            raise ValueError("give either amount (service of the period) or rate with hours")
        if (self.rate is None) != (self.hours is None):
            raise ValueError("rate and hours belong together")
        return self


class SecondaryEffect(_Named):
    """Heat that a measure no longer releases: less to cool, or more to heat, on another machine of the plant.

    Attributes:
        measure: whose saving.
        effect: ``cooling`` (that machine saves) or ``heating`` (it uses more).
        machine: the chiller, air conditioner, boiler or heater that feels it.
        carrier: what that machine uses.
        heat_share: share of the saved energy that was released as heat into the cooled or heated space.
        season_share: share of the saving that falls into the hours of cooling or heating.
        months: or the months of cooling or heating; the saving is then taken as spread evenly over the days.
        performance: heat moved per energy of that machine (COP of the whole plant, efficiency of the boiler).
        because: why, and who says so.
    """

    measure: Identifier
    effect: Annotated[Literal["cooling", "heating"], BeforeValidator(text_of)]
    machine: Identifier
    carrier: Carrier
    heat_share: Annotated[Quantity, figure("heat_share", "1", lowest=0, highest=1)]
    season_share: Annotated[Quantity, figure("season_share", "1", lowest=0, highest=1)] | None = None
    months: tuple[Annotated[Whole, Field(ge=1, le=12)], ...] = ()
    performance: Annotated[Quantity, figure("heat_per_energy", "1", "kWh/kWh[LHV]", lowest=1e-3)]
    because: Text

    @model_validator(mode="after")
    def _one_season(self) -> SecondaryEffect:
        if (self.season_share is None) == (not self.months):
            raise ValueError("give either season_share or months: when cooling or heating runs")
        if len(set(self.months)) != len(self.months):
            raise ValueError("months: one is named twice")
        return self


class TakeBack(_Named):
    """Part of a measure's saving that the plant takes back: more output, a warmer set-point, a higher pressure."""

    measure: Identifier
    share: Annotated[Quantity, figure("take_back_share", "1", lowest=0, highest=1)]
    because: Text


class Persistence(_Named):
    """How long measures act, and how much of their saving they lose from year to year.

    Attributes:
        measures: which ones.
        useful_life: until when the saving is counted, from the day of commissioning; a date, so it takes no ±.
        degradation: part of the saving of one year that is missing in the next.
        because: who says so.
    """

    measures: tuple[Identifier, ...] = Field(min_length=1)
    useful_life: Annotated[Quantity, figure("useful_life", "yr", lowest=0.1, highest=100)] | None = None
    degradation: Annotated[Quantity, figure("degradation", "1/yr", lowest=0, highest=0.999)] | None = None
    because: Text

    @model_validator(mode="after")
    def _says_something(self) -> Persistence:
        if self.useful_life is None and self.degradation is None:
            raise ValueError("give useful_life, degradation, or both")
        if self.useful_life is not None and self.useful_life.uncertainty is not None:
            raise ValueError("useful_life ends the count on a day and takes no ±; show another life as a scenario")
        return self


class Variants(_Named):
    """Measures of which only one can be done: the chosen one acts, the others are computed in its place and compared.

    Attributes:
        of: the chosen measure, one of ``measures``.
        instead: the others, written like measures; they are never added to anything.
        because: why the chosen one was chosen.
    """

    of: Identifier
    instead: tuple[Measure, ...] = Field(min_length=1)
    because: Text


class Interactions(Noun):
    """What measures do to each other and to systems that serve several machines.

    Attributes:
        attribution: whether the effect of the order is shown for machines with several measures.
    """

    shared_systems: tuple[SharedSystem, ...] = ()
    service_changes: tuple[ServiceChange, ...] = ()
    secondary_effects: tuple[SecondaryEffect, ...] = ()
    take_back: tuple[TakeBack, ...] = ()
    persistence: tuple[Persistence, ...] = ()
    variants: tuple[Variants, ...] = ()
    attribution: YesNo = True

    @functools.cached_property
    def persistence_by_measure(self) -> dict[str, Persistence]:
        """Life and degradation by measure id."""
        return {id: entry for entry in self.persistence for id in entry.measures}

    @functools.cached_property
    def secondary_by_measure(self) -> dict[str, tuple[SecondaryEffect, ...]]:
        """Secondary effects by measure id, in the order of the file."""
        found: dict[str, list[SecondaryEffect]] = {}
        for effect in self.secondary_effects:
            found.setdefault(effect.measure, []).append(effect)
        return {id: tuple(effects) for id, effects in found.items()}
