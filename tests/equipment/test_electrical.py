"""Transformers, capacitors, voltage, lighting, demand: turning points, ceilings, doubts, refusals both ways."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.equipment.description import Change, TechnologyDescription
from energycalc.equipment.electrical.demand import DEMAND
from energycalc.equipment.electrical.lighting import LIGHTING
from energycalc.equipment.electrical.power_factor import POWER_FACTOR
from energycalc.equipment.electrical.transformer import TRANSFORMER
from energycalc.equipment.electrical.voltage import VOLTAGE
from energycalc.errors import InputError, OutOfRange
from energycalc.quantity import quantity, read_quantity

WORDS = ("switching", "load_kind", "cooled_room")
Said = dict[str, Any]


def side(said: Said) -> Said:
    def read(key: str, given_: Any) -> Any:
        if isinstance(given_, list):
            return [side(level) for level in given_]
        return given_ if key in WORDS else read_quantity(given_, name=key)

    return {key: read(key, text) for key, text in said.items()}


def run(technology: TechnologyDescription, before: Said, after: Said, common: Said) -> Change:
    return technology.change(side(before), side(after), side(common))


def most(technology: TechnologyDescription, before: Said, after: Said, common: Said) -> float:
    assert technology.ceiling is not None
    return float(technology.ceiling(side(before), side(after), side(common)).saving.value)


def before_of(change: Change) -> float:
    assert change.energy_before_model is not None
    return float(change.energy_before_model.value_in("kWh"))


def saved(change: Change) -> float:
    assert change.energy_after_model is not None
    return before_of(change) - float(change.energy_after_model.value_in("kWh"))


def ids(change: Change) -> set[str]:
    """Doubts about the machine, without the notes on readings that state no error."""
    return {f.id for f in change.findings if not f.id.endswith(("uncertainty_not_stated", "default_uncertainty"))}


# --- transformers

OLD = {
    "transformer_rating": "1,000 kVA",
    "no_load_loss": "2 kW",
    "load_loss": "12 kW",
    "loss_reference_temperature": "75 degC",
    "number_of_transformers": "2",
    "switching": "all_on",
}
NEW = OLD | {"no_load_loss": "0.8 kW", "load_loss": "9 kW"}
AS_NEEDED = OLD | {"switching": "as_needed"}


def profile(*levels: tuple[float, float]) -> Said:
    return {
        "load_profile": [
            {"transformer_load": f"{load!r} kVA", "load_power_factor": "0.9", "hours": f"{hours!r} h"}
            for load, hours in levels
        ]
    }


LEVELS = st.lists(st.tuples(st.floats(0, 2000), st.floats(1, 2000)), min_size=1, max_size=4)


def test_losses_over_a_profile_by_hand() -> None:
    """Two in parallel: 1,000 kVA is half load each: 2 (2 + 12/4) = 10 kW; 0 kVA: 4 kW; new 6.1 and 1.6 kW."""
    change = run(TRANSFORMER, OLD, NEW, profile((1000, 4000), (0, 4000)))
    assert before_of(change) == pytest.approx(900 * 4000 + 10 * 4000 + 4 * 4000, rel=1e-12)
    assert saved(change) == pytest.approx((10 - 6.1) * 4000 + (4 - 1.6) * 4000, rel=1e-9)
    assert most(TRANSFORMER, OLD, NEW, profile((1000, 4000), (0, 4000))) == pytest.approx(56000 / 3656000, rel=1e-12)


@settings(max_examples=25)
@given(levels=LEVELS)
def test_the_same_transformers_save_nothing(levels: list[tuple[float, float]]) -> None:
    assert run(TRANSFORMER, OLD, OLD, profile(*levels)).remaining.value == pytest.approx(1, abs=1e-12)


@settings(max_examples=25)
@given(levels=LEVELS, better=st.floats(0, 1), still=st.floats(0, 1))
def test_smaller_losses_never_save_less_and_stay_below_the_ceiling(
    levels: list[tuple[float, float]], better: float, still: float
) -> None:
    loads = profile(*levels)
    some, less = (
        run(TRANSFORMER, OLD, OLD | {"no_load_loss": f"{2 * x!r} kW", "load_loss": f"{12 * x!r} kW"}, loads)
        for x in (better, better * still)
    )
    assert less.remaining.value <= some.remaining.value + 1e-15
    assert 1 - less.remaining.value <= most(TRANSFORMER, OLD, OLD, loads) + 1e-12


def test_the_load_above_which_two_transformers_lose_less_than_one() -> None:
    """Turning point: one of 2 + 12 x^2 against two of 2 + 12 (x/2)^2: equal at x^2 = 2 P0/Pk, 577 kVA."""
    even = 1000 * math.sqrt(2 * 2 / 12)
    assert even == pytest.approx(577.35, abs=0.01)
    one, two = OLD | {"number_of_transformers": "1"}, OLD
    for load, one_is_better in ((even * 0.99, True), (even * 1.01, False)):
        change = run(TRANSFORMER, two, one, profile((load, 1000)))
        assert (change.remaining.value < 1) is one_is_better
        chosen = run(TRANSFORMER, two, AS_NEEDED, profile((load, 1000)))
        assert chosen.remaining.value == pytest.approx(min(1, change.remaining.value), rel=1e-12)


@settings(max_examples=25)
@given(levels=LEVELS)
def test_switching_as_needed_never_loses_more(levels: list[tuple[float, float]]) -> None:
    assert run(TRANSFORMER, OLD, AS_NEEDED, profile(*levels)).remaining.value <= 1


@settings(max_examples=25)
@given(low=st.floats(0, 900), high=st.floats(1000, 2000))
def test_a_mean_load_understates_the_loss(low: float, high: float) -> None:
    levels = run(TRANSFORMER, OLD, OLD, profile((low, 1000), (high, 1000)))
    mean = run(TRANSFORMER, OLD, OLD, profile(((low + high) / 2, 2000)))
    assert before_of(levels) >= before_of(mean) - 1e-9
    assert "transformer.one_level" in ids(mean)
    assert "transformer.one_level" not in ids(levels)


def test_more_load_than_they_can_carry_is_refused() -> None:
    run(TRANSFORMER, OLD, AS_NEEDED, profile((2000, 100)))
    with pytest.raises(OutOfRange, match=r"more load than the transformers can carry.*2,000 kVA"):
        run(TRANSFORMER, OLD, AS_NEEDED, profile((2001, 100)))
    with pytest.raises(OutOfRange, match="load 1.*改善後 after.*more load"):
        run(TRANSFORMER, OLD, OLD | {"number_of_transformers": "1"}, profile((1001, 100)))


def test_too_good_transformers_and_unlike_temperatures_are_doubted() -> None:
    wonder = OLD | {"no_load_loss": "0.01 kW", "load_loss": "0.1 kW"}
    assert "transformer.efficiency" in ids(run(TRANSFORMER, OLD, wonder, profile((1000, 100))))
    assert "transformer.efficiency" not in ids(run(TRANSFORMER, OLD, NEW, profile((1000, 100))))
    hot = NEW | {"loss_reference_temperature": "120 degC"}
    assert "transformer.reference_temperature" in ids(run(TRANSFORMER, OLD, hot, profile((1000, 100))))
    assert "transformer.reference_temperature" not in ids(run(TRANSFORMER, OLD, NEW, profile((1000, 100))))


# --- capacitors


def capacitors(kvar: float) -> Said:
    return {"capacitor_power": f"{kvar!r} kvar"}


def loads(*levels: tuple[float, float, float], **more: str) -> Said:
    return {
        "load_profile": [
            {"active_power": f"{kw!r} kW", "power_factor": f"{pf!r}", "hours": f"{h!r} h"} for kw, pf, h in levels
        ],
        "line_voltage": "400 V",
        "supply_resistance": "0.01 ohm",
        "capacitor_loss": "0.5 W/kvar",
    } | more


def test_capacitors_by_hand() -> None:
    """100 kW at 0.8: 125 kVA, 976.6 W; 75 kvar bring it to 100 kVA, 625 W; the capacitors take 37.5 W."""
    change = run(POWER_FACTOR, capacitors(0), capacitors(75), loads((100, 0.8, 1000)))
    assert before_of(change) == pytest.approx(1000 * (100 + 0.9765625), rel=1e-12)
    assert saved(change) == pytest.approx(976.5625 - 625 - 37.5, rel=1e-6)
    assert ids(change) == set()
    ceiling = most(POWER_FACTOR, capacitors(0), capacitors(75), loads((100, 0.8, 1000)))
    assert ceiling == pytest.approx((976.5625 - 625) / 100976.5625, rel=1e-9)
    already = most(POWER_FACTOR, capacitors(75), capacitors(75), loads((100, 0.8, 1000)))
    assert already == pytest.approx(37.5 / 100662.5, rel=1e-6)


@settings(max_examples=40)
@given(kvar=st.floats(0, 300), active=st.floats(10, 500), factor=st.floats(0.3, 1))
def test_the_same_capacitors_save_nothing(kvar: float, active: float, factor: float) -> None:
    change = run(POWER_FACTOR, capacitors(kvar), capacitors(kvar), loads((active, factor, 100)))
    assert change.remaining.value == pytest.approx(1, abs=1e-12)


@settings(max_examples=30)
@given(factor=st.floats(0.3, 0.99), first=st.floats(0, 1), second=st.floats(0, 1))
def test_up_to_power_factor_one_more_capacitors_never_save_less(factor: float, first: float, second: float) -> None:
    needed = 100 * math.tan(math.acos(factor))
    ideal = loads((100, factor, 1000), capacitor_loss="0 W/kvar")
    low, high = sorted((first, second))
    some, more = (run(POWER_FACTOR, capacitors(0), capacitors(needed * x), ideal) for x in (low, high))
    assert more.remaining.value <= some.remaining.value + 1e-12
    assert 1 - more.remaining.value <= most(POWER_FACTOR, capacitors(0), capacitors(0), ideal) + 1e-12
    assert "power_factor.leading" not in ids(run(POWER_FACTOR, capacitors(0), capacitors(needed * 0.999), ideal))


@settings(max_examples=30)
@given(factor=st.floats(0.3, 0.98), beyond=st.floats(0.01, 3))
def test_beyond_power_factor_one_the_current_rises_again(factor: float, beyond: float) -> None:
    """Turning point: as much too many kvar as were missing before, and nothing is saved; more costs."""
    needed = 100 * math.tan(math.acos(factor))
    ideal = loads((100, factor, 1000), capacitor_loss="0 W/kvar")
    best = run(POWER_FACTOR, capacitors(0), capacitors(needed), ideal).remaining.value
    over = run(POWER_FACTOR, capacitors(0), capacitors(needed * (1 + beyond)), ideal)
    assert over.remaining.value > best
    if abs(beyond - 1) > 1e-9:
        assert (over.remaining.value > 1) is (beyond > 1)
    assert "power_factor.leading" in ids(over)


def test_a_capacitor_at_the_meter_saves_no_energy() -> None:
    at_meter = loads((100, 0.8, 1000), supply_resistance="0 ohm", capacitor_loss="0 W/kvar", tariff_saving="5,000 元")
    change = run(POWER_FACTOR, capacitors(0), capacitors(75), at_meter)
    assert change.remaining.value == 1
    assert [q.value for q in change.beside] == [5000]
    lossy = loads((100, 0.8, 1000), supply_resistance="0 ohm")
    assert run(POWER_FACTOR, capacitors(0), capacitors(75), lossy).remaining.value > 1


def test_an_unusual_saving_by_capacitors_is_doubted() -> None:
    long_cable = loads((100, 0.5, 1000), supply_resistance="0.05 ohm")
    assert "power_factor.saving_too_large" in ids(run(POWER_FACTOR, capacitors(0), capacitors(150), long_cable))
    with pytest.raises(OutOfRange, match="power_factor"):
        run(POWER_FACTOR, capacitors(0), capacitors(75), loads((100, 1.2, 1000)))


# --- voltage


def volts(value: float) -> Said:
    return {"supply_voltage": f"{value!r} V"}


GROUP = {"average_power": "70 kW", "operating_hours": "6,000 h"}
RESISTORS = GROUP | {"load_kind": "uncontrolled_resistors", "resistive_share": "60 %"}
CONTROLLED = GROUP | {"load_kind": "controlled"}


def test_only_the_resistive_share_follows_the_voltage() -> None:
    """60 % of 420,000 kWh by 1 - (361/380)^2 = 9.75 %."""
    change = run(VOLTAGE, volts(380), volts(361), RESISTORS)
    assert before_of(change) == pytest.approx(420000, rel=1e-12)
    assert saved(change) == pytest.approx(420000 * 0.6 * 0.0975, rel=1e-9)
    assert most(VOLTAGE, volts(380), volts(361), RESISTORS) == pytest.approx(0.0975, rel=1e-9)
    assert "voltage.less_output" in ids(change)


@given(before=st.floats(200, 400), step=st.floats(0, 1), share=st.floats(0, 100))
def test_no_voltage_saves_more_than_its_square(before: float, step: float, share: float) -> None:
    after = before * (1 - step / 2)
    common = RESISTORS | {"resistive_share": f"{share!r} %"}
    change = run(VOLTAGE, volts(before), volts(after), common)
    assert 0 <= 1 - change.remaining.value <= most(VOLTAGE, volts(before), volts(after), common) + 1e-12
    assert run(VOLTAGE, volts(before), volts(before), common).remaining.value == 1


def test_controlled_loads_save_nothing_and_motors_are_refused() -> None:
    change = run(VOLTAGE, volts(380), volts(361), CONTROLLED)
    assert change.remaining.value == 1
    assert "voltage.controlled_load" in ids(change)
    assert ids(run(VOLTAGE, volts(380), volts(380), CONTROLLED)) == set()
    with pytest.raises(InputError, match="nothing is saved unless it is measured"):
        run(VOLTAGE, volts(380), volts(361), GROUP | {"load_kind": "motors"})
    with pytest.raises(InputError, match="not used resistive_share"):
        run(VOLTAGE, volts(380), volts(361), CONTROLLED | {"resistive_share": "10 %"})


def test_a_higher_voltage_is_a_warning() -> None:
    change = run(VOLTAGE, volts(361), volts(380), RESISTORS)
    assert change.remaining.value > 1
    assert ids(change) == {"voltage.uses_more"}


# --- lighting

TUBES = {
    "lamp_power": "36 W",
    "lamps_per_fixture": "2",
    "number_of_fixtures": "300",
    "ballast_factor": "0.9",
    "lamp_flux": "3,000 lm",
    "utilisation_factor": "0.6",
    "maintenance_factor": "0.85",
    "lighting_hours": "4,000 h",
}
LEDS = TUBES | {
    "lamp_power": "18 W",
    "ballast_factor": "1",
    "lamp_flux": "2,300 lm",
    "utilisation_factor": "0.7",
    "maintenance_factor": "0.9",
}
WARM = {"cooled_room": "no"}
COOL = {
    "cooled_room": "yes",
    "heat_to_cooled_room": "80 %",
    "cooled_time_share": "50 %",
    "cooling_performance": "4",
}


def test_the_peers_lamps_and_their_cooling() -> None:
    """MEASUR, lighting_replacement-003: 34,560 kWh; a cooled room adds 0.8 x 0.5 / 4 = 10 % on both sides."""
    change = run(LIGHTING, TUBES, LEDS, WARM)
    assert saved(change) == pytest.approx(34560, rel=1e-12)
    assert ids(change) == set()
    cooled = run(LIGHTING, TUBES, LEDS, COOL)
    assert saved(cooled) == pytest.approx(34560 * 1.1, rel=1e-12)
    assert cooled.remaining.value == pytest.approx(change.remaining.value, rel=1e-12)


@pytest.mark.parametrize("room", [WARM, COOL])
@settings(max_examples=40)
@given(lamps=st.floats(0.05, 1), hours=st.floats(0.01, 1))
def test_lamps_stay_below_the_candela(room: Said, lamps: float, hours: float) -> None:
    after = TUBES | {"lamp_power": f"{36 * max(lamps, 0.13)!r} W", "lighting_hours": f"{4000 * hours!r} h"}
    change = run(LIGHTING, TUBES, after, room)
    assert 1 - change.remaining.value == pytest.approx(1 - max(lamps, 0.13) * hours, rel=1e-9)
    assert 1 - change.remaining.value <= most(LIGHTING, TUBES, after, room) + 1e-12
    assert run(LIGHTING, TUBES, TUBES, room).remaining.value == 1


def test_the_ceiling_of_the_new_light() -> None:
    """The new lamps' 1,380,000 lm need 2.0205 kW at 683 lm/W against 19.44 kW before."""
    assert most(LIGHTING, TUBES, LEDS, WARM) == pytest.approx(1 - 1380 / 683 / 19.44, rel=1e-9)


