"""What all technologies share: how they describe themselves, what they refuse, and how their answer looks."""

from energycalc.equipment.description.parameters import (
    BOTH,
    HOURS_OF_A_YEAR,
    DefaultUncertainty,
    Given,
    Parameter,
    Place,
    check,
    check_value,
    must_rise,
    number,
    percent_forgotten,
    plain_text,
    subject_of,
    word,
)
from energycalc.equipment.description.readings import notes_on_readings, reading
from energycalc.equipment.description.technology import (
    AFTER,
    BEFORE,
    Change,
    TechnologyDescription,
    doubt,
    part,
    uses_more,
)

__all__ = [
    "AFTER",
    "BEFORE",
    "BOTH",
    "HOURS_OF_A_YEAR",
    "Change",
    "DefaultUncertainty",
    "Given",
    "Parameter",
    "Place",
    "TechnologyDescription",
    "check",
    "check_value",
    "doubt",
    "must_rise",
    "notes_on_readings",
    "number",
    "part",
    "percent_forgotten",
    "plain_text",
    "reading",
    "subject_of",
    "uses_more",
    "word",
]
