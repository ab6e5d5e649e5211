"""A small plant with two carriers, made of real traced quantities, to draw."""

from __future__ import annotations

from dataclasses import replace

from energycalc.case.measure import Measure
from energycalc.effects.results import (
    CarrierResult,
    Effects,
    FactorUse,
    LevelResult,
    MeasureResult,
    Reconciliation,
    Scenario,
    Totals,
)
from energycalc.quantity import Quantity, Source, quantity, total
from energycalc.quantity.distributions import rectangular
from energycalc.quantity.uncertainty import UncertainResult, propagate

UNIT = {"electricity": "kWh", "natural_gas": "kWh[LHV]"}
SAID = Source("made for a test")


def factor(carrier: str, value: float) -> Quantity:
    unit = {"electricity": "kgCO2e[not_stated]/kWh", "natural_gas": "kgCO2e[AR5]/kWh[LHV]"}[carrier]
    return quantity(value, unit, name="emission_factor", symbol="EF", basis="published", source=SAID)


GRID, GAS, LATER = factor("electricity", 0.533), factor("natural_gas", 0.2), factor("electricity", 0.466)
FACTORS = {"electricity": GRID, "natural_gas": GAS}


def carrier_result(carrier: str, before: Quantity, after: Quantity) -> CarrierResult:
    saving = (before - after).renamed("saving", "ΔE")
    rate = ((before - after) / before).to("%").renamed("saving_rate", "x")
    tonnes = "tCO2e[not_stated]" if carrier == "electricity" else "tCO2e[AR5]"
    gone = {
        name: (energy * FACTORS[carrier]).to(tonnes).renamed(name, "Q")
        for name, energy in (("emissions_before", before), ("emissions_after", after), ("emission_saving", saving))
    }
    oil = quantity(1, "KLOE", name="kloe_saving")
    return CarrierResult(carrier, before, after, saving, rate, *gone.values(), None, oil)


def level(kind: str, id: str, label: str, carriers: dict[str, CarrierResult]) -> LevelResult:
    def together(which: str) -> Quantity:
        parts = [getattr(c, which).declared("tCO2e[AR5]", because=SAID) for c in carriers.values()]
        return total(parts).renamed(which, "Q")

    sums = [together(which) for which in ("emissions_before", "emissions_after", "emission_saving")]
    return LevelResult(kind, id, label, "plant", carriers, *sums, None, quantity(1, "KLOE"))  # type: ignore[arg-type]


def uses(value: float, carrier: str, half: float, name: str) -> Quantity:
    return quantity(
        value, UNIT[carrier], name="energy_before", symbol="E", basis="measured", source=SAID, subject=name,
        uncertainty=rectangular(half * value) if half else None,
    )  # fmt: skip


def left(value: float, half: float, name: str) -> Quantity:
    return quantity(
        value, "1", name="remaining", symbol="r", source=SAID, subject=name,
        uncertainty=rectangular(half) if half else None,
    )  # fmt: skip


MACHINES = (
    # name, carrier, kWh before, remaining after each measure
    (
        "空壓機 C-01",
        "electricity",
        210_000.0,
        (("變頻空壓機取代加卸載控制", 0.78), ("排氣壓力設定由 7.5 降至 6.5 bar", 0.93)),
    ),
    ("軋延主馬達 M-01", "electricity", 325_000.0, (("IE4 高效率馬達汰換", 0.965),)),
    ("廠務冷卻水泵", "electricity", 88_000.0, ()),
    ("連續式加熱爐 F-01", "natural_gas", 4_200_000.0, (("空氣比調整與煙氣預熱", 0.9),)),
)
LONG = "第二廠區東側連續退火酸洗生產線主風車驅動馬達附液力耦合器（民國八十五年購置）編號"