@pytest.mark.parametrize(
    ("flux", "found"), [("3,600 lm", None), ("4,000 lm", "lighting.efficacy"), ("12,000 lm", "lighting.efficacy")]
)
def test_an_efficacy_above_220_is_doubted(flux: str, found: str | None) -> None:
    """TP19: 220 lm/W; 18 W at 4,000 lm is 222."""
    change = run(LIGHTING, TUBES, LEDS | {"lamp_flux": flux}, WARM)
    assert ("lighting.efficacy" in ids(change)) is (found is not None)


def test_an_efficacy_above_683_is_refused() -> None:
    run(LIGHTING, TUBES, LEDS | {"lamp_flux": "12,290 lm"}, WARM)
    with pytest.raises(OutOfRange, match="683 lm/W"):
        run(LIGHTING, TUBES, LEDS | {"lamp_flux": "12,300 lm"}, WARM)


@pytest.mark.parametrize(("flux", "dim"), [("2,080 lm", False), ("2,070 lm", True)])
def test_less_light_is_said(flux: str, dim: bool) -> None:
    """826,200 lm before; 5 % less is 784,890 lm, 2,076 lm a lamp."""
    assert ("lighting.less_light" in ids(run(LIGHTING, TUBES, LEDS | {"lamp_flux": flux}, WARM))) is dim


