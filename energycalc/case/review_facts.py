"""Facts that only checks need: what a report prints, readings beside the model, certificates, ages, cash."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from energycalc.case.fields import Day, Identifier, Noun, Text, YesNo, figure, text_of
from energycalc.case.plant import Carrier
from energycalc.errors import EnergycalcError
from energycalc.quantity import Quantity, quantity, read_number

What = Annotated[
    Literal[
        "energy_before",
        "energy_after",
        "saving",
        "saving_rate",
        "emission_saving",
        "cost_saving",
        "kloe_saving",
        "investment",
        "payback",
        "lifetime_saving",
    ],
    BeforeValidator(text_of),
]
_DECIMALS = re.compile(r"[+-]?[\d,]*(?:\.(\d+))?")

Hours = Annotated[Quantity, figure("hours", "h")]
Power = Annotated[Quantity, figure("power", "kW")]
Energy = Annotated[Quantity, figure("energy", "kWh", "kWh[LHV]")]
Money = Annotated[Quantity, figure("money", "TWD", lowest=None)]
Share = Annotated[Quantity, figure("share", "1", lowest=0.0)]
Years = Annotated[Quantity, figure("years", "yr")]
Emission = Annotated[Quantity, figure("emission", "tCO2e", lowest=None)]


class Printed(Noun):
    """A number as a report prints it, held against the case's own.

    Attributes:
        what: which result.
        of: ``plant``, or the id of a line, machine or measure.
        carrier: needed where the result is one carrier's; left out for all carriers together.
        value: the printed text with its unit; its decimals say how far it is rounded.
        parts: the printed numbers that the report adds up to it.
        factor: the emission factor or the price printed beside it.
        source: where it is printed.
    """

    what: What
    of: Text
    carrier: Carrier | None = None
    value: Text
    parts: tuple[Text, ...] = ()
    factor: Text | None = None
    source: Text

    @model_validator(mode="after")
    def _are_numbers(self) -> Printed:
        _require_numbers(self.value, *self.parts, self.factor)
        return self


def printed_quantity(text: str) -> Quantity:
    """The number of a printed text, with its unit."""
    number, unit_text = read_number(text)
    return quantity(number, unit_text or "1")


def _require_numbers(*texts: str | None) -> None:
    for text in texts:
        try:
            printed_quantity(text or "0")
        except EnergycalcError as error:
            raise ValueError(error.sentence()) from None


def last_digit(text: str) -> float:
    """Size of one unit of the last printed digit, in the printed unit.

    Args:
        text: number and unit; zeros before the unit count as printed.
    """
    number, _ = read_number(text)
    digits = _DECIMALS.match(text.strip())
    shown = float(digits[0].replace(",", "")) if digits and digits[0].strip("+-") else number
    size = float(10.0 ** -len(digits[1])) if digits and digits[1] else 1.0
    return size * (abs(number / shown) if shown else 1.0)


class MachineFacts(Noun):
    """What is known of a machine beside its model.

    Attributes:
        machine: id.
        rated_output: of the plate, shaft power of a motor.
        efficiency: at rated output.
        measured_power: input power as measured.
        electric_power: input power that the calculation uses.
        full_load_power, unloaded_power: of a compressor.
        unloaded_because: why next to no power when unloaded is right.
        line_voltage, line_current, power_factor: with ``measured_power``, three phases.
        power_readings: single readings of the input power.
        hours_used: hours of the period that the calculation uses.
        shift_hours: hours of the shift calendar in the period.
        logged_hours: run hours of a log in the period.
        hour_bins: hours of each state of the machine in the period.
        energy: energy of the period as printed with ``electric_power`` and ``hours_used``.
        source: where all this stands.
    """

    machine: Identifier
    rated_output: Power | None = None
    efficiency: Share | None = None
    measured_power: Power | None = None
    electric_power: Power | None = None
    full_load_power: Power | None = None
    unloaded_power: Power | None = None
    unloaded_because: Text | None = None
    line_voltage: Annotated[Quantity, figure("line_voltage", "V")] | None = None
    line_current: Annotated[Quantity, figure("line_current", "A")] | None = None
    power_factor: Share | None = None
    power_readings: tuple[Power, ...] = ()
    hours_used: Hours | None = None
    shift_hours: Hours | None = None
    logged_hours: Hours | None = None
    hour_bins: tuple[Hours, ...] = ()
    energy: Energy | None = None
    source: Text


class SpeedControl(Noun):
    """Flow of a pump or fan before and after: for savings that do not come from the model of the drive."""

    measure: Identifier
    flow_share: Annotated[Quantity, figure("flow_share", "1", lowest=0.01, highest=1.0)]
    static_share: Annotated[Quantity, figure("static_share", "1", lowest=0.0, highest=1.0)] | None = None
    mean_speed_only: YesNo = False
    source: Text


class Effect(Noun):
    """What a measure does elsewhere, or why it does nothing there."""

    measure: Identifier
    on: Annotated[Literal["other_systems", "refrigerant", "sf6", "disposal", "upstream"], BeforeValidator(text_of)]
    amount: Text
    source: Text


class SetPoint(Noun):
    """A service level before and after: set-point, throughput, pressure."""

    measure: Identifier
    name: Text
    before: Annotated[Quantity, figure("service_before", lowest=None)]
    after: Annotated[Quantity, figure("service_after", lowest=None)]
    counted: YesNo = False
    source: Text


class Replaced(Noun):
    """Age and class of a replaced machine, and what it is compared with."""

    measure: Identifier
    age: Years | None = None
    life: Years | None = None
    measure_life: Years | None = None
    baselines: Annotated[Literal["one", "two"], BeforeValidator(text_of)] | None = None
    compared_class: Annotated[Literal["IE1", "IE2", "IE3", "IE4", "IE5"], BeforeValidator(text_of)] | None = None
    rated_power: Power | None = None
    source: Text


class Tag(Noun):
    """The tag of the equipment that a measure changes."""

    measure: Identifier
    tag: Text


class EndUse(Noun):
    """Share of the plant's use of a carrier that goes into one end use, and the measures on it."""

    name: Text
    carrier: Carrier
    share: Share
    measures: tuple[Identifier, ...] = Field(min_length=1)
    source: Text


