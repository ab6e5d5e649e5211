"""The case file: everything that cannot be meant is refused with file, line and path; the rest is read as written."""

import pickle
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import energycalc
from energycalc.case.case import Case
from energycalc.case.case_file import case_from_text, changed_text, load_case
from energycalc.case.measure import parameters_of
from energycalc.case.yaml_text import plain, read_tree
from energycalc.data_files import examples_folder
from energycalc.errors import CaseFileError
from tests.plants import Furnace, Motor, PlantText, electric, stated, stated_gas

EXAMPLE = examples_folder() / "steel_plant" / "case.yaml"
STEEL = EXAMPLE.read_text(encoding="utf-8")


def problems(text: str, name: str = "case.yaml") -> list[str]:
    """The lines of the refusal, without its head."""
    with pytest.raises(CaseFileError) as caught:
        case_from_text(text, name=name)
    head, *lines = str(caught.value).split("\n")
    assert head.split()[0] == str(len(lines)), head
    return [line.strip() for line in lines]


def changed(old: str, new: str, times: int = 1) -> str:
    assert STEEL.count(old) >= 1, old
    return STEEL.replace(old, new, times)


def line_of(text: str, part: str) -> int:
    return next(i for i, line in enumerate(text.splitlines(), 1) if part in line)


# --- clean ---


def test_the_example_is_read_as_written() -> None:
    case = load_case(EXAMPLE.parent)
    assert case.constructed
    assert (case.period.first_day.isoformat(), case.period.days, case.period.is_one_year) == ("2018-01-01", 365, True)
    assert [m.id for m in case.plant.machines] == ["M-01", "M-02", "F-01", "C-01"]
    assert [m.id for m in case.measures_on("F-01")] == ["D1", "D2"]
    assert case.measures_on("nothing") == ()
    assert case.carriers == ("electricity", "natural_gas")
    assert case.parties.client is not None
    assert case.parties.client.industry_code == "254"
    assert case.bills[0].amount is not None
    assert case.bills[0].amount.value_in("TWD") == 1_574_000
    assert case.production[0].quantity.value == 6300
    assert len(case.sha256) == 64


def test_every_number_knows_its_line_and_path() -> None:
    case = load_case(EXAMPLE)
    measure = case.measures[0]
    power = measure.before["rated_power"]
    assert (power.value, str(power.unit), power.basis, power.subject.split()[0]) == (75, "kW", "nameplate", "A")
    file = power.source.file
    assert (file.name, file.path) == ("case.yaml", "measures[0].before.rated_power.value")
    assert "rated_power" in STEEL.splitlines()[file.line - 1]
    assert file.sha256 == case.sha256
    for m in case.measures:
        for place, name, q in parameters_of(m):
            assert q.source is not None
            assert q.source.file is not None
            assert q.source.file.line, (m.id, place, name)
    efficiency = measure.before["full_load_efficiency"]
    assert efficiency.uncertainty.standard_uncertainty == pytest.approx(0.7 / 3**0.5)


def test_one_reading_used_twice_is_one_quantity() -> None:
    first, second = load_case(EXAMPLE).measures_on("F-01")
    assert second.before["flue_gas_oxygen_dry"] is first.after["flue_gas_oxygen_dry"]
    assert second.common["ambient_temperature"] is first.common["ambient_temperature"]


def test_a_case_is_frozen() -> None:
    case = electric(Motor("A", "M1")).case()
    for thing in (case, case.plant, case.period, case.measures[0]):
        with pytest.raises(ValueError, match="frozen"):
            thing.title = "x"  # type: ignore[union-attr]
    with pytest.raises(TypeError):
        pickle.dumps(case)


def test_electricity_alone_or_gas_alone_needs_no_common_gwp_set() -> None:
    assert electric(Motor("A", "M1"), count_grid_as="").case().carriers == ("electricity",)
    gas = PlantText({"L1": {"F1": {"natural_gas": stated_gas(1000.0)}}}, [Furnace("D", "F1")], count_grid_as="")
    assert gas.case().carriers == ("natural_gas",)


# --- one fault, one line ---

