"""How much of a full-year saving a calendar year brings, day by day."""

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.case.case import Case
from energycalc.effects.persistence import in_service, yearly_saving
from energycalc.errors import CaseFileError, InputError
from tests.plants import Motor, PlantText, finding_ids, stated

DAY = st.dates(dt.date(2019, 1, 1), dt.date(2028, 12, 31))


class Commissioned(Motor):
    """A motor with a day of commissioning."""

    day = "2019-01-01"

    def text(self) -> str:
        """The measure's lines, with the day."""
        return super().text() + (f"    commissioned: {self.day}\n" if self.day else "")


def plant(day: str, said: str = "", period: str = "{first_day: 2018-01-01, last_day: 2018-12-31}") -> PlantText:
    motor = Commissioned("A", "M1", 81, 90)
    object.__setattr__(motor, "day", day)
    more = f"interactions: {{persistence: [{{measures: [A], {said}, because: constructed}}]}}" if said else ""
    return PlantText({"L1": {"M1": {"electricity": stated(1e5)}}}, [motor], more=more, period=period)


def part(case: Case, year: int) -> float:
    return float(in_service(case, case.measures[0], year).value_in("1"))


def day_by_day(first: dt.date, end: dt.date | None, lost: float, year: int) -> float:
    """Every day of the year on its own: how many birthdays of the measure it has seen, and what is left of it."""
    days = [dt.date(year, 1, 1) + dt.timedelta(days=i) for i in range(366)]
    days = [day for day in days if day.year == year]
    found = 0.0
    for day in days:
        if day < first or (end is not None and day >= end):
            continue
        birthday = (first.month, first.day) if (first.month, first.day) != (2, 29) else (2, 29)
        completed = day.year - first.year - ((day.month, day.day) < birthday)
        found += (1 - lost) ** completed
    return found / len(days)


def test_a_year_before_a_part_of_a_year_and_whole_years() -> None:
    case = plant("2020-07-01").case()  # 184 of the 366 days of 2020
    assert [part(case, year) for year in (2019, 2020, 2021, 2030)] == pytest.approx([0, 184 / 366, 1, 1])
    assert part(plant("2020-01-01").case(), 2020) == 1
    assert part(plant("2020-12-31").case(), 2020) == pytest.approx(1 / 366)


def test_life_ends_on_a_day() -> None:
    case = plant("2020-07-01", "useful_life: 3 yr").case()
    assert [part(case, y) for y in (2020, 2021, 2022, 2023, 2024)] == pytest.approx([184 / 366, 1, 1, 181 / 365, 0])
    half = plant("2020-01-01", "useful_life: 0.5 yr").case()
    assert part(half, 2020) == pytest.approx(183 / 366)
    assert part(half, 2021) == 0


def test_a_measure_that_acts_in_its_own_baseline_is_doubted() -> None:
    """The period is 2018: a day earlier than 1 January 2019 the energy before holds the saving."""
    assert "measure.begun_in_baseline" in finding_ids(plant("2018-12-31").effects())
    assert "measure.begun_in_baseline" not in finding_ids(plant("2019-01-01").effects())
    assert "measure.begun_in_baseline" not in finding_ids(plant("").effects())


def test_degradation_by_years_of_service() -> None:
    case = plant("2020-01-01", "degradation: 10 %/yr").case()
    assert [part(case, y) for y in (2020, 2021, 2022, 2023)] == pytest.approx([1, 0.9, 0.81, 0.729])
    middle = plant("2020-07-01", "degradation: 10 %/yr").case()
    assert part(middle, 2021) == pytest.approx(181 / 365 + 0.9 * 184 / 365)


@given(DAY, st.integers(1, 8), st.floats(0, 0.5), st.integers(2018, 2036))
@settings(max_examples=60, deadline=None)
def test_it_is_the_sum_over_the_days(first: dt.date, life: int, lost: float, year: int) -> None:
    if (first.month, first.day) == (2, 29):
        first = dt.date(first.year, 2, 28)
    case = plant(str(first), f"useful_life: {life} yr, degradation: {lost:.6f} 1/yr").case()
    end = first.replace(year=first.year + life)
    assert part(case, year) == pytest.approx(day_by_day(first, end, round(lost, 6), year), abs=1e-12)


