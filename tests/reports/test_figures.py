"""The figures: complete, legible, honest about what they show, and the same bytes every time."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from ruamel.yaml import YAML

from energycalc.assessment import Assessment, assess
from energycalc.case.case_file import load_case
from energycalc.data_files import examples_folder
from energycalc.effects.results import Effects
from energycalc.errors import InputError
from energycalc.factors import published_factors
from energycalc.metering import MeterSeries, daily_profile, read_meter
from energycalc.quantity import quantity
from energycalc.reports import figures as drawing
from energycalc.reports.figure_frame import Caption
from energycalc.reports.figure_numbers import called, scale_for
from energycalc.reports.figure_text import balanced, columns, wrapped
from energycalc.reports.words import LANGUAGES, words
from tests.reports import sample_plant as sample
from tests.steel import steel_layout

LONG = "第二廠區東側連續退火酸洗生產線主風車驅動馬達附液力耦合器（民國八十五年購置）"
TWELVE = tuple(
    (
        f"{LONG[: 14 + 2 * i]}{i}",
        "electricity",
        50_000.0 * (i + 1),
        ((f"{LONG[::-1][: 40 - i]}{i}", 1.08 if i == 3 else 0.9),) if i % 2 else (),
    )
    for i in range(12)
)
WORSE = (
    ("主軸馬達", "electricity", 100_000.0, (("Longer hours", 1.1),)),
    ("爐", "natural_gas", 300_000.0, (("Burner", 0.9),)),
)
GAS_ONLY = (sample.MACHINES[3],)
PLANTS: dict[str, Callable[[], Effects]] = {
    "two carriers": sample.effects,
    "twelve long names": lambda: sample.effects(TWELVE, metered=12_000_000.0),
    "more than the meter": lambda: sample.effects(metered=500_000.0),
    "uses more after": lambda: sample.effects(WORSE),
    "gas only": lambda: sample.effects(GAS_ONLY),
    "nothing stated": lambda: sample.effects(half=0, metered=None, scenarios=False),
}
CAPTION = Caption(
    plant="示範鋼鐵廠" + LONG,
    period="2018-01-01 – 2018-12-31",
    source="case.yaml; " + "a_file_with_a_long_name_without_any_blank_in_it_" * 4 + ".csv.gz, CC BY 4.0",
    constructed=True,
)


@pytest.fixture(scope="module")
def plants() -> dict[str, tuple[Effects, dict]]:  # type: ignore[type-arg]
    made = {name: make() for name, make in PLANTS.items()}
    return {name: (effects, sample.uncertainty(effects)) for name, effects in made.items()}


@pytest.fixture(scope="module")
def steel() -> MeterSeries:
    return read_meter(steel_layout())


@pytest.fixture(scope="module")
def example() -> Assessment:
    return assess(load_case(examples_folder() / "steel_plant"), published_factors())


# --- helpers


def drawn_texts(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> list[Text]:
    """The texts that are really drawn (an axis keeps labels of ticks that lie outside)."""
    drawn: list[Text] = []
    draw = Text.draw

    def record(self: Text, renderer: object) -> None:
        drawn.append(self)
        draw(self, renderer)

    with monkeypatch.context() as patch:
        patch.setattr(Text, "draw", record)
        figure.set_dpi(200)
        FigureCanvasAgg(figure).draw()
    return [text for text in drawn if text.get_text().strip()]


def text_faults(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts that are cut by the edge of the page, and pairs that lie on each other."""
    texts = drawn_texts(figure, monkeypatch)
    assert texts
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [(text.get_text(), Text.get_window_extent(text, renderer)) for text in texts]
    page = figure.bbox
    cut = [
        f"cut: {text}"
        for text, box in boxes
        if box.x0 < page.x0 or box.x1 > page.x1 or box.y0 < page.y0 or box.y1 > page.y1
    ]
    on_top = [
        f"overlap: {one} | {other}"
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 2 and min(a.y1, b.y1) - max(a.y0, b.y0) > 2
    ]
    return cut + on_top


