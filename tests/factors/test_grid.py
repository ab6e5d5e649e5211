"""The grid factor: right year, right series, never a silent pick."""

import dataclasses
import functools
import importlib
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from energycalc.errors import FactorError, UnitError
from energycalc.factors import FactorSet, factor_by_id, grid_factor, published_factors, store
from energycalc.quantity import about, quantity

traced_row = importlib.import_module("energycalc.factors.traced")


@pytest.mark.parametrize(("year", "value"), [(2005, 0.555), (2016, 0.530), (2018, 0.533), (2024, 0.474)])
def test_a_year_with_one_value_is_found_exactly(year: int, value: float) -> None:
    factor, match = grid_factor(year)
    assert factor.value_in("kgCO2e[not_stated]/kWh") == value
    assert (match.kind, match.age, match.factor.status) == ("exact", 0, "final")
    assert (factor.basis, factor.name) == ("published", "grid_emission_factor")
    assert str(year) in match.sentence and str(year) in match.sentence_zh


def test_the_published_esco_case_of_2024_is_reproduced() -> None:
    # Ministry of Environment, ESCO news of 2025-12-05: 12.24 GWh, 5,803 t
    saved = quantity(12.24, "GWh") * grid_factor(2024)[0]
    assert saved.value_in("tCO2e[not_stated]") == pytest.approx(5803, abs=2)


def test_2025_has_three_values_and_the_plain_question_is_refused() -> None:
    with pytest.raises(FactorError, match="several values") as error:
        grid_factor(2025)
    assert "0.467" in error.value.limit and "0.466" in error.value.limit and "overall" in error.value.limit
    assert "0.424" not in error.value.limit


@pytest.mark.parametrize(("series", "value"), [("overall", 0.467), ("industrial", 0.466), ("residential", 0.471)])
def test_2025_by_series(series: str, value: float) -> None:
    factor, match = grid_factor(2025, series=series)
    assert factor.value == value
    assert match.factor.series == series


def test_a_series_that_did_not_exist_yet_is_refused_with_what_there_is() -> None:
    with pytest.raises(FactorError, match="no final value") as error:
        grid_factor(2024, series="industrial")
    assert "electricity-tw-2024-overall = 0.474" in error.value.limit


def test_the_legal_target_is_never_a_factor() -> None:
    with pytest.raises(FactorError, match="no general factor"):
        grid_factor(2025, series="legal_target")
    with pytest.raises(FactorError, match="legal target, never an emission factor"):
        factor_by_id("electricity-tw-2025-legal_target")


def test_an_estimate_is_given_only_by_its_id() -> None:
    with pytest.raises(FactorError, match="no general factor"):
        grid_factor(2025, series="national_incl_green")
    factor, match = factor_by_id("electricity-tw-2025-national_incl_green", 2025)
    assert factor.value == 0.456
    assert "estimate" in match.sentence and "推估" in match.sentence_zh


def test_superseded_values_are_kept_apart_and_given_only_by_id() -> None:
    assert grid_factor(2010)[0].value == 0.534
    factor, match = factor_by_id("electricity-tw-2010-overall-first_published", 2010)
    assert match.factor.status == "superseded" and "superseded" in match.sentence
    # published retrofit case (ITRI case library): 589,960 kWh, 361.1 t
    assert (quantity(589960, "kWh") * factor).value_in("tCO2e[not_stated]") == pytest.approx(361.1, abs=0.06)


@pytest.mark.parametrize(
    ("id", "kilowatt_hours", "tonnes"),
    [  # published cases of two steel makers, 2013
        ("electricity-tw-2013-overall-first_published", 3634619, 1897),
        ("electricity-tw-2013-overall-first_published", 11257605, 5876),
    ],
)
def test_old_published_cases_fit_the_superseded_value(id: str, kilowatt_hours: float, tonnes: float) -> None:
    factor, _ = factor_by_id(id)
    assert (quantity(kilowatt_hours, "kWh") * factor).value_in("tCO2e[not_stated]") == pytest.approx(tonnes, abs=1)


def test_an_older_edition_needs_the_callers_allowance() -> None:
    with pytest.raises(FactorError, match="the newest is 1 yr older") as error:
        grid_factor(2026, series="industrial")
    assert "electricity-tw-2025-industrial" in error.value.limit
    assert 'older_by="1 yr"' in error.value.next_step
    factor, match = grid_factor(2026, series="industrial", older_by="2 yr")
    assert (factor.value, match.kind, match.age) == (0.466, "older_edition", 1)
    assert "1 yr before" in match.sentence and "早 1 年" in match.sentence_zh
    assert grid_factor(2026, series="industrial", older_by=quantity(1, "yr"))[0] is factor


def test_an_allowance_that_does_not_reach_is_refused() -> None:
    with pytest.raises(FactorError, match="too old") as error:
        grid_factor(2026, region="EU27", older_by="3 yr")
    assert "electricity-eu27-2018-overall" in error.value.limit
    assert grid_factor(2026, region="EU27", older_by="8 yr")[1].age == 8