def effects(
    machines: tuple = MACHINES,  # type: ignore[type-arg]
    *,
    half: float = 0.02,
    metered: float | None = 959_636.7,
    scenarios: bool = True,
) -> Effects:
    """Results of a plant with the given machines.

    Args:
        machines: (name, carrier, kWh before, ((measure, remaining), ...)).
        half: relative half-width of every input; 0 states none.
        metered: kWh on the main electricity meter; ``None`` without one.
        scenarios: whether another factor stands beside the case's.
    """
    levels, measures, ends = [], [], {"electricity": [], "natural_gas": []}
    for number, (name, carrier, energy, steps) in enumerate(machines):
        before = uses(energy, carrier, half, name)
        after = before.renamed("energy_before", "E_0")
        start = after
        for turn, (label, remaining) in enumerate(steps):
            rest = left(remaining, half / 2, label)
            then = (after * rest).renamed("energy_after_measure", "E_1")
            result = carrier_result(carrier, after, then)
            measure = Measure(id=f"S{number}{turn}", name=label, machine=f"M{number}", technology="motor")
            measures.append(
                MeasureResult(measure, carrier, True, after, rest, then, result.saving, result.saving_rate, None, (),
                              result.emission_saving, None, result.kloe_saving, None, None)
            )  # fmt: skip
            after = then
        ends[carrier].append((start, after))
        levels.append(level("machine", f"M{number}", name, {carrier: carrier_result(carrier, start, after)}))
    sums = {
        carrier: carrier_result(
            carrier,
            total([b for b, _ in pairs]).renamed("energy_before", "E"),
            total([a for _, a in pairs]).renamed("energy_after", "E"),
        )
        for carrier, pairs in ends.items()
        if pairs
    }
    plant = level("plant", "plant", "示範鋼鐵廠", sums)
    balances = [balance(c, r, metered if c == "electricity" else None) for c, r in sums.items()]
    used = tuple(FactorUse(c, FACTORS[c], "exact", "完全相符") for c in sums)
    other = (FactorUse("electricity", LATER, "exact", "完全相符"),)
    beside = quantity(40, "tCO2e[AR5]", name="emission_saving", uncertainty=rectangular(2) if half else None)
    return Effects(
        tuple(levels), (), plant, tuple(measures), tuple(balances), used,
        (Scenario("2025 工業用電係數", beside, other),) if scenarios else (), Totals(None, None), (),
    )  # fmt: skip


def balance(carrier: str, plant: CarrierResult, metered: float | None) -> Reconciliation:
    machines = plant.energy_before
    if metered is None:
        return Reconciliation(carrier, machines, *[None] * 7)
    meter = quantity(metered, UNIT[carrier], name="main_meter_energy", basis="measured", source=SAID)
    rest = (meter - machines).renamed("unexplained_energy", "E_rest")
    return Reconciliation(
        carrier=carrier,
        machine_sum=machines,
        metered=meter,
        billed=None,
        reference=meter,
        unexplained=rest,
        unexplained_share=(rest / meter).to("%").renamed("unexplained_share", "x_rest"),
        meter_less_bill=None,
        saving_share=(plant.saving / meter).to("%").renamed("saving_share", "x_plant"),
    )


def uncertainty(effects: Effects) -> dict[Quantity, UncertainResult]:
    """Interval of each number that the figures show."""
    shown = [effects.plant.emission_saving, *(s.emission_saving for s in effects.scenarios)]
    for each in (*effects.machines, effects.plant):
        for c in each.carriers.values():
            shown += [c.energy_before, c.energy_after, c.saving, c.saving_rate, c.emission_saving]
    shown += [m.saving for m in effects.measures]
    shown += [
        q
        for r in effects.reconciliations
        for q in (r.unexplained, r.unexplained_share, r.saving_share)
        if q is not None
    ]
    shown = list(dict.fromkeys(shown))
    return dict(zip(shown, propagate(shown, draws=10_000, threads=1), strict=True))


def without_measures(effects: Effects) -> Effects:
    return replace(effects, measures=())
