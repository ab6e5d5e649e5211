"""The constructed example of money, changed text by text."""

import functools
from collections.abc import Callable
from pathlib import Path

import pytest

import energycalc
from energycalc.case.case import Case
from energycalc.case.case_file import case_from_text
from energycalc.data_files import examples_folder
from energycalc.effects.effects import effects_of
from energycalc.effects.meters import meters_of
from energycalc.effects.money.money import money_of
from energycalc.effects.money.results import Money
from energycalc.metering import MeterSeries

FOLDER = examples_folder() / "money"
TEXT = (FOLDER / "case.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def meters() -> dict[str, MeterSeries]:
    return meters_of(case_of())


def case_of(*changes: tuple[str, str], folder: Path = FOLDER) -> Case:
    """The example with texts replaced; each must be there."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return case_from_text(text, folder=folder)


@pytest.fixture(scope="session")
def money(meters: dict[str, MeterSeries]) -> Callable[..., Money]:
    @functools.cache
    def made(*changes: tuple[str, str]) -> Money:
        case = case_of(*changes)
        totals = {id: series.total(symbol=f"E_{id}") for id, series in meters.items()}
        found = money_of(case, effects_of(case, energycalc.published_factors(), totals), meters)
        assert found is not None
        return found

    return made