def test_an_allowance_is_a_time_with_its_unit() -> None:
    with pytest.raises(FactorError, match="needs its unit"):
        grid_factor(2026, series="industrial", older_by=2)  # type: ignore[arg-type]
    with pytest.raises(FactorError, match="negative"):
        grid_factor(2026, series="industrial", older_by="-1 yr")
    with pytest.raises(UnitError):
        grid_factor(2026, series="industrial", older_by="2 kWh")


def test_an_older_edition_with_several_series_is_still_ambiguous() -> None:
    with pytest.raises(FactorError, match="several older values"):
        grid_factor(2026, older_by="1 yr")


def test_a_year_to_come_is_refused() -> None:
    with pytest.raises(FactorError, match="still to come"):
        grid_factor(2027, series="overall", older_by="5 yr")


def test_a_year_before_the_first_is_refused() -> None:
    with pytest.raises(FactorError, match="no final value") as error:
        grid_factor(2004)
    assert "electricity-tw-2005-overall" in error.value.limit


@pytest.mark.parametrize(
    ("day", "series", "value", "kind"),
    [
        ("2026-06-01", "overall", 0.474, "older_edition"),  # the 2025 value came on 2026-06-02
        ("2026-06-02", "overall", 0.467, "exact"),
        ("2026-06-02", "industrial", 0.466, "exact"),
        ("2025-12-31", None, 0.474, "older_edition"),
    ],
)
def test_the_inventory_rule_takes_the_newest_announced_on_the_day(
    day: str, series: str | None, value: float, kind: str
) -> None:
    year = 2025
    factor, match = grid_factor(year, series=series, announced_by=day)
    assert (factor.value, match.kind) == (value, kind)
    assert day in match.sentence and day in match.sentence_zh


def test_the_inventory_rule_for_an_earlier_year_gives_a_newer_value_marked_as_proxy() -> None:
    factor, match = grid_factor(2023, series="overall", announced_by="2026-11-22")
    assert (factor.value, match.kind, match.age) == (0.467, "proxy", -2)


def test_the_inventory_rule_refuses_what_it_cannot_know() -> None:
    with pytest.raises(FactorError, match="day of announcement is not stated") as error:
        grid_factor(2018, announced_by="2020-07-01")
    assert "electricity-tw-2019-overall" in error.value.limit
    with pytest.raises(FactorError, match="the table lacks it"):
        grid_factor(2026, series="industrial", announced_by="2027-08-01")
    assert "copied 2026-11-22" in grid_factor(2026, series="industrial", announced_by="2027-03-01")[1].sentence
    with pytest.raises(FactorError, match="no value had been announced"):
        grid_factor(2025, series="industrial", announced_by="2026-06-01")
    with pytest.raises(FactorError, match="several values"):
        grid_factor(2025, announced_by="2026-06-02")
    with pytest.raises(FactorError, match="lies after the day"):
        grid_factor(2026, series="overall", announced_by="2025-06-01")
    with pytest.raises(FactorError, match="is no day"):
        grid_factor(2025, announced_by="June 2026")
    with pytest.raises(FactorError, match="inventory rule is Taiwan's"):
        grid_factor(2023, region="KR", announced_by="2026-01-01")
    with pytest.raises(FactorError, match="two different rules"):
        grid_factor(2025, announced_by="2026-01-01", older_by="1 yr")


def test_other_grids_and_their_traps() -> None:
    assert grid_factor(2023, region="KR")[0].value == 0.4173
    assert str(grid_factor(2023, region="CN")[0].unit) == "kgCO2/kWh"
    with pytest.raises(FactorError, match="combined_margin"):  # not for purchased electricity
        grid_factor(2020, region="VN")
    with pytest.raises(FactorError, match="no general factor") as refused:
        grid_factor(2020, region="VN", series="combined_margin")
    assert "electricity-vn-2020-combined_margin" in refused.value.limit
    factor, match = factor_by_id("electricity-vn-2020-combined_margin", 2020)
    assert factor.value == 0.8041 and "combined_margin" in match.sentence
    with pytest.raises(FactorError, match="average_2020_2022"):
        grid_factor(2020, region="KR")
    with pytest.raises(FactorError, match="regions known: CN"):
        grid_factor(2023, region="Atlantis")


def test_one_row_is_one_object_and_belongs_to_no_machine() -> None:
    with about("Compressor C-02"):
        first, _ = grid_factor(2019)
    assert grid_factor(2019)[0] is first
    assert factor_by_id("electricity-tw-2019-overall")[0] is first
    assert first.subject == ""
    assert grid_factor(2020)[0] is not first
    assert (first - first).value == 0


def test_the_leaf_names_document_day_file_and_row() -> None:
    source = grid_factor(2025, series="industrial")[0].source
    assert source is not None and source.file is not None
    assert (source.publisher, source.year, source.checked) == ("經濟部能源署", "2026-06-02", "2026-11-22")
    assert source.confidence == "2+" and "not_stated" in source.licence
    assert source.file.name.endswith("electricity_taiwan.csv") and source.file.line is not None
    assert source.file.path == "electricity-tw-2025-industrial"


