"""The glossary: words for every name, in both languages."""

import pytest

from energycalc.quantity import glossary as module
from energycalc.quantity.glossary import glossary, label
from energycalc.quantity.units import unit


def test_a_name_has_its_two_labels() -> None:
    entry = glossary()["saving"]
    assert entry.label("zh-TW") != entry.label("en")
    assert label("saving", "zh-TW") == entry.zh
    assert label("saving", "zh") == entry.zh
    assert label("saving") == entry.en


def test_a_name_without_a_row_is_shown_as_words() -> None:
    assert label("some_unheard_of_name", "zh-TW") == "some unheard of name"


def test_the_words_of_the_design_are_used() -> None:
    words = {
        name: glossary()[name].zh
        for name in ("saving", "saving_rate", "simple_payback", "kloe_saving", "emission_saving")
    }
    assert words["saving"].startswith("節能量") or words["saving"].startswith("節電量")
    assert words["saving_rate"].startswith("節能率")
    assert words["simple_payback"].startswith("回收年限")
    assert "公秉油當量" in words["kloe_saving"]
    assert words["emission_saving"].startswith("減碳量")


def test_every_unit_in_the_glossary_is_one() -> None:
    assert [e.name for e in glossary().values() if e.unit and unit(e.unit) is None] == []


def test_two_rows_that_differ_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: "object") -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    header = "name,symbol,unit,zh,en\n"
    (folder / "glossary.csv").write_text(header + "saving,S,kWh,節能量,saving\n", encoding="utf-8")
    (folder / "glossary.d").mkdir()
    (folder / "glossary.d" / "a.csv").write_text(header + "saving,S,kWh,節能量,saving\n", encoding="utf-8")
    monkeypatch.setattr(module.resources, "files", lambda package: folder)
    assert list(glossary.__wrapped__()) == ["saving"]
    (folder / "glossary.d" / "b.csv").write_text(header + "saving,ES,kWh,節能量,saving\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"saving stands twice.*b\.csv"):
        glossary.__wrapped__()