def test_a_cooled_room_needs_its_cooling() -> None:
    with pytest.raises(InputError, match="missing heat_to_cooled_room"):
        run(LIGHTING, TUBES, LEDS, {"cooled_room": "yes"})
    with pytest.raises(InputError, match="not used heat_to_cooled_room"):
        run(LIGHTING, TUBES, LEDS, COOL | {"cooled_room": "no"})


# --- demand


def peak(demand: float, contract: float) -> Said:
    return {"maximum_demand": f"{demand!r} kW", "contract_demand": f"{contract!r} kW"}


PLANT = {
    "average_power": "600 kW",
    "operating_hours": "8,000 h",
    "energy_really_saved": "0 kWh",
    "demand_price": "200 元/kW",
    "months": "4",
}


@given(before=st.floats(600, 2000), after=st.floats(600, 2000), contract=st.floats(500, 1500))
def test_a_lower_peak_saves_money_and_no_energy(before: float, after: float, contract: float) -> None:
    change = run(DEMAND, peak(before, contract), peak(after, contract), PLANT)
    assert change.remaining.value == 1
    assert most(DEMAND, peak(before, contract), peak(after, contract), PLANT) == 0
    (money,) = change.beside
    assert (money.value >= 0) or after > before


def test_the_charge_saved_above_the_contract() -> None:
    """1,200 to 1,000 kW at a contract of 1,000: 100 x 2 + 100 x 3 = 500 kW at 200 TWD for 4 months."""
    (money,) = run(DEMAND, peak(1200, 1000), peak(1000, 1000), PLANT).beside
    assert money.name == "demand_charge_saved"
    assert money.value_in("TWD") == pytest.approx(500 * 200 * 4, rel=1e-12)