@given(DAY, st.integers(1, 10), st.floats(0.0, 0.4))
@settings(max_examples=25, deadline=None)
def test_it_never_exceeds_a_year_and_never_grows_again(first: dt.date, life: int, lost: float) -> None:
    case = plant(str(first), f"useful_life: {life} yr, degradation: {lost:.6f} 1/yr").case()
    path = [part(case, year) for year in range(first.year, first.year + life + 3)]
    assert all(0 <= x <= 1 for x in path)
    assert path[-1] == 0
    assert sum(path) <= life + 1e-9 + 1 / 365
    assert all(b <= a + 1e-12 for a, b in itertools.pairwise(path[1:]))


def test_29_february_has_its_birthday_on_1_march() -> None:
    case = plant("2020-02-29", "useful_life: 1 yr").case()
    assert part(case, 2021) == pytest.approx(59 / 365)


def test_the_degradation_carries_its_uncertainty() -> None:
    case = plant("2020-01-01", "degradation: {value: 10 %/yr, uncertainty: 2 %/yr}").case()
    first, third = (in_service(case, case.measures[0], year) for year in (2020, 2022))
    from energycalc.quantity.uncertainty import propagate

    (found,) = propagate([third], draws=10_000)
    assert found.gum is not None
    assert found.gum.standard_uncertainty == pytest.approx(2 * 0.9 * 0.02 / 3**0.5, rel=1e-6)
    (none,) = propagate([first], draws=10_000)
    assert none.gum is None or none.gum.standard_uncertainty == pytest.approx(0, abs=1e-12)


def test_nonsense_is_refused() -> None:
    case = plant("").case()
    with pytest.raises(InputError, match="needs the day on which the measure begins"):
        in_service(case, case.measures[0], 2020)
    known = plant("2020-07-01").case()
    for year in (0, 10_000, "2020", 2020.5, True):
        with pytest.raises(InputError, match="is no calendar year"):
            in_service(known, known.measures[0], year)  # type: ignore[arg-type]
    for said, why in (
        ("useful_life: 0 yr", "impossible for useful life"),
        ("useful_life: 10 kWh", "wrong kind of unit"),
        ("useful_life: {value: 10 yr, uncertainty: 2 yr}", "takes no ±"),
        ("degradation: 100 %/yr", "impossible for degradation"),
        ("degradation: -1 %/yr", "impossible for degradation"),
        ("useful_life: 3 yr}, {measures: [A], degradation: 1 %/yr", "named 2 times|is missing"),
        ("useful_life: 3 yr, because: constructed}, {measures: [B], useful_life: 3 yr", "there is no measure 'B'"),
    ):
        with pytest.raises(CaseFileError, match=why):
            plant("2020-07-01", said).case()
    with pytest.raises(CaseFileError, match="useful_life, degradation, or both"):
        PlantText({"L1": {"M1": {"electricity": stated(1e5)}}}, [Motor("A", "M1", 81, 90)],
                  more="interactions: {persistence: [{measures: [A], because: x}]}").case()  # fmt: skip


def test_the_saving_of_a_year() -> None:
    text = plant("2020-07-01", "degradation: 10 %/yr")
    case, effects = text.case(), text.effects()
    case_effects = {year: yearly_saving(case, effects, year) for year in (2019, 2020, 2021)}
    assert set(case_effects[2020]) == {("A", "electricity")}
    assert [case_effects[y]["A", "electricity"].value for y in (2019, 2020, 2021)] == pytest.approx(
        [0, 10_000 * 184 / 366, 10_000 * (181 / 365 + 0.9 * 184 / 365)]
    )


def test_a_part_of_a_year_is_never_scaled() -> None:
    text = plant("2020-07-01", period="{first_day: 2018-01-01, last_day: 2018-06-30}")
    with pytest.raises(InputError, match="one whole year"):
        yearly_saving(text.case(), text.effects(), 2020)