FAULTS = {
    "unknown key at the top": ("kloe: consumption", "kloes: consumption", "kloes", "unknown key"),
    "unknown key deep inside": ("accuracy_class: 1 %", "accurcy_class: 1 %", "meters[0].accurcy_class", "unknown key"),
    "unknown parameter": (
        "      load_type: constant_power",
        "      load_typ: constant_power",
        "measures[0].common.load_typ",
        "is not a parameter under common; it takes operating_hours",
    ),
    "parameter in the wrong block": (
        "      load_type: constant_power",
        "      load_factor: 50 %",
        "measures[0].common.load_factor",
        "not a parameter under common",
    ),
    "energy for power": (
        "input_power: {value: 52.4 kW",
        "input_power: {value: 52.4 kWh",
        "measures[0].before.input_power",
        "wrong kind of unit for input power",
    ),
    "no unit": ("input_power: {value: 52.4 kW", "input_power: {value: 52.4", "measures[0].before.input_power", "kW"),
    "bare HP": (
        "rated_power: {value: 75 kW, source: 銘牌",
        "rated_power: {value: 100 HP, source: 銘牌",
        "measures[0].before.rated_power",
        "HP_mech",
    ),
    "ton": ('quantity: {value: "6,300 t"', 'quantity: {value: "6,300 ton"', "production[0].quantity", "907"),
    "gauge for absolute": (
        "ambient_pressure: {value: 1.013 bar(a)",
        "ambient_pressure: {value: 1.013 bar(g)",
        "measures[2].common.ambient_pressure",
        "bar[a]",
    ),
    "absolute for gauge": (
        "discharge_pressure: {value: 7.0 bar(g), source: 壓力錶",
        "discharge_pressure: {value: 7.0 bar, source: 壓力錶",
        "measures[2].common.discharge_pressure",
        "bar[g]",
    ),
    "gross for net heat": ("8,050 kcal[LHV]/m3", "8,050 kcal[HHV]/m3", "bills[0].heat_value", "kcal[LHV]/m3"),
    "heat without basis": ("8,050 kcal[LHV]/m3", "8,050 kcal/m3", "bills[0].heat_value", "kcal[LHV]/m3"),
    "impossible efficiency": (
        "full_load_efficiency: {value: 91.5 %",
        "full_load_efficiency: {value: 9.15 %",
        "measures[0].before.full_load_efficiency",
        "30 to open",
    ),
    "impossible load": (
        "load_factor: {value: 78 %",
        "load_factor: {value: 780 %",
        "measures[1].before.load_factor",
        "1 to 150 %",
    ),
    "impossible share": (
        "share: {value: 85 %",
        "share: {value: 185 %",
        "plant.lines[1].machines[0].energy.natural_gas.share",
        "to 1 (range of this entry",
    ),
    "negative bill": ('"112,400 m3"', '"-112,400 m3"', "bills[0].quantity", "impossible for billed quantity"),
    "negative price per m3": (
        "natural_gas: {value: 14.0 元/m3",
        "natural_gas: {value: -14.0 元/m3",
        "prices.natural_gas",
        "impossible",
    ),
    "price a hundred times too high": (
        "electricity: {value: 2.9 元/kWh",
        "electricity: {value: 290 元/kWh",
        "prices.electricity",
        "100",
    ),
    "price in another unit": (
        "electricity: {value: 2.9 元/kWh",
        "electricity: {value: 2.9 元/kW",
        "prices.electricity",
        "TWD/kWh",
    ),
    "decimal comma": ("value: 52.4 kW", 'value: "52,4 kW"', "measures[0].before.input_power", "comma"),
    "words for a number": ("value: 52.4 kW", "value: about 52 kW", "measures[0].before.input_power", "number"),
    "NaN": ("value: 52.4 kW", "value: nan kW", "measures[0].before.input_power", "number"),
    "comma trap in a figure": (
        'operating_hours: {value: "3,300 h", uncertainty: 3 %',
        "operating_hours: {value: 3,300 h, uncertainty: 3 %",
        "measures[0].common.operating_hours",
        "needs quotes",
    ),
    "comma trap in a list": (
        'hours: "1,500 h"}',
        "hours: 1,500 h}",
        "measures[2].common.demand[1]",
        "comma needs quotes",
    ),
    "empty value": ("      poles: 4", "      poles:", "measures[0].before.poles", "is empty"),
    "empty text": ("name: 伸線機主馬達", "name:", "plant.lines[0].machines[0].name", "is empty"),
    "empty list": ("measures:\n", "measures: []\nold_measures:\n", "measures", "at least one entry"),
    "missing parameter": (
        "      load_type: constant_power\n",
        "",
        "measures[0].common",
        "load_type is missing under common; for example",
    ),
    "missing key": ("    technology: motor_replacement\n", "", "measures[0].technology", "is missing"),
    "unknown technology": (
        "technology: compressor_pressure",
        "technology: compressor_pressur",
        "measures[3]",
        "technology must be one of",
    ),
    "unknown word": (
        "efficiency_class: premium",
        "efficiency_class: IE5",
        "measures[0].after.efficiency_class",
        "standard, energy_efficient",
    ),
    "unknown process": (
        "process: heat_treatment",
        "process: heating",
        "plant.lines[1].machines[0].process",
        "heat_treatment",
    ),
    "unknown basis of energy": (
        "electricity: {basis: computed}",
        "electricity: {basis: guessed}",
        "plant.lines[0].machines[0].energy.electricity",
        "metered, billed, computed, stated",
    ),
    "basis of a number": (
        "basis: nameplate}",
        "basis: memory}",
        "measures[0].before.rated_power",
        "one of measured, billed",
    ),
    "key of another basis": (
        "electricity: {basis: computed}",
        "electricity: {basis: computed, share: 5 %}",
        "plant.lines[0].machines[0].energy.electricity.share",
        "unknown key",
    ),
    "unknown carrier": (
        "electricity: {basis: computed}",
        "steam: {basis: computed}",
        "plant.lines[0].machines[0].energy",
        "'natural_gas'",
    ),
    "negative uncertainty": (
        "uncertainty: 0.7 pt",
        "uncertainty: -0.7 pt",
        "measures[0].before.full_load_efficiency",
        "larger than zero",
    ),
    "uncertainty of another kind": (
        "uncertainty: 0.7 pt",
        "uncertainty: 0.7 kW",
        "measures[0].before.full_load_efficiency",
        "kW",
    ),
    "day that is none": (
        "first_day: 107/1/1, last_day: 107/12/31",
        "first_day: 107/2/29, last_day: 107/12/31",
        "period.first_day",
        "calendar",
    ),
    "day first": (
        "first_day: 107/1/1, last_day: 107/12/31",
        "first_day: 1/1/2018, last_day: 107/12/31",
        "period.first_day",
        "year first",
    ),
    "period backwards": (
        "first_day: 107/1/1, last_day: 107/12/31",
        "first_day: 108/1/1, last_day: 107/12/31",
        "period",
        "lies before",
    ),
    "not a whole number": ("draws: 100000", "draws: 1e5", "sampling.draws", "whole number"),
    "too few draws": ("draws: 100000", "draws: 10", "sampling.draws", "10000"),
    "yes and no": ("constructed: yes", "constructed: maybe", "constructed", "yes or no"),
    "version of the file": ("energycalc: 1\n", "energycalc: 2\n", "energycalc", "'1'"),
    "id with a space": ("- id: M-01", "- id: M 01", "plant.lines[0].machines[0].id", "pattern"),
    "industry code": ('industry_code: "254"', "industry_code: metal", "parties.client.industry_code", "pattern"),
    "imported without reason": (
        ", reason: 國內無同規格低過剩空氣燃燒器（範例）",
        "",
        "measures[4].parts",
        "need a reason",
    ),
    "declaration without reason": (
        "  because: 電力排碳係數公告未註明 GWP 版本；合計時視同 AR5（CH4 與 N2O 占比小）\n",
        "",
        "factors",
        "because",
    ),
    "unknown GWP set": ("gwp: AR5", "gwp: AR7", "factors.natural_gas.gwp", "'AR6'"),
    "unknown KLOE convention": ("kloe: consumption", "kloe: toe", "kloe", "'primary'"),
    "list for a block": ("plant:\n", "plant: [1, 2]\nold:\n", "plant", "block of keys"),
    "block for a list": ("production:\n  - {", "production:\n  {", "production", "list"),
    "text for a parameter block": (
        "    after:\n      rated_power",
        "    after: none\n    old:\n      rated_power",
        "measures[0].after",
        "block of parameters",
    ),
    "reserved key": ("kloe: consumption", "kloe: consumption\nfolder: x", "folder", "unknown key"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_file_line_and_path(fault: str) -> None:
    old, new, path, words = FAULTS[fault]
    text = changed(old, new)
    with pytest.raises(CaseFileError) as caught:
        case_from_text(text, name="my.yaml")
    message = str(caught.value)
    found = re.findall(r"my\.yaml, line (\d+), ([^:]+): ?(.*)", message)
    fitting = [
        (int(line), rest) for line, where, rest in found if where == path or where.startswith((path + ".", path + "["))
    ]
    assert fitting, message
    assert any(words in rest for _, rest in fitting) or words in message, message
    first = next(
        (i for i, (a, b) in enumerate(zip(STEEL.splitlines(), text.splitlines(), strict=False), 1) if a != b), 0
    )
    assert any(abs(line - first) <= 8 for line, _ in fitting), (first, message)


def test_a_reserved_key_names_its_line() -> None:
    text = changed("kloe: consumption", "kloe: consumption\nsha256: x")
    with pytest.raises(CaseFileError, match=f"line {line_of(text, 'sha256: x')}, sha256"):
        case_from_text(text)


REFERENCES = {
    "a machine that is not there": (
        "    machine: M-02",
        "    machine: M-99",
        "measures[1].machine",
        "there is no machine 'M-99'; machines: M-01",
    ),
    "a meter that is not there": (
        "electricity: {basis: computed}",
        "electricity: {basis: metered, meter: SUB}",
        "plant.lines[0].machines[0].energy.electricity.meter",
        "no electricity meter 'SUB'; meters: MAIN",
    ),
    "a meter of another carrier": (
        "natural_gas:\n              basis: billed",
        "natural_gas:\n              basis: metered\n              meter: MAIN",
        "plant.lines[1].machines[0].energy.natural_gas.meter",
        "no natural_gas meter",
    ),
    "bills that are not there": (
        "electricity: {basis: computed}",
        "electricity: {basis: billed}",
        "plant.lines[0].machines[0].energy.electricity",
        "no bill for electricity",
    ),
    "computed without a model": (
        "    machine: M-02",
        "    machine: M-01",
        "plant.lines[0].machines[1].energy.electricity",
        "needs a measure on M-02",
    ),
    "a measure for another carrier": (
        "    machine: C-01\n    technology: compressor_control",
        "    machine: C-01\n    technology: furnace_flue_gas",
        "measures[2]",
        "",
    ),
    "the same machine twice": (
        "- id: M-02",
        "- id: M-01",
        "plant.lines[0].machines[1].id",
        "machine id 'M-01' is used 2 times",
    ),
    "the same line twice": ("- id: L2", "- id: L1", "plant.lines[1].id", "line id 'L1' is used 2 times"),
    "the same measure twice": ("- id: B\n", "- id: A\n", "measures[1].id", "measure id 'A' is used 2 times"),
    "the same bill twice": ("- id: GAS-H2", "- id: GAS-H1", "bills[1].id", "bill id 'GAS-H1' is used 2 times"),
    "no factor for a carrier": (
        "  electricity: {year: 2018, series: overall}\n",
        "",
        "factors",
        "electricity is used but no factor",
    ),
    "no common GWP set": ("  count_grid_as: AR5\n", "", "factors", "count_grid_as is needed"),
    "a bill outside the period": (
        "last_day: 107/6/30",
        "last_day: 108/6/30",
        "bills[0]",
        "reaches outside the period 2018-01-01 to 2018-12-31",
    ),
    "a bill backwards": ("first_day: 107/7/1\n", "first_day: 108/7/1\n", "bills[1].last_day", "lies before first_day"),
    "same as nothing": (
        "flue_gas_temperature: same as D1.before",
        "flue_gas_temperature: same as D9.before",
        "measures[5].before.flue_gas_temperature",
        "measures above",
    ),
    "same as what comes later": (
        "ambient_pressure: same as C1.common",
        "ambient_pressure: same as D1.common",
        "measures[3].common.ambient_pressure",
        "above this line",
    ),
    "same as in other words": (
        "ambient_pressure: same as C1.common",
        "ambient_pressure: same as C1",
        "measures[3].common.ambient_pressure",
        "same as D1.after",
    ),
}


@pytest.mark.parametrize("fault", REFERENCES)
def test_what_refers_to_nothing_is_refused_at_its_own_line(fault: str) -> None:
    old, new, path, words = REFERENCES[fault]
    found = problems(changed(old, new))
    own = [p for p in found if f", {path}: " in p or (not words and f", {path}" in p)]
    assert own, found
    assert any(words in p for p in own), own
    line = int(re.findall(r"line (\d+)", own[0])[0])
    assert line > 1
    last = re.split(r"[.\[]", path.rstrip("]"))[-1]
    if not last.isdigit() and last not in ("factors", "electricity", "natural_gas"):
        assert last in changed(old, new).splitlines()[line - 1]


def test_several_faults_are_told_at_once() -> None:
    text = STEEL
    for old, new in (
        ("kloe: consumption", "kloe: toe"),
        ("input_power: {value: 52.4 kW", "input_power: {value: 52.4 kWh"),
        ("      load_type: constant_power", "      load_typ: constant_power"),
        ("8,050 kcal[LHV]/m3", "8,050 kcal/m3"),
        ("accuracy_class: 1 %", "accurcy_class: 1 %"),
    ):
        text = text.replace(old, new, 1)
    found = problems(text, "two words.yaml")
    assert len(found) == 6  # the unknown parameter, and the one that is missing instead
    assert all(p.startswith("two words.yaml, line ") for p in found)
    assert len({p.split(": ", 1)[0] for p in found}) == 6


def test_a_fault_in_a_long_list_names_its_own_line() -> None:
    text = changed("hours: 900 h}", "hours: 900 kW}")
    (found,) = problems(changed("hours: 900 h}", "hours: 900 ton}"))
    assert f"line {line_of(text, '900 kW')}, measures[2].common.demand[2].hours: " in found


def test_a_single_fault_does_not_bring_others_with_it() -> None:
    assert len(problems(changed("share: {value: 85 %", "share: {value: 185 %"))) == 1
    assert len(problems(changed("share: {value: 85 %", "shares: {value: 85 %"))) == 1
    assert len(problems(changed("electricity: {basis: computed}", "electricity: {basis: metered}"))) == 1


def test_files_and_folders(tmp_path: Path) -> None:
    text = electric(Motor("A", "M1")).text()
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8-sig")
    case = load_case(tmp_path)
    assert (case.folder, case.file) == (tmp_path, "case.yaml")
    other = load_case(str(tmp_path / "case.yaml"))
    assert other.sha256 == case.sha256
    with pytest.raises(CaseFileError, match="cannot be read"):
        load_case(tmp_path / "none")


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [("2018-01-01", "2018-12-31", True), ("2018-07-01", "2019-06-30", True), ("2020-01-01", "2020-12-31", True),
     ("2020-02-29", "2021-02-28", True), ("2018-01-01", "2018-12-30", False), ("2018-01-01", "2019-01-01", False),
     ("2018-01-01", "2018-06-30", False), ("2018-01-01", "2019-12-31", False)],
)  # fmt: skip
def test_only_a_whole_year_is_a_year(first: str, last: str, whole: bool) -> None:
    case = electric(Motor("A", "M1"), period=f"{{first_day: {first}, last_day: {last}}}").case()
    assert case.period.is_one_year is whole


# --- changing one value ---

SMALL = """\
energycalc: 1   # 75 kW is no value here
before: {value: 75 kW, uncertainty: 75 kW, source: "75 kW: as read"}   # 75 kW
after: {value: 5 kW, other: 75 kW}
quoted: "6,000 h"   # "6,000 h"
single: '6,000 h'
list:
  - {hours: 100 h, share: 100 h}
  - {hours: 100 h, share: 100 h}
  - 100 h
row: [1 h, 1 h, 11 h]
folded: >-
  two
  lines
值: 甲
last: 1
"""


@pytest.mark.parametrize(
    ("path", "old"),
    [
        ("before.value", "75 kW"), ("before.uncertainty", "75 kW"), ("before.source", "75 kW: as read"), ("before",
        "75 kW"),
        ("after.value", "5 kW"), ("after.other", "75 kW"), ("quoted", "6,000 h"), ("single", "6,000 h"),
        ("list[0].hours", "100 h"), ("list[1].share", "100 h"), ("list[2]", "100 h"), ("row[0]", "1 h"), ("row[1]",
        "1 h"),
        ("row[2]", "11 h"), ("folded", "two lines"), ("值", "甲"), ("last", "1"), ("energycalc", "1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "new", ["80 kW", "6,500 h", 'a "b" \\ c', "8,000 kcal[LHV]/m3", "- 5", "-5 °C", "x: y # z", "民國 107", "{", "'"]
)
def test_only_the_value_asked_for_changes(path: str, old: str, new: str) -> None:
    result = changed_text(SMALL, {path: new})
    before, after = _flat(SMALL), _flat(result)
    place = path if path in before else f"{path}.value"
    assert before[place] == old
    assert after == before | {place: new}
    if path != "folded":
        assert len(result.splitlines()) == len(SMALL.splitlines())
        assert result.count("#") - new.count("#") == SMALL.count("#")


def _flat(text: str) -> dict[str, str]:
    found: dict[str, str] = {}

    def collect(tree: object, path: str) -> None:
        if isinstance(tree, dict):
            for key, value in tree.items():
                collect(value, f"{path}.{key}" if path else key)
        elif isinstance(tree, list):
            for i, value in enumerate(tree):
                collect(value, f"{path}[{i}]")
        else:
            found[path] = str(tree)

    collect(plain(read_tree(text, "case.yaml")), "")
    return found


def test_several_changes_at_once_do_not_disturb_each_other() -> None:
    changes = {"row[0]": "1,000 h", "row[2]": "x", "before.uncertainty": "a longer text than before", "last": "2"}
    assert _flat(changed_text(SMALL, changes)) == _flat(SMALL) | changes
    assert changed_text(SMALL, {}) == SMALL


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    text = "\ufeff" + SMALL.replace("\n", "\r\n")
    result = changed_text(text, {"before.value": "80 kW", "last": "9"})
    assert result == text.replace("75 kW, unc", "80 kW, unc").replace("last: 1", "last: 9")


@pytest.mark.parametrize(
    "path",
    ["nothing", "before.nothing", "list[9]", "list[0].nothing", "row", "list", "before.value.deeper", "", "last[0]"],
)
def test_a_place_that_is_none_is_refused(path: str) -> None:
    with pytest.raises(CaseFileError) as caught:
        changed_text(SMALL, {path: "1"})
    assert caught.value.subject == path


def test_nothing_is_no_value() -> None:
    for new in ("", "  "):
        with pytest.raises(CaseFileError, match="by nothing"):
            changed_text(SMALL, {"last": new})


SCALARS = sorted(_flat(STEEL))


@given(
    st.sampled_from(SCALARS),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12),
)
@settings(max_examples=25, deadline=None)
def test_any_text_into_any_place_of_the_example(path: str, new: str) -> None:
    assume(new.strip())
    assert _flat(changed_text(STEEL, {path: new})) == _flat(STEEL) | {path: new}


def test_a_changed_case_calculates_with_the_new_value() -> None:
    text = electric(Motor("A", "M1")).text()
    case = case_from_text(changed_text(text, {"measures[0].common.operating_hours": "5,000 h"}))
    assert case.measures[0].common["operating_hours"].value == 5000
    again = case_from_text(text)
    assert isinstance(again, Case)
    assert again.measures[0].common["operating_hours"].value == 4000


def test_two_machines_with_stated_energy_are_enough() -> None:
    plant = PlantText(
        {"L1": {"M1": {"electricity": stated(1000.0)}, "M2": {"electricity": stated(1.0)}}}, [Motor("A", "M2")]
    )
    assert [m.id for m in plant.case().plant.machines] == ["M1", "M2"]
    assert energycalc.case_from_text(plant.text()).plant.line_of("M2").id == "L1"