def test_energy_claimed_by_demand_control_is_doubted_and_bounded() -> None:
    claim = PLANT | {"energy_really_saved": "48,000 kWh"}
    change = run(DEMAND, peak(1200, 1000), peak(1100, 1000), claim)
    assert saved(change) == pytest.approx(48000, rel=1e-9)
    assert 1 - change.remaining.value == pytest.approx(0.01, rel=1e-9)
    assert most(DEMAND, peak(1200, 1000), peak(1100, 1000), claim) == pytest.approx(0.01, rel=1e-12)
    assert ids(change) == {"demand_control.energy_claimed", "demand_control.above_contract"}
    assert ids(run(DEMAND, peak(1200, 1000), peak(1000, 1000), PLANT)) == set()
    with pytest.raises(OutOfRange, match="more energy saved than used"):
        run(DEMAND, peak(1200, 1000), peak(1100, 1000), PLANT | {"energy_really_saved": "4,800,001 kWh"})


def test_a_peak_below_the_mean_is_refused() -> None:
    run(DEMAND, peak(700, 1000), peak(600, 1000), PLANT)
    with pytest.raises(OutOfRange, match="a peak cannot lie below the mean power"):
        run(DEMAND, peak(700, 1000), peak(599, 1000), PLANT)


def test_watts_and_kilowatts_give_the_same() -> None:
    metric = OLD | {"no_load_loss": "2,000 W", "load_loss": "12,000 W", "transformer_rating": "1 MVA"}
    one, other = (run(TRANSFORMER, old, NEW, profile((800, 1000))).remaining.value for old in (OLD, metric))
    assert one == pytest.approx(other, rel=1e-12)
    assert quantity(1, "MVA").value_in("kVA") == 1000