def test_an_unknown_id_names_near_ones() -> None:
    with pytest.raises(FactorError, match="electricity-tw-2024-overall"):
        factor_by_id("electricity-tw-2024-overal")


def test_generation_by_fuel_is_no_factor_of_a_plant() -> None:
    with pytest.raises(FactorError, match="no general factor") as refused:
        grid_factor(2018, series="generation_nuclear")
    assert "electricity-tw-2018-generation_nuclear = 0" in refused.value.limit
    assert "overall" in refused.value.next_step
    factor, match = factor_by_id("electricity-tw-2018-generation_coal", 2018)
    assert factor.value == 0.844
    assert "no general factor of purchased electricity" in match.sentence and "非一般購電係數" in match.sentence_zh
    assert "general factor" not in grid_factor(2018, series="overall")[1].sentence


def test_region_and_series_are_taken_in_any_case() -> None:
    assert grid_factor(2025, region="tw", series=" Industrial")[0] is grid_factor(2025, series="industrial")[0]
    assert grid_factor(2023, region="us-camx")[1].factor.region == "US-CAMX"
    with pytest.raises(FactorError, match=r"no such series.*Near ones: industrial"):
        grid_factor(2025, series="industry")
    with pytest.raises(FactorError, match="regions known: CN"):
        grid_factor(2023, region="TWN")


def test_a_year_of_the_roc_calendar_is_named() -> None:
    with pytest.raises(FactorError, match=r"107 is a year of the 民國 calendar.*Write 2018"):
        grid_factor(107)
    with pytest.raises(FactorError, match="Write 2018"):
        factor_by_id("electricity-tw-2018-overall", 107)
    with pytest.raises(FactorError, match="western calendar"):
        grid_factor(1800)
    assert grid_factor(2018)[0].value == 0.533


def test_a_lone_new_series_does_not_answer_the_plain_question() -> None:
    published = published_factors()
    of_2025 = {f.series: f for f in published.select("grid", region="TW") if f.covers(2025) and f.status == "final"}

    def with_2026(*series: str) -> FactorSet:
        added = tuple(
            dataclasses.replace(of_2025[s], id=f"made-up-2026-{s}", valid_from="2026", valid_to="2026") for s in series
        )
        return dataclasses.replace(published, factors=(*published.factors, *added))

    for lone in ("industrial", "overall"):
        with pytest.raises(FactorError, match="there are several series") as refused:
            grid_factor(2026, factors=with_2026(lone))
        assert refused.value.next_step == "Name the series" and "residential" in refused.value.limit
        assert grid_factor(2026, series=lone, factors=with_2026(lone))[1].factor.series == lone
    with pytest.raises(FactorError, match="several values"):
        grid_factor(2026, factors=with_2026("industrial", "overall"))
    assert grid_factor(2024)[1].factor.series == "overall"  # one series then, and one the year before


@pytest.mark.parametrize(
    ("id", "year", "zh", "english"),
    [
        ("electricity-tw-2018-overall", 2018, "2018，適用於查詢年度", "2018, valid for the year asked"),
        ("electricity-tw-2018-overall", None, "kWh，2018；", "kWh, 2018;"),
        ("fuel-natural_gas-stationary-113-co2", 2025, "2024 起，適用於查詢年度", "from 2024 on, valid"),
        ("heat-kloe", 2025, "起始年未載明，仍適用，適用於查詢年度", "start not stated, still open, valid"),
        ("heat-electricity-primary", 2025, "適用年度未載明；", "years not stated;"),
        ("gwp-ar5-n2o", None, "不分年度；", "not tied to a year;"),
    ],
)
def test_the_years_of_a_value_are_said_in_words(id: str, year: int | None, zh: str, english: str) -> None:
    _, match = factor_by_id(id, year)
    assert zh in match.sentence_zh and english in match.sentence
    assert "?" not in match.sentence and "與所問相符" not in match.sentence_zh


def test_an_id_far_from_all_is_answered_with_the_subjects() -> None:
    with pytest.raises(FactorError, match=r"subjects known: .*electricity"):
        factor_by_id("@@@@")
    with pytest.raises(FactorError, match=r"Near ones: .*electricity-tw-2025-industrial"):
        factor_by_id("tw-2025")


def test_threads_that_call_first_share_one_set_and_one_leaf(monkeypatch: pytest.MonkeyPatch) -> None:
    row = grid_factor(2018)[1]
    slow: list[int] = []

    def slowly(*arguments: object) -> object:
        slow.append(1)
        time.sleep(0.02)  # so that the threads meet inside
        return object()

    monkeypatch.setattr(store, "_published_factors", functools.cache(slowly))
    monkeypatch.setattr(traced_row, "_leaf", functools.cache(slowly))
    with ThreadPoolExecutor(8) as pool:
        sets = set(pool.map(lambda _: store.published_factors(), range(8)))
        leaves = set(pool.map(lambda _: traced_row.traced(row.factor, row.publication), range(8)))
    assert len(sets) == len(leaves) == 1 and len(slow) == 2