def all_texts(figure: Figure) -> str:
    """All words of a figure, without blanks, since lines may be broken anywhere."""
    return bare(" | ".join(text.get_text() for text in figure.findobj(Text)))


def bare(text: str) -> str:
    """A text without its blanks and line ends."""
    return "".join(text.split())


def bars(figure: Figure) -> list[Rectangle]:
    """The bars of the first panel, in the order in which they were drawn."""
    return [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]


def every_figure(effects: Effects, known: dict, language: str) -> dict[str, Figure]:  # type: ignore[type-arg]
    common = {"uncertainty": known, "caption": CAPTION}
    made = {
        "before_after": drawing.before_after(effects, language, **common),
        "emission_saving": drawing.emission_saving(effects, language, **common),
    }
    for carrier in effects.plant.carriers:
        made[f"waterfall {carrier}"] = drawing.waterfall(effects, carrier, language, **common)
    result = known[effects.plant.emission_saving]
    if result.gum is not None:
        made["tornado"] = drawing.tornado(result, language, caption=CAPTION)
    return made


# --- every figure, every plant, both languages; a missing glyph is a warning and so an error


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLANTS)
def test_no_text_is_cut_or_covered(plants: dict, name: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[type-arg]
    for key, figure in every_figure(*plants[name], language).items():
        assert text_faults(figure, monkeypatch) == [], key


def test_text_that_is_cut_or_covered_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    figure = Figure(figsize=(2, 1))
    figure.text(0.9, 0.5, "over the edge")
    figure.text(0.1, 0.1, "one")
    figure.text(0.12, 0.12, "other")
    faults = text_faults(figure, monkeypatch)
    assert [fault.split(":")[0] for fault in faults] == ["cut", "overlap"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_load_profile_is_legible(steel: MeterSeries, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    credit = "Steel Industry Energy Consumption, UCI Machine Learning Repository no. 851, CC BY 4.0"
    figure = drawing.load_profile(steel, language, attribution=credit, caption=CAPTION)
    assert text_faults(figure, monkeypatch) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_constructed_case_is_marked_and_a_real_one_is_not(plants: dict, language: str) -> None:  # type: ignore[type-arg]
    effects, known = plants["two carriers"]
    mark = words("figures", language)["constructed"]
    assert all(bare(mark) in all_texts(figure) for figure in every_figure(effects, known, language).values())
    real = drawing.before_after(effects, language, caption=replace(CAPTION, constructed=False))
    assert bare(mark) not in all_texts(real)


# --- before and after


def test_bars_start_at_zero_and_have_the_length_of_their_energy(plants: dict) -> None:  # type: ignore[type-arg]
    effects, _ = plants["nothing stated"]
    figure = drawing.before_after(effects, "en")
    electric = [m.carriers["electricity"] for m in effects.machines if "electricity" in m.carriers]
    wanted = [m.energy_before.value_in("MWh") for m in electric] + [m.energy_after.value_in("MWh") for m in electric]
    assert figure.axes[0].get_xlim()[0] == 0
    assert [bar.get_x() for bar in bars(figure)] == [0.0] * len(wanted)
    assert [bar.get_width() for bar in bars(figure)] == pytest.approx(wanted)


def test_machine_without_a_measure_says_so_and_the_others_their_rate(plants: dict) -> None:  # type: ignore[type-arg]
    shown = all_texts(drawing.before_after(plants["nothing stated"][0], "en"))
    assert bare("88.0   no change") in shown
    assert bare("152.3   saving 27.5 %") in shown  # 210 MWh × 0.78 × 0.93


def test_more_energy_after_is_a_negative_saving(plants: dict) -> None:  # type: ignore[type-arg]
    effects, known = plants["uses more after"]
    assert bare("節能率 −10.0") in all_texts(drawing.before_after(effects, "zh-TW"))
    shown = all_texts(drawing.waterfall(effects, "electricity", "en"))
    assert bare("Longer hours (uses more)") in shown
    assert bare("+10.0") in shown
    assert bare("−5.33") in all_texts(drawing.emission_saving(effects, "en", uncertainty=known))


def test_whiskers_end_where_the_interval_ends(plants: dict) -> None:  # type: ignore[type-arg]
    effects, known = plants["gas only"]
    figure = drawing.before_after(effects, "en", uncertainty=known)
    energy = effects.machines[0].carriers["natural_gas"].energy_before
    low, high = known[energy].interval
    first = figure.axes[0].lines[0].get_xdata()
    assert list(first) == pytest.approx([low / 1000, high / 1000])
    assert bare("95 % coverage interval") in all_texts(figure)
    without = drawing.before_after(effects, "en")
    assert len(without.axes[0].lines) == 0
    assert bare("No uncertainty is stated") in all_texts(without)


# --- waterfall


@pytest.mark.parametrize("name", ["two carriers", "more than the meter", "uses more after", "nothing stated"])
def test_waterfall_leads_from_before_to_after(plants: dict, name: str) -> None:  # type: ignore[type-arg]
    effects, known = plants[name]
    figure = drawing.waterfall(effects, "electricity", "en", uncertainty=known)
    plant = effects.plant.carriers["electricity"]
    balance = next(r for r in effects.reconciliations if r.carrier == "electricity")
    rest = 0.0 if balance.unexplained is None else max(0.0, balance.unexplained.value_in("MWh"))
    measures = [m for m in effects.measures if m.carrier == "electricity"]
    drawn = bars(figure)
    last = drawn[-2] if rest else drawn[-1]  # the rest is drawn beside the machines after
    steps = drawn[-len(measures) - (2 if rest else 1) :][: len(measures)]
    level = rest + plant.energy_before.value_in("MWh")
    for bar, measure in zip(steps, measures, strict=True):
        left, right = sorted((level, level - measure.saving.value_in("MWh")))
        assert (bar.get_x(), bar.get_x() + bar.get_width()) == pytest.approx((left, right))
        level -= measure.saving.value_in("MWh")
    assert last.get_x() + last.get_width() == pytest.approx(level)
    assert last.get_width() == pytest.approx(plant.energy_after.value_in("MWh"))


def test_unexplained_load_is_shown_with_its_share(plants: dict) -> None:  # type: ignore[type-arg]
    shown = all_texts(drawing.waterfall(plants["two carriers"][0], "electricity", "en"))
    assert bare("336.6 (35.1 %)") in shown  # 959.6 on the meter, 623 in the machines
    assert bare("Unexplained use") in shown
    above = all_texts(drawing.waterfall(plants["more than the meter"][0], "electricity", "en"))
    assert bare("exceed the meter") in above
    assert bare("123.0 (24.6 %)") in above
    unknown = all_texts(drawing.waterfall(plants["nothing stated"][0], "electricity", "en"))
    assert bare("No meter or bill of this carrier is given") in unknown


# --- tornado, emissions, load


def test_tornado_draws_the_largest_contributions_first(plants: dict) -> None:  # type: ignore[type-arg]
    effects, known = plants["twelve long names"]
    result = known[effects.plant.emission_saving]
    figure = drawing.tornado(result, "en", count=3)
    wanted = [abs(row.contribution) for row in result.gum.budget[:3]]
    lengths = [abs(bar.get_width()) for bar in bars(figure)]
    assert lengths == pytest.approx(wanted * 2)
    assert wanted == sorted(wanted, reverse=True)
    assert bare(f"{sum(row.contribution != 0 for row in result.gum.budget) - 3} further inputs together") in all_texts(
        figure
    )


def test_scenario_stands_beside_the_case(plants: dict) -> None:  # type: ignore[type-arg]
    effects, known = plants["two carriers"]
    shown = all_texts(drawing.emission_saving(effects, "zh-TW", uncertainty=known))
    assert bare("情境：2025 工業用電係數") in shown
    assert bare("0.466 kgCO₂e/kWh（基準未載明）") in shown
    assert bare("以 AR5 計") in shown
    assert bare("情境：") not in all_texts(drawing.emission_saving(plants["nothing stated"][0], "zh-TW"))


def test_load_profile_shows_peak_file_and_credit(steel: MeterSeries) -> None:
    shown = all_texts(drawing.load_profile(steel, "en", attribution="A credit, CC BY 4.0"))
    assert bare("Peak 628.7 kW") in shown  # the data set's own description
    assert bare("a059a4dd9b81") in shown
    assert bare("35,040 rows read") in shown
    assert bare("A credit, CC BY 4.0") in shown
    assert bare("(261)") in shown and bare("(104)") in shown  # Mondays to Fridays, and weekends, of 2018


def test_mean_day_is_the_one_of_the_meter_and_lies_inside_its_extremes(steel: MeterSeries) -> None:
    figure = drawing.load_profile(steel, "en")
    mean = daily_profile(steel)
    working, other = (line.get_ydata() for line in figure.axes[0].lines[:2])
    assert list(working[:-1]) == pytest.approx(list(mean.working_kw))
    assert list(other[:-1]) == pytest.approx(list(mean.weekend_kw))
    assert figure.axes[0].get_ylim()[0] == figure.axes[1].get_ylim()[0] == 0


def test_a_meter_of_working_days_alone_has_one_course(steel: MeterSeries) -> None:
    week = steel.between("2018-01-01", "2018-01-06")  # Monday to Friday
    figure = drawing.load_profile(week, "zh-TW")
    assert len(figure.axes[0].lines) == 1
    assert bare("週末") not in all_texts(figure)


# --- refusals


def test_no_measure_is_refused(plants: dict, example: Assessment, tmp_path: Path) -> None:  # type: ignore[type-arg]
    empty = sample.without_measures(plants["two carriers"][0])
    with pytest.raises(InputError, match=r"no measure changes this carrier.*[Aa]dd a measure"):
        drawing.waterfall(empty, "electricity", "en")
    with pytest.raises(InputError, match="the case has no measure"):
        drawing.emission_saving(empty, "en")
    with pytest.raises(InputError, match="the case has no measure"):
        drawing.write_figures(tmp_path, replace(example, effects=sample.without_measures(example.effects)), "en")


def test_a_carrier_that_is_not_used_is_refused(plants: dict) -> None:  # type: ignore[type-arg]
    with pytest.raises(InputError, match=r"does not use this carrier.*carriers with measures: natural_gas"):
        drawing.waterfall(plants["gas only"][0], "electricity", "en")


def test_no_machine_is_refused(plants: dict) -> None:  # type: ignore[type-arg]
    with pytest.raises(InputError, match="no machine uses energy"):
        drawing.before_after(replace(plants["two carriers"][0], machines=()), "en")


def test_tornado_without_uncertainty_or_bars_is_refused(plants: dict) -> None:  # type: ignore[type-arg]
    effects, known = plants["nothing stated"]
    with pytest.raises(InputError, match="no input states an uncertainty"):
        drawing.tornado(known[effects.plant.emission_saving], "en")
    effects, known = plants["two carriers"]
    with pytest.raises(InputError, match="at least one bar"):
        drawing.tornado(known[effects.plant.emission_saving], "en", count=0)


# --- files


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_of_the_example_are_the_same_bytes_every_time(example: Assessment, language: str, tmp_path: Path) -> None:
    first = drawing.write_figures(tmp_path / "first", example, language)
    second = drawing.write_figures(tmp_path / "second", example, language)
    names = {path.name for path in first}
    assert {"before_after.png", "waterfall_electricity.svg", "emission_saving.png", "tornado.svg"} <= names
    assert [path.name for path in first] == [path.name for path in second]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_files_are_pictures_without_a_date(example: Assessment, tmp_path: Path) -> None:
    _, figure = next(drawing.figures(example, "zh-TW"))
    png, svg = drawing.write_figure(tmp_path / "figure", figure)
    assert png.read_bytes().startswith(b"\x89PNG")
    assert ET.parse(svg).getroot().tag.endswith("svg")
    assert "dc:date" not in svg.read_text("utf-8")
    assert "<text" not in svg.read_text("utf-8")  # outlines: no font is needed to look at it


def test_the_example_is_marked_and_credited(example: Assessment) -> None:
    for name, figure in drawing.figures(example, "en"):
        assert bare("Constructed example") in all_texts(figure), name
        assert bare("CC BY 4.0") in all_texts(figure), name


@pytest.mark.parametrize("name", ["two carriers", "uses more after"])
def test_drawing_again_into_a_figure_leaves_nothing_of_the_old_one(plants: dict, name: str, tmp_path: Path) -> None:  # type: ignore[type-arg]
    effects, known = plants[name]
    used = drawing.before_after(*reversed(["en", plants["twelve long names"][0]]))
    again = drawing.emission_saving(effects, "en", uncertainty=known, figure=used)
    assert again is used
    fresh = drawing.emission_saving(effects, "en", uncertainty=known)
    (one,) = drawing.write_figure(tmp_path / "again", again, ["svg"])
    (other,) = drawing.write_figure(tmp_path / "fresh", fresh, ["svg"])
    assert one.read_bytes() == other.read_bytes()


# --- numbers and words


@pytest.mark.parametrize(
    ("value", "unit", "stem", "shown"),
    [
        (9_999, "kWh", "kWh", "9,999"),
        (10_000, "kWh", "MWh", "10.00"),
        (959_636.7, "kWh", "MWh", "959.6"),
        (4_200_000, "kWh[LHV]", "MWh", "4,200"),
        (12, "GWh", "GWh", "12.00"),
        (3, "kWh", "kWh", "3.000"),
        (44.4, "tCO2e[AR5]", "tCO2e", "44.40"),
        (-15_000, "kWh", "MWh", "−15.00"),
    ],
)
def test_an_axis_takes_a_unit_that_fits(value: float, unit: str, stem: str, shown: str) -> None:
    q = quantity(value, unit, name="energy_before")
    scale = scale_for([q])
    assert (scale.stem, scale.number(q)) == (stem, shown)


@pytest.mark.parametrize("topic", ["figures"])
def test_both_languages_say_the_same_things(topic: str) -> None:
    chinese, english = (words(topic, language) for language in LANGUAGES)
    assert list(chinese) and set(chinese) == set(english)
    for key in chinese:
        places = [sorted(re.findall(r"\{(\w+)\}", text[key])) for text in (chinese, english)]
        assert places[0] == places[1], key


def test_every_word_is_used() -> None:
    folder = Path(drawing.__file__).parent
    programs = "".join(file.read_text("utf-8") for file in folder.glob("figure*.py"))
    built = re.compile(r"^(carrier|qualifier)_")
    unused = [k for k in words("figures", "en") if not built.match(k) and f'"{k}"' not in programs]
    assert unused == []


def test_a_language_or_topic_without_words_is_refused() -> None:
    with pytest.raises(InputError, match=r"no words in this language.*zh-TW, en"):
        words("figures", "fr")
    with pytest.raises(InputError, match="wording of poems"):
        words("poems", "en")
    assert isinstance(YAML(typ="safe").load("a: b"), dict)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab c，。（能源率\n-", max_size=80), st.integers(2, 30))
def test_wrapping_loses_nothing_and_keeps_the_width(text: str, width: int) -> None:
    for lines in (wrapped(text, width), balanced(text, width)):
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert all(columns(line) <= width for line in lines)
        assert all(line.strip() for line in lines)


def test_lines_break_at_blanks_and_not_before_a_comma() -> None:
    assert wrapped("saving of energy", 9) == ["saving of", "energy"]
    assert wrapped("改善前，改善後", 6) == ["改善", "前，改", "善後"]
    assert balanced("排氣壓力設定由 7.5 降至 6.5 bar", 28) == ["排氣壓力設定由", "7.5 降至 6.5 bar"]


@pytest.mark.parametrize(
    ("id", "name", "shown"),
    [
        ("D", "廠房照明改 LED", "D 廠房照明改 LED"),
        ("A", "measure A", "measure A"),
        ("C-01", "C-01 空壓機", "C-01 空壓機"),
        ("M1", "主馬達M1", "主馬達M1"),
    ],
)
def test_an_id_is_said_once_and_not_found_inside_a_word(id: str, name: str, shown: str) -> None:
    assert called(id, name) == shown
