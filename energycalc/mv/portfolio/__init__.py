"""Many meters at once: one scan, batched fits, a saving with its ± for each, and a reason where there is none."""

from energycalc.mv.portfolio.assess import MeterSaving, Portfolio, PortfolioRow, assess_portfolio, assess_table
from energycalc.mv.portfolio.daily import DailyTable, MeterAccount
from energycalc.mv.portfolio.plan import PortfolioPlan

__all__ = [
    "DailyTable",
    "MeterAccount",
    "MeterSaving",
    "Portfolio",
    "PortfolioPlan",
    "PortfolioRow",
    "assess_portfolio",
    "assess_table",
]
