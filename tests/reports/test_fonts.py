"""Chinese is drawn on a machine without Chinese fonts, and no sign of our words is missing from the fonts."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font

from energycalc.quantity.glossary import glossary
from energycalc.quantity.unit_words import DISPLAY
from energycalc.reports import figure_style
from energycalc.reports.fonts import FAMILIES, chinese_font, register_fonts

WORDING = Path(__file__).resolve().parents[2] / "energycalc" / "reports" / "wording"
BUNDLED = Path(font_manager.__file__).parent / "mpl-data" / "fonts"


def missing_signs(text: str) -> set[str]:
    """The signs of a text that neither of our fonts can draw."""
    dejavu = BUNDLED / "ttf" / "DejaVuSans.ttf"
    drawn = {code for font in (chinese_font(), dejavu) for code in FT2Font(str(font)).get_charmap()}
    return {sign for sign in text if sign.isprintable() and ord(sign) not in drawn}


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Matplotlib's knowledge of a machine that has no fonts but matplotlib's own."""
    manager = font_manager.fontManager
    own = [font for font in manager.ttflist if Path(font.fname).is_relative_to(BUNDLED)]
    assert own
    with monkeypatch.context() as machine:
        machine.setattr(manager, "ttflist", own)
        manager.addfont(BUNDLED / "ttf" / "DejaVuSans.ttf")  # forgets what was found before
        yield
    register_fonts.cache_clear()
    register_fonts()


def draw(family: list[str]) -> None:
    figure = Figure(figsize=(3, 1))
    figure.text(0.1, 0.5, "節能減碳 tCO₂e", family=family)
    FigureCanvasAgg(figure).draw()


def test_chinese_is_drawn_without_system_fonts(bare_machine: None) -> None:
    register_fonts.cache_clear()
    draw(list(register_fonts()))  # a missing sign is a warning, and a warning is an error here


def test_a_missing_chinese_font_is_noticed(bare_machine: None) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        draw(["DejaVu Sans"])
    assert any("missing from font" in str(warning.message) for warning in caught)


def test_the_font_is_the_one_of_the_package() -> None:
    register_fonts()
    files = {Path(font.fname) for font in font_manager.fontManager.ttflist if font.name == FAMILIES[0]}
    assert chinese_font() in files


def test_settings_ask_for_both_fonts_and_leave_the_rest_alone() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    with figure_style.settings():
        assert matplotlib.rcParams["font.family"] == list(FAMILIES)
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize("file", sorted(WORDING.glob("*.yaml")), ids=lambda file: file.name)
def test_every_sign_of_the_wording_can_be_drawn(file: Path) -> None:
    assert missing_signs(file.read_text("utf-8")) == set()


def test_every_sign_of_the_glossary_and_of_units_can_be_drawn() -> None:
    text = "".join(row.zh + row.en + row.symbol for row in glossary().values()) + "".join(DISPLAY.values())
    assert missing_signs(text) == set()


def test_a_sign_without_a_glyph_is_noticed() -> None:
    private = "\U000f1234"
    assert missing_signs("能" + private) in (set(), {private})  # not printable, so not asked for
    assert missing_signs("能𓀀") == {"𓀀"}
