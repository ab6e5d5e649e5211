"""Emissions of a carrier at a factor the user types: energy times factor."""

from energycalc.effects.emissions import CarrierFactor, emissions
from energycalc.effects.results import FactorUse
from energycalc.quantity import Quantity, quantity
from tests.reference.equipment_reading import Adapter, CaseInputs, NotCoveredError, Outputs


def energy_unit(text: str) -> tuple[float, str]:
    """The peer's energy unit as a number of ours; a million Btu is no unit here because of its two spellings."""
    return (1e6, "Btu") if text == "MMBtu" else (1.0, text)


def factor_of(case: CaseInputs) -> Quantity:
    mass, _, per = case.unit("emission_rate").partition("/")
    if mass != "kgCO2" or not per:
        raise NotCoveredError(f"an emission rate in {case.unit('emission_rate')}")
    number, unit = energy_unit(per)
    return quantity(case["emission_rate"] / number, f"kgCO2/{unit}", name="emission_factor")


def co2_emissions(case: CaseInputs) -> Outputs:
    if case["energy_type"] not in ("fuel", "electricity"):
        raise NotCoveredError(f"energy type {case['energy_type']}")
    factor = factor_of(case)
    carrier = "electricity" if case["energy_type"] == "electricity" else "natural_gas"
    number, unit = energy_unit(case.unit("energy_use"))
    energy = quantity(case["energy_use"] * number, unit, name="energy")
    typed = CarrierFactor(carrier, factor, None, FactorUse(carrier, factor, "typed by the user", "使用者輸入"))
    return {"emissions": emissions(energy, typed, "emissions", "E").to("tCO2").value}


ADAPTERS: dict[str, Adapter] = {"co2_emissions": co2_emissions}
