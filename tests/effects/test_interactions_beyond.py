"""Take-back, exclusive variants, and the warning about the order of the file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.effects.results import Effects
from energycalc.equipment import TECHNOLOGIES
from energycalc.equipment.tables import read_table
from energycalc.errors import CaseFileError, InputError
from tests.plants import MOTOR, Motor, Pressure, chain, electric, finding_ids, level


def back(share: str, measure: str = "A", more: str = "") -> str:
    return f"interactions: {{take_back: [{{measure: {measure}, share: {share}, because: constructed}}]{more}}}"


def savings(effects: Effects) -> list[tuple[str, str, float]]:
    return [(m.measure.id, m.kind, m.saving.value) for m in effects.measures]


# ---------------------------------------------------------------- take-back


def test_what_is_taken_back_is_shown_apart_and_lowers_the_plants_saving() -> None:
    effects = electric(Motor("A", "M1", 81, 90), more=back("20 %")).effects()
    assert savings(effects) == [("A", "own", pytest.approx(10_000)), ("A", "take_back", pytest.approx(-2_000))]
    assert effects.plant.carriers["electricity"].saving.value == pytest.approx(8_000)
    assert [m.is_main for m in effects.measures] == [True, False]


def test_later_measures_act_on_what_was_taken_back_too() -> None:
    effects = electric(*chain("M1", 63, 70, 87.5), more=back("50 %", "M1-1")).effects()
    assert savings(effects) == [
        ("M1-1", "own", pytest.approx(10_000)),
        ("M1-1", "take_back", pytest.approx(-5_000)),
        ("M1-2", "own", pytest.approx(19_000)),
    ]
    assert level(effects, "M1").carriers["electricity"].saving.value == pytest.approx(24_000)


@given(st.floats(0, 100))
@settings(max_examples=10, deadline=None)
def test_from_nothing_to_everything(share: float) -> None:
    effects = electric(Motor("A", "M1", 81, 90), more=back(f"{share!r} %")).effects()
    saved = effects.plant.carriers["electricity"].saving.value
    assert saved == pytest.approx(10_000 * (1 - share / 100), abs=1e-6)
    assert sum(m.saving.value for m in effects.measures) == pytest.approx(saved, abs=1e-6)


def test_take_back_that_cannot_be_is_refused() -> None:
    for share, measure, why in (("120 %", "A", "impossible for take back share"), ("5 %", "X", "no measure 'X'")):
        with pytest.raises(CaseFileError, match=why):
            electric(Motor("A", "M1", 81, 90), more=back(share, measure)).case()
    with pytest.raises(InputError, match="saves nothing has nothing to be taken back"):
        electric(Motor("A", "M1", 90, 81), more=back("5 %")).effects()


# ---------------------------------------------------------------- variants


def variants(*others: Motor, of: str = "A", extra: str = "") -> str:
    listed = "".join(
        MOTOR.format(id=m.id, machine=m.machine, before=f"{m.before!r} %", after=f"{m.after!r} %") for m in others
    ).replace("\n", "\n    ")
    return f"interactions:\n  variants:\n    - of: {of}\n      because: constructed\n      instead:{listed}\n{extra}"


def test_a_variant_is_computed_in_the_place_of_the_chosen_one_and_never_added() -> None:
    """A leaves 0.9, its variant 0.8; B leaves 0.8 of either: 28,000 and 36,000 for the machine."""
    own = chain("M1", 63, 70, 87.5)
    effects = electric(*own, more=variants(Motor("V", "M1", 63, 78.75), of="M1-1")).effects()
    bare = electric(*own).effects()
    assert effects.interactions is not None
    (group,) = effects.interactions.variants
    (other,) = group.variants
    assert [m.measure.id for m in group.chosen] == ["M1-1"]
    assert other.results[0].saving.value == pytest.approx(20_000)
    assert other.machine_saving["electricity"].value == pytest.approx(36_000)
    assert other.difference["electricity"].value == pytest.approx(8_000)
    assert [m.measure.id for m in effects.measures] == ["M1-1", "M1-2"]
    assert savings(effects) == savings(bare)
    assert effects.plant.emission_saving.value == bare.plant.emission_saving.value


def test_a_variant_like_the_chosen_one_makes_no_difference() -> None:
    effects = electric(Motor("A", "M1", 81, 90), more=variants(Motor("V", "M1", 81, 90))).effects()
    assert effects.interactions is not None
    (other,) = effects.interactions.variants[0].variants
    assert other.difference["electricity"].value == pytest.approx(0, abs=1e-9)


BACK = "  take_back: [{measure: A, share: 5 %, because: constructed}]"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (variants(Motor("V", "M1", 81, 95), of="X"), "there is no measure 'X'"),
        (variants(Motor("A", "M1", 81, 95)), "measure id 'A' is used 2 times"),
        (variants(Motor("V", "M2", 81, 95)), "M2 is not M1"),
        (variants(Motor("V", "M1", 80, 95)), "differs from A; both begin at the same machine"),
        (variants(Motor("V", "M1", 81, 95), extra=BACK), "also acts beyond"),
        (variants(Motor("V", "M1", 81, 95), extra="    - {of: A, because: x, instead: []}"), "instead: "),
    ],
)  # fmt: skip
def test_variants_that_do_not_fit_are_refused(more: str, why: str) -> None:
    with pytest.raises(CaseFileError, match=why):
        electric(Motor("A", "M1", 81, 90), more=more).case()


# ---------------------------------------------------------------- order


def test_supply_before_demand_in_the_file_is_pointed_out() -> None:
    leaks, motor = Leaks("L", "M1"), Motor("S", "M1")
    assert "measure.order_not_physical" not in finding_ids(electric(leaks, motor).effects())
    assert "measure.order_not_physical" in finding_ids(electric(motor, leaks).effects())


def test_of_a_technology_without_a_place_nothing_is_said() -> None:
    places = {row["technology"] for row in read_table("measure_place").rows}
    assert "compressor_pressure" not in places
    for order in ((Pressure("P", "M1"), Leaks("L", "M1")), (Leaks("L", "M1"), Pressure("P", "M1"))):
        assert "measure.order_not_physical" not in finding_ids(electric(*order).effects())


def test_every_place_is_that_of_a_technology_and_one_of_three() -> None:
    rows = read_table("measure_place").rows
    assert {row["technology"] for row in rows} <= set(TECHNOLOGIES)
    assert len({row["technology"] for row in rows}) == len(rows)
    assert {row["place"] for row in rows} == {"1", "2", "3"}


class Leaks(Motor):
    """Leaks repaired on a compressor."""

    def text(self) -> str:
        """The measure's lines."""
        return f"""
  - id: {self.id}
    name: leaks
    machine: {self.machine}
    technology: air_leaks
    before: {{leak_method: measured, leak_flow: 2 m3/min}}
    after: {{leak_method: measured, leak_flow: 1 m3/min}}
    common:
      full_load_flow: 13 m3/min
      full_load_power: 80 kW
      control_type: screw_load_unload_long
      average_power: 30 kW
      operating_hours: "4,000 h"
      line_pressure: 7 bar(g)
      ambient_pressure: 1.013 bar(a)
"""
