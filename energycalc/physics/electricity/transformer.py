"""Losses of a transformer: what it takes to be energised, and what the current through it costs."""

from __future__ import annotations

from energycalc.quantity import cite, formula, sqrt
from energycalc.quantity.aliases import Fraction, KilovoltAmpere, Kilowatt, Number

_POSITIVE = (0, None)
_ABOVE_ZERO = (1e-9, None)


@formula(
    symbol="x",
    source=cite("transformer-losses", "load over rated apparent power"),
    limits={"transformer_load": _POSITIVE, "transformer_rating": _ABOVE_ZERO},
)
def transformer_loading(transformer_load: KilovoltAmpere, transformer_rating: KilovoltAmpere) -> Fraction:
    """Share of the rating that a transformer carries.

    Args:
        transformer_load: kVA.
        transformer_rating: kVA.
    """
    return transformer_load / transformer_rating


@formula(
    symbol="P_T",
    source=cite("transformer-losses", "no-load loss plus load loss times the square of the loading"),
    limits={"no_load_loss": _POSITIVE, "load_loss": _POSITIVE, "transformer_loading": _POSITIVE},
)
def transformer_loss(no_load_loss: Kilowatt, load_loss: Kilowatt, transformer_loading: Fraction) -> Kilowatt:
    """Heat of one energised transformer.

    Args:
        no_load_loss: P0 at rated voltage, kW.
        load_loss: Pk at rated current and reference temperature, kW.
        transformer_loading: load over rating.
    """
    return no_load_loss + load_loss * transformer_loading**2


@formula(
    symbol="P_B",
    source=cite("transformer-losses", "equal transformers in parallel"),
    limits={"transformer_loss": _POSITIVE, "number_in_service": (1, None)},
)
def bank_loss(transformer_loss: Kilowatt, number_in_service: Number) -> Kilowatt:
    """Heat of equal transformers that share a load.

    Args:
        transformer_loss: of one at its share of the load, kW.
        number_in_service: how many.
    """
    return transformer_loss * number_in_service


@formula(
    symbol="x_opt",
    source=cite("transformer-losses", "best efficiency where load loss equals no-load loss"),
    limits={"no_load_loss": _POSITIVE, "load_loss": _ABOVE_ZERO},
)
def loading_of_best_efficiency(no_load_loss: Kilowatt, load_loss: Kilowatt) -> Fraction:
    """Loading at which the loss per kVA carried is smallest.

    Args:
        no_load_loss: kW.
        load_loss: at rated current, kW.
    """
    return sqrt(no_load_loss / load_loss)


@formula(
    symbol="eta_T",
    source=cite("transformer-losses", "output over output plus losses"),
    limits={"carried_power": _POSITIVE, "transformer_loss": _POSITIVE},
)
def transformer_efficiency(carried_power: Kilowatt, transformer_loss: Kilowatt) -> Fraction:
    """Efficiency of a transformer at a load.

    Args:
        carried_power: active power delivered, kW.
        transformer_loss: at that load, kW.
    """
    return carried_power / (carried_power + transformer_loss)