# --- limits, readings and refusals at their edge


@given(before=st.floats(200, 400), step=st.floats(0.001, 1), share=st.floats(0, 100))
def test_no_voltage_above_the_old_one_saves(before: float, step: float, share: float) -> None:
    """The ceiling is nothing, not less than nothing: a controlled load stays at 1."""
    after = before * (1 + step)
    common = RESISTORS | {"resistive_share": f"{share!r} %"}
    assert most(VOLTAGE, volts(before), volts(after), common) == 0
    assert run(VOLTAGE, volts(before), volts(after), common).remaining.value >= 1
    assert run(VOLTAGE, volts(before), volts(after), CONTROLLED).remaining.value == 1


def test_transformers_are_counted_in_whole_numbers() -> None:
    run(TRANSFORMER, OLD, OLD | {"number_of_transformers": "3"}, profile((1000, 100)))
    with pytest.raises(OutOfRange, match=r"number_of_transformers: must be a whole number \(got 1.5\)"):
        run(TRANSFORMER, OLD, OLD | {"number_of_transformers": "1.5"}, profile((1000, 100)))


def test_a_bank_without_load_and_loss_has_nothing_to_compare() -> None:
    assert run(TRANSFORMER, OLD, NEW, profile((0, 100))).remaining.value == pytest.approx(0.8 / 2, rel=1e-12)
    ideal = OLD | {"no_load_loss": "0 kW"}
    with pytest.raises(InputError, match="nothing to compare"):
        run(TRANSFORMER, ideal, ideal, profile((0, 100)))
    with pytest.raises(InputError, match="nothing to compare"):
        run(TRANSFORMER, OLD, NEW, profile((1000, 0)))