class FurnaceOutput(Noun):
    """Output of a furnace in the period, for the theoretical heat of its product."""

    machine: Identifier
    product: Annotated[Literal["aluminium_700", "aluminium_750", "steel_melt", "copper_melt"], BeforeValidator(text_of)]
    output: Annotated[Quantity, figure("output", "t", lowest=1e-6)]
    source: Text


class DemandPart(Noun):
    """Power that a measure takes off, and how much of it falls together with the peak."""

    measure: Identifier
    power: Power
    coincidence: Share


class DemandSaving(Noun):
    """Saved peak demand as printed, with its parts."""

    saving: Power
    parts: tuple[DemandPart, ...] = Field(min_length=1)
    source: Text


Basis = Annotated[Literal["location", "market"], BeforeValidator(text_of)]


class Account(Noun):
    """One line of the printed emission total of electricity: on which basis its factor stands."""

    name: Text
    basis: Basis


class Certificate(Noun):
    """A renewable energy certificate, 1000 kWh each."""

    id: Text | None = None
    energy: Energy
    retired: Day | None = None


class Certificates(Noun):
    """Certificates used, and the market-based reduction claimed for the energy that they cover."""

    used: tuple[Certificate, ...] = ()
    claimed_for_covered: Emission | None = None
    source: Text


class Conversion(Noun):
    """Own generation or bought steam: which of fuel and output stand in the printed total."""

    name: Text
    kind: Annotated[Literal["own_generation", "bought_steam"], BeforeValidator(text_of)]
    fuel_counted: YesNo
    output_counted: YesNo
    source: Text


class Biogenic(Noun):
    """Biogenic CO2 and whether the printed total holds it."""

    emission: Emission
    in_total: YesNo
    source: Text


class FactorGases(Noun):
    """A factor that is not the case's own: which gases it holds, and what its unit is called."""

    carrier: Text
    gases: tuple[Text, ...] = Field(min_length=1)
    called: Annotated[Literal["CO2", "CO2e"], BeforeValidator(text_of)]
    source: Text


class MonthOfIntensity(Noun):
    """Energy and output of one month."""

    energy: Energy
    output: Annotated[Quantity, figure("output", "t", "piece", lowest=1e-9)]


class Intensity(Noun):
    """A printed intensity and the months behind it."""

    printed: Annotated[Quantity, figure("intensity", "kWh/t", "kWh/piece")]
    months: tuple[MonthOfIntensity, ...] = Field(min_length=2)
    source: Text


class Lifetime(Noun):
    """A saving over the life as printed."""

    of: Text
    saving: Energy
    years: Years
    yearly_decline: Share | None = None
    life_of_equipment: Years | None = None
    source: Text


class Finance(Noun):
    """Cash of an investment as printed, the first entry at the beginning."""

    cash: tuple[Money, ...] = ()
    discount_rate: Share | None = None
    npv: Text | None = None
    irr: Text | None = None
    cash_is: Annotated[Literal["nominal", "real"], BeforeValidator(text_of)] | None = None
    rate_is: Annotated[Literal["nominal", "real"], BeforeValidator(text_of)] | None = None
    subsidy: Money | None = None
    subsidy_in_investment: YesNo | None = None
    subsidy_in_cash: YesNo | None = None
    escalation: Annotated[Quantity, figure("escalation", "1", lowest=-1.0)] | None = None
    escalation_source: Text | None = None
    life: Years | None = None
    source: Text

    @model_validator(mode="after")
    def _are_numbers(self) -> Finance:
        _require_numbers(self.npv, self.irr)
        return self


class CarbonFee(Noun):
    """A carbon-fee benefit as printed, with the plant's direct and electricity emissions of a year."""

    benefit: Money
    plant_emissions: Emission | None = None
    liable_because: Text | None = None


class PriceUse(Noun):
    """What the price of a kWh is made of, and whether saved demand is counted beside it."""

    holds_demand_charge: YesNo
    demand_counted_beside: YesNo
    source: Text


class FileSeal(Noun):
    """SHA-256 of an input file as recorded when it was read first."""

    file: Text
    sha256: Annotated[str, BeforeValidator(text_of), Field(pattern=r"^[0-9a-f]{64}$")]
