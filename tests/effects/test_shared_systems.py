"""Compressed air and the like: a unit less is worth its marginal energy, and the machines' own measures come after."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.effects.interaction_results import SystemResult
from energycalc.effects.results import Effects
from energycalc.errors import CaseFileError, InputError, OutOfRange
from tests.plants import Motor, PlantText, Pressure, finding_ids, level, stated

SYSTEM = "{{id: CA, name: air, kind: compressed_air, carrier: electricity, machines: [AIR], {worth}{more}}}"
STATED = "delivered: '4,000,000 m3', marginal_energy: 0.08 kWh/m3"
CURVE = (
    "curve: {{machine: {{control: {control}, full_load_flow: 20 m3/min, full_load_power: 120 kW{points}}}, "
    "levels: {levels}, discharge_pressure: 7 bar(g), ambient_pressure: 1.013 bar(a)}}"
)
LEVELS = "[{flow: 15 m3/min, hours: '4,000 h'}, {flow: 10 m3/min, hours: '2,000 h'}]"


def interactions(changes: str = "", worth: str = STATED, more: str = "") -> str:
    block = f"interactions:\n  shared_systems: [{SYSTEM.format(worth=worth, more=more)}]\n"
    return block + (f"  service_changes: [{changes}]\n" if changes else "")


def saves(measure: str, amount: str) -> str:
    return f"{{measure: {measure}, system: CA, amount: '{amount}'}}"


def plant(more: str, *own: Pressure, air: float = 500_000.0) -> PlantText:
    """Two users with a measure each, and the compressor with its own measures."""
    machines = {"U1": {"electricity": stated(1e5)}, "U2": {"electricity": stated(5e4)}}
    lines = {"P": machines, "U": {"AIR": {"electricity": stated(air)}}}
    return PlantText(lines, [Motor("A", "U1", 81, 90), Motor("B", "U2", 90, 90), *own], more=more)


def of(effects: Effects, measure: str, kind: str) -> float:
    (found,) = [m.saving.value for m in effects.measures if m.measure.id == measure and m.kind == kind]
    return float(found)


def system(effects: Effects) -> SystemResult:
    assert effects.interactions is not None
    return effects.interactions.systems[0]


def test_a_unit_less_is_worth_its_marginal_energy_not_the_average() -> None:
    """100,000 m³ at 0.08 kWh/m³ are 8,000 kWh; the average, 500,000 kWh over 4,000,000 m³, would say 12,500."""
    effects = plant(interactions(saves("A", "100,000 m3"))).effects()
    assert of(effects, "A", "shared") == pytest.approx(8_000)
    assert of(effects, "A", "own") == pytest.approx(10_000)
    assert level(effects, "AIR").carriers["electricity"].energy_after.value == pytest.approx(492_000)
    found = system(effects)
    assert found.average_energy.value == pytest.approx(0.125)
    assert found.marginal_energy.value == 0.08
    assert found.saving.value == pytest.approx(8_000)
    assert effects.plant.carriers["electricity"].saving.value == pytest.approx(18_000)


def test_what_users_save_adds_up_and_the_system_acts_on_what_they_leave() -> None:
    users = saves("A", "100,000 m3") + ", " + saves("B", "200,000 m3")
    alone = plant(interactions(), Pressure("P", "AIR")).effects()
    left = next(m.remaining.value for m in alone.measures if m.measure.id == "P" and m.remaining is not None)
    effects = plant(interactions(users), Pressure("P", "AIR")).effects()
    assert of(effects, "A", "shared") + of(effects, "B", "shared") == pytest.approx(24_000)
    assert of(effects, "P", "own") == pytest.approx((500_000 - 24_000) * (1 - left))
    assert system(effects).saving.value == pytest.approx(500_000 - 476_000 * left)


def test_more_air_has_nothing_to_be_taken_back() -> None:
    back = "  take_back: [{measure: P, share: 10 %, because: constructed}]\n"
    assert plant(interactions(saves("P", "100,000 m3")) + back, Pressure("P", "AIR")).effects()
    with pytest.raises(InputError, match="nothing to be taken back there"):
        plant(interactions(saves("P", "-100,000 m3")) + back, Pressure("P", "AIR")).effects()


def test_a_user_of_two_systems_saves_on_both() -> None:
    """100,000 m³ at 0.08 kWh/m³ are 8,000 kWh on one compressor, 50,000 m³ at 0.1 kWh/m³ 5,000 kWh on the other."""
    second = (
        "{id: CB, name: low pressure, kind: compressed_air, carrier: electricity, machines: [AIR2], "
        "delivered: '2,000,000 m3', marginal_energy: 0.1 kWh/m3}"
    )
    block = f"interactions:\n  shared_systems: [{SYSTEM.format(worth=STATED, more='')}, {second}]\n"
    changes = saves("A", "100,000 m3") + ", " + saves("A", "50,000 m3").replace("CA", "CB")
    machines = {"AIR": {"electricity": stated(5e5)}, "AIR2": {"electricity": stated(3e5)}}
    text = PlantText(
        {"P": {"U1": {"electricity": stated(1e5)}}, "U": machines},
        [Motor("A", "U1", 81, 90)],
        more=block + f"  service_changes: [{changes}]\n",
    )
    effects = text.effects()
    assert {m.machine: m.saving.value for m in effects.measures} == pytest.approx(
        {"U1": 10_000, "AIR": 8_000, "AIR2": 5_000}
    )
    assert effects.plant.carriers["electricity"].saving.value == pytest.approx(23_000)


def test_a_measure_on_the_compressor_itself_is_valued_by_the_air_it_saves() -> None:
    effects = plant(interactions(saves("P", "100,000 m3")), Pressure("P", "AIR")).effects()
    (only,) = [m for m in effects.measures if m.measure.id == "P"]
    assert only.saving.value == pytest.approx(8_000)
    assert only.kind == "shared"
    assert only.is_main
    assert "interaction.valued_at_the_margin" in finding_ids(effects)


def test_a_rate_over_hours_is_an_amount() -> None:
    rate = "{measure: A, system: CA, rate: 0.5 m3/min, hours: '2,000 h'}"
    effects = plant(interactions(rate)).effects()
    assert of(effects, "A", "shared") == pytest.approx(0.5 * 60 * 2_000 * 0.08)
    with pytest.raises(CaseFileError, match="rate and hours belong together"):
        plant(interactions("{measure: A, system: CA, rate: 0.5 m3/min}")).case()
    with pytest.raises(CaseFileError, match="either amount"):
        plant(interactions("{measure: A, system: CA}")).case()


def test_a_user_that_saves_more_on_the_system_than_it_uses_itself_is_not_doubted() -> None:
    lines = {"P": {"U1": {"electricity": stated(1e5)}}, "U": {"AIR": {"electricity": stated(5e5)}}}
    for amount, doubted in (("200,000 m3", False), ("100,000 m3", True), ("0 m3", True)):  # 11,111 kWh more on U1
        effects = PlantText(lines, [Motor("A", "U1", 90, 81)], more=interactions(saves("A", amount))).effects()
        assert ("measure.uses_more" in finding_ids(effects)) is doubted


def test_an_identity_changes_nothing() -> None:
    bare, idle = plant("").effects(), plant(interactions(saves("A", "0 m3"))).effects()
    assert of(idle, "A", "shared") == 0
    assert idle.plant.carriers["electricity"].saving.value == bare.plant.carriers["electricity"].saving.value
    assert plant(interactions()).effects().plant.emission_saving.value == bare.plant.emission_saving.value


@given(st.lists(st.floats(0, 1.9e6), min_size=2, max_size=2), st.booleans())
@settings(max_examples=12, deadline=None)
def test_parts_add_up_and_no_saving_exceeds_what_the_machine_uses(amounts: list[float], own: bool) -> None:
    users = ", ".join(saves(id, f"{x!r} m3") for id, x in zip("AB", amounts, strict=True))
    effects = plant(interactions(users), *([Pressure("P", "AIR")] if own else [])).effects()
    saved = effects.plant.carriers["electricity"].saving.value
    assert sum(m.saving.value for m in effects.measures) == pytest.approx(saved)
    for machine in effects.machines:
        carrier = machine.carriers["electricity"]
        assert carrier.energy_after.value >= 0
        assert carrier.saving.value <= carrier.energy_before.value
    turned = ", ".join(saves(id, f"{x!r} m3") for id, x in reversed(list(zip("AB", amounts, strict=True))))
    other = plant(interactions(turned), *([Pressure("P", "AIR")] if own else [])).effects()
    assert other.plant.carriers["electricity"].saving.value == saved


def test_more_than_the_system_delivers_or_uses_is_refused() -> None:
    with pytest.raises(OutOfRange, match="save more of the service than the system delivers"):
        plant(interactions(saves("A", "4,100,000 m3"))).effects()
    with pytest.raises(OutOfRange, match="more on AIR than is left there"):
        plant(interactions(saves("A", "3,900,000 m3")), air=200_000).effects()
    assert plant(interactions(saves("A", "3,900,000 m3"))).effects()


def test_lines_get_their_declared_shares_and_the_rest_goes_to_nobody() -> None:
    shares = ", allocation: [{line: P, share: 55 %}, {line: U, share: 30 %}]"
    found = system(plant(interactions(saves("A", "100,000 m3"), more=shares)).effects())
    assert [s.line for s in found.shares] == ["P", "U", ""]
    assert [s.saving.value for s in found.shares] == pytest.approx([4_400, 2_400, 1_200])
    assert [s.energy_before.value for s in found.shares] == pytest.approx([275_000, 150_000, 75_000])
    assert sum(s.share.value_in("1") for s in found.shares) == pytest.approx(1)
    for wrong, why in (
        (", allocation: [{line: P, share: 75 %}, {line: U, share: 30 %}]", "at most 100 %"),
        (", allocation: [{line: X, share: 5 %}]", "there is no line 'X'"),
        (", allocation: [{line: P, share: 5 %}, {line: P, share: 6 %}]", "named 2 times"),
    ):
        with pytest.raises(CaseFileError, match=why):
            plant(interactions(more=wrong)).case()


def test_a_marginal_value_above_the_average_is_doubted() -> None:
    dear = "delivered: '4,000,000 m3', marginal_energy: 0.15 kWh/m3"
    change = saves("A", "100,000 m3")
    assert "interaction.marginal_above_average" in finding_ids(plant(interactions(change, worth=dear)).effects())
    assert "interaction.marginal_above_average" not in finding_ids(plant(interactions(change)).effects())


@pytest.mark.parametrize(
    ("control", "points", "slope"),
    [
        ("modulation", ", no_load_power: 84 kW", (120 - 84) / 20),
        ("start_stop", ", cut_out_power: 130 kW", 125 / 20),
        ("load_unload_oil_free", ", no_load_power: 30 kW, cut_out_power: 120 kW", (120 - 30) / 20),
    ],
)
def test_the_margin_of_a_straight_line_is_its_slope(control: str, points: str, slope: float) -> None:
    """These controls are straight lines of power over flow (definition of the curve): the slope is the margin."""
    worth = CURVE.format(control=control, points=points, levels=LEVELS)
    effects = plant(interactions(saves("A", "100,000 m3"), worth=worth)).effects()
    assert system(effects).marginal_energy.value == pytest.approx(slope / 60)
    assert of(effects, "A", "shared") == pytest.approx(100_000 * slope / 60)


def test_a_blowing_off_compressor_gives_nothing_back() -> None:
    worth = CURVE.format(
        control="centrifugal_blow_off", points=", surge_flow: 16 m3/min, blow_off_power: 110 kW", levels=LEVELS
    )
    effects = plant(interactions(saves("A", "100,000 m3"), worth=worth)).effects()
    assert system(effects).marginal_energy.value == pytest.approx(0, abs=1e-12)
    assert of(effects, "A", "shared") == pytest.approx(0, abs=1e-9)


def test_the_curve_must_carry_what_is_saved_and_agree_with_the_energy() -> None:
    worth = CURVE.format(control="modulation", points=", no_load_power: 84 kW", levels=LEVELS)
    with pytest.raises(OutOfRange, match="more than the compressor that follows the demand delivers"):
        plant(interactions(saves("A", "3,900,000 m3"), worth=worth)).effects()
    energy = (84 + 36 * 0.75) * 4_000 + (84 + 36 * 0.5) * 2_000
    change = interactions(saves("A", "100,000 m3"), worth=worth)
    assert "interaction.curve_differs" not in finding_ids(plant(change, air=energy).effects())
    assert "interaction.curve_differs" in finding_ids(plant(change, air=energy * 1.5).effects())


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (interactions(worth="delivered: '4,000 m3'"), "either marginal_energy"),
        (interactions(worth="marginal_energy: 0.08 kWh/m3"), "needs delivered"),
        (interactions(worth="delivered: '4,000 MWh', marginal_energy: 0.3 kWh/kWh"), "compressed_air is counted in m3"),
        (interactions(worth="delivered: '4,000 m3', marginal_energy: 3 kWh/t"), "is no kWh"),
        (interactions(saves("X", "1 m3")), "there is no measure 'X'"),
        (interactions(saves("A", "1 t")), "no amount of a service counted in m³"),
        (interactions(saves("A", "1 m3") + ", " + saves("A", "2 m3")), "named twice"),
        (interactions("{measure: A, system: XX, amount: 1 m3}"), "there is no shared system 'XX'"),
        (interactions(more=", follows: U1"), "U1 is none of AIR"),
        (interactions().replace("[AIR]", "[AIR, U1]"), "follows: which of AIR, U1"),
        (interactions().replace("[AIR]", "[ZZ]"), "there is no machine 'ZZ'"),
        (interactions(saves("A", "1 m3"), more=", follows: AIR").replace("[AIR]", "[AIR, U1]"), "AIR follows the"),
        (interactions(worth=CURVE.format(control="modulation", points="", levels=LEVELS)), "exactly: no_load_power"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused(more: str, why: str) -> None:
    with pytest.raises(CaseFileError, match=why):
        plant(more).case()


def test_steam_and_chilled_water_have_their_units() -> None:
    steam = interactions(
        "{measure: A, system: CA, amount: 12 t}", worth="delivered: '900 t', marginal_energy: '720 kWh[LHV]/t'"
    ).replace("compressed_air, carrier: electricity", "steam, carrier: natural_gas")
    lines = {
        "P": {"U1": {"electricity": stated(1e5)}},
        "U": {"AIR": {"natural_gas": "{basis: stated, energy: '800 MWh[LHV]'}"}},
    }
    effects = PlantText(lines, [Motor("A", "U1", 81, 90)], more=steam).effects()
    assert of(effects, "A", "shared") == pytest.approx(12 * 720)
    assert effects.plant.carriers["natural_gas"].saving.value == pytest.approx(8_640)
    chilled = interactions(
        "{measure: A, system: CA, amount: '10,000 kWh'}", worth="delivered: '900 MWh', marginal_energy: 0.25"
    ).replace("compressed_air", "chilled_water")
    assert of(plant(chilled).effects(), "A", "shared") == pytest.approx(2_500)