def test_work_no_longer_done_lowers_the_mean_below_which_no_peak_can_lie() -> None:
    """600 kW over 8,000 h less 800,000 kWh is a mean of 500 kW; before it is still 600 kW."""
    less = PLANT | {"energy_really_saved": "800,000 kWh"}
    run(DEMAND, peak(600, 1000), peak(500, 1000), less)
    with pytest.raises(OutOfRange, match=r"改善後 after, maximum_demand: a peak .*limit: 500 kW"):
        run(DEMAND, peak(600, 1000), peak(499, 1000), less)
    with pytest.raises(OutOfRange, match=r"改善前 before, maximum_demand: a peak .*limit: 600 kW"):
        run(DEMAND, peak(599, 1000), peak(599, 1000), less)
    with pytest.raises(OutOfRange, match=r"改善後 after, maximum_demand: a peak .*limit: 600 kW"):
        run(DEMAND, peak(600, 1000), peak(599, 1000), PLANT)
    with pytest.raises(OutOfRange, match="more energy saved than used"):
        run(DEMAND, peak(600, 1000), peak(600, 1000), PLANT | {"energy_really_saved": "4,800,001 kWh"})


@pytest.mark.parametrize(
    ("technology", "sides", "common"),
    [
        (VOLTAGE, (volts(380), volts(361)), RESISTORS),
        (DEMAND, (peak(1200, 1000), peak(1000, 1000)), PLANT),
    ],
)
def test_a_logged_mean_power_has_the_error_of_the_logger(
    technology: TechnologyDescription, sides: tuple[Said, Said], common: Said
) -> None:
    """3 % of the power, taken once: it moves the energy and not the remaining fraction."""
    exact = run(technology, *sides, common)
    power = read_quantity(common["average_power"], name="average_power", basis="measured")
    change = technology.change(side(sides[0]), side(sides[1]), side(common) | {"average_power": power})
    assert change.remaining.value == exact.remaining.value
    (note,) = (f for f in change.findings if f.id.endswith("default_uncertainty"))
    assert f"± {0.03 * power.value:.3g} kW (default)" in str(note.evidence)
    assert not any(f.id.endswith("default_uncertainty") for f in exact.findings)


