"""Money over the life of a measure: present value, annual worth, payback, savings to investment, rate of return.

Flows come at the end of each year, the investment at the beginning of the first; the saving is the same every year.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from energycalc.errors import OutOfRange
from energycalc.quantity import (
    Quantity,
    Source,
    cite,
    constant,
    current_subject,
    formula,
    maximum,
    opaque,
    require,
    where,
)
from energycalc.quantity.aliases import Fraction, Number, Year

Money = Annotated[Quantity, "TWD"]
MoneyPerYear = Annotated[Quantity, "TWD/yr"]
ONE_YEAR = constant("1_yr", 1, "yr", Source("flows are counted by the year", "definition"), name="one_year")
_RATE = (0, 1)
SMALL_RATE = constant(
    "i_s",
    1e-6,
    "1",
    Source("below it the series of the annuity factor is exact to 1e-8 and the quotient loses digits", "definition"),
    name="small_discount_rate",
)
_POSITIVE = (0, None)
_ABOVE_ZERO = (1e-9, None)
_WHOLE = 1e-9


@formula(
    symbol="a_n",
    source=cite("discounted-cash-flow", "present value of one unit a year: (1 - (1+i)^-n)/i"),
    limits={"discount_rate": _RATE, "measure_life": (1, 100)},
)
def annuity_factor(discount_rate: Fraction, measure_life: Year) -> Number:
    """Present value of one unit of money a year.

    Args:
        discount_rate: per year; without interest the sum is the number of years.
        measure_life: in years.

    Returns:
        (1 - (1+i)^-n)/i; next to no interest the beginning of its series, n (1 - (n+1) i/2), which is n at 0.
    """
    years = measure_life / ONE_YEAR
    next_to_none = years * (1 - (years + 1) / 2 * discount_rate)
    quotient = (1 - (1 + discount_rate) ** (-years)) / maximum(discount_rate, SMALL_RATE)
    return where(discount_rate, "<", SMALL_RATE, next_to_none, quotient)


@formula(
    symbol="v_n",
    source=cite("discounted-cash-flow", "present value of one unit at the end: (1+i)^-n"),
    limits={"discount_rate": _RATE, "measure_life": (1, 100)},
)
def discount_factor(discount_rate: Fraction, measure_life: Year) -> Number:
    """Present value of one unit of money at the end of the life.

    Args:
        discount_rate: per year.
        measure_life: in years.
    """
    return (1 + discount_rate) ** (-measure_life / ONE_YEAR)


@formula(symbol="PV_S", source=cite("discounted-cash-flow", "savings and salvage"), limits={"salvage_value": _POSITIVE})
def present_value_of_savings(
    yearly_saving: MoneyPerYear, salvage_value: Money, annuity_factor: Number, discount_factor: Number
) -> Money:
    """Present value of what a measure brings.

    Args:
        yearly_saving: of energy, money per year.
        salvage_value: at the end of life.
        annuity_factor: of the life.
        discount_factor: of the end of life.
    """
    return yearly_saving * ONE_YEAR * annuity_factor + salvage_value * discount_factor


@formula(
    symbol="PV_C",
    source=cite("discounted-cash-flow", "installation, operation and disposal"),
    limits={"installed_cost": _POSITIVE, "disposal_cost": _POSITIVE},
)
def present_value_of_costs(
    installed_cost: Money,
    yearly_running_cost: MoneyPerYear,
    disposal_cost: Money,
    annuity_factor: Number,
    discount_factor: Number,
) -> Money:
    """Present value of what a measure costs.

    Args:
        installed_cost: at the beginning.
        yearly_running_cost: more upkeep than before, money per year.
        disposal_cost: at the end of life.
        annuity_factor: of the life.
        discount_factor: of the end of life.
    """
    return installed_cost + yearly_running_cost * ONE_YEAR * annuity_factor + disposal_cost * discount_factor


@formula(symbol="NPV", source=cite("discounted-cash-flow", "savings less costs"))
def net_present_value(present_value_of_savings: Money, present_value_of_costs: Money) -> Money:
    """What a measure is worth today, above what it costs.

    Args:
        present_value_of_savings: money.
        present_value_of_costs: money.
    """
    return present_value_of_savings - present_value_of_costs


@formula(
    symbol="AW",
    source=cite("discounted-cash-flow", "net present value over the annuity factor"),
    limits={"annuity_factor": _ABOVE_ZERO},
)
def annual_worth(net_present_value: Money, annuity_factor: Number) -> MoneyPerYear:
    """The same money every year that is worth the net present value.

    Args:
        net_present_value: money.
        annuity_factor: of the life.
    """
    return net_present_value / annuity_factor / ONE_YEAR


@formula(
    symbol="SIR",
    source=cite("discounted-cash-flow", "present value of savings over that of costs"),
    limits={"present_value_of_costs": _ABOVE_ZERO},
)
def savings_to_investment(present_value_of_savings: Money, present_value_of_costs: Money) -> Number:
    """Savings per money spent, both of today.

    Args:
        present_value_of_savings: money.
        present_value_of_costs: money, above 0.
    """
    return present_value_of_savings / present_value_of_costs


@formula(
    symbol="ROI",
    source=cite("discounted-cash-flow", "annual worth over installed cost"),
    limits={"installed_cost": _ABOVE_ZERO},
)
def return_on_investment(annual_worth: MoneyPerYear, installed_cost: Money) -> Annotated[Quantity, "1/yr"]:
    """Annual worth per money installed.

    Args:
        annual_worth: money per year.
        installed_cost: money, above 0.
    """
    return annual_worth / installed_cost


@formula(
    symbol="n_p",
    source=cite("discounted-cash-flow", "simple payback: installed cost over yearly saving"),
    limits={"installed_cost": _POSITIVE},
)
def payback_time(installed_cost: Money, yearly_saving: MoneyPerYear) -> Year:
    """Years until savings have paid the installation, without interest and upkeep.

    Args:
        installed_cost: money.
        yearly_saving: money per year, above 0.

    Raises:
        OutOfRange: nothing is saved, so nothing is ever paid back.
    """
    require(
        yearly_saving,
        ">",
        yearly_saving * 0,
        "without a yearly saving nothing is paid back",
        cite("discounted-cash-flow", "simple payback"),
        "Check price and saving",
    )
    return installed_cost / yearly_saving


def internal_rate_of_return(
    installed_cost: Quantity,
    yearly_saving: Quantity,
    yearly_running_cost: Quantity,
    salvage_value: Quantity,
    disposal_cost: Quantity,
    measure_life: Quantity,
) -> Quantity:
    """Discount rate at which the net present value is zero, by pyxirr; it may be negative.

    Args:
        installed_cost: at the beginning.
        yearly_saving: per year.
        yearly_running_cost: per year.
        salvage_value: at the end.
        disposal_cost: at the end.
        measure_life: whole years.

    Returns:
        Fraction per year. Where the last year costs more than it brings (disposal), two rates solve the equation
        and this is one of them: take the net present value instead.

    Raises:
        OutOfRange: a life that is no whole number of years, or none.
        CalculationError: no rate makes the present value zero (the flows never change sign).
    """
    years = np.asarray(measure_life.value_in("yr"))
    if np.any(np.abs(years - np.round(years)) > _WHOLE) or np.any(years < 1 - _WHOLE):
        raise OutOfRange(
            "the rate of return counts whole years",
            subject=", ".join(text for text in (current_subject(), "measure_life") if text),
            value=f"{measure_life.value_in('yr'):g} yr" if years.ndim == 0 else f"{np.min(years):g} yr and others",
            limit="1 yr, 2 yr, 3 yr and so on",
            next_step="Give the life in whole years",
        )
    arguments = (
        installed_cost.to("TWD"),
        yearly_saving.to("TWD/yr"),
        yearly_running_cost.to("TWD/yr"),
        salvage_value.to("TWD"),
        disposal_cost.to("TWD"),
        measure_life.to("yr"),
    )
    return opaque(
        _rate, *arguments, in_unit="1", name="internal_rate_of_return", symbol="IRR", source=cite("pyxirr", "irr")
    )


def _rate(*amounts: float | np.ndarray) -> float | np.ndarray:
    columns = np.broadcast_arrays(*amounts)
    rates = [_rate_of(*(float(a) for a in row)) for row in zip(*(c.ravel() for c in columns), strict=True)]
    return np.array(rates).reshape(columns[0].shape)[()]


def _rate_of(installed: float, saved: float, spent: float, salvage: float, disposal: float, life: float) -> float:
    import pyxirr  # only a case that asks for the rate pays for the import

    flows = [-installed, *[saved - spent] * round(life)]
    flows[-1] += salvage - disposal
    try:
        found = pyxirr.irr(flows)
    except pyxirr.InvalidPaymentsError:  # the flows never change sign
        found = None
    return float("nan") if found is None else float(found)
