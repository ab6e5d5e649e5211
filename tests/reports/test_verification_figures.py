"""The figures of a verification: legible in both languages, true to their numbers, and titled by the message."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from energycalc.mv.verification import Verified
from energycalc.reports import verification
from energycalc.reports.verification.figures import saving_title, verification_figures
from energycalc.reports.words import LANGUAGES, words
from tests.reports.test_figures import all_texts, bare, text_faults
from tests.reports.verified_examples import verified

CASES = {
    "office": ("office", "3PH"),
    "months": ("cocoa", "linear"),
    "two weeks of hours": ("compressor", "mean"),
    "eleven years apart": ("nothing_changed", "3PC+day_type"),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Verified:
    return verified(*CASES[request.param])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_cut_or_covered(case: Verified, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    names = []
    for name, figure in verification_figures(case, language):
        names.append(name)
        assert text_faults(figure, monkeypatch) == [], name
    assert {"energy_over_time", "cumulative_saving", "residuals"} <= set(names)


def test_each_kind_of_data_has_its_figures() -> None:
    shown = {name: [key for key, _ in verification_figures(verified(*what), "en")] for name, what in CASES.items()}
    assert "heat_map" not in shown["office"]  # days have no hours
    assert "load_duration" in shown["office"]
    assert shown["months"] == ["energy_over_time", "model", "cumulative_saving", "residuals"]  # bills have no loads
    assert "model" not in shown["two weeks of hours"]  # a mean has no driver
    assert {"heat_map", "load_duration", "saving_by_group"} <= set(shown["two weeks of hours"])


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("office", "Saving", "節能量"),
        ("months", "No provable saving", "無法與 0 區別"),
        ("two weeks of hours", "More use, no saving", "用量增加"),
    ],
)
def test_the_title_says_what_was_found(name: str, english: str, chinese: str) -> None:
    saving = verified(*CASES[name]).saving
    assert saving_title(saving, "en").startswith(english)
    assert saving_title(saving, "zh-TW").startswith(chinese)
    assert "±" in saving_title(saving, "en") and "90 %" in saving_title(saving, "en")


def test_the_title_has_the_digits_of_its_uncertainty() -> None:
    found = verified(*CASES["office"]).saving
    saving = replace(found, saving=123_456.7, interval=(121_356.7, 125_556.7), standard_uncertainty=1_000.0)
    assert saving_title(saving, "en") == "Saving 123.5 ± 2.1 MWh (90 % confidence)"


def test_the_running_sum_ends_at_the_saving_and_its_interval() -> None:
    case = verified(*CASES["office"])
    figure = dict(verification_figures(case, "en"))["cumulative_saving"]
    running = figure.axes[0].lines[-1]
    assert running.get_label() == "Reporting period"
    assert float(running.get_ydata()[-1]) * 1000 == pytest.approx(case.saving.saving, rel=1e-9)  # type: ignore[index]
    band = figure.axes[0].collections[0].get_paths()[0].vertices
    last = band[band[:, 0] == band[:, 0].max(), 1]
    assert (last.max() * 1000, last.min() * 1000) == pytest.approx(case.saving.interval[::-1], rel=1e-6)


def test_the_saving_is_the_area_between_meter_and_baseline() -> None:
    case = verified(*CASES["months"])
    axes = dict(verification_figures(case, "en"))["energy_over_time"].axes[0]
    areas = [bar.get_height() for container in axes.containers for bar in container]
    assert len(areas) == len(case.reporting)  # every month has its area, also one alone between two others
    assert sum(areas) * 1000 == pytest.approx(case.saving.saving, rel=1e-9)


def test_periods_far_apart_stand_in_two_panels_on_one_scale() -> None:
    figure = dict(verification_figures(verified(*CASES["eleven years apart"]), "en"))["energy_over_time"]
    first, second = figure.axes
    assert first.get_ylim() == second.get_ylim()
    assert first.get_xlim()[1] < second.get_xlim()[0]
    assert len(dict(verification_figures(verified(*CASES["office"]), "en"))["energy_over_time"].axes) == 1


def test_points_outside_the_range_of_the_baseline_are_told_apart() -> None:
    case = verified(*CASES["months"])
    outside = sum(
        not (
            case.baseline.periods.drivers["production"].min() <= x <= case.baseline.periods.drivers["production"].max()
        )
        for x in case.reporting.drivers["production"]
    )
    assert outside > 0
    shown = all_texts(dict(verification_figures(case, "en"))["model"])
    assert bare(f"outside the baseline range, {outside}") in shown
    assert bare("extrapolates") in shown


def test_constructed_examples_are_marked_and_real_ones_are_not() -> None:
    for name in CASES:
        case = verified(*CASES[name])
        for language in LANGUAGES:
            mark = bare(words("figures", language)["constructed"])
            for key, figure in verification_figures(case, language):
                assert (mark in all_texts(figure)) == case.constructed, (name, key)


def test_files_and_their_credit_stand_under_every_figure() -> None:
    case = verified(*CASES["office"])
    for key, figure in verification_figures(case, "zh-TW"):
        shown = all_texts(figure)
        assert bare(case.meter.sha256[:12]) in shown, key
        assert bare(case.declared.meter.attribution) in shown, key


def test_files_are_the_same_bytes_every_time(tmp_path: Path) -> None:
    case = verified(*CASES["months"])
    first, second = (verification.write_verification_figures(tmp_path / name, case, "zh-TW") for name in "ab")
    assert len(first) == 2 * 4
    assert [path.name for path in first] == [path.name for path in second]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_both_languages_say_the_same_things_and_every_word_is_used() -> None:
    chinese, english = (words("verification_figures", language) for language in LANGUAGES)
    assert set(chinese) == set(english)
    for key in chinese:
        places = [sorted(re.findall(r"\{(\w+)\}", text[key])) for text in (chinese, english)]
        assert places[0] == places[1], key
    folder = Path(verification.__file__).parent
    programs = "".join(file.read_text("utf-8") for file in folder.glob("*.py"))
    built = re.compile(r"^(interval|day_type|level|group_by|heat_title|duration)_|^(expected|metered|less|more)$")
    assert [k for k in english if not built.match(k) and f'"{k}"' not in programs] == []


def test_a_step_of_the_residuals_is_marked() -> None:
    case = verified(*CASES["office"])
    from energycalc.reports.verification.figures import _changes

    jump = np.where(np.arange(len(case.reporting)) > 180, 40_000.0, 0.0)
    energy = case.reporting.energy + jump
    reporting = replace(case.reporting, energy=energy)
    saving = replace(case.saving, metered=energy)
    steps = _changes(replace(case, reporting=reporting, saving=saving))
    assert any(abs(step - case.reporting.start[181]) <= np.timedelta64(7, "D") for step in steps)