def test_a_logged_load_has_one_error_before_and_after() -> None:
    common = side(loads((100, 0.8, 1000), (50, 0.9, 100)))
    for level in common["load_profile"]:
        level["active_power"] = quantity(level["active_power"].value, "kW", name="active_power", basis="measured")
    same = POWER_FACTOR.change(side(capacitors(20)), side(capacitors(20)), common)
    assert same.remaining.value == 1
    assert [f.id for f in same.findings] == ["power_factor.default_uncertainty"]


@pytest.mark.parametrize(("resistance", "doubted"), [("0.0109 ohm", False), ("0.0110 ohm", True)])
def test_two_per_cent_is_the_most_that_is_usual_for_capacitors(resistance: str, doubted: bool) -> None:
    """TP17. 100 kW at 0.5: 250 kW/ohm of loss, 62.5 at power factor 1; 187.5 R = 2 % of 100 + 250 R at 0.01096 ohm."""
    line = loads((100, 0.5, 1000), supply_resistance=resistance, capacitor_loss="0 W/kvar")
    found = ids(run(POWER_FACTOR, capacitors(0), capacitors(173.2), line))
    assert ("power_factor.saving_too_large" in found) is doubted


@pytest.mark.parametrize(("no_load_loss", "doubted"), [("0.4504 kW", True), ("0.4506 kW", False)])
def test_an_efficiency_above_999_per_mille_is_doubted(no_load_loss: str, doubted: bool) -> None:
    """TP20. Two at 900 kW in all: 0.9009 kW of loss."""
    wonder = OLD | {"no_load_loss": no_load_loss, "load_loss": "0 kW"}
    assert ("transformer.efficiency" in ids(run(TRANSFORMER, OLD, wonder, profile((1000, 100))))) is doubted


@pytest.mark.parametrize(("degrees", "doubted"), [("75.4 degC", False), ("75.6 degC", True), ("74.4 degC", True)])
def test_load_losses_at_unlike_temperatures_are_doubted(degrees: str, doubted: bool) -> None:
    found = ids(run(TRANSFORMER, OLD, NEW | {"loss_reference_temperature": degrees}, profile((1000, 100))))
    assert ("transformer.reference_temperature" in found) is doubted


@pytest.mark.parametrize(("demand", "doubted"), [(1000, False), (1001, True)])
def test_a_peak_above_the_contract_is_said(demand: float, doubted: bool) -> None:
    found = ids(run(DEMAND, peak(1200, 1000), peak(demand, 1000), PLANT))
    assert ("demand_control.above_contract" in found) is doubted
