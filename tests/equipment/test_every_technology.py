"""What holds for every technology, read off its description alone."""

import csv
import importlib
import pkgutil
from pathlib import Path

import pytest

from energycalc.case.worked_example import repeat_worked_example
from energycalc.equipment import FAMILIES, TECHNOLOGIES
from energycalc.equipment.description import Parameter
from energycalc.quantity import Source, read_quantity
from energycalc.quantity.glossary import glossary
from energycalc.quantity.trace import leaves

ROOT = Path(__file__).resolve().parents[2]
EVERY = pytest.mark.parametrize("key", list(TECHNOLOGIES))


def documents() -> set[str]:
    tables = (ROOT / "data" / "documents.d").glob("*.csv")
    texts = (path.read_text("utf-8-sig") for path in tables)
    return {row["id"] for text in texts for row in csv.DictReader(text.splitlines())}


def known(source: Source) -> bool:
    return source.document in documents()


def test_every_technology_stands_in_one_family_under_its_own_key() -> None:
    keys = [key for family in FAMILIES.values() for key in family.files]
    assert len(keys) == len(set(keys)) == len(TECHNOLOGIES)
    assert all(d.key == key for key, d in TECHNOLOGIES.items())
    with pytest.raises(KeyError):
        TECHNOLOGIES["no_such_technology"]


@pytest.mark.parametrize("family", list(FAMILIES))
def test_every_description_of_a_family_is_in_the_table(family: str) -> None:
    room = importlib.import_module(f"energycalc.equipment.{family}")
    files = [file.name for file in pkgutil.iter_modules(room.__path__)]
    found = {
        description.key: file
        for file in files
        for description in getattr(importlib.import_module(f"{room.__name__}.{file}"), "DESCRIPTIONS", ())
    }
    assert found == dict(FAMILIES[family].files)


@EVERY
def test_it_says_what_it_is_and_where_it_ends_in_both_languages(key: str) -> None:
    d = TECHNOLOGIES[key]
    assert all((d.label_zh, d.label_en, d.limits_zh, d.limits_en))
    assert bool(d.turning_point_zh) == bool(d.turning_point_en)
    assert d.carrier in ("electricity", "natural_gas")
    assert set(d.adds) <= {"electricity", "natural_gas"} - {d.carrier}


def parameter_faults(p: Parameter) -> list[str]:
    """What a form, a case-file section or a help page would miss."""
    faults = [f"no {what}" for what in ("how_to_measure_zh", "how_to_measure_en", "example") if not getattr(p, what)]
    if p.name not in glossary():
        faults.append("no label in the glossary")
    if p.choices and p.example not in p.choices:
        faults.append("the example is no choice")
    if p.unit and not p.choices:
        low, high = p.range
        shown = float(read_quantity(p.example).value_in(p.unit))
        if (low is not None and shown < low) or (high is not None and shown > high):
            faults.append(f"the example {p.example} lies outside {p.range}")
    default = p.default_uncertainty
    if default is not None and not known(default.source):
        faults.append(f"the default uncertainty cites {default.source.document}, which is not listed")
    return faults


@EVERY
def test_every_parameter_is_fit_for_a_form_a_case_file_and_a_help_page(key: str) -> None:
    faults = {p.name: f for p in TECHNOLOGIES[key].parameters if (f := parameter_faults(p))}
    assert faults == {}


def test_a_faulty_parameter_is_noticed() -> None:
    faulty = Parameter("no_such_name", ("before",), "kW", "75 kW", "", "nameplate", range=(0, 10))
    assert parameter_faults(faulty) == [
        "no how_to_measure_zh", "no label in the glossary", "the example 75 kW lies outside (0, 10)",
    ]  # fmt: skip


@EVERY
def test_what_a_choice_needs_are_parameters(key: str) -> None:
    d = TECHNOLOGIES[key]
    by_name = {p.name: p for p in d.parameters}
    for choice, needed in d.needs.items():
        assert set(needed) <= set(by_name[choice].choices), choice
        for names in needed.values():
            assert set(names) <= set(by_name)
            assert all(by_name[name].optional for name in names)


@EVERY
def test_the_published_calculation_is_repeated(key: str) -> None:
    d = TECHNOLOGIES[key]
    assert d.worked_example is not None, "no worked example"
    again = repeat_worked_example(d)
    assert again.ours == pytest.approx(again.theirs, rel=d.worked_example.tolerance), again.unit
    assert known(d.worked_example.source)
    assert d.worked_example.because_en.lower().startswith("the source gives")
    assert d.worked_example.because_zh


@EVERY
def test_the_published_calculation_stays_below_the_ceiling_and_every_number_in_it_has_an_origin(key: str) -> None:
    d = TECHNOLOGIES[key]
    again = repeat_worked_example(d)
    assert again.ceiling is not None
    assert 1 - float(again.change.remaining.value_in("1")) <= float(again.ceiling.saving.value_in("1")) + 1e-9
    assert known(again.ceiling.source) and again.ceiling.because_en and again.ceiling.because_zh
    silent = [q.describe() for q in leaves(again.change.remaining) if q.source is None]
    assert silent == []
    for finding in again.change.findings:
        assert finding.sentence and finding.sentence_zh
        assert finding.source is None or known(finding.source)


@EVERY
def test_the_worked_example_names_what_is_compulsory(key: str) -> None:
    d, example = TECHNOLOGIES[key], TECHNOLOGIES[key].worked_example
    assert example is not None, "no worked example"
    given = {name for side in (example.before, example.after, example.common) for name in side}
    assert {p.name for p in d.parameters if not p.optional} <= given
