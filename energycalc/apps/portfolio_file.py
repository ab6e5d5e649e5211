"""``portfolio.yaml``: what is declared once for all meters of a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, ValidationError

from energycalc.case.fields import Noun, Text, text_of
from energycalc.case.meters import MeterFile
from energycalc.case.problems import all_problems, as_tuples
from energycalc.case.verification_file import Days, PlantCalendar, Share
from energycalc.case.yaml_text import Block, read_file
from energycalc.errors import CaseFileError
from energycalc.mv.portfolio import PortfolioPlan

NAME = "portfolio.yaml"


class Meters(MeterFile):
    """Form of the files; ``file`` is the folder with one file a meter, or the one file with all of them.

    Attributes:
        meter_column: header of the column that names the meter, in a file with many.
    """

    file: Text = "."
    meter_column: Text | None = None


class Temperature(Noun):
    """The outdoor temperature: a column beside the energy."""

    column: Text
    unit: Annotated[Literal["degC", "degF"], BeforeValidator(text_of)]


class PortfolioFile(Noun):
    """The whole file."""

    meters: Meters
    baseline: Days
    reporting: Days
    temperature: Temperature | None = None
    calendar: PlantCalendar | None = None
    confidence: Share = 0.90

    def plan(self, folder: Path) -> PortfolioPlan:
        """The same for the calculation."""
        layout = self.meters.layout(folder, "")
        return PortfolioPlan(
            layout=replace(layout, file=folder / self.meters.file),
            baseline=(self.baseline.first_day, self.baseline.last_day),
            reporting=(self.reporting.first_day, self.reporting.last_day),
            meter_column=self.meters.meter_column,
            temperature_column=self.temperature.column if self.temperature else None,
            temperature_unit=self.temperature.unit if self.temperature else "degC",
            calendar=self.calendar.calendar() if self.calendar else None,
            confidence=self.confidence,
        )


def load_plan(path: Path) -> PortfolioPlan:
    """Read the declarations of a portfolio.

    Args:
        path: the YAML file, or the folder that holds ``portfolio.yaml``.

    Raises:
        CaseFileError: the file cannot be read, or lines of it cannot be used; all are listed.
        InputError: declarations that contradict each other.
    """
    file = path / NAME if path.is_dir() else path
    tree, _, _ = read_file(file)
    return _built(tree, file.name).plan(file.parent)


def _built(tree: Block, name: str) -> PortfolioFile:
    try:
        return PortfolioFile.model_validate(as_tuples(tree), context={"file": name, "sha256": ""})
    except ValidationError as error:
        raise CaseFileError(all_problems(error, tree, name), subject="") from None
